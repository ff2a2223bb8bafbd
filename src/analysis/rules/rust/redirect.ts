import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';
import { hasFixedHost } from './urls.ts';

export const redirectRule = sinkRule({
  id: 'PW-RS-OPEN-REDIRECT',
  title: 'A redirect goes where someone else says',
  category: 'ssrf',
  cwe: 601,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'A link to the trusted site leads to one of the attacker’s choice, which looks like it and asks for the password.',
    remedy: 'Redirect to paths of the own site only, or to one of a list of addresses.',
    bad: `async fn back(axum::extract::Query(to): axum::extract::Query<String>) -> axum::response::Redirect {
    axum::response::Redirect::to(&to)
}`,
    good: `async fn back(axum::extract::Query(page): axum::extract::Query<String>) -> axum::response::Redirect {
    axum::response::Redirect::to(&format!("/pages/{page}"))
}`,
  },
  does: 'names where a redirect goes',
  sinks: [
    {
      call: calls(
        'axum.response.Redirect.to axum.response.Redirect.temporary axum.response.Redirect.permanent rocket.response.Redirect.to rocket.response.Redirect.found rocket.response.Redirect.temporary rocket.response.Redirect.permanent rocket.response.Redirect.moved actix_web.web.redirect actix_web.web.Redirect.to poem.web.Redirect.see_other poem.web.Redirect.temporary poem.web.Redirect.permanent poem.web.Redirect.moved_permanent warp.redirect warp.redirect.redirect warp.redirect.see_other warp.redirect.temporary tide.Redirect.new tide.Redirect.temporary tide.Redirect.permanent salvo.writing.Redirect.found salvo.prelude.Redirect.found rouille.Response.redirect_302 rouille.Response.redirect_303',
      ),
      from: 'user',
      when: (_event, value, context) => !hasFixedHost(value, context.values),
    },
  ],
});
