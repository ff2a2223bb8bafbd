//! Write a plugin in Rust: a type that implements [`Plugin`], and a `main` that runs it.
//!
//! ```no_run
//! use plugin_workbench::{json, Context, Plugin, Result};
//!
//! struct Greeter;
//!
//! impl Plugin for Greeter {
//!     fn activate(&mut self, ctx: &Context) -> Result<()> {
//!         ctx.commands().register("greet", |args, _call| {
//!             let name: String = args.get("name")?;
//!             Ok(json!({ "text": format!("Hello, {name}!") }))
//!         })?;
//!         ctx.log().info("ready");
//!         Ok(())
//!     }
//! }
//!
//! fn main() {
//!     plugin_workbench::run(Greeter);
//! }
//! ```
//!
//! Handlers run on threads of their own, side by side. Whatever they share must be safe to share; a [`Context`] is,
//! and cheap to clone into them.

mod base64;
mod call;
pub mod codec;
mod context;
pub mod error;
mod json;
mod link;
mod panics;
mod plugin;
mod registry;
mod run;

pub mod services;
mod session;
mod wire;

pub use call::{Call, Caller};
pub use context::Context;
pub use error::{Error, Failure, Result};
pub use json::{FromJson, Json, Mismatch, Object, ParseError};
pub use plugin::Plugin;
pub use run::run;
pub use services::registration::Registration;
pub use wire::CancelToken;
