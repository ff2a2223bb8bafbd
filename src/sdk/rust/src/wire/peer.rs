use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::cancel::CancelToken;
use super::frame::read_frame;
use super::in_flight::InFlight;
use super::message::{decode, encode_error, encode_notification, encode_request, encode_result};
use super::message::{Incoming, WireError};
use super::sender::Sender;
use super::{MAX_DEPTH, MAX_MESSAGE};
use crate::error::code;
use crate::json::nests_deeper;
use crate::{json, Json};

const CANCEL: &str = "$/cancelRequest";

/// Where the answers to requests go, by their ids.
type Open = HashMap<u64, SyncSender<Result<Json, WireError>>>;

/// When the one who asks gives up.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub cancel: Option<CancelToken>,
    pub until: Option<Instant>,
}

/// The sending end of a connection, for any number of threads.
#[derive(Clone)]
pub(crate) struct Peer {
    shared: Arc<Shared>,
}

struct Shared {
    sender: Sender,
    in_flight: InFlight,
    next: AtomicU64,
    /// Requests without an answer yet; `None` once the connection is gone.
    open: Mutex<Option<Open>>,
}

/// The receiving end of a connection.
pub(crate) struct Receiver<R> {
    peer: Peer,
    reader: BufReader<R>,
    /// The requests of the other side that are being worked on.
    running: Arc<Mutex<HashMap<String, CancelToken>>>,
}

/// A request of the other side that wants an answer; dropped without one, it is answered with an error.
pub(crate) struct Answering {
    peer: Peer,
    id: Json,
    method: String,
    running: Arc<Mutex<HashMap<String, CancelToken>>>,
    answered: bool,
}

impl Peer {
    pub fn connect<R: Read>(reader: R, writer: impl Write + Send + 'static) -> (Peer, Receiver<R>) {
        let peer = Peer {
            shared: Arc::new(Shared {
                sender: Sender::new(Box::new(writer)),
                in_flight: InFlight::new(),
                next: AtomicU64::new(1),
                open: Mutex::new(Some(HashMap::new())),
            }),
        };
        let reader = BufReader::with_capacity(64 * 1024, reader);
        (peer.clone(), Receiver { peer, reader, running: Arc::default() })
    }

    /// Asks the other side and waits for its answer. When the caller gives up, the other side is told to stop.
    pub fn request(&self, method: &str, params: &Json, options: &Options) -> Result<Json, WireError> {
        let id = self.shared.next.fetch_add(1, Ordering::Relaxed);
        let message = encode_request(id, method, params);
        if let Some(why) = refusal(&message, params) {
            return Err(WireError::new(code::LIMIT_EXCEEDED, format!("\"{method}\" was not sent. {why}")));
        }
        let cancelled = || WireError::new(code::CANCELLED, format!("\"{method}\" was cancelled."));
        let overdue = || {
            let text = format!("\"{method}\" was not answered before its deadline.");
            WireError::new(code::DEADLINE_EXCEEDED, text)
        };
        let Some(_place) = self.shared.in_flight.enter(method, options.cancel.as_ref(), options.until) else {
            let gave_up = options.cancel.as_ref().is_some_and(CancelToken::is_cancelled);
            return Err(if gave_up { cancelled() } else { overdue() });
        };
        let (sender, receiver) = mpsc::sync_channel(2);
        match self.shared.open().as_mut() {
            Some(open) => open.insert(id, sender.clone()),
            None => return Err(closed()),
        };
        let gave_up = cancelled();
        // What is asked after its caller has left is not even sent.
        let _listening = options.cancel.as_ref().map(|token| {
            token.listen(move || {
                let _ = sender.try_send(Err(gave_up));
            })
        });
        if options.cancel.as_ref().is_some_and(CancelToken::is_cancelled) {
            self.shared.forget(id);
            return Err(cancelled());
        }
        if !self.shared.sender.post(&message) {
            self.shared.forget(id);
            return Err(closed());
        }
        let outcome = match options.until {
            None => receiver.recv().map_err(|_| closed()),
            Some(until) => {
                receiver.recv_timeout(until.saturating_duration_since(Instant::now())).map_err(|e| match e {
                    RecvTimeoutError::Timeout => overdue(),
                    RecvTimeoutError::Disconnected => closed(),
                })
            }
        }
        .and_then(|answer| answer);
        // Still among the open ones: it was given up here, and not answered.
        if self.shared.forget(id) {
            self.shared.sender.post(&encode_notification(CANCEL, &json!({ "id": id })));
        }
        outcome
    }

