//! What becomes of a panic: within a handler an answer, anywhere else the end of the process.

use std::any::Any;
use std::backtrace::Backtrace;
use std::cell::{Cell, RefCell};
use std::panic::{catch_unwind, set_hook, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use crate::link::Link;
use crate::{json, Json};

/// The exit code of a Rust program whose main thread panics.
const EXIT_CODE: i32 = 101;

/// A place in a source file, 1-based.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub file: PathBuf,
    pub line: u32,
    pub column: u32,
}

/// A panic that was caught.
#[derive(Debug)]
pub(crate) struct Panic {
    pub message: String,
    pub place: Option<Place>,
    pub stack: String,
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static LAST: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

/// Runs plugin code; a panic in it ends only this.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    let outer = GUARDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    outcome.map_err(|payload| {
        let noted = LAST.take();
        noted.unwrap_or_else(|| Panic { message: text_of(&*payload), place: None, stack: String::new() })
    })
}

/// Makes a panic outside of handlers end the process, after its message has gone into the plugin's log.
pub(crate) fn install(link: &Link) {
    let link = link.clone();
    set_hook(Box::new(move |info| {
        let identity = link.identity.get();
        let folder = identity.map(|identity| identity.plugin_dir.clone());
        let place = info.location().map(|at| Place {
            file: identity.map_or_else(|| at.file().into(), |identity| identity.source(at.file())),
            line: at.line(),
            column: at.column(),
        });
        let trace = Backtrace::force_capture().to_string();
        let frames = own_frames(&trace, folder.as_deref());
        // A dependency or the standard library may have panicked on the plugin's behalf.
        let own = place.clone().filter(|place| is_own(&place.file, folder.as_deref()));
        let place = own.or_else(|| frames.first().map(|(_, place)| place.clone())).or(place);
        let message = text_of(info.payload());
        let lines = frames.iter().map(|(name, Place { file, line, column })| {
            format!("\n    at {name} ({}:{line}:{column})", file.display())
        });
        let stack = format!("panic: {message}{}", lines.collect::<String>());
        if GUARDED.get() && cfg!(panic = "unwind") {
            LAST.set(Some(Panic { message, place, stack }));
            return;
        }
        let current = std::thread::current();
        let thread = current.name().unwrap_or("of no name").to_owned();
        let at = place.map_or_else(String::new, |Place { file, line, column }| {
            format!(" ({}:{line}:{column})", file.display())
        });
        let text = format!("The plugin crashed: thread {thread} panicked: {message}{at}");
        link.peer.last_word("log", &json!({ "level": "error", "message": text }));
        std::process::exit(EXIT_CODE);
    }));
}

fn text_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a value that is no text").to_owned()
}

/// True for a file of the plugin itself.
fn is_own(file: &Path, folder: Option<&Path>) -> bool {
    folder.is_some_and(|folder| file.starts_with(folder))
}

/// The plugin's own functions among the frames of a backtrace as it is printed: `12: name`, then
/// `at ./src/main.rs:3:5`, a path that is relative to the working directory.
fn own_frames(trace: &str, folder: Option<&Path>) -> Vec<(String, Place)> {
    let Some(folder) = folder else { return Vec::new() };
    let mut frames = Vec::new();
    let mut name = "";
    for line in trace.lines().map(str::trim) {
        let Some(at) = line.strip_prefix("at ") else {
            name = line.split_once(": ").map_or(line, |(_, name)| name);
            continue;
        };
        let mut parts = at.rsplitn(3, ':');
        let column = parts.next().and_then(|part| part.parse().ok());
        let line = parts.next().and_then(|part| part.parse().ok());
        let (Some(column), Some(line), Some(file)) = (column, line, parts.next()) else { continue };
        let file = folder.join(file.strip_prefix("./").unwrap_or(file));
        if is_own(&file, Some(folder)) {
            frames.push((name.to_owned(), Place { file, line, column }));
        }
    }
    frames
}

impl Place {
    pub fn to_json(&self) -> Json {
        json!({ "file": self.file.display().to_string(), "line": self.line, "column": self.column })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_plugins_own_frames() {
        let trace = "
   0: std::backtrace::Backtrace::force_capture
             at /rustc/59807616/library/std/src/backtrace.rs:1:2
   1: counter::divide
             at ./src/main.rs:12:9
   2: counter::main::{{closure}}
             at /plugins/counter/src/deep/er.rs:7:5
   3: serde::de
             at /cache/registry/serde/src/de.rs:1:1";
        let frames = own_frames(trace, Some(Path::new("/plugins/counter")));
        let place = |file: &str, line, column| Place { file: file.into(), line, column };
        let expected = vec![
            ("counter::divide".to_owned(), place("/plugins/counter/src/main.rs", 12, 9)),
            ("counter::main::{{closure}}".to_owned(), place("/plugins/counter/src/deep/er.rs", 7, 5)),
        ];
        assert_eq!(frames, expected);
    }
}
