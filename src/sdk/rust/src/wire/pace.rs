use std::time::{Duration, Instant};

/// Counts messages against a sustained rate, with room for a burst.
pub(super) struct Pace {
    per_second: f64,
    burst: f64,
    tokens: f64,
    at: Instant,
}

impl Pace {
    pub fn new(per_second: f64, burst: f64, now: Instant) -> Pace {
        Pace { per_second, burst, tokens: burst, at: now }
    }

    /// Counts one message; how long it has to wait if it comes too early, and it is then not counted.
    pub fn take(&mut self, now: Instant) -> Option<Duration> {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.tokens = (self.tokens + passed * self.per_second).min(self.burst);
        self.at = now;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return None;
        }
        Some(Duration::from_secs_f64((1.0 - self.tokens) / self.per_second).max(Duration::from_micros(50)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_a_burst_through_and_then_the_rate() {
        let start = Instant::now();
        let mut pace = Pace::new(10.0, 3.0, start);
        assert!((0..3).all(|_| pace.take(start).is_none()));
        let wait = pace.take(start).unwrap();
        assert!(wait > Duration::from_millis(99) && wait < Duration::from_millis(101), "{wait:?}");
        let later = start + Duration::from_millis(101);
        assert!(pace.take(later).is_none());
        assert!(pace.take(later).is_some());
        let much_later = start + Duration::from_secs(100);
        assert_eq!((0..10).filter(|_| pace.take(much_later).is_none()).count(), 3);
    }
}
