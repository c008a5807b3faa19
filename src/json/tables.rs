//! The tables of a document: one walk along the tree of the form, for figures and for cells as printed.
//!
//! Reading knows the keys of all layouts; which of them a document is of shows by the cells that it has.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::cell::{CellObject, Contradiction, Decimals, Whole, stated};
use super::plain::{GivesUp, Members, Plain};
use crate::form::tree::Branch;
use crate::form::{Cell, Edition, Kind, Layout, Unit};
use crate::number::{Amount, AmountUnit, Change, Count, Figure};
use crate::published::cell::PublishedCell;

/// The key of the unit that is beside an amount.
pub(super) const AMOUNT_UNIT: &str = "amount_unit";

// ---- Leaves --------------------------------------------------------------------------------------

/// What a cell of a document is.
pub(super) trait Leaf: Sized {
    /// Whether totals may be left out.
    const TOTALS_CAN_BE_DERIVED: bool;
    fn read<'de, D: Deserializer<'de>>(kind: Kind, from: D) -> Result<Self, D::Error>;
    /// The same with the unit that is beside it.
    fn in_unit(self, unit: AmountUnit) -> Self;
}

impl Leaf for Figure {
    const TOTALS_CAN_BE_DERIVED: bool = true;
    fn read<'de, D: Deserializer<'de>>(kind: Kind, from: D) -> Result<Figure, D::Error> {
        Ok(match kind {
            Kind::Count => Figure::Count(Count::deserialize(from)?),
            Kind::Change => Figure::Change(Change::deserialize(from)?),
            Kind::Amount => Figure::Amount(Amount::deserialize(from)?, AmountUnit::Unstated),
        })
    }
    fn in_unit(self, unit: AmountUnit) -> Figure {
        match self {
            Figure::Amount(amount, _) => Figure::Amount(amount, unit),
            figure => figure,
        }
    }
}

impl Leaf for Result<PublishedCell, Contradiction> {
    const TOTALS_CAN_BE_DERIVED: bool = false;
    fn read<'de, D: Deserializer<'de>>(kind: Kind, from: D) -> Result<Self, D::Error> {
        Ok(match kind {
            Kind::Count | Kind::Change => CellObject::<Whole>::deserialize(from)?.read(),
            Kind::Amount => CellObject::<Decimals>::deserialize(from)?.read(),
        })
    }
    fn in_unit(self, unit: AmountUnit) -> Self {
        self.and_then(|cell| stated(cell, unit))
    }
}

// ---- Reading -------------------------------------------------------------------------------------

/// A key of the tables of any layout.
pub(super) struct Key {
    pub name: &'static str,
    is_total: bool,
    cell: Option<(Cell, Kind)>,
    /// The cell among its keys whose unit is beside it.
    priced: Option<Cell>,
    keys: Vec<Key>,
}

/// The keys of the tables of all layouts.
static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    /// Adds what one layout has; the cell whose unit is beside it.
    fn merge(keys: &mut Vec<Key>, branches: &[Branch], cells: &mut std::slice::Iter<'_, Cell>) -> Option<Cell> {
        let mut priced = None;
        for branch in branches {
            let cell = branch.kind().and_then(|kind| Some((*cells.next()?, kind)));
            priced = priced.or(cell.filter(|_| branch.unit == Unit::AsPrinted).map(|(cell, _)| cell));
            let at = keys.iter().position(|key| key.name == branch.key).unwrap_or_else(|| {
                let (name, is_total) = (branch.key, branch.is_total());
                keys.push(Key { name, is_total, cell, priced: None, keys: Vec::new() });
                keys.len() - 1
            });
            let below = merge(&mut keys[at].keys, &branch.branches, cells);
            keys[at].priced = keys[at].priced.or(below);
        }
        assert!(keys.len() <= 64, "a reader notes the keys of an object that it has seen in 64 bits");
        priced
    }
    let mut keys = Vec::new();
    for layout in Layout::newest_first() {
        merge(&mut keys, layout.tree(), &mut layout.order().iter());
    }
    keys
});

