//! What a [`Context`](crate::Context) offers, a module for each area.

pub mod capabilities;
pub mod commands;
pub mod config;
pub mod data;
pub mod editor;
pub mod events;
pub mod files;
pub mod hooks;
pub mod log;
pub mod memory;
pub mod messages;
pub mod middleware;
pub mod net;
pub mod plugins;
pub mod process;
pub mod providers;
pub(crate) mod registration;
pub mod storage;

pub use capabilities::Capabilities;
pub use commands::Commands;
pub use config::Config;
pub use data::Data;
pub use editor::{Clipboard, Notifications};
pub use events::Events;
pub use files::Files;
pub use hooks::Hooks;
pub use log::Log;
pub use memory::Memory;
pub use messages::Messages;
pub use middleware::Middleware;
pub use net::Net;
pub use plugins::Plugins;
pub use process::Process;
pub use providers::Providers;
pub use storage::Storage;

/// The name under which the listeners to broadcasts stand.
pub(crate) const MESSAGES: &str = "messages";

/// The name under which the listeners to changed grants stand.
pub(crate) const CAPABILITIES: &str = "capabilities";

/// Declares a service: a borrowed view of the way to the host.
macro_rules! service {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name<'a> {
            link: &'a $crate::link::Link,
        }

        impl<'a> $name<'a> {
            pub(crate) fn new(link: &'a $crate::link::Link) -> Self {
                Self { link }
            }
        }
    };
}
pub(crate) use service;
