use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::call::Call;
use crate::registry::Registry;
use crate::wire::{CancelToken, Options, Peer, Workers};
use crate::{json, Error, Json};

/// Longest log message, in bytes.
const MAX_LOG: usize = 64 * 1024;

/// How the services reach the host, for one context.
#[derive(Clone)]
pub(crate) struct Link {
    pub peer: Peer,
    pub registry: Arc<Registry>,
    pub workers: Workers,
    /// Known once the host has said who the plugin is.
    pub identity: Arc<OnceLock<Identity>>,
    pub during: Option<Arc<str>>,
    pub cancel: Option<CancelToken>,
    pub timeout: Option<Duration>,
}

/// Who the plugin is.
#[derive(Debug)]
pub(crate) struct Identity {
    pub plugin_id: String,
    pub name: String,
    pub version: String,
    pub plugin_dir: std::path::PathBuf,
    pub profile: String,
}

impl Identity {
    /// The absolute path of a source file as the compiler names it: relative to the project, which can lie deeper
    /// than the plugin's folder. The build says where.
    pub fn source(&self, file: impl AsRef<std::path::Path>) -> std::path::PathBuf {
        self.plugin_dir.join(option_env!("PLUGIN_WORKBENCH_ROOT").unwrap_or_default()).join(file)
    }
}

impl Link {
    pub fn new(peer: Peer) -> Link {
        Link {
            peer,
            registry: Arc::default(),
            workers: Workers::default(),
            identity: Arc::default(),
            during: None,
            cancel: None,
            timeout: None,
        }
    }

    /// Asks the host; the error carries the place of the plugin's own call.
    #[track_caller]
    pub fn call(&self, method: &str, params: Json) -> Result<Json, Error> {
        let until = self.timeout.and_then(|time| Instant::now().checked_add(time));
        let options = Options { cancel: self.cancel.clone(), until };
        match self.peer.request(method, &params, &options) {
            Ok(result) => Ok(result),
            Err(error) => Err(Error::answered(method, error.code, error.message, error.data)),
        }
    }

    /// The same for what makes others work: it says on whose behalf.
    #[track_caller]
    pub fn call_others(&self, method: &str, mut params: Json) -> Result<Json, Error> {
        let during = self.during.clone().or_else(Call::current);
        if let (Some(during), Json::Object(members)) = (during, &mut params) {
            members.insert("during".to_owned(), Json::from(&*during));
        }
        self.call(method, params)
    }

    /// Writes to the plugin's log; a message that is too long is cut.
    pub fn log(&self, level: &str, message: &str) {
        let mut end = message.len().min(MAX_LOG);
        while !message.is_char_boundary(end) {
            end -= 1;
        }
        let cut = if end < message.len() { "… (cut)" } else { "" };
        let text = format!("{}{cut}", &message[..end]);
        self.peer.notify("log", &json!({ "level": level, "message": text }));
    }

    /// Milliseconds for the requests whose deadline the host keeps.
    pub fn timeout_ms(&self) -> Option<u64> {
        self.timeout.map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX).max(1))
    }
}

/// Adds a member that the host may do without.
pub(crate) fn with(mut params: Json, key: &str, value: Option<impl Into<Json>>) -> Json {
    if let (Json::Object(members), Some(value)) = (&mut params, value) {
        members.insert(key.to_owned(), value.into());
    }
    params
}
