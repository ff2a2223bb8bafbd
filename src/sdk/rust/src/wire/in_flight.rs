use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Instant;

use super::CancelToken;

/// The host refuses more than 1024 requests at the same time. What makes other plugins work has a limit of its own, so
/// that they, when they in turn need this plugin, don't wait behind what waits for them.
const MOST_TO_PLUGINS: usize = 512;
const MOST_TO_HOST: usize = 256;

/// Lets requests wait for their turn.
pub(super) struct InFlight {
    to_plugins: Arc<Lane>,
    to_host: Arc<Lane>,
}

struct Lane {
    free: Mutex<usize>,
    changed: Condvar,
}

/// A request that is with the host; another may go when it is dropped.
pub(super) struct Place(Arc<Lane>);

impl InFlight {
    pub fn new() -> InFlight {
        let lane = |most| Arc::new(Lane { free: Mutex::new(most), changed: Condvar::new() });
        InFlight { to_plugins: lane(MOST_TO_PLUGINS), to_host: lane(MOST_TO_HOST) }
    }

    /// Waits for a place, but not longer than somebody waits for the answer: `None` then.
    pub fn enter(&self, method: &str, cancel: Option<&CancelToken>, until: Option<Instant>) -> Option<Place> {
        let lane = match method {
            "commands/execute" | "messages/call" | "hooks/run" | "middleware/run" | "providers/call" => {
                &self.to_plugins
            }
            _ => &self.to_host,
        };
        let waker = Arc::clone(lane);
        // Under the lock, so that nobody is woken between its look at the token and its sleep.
        let _listening = cancel.map(|token| {
            token.listen(move || {
                drop(waker.free.lock().unwrap_or_else(PoisonError::into_inner));
                waker.changed.notify_all();
            })
        });
        let mut free = lane.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            if cancel.is_some_and(CancelToken::is_cancelled) {
                return None;
            }
            free = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                Some(left) if left.is_zero() => return None,
                Some(left) => lane.changed.wait_timeout(free, left).unwrap_or_else(PoisonError::into_inner).0,
                None => lane.changed.wait(free).unwrap_or_else(PoisonError::into_inner),
            };
        }
        *free -= 1;
        Some(Place(Arc::clone(lane)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn lets_so_many_go_and_the_others_wait() {
        let in_flight = InFlight::new();
        let mut places: Vec<_> = (0..MOST_TO_HOST).map(|_| in_flight.enter("a", None, None)).collect();
        assert!(places.iter().all(Option::is_some));
        let soon = Some(Instant::now() + Duration::from_millis(10));
        assert!(in_flight.enter("a", None, soon).is_none());
        let cancelled = CancelToken::new();
        cancelled.cancel();
        assert!(in_flight.enter("a", Some(&cancelled), None).is_none());
        assert!(in_flight.enter("hooks/run", None, None).is_some(), "the other lane is free");
        let token = CancelToken::new();
        let other = token.clone();
        std::thread::scope(|scope| {
            let given_up = scope.spawn(|| in_flight.enter("a", Some(&other), None).is_none());
            token.cancel();
            assert!(given_up.join().unwrap());
            let waiting = scope.spawn(|| in_flight.enter("a", None, None).is_some());
            places.pop();
            assert!(waiting.join().unwrap());
        });
    }
}