/// The table of this key.
pub(super) fn table(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// What a document has, by [`Cell::index`].
pub(super) struct Sheet<L>(Vec<Option<L>>);

impl<L: Leaf> Sheet<L> {
    pub(super) fn new() -> Sheet<L> {
        Sheet((0..Cell::count()).map(|_| None).collect())
    }

    /// The layout of the edition that prints just these cells. Totals may be missing where they can be derived, but not some
    /// of a row of totals.
    pub(super) fn layout_of(&self, edition: Edition) -> Option<Layout> {
        let has = |cell: &Cell| self.0[cell.index()].is_some();
        let found = self.0.iter().filter(|leaf| leaf.is_some()).count();
        let may_lack = |layout: Layout, cell: Cell| {
            layout.entry(cell).is_some_and(|entry| {
                let row = entry.row();
                entry.is_total() || row.is_total() && !row.cells().iter().any(|of| has(&of.cell()))
            })
        };
        let fits = |layout: &Layout| {
            let missing = || layout.order().iter().filter(|cell| !has(cell));
            layout.order().len() - missing().count() == found
                && missing().all(|cell| L::TOTALS_CAN_BE_DERIVED && may_lack(*layout, *cell))
        };
        edition.layouts().find(fits)
    }

    /// The leaves of a layout in the form's order.
    pub(super) fn take(&mut self, layout: Layout) -> impl ExactSizeIterator<Item = (Cell, Option<L>)> {
        layout.order().iter().map(|cell| (*cell, self.0[cell.index()].take()))
    }
}

/// The members of an object, some of which are tables.
pub(super) trait Tabled<'de>: MapAccess<'de> {
    /// Reads the table of this key.
    fn table<L: Leaf>(&mut self, key: &'static Key, sheet: &mut Sheet<L>) -> Result<(), Self::Error>;
}

/// The members that a reader of serde gives.
pub(super) struct BySerde<A>(pub A);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for BySerde<A> {
    type Error = A::Error;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

impl<'de, A: MapAccess<'de>> Tabled<'de> for BySerde<A> {
    fn table<L: Leaf>(&mut self, key: &'static Key, sheet: &mut Sheet<L>) -> Result<(), A::Error> {
        self.next_value_seed(Walk { key, sheet }).map(drop)
    }
}

impl<'de> Tabled<'de> for Members<'_, 'de> {
    fn table<L: Leaf>(&mut self, key: &'static Key, sheet: &mut Sheet<L>) -> Result<(), GivesUp> {
        self.of.colon()?;
        self.of.walk(key, sheet).map(drop)
    }
}

/// Reads what is below a key.
struct Walk<'s, L> {
    pub key: &'static Key,
    pub sheet: &'s mut Sheet<L>,
}

/// Whether there is a cell.
impl<'de, L: Leaf> DeserializeSeed<'de> for Walk<'_, L> {
    type Value = bool;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        if L::TOTALS_CAN_BE_DERIVED && self.key.is_total { from.deserialize_option(self) } else { self.required(from) }
    }
}

impl<L: Leaf> Walk<'_, L> {
    fn required<'de, D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        let Some((cell, kind)) = self.key.cell else { return from.deserialize_map(self) };
        self.sheet.0[cell.index()] = Some(L::read(kind, from)?);
        Ok(true)
    }
}

impl<'de, L: Leaf> Visitor<'de> for Walk<'_, L> {
    type Value = bool;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "what stands at {}", self.key.name)
    }

    /// A total that is null is left out.
    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        self.required(from)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut object = OpenObject::of(self.key);
        while let Some(member) = map.next_key_seed(Find(&object))? {
            match member {
                Member::Unit => object.states_unit(map.next_value::<Named>()?.0)?,
                Member::Key(at) => {
                    let key = object.begins(at)?;
                    object.has_cell |= map.next_value_seed(Walk { key, sheet: self.sheet })?;
                }
            }
        }
        object.ends(self.sheet)
    }
}

impl Plain<'_> {
    /// The same as a [`Walk`], faster: most keys come in the form's order.
    pub(super) fn walk<L: Leaf>(&mut self, key: &'static Key, sheet: &mut Sheet<L>) -> Result<bool, GivesUp> {
        if L::TOTALS_CAN_BE_DERIVED && key.is_total && self.is_null()? {
            return Ok(false);
        }
        if let Some((cell, kind)) = key.cell {
            sheet.0[cell.index()] = Some(L::read(kind, &mut *self)?);
            return Ok(true);
        }
        let mut object = OpenObject::of(key);
        let mut members = self.object()?;
        while members.has_next(b'}')? {
            let expected = object.keys.get(object.next).filter(|key| members.of.is_key(key.name));
            let member = match expected {
                Some(_) => Member::Key(object.next),
                None => object.member(members.of.key()?).ok_or(GivesUp)?,
            };
            match member {
                Member::Unit => object.states_unit(members.value::<Named>()?.0)?,
                Member::Key(at) => {
                    let key = object.begins(at)?;
                    members.of.colon()?;
                    object.has_cell |= members.of.walk(key, sheet)?;
                }
            }
        }
        members.end(b'}')?;
        object.ends(sheet)
    }
}

/// A member of an object of the tables.
enum Member {
    Key(usize),
    /// The unit of an amount beside it.
    Unit,
}

/// An object of the tables that is being read.
struct OpenObject {
    keys: &'static [Key],
    priced: Option<Cell>,
    unit: Option<AmountUnit>,
    /// By number of the key. A null that is given twice leaves no trace in the sheet.
    seen: u64,
    /// The key that comes next in the form's order.
    next: usize,
    has_cell: bool,
}

