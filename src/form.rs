//! What a form is made of: editions and layouts as data, the tree of a layout, cells, and how a clause is declared.
//!
//! Nothing here knows a clause: these declare themselves ([`declare`]), and the [catalogue](crate::catalogue) puts them
//! together.

pub(crate) mod basis;
pub(crate) mod tree;
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "for the next edition: those in force are as their clauses declare them")
)]
pub(crate) mod edit;
pub(crate) mod edition_data;
mod editions;
pub(crate) mod edition;
pub(crate) mod clause;
pub(crate) mod checked;
pub(crate) mod cell;
pub(crate) mod declare;

pub use basis::Basis;
pub use cell::{Cell, Cells, Figures, Given};
pub use checked::Checked;
pub use clause::Content;
pub use edition::{Edition, Layout};
pub use tree::{Kind, Unit};
