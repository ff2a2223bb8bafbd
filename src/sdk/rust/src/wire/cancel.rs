use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Says that somebody no longer waits. It can be cloned and handed to other threads.
#[derive(Clone, Default)]
pub struct CancelToken {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    cancelled: bool,
    next: u64,
    listeners: Vec<(u64, Box<dyn FnOnce() + Send>)>,
}

impl CancelToken {
    /// A token that is not cancelled.
    pub fn new() -> CancelToken {
        CancelToken::default()
    }

    /// Cancels; a second time does nothing.
    pub fn cancel(&self) {
        let listeners = {
            let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.cancelled = true;
            std::mem::take(&mut state.listeners)
        };
        self.shared.changed.notify_all();
        for (_, listener) in listeners {
            listener();
        }
    }

    /// True once it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).cancelled
    }

    /// Waits until it is cancelled.
    pub fn wait(&self) {
        let state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = self.shared.changed.wait_while(state, |state| !state.cancelled);
        drop(waiting.unwrap_or_else(PoisonError::into_inner));
    }

    /// Waits until it is cancelled, but not longer than this; true when it is cancelled.
    pub fn wait_for(&self, longest: Duration) -> bool {
        let end = Instant::now().checked_add(longest);
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !state.cancelled {
            let left = end.map_or(longest, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                break;
            }
            let waited = self.shared.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.cancelled
    }

    /// Calls the listener when it is cancelled, at once if it is already. The listener must not block.
    pub(crate) fn listen(&self, listener: impl FnOnce() + Send + 'static) -> Listening {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.cancelled {
            drop(state);
            listener();
            return Listening { token: self.clone(), id: u64::MAX };
        }
        let id = state.next;
        state.next += 1;
        state.listeners.push((id, Box::new(listener)));
        Listening { token: self.clone(), id }
    }
}

/// Ends the listening when it is dropped.
pub(crate) struct Listening {
    token: CancelToken,
    id: u64,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut state = self.token.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.listeners.retain(|(id, _)| *id != self.id);
    }
}
