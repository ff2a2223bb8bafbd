//! Chains of handlers around a value.

use std::sync::Arc;

use super::registration::Registration;
use super::service;
use crate::call::Call;
use crate::link::Link;
use crate::{json, Error, Json, Result};

service! {
    /// Chains of handlers around a value: each may change it, hand it on, and change what comes back.
    Middleware
}

/// The rest of a chain.
pub struct Next<'a> {
    link: &'a Link,
    run: &'a str,
    call: &'a Call,
}

impl<'a> Next<'a> {
    pub(crate) fn new(link: &'a Link, run: &'a str, call: &'a Call) -> Next<'a> {
        Next { link, run, call }
    }

    /// Hands the value to the rest of the chain, and returns what comes back. Not to call it cuts the chain short.
    ///
    /// # Errors
    /// What the rest of the chain failed with.
    #[track_caller]
    pub fn run(self, value: impl Into<Json>) -> Result<Json, Error> {
        self.link.call("middleware/next", json!({ "run": self.run, "value": value.into() }))
    }

    /// The call on whose behalf the chain runs.
    pub fn call(&self) -> &Call {
        self.call
    }
}

impl Middleware<'_> {
    /// Takes part in a chain from now on. Lower priorities come first; 0 is usual.
    ///
    /// ```no_run
    /// # use plugin_workbench::*;
    /// # fn activate(ctx: &Context) -> Result<()> {
    /// ctx.middleware().register("render", 0, |text, next| {
    ///     let text: String = text.to()?;
    ///     Ok(next.run(text.trim())?)
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When this plugin has a handler for the chain already, or the host refuses it.
    #[track_caller]
    pub fn register<H>(&self, chain: &str, priority: i32, handler: H) -> Result<Registration, Error>
    where
        H: Fn(Json, Next<'_>) -> Result<Json> + Send + Sync + 'static,
    {
        let chains = &self.link.registry.chains;
        if !chains.add(chain, Arc::new(handler)) {
            return Err(Error::new(format!("This plugin has a handler for the chain \"{chain}\" already.")));
        }
        let registered =
            self.link.call("middleware/register", json!({ "chain": chain, "priority": priority }));
        if registered.is_err() {
            chains.remove(chain);
        }
        registered?;
        let chain = chain.to_owned();
        Ok(Registration::new(self.link, move |link| {
            if link.registry.chains.remove(&chain) {
                link.call("middleware/unregister", json!({ "chain": chain }))?;
            }
            Ok(())
        }))
    }

    /// Sends a value through a chain, and returns what comes back.
    ///
    /// # Errors
    /// When a handler of the chain fails.
    #[track_caller]
    pub fn run(&self, chain: &str, value: impl Into<Json>) -> Result<Json, Error> {
        self.link.call_others("middleware/run", json!({ "chain": chain, "value": value.into() }))
    }
}
