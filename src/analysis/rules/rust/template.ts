import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';

export const templateRule = sinkRule({
  id: 'PW-RS-TEMPLATE',
  title: 'A template is made from what others give',
  category: 'code-eval',
  cwe: 1336,
  severity: 'error',
  confidence: 'high',
  languages: rust,
  docs: {
    risk: 'A template can read everything its context holds and loop without end: whoever chooses its text chooses what is shown.',
    remedy: 'Keep templates in the source or in files of the plugin, and pass values as its context.',
    bad: `fn greet(text: &str) {
    let page = tera::Tera::one_off(text, &tera::Context::new(), true);
}`,
    good: `fn greet(name: &str) {
    let mut context = tera::Context::new();
    context.insert("name", name);
    let page = tera::Tera::one_off("Hello {{ name }}", &context, true);
}`,
  },
  does: 'is compiled as a template',
  sinks: [
    {
      call: calls(
        'tera.Tera.one_off handlebars.Handlebars.render_template liquid.Parser.parse upon.Engine.compile minijinja.Environment.render_str minijinja.Environment.template_from_str mustache.compile_str',
      ),
      from: 'parameter',
    },
    {
      call: calls(
        'tera.Tera.add_raw_template handlebars.Handlebars.register_template_string handlebars.Handlebars.register_partial minijinja.Environment.add_template minijinja.Environment.add_template_owned minijinja.Environment.render_named_str',
      ),
      argument: 1,
      from: 'parameter',
    },
    { call: calls('tera.Tera.render_str'), from: 'parameter' },
  ],
});
