//! Executes scripts of print lines, and counts them.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

use plugin_workbench::{json, Context, Error, Json, Plugin, Result};

/// The language this executor knows: one `print TEXT` a line.
const LANGUAGE: &str = "{{id}}";

#[derive(Default)]
struct Executor {
    /// How many scripts were executed. A live reload carries it over.
    executions: Arc<AtomicU64>,
}

impl Plugin for Executor {
    /// Called once, when the plugin starts. ForgeAI calls the three methods of its executor interface.
    fn activate(&mut self, ctx: &Context) -> Result<()> {
        ctx.commands().register("supportedLanguages", |_args, _call| Ok(json!([LANGUAGE])))?;
        let executions = Arc::clone(&self.executions);
        ctx.commands().register("execute", move |args, _call| {
            let language: String = args.get("language")?;
            if language != LANGUAGE {
                return Err(Error::new(format!("this executes {LANGUAGE}, not {language}")).into());
            }
            Ok(execute(&args.get::<String>("code")?, &executions))
        })?;
        let executions = Arc::clone(&self.executions);
        ctx.commands().register("executeFile", move |args, _call| {
            // plugin-workbench-disable-next-line PW-RS-PATH-TRAVERSAL -- the sandbox opens only what the manifest allows
            let code = fs::read_to_string(args.get::<String>("filePath")?)?;
            Ok(execute(&code, &executions))
        })?;
        ctx.log().info(format_args!("{} {} is ready", ctx.name(), ctx.version()));
        Ok(())
    }

    /// What a live reload hands to the next instance.
    fn state(&self) -> Json {
        json!({ "executions": self.executions.load(Ordering::SeqCst) })
    }

    /// Takes over from the instance before.
    fn restore(&mut self, state: Json) -> Result<()> {
        self.executions.store(state.get("executions")?, Ordering::SeqCst);
        Ok(())
    }
}

/// Runs a script; the first line it can't read ends it.
fn execute(code: &str, executions: &AtomicU64) -> Json {
    let executions = executions.fetch_add(1, Ordering::SeqCst) + 1;
    let (mut stdout, mut stderr) = (String::new(), String::new());
    for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let Some(text) = line.strip_prefix("print ") else {
            stderr = format!("line {}: expected print\n", number + 1);
            break;
        };
        stdout.push_str(text);
        stdout.push('\n');
    }
    let exit_code = i32::from(!stderr.is_empty());
    json!({ "stdout": stdout, "stderr": stderr, "exitCode": exit_code, "executions": executions })
}

fn main() {
    plugin_workbench::run(Executor::default());
}
