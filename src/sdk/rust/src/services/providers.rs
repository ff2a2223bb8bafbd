//! What plugins provide to others, by kind.

use std::sync::Arc;

use super::data::{answer_typed, call_typed, tagged};
use super::registration::Registration;
use super::service;
use crate::call::Call;
use crate::codec::Value;
use crate::link::with;
use crate::registry::provider_name;
use crate::{json, Error, FromJson, Json, Mismatch, Result};

service! {
    /// What plugins provide to others, by kind: a kind is a set of methods that its providers agree on.
    Providers
}

/// Something a plugin provides.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Provider {
    /// What it is one of.
    pub kind: String,
    /// Its id within the kind.
    pub id: String,
    /// Id of the plugin that provides it.
    pub plugin: String,
    /// What it says about itself; `null` when nothing.
    pub info: Json,
}

impl FromJson for Provider {
    fn from_json(value: &Json) -> Result<Provider, Mismatch> {
        let (kind, id) = (value.get("kind")?, value.get("id")?);
        Ok(Provider { kind, id, plugin: value.get("plugin")?, info: value["info"].clone() })
    }
}

impl Providers<'_> {
    /// Provides something from now on; the handler gets the method's name, its arguments and the call.
    ///
    /// # Errors
    /// When this plugin provides it already, or the host refuses it.
    #[track_caller]
    pub fn register<H>(
        &self,
        kind: &str,
        id: &str,
        info: impl Into<Json>,
        handler: H,
    ) -> Result<Registration, Error>
    where
        H: Fn(&str, Json, &Call) -> Result<Json> + Send + Sync + 'static,
    {
        let providers = &self.link.registry.providers;
        let name = provider_name(kind, id);
        if !providers.add(&name, Arc::new(handler)) {
            return Err(Error::new(format!("This plugin provides {kind} \"{id}\" already.")));
        }
        let params = json!({ "kind": kind, "id": id, "info": info.into() });
        let registered = self.link.call("providers/register", params);
        if registered.is_err() {
            providers.remove(&name);
        }
        registered?;
        let params = json!({ "kind": kind, "id": id });
        Ok(Registration::new(self.link, move |link| {
            if link.registry.providers.remove(&name) {
                link.call("providers/unregister", params)?;
            }
            Ok(())
        }))
    }

    /// The same with types: the handler gets a value and returns one. A call that carries none has them as JSON has.
    ///
    /// # Errors
    /// As [`Providers::register`].
    #[track_caller]
    pub fn register_typed<H>(
        &self,
        kind: &str,
        id: &str,
        info: impl Into<Json>,
        handler: H,
    ) -> Result<Registration, Error>
    where
        H: Fn(&str, Value, &Call) -> Result<Value> + Send + Sync + 'static,
    {
        self.register(kind, id, info, move |method, args, call| {
            answer_typed(args, call, |value| handler(method, value, call))
        })
    }

    /// Those of a kind, the one that was registered first at the head.
    ///
    /// # Errors
    /// When the manifest does not grant it.
    #[track_caller]
    pub fn list(&self, kind: &str) -> Result<Vec<Provider>, Error> {
        Ok(self.link.call("providers/list", json!({ "kind": kind }))?.to().unwrap_or_default())
    }

    /// Calls a method of a provider; of the one that was registered first where no id is given.
    ///
    /// # Errors
    /// When there is none, or its method fails.
    #[track_caller]
    pub fn call(
        &self,
        kind: &str,
        id: Option<&str>,
        method: &str,
        args: impl Into<Json>,
    ) -> Result<Json, Error> {
        let params = json!({ "kind": kind, "method": method, "args": args.into() });
        let params = with(with(params, "id", id), "timeout", self.link.timeout_ms());
        self.link.call_others("providers/call", params)
    }

    /// The same with types; see [`Plugins::call_typed`](super::Plugins::call_typed).
    ///
    /// # Errors
    /// As [`Providers::call`].
    #[track_caller]
    pub fn call_typed(
        &self,
        kind: &str,
        id: Option<&str>,
        method: &str,
        args: impl Into<Value>,
    ) -> Result<Value, Error> {
        let params = json!({ "kind": kind, "method": method, "args": tagged(&args.into())? });
        call_typed(self.link, "providers/call", with(params, "id", id))
    }
}
