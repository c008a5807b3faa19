//! The checked report: typed clauses, immutable, totals always right.
//!
//! Every door leads through the same check: [`AnnualReport::new`], [`PublishedReport::accept`],
//! [`AnnualReport::from_json`] and `Deserialize`.
//!
//! ```
//! use ogi_report::{AnnualReport, Parts, PublishedReport, read};
//! let page = &std::fs::read_to_string("examples/data/department-2024.txt").unwrap();
//! let report: AnnualReport = read::text(page)?.accept()?;
//! let mut parts: Parts = report.to_parts()?;
//! parts.requests.received.natural_person = 100.into();
//! let refused = AnnualReport::new(parts).unwrap_err();
//! assert_eq!(refused.findings[0].rule, "requests-balance");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rules
//! An [`AnnualReport`] has exactly the layout of its edition, a legal figure in every cell, and breaks no rule of severity
//! *error*. Warnings do not bar it; [`PublishedReport::check`] tells them.

use std::fmt;
use std::sync::OnceLock;

use crate::agency::Agency;
use crate::article20::Article20;
use crate::catalogue::Form;
use crate::date::Year;
use crate::facts::{Evidence, Facts};
use crate::fault::Fault;
use crate::finding::Finding;
use crate::form::clause::Node;
use crate::form::{Cell, Checked, Edition, Figures, Given, Kind, Layout, Unit};
use crate::language::{Language, said};
use crate::number::{Amount, AmountUnit, Change, Count, Figure};
use crate::proceedings::Proceedings;
use crate::published::PublishedReport;
use crate::published::cell::{Origin, PublishedCell, fits_unit};
use crate::published::printed::Status;
use crate::requests::{OtherHandling, Outcomes, Requests};
use crate::rule::balance;
use crate::rule::facts::contradictions;

/// What a report is built from, nothing checked yet. A total may be left out, then it is derived; a total that is given must
/// be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The edition of the form that is printed.
    pub edition: Edition,
    /// The facts around the tables, and the sections in words: title, year and agency must be there.
    pub facts: Facts,
    /// Section two, 二、主动公开政府信息情况.
    pub article20: Article20<Given>,
    /// Section three, 三、收到和处理政府信息公开申请情况.
    pub requests: Requests<Given>,
    /// Section four, 四、政府信息公开行政复议、行政诉讼情况.
    pub proceedings: Proceedings<Given>,
}

impl Parts {
    /// A report in which nothing happened, in the edition of its year, or in the newest with clauses of its own if the year
    /// is not known: every cell is 0. For struct update syntax:
    ///
    /// ```
    /// use ogi_report::requests::{Applicants, Outcomes, Requests};
    /// use ogi_report::{Agency, AnnualReport, Facts, Language, Parts, Year};
    /// let facts = Facts::new("示例市数据局2024年政府信息公开工作年度报告", Year::new(2024)?, Agency::named("示例市数据局"));
    /// let received = Applicants { natural_person: 3.into(), ..Applicants::NONE };
    /// let outcomes = Outcomes { disclosed: received, ..Outcomes::NONE };
    /// let parts = Parts { requests: Requests { received, outcomes, ..Requests::NONE }, ..Parts::new(facts) };
    /// let report = AnnualReport::try_from(parts.clone())?;
    /// assert_eq!(report.form()?.requests.outcomes.total.total.get(), 3);
    /// let carried_in = Applicants { other: 1.into(), ..Applicants::NONE };
    /// let wrong = Parts { requests: Requests { carried_in, ..parts.requests }, ..parts };
    /// let refused = AnnualReport::new(wrong).unwrap_err();
    /// assert!(refused.message(Language::Chinese).contains("（规则：第一项加第二项之和，"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(facts: Facts) -> Parts {
        let of_year = facts.year.and_then(|year| Edition::for_year(year.get()));
        let newest = || Layout::newest_first().find(|layout| layout.is_typed()).map(Layout::edition);
        let edition = of_year.or_else(newest).unwrap_or(Edition::newest());
        let clauses = edition.layout().data().clauses;
        let other_handling = OtherHandling::none(clauses);
        let requests = Requests { outcomes: Outcomes { other_handling, ..Outcomes::NONE }, ..Requests::NONE };
        let (article20, proceedings) = (Article20::none(clauses), Proceedings::NONE);
        Parts { edition, facts, article20, requests, proceedings }
    }

    /// The report these parts make, right or wrong; totals left out are not found.
    ///
    /// # Errors
    /// [`Fault`] if the tables are not those of the stated edition.
    pub fn into_published(self) -> Result<PublishedReport, Fault> {
        let (layout, figures) = self.figures()?;
        Ok(PublishedReport::of_figures(layout, self.facts, figures))
    }

    /// The layout of the edition that is built of these clauses, and its figures in the form's order.
    fn figures(&self) -> Result<(Layout, Vec<Option<Figure>>), Fault> {
        let Parts { edition, article20, requests, proceedings, .. } = *self;
        let form = Form::<Given> { article20, requests, proceedings };
        let is_built_so = |layout: &Layout| layout.is_typed() && form.fits(layout.data().clauses);
        let layout = edition.layouts().find(is_built_so).ok_or_else(|| other_tables(edition))?;
        let mut figures = Vec::with_capacity(layout.cells().len());
        form.put(&mut figures);
        Ok((layout, figures))
    }
}

