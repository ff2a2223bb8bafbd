import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

/** Files with fixed names in folders that all users share. */
export const tempFileRule = sinkRule({
  id: 'PW-GO-TEMP-FILE',
  title: 'A temporary file has a name that can be guessed',
  category: 'other',
  cwe: 377,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Another user makes the file first, or a link in its place, and so reads, changes or redirects what is written.',
    remedy: 'Use `os.CreateTemp` or `os.MkdirTemp`.',
    bad: 'import "os"\n\nfunc save(b []byte) {\n\tos.WriteFile("/tmp/app-state.json", b, 0600)\n}',
    good: 'import "os"\n\nfunc save(b []byte) {\n\tf, _ := os.CreateTemp("", "app-*.json")\n\tf.Write(b)\n}',
  },
  does: 'Others can make this file first',
  sinks: [
    {
      call: ['os.Create', 'os.WriteFile', 'io/ioutil.WriteFile', 'os.OpenFile'],
      from: 'always',
      when: (event, value, { values }) => {
        if (!('args' in event)) return false;
        const flags = event.method === 'OpenFile' ? event.args[1] : undefined;
        // `O_EXCL` refuses a file that is there.
        if (flags !== undefined && /os\.O_RDONLY|O_EXCL/.test(values.pathsOf(flags.value).join()))
          return false;
        return (
          values.isFixed(value) && /^(?:\/(?:var\/)?tmp\/|\/dev\/shm\/)[^*]/.test(values.patternOf(value))
        );
      },
    },
  ],
});
