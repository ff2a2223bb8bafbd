import type { PluginFiles } from '../../../src/manifest/index.ts';
import { applyEdits, type ManifestReading, readManifest } from '../../../src/manifest/index.ts';

/** A plugin folder that has exactly these files, and the folders they are in. */
export function filesOf(...paths: string[]): PluginFiles {
  return {
    kindOf: path => {
      if (paths.includes(path)) return 'file';
      return paths.some(file => file.startsWith(`${path}/`)) ? 'folder' : undefined;
    },
  };
}

/** A plugin folder of files with these texts. */
export function textsOf(texts: Readonly<Record<string, string>>): PluginFiles {
  return {
    ...filesOf(...Object.keys(texts)),
    textOf: path => (Object.hasOwn(texts, path) ? texts[path] : undefined),
  };
}

/** The text of a manifest after the fix of its only fixable finding of a code. */
export function fixed(reading: ManifestReading, code: string): string {
  const fixes = reading.findings
    .filter(finding => finding.code === `PW-MANIFEST-${code}`)
    .flatMap(({ fix }) => fix ?? []);
  return applyEdits(reading.document.text, fixes[0]?.edits ?? []);
}

/** Reads a manifest given as a value. */
export function read(value: unknown, ...files: string[]): ManifestReading {
  return readText(JSON.stringify(value, undefined, 2), ...files);
}

/** Reads a JSON manifest. */
export function readText(text: string, ...files: string[]): ManifestReading {
  return readManifest({ text, file: '/plugins/mine/plugin.json', files: filesOf(...files) });
}

/** Reads a YAML manifest. */
export function readYaml(text: string, ...files: string[]): ManifestReading {
  return readManifest({ text, file: '/plugins/mine/plugin.yaml', files: filesOf(...files) });
}

/** The codes found, in the order of the text. */
export function codesOf(reading: ManifestReading): string[] {
  return reading.findings.map(finding => finding.code.replace('PW-MANIFEST-', ''));
}

/** What each finding underlines. */
export function underlined(reading: ManifestReading): string[] {
  const { lines, text } = reading.document;
  return reading.findings.map(({ range }) =>
    text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end)),
  );
}
