//! What stands on a page: characters with their places.

use std::rc::Rc;

/// A 2D transformation, as PDF writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn moved(x: f64, y: f64) -> Self {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `inner`, then this.
    pub(super) fn after(self, inner: Matrix) -> Self {
        let (Matrix(a), Matrix(b)) = (self, inner);
        Matrix([
            a[0] * b[0] + a[2] * b[1],
            a[1] * b[0] + a[3] * b[1],
            a[0] * b[2] + a[2] * b[3],
            a[1] * b[2] + a[3] * b[3],
            a[0] * b[4] + a[2] * b[5] + a[4],
            a[1] * b[4] + a[3] * b[5] + a[5],
        ])
    }

    pub(super) fn point(self, x: f64, y: f64) -> (f64, f64) {
        let Matrix(m) = self;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    /// A distance, without the shift.
    pub(super) fn vector(self, x: f64, y: f64) -> (f64, f64) {
        let Matrix(m) = self;
        (m[0] * x + m[2] * y, m[1] * x + m[3] * y)
    }
}

/// How a glyph is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Printed.
    Visible,
    /// There to be found and copied, not seen: the text behind a scanned image.
    Invisible,
    /// Printed, but said by the file to be a page's head, foot or watermark.
    Artifact,
}

/// One glyph on a page; points, x to the right, y down from the top.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) text: Rc<str>,
    /// Its origin on the baseline.
    pub(super) at: (f64, f64),
    /// From its origin to that of the next.
    pub(super) advance: (f64, f64),
    /// The direction in which its line runs, of length 1.
    pub(super) direction: (f64, f64),
    /// Its height: the size of its font as printed.
    pub(super) size: f64,
    pub(super) presence: Presence,
}
