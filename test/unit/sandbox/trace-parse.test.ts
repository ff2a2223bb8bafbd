import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRefusal } from '../../../src/sandbox/trace/parse.ts';

const read = (resource: string) => ({ kind: 'read', resource });
const write = (resource: string) => ({ kind: 'write', resource });
const connect = (resource: string) => ({ kind: 'connect', resource });

for (const [line, expected] of [
  [
    'openat(AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)',
    read('/etc/passwd'),
  ],
  [
    '[pid  712] openat(AT_FDCWD, "/etc/x", O_WRONLY|O_CREAT, 0666) = -1 EROFS (Read-only file system)',
    write('/etc/x'),
  ],
  ['712 stat("/root/.ssh", 0x7ffd) = -1 EACCES (Permission denied)', read('/root/.ssh')],
  ['unlink("/usr/bin/node") = -1 EROFS (Read-only file system)', write('/usr/bin/node')],
  ['rename("/a \\"b\\"", "/c") = -1 ENOENT (No such file or directory)', write('/a "b"')],
  ['open("/caf\\303\\251\\n", O_RDONLY) = -1 ENOENT (No such file or directory)', read('/café\n')],
  [
    'connect(19, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("93.184.216.34")}, 16) = -1 ENETUNREACH (Network is unreachable)',
    connect('93.184.216.34:80'),
  ],
  [
    'connect(5, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH (Network is unreachable)',
    connect('[2001:db8::1]:443'),
  ],
  [
    'connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)',
    undefined,
  ],
  ['openat(AT_FDCWD, "", O_RDONLY) = -1 ENOENT (No such file or directory)', undefined],
  ['openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3', undefined],
  ['strace: Process 7 attached', undefined],
  ['+++ exited with 0 +++', undefined],
  ['', undefined],
] as const) {
  test(line.slice(0, 60) || 'nothing', () => {
    assert.deepEqual(parseRefusal(line), expected);
  });
}
