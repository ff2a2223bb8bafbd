use super::Session;
use crate::panics::catch;
use crate::registry::Listener;
use crate::services::events::Event;
use crate::services::log::write_failure;
use crate::services::memory;
use crate::services::messages::Message;
use crate::services::{CAPABILITIES, MESSAGES};
use crate::Json;

impl Session {
    /// Takes a notification of the host; those of one kind of listener are handed on in the order they came.
    pub fn notice(&self, method: String, params: Json) {
        // At once: it comes before the answer to the request that caused it, and has to be known by then.
        match method.as_str() {
            "memory/moved" => return memory::moved(&self.link, &params["handle"]),
            "memory/revoked" => {
                return memory::revoke(&self.link, params["id"].as_str().unwrap_or_default());
            }
            _ => {}
        }
        let session = self.clone();
        // When there is no thread to be had, it is delivered with the next one.
        let _ = self.notices.run(move || session.deliver(&method, params));
    }

    fn deliver(&self, method: &str, mut params: Json) {
        let registry = &self.link.registry;
        match method {
            "event" => {
                let patterns = params.take("patterns");
                let event = Event::new(params);
                for pattern in patterns.as_array().unwrap_or_default() {
                    for listener in registry.events.of(pattern.as_str().unwrap_or_default()) {
                        self.tell(&listener, &event);
                    }
                }
            }
            "message" => {
                let message = Message::new(params.take("message"));
                for listener in registry.messages.of(MESSAGES) {
                    self.tell(&listener, &message);
                }
            }
            "capabilities" => {
                let changed = params.take("changed");
                for listener in registry.capability_changes.of(CAPABILITIES) {
                    self.tell(&listener, &changed);
                }
            }
            // A later host may send what this version does not know.
            _ => {}
        }
    }

    /// One listener that fails does not keep the news from the others.
    fn tell<T>(&self, listener: &Listener<T>, news: &T) {
        match catch(|| listener(news)) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => write_failure(&self.link, &*error),
            Err(panic) => self.link.log("error", &panic.stack),
        }
    }
}
