//! A cell in JSON: a figure in `annual-report`, an object `{status, value?, printed?, note?, place?}` in `published-report`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[cfg(feature = "export")]
use crate::form::Kind;
use crate::number::{AmountUnit, LARGEST_COUNT, Number, whole};
use crate::place::Place;
use crate::published::cell::{Origin, PublishedCell};
use crate::published::printed::{Printed, Status};
use crate::text::shortened;
use crate::wire::{exact, optional, optional_texts, text};

/// The cell in a unit that is stated beside it.
pub(super) fn stated(cell: PublishedCell, unit: AmountUnit) -> Result<PublishedCell, Contradiction> {
    let printed = cell.amount_unit();
    if printed != AmountUnit::Unstated && printed != unit {
        let (expected, found) = (printed.word(), unit.word().to_owned());
        return Err(Contradiction { expected: [format!("单位 {expected}"), format!("the unit {expected}")], found });
    }
    Ok(cell.in_unit(unit))
}

/// A cell object whose parts contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contradiction {
    pub expected: [String; 2],
    pub found: String,
}

/// A cell as JSON writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct CellObject<T> {
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<T>,
    #[serde(skip_serializing_if = "Option::is_none")]
    printed: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Note>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
}

/// What is to be said on a cell beside its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "note", title = "note")]
pub(crate) struct Note {
    /// What is printed beside the number; follows from the printed text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("readOnly" = true))]
    remark: Option<String>,
    /// The unit of money printed with the number, in the cell or beside it.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    unit: Option<AmountUnit>,
    /// How the number came here, where the page does not print it as one cell of a row with its label.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    /// What the cell can hold, where its figures ran together with others and more than one cut is open.
    #[serde(default, deserialize_with = "optional_texts", skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Box<str>>,
}

impl Note {
    fn is_empty(&self) -> bool {
        let Note { remark, unit, origin, candidates } = self;
        remark.is_none() && unit.is_none() && origin.is_none() && candidates.is_empty()
    }
}

// By hand: the bound of a derived reader would be repeated at every use, and an array is refused.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for CellObject<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Parts<T> {
            #[serde(deserialize_with = "exact")]
            status: Status,
            value: Option<T>,
            printed: Option<Box<str>>,
            #[serde(default, deserialize_with = "optional")]
            note: Option<Note>,
            place: Option<Place>,
        }
        let Parts { status, value, printed, note, place } = exact(from)?;
        Ok(CellObject { status, value, printed, note, place })
    }
}

impl<T: Copy + Into<Number> + TryFrom<Number>> CellObject<T> {
    /// The cell as it is written; the unit of an amount is left out where it is beside it.
    pub(super) fn write(cell: &PublishedCell, unit_beside: bool) -> CellObject<T> {
        let note = Note {
            remark: cell.remark().map(str::to_owned),
            unit: Some(cell.amount_unit()).filter(|unit| !unit_beside && *unit != AmountUnit::Unstated),
            origin: cell.origin(),
            candidates: cell.candidates().map(Box::from).collect(),
        };
        CellObject {
            status: cell.status(),
            value: cell.number().and_then(|number| T::try_from(number).ok()),
            printed: if cell.printed().is_empty() { None } else { Some(cell.printed().into()) },
            note: Some(note).filter(|note| !note.is_empty()),
            place: cell.place().cloned(),
        }
    }

    /// The cell, if status, value and printed text agree: the printed text decides.
    pub(super) fn read(&self) -> Result<PublishedCell, Contradiction> {
        let value: Option<Number> = self.value.map(Into::into);
        let says = |status: Status, number: Option<Number>| match number {
            Some(number) => format!("{} {number}", status.name()),
            None => status.name().to_owned(),
        };
        let contradiction = |expected: [String; 2]| Err(Contradiction { expected, found: says(self.status, value) });
        let printed = self.printed.as_deref().unwrap_or("");
        let cell = match (self.note.as_ref().and_then(|note| note.origin).filter(|origin| origin.is_assumed()), value) {
            (Some(assumption), Some(number)) => {
                let reading = Printed::of(printed).status;
                let (of_mark, zh, en) = match assumption {
                    Origin::NotApplicableAsZero => (Status::NotApplicable, "“不适用”", "a mark for not applicable"),
                    _ => (Status::Blank, "空白", "a blank cell"),
                };
                if self.status != Status::Number || reading != of_mark {
                    return contradiction([
                        format!("按数字计的{zh}格，印作“{}”", shortened(printed)),
                        format!("{en} taken for a number, printed {:?}", shortened(printed)),
                    ]);
                }
                if assumption != Origin::TotalFromParts && number != Number::from(0) {
                    let zero = says(Status::Number, Some(Number::from(0)));
                    return contradiction([zero.clone(), zero]);
                }
                PublishedCell::read(printed).assumed(number, assumption)
            }
            (Some(_), None) => return contradiction(["推定的数字", "a number that is assumed"].map(str::to_owned)),
            (None, _) if !printed.is_empty() => {
                let cell = PublishedCell::read(printed);
                if cell.status() != self.status || value.is_some() && value != cell.number() {
                    let (is, printed) = (says(cell.status(), cell.number()), shortened(printed));
                    return contradiction([format!("所印的 {is}：{printed}"), format!("{is} as printed: {printed}")]);
                }
                cell
            }
            (None, Some(number)) if self.status == Status::Number => PublishedCell::read(&number.to_string()),
            (None, Some(_)) => {
                let status = self.status.name();
                return contradiction([
                    format!("状态 {status} 没有数值"),
                    format!("no value with the status {status}"),
                ]);
            }
            (None, None) if self.status == Status::Number => {
                return contradiction(["带有数值的数字", "a number with its value"].map(str::to_owned));
            }
            (None, None) => PublishedCell::of(self.status),
        };
        let cell = match &self.place {
            Some(place) => cell.at(place.clone()),
            None => cell,
        };
        let Some(Note { unit, origin, candidates, .. }) = &self.note else { return Ok(cell) };
        let cell = match unit {
            Some(unit) => stated(cell, *unit)?,
            None => cell,
        };
        let cell = match origin.filter(|origin| origin.is_inferred()) {
            Some(_) if cell.number().is_none() => {
                return contradiction(["推断的数字", "a number that was inferred"].map(str::to_owned));
            }
            Some(origin) => cell.inferred(origin),
            None => cell,
        };
        if candidates.is_empty() {
            return Ok(cell);
        }
        if self.status != Status::Unreadable || !printed.is_empty() {
            return contradiction(
                ["无法辨认、没有所印文字的格的备选", "candidates of a cell that is unreadable, with nothing printed"]
                    .map(str::to_owned),
            );
        }
        Ok(cell.with_candidates(candidates.iter().cloned()))
    }
}

