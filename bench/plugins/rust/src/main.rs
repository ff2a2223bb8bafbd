use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;
use std::time::Instant;

use plugin_workbench::{json, Context, Json, Plugin, Result};

const GENERATION: i64 = 1;

#[derive(Default)]
struct Bench {
    count: Arc<AtomicI64>,
}

impl Plugin for Bench {
    fn activate(&mut self, ctx: &Context) -> Result<()> {
        let commands = ctx.commands();
        let count = Arc::clone(&self.count);
        commands.register("ping", |args, _| Ok(args))?;
        commands.register("generation", |_, _| Ok(GENERATION.into()))?;
        commands.register("count", move |_, _| Ok((count.fetch_add(1, Ordering::SeqCst) + 1).into()))?;
        let own = ctx.clone();
        commands.register("round-trips", move |args, _| {
            let (plugin, calls): (String, i64) = (args.get("plugin")?, args.get("calls")?);
            let payload = Json::from("x".repeat(100));
            let mut samples = Vec::<Json>::new();
            for _ in 0..calls {
                let began = Instant::now();
                own.plugins().call(&plugin, "ping", &payload)?;
                samples.push((began.elapsed().as_nanos() as f64 / 1000.0).into());
            }
            Ok(samples.into())
        })?;
        Ok(())
    }

    fn state(&self) -> Json {
        json!({ "count": self.count.load(Ordering::SeqCst) })
    }

    fn restore(&mut self, state: Json) -> Result<()> {
        self.count.store(state.get("count")?, Ordering::SeqCst);
        Ok(())
    }
}

fn main() {
    plugin_workbench::run(Bench::default());
}
