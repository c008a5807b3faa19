//! The checked report: typed clauses, immutable, totals always right.
//!
//! Every door leads through the same check: [`AnnualReport::new`], [`PublishedReport::accept`],
//! [`AnnualReport::from_json`] and `Deserialize`.
//!
//! # Rules
//! An [`AnnualReport`] has exactly the layout of its edition, a legal figure in every cell, and breaks no rule of severity
//! *error*. Warnings do not bar it; [`PublishedReport::check`] tells them.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::agency::Agency;
use crate::article20::Article20;
use crate::clause::Node;
use crate::date::{Date, Year};
use crate::facts::{Evidence, Scope};
use crate::finding::Finding;
use crate::form::{Cell, Edition, Figures, Form, Given, Kind, Layout, Unit};
use crate::json::{JsonError, explain};
use crate::narrative::{Narrative, OtherMatters, Part};
use crate::number::{Amount, Change, Count, Figure};
use crate::proceedings::Proceedings;
use crate::published::PublishedReport;
use crate::published::cell::{Assumption, PublishedCell, fits_unit};
use crate::published::printed::Status;
use crate::requests::{OtherHandling, Requests};
use crate::rule::Severity;
use crate::rule::balance::{NO_COUNT, identities_hold, work_out_totals};
use crate::wire::{Objects, exact, is_default, optional, or_default};

/// What a report is built from: the document `annual-report` as it stands, nothing checked yet. A total may be left out,
/// then it is worked out; a total that is given must be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "annual_report", title = "annual_report")]
pub struct Parts {
    /// The identifier of the schema the document names; written with every document, not needed to read one.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The edition of the form that is printed.
    #[serde(deserialize_with = "exact")]
    #[schemars(skip)]
    pub edition: Edition,
    /// The report year; the statistics cover its 1 January to 31 December.
    pub year: Year,
    /// The title as printed.
    pub title: String,
    /// Who reports.
    #[serde(deserialize_with = "exact")]
    pub agency: Agency,
    /// Whom the figures cover; absent for unknown.
    #[serde(default, deserialize_with = "or_default")]
    pub scope: Scope,
    /// The day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Date>,
    /// The day in the signature block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<Date>,
    /// How these facts are known; what is absent was stated.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub evidence: Evidence,
    /// What stands between the title and section one.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub preamble: Option<Part>,
    /// Section one, 一、总体情况.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub overview: Option<Narrative>,
    /// Section two, 二、主动公开政府信息情况.
    #[schemars(skip)]
    pub article20: Article20<Given>,
    /// Section three, 三、收到和处理政府信息公开申请情况.
    #[schemars(skip)]
    pub requests: Requests<Given>,
    /// Section four, 四、政府信息公开行政复议、行政诉讼情况.
    #[schemars(skip)]
    pub proceedings: Proceedings<Given>,
    /// Section five, 五、存在的主要问题及改进情况.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub problems: Option<Narrative>,
    /// Section six, 六、其他需要报告的事项.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub other_matters: Option<OtherMatters>,
}

impl Parts {
    /// The figures in the form's order.
    fn figures(&self, into: &mut impl FnMut(Option<Figure>)) {
        self.article20.pour(into);
        self.requests.pour(into);
        self.proceedings.pour(into);
    }

    /// The report these parts make, right or wrong; totals left out are not found.
    ///
    /// # Errors
    /// - [`Obstacle::Tables`] if the tables are not those of the stated edition.
    pub fn into_published(self) -> Result<PublishedReport, Obstacle> {
        let layout = layout_of(self.edition, &self.article20, &self.requests.outcomes.other_handling)?;
        let mut cells = Vec::new();
        self.figures(&mut |figure| cells.push(figure.map_or_else(PublishedCell::not_found, PublishedCell::from)));
        Ok(PublishedReport {
            title: Some(self.title),
            year: Some(self.year),
            agency: Some(self.agency),
            scope: self.scope,
            published_on: self.published_on,
            signed_on: self.signed_on,
            evidence: self.evidence,
            preamble: self.preamble,
            overview: self.overview,
            problems: self.problems,
            other_matters: self.other_matters,
            ..PublishedReport::from_sheet(layout, cells)
        })
    }
}

