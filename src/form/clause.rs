//! What a clause of the form is: a part of the tree, generic in what is in its cells.

use super::edition_data::Clauses;
use super::tree::Branch;

/// A family of things that can stand in the cells of the form. Sealed: the families are those of this crate.
pub trait Content: Sized + Copy + Eq + std::fmt::Debug + sealed::Family + 'static {
    /// What any cell holds when all cells are treated alike.
    type Leaf: Copy;
    /// Stands where the form prints a count.
    type Count: Node<Self>;
    /// Stands where the form prints a signed change, 增/减.
    type Change: Node<Self>;
    /// Stands where the form prints an amount of money in a unit of its own.
    type Amount: Node<Self>;
    /// Stands where the form prints an amount of money and leaves its unit to the page.
    type Money: Node<Self>;
    /// Stands where the form prints a total, 总计.
    type Total: Node<Self>;
    /// Stands where the form prints a clause within a clause: a row of a table, a table.
    type Part<T: Node<Self>>: Node<Self>;
    /// Stands where the form prints a row of totals, （七）总计.
    type TotalRow<T: Row<Self>>: Node<Self>;
}

/// A part of the form's tree: one leaf a cell, in the form's order.
pub trait Node<V: Content>: Sized + Copy + Eq + std::fmt::Debug {
    /// Puts its leaves at the end of a list, in the form's order.
    fn put(&self, into: &mut Vec<V::Leaf>);
    /// Builds the part from leaves in the form's order; `None` as soon as one is missing or does not fit.
    fn from_leaves(clauses: Clauses, from: &mut dyn FnMut() -> Option<V::Leaf>) -> Option<Self>;
    /// Whether it is the part that a form of `clauses` has; all have the same but for the clauses of which there are several.
    fn fits(&self, _clauses: Clauses) -> bool {
        true
    }
}

/// The leaves of a part, in the form's order.
pub(crate) fn leaves<V: Content>(part: &impl Node<V>) -> Vec<V::Leaf> {
    let mut leaves = Vec::new();
    part.put(&mut leaves);
    leaves
}

/// A clause of cells: a row.
pub trait Row<V: Content>: Node<V> {
    /// How many cells it has.
    const CELLS: usize;
}

/// A clause that tells its branches of the tree.
pub(crate) trait Declared {
    /// The name of the clause.
    const NAME: &'static str;
    /// What the editions built of `clauses` print there.
    fn branches(clauses: Clauses) -> Vec<Branch>;
}

pub(crate) mod sealed {
    /// Only this crate has families of content.
    pub trait Family {}
}
