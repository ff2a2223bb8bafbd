import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { promisify } from 'node:util';
import * as v from 'valibot';

/** What a Python interpreter says about itself. */
export interface PythonProbe {
  /** Real path of the binary; never a virtual environment's link or a version manager's shim. */
  readonly execPath: string;
  /** As semver: `3.14.0-beta.1`. */
  readonly version: string;
  /** Files and folders it needs at run time, itself included. */
  readonly runtimePaths: readonly string[];
  /** Folders of other people's packages within the standard library; covered in the sandbox. */
  readonly foreignFolders: readonly string[];
  /** The certificates of well-known authorities, when the system keeps them in one file. */
  readonly certificates: string | undefined;
}

/** How long an interpreter may take to tell, in milliseconds; a version manager may be slow the first time. */
const PROBE_MS = 30_000;

/**
 * Run by the interpreter itself, without site packages. It imports every extension module of the standard library, so
 * that their shared libraries are loaded, and then looks at what its process has mapped. Those are real paths; the loader
 * goes by other names of the same files, so these are looked for beside them. The loader itself is named in the binary.
 */
const SCRIPT = String.raw`
import json, os, struct, sys, sysconfig
import importlib
exe = os.path.realpath(getattr(sys, '_base_executable', None) or sys.executable)
std = [sysconfig.get_path('stdlib'), sysconfig.get_path('platstdlib')]
skip = ('_test', '_tkinter', 'xx', '_xx', '_ctypes_test', 'nis', 'ossaudiodev')
for folder in [p for p in sys.path if p.endswith('lib-dynload')]:
    for name in sorted(os.listdir(folder)):
        module = name.split('.')[0]
        if not module.startswith(skip):
            try:
                importlib.import_module(module)
            except BaseException:
                pass
mapped = set([exe])
with open('/proc/self/maps') as maps:
    for line in maps:
        part = line.rstrip('\n').split(None, 5)
        if len(part) == 6 and 'x' in part[1] and part[5].startswith('/') and os.path.exists(part[5]):
            mapped.add(part[5])
inside = tuple(p + os.sep for p in std)
files = set()
for path in mapped:
    if path.startswith(inside):
        continue
    files.add(path)
    if '.so' in os.path.basename(path):
        folder, stem = os.path.dirname(path), os.path.basename(path).split('.so')[0].rstrip('-.0123456789')
        for name in os.listdir(folder):
            other = os.path.join(folder, name)
            if name.startswith(stem) and os.path.islink(other) and os.path.realpath(other) == path:
                files.add(other)
# Compiled packages may rely on these, whatever the interpreter itself uses.
for folder in set(os.path.dirname(p) for p in files if os.path.basename(p).startswith(('libc.so', 'libc-'))):
    for name in ('libgcc_s.so.1', 'libstdc++.so.6', 'libdl.so.2', 'librt.so.1', 'libutil.so.1', 'libpthread.so.0', 'libresolv.so.2'):
        if os.path.exists(os.path.join(folder, name)):
            files.add(os.path.join(folder, name))
with open(exe, 'rb') as binary:
    head = binary.read(4096)
if head[:5] == b'\x7fELF\x02':
    offset, = struct.unpack_from('<Q', head, 32)
    size, count = struct.unpack_from('<HH', head, 54)
    for i in range(count):
        kind, _, at, _, _, length = struct.unpack_from('<IIQQQQ', head, offset + i * size)
        if kind == 3:
            files.add(head[at:at + length].split(b'\0')[0].decode())
v = sys.version_info
version = '%d.%d.%d' % v[:3] + ('' if v[3] == 'final' else '-%s.%d' % (v[3], v[4]))
foreign = [os.path.join(p, n) for p in set(std) for n in ('site-packages', 'dist-packages') if os.path.isdir(os.path.join(p, n))]
print(json.dumps({'execPath': exe, 'version': version, 'libraries': sorted(files), 'stdlib': sorted(set(std)), 'foreign': foreign}))
`;

const answer = v.object({
  execPath: v.string(),
  version: v.string(),
  libraries: v.array(v.string()),
  stdlib: v.array(v.string()),
  foreign: v.array(v.string()),
});

/** Where systems keep the certificates of well-known authorities in one file. */
const certificateFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * Runs a trusted interpreter (or a version manager's shim of one) once, to learn its real path, its version, its
 * standard library and the shared libraries it loads. It runs in the user's home, where a version manager gives the
 * user's own default.
 */
export async function probePython(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PythonProbe> {
  const home = homedir();
  const { stdout } = await promisify(execFile)(file, ['-I', '-S', '-B', '-c', SCRIPT], {
    cwd: existsSync(home) ? home : tmpdir(),
    env,
    timeout: PROBE_MS,
    maxBuffer: 1024 * 1024,
  });
  // An extension module may print when it is imported; what counts is said last.
  const found = v.parse(answer, JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
  const execPath = realpathSync(found.execPath);
  const certificates = certificateFiles.find(existsSync);
  const usual = /^\/(usr\/)?lib(32|64|x32)?(\/[^/]+-linux-[^/]+)?\/[^/]+$/;
  const needed = [
    execPath,
    ...found.libraries,
    ...found.stdlib,
    ...(certificates === undefined ? [] : [certificates]),
    '/usr/share/zoneinfo',
    // The loader finds libraries in unusual folders through its cache alone.
    ...(found.libraries.some(library => !usual.test(library)) ? ['/etc/ld.so.cache'] : []),
  ];
  return {
    execPath,
    version: found.version,
    runtimePaths: [...new Set(needed)].filter(existsSync),
    foreignFolders: found.foreign,
    certificates,
  };
}
