//! Smooths a series in shared memory, and finds after how many values it repeats itself.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use plugin_workbench::services::memory::{Access, Format};
use plugin_workbench::{json, Call, Context, Error, Json, Plugin, Result};

/// The lanes of the segment of numbers: one number for each row, lane after lane.
const MEASURED: u64 = 0;
const NORMALISED: u64 = 1;
const SMOOTHED: u64 = 2;

/// The plugin.
#[derive(Default)]
struct Computer {
    /// How many series it has computed. A live reload carries it over; a restart begins at zero.
    calls: Arc<AtomicU64>,
}

impl Plugin for Computer {
    /// Called once, when the plugin starts.
    fn activate(&mut self, ctx: &Context) -> Result<()> {
        let commands = ctx.commands();
        let (own, calls) = (ctx.clone(), Arc::clone(&self.calls));
        commands.register("compute", move |args, call| {
            let answer = compute(&own, &args, call)?;
            calls.fetch_add(1, Ordering::Relaxed);
            Ok(answer)
        })?;
        let own = ctx.clone();
        commands.register("release", move |args, _call| {
            for id in args.get::<Vec<String>>("segments")? {
                own.memory().release(&id)?;
            }
            Ok(Json::Null)
        })?;
        let (own, calls) = (ctx.clone(), Arc::clone(&self.calls));
        commands.register("status", move |_args, _call| {
            let segments = own.memory().list()?.len() as u64;
            Ok(json!({ "calls": calls.load(Ordering::Relaxed), "segments": segments }))
        })?;
        ctx.log().info(format_args!("{} {} is ready", ctx.name(), ctx.version()));
        Ok(())
    }

    /// What a live reload hands to the next instance.
    fn state(&self) -> Json {
        json!({ "calls": self.calls.load(Ordering::Relaxed) })
    }

    /// Takes over from the instance before.
    fn restore(&mut self, state: Json) -> Result<()> {
        self.calls.store(state.get("calls")?, Ordering::Relaxed);
        Ok(())
    }
}

/// Fills the third lane, and answers the id of a segment with what it found.
fn compute(ctx: &Context, args: &Json, call: &Call) -> Result<Json> {
    let (count, window): (usize, usize) = (args.get("count")?, args.get("window")?);
    if window == 0 || count / 2 < window {
        let text = format!("A window of {window} needs {} values at least, not {count}.", 2 * window.max(1));
        let details = json!({ "count": count as u64, "needed": 2 * window.max(1) as u64 });
        Err(Error::new(text).with_code("TOO_SHORT").with_details(details))?
    }
    let memory = ctx.memory();
    let numbers = memory.open(&args.get::<String>("numbers")?)?;
    let lane = |number: u64| number * count as u64 * 8;

    let measured: Vec<f64> = numbers.read_numbers(lane(MEASURED), count)?;
    numbers.write_numbers(lane(SMOOTHED), &signal::moving_average(&measured, window))?;
    call.check()?;

    let normalised: Vec<f64> = numbers.read_numbers(lane(NORMALISED), count)?;
    let correlation = signal::autocorrelation(&normalised);
    let period = signal::period(&correlation);
    let shown = &correlation[..=count / 2];
    let found = json!({
        "window": window as u64,
        "period": period.map_or(Json::Null, |one| json!({ "length": one.length as u64, "fit": one.fit })),
        "correlation": shown.to_vec(),
    });

    let segment = memory.allocate(256 + 16 * shown.len() as u64, Some("signal"))?;
    let shared = segment.write_structured(&found, Format::MessagePack).and_then(|()| match call.caller() {
        Some(caller) => memory.share(segment.id(), &[caller.plugin.as_str()], Access::Read),
        None => Ok(()),
    });
    if let Err(error) = shared {
        memory.release(segment.id())?;
        Err(error)?
    }
    let length = period.map_or("no".to_owned(), |one| one.length.to_string());
    ctx.log().info(format_args!("{count} values, period: {length}"));
    Ok(json!({ "signal": segment.id() }))
}

fn main() {
    plugin_workbench::run(Computer::default());
}
