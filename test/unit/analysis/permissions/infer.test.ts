import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { linesOf, needsIn } from './infer-from-text.ts';

/** File, its text, and all it needs. */
const programs: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'files by what they are really called',
    'src/index.js',
    `
import { readFile as load } from 'node:fs/promises';
import * as disk from 'fs';
import path from 'node:path';
const folder = path.join(__dirname, '..', 'data');
export async function go(name) {
  await load(path.join(folder, 'a.json'));
  disk.promises.writeFile('out/' + name + '.txt', '');
  disk.createReadStream('/etc/hosts');
  require('f' + 's').unlinkSync(\`./old/\${name}\`);
  disk.renameSync('from.txt', 'to.txt');
  const own = { readFileSync: x => x };
  own.readFileSync('./not-this');
}`,
    [
      'filesystem read ./data/a.json',
      'filesystem read /etc/hosts',
      'filesystem write ./from.txt',
      'filesystem write ./old/*',
      'filesystem write ./out/*.txt',
      'filesystem write ./to.txt',
    ],
  ],
  [
    'hosts of addresses that are put together',
    'index.ts',
    `
import axios from 'axios';
import https from 'node:https';
const base: string = 'https://api.example.com';
export async function go(id: string, where: string) {
  await fetch(\`\${base}/users/\${id}\`);
  await axios.get(base + '/x');
  await axios({ method: 'post', url: 'http://plain.example.com:8080/' });
  https.request({ hostname: 'tls.example.com', port: 8443 });
  await fetch(new URL('/x', 'https://url.example.com'));
  new WebSocket('wss://ws.example.com/feed');
  await fetch(where);
  await fetch('data:text/plain,hello');
  await fetch('./local.json');
}`,
    [
      '*',
      'api.example.com',
      'plain.example.com:8080',
      'tls.example.com:8443',
      'url.example.com',
      'ws.example.com',
    ].map(host => `network connect ${host}`),
  ],
  [
    'programs, variables, threads and native code',
    'main.cjs',
    `
const { execFile, exec } = require('child_process');
const { Worker } = require('worker_threads');
execFile('/usr/bin/git', ['status']);
exec('convert a.png b.jpg');
const token = process.env.API_TOKEN;
const other = process.env['OTHER'];
new Worker('./worker.js');
require('./build/addon.node');`,
    [
      'process run convert',
      'process run git',
      'environment read API_TOKEN',
      'environment read OTHER',
      'native load ./build/addon.node',
      'worker start *',
    ],
  ],
  [
    'services of the SDK, however the context is named and taken apart',
    'plugin.mjs',
    `
export async function activate({ storage, files: { readText }, commands, ...rest }) {
  await storage.set('key', 1);
  await readText('./notes/a.txt');
  commands.register('greet', () => rest.events.emit('greeted', {}));
  await rest.plugins.call('other', 'sum', []);
  await rest.ai.chat([], { model: 'small' });
  await help(rest);
}
function help(context) {
  context.net.fetch('https://api.example.com', { method: 'PUT' });
  context.notifications.show('hello');
  context.clipboard.writeText('x');
  context.process.run('tar', ['x']);
}`,
    [
      'filesystem read ./notes/a.txt',
      'network connect api.example.com',
      'process run tar',
      'storage write key',
      'ai chat small',
      'system clipboard write',
      'system notifications *',
      'events emit greeted',
      'commands register greet',
      'messages call sum',
    ],
  ],
  [
    'Python: paths, sessions, modes, commands',
    'pkg/main.py',
    `
import os, subprocess
from pathlib import Path
import requests as http
HERE = Path(__file__).resolve().parent
def activate(context):
    (HERE / "data" / "a.json").read_text()
    with open(os.path.join(os.path.dirname(__file__), "b.txt"), "w") as f:
        f.write("x")
    open("both.bin", "r+b")
    session = http.Session()
    session.post(f"https://api.example.com/{context.plugin_id}")
    subprocess.run(["git", "log"])
    subprocess.check_output("ls -l", shell=True)
    os.environ["TOKEN"]
    os.environ.get("OTHER")
    context.files.write_text("./notes/a.txt", "x")
    context.events.emit("done", 1)
`,
    [
      'filesystem read ./both.bin',
      'filesystem read ./pkg/data/a.json',
      'filesystem write ./both.bin',
      'filesystem write ./notes/a.txt',
      'filesystem write ./pkg/b.txt',
      'network connect api.example.com',
      'process run git',
      'process run ls',
      'environment read OTHER',
      'environment read TOKEN',
      'events emit done',
    ],
  ],
  [
    'Go: clients, commands, structures',
    'main.go',
    `
package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"

	workbench "plugin-workbench.dev/sdk"
)

const base = "https://api.example.com"

func activate(plugin *workbench.Context) error {
	os.ReadFile(filepath.Join("data", "a.json"))
	os.Create("out.txt")
	request, _ := http.NewRequest("POST", base+"/x", nil)
	_ = request
	exec.Command("git", "status").Run()
	_ = os.Getenv("TOKEN")
	plugin.Net.Fetch(plugin, workbench.FetchRequest{URL: "https://sdk.example.com"})
	plugin.Process.Run(plugin, workbench.Command{Name: "tar"})
	return plugin.Storage.Set(plugin, "key", 1)
}
`,
    [
      'filesystem read ./data/a.json',
      'filesystem write ./out.txt',
      'network connect api.example.com',
      'network connect sdk.example.com',
      'process run git',
      'process run tar',
      'environment read TOKEN',
      'storage write key',
    ],
  ],
  [
    'Rust: files, commands, services',
    'src/main.rs',
    `
use plugin_workbench::{Command, Context, Plugin, Request, Result};
use std::fs;
struct Mine;
impl Plugin for Mine {
    fn activate(&mut self, ctx: &Context) -> Result<()> {
        fs::read_to_string("data/a.json")?;
        fs::File::create("out.txt")?;
        std::process::Command::new("git").arg("status").status()?;
        let token = std::env::var("TOKEN");
        ctx.net().fetch(Request::get("https://api.example.com"))?;
        ctx.process().run(&Command::new("tar"))?;
        ctx.files().write("./notes/a.txt", "x")?;
        Ok(())
    }
}
`,
    [
      'filesystem read ./data/a.json',
      'filesystem write ./notes/a.txt',
      'filesystem write ./out.txt',
      'network connect api.example.com',
      'process run git',
      'process run tar',
      'environment read TOKEN',
    ],
  ],
];

