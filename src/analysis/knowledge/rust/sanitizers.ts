import type { Category } from '../../category.ts';
import type { SanitizerSpec } from '../../flow/index.ts';
import type { KnowledgePart } from './part.ts';

function safe(safeFor: readonly Category[] | 'all', calls: string): SanitizerSpec[] {
  return calls.split(' ').map(call => ({ call, safeFor }));
}

function guard(safeFor: readonly Category[] | 'all', calls: string): SanitizerSpec[] {
  return calls.split(' ').map(call => ({ call, safeFor, as: 'guard' as const }));
}

/** What takes the danger out, and what holds none to begin with. */
export const sanitizers: KnowledgePart = {
  sanitizers: [
    ...safe(
      ['xss'],
      'html_escape.encode_text html_escape.encode_safe html_escape.encode_double_quoted_attribute html_escape.encode_quoted_attribute ' +
        'html_escape.encode_single_quoted_attribute html_escape.encode_unquoted_attribute ammonia.clean ammonia.clean_text ammonia.Builder.clean ' +
        'askama_escape.escape askama.filters.escape tera.escape_html handlebars.html_escape v_htmlescape.escape htmlescape.encode_minimal ' +
        'htmlescape.encode_attribute maud.Escaper minijinja.HtmlEscape urlencoding.encode percent_encoding.utf8_percent_encode ' +
        '**.escape_html **.html_escape **.encode_html serde_json.to_string',
    ),
    ...safe(
      ['path-traversal'],
      'sanitize_filename.sanitize sanitize_filename.sanitize_with_options **.file_name **.file_stem urlencoding.encode ' +
        'percent_encoding.utf8_percent_encode slug.slugify safe_path.scoped_join path_clean.safe_join cap_std.fs.Dir.open ' +
        'zip.read.ZipFile.enclosed_name **.enclosed_name **.mangled_name rocket.fs.FileName.as_str',
    ),
    ...safe(['ssrf'], 'urlencoding.encode percent_encoding.utf8_percent_encode **.file_name'),
    ...safe(
      ['command-injection'],
      'shell_escape.escape shell_escape.unix.escape shlex.quote shlex.try_quote shell_words.quote shell_words.join shell_quote.Bash.quote ' +
        'snailquote.escape shlex.try_join shlex.Quoter.quote',
    ),
    ...safe(
      ['sql-injection'],
      'postgres_protocol.escape.escape_literal postgres_protocol.escape.escape_identifier sqlx.postgres.escape **.escape_literal **.escape_identifier ' +
        'sqlstring.escape',
    ),
    ...safe(
      ['other'],
      'regex.escape ldap3.ldap_escape ldap3.dn_escape fancy_regex.escape **.escape_debug **.escape_default',
    ),
    ...safe(
      'all',
      '**.finalize **.finalize_reset md5.compute sha2.Sha256.digest blake3.hash uuid.Uuid.new_v4 uuid.Uuid.parse_str bcrypt.hash argon2.hash_encoded ' +
        'bcrypt.hash_with_result nanoid.nanoid ring.digest.digest chrono.NaiveDate.parse_from_str chrono.DateTime.parse_from_rfc3339',
    ),
    ...guard('all', '**.all uuid.Uuid.parse_str **.is_match'),
    ...guard('all', '**.is_ascii_alphanumeric **.is_alphanumeric **.is_ascii_digit **.is_numeric'),
    ...guard(['path-traversal'], '**.starts_with **.is_relative'),
  ],
  harmless: (
    '**.len **.is_empty **.count **.contains **.starts_with **.ends_with **.eq **.ne **.cmp **.partial_cmp **.eq_ignore_ascii_case **.find ' +
    '**.rfind **.position **.is_some **.is_none **.is_ok **.is_err **.exists **.is_file **.is_dir **.is_absolute **.is_relative **.capacity ' +
    '**.status **.success **.code **.elapsed **.as_secs **.as_millis **.timestamp **.is_match **.all **.any **.is_match_at **.contains_key ' +
    '**.as_u64 **.as_i64 **.as_f64 **.as_bool **.content_length **.status_code **.port **.local_addr **.peer_addr **.remote_addr **.metadata **.is_alphanumeric ' +
    '**.rows_affected **.last_insert_rowid **.id **.to_digit **.checked_add **.checked_mul **.wrapping_add **.saturating_sub **.min **.max ' +
    'std.env.current_dir std.env.current_exe std.env.temp_dir std.process.id std.time.Instant.now std.time.SystemTime.now ' +
    'std.macro.line! std.macro.file! std.macro.env! std.macro.option_env! std.macro.include_str! std.macro.include_bytes! std.macro.module_path! ' +
    'rand.random rand.thread_rng **.gen **.gen_range std.mem.size_of std.mem.size_of_val bcrypt.verify argon2.verify_encoded ' +
    'std.thread.sleep tokio.time.sleep chrono.Utc.now chrono.Local.now std.net.IpAddr.from std.macro.assert!'
  ).split(' '),
};
