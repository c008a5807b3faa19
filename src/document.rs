//! The document `published-report`: the keys of `annual-report`, each leaf a cell object
//! `{status, value?, printed?, note?, place?}`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::agency::Agency;
use crate::article20::Article20;
use crate::clause::{Content, Node, sealed};
use crate::date::{Date, Year};
use crate::facts::{Evidence, Scope};
use crate::form::{Edition, Form, Kind, Layout};
use crate::json::{CellFault, JsonError, ShapeFault, explain};
use crate::narrative::{Heading, Narrative, OtherMatters, Part, Remark};
use crate::number::whole;
use crate::number::{AmountUnit, LARGEST_COUNT, Number};
use crate::place::Place;
use crate::proceedings::Proceedings;
use crate::published::cell::{Assumption, Inference, PublishedCell};
use crate::published::printed::{Printed, Status};
use crate::published::{Misprint, PublishedReport, Unmatched};
use crate::report::{Obstacle, layout_of, read_parts};
use crate::requests::{Applicants, Requests};
use crate::text::shortened;
use crate::wire::{Objects, exact, is_default, optional, optional_list, optional_texts, or_default, text};

/// The document as it stands.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "published_report", title = "published_report")]
pub(crate) struct Document {
    /// The identifier of the schema the document names.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    schema: Option<String>,
    /// The edition of the form that is printed.
    #[serde(deserialize_with = "exact")]
    #[schemars(skip)]
    edition: Edition,
    /// The report year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    year: Option<Year>,
    /// The title as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Who reports.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    agency: Option<Agency>,
    /// Whom the figures cover; absent for unknown.
    #[serde(default, deserialize_with = "or_default")]
    scope: Scope,
    /// The day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_on: Option<Date>,
    /// The day in the signature block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signed_on: Option<Date>,
    /// How these facts are known; what is absent was stated.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "is_default")]
    evidence: Evidence,
    /// The section headings found, in the order of the page.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    headings: Vec<Heading>,
    /// What stands between the title and section one.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    preamble: Option<Part>,
    /// Section one, 一、总体情况.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    overview: Option<Narrative>,
    #[schemars(skip)]
    article20: Article20<Published>,
    #[schemars(skip)]
    requests: Requests<Published>,
    #[schemars(skip)]
    proceedings: Proceedings<Published>,
    /// Section five, 五、存在的主要问题及改进情况.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    problems: Option<Narrative>,
    /// Section six, 六、其他需要报告的事项.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    other_matters: Option<OtherMatters>,
    /// Paragraphs that stand among the tables of sections two to four.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<Remark>,
    /// Figures printed in the tables that were matched to no cell.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    unmatched: Vec<Unmatched>,
    /// Labels of rows that are printed otherwise than the form has them, and were recognised by likeness.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    misprints: Vec<Misprint>,
}

impl PublishedReport {
    /// Reads the document `published-report`, or the figures of an `annual-report`, right or wrong: totals that one leaves
    /// out are [`Status::NotFound`].
    ///
    /// # Errors
    /// - [`JsonError::Syntax`] if it is no JSON,
    /// - [`JsonError::Shape`] with every place where it departs from the schema,
    /// - [`JsonError::Cells`] with every cell that contradicts itself.
    pub fn from_json(bytes: &[u8]) -> Result<PublishedReport, JsonError> {
        if let Ok(parts) = read_parts(bytes) {
            return parts.into_published().map_err(wrong_tables);
        }
        let mut from = serde_json::Deserializer::from_slice(bytes);
        let document = Document::deserialize(Objects(&mut from)).and_then(|document| from.end().map(|()| document));
        let document = document.map_err(|error| {
            explain(bytes, error, |document| {
                if crate::schema::holds_figures(document) {
                    crate::schema::annual_report(crate::schema::edition_of(document)).to_value()
                } else {
                    crate::schema::published_report(crate::schema::layout_of(document)).to_value()
                }
            })
        })?;
        document.into_report()
    }

    /// Writes the document `published-report`.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and integers are always JSON")
    }
}

/// The tables are those of another edition than the document states.
fn wrong_tables(obstacle: Obstacle) -> JsonError {
    JsonError::Shape(vec![ShapeFault {
        path: "edition".to_owned(),
        expected: "the edition of the tables".to_owned(),
        found: obstacle.to_string(),
    }])
}

