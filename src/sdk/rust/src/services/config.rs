//! The plugin's settings.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use super::log::write_failure;
use super::registration::Registration;
use super::service;
use crate::link::Link;
use crate::panics::catch;
use crate::{json, Error, FromJson, Json, Object, Result};

/// The name under which the listeners stand.
const CHANGES: &str = "config";

service! {
    /// The plugin's settings. Reading is immediate; the host keeps them current.
    Config
}

/// A setting that was changed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ConfigChange {
    /// Which one.
    pub key: String,
    /// The new value; `None` when the setting is gone.
    pub value: Option<Json>,
    /// The value before; `None` when there was none.
    pub previous: Option<Json>,
}

impl Config<'_> {
    /// The value of a setting; `None` when it has none, or one of another type.
    ///
    /// ```no_run
    /// # fn activate(ctx: &plugin_workbench::Context) {
    /// let limit: u32 = ctx.config().get("limit").unwrap_or(10);
    /// # }
    /// ```
    pub fn get<T: FromJson>(&self, key: &str) -> Option<T> {
        let settings = self.link.registry.config.read().unwrap_or_else(PoisonError::into_inner);
        settings.get(key).and_then(|value| value.to().ok())
    }

    /// All settings, as a copy.
    pub fn all(&self) -> Object {
        self.link.registry.config.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes a setting, for good.
    ///
    /// # Errors
    /// When the host can't store it.
    #[track_caller]
    pub fn set(&self, key: &str, value: impl Into<Json>) -> Result<(), Error> {
        let value = value.into();
        self.link.call("config/set", json!({ "key": key, "value": &value }))?;
        let mut next = self.all();
        next.insert(key.to_owned(), value);
        replace_all(self.link, next);
        Ok(())
    }

    /// Calls the listener after each change of a setting, whoever made it. Its failures are logged.
    pub fn on_change<H>(&self, listener: H) -> Registration
    where
        H: Fn(&ConfigChange) -> Result<()> + Send + Sync + 'static,
    {
        let (id, _) = self.link.registry.config_changes.add(CHANGES, Arc::new(listener));
        Registration::new(self.link, move |link| {
            link.registry.config_changes.remove(CHANGES, id);
            Ok(())
        })
    }
}

/// Takes all settings anew and tells the listeners what is different.
pub(crate) fn replace_all(link: &Link, next: Object) {
    let changes: Vec<ConfigChange> = {
        let mut settings = link.registry.config.write().unwrap_or_else(PoisonError::into_inner);
        let previous = std::mem::replace(&mut *settings, next);
        let keys: BTreeSet<&String> = previous.keys().chain(settings.keys()).collect();
        let change = |key: &String| ConfigChange {
            key: key.clone(),
            value: settings.get(key).cloned(),
            previous: previous.get(key).cloned(),
        };
        keys.into_iter().map(change).filter(|change| change.value != change.previous).collect()
    };
    for change in &changes {
        for listener in link.registry.config_changes.of(CHANGES) {
            match catch(|| listener(change)) {
                Ok(Ok(())) => {}
                Ok(Err(error)) => write_failure(link, &*error),
                Err(panic) => link.log("error", &panic.stack),
            }
        }
    }
}
