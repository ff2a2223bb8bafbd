import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const pathTraversalRule = sinkRule({
  id: 'PW-RS-PATH-TRAVERSAL',
  title: 'A path of someone else’s choice is opened',
  category: 'path-traversal',
  cwe: 22,
  severity: 'error',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'With `..` or a path from the root, whoever chooses a part of the path reads, overwrites or deletes files that have nothing to do with the task.',
    remedy:
      'Take the file name alone (`Path::file_name`), or canonicalize and test that the result `starts_with` the folder it belongs in.',
    bad: `async fn show(axum::extract::Path(name): axum::extract::Path<String>) -> String {
    std::fs::read_to_string(format!("uploads/{name}")).unwrap_or_default()
}`,
    good: `async fn show(axum::extract::Path(id): axum::extract::Path<u32>) -> String {
    std::fs::read_to_string(format!("uploads/{id}")).unwrap_or_default()
}`,
  },
  does: 'names a file that is opened',
  sinks: [
    {
      call: calls(
        'std.fs.read std.fs.read_to_string std.fs.write std.fs.remove_file std.fs.remove_dir std.fs.remove_dir_all std.fs.create_dir std.fs.create_dir_all',
        'std.fs.read_dir std.fs.File.open std.fs.File.create std.fs.File.create_new std.fs.set_permissions std.fs.metadata std.fs.symlink_metadata std.fs.read_link',
        'std.fs.OpenOptions.open actix_files.NamedFile.open actix_files.NamedFile.open_async rocket.fs.NamedFile.open rocket.response.NamedFile.open',
        'std.os.unix.fs.chown tower_http.services.ServeFile.new cap_std.fs.Dir.open_ambient_dir csv.Reader.from_path csv.Writer.from_path image.open',
        'include_dir.Dir.get_file memmap2.Mmap.open walkdir.WalkDir.new glob.glob libc.open libc.fopen libc.unlink std.env.set_current_dir git2.Repository.open',
        'rusqlite.Connection.open sled.open nix.fcntl.open tempfile.NamedTempFile.persist async_std.fs.File.open',
      ),
      from: 'user',
    },
    {
      call: calls('std.fs.copy std.fs.rename std.fs.hard_link std.os.unix.fs.symlink std.fs.soft_link'),
      argument: 'any',
      from: 'user',
    },
    { call: calls('**.persist **.save_to **.copy_to **.move_copy_to **.persist_to'), from: 'user' },
  ],
});
