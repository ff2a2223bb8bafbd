//! Points at which plugins change or add to what one of them does.

use std::sync::Arc;

use super::registration::Registration;
use super::service;
use crate::call::Call;
use crate::{json, Error, Json, Result};

service! {
    /// Points at which plugins change or add to what one of them does.
    Hooks
}

impl Hooks<'_> {
    /// Takes part in a hook from now on: the handler gets the value and returns what is to become of it. Lower
    /// priorities come first; 0 is usual.
    ///
    /// # Errors
    /// When this plugin has a handler for the hook already, or the host refuses it.
    #[track_caller]
    pub fn register<H>(&self, hook: &str, priority: i32, handler: H) -> Result<Registration, Error>
    where
        H: Fn(Json, &Call) -> Result<Json> + Send + Sync + 'static,
    {
        let hooks = &self.link.registry.hooks;
        if !hooks.add(hook, Arc::new(handler)) {
            return Err(Error::new(format!("This plugin has a handler for the hook \"{hook}\" already.")));
        }
        let registered = self.link.call("hooks/register", json!({ "hook": hook, "priority": priority }));
        if registered.is_err() {
            hooks.remove(hook);
        }
        registered?;
        let hook = hook.to_owned();
        Ok(Registration::new(self.link, move |link| {
            if link.registry.hooks.remove(&hook) {
                link.call("hooks/unregister", json!({ "hook": hook }))?;
            }
            Ok(())
        }))
    }

    /// Runs a hook: each handler gets what the one before returned. Returns what the last one returned.
    ///
    /// # Errors
    /// When one of them fails.
    #[track_caller]
    pub fn run(&self, hook: &str, value: impl Into<Json>) -> Result<Json, Error> {
        let params = json!({ "hook": hook, "value": value.into(), "mode": "waterfall" });
        self.link.call_others("hooks/run", params)
    }

    /// Runs a hook whose handlers all get the same value. Returns what each made of it: `{ plugin, value }` or
    /// `{ plugin, error }`.
    ///
    /// # Errors
    /// When the hook can't be run at all.
    #[track_caller]
    pub fn collect(&self, hook: &str, value: impl Into<Json>) -> Result<Vec<Json>, Error> {
        let params = json!({ "hook": hook, "value": value.into(), "mode": "collect" });
        Ok(self.link.call_others("hooks/run", params)?.to().unwrap_or_default())
    }
}
