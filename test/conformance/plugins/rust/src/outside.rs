//! What lies beyond the workbench: files, other machines, programs, the desktop.

use plugin_workbench::services::files::FileType;
use plugin_workbench::services::net::Request;
use plugin_workbench::services::process::Command;
use plugin_workbench::{json, Context, Json, Result};

pub fn register(ctx: &Context) -> Result<()> {
    let own = ctx.clone();
    ctx.capabilities().on_change(move |_| {
        own.log().info("capabilities changed");
        Ok(())
    });
    let own = ctx.clone();
    ctx.commands().register("file", move |args, _| file(&own, &args))?;
    let own = ctx.clone();
    ctx.commands().register("fetch", move |args, _| fetch(&own, &args))?;
    let own = ctx.clone();
    ctx.commands().register("run-program", move |args, _| {
        let mut program = Command::new(args.get::<String>("command")?).args(args.get::<Vec<String>>("args")?);
        if let Some(input) = args.get::<Option<String>>("input")? {
            program = program.input(input);
        }
        let ended = own.process().run(&program)?;
        Ok(json!({ "code": ended.code, "stdout": ended.stdout, "stderr": ended.stderr }))
    })?;
    ctx.commands()
        .register("environment", |args, _| Ok(std::env::var(args.get::<String>("name")?).ok().into()))?;
    let own = ctx.clone();
    ctx.commands().register("clipboard", move |args, _| {
        if args["op"] == "read" {
            return Ok(own.clipboard().read()?.into());
        }
        Ok(own.clipboard().write(&args.get::<String>("text")?)?.into())
    })?;
    let own = ctx.clone();
    ctx.commands().register("notify", move |args, _| {
        let actions: Vec<String> = args.get::<Option<_>>("actions")?.unwrap_or_default();
        let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
        let (level, message): (String, String) = (args.get("level")?, args.get("message")?);
        Ok(own.notifications().show(&level, &message, &actions)?.into())
    })?;
    Ok(())
}

fn file(ctx: &Context, args: &Json) -> Result<Json> {
    let (files, path) = (ctx.files(), args.get::<String>("path")?);
    let text = || args["text"].as_str().unwrap_or_default();
    Ok(match args["op"].as_str() {
        Some("read") => files.read_text(&path)?.into(),
        Some("write") => files.write(&path, text())?.into(),
        Some("append") => files.append(&path, text())?.into(),
        Some("list") => files
            .list(&path)?
            .into_iter()
            .map(|entry| json!({ "name": entry.name, "type": name_of(entry.kind) }))
            .collect(),
        Some("size") => files.stat(&path)?.map(|facts| facts.size).into(),
        _ => files.remove(&path)?.into(),
    })
}

fn name_of(kind: FileType) -> &'static str {
    match kind {
        FileType::File => "file",
        FileType::Folder => "folder",
        _ => "other",
    }
}

fn fetch(ctx: &Context, args: &Json) -> Result<Json> {
    let method: Option<String> = args.get("method")?;
    let mut request = Request::new(method.as_deref().unwrap_or("GET"), args.get::<String>("url")?);
    if let Some(headers) = args["headers"].as_object() {
        for (name, value) in headers {
            request = request.header(name, value.as_str().unwrap_or_default());
        }
    }
    if let Some(body) = args.get::<Option<String>>("body")? {
        request = request.body(body);
    }
    if args["redirect"] == "manual" {
        request = request.without_redirects();
    }
    let response = ctx.net().fetch(request)?;
    Ok(json!({
        "status": response.status,
        "url": response.url.as_str(),
        "header": response.header("x-own"),
        "text": response.text(),
    }))
}
