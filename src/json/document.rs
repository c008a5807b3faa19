//! The two documents: `annual-report`, each leaf a figure, and `published-report`, each leaf a cell as printed. The same keys
//! in both; what is around the tables is [`Facts`], and in `published-report` the [`Page`] besides.

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::cell::Contradiction;
use super::error::JsonError;
use super::explain::{explain, explain_annual, explain_findings};
use super::plain::{GivesUp, Plain};
use super::schema::identifier;
use super::tables::{BySerde, Key, Leaf, Sheet, Tabled, Tables, Write, table};
use crate::facts::Facts;
use crate::fault::Fault;
use crate::finding::CheckReport;
use crate::form::{Edition, Layout};
use crate::number::Figure;
use crate::published::cell::PublishedCell;
use crate::published::{Page, PublishedReport};
use crate::report::{AnnualReport, other_tables};
use crate::wire::{Object, optional_list};

// ---- Reading -------------------------------------------------------------------------------------

/// A document as it is read.
struct Document<L> {
    edition: Edition,
    facts: Facts,
    page: Page,
    sheet: Sheet<L>,
}

impl<L: Leaf> Document<L> {
    fn read<'de, D: Deserializer<'de>>(from: D, has_page: bool) -> Result<Document<L>, D::Error> {
        from.deserialize_map(Reader { has_page, sheet: Sheet::new() })
    }

    /// A document of plain JSON; `None` for whatever else.
    fn from_plain(text: &str, has_page: bool) -> Option<(Layout, Document<L>)> {
        let mut from = Plain::new(text);
        let mut members = from.object().ok()?;
        let document = Reader { has_page, sheet: Sheet::new() }.read(&mut members).ok()?;
        members.end(b'}').ok().filter(|()| from.is_at_end())?;
        let layout = document.layout::<GivesUp>().ok()?.ok()?;
        Some((layout, document))
    }

    fn from_slice(bytes: &[u8], has_page: bool) -> serde_json::Result<Document<L>> {
        let mut from = serde_json::Deserializer::from_slice(bytes);
        let document = Document::read(&mut from, has_page)?;
        from.end()?;
        Ok(document)
    }

    /// The layout of the tables. `Err` with the stated edition if they are those of another.
    fn layout<E: de::Error>(&self) -> Result<Result<Layout, Fault>, E> {
        if let Some(layout) = self.sheet.layout_of(self.edition) {
            return Ok(Ok(layout));
        }
        match Edition::all().find_map(|edition| self.sheet.layout_of(edition)) {
            Some(_) => Ok(Err(other_tables(self.edition))),
            None => Err(E::custom("the tables lack cells of the form, or have those of several layouts")),
        }
    }
}

/// The text of a document that may be plain JSON.
fn plain(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

struct Reader<L> {
    has_page: bool,
    sheet: Sheet<L>,
}

impl<'de, L: Leaf> Visitor<'de> for Reader<L> {
    type Value = Document<L>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an annual report")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Document<L>, A::Error> {
        self.read(&mut BySerde(map))
    }
}

impl<L: Leaf> Reader<L> {
    fn read<'de, A: Tabled<'de>>(self, map: &mut A) -> Result<Document<L>, A::Error> {
        let Reader { has_page, sheet } = self;
        let mut rest =
            Around { map, has_page, schema: None, edition: None, page: Page::default(), seen: Vec::new(), sheet };
        let facts = Facts::deserialize(MapAccessDeserializer::new(&mut rest))?;
        let Around { edition, page, sheet, .. } = rest;
        let edition = edition.ok_or_else(|| de::Error::missing_field("edition"))?;
        if let Some((field, _)) = facts.needed().into_iter().find(|(_, missing)| !has_page && *missing) {
            return Err(de::Error::missing_field(field));
        }
        Ok(Document { edition, facts, page, sheet })
    }
}

/// The object of a document as its facts see it: every other key is taken on the way.
struct Around<'m, A, L> {
    map: &'m mut A,
    has_page: bool,
    schema: Option<Option<String>>,
    edition: Option<Edition>,
    page: Page,
    /// The keys of tables and of the page that were read.
    seen: Vec<&'static str>,
    sheet: Sheet<L>,
}

/// A list of objects, or null.
struct List<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<List<T>, D::Error> {
        optional_list(from).map(List)
    }
}

