import { sinkRule } from '../sink-rule.ts';
import { isHtmlBody } from './html.ts';
import { calls, rust } from './languages.ts';

export const xssRule = sinkRule({
  id: 'PW-RS-XSS',
  title: 'HTML holds what someone else gave',
  category: 'xss',
  cwe: 79,
  severity: 'error',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Text that is not escaped becomes part of the page: a script in it runs in the browser of everyone who looks at it.',
    remedy: 'Use a template that escapes (askama, tera, maud), or escape with `html_escape::encode_text`.',
    bad: `async fn hello(axum::extract::Path(name): axum::extract::Path<String>) -> axum::response::Html<String> {
    axum::response::Html(format!("<h1>{name}</h1>"))
}`,
    good: `async fn hello(axum::extract::Path(name): axum::extract::Path<String>) -> axum::response::Html<String> {
    axum::response::Html(format!("<h1>{}</h1>", html_escape::encode_text(&name)))
}`,
  },
  does: 'becomes HTML as it is',
  sinks: [
    {
      call: calls(
        'axum.response.Html warp.reply.html poem.web.Html rocket.response.content.RawHtml rocket.response.content.Html rocket.content.RawHtml salvo.writing.Text.Html salvo.prelude.Text.Html maud.PreEscaped askama.MarkupDisplay.new_safe rouille.Response.html trillium.Html worker.Response.from_html axum_core.response.Html minijinja.value.Value.from_safe_string yew.Html.from_html_unchecked yew.virtual_dom.VNode.from_html_unchecked',
      ),
      from: 'user',
    },
    {
      call: calls('**.body **.set_body **.with_body actix_web.HttpResponse.body tide.Response.set_body'),
      from: 'user',
      when: (event, value, context) => isHtmlBody(event, value, context),
    },
    {
      write: calls('web_sys.Element.inner_html'),
      from: 'user',
    },
    {
      call: calls(
        '**.set_inner_html **.insert_adjacent_html web_sys.Element.set_inner_html **.set_outer_html',
      ),
      argument: 'any',
      from: 'parameter',
    },
    { call: calls('web_sys.Document.write web_sys.HtmlDocument.write'), from: 'parameter' },
  ],
});
