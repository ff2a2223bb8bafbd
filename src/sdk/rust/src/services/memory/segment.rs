use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Mapping, Number};
use crate::codec::{decode, encode, Format, Value};
use crate::error::code;
use crate::link::Link;
use crate::{json, Error, Json};

/// Bytes before a structured value: the number of its format, and its length.
const HEAD: u64 = 8;

/// What all handles of one segment have in common.
#[derive(Debug)]
pub(crate) struct Shared {
    id: String,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    name: Option<String>,
    owner: String,
    path: String,
    size: u64,
    writable: bool,
    frozen: bool,
    revoked: bool,
    /// The best that all know who have it.
    format: Format,
    /// Opened at the first use.
    file: Option<File>,
}

impl Shared {
    pub fn new(handle: &Json) -> Shared {
        let id = handle["id"].as_str().unwrap_or_default().to_owned();
        let shared = Shared { id, state: Mutex::default() };
        shared.replace(handle);
        shared
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over what the host says about the segment now.
    pub fn replace(&self, handle: &Json) {
        let text = |key: &str| handle[key].as_str().map(str::to_owned);
        let mut state = self.lock();
        let path = text("path").unwrap_or_default();
        let writable = handle["writable"] == true;
        // The old file is nobody's any more.
        if state.path != path || state.writable != writable {
            state.file = None;
        }
        state.name = text("name");
        state.owner = text("owner").unwrap_or_default();
        state.path = path;
        state.size = handle["size"].as_u64().unwrap_or(0);
        state.writable = writable;
        state.frozen = handle["frozen"] == true;
        let known = |format: &str| {
            handle["formats"]
                .as_array()
                .map_or(true, |all| all.iter().any(|one| one.as_str() == Some(format)))
        };
        state.format = match (known("msgpack"), known("protobuf")) {
            (true, _) => Format::MessagePack,
            (false, true) => Format::Protobuf,
            (false, false) => Format::Json,
        };
        state.revoked = false;
    }

    pub fn revoke(&self) {
        let mut state = self.lock();
        state.revoked = true;
        state.file = None;
    }
}

/// A segment of shared memory. It follows the segment to other files by itself; clones are the same handle.
#[derive(Clone)]
pub struct Segment {
    link: Link,
    shared: std::sync::Arc<Shared>,
}

impl Segment {
    pub(super) fn new(link: Link, shared: std::sync::Arc<Shared>) -> Segment {
        Segment { link, shared }
    }

    /// By which other plugins open it.
    pub fn id(&self) -> &str {
        &self.shared.id
    }

    /// For people; `None` when it was given none.
    pub fn name(&self) -> Option<String> {
        self.shared.lock().name.clone()
    }

    /// Id of the plugin that allocated it.
    pub fn owner(&self) -> String {
        self.shared.lock().owner.clone()
    }

    /// The file it is now, for a mapping of one's own; see the limits there in the page about shared memory.
    pub fn path(&self) -> String {
        self.shared.lock().path.clone()
    }

    /// In bytes.
    pub fn size(&self) -> u64 {
        self.shared.lock().size
    }

    /// True when this plugin may write.
    pub fn is_writable(&self) -> bool {
        self.shared.lock().writable
    }

    /// True when nobody may write, for good.
    pub fn is_frozen(&self) -> bool {
        self.shared.lock().frozen
    }

    /// Copies bytes out.
    ///
    /// # Errors
    /// When they lie beyond the end, which reads nothing; when the access was revoked.
    #[track_caller]
    pub fn read(&self, offset: u64, length: usize) -> Result<Vec<u8>, Error> {
        let mut bytes = vec![0; length];
        self.read_into(offset, &mut bytes)?;
        Ok(bytes)
    }

