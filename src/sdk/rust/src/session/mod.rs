//! One plugin's life in this process, as the host directs it.

mod failure;
mod notices;
mod requests;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use crate::call::Call;
use crate::context::Context;
use crate::error::code;
use crate::link::Link;
use crate::panics::catch;
use crate::wire::{Answering, CancelToken, Sequence, WireError};
use crate::{Json, Plugin, Result};

/// Raised whenever a message changes its meaning; host and SDK must agree exactly.
const PROTOCOL_VERSION: i64 = 2;

#[derive(Clone)]
pub(crate) struct Session {
    link: Link,
    plugin: Arc<Mutex<Box<dyn Plugin>>>,
    notices: Sequence,
}

impl Session {
    pub fn new(link: Link, plugin: impl Plugin) -> Session {
        let notices = Sequence::new(link.workers.clone());
        Session { link, plugin: Arc::new(Mutex::new(Box::new(plugin))), notices }
    }

    /// Works on a request of the host on another thread.
    pub fn request(&self, answering: Answering, method: String, params: Json, cancel: CancelToken) {
        let session = self.clone();
        // When there is no thread to be had, the request is dropped, which answers it.
        let _ = self.link.workers.run(move || {
            let outcome = session.handle(&method, params, cancel);
            answering.answer(outcome);
        });
    }

    /// Runs plugin code; what it fails with becomes an answer with the place in its source.
    fn run<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T, WireError> {
        match catch(work) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(failure::from_failure(&error, self.link.identity.get())),
            Err(panic) => Err(failure::from_panic(&panic)),
        }
    }

    /// Runs a handler on behalf of a call.
    fn answer_call(&self, call: &Call, work: impl FnOnce() -> Result<Json>) -> Result<Json, WireError> {
        call.scope(|| self.run(work))
    }

    fn with_plugin<T>(&self, work: impl FnOnce(&mut dyn Plugin) -> Result<T>) -> Result<T, WireError> {
        self.run(|| work(&mut **self.plugin.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn context(&self) -> Result<Context, WireError> {
        if self.link.identity.get().is_none() {
            return Err(WireError::new(code::INVALID_REQUEST, "It must be sent after \"initialize\"."));
        }
        Ok(Context { link: self.link.clone() })
    }
}
