import type { Abstract, CallEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { isOn, misusedCalls, python } from './misuse.ts';

const SAFE_LOADER = /(?:^|\.)C?(?:Safe|Base|RoundTrip|SafeLoader\w*)Loader$|SafeLoader$/;

export const deserializeRule = sinkRule({
  id: 'PW-PY-DESERIALIZE',
  title: 'Data is read in a format that can run code',
  category: 'deserialization',
  cwe: 502,
  severity: 'error',
  confidence: 'high',
  languages: python,
  docs: {
    risk: 'Pickles, marshalled code and YAML with Python’s own tags make any object while they are read: whoever writes the data runs code.',
    remedy: 'Use `json`, or `yaml.safe_load`; sign what has to be pickled, and check the signature first.',
    bad: 'import pickle\n\ndef load(data):\n    return pickle.loads(data)',
    good: 'import json\n\ndef load(data):\n    return json.loads(data)',
  },
  does: 'is unpickled, which can run code',
  sinks: [
    {
      call: [
        'pickle.load',
        'pickle.loads',
        'pickle.Unpickler',
        'dill.load',
        'dill.loads',
        'dill.Unpickler',
        'cloudpickle.load',
        'cloudpickle.loads',
        'joblib.load',
        'shelve.open',
        'shelve.DbfilenameShelf',
        'marshal.load',
        'marshal.loads',
        'jsonpickle.decode',
        'jsonpickle.loads',
        'jsonpickle.unpickler.decode',
        'pandas.read_pickle',
        'django.core.signing.loads_unsafe',
        'yaml.unsafe_load',
        'yaml.unsafe_load_all',
        'pyyaml.unsafe_load',
        'compress_pickle.load',
        'compress_pickle.loads',
        'hickle.load',
        'klepto.archives.file_archive',
      ],
      from: 'dynamic',
      severity: 'warning',
      when: (_event, value, context) => !isOwnDump(value, context),
    },
    {
      call: 'torch.load',
      from: 'dynamic',
      severity: 'warning',
      when: (event, _value, context) => !('args' in event && isOn(event.option('weights_only'), context)),
    },
    {
      call: 'numpy.load',
      argument: [0, 'file'],
      from: 'dynamic',
      severity: 'warning',
      when: (event, _value, context) => 'args' in event && isOn(event.option('allow_pickle'), context),
    },
    {
      call: ['yaml.load', 'yaml.load_all', 'ruamel.yaml.load', 'ruamel.yaml.load_all'],
      argument: [0, 'stream'],
      from: 'dynamic',
      does: 'is read as YAML that can make any Python object',
      when: (event, _value, context) => 'args' in event && !hasSafeLoader(event, context),
    },
    { call: 'yaml.full_load', from: 'user', does: 'is read as YAML that can make many Python objects' },
  ],
  watches: [
    misusedCalls('ruamel.yaml.YAML', (call, context) => {
      const typ = call.argument(undefined, 'typ');
      return typ && context.values.textOf(typ.value) === 'unsafe'
        ? 'YAML of this type can make any Python object while it is read.'
        : undefined;
    }),
  ],
});

/** What the program pickled itself a moment ago, to copy it. */
function isOwnDump(value: Abstract, { values }: RuleContext): boolean {
  return values.pathsOf(value).some(path => /(?:pickle|marshal|dill)\.dumps\(\)$/.test(path));
}

function hasSafeLoader(call: CallEvent, { values, textOf }: RuleContext): boolean {
  const loader = call.argument(1, 'Loader') ?? call.argument(1, 'loader');
  if (loader === undefined) return call.hasSpread;
  return (
    SAFE_LOADER.test(textOf(loader.node)) || values.pathsOf(loader.value).some(path => SAFE_LOADER.test(path))
  );
}
