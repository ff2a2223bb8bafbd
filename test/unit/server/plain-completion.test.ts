// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets of the protocol only look like templates
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { toPlainText } from '../../../src/server/plain-completion.ts';

it('leaves of a snippet what stands there when nothing is filled in', () => {
  assert.equal(toPlainText('"name": "$1"'), '"name": ""');
  assert.equal(toPlainText('"name": "${1:My Plugin}",\n"x": [$2]$0'), '"name": "My Plugin",\n"x": []');
  assert.equal(toPlainText('"type": "${1|tool,agent|}"'), '"type": "tool"');
  assert.equal(toPlainText('"cost": "\\$5 \\} ${1:a \\} b}"'), '"cost": "$5 } a } b"');
});
