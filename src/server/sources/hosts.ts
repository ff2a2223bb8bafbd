import type { SourceText } from './source-files.ts';

/** A host that source code names, and where it does. */
export interface SeenHost {
  readonly host: string;
  /** Absolute path of the first file that names it. */
  readonly file: string;
}

/** Hosts of the web addresses in literals, each once; not those that mean this machine. */
export function hostsIn(sources: readonly SourceText[]): SeenHost[] {
  const hosts = new Map<string, string>();
  for (const { file, literals } of sources) {
    for (const { text } of literals) {
      const host = /^(?:https?|wss?):\/\/(?:[^/@\s]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[:/?#]|$)/i.exec(
        text,
      )?.[1];
      if (host === undefined || /^(?:127\.|0\.0\.0\.0$)/.test(host)) continue;
      if (!hosts.has(host.toLowerCase())) hosts.set(host.toLowerCase(), file);
    }
  }
  return [...hosts].map(([host, file]) => ({ host, file }));
}