/// The layout of tables of these variants.
pub(crate) fn layout_of<V: crate::clause::Content>(
    stated: Edition,
    article20: &Article20<V>,
    other_handling: &OtherHandling<V>,
) -> Result<Layout, Obstacle> {
    let layout = match (article20, other_handling) {
        (Article20::Edition2021(_), OtherHandling::Divided(_)) => Some(Layout::Edition2021),
        (Article20::Edition2021(_), OtherHandling::Undivided(_)) => Some(Layout::Hybrid),
        (Article20::Edition2019(_), OtherHandling::Undivided(_)) => Some(Layout::Edition2019),
        (Article20::Edition2019(_), OtherHandling::Divided(_)) => None,
    };
    layout.filter(|layout| layout.edition() == stated).ok_or(Obstacle::Tables { stated })
}

/// An annual report that satisfies the form: every cell a legal figure, every total right, nothing that contradicts
/// itself. Immutable; take it apart with [`into_parts`](AnnualReport::into_parts), change, build again.
///
/// Nothing outside this crate can make one that is wrong:
///
/// ```compile_fail
/// fn forge(form: ogi_report::Form<ogi_report::Figures>) -> ogi_report::AnnualReport {
///     ogi_report::AnnualReport { form, ..panic!() }
/// }
/// ```
/// ```
/// fn build(parts: ogi_report::Parts) -> Result<ogi_report::AnnualReport, Box<ogi_report::Refused>> {
///     ogi_report::AnnualReport::new(parts)
/// }
/// ```
///
/// ```compile_fail
/// fn change(report: &mut ogi_report::AnnualReport) {
///     report.form.requests.received.total = 1.into();
/// }
/// ```
/// ```
/// fn change(form: &mut ogi_report::Form<ogi_report::Figures>) {
///     form.requests.received.total = 1.into();
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnualReport {
    edition: Edition,
    year: Year,
    title: String,
    agency: Agency,
    scope: Scope,
    published_on: Option<Date>,
    signed_on: Option<Date>,
    evidence: Evidence,
    preamble: Option<Part>,
    overview: Option<Narrative>,
    form: Form<Figures>,
    problems: Option<Narrative>,
    other_matters: Option<OtherMatters>,
}

impl AnnualReport {
    /// The report made of these parts, its totals worked out where they are left out.
    ///
    /// # Errors
    /// [`Refused`], with everything that stands in the way:
    /// - [`Obstacle::Tables`] if the tables are not those of the stated edition,
    /// - [`Obstacle::Layout`] if they are those of the hybrid,
    /// - every finding, of which those of severity *error* bar the report.
    pub fn new(parts: Parts) -> Result<AnnualReport, Box<Refused>> {
        let layout = match layout_of(parts.edition, &parts.article20, &parts.requests.outcomes.other_handling) {
            Ok(layout) => layout,
            Err(obstacle) => return Err(Box::new(Refused { obstacles: vec![obstacle], findings: vec![] })),
        };
        let form = if layout.is_exact() { checked_form(layout, &parts) } else { None };
        match form {
            Some(form) => Ok(AnnualReport {
                edition: parts.edition,
                year: parts.year,
                title: parts.title,
                agency: parts.agency,
                scope: parts.scope,
                published_on: parts.published_on,
                signed_on: parts.signed_on,
                evidence: parts.evidence,
                preamble: parts.preamble,
                overview: parts.overview,
                form,
                problems: parts.problems,
                other_matters: parts.other_matters,
            }),
            None => match parts.into_published() {
                Ok(report) => Err(report.with_totals_from_parts().refuse()),
                Err(obstacle) => Err(Box::new(Refused { obstacles: vec![obstacle], findings: vec![] })),
            },
        }
    }

