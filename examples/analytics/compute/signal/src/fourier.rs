use std::f64::consts::TAU;

#[derive(Debug, Clone, Copy, Default)]
pub struct Complex {
    pub re: f64,
    pub im: f64,
}

/// The discrete Fourier transform, in place (Cooley and Tukey, radix 2). The length is a power of two.
pub fn transform(values: &mut [Complex]) {
    let length = values.len();
    debug_assert!(length.is_power_of_two());
    if length < 2 {
        return;
    }
    let shift = usize::BITS - length.trailing_zeros();
    for i in 0..length {
        let other = i.reverse_bits() >> shift;
        if i < other {
            values.swap(i, other);
        }
    }
    let mut size = 2;
    while size <= length {
        for block in values.chunks_exact_mut(size) {
            let (low, high) = block.split_at_mut(size / 2);
            for (i, (a, b)) in low.iter_mut().zip(high).enumerate() {
                let (sin, cos) = (-TAU * i as f64 / size as f64).sin_cos();
                let turned = Complex { re: b.re * cos - b.im * sin, im: b.re * sin + b.im * cos };
                *b = Complex { re: a.re - turned.re, im: a.im - turned.im };
                *a = Complex { re: a.re + turned.re, im: a.im + turned.im };
            }
        }
        size *= 2;
    }
}
