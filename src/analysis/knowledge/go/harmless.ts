function of(module: string, names: string): string[] {
  return names.split(' ').map(name => `${module}.${name}`);
}

/** Types whose values hold no text of anybody's choice, and calls whose results hold nothing of their arguments. */
export const harmless: readonly string[] = [
  ...of(
    'builtin',
    'int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64 bool byte rune',
  ),
  ...of('builtin', 'complex64 complex128 len cap real imag'),
  ...of(
    'context',
    'Context Background TODO WithTimeout WithCancel WithDeadline WithValue CancelFunc WithoutCancel',
  ),
  ...of(
    'time',
    'Time Duration Month Weekday Parse ParseDuration ParseInLocation Unix UnixMilli Since Until Now Date',
  ),
  ...of(
    'net/http.Request',
    'Context Method ContentLength ParseForm ParseMultipartForm ProtoMajor ProtoMinor TLS Proto',
  ),
  ...of('net/http.Request.URL', 'IsAbs Port'),
  ...of(
    'github.com/gin-gonic/gin.Context',
    'Next Abort AbortWithStatus Status IsAborted ClientIP FullPath ContentType GetInt',
  ),
  ...of(
    'strings',
    'Contains ContainsAny ContainsRune Count EqualFold HasPrefix HasSuffix Index IndexAny IndexByte LastIndex Compare',
  ),
  ...of('bytes', 'Contains Count Equal EqualFold HasPrefix HasSuffix Index Compare'),
  ...of('strconv', 'ParseBool Itoa FormatInt FormatUint FormatFloat FormatBool'),
  ...of('unicode/utf8', 'RuneCountInString RuneCount ValidString Valid'),
  ...of('regexp', 'MatchString Match'),
  ...of('regexp.Regexp', 'MatchString Match'),
  ...of('path/filepath', 'IsAbs IsLocal Match Ext'),
  ...of('path', 'IsAbs Match Ext'),
  ...of('net', 'ParseIP ParseCIDR ParseMAC'),
  ...of('net.Conn', 'RemoteAddr LocalAddr Close SetDeadline SetReadDeadline SetWriteDeadline'),
  ...of('net/netip', 'ParseAddr ParsePrefix MustParseAddr'),
  ...of('github.com/google/uuid', 'Parse MustParse New NewString NewRandom UUID Must ParseBytes'),
  ...of('github.com/gofrs/uuid', 'FromString NewV4 Must UUID'),
  ...of('go.mongodb.org/mongo-driver/bson/primitive', 'ObjectID NewObjectID'),
  ...of('crypto/md5', 'Sum'),
  ...of('crypto/sha1', 'Sum'),
  ...of('crypto/sha256', 'Sum256 Sum224'),
  ...of('crypto/sha512', 'Sum512 Sum384 Sum512_256'),
  ...of('crypto/subtle', 'ConstantTimeCompare ConstantTimeEq'),
  ...of('crypto/hmac', 'Equal'),
  ...of('encoding/hex', 'EncodeToString'),
  ...of('golang.org/x/crypto/bcrypt', 'GenerateFromPassword CompareHashAndPassword'),
  ...of('golang.org/x/crypto/argon2', 'IDKey Key'),
  ...of('hash/crc32', 'ChecksumIEEE Checksum'),
  ...of('hash/fnv', 'New32 New32a New64 New64a'),
  ...of('database/sql.DB', 'Exec ExecContext Ping PingContext Close'),
  ...of('database/sql.Tx', 'Exec ExecContext Commit Rollback'),
  ...of('database/sql.Stmt', 'Exec ExecContext Close'),
  ...of(
    'os',
    'Stat Lstat IsNotExist IsExist Remove RemoveAll Mkdir MkdirAll WriteFile Chmod Rename Getpid Exit',
  ),
  ...of('errors', 'Is As'),
  ...of('math/rand', 'Int Intn Int31n Int63n Float64 Int63 Int31'),
  ...of('slices', 'Contains Index'),
  ...of('reflect', 'DeepEqual TypeOf'),
  ...of('sync', 'Mutex RWMutex WaitGroup Once'),
  ...of('math/big', 'NewInt'),
  ...of('**', 'NonceSize BlockSize Overhead Len Size'),
];