/// An annual report that satisfies the form: every cell a legal figure, every total right, nothing that contradicts
/// itself. Immutable; take it apart with [`to_parts`](AnnualReport::to_parts), change, build again.
///
/// Nothing outside this crate can make one that is wrong:
///
/// ```compile_fail
/// fn forge(report: &ogi_report::AnnualReport, facts: ogi_report::Facts) -> ogi_report::AnnualReport {
///     ogi_report::AnnualReport { facts, ..report.clone() }
/// }
/// ```
/// ```
/// fn build(parts: ogi_report::Parts, facts: ogi_report::Facts) -> Result<ogi_report::AnnualReport, Box<ogi_report::Refused>> {
///     ogi_report::AnnualReport::new(ogi_report::Parts { facts, ..parts })
/// }
/// ```
#[derive(Clone)]
pub struct AnnualReport {
    edition: Edition,
    facts: Checked<Facts>,
    /// One a cell, in the form's order.
    figures: Box<[Figure]>,
    /// The figures as clauses, once somebody asks.
    form: OnceLock<Box<Form<Figures>>>,
}

impl AnnualReport {
    /// The report made of these parts, its totals derived where they are left out.
    ///
    /// # Errors
    /// [`Refused`], with everything that is in the way:
    /// - the tables are not those of the stated edition, or of a layout that departs from it,
    /// - title, year or agency is missing,
    /// - every finding of severity *error*.
    pub fn new(parts: Parts) -> Result<AnnualReport, Box<Refused>> {
        let (layout, figures) = parts.figures().map_err(|obstacle| Box::new(Refused::from(obstacle)))?;
        AnnualReport::of_figures(layout, parts.facts, figures)
    }

    /// The report of `layout` with these figures, one a cell in the form's order; a total may be left out.
    pub(crate) fn of_figures(
        layout: Layout,
        facts: Facts,
        figures: Vec<Option<Figure>>,
    ) -> Result<AnnualReport, Box<Refused>> {
        let sound = layout.is_exact()
            && facts.needed().iter().all(|(_, missing)| !missing)
            && contradictions(&facts, Some(layout.edition())).next().is_none();
        let completed = if sound { balance::completed(layout, layout.order(), figures) } else { Err(figures) };
        match completed {
            Ok(figures) => Ok(AnnualReport {
                edition: layout.edition(),
                facts: Checked::proved(facts),
                figures: figures.into(),
                form: OnceLock::new(),
            }),
            Err(figures) => Err(PublishedReport::of_figures(layout, facts, figures).with_all_sums().refuse()),
        }
    }

    /// Takes the report apart.
    ///
    /// # Errors
    /// [`Fault`] if the clauses of this crate do not have all cells of its edition.
    pub fn to_parts(&self) -> Result<Parts, Fault> {
        self.form()?;
        let mut figures = self.figures.iter().copied();
        let form = Form::<Given>::from_leaves(self.edition.layout().data().clauses, &mut || figures.next().map(Some));
        // A checked form fills a given one: every figure is there and of its cell's kind.
        let Form { article20, requests, proceedings } = form.expect("a checked form is complete");
        Ok(Parts { edition: self.edition, facts: self.facts.clone().into_inner(), article20, requests, proceedings })
    }

    /// The edition of the form.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// The report year.
    pub fn year(&self) -> Year {
        self.facts.year.expect("checked facts name the year")
    }

