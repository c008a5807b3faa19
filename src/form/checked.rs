//! The proof that a clause was checked.

use std::ops::Deref;

/// Something that was checked and cannot be wrong: a row, a table, the agency, a whole set of facts. Only the constructors
/// of this crate make one. It is read like what it holds; to change it, take it apart and check again.
///
/// ```compile_fail
/// fn forge(row: ogi_report::requests::Applicants) -> ogi_report::Checked<ogi_report::requests::Applicants> {
///     ogi_report::Checked(row)
/// }
/// ```
/// ```
/// fn read(row: ogi_report::Checked<ogi_report::requests::Applicants>) -> ogi_report::requests::Applicants {
///     *row
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Checked<T>(T);

impl<T> Checked<T> {
    /// For the constructors that looked at every invariant of `value`, and nothing else.
    pub(crate) fn proved(value: T) -> Checked<T> {
        Checked(value)
    }

    /// What was checked, no longer bound to be right.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Checked<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}
