/**
 * Whether an expression has a repetition without bound in a repetition without bound, with nothing in between that tells
 * the rounds apart: `(a+)+`, `(\w+\s?)*`, `(a|a)*`. Groups whose rounds each begin or end with something fixed that the
 * inner repetition can't match are fine.
 */
export function isExponential(written: string): boolean {
  // A group around one atom changes nothing.
  const pattern = written.replace(/\((?:\?:)?(\[[^\]\\]*\]|\\?[^()[\]|*+?])\)/g, '$1');
  // Where each open group began.
  const open: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at];
    if (letter === '\\') at++;
    else if (letter === '[') at = endOfClass(pattern, at);
    else if (letter === '(') open.push(at);
    else if (letter === ')') {
      const start = open.pop();
      if (start === undefined) return false;
      // With nothing behind it the group never has to try another way.
      if (!isUnbounded(pattern, at + 1) || isLast(pattern, at + 1)) continue;
      if (canSplit(pattern.slice(start + 1, at))) return true;
    }
  }
  return false;
}

function endOfClass(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']') return at;
  }
  return pattern.length;
}

function isUnbounded(pattern: string, at: number): boolean {
  return pattern[at] === '*' || pattern[at] === '+' || /^\{\d+,\}/.test(pattern.slice(at, at + 8));
}

/** Whether a repetition is the end of the expression. */
function isLast(pattern: string, at: number): boolean {
  return /^(?:[*+]|\{\d+,\})\??\)*$/.test(pattern.slice(at, at + 200));
}

interface Atom {
  readonly text: string;
  /** `+` and `*` have no bound; `+` must be there. */
  readonly repeat: '' | '?' | '*' | '+';
}

/** Whether the same text can be divided over rounds of the group in several ways. */
function canSplit(group: string): boolean {
  const body = group.replace(/^\?(?::|<[^>]*>)/, '');
  if (/^\?[=!<]/.test(body)) return false;
  const branches = branchesOf(body);
  if (branches.length > 1 && new Set(branches).size < branches.length) return true;
  return branches.some(branch => {
    const atoms = atomsOf(branch);
    if (atoms === undefined) return false;
    const unbounded = atoms.filter(one => one.repeat === '*' || one.repeat === '+');
    if (unbounded.length === 0) return false;
    // Something that must be there and that the repetition can't match ends each round.
    return unbounded.some(one =>
      atoms.every(
        other =>
          other === one || other.repeat === '?' || other.repeat === '*' || overlaps(one.text, other.text),
      ),
    );
  });
}

function branchesOf(body: string): string[] {
  const branches: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < body.length; at++) {
    const letter = body[at];
    if (letter === '\\') at++;
    else if (letter === '[') at = endOfClass(body, at);
    else if (letter === '(') depth++;
    else if (letter === ')') depth--;
    else if (letter === '|' && depth === 0) {
      branches.push(body.slice(from, at));
      from = at + 1;
    }
  }
  branches.push(body.slice(from));
  return branches;
}

/** The atoms of a sequence; `undefined` when there are groups in it, which are looked at by themselves. */
function atomsOf(branch: string): Atom[] | undefined {
  const atoms: Atom[] = [];
  for (let at = 0; at < branch.length; at++) {
    const start = at;
    const letter = branch[at];
    if (letter === '(' || letter === ')') return undefined;
    if (letter === '\\') at++;
    else if (letter === '[') at = endOfClass(branch, at);
    const text = branch.slice(start, at + 1);
    if (text === '^' || text === '$' || text === '\\b') continue;
    const next = branch[at + 1];
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(branch.slice(at + 1, at + 12));
    let repeat: Atom['repeat'] = '';
    if (next === '*' || next === '+') repeat = next;
    else if (next === '?') repeat = '?';
    else if (counted?.[2] !== undefined && counted[3] === '') repeat = '*';
    if (counted) at += counted[0].length;
    else if (repeat !== '') at++;
    if (repeat !== '' && branch[at + 1] === '?') at++;
    atoms.push({ text, repeat });
  }
  return atoms;
}

/** Whether a single atom may match what another can; when in doubt it does not. */
function overlaps(one: string, other: string): boolean {
  if (one === other) return true;
  const samples = 'aZ09_- \t\n.,;:/@#%&+=!"\'()<>'.split('');
  try {
    const first = new RegExp(`^${one}$`);
    const second = new RegExp(`^${other}$`);
    return samples.some(sample => first.test(sample) && second.test(sample));
  } catch {
    return false;
  }
}
