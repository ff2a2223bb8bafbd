import { CodecError, type CodecFault } from './codec-error.ts';

/** The way from the outermost value to the one being converted; keeps count of the depth. */
export class Trail {
  readonly #steps: (string | number)[] = [];
  readonly #maxDepth: number;
  #stepsLeft: number;

  constructor(maxDepth: number, maxSteps = Number.POSITIVE_INFINITY) {
    this.#maxDepth = maxDepth;
    this.#stepsLeft = maxSteps;
  }

  /** Counts work. @throws CodecError `size` when it is too much */
  work(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) this.fail('size', 'The value and the schema are too much to look at.');
  }

  /** @throws CodecError `depth` when one more array or map is too many */
  enter(): void {
    if (this.#steps.length >= this.#maxDepth) {
      this.fail('depth', `Arrays and maps lie more than ${this.#maxDepth} deep within one another.`);
    }
    this.#steps.push('');
  }

  /** Names the member that is next. */
  at(step: string | number): void {
    this.#steps[this.#steps.length - 1] = step;
  }

  leave(): void {
    this.#steps.pop();
  }

  /** Throws a {@link CodecError} that says where. */
  fail(fault: CodecFault, message: string): never {
    throw new CodecError(fault, message, this.path());
  }

  path(): string {
    return this.#steps.reduce<string>((path, step) => path + writeStep(step), '$');
  }
}

function writeStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
