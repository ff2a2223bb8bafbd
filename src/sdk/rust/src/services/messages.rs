//! Messages to many plugins at once.

use std::sync::Arc;

use super::registration::Registration;
use super::{service, MESSAGES};
use crate::link::with;
use crate::{json, Error, Json, Result};

service! {
    /// Messages to many plugins at once.
    Messages
}

/// A message from another plugin.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// Names the message.
    pub id: String,
    /// Milliseconds since the epoch, by the host's clock.
    pub timestamp: f64,
    /// Id of the plugin that sent it.
    pub from: String,
    /// Ids of those it is for; empty for everyone who listens.
    pub to: Vec<String>,
    /// What it is about.
    pub method: String,
    /// What came with it.
    pub data: Json,
    /// Id of a message that this one refers to.
    pub correlation: Option<String>,
}

impl Message {
    pub(crate) fn new(mut message: Json) -> Message {
        let text = |key: &str| message[key].as_str().map(str::to_owned);
        Message {
            id: text("id").unwrap_or_default(),
            timestamp: message["timestamp"].as_f64().unwrap_or_default(),
            from: text("from").unwrap_or_default(),
            to: message.get("to").unwrap_or_default(),
            method: text("method").unwrap_or_default(),
            correlation: text("correlation"),
            data: message.take("data"),
        }
    }
}

impl Messages<'_> {
    /// Sends a message to every plugin that listens, or to those named; returns how many it was handed to.
    ///
    /// # Errors
    /// When the manifest does not grant it.
    #[track_caller]
    pub fn broadcast(
        &self,
        method: &str,
        data: impl Into<Json>,
        to: Option<&[&str]>,
    ) -> Result<usize, Error> {
        let params = json!({ "method": method, "data": data.into() });
        let count = self.link.call("messages/broadcast", with(params, "to", to))?;
        Ok(count.to().unwrap_or_default())
    }

    /// Calls the handler with each message from now on; see [`Events::on`](super::Events::on) for their order.
    ///
    /// # Errors
    /// When the host refuses it.
    #[track_caller]
    pub fn listen<H>(&self, handler: H) -> Result<Registration, Error>
    where
        H: Fn(&Message) -> Result<()> + Send + Sync + 'static,
    {
        let messages = &self.link.registry.messages;
        let (id, first) = messages.add(MESSAGES, Arc::new(handler));
        if first {
            let listening = self.link.call("messages/listen", json!({}));
            if listening.is_err() {
                messages.remove(MESSAGES, id);
            }
            listening?;
        }
        Ok(Registration::new(self.link, move |link| {
            if link.registry.messages.remove(MESSAGES, id) {
                link.call("messages/unlisten", json!({}))?;
            }
            Ok(())
        }))
    }
}
