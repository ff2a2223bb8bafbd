import { sinkRule } from '../sink-rule.ts';
import { python } from './misuse.ts';

const first = (
  'builtins.open builtins.file codecs.open io.FileIO aiofiles.open gzip.open bz2.open lzma.open os.open os.remove os.unlink os.rmdir ' +
  'os.mkdir os.makedirs os.removedirs os.rename os.renames os.replace os.listdir os.scandir os.walk os.chmod os.chown os.link os.symlink os.readlink ' +
  'os.truncate os.utime os.chdir shutil.copy shutil.copy2 shutil.copyfile shutil.copytree shutil.move shutil.rmtree shutil.make_archive ' +
  'flask.send_file flask.send_from_directory starlette.responses.FileResponse aiohttp.web.FileResponse sanic.response.file ' +
  'zipfile.ZipFile tarfile.open tarfile.TarFile numpy.loadtxt numpy.load numpy.save pandas.read_csv pandas.read_excel pandas.read_json PIL.Image.open cv2.imread linecache.getline ' +
  'glob.glob glob.iglob fileinput.input logging.FileHandler sqlite3.connect flask.render_template django.shortcuts.get_template ' +
  'runpy.run_path mimetypes.read_mime_types configparser.ConfigParser.read paramiko.SFTPClient.get paramiko.SFTPClient.put ' +
  'importlib.resources.open_text pkgutil.get_data django.core.files.storage.default_storage.open django.core.files.storage.default_storage.save ' +
  'django.core.files.storage.FileSystemStorage.open tempfile.NamedTemporaryFile_dir torch.save joblib.dump'
).split(' ');

const ofPath =
  'open read_text read_bytes write_text write_bytes unlink rmdir mkdir rename replace iterdir glob rglob touch symlink_to hardlink_to chmod'
    .split(' ')
    .map(name => `pathlib.Path.${name}`);

export const pathRule = sinkRule({
  id: 'PW-PY-PATH',
  title: 'Someone else chooses which file is used',
  category: 'path-traversal',
  cwe: 22,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: '`../` in the name, or a name that begins with `/`, leads to any file that the program may read or write.',
    remedy:
      'Take `os.path.basename` of it, or resolve the path and check that it lies in the folder that is meant.',
    bad: 'import os\nfrom flask import request\n\ndef show():\n    return open(os.path.join("/srv/files", request.args["name"])).read()',
    good: 'import os\nfrom flask import request\n\ndef show():\n    return open(os.path.join("/srv/files", os.path.basename(request.args["name"]))).read()',
  },
  does: 'chooses the file',
  sinks: [
    { call: first, argument: 0, from: 'user' },
    { call: first, argument: 'file', from: 'user' },
    {
      call: [
        'os.rename',
        'os.replace',
        'os.link',
        'os.symlink',
        'shutil.copy',
        'shutil.copy2',
        'shutil.copyfile',
        'shutil.copytree',
        'shutil.move',
      ],
      argument: 1,
      from: 'user',
    },
    { call: ofPath, argument: 'receiver', from: 'user' },
    {
      call: ['bottle.static_file', 'flask.send_from_directory'],
      argument: [1, 'root'],
      from: 'user',
      when: (event, _value, { values }) => {
        // These two keep the name inside the folder; the folder is the danger.
        if (!('args' in event)) return false;
        const folder = event.argument(undefined, 'root');
        return folder !== undefined && values.taintOf(folder.value, 'path-traversal')?.level === 'user';
      },
    },
    {
      call: ['**.save'],
      argument: 0,
      from: 'user',
      when: event => 'args' in event && event.args[0]?.name === undefined,
    },
    { call: ['**.get_template', '**.select_template'], argument: 0, from: 'user' },
    { call: ['**.extract'], argument: [1, 'path'], from: 'user' },
  ],
});
