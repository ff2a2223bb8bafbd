import type { Rule } from '../rule.ts';
import { calls, rust } from './languages.ts';

const LOCAL =
  /^http:\/\/(?:localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|\[|0\.0\.0\.0|[\w-]+(?::\d+)?(?:\/|$)|[\w.-]+\.(?:local|internal|localhost|test|lan)(?:[:/]|$))/i;

export const plainHttpRule: Rule = {
  id: 'PW-RS-PLAIN-HTTP',
  title: 'A request goes over the net without encryption',
  category: 'tls-disabled',
  cwe: 319,
  severity: 'warning',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Everyone on the way reads what is asked and answered, and can change the answer.',
    remedy: 'Write `https://`.',
    bad: `async fn load() {
    let page = reqwest::get("http://api.example.org/items").await;
}`,
    good: `async fn load() {
    let page = reqwest::get("https://api.example.org/items").await;
}`,
  },
  watches: [
    {
      on: 'call',
      of: calls(
        'reqwest.get reqwest.Client.get reqwest.Client.post reqwest.Client.put reqwest.Client.delete reqwest.Client.patch ureq.get ureq.post ureq.put surf.get surf.post isahc.get isahc.post attohttpc.get attohttpc.post minreq.get minreq.post plugin_workbench.Request.get plugin_workbench.Request.post ureq.Agent.get ureq.Agent.post',
      ),
      check: (call, context) => {
        const url = context.values.prefixOf(call.args[0]?.value ?? {});
        if (!/^http:\/\/[^/*]/i.test(url) || LOCAL.test(url)) return;
        context.report(call.node, { message: 'This goes over the net in plain text.' });
      },
    },
  ],
};
