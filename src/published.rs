//! A report as it was really published: each cell as printed, with its place in the source.
//!
//! Zero, blank and "not applicable" are three different things and stay so. Nothing here turns a blank into a 0, unless
//! the caller asks for it by name ([`PublishedReport::with_blanks_as_zero`]), and then the cell says so.
//!
//! ```
//! use ogi_report::{Layout, PublishedCell, PublishedReport, Status};
//! let received = "requests.received.total".parse()?;
//! let mut report = PublishedReport::from_cells(Layout::EDITION_2021, [(received, PublishedCell::read("12件"))])?;
//! assert_eq!(report.get(received).and_then(|cell| cell.count()).map(|count| count.get()), Some(12));
//! let other = "requests.received.other".parse()?;
//! assert_eq!(report.get(other).map(|cell| cell.status()), Some(Status::NotFound));
//! report.set(other, PublishedCell::read(""))?;
//! assert_eq!(report.with_blanks_as_zero().get(other).and_then(|cell| cell.count()).map(|count| count.get()), Some(0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is not checked here: anything. A published report may be wrong; [`PublishedReport::check`] says where.

pub(crate) mod cell;
pub(crate) mod printed;

use cell::{Origin, PublishedCell};
use printed::Status;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::Entry;
use crate::facts::Facts;
use crate::fault::{Fault, Faults};
use crate::form::{Cell, Layout};
use crate::language::Language;
use crate::narrative::Paragraph;
use crate::number::{Figure, Number};
use crate::place::Place;
use crate::wire::optional_list;

// ---- The report ----------------------------------------------------------------------------------

/// A report as published, right or wrong. The facts around the tables may each be missing; the cells are those of one
/// [`Layout`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedReport {
    pub(crate) layout: Layout,
    pub(crate) cells: Vec<PublishedCell>,
    /// The facts around the tables, and the sections in words.
    pub facts: Facts,
    /// What only the page has.
    pub page: Page,
}

/// What belongs to a page and not to the report: it stays behind when the report is accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "page", title = "page")]
pub struct Page {
    /// The section headings found, in the order of the page.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<Paragraph>,
    /// Paragraphs that are among the tables of sections two to four.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Paragraph>,
    /// Figures printed in the tables that were matched to no cell.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<Unmatched>,
    /// Labels of rows that are printed otherwise than the form has them, and were recognised by likeness.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    pub misprints: Vec<Misprint>,
    /// Other reports that the page holds: nothing of them is in the cells.
    #[serde(default, deserialize_with = "optional_list", skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<OtherReport>,
}

