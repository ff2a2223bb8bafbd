import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldKind } from '../fields/index.ts';
import type { Proposal } from './proposal.ts';
import { escapeSnippet } from './snippet.ts';

/** More entries of one folder nobody reads through. */
const MAX_ENTRIES = 500;

const hidden = new Set(['node_modules', '.git', '__pycache__']);

/** What a field that names a file takes. */
const fits: Readonly<Partial<Record<FieldKind, RegExp>>> = {
  'source-file': /\.(?:[cm]?[jt]s|py|go|rs)$/i,
  'ui-file': /\.(?:[cm]?[jt]sx?|html?|vue|svelte|css)$/i,
  'image-file': /\.(?:png|jpe?g|gif|webp|svg|ico)$/i,
  'json-file': /\.(?:json|ya?ml)$/i,
  'text-file': /\.(?:md|txt|html?|rst)$/i,
  'any-file': /./,
};

/**
 * Files and folders of the plugin that a field can name, one folder at a time: that which has been typed.
 *
 * @param folder absolute path of the plugin's folder
 * @param typed what stands before the cursor, without quotes
 */
export function fileProposals(folder: string, typed: string, kind: FieldKind): Proposal[] {
  const prefix = typed.slice(0, typed.lastIndexOf('/') + 1);
  // What leads out of the plugin's folder can't be named.
  if (/^(?:\/|~|[A-Za-z]:|\\)/.test(prefix) || prefix.split('/').includes('..') || prefix.includes('\0'))
    return [];
  const wanted = fits[kind];
  return entriesOf(join(folder, prefix)).flatMap((entry): Proposal[] => {
    if (hidden.has(entry.name)) return [];
    if (entry.isDirectory()) {
      const path = `${prefix}${entry.name}/`;
      return [{ label: path, kind: 'folder', body: escapeSnippet(path), rank: kind === 'folder' ? 0 : 1 }];
    }
    if (!entry.isFile() || wanted === undefined || !wanted.test(entry.name)) return [];
    const path = `${prefix}${entry.name}`;
    return [{ label: path, kind: 'file', body: escapeSnippet(path), rank: 0 }];
  });
}

/** Patterns the sandbox can open: whole folders, and single files. */
export function patternProposals(folder: string, typed: string, writes: boolean): Proposal[] {
  const prefix = typed.startsWith('./') ? typed.slice(2) : typed;
  const found = fileProposals(folder, prefix, writes ? 'folder' : 'any-file');
  return found.map(proposal => {
    const path = proposal.label;
    const pattern = proposal.kind === 'folder' ? `./${path}**` : `./${path}`;
    const detail = proposal.kind === 'folder' ? 'everything below the folder' : 'this file';
    return { ...proposal, label: pattern, body: escapeSnippet(pattern), detail };
  });
}

function entriesOf(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).slice(0, MAX_ENTRIES);
  } catch {
    // There is no such folder yet.
    return [];
  }
}
