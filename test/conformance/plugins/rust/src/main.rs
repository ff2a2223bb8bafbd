mod data;
mod exchange;
mod memory;
mod outside;

use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{mpsc, Arc, Mutex};
use std::time::Duration;

use plugin_workbench::{json, Call, Context, Error, Json, Plugin, Registration, Result};

const EDITION: &str = "first";

/// What waits at a gate.
type Gates = Mutex<HashMap<String, Vec<mpsc::Sender<Json>>>>;
type Registrations = Mutex<HashMap<String, Registration>>;

#[derive(Default)]
struct Conformance {
    count: Arc<AtomicI64>,
    ctx: Option<Context>,
}

impl Plugin for Conformance {
    fn activate(&mut self, ctx: &Context) -> Result<()> {
        let count = Arc::clone(&self.count);
        let commands = ctx.commands();
        commands.register("echo", |args, _| Ok(args))?;
        commands.register("edition", |_, _| Ok(EDITION.into()))?;
        commands.register("count", move |_, _| Ok((count.fetch_add(1, Ordering::SeqCst) + 1).into()))?;
        let own = ctx.clone();
        commands.register("describe", move |_, _| {
            Ok(json!({
                "pluginId": own.plugin_id(),
                "name": own.name(),
                "version": own.version(),
                "pluginDir": own.plugin_dir().to_str(),
            }))
        })?;
        register_failures(ctx)?;
        register_waiting(ctx)?;
        register_services(ctx)?;
        register_events(ctx)?;
        register_output(ctx)?;
        register_bounds(ctx)?;
        data::register(ctx)?;
        exchange::register(ctx)?;
        memory::register(ctx)?;
        outside::register(ctx)?;
        let own = ctx.clone();
        ctx.config().on_change(move |change| {
            let value = change.value.clone().unwrap_or_default();
            own.log().info(format_args!("config {} {value}", change.key));
            Ok(())
        });
        ctx.log().info("active");
        self.ctx = Some(ctx.clone());
        Ok(())
    }

    fn state(&self) -> Json {
        json!({ "count": self.count.load(Ordering::SeqCst) })
    }

    fn restore(&mut self, state: Json) -> Result<()> {
        let count: i64 = state.get("count")?;
        self.count.store(count, Ordering::SeqCst);
        if let Some(ctx) = &self.ctx {
            ctx.log().info(format_args!("restored {count}"));
        }
        Ok(())
    }

    fn deactivate(&mut self) -> Result<()> {
        if let Some(ctx) = &self.ctx {
            ctx.log().info("deactivated");
        }
        Ok(())
    }
}

fn register_failures(ctx: &Context) -> Result<()> {
    let commands = ctx.commands();
    commands.register("throw", |args, _| {
        let message: String = args.get("message")?;
        Err(Error::named("LookupError", message))? // conformance:throw
    })?;
    commands.register("crash", |_, _| {
        std::thread::spawn(|| {
            std::thread::sleep(Duration::from_millis(10));
            panic!("conformance crash"); // conformance:crash
        });
        Ok(Json::Null)
    })?;
    commands.register("exit", |args, _| std::process::exit(args.get("code")?))?;
    Ok(())
}

fn register_waiting(ctx: &Context) -> Result<()> {
    let own = ctx.clone();
    ctx.commands().register("slow", move |args, call| {
        own.log().info("slow: begun");
        let slept = call.sleep(Duration::from_millis(args.get("ms")?));
        if slept.is_err() {
            own.log().info("slow: cancelled");
        }
        slept?;
        Ok("done".into())
    })?;
    let gates = Arc::new(Gates::default());
    let (own, waiting) = (ctx.clone(), Arc::clone(&gates));
    ctx.commands().register("wait", move |args, _| {
        let gate: String = args.get("gate")?;
        let (sender, receiver) = mpsc::channel();
        waiting.lock().unwrap().entry(gate.clone()).or_default().push(sender);
        own.log().info(format_args!("waiting {gate}"));
        Ok(receiver.recv()?)
    })?;
    ctx.commands().register("open", move |args, _| {
        let gate: String = args.get("gate")?;
        let waiting = gates.lock().unwrap().remove(&gate).unwrap_or_default();
        for one in &waiting {
            one.send(args["value"].clone())?;
        }
        Ok(waiting.len().into())
    })?;
    Ok(())
}