    /// Takes the report apart.
    pub fn into_parts(self) -> Parts {
        let mut figures = Vec::with_capacity(self.edition.layout().cells().len());
        self.form.pour(&mut |figure| figures.push(figure));
        let mut figures = figures.into_iter();
        // A checked form fills a given one: every figure is there and of its cell's kind.
        let Form { article20, requests, proceedings } =
            Form::draw(self.edition.layout(), &mut || figures.next().map(Some)).expect("a checked form is complete");
        Parts {
            schema: None,
            edition: self.edition,
            year: self.year,
            title: self.title,
            agency: self.agency,
            scope: self.scope,
            published_on: self.published_on,
            signed_on: self.signed_on,
            evidence: self.evidence,
            preamble: self.preamble,
            overview: self.overview,
            article20,
            requests,
            proceedings,
            problems: self.problems,
            other_matters: self.other_matters,
        }
    }

    /// The edition of the form.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// The report year.
    pub fn year(&self) -> Year {
        self.year
    }

    /// The title as printed.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Who reports.
    pub fn agency(&self) -> &Agency {
        &self.agency
    }

    /// Whom the figures cover.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The day of publication.
    pub fn published_on(&self) -> Option<Date> {
        self.published_on
    }

    /// The day in the signature block.
    pub fn signed_on(&self) -> Option<Date> {
        self.signed_on
    }

    /// How these facts are known.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What stands between the title and section one.
    pub fn preamble(&self) -> Option<&Part> {
        self.preamble.as_ref()
    }

    /// Section one, 总体情况.
    #[doc(alias = "总体情况")]
    pub fn overview(&self) -> Option<&Narrative> {
        self.overview.as_ref()
    }

    /// Section two, 主动公开政府信息情况.
    #[doc(alias = "主动公开政府信息情况")]
    pub fn article20(&self) -> &Article20<Figures> {
        &self.form.article20
    }

    /// Section three, 收到和处理政府信息公开申请情况.
    #[doc(alias = "收到和处理政府信息公开申请情况")]
    pub fn requests(&self) -> &Requests<Figures> {
        &self.form.requests
    }

    /// Section four, 政府信息公开行政复议、行政诉讼情况.
    #[doc(alias = "政府信息公开行政复议、行政诉讼情况")]
    pub fn proceedings(&self) -> &Proceedings<Figures> {
        &self.form.proceedings
    }

    /// Section five, 存在的主要问题及改进情况.
    #[doc(alias = "存在的主要问题及改进情况")]
    pub fn problems(&self) -> Option<&Narrative> {
        self.problems.as_ref()
    }

    /// Section six, 其他需要报告的事项.
    #[doc(alias = "其他需要报告的事项")]
    pub fn other_matters(&self) -> Option<&OtherMatters> {
        self.other_matters.as_ref()
    }

    /// The figure in `cell`; `None` if the edition prints no such cell.
    pub fn get(&self, cell: Cell) -> Option<Figure> {
        let position = self.edition.layout().position(cell)?;
        self.figures().into_iter().nth(position)
    }

    /// All cells with their figures, in the form's order.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = (Cell, Figure)> {
        self.edition.layout().cells().iter().map(|entry| entry.cell()).zip(self.figures())
    }

    fn figures(&self) -> Vec<Figure> {
        let mut figures = Vec::with_capacity(self.edition.layout().cells().len());
        self.form.pour(&mut |figure| figures.push(figure));
        figures
    }

    /// Reads the document `annual-report`.
    ///
    /// # Errors
    /// - [`JsonError::Syntax`] if it is no JSON,
    /// - [`JsonError::Shape`] with every place where it departs from the schema,
    /// - [`JsonError::Refused`] with every rule it breaks.
    pub fn from_json(bytes: &[u8]) -> Result<AnnualReport, JsonError> {
        let parts = read_parts(bytes).map_err(|error| {
            explain(bytes, error, |document| {
                crate::schema::annual_report(crate::schema::edition_of(document)).to_value()
            })
        })?;
        Ok(AnnualReport::new(parts)?)
    }

    /// Writes the document `annual-report`, totals included.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("strings and integers are always JSON")
    }
}

