//! What goes wrong, and how it is told.

use std::fmt;
use std::panic::Location;

use crate::Json;

pub mod code;

/// Whatever a plugin's own code fails with. Every error type, and text, becomes one by `?` and `into`.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What a plugin's functions return.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// Why something failed: a call to the host, or the plugin's own code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error {
    /// The plugin's manifest does not grant it.
    #[non_exhaustive]
    PermissionDenied {
        /// What it is about: `storage`, `network`…
        scope: String,
        /// What was to be done: `read`, `write`…
        action: String,
        /// What it was to be done to.
        resource: String,
        /// The line to add to the manifest.
        grant: String,
        /// What is said about it, and where it happened.
        origin: Box<Origin>,
    },
    /// Any other call that failed.
    #[non_exhaustive]
    Call {
        /// What the plugin called: `storage/set`, `commands/execute`…
        method: String,
        /// The number of the error, one of [`code`].
        code: i64,
        /// More about it, as the host or the plugin that was called sent it.
        data: Json,
        /// What is said about it, and where it happened.
        origin: Box<Origin>,
    },
    /// The plugin's own code failed; see [`Error::new`].
    #[non_exhaustive]
    Failed {
        /// What kind of failure it is.
        name: String,
        /// A word for programs, such as `NO_SUCH_CUSTOMER`.
        code: Option<String>,
        /// What explains it to a program; `null` for nothing.
        details: Json,
        /// What is said about it, and where it happened.
        origin: Box<Origin>,
    },
}

/// What is said about an error, and where in the plugin's source it happened.
#[derive(Debug, Clone)]
pub struct Origin {
    pub(crate) message: String,
    pub(crate) location: &'static Location<'static>,
}

impl Origin {
    /// The sentence for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The place in the plugin's source that made the call, or the error.
    pub fn location(&self) -> &'static Location<'static> {
        self.location
    }
}

impl Error {
    /// A failure of the plugin's own. It remembers the place in the source that made it, so that, unlike with plain
    /// text, the workbench can show that place.
    #[track_caller]
    pub fn new(message: impl Into<String>) -> Error {
        Error::named("Error", message)
    }

    /// The same with the name of its kind.
    #[track_caller]
    pub fn named(name: impl Into<String>, message: impl Into<String>) -> Error {
        let origin = Box::new(Origin { message: message.into(), location: Location::caller() });
        Error::Failed { name: name.into(), code: None, details: Json::Null, origin }
    }

    /// Adds a word by which a caller in another plugin can tell it from other failures. For [`Error::Failed`] only.
    #[must_use]
    pub fn with_code(mut self, word: impl Into<String>) -> Error {
        if let Error::Failed { code, .. } = &mut self {
            *code = Some(word.into());
        }
        self
    }

    /// Adds what explains it to a program. For [`Error::Failed`] only.
    #[must_use]
    pub fn with_details(mut self, value: impl Into<Json>) -> Error {
        if let Error::Failed { details, .. } = &mut self {
            *details = value.into();
        }
        self
    }

    /// The number of the error in the protocol, one of [`code`].
    pub fn code(&self) -> i64 {
        match self {
            Error::PermissionDenied { .. } => code::PERMISSION_DENIED,
            Error::Call { code, .. } => *code,
            Error::Failed { .. } => code::PLUGIN_FAILED,
        }
    }

    /// The sentence for people.
    pub fn message(&self) -> &str {
        &self.origin().message
    }

    /// True when a call was given up, because its caller left or its deadline passed.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.code(), code::CANCELLED | code::DEADLINE_EXCEEDED)
    }

    pub(crate) fn origin(&self) -> &Origin {
        match self {
            Error::PermissionDenied { origin, .. }
            | Error::Call { origin, .. }
            | Error::Failed { origin, .. } => origin,
        }
    }

    /// A call that failed, on this side of the wire.
    #[track_caller]
    pub(crate) fn call(method: &str, code: i64, message: impl Into<String>) -> Error {
        Error::answered(method, code, message.into(), Json::Null)
    }

    /// What the host answered.
    #[track_caller]
    pub(crate) fn answered(method: &str, code: i64, message: String, data: Json) -> Error {
        let origin = Box::new(Origin { message, location: Location::caller() });
        if code != code::PERMISSION_DENIED {
            return Error::Call { method: method.to_owned(), code, data, origin };
        }
        let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
        Error::PermissionDenied {
            scope: text("scope"),
            action: text("action"),
            resource: text("resource"),
            grant: text("grant"),
            origin,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Error {}
