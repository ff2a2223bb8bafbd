import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderHtml, renderMarkdown } from '../panel.js';
import { add, done, left, TaskError } from '../tasks.js';

test('tasks are added and done without a change of the list before', () => {
  const one = add([], '  Buy\n milk ');
  const two = add(one, 'Sleep');
  assert.deepEqual(one, [{ id: 1, text: 'Buy milk', done: false }]);
  assert.deepEqual(left(done(two, 1)), [{ id: 2, text: 'Sleep', done: false }]);
  assert.equal(left(two).length, 2);
});

test('what can not be is refused with a code', () => {
  const refused = (/** @type {() => unknown} */ attempt, /** @type {string} */ code) =>
    assert.throws(attempt, error => error instanceof TaskError && error.code === code);
  refused(() => add([], ' \n'), 'NO_TEXT');
  refused(() => add([], 7), 'NO_TEXT');
  refused(() => add([], 'x'.repeat(201)), 'TEXT_TOO_LONG');
  refused(() => add(Array.from({ length: 500 }, (_, id) => ({ id, text: 'x', done: false })), 'one more'), 'LIST_FULL');
  refused(() => done([], 1), 'NO_SUCH_TASK');
});

const tasks = done(add(add([], 'Buy *milk*'), '<img src=x onerror="boom()"> & co'), 1);

test('the panel in Markdown', () => {
  assert.equal(
    renderMarkdown(tasks, ['From [another](command:evil)']),
    [
      '# To Do',
      '1 of 2 left.',
      '- [x] Buy \\*milk\\*\n- [ ] \\<img src=x onerror="boom\\(\\)"\\> \\& co',
      'From \\[another\\]\\(command:evil\\)',
    ].join('\n\n'),
  );
  assert.equal(renderMarkdown([]), '# To Do\n\nNothing yet.');
});

test('the panel in HTML holds nothing but what it says', () => {
  const html = renderHtml(tasks, ['<script>']);
  assert.match(html, /<li data-id="1"><label><input type="checkbox" disabled checked> Buy \*milk\*<\/label><\/li>/);
  assert.match(html, /> &#60;img src=x onerror=&#34;boom\(\)&#34;&#62; &#38; co<\/label>/);
  assert.ok(!/<(?:img|script)/.test(html));
  assert.ok(!renderHtml([]).includes('<ul>'));
});
