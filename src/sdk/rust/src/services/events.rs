//! Announcements between plugins.

use std::sync::Arc;

use super::registration::Registration;
use super::service;
use crate::{json, Error, Json, Result};

service! {
    /// Announcements between plugins, by name.
    Events
}

/// An event that was announced.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Id of the plugin that announced it.
    pub from: String,
    /// What came with it.
    pub data: Json,
}

impl Event {
    pub(crate) fn new(mut params: Json) -> Event {
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        Event { name: text(&params["name"]), from: text(&params["from"]), data: params.take("data") }
    }
}

impl Events<'_> {
    /// Calls the handler whenever the event is announced. The name may be a pattern: a part that is `*` stands for
    /// any one, `**` for any number of them.
    ///
    /// Handlers of events and messages are called one after the other, in the order of the announcements; one that
    /// takes long belongs on a thread of its own. Their failures are logged.
    ///
    /// # Errors
    /// When the host refuses it.
    #[track_caller]
    pub fn on<H>(&self, name: &str, handler: H) -> Result<Registration, Error>
    where
        H: Fn(&Event) -> Result<()> + Send + Sync + 'static,
    {
        let events = &self.link.registry.events;
        let (id, first) = events.add(name, Arc::new(handler));
        if first {
            let subscribed = self.link.call("events/subscribe", json!({ "name": name }));
            if subscribed.is_err() {
                events.remove(name, id);
            }
            subscribed?;
        }
        let name = name.to_owned();
        Ok(Registration::new(self.link, move |link| {
            if link.registry.events.remove(&name, id) {
                link.call("events/unsubscribe", json!({ "name": name }))?;
            }
            Ok(())
        }))
    }

    /// Announces an event to every plugin that listens. Returns once the host has passed it on.
    ///
    /// # Errors
    /// When the manifest doesn't list the event.
    #[track_caller]
    pub fn emit(&self, name: &str, data: impl Into<Json>) -> Result<(), Error> {
        self.link.call("events/emit", json!({ "name": name, "data": data.into() }))?;
        Ok(())
    }
}
