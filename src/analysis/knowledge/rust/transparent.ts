import { giving, type KnowledgePart } from './part.ts';

/** Calls through which a value goes as it is, wrapped, unwrapped, borrowed, or in another type of text. */
export const transparent: KnowledgePart = {
  transparent: {
    ...giving(
      0,
      'std.string.String.from std.string.String.from_utf8 std.string.String.from_utf8_lossy std.string.String.from_utf8_unchecked ' +
        'std.str.from_utf8 std.str.from_utf8_unchecked std.path.Path.new std.path.PathBuf.from std.ffi.OsStr.new ' +
        'std.ffi.OsString.from std.ffi.CString.new std.ffi.CStr.from_ptr std.ffi.CString.from_raw camino.Utf8Path.new camino.Utf8PathBuf.from ' +
        'std.borrow.Cow.from std.borrow.Cow.Borrowed std.borrow.Cow.Owned',
    ),
    ...giving(
      0,
      'std.boxed.Box.new std.boxed.Box.pin std.boxed.Box.from std.sync.Arc.new std.sync.Arc.clone std.sync.Arc.from std.rc.Rc.new std.rc.Rc.clone ' +
        'std.sync.Mutex.new std.sync.RwLock.new tokio.sync.Mutex.new tokio.sync.RwLock.new parking_lot.Mutex.new std.cell.RefCell.new ' +
        'std.cell.Cell.new std.io.BufReader.new std.io.BufWriter.new std.io.Cursor.new std.pin.Pin.new std.mem.take std.mem.replace ' +
        'std.option.Option.Some std.result.Result.Ok std.option.Option.from std.iter.once std.num.Wrapping std.convert.identity ' +
        'std.task.Poll.Ready std.ops.ControlFlow.Continue std.vec.Vec.from std.io.LineWriter.new std.hint.black_box std.sync.Arc.unwrap_or_clone',
    ),
    ...giving(
      0,
      'url.Url.parse reqwest.Url.parse axum.extract.State axum.extract.Extension actix_web.web.Data.new std.fs.canonicalize ' +
        'dunce.canonicalize once_cell.sync.Lazy.new bytes.Bytes.from bytes.Bytes.copy_from_slice serde_json.json! secrecy.Secret.new ' +
        'secrecy.SecretString.from secrecy.SecretString.new tokio.task.spawn_blocking tokio.spawn actix_web.web.block futures.executor.block_on ' +
        'tokio.time.timeout',
    ),
    ...giving(
      'receiver',
      '**.trim **.trim_start **.trim_end **.lines **.by_ref **.skip **.take **.canonicalize **.get_ref ' +
        '**.expose_secret **.unchecked_transaction **.buffered **.with_file_name **.with_extension **.into_parts',
    ),
    ...giving(
      'receiver',
      'std.process.Command.arg std.process.Command.args std.process.Command.env std.process.Command.envs std.process.Command.current_dir ' +
        'std.process.Command.stdin std.process.Command.stdout std.process.Command.stderr std.process.Command.env_clear std.process.Command.raw_arg ' +
        'std.process.Command.env_remove std.process.Command.arg0 std.process.Command.kill_on_drop std.process.Command.creation_flags ' +
        'std.process.Command.uid std.process.Command.gid std.process.Command.process_group std.process.Command.pre_exec',
    ),
  },
};
