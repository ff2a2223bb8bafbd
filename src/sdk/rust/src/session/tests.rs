use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::Session;
use crate::link::Link;
use crate::wire::Peer;
use crate::{json, panics, Context, Error, Json, Plugin, Result};

/// The host's end of a wire.
struct Host {
    writer: UnixStream,
    reader: BufReader<UnixStream>,
}

impl Host {
    fn send(&mut self, message: &Json) {
        let text = message.to_string();
        write!(self.writer, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    }

    fn receive(&mut self) -> Json {
        let mut header = String::new();
        self.reader.read_line(&mut header).unwrap();
        let length = header.trim().strip_prefix("Content-Length: ").unwrap().parse().unwrap();
        self.reader.read_line(&mut header).unwrap();
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body).unwrap();
        String::from_utf8(body).unwrap().parse().unwrap()
    }

    /// Sends a request and answers `null` to everything the plugin asks until the answer is there.
    fn ask(&mut self, id: i64, method: &str, params: Json) -> Json {
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["method"].is_null() {
                assert_eq!(message["id"], id);
                return message;
            }
            if !message["id"].is_null() {
                self.send(&json!({ "jsonrpc": "2.0", "id": &message["id"], "result": null }));
            }
        }
    }
}

fn start(plugin: impl Plugin) -> Host {
    let (host, child) = UnixStream::pair().unwrap();
    let (peer, receiver) = Peer::connect(child.try_clone().unwrap(), child);
    let link = Link::new(peer);
    panics::install(&link);
    let session = Session::new(link, plugin);
    thread::spawn(move || {
        receiver.read(
            |answering, method, params, cancel| session.request(answering, method, params, cancel),
            |method, params| session.notice(method, params),
        )
    });
    let mut host = Host { writer: host.try_clone().unwrap(), reader: BufReader::new(host) };
    let hello =
        json!({ "protocolVersion": 2, "pluginId": "p", "pluginDir": "/plugins/p", "version": "1.0.0" });
    assert_eq!(host.ask(1, "initialize", hello)["result"]["protocolVersion"], 2);
    assert_eq!(host.ask(2, "load", json!({}))["result"], json!({}));
    host
}

#[derive(Default)]
struct Counter(Arc<AtomicI64>);

impl Plugin for Counter {
    fn activate(&mut self, ctx: &Context) -> Result<()> {
        let count = Arc::clone(&self.0);
        ctx.commands()
            .register("count", move |_, _| Ok((count.fetch_add(1, Ordering::SeqCst) + 1).into()))?;
        ctx.commands().register("fail", |_, _| {
            Err(Error::named("Odd", "it is odd").with_code("ODD").with_details(json!([1])))?
        })?;
        ctx.commands().register("text", |_, _| Err("only text")?)?;
        ctx.commands().register("panic", |args, _| panic!("no {}", args["what"]))?;
        ctx.commands().register("sleep", |_, call| {
            call.sleep(Duration::from_secs(600))?;
            Ok(Json::Null)
        })?;
        let own = ctx.clone();
        ctx.commands()
            .register("relay", move |args, _| Ok(own.plugins().call("other", "method", args)?))?;
        Ok(())
    }

    fn state(&self) -> Json {
        self.0.load(Ordering::SeqCst).into()
    }

    fn restore(&mut self, state: Json) -> Result<()> {
        self.0.store(state.to()?, Ordering::SeqCst);
        Ok(())
    }
}

fn invoke(method: &str, args: Json) -> Json {
    json!({ "method": method, "args": args, "deadline": 60_000, "call": "c-1" })
}

fn active() -> Host {
    let mut host = start(Counter::default());
    let activated = host.ask(3, "activate", json!({ "config": {}, "state": 41 }));
    assert_eq!(activated["result"]["hooks"].as_array().unwrap().len(), 4);
    host
}

#[test]
fn carries_the_state_over() {
    let mut host = active();
    assert_eq!(host.ask(4, "invoke", invoke("count", Json::Null))["result"], 42);
    assert_eq!(host.ask(5, "getState", json!({}))["result"], 42);
    assert_eq!(host.ask(6, "invoke", invoke("unknown", Json::Null))["error"]["code"], -32006);
    assert_eq!(host.ask(7, "unheard/of", json!({}))["error"]["code"], -32601);
    assert_eq!(host.ask(8, "deactivate", json!({}))["result"], json!({}));
}

#[test]
fn tells_what_failed_and_where() {
    let mut host = active();
    let error = host.ask(4, "invoke", invoke("fail", Json::Null)).take("error");
    assert_eq!(error["code"], -32004);
    assert_eq!(error["message"], "it is odd");
    assert_eq!(error["data"]["name"], "Odd");
    assert_eq!(error["data"]["code"], "ODD");
    assert_eq!(error["data"]["details"], json!([1]));
    assert_eq!(error["data"]["location"]["file"], "/plugins/p/src/session/tests.rs");
    let error = host.ask(5, "invoke", invoke("text", Json::Null)).take("error");
    assert_eq!(error["message"], "only text");
    let error = host.ask(6, "invoke", invoke("panic", json!({ "what": 1 }))).take("error");
    assert_eq!(error["message"], "no 1");
    assert_eq!(error["data"]["name"], "panic");
    assert!(error["data"]["location"]["line"].as_i64().unwrap() > 1);
}

#[test]
fn hears_that_it_is_cancelled() {
    let mut host = active();
    let sleep = invoke("sleep", Json::Null);
    host.send(&json!({ "jsonrpc": "2.0", "id": 4, "method": "invoke", "params": sleep }));
    host.send(&json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 4 } }));
    let answer = host.receive();
    assert_eq!(answer["id"], 4);
    assert_eq!(answer["error"]["code"], -32002);
}

#[test]
fn says_on_whose_behalf_it_asks_and_passes_errors_on() {
    let mut host = active();
    let relay = invoke("relay", json!([1]));
    host.send(&json!({ "jsonrpc": "2.0", "id": 4, "method": "invoke", "params": relay }));
    let asked = host.receive();
    assert_eq!(asked["method"], "messages/call");
    let params = json!({ "plugin": "other", "method": "method", "args": [1], "during": "c-1" });
    assert_eq!(asked["params"], params);
    let data = json!({ "name": "Odd", "code": "ODD", "plugin": "other", "stack": "theirs" });
    let error = json!({ "code": -32004, "message": "theirs", "data": data });
    host.send(&json!({ "jsonrpc": "2.0", "id": &asked["id"], "error": error }));
    let mut error = host.receive().take("error");
    assert_eq!(error["message"], "theirs");
    assert_eq!(error.take("data").get::<String>("code").unwrap(), "ODD");
}

#[test]
fn refuses_another_version() {
    let (host, child) = UnixStream::pair().unwrap();
    let (peer, receiver) = Peer::connect(child.try_clone().unwrap(), child);
    let session = Session::new(Link::new(peer), Counter::default());
    thread::spawn(move || receiver.read(|a, m, p, c| session.request(a, m, p, c), |_, _| {}));
    let mut host = Host { writer: host.try_clone().unwrap(), reader: BufReader::new(host) };
    let answer = host.ask(1, "initialize", json!({ "protocolVersion": 1 }));
    assert_eq!(answer["error"]["code"], -32600);
}