    /// The title as printed.
    pub fn title(&self) -> &str {
        self.facts.title.as_deref().expect("checked facts have a title")
    }

    /// Who reports.
    pub fn agency(&self) -> Checked<&Agency> {
        Checked::proved(self.facts.agency.as_ref().expect("checked facts name the agency"))
    }

    /// The facts around the tables, and the sections in words.
    pub fn facts(&self) -> &Checked<Facts> {
        &self.facts
    }

    /// The three tables as clauses.
    ///
    /// # Errors
    /// [`Fault`] if the clauses of this crate do not have all cells of the edition, so that a total of theirs would be of
    /// figures that they do not show. Every edition of this version has its clauses; [`get`](AnnualReport::get) works for all.
    pub fn form(&self) -> Result<&Form<Figures>, Fault> {
        let layout = self.edition.layout();
        if !layout.is_typed() {
            let words = [
                "本版本有类型的版次，否则请逐格读取",
                "an edition whose clauses this version has: read the figures cell by cell",
            ];
            return Err(Fault::new("edition", words, Some(self.edition.to_string())));
        }
        Ok(self.form.get_or_init(|| {
            let mut figures = self.figures.iter().copied();
            let form = Form::from_leaves(layout.data().clauses, &mut || figures.next());
            Box::new(form.expect("a checked report has a figure of its kind for every cell"))
        }))
    }

    /// The figure in `cell`; `None` if the edition prints no such cell.
    pub fn get(&self, cell: Cell) -> Option<Figure> {
        self.figures.get(self.edition.layout().position(cell)?).copied()
    }

    /// All cells with their figures, in the form's order.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = (Cell, Figure)> {
        self.edition.layout().cells().iter().map(|entry| entry.cell()).zip(self.figures.iter().copied())
    }

    /// The figures in the form's order.
    pub(crate) fn figures(&self) -> &[Figure] {
        &self.figures
    }
}

impl TryFrom<Parts> for AnnualReport {
    type Error = Box<Refused>;
    /// See [`AnnualReport::new`].
    fn try_from(parts: Parts) -> Result<AnnualReport, Box<Refused>> {
        AnnualReport::new(parts)
    }
}

impl TryFrom<PublishedReport> for AnnualReport {
    type Error = Box<Refused>;
    /// See [`PublishedReport::accept`].
    fn try_from(report: PublishedReport) -> Result<AnnualReport, Box<Refused>> {
        report.accept()
    }
}

impl fmt::Debug for AnnualReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AnnualReport { edition, facts, figures, form: _ } = self;
        f.debug_struct("AnnualReport")
            .field("edition", edition)
            .field("facts", facts)
            .field("figures", figures)
            .finish()
    }
}

impl PartialEq for AnnualReport {
    fn eq(&self, other: &AnnualReport) -> bool {
        (self.edition, &self.facts, &self.figures) == (other.edition, &other.facts, &other.figures)
    }
}

impl Eq for AnnualReport {}

impl PublishedReport {
    /// The checked report, if this one satisfies the form: exactly one edition's layout, every cell a number, title, year
    /// and agency known, no rule of severity *error* broken.
    ///
    /// What belongs to the page and not to the report stays behind: places, remarks and candidates of cells, headings,
    /// paragraphs among the tables, figures of no cell (`unmatched`), misprinted labels. How many cells were inferred or
    /// assumed is kept in the evidence.
    ///
    /// # Errors
    /// [`Refused`], with every obstacle and every finding of severity *error*.
    pub fn accept(&self) -> Result<AnnualReport, Box<Refused>> {
        let refused = self.refuse();
        let barred = !refused.faults.is_empty() || !refused.findings.is_empty();
        let figures = self.cells().map(|(entry, cell)| figure(cell, entry.kind(), entry.unit()));
        match figures.collect::<Option<Box<[Figure]>>>() {
            Some(figures) if !barred => {
                let evidence = Evidence {
                    blanks_as_zero: self.assumed(Origin::BlankAsZero).or(self.facts.evidence.blanks_as_zero),
                    not_applicable_as_zero: self
                        .assumed(Origin::NotApplicableAsZero)
                        .or(self.facts.evidence.not_applicable_as_zero),
                    totals_from_parts: self.assumed(Origin::TotalFromParts).or(self.facts.evidence.totals_from_parts),
                    inferred: self.counted(|cell| cell.is_inferred()).or(self.facts.evidence.inferred),
                    ..self.facts.evidence.clone()
                };
                let facts = Checked::proved(Facts { evidence, ..self.facts.clone() });
                Ok(AnnualReport { edition: self.layout().edition(), facts, figures, form: OnceLock::new() })
            }
            _ => Err(refused),
        }
    }

