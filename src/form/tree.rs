//! A layout of the form as a tree of data: tables, groups, rows, and the cells of each row.
//!
//! The clauses declare the tree of the editions they model ([`super::clause`]); another layout is such a tree, edited:
//! a row [`after`](Tree::after) another, one [`without`](Tree::without) which it goes.

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

/// What stands at a branch of the tree.
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
    /// The clause that stands there, `Applicants`; empty for a cell.
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

    /// Whether the form derives what stands there from what stands beside it.
    pub(crate) fn is_total(&self) -> bool {
        matches!(self.role, Role::Total | Role::TotalRow)
    }
}

/// The tables of a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tree(pub Vec<Branch>);

/// How a new edition declares what it prints besides the cells of an older one; until there is one, only tests do.
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "for the next edition: those in force are as the clauses declare them")
)]
impl Tree {
    /// The tree with `new` behind the branch at `path`, `requests.outcomes.unavailable.still_unclear`. In a path `*` stands
    /// for any key, `**` for any number of keys. A row without cells of its own has those of the row before it.
    ///
    /// # Panics
    /// If there is nothing at `path`, so that the first test of a new edition says which line is wrong.
    pub(crate) fn after(mut self, path: &str, new: Branch) -> Tree {
        self.edit(path, |branches, at| {
            let mut new = new.clone();
            if new.branches.is_empty() && new.kind().is_none() {
                (new.branches, new.clause) = (branches[at].branches.clone(), branches[at].clause);
            }
            branches.insert(at + 1, new);
        });
        self
    }

    /// The tree without the branches at `path`.
    ///
    /// # Panics
    /// If there is nothing at `path`.
    pub(crate) fn without(mut self, path: &str) -> Tree {
        self.edit(path, |branches, at| {
            branches.remove(at);
        });
        self
    }

    /// The tree with another label at `path`.
    ///
    /// # Panics
    /// If there is nothing at `path`.
    pub(crate) fn relabelled(mut self, path: &str, printed: &'static str) -> Tree {
        self.edit(path, |branches, at| branches[at].printed = printed);
        self
    }

    fn edit(&mut self, path: &str, mut change: impl FnMut(&mut Vec<Branch>, usize)) {
        let keys: Vec<&str> = path.split('.').collect();
        assert!(edit(&mut self.0, &keys, &mut change) > 0, "the tree has nothing at {path}");
    }
}

/// Changes every branch that the keys lead to; how many there are.
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "for the next edition: those in force are as the clauses declare them")
)]
fn edit(branches: &mut Vec<Branch>, keys: &[&str], change: &mut dyn FnMut(&mut Vec<Branch>, usize)) -> usize {
    let [key, rest @ ..] = keys else { return 0 };
    if *key == "**" {
        let here = edit(branches, rest, change);
        return here + branches.iter_mut().map(|branch| edit(&mut branch.branches, keys, change)).sum::<usize>();
    }
    let mut found = 0;
    for at in (0..branches.len()).rev().filter(|at| *key == "*" || branches[*at].key == *key).collect::<Vec<_>>() {
        if rest.is_empty() {
            change(branches, at);
            found += 1;
        } else {
            found += edit(&mut branches[at].branches, rest, change);
        }
    }
    found
}

/// A row or a group of rows; a row without cells has those of the row before it.
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "for the next edition: those in force are as the clauses declare them")
)]
pub(crate) fn group(key: &'static str, printed: &'static str, articles: &'static str, branches: Vec<Branch>) -> Branch {
    Branch { key, printed, articles, unit: Unit::Pieces, role: Role::Group, clause: key, branches }
}

/// A cell.
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "for the next edition: those in force are as the clauses declare them")
)]
pub(crate) fn cell(key: &'static str, printed: &'static str, kind: Kind, unit: Unit) -> Branch {
    Branch { key, printed, articles: "", unit, role: Role::Cell(kind), clause: "", branches: vec![] }
}
