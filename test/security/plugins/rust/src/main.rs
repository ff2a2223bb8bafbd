//! What a plugin can lay hands on with Rust, the system's own library included: one command for each way.

mod host;
mod system;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use plugin_workbench::{json, Context, Error, Failure, Json, Plugin, Result};

/// Whether the plugin refuses to go.
static SLEEPY: AtomicBool = AtomicBool::new(false);

struct Intruder;

impl Plugin for Intruder {
    fn activate(&mut self, ctx: &Context) -> Result<()> {
        system::register(ctx)?;
        host::register(ctx)
    }

    fn deactivate(&mut self) -> Result<()> {
        while SLEEPY.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_secs(1));
        }
        Ok(())
    }
}

/// Registers one command. What the system or the host refuses is an answer; any other failure is one of this plugin.
fn hand<W>(ctx: &Context, id: &str, work: W) -> Result<()>
where
    W: Fn(&Json) -> Result<Json> + Send + Sync + 'static,
{
    ctx.commands().register(id, move |args, _| match work(&args) {
        Ok(value) => Ok(json!({ "done": value })),
        Err(failure) => refused(failure),
    })?;
    Ok(())
}

fn refused(failure: Failure) -> Result<Json> {
    if let Some(error) = failure.downcast_ref::<std::io::Error>() {
        let code = error.raw_os_error().map_or_else(|| error.kind().to_string(), |number| format!("errno {number}"));
        return Ok(json!({ "refused": code, "message": error.to_string() }));
    }
    match failure.downcast_ref::<Error>() {
        Some(error) if !matches!(error, Error::Failed { .. }) => {
            Ok(json!({ "refused": error.code().to_string(), "message": error.message() }))
        }
        _ => Err(failure),
    }
}

/// A text among the arguments; empty when it is not there.
fn text<'a>(args: &'a Json, name: &str) -> &'a str {
    args[name].as_str().unwrap_or_default()
}

/// The bytes that stand in hex among the arguments.
fn bytes(args: &Json, name: &str) -> Result<Vec<u8>> {
    let digits = text(args, name);
    let byte = |at: usize| Ok(u8::from_str_radix(digits.get(at..at + 2).ok_or("half a byte")?, 16)?);
    (0..digits.len()).step_by(2).map(byte).collect()
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        None => plugin_workbench::run(Intruder),
        Some(what) => system::be(what),
    }
}
