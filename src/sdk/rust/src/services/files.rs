//! Files the manifest grants.

use super::service;
use crate::error::code;
use crate::link::Link;
use crate::{base64, json, Error, FromJson, Json, Mismatch};

/// Bytes of a file in one request.
const PIECE: usize = 2 * 1024 * 1024;

service! {
    /// Files the manifest grants, also where the sandbox shows them only through the host. Paths are absolute or
    /// relative to the plugin's folder.
    Files
}

/// What kind of thing is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileType {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// Anything else, such as a socket.
    Other,
}

/// A name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Without the folder.
    pub name: String,
    /// What it is.
    pub kind: FileType,
}

/// What is known about a file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FileInfo {
    /// What it is.
    pub kind: FileType,
    /// In bytes.
    pub size: u64,
    /// Milliseconds since the epoch.
    pub modified: f64,
}

impl FromJson for FileType {
    fn from_json(value: &Json) -> Result<FileType, Mismatch> {
        match value.as_str() {
            Some("file") => Ok(FileType::File),
            Some("folder") => Ok(FileType::Folder),
            Some(_) => Ok(FileType::Other),
            None => Err(Mismatch::new("a kind of file", value)),
        }
    }
}

impl FromJson for Entry {
    fn from_json(value: &Json) -> Result<Entry, Mismatch> {
        Ok(Entry { name: value.get("name")?, kind: value.get("type")? })
    }
}

impl FromJson for FileInfo {
    fn from_json(value: &Json) -> Result<FileInfo, Mismatch> {
        Ok(FileInfo { kind: value.get("type")?, size: value.get("size")?, modified: value.get("modified")? })
    }
}

impl Files<'_> {
    /// Reads a whole file.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`]; [`code::NOT_FOUND`] when there is none.
    #[track_caller]
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        loop {
            let params =
                json!({ "path": path, "encoding": "base64", "offset": bytes.len(), "length": PIECE });
            let answer = self.link.call("files/read", params)?;
            let piece = answer["data"].as_str().and_then(base64::decode);
            let Some(piece) = piece else { return Err(broken("files/read")) };
            bytes.extend_from_slice(&piece);
            if piece.is_empty() || bytes.len() as u64 >= answer["size"].as_u64().unwrap_or(0) {
                return Ok(bytes);
            }
        }
    }

    /// Reads a whole file of UTF-8.
    ///
    /// # Errors
    /// As [`Files::read`], and when it is no text.
    #[track_caller]
    pub fn read_text(&self, path: &str) -> Result<String, Error> {
        let bytes = self.read(path)?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(text),
            Err(_) => Err(Error::new(format!("{path} is no UTF-8 text."))),
        }
    }

    /// Writes a file, in place of what is there. Up to 2 MiB are written at once or not at all.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`], or what the system refuses.
    #[track_caller]
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
        let bytes = bytes.as_ref();
        let (first, rest) = bytes.split_at(bytes.len().min(PIECE));
        write_piece(self.link, path, first, false)?;
        if rest.is_empty() {
            return Ok(());
        }
        self.append(path, rest)
    }

    /// Adds to the end of a file.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`], or what the system refuses.
    #[track_caller]
    pub fn append(&self, path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
        for piece in bytes.as_ref().chunks(PIECE) {
            write_piece(self.link, path, piece, true)?;
        }
        Ok(())
    }

    /// What is in a folder.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`]; [`code::NOT_FOUND`] when there is none.
    #[track_caller]
    pub fn list(&self, path: &str) -> Result<Vec<Entry>, Error> {
        Ok(self.link.call("files/list", json!({ "path": path }))?.to().unwrap_or_default())
    }

    /// What is at a path; `None` when nothing is.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`].
    #[track_caller]
    pub fn stat(&self, path: &str) -> Result<Option<FileInfo>, Error> {
        Ok(self.link.call("files/stat", json!({ "path": path }))?.to().unwrap_or_default())
    }

    /// Removes a file or an empty folder.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`]; [`code::NOT_FOUND`] when there is none.
    #[track_caller]
    pub fn remove(&self, path: &str) -> Result<(), Error> {
        self.link.call("files/remove", json!({ "path": path }))?;
        Ok(())
    }

    /// Makes a folder, and those it is in.
    ///
    /// # Errors
    /// [`Error::PermissionDenied`], or what the system refuses.
    #[track_caller]
    pub fn make_folder(&self, path: &str) -> Result<(), Error> {
        self.link.call("files/makeFolder", json!({ "path": path }))?;
        Ok(())
    }
}

#[track_caller]
fn write_piece(link: &Link, path: &str, bytes: &[u8], append: bool) -> Result<(), Error> {
    let data = base64::encode(bytes);
    link.call("files/write", json!({ "path": path, "data": data, "encoding": "base64", "append": append }))?;
    Ok(())
}

#[track_caller]
pub(super) fn broken(method: &str) -> Error {
    Error::call(method, code::INTERNAL_ERROR, "The host answered with what is no Base64.")
}
