use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::Instant;

use super::pace::Pace;

/// Requests and notifications a second. The host hangs up above 5000; a plugin in a hurry is slowed down here instead.
const PACE: f64 = 4000.0;

/// Messages that may go out at once after a quiet time.
const BURST: f64 = 6000.0;

/// Sends messages, each as a whole. Whoever sends waits until the other side has room for it.
pub(super) struct Sender {
    pace: Mutex<Pace>,
    stream: Mutex<Box<dyn Write + Send>>,
}

impl Sender {
    pub fn new(stream: Box<dyn Write + Send>) -> Sender {
        Sender { pace: Mutex::new(Pace::new(PACE, BURST, Instant::now())), stream: Mutex::new(stream) }
    }

    /// Sends a request or notification as soon as the pace allows; false when the connection is gone.
    pub fn post(&self, message: &str) -> bool {
        // Held while waiting and sending, so that messages keep their order; answers pass by.
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(wait) = pace.take(Instant::now()) {
            sleep(wait);
        }
        self.send(message)
    }

    /// Sends an answer or a last word, which waits for nothing but room.
    pub fn send(&self, message: &str) -> bool {
        let mut frame = Vec::with_capacity(message.len() + 32);
        // Writing to memory can't fail.
        let _ = write!(frame, "Content-Length: {}\r\n\r\n{message}", message.len());
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        stream.write_all(&frame).and_then(|()| stream.flush()).is_ok()
    }
}
