//! What an edition of the form is as data: its years, its notice, its name, and for each layout the tree of its tables.

use super::tree::Tree;

/// What is known of an edition.
pub(crate) struct EditionData {
    /// As in JSON.
    pub name: &'static str,
    /// The first report year it is for; it is for all years up to the next edition.
    pub since: u16,
    pub notice: &'static str,
    /// The layout exactly as prescribed first, then those that depart from it.
    pub layouts: &'static [LayoutData],
}

/// What is known of a layout.
pub(crate) struct LayoutData {
    /// As in schema identifiers.
    pub name: &'static str,
    /// In Chinese and in English.
    pub label: [&'static str; 2],
    /// Which of the typed clauses it is built of.
    pub clauses: Clauses,
    /// The tree that these clauses declare, edited.
    pub tables: fn(Tree) -> Tree,
}

/// Which clauses a layout is built of, where editions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clauses {
    pub(crate) items: Items,
    pub(crate) handling: Handling,
}

/// The clause of table one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Items {
    Edition2021,
    Edition2019,
}

/// The clause of （六）其他处理.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handling {
    Divided,
    Undivided,
}

impl Clauses {
    pub(crate) const EDITION_2021: Clauses = Clauses { items: Items::Edition2021, handling: Handling::Divided };
}