describe('what source needs', () => {
  for (const [title, file, text, expected] of programs) {
    test(title, async () => {
      assert.deepEqual(linesOf(await needsIn({ [file]: text })), expected);
    });
  }

  test('across the files of a plugin', async () => {
    const needs = await needsIn({
      'index.js': `import { load } from './lib/load.js'; load('https://api.example.com/a'); load('./b');`,
      'lib/load.js': `export function load(what) { return what.startsWith('http') ? fetch(what) : null; }`,
    });
    assert.deepEqual(linesOf(needs), ['network connect api.example.com']);
    assert.equal(needs[0]?.evidence[0]?.file, '/plugin/lib/load.js');
  });

  test('each need has its places, with what happens there, protocols and methods', async () => {
    const [need] = await needsIn({
      'a.js': `fetch('https://api.example.com/a');\nfetch('http://api.example.com/b', { method: 'POST' });\n`,
    });
    assert.deepEqual(need?.protocols, ['http', 'https']);
    assert.deepEqual(need?.methods, ['GET', 'POST']);
    assert.deepEqual(
      need?.evidence.map(({ range, why }) => [range.start.line, why]),
      [
        [0, '`fetch` sends a request'],
        [1, '`fetch` sends a request'],
      ],
    );
  });

  test('broken, huge and hostile text is no way to stop it', async () => {
    const needs = await needsIn({
      'broken.js': `fetch('https://api.example.com'`,
      'deep.js': `${'('.repeat(3000)}1${')'.repeat(3000)}`,
      'good.js': `fetch('https://good.example.com')`,
    });
    assert.ok(linesOf(needs).includes('network connect good.example.com'));
  });
});
