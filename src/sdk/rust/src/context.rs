use std::path::Path;
use std::time::Duration;

use crate::call::Call;
use crate::link::{Identity, Link};
use crate::services::{
    Capabilities, Clipboard, Commands, Config, Data, Events, Files, Hooks, Log, Memory, Messages, Middleware,
    Net, Notifications, Plugins, Process, Providers, Storage,
};
use crate::wire::CancelToken;

/// Everything a plugin can do goes through this. It is cheap to clone, and safe to use from any thread.
#[derive(Clone)]
pub struct Context {
    pub(crate) link: Link,
}

macro_rules! services {
    ($($(#[$doc:meta])* $name:ident: $service:ident,)*) => {
        $($(#[$doc])*
        pub fn $name(&self) -> $service<'_> {
            $service::new(&self.link)
        })*
    };
}

impl Context {
    fn identity(&self) -> &Identity {
        self.link.identity.get().expect("a context is made after the plugin's name is known")
    }

    /// The plugin's id in this host, from its manifest.
    pub fn plugin_id(&self) -> &str {
        &self.identity().plugin_id
    }

    /// The plugin's name for people, from its manifest.
    pub fn name(&self) -> &str {
        &self.identity().name
    }

    /// The plugin's version (semver), from its manifest.
    pub fn version(&self) -> &str {
        &self.identity().version
    }

    /// The plugin's folder; it is read-only.
    pub fn plugin_dir(&self) -> &Path {
        &self.identity().plugin_dir
    }

    /// Which plugin system the manifest is written for: `logomesh`, `guide`, `aihub`, `forgeai`.
    pub fn profile(&self) -> &str {
        &self.identity().profile
    }

    /// A context for work on behalf of a call, on another thread than its handler's; on that one it goes without
    /// saying. What is asked of other plugins through it ends with the call.
    #[must_use]
    pub fn during(&self, call: &Call) -> Context {
        let mut link = self.link.clone();
        link.during = call.during();
        link.cancel = Some(call.token().clone());
        Context { link }
    }

    /// A context whose requests fail when they are not answered within this time.
    #[must_use]
    pub fn within(&self, time: Duration) -> Context {
        let mut link = self.link.clone();
        link.timeout = Some(time);
        Context { link }
    }

    /// A context whose requests end when the token is cancelled.
    #[must_use]
    pub fn cancelled_by(&self, token: &CancelToken) -> Context {
        let mut link = self.link.clone();
        link.cancel = Some(token.clone());
        Context { link }
    }

    services! {
        /// Writes to the plugin's log in the host.
        log: Log,
        /// The plugin's settings.
        config: Config,
        /// Values that are kept from one run to the next, for this plugin alone.
        storage: Storage,
        /// Commands that people and other plugins run.
        commands: Commands,
        /// Announcements between plugins.
        events: Events,
        /// The methods of other plugins.
        plugins: Plugins,
        /// Messages to many plugins at once.
        messages: Messages,
        /// Points at which plugins change or add to what one of them does.
        hooks: Hooks,
        /// Chains of handlers around a value.
        middleware: Middleware,
        /// What plugins provide to others, by kind.
        providers: Providers,
        /// Files the manifest grants.
        files: Files,
        /// The network, as far as the manifest grants it.
        net: Net,
        /// Programs the manifest grants.
        process: Process,
        /// What the person at the editor has copied.
        clipboard: Clipboard,
        /// Words for the person at the editor.
        notifications: Notifications,
        /// Memory shared with other plugins.
        memory: Memory,
        /// Schemas of values, and values kept for a time.
        data: Data,
        /// What the plugin may do.
        capabilities: Capabilities,
    }
}
