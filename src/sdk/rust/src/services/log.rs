//! The plugin's log.

use std::error::Error as StdError;
use std::fmt::Display;

use super::service;
use crate::link::Link;

service! {
    /// Writes to the plugin's log in the host. For a message with values in it: `log.info(format_args!("{n} left"))`.
    Log
}

impl Log<'_> {
    /// For whoever develops the plugin.
    pub fn debug(&self, message: impl Display) {
        self.write("debug", message);
    }

    /// For whoever runs it.
    pub fn info(&self, message: impl Display) {
        self.write("info", message);
    }

    /// For what may become a problem.
    pub fn warn(&self, message: impl Display) {
        self.write("warn", message);
    }

    /// For what went wrong.
    pub fn error(&self, message: impl Display) {
        self.write("error", message);
    }

    fn write(&self, level: &str, message: impl Display) {
        self.link.log(level, &message.to_string());
    }
}

/// Logs what plugin code failed with where nobody waits for it, with what caused it.
pub(crate) fn write_failure(link: &Link, failure: &(dyn StdError + 'static)) {
    let mut text = failure.to_string();
    if let Some(error) = failure.downcast_ref::<crate::Error>() {
        let at = error.origin().location;
        text.push_str(&format!(" (at {}:{}:{})", at.file(), at.line(), at.column()));
    }
    let mut cause = failure.source();
    while let Some(one) = cause {
        text.push_str(&format!("\n  caused by: {one}"));
        cause = one.source();
    }
    link.log("error", &text);
}
