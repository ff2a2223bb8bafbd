//! The methods of other plugins.

use super::data::{call_typed, tagged};
use super::service;
use crate::codec::Value;
use crate::link::with;
use crate::{json, Error, Json};

service! {
    /// The methods of other plugins, in whichever language they are written. The manifest lists what is consumed.
    Plugins
}

impl Plugins<'_> {
    /// Calls a method that another plugin exposes and returns its result. It has 30 seconds, or what
    /// [`Context::within`](crate::Context::within) says; within a handler it ends with the call that is answered.
    ///
    /// # Errors
    /// What the other plugin failed with, with its words for programs in the data; when it does not run or does not
    /// expose the method.
    #[track_caller]
    pub fn call(&self, plugin: &str, method: &str, args: impl Into<Json>) -> Result<Json, Error> {
        let params = json!({ "plugin": plugin, "method": method, "args": args.into() });
        self.link.call_others("messages/call", with(params, "timeout", self.link.timeout_ms()))
    }

    /// The same with types: integers of 64 bits, bytes, dates and NaN arrive as what they are.
    ///
    /// # Errors
    /// As [`Plugins::call`]; when the other plugin's SDK knows no types and the arguments need them.
    #[track_caller]
    pub fn call_typed(&self, plugin: &str, method: &str, args: impl Into<Value>) -> Result<Value, Error> {
        let params = json!({ "plugin": plugin, "method": method, "args": tagged(&args.into())? });
        call_typed(self.link, "messages/call", params)
    }
}
