//! The rules as they travel: what each one asserts of the cells of a layout, one assertion at a time.
//!
//! A rule of the table is written once for all layouts; here it is spelled out for one: an equation with its cells, a cell
//! that must hold a number, a day by which a report is due. The exports for other languages (the module `export`) are
//! written from these assertions, and each engine answers with the same [`Verdict`].
//!
//! ```
//! # #[cfg(feature = "export")] {
//! use ogi_report::{Layout, export::Assertion};
//! let assertions = Assertion::all(Layout::EDITION_2021);
//! let totals = assertions.iter().filter(|assertion| assertion.rule.code == "requests-row-total");
//! assert_eq!(totals.count(), 25);
//! # }
//! ```

use schemars::JsonSchema;
use serde::Serialize;

use crate::agency::AgencyKind;
use crate::facts::SourceKind;
use crate::form::{Cell, Edition, Kind, Layout, Unit};
use crate::rule::table::RULES;
use crate::rule::{Equation, Rule, Test};

/// One assertion of a rule over a report of one layout.
#[derive(Clone, Debug, PartialEq)]
pub struct Assertion {
    /// The rule.
    pub rule: &'static Rule,
    /// What it asserts.
    pub claim: Claim,
}

/// The closed kinds of assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Claim {
    /// Σ left = Σ right. Not evaluated where a cell holds no count.
    Equal(Equation),
    /// Σ left ≥ Σ right. Not evaluated where a cell holds no count.
    AtLeast(Equation),
    /// The number is one that the cell can hold, in the unit of the form. Not evaluated where there is no number.
    Domain {
        /// The cell.
        cell: Cell,
        /// What it can hold.
        kind: Kind,
        /// The unit of the form.
        unit: Unit,
    },
    /// The cell holds a number, or a mark for "not applicable".
    Present(Cell),
    /// The cell is 0. Not evaluated unless the agency is stated, not inferred, to be of one of these kinds.
    ZeroFor(Cell, Vec<AgencyKind>),
    /// The report year is one for which this layout is prescribed. Not evaluated where the year is not known.
    YearWithin(Vec<Years>),
    /// Published in time. Not evaluated where the year, the day or the kind of agency is not known, or not named.
    PublishedBy(Vec<Due>),
    /// Over the words of the report: only this crate evaluates it.
    Words,
}

/// Report years, both included; without an end if it is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "years", title = "years", deny_unknown_fields)]
pub struct Years {
    /// The first.
    pub from: u16,
    /// The last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<u16>,
}

/// The day of the following year by which agencies of these kinds publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "due", title = "due", deny_unknown_fields)]
pub struct Due {
    /// The kinds.
    pub agency_kinds: Vec<AgencyKind>,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
}

impl Assertion {
    /// Every assertion over reports of `layout`, rule by rule in the order of [`RULES`]. A rule that does not hold for the
    /// edition asserts nothing.
    pub fn all(layout: Layout) -> Vec<Assertion> {
        let rules = RULES.iter().filter(|rule| rule.applies_to(layout.edition()));
        rules
            .flat_map(|rule| rule.test.claims(layout).into_iter().map(move |claim| Assertion { rule, claim }))
            .collect()
    }

    /// The cells it is about: the left ones first, none for a duty of the whole report.
    pub fn cells(&self) -> Vec<Cell> {
        match &self.claim {
            Claim::Equal(equation) | Claim::AtLeast(equation) => equation.cells().collect(),
            Claim::Domain { cell, .. } | Claim::Present(cell) | Claim::ZeroFor(cell, _) => vec![*cell],
            Claim::YearWithin(_) | Claim::PublishedBy(_) | Claim::Words => vec![],
        }
    }
}

impl Test {
    fn claims(&self, layout: Layout) -> Vec<Claim> {
        match self {
            Test::Equal(_) => self.equations(layout).into_iter().map(Claim::Equal).collect(),
            Test::AtLeast(_) => self.equations(layout).into_iter().map(Claim::AtLeast).collect(),
            Test::Domain => layout
                .cells()
                .iter()
                .map(|entry| Claim::Domain { cell: entry.cell(), kind: entry.kind(), unit: entry.unit() })
                .collect(),
            Test::Presence => layout.cells().iter().map(|entry| Claim::Present(entry.cell())).collect(),
            Test::ZeroFor(_, kinds) => {
                self.zeros(layout).into_iter().map(|cell| Claim::ZeroFor(cell, kinds.to_vec())).collect()
            }
            Test::EditionForYear => vec![Claim::YearWithin(years(layout))],
            Test::Deadline(departments, governments) => {
                let due = |(month, day): &(u8, u8), of: fn(AgencyKind) -> bool| Due {
                    agency_kinds: AgencyKind::ALL.iter().copied().filter(|kind| of(*kind)).collect(),
                    month: *month,
                    day: *day,
                };
                vec![Claim::PublishedBy(vec![
                    due(departments, AgencyKind::is_department),
                    due(governments, AgencyKind::is_government),
                ])]
            }
            words if words.is_over_words() => vec![Claim::Words],
            // Those over two years or a region assert nothing of one report.
            _ => vec![],
        }
    }
}

/// The years for which `layout` is prescribed: none for a hybrid.
fn years(layout: Layout) -> Vec<Years> {
    const LAST: u16 = 9999;
    let of_layout = |year: &u16| layout.is_exact() && Edition::for_year(*year) == Some(layout.edition());
    let mut years: Vec<Years> = Vec::new();
    for year in (1..=LAST).filter(of_layout) {
        match years.last_mut() {
            Some(range) if range.to == Some(year - 1) => range.to = Some(year),
            _ => years.push(Years { from: year, to: Some(year) }),
        }
    }
    if let Some(range) = years.last_mut().filter(|range| range.to == Some(LAST)) {
        range.to = None;
    }
    years
}

/// The kinds of evidence by which the kind of an agency is inferred, not stated.
pub(crate) fn inferences() -> impl Iterator<Item = SourceKind> {
    SourceKind::ALL.iter().copied().filter(|kind| kind.infers_kind())
}
