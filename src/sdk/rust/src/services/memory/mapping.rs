use std::fs::File;
use std::io;
use std::os::raw::{c_int, c_long, c_void};
use std::os::unix::io::AsRawFd;
use std::ptr::{self, NonNull};

// Of the C library, which the standard library is linked with anyway.
extern "C" {
    fn mmap(
        at: *mut c_void,
        length: usize,
        may: c_int,
        flags: c_int,
        file: c_int,
        offset: c_long,
    ) -> *mut c_void;
    fn munmap(at: *mut c_void, length: usize) -> c_int;
}

const PROT_READ: c_int = 1;
const PROT_WRITE: c_int = 2;
const MAP_SHARED: c_int = 1;

/// A segment in this process's memory, without a copy: what others write is there at once. It ends with its last use.
///
/// It stays the file of the moment it was made: after a revocation, a freeze or a change of size it shows the old memory,
/// which nobody else uses any more. Map anew then.
///
/// Others may write at any time, also while this plugin reads: [`read`](Mapping::read) and [`write`](Mapping::write)
/// copy, one byte at a time as far as others can tell. **A plugin that may write can also cut the file short; touching
/// what is missing ends this process (`SIGBUS`).** With plugins you don't trust use [`Segment::read`](super::Segment::read),
/// which returns an error then.
pub struct Mapping {
    at: NonNull<u8>,
    length: usize,
    writable: bool,
}

// SAFETY: It is plain memory, reached by volatile accesses and raw pointers only; nothing belongs to a thread.
unsafe impl Send for Mapping {}
// SAFETY: As above; other processes may write at any time anyway.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// Maps so many bytes from the beginning; the file must have them.
    pub(super) fn new(file: &File, length: usize, writable: bool) -> io::Result<Mapping> {
        if length == 0 || file.metadata()?.len() < length as u64 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let may = if writable { PROT_READ | PROT_WRITE } else { PROT_READ };
        // SAFETY: A new mapping at a place of the kernel's choice touches no memory that is in use.
        let at = unsafe { mmap(ptr::null_mut(), length, may, MAP_SHARED, file.as_raw_fd(), 0) };
        match NonNull::new(at.cast::<u8>()) {
            // All bits set say that it failed.
            Some(at) if at.as_ptr() as usize != usize::MAX => Ok(Mapping { at, length, writable }),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// In bytes.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.length
    }

    /// True when it can be written.
    pub fn is_writable(&self) -> bool {
        self.writable
    }

    /// The beginning, for accesses of one's own. It is valid as long as this value lives; writing to one that is not
    /// writable ends the process.
    pub fn as_ptr(&self) -> *mut u8 {
        self.at.as_ptr()
    }

    /// The bytes as a slice, without a copy.
    ///
    /// # Safety
    /// As long as the slice lives, nobody may write to the segment, in any process: plugins agree on that by messages, or
    /// the segment is frozen.
    pub unsafe fn as_slice(&self) -> &[u8] {
        // SAFETY: It is mapped for as long as `self` lives; that nobody writes is the caller's promise.
        unsafe { std::slice::from_raw_parts(self.at.as_ptr(), self.length) }
    }

    /// Copies bytes out; false, and nothing is done, when they lie beyond the end.
    #[must_use]
    pub fn read(&self, offset: usize, bytes: &mut [u8]) -> bool {
        let fits = self.fits(offset, bytes.len());
        if fits {
            for (at, byte) in bytes.iter_mut().enumerate() {
                // SAFETY: Within the mapping, as was checked. Volatile, since others may write meanwhile.
                *byte = unsafe { self.at.as_ptr().add(offset + at).read_volatile() };
            }
        }
        fits
    }

    /// Copies bytes in; false, and nothing is done, when they go beyond the end or it is not writable.
    #[must_use]
    pub fn write(&self, offset: usize, bytes: &[u8]) -> bool {
        let fits = self.writable && self.fits(offset, bytes.len());
        if fits {
            for (at, byte) in bytes.iter().enumerate() {
                // SAFETY: Within the mapping, which is writable. Volatile, since others may read meanwhile.
                unsafe { self.at.as_ptr().add(offset + at).write_volatile(*byte) };
            }
        }
        fits
    }

    fn fits(&self, offset: usize, length: usize) -> bool {
        offset.checked_add(length).is_some_and(|end| end <= self.length)
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: It was mapped with this length, and nobody can have a reference into it any more.
        unsafe { munmap(self.at.as_ptr().cast(), self.length) };
    }
}

impl std::fmt::Debug for Mapping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mapping").field("length", &self.length).field("writable", &self.writable).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::OpenOptions;

    #[test]
    fn two_mappings_of_a_file_see_one_another() {
        let path = std::env::temp_dir().join(format!("workbench-mapping-{}", std::process::id()));
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path).unwrap();
        file.set_len(100).unwrap();
        let readable = File::open(&path).unwrap();
        let (writer, reader) =
            (Mapping::new(&file, 100, true).unwrap(), Mapping::new(&readable, 100, false).unwrap());
        assert!(Mapping::new(&file, 101, true).is_err(), "the file has not so many");
        assert!(Mapping::new(&readable, 100, true).is_err(), "it is open for reading");
        assert!(writer.write(97, b"abc"));
        let mut bytes = [0; 3];
        assert!(reader.read(97, &mut bytes));
        assert_eq!(&bytes, b"abc");
        assert!(
            !reader.read(98, &mut bytes) && !writer.write(98, b"abc") && !writer.write(usize::MAX, b"ab")
        );
        assert!(!reader.write(0, b"x"), "it is only for reading");
        // SAFETY: Nobody writes here any more.
        assert_eq!(unsafe { &reader.as_slice()[96..] }, b"\0abc");
        std::fs::remove_file(path).unwrap();
    }
}
