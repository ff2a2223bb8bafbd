//! Numbers about signals. It knows nothing of plugins.

mod fourier;

use fourier::{transform, Complex};

/// The mean of each value and those before it, `window` in all; NaN where there are not that many yet.
///
/// # Panics
/// When the window is 0.
pub fn moving_average(values: &[f64], window: usize) -> Vec<f64> {
    assert!(window > 0, "a window holds a value at least");
    let mean = |end: usize| match end.checked_sub(window) {
        Some(begin) => values[begin..end].iter().sum::<f64>() / window as f64,
        None => f64::NAN,
    };
    (1..=values.len()).map(mean).collect()
}

/// How well the values fit themselves, moved by 0, 1, 2… places: 1 is perfectly, 0 not at all, −1 upside down. The
/// spectrum of the signal gives them all at once (the theorem of Wiener and Khinchin).
pub fn autocorrelation(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    // Zeros behind it, or the signal would wrap around and meet its own beginning.
    let mut spectrum = vec![Complex::default(); (2 * values.len()).next_power_of_two()];
    for (into, value) in spectrum.iter_mut().zip(values) {
        into.re = value - mean;
    }
    transform(&mut spectrum);
    for one in &mut spectrum {
        *one = Complex { re: one.re * one.re + one.im * one.im, im: 0.0 };
    }
    // What is real and even is transformed back in the same way, but for a factor.
    transform(&mut spectrum);
    let whole = spectrum[0].re;
    let fit = |one: &Complex| if whole > 0.0 { one.re / whole } else { 0.0 };
    spectrum.iter().take(values.len()).map(fit).collect()
}

/// After how many values a signal repeats itself, and how well the two fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Period {
    pub length: usize,
    pub fit: f64,
}

/// The period of a signal by its autocorrelation: where it fits itself best, once moved so far that it did not fit.
/// `None` for a signal that does not repeat itself within its first half.
pub fn period(correlation: &[f64]) -> Option<Period> {
    let first = correlation.iter().position(|fit| *fit < 0.0)?;
    let half = correlation.len() / 2;
    (first..=half)
        .filter(|length| correlation[*length] > 0.0)
        .max_by(|a, b| correlation[*a].total_cmp(&correlation[*b]))
        .map(|length| Period { length, fit: correlation[length] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(length: usize, period: f64) -> Vec<f64> {
        (0..length).map(|i| (i as f64 * std::f64::consts::TAU / period).sin()).collect()
    }

    #[test]
    fn a_moving_average_begins_when_its_window_is_full() {
        let found = moving_average(&[1.0, 2.0, 6.0, 1.0], 3);
        assert!(found[0].is_nan() && found[1].is_nan());
        assert_eq!(found[2..], [3.0, 3.0]);
        assert_eq!(moving_average(&[4.0, 5.0], 1), [4.0, 5.0]);
        assert!(moving_average(&[4.0], 2)[0].is_nan());
        assert!(moving_average(&[], 2).is_empty());
    }

    #[test]
    fn autocorrelation_is_what_its_definition_says() {
        let values = [3.0, -1.0, 4.0, 1.0, -5.0, 9.0, 2.0];
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let moved = |by: usize| -> f64 {
            (by..values.len()).map(|i| (values[i] - mean) * (values[i - by] - mean)).sum()
        };
        for (by, fit) in autocorrelation(&values).into_iter().enumerate() {
            assert!((fit - moved(by) / moved(0)).abs() < 1e-12, "moved by {by}: {fit}");
        }
        assert_eq!(autocorrelation(&[2.0, 2.0]), [0.0, 0.0]);
        assert!(autocorrelation(&[]).is_empty());
    }

    #[test]
    fn finds_the_period_of_a_wave() {
        let found = period(&autocorrelation(&wave(200, 12.0))).expect("a wave repeats itself");
        assert_eq!(found.length, 12);
        assert!(found.fit > 0.9, "{found:?}");
    }

    #[test]
    fn finds_no_period_where_there_is_none() {
        let line: Vec<f64> = (0..50).map(f64::from).collect();
        assert_eq!(period(&autocorrelation(&line)), None);
        assert_eq!(period(&autocorrelation(&wave(20, 19.0))), None);
        assert_eq!(period(&[]), None);
    }
}
