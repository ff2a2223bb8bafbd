//! What goes between plugins beyond commands and events.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use plugin_workbench::{json, Context, Error, Json, Registration, Result};

type Undo = Arc<Mutex<HashMap<String, Registration>>>;

pub fn register(ctx: &Context) -> Result<()> {
    register_calls(ctx)?;
    register_messages(ctx)?;
    let undo = Undo::default();
    register_hooks(ctx, &undo)?;
    register_chains(ctx, &undo)?;
    register_providers(ctx, &undo)
}

fn register_calls(ctx: &Context) -> Result<()> {
    let own = ctx.clone();
    ctx.commands().register("call", move |args, _| {
        let (plugin, method): (String, String) = (args.get("plugin")?, args.get("method")?);
        Ok(own.plugins().call(&plugin, &method, &args["args"])?)
    })?;
    let own = ctx.clone();
    ctx.commands().register("call-caught", move |args, _| {
        let (plugin, method): (String, String) = (args.get("plugin")?, args.get("method")?);
        match own.plugins().call(&plugin, &method, &args["args"]) {
            Err(Error::Call { code, data, origin, .. }) => Ok(json!({
                "code": code,
                "message": origin.message(),
                "name": &data["name"],
                "word": &data["code"],
                "details": &data["details"],
            })),
            other => Ok(other?),
        }
    })?;
    ctx.commands().register("fail-with", |args, _| {
        let (message, code): (String, String) = (args.get("message")?, args.get("code")?);
        Err(Error::new(message).with_code(code).with_details(&args["details"]))?
    })?;
    ctx.commands()
        .register("who-calls", |_, call| Ok(json!({ "plugin": call.caller().map(|c| c.plugin.as_str()) })))?;
    Ok(())
}

fn register_messages(ctx: &Context) -> Result<()> {
    let heard = Arc::new(Mutex::new(Vec::<Json>::new()));
    let (own, keep) = (ctx.clone(), Arc::clone(&heard));
    ctx.commands().register("listen", move |_, _| {
        let (inner, keep) = (own.clone(), Arc::clone(&keep));
        own.messages().listen(move |message| {
            let (from, method) = (message.from.as_str(), message.method.as_str());
            keep.lock().unwrap().push(json!({ "from": from, "method": method, "data": &message.data }));
            inner.log().info(format_args!("message {method}"));
            Ok(())
        })?;
        Ok(Json::Null)
    })?;
    let own = ctx.clone();
    ctx.commands().register("broadcast", move |args, _| {
        let to: Option<Vec<String>> = args.get("to")?;
        let to: Option<Vec<&str>> = to.as_ref().map(|ids| ids.iter().map(String::as_str).collect());
        let method: String = args.get("method")?;
        Ok(own.messages().broadcast(&method, &args["data"], to.as_deref())?.into())
    })?;
    ctx.commands().register("messages", move |_, _| Ok(heard.lock().unwrap().as_slice().into()))?;
    Ok(())
}

fn register_hooks(ctx: &Context, undo: &Undo) -> Result<()> {
    let (own, kept) = (ctx.clone(), Arc::clone(undo));
    ctx.commands().register("hook", move |args, _| {
        let (hook, suffix): (String, String) = (args.get("hook")?, args.get("suffix")?);
        let priority = args.get::<Option<i32>>("priority")?.unwrap_or(0);
        let made = own.hooks().register(&hook, priority, move |value, _| {
            Ok(format!("{}{suffix}", value.to::<String>()?).into())
        })?;
        kept.lock().unwrap().insert(format!("hook {hook}"), made);
        Ok(Json::Null)
    })?;
    let (own, kept) = (ctx.clone(), Arc::clone(undo));
    ctx.commands().register("hook-fails", move |args, _| {
        let (hook, message): (String, String) = (args.get("hook")?, args.get("message")?);
        let made = own.hooks().register(&hook, 0, move |_, _| Err(Error::new(message.as_str()))?)?;
        kept.lock().unwrap().insert(format!("hook {hook}"), made);
        Ok(Json::Null)
    })?;
    take_back(ctx, "unhook", undo, |args| Ok(format!("hook {}", args.get::<String>("hook")?)))?;
    let own = ctx.clone();
    ctx.commands().register("run-hook", move |args, _| {
        Ok(own.hooks().run(&args.get::<String>("hook")?, &args["value"])?)
    })?;
    let own = ctx.clone();
    ctx.commands().register("collect-hook", move |args, _| {
        Ok(own.hooks().collect(&args.get::<String>("hook")?, &args["value"])?.into())
    })?;
    Ok(())
}

