//! The network, as far as the manifest grants it.

use super::files::broken;
use super::service;
use crate::link::with;
use crate::{base64, json, Error, Json, ParseError};

service! {
    /// The network, as far as the manifest grants it.
    Net
}

/// A request over HTTP.
#[derive(Debug, Clone)]
pub struct Request {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
    redirect: &'static str,
}

/// What a server answered.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Response {
    /// Such as 200.
    pub status: u16,
    /// Such as `OK`.
    pub status_text: String,
    /// Where the answer is from, after redirects.
    pub url: String,
    /// In the order they came; a name may come again.
    pub headers: Vec<(String, String)>,
    /// At most 2 MiB.
    pub body: Vec<u8>,
}

impl Request {
    /// Any request; redirects are followed, as far as the manifest grants them.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Request {
        let (method, url) = (method.into(), url.into());
        Request { method, url, headers: Vec::new(), body: None, redirect: "follow" }
    }

    /// Asks for what is at an address.
    pub fn get(url: impl Into<String>) -> Request {
        Request::new("GET", url)
    }

    /// Sends something to an address.
    pub fn post(url: impl Into<String>, body: impl Into<Vec<u8>>) -> Request {
        Request::new("POST", url).body(body)
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Request {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends this along.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Request {
        self.body = Some(body.into());
        self
    }

    /// Sends JSON along, and says so in a header.
    #[must_use]
    pub fn json(self, value: impl Into<Json>) -> Request {
        self.header("content-type", "application/json").body(value.into().to_string())
    }

    /// Returns a redirect as it is, instead of following it.
    #[must_use]
    pub fn without_redirects(mut self) -> Request {
        self.redirect = "manual";
        self
    }
}

impl Response {
    /// True for a status of 200 to 299.
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The first header of that name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// When it is none.
    pub fn json(&self) -> Result<Json, ParseError> {
        self.text().parse()
    }
}

impl Net<'_> {
    /// Sends a request and waits for the whole answer. Any status is an answer.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`] when the manifest does not grant the address or the method; when there is no answer.
    #[track_caller]
    pub fn fetch(&self, request: Request) -> Result<Response, Error> {
        let headers: Vec<Json> = request.headers.iter().map(|(key, value)| json!([key, value])).collect();
        let params = json!({
            "url": request.url,
            "method": request.method,
            "headers": headers,
            "redirect": request.redirect,
        });
        let params = with(params, "body", request.body.map(|body| base64::encode(&body)));
        let answer = self.link.call("net/fetch", with(params, "timeout", self.link.timeout_ms()))?;
        let Some(body) = answer["body"].as_str().and_then(base64::decode) else {
            return Err(broken("net/fetch"));
        };
        let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let headers = answer["headers"].as_array().unwrap_or_default();
        Ok(Response {
            status: answer.get("status").unwrap_or_default(),
            status_text: text(&answer["statusText"]),
            url: text(&answer["url"]),
            headers: headers.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
            body,
        })
    }
}
