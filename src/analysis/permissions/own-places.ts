import type { Abstract, Values } from '../flow/index.ts';
import { PLUGIN_FOLDER } from './resource.ts';

/** Places that programs have names for, by the path of the value. */
const places: Readonly<Record<string, 'folder' | 'file' | 'plugin' | 'home' | 'temporary'>> = {
  'plugin.here': 'folder',
  'plugin.file': 'file',
  'plugin.dir': 'plugin',
  'global.__dirname': 'folder',
  'global.__filename': 'file',
  'global.import.meta.dirname': 'folder',
  'global.import.meta.filename': 'file',
  'global.import.meta.url': 'file',
  'global.import.dirname': 'folder',
  'global.import.filename': 'file',
  'global.import.url': 'file',
  'builtins.__file__': 'file',
  'global.process.cwd()': 'plugin',
  'process.cwd()': 'plugin',
  'os.getcwd()': 'plugin',
  'os.Getwd()': 'plugin',
  'std.env.current_dir()': 'plugin',
  'os.homedir()': 'home',
  'os.UserHomeDir()': 'home',
  'os.tmpdir()': 'temporary',
  'tempfile.gettempdir()': 'temporary',
  'os.TempDir()': 'temporary',
  'std.env.temp_dir()': 'temporary',
};

/** Members of a plugin's context that are its folder, in each SDK. */
const folderMember = /\.(?:pluginDir|plugin_dir(?:\(\))?|Dir)$/u;

/**
 * The texts a value can be, with `*` for what is not known, and {@link PLUGIN_FOLDER} for the plugin's folder;
 * `undefined` where nothing is known of it.
 *
 * @param file path of the source file relative to the plugin's folder, with `/`
 */
export function textsOf(
  value: Abstract | undefined,
  values: Values,
  file: string,
): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const texts = [value, ...(value.also ?? [])].flatMap(one => alternatives(one, values, file));
  const known = [...new Set(texts)].filter(text => text !== '' && text !== '*');
  return known.length === 0 ? undefined : known;
}

function alternatives(value: Abstract, values: Values, file: string): readonly string[] {
  const { constants, text, path } = value;
  if (constants !== undefined && constants.length > 0) {
    return constants.filter(one => typeof one === 'string' || typeof one === 'number').map(String);
  }
  if (text !== undefined) {
    let pattern = '';
    for (const piece of text) {
      const part = typeof piece === 'string' ? piece : (alternatives(piece, values, file)[0] ?? '*');
      if (!(part.startsWith('*') && pattern.endsWith('*'))) pattern += part;
    }
    return [pattern];
  }
  return path === undefined ? ['*'] : [placeOf(path, file) ?? '*'];
}

function placeOf(path: string, file: string): string | undefined {
  if (folderMember.test(path) && /^plugin/u.test(path)) return `${PLUGIN_FOLDER}/`;
  const place = Object.hasOwn(places, path) ? places[path] : undefined;
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  switch (place) {
    case 'folder':
      return `${PLUGIN_FOLDER}/${folder}`;
    case 'file':
      return `${PLUGIN_FOLDER}/${file}`;
    case 'plugin':
      return `${PLUGIN_FOLDER}/`;
    case 'home':
      return '~';
    case 'temporary':
      return '/tmp';
    default:
      return undefined;
  }
}