fn register_chains(ctx: &Context, undo: &Undo) -> Result<()> {
    for (command, stops) in [("chain", false), ("chain-stop", true)] {
        let (own, kept) = (ctx.clone(), Arc::clone(undo));
        ctx.commands().register(command, move |args, _| {
            let (chain, name): (String, String) = (args.get("chain")?, args.get("name")?);
            let priority = args.get::<Option<i32>>("priority")?.unwrap_or(0);
            let made = own.middleware().register(&chain, priority, move |value, next| {
                let value: String = value.to()?;
                if stops {
                    return Ok(format!("{value}|{name}").into());
                }
                let back: String = next.run(format!("{value}>{name}"))?.to()?;
                Ok(format!("{back}<{name}").into())
            })?;
            kept.lock().unwrap().insert(format!("chain {chain}"), made);
            Ok(Json::Null)
        })?;
    }
    take_back(ctx, "unchain", undo, |args| Ok(format!("chain {}", args.get::<String>("chain")?)))?;
    let own = ctx.clone();
    ctx.commands().register("run-chain", move |args, _| {
        Ok(own.middleware().run(&args.get::<String>("chain")?, &args["value"])?)
    })?;
    Ok(())
}

fn register_providers(ctx: &Context, undo: &Undo) -> Result<()> {
    let (own, kept) = (ctx.clone(), Arc::clone(undo));
    ctx.commands().register("provide", move |args, _| {
        let (kind, id): (String, String) = (args.get("kind")?, args.get("id")?);
        let own_id = id.clone();
        let made =
            own.providers().register(&kind, &id, &args["info"], move |method, args, _| match method {
                "greet" => Ok(json!({ "id": own_id.as_str(), "name": &args["name"] })),
                "fail" => Err(Error::new("provider failed"))?,
                _ => Err(Error::new(format!("There is no method {method}.")))?,
            })?;
        kept.lock().unwrap().insert(format!("provider {kind} {id}"), made);
        Ok(Json::Null)
    })?;
    take_back(ctx, "unprovide", undo, |args| {
        Ok(format!("provider {} {}", args.get::<String>("kind")?, args.get::<String>("id")?))
    })?;
    let own = ctx.clone();
    ctx.commands().register("providers", move |args, _| {
        let found = own.providers().list(&args.get::<String>("kind")?)?;
        Ok(found
            .into_iter()
            .map(|one| json!({ "kind": one.kind, "id": one.id, "plugin": one.plugin, "info": one.info }))
            .collect())
    })?;
    let own = ctx.clone();
    ctx.commands().register("use-provider", move |args, _| {
        let (kind, method): (String, String) = (args.get("kind")?, args.get("method")?);
        let id: Option<String> = args.get("id")?;
        Ok(own.providers().call(&kind, id.as_deref(), &method, &args["args"])?)
    })?;
    Ok(())
}

/// A command that takes back what another one registered.
fn take_back(
    ctx: &Context,
    command: &str,
    undo: &Undo,
    name: impl Fn(&Json) -> Result<String> + Send + Sync + 'static,
) -> Result<()> {
    let kept = Arc::clone(undo);
    ctx.commands().register(command, move |args, _| {
        let made = kept.lock().unwrap().remove(&name(&args)?);
        Ok(made.ok_or("nothing of that name")?.dispose()?.into())
    })?;
    Ok(())
}
