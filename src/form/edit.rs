//! How an edition declares what it prints besides the cells of the clauses it is built of, and what it lacks of them.

use super::tree::{Branch, Kind, Role, Tree, Unit};

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
pub(crate) fn group(key: &'static str, printed: &'static str, articles: &'static str, branches: Vec<Branch>) -> Branch {
    Branch { key, printed, articles, unit: Unit::Pieces, role: Role::Group, clause: key, branches }
}

/// A cell.
pub(crate) fn cell(key: &'static str, printed: &'static str, kind: Kind, unit: Unit) -> Branch {
    Branch { key, printed, articles: "", unit, role: Role::Cell(kind), clause: "", branches: vec![] }
}
