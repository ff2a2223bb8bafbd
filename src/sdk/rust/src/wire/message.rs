use crate::error::code;
use crate::{json, Json};

/// What the other side sent.
pub(crate) enum Incoming {
    Request { id: Json, method: String, params: Json },
    Notification { method: String, params: Json },
    Answer { id: u64, outcome: Result<Json, WireError> },
}

/// The `error` member of an answer.
#[derive(Debug, Clone)]
pub(crate) struct WireError {
    pub code: i64,
    pub message: String,
    pub data: Json,
}

impl WireError {
    pub fn new(code: i64, message: impl Into<String>) -> WireError {
        WireError { code, message: message.into(), data: Json::Null }
    }
}

/// Decodes one body; `None` for what is no message of JSON-RPC 2.0.
pub(super) fn decode(body: &[u8]) -> Option<Incoming> {
    let mut message: Json = std::str::from_utf8(body).ok()?.parse().ok()?;
    if message["jsonrpc"] != "2.0" {
        return None;
    }
    let id = message.take("id");
    if let Json::String(method) = message.take("method") {
        let params = message.take("params");
        return Some(match id {
            Json::Null => Incoming::Notification { method, params },
            Json::Int(_) | Json::String(_) => Incoming::Request { id, method, params },
            _ => return None,
        });
    }
    let mut error = message.take("error");
    let outcome = if error.is_null() {
        Ok(message.take("result"))
    } else {
        let code = error["code"].as_i64().unwrap_or(code::INTERNAL_ERROR);
        let message = error["message"].as_str()?.to_owned();
        Err(WireError { code, message, data: error.take("data") })
    };
    // An answer to something nobody asked is as good as none.
    Some(Incoming::Answer { id: id.as_u64().unwrap_or(0), outcome })
}

pub(super) fn encode_request(id: u64, method: &str, params: &Json) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"method":{},"params":{params}}}"#, Json::from(method))
}

pub(super) fn encode_notification(method: &str, params: &Json) -> String {
    format!(r#"{{"jsonrpc":"2.0","method":{},"params":{params}}}"#, Json::from(method))
}

pub(super) fn encode_result(id: &Json, result: &Json) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":{id},"result":{result}}}"#)
}

pub(super) fn encode_error(id: &Json, error: &WireError) -> String {
    let mut body = json!({ "code": error.code, "message": error.message.as_str() });
    if let (Json::Object(members), false) = (&mut body, error.data.is_null()) {
        members.insert("data".to_owned(), error.data.clone());
    }
    format!(r#"{{"jsonrpc":"2.0","id":{id},"error":{body}}}"#)
}
