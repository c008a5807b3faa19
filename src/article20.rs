//! Section two, 主动公开政府信息情况: proactive disclosure under Article 20, item by item.
//!
//! Edition 2021 counts items 1, 5, 6 and 8 (10 cells); edition 2019 counts these by other measures and item 9 besides
//! (22 cells). 对外公开总数量 of edition 2019 is not 现行有效件数 of edition 2021: the two tables cannot be converted
//! into each other, and this crate never does.
//!
//! # Rules
//! - [`in-force-bound`](crate::rule::table::RULES): in force ≥ issued − repealed (edition 2021)
//! - [`rule-making-power`](crate::rule::table::RULES): bodies without rule-making power file 0 for 规章 (edition 2021)
//!
//! Not checked here: decisions and fees have no identity inside one report.

pub mod edition2019;
pub mod edition2021;

use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use crate::clause::{Content, Kinds, Label, Node, Outlined};
use crate::form::{Kind, Layout};

/// Table one of the form, 主动公开政府信息情况, as its edition prints it.
#[doc(alias = "主动公开政府信息情况")]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, bound(deserialize = "V: Content"))]
#[non_exhaustive]
pub enum Article20<V: Content> {
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
    fn pour(&self, into: &mut impl FnMut(V::Leaf)) {
        match self {
            Article20::Edition2021(items) => items.pour(into),
            Article20::Edition2019(items) => items.pour(into),
        }
    }
    fn draw(layout: Layout, from: &mut impl FnMut() -> Option<V::Leaf>) -> Option<Self> {
        match layout {
            Layout::Edition2021 | Layout::Hybrid => edition2021::Items::draw(layout, from).map(Article20::Edition2021),
            Layout::Edition2019 => edition2019::Items::draw(layout, from).map(Article20::Edition2019),
        }
    }
}

impl<V: Kinds> Outlined for Article20<V> {
    fn outline(layout: Layout, trail: &mut Vec<Label>, each: &mut impl FnMut(&[Label], Kind)) {
        match layout {
            Layout::Edition2021 | Layout::Hybrid => edition2021::Items::<V>::outline(layout, trail, each),
            Layout::Edition2019 => edition2019::Items::<V>::outline(layout, trail, each),
        }
    }
}

impl<V: Content> Serialize for Article20<V> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Article20::Edition2021(items) => items.serialize(to),
            Article20::Edition2019(items) => items.serialize(to),
        }
    }
}
