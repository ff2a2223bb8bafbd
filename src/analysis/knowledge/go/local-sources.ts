import type { SourceSpec } from '../../flow/index.ts';

function local(what: string, paths: readonly string[]): SourceSpec[] {
  return paths.map(path => ({ path, level: 'local', what }));
}

const flags = 'String() Arg() Args() StringVar() Func() Lookup()'.split(' ');

/** What the machine's user, its files and other programs decide. */
export const localSources: readonly SourceSpec[] = [
  ...local('a program argument', ['os.Args', ...flags.map(name => `flag.${name}`)]),
  ...local(
    'a program argument',
    flags.map(name => `flag.FlagSet.${name}`),
  ),
  ...local('a program argument', [
    'github.com/spf13/pflag.String()',
    'github.com/spf13/pflag.StringVar()',
    'github.com/spf13/pflag.StringP()',
    'github.com/spf13/pflag.FlagSet.GetString()',
    'github.com/spf13/pflag.FlagSet.StringVar()',
    'github.com/spf13/pflag.FlagSet.StringVarP()',
    'github.com/urfave/cli.Context.String()',
    'github.com/urfave/cli.Context.Args()',
    'github.com/urfave/cli.Command.String()',
    'github.com/alecthomas/kingpin.Parse()',
  ]),
  ...local('an environment variable', [
    'os.Getenv()',
    'os.LookupEnv()',
    'os.ExpandEnv()',
    'syscall.Getenv()',
  ]),
  ...local('the whole environment', ['os.Environ()', 'syscall.Environ()']),
  ...local('standard input', ['os.Stdin', 'fmt.Scan()', 'fmt.Scanf()', 'fmt.Scanln()']),
  ...local('a setting', [
    'github.com/spf13/viper.GetString()',
    'github.com/spf13/viper.Get()',
    'github.com/spf13/viper.GetStringSlice()',
    'github.com/spf13/viper.Viper.GetString()',
    'github.com/spf13/viper.Viper.Get()',
  ]),
  ...local('the contents of a file', [
    'os.File',
    'os.ReadFile()',
    'io/ioutil.ReadFile()',
    'io/fs.ReadFile()',
    'os.Readlink()',
    'github.com/spf13/afero.ReadFile()',
  ]),
  ...local('a folder’s entries', ['os.ReadDir()', 'io/ioutil.ReadDir()', 'path/filepath.Glob()']),
  ...local('a row of the database', [
    'database/sql.Rows',
    'database/sql.Row',
    'github.com/jmoiron/sqlx.Rows',
    'github.com/jmoiron/sqlx.Row',
    'github.com/jackc/pgx.Rows',
    'github.com/jackc/pgx.Row',
    ...['DB', 'Tx'].flatMap(name =>
      ['Get()', 'GetContext()', 'Select()', 'SelectContext()'].map(
        method => `github.com/jmoiron/sqlx.${name}.${method}`,
      ),
    ),
    ...['First()', 'Find()', 'Take()', 'Last()', 'Scan()', 'Pluck()', 'ScanRows()'].map(
      name => `gorm.io/gorm.DB.${name}`,
    ),
    ...['Find()', 'FindOne()', 'Aggregate()', 'Distinct()'].map(
      name => `go.mongodb.org/mongo-driver/mongo.Collection.${name}`,
    ),
    'github.com/redis/go-redis.Client.Get()',
    'github.com/go-redis/redis.Client.Get()',
  ]),
  ...local('what another server answered', [
    'net/http.Response',
    'github.com/go-resty/resty.Response',
    'net.LookupTXT()',
  ]),
  ...local('what a program printed', [
    'os/exec.Cmd.Output()',
    'os/exec.Cmd.CombinedOutput()',
    'os/exec.Cmd.StdoutPipe()',
    'golang.org/x/crypto/ssh.Session.Output()',
    'golang.org/x/crypto/ssh.Session.CombinedOutput()',
  ]),
];
