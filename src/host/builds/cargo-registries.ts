/** Tables of Cargo's configuration that say where packages come from. */
const kept = /^(source|registries|registry|http|net)$/;

/** Keys within them that are nobody's business. */
const secret = /^(token|secret-key|credential-provider|global-credential-providers)$/;

/**
 * The parts of a Cargo configuration (TOML) that are about registries, without credentials. Pure.
 *
 * It goes line by line: only lines of the form `key = value` in a kept table are taken, with the lines that continue
 * an array. What it can't tell for sure is left out.
 */
export function registryTables(text: string): string {
  const taken: string[] = [];
  let inside = false;
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    if (open) {
      taken.push(line);
      open = !/\]\s*(#.*)?$/.test(line);
      continue;
    }
    const header = /^\s*\[\s*([^\][]+?)\s*\]\s*(#.*)?$/.exec(line)?.[1];
    if (header !== undefined) {
      inside = kept.test(firstKey(header));
      if (inside) taken.push(`[${header}]`);
      continue;
    }
    const pair = /^\s*([A-Za-z0-9_."'-]+)\s*=\s*(.*)$/.exec(line);
    if (pair === null) continue;
    const [, key = '', value = ''] = pair;
    const isOurs = inside || (key.includes('.') && taken.length === 0 && kept.test(firstKey(key)));
    if (!isOurs || secret.test(lastKey(key)) || /\btoken\b|"""|'''/.test(value)) continue;
    taken.push(line);
    open = value.startsWith('[') && !/\]\s*(#.*)?$/.test(value);
  }
  return taken.some(line => line.includes('=')) ? `${taken.join('\n')}\n` : '';
}

function firstKey(key: string): string {
  return (key.split('.')[0] ?? '').trim().replaceAll(/["']/g, '');
}

function lastKey(key: string): string {
  return (key.split('.').at(-1) ?? '').trim().replaceAll(/["']/g, '');
}
