//! What the front-end that runs the host offers: the editor, or nothing.

use super::service;
use crate::{json, Error};

service! {
    /// What the person at the editor has copied.
    Clipboard
}

service! {
    /// Words for the person at the editor.
    Notifications
}

impl Clipboard<'_> {
    /// The text in the clipboard.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`]; [`UNAVAILABLE`](crate::error::code::UNAVAILABLE) where there is none.
    #[track_caller]
    pub fn read(&self) -> Result<String, Error> {
        Ok(self.link.call("clipboard/read", json!({}))?.to().unwrap_or_default())
    }

    /// Puts a text into the clipboard.
    ///
    /// # Errors
    /// As [`Clipboard::read`].
    #[track_caller]
    pub fn write(&self, text: &str) -> Result<(), Error> {
        self.link.call("clipboard/write", json!({ "text": text }))?;
        Ok(())
    }
}

impl Notifications<'_> {
    /// Shows a message, and returns when it is gone.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`]; [`UNAVAILABLE`](crate::error::code::UNAVAILABLE) where nobody would see it.
    #[track_caller]
    pub fn info(&self, message: &str) -> Result<(), Error> {
        self.show("info", message, &[])?;
        Ok(())
    }

    /// The same for what may become a problem.
    ///
    /// # Errors
    /// As [`Notifications::info`].
    #[track_caller]
    pub fn warn(&self, message: &str) -> Result<(), Error> {
        self.show("warning", message, &[])?;
        Ok(())
    }

    /// The same for what went wrong.
    ///
    /// # Errors
    /// As [`Notifications::info`].
    #[track_caller]
    pub fn error(&self, message: &str) -> Result<(), Error> {
        self.show("error", message, &[])?;
        Ok(())
    }

    /// Shows a message with actions to choose from; returns the chosen one, `None` when none was. The level is `info`,
    /// `warning` or `error`.
    ///
    /// # Errors
    /// As [`Notifications::info`].
    #[track_caller]
    pub fn show(&self, level: &str, message: &str, actions: &[&str]) -> Result<Option<String>, Error> {
        let params = json!({ "level": level, "message": message, "actions": actions });
        Ok(self.link.call("notifications/show", params)?.to().unwrap_or_default())
    }
}
