/** Every `from` under one name. */
function all(to: string, from: readonly string[]): Record<string, string> {
  return Object.fromEntries(from.map(path => [path, to]));
}

function methods(type: string, names: string): string[] {
  return names.split(' ').map(name => `${type}.${name}()`);
}

const db = 'database/sql';
const sqlx = 'github.com/jmoiron/sqlx';
const pgx = 'github.com/jackc/pgx';
const mongo = 'go.mongodb.org/mongo-driver/mongo';
const queries = 'Query QueryContext';
const rows = 'QueryRow QueryRowContext';

/** What calls give, and what members really are. */
export const same: Readonly<Record<string, string>> = {
  ...all(`${db}.DB`, [`${db}.Open()`, `${db}.OpenDB()`]),
  ...all(`${db}.Tx`, methods(`${db}.DB`, 'Begin BeginTx')),
  ...all(`${db}.Tx`, methods(`${db}.Conn`, 'BeginTx')),
  ...all(`${db}.Conn`, methods(`${db}.DB`, 'Conn')),
  ...Object.fromEntries(
    ['DB', 'Tx', 'Conn', 'Stmt'].flatMap(type => [
      ...Object.entries(all(`${db}.Rows`, methods(`${db}.${type}`, queries))),
      ...Object.entries(all(`${db}.Row`, methods(`${db}.${type}`, rows))),
      ...Object.entries(all(`${db}.Stmt`, methods(`${db}.${type}`, 'Prepare PrepareContext'))),
    ]),
  ),
  ...all(
    `${sqlx}.DB`,
    methods(sqlx, 'Open Connect MustConnect MustOpen NewDb ConnectContext').map(path => path),
  ),
  ...all(`${sqlx}.Tx`, methods(`${sqlx}.DB`, 'Beginx MustBegin BeginTxx')),
  ...Object.fromEntries(
    ['DB', 'Tx'].flatMap(type => [
      ...Object.entries(
        all(`${sqlx}.Rows`, methods(`${sqlx}.${type}`, `${queries} Queryx QueryxContext NamedQuery`)),
      ),
      ...Object.entries(all(`${sqlx}.Row`, methods(`${sqlx}.${type}`, `${rows} QueryRowx QueryRowxContext`))),
    ]),
  ),
  ...all('gorm.io/gorm.DB', ['gorm.io/gorm.Open()']),
  ...all(`${pgx}.Conn`, [`${pgx}.Connect()`, `${pgx}.ConnectConfig()`, `${pgx}/pgxpool.Conn.Conn()`]),
  ...all(`${pgx}/pgxpool.Pool`, methods(`${pgx}/pgxpool`, 'New NewWithConfig Connect ConnectConfig')),
  ...all(`${pgx}/pgxpool.Conn`, methods(`${pgx}/pgxpool.Pool`, 'Acquire')),
  ...all(`${pgx}.Tx`, [
    ...methods(`${pgx}/pgxpool.Pool`, 'Begin BeginTx'),
    ...methods(`${pgx}.Conn`, 'Begin BeginTx'),
  ]),
  ...Object.fromEntries(
    [`${pgx}.Conn`, `${pgx}.Tx`, `${pgx}/pgxpool.Pool`, `${pgx}/pgxpool.Conn`, `${pgx}/pgxpool.Tx`].flatMap(
      type => [
        ...Object.entries(all(`${pgx}.Rows`, methods(type, 'Query'))),
        ...Object.entries(all(`${pgx}.Row`, methods(type, 'QueryRow'))),
      ],
    ),
  ),
  ...all('github.com/go-pg/pg.DB', ['github.com/go-pg/pg.Connect()', 'github.com/go-pg/pg.DB.WithContext()']),
  ...all('github.com/go-pg/pg.Tx', methods('github.com/go-pg/pg.DB', 'Begin BeginContext')),
  ...all('github.com/uptrace/bun.DB', ['github.com/uptrace/bun.NewDB()']),
  ...all('xorm.io/xorm.Engine', ['xorm.io/xorm.NewEngine()', 'github.com/go-xorm/xorm.NewEngine()']),
  ...all('xorm.io/xorm.Session', methods('xorm.io/xorm.Engine', 'NewSession Where SQL Table')),
  ...all(
    'github.com/beego/beego/client/orm.Ormer',
    methods('github.com/beego/beego/client/orm', 'NewOrm NewOrmUsingDB'),
  ),
  ...all(`${mongo}.Client`, [`${mongo}.Connect()`, `${mongo}.NewClient()`]),
  ...all(`${mongo}.Database`, [`${mongo}.Client.Database()`]),
  ...all(`${mongo}.Collection`, [`${mongo}.Database.Collection()`]),
  'github.com/globalsign/mgo.Dial()': 'github.com/globalsign/mgo.Session',
  'github.com/globalsign/mgo.Session.DB()': 'github.com/globalsign/mgo.Database',
  'github.com/globalsign/mgo.Database.C()': 'github.com/globalsign/mgo.Collection',
  ...all('net/http.Response', [
    ...methods('net/http', 'Get Post PostForm Head ReadResponse'),
    ...methods('net/http.Client', 'Do Get Post PostForm Head'),
    ...methods('net/http.Transport', 'RoundTrip'),
    ...methods('net/http.RoundTripper', 'RoundTrip'),
  ]),
  'net/http.DefaultClient': 'net/http.Client',
  'net/http.NewServeMux()': 'net/http.ServeMux',
  'net/http.DefaultServeMux': 'net/http.ServeMux',
  'net/http.NewFileTransport()': 'net/http.RoundTripper',
  ...all('net.Listener', [
    ...methods('net', 'Listen ListenTCP ListenUnix FileListener'),
    'crypto/tls.Listen()',
    'crypto/tls.NewListener()',
  ]),
  ...all('net.Conn', [
    ...methods('net', 'Dial DialTimeout DialTCP DialUDP DialUnix'),
    ...methods('net.Dialer', 'Dial DialContext'),
    ...methods('crypto/tls', 'Dial DialWithDialer Client Server'),
    ...methods('net.Listener', 'Accept'),
    ...methods('net.TCPListener', 'Accept AcceptTCP'),
    ...methods('net.UnixListener', 'Accept AcceptUnix'),
  ]),
  ...all('net.PacketConn', methods('net', 'ListenPacket')),
  ...all('net.UDPConn', methods('net', 'ListenUDP ListenMulticastUDP')),
  ...all('github.com/gin-gonic/gin.Engine', methods('github.com/gin-gonic/gin', 'Default New')),
  'github.com/gin-gonic/gin.Context.Request': 'net/http.Request',
  'github.com/gin-gonic/gin.Context.Writer': 'net/http.ResponseWriter',
  'github.com/gin-gonic/gin.Context.Copy()': 'github.com/gin-gonic/gin.Context',
  'github.com/labstack/echo.New()': 'github.com/labstack/echo.Echo',
  'github.com/labstack/echo.Context.Request()': 'net/http.Request',
  'github.com/labstack/echo.Context.Response()': 'net/http.ResponseWriter',
  'net/http.ResponseWriter.Writer': 'net/http.ResponseWriter',
  'github.com/gofiber/fiber.New()': 'github.com/gofiber/fiber.App',
  'github.com/beego/beego/server/web.Controller.Ctx.Request': 'net/http.Request',
  'github.com/beego/beego/server/web.Controller.Ctx.ResponseWriter': 'net/http.ResponseWriter',
  'github.com/beego/beego/server/web/context.Context.Request': 'net/http.Request',
  'github.com/beego/beego/server/web/context.Context.ResponseWriter': 'net/http.ResponseWriter',
  'github.com/revel/revel.Controller.Request': 'net/http.Request',
  'github.com/go-macaron/macaron.Context.Req': 'net/http.Request',
  ...all('github.com/gorilla/websocket.Conn', [
    'github.com/gorilla/websocket.Upgrader.Upgrade()',
    'github.com/gorilla/websocket.Upgrade()',
    'github.com/gorilla/websocket.Dialer.Dial()',
    'github.com/gorilla/websocket.DefaultDialer.Dial()',
  ]),
  'github.com/coder/websocket.Accept()': 'github.com/coder/websocket.Conn',
  'nhooyr.io/websocket.Accept()': 'nhooyr.io/websocket.Conn',
  'net/http.Request.WithContext()': 'net/http.Request',
  'net/http.Request.Clone()': 'net/http.Request',
  ...all('os.File', methods('os', 'Open OpenFile Create CreateTemp NewFile')),
  ...all('os/exec.Cmd', methods('os/exec', 'Command CommandContext')),
  ...all('crypto/cipher.Block', [
    'crypto/aes.NewCipher()',
    'crypto/des.NewCipher()',
    'crypto/des.NewTripleDESCipher()',
  ]),
  ...all('crypto/cipher.AEAD', [
    ...methods('crypto/cipher', 'NewGCM NewGCMWithNonceSize NewGCMWithTagSize'),
    'golang.org/x/crypto/chacha20poly1305.New()',
    'golang.org/x/crypto/chacha20poly1305.NewX()',
  ]),
  ...all('archive/zip.Reader', ['archive/zip.NewReader()']),
  ...all('archive/zip.ReadCloser', ['archive/zip.OpenReader()']),
  ...all('archive/tar.Reader', ['archive/tar.NewReader()']),
  ...all('archive/tar.Header', ['archive/tar.Reader.Next()']),
  'html/template.New()': 'html/template.Template',
  'text/template.New()': 'text/template.Template',
  ...all('html/template.Template', methods('html/template', 'ParseFiles ParseGlob ParseFS')),
  ...all('text/template.Template', methods('text/template', 'ParseFiles ParseGlob ParseFS')),
  'golang.org/x/crypto/ssh.Client.NewSession()': 'golang.org/x/crypto/ssh.Session',
  'golang.org/x/crypto/ssh.Dial()': 'golang.org/x/crypto/ssh.Client',
  'golang.org/x/crypto/ssh.NewClient()': 'golang.org/x/crypto/ssh.Client',
  'github.com/robertkrimen/otto.New()': 'github.com/robertkrimen/otto.Otto',
  'github.com/dop251/goja.New()': 'github.com/dop251/goja.Runtime',
  'github.com/yuin/gopher-lua.NewState()': 'github.com/yuin/gopher-lua.LState',
  'github.com/traefik/yaegi/interp.New()': 'github.com/traefik/yaegi/interp.Interpreter',
  ...all(
    'github.com/go-ldap/ldap.Conn',
    methods('github.com/go-ldap/ldap', 'Dial DialURL DialTLS DialWithTLSConfig'),
  ),
  'github.com/go-resty/resty.New()': 'github.com/go-resty/resty.Client',
  'github.com/go-resty/resty.Client.R()': 'github.com/go-resty/resty.Request',
  ...all('github.com/redis/go-redis.Client', ['github.com/redis/go-redis.NewClient()']),
  ...all('github.com/go-redis/redis.Client', ['github.com/go-redis/redis.NewClient()']),
  ...all('log.Logger', ['log.New()', 'log.Default()']),
  ...all('github.com/golang-jwt/jwt.Parser', ['github.com/golang-jwt/jwt.NewParser()']),
  ...all('github.com/golang-jwt/jwt.Token', methods('github.com/golang-jwt/jwt', 'New NewWithClaims')),
};
