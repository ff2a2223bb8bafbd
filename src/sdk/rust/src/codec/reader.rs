use super::Value;

/// What is left of a payload.
pub(super) struct Reader<'a>(&'a [u8]);

/// Reads one value that is all of the payload.
pub(super) fn whole(
    payload: &[u8],
    read: impl FnOnce(&mut Reader<'_>) -> Option<Value>,
) -> Result<Value, String> {
    let mut reader = Reader(payload);
    let value = read(&mut reader).filter(|_| reader.is_empty());
    value.ok_or_else(|| "What was written there is broken.".to_owned())
}

impl<'a> Reader<'a> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.0.get(..length)?;
        self.0 = &self.0[length..];
        Some(taken)
    }

    pub fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// An unsigned number of so many bytes, the highest first.
    pub fn number(&mut self, length: usize) -> Option<u64> {
        Some(self.take(length)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    pub fn text(&mut self, length: usize) -> Option<String> {
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    /// A number in groups of seven bits, the lowest first.
    pub fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                return None;
            }
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A part that says its own length.
    pub fn part(&mut self) -> Option<Reader<'a>> {
        let length = usize::try_from(self.varint()?).ok()?;
        self.take(length).map(Reader)
    }

    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }
}
