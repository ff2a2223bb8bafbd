use super::{Session, PROTOCOL_VERSION};
use crate::call::Call;
use crate::error::code;
use crate::link::Identity;
use crate::registry::provider_name;
use crate::services::config::replace_all;
use crate::services::middleware::Next;
use crate::wire::{CancelToken, WireError};
use crate::{json, Json, Object};

type Answer = Result<Json, WireError>;

impl Session {
    pub(super) fn handle(&self, method: &str, mut params: Json, cancel: CancelToken) -> Answer {
        match method {
            "initialize" => self.initialize(&params),
            "load" => self.context().map(|_| json!({})),
            "activate" => self.activate(params),
            "getState" => self.with_plugin(|plugin| Ok(plugin.state())),
            "configure" => {
                let config = settings(&mut params);
                replace_all(&self.link, config.clone());
                self.with_plugin(|plugin| plugin.configure(&config)).map(|()| json!({}))
            }
            "deactivate" => self.with_plugin(|plugin| plugin.deactivate()).map(|()| json!({})),
            "invoke" => self.invoke(params, cancel),
            "hooks/call" => self.call_hook(params, cancel),
            "middleware/handle" => self.handle_middleware(params, cancel),
            "providers/call" => self.call_provider(params, cancel),
            _ => {
                let text = format!("A plugin process has no method \"{method}\".");
                Err(WireError::new(code::METHOD_NOT_FOUND, text))
            }
        }
    }

    fn initialize(&self, params: &Json) -> Answer {
        let version = params["protocolVersion"].as_i64();
        if version != Some(PROTOCOL_VERSION) {
            let text = format!(
                "The host speaks version {} of the plugin protocol, this side {PROTOCOL_VERSION}.",
                params["protocolVersion"]
            );
            return Err(WireError::new(code::INVALID_REQUEST, text));
        }
        let text = |key: &str| params[key].as_str().unwrap_or_default().to_owned();
        let identity = Identity {
            plugin_id: text("pluginId"),
            name: text("pluginName"),
            version: text("version"),
            plugin_dir: text("pluginDir").into(),
            profile: text("profile"),
        };
        if self.link.identity.set(identity).is_err() {
            return Err(WireError::new(code::INVALID_REQUEST, "It was sent already."));
        }
        Ok(json!({
            "protocolVersion": PROTOCOL_VERSION,
            "runtime": { "name": "rust", "version": env!("CARGO_PKG_VERSION") },
            "pid": std::process::id(),
            "formats": ["json", "msgpack", "protobuf"],
        }))
    }

    fn activate(&self, mut params: Json) -> Answer {
        let ctx = self.context()?;
        replace_all(&self.link, settings(&mut params));
        let state = params.take("state");
        self.with_plugin(|plugin| {
            plugin.activate(&ctx)?;
            if state.is_null() {
                Ok(())
            } else {
                plugin.restore(state)
            }
        })?;
        // The trait has them all; those that were not written do nothing.
        Ok(json!({ "hooks": ["deactivate", "getState", "restoreState", "configure"] }))
    }

    fn invoke(&self, mut params: Json, cancel: CancelToken) -> Answer {
        let call = Call::new(&params, cancel);
        let method = params["method"].as_str().unwrap_or_default();
        let Some(handler) = self.link.registry.commands.find(method) else {
            let text = format!("The plugin has no command \"{method}\".");
            return Err(WireError::new(code::UNKNOWN_COMMAND, text));
        };
        let args = params.take("args");
        self.answer_call(&call, || handler(args, &call))
    }

    fn call_hook(&self, mut params: Json, cancel: CancelToken) -> Answer {
        let call = Call::new(&params, cancel);
        let hook = params["hook"].as_str().unwrap_or_default();
        let handler = self.link.registry.hooks.find(hook).ok_or_else(|| missing("hook", hook))?;
        let value = params.take("value");
        self.answer_call(&call, || handler(value, &call))
    }

    fn handle_middleware(&self, mut params: Json, cancel: CancelToken) -> Answer {
        let call = Call::new(&params, cancel);
        let chain = params["chain"].as_str().unwrap_or_default();
        let handler = self.link.registry.chains.find(chain).ok_or_else(|| missing("middleware", chain))?;
        let value = params.take("value");
        let run = params["run"].as_str().unwrap_or_default();
        self.answer_call(&call, || handler(value, Next::new(&self.link, run, &call)))
    }

    fn call_provider(&self, mut params: Json, cancel: CancelToken) -> Answer {
        let call = Call::new(&params, cancel);
        let (kind, id) =
            (params["kind"].as_str().unwrap_or_default(), params["id"].as_str().unwrap_or_default());
        let handler = self.link.registry.providers.find(&provider_name(kind, id));
        let handler = handler.ok_or_else(|| missing("provider", id))?;
        let args = params.take("args");
        let method = params["method"].as_str().unwrap_or_default();
        self.answer_call(&call, || handler(method, args, &call))
    }
}

fn missing(what: &str, name: &str) -> WireError {
    WireError::new(code::NOT_FOUND, format!("The plugin has no {what} \"{name}\"."))
}

fn settings(params: &mut Json) -> Object {
    match params.take("config") {
        Json::Object(config) => config,
        _ => Object::new(),
    }
}
