//! What is asked of the host.

use plugin_workbench::services::net::Request;
use plugin_workbench::services::process::Command;
use plugin_workbench::{json, Context, Json, Result};

use crate::{hand, text};

pub fn register(ctx: &Context) -> Result<()> {
    let own = ctx.clone();
    hand(ctx, "storage-get", move |args| Ok(own.storage().get(text(args, "key"))?))?;
    let own = ctx.clone();
    hand(ctx, "storage-set", move |args| {
        own.storage().set(text(args, "key"), args["value"].clone())?;
        Ok(Json::Null)
    })?;
    let own = ctx.clone();
    hand(ctx, "files-read", move |args| Ok(own.files().read_text(text(args, "path"))?.into()))?;
    let own = ctx.clone();
    hand(ctx, "files-write", move |args| {
        own.files().write(text(args, "path"), text(args, "text"))?;
        Ok(Json::Null)
    })?;
    let own = ctx.clone();
    hand(ctx, "files-remove", move |args| {
        own.files().remove(text(args, "path"))?;
        Ok(Json::Null)
    })?;
    let own = ctx.clone();
    hand(ctx, "fetch", move |args| Ok(own.net().fetch(Request::get(text(args, "url")))?.text().into()))?;
    let own = ctx.clone();
    hand(ctx, "call", move |args| {
        Ok(own.plugins().call(text(args, "plugin"), text(args, "method"), args["args"].clone())?)
    })?;
    let own = ctx.clone();
    hand(ctx, "execute", move |args| {
        Ok(own.commands().execute(text(args, "id"), args["args"].clone())?)
    })?;
    let own = ctx.clone();
    hand(ctx, "process-run", move |args| {
        let list: Option<Vec<String>> = args.get("args")?;
        let command = Command::new(text(args, "command")).args(list.unwrap_or_default());
        let output = own.process().run(&command)?;
        Ok(json!({ "stdout": output.stdout }))
    })?;
    let own = ctx.clone();
    hand(ctx, "memory-open", move |args| {
        Ok(own.memory().open(text(args, "id"))?.path().into())
    })?;
    let own = ctx.clone();
    hand(ctx, "clipboard", move |_| Ok(own.clipboard().read()?.into()))
}