    /// Copies bytes into a buffer of the plugin's, and fills it.
    ///
    /// # Errors
    /// As [`Segment::read`].
    #[track_caller]
    pub fn read_into(&self, offset: u64, bytes: &mut [u8]) -> Result<(), Error> {
        match self.access(offset, bytes.len(), false, |file| file.read_exact_at(bytes, offset)) {
            Ok(()) => Ok(()),
            Err((number, message)) => Err(Error::call("memory/read", number, message)),
        }
    }

    /// Copies bytes in.
    ///
    /// # Errors
    /// When they would go beyond the end, or the segment is not writable, which writes nothing; when the access was
    /// revoked.
    #[track_caller]
    pub fn write(&self, offset: u64, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
        let bytes = bytes.as_ref();
        match self.access(offset, bytes.len(), true, |file| file.write_all_at(bytes, offset)) {
            Ok(()) => Ok(()),
            Err((number, message)) => Err(Error::call("memory/write", number, message)),
        }
    }

    /// Copies numbers out; the offset is in bytes.
    ///
    /// # Errors
    /// As [`Segment::read`].
    #[track_caller]
    pub fn read_numbers<N: Number>(&self, offset: u64, count: usize) -> Result<Vec<N>, Error> {
        let Some(length) = count.checked_mul(N::SIZE) else {
            return Err(Error::call(
                "memory/read",
                code::INVALID_PARAMS,
                "That is more than any segment has.",
            ));
        };
        let bytes = self.read(offset, length)?;
        Ok(bytes.chunks_exact(N::SIZE).map(N::take).collect())
    }

    /// Copies numbers in; the offset is in bytes.
    ///
    /// # Errors
    /// As [`Segment::write`].
    #[track_caller]
    pub fn write_numbers<N: Number>(&self, offset: u64, numbers: &[N]) -> Result<(), Error> {
        let mut bytes = Vec::with_capacity(numbers.len() * N::SIZE);
        for number in numbers {
            number.put(&mut bytes);
        }
        self.write(offset, bytes)
    }

    /// Maps it as it is now, without a copy. See [`Mapping`] for what has to be kept in mind.
    ///
    /// # Errors
    /// When a plugin has cut the file short, or the system refuses; when the access was revoked.
    #[track_caller]
    pub fn map(&self) -> Result<Mapping, Error> {
        let (mut mapping, size) = (None, self.size());
        let length = usize::try_from(size).unwrap_or(usize::MAX);
        let writable = self.is_writable();
        let outcome = self.access(0, length, writable, |file| {
            mapping = Some(Mapping::new(file, length, writable)?);
            Ok(())
        });
        match (outcome, mapping) {
            (Ok(()), Some(mapping)) => Ok(mapping),
            (Err((number, message)), _) => Err(Error::call("memory/open", number, message)),
            (Ok(()), None) => Err(Error::call("memory/open", code::INTERNAL_ERROR, "It was not mapped.")),
        }
    }

    /// The best format that every plugin knows that has the segment now, for [`Segment::write_value`].
    pub fn format(&self) -> Format {
        self.shared.lock().format
    }

    /// Puts a value at the beginning, for readers in any language. It is no lock: tell them when it is there.
    ///
    /// # Errors
    /// As [`Segment::write`]; a value that is too large changes nothing.
    #[track_caller]
    pub fn write_value(&self, value: &Value, format: Format) -> Result<(), Error> {
        let payload = match encode(value, format) {
            Ok(payload) => payload,
            Err(error) => return Err(Error::call("memory/write", code::LIMIT_EXCEEDED, error.to_string())),
        };
        if payload.len() as u64 + HEAD > self.size() {
            let text = format!("The value takes {} bytes and a head of {HEAD}.", payload.len());
            return Err(Error::call("memory/write", code::LIMIT_EXCEEDED, text));
        }
        // Who reads too early finds nothing rather than half a value.
        self.write(0, [0; 4])?;
        self.write(HEAD, &payload)?;
        self.write(4, (payload.len() as u32).to_le_bytes())?;
        self.write(0, format.number().to_le_bytes())
    }

