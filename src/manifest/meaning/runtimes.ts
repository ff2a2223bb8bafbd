import type { PluginManifest } from '../model.ts';

interface RuntimeInfo {
  /** What people call it. */
  readonly title: string;
  /** Where to get it. */
  readonly home: string;
}

/** The runtimes a manifest can ask for, by the names manifests use. */
const runtimes: Readonly<Record<string, RuntimeInfo>> = {
  node: { title: 'Node.js', home: 'https://nodejs.org/en/download' },
  python: { title: 'Python', home: 'https://www.python.org/downloads/' },
  go: { title: 'Go', home: 'https://go.dev/dl/' },
  rust: { title: 'Rust', home: 'https://rustup.rs/' },
  deno: { title: 'Deno', home: 'https://deno.com/' },
  bun: { title: 'Bun', home: 'https://bun.sh/' },
  java: { title: 'Java', home: 'https://adoptium.net/' },
  dotnet: { title: '.NET', home: 'https://dotnet.microsoft.com/download' },
  ruby: { title: 'Ruby', home: 'https://www.ruby-lang.org/en/downloads/' },
  php: { title: 'PHP', home: 'https://www.php.net/downloads.php' },
};

/** Names of the runtimes that are known. */
export const knownRuntimes: readonly string[] = Object.keys(runtimes);

/** Says that a runtime is not installed, and how to get it. */
export function missingRuntime(name: string): string {
  const info = Object.hasOwn(runtimes, name) ? runtimes[name] : undefined;
  const [title, how] = info === undefined ? [name, ''] : [info.title, ` Get it from ${info.home}.`];
  return `${title} is not installed here: no such program is on PATH.${how}`;
}

/** The known runtimes a manifest names, each once: the one it runs on, and those it gives a range of versions for. */
export function runtimesOf({ runtime, dependencies, origins }: PluginManifest): readonly string[] {
  const named = new Set(Object.keys(dependencies.runtimes));
  if (runtime !== undefined && origins['runtime'] !== undefined) named.add(runtime);
  return [...named].filter(name => Object.hasOwn(runtimes, name));
}
