import type { Effect } from '../../effect.ts';
import { byMode, isText, members, reads, writes } from '../write.ts';

const fs = ['fs', 'fs.promises', 'fs/promises', 'fs-extra', 'graceful-fs'];

/** Calls of JavaScript about files. */
export const fileEffects: readonly Effect[] = [
  reads(
    members(
      fs,
      'readFile readFileSync createReadStream openAsBlob readdir readdirSync opendir opendirSync readJson readJsonSync readJSON glob globSync watch watchFile readlink readlinkSync',
    ),
  ),
  writes(
    members(
      fs,
      'writeFile writeFileSync appendFile appendFileSync createWriteStream mkdir mkdirSync mkdtemp mkdtempSync truncate truncateSync chmod chmodSync chown chownSync utimes utimesSync outputFile outputFileSync writeJson writeJsonSync outputJson ensureDir ensureDirSync ensureFile emptyDir',
    ),
  ),
  writes(members(fs, 'rm rmSync unlink unlinkSync rmdir rmdirSync remove removeSync'), 0, 'removes a file'),
  reads(members(fs, 'copyFile copyFileSync cp cpSync copy copySync'), 0),
  writes(members(fs, 'copyFile copyFileSync cp cpSync copy copySync link linkSync symlink symlinkSync'), 1),
  writes(members(fs, 'rename renameSync move moveSync'), 0, 'moves a file'),
  writes(members(fs, 'rename renameSync move moveSync'), 1, 'moves a file'),
  {
    call: members(fs, 'open openSync'),
    scope: 'filesystem',
    action: byMode([1, 'flags']),
    is: 'file',
    at: 0,
    does: 'opens a file',
  },
  reads([
    'global.Bun.file',
    'global.Deno.readFile',
    'global.Deno.readTextFile',
    'jsonfile.readFile',
    'jsonfile.readFileSync',
  ]),
  writes([
    'global.Bun.write',
    'global.Deno.writeFile',
    'global.Deno.writeTextFile',
    'jsonfile.writeFile',
    'jsonfile.writeFileSync',
  ]),
  ...['read', 'write'].map(
    (action): Effect => ({
      call: [
        'better-sqlite3',
        'better-sqlite3.default',
        'sqlite3.Database',
        'sqlite.DatabaseSync',
        'nedb.default',
        'lowdb.default',
      ],
      scope: 'filesystem',
      action,
      is: 'file',
      does: 'opens a database file',
      when: isText(0),
    }),
  ),
];
