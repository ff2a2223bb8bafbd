//! Memory shared with other plugins.

mod mapping;
mod number;
mod segment;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

pub use crate::codec::Format;
pub use mapping::Mapping;
pub use number::Number;
pub use segment::Segment;
use segment::Shared;

use super::service;
use crate::link::Link;
use crate::{json, Error, Json};

service! {
    /// Memory shared with other plugins: bulk data that needs no message. Needs the manifest's grant.
    ///
    /// ```no_run
    /// # use plugin_workbench::{services::memory::Access, *};
    /// # fn activate(ctx: &Context) -> Result<()> {
    /// let samples = ctx.memory().allocate(8 * 1000, Some("samples"))?;
    /// samples.write_numbers(0, &[1.5_f64, 2.5])?;
    /// ctx.memory().share(samples.id(), &["viewer"], Access::Read)?;
    /// ctx.plugins().call("viewer", "show", json!({ "segment": samples.id() }))?;
    /// # Ok(())
    /// # }
    /// ```
    Memory
}

/// What others may do with a segment; who may write may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To read.
    Read,
    /// To read and to write.
    Write,
}

/// The segments whose handles are in use, by id.
#[derive(Default)]
pub(crate) struct Segments(Mutex<HashMap<String, Weak<Shared>>>);

impl Segments {
    fn find(&self, id: &str) -> Option<Arc<Shared>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id)?.upgrade()
    }

    /// The segment of a handle as the host describes it now.
    fn take_in(&self, handle: &Json) -> Arc<Shared> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, segment| segment.strong_count() > 0);
        let id = handle["id"].as_str().unwrap_or_default();
        if let Some(shared) = known.get(id).and_then(Weak::upgrade) {
            shared.replace(handle);
            return shared;
        }
        let shared = Arc::new(Shared::new(handle));
        known.insert(id.to_owned(), Arc::downgrade(&shared));
        shared
    }
}

/// Lets the handles of a segment follow it to another file.
pub(crate) fn moved(link: &Link, handle: &Json) {
    if let Some(shared) = link.registry.segments.find(handle["id"].as_str().unwrap_or_default()) {
        shared.replace(handle);
    }
}

/// Lets every further use of a segment fail.
pub(crate) fn revoke(link: &Link, id: &str) {
    if let Some(shared) = link.registry.segments.find(id) {
        shared.revoke();
    }
}

impl Memory<'_> {
    /// A new segment of so many bytes, filled with zeros. The name is for people.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`]; [`LIMIT_EXCEEDED`](crate::error::code::LIMIT_EXCEEDED) when a quota is used up.
    #[track_caller]
    pub fn allocate(&self, size: u64, name: Option<&str>) -> Result<Segment, Error> {
        let params = crate::link::with(json!({ "size": size }), "name", name);
        let handle = self.link.call("memory/allocate", params)?;
        Ok(self.segment(&handle))
    }

    /// A segment of this plugin, or one that was shared with it.
    ///
    /// # Errors
    /// [`NOT_FOUND`](crate::error::code::NOT_FOUND) when there is none that this plugin may use.
    #[track_caller]
    pub fn open(&self, id: &str) -> Result<Segment, Error> {
        let handle = self.link.call("memory/open", json!({ "id": id }))?;
        Ok(self.segment(&handle))
    }

    /// Says which plugins may use a segment, in place of what was said before; an empty list takes it back from all.
    ///
    /// # Errors
    /// When it is not this plugin's own.
    #[track_caller]
    pub fn share(&self, id: &str, plugins: &[&str], access: Access) -> Result<(), Error> {
        let access = match access {
            Access::Read => "read",
            Access::Write => "write",
        };
        self.link.call("memory/share", json!({ "id": id, "plugins": plugins, "access": access }))?;
        Ok(())
    }

    /// Makes a segment larger, with zeros, or smaller. All handles follow.
    ///
    /// # Errors
    /// When it is not this plugin's own, or a quota is used up.
    #[track_caller]
    pub fn resize(&self, id: &str, size: u64) -> Result<Segment, Error> {
        let handle = self.link.call("memory/resize", json!({ "id": id, "size": size }))?;
        Ok(self.segment(&handle))
    }

    /// Makes a segment read-only for all, this plugin too, for good.
    ///
    /// # Errors
    /// When it is not this plugin's own.
    #[track_caller]
    pub fn freeze(&self, id: &str) -> Result<Segment, Error> {
        let handle = self.link.call("memory/freeze", json!({ "id": id }))?;
        Ok(self.segment(&handle))
    }

    /// Ends a segment of this plugin's own; gives back the access to another's.
    ///
    /// # Errors
    /// [`NOT_FOUND`](crate::error::code::NOT_FOUND) when there is none that this plugin may use.
    #[track_caller]
    pub fn release(&self, id: &str) -> Result<(), Error> {
        self.link.call("memory/release", json!({ "id": id }))?;
        revoke(self.link, id);
        Ok(())
    }

    /// All segments this plugin may use.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`].
    #[track_caller]
    pub fn list(&self) -> Result<Vec<Segment>, Error> {
        let handles = self.link.call("memory/list", json!({}))?;
        Ok(handles.as_array().unwrap_or_default().iter().map(|handle| self.segment(handle)).collect())
    }

    fn segment(&self, handle: &Json) -> Segment {
        let link = Link { during: None, cancel: None, timeout: None, ..self.link.clone() };
        Segment::new(link, self.link.registry.segments.take_in(handle))
    }
}
