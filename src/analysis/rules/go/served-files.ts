import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';

/** The whole machine’s files, served. */
export const servedFilesRule = sinkRule({
  id: 'PW-GO-SERVED-FILES',
  title: 'All files of the machine are served',
  category: 'path-traversal',
  cwe: 548,
  severity: 'warning',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'Everyone who reaches the server lists folders and reads every file that this process can read.',
    remedy: 'Serve a folder with nothing else in it, or files embedded with `embed.FS`.',
    bad: 'import "net/http"\n\nvar files = http.FileServer(http.Dir("/"))',
    good: 'import "net/http"\n\nvar files = http.FileServer(http.Dir("./public"))',
  },
  does: 'Files that were not meant to be seen are served',
  sinks: [
    {
      call: ['net/http.Dir', 'os.DirFS', 'github.com/gin-gonic/gin.Dir'],
      from: 'always',
      when: (_event, value, { values }) =>
        /^(?:\/|\/(?:etc|root|home|var|usr|proc)\/?|[A-Z]:[\\/]?|~\/?)$/.test(values.textOf(value) ?? ''),
    },
  ],
});
