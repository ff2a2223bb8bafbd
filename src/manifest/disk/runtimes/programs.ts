/** A program that stands for a runtime, and how it is asked for its version. */
export interface RuntimeProgram {
  readonly name: string;
  readonly args: readonly string[];
  /** True where `1.8` is the old way to say 8. */
  readonly hadLeadingOne?: boolean;
}

const ask = (name: string, ...args: string[]): RuntimeProgram => ({
  name,
  args: args.length === 0 ? ['--version'] : args,
});

/** Runtime → its programs, in the order in which they count. */
export const runtimePrograms: Readonly<Record<string, readonly RuntimeProgram[]>> = {
  node: [ask('node')],
  python: [ask('python3'), ask('python')],
  go: [ask('go', 'version')],
  rust: [ask('rustc'), ask('cargo')],
  deno: [ask('deno')],
  bun: [ask('bun')],
  java: [{ ...ask('java', '-version'), hadLeadingOne: true }],
  dotnet: [ask('dotnet')],
  ruby: [ask('ruby')],
  php: [ask('php')],
};
