/// A number as it lies in shared memory: little-endian, whatever the machine.
pub trait Number: Copy {
    /// Bytes of one.
    const SIZE: usize;

    /// Writes it to the end.
    fn put(self, bytes: &mut Vec<u8>);

    /// Reads it from exactly [`Number::SIZE`] bytes.
    fn take(bytes: &[u8]) -> Self;
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Number for $number {
            const SIZE: usize = std::mem::size_of::<$number>();

            fn put(self, bytes: &mut Vec<u8>) {
                bytes.extend_from_slice(&self.to_le_bytes());
            }

            fn take(bytes: &[u8]) -> Self {
                let mut own = [0; std::mem::size_of::<$number>()];
                own.copy_from_slice(bytes);
                <$number>::from_le_bytes(own)
            }
        })*
    };
}

numbers!(u8, i8, u16, i16, u32, i32, u64, i64, f32, f64);
