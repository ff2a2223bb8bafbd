import type { HandlerSpec } from '../../flow/index.ts';
import { aliases, fromUser, type KnowledgePart, sources } from './part.ts';

const METHODS = 'get post put delete patch head options connect trace route'.split(' ');

/** Functions that carry an attribute such as `#[get("/x")]`: what is in none of the framework's own types is the request's. */
function routes(crates: string, what: string): HandlerSpec[] {
  return crates
    .split(' ')
    .flatMap(crate => METHODS.map(method => (crate === '' ? method : `${crate}.${method}`)))
    .map(decorator => ({ decorator, params: [], rest: fromUser(what) }));
}

function carrying(what: string, decorators: string): HandlerSpec[] {
  return decorators.split(' ').map(decorator => ({ decorator, params: [], rest: fromUser(what) }));
}

/** Requests of web servers, by their types and by what handlers are marked with. */
export const web: KnowledgePart = {
  sources: [
    ...sources(
      'user',
      'a request’s path',
      'axum.extract.Path actix_web.web.Path poem.web.Path rocket.request.Segments axum.extract.OriginalUri axum.http.Uri ' +
        'axum.extract.MatchedPath axum.extract.RawPathParams ntex.web.types.Path rocket.http.uri.Origin',
    ),
    ...sources(
      'user',
      'a request’s query',
      'axum.extract.Query actix_web.web.Query poem.web.Query axum.extract.RawQuery axum_extra.extract.Query ntex.web.types.Query serde_qs.actix.QsQuery',
    ),
    ...sources(
      'user',
      'a request’s body',
      'axum.extract.Json axum.extract.Form actix_web.web.Json actix_web.web.Form actix_web.web.Bytes actix_web.web.Payload ' +
        'poem.web.Json poem.web.Form poem.Body rocket.form.Form rocket.serde.json.Json rocket_contrib.json.Json rocket.Data ' +
        'rocket.fs.TempFile axum.extract.Multipart axum.extract.RawForm axum.body.Bytes axum.body.Body hyper.Body hyper.body.Bytes ' +
        'actix_multipart.Multipart actix_multipart.Field actix_multipart.form.MultipartForm multer.Multipart multer.Field ' +
        'poem.web.Multipart warp.multipart.FormData ntex.web.types.Json ntex.web.types.Form axum_extra.extract.Form ' +
        'axum.extract.multipart.Field hyper.body.Incoming actix_web.web.Buf',
    ),
    ...sources(
      'user',
      'a request’s headers',
      'axum.http.HeaderMap http.HeaderMap hyper.HeaderMap hyper.header.HeaderMap actix_web.http.header.HeaderMap ' +
        'axum_extra.TypedHeader axum.extract.TypedHeader axum.TypedHeader axum_extra.extract.CookieJar axum_extra.extract.cookie.CookieJar ' +
        'rocket.http.CookieJar tower_cookies.Cookies axum.extract.Host axum_extra.extract.Host reqwest.header.HeaderMap',
    ),
    ...sources(
      'user',
      'a request',
      'axum.extract.Request axum.http.Request http.Request hyper.Request actix_web.HttpRequest rocket.Request tide.Request ' +
        'poem.Request salvo.Request salvo.prelude.Request salvo_core.Request tonic.Request lambda_http.Request gotham.state.State iron.Request nickel.Request ' +
        'rouille.Request tiny_http.Request lambda_runtime.LambdaEvent warp.http.Request worker.Request spin_sdk.http.Request ' +
        'ntex.web.HttpRequest trillium.Conn viz.Request thruster.Context cloudevents.Event axum.extract.ws.Message axum.extract.ws.WebSocket ' +
        'warp.ws.Message actix_web_actors.ws.Message jsonrpsee.types.Params jsonrpc_core.Params',
    ),
  ],
  handlers: [
    ...routes('actix_web rocket poem_openapi ntex.web', 'a request’s value'),
    ...routes('', 'a request’s value').filter(
      ({ decorator }) => decorator !== 'trace' && decorator !== 'connect',
    ),
    ...carrying('a request’s value', 'poem.handler salvo.handler salvo.prelude.handler handler rocket.catch'),
    ...carrying('a message from the page', 'tauri.command command'),
    ...carrying(
      'an argument from outside',
      'extism_pdk.plugin_fn plugin_fn wasm_bindgen.prelude.wasm_bindgen wasm_bindgen napi_derive.napi napi pyo3.pyfunction ' +
        'pyo3.prelude.pyfunction pyfunction pyo3.pymethods neon.export ic_cdk.update ic_cdk.query near_bindgen rustler.nif',
    ),
    ...['map', 'and_then', 'then'].map(
      (method): HandlerSpec => ({
        call: `warp.Filter.${method}`,
        params: [],
        rest: fromUser('a request’s value'),
      }),
    ),
    {
      call: 'hyper.service.service_fn',
      params: [{ path: 'hyper.Request' }],
    },
    { call: 'lambda_runtime.service_fn', params: [{ path: 'lambda_runtime.LambdaEvent' }] },
    { call: 'lambda_http.service_fn', params: [{ path: 'lambda_http.Request' }] },
    { call: 'rouille.start_server', params: [{ path: 'rouille.Request' }] },
  ],
  same: {
    ...aliases(
      'warp.Filter',
      'warp.path!() warp.path() warp.path.path() warp.path.param() warp.path.tail() warp.path.full() warp.query() warp.query.query() ' +
        'warp.query.raw() warp.body.json() warp.body.form() warp.body.bytes() warp.header() warp.header.header() warp.cookie() ' +
        'warp.any() warp.get() warp.post() warp.put() warp.delete() warp.method() warp.ws() warp.multipart.form() warp.Filter.*()',
    ),
    ...aliases('hyper.Request', 'hyper.http.Request'),
    ...aliases('actix_web.web.Path', 'actix_web.types.Path paperclip.actix.web.Path'),
    ...aliases('tide.Request', 'tide.prelude.Request'),
    ...aliases('rocket.form.Form', 'rocket.request.Form rocket.form.LenientForm'),
  },
};
