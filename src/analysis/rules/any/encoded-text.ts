import type { Rule } from '../rule.ts';
import { all } from './languages.ts';
import { entropyOf } from './placeholders.ts';

/** Escapes of letters that need none. */
const ESCAPED_LETTER = /\\(?:x|u00|u\{)(?:[2-6][0-9a-f]|7[0-9a-e])/gi;
const BLOB = /^(?:[A-Za-z0-9+/_-]{400,}={0,2}|[0-9a-fA-F]{600,})$/;
/** Pictures, fonts, certificates, WebAssembly and zips begin with these when they are in base64. */
const KNOWN =
  /^(?:iVBORw0K|R0lGOD|\/9j\/|UklGR|PHN2Zy|PD94bW|AGFzbQ|d09G|AAEAAAA|T1RUTw|MII|LS0tLS1|JVBERi|UEsDB|H4sIA|SUQz|T2dnUw)/;

export const encodedTextRule: Rule = {
  id: 'PW-ANY-ENCODED-TEXT',
  title: 'Text that nobody can read',
  category: 'obfuscation',
  cwe: 506,
  severity: 'warning',
  confidence: 'medium',
  languages: all,
  docs: {
    risk: 'What cannot be read cannot be reviewed: names of functions, addresses and whole programs are hidden in such text.',
    remedy: 'Write the text as it is; keep data in files beside the source.',
    bad: "const name = '\\x63\\x68\\x69\\x6c\\x64\\x5f\\x70\\x72\\x6f\\x63\\x65\\x73\\x73';",
    good: "const name = 'child';",
  },
  watches: [
    {
      on: 'text',
      check: ({ node, value }, context) => {
        if (node.end - node.start < 24) return;
        const source = context.text.slice(node.start, Math.min(node.end, node.start + 4_000));
        if (source.includes('\\')) {
          const letters = source.match(ESCAPED_LETTER)?.length ?? 0;
          const escapes = source.match(/\\[xu]/g)?.length ?? 0;
          // Bytes of a file hold some letters too.
          if (letters >= 6 && letters === escapes && letters * 4 > source.length * 0.5) {
            context.report(node, {
              message: 'Letters are written as numbers here, so that nobody can read them.',
            });
            return;
          }
        }
        if (value.length < 400 || KNOWN.test(value) || !BLOB.test(value)) return;
        const bits = entropyOf(value.slice(0, 4_000));
        if (bits < (/^[0-9a-fA-F]+$/.test(value) ? 3.5 : 4.8)) return;
        context.report(node, {
          message: `Nobody can read what these ${value.length} characters hold.`,
          severity: 'info',
        });
      },
    },
    {
      on: 'call',
      of: ['global.String.fromCharCode', 'global.String.fromCodePoint'],
      check: (call, context) => {
        const items = call.args.flatMap(({ value }) => {
          const elements = context.values.elements(value);
          return elements.length > 0 ? elements : [value];
        });
        if (items.length < 6 || !items.every(one => context.values.isFixed(one))) return;
        context.report(call.node, {
          message: 'Letters are written as numbers here, so that nobody can read them.',
        });
      },
    },
    {
      on: 'call',
      of: ['builtins.map'],
      check: (call, context) => {
        const [first, second] = call.args;
        if (first === undefined || second === undefined || context.textOf(first.node) !== 'chr') return;
        const items = context.values.elements(second.value);
        if (items.length < 6 || !items.every(one => context.values.isFixed(one))) return;
        context.report(call.node, {
          message: 'Letters are written as numbers here, so that nobody can read them.',
        });
      },
    },
  ],
};
