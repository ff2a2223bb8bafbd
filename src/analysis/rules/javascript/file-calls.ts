/** Methods of `fs` (and of the packages that stand in for it) by what they do with the path in front. */
const READS =
  'access accessSync createReadStream exists existsSync lstat lstatSync open openSync opendir opendirSync readFile readFileSync readJson readJsonSync readdir readdirSync readlink readlinkSync realpath realpathSync stat statSync watch watchFile';
const WRITES =
  'appendFile appendFileSync chmod chmodSync chown chownSync createWriteStream ensureDir ensureDirSync ensureFile emptyDir mkdir mkdirSync outputFile outputFileSync outputJson remove removeSync rm rmSync rmdir rmdirSync truncate truncateSync unlink unlinkSync utimes utimesSync writeFile writeFileSync writeJson writeJsonSync';
/** Two paths: where from and where to. */
const MOVES =
  'copy copyFile copyFileSync copySync cp cpSync link linkSync move moveSync rename renameSync symlink symlinkSync';

const named = (names: string): string[] => names.split(' ').map(name => `fs.${name}`);

export const readingCalls: readonly string[] = named(READS);
export const writingCalls: readonly string[] = named(WRITES);
export const movingCalls: readonly string[] = named(MOVES);
