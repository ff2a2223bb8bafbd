//! Counts and greets.

use std::sync::{Arc, Mutex, PoisonError};

use plugin_workbench::{json, Context, Json, Plugin, Result};

/// The plugin. Calls run at the same time, so a mutex guards what they change.
#[derive(Default)]
struct Counter {
    /// How often `count` has run. A live reload carries it over; a restart begins at zero.
    count: Arc<Mutex<u64>>,
}

impl Plugin for Counter {
    /// Called once, when the plugin starts.
    fn activate(&mut self, ctx: &Context) -> Result<()> {
        let (own, count) = (ctx.clone(), Arc::clone(&self.count));
        ctx.commands().register("count", move |_args, _call| count_up(&own, &count))?;
        let own = ctx.clone();
        ctx.commands().register("greet", move |args, _call| {
            let name: Option<String> = args.get("name")?;
            let name = name.unwrap_or_else(|| "world".to_owned());
            let greeting = own.config().get("greeting").unwrap_or_else(|| "Hello".to_owned());
            own.log().info(format_args!("Greeting {name}"));
            Ok(format!("{greeting}, {name}!").into())
        })?;
        ctx.log().info(format_args!("{} {} is ready", ctx.name(), ctx.version()));
        Ok(())
    }

    /// What a live reload hands to the next instance.
    fn state(&self) -> Json {
        json!({ "count": *self.count.lock().unwrap_or_else(PoisonError::into_inner) })
    }

    /// Takes over from the instance before.
    fn restore(&mut self, state: Json) -> Result<()> {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) = state.get("count")?;
        Ok(())
    }
}

fn count_up(ctx: &Context, count: &Mutex<u64>) -> Result<Json> {
    // One change of the stored total after the other, so that no count is lost between reading and writing.
    let mut count = count.lock().unwrap_or_else(PoisonError::into_inner);
    *count += 1;
    let total = ctx.storage().get("total")?.as_u64().unwrap_or(0) + 1;
    ctx.storage().set("total", total)?;
    ctx.log().info(format_args!("Counted to {count}, {total} in all"));
    let answer = json!({ "count": *count, "total": total });
    ctx.events().emit("counted", &answer)?;
    Ok(answer)
}

fn main() {
    plugin_workbench::run(Counter::default());
}
