import { sinkRule } from '../sink-rule.ts';
import { python } from './misuse.ts';

export const dynamicImportRule = sinkRule({
  id: 'PW-PY-DYNAMIC-IMPORT',
  title: 'Which module is loaded is decided when the plugin runs',
  category: 'dynamic-import',
  cwe: 829,
  severity: 'error',
  confidence: 'medium',
  languages: python,
  docs: {
    risk: 'Importing a module runs it: whoever decides the name decides what is run, and no review can tell what that is.',
    remedy: 'Choose from a dictionary of modules that are imported by their names.',
    bad: 'import importlib\n\ndef load(name):\n    return importlib.import_module(name)',
    good: 'import importlib\n\ndef load():\n    return importlib.import_module("json")',
  },
  does: 'decides which module is loaded',
  sinks: [
    {
      call: [
        'builtins.__import__',
        'importlib.import_module',
        'importlib.__import__',
        'imp.load_source',
        'imp.load_module',
        'imp.load_compiled',
        'imp.find_module',
        'runpy.run_module',
        'runpy.run_path',
        'pydoc.locate',
        'django.utils.module_loading.import_string',
        'werkzeug.utils.import_string',
        'pkg_resources.load_entry_point',
        'zipimport.zipimporter',
      ],
      from: 'dynamic',
      when: (_event, value, { values }) =>
        // Modules of one package, such as `f"plugins.{name}"`, are the author's own.
        values.taintOf(value, 'dynamic-import')?.level === 'user' ||
        !/^[A-Za-z_.][\w.]*\.$/.test(values.prefixOf(value)),
    },
    {
      call: [
        'importlib.util.spec_from_file_location',
        'importlib.machinery.SourceFileLoader',
        'imp.load_source',
      ],
      argument: [1, 'location'],
      from: 'parameter',
    },
  ],
});
