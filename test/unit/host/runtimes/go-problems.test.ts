import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readGoProblems } from '../../../../src/host/runtimes/go-problems.ts';

const read = (text: string) => readGoProblems(text, '/p', new Map([['/made/go.mod', '/p/go.mod']]));

describe('readGoProblems', () => {
  it('reads what the compiler reports, with the lines that belong to it', () => {
    const text = `# example.org/p/inner
inner/run.go:5:2: undefined: foo
./main.go:7:9: cannot use f (variable of type func(int)) as func(string) value in assignment:
	have (int)
	want (string)
./main.go:7:9: too many errors
`;
    assert.deepEqual(read(text), [
      { message: 'undefined: foo', location: { file: '/p/inner/run.go', line: 5, column: 2 } },
      {
        message:
          'cannot use f (variable of type func(int)) as func(string) value in assignment:\n\thave (int)\n\twant (string)',
        location: { file: '/p/main.go', line: 7, column: 9 },
      },
    ]);
  });

  it('reads a package that is not there, and what would add it', () => {
    const text = `main.go:4:2: no required module provides package github.com/a/b; to add it:
	go get github.com/a/b
`;
    assert.deepEqual(read(text), [
      {
        message: 'no required module provides package github.com/a/b; to add it:\n\tgo get github.com/a/b',
        location: { file: '/p/main.go', line: 4, column: 2 },
      },
    ]);
  });

  it('leads from the copy of go.mod to the plugin’s own', () => {
    const text = 'go: errors parsing /made/go.mod:\n/made/go.mod:3: unknown directive: foo\n';
    assert.deepEqual(read(text), [
      { message: 'unknown directive: foo', location: { file: '/p/go.mod', line: 3, column: 1 } },
    ]);
  });

  it('keeps what has no place, once', () => {
    const text = 'go: updates to go.mod needed\ngo: updates to go.mod needed\n';
    assert.deepEqual(read(text), [{ message: 'updates to go.mod needed' }]);
    assert.deepEqual(read(''), [{ message: 'it gave no reason' }]);
  });
});