fn register_services(ctx: &Context) -> Result<()> {
    let own = ctx.clone();
    ctx.commands().register("storage", move |args, _| {
        let storage = own.storage();
        let key = args["key"].as_str().unwrap_or_default();
        Ok(match args["op"].as_str() {
            Some("get") => storage.get(key)?,
            Some("set") => storage.set(key, &args["value"])?.into(),
            Some("delete") => storage.delete(key)?.into(),
            _ => storage.keys()?.into(),
        })
    })?;
    let own = ctx.clone();
    ctx.commands().register("denied", move |args, _| {
        match own.storage().set(&args.get::<String>("key")?, 1) {
            Err(Error::PermissionDenied { scope, action, resource, grant, .. }) => {
                Ok(json!({ "scope": scope, "action": action, "resource": resource, "grant": grant }))
            }
            other => Ok(other?.into()),
        }
    })?;
    let own = ctx.clone();
    ctx.commands().register("denied-unhandled", move |args, _| {
        let key: String = args.get("key")?;
        own.storage().set(&key, 1)?; // conformance:denied
        Ok(Json::Null)
    })?;
    let own = ctx.clone();
    ctx.commands().register("execute", move |args, _| {
        Ok(own.commands().execute(&args.get::<String>("id")?, &args["args"])?)
    })?;
    let own = ctx.clone();
    ctx.commands().register("execute-caught", move |args, _| {
        match own.commands().execute(&args.get::<String>("id")?, &args["args"]) {
            Err(error @ Error::Call { .. }) => Ok(described(&error)),
            other => Ok(other?),
        }
    })?;
    let (own, registered) = (ctx.clone(), Arc::new(Registrations::default()));
    let kept = Arc::clone(&registered);
    ctx.commands().register("register", move |args, _| {
        let id: String = args.get("id")?;
        let name = id.clone();
        let made = own.commands().register(&id, move |_, _| Ok(json!({ "registered": name.as_str() })))?;
        kept.lock().unwrap().insert(id, made);
        Ok(Json::Null)
    })?;
    ctx.commands().register("unregister", move |args, _| dispose(&registered, &args.get::<String>("id")?))?;
    for (name, all) in [("config-get", false), ("config-all", true)] {
        let own = ctx.clone();
        ctx.commands().register(name, move |args, _| {
            if all {
                return Ok(own.config().all().into());
            }
            Ok(own.config().get(&args.get::<String>("key")?).unwrap_or_else(|| args["fallback"].clone()))
        })?;
    }
    let own = ctx.clone();
    ctx.commands().register("config-set", move |args, _| {
        Ok(own.config().set(&args.get::<String>("key")?, &args["value"])?.into())
    })?;
    Ok(())
}

fn register_events(ctx: &Context) -> Result<()> {
    let heard = Arc::new(Mutex::new(Vec::<Json>::new()));
    let subscriptions = Arc::new(Registrations::default());
    let (own, keep, kept) = (ctx.clone(), Arc::clone(&heard), Arc::clone(&subscriptions));
    ctx.commands().register("subscribe", move |args, _| {
        let name: String = args.get("name")?;
        let (inner, keep) = (own.clone(), Arc::clone(&keep));
        let subscription = own.events().on(&name, move |event| {
            let (name, from) = (event.name.as_str(), event.from.as_str());
            keep.lock().unwrap().push(json!({ "name": name, "from": from, "data": &event.data }));
            inner.log().info(format_args!("heard {name}"));
            Ok(())
        })?;
        kept.lock().unwrap().insert(name, subscription);
        Ok(Json::Null)
    })?;
    ctx.commands()
        .register("unsubscribe", move |args, _| dispose(&subscriptions, &args.get::<String>("name")?))?;
    let own = ctx.clone();
    ctx.commands().register("emit", move |args, _| {
        Ok(own.events().emit(&args.get::<String>("name")?, &args["data"])?.into())
    })?;
    ctx.commands().register("heard", move |_, _| Ok(heard.lock().unwrap().as_slice().into()))?;
    Ok(())
}

