//! Values that are kept.

use super::service;
use crate::{json, Error, Json};

service! {
    /// Values that are kept from one run to the next, for this plugin alone. Needs the manifest's grant.
    Storage
}

impl Storage<'_> {
    /// The value kept under a key; `null` when there is none.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`] when the manifest does not grant reading.
    #[track_caller]
    pub fn get(&self, key: &str) -> Result<Json, Error> {
        self.link.call("storage/get", json!({ "key": key }))
    }

    /// Keeps a value. It is safe on the disk when this returns.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`] when the manifest does not grant writing.
    #[track_caller]
    pub fn set(&self, key: &str, value: impl Into<Json>) -> Result<(), Error> {
        self.link.call("storage/set", json!({ "key": key, "value": value.into() }))?;
        Ok(())
    }

    /// Forgets a value; false when there was none.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`] when the manifest does not grant writing.
    #[track_caller]
    pub fn delete(&self, key: &str) -> Result<bool, Error> {
        Ok(self.link.call("storage/delete", json!({ "key": key }))? == true)
    }

    /// The keys in use.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`] when the manifest does not grant reading.
    #[track_caller]
    pub fn keys(&self) -> Result<Vec<String>, Error> {
        Ok(self.link.call("storage/keys", json!({}))?.to().unwrap_or_default())
    }
}