/// The document `annual-report` as it stands.
pub(crate) fn read_parts(bytes: &[u8]) -> serde_json::Result<Parts> {
    let mut from = serde_json::Deserializer::from_slice(bytes);
    let parts = Parts::deserialize(Objects(&mut from))?;
    from.end()?;
    Ok(parts)
}

/// The form with its totals worked out and every identity holding; `None` if something is wrong with it.
fn checked_form(layout: Layout, parts: &Parts) -> Option<Form<Figures>> {
    let cells = layout.cells().len();
    let mut figures = Vec::with_capacity(cells);
    let mut counts = Vec::with_capacity(cells);
    parts.figures(&mut |figure| {
        figures.push(figure);
        counts.push(match figure {
            // A count is at most 2^53 − 1.
            Some(Figure::Count(count)) => count.get() as i64,
            _ => NO_COUNT,
        });
    });
    if figures.contains(&None) {
        let free: Vec<bool> = figures.iter().map(Option::is_none).collect();
        work_out_totals(layout, &mut counts, &free);
        for (figure, count) in figures.iter_mut().zip(&counts).filter(|(figure, _)| figure.is_none()) {
            let total = u64::try_from(*count).ok()?;
            *figure = Some(Figure::Count(Count::new(total).ok()?));
        }
    }
    if !identities_hold(layout, &counts) {
        return None;
    }
    let mut figures = figures.into_iter();
    Form::draw(layout, &mut || figures.next().flatten())
}

impl PublishedReport {
    /// The checked report, if this one satisfies the form: exactly one edition's layout, every cell a number, title, year
    /// and agency known, no rule of severity *error* broken.
    ///
    /// What belongs to the page and not to the report stays behind: places, remarks and candidates of cells, headings,
    /// paragraphs among the tables, figures of no cell (`unmatched`), misprinted labels. How many cells were inferred or
    /// assumed is kept in the evidence.
    ///
    /// # Errors
    /// [`Refused`], with every obstacle and every finding, warnings and notices included.
    pub fn accept(&self) -> Result<AnnualReport, Box<Refused>> {
        let refused = self.refuse();
        let barred =
            !refused.obstacles.is_empty() || refused.findings.iter().any(|finding| finding.severity == Severity::Error);
        let figures = self.cells().map(|(entry, cell)| figure(cell, entry.kind(), entry.unit()));
        let form = match figures.collect::<Option<Vec<Figure>>>() {
            Some(figures) if !barred => {
                let mut figures = figures.into_iter();
                Form::draw(self.layout(), &mut || figures.next())
            }
            _ => None,
        };
        match (form, self.year, &self.title, &self.agency) {
            (Some(form), Some(year), Some(title), Some(agency)) => Ok(AnnualReport {
                edition: self.layout().edition(),
                year,
                title: title.clone(),
                agency: agency.clone(),
                scope: self.scope,
                published_on: self.published_on,
                signed_on: self.signed_on,
                evidence: Evidence {
                    blanks_as_zero: self.assumed(Assumption::BlankAsZero).or(self.evidence.blanks_as_zero),
                    totals_from_parts: self.assumed(Assumption::TotalFromParts).or(self.evidence.totals_from_parts),
                    inferred: self.counted(|cell| cell.inference().is_some()).or(self.evidence.inferred),
                    ..self.evidence.clone()
                },
                preamble: self.preamble.clone(),
                overview: self.overview.clone(),
                form,
                problems: self.problems.clone(),
                other_matters: self.other_matters.clone(),
            }),
            _ => Err(refused),
        }
    }

    /// How many cells have a number that was put there in this way.
    fn assumed(&self, of: Assumption) -> Option<Count> {
        self.counted(|cell| cell.assumption() == Some(of))
    }

    /// How many cells are of this kind; nothing for none, so that what is known from before stays known.
    fn counted(&self, of: impl Fn(&PublishedCell) -> bool) -> Option<Count> {
        let count = self.sheet().iter().filter(|cell| of(cell)).count();
        // A form has a few hundred cells.
        if count == 0 { None } else { Some(Count::from(count as u32)) }
    }

