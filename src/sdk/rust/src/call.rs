use std::cell::RefCell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::error::code;
use crate::wire::CancelToken;
use crate::{Error, Json};

thread_local! {
    /// The call whose handler runs on this thread.
    static CURRENT: RefCell<Option<Arc<str>>> = const { RefCell::new(None) };
}

/// A call that a handler answers, besides its arguments. It can be cloned and handed to other threads.
#[derive(Clone)]
pub struct Call {
    token: Arc<str>,
    cancel: CancelToken,
    deadline: Option<Instant>,
    caller: Option<Caller>,
    typed: bool,
}

/// Which plugin asked, and by which message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caller {
    /// Its id.
    pub plugin: String,
    /// Id of the message that carries the call.
    pub message: String,
    /// What the message refers to, when its sender said so.
    pub correlation: Option<String>,
}

impl Call {
    pub(crate) fn new(params: &Json, cancel: CancelToken) -> Call {
        let text = |value: &Json| value.as_str().map(str::to_owned);
        let caller = &params["caller"];
        Call {
            typed: params["typed"] == true,
            token: params["call"].as_str().unwrap_or_default().into(),
            cancel,
            deadline: params["deadline"].as_f64().and_then(|ms| {
                let left = Duration::try_from_secs_f64(ms / 1000.0).ok()?;
                Instant::now().checked_add(left)
            }),
            caller: text(&caller["plugin"]).map(|plugin| Caller {
                plugin,
                message: text(&caller["message"]).unwrap_or_default(),
                correlation: text(&caller["correlation"]),
            }),
        }
    }

    /// True when arguments and result carry types: both are tagged JSON then, unless the handler was registered by
    /// [`Commands::register_typed`](crate::services::Commands::register_typed) or
    /// [`Providers::register_typed`](crate::services::Providers::register_typed).
    pub fn is_typed(&self) -> bool {
        self.typed
    }

    /// True once the caller gave up or the deadline passed. Look at it in whatever takes long.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.is_cancelled()
    }

    /// Waits until the caller has given up or the deadline has passed.
    pub fn cancelled(&self) {
        self.cancel.wait();
    }

    /// Waits, but ends at once when the call is cancelled: a sleep for handlers.
    ///
    /// # Errors
    /// When the call is cancelled, now or meanwhile. To let that through by `?` is the right answer.
    #[track_caller]
    pub fn sleep(&self, time: Duration) -> Result<(), Error> {
        if self.cancel.wait_for(time) {
            return Err(Error::call("sleep", code::CANCELLED, "The call was cancelled."));
        }
        Ok(())
    }

    /// Stops a handler whose call is cancelled: `call.check()?`.
    ///
    /// # Errors
    /// When the call is cancelled.
    #[track_caller]
    pub fn check(&self) -> Result<(), Error> {
        self.sleep(Duration::ZERO)
    }

    /// Says so to other threads, too.
    pub fn token(&self) -> &CancelToken {
        &self.cancel
    }

    /// When the caller gives up; `None` for never.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Which plugin asked; `None` when it was a person or the host.
    pub fn caller(&self) -> Option<&Caller> {
        self.caller.as_ref()
    }

    /// What the requests made on its behalf say.
    pub(crate) fn during(&self) -> Option<Arc<str>> {
        (!self.token.is_empty()).then(|| Arc::clone(&self.token))
    }

    /// Runs a handler; what it asks of the host meanwhile, on this thread, is on behalf of this call.
    pub(crate) fn scope<T>(&self, work: impl FnOnce() -> T) -> T {
        struct Restore(Option<Arc<str>>);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0.take());
            }
        }
        let _restore = Restore(CURRENT.replace(self.during()));
        work()
    }

    /// The call on whose behalf this thread works.
    pub(crate) fn current() -> Option<Arc<str>> {
        CURRENT.with_borrow(Clone::clone)
    }
}
