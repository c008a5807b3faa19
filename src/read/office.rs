//! Word documents and Excel workbooks: what their archives hold, as lines and cells in reading order.

mod bounded;
mod excel;
mod number_format;
mod package;
#[cfg(test)]
#[path = "../../tests/unit/office.rs"]
mod tests;
mod word;

pub(super) use excel::xlsx;
pub(super) use package::kind;
pub(super) use word::docx;
