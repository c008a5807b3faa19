//! The name of a cell, and what can stand in the cells of a clause.

use super::checked::Checked;
use super::clause::{Content, Node, Row, sealed};
use super::edition_data::Clauses;
use crate::number::{Amount, AmountUnit, Change, Count, Figure, Money};

/// A cell of the form, named by its path. The same path is the same cell in every layout that prints it.
///
/// ```
/// use ogi_report::Cell;
/// let cell: Cell = "requests.received.natural_person".parse()?;
/// assert_eq!(cell.label(), "一、本年新收政府信息公开申请数量 · 自然人");
/// assert_eq!((cell.unit().word(), cell.basis().to_string()), ("件", "Articles 27, 29, 31".to_owned()));
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(pub(crate) u16);

impl Cell {
    /// The number of the cell, from 0: less than [`Cell::count`].
    pub(crate) fn index(self) -> usize {
        self.0.into()
    }
}

// ---- Families of content -------------------------------------------------------------------------

/// The content of a form of names: each cell holds its [`Cell`]. The names of a part are [`Checked`]: those that the
/// catalogue has, never of several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {}

impl sealed::Family for Cells {}
impl Content for Cells {
    type Leaf = Cell;
    type Count = Cell;
    type Change = Cell;
    type Amount = Cell;
    type Money = Cell;
    type Total = Cell;
    type Part<T: Node<Self>> = Checked<T>;
    type TotalRow<T: Row<Self>> = Checked<T>;
}

impl Node<Cells> for Cell {
    fn put(&self, into: &mut Vec<Cell>) {
        into.push(*self);
    }
    fn from_leaves(_: Clauses, from: &mut dyn FnMut() -> Option<Cell>) -> Option<Cell> {
        from()
    }
}

/// The content of a checked form: each cell holds a legal figure, each part is [`Checked`]. Figures in a row are not yet a
/// right row: no function that promises one takes anything but [`Checked`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {}

impl sealed::Family for Figures {}
impl Content for Figures {
    type Leaf = Figure;
    type Count = Count;
    type Change = Change;
    type Amount = Amount;
    type Money = Money;
    type Total = Count;
    type Part<T: Node<Self>> = Checked<T>;
    type TotalRow<T: Row<Self>> = Checked<T>;
}

/// The content of a form as a caller gives it: figures, and totals that may be left out.
///
/// ```
/// use ogi_report::{Given, requests::Applicants};
/// let row: Applicants<Given> = Applicants { other: 1.into(), ..Applicants::NONE };
/// assert_eq!(row.total, None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {}

impl sealed::Family for Given {}
impl Content for Given {
    type Leaf = Option<Figure>;
    type Count = Count;
    type Change = Change;
    type Amount = Amount;
    type Money = Money;
    type Total = Option<Count>;
    type Part<T: Node<Self>> = T;
    type TotalRow<T: Row<Self>> = Option<T>;
}

/// A figure type as a leaf: of a checked form, and of a given one.
macro_rules! figure {
    ($Type:ident, $make:expr, $pattern:pat => $value:expr) => {
        impl Node<Figures> for $Type {
            fn put(&self, into: &mut Vec<Figure>) {
                into.push($make(*self));
            }
            fn from_leaves(_: Clauses, from: &mut dyn FnMut() -> Option<Figure>) -> Option<$Type> {
                match from()? {
                    $pattern => Some($value),
                    _ => None,
                }
            }
        }

        impl Node<Given> for $Type {
            fn put(&self, into: &mut Vec<Option<Figure>>) {
                into.push(Some($make(*self)));
            }
            fn from_leaves(_: Clauses, from: &mut dyn FnMut() -> Option<Option<Figure>>) -> Option<$Type> {
                match from()?? {
                    $pattern => Some($value),
                    _ => None,
                }
            }
        }
    };
}
figure!(Count, Figure::Count, Figure::Count(count) => count);
figure!(Change, Figure::Change, Figure::Change(change) => change);
// The form fixes the unit of its own amounts; where the page chooses it, the cell holds `Money`.
figure!(Amount, |amount| Figure::Amount(amount, AmountUnit::Unstated), Figure::Amount(amount, _) => amount);
figure!(Money, |Money { amount, unit }| Figure::Amount(amount, unit), Figure::Amount(amount, unit) => Money { amount, unit });

impl Node<Given> for Option<Count> {
    fn put(&self, into: &mut Vec<Option<Figure>>) {
        into.push(self.map(Figure::Count));
    }
    fn from_leaves(_: Clauses, from: &mut dyn FnMut() -> Option<Option<Figure>>) -> Option<Self> {
        match from()? {
            None => Some(None),
            Some(Figure::Count(count)) => Some(Some(count)),
            Some(_) => None,
        }
    }
}

impl<T: Row<Given>> Node<Given> for Option<T> {
    fn put(&self, into: &mut Vec<Option<Figure>>) {
        match self {
            Some(row) => row.put(into),
            None => into.extend(std::iter::repeat_n(None, T::CELLS)),
        }
    }
    fn from_leaves(clauses: Clauses, from: &mut dyn FnMut() -> Option<Option<Figure>>) -> Option<Self> {
        T::from_leaves(clauses, from).map(Some)
    }
    fn fits(&self, clauses: Clauses) -> bool {
        self.is_none_or(|row| row.fits(clauses))
    }
}

impl<V: Content, T: Node<V>> Node<V> for Checked<T> {
    fn put(&self, into: &mut Vec<V::Leaf>) {
        (**self).put(into);
    }
    /// Only called with figures that were checked, and with the names of the catalogue.
    fn from_leaves(clauses: Clauses, from: &mut dyn FnMut() -> Option<V::Leaf>) -> Option<Self> {
        T::from_leaves(clauses, from).map(Checked::proved)
    }
    fn fits(&self, clauses: Clauses) -> bool {
        (**self).fits(clauses)
    }
}
