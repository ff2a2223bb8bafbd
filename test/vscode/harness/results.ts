import type { TestEvent } from '../driver.ts';

/** What came of the tests of one window. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** Prints what happens in the suites, as it happens, and counts it. */
export class ResultPrinter {
  #passed = 0;
  #failed = 0;
  #began = false;
  #ended = false;
  readonly #mayBeEmpty: boolean;

  /** @param options mayBeEmpty: a run without a test is no failure */
  constructor(options: { mayBeEmpty: boolean }) {
    this.#mayBeEmpty = options.mayBeEmpty;
  }

  /** Whether the suites have begun: the window is up. */
  get began(): boolean {
    return this.#began;
  }

  take(event: TestEvent): void {
    switch (event.kind) {
      case 'begin':
        this.#began = true;
        console.log(`  ${event.total} tests`);
        break;
      case 'pass':
        this.#passed += 1;
        console.log(`  ✔ ${event.title} (${Math.round(event.ms)} ms)`);
        break;
      case 'fail':
        this.#failed += 1;
        console.log(`  ✖ ${event.title}\n${event.error.replaceAll(/^/gm, '      ')}`);
        break;
      case 'skip':
        console.log(`  - ${event.title} (skipped)`);
        break;
      case 'end':
        this.#ended = true;
    }
  }

  /** Counts a failure of the run itself, outside any test. */
  fail(message: string): void {
    this.take({ kind: 'fail', title: 'the run itself', error: message });
  }

  /**
   * Sums up.
   *
   * @param exitCode what VS Code said of the run; undefined: nothing
   */
  conclude(exitCode: number | undefined): Outcome {
    const empty = this.#passed + this.#failed === 0;
    if (empty && !this.#mayBeEmpty) this.fail('No test ran.');
    else if (!this.#ended && this.#failed === 0) this.fail('The suites did not run to their end.');
    else if (exitCode !== 0 && this.#failed === 0) this.fail(`VS Code ended with ${String(exitCode)}.`);
    return { passed: this.#passed, failed: this.#failed };
  }
}
