//! Commands that people and other plugins run.

use std::sync::Arc;

use super::data::answer_typed;
use super::registration::Registration;
use super::service;
use crate::call::Call;
use crate::codec::Value;
use crate::{json, Error, Json, Result};

service! {
    /// Commands that people and other plugins run.
    Commands
}

impl Commands<'_> {
    /// Answers a command from now on. The handler runs on a thread of its own, beside those of other calls; what it
    /// returns goes to the caller, an error or a panic as well, with its place in the source.
    ///
    /// ```no_run
    /// # use plugin_workbench::*;
    /// # fn activate(ctx: &Context) -> Result<()> {
    /// ctx.commands().register("double", |args, _call| Ok((args.to::<i64>()? * 2).into()))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When this plugin has registered the id already, or the host refuses it.
    #[track_caller]
    pub fn register<H>(&self, id: &str, handler: H) -> Result<Registration, Error>
    where
        H: Fn(Json, &Call) -> Result<Json> + Send + Sync + 'static,
    {
        let commands = &self.link.registry.commands;
        if !commands.add(id, Arc::new(handler)) {
            return Err(Error::new(format!("This plugin has registered the command \"{id}\" already.")));
        }
        let registered = self.link.call("commands/register", json!({ "id": id }));
        if registered.is_err() {
            commands.remove(id);
        }
        registered?;
        let id = id.to_owned();
        Ok(Registration::new(self.link, move |link| {
            if link.registry.commands.remove(&id) {
                link.call("commands/unregister", json!({ "id": id }))?;
            }
            Ok(())
        }))
    }

    /// The same with types: the handler gets a value and returns one. A call that carries none has them as JSON has.
    ///
    /// # Errors
    /// As [`Commands::register`].
    #[track_caller]
    pub fn register_typed<H>(&self, id: &str, handler: H) -> Result<Registration, Error>
    where
        H: Fn(Value, &Call) -> Result<Value> + Send + Sync + 'static,
    {
        self.register(id, move |args, call| answer_typed(args, call, |value| handler(value, call)))
    }

    /// Runs a command of this plugin or another one and returns its result.
    ///
    /// # Arguments
    /// * `id` - the command's id, or `pluginId:id` to say whose
    ///
    /// # Errors
    /// When nobody answers to it or the command fails.
    #[track_caller]
    pub fn execute(&self, id: &str, args: impl Into<Json>) -> Result<Json, Error> {
        self.link.call_others("commands/execute", json!({ "id": id, "args": args.into() }))
    }
}
