import type { Engine, LanguageSupport, SourceLanguage } from '../../../src/analysis/index.ts';
import { goLowering } from '../../../src/analysis/lower/go/index.ts';
import { javascriptLowering } from '../../../src/analysis/lower/javascript/index.ts';
import { pythonLowering } from '../../../src/analysis/lower/python/index.ts';
import { rustLowering } from '../../../src/analysis/lower/rust/index.ts';
import { sinkRule } from '../../../src/analysis/rules/sink-rule.ts';
import { engineFromModules } from './engine-from-modules.ts';

const languages: readonly SourceLanguage[] = ['javascript', 'python', 'go', 'rust'];
const docs = { risk: 'It runs.', remedy: 'Don’t.', bad: '', good: '' };
const about = { cwe: 95, severity: 'error', confidence: 'high', languages, docs } as const;

/** `run` may never be given what is not fixed; `open` nothing that a user decides. */
const runRule = sinkRule({
  ...about,
  id: 'RUN',
  title: 'Text is run',
  category: 'code-eval',
  does: 'is run',
  sinks: [
    {
      call: [
        'global.eval',
        'global.Function',
        'child_process.exec',
        'builtins.eval',
        'os.system',
        'os/exec.Command',
        'std.process.Command.new',
      ],
      argument: 'any',
      from: 'dynamic',
    },
  ],
});
const openRule = sinkRule({
  ...about,
  id: 'OPEN',
  title: 'A path of anybody’s choice',
  category: 'path-traversal',
  does: 'is opened',
  sinks: [{ call: ['fs.readFile', 'builtins.open', 'os.Open', 'std.fs.read'], from: 'user' }],
});

const knowledge = {
  sources: [
    { path: 'web.Request.query', level: 'user', what: 'a request’s query' },
    { path: 'web.ask()', level: 'user', what: 'an answer' },
    { path: 'net/http.Request.FormValue()', level: 'user', what: 'a form value' },
  ],
  handlers: [
    { call: 'web.get', params: [{ path: 'web.Request' }] },
    { decorator: 'web.route', params: [], rest: { level: 'user', what: 'a part of the address' } },
  ],
  sanitizers: [
    { call: 'path.basename', safeFor: ['path-traversal'] },
    { call: 'os.path.basename', safeFor: ['path-traversal'] },
    { call: 'shlex.quote', safeFor: ['code-eval'] },
  ],
  same: {},
  harmless: ['global.Number', 'builtins.int', 'strconv.Atoi'],
  transparent: { 'util.promisify': 0, 'std.string.String.from': 0 },
} as const;

/** An engine with two rules and a little knowledge, so that what is tried is the engine alone. */
export function trialEngine(timeLimitMs?: number): Promise<Engine> {
  const support = (lowering: LanguageSupport['lowering']): LanguageSupport => ({ lowering, knowledge });
  return engineFromModules({
    languages: new Map<SourceLanguage, LanguageSupport>([
      ['javascript', support(javascriptLowering)],
      ['python', support(pythonLowering)],
      ['go', support(goLowering)],
      ['rust', support(rustLowering)],
    ]),
    rules: [runRule, openRule],
    timeLimitMs,
  });
}
