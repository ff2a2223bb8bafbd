import type { SourceSpec } from '../../flow/index.ts';

const groups: readonly { readonly what: string; readonly paths: string }[] = [
  {
    what: 'an argument of the command line',
    paths:
      'sys.argv argparse.ArgumentParser.parse_args() argparse.ArgumentParser.parse_known_args() optparse.OptionParser.parse_args() getopt.getopt() docopt.docopt() sys.orig_argv',
  },
  {
    what: 'the environment',
    paths: 'os.environ os.getenv() os.environ.get() os.environ.copy() decouple.config() environ.Env()',
  },
  {
    what: 'standard input',
    paths:
      'builtins.input() builtins.raw_input() sys.stdin sys.stdin.read() sys.stdin.readline() sys.stdin.buffer fileinput.input() getpass.getpass() click.prompt() typer.prompt()',
  },
  {
    what: 'a file’s content',
    paths:
      'builtins.open().read() builtins.open().readline() builtins.open().readlines() pathlib.Path.read_text() ' +
      'pathlib.Path.read_bytes() codecs.open().read() json.load() yaml.safe_load() tomllib.load() toml.load() csv.reader() ' +
      'csv.DictReader() configparser.ConfigParser.get() zipfile.ZipFile.read() tarfile.TarFile.extractfile()',
  },
  {
    what: 'a server’s answer',
    paths:
      'requests.Response.text requests.Response.content requests.Response.json() requests.Response.headers requests.Response.raw ' +
      'requests.Response.iter_content() requests.Response.iter_lines() requests.Response.cookies requests.Response.url ' +
      'http.client.HTTPResponse.read() http.client.HTTPResponse.readline() http.client.HTTPResponse.readlines() ' +
      'aiohttp.ClientResponse.text() aiohttp.ClientResponse.json() aiohttp.ClientResponse.read() aiohttp.ClientResponse.content ' +
      'urllib3.HTTPResponse.data urllib3.HTTPResponse.read() ' +
      'boto3.client().get_object() boto3.resource().Object().get() ftplib.FTP.retrlines()',
  },
  {
    what: 'a row of the database',
    paths:
      'dbapi.Cursor.fetchone() dbapi.Cursor.fetchall() dbapi.Cursor.fetchmany() asyncpg.Connection.fetch() asyncpg.Connection.fetchrow() ' +
      'asyncpg.Connection.fetchval() redis.Redis.get() redis.Redis.hget() redis.Redis.hgetall() redis.Redis.lpop() redis.Redis.rpop() redis.Redis.lrange()',
  },
  {
    what: 'another program’s output',
    paths:
      'subprocess.check_output() subprocess.getoutput() subprocess.getstatusoutput() subprocess.run().stdout subprocess.run().stderr ' +
      'subprocess.Popen.communicate() subprocess.Popen.stdout os.popen().read() os.popen().readlines() commands.getoutput()',
  },
];

/** What the machine’s user, its files and other programs decide. */
export const localSources: readonly SourceSpec[] = groups.flatMap(({ what, paths }) =>
  paths.split(' ').map((path): SourceSpec => ({ path, level: 'local', what })),
);
