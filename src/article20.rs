//! Section two, 主动公开政府信息情况: proactive disclosure under Article 20, item by item.
//!
//! Edition 2021 counts items 1, 5, 6 and 8 (10 cells); edition 2019 counts these by other measures and item 9 besides
//! (22 cells). 对外公开总数量 of edition 2019 is not 现行有效件数 of edition 2021: the two tables cannot be converted
//! into each other, and this crate never does.
//!
//! ```
//! use ogi_report::article20::edition2021::{Documents, Items};
//! let normative_documents = Documents { issued: 2.into(), repealed: 1.into(), in_force: 9.into() };
//! let items = Items { normative_documents, ..Items::NONE }.check().unwrap();
//! assert_eq!(items.normative_documents.in_force.get(), 9);
//! ```
//!
//! # Rules
//! - [`in-force-bound`](crate::RULES): in force ≥ issued − repealed (edition 2021)
//! - [`rule-making-power`](crate::RULES): bodies without rule-making power file 0 for 规章 (edition 2021)
//!
//! Not checked here: decisions and fees have no identity inside one report.

pub mod edition2019;
pub mod edition2021;

use crate::form::clause::{Content, Declared, Node};
use crate::form::edition_data::{Clauses, Items};
use crate::form::tree::Branch;
use crate::form::{Cells, Figures, Given};

/// Table one of the form, 主动公开政府信息情况, as its edition prints it.
#[doc(alias = "主动公开政府信息情况")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Article20<V: Content = Figures> {
    /// Report years from 2021, also in the hybrid layout.
    Edition2021(edition2021::Items<V>),
    /// Report years 2019 and 2020.
    Edition2019(edition2019::Items<V>),
}

impl<V: Content> Article20<V> {
    /// The items as edition 2021 prints them, if it is that edition.
    pub fn edition2021(&self) -> Option<&edition2021::Items<V>> {
        match self {
            Article20::Edition2021(items) => Some(items),
            Article20::Edition2019(_) => None,
        }
    }

    /// The items as edition 2019 prints them, if it is that edition.
    pub fn edition2019(&self) -> Option<&edition2019::Items<V>> {
        match self {
            Article20::Edition2021(_) => None,
            Article20::Edition2019(items) => Some(items),
        }
    }
}

impl<V: Content> Node<V> for Article20<V> {
    fn put(&self, into: &mut Vec<V::Leaf>) {
        match self {
            Article20::Edition2021(items) => items.put(into),
            Article20::Edition2019(items) => items.put(into),
        }
    }
    fn from_leaves(clauses: Clauses, from: &mut dyn FnMut() -> Option<V::Leaf>) -> Option<Self> {
        match clauses.items {
            Items::Edition2021 => edition2021::Items::from_leaves(clauses, from).map(Article20::Edition2021),
            Items::Edition2019 => edition2019::Items::from_leaves(clauses, from).map(Article20::Edition2019),
        }
    }
    fn fits(&self, clauses: Clauses) -> bool {
        match self {
            Article20::Edition2021(_) => clauses.items == Items::Edition2021,
            Article20::Edition2019(_) => clauses.items == Items::Edition2019,
        }
    }
}

impl Declared for Article20<Cells> {
    const NAME: &'static str = "Article20";
    fn branches(clauses: Clauses) -> Vec<Branch> {
        match clauses.items {
            Items::Edition2021 => edition2021::Items::branches(clauses),
            Items::Edition2019 => edition2019::Items::branches(clauses),
        }
    }
}

impl Article20<Given> {
    /// Nothing happened, in the items of these clauses.
    pub(crate) fn none(clauses: Clauses) -> Self {
        match clauses.items {
            Items::Edition2021 => Article20::NONE,
            Items::Edition2019 => Article20::Edition2019(edition2019::Items::NONE),
        }
    }

    /// Nothing happened, in the items of the newest edition.
    pub const NONE: Self = Article20::Edition2021(edition2021::Items::NONE);
}
