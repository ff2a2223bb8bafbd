use std::fmt;

use crate::link::Link;
use crate::Error;

type Undo = Box<dyn FnOnce(&Link) -> Result<(), Error> + Send + Sync>;

/// Something the plugin registered. It stays when this is dropped; [`Registration::dispose`] takes it back.
pub struct Registration {
    link: Link,
    undo: Undo,
}

impl Registration {
    pub(crate) fn new(
        link: &Link,
        undo: impl FnOnce(&Link) -> Result<(), Error> + Send + Sync + 'static,
    ) -> Registration {
        // Taking back is nobody's call, and has no deadline of somebody's.
        let link = Link { during: None, cancel: None, timeout: None, ..link.clone() };
        Registration { link, undo: Box::new(undo) }
    }

    /// Takes it back; returns once the host knows.
    ///
    /// # Errors
    /// When the host refuses. The handler is not called any more in any case.
    pub fn dispose(self) -> Result<(), Error> {
        (self.undo)(&self.link)
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registration").finish_non_exhaustive()
    }
}
