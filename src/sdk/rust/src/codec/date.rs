use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Seconds of the first instant of year 1, and of the first after year 9999.
const FIRST: i64 = -62_135_596_800;
const END: i64 = 253_402_300_800;

/// An instant in the years 1 to 9999, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    seconds: i64,
    nanos: u32,
}

impl Date {
    /// An instant by the seconds since 1970 and the nanoseconds after them; `None` beyond the years 1 to 9999, or when
    /// there are a second of nanoseconds or more.
    pub fn new(seconds: i64, nanos: u32) -> Option<Date> {
        ((FIRST..END).contains(&seconds) && nanos < 1_000_000_000).then_some(Date { seconds, nanos })
    }

    /// Whole seconds since 1970, rounded down.
    pub fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after the second.
    pub fn nanos(self) -> u32 {
        self.nanos
    }

    /// An instant of the system's clock; `None` beyond the years 1 to 9999.
    pub fn from_system_time(time: SystemTime) -> Option<Date> {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Date::new(i64::try_from(after.as_secs()).ok()?, after.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                let seconds = i64::try_from(before.as_secs()).ok()?;
                match before.subsec_nanos() {
                    0 => Date::new(-seconds, 0),
                    nanos => Date::new(-seconds - 1, 1_000_000_000 - nanos),
                }
            }
        }
    }

    /// The same as the system's clock has it; `None` where that can't hold it.
    pub fn to_system_time(self) -> Option<SystemTime> {
        let whole = Duration::from_secs(self.seconds.unsigned_abs());
        let time =
            if self.seconds < 0 { UNIX_EPOCH.checked_sub(whole) } else { UNIX_EPOCH.checked_add(whole) };
        time?.checked_add(Duration::from_nanos(u64::from(self.nanos)))
    }

    /// Reads RFC 3339 in UTC, such as `2026-11-21T15:02:02.123Z`, with up to nine digits after the second.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let (head, rest) = (bytes.get(..19)?, bytes.get(19..)?);
        let number = |from: usize, to: usize| {
            head[from..to].iter().try_fold(0_i64, |number, byte| {
                byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'))
            })
        };
        let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        if marks.iter().any(|(at, mark)| head[*at] != *mark) {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
            return None;
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let mut nanos = 0;
        match rest.strip_suffix(b"Z")? {
            [] => {}
            [b'.', digits @ ..] if (1..=9).contains(&digits.len()) => {
                for at in 0..9 {
                    let digit = digits.get(at).copied().unwrap_or(b'0');
                    if !digit.is_ascii_digit() {
                        return None;
                    }
                    nanos = nanos * 10 + u32::from(digit - b'0');
                }
            }
            _ => return None,
        }
        Date::new(days_before(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second, nanos)
    }
}

/// RFC 3339, with 3, 6 or 9 digits after the second: the fewest that are exact.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.seconds.div_euclid(86_400));
        let time = self.seconds.rem_euclid(86_400);
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.")?;
        match self.nanos {
            nanos if nanos % 1_000_000 == 0 => write!(f, "{:03}Z", nanos / 1_000_000),
            nanos if nanos % 1000 == 0 => write!(f, "{:06}Z", nanos / 1000),
            nanos => write!(f, "{nanos:09}Z"),
        }
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970 to a day; years count from March here, so that leap days come last.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month < 3 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The other way round: year, month, day.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month < 3);
    (year, month, day)
}
