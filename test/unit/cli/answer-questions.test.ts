import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnswers } from '../../../src/cli/answer-questions.ts';

test('a terminal shows messages, has nobody to choose, and no clipboard', async () => {
  const lines: string[] = [];
  const answer = createAnswers({ note: line => void lines.push(line), paint: (_, text) => text });
  const shown = await answer({
    kind: 'notifications/show',
    pluginId: 'p',
    level: 'warning',
    message: 'Disk \u001b[31mfull',
    actions: ['Empty it'],
  });
  assert.deepEqual(shown, { type: 'answered', value: null });
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^p says Disk .*full \[Empty it\]$/);
  assert.ok(!lines[0]?.includes('\u001b'));
  for (const kind of ['clipboard/read', 'clipboard/write'] as const) {
    const refused = await answer({ kind, pluginId: 'p', text: 'x' });
    assert.equal(refused.type, 'unavailable');
  }
});
