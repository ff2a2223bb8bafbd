import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const codeEvalRule = sinkRule({
  id: 'PW-RS-CODE-EVAL',
  title: 'Text is run as a script',
  category: 'code-eval',
  cwe: 94,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'A script engine runs whatever it is handed: whoever chooses the text runs code of their choice inside the plugin.',
    remedy: 'Run scripts that belong to the plugin alone, and hand them data as values of their scope.',
    bad: `fn calc(engine: &rhai::Engine, formula: &str) {
    let result = engine.eval::<i64>(formula);
}`,
    good: `fn calc(engine: &rhai::Engine, scope: &mut rhai::Scope) {
    let result = engine.eval_with_scope::<i64>(scope, "a + b");
}`,
  },
  does: 'is run as a script',
  sinks: [
    {
      call: calls(
        'rhai.Engine.eval rhai.Engine.eval_expression rhai.Engine.run rhai.Engine.compile rhai.Engine.compile_expression rhai.Engine.eval_file rhai.Engine.run_file',
        'mlua.Lua.load rlua.Lua.load rlua.Context.load hlua.Lua.execute mlua.Lua.exec boa_engine.Context.eval boa_engine.Source.from_bytes boa.Context.eval boa.exec',
        'quick_js.Context.eval quick_js.Context.eval_as rquickjs.Ctx.eval deno_core.FastString.from v8.Script.compile rusty_v8.Script.compile',
        'rune.Source.new gluon.Thread.run_expr starlark.syntax.AstModule.parse dyon.Runtime.run koto.Koto.compile_and_run koto.Koto.compile',
        'pyo3.types.PyModule.from_code pyo3.PyModule.from_code pyo3.Python.eval pyo3.Python.run pyo3.Python.eval_bound pyo3.Python.run_bound',
        'rustpython_vm.VirtualMachine.run_code_string js_sys.eval js_sys.Function.new_no_args js_sys.Function.new_with_args js_sandbox.eval_json',
        'web_sys.Window.eval tauri.Window.eval tauri.WebviewWindow.eval tauri.Webview.eval wry.WebView.evaluate_script wry.webview.WebView.evaluate_script',
        'headless_chrome.Tab.evaluate fantoccini.Client.execute thirtyfour.WebDriver.execute',
      ),
      from: 'dynamic',
    },
    {
      call: calls(
        'rhai.Engine.eval_with_scope rhai.Engine.run_with_scope rhai.Engine.compile_with_scope deno_core.JsRuntime.execute_script',
      ),
      argument: 1,
      from: 'dynamic',
    },
  ],
});
