//! Shared memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use plugin_workbench::error::code;
use plugin_workbench::services::memory::{Access, Format, Segment};
use plugin_workbench::{json, Context, Json, Result};

type Segments = Arc<Mutex<HashMap<String, Segment>>>;

pub fn register(ctx: &Context) -> Result<()> {
    let segments = Segments::default();
    let (own, known) = (ctx.clone(), Arc::clone(&segments));
    ctx.commands().register("memory-allocate", move |args, _| {
        let name: Option<String> = args.get("name")?;
        let made = own.memory().allocate(args.get("size")?, name.as_deref())?;
        let id = made.id().to_owned();
        known.lock().unwrap().insert(id.clone(), made);
        Ok(id.into())
    })?;
    let own = ctx.clone();
    ctx.commands().register("memory-share", move |args, _| {
        let plugins: Vec<String> = args.get("plugins")?;
        let plugins: Vec<&str> = plugins.iter().map(String::as_str).collect();
        let access = if args["access"] == "write" { Access::Write } else { Access::Read };
        Ok(own.memory().share(&args.get::<String>("id")?, &plugins, access)?.into())
    })?;
    let (own, known) = (ctx.clone(), Arc::clone(&segments));
    ctx.commands().register("memory-write", move |args, _| {
        let segment = find(&own, &known, &args)?;
        Ok(segment.write(args.get("offset")?, from_hex(&args.get::<String>("hex")?)?)?.into())
    })?;
    let (own, known) = (ctx.clone(), Arc::clone(&segments));
    ctx.commands().register("memory-read", move |args, _| {
        let bytes = find(&own, &known, &args)?.read(args.get("offset")?, args.get("length")?)?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
    })?;
    let (own, known) = (ctx.clone(), Arc::clone(&segments));
    ctx.commands().register("memory-try-write", move |args, _| {
        match find(&own, &known, &args)?.write(0, b"!") {
            Err(error) if error.code() == code::INVALID_REQUEST => Ok("refused".into()),
            other => other.map(|()| "written".into()).map_err(Into::into),
        }
    })?;
    let (own, known) = (ctx.clone(), Arc::clone(&segments));
    ctx.commands().register("memory-write-value", move |args, _| {
        let value = json!({ "list": [1, "two", null], "yes": true });
        Ok(find(&own, &known, &args)?.write_structured(&value, format_of(&args))?.into())
    })?;
    let (own, known) = (ctx.clone(), Arc::clone(&segments));
    ctx.commands()
        .register("memory-read-value", move |args, _| Ok(find(&own, &known, &args)?.read_structured()?))?;
    let own = ctx.clone();
    ctx.commands().register("memory-resize", move |args, _| {
        Ok(own.memory().resize(&args.get::<String>("id")?, args.get("size")?)?.size().into())
    })?;
    let own = ctx.clone();
    ctx.commands().register("memory-freeze", move |args, _| {
        Ok(own.memory().freeze(&args.get::<String>("id")?)?.is_frozen().into())
    })?;
    let (own, known) = (ctx.clone(), Arc::clone(&segments));
    ctx.commands().register("memory-pass", move |args, _| {
        let find = |key: &str| find(&own, &known, &json!({ "id": &args[key] }));
        Ok(find("to")?.write_value(&find("from")?.read_value()?, format_of(&args))?.into())
    })?;
    let own = ctx.clone();
    ctx.commands().register("memory-release", move |args, _| {
        let id: String = args.get("id")?;
        segments.lock().unwrap().remove(&id);
        Ok(own.memory().release(&id)?.into())
    })?;
    Ok(())
}

fn format_of(args: &Json) -> Format {
    match args["format"].as_str() {
        Some("json") => Format::Json,
        Some("msgpack") => Format::MessagePack,
        _ => Format::Protobuf,
    }
}

fn find(ctx: &Context, segments: &Segments, args: &Json) -> Result<Segment> {
    let id: String = args.get("id")?;
    if let Some(known) = segments.lock().unwrap().get(&id) {
        return Ok(known.clone());
    }
    let opened = ctx.memory().open(&id)?;
    segments.lock().unwrap().insert(id, opened.clone());
    Ok(opened)
}

fn from_hex(text: &str) -> Result<Vec<u8>> {
    let byte = |at: usize| Ok(u8::from_str_radix(text.get(at..at + 2).ok_or("half a byte")?, 16)?);
    (0..text.len()).step_by(2).map(byte).collect()
}
