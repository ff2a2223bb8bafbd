use crate::error::{code, Failure, Origin};
use crate::link::Identity;
use crate::panics::{Panic, Place};
use crate::wire::WireError;
use crate::{json, Error, Json, Object};

/// Longest message and stack that are handed on, in bytes.
const MAX_TEXT: usize = 16 * 1024;

/// Makes an answer of what plugin code failed with. What another plugin or the host refused stays what it was.
pub(super) fn from_failure(failure: &Failure, plugin: Option<&Identity>) -> WireError {
    let Some(error) = failure.downcast_ref::<Error>() else {
        let data = json!({ "name": "Error" });
        return WireError { code: code::PLUGIN_FAILED, message: cut(&failure.to_string()), data };
    };
    let message = cut(error.message());
    let mut data = Object::new();
    let mut code = code::PLUGIN_FAILED;
    let mut put = |key: &str, value: Json| {
        if !value.is_null() {
            data.insert(key.to_owned(), value);
        }
    };
    put("location", location(error.origin(), plugin));
    match error {
        Error::PermissionDenied { scope, action, resource, grant, .. } => {
            code = code::PERMISSION_DENIED;
            put("name", "PermissionDenied".into());
            put("scope", scope.into());
            put("action", action.into());
            put("resource", resource.into());
            put("grant", grant.into());
        }
        Error::Call { code: number @ (code::CANCELLED | code::DEADLINE_EXCEEDED), .. } => {
            return WireError::new(*number, message);
        }
        Error::Call { code: code::PLUGIN_FAILED, data: theirs, .. } => {
            put("name", theirs["name"].clone());
            put("code", theirs["code"].clone());
            put("details", theirs["details"].clone());
            put("plugin", theirs["plugin"].clone());
        }
        Error::Call { code, .. } => {
            put("name", "Call".into());
            put("code", code::name(*code).into());
        }
        Error::Failed { name, code, details, .. } => {
            put("name", name.into());
            put("code", code.as_deref().into());
            put("details", details.clone());
        }
    }
    data.entry("name".to_owned()).or_insert_with(|| "Error".into());
    WireError { code, message, data: Json::Object(data) }
}

/// Makes an answer of a panic.
pub(super) fn from_panic(panic: &Panic) -> WireError {
    let mut data = json!({ "name": "panic", "stack": cut(&panic.stack) });
    if let (Json::Object(members), Some(place)) = (&mut data, &panic.place) {
        members.insert("location".to_owned(), place.to_json());
    }
    WireError { code: code::PLUGIN_FAILED, message: cut(&panic.message), data }
}

/// `null` for a place that is not the plugin's own.
fn location(origin: &Origin, plugin: Option<&Identity>) -> Json {
    let Some(plugin) = plugin else { return Json::Null };
    let file = plugin.source(origin.location.file());
    if !file.starts_with(&plugin.plugin_dir) {
        return Json::Null;
    }
    Place { file, line: origin.location.line(), column: origin.location.column() }.to_json()
}

fn cut(text: &str) -> String {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