    /// Tells the other side; false when it could not be sent.
    pub fn notify(&self, method: &str, params: &Json) -> bool {
        let message = encode_notification(method, params);
        refusal(&message, params).is_none() && self.shared.sender.post(&message)
    }

    /// Tells the other side without waiting for the pace.
    pub fn last_word(&self, method: &str, params: &Json) {
        self.shared.sender.send(&encode_notification(method, params));
    }
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True when it was open.
    fn forget(&self, id: u64) -> bool {
        self.open().as_mut().is_some_and(|open| open.remove(&id).is_some())
    }
}

fn closed() -> WireError {
    WireError::new(code::CONNECTION_CLOSED, "The connection is closed.")
}

/// Why a message can't be sent; `None` when it can.
fn refusal(message: &str, value: &Json) -> Option<String> {
    if message.len() > MAX_MESSAGE {
        return Some(format!("It has {} bytes; {MAX_MESSAGE} are allowed.", message.len()));
    }
    nests_deeper(value, MAX_DEPTH - 1)
        .then(|| format!("It nests arrays and objects deeper than {MAX_DEPTH} levels."))
}

impl<R: Read> Receiver<R> {
    /// Reads until the connection ends. The callbacks must not block: answers have to come in at any time.
    ///
    /// # Errors
    /// When the other side sends what the protocol does not allow, or the stream breaks.
    pub fn read(
        mut self,
        mut on_request: impl FnMut(Answering, String, Json, CancelToken),
        mut on_notification: impl FnMut(String, Json),
    ) -> io::Result<()> {
        let outcome = loop {
            match self.next() {
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
                Ok(Some(Incoming::Answer { id, outcome })) => {
                    let waiting = self.peer.shared.open().as_mut().and_then(|open| open.remove(&id));
                    if let Some(waiting) = waiting {
                        let _ = waiting.try_send(outcome);
                    }
                }
                Ok(Some(Incoming::Notification { method, params })) if method == CANCEL => {
                    let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
                    let token = running.get(&params["id"].to_string()).cloned();
                    drop(running);
                    if let Some(token) = token {
                        token.cancel();
                    }
                }
                Ok(Some(Incoming::Notification { method, params })) => on_notification(method, params),
                Ok(Some(Incoming::Request { id, method, params })) => {
                    let token = CancelToken::new();
                    let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
                    running.insert(id.to_string(), token.clone());
                    drop(running);
                    let running = Arc::clone(&self.running);
                    let peer = self.peer.clone();
                    let answering = Answering { peer, id, method: method.clone(), running, answered: false };
                    on_request(answering, method, params, token);
                }
            }
        };
        // Whoever still waits hears that no answer comes; whoever works may stop.
        let open = self.peer.shared.open().take();
        for waiting in open.iter().flat_map(HashMap::values) {
            let _ = waiting.try_send(Err(closed()));
        }
        let running = std::mem::take(&mut *self.running.lock().unwrap_or_else(PoisonError::into_inner));
        for token in running.values() {
            token.cancel();
        }
        outcome
    }

    fn next(&mut self) -> io::Result<Option<Incoming>> {
        // What a signal interrupts goes on.
        while let Err(error) = self.reader.fill_buf() {
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        let Some(body) = read_frame(&mut self.reader, MAX_MESSAGE)? else { return Ok(None) };
        let broken = || io::Error::new(io::ErrorKind::InvalidData, "a message is not JSON-RPC 2.0");
        decode(&body).ok_or_else(broken).map(Some)
    }
}

impl Answering {
    pub fn answer(mut self, outcome: Result<Json, WireError>) {
        self.send(outcome);
    }

    fn send(&mut self, outcome: Result<Json, WireError>) {
        self.answered = true;
        let (message, value) = match &outcome {
            Ok(result) => (encode_result(&self.id, result), result),
            Err(error) => (encode_error(&self.id, error), &error.data),
        };
        // The data of an error is one level further in.
        let levels = MAX_DEPTH - if outcome.is_ok() { 1 } else { 2 };
        let why = if nests_deeper(value, levels) {
            Some(format!("It nests arrays and objects deeper than {MAX_DEPTH} levels."))
        } else {
            refusal(&message, &Json::Null)
        };
        let message = match why {
            None => message,
            Some(why) => {
                let text = format!("The answer to \"{}\" can't be sent. {why}", self.method);
                encode_error(&self.id, &WireError::new(code::LIMIT_EXCEEDED, text))
            }
        };
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id.to_string());
        self.peer.shared.sender.send(&message);
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        if !self.answered {
            let text = format!("\"{}\" was not worked on.", self.method);
            self.send(Err(WireError::new(code::INTERNAL_ERROR, text)));
        }
    }
}
