use std::fmt;
use std::str::FromStr;

use super::{Json, Object};

/// Arrays and objects within one another that are read; the protocol allows 64.
const MAX_DEPTH: usize = 128;

/// A text is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    what: &'static str,
    at: usize,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not JSON at byte {}: {}", self.at, self.what)
    }
}

impl std::error::Error for ParseError {}

impl FromStr for Json {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Json, ParseError> {
        let mut parser = Parser { text, bytes: text.as_bytes(), at: 0 };
        let value = parser.value(0)?;
        parser.skip_space();
        if parser.at < text.len() {
            parser.fail("there is something after the value")
        } else {
            Ok(value)
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn fail<T>(&self, what: &'static str) -> Result<T, ParseError> {
        Err(ParseError { what, at: self.at })
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// Goes past a mark, and white space before it, when it comes next.
    fn takes(&mut self, mark: u8) -> bool {
        self.skip_space();
        let found = self.peek() == mark;
        self.at += usize::from(found);
        found
    }

    fn value(&mut self, depth: usize) -> Result<Json, ParseError> {
        self.skip_space();
        match self.peek() {
            b'{' | b'[' if depth == MAX_DEPTH => self.fail("it is nested too deeply"),
            b'{' => self.object(depth + 1),
            b'[' => self.array(depth + 1),
            b'"' => self.string().map(Json::String),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.fail("a value was expected"),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, ParseError> {
        if !self.text[self.at..].starts_with(word) {
            return self.fail("a value was expected");
        }
        self.at += word.len();
        Ok(value)
    }

    fn array(&mut self, depth: usize) -> Result<Json, ParseError> {
        self.at += 1;
        let mut list = Vec::new();
        if self.takes(b']') {
            return Ok(Json::Array(list));
        }
        loop {
            list.push(self.value(depth)?);
            if self.takes(b']') {
                return Ok(Json::Array(list));
            }
            if !self.takes(b',') {
                return self.fail("`,` or `]` was expected");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, ParseError> {
        self.at += 1;
        let mut members = Object::new();
        if self.takes(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != b'"' {
                return self.fail("the name of a member was expected");
            }
            let key = self.string()?;
            if !self.takes(b':') {
                return self.fail("`:` was expected");
            }
            members.insert(key, self.value(depth)?);
            if self.takes(b'}') {
                return Ok(Json::Object(members));
            }
            if !self.takes(b',') {
                return self.fail("`,` or `}` was expected");
            }
        }
    }

    fn number(&mut self) -> Result<Json, ParseError> {
        let start = self.at;
        self.at += usize::from(self.peek() == b'-');
        let first = self.peek();
        let whole_digits = self.digits()?;
        if first == b'0' && whole_digits > 1 {
            return self.fail("a number begins with 0");
        }
        let mut whole = true;
        if self.peek() == b'.' {
            whole = false;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            whole = false;
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        let text = &self.text[start..self.at];
        if whole && text != "-0" {
            if let Ok(value) = text.parse() {
                return Ok(Json::Int(value));
            }
            if let Ok(value) = text.parse() {
                return Ok(Json::UInt(value));
            }
        }
        text.parse().map(Json::Float).or_else(|_| self.fail("a number was expected"))
    }

    fn digits(&mut self) -> Result<usize, ParseError> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start {
            self.fail("a digit was expected")
        } else {
            Ok(self.at - start)
        }
    }

    fn string(&mut self) -> Result<String, ParseError> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            // Bytes of characters beyond ASCII are all 0x80 and above, so that these three are never part of one.
            while self.at < self.bytes.len() && !matches!(self.peek(), b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            out.push_str(&self.text[start..self.at]);
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return self.fail("a text holds a control character"),
                None => return self.fail("a text does not end"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        self.at += 2;
        Ok(match self.bytes.get(self.at - 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return self.fail("an escape is unknown"),
        })
    }

    /// Half a pair of surrogates, which Rust has no character for, becomes the replacement character.
    fn unicode(&mut self) -> Result<char, ParseError> {
        let first = self.hex()?;
        if (0xd800..0xdc00).contains(&first) && self.bytes[self.at..].starts_with(b"\\u") {
            let before = self.at;
            self.at += 2;
            let second = self.hex()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Result<u32, ParseError> {
        let digits = self.bytes.get(self.at..self.at + 4).filter(|d| d.iter().all(u8::is_ascii_hexdigit));
        let Some(digits) = digits else { return self.fail("an escape is unknown") };
        self.at += 4;
        Ok(digits.iter().fold(0, |code, d| code * 16 + char::from(*d).to_digit(16).unwrap_or(0)))
    }
}