impl Document {
    fn into_report(self) -> Result<PublishedReport, JsonError> {
        let layout =
            layout_of(self.edition, &self.article20, &self.requests.outcomes.other_handling).map_err(wrong_tables)?;
        let form = Form { article20: self.article20, requests: self.requests, proceedings: self.proceedings };
        let mut cells = Vec::with_capacity(layout.cells().len());
        let mut faults = Vec::new();
        let mut entries = layout.cells().iter();
        form.pour(&mut |read| match (read, entries.next()) {
            (Ok(cell), _) => cells.push(cell),
            (Err(Contradiction { expected, found }), Some(entry)) => {
                faults.push(CellFault { cell: entry.cell(), expected, found });
            }
            (Err(_), None) => {}
        });
        if !faults.is_empty() {
            return Err(JsonError::Cells(faults));
        }
        Ok(PublishedReport {
            title: self.title,
            year: self.year,
            agency: self.agency,
            scope: self.scope,
            published_on: self.published_on,
            signed_on: self.signed_on,
            evidence: self.evidence,
            headings: self.headings,
            preamble: self.preamble,
            overview: self.overview,
            problems: self.problems,
            other_matters: self.other_matters,
            remarks: self.remarks,
            unmatched: self.unmatched,
            misprints: self.misprints,
            ..PublishedReport::from_sheet(layout, cells)
        })
    }
}

impl Serialize for PublishedReport {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let layout = self.layout();
        let mut cells = self.sheet().iter().cloned();
        let Form { article20, requests, proceedings } = Form::draw(layout, &mut || cells.next().map(Ok))
            .ok_or_else(|| serde::ser::Error::custom("a cell is missing"))?;
        Document {
            schema: Some(crate::schema::identifier("published-report", layout.name())),
            edition: layout.edition(),
            year: self.year,
            title: self.title.clone(),
            agency: self.agency.clone(),
            scope: self.scope,
            published_on: self.published_on,
            signed_on: self.signed_on,
            evidence: self.evidence.clone(),
            headings: self.headings.clone(),
            preamble: self.preamble.clone(),
            overview: self.overview.clone(),
            article20,
            requests,
            proceedings,
            problems: self.problems.clone(),
            other_matters: self.other_matters.clone(),
            remarks: self.remarks.clone(),
            unmatched: self.unmatched.clone(),
            misprints: self.misprints.clone(),
        }
        .serialize(to)
    }
}

impl<'de> Deserialize<'de> for PublishedReport {
    /// Reads the document `published-report`; [`PublishedReport::from_json`] returns faults as data.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<PublishedReport, D::Error> {
        Document::deserialize(Objects(from))?.into_report().map_err(de::Error::custom)
    }
}

impl JsonSchema for PublishedReport {
    fn schema_name() -> Cow<'static, str> {
        "published_report".into()
    }
    /// The schema of the newest edition, whole in itself; [`schema::published_report`](crate::schema::published_report)
    /// has them all.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        crate::schema::published_report(Layout::Edition2021)
    }
}

// ---- Cells ---------------------------------------------------------------------------------------

/// The content of a published form: each cell as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Published {}

impl sealed::Family for Published {}
impl Content for Published {
    type Leaf = Result<PublishedCell, Contradiction>;
    // Boxed: two hundred cell objects in place would take most of a small stack while they are read.
    type Count = Box<CellObject<Whole>>;
    type Change = Box<CellObject<Whole>>;
    type Amount = Box<CellObject<Decimals>>;
    type Total = Box<CellObject<Whole>>;
    type TotalRow = Applicants<Published>;
    type AmountUnit = AmountUnit;
    fn priced(amount: &Box<CellObject<Decimals>>, unit: &AmountUnit) -> Self::Leaf {
        stated(amount.read()?, *unit)
    }
    fn price(leaf: Self::Leaf) -> Option<(Box<CellObject<Decimals>>, AmountUnit)> {
        let cell = leaf.ok()?;
        let unit = cell.amount_unit();
        let mut amount = CellObject::write(cell);
        // It stands beside the amount already.
        amount.note = amount.note.map(|note| Note { unit: None, ..note }).filter(|note| !note.is_empty());
        Some((Box::new(amount), unit))
    }
}

/// The cell in a unit that is stated beside it.
fn stated(cell: PublishedCell, unit: AmountUnit) -> Result<PublishedCell, Contradiction> {
    let printed = cell.amount_unit();
    if printed != AmountUnit::Unstated && printed != unit {
        let says = |unit: AmountUnit| format!("the unit {:?}", unit.word());
        return Err(Contradiction { expected: says(printed), found: says(unit) });
    }
    Ok(cell.in_unit(unit))
}

/// A cell object whose parts contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    expected: String,
    found: String,
}

/// A cell as JSON writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellObject<T> {
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
    /// Why the number is there although it is not printed.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    assumed: Option<Assumption>,
    /// How the figure was found, where the page does not print it as one cell of a row with its label.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    inferred: Option<Inference>,
    /// What the cell can hold, where its figures ran together with others and more than one cut is open.
    #[serde(default, deserialize_with = "optional_texts", skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Box<str>>,
}

