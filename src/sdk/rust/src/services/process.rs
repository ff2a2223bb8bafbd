//! Programs the manifest grants.

use super::service;
use crate::link::with;
use crate::{json, Error, Json};

service! {
    /// Programs the manifest grants. Each runs in a sandbox of its own.
    Process
}

/// A program to run.
#[derive(Debug, Clone)]
pub struct Command {
    program: String,
    args: Vec<String>,
    folder: Option<String>,
    input: Option<String>,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// Its exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// The signal that ended it, such as `SIGTERM`.
    pub signal: Option<String>,
    /// What it wrote.
    pub stdout: String,
    /// What it complained about.
    pub stderr: String,
}

impl Command {
    /// A program by its name.
    pub fn new(program: impl Into<String>) -> Command {
        Command { program: program.into(), args: Vec::new(), folder: None, input: None }
    }

    /// Adds an argument.
    #[must_use]
    pub fn arg(mut self, arg: impl Into<String>) -> Command {
        self.args.push(arg.into());
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<A: Into<String>>(mut self, args: impl IntoIterator<Item = A>) -> Command {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Runs it in this folder instead of the plugin's.
    #[must_use]
    pub fn current_dir(mut self, folder: impl Into<String>) -> Command {
        self.folder = Some(folder.into());
        self
    }

    /// Gives it this to read.
    #[must_use]
    pub fn input(mut self, input: impl Into<String>) -> Command {
        self.input = Some(input.into());
        self
    }
}

impl Process<'_> {
    /// Runs a program to its end. Any exit code is an answer.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`] when the manifest does not grant the program; when it can't be started.
    #[track_caller]
    pub fn run(&self, command: &Command) -> Result<Output, Error> {
        let params = json!({ "command": &command.program, "args": command.args.as_slice() });
        let params = with(params, "cwd", command.folder.as_deref());
        let params = with(params, "input", command.input.as_deref());
        let answer = self.link.call("process/run", with(params, "timeout", self.link.timeout_ms()))?;
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        Ok(Output {
            code: answer.get("code").unwrap_or_default(),
            signal: answer.get("signal").unwrap_or_default(),
            stdout: text(&answer["stdout"]),
            stderr: text(&answer["stderr"]),
        })
    }
}