    /// The value at the beginning.
    ///
    /// # Errors
    /// As [`Segment::read`]; when none was written.
    #[track_caller]
    pub fn read_value(&self) -> Result<Value, Error> {
        let head = self.read_numbers::<u32>(0, 2)?;
        let format = match Format::from_number(head[0]) {
            Ok(format) => format,
            Err(message) => return Err(Error::call("memory/read", code::INVALID_PARAMS, message)),
        };
        // Checked before room is made for it.
        if u64::from(head[1]) + HEAD > self.size() {
            let message = "The value there claims more bytes than the segment has.";
            return Err(Error::call("memory/read", code::INVALID_PARAMS, message));
        }
        let payload = self.read(HEAD, head[1] as usize)?;
        match decode(&payload, format) {
            Ok(value) => Ok(value),
            Err(error) => Err(Error::call("memory/read", code::INVALID_PARAMS, error.to_string())),
        }
    }

    /// [`Segment::write_value`] of JSON.
    ///
    /// # Errors
    /// The same.
    #[track_caller]
    pub fn write_structured(&self, value: &Json, format: Format) -> Result<(), Error> {
        self.write_value(&value.into(), format)
    }

    /// [`Segment::read_value`] as JSON.
    ///
    /// # Errors
    /// The same; when it holds bytes or a date, for which JSON has no word.
    #[track_caller]
    pub fn read_structured(&self) -> Result<Json, Error> {
        match self.read_value()?.into_json() {
            Some(json) => Ok(json),
            None => {
                let message = "The value holds bytes or a date: read_value reads it.";
                Err(Error::call("memory/read", code::INVALID_PARAMS, message))
            }
        }
    }

    fn access(
        &self,
        offset: u64,
        length: usize,
        writing: bool,
        mut work: impl FnMut(&File) -> io::Result<()>,
    ) -> Result<(), (i64, String)> {
        let mut asked = false;
        loop {
            let outcome = self.with_file(offset, length, writing, &mut work)?;
            let Err(error) = outcome else { return Ok(()) };
            let id = self.id();
            if error.kind() == io::ErrorKind::UnexpectedEof {
                return Err((code::INTERNAL_ERROR, format!("A plugin cut the segment {id} short.")));
            }
            if error.kind() != io::ErrorKind::NotFound || asked {
                return Err((code::INTERNAL_ERROR, format!("The segment {id} can't be used: {error}")));
            }
            // It has moved, and the news of it is on the way.
            asked = true;
            match self.link.call("memory/open", json!({ "id": id })) {
                Ok(handle) => self.shared.replace(&handle),
                Err(error) => return Err((error.code(), error.message().to_owned())),
            }
        }
    }

    /// The inner result is that of the file system.
    fn with_file(
        &self,
        offset: u64,
        length: usize,
        writing: bool,
        work: &mut impl FnMut(&File) -> io::Result<()>,
    ) -> Result<io::Result<()>, (i64, String)> {
        let mut state = self.shared.lock();
        let id = self.id();
        if state.revoked {
            return Err((code::NOT_FOUND, format!("The access to the segment {id} was taken back.")));
        }
        if writing && !state.writable {
            return Err((code::INVALID_REQUEST, format!("The segment {id} is only for reading.")));
        }
        let end = offset.checked_add(length as u64);
        if end.map_or(true, |end| end > state.size) {
            let size = state.size;
            let text = format!("{length} bytes from {offset} go beyond the {size} of the segment {id}.");
            return Err((code::INVALID_PARAMS, text));
        }
        if state.file.is_none() {
            match OpenOptions::new().read(true).write(state.writable).open(&state.path) {
                Ok(file) => state.file = Some(file),
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(state.file.as_ref().map_or(Ok(()), work))
    }
}

impl std::fmt::Debug for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Segment").field(&self.shared).finish()
    }
}
