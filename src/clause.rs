//! How a clause of the form is declared: once, generic in what stands in its cells.
//!
//! `clause!` turns the proof-readable list of a clause's rows into a struct, its JSON form and its outline. What stands
//! in a cell is a family of [`Content`]: the [cell's name](crate::Cells), a [checked figure](crate::Figures), a figure
//! [given](crate::Given) by a caller or a JSON document, or a [cell as published](crate::Published).

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::form::{Kind, Layout, Unit};

/// A family of things that can stand in the cells of the form. Sealed: the families are those of this crate.
pub trait Content: Sized + Copy + Eq + std::fmt::Debug + sealed::Family + 'static {
    /// What any cell holds when all cells are treated alike.
    type Leaf;
    /// Stands where the form prints a count.
    type Count: Leaf<Self>;
    /// Stands where the form prints a signed change, 增/减.
    type Change: Leaf<Self>;
    /// Stands where the form prints an amount of money.
    type Amount: Leaf<Self>;
    /// Stands where the form prints a total, 总计.
    type Total: Leaf<Self>;
    /// Stands where the form prints a row of totals, （七）总计.
    type TotalRow: Leaf<Self>;
    /// Stands beside an amount whose unit the page chooses.
    type AmountUnit: std::fmt::Debug + Clone + Eq + Serialize + DeserializeOwned;
    /// The leaf of an amount whose unit the page chooses.
    fn priced(amount: &Self::Amount, unit: &Self::AmountUnit) -> Self::Leaf;
    /// The amount and the unit of such a leaf.
    fn price(leaf: Self::Leaf) -> Option<(Self::Amount, Self::AmountUnit)>;
}

/// What may stand at a place of the tree: everything that all content families can do.
pub trait Leaf<V: Content>: Node<V> + Clone + Eq + std::fmt::Debug + Serialize + DeserializeOwned {}

impl<V: Content, T: Node<V> + Clone + Eq + std::fmt::Debug + Serialize + DeserializeOwned> Leaf<V> for T {}

/// A part of the form's tree: one leaf a cell, in the form's order.
pub trait Node<V: Content>: Sized {
    /// Hands out the leaves, in the form's order.
    fn pour(&self, into: &mut impl FnMut(V::Leaf));
    /// Builds the part from leaves in the form's order; `None` as soon as one is missing or does not fit.
    fn draw(layout: Layout, from: &mut impl FnMut() -> Option<V::Leaf>) -> Option<Self>;
    /// What this part is where a JSON document leaves its key out; `None` where the key is required.
    fn absent() -> Option<Self> {
        None
    }
    /// Whether JSON leaves the key of this part out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// One step on the way to a cell: a key of its path, and what the form prints there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub key: &'static str,
    pub printed: &'static str,
    pub articles: &'static str,
    pub unit: Unit,
    /// The type of the clause that stands there, as declared.
    pub clause: &'static str,
}

/// A part of the tree that tells the labels leading to each of its cells.
pub(crate) trait Outlined {
    fn outline(layout: Layout, trail: &mut Vec<Label>, each: &mut impl FnMut(&[Label], Kind));
}

/// A family whose leaves tell the kind of their cell: that of the checked figures.
pub(crate) trait Kinds:
    Content<Count: Outlined, Change: Outlined, Amount: Outlined, Total: Outlined, TotalRow: Outlined>
{
}

pub(crate) mod sealed {
    /// Only this crate has families of content.
    pub trait Family {}
}

/// Declares a clause: a struct generic in its content, one line a row or column:
/// `key: type = "printed label", "articles it rests on", unit;`
macro_rules! clause {
    ($(#[$doc:meta])* $Name:ident { $($key:ident: $Type:ty = $printed:literal, $articles:literal $(, $unit:expr)?;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $Name<V: $crate::clause::Content> {
            $(
                #[doc = concat!("`", $printed, "`", clause!(@article $articles))]
                pub $key: $Type,
            )+
        }

        impl<V: $crate::clause::Content> $crate::clause::Node<V> for $Name<V> {
            fn pour(&self, into: &mut impl FnMut(V::Leaf)) {
                $($crate::clause::Node::<V>::pour(&self.$key, into);)+
            }
            fn draw(layout: $crate::form::Layout, from: &mut impl FnMut() -> Option<V::Leaf>) -> Option<Self> {
                Some($Name { $($key: $crate::clause::Node::<V>::draw(layout, from)?,)+ })
            }
        }

        impl<V: $crate::clause::Kinds> $crate::clause::Outlined for $Name<V> {
            fn outline(
                layout: $crate::form::Layout,
                trail: &mut Vec<$crate::clause::Label>,
                each: &mut impl FnMut(&[$crate::clause::Label], $crate::form::Kind),
            ) {
                $(
                    trail.push($crate::clause::Label {
                        key: stringify!($key), printed: $printed, articles: $articles,
                        unit: clause!(@unit $($unit)?), clause: stringify!($Type),
                    });
                    <$Type as $crate::clause::Outlined>::outline(layout, trail, each);
                    trail.pop();
                )+
            }
        }

        impl<V: $crate::clause::Content> serde::Serialize for $Name<V> {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let mut map = to.serialize_map(None)?;
                $(if !$crate::clause::Node::<V>::is_absent(&self.$key) {
                    serde::ser::SerializeMap::serialize_entry(&mut map, stringify!($key), &self.$key)?;
                })+
                serde::ser::SerializeMap::end(map)
            }
        }

        // By hand rather than derived: an array in place of the object is refused, and each family of content says
        // itself which of its keys may be left out.
        impl<'de, V: $crate::clause::Content> serde::Deserialize<'de> for $Name<V> {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                #[derive(serde::Deserialize)]
                #[serde(field_identifier)]
                #[allow(non_camel_case_types, reason = "the keys are spelled as in JSON")]
                enum Key { $($key),+ }

                struct Rows<V>(std::marker::PhantomData<V>);
                impl<'de, V: $crate::clause::Content> serde::de::Visitor<'de> for Rows<V> {
                    type Value = $Name<V>;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("an object with the keys of ", stringify!($Name)))
                    }
                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$Name<V>, A::Error> {
                        $(let mut $key: Option<$Type> = None;)+
                        while let Some(key) = map.next_key()? {
                            match key {
                                $(Key::$key => {
                                    if $key.replace(map.next_value()?).is_some() {
                                        return Err(serde::de::Error::duplicate_field(stringify!($key)));
                                    }
                                })+
                            }
                        }
                        Ok($Name { $(
                            $key: $key.or_else($crate::clause::Node::<V>::absent)
                                .ok_or_else(|| serde::de::Error::missing_field(stringify!($key)))?,
                        )+ })
                    }
                }
                from.deserialize_map(Rows(std::marker::PhantomData))
            }
        }
    };
    (@unit) => { $crate::form::Unit::Pieces };
    (@unit $unit:expr) => { $unit };
    (@article "") => { "" };
    (@article $articles:literal) => { concat!(" · Article ", $articles) };
}
pub(crate) use clause;