impl OpenObject {
    fn of(key: &'static Key) -> OpenObject {
        OpenObject { keys: &key.keys, priced: key.priced, unit: None, seen: 0, next: 0, has_cell: false }
    }

    /// The member of this name.
    fn member(&self, name: &str) -> Option<Member> {
        if self.priced.is_some() && name == AMOUNT_UNIT {
            return Some(Member::Unit);
        }
        if self.keys.get(self.next).is_some_and(|key| key.name == name) {
            return Some(Member::Key(self.next));
        }
        self.keys.iter().position(|key| key.name == name).map(Member::Key)
    }

    fn states_unit<E: Error>(&mut self, unit: AmountUnit) -> Result<(), E> {
        if self.unit.replace(unit).is_some() { Err(E::duplicate_field(AMOUNT_UNIT)) } else { Ok(()) }
    }

    /// The key of this number, whose value follows.
    fn begins<E: Error>(&mut self, at: usize) -> Result<&'static Key, E> {
        if self.seen & 1 << at != 0 {
            return Err(E::duplicate_field(self.keys[at].name));
        }
        (self.seen, self.next) = (self.seen | 1 << at, at + 1);
        Ok(&self.keys[at])
    }

    /// Whether there was a cell. What lacks some of its cells, or has those of another layout, shows in the sheet.
    fn ends<L: Leaf, E: Error>(self, sheet: &mut Sheet<L>) -> Result<bool, E> {
        if !self.has_cell {
            return Err(E::missing_field(self.keys[0].name));
        }
        if let Some(cell) = self.priced
            && let Some(amount) = sheet.0[cell.index()].take()
        {
            let unit = self.unit.ok_or_else(|| E::missing_field(AMOUNT_UNIT))?;
            sheet.0[cell.index()] = Some(amount.in_unit(unit));
        }
        Ok(true)
    }
}

/// A unit, from its name only.
struct Named(AmountUnit);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Named, D::Error> {
        crate::wire::exact(from).map(Named)
    }
}

/// Finds a member by its name.
struct Find<'o>(&'o OpenObject);

impl<'de> DeserializeSeed<'de> for Find<'_> {
    type Value = Member;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Member, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Find<'_> {
    type Value = Member;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key of the form")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Member, E> {
        self.0.member(name).ok_or_else(|| E::unknown_field(name, &[]))
    }
}

// ---- Writing -------------------------------------------------------------------------------------

/// What writes the cell at a key.
pub(super) trait Write {
    fn write<M: SerializeMap>(&self, branch: &Branch, kind: Kind, to: &mut M) -> Result<(), M::Error>;
}

impl Write for Figure {
    fn write<M: SerializeMap>(&self, branch: &Branch, _: Kind, to: &mut M) -> Result<(), M::Error> {
        match self {
            Figure::Count(count) => to.serialize_entry(branch.key, count),
            Figure::Change(change) => to.serialize_entry(branch.key, change),
            Figure::Amount(amount, unit) => {
                to.serialize_entry(branch.key, amount)?;
                if branch.unit == Unit::AsPrinted { to.serialize_entry(AMOUNT_UNIT, unit) } else { Ok(()) }
            }
        }
    }
}

impl Write for PublishedCell {
    fn write<M: SerializeMap>(&self, branch: &Branch, kind: Kind, to: &mut M) -> Result<(), M::Error> {
        let unit_beside = branch.unit == Unit::AsPrinted;
        match kind {
            Kind::Count | Kind::Change => {
                to.serialize_entry(branch.key, &CellObject::<Whole>::write(self, unit_beside))?;
            }
            Kind::Amount => to.serialize_entry(branch.key, &CellObject::<Decimals>::write(self, unit_beside))?,
        }
        if unit_beside { to.serialize_entry(AMOUNT_UNIT, &self.amount_unit()) } else { Ok(()) }
    }
}

/// The tables of a layout, with their cells in the form's order.
pub(super) struct Tables<'r, W> {
    pub layout: Layout,
    pub cells: &'r [W],
}

impl<W: Write> Serialize for Tables<'_, W> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Below { branches: self.layout.tree(), cells: std::cell::Cell::new(self.cells) }.serialize(to)
    }
}

/// What is below a branch; each cell is taken as it is written.
struct Below<'r, W> {
    branches: &'static [Branch],
    cells: std::cell::Cell<&'r [W]>,
}

impl<W: Write> Serialize for Below<'_, W> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.branches.len()))?;
        for branch in self.branches {
            match (branch.kind(), self.cells.get()) {
                (Some(kind), [cell, rest @ ..]) => {
                    cell.write(branch, kind, &mut map)?;
                    self.cells.set(rest);
                }
                _ => {
                    let below = Below { branches: &branch.branches, cells: self.cells.clone() };
                    map.serialize_entry(branch.key, &below)?;
                    self.cells.set(below.cells.get());
                }
            }
        }
        map.end()
    }
}
