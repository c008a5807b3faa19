//! How a clause of the form is declared: once, generic in what stands in its cells.
//!
//! `clause!` turns the proof-readable list of a clause's rows into a struct and its branches of the tree. What stands in a
//! cell is a family of [`Content`]: the [cell's name](super::Cells), a [checked figure](super::Figures), or a figure
//! [given](super::Given) by a caller.

use super::edition::Clauses;
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
    /// Hands out the leaves, in the form's order.
    fn for_each(&self, into: &mut dyn FnMut(V::Leaf));
    /// Builds the part from leaves in the form's order; `None` as soon as one is missing or does not fit.
    fn from_leaves(clauses: Clauses, from: &mut dyn FnMut() -> Option<V::Leaf>) -> Option<Self>;
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

/// Declares a clause: a struct generic in its content, one line a row or column:
/// `key: Kind = "printed label", "articles it rests on", unit;`, where the kind is `Count`, `Change`, `Amount`, `Money`,
/// `Total`, `Part<Clause>` or `TotalRow<Clause>`.
macro_rules! clause {
    ($(#[$doc:meta])* $Name:ident {
        $($key:ident: $Kind:ident $(<$Type:ident>)? = $printed:literal, $articles:literal $(, $unit:expr)?;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $Name<V: $crate::form::Content = $crate::form::Figures> {
            $(
                #[doc = concat!("`", $printed, "`", clause!(@article $articles))]
                pub $key: V::$Kind $(<$Type<V>>)?,
            )+
        }

        impl<V: $crate::form::Content> $crate::form::clause::Node<V> for $Name<V> {
            fn for_each(&self, into: &mut dyn FnMut(V::Leaf)) {
                $(self.$key.for_each(into);)+
            }
            fn from_leaves(
                clauses: $crate::form::edition::Clauses,
                from: &mut dyn FnMut() -> Option<V::Leaf>,
            ) -> Option<Self> {
                Some($Name { $($key: $crate::form::clause::Node::<V>::from_leaves(clauses, from)?,)+ })
            }
        }

        impl $Name<$crate::form::Given> {
            /// Nothing happened: every cell is 0, totals are left out.
            pub const NONE: Self = $Name { $($key: clause!(@none $Kind $(<$Type>)?),)+ };
        }

        impl<V: $crate::form::Content> $crate::form::clause::Row<V> for $Name<V> {
            const CELLS: usize = [$(stringify!($key)),+].len();
        }

        impl $crate::form::clause::Declared for $Name<$crate::form::Cells> {
            const NAME: &'static str = stringify!($Name);
            fn branches(_clauses: $crate::form::edition::Clauses) -> Vec<$crate::form::tree::Branch> {
                vec![$({
                    let (role, clause, branches) = clause!(@declare _clauses $Kind $(<$Type>)?);
                    $crate::form::tree::Branch {
                        key: stringify!($key), printed: $printed, articles: $articles, unit: clause!(@unit $($unit)?),
                        role, clause, branches,
                    }
                }),+]
            }
        }
    };
    (@unit) => { $crate::form::Unit::Pieces };
    (@unit $unit:expr) => { $unit };
    (@article "") => { "" };
    (@article $articles:literal) => { concat!(" · Article ", $articles) };
    (@none Total) => { None };
    (@none TotalRow<$Type:ident>) => { None };
    (@none Part<$Type:ident>) => { $Type::<$crate::form::Given>::NONE };
    (@none $Kind:ident) => { $crate::number::$Kind::ZERO };
    (@declare $clauses:ident Total) => { ($crate::form::tree::Role::Total, "", vec![]) };
    (@declare $clauses:ident Money) => { clause!(@declare $clauses Amount) };
    (@declare $clauses:ident Part<$Type:ident>) => { clause!(@group $clauses Group $Type) };
    (@declare $clauses:ident TotalRow<$Type:ident>) => { clause!(@group $clauses TotalRow $Type) };
    (@declare $clauses:ident $Kind:ident) => {
        ($crate::form::tree::Role::Cell($crate::form::Kind::$Kind), "", vec![])
    };
    (@group $clauses:ident $Role:ident $Type:ident) => {
        (
            $crate::form::tree::Role::$Role,
            <$Type<$crate::form::Cells> as $crate::form::clause::Declared>::NAME,
            <$Type<$crate::form::Cells> as $crate::form::clause::Declared>::branches($clauses),
        )
    };
}
pub(crate) use clause;