fn register_output(ctx: &Context) -> Result<()> {
    let own = ctx.clone();
    ctx.commands().register("log", move |args, _| {
        let (message, log) = (args.get::<String>("message")?, own.log());
        match args["level"].as_str() {
            Some("debug") => log.debug(message),
            Some("info") => log.info(message),
            Some("warn") => log.warn(message),
            _ => log.error(message),
        }
        Ok(Json::Null)
    })?;
    ctx.commands().register("print", |args, _| {
        let text: String = args.get("text")?;
        if args["stream"] == "stdout" {
            println!("{text}");
        } else {
            eprintln!("{text}");
        }
        Ok(Json::Null)
    })?;
    ctx.commands().register("print-bytes", |_, _| {
        let bytes: Vec<u8> = (0..=255).chain([b'\n']).collect();
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(&bytes)?;
        Ok(stdout.flush()?.into())
    })?;
    Ok(())
}

fn register_bounds(ctx: &Context) -> Result<()> {
    ctx.commands().register("large", |args, _| Ok("x".repeat(args.get("bytes")?).into()))?;
    let own = ctx.clone();
    ctx.commands().register("large-call", move |args, _| {
        let failed = own.storage().set("large", "x".repeat(args.get("bytes")?)).err();
        Ok(failed.map(|error| error.code()).into())
    })?;
    ctx.commands().register("deep", |args, _| {
        let depth: usize = args.get("depth")?;
        Ok((1..depth).fold(json!([]), |value, _| json!([value])))
    })?;
    let own = ctx.clone();
    ctx.commands().register("burst", move |args, call| burst(&own, &args, call))?;
    Ok(())
}

/// Asks so many times. Each thread waits for its answer, so that there are more of them than may be in flight.
fn burst(ctx: &Context, args: &Json, call: &Call) -> Result<Json> {
    let calls: usize = args.get("calls")?;
    let id: Option<String> = args.get("id")?;
    let ask = |ctx: &Context, n: usize| match &id {
        Some(id) => ctx.commands().execute(id, n).is_ok(),
        None => ctx.storage().get("burst").is_ok(),
    };
    let (left, answered) = (AtomicUsize::new(calls), AtomicUsize::new(0));
    let take =
        |left: &AtomicUsize| left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
    std::thread::scope(|scope| {
        for _ in 0..calls.min(200) {
            let ctx = ctx.during(call);
            let (left, answered, ask) = (&left, &answered, &ask);
            let work = move || {
                while let Ok(n) = take(left) {
                    answered.fetch_add(usize::from(ask(&ctx, n)), Ordering::SeqCst);
                }
            };
            std::thread::Builder::new().stack_size(128 * 1024).spawn_scoped(scope, work).unwrap();
        }
    });
    Ok(answered.into_inner().into())
}

/// A failed call, as its caller can tell it from others.
fn described(error: &Error) -> Json {
    match error {
        Error::Call { method, code, .. } => {
            json!({ "method": method, "code": *code, "message": error.message() })
        }
        _ => Json::Null,
    }
}

fn dispose(registrations: &Registrations, name: &str) -> Result<Json> {
    let registration = registrations.lock().unwrap().remove(name);
    Ok(registration.ok_or("nothing of that name")?.dispose()?.into())
}

fn main() {
    plugin_workbench::run(Conformance::default());
}