#[cfg(feature = "export")]
impl PublishedCell {
    /// The number as JSON writes it in a cell of this kind; `None` if there is none that the cell could hold.
    pub(crate) fn written_value(&self, kind: Kind) -> Option<String> {
        let number = self.number()?;
        match kind {
            Kind::Count | Kind::Change => Whole::try_from(number).ok().map(|whole| whole.0.to_string()),
            Kind::Amount => Decimals::try_from(number).ok().map(|amount| amount.to_string()),
        }
    }
}

/// The number of a cell of counts: whole, perhaps negative by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole(i64);

impl From<Whole> for Number {
    fn from(value: Whole) -> Number {
        Number::from(value.0)
    }
}

impl TryFrom<Number> for Whole {
    type Error = ();
    fn try_from(number: Number) -> Result<Whole, ()> {
        number.whole().map(Whole).ok_or(())
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Whole, D::Error> {
        whole(from).map(Whole)
    }
}

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(self.0)
    }
}

impl JsonSchema for Whole {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "whole".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": -(LARGEST_COUNT as i64), "maximum": LARGEST_COUNT })
    }
}

/// The number of a cell of money: a decimal, perhaps negative by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimals(Decimal);

impl Decimals {
    /// How it is written in JSON.
    pub(crate) const PATTERN: &'static str = r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$";
}

impl From<Decimals> for Number {
    fn from(value: Decimals) -> Number {
        Number::from(value.0)
    }
}

impl TryFrom<Number> for Decimals {
    type Error = crate::value_error::ValueError;
    fn try_from(number: Number) -> Result<Decimals, Self::Error> {
        number.to_string().parse()
    }
}

impl FromStr for Decimals {
    type Err = crate::value_error::ValueError;
    fn from_str(text: &str) -> Result<Decimals, Self::Err> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let amount = digits.parse::<crate::number::Amount>()?.get();
        Ok(Decimals(if negative { -amount } else { amount }))
    }
}

impl fmt::Display for Decimals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Decimals {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Decimals, D::Error> {
        text(from)
    }
}

impl Serialize for Decimals {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl JsonSchema for Decimals {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "decimals".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": Decimals::PATTERN })
    }
}

/// The cell object of counts and changes, for the schema.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "count_cell", title = "count_cell")]
#[expect(dead_code, reason = "stands for the cell object in the schema")]
pub(crate) struct CountCell {
    /// What is in the cell.
    status: Status,
    /// The number, if the status is number and it is whole; the printed text decides.
    value: Option<Whole>,
    /// The text as printed; absent for an empty text.
    printed: Option<String>,
    /// What is to be said beside the number.
    note: Option<Note>,
    /// Where the cell is in the source: 17:3, 2/5/3 or Sheet1!B7.
    place: Option<Place>,
}

/// The cell object of amounts, for the schema.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "amount_cell", title = "amount_cell")]
#[expect(dead_code, reason = "stands for the cell object in the schema")]
pub(crate) struct AmountCell {
    /// What is in the cell.
    status: Status,
    /// The amount, if the status is number; the printed text decides.
    value: Option<Decimals>,
    /// The text as printed; absent for an empty text.
    printed: Option<String>,
    /// What is to be said beside the number.
    note: Option<Note>,
    /// Where the cell is in the source: 17:3, 2/5/3 or Sheet1!B7.
    place: Option<Place>,
}
