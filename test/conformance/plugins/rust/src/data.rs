//! Values with their types.

use std::time::Duration;

use plugin_workbench::codec::{decode, encode, Format, Value};
use plugin_workbench::{json, Context, Json, Result};

pub fn register(ctx: &Context) -> Result<()> {
    let commands = ctx.commands();
    commands.register_typed("typed-echo", |value, _| Ok(value))?;
    let own = ctx.clone();
    commands.register("call-typed", move |args, _| {
        let (plugin, method): (String, String) = (args.get("plugin")?, args.get("method")?);
        text_of(&own.plugins().call_typed(&plugin, &method, value_of(&args)?)?)
    })?;
    let own = ctx.clone();
    commands.register("provide-typed", move |args, _| {
        let (kind, id): (String, String) = (args.get("kind")?, args.get("id")?);
        own.providers().register_typed(&kind, &id, Json::Null, |_, value, _| Ok(value))?;
        Ok(Json::Null)
    })?;
    let own = ctx.clone();
    commands.register("use-provider-typed", move |args, _| {
        let kind: String = args.get("kind")?;
        text_of(&own.providers().call_typed(&kind, None, "same", value_of(&args)?)?)
    })?;
    let own = ctx.clone();
    commands.register("schema", move |args, _| Ok(own.data().generate_schema(value_of(&args)?)?))?;
    let own = ctx.clone();
    commands.register("validate", move |args, _| {
        let problems = own.data().validate(value_of(&args)?, &args["schema"])?;
        let listed = problems.iter().map(|one| json!({ "path": &*one.path, "message": &*one.message }));
        Ok(Json::Array(listed.collect()))
    })?;
    let own = ctx.clone();
    commands.register("cache-set", move |args, _| {
        let time = Duration::from_millis(args.get("ttlMs")?);
        own.data().cache_set(&args.get::<String>("key")?, value_of(&args)?, time)?;
        Ok(Json::Null)
    })?;
    let own = ctx.clone();
    commands.register("cache-get", move |args, _| match own.data().cache_get(&args.get::<String>("key")?)? {
        Value::Null => Ok(Json::Null),
        value => text_of(&value),
    })?;
    Ok(())
}

fn value_of(args: &Json) -> Result<Value> {
    Ok(decode(args.get::<String>("text")?.as_bytes(), Format::Json)?)
}

fn text_of(value: &Value) -> Result<Json> {
    Ok(String::from_utf8(encode(value, Format::Json)?)?.into())
}
