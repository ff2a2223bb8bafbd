import type { Abstract, CallEvent, WriteEvent } from '../../flow/index.ts';
import type { RuleContext } from '../rule.ts';
import { sinkRule } from '../sink-rule.ts';
import { go } from './languages.ts';
import { declarationAround, membersOf } from './tainted.ts';

/** `filepath.Rel` whose answer is compared with `..` says whether a path leaves its folder. */
const RELATIVE = /\bRel\([^)]*\)[\s\S]{0,400}?(?:HasPrefix\(\w+,\s*"\.\.|[!=]= "\.\.)/;

function isUnchecked(event: CallEvent | WriteEvent, _value: Abstract, context: RuleContext): boolean {
  const around = declarationAround(event.node);
  return around === undefined || !RELATIVE.test(context.text.slice(around.start, event.node.start));
}

/** Files at paths from outside. */
export const pathTraversalRule = sinkRule({
  id: 'PW-GO-PATH-TRAVERSAL',
  title: 'Others choose the path of a file',
  category: 'path-traversal',
  cwe: 22,
  severity: 'error',
  confidence: 'high',
  languages: go,
  docs: {
    risk: 'A path with `..` in it, or an absolute one, leads out of the folder that was meant: files are read, written or deleted anywhere.',
    remedy:
      'Use `filepath.Base`, or open below a folder with `os.OpenRoot`, or refuse what is not `filepath.IsLocal`. `filepath.Clean` and `filepath.Join` keep leading `..`.',
    bad: 'import (\n\t"net/http"\n\t"os"\n\t"path/filepath"\n)\n\nfunc get(w http.ResponseWriter, r *http.Request) {\n\tos.ReadFile(filepath.Join("/data", r.FormValue("name")))\n}',
    good: 'import (\n\t"net/http"\n\t"os"\n\t"path/filepath"\n)\n\nfunc get(w http.ResponseWriter, r *http.Request) {\n\tos.ReadFile(filepath.Join("/data", filepath.Base(r.FormValue("name"))))\n}',
  },
  does: 'decides which file is used',
  sinks: [
    {
      call: [
        ...membersOf(
          'os',
          'Open OpenFile Create ReadFile WriteFile Remove RemoveAll Mkdir MkdirAll Rename ReadDir Chmod Chown Truncate ' +
            'Symlink Link Readlink Chdir DirFS OpenRoot Stat Lstat CopyFS MkdirTemp CreateTemp',
        ),
        ...membersOf('io/ioutil', 'ReadFile WriteFile ReadDir TempFile TempDir'),
        ...membersOf('path/filepath', 'Walk WalkDir Glob EvalSymlinks'),
        ...membersOf('syscall', 'Open Unlink Mkdir Rmdir'),
        ...membersOf('html/template', 'ParseFiles ParseGlob'),
        ...membersOf('text/template', 'ParseFiles ParseGlob'),
        'html/template.Template.ParseFiles',
        'text/template.Template.ParseFiles',
        'net/http.Dir',
        ...membersOf('github.com/gin-gonic/gin.Context', 'File FileAttachment'),
        ...membersOf('github.com/labstack/echo.Context', 'File Attachment Inline'),
        ...membersOf('github.com/gofiber/fiber.Ctx', 'SendFile Download'),
        ...membersOf('github.com/valyala/fasthttp.RequestCtx', 'SendFile'),
        ...membersOf('github.com/valyala/fasthttp', 'SaveMultipartFile'),
        'github.com/kataras/iris.Context.ServeFile',
        'archive/zip.OpenReader',
      ],
      from: 'user',
      when: isUnchecked,
    },
    {
      call: [
        'os.Rename',
        'os.Symlink',
        'os.Link',
        'github.com/gin-gonic/gin.Context.SaveUploadedFile',
        'github.com/gofiber/fiber.Ctx.SaveFile',
        'github.com/beego/beego/server/web.Controller.SaveToFile',
        'github.com/spf13/afero.ReadFile',
        'github.com/spf13/afero.WriteFile',
      ],
      argument: 1,
      from: 'user',
      when: isUnchecked,
    },
    {
      call: ['net/http.ServeFile'],
      argument: 2,
      from: 'user',
      when: (_event, value, { values }) => !/URL/.test(values.taintOf(value, 'path-traversal')?.source ?? ''),
    },
  ],
});