impl Page {
    /// The keys in JSON.
    pub(crate) const KEYS: [&'static str; 5] = ["headings", "remarks", "unmatched", "misprints", "others"];
}

/// The label of a row that differs from the official one in a few characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "misprint", title = "misprint")]
pub struct Misprint {
    /// The path of the row, `requests.carried_in`.
    pub row: String,
    /// The label as printed.
    pub printed: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Another report on the page: of another agency or year, or another body's tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "otherReport", title = "otherReport")]
pub struct OtherReport {
    /// Its title as printed; where it has none, the first words of its tables.
    pub title: String,
    /// Where it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A figure printed in a table that was matched to no cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "unmatched", title = "unmatched")]
pub struct Unmatched {
    /// The text as printed.
    pub printed: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl PublishedReport {
    /// A report of which nothing is known but its layout: every cell is [`Status::NotFound`].
    pub fn new(layout: Layout) -> PublishedReport {
        PublishedReport::from_sheet(layout, layout.cells().iter().map(|_| PublishedCell::not_found()).collect())
    }

    /// The report of `layout` with these cells; those that are not given are [`Status::NotFound`].
    ///
    /// # Errors
    /// [`Faults`], one for each cell the layout does not print, and for each that is given twice.
    pub fn from_cells<C: Into<PublishedCell>>(
        layout: Layout,
        cells: impl IntoIterator<Item = (Cell, C)>,
    ) -> Result<PublishedReport, Faults> {
        let mut report = PublishedReport::new(layout);
        let mut given = vec![false; report.cells.len()];
        let mut faults = Vec::new();
        for (cell, value) in cells {
            match layout.position(cell) {
                None => faults.push(not_in_layout(cell, layout)),
                Some(position) if given[position] => {
                    let words = ["只给一次的格", "each cell once"];
                    faults.push(Fault::new(cell, words, Some(value.into().printed().to_owned())));
                }
                Some(position) => {
                    given[position] = true;
                    report.cells[position] = value.into();
                }
            }
        }
        if faults.is_empty() { Ok(report) } else { Err(Faults(faults)) }
    }

    /// The report with these cells, which are those of the layout in the form's order.
    pub(crate) fn from_sheet(layout: Layout, cells: Vec<PublishedCell>) -> PublishedReport {
        PublishedReport { layout, cells, facts: Facts::default(), page: Page::default() }
    }

    /// The report of `layout` with these figures in the form's order; those that are left out are not found.
    pub(crate) fn of_figures(layout: Layout, facts: Facts, figures: Vec<Option<Figure>>) -> PublishedReport {
        let cell = |figure: Option<Figure>| figure.map_or_else(PublishedCell::not_found, PublishedCell::from);
        PublishedReport { facts, ..PublishedReport::from_sheet(layout, figures.into_iter().map(cell).collect()) }
    }

    /// The layout that is printed.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// What is in `cell`; `None` if the layout prints no such cell.
    pub fn get(&self, cell: Cell) -> Option<&PublishedCell> {
        self.cells.get(self.layout.position(cell)?)
    }

    /// Puts `value` into `cell` and returns what stood there.
    ///
    /// # Errors
    /// [`Fault`] if the layout prints no such cell.
    pub fn set(&mut self, cell: Cell, value: impl Into<PublishedCell>) -> Result<PublishedCell, Fault> {
        let position = self.layout.position(cell).ok_or_else(|| not_in_layout(cell, self.layout))?;
        Ok(std::mem::replace(&mut self.cells[position], value.into()))
    }

    /// All cells with their entries of the catalogue, in the form's order.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = (&'static Entry, &PublishedCell)> {
        self.layout.cells().iter().zip(&self.cells)
    }

    /// The cells in the form's order.
    pub(crate) fn sheet(&self) -> &[PublishedCell] {
        &self.cells
    }

    /// The same report with every blank cell taken for 0. Each such cell says so: [`Origin::BlankAsZero`].
    ///
    /// A policy, never a fact: of the published reports with blanks, some are consistent this way and some are not.
    #[must_use]
    pub fn with_blanks_as_zero(self) -> PublishedReport {
        self.with_zeros(Status::Blank, Origin::BlankAsZero)
    }

    /// The same report with every mark for "not applicable", `/`, `—`, `无`, taken for 0, as the town does that has no 规章 to
    /// count. Each such cell says so: [`Origin::NotApplicableAsZero`].
    ///
    /// ```
    /// use ogi_report::{Layout, PublishedCell, PublishedReport};
    /// let mut report = PublishedReport::zeros(Layout::EDITION_2021);
    /// report.set("article20.item1.rules.issued".parse()?, PublishedCell::read("/"))?;
    /// let refused = report.accept().unwrap_err();
    /// assert!(refused.to_string().contains("a number (with_not_applicable_as_zero takes the mark for 0)"));
    /// assert!(report.with_not_applicable_as_zero().accept().is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_not_applicable_as_zero(self) -> PublishedReport {
        self.with_zeros(Status::NotApplicable, Origin::NotApplicableAsZero)
    }

    fn with_zeros(mut self, status: Status, origin: Origin) -> PublishedReport {
        for cell in self.cells.iter_mut().filter(|cell| cell.status() == status) {
            *cell = cell.clone().assumed(Number::from(0), origin);
        }
        self
    }
}

/// The layout prints no such cell.
fn not_in_layout(cell: Cell, layout: Layout) -> Fault {
    let words = [format!("{}中的格", layout.label(Language::Chinese)), format!("a cell of the layout {layout}")];
    Fault::new(cell, words, Some(cell.label()))
}
