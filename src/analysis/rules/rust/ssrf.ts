import { sinkRule } from '../sink-rule.ts';
import { calls, rust } from './languages.ts';
import { hasFixedHost } from './urls.ts';

export const ssrfRule = sinkRule({
  id: 'PW-RS-SSRF',
  title: 'A request goes where someone else says',
  category: 'ssrf',
  cwe: 918,
  severity: 'error',
  confidence: 'medium',
  languages: rust,
  docs: {
    risk: 'Whoever chooses the address makes the plugin ask machines that only it can reach: the host’s own services, the cloud’s metadata.',
    remedy: 'Keep a list of the hosts that are asked, and let others choose among them only.',
    bad: `async fn preview(axum::extract::Query(url): axum::extract::Query<String>) -> String {
    reqwest::get(&url).await.unwrap().text().await.unwrap()
}`,
    good: `async fn preview(axum::extract::Query(id): axum::extract::Query<String>) -> String {
    reqwest::get(format!("https://api.example.com/items/{id}")).await.unwrap().text().await.unwrap()
}`,
  },
  does: 'names the address of a request',
  sinks: [
    {
      call: calls(
        'reqwest.get reqwest.Client.get reqwest.Client.post reqwest.Client.put reqwest.Client.delete reqwest.Client.patch reqwest.Client.head',
        'ureq.get ureq.post ureq.put ureq.delete ureq.Agent.get ureq.Agent.post surf.get surf.post surf.put surf.delete surf.Client.get isahc.get isahc.post',
        'attohttpc.get attohttpc.post minreq.get minreq.post hyper.Client.get awc.Client.get awc.Client.post actix_web.client.Client.get curl.easy.Easy.url',
        'http_req.request.get reqwest_middleware.ClientWithMiddleware.get reqwest_middleware.ClientWithMiddleware.post ehttp.Request.get',
        'plugin_workbench.Request.get plugin_workbench.Request.post tungstenite.connect tokio_tungstenite.connect_async git2.Repository.clone',
        'std.net.TcpStream.connect std.net.UdpSocket.connect http.Request.get hyper.Request.get std.net.TcpStream.connect_timeout gloo_net.http.Request.get',
      ),
      from: 'user',
      when: (_event, value, context) => !hasFixedHost(value, context.values),
    },
    {
      call: calls('reqwest.Client.request ureq.request ureq.Agent.request'),
      argument: 1,
      from: 'user',
      when: (_event, value, context) => !hasFixedHost(value, context.values),
    },
    {
      call: calls('hyper.Request.builder().uri http.Request.builder().uri'),
      argument: 0,
      from: 'user',
      when: (_event, value, context) => !hasFixedHost(value, context.values),
    },
  ],
});