    /// Everything that stands between this report and a checked one.
    fn refuse(&self) -> Box<Refused> {
        let mut obstacles = Vec::new();
        if !self.layout().is_exact() {
            obstacles.push(Obstacle::Layout { layout: self.layout() });
        }
        let facts = [("title", self.title.is_none()), ("year", self.year.is_none()), ("agency", self.agency.is_none())];
        obstacles.extend(facts.into_iter().filter(|(_, missing)| *missing).map(|(field, _)| Obstacle::Fact { field }));
        obstacles.extend(
            self.cells()
                .filter(|(_, cell)| cell.number().is_none())
                .map(|(entry, cell)| Obstacle::Cell { cell: entry.cell(), status: cell.status() }),
        );
        Box::new(Refused { obstacles, findings: self.check().findings })
    }
}

/// The figure that a published cell of this kind holds.
fn figure(cell: &PublishedCell, kind: Kind, unit: Unit) -> Option<Figure> {
    let number = cell.number().filter(|_| fits_unit(cell, unit))?;
    Some(match kind {
        Kind::Count => Figure::Count(Count::new(u64::try_from(number.whole()?).ok()?).ok()?),
        Kind::Change => Figure::Change(Change::new(number.whole()?).ok()?),
        Kind::Amount => Figure::Amount(Amount::new(number.decimal()).ok()?, cell.amount_unit()),
    })
}

impl From<AnnualReport> for PublishedReport {
    /// Nothing is lost, and [`accept`](PublishedReport::accept) leads back.
    fn from(report: AnnualReport) -> PublishedReport {
        let mut cells = Vec::new();
        report.form.pour(&mut |figure| cells.push(PublishedCell::from(figure)));
        PublishedReport {
            title: Some(report.title),
            year: Some(report.year),
            agency: Some(report.agency),
            scope: report.scope,
            published_on: report.published_on,
            signed_on: report.signed_on,
            evidence: report.evidence,
            preamble: report.preamble,
            overview: report.overview,
            problems: report.problems,
            other_matters: report.other_matters,
            ..PublishedReport::from_sheet(report.edition.layout(), cells)
        }
    }
}

/// A report that is not an [`AnnualReport`], and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What is missing or mixed up, in the order of the document.
    pub obstacles: Vec<Obstacle>,
    /// All findings; those of severity *error* bar the report.
    pub findings: Vec<Finding>,
}

/// What stands between a published report and a checked one, besides findings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// The tables are not those of the stated edition.
    #[error("the tables are not those of edition {stated}")]
    Tables {
        /// The edition the document states.
        stated: Edition,
    },
    /// The layout is no edition's exactly.
    #[error("the layout {layout} is not exactly that of an edition")]
    Layout {
        /// The layout.
        layout: Layout,
    },
    /// A fact that every report states is missing.
    #[error("the {field} is missing")]
    Fact {
        /// Its key.
        field: &'static str,
    },
    /// The cell holds no number.
    #[error("the cell {cell} holds no number ({})", .status.name())]
    Cell {
        /// The cell.
        cell: Cell,
        /// What stands in it.
        status: Status,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let reasons: Vec<String> =
            self.obstacles.iter().map(ToString::to_string).chain(errors.map(ToString::to_string)).collect();
        write!(f, "not an annual report: {}", reasons.join("; "))
    }
}

impl std::error::Error for Refused {}

impl Serialize for AnnualReport {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let schema = Some(crate::schema::identifier("annual-report", self.edition.name()));
        Parts { schema, ..self.clone().into_parts() }.serialize(to)
    }
}

impl<'de> Deserialize<'de> for AnnualReport {
    /// Only a report that satisfies the form is read; the error names all that is wrong in one string.
    /// [`AnnualReport::from_json`] returns it as data.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<AnnualReport, D::Error> {
        AnnualReport::new(Parts::deserialize(Objects(from))?).map_err(de::Error::custom)
    }
}

impl JsonSchema for AnnualReport {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "annual_report".into()
    }
    /// The schema of the newest edition, whole in itself; [`schema::annual_report`](crate::schema::annual_report) has
    /// them all.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        crate::schema::annual_report(Edition::Edition2021)
    }
}
