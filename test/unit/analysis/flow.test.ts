import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Engine, SourceLanguage } from '../../../src/analysis/index.ts';
import { findingsByLine } from './engine-from-modules.ts';
import { trialEngine } from './trial-engine.ts';

/** Each line that ends in `// RUN` or `# OPEN` must be reported as that, and no other line. */
const programs: readonly (readonly [SourceLanguage, string, string])[] = [
  [
    'javascript',
    'names that hide',
    `
const t = globalThis.t0;
(0, eval)(t); // RUN
window['ev' + 'al'](t); // RUN
window[['e', 'val'].join('')](t); // RUN
global[atob('ZXZhbA==')](t); // RUN
const { eval: hidden } = globalThis;
hidden(t); // RUN
const key = 'eval';
window[key](t); // RUN
window['lave'.split('').reverse().join('')](t); // RUN
eval.call(null, t); // RUN
eval.apply(null, [t]); // RUN
Reflect.apply(eval, null, [t]); // RUN
Reflect.construct(Function, [t]); // RUN
Reflect.get(globalThis, 'eval')(t); // RUN
[].constructor.constructor(t)(); // RUN
(() => {}).constructor(t); // RUN
const cp = require('child' + '_process');
const bound = cp.exec.bind(cp);
bound(t); // RUN
const { promisify } = require('util');
const later = promisify(cp.exec);
later(t); // RUN
import('child_process').then(({ exec }) => exec(t)); // RUN
const { inner: { exec: deep } } = { inner: require('node:child_process') };
deep(t); // RUN
let late;
late = eval;
late(t); // RUN
function own(text) { function eval(x) { return x; } return eval(text); }
class Runner { constructor() { this.run = eval; } start(x) { this.run(x); } } // RUN
const method = { eval(x) { return x; } };
method.eval(t);
eval('1 + 1');
`,
  ],
  [
    'javascript',
    'data that flows',
    `
import { get } from 'web';
import fs from 'node:fs';
import path from 'node:path';
const allowed = ['a', 'b'];
get(request => {
  const { query: { name, ...others } } = request;
  fs.readFile(name); // OPEN
  fs.readFile(others.file); // OPEN
  fs.readFile(path.join('/data', name)); // OPEN
  fs.readFile(path.join('/data', path.basename(name)));
  fs.readFile('/data/' + Number(name));
  const list = [];
  list.push(name);
  for (const one of list) fs.readFile(one); // OPEN
  list.map(one => one.trim()).forEach(one => fs.readFile(one)); // OPEN
  const box = { inside: { name } };
  fs.readFile(box.inside.name); // OPEN
  fs.readFile(box.outside);
  read(name);
  if (allowed.includes(name)) fs.readFile(name);
  if (!allowed.includes(name)) return;
  fs.readFile(name);
});
function read(file) {
  fs.readFile(file); // OPEN
  fs.readFile('fixed');
}
get(({ query }) => {
  let file = query.file;
  if (/^[a-z]+$/.test(file)) fs.readFile(file);
  switch (query.kind) {
    case 'one':
      fs.readFile(query.kind);
      break;
    default:
      fs.readFile(query.kind); // OPEN
  }
  if (typeof file !== 'number') fs.readFile(file); // OPEN
  file = 'other';
  fs.readFile(file);
});
get(request => {
  try {
    if (request.query.a.includes('..')) throw new Error('no');
    fs.readFile(request.query.a);
  } catch {
    fs.readFile(request.query.b); // OPEN
  }
});
`,
  ],
  [
    'python',
    'data that flows',
    `
import os, shlex
import web

ALLOWED = {'a', 'b'}

@web.route('/x')
def handle(name: str, number: int):
    open(name)  # OPEN
    open(f'/data/{name}')  # OPEN
    open(f'/data/{number}')
    open('/data/' + os.path.basename(name))
    os.system('ls %s' % name)  # RUN
    os.system('ls {}'.format(shlex.quote(name)))
    parts = [name]
    for part in parts:
        open(part)  # OPEN
    names = [one.strip() for one in parts]
    open(names[0])  # OPEN
    if name not in ALLOWED:
        raise ValueError(name)
    open(name)

class Store:
    def __init__(self):
        self.path = web.ask()

    def read(self):
        return open(self.path)  # OPEN

    def fixed(self):
        self.name = 'fixed'
        return open(self.name)

def helper(value):
    return value + '.txt'

open(helper(web.ask()))  # OPEN
open(helper('fixed'))
with open(web.ask()) as file:  # OPEN
    pass
getattr(os, 'sys' + 'tem')('x')
`,
  ],
  [
    'go',
    'data that flows',
    `
package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
)

type store struct{ path string }

func (s *store) read() { os.Open(s.path) } // OPEN

func handle(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	os.Open(name) // OPEN
	os.Open(fmt.Sprintf("/data/%s", name)) // OPEN
	number, err := strconv.Atoi(name)
	if err != nil {
		return
	}
	os.Open(fmt.Sprintf("/data/%d", number))
	exec.Command("sh", "-c", name) // RUN
	exec.Command("ls", "-l")
	s := &store{}
	s.path = name
	s.read()
	helper(name)
}

func helper(file string) {
	os.Open(file) // OPEN
}
`,
  ],
  [
    'rust',
    'data that flows',
    `
use std::process::Command;
use std::fs;

fn handle(name: &str) {
    Command::new(name); // RUN
    Command::new("ls");
    let other = format!("{}-x", name);
    Command::new(&other); // RUN
    let fixed = String::from("ls");
    Command::new(fixed);
}

fn ask() {
    let answer = web::ask();
    fs::read(answer); // OPEN
    fs::read("fixed");
}
`,
  ],
];

describe('flow of data', () => {
  let engine: Engine;
  before(async () => {
    engine = await trialEngine();
  });

  for (const [language, title, text] of programs) {
    it(`${language}: ${title}`, () => {
      const found = findingsByLine(engine, 'program', text, language);
      const wrong = text.split('\n').flatMap((line, index) => {
        const wanted = /(?:\/\/|#) (RUN|OPEN)$/.exec(line)?.[1] ?? '';
        const actual = (found.get(index) ?? []).map(one => one.split(':')[0]).join();
        return actual === wanted
          ? []
          : [`${actual || 'nothing'} instead of ${wanted || 'nothing'}: ${line.trim()}`];
      });
      assert.deepEqual(wrong, []);
    });
  }
});
