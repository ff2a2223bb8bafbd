import type { SourceSpec } from '../../flow/index.ts';

/** Members of a path that someone else on the network decides. */
function members(path: string, what: string, names: string): SourceSpec[] {
  return names.split(' ').map(name => ({ path: `${path}.${name}`, level: 'user', what }));
}

const request = 'a request’s data';

const bindings =
  'Bind() BindJSON() BindQuery() BindUri() BindXML() BindYAML() BindHeader() BindWith() ShouldBind() ShouldBindJSON() ' +
  'ShouldBindQuery() ShouldBindUri() ShouldBindXML() ShouldBindYAML() ShouldBindHeader() ShouldBindWith() ' +
  'ShouldBindBodyWith() MustBindWith()';

/** What web frameworks give of a request. */
export const webSources: readonly SourceSpec[] = [
  ...members(
    'net/http.Request',
    request,
    'URL Form PostForm MultipartForm Body Header Trailer Host RequestURI FormValue() PostFormValue() FormFile() Cookie() ' +
      'Cookies() CookiesNamed() UserAgent() Referer() PathValue() BasicAuth() MultipartReader() Pattern',
  ),
  ...members('net/http/httputil', request, 'DumpRequest()'),
  ...members(
    'github.com/gin-gonic/gin.Context',
    request,
    'Query() DefaultQuery() GetQuery() QueryArray() GetQueryArray() QueryMap() GetQueryMap() Param() Params PostForm() ' +
      'DefaultPostForm() GetPostForm() PostFormArray() GetPostFormArray() PostFormMap() GetPostFormMap() GetHeader() ' +
      `GetRawData() Cookie() FormFile() MultipartForm() ${bindings}`,
  ),
  ...members(
    'github.com/labstack/echo.Context',
    request,
    'QueryParam() QueryParams() QueryString() Param() ParamValues() FormValue() FormParams() FormFile() MultipartForm() ' +
      'Bind() Cookie() Cookies() Path()',
  ),
  ...members(
    'github.com/gofiber/fiber.Ctx',
    request,
    'Params() AllParams() Query() Queries() FormValue() Body() BodyRaw() BodyParser() QueryParser() ParamsParser() ' +
      'ReqHeaderParser() CookieParser() Get() GetReqHeaders() Cookies() FormFile() MultipartForm() OriginalURL() Path() ' +
      'Hostname() BaseURL() Bind() Request()',
  ),
  ...members('github.com/go-chi/chi', 'a part of the request’s path', 'URLParam() URLParamFromCtx()'),
  ...members('github.com/go-chi/render', request, 'Bind() Decode() DecodeJSON() DecodeXML() DecodeForm()'),
  ...members('github.com/gorilla/mux', 'a part of the request’s path', 'Vars()'),
  ...members('github.com/gorilla/websocket.Conn', 'a message', 'ReadMessage() ReadJSON() NextReader()'),
  ...members('github.com/coder/websocket.Conn', 'a message', 'Read() Reader()'),
  ...members('nhooyr.io/websocket.Conn', 'a message', 'Read() Reader()'),
  ...members('golang.org/x/net/websocket', 'a message', 'Conn'),
  ...members(
    'github.com/julienschmidt/httprouter',
    'a part of the request’s path',
    'Params ParamsFromContext()',
  ),
  ...members(
    'github.com/beego/beego/server/web.Controller',
    request,
    'GetString() GetStrings() Input() GetFile() GetFiles() ParseForm() BindJSON() BindForm() Bind() GetSecureCookie()',
  ),
  ...members('github.com/beego/beego/server/web.Controller.Ctx', request, 'Input'),
  ...members('github.com/beego/beego/server/web/context.Context', request, 'Input'),
  ...members(
    'github.com/valyala/fasthttp.RequestCtx',
    request,
    'QueryArgs() PostArgs() FormValue() FormFile() MultipartForm() PostBody() RequestBodyStream() UserValue() Path() URI() ' +
      'RequestURI() Referer() UserAgent() Host() Request',
  ),
  ...members(
    'github.com/kataras/iris.Context',
    request,
    'URLParam() URLParamDefault() URLParams() Params() FormValue() FormValues() PostValue() PostValueTrim() ReadJSON() ' +
      'ReadForm() ReadQuery() ReadBody() ReadXML() GetHeader() GetCookie() FormFile() GetBody()',
  ),
  ...members(
    'github.com/cloudwego/hertz/pkg/app.RequestContext',
    request,
    'Query() DefaultQuery() Param() PostForm() FormValue() GetHeader() Cookie() Body() GetRawData() Bind() BindAndValidate() ' +
      'BindJSON() FormFile()',
  ),
  ...members('github.com/revel/revel.Controller', request, 'Params Request'),
  ...members(
    'github.com/go-macaron/macaron.Context',
    request,
    'Query() Params() QueryEscape() GetCookie() Req',
  ),
  ...members('gopkg.in/macaron.Context', request, 'Query() Params() GetCookie() Req'),
  ...members('mime/multipart.FileHeader', 'the name of an uploaded file', 'Filename'),
  ...members('mime/multipart.Part', 'a part of an upload', 'FileName() FormName() Read()'),
];
