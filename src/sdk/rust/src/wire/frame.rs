use std::io::{self, BufRead, Read};

/// Bytes of the header of one message.
const MAX_HEADER: u64 = 1024;

/// Reads the body of the next message; `None` at the end of the stream.
///
/// # Errors
/// `InvalidData` for what is no message, `UnexpectedEof` when the stream ends within one.
pub(super) fn read_frame(reader: &mut impl BufRead, max_message: usize) -> io::Result<Option<Vec<u8>>> {
    let mut header = reader.by_ref().take(MAX_HEADER);
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if header.read_until(b'\n', &mut line)? == 0 && length.is_none() && header.limit() == MAX_HEADER {
            return Ok(None);
        }
        let Some(text) = line.strip_suffix(b"\r\n") else {
            return Err(invalid("the header of a message is broken or too long"));
        };
        if text.is_empty() {
            break;
        }
        let text = std::str::from_utf8(text).map_err(|_| invalid("a header is no text"))?;
        let (name, value) = text.split_once(':').ok_or_else(|| invalid("a header has no colon"))?;
        if name.eq_ignore_ascii_case("content-length") && length.is_none() {
            length = Some(value.trim().parse::<usize>().map_err(|_| invalid("a length is no number"))?);
        } else if !name.eq_ignore_ascii_case("content-type") {
            return Err(invalid("a header is unknown"));
        }
    }
    let length = length.ok_or_else(|| invalid("a message has no length"))?;
    if length == 0 || length > max_message {
        return Err(invalid("a message is empty or too large"));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(body))
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Option<Vec<u8>>> {
        read_frame(&mut io::BufReader::with_capacity(3, bytes), 100)
    }

    #[test]
    fn reads_a_body_behind_its_headers_in_any_case() {
        let body = read(b"content-TYPE: x\r\nCONTENT-length: 2\r\n\r\n{}").unwrap();
        assert_eq!(body.as_deref(), Some(&b"{}"[..]));
    }

    #[test]
    fn tells_the_end_of_the_stream_from_a_cut_message() {
        assert!(read(b"").unwrap().is_none());
        assert!(read(b"Content-Length: 2\r\n").is_err());
        assert_eq!(read(b"Content-Length: 2\r\n\r\n{").unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn refuses_what_is_no_message() {
        for bad in [
            &b"\r\n{}"[..],
            b"Content-Length: x\r\n\r\n{}",
            b"Content-Length: 0\r\n\r\n",
            b"Content-Length: 101\r\n\r\n",
            b"Host: x\r\nContent-Length: 2\r\n\r\n{}",
            b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        ] {
            assert_eq!(read(bad).unwrap_err().kind(), io::ErrorKind::InvalidData, "{bad:?}");
        }
        assert!(read(&[b'a'; 2000]).is_err());
    }
}
