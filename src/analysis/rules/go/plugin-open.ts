import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

/** Code that is loaded while the program runs. */
export const pluginOpenRule = sinkRule({
  id: 'PW-GO-PLUGIN-OPEN',
  title: 'Code is loaded from a path that is not fixed',
  category: 'dynamic-import',
  cwe: 829,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A library runs as soon as it is loaded, with all rights of this process; whoever chooses the path chooses the code.',
    remedy: 'Load from a fixed folder by a name from a list, and check what is loaded by its hash.',
    bad: 'import (\n\t"os"\n\t"plugin"\n)\n\nfunc load() (*plugin.Plugin, error) {\n\treturn plugin.Open(os.Args[1])\n}',
    good: 'import "plugin"\n\nfunc load() (*plugin.Plugin, error) {\n\treturn plugin.Open("/usr/lib/app/format.so")\n}',
  },
  does: 'decides which code is loaded',
  sinks: [
    {
      call: [
        'plugin.Open',
        'syscall.LoadLibrary',
        'syscall.LoadDLL',
        'syscall.MustLoadDLL',
        'syscall.NewLazyDLL',
        'golang.org/x/sys/windows.LoadLibrary',
        'golang.org/x/sys/windows.LoadDLL',
        'golang.org/x/sys/windows.MustLoadDLL',
        'golang.org/x/sys/windows.NewLazyDLL',
        'github.com/ebitengine/purego.Dlopen',
        'C.dlopen',
      ],
      from: 'dynamic',
    },
  ],
});
