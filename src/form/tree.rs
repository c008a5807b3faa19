//! A layout of the form as a tree of data: tables, groups, rows, and the cells of each row.
//!
//! The clauses declare the tree of the editions they model ([`super::clause`]); another layout is such a tree, edited
//! ([`super::edit`]).

use std::fmt;

/// What kind of figure a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A whole number of 0 or more.
    Count,
    /// A signed whole number, 本年增/减.
    Change,
    /// A decimal of 0 or more.
    Amount,
}

/// What a cell counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 件: documents, decisions, requests, cases.
    Pieces,
    /// 项: items of a list, projects.
    Items,
    /// 万元: ten thousand yuan.
    WanYuan,
    /// The page prints the unit beside the amount, or none.
    AsPrinted,
}

impl Unit {
    /// The Chinese word; empty for a unit the form does not fix.
    pub const fn word(self) -> &'static str {
        match self {
            Unit::Pieces => "件",
            Unit::Items => "项",
            Unit::WanYuan => "万元",
            Unit::AsPrinted => "",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What is at a branch of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A table, a group of rows, or a row.
    Group,
    /// A row that is the sum of the rows beside it, （七）总计.
    TotalRow,
    /// A cell.
    Cell(Kind),
    /// A cell that is the sum of the cells beside it, 总计.
    Total,
}

/// One step on the way to a cell: a key of its path, and what the form prints there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Branch {
    pub key: &'static str,
    pub printed: &'static str,
    pub articles: &'static str,
    /// What a cell counts in.
    pub unit: Unit,
    pub role: Role,
    /// The clause that is there, `Applicants`; empty for a cell.
    pub clause: &'static str,
    pub branches: Vec<Branch>,
}

impl Branch {
    /// What a cell at this branch holds; `None` for a group.
    pub(crate) fn kind(&self) -> Option<Kind> {
        match self.role {
            Role::Cell(kind) => Some(kind),
            Role::Total => Some(Kind::Count),
            Role::Group | Role::TotalRow => None,
        }
    }

    /// Whether the form derives what is there from what is beside it.
    pub(crate) fn is_total(&self) -> bool {
        matches!(self.role, Role::Total | Role::TotalRow)
    }
}

/// The tables of a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tree(pub Vec<Branch>);
