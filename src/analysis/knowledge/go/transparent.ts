function receivers(type: string, names: string): [string, 'receiver'][] {
  return names.split(' ').map(name => [`${type}.${name}`, 'receiver']);
}

/** Calls that give back an argument, or what they are called on. */
export const transparent: Readonly<Record<string, number | 'receiver'>> = {
  'net/http.HandlerFunc': 0,
  'net/http.StripPrefix': 1,
  'net/http.TimeoutHandler': 0,
  'net/http.MaxBytesReader': 1,
  'html/template.Must': 0,
  'text/template.Must': 0,
  'path/filepath.Clean': 0,
  'path/filepath.FromSlash': 0,
  'path/filepath.ToSlash': 0,
  'path.Clean': 0,
  'strings.TrimSpace': 0,
  'strings.Trim': 0,
  'strings.TrimLeft': 0,
  'strings.TrimRight': 0,
  'strings.TrimPrefix': 0,
  'strings.TrimSuffix': 0,
  'strings.ToLower': 0,
  'strings.ToUpper': 0,
  'strings.Repeat': 0,
  'strings.Clone': 0,
  'bytes.TrimSpace': 0,
  'io.NopCloser': 0,
  'github.com/aws/aws-sdk-go/aws.String': 0,
  'github.com/aws/aws-sdk-go-v2/aws.String': 0,
  'github.com/samber/lo.ToPtr': 0,
  'github.com/jmoiron/sqlx.Rebind': 1,
  'github.com/jmoiron/sqlx.DB.Rebind': 0,
  'github.com/jmoiron/sqlx.Tx.Rebind': 0,
  ...Object.fromEntries([
    ...receivers(
      'gorm.io/gorm.DB',
      'Where Or Not Select Order Group Having Joins Limit Offset Model Table Raw Debug Session WithContext Preload Unscoped ' +
        'Omit Clauses Distinct Scopes Attrs Assign Begin Set',
    ),
    ...receivers(
      'html/template.Template',
      'Parse Funcs Delims Option Lookup New ParseFiles ParseGlob ParseFS',
    ),
    ...receivers(
      'text/template.Template',
      'Parse Funcs Delims Option Lookup New ParseFiles ParseGlob ParseFS',
    ),
    ...receivers('xorm.io/xorm.Session', 'Where And Or OrderBy Limit Table Cols Select Join GroupBy'),
    ...receivers(
      'github.com/go-resty/resty.Request',
      'SetHeader SetHeaders SetBody SetQueryParam SetContext SetResult SetAuthToken',
    ),
  ]),
};