    /// How many cells have a number that was put there in this way.
    fn assumed(&self, of: Origin) -> Option<Count> {
        self.counted(|cell| cell.origin() == Some(of))
    }

    /// How many cells are of this kind; nothing for none, so that what is known from before stays known.
    fn counted(&self, of: impl Fn(&PublishedCell) -> bool) -> Option<Count> {
        let count = self.sheet().iter().filter(|cell| of(cell)).count();
        // A form has a few hundred cells.
        if count == 0 { None } else { Some(Count::from(count as u32)) }
    }

    /// Everything that is between this report and a checked one.
    fn refuse(&self) -> Box<Refused> {
        let mut faults = Vec::new();
        if !self.layout().is_exact() {
            let words = ["某一版的规定表样", "exactly the layout of an edition"];
            faults.push(Fault::new("edition", words, Some(self.layout().to_string())));
        }
        faults.extend(self.facts.missing());
        let empty = self.cells().filter(|(_, cell)| cell.number().is_none());
        faults.extend(empty.map(|(entry, cell)| {
            let words = match cell.status() {
                Status::Blank => [
                    "数字（空白可用 with_blanks_as_zero 按 0 计）",
                    "a number (with_blanks_as_zero takes the blank for 0)",
                ],
                Status::NotApplicable => [
                    "数字（“不适用”可用 with_not_applicable_as_zero 按 0 计）",
                    "a number (with_not_applicable_as_zero takes the mark for 0)",
                ],
                _ => ["数字", "a number"],
            };
            Fault::new(entry.path(), words, Some(cell.status().name().to_owned()))
        }));
        Box::new(Refused { faults, findings: self.errors() })
    }
}

/// The figure that a published cell of this kind holds.
fn figure(cell: &PublishedCell, kind: Kind, unit: Unit) -> Option<Figure> {
    let number = cell.number().filter(|_| fits_unit(cell, unit))?;
    // A unit that the form prints itself is no part of the figure.
    let printed = if unit == Unit::AsPrinted { cell.amount_unit() } else { AmountUnit::Unstated };
    Some(match kind {
        Kind::Count => Figure::Count(Count::new(u64::try_from(number.whole()?).ok()?).ok()?),
        Kind::Change => Figure::Change(Change::new(number.whole()?).ok()?),
        Kind::Amount => Figure::Amount(Amount::new(number.decimal()).ok()?, printed),
    })
}

impl From<AnnualReport> for PublishedReport {
    /// Nothing is lost, and [`accept`](PublishedReport::accept) leads back.
    fn from(report: AnnualReport) -> PublishedReport {
        let cells = report.figures.iter().map(|figure| PublishedCell::from(*figure)).collect();
        let facts = report.facts.into_inner();
        PublishedReport { facts, ..PublishedReport::from_sheet(report.edition.layout(), cells) }
    }
}

/// A report that is not an [`AnnualReport`], and why.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub struct Refused {
    /// What is missing or mixed up, in the order of the document, each at its key or cell.
    pub faults: Vec<Fault>,
    /// The findings of severity *error*; [`PublishedReport::check`] tells those that do not bar a report as well.
    pub findings: Vec<Finding>,
}

impl Refused {
    pub(crate) fn words(&self) -> [String; 2] {
        [Language::Chinese, Language::English].map(|language| {
            let faults = self.faults.iter().map(|fault| fault.message(language));
            let errors = self.findings.iter().map(|finding| finding.line(language));
            let reasons: Vec<String> = faults.chain(errors).collect();
            let [head, semicolon] = language.of([["不能作为年度报告：", "；"], ["not an annual report: ", "; "]]);
            format!("{head}{}", reasons.join(semicolon))
        })
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Refused {
        Refused { faults: vec![fault], findings: vec![] }
    }
}

/// The tables are not those of the edition that is stated.
pub(crate) fn other_tables(stated: Edition) -> Fault {
    let words = ["各表所属的版本", "the edition that its tables are of"];
    Fault::new("edition", words, Some(stated.to_string()))
}

said!(Refused);