/// A key that is none of the facts'.
enum Other {
    Schema,
    Edition,
    Table(&'static Key),
    Page(&'static str),
}

/// Parts the keys: those of the facts go on to the seed.
struct Part<K> {
    seed: K,
    has_page: bool,
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Part<K> {
    type Value = Result<K::Value, (Other, K)>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for Part<K> {
    type Value = Result<K::Value, (Other, K)>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a key of the document")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        let page = || Page::KEYS.into_iter().find(|key| self.has_page && *key == name).map(Other::Page);
        let other = match name {
            "$schema" => Some(Other::Schema),
            "edition" => Some(Other::Edition),
            _ => table(name).map(Other::Table).or_else(page),
        };
        match other {
            Some(other) => Ok(Err((other, self.seed))),
            None => self.seed.deserialize(name.into_deserializer()).map(Ok),
        }
    }
}

impl<'de, A: Tabled<'de>, L: Leaf> MapAccess<'de> for Around<'_, A, L> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, mut seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.map.next_key_seed(Part { seed, has_page: self.has_page })? {
            let (other, back) = match key {
                Ok(of_facts) => return Ok(Some(of_facts)),
                Err(other) => other,
            };
            seed = back;
            let twice = |name, known: bool| if known { Err(de::Error::duplicate_field(name)) } else { Ok(()) };
            match other {
                Other::Schema => twice("$schema", self.schema.replace(self.map.next_value()?).is_some())?,
                Other::Edition => twice("edition", self.edition.replace(self.map.next_value()?).is_some())?,
                Other::Table(key) => {
                    twice(key.name, self.seen.contains(&key.name))?;
                    self.seen.push(key.name);
                    self.map.table(key, &mut self.sheet)?;
                }
                Other::Page(name) => {
                    twice(name, self.seen.contains(&name))?;
                    self.seen.push(name);
                    let Page { headings, remarks, unmatched, misprints, others } = &mut self.page;
                    match name {
                        "headings" => *headings = self.map.next_value::<List<_>>()?.0,
                        "remarks" => *remarks = self.map.next_value::<List<_>>()?.0,
                        "unmatched" => *unmatched = self.map.next_value::<List<_>>()?.0,
                        "misprints" => *misprints = self.map.next_value::<List<_>>()?.0,
                        _ => *others = self.map.next_value::<List<_>>()?.0,
                    }
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

// ---- The document `annual-report` ----------------------------------------------------------------

impl AnnualReport {
    /// Reads the document `annual-report`.
    ///
    /// # Errors
    /// - [`JsonError::Syntax`] if it is no JSON,
    /// - [`JsonError::Shape`] with every place where it departs from the schema,
    /// - [`JsonError::Refused`] with all that is missing and every error.
    pub fn from_json(bytes: &[u8]) -> Result<AnnualReport, JsonError> {
        let plain = plain(bytes).and_then(|text| Document::<Figure>::from_plain(text, false));
        let (layout, mut document) = match plain {
            Some(document) => document,
            None => {
                let read = Document::from_slice(bytes, false).and_then(|document| Ok((document.layout()?, document)));
                match read.map_err(|error| explain_annual(bytes, error))? {
                    (Ok(layout), document) => (layout, document),
                    (Err(obstacle), _) => return Err(JsonError::Refused(Box::new(obstacle.into()))),
                }
            }
        };
        let figures = document.sheet.take(layout).map(|(_, figure)| figure).collect();
        Ok(AnnualReport::of_figures(layout, document.facts, figures)?)
    }

    /// Writes the document `annual-report`, totals included.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and integers are always JSON")
    }
}

impl Serialize for AnnualReport {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let layout = self.edition().layout();
        let tables = Tables { layout, cells: self.figures() };
        let schema = identifier(&["annual-report", layout.name()]);
        Written { schema, edition: self.edition(), facts: self.facts(), tables, page: None }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for AnnualReport {
    /// Only a report that satisfies the form is read; the error names all that is wrong in one string.
    /// [`AnnualReport::from_json`] returns it as data.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<AnnualReport, D::Error> {
        let mut document = Document::<Figure>::read(from, false)?;
        let layout = document.layout()?.map_err(de::Error::custom)?;
        let figures = document.sheet.take(layout).map(|(_, figure)| figure).collect();
        AnnualReport::of_figures(layout, document.facts, figures).map_err(de::Error::custom)
    }
}

// ---- The document `published-report` -------------------------------------------------------------

impl PublishedReport {
    /// Reads the document `published-report`, or the figures of an `annual-report`, right or wrong: totals that one leaves
    /// out are [`Status::NotFound`](crate::Status::NotFound).
    ///
    /// # Errors
    /// - [`JsonError::Syntax`] if it is no JSON,
    /// - [`JsonError::Shape`] with every place where it departs from the schema,
    /// - [`JsonError::Cells`] with every cell that contradicts itself.
    pub fn from_json(bytes: &[u8]) -> Result<PublishedReport, JsonError> {
        let of_figures = |layout: Layout, mut document: Document<Figure>| {
            let figures = document.sheet.take(layout).map(|(_, figure)| figure).collect();
            PublishedReport::of_figures(layout, document.facts, figures)
        };
        if let Some(text) = plain(bytes) {
            if let Some((layout, document)) = Document::from_plain(text, false) {
                return Ok(of_figures(layout, document));
            }
            if let Some((layout, document)) = Document::from_plain(text, true) {
                return document.into_report(layout).map_err(JsonError::Cells);
            }
        }
        let figures = Document::from_slice(bytes, false).and_then(|document| Ok((document.layout()?, document)));
        match figures {
            Ok((Ok(layout), document)) => return Ok(of_figures(layout, document)),
            Ok((Err(obstacle), _)) => return Err(JsonError::Shape(vec![obstacle])),
            Err(_) => {}
        }
        let cells = Document::from_slice(bytes, true).and_then(|document| Ok((document.layout()?, document)));
        match cells.map_err(|error| explain(bytes, error))? {
            (Ok(layout), document) => document.into_report(layout).map_err(JsonError::Cells),
            (Err(obstacle), _) => Err(JsonError::Shape(vec![obstacle])),
        }
    }

    /// Writes the document `published-report`.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and integers are always JSON")
    }
}

impl Document<Result<PublishedCell, Contradiction>> {
    fn into_report(mut self, layout: Layout) -> Result<PublishedReport, Vec<Fault>> {
        let mut cells = Vec::with_capacity(layout.cells().len());
        let mut faults = Vec::new();
        for (cell, read) in self.sheet.take(layout) {
            match read.unwrap_or_else(|| Ok(PublishedCell::not_found())) {
                Ok(found) => cells.push(found),
                Err(Contradiction { expected, found }) => faults.push(Fault::new(cell, expected, Some(found))),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(PublishedReport { facts: self.facts, page: self.page, ..PublishedReport::from_sheet(layout, cells) })
    }
}

// ---- The document `findings` ---------------------------------------------------------------------

impl CheckReport {
    /// Reads the document `findings`.
    ///
    /// # Errors
    /// - [`JsonError::Syntax`] if it is no JSON,
    /// - [`JsonError::Shape`] with every place where it departs from the schema.
    pub fn from_json(bytes: &[u8]) -> Result<CheckReport, JsonError> {
        let read: Result<Object<CheckReport>, _> = serde_json::from_slice(bytes);
        let read = read.map(|Object(checked)| checked);
        read.map_err(|error| explain_findings(bytes, error))
    }
}

// ---- Reading and writing reports through serde ---------------------------------------------------

impl Serialize for PublishedReport {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let layout = self.layout();
        let tables = Tables { layout, cells: self.sheet() };
        let schema = identifier(&["published-report", layout.name()]);
        Written { schema, edition: layout.edition(), facts: &self.facts, tables, page: Some(&self.page) }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for PublishedReport {
    /// Reads the document `published-report`; [`PublishedReport::from_json`] returns faults as data.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<PublishedReport, D::Error> {
        let document = Document::read(from, true)?;
        let layout = document.layout()?.map_err(de::Error::custom)?;
        document.into_report(layout).map_err(|faults| de::Error::custom(JsonError::Cells(faults)))
    }
}

// ---- Writing -------------------------------------------------------------------------------------

/// A document as it is written.
#[derive(Serialize)]
#[serde(bound(serialize = "W: Write"))]
struct Written<'r, W> {
    #[serde(rename = "$schema")]
    schema: String,
    edition: Edition,
    #[serde(flatten)]
    facts: &'r Facts,
    #[serde(flatten)]
    tables: Tables<'r, W>,
    #[serde(flatten)]
    page: Option<&'r Page>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What this crate writes is plain, so that it is read the fast way.
    #[test]
    fn what_is_written_is_plain() {
        for layout in Layout::newest_first() {
            let mut report = PublishedReport::zeros(layout);
            report.facts.preamble =
                Some(crate::Part { text: "两行\n“引文”\"".to_owned(), ..Default::default() });
            report.set(layout.cells()[0].cell(), PublishedCell::read("1件").at("1:2".parse().unwrap())).unwrap();
            for json in [report.to_json(), serde_json::to_string(&report).unwrap()] {
                let (of, document) = Document::from_plain(&json, true).unwrap();
                assert!(of == layout && document.into_report(layout).unwrap() == report, "{json}");
                assert!(Document::<Figure>::from_plain(&json, false).is_none());
            }
            let Ok(annual) = PublishedReport::zeros(layout).accept() else { continue };
            for json in [annual.to_json(), serde_json::to_string(&annual).unwrap()] {
                assert!(Document::<Figure>::from_plain(&json, false).is_some(), "{json}");
            }
        }
    }
}
