//! Editions and layouts, by number: what the entries of [`EDITIONS`] say of them. Nothing else in this crate has a list of
//! editions of its own.

use std::fmt;
use std::str::FromStr;
use std::sync::{LazyLock, OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::edition_data::{EditionData, LayoutData};
use super::editions::EDITIONS;
use crate::language::Language;
use crate::value_error::ValueError;
use crate::wire::text;

/// The layouts of all editions, oldest edition first, each as prescribed before those that depart from it.
static LAYOUTS: LazyLock<Vec<(Edition, &'static LayoutData)>> = LazyLock::new(|| {
    let of_edition = |edition: Edition| edition.data().layouts.iter().map(move |layout| (edition, layout));
    Edition::all().flat_map(of_edition).collect()
});

/// An edition of the form. Article 50 lets the national competent department update it from time to time.
///
/// ```
/// use ogi_report::Edition;
/// assert_eq!(Edition::for_year(2020), Some(Edition::EDITION_2019));
/// assert_eq!("2021".parse::<Edition>()?.notice(), "国办公开办函〔2021〕30号");
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edition(u8);

impl Edition {
    /// 国办公开办函〔2019〕60号 (trial form): report years 2019 and 2020.
    pub const EDITION_2019: Edition = Edition(0);
    /// 国办公开办函〔2021〕30号: report years from 2021.
    pub const EDITION_2021: Edition = Edition(1);

    /// All editions, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Edition> + ExactSizeIterator {
        (0..EDITIONS.len() as u8).map(Edition)
    }

    /// The edition in force.
    pub fn newest() -> Edition {
        // There are a few.
        Edition(EDITIONS.len() as u8 - 1)
    }

    /// The edition that reports for `year` are due in; `None` before 2019, when 国办发〔2014〕32号 prescribed another
    /// table that this crate does not model.
    pub fn for_year(year: u16) -> Option<Edition> {
        Edition::all().rev().find(|edition| edition.data().since <= year)
    }

    /// The report years it is for: the first, and the last, if another edition followed.
    pub fn years(self) -> (u16, Option<u16>) {
        let next = EDITIONS.get(usize::from(self.0) + 1);
        (self.data().since, next.map(|next| next.since - 1))
    }

    /// The notice that prescribes it.
    pub fn notice(self) -> &'static str {
        self.data().notice
    }

    /// The layout of this edition exactly as prescribed.
    pub fn layout(self) -> Layout {
        let older = &EDITIONS[..usize::from(self.0)];
        // There are a few.
        Layout(older.iter().map(|edition| edition.layouts.len() as u8).sum())
    }

    /// All its layouts: as prescribed first, then those that depart from it.
    pub fn layouts(self) -> impl Iterator<Item = Layout> {
        let first = self.layout().0;
        (first..first + self.data().layouts.len() as u8).map(Layout)
    }

    /// The name, as in JSON: `2019`.
    pub fn name(self) -> &'static str {
        self.data().name
    }

    fn data(self) -> &'static EditionData {
        &EDITIONS[usize::from(self.0)]
    }
}

/// What is really printed: an edition as prescribed, or one that departs from it, such as the hybrid seen in reports for 2023
/// and 2024.
///
/// ```
/// use ogi_report::{Language, Layout};
/// let hybrid: Layout = "2021-hybrid".parse()?;
/// assert_eq!((hybrid.cells().len(), hybrid.is_exact()), (186, false));
/// assert_eq!(hybrid.edition().layout().label(Language::English), "the form of 2021");
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Layout(u8);

impl Layout {
    /// Edition 2019 as prescribed.
    pub const EDITION_2019: Layout = Layout(0);
    /// Edition 2021 as prescribed.
    pub const EDITION_2021: Layout = Layout(1);
    /// Edition 2021 with the one row （六）其他处理 of edition 2019.
    pub const HYBRID: Layout = Layout(2);

    /// All layouts: those of the newest edition first, of each edition as prescribed first.
    pub fn newest_first() -> impl Iterator<Item = Layout> {
        Edition::all().rev().flat_map(Edition::layouts)
    }

    /// The edition this layout is, or departs from.
    pub fn edition(self) -> Edition {
        LAYOUTS[self.index()].0
    }

    /// Whether this is its edition exactly as prescribed.
    pub fn is_exact(self) -> bool {
        self.edition().layout() == self
    }

    /// Its number, from 0.
    pub(crate) fn index(self) -> usize {
        self.0.into()
    }

    /// The name used in schema identifiers: `2021`, `2021-hybrid`, `2019`.
    pub fn name(self) -> &'static str {
        self.data().name
    }

    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        language.of(self.data().label)
    }

    pub(crate) fn data(self) -> &'static LayoutData {
        LAYOUTS[self.index()].1
    }
}

/// A value for each layout, made when it is first asked for.
pub(crate) struct PerLayout<T: 'static> {
    made: OnceLock<Vec<T>>,
    make: fn(Layout) -> T,
}

impl<T> PerLayout<T> {
    pub(crate) const fn new(make: fn(Layout) -> T) -> PerLayout<T> {
        PerLayout { made: OnceLock::new(), make }
    }

    pub(crate) fn of(&self, layout: Layout) -> &T {
        &self.made.get_or_init(|| (0..LAYOUTS.len() as u8).map(|number| (self.make)(Layout(number))).collect())
            [layout.index()]
    }
}

// ---- Names ---------------------------------------------------------------------------------------

/// An edition or a layout is written as its name.
macro_rules! named {
    ($Type:ident, $all:expr) => {
        impl FromStr for $Type {
            type Err = ValueError;
            fn from_str(name: &str) -> Result<$Type, ValueError> {
                let found = $all.find(|one: &$Type| one.name() == name);
                found.ok_or_else(|| {
                    let words = ["表样版本的名称，如 2021", "the name of an edition or a layout such as 2021"];
                    ValueError::new(words, name)
                })
            }
        }

        impl fmt::Display for $Type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl fmt::Debug for $Type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($Type))
            }
        }
    };
}
named!(Edition, Edition::all());
named!(Layout, Layout::newest_first());

impl Serialize for Edition {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Edition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Edition, D::Error> {
        text(from)
    }
}