impl Note {
    fn is_empty(&self) -> bool {
        let Note { remark, unit, assumed, inferred, candidates } = self;
        remark.is_none() && unit.is_none() && assumed.is_none() && inferred.is_none() && candidates.is_empty()
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
    fn write(cell: PublishedCell) -> CellObject<T> {
        let note = Note {
            remark: cell.remark().map(str::to_owned),
            unit: Some(cell.amount_unit()).filter(|unit| *unit != AmountUnit::Unstated),
            assumed: cell.assumption(),
            inferred: cell.inference(),
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
    fn read(&self) -> Result<PublishedCell, Contradiction> {
        let value: Option<Number> = self.value.map(Into::into);
        let says = |status: Status, number: Option<Number>| match number {
            Some(number) => format!("{} {number}", status.name()),
            None => status.name().to_owned(),
        };
        let contradiction = |expected: String| Err(Contradiction { expected, found: says(self.status, value) });
        let printed = self.printed.as_deref().unwrap_or("");
        let cell = match (self.note.as_ref().and_then(|note| note.assumed), value) {
            (Some(assumption), Some(number)) => {
                let reading = Printed::of(printed).status;
                if self.status != Status::Number || reading != Status::Blank {
                    return contradiction(format!("a blank cell taken for a number, printed {printed:?}"));
                }
                if assumption == Assumption::BlankAsZero && number != Number::from(0) {
                    return contradiction(says(Status::Number, Some(Number::from(0))));
                }
                PublishedCell::read(printed).assumed(number, assumption)
            }
            (Some(_), None) => return contradiction("a number that is assumed".to_owned()),
            (None, _) if !printed.is_empty() => {
                let cell = PublishedCell::read(printed);
                if cell.status() != self.status || value.is_some() && value != cell.number() {
                    return contradiction(format!(
                        "{} as printed: {}",
                        says(cell.status(), cell.number()),
                        shortened(printed)
                    ));
                }
                cell
            }
            (None, Some(number)) if self.status == Status::Number => PublishedCell::read(&number.to_string()),
            (None, Some(_)) => return contradiction(format!("no value with the status {}", self.status.name())),
            (None, None) if self.status == Status::Number => {
                return contradiction("a number with its value".to_owned());
            }
            (None, None) => PublishedCell::of(self.status),
        };
        let cell = match &self.place {
            Some(place) => cell.at(place.clone()),
            None => cell,
        };
        let Some(Note { unit, inferred, candidates, .. }) = &self.note else { return Ok(cell) };
        let cell = match unit {
            Some(unit) => stated(cell, *unit)?,
            None => cell,
        };
        let cell = match inferred {
            Some(_) if cell.number().is_none() => return contradiction("a number that was inferred".to_owned()),
            Some(inference) => cell.inferred(*inference),
            None => cell,
        };
        if candidates.is_empty() {
            return Ok(cell);
        }
        if self.status != Status::Unreadable || !printed.is_empty() {
            return contradiction("candidates of a cell that is unreadable, with nothing printed".to_owned());
        }
        Ok(cell.with_candidates(candidates.iter().cloned()))
    }
}

impl<T> Node<Published> for Box<CellObject<T>>
where
    T: Copy + Into<Number> + TryFrom<Number>,
{
    fn pour(&self, into: &mut impl FnMut(Result<PublishedCell, Contradiction>)) {
        into(self.read());
    }
    fn draw(_: Layout, from: &mut impl FnMut() -> Option<Result<PublishedCell, Contradiction>>) -> Option<Self> {
        from()?.ok().map(|cell| Box::new(CellObject::write(cell)))
    }
}

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
    type Error = crate::number::NumberError;
    fn try_from(number: Number) -> Result<Decimals, Self::Error> {
        number.to_string().parse()
    }
}

impl FromStr for Decimals {
    type Err = crate::number::NumberError;
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
    /// What stands in the cell.
    status: Status,
    /// The number, if the status is number and it is whole; the printed text decides.
    value: Option<Whole>,
    /// The text as printed; absent for an empty text.
    printed: Option<String>,
    /// What is to be said beside the number.
    note: Option<Note>,
    /// Where the cell stands in the source: 17:3, 2/5/3 or Sheet1!B7.
    place: Option<Place>,
}

/// The cell object of amounts, for the schema.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "amount_cell", title = "amount_cell")]
#[expect(dead_code, reason = "stands for the cell object in the schema")]
pub(crate) struct AmountCell {
    /// What stands in the cell.
    status: Status,
    /// The amount, if the status is number; the printed text decides.
    value: Option<Decimals>,
    /// The text as printed; absent for an empty text.
    printed: Option<String>,
    /// What is to be said beside the number.
    note: Option<Note>,
    /// Where the cell stands in the source: 17:3, 2/5/3 or Sheet1!B7.
    place: Option<Place>,
}
