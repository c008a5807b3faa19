//! A region against its parts: the regional report, and those of the agencies it covers.
//!
//! Sums are compared only as far as it is known who reported. Where every agency is accounted for, the region is the sum of
//! its parts; otherwise it is no less than the parts that are known. The rules are
//! [`SUMS`](crate::SUMS), what they find is a [`Finding`](crate::Finding) like any other.
//!
//! ```
//! use ogi_report::rollup::{Coverage, Region};
//! use ogi_report::{Language, Layout, PublishedCell, PublishedReport};
//! let part = PublishedReport::zeros(Layout::EDITION_2021);
//! let mut whole = part.clone();
//! whole.set("requests.received.other".parse()?, PublishedCell::read("3"))?;
//! let known = || ("甲局", Coverage::Reported(&part));
//! let region = Region::new(&whole, [known(), ("乙局", Coverage::Missing)])?;
//! assert!(region.check().findings.is_empty());
//! let complete = Region::new(&whole, [known()])?;
//! assert_eq!(
//!     complete.check().findings[0].message(Language::Chinese),
//!     "一、本年新收政府信息公开申请数量 · 其他 3，应等于各机关之和 0，相差 3（规则：每一格等于各机关之和）"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Amounts of money are reckoned in 元 where the page or the form says their unit, and told in the unit of the form. The parts
//! added up are a report of their own ([`Region::total`]), from which the region's report can be made.
//!
//! Not checked: whether the manifest names everybody. What cannot be compared is listed with the findings.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use crate::facts::Scope;
use crate::fault::{Fault, Faults};
use crate::finding::{CheckReport, Clue, FindingCell, Reason};
use crate::form::{Cell, Kind, Unit};
use crate::number::{AmountUnit, Number, YUAN_IN_WAN};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::rule::outcome::{Outcome, Side};
use crate::rule::{Bound, region};
use crate::text::shortened;

/// How many agencies a region has at most.
pub const MOST_MEMBERS: usize = 50_000;
/// How many bytes the name of an agency has at most.
pub const MOST_NAME: usize = 500;

/// A region, and the manifest of who should report.
#[derive(Clone, Debug)]
pub struct Region<'r> {
    report: &'r PublishedReport,
    members: Vec<Member<'r>>,
}

/// An agency of the manifest.
#[derive(Clone, Debug)]
struct Member<'r> {
    name: String,
    coverage: Coverage<'r>,
}

/// What became of the report of an agency.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Coverage<'r> {
    /// It reported.
    Reported(&'r PublishedReport),
    /// It reported twice, and nobody says which report counts.
    Twice(&'r PublishedReport, &'r PublishedReport),
    /// It should have reported, and no report is known.
    Missing,
    /// It was merged into this agency of the manifest, which reports for it.
    MergedInto(String),
    /// It no longer exists.
    Abolished,
    /// The report of this agency of the manifest covers it.
    Inside(String),
}

/// What is known of the sum of the parts in one cell.
pub(crate) struct CellSum {
    pub cell: Cell,
    /// The figure of the regional report, if it holds one.
    pub region: Option<Decimal>,
    /// The least that the parts come to.
    pub least: Decimal,
    /// What the sum says.
    pub bound: Bound,
}

impl CellSum {
    /// Whether the region is what the sum says; `None` where it holds no figure, and of changes, which can be negative, where
    /// not all parts are known.
    pub(crate) fn holds(&self) -> Option<bool> {
        let open = self.cell.kind() == Kind::Change && self.bound == Bound::AtLeast;
        Some(self.bound.holds(self.region.filter(|_| !open)?, self.least))
    }
}

/// The figure of a cell that can be added up: a count, a change, an amount in the unit of the form; in 元 where the form fixes
/// none.
fn figure(report: &PublishedReport, cell: Cell) -> Option<Decimal> {
    let found = report.get(cell)?;
    match cell.kind() {
        Kind::Count => found.whole_count().map(Decimal::from),
        Kind::Change => found.number().and_then(Number::whole).map(Decimal::from),
        Kind::Amount => {
            let in_yuan = found.yuan(cell.unit())?;
            Some(if cell.unit() == Unit::WanYuan { in_yuan / YUAN_IN_WAN } else { in_yuan })
        }
    }
}

impl<'r> Member<'r> {
    /// Its reports: none, one or two.
    fn reports(&self) -> impl Iterator<Item = &'r PublishedReport> {
        let (first, second) = match self.coverage {
            Coverage::Reported(report) => (Some(report), None),
            Coverage::Twice(one, other) => (Some(one), Some(other)),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// The agency that reports for it.
    fn parent(&self) -> Option<&str> {
        match &self.coverage {
            Coverage::MergedInto(parent) | Coverage::Inside(parent) => Some(parent),
            _ => None,
        }
    }

    /// What is known of its figure in a cell: the least it can be, and whether it is just that.
    fn figure(&self, cell: Cell) -> (Decimal, bool) {
        match self.coverage {
            Coverage::Reported(report) => figure(report, cell).map_or((Decimal::ZERO, false), |figure| (figure, true)),
            Coverage::Twice(one, other) => match (figure(one, cell), figure(other, cell)) {
                (Some(one), Some(other)) => (one.min(other), one == other),
                _ => (Decimal::ZERO, false),
            },
            Coverage::Missing => (Decimal::ZERO, false),
            Coverage::MergedInto(_) | Coverage::Abolished | Coverage::Inside(_) => (Decimal::ZERO, true),
        }
    }
}

impl<'r> Region<'r> {
    /// A region and the agencies that it covers, the manifest of who should report: each by its name, with what became of its
    /// report. Without any there are only bounds: nobody is accounted for.
    ///
    /// ```
    /// use ogi_report::rollup::{Coverage, Region};
    /// use ogi_report::{Layout, PublishedReport};
    /// let report = PublishedReport::zeros(Layout::EDITION_2021);
    /// let region = Region::new(&report, [("甲局", Coverage::Missing), ("乙局", Coverage::Inside("甲局".to_owned()))])?;
    /// assert!(region.check().findings.is_empty());
    /// let unknown = Region::new(&report, [("乙局", Coverage::Inside("甲局".to_owned()))]).unwrap_err();
    /// assert_eq!(unknown.to_string(), "乙局: expected an agency of the manifest that reports for it, found 甲局");
    /// # Ok::<(), ogi_report::Faults>(())
    /// ```
    ///
    /// # Errors
    /// [`Faults`], all that is wrong with the manifest, each at the name of a member:
    /// - an agency is named twice, or two report as the same agency,
    /// - who should report for an agency is not in the manifest, was abolished, or is in the end the agency itself,
    /// - there are more than [`MOST_MEMBERS`], or a name is longer than [`MOST_NAME`] bytes,
    /// - the report of the region names no year,
    /// - a report is for another year than that of the region, or of another edition of the form.
    pub fn new(
        report: &'r PublishedReport,
        members: impl IntoIterator<Item = (impl Into<String>, Coverage<'r>)>,
    ) -> Result<Region<'r>, Faults> {
        let member = |(name, coverage): (_, Coverage<'r>)| Member { name: Into::into(name), coverage };
        let region = Region { report, members: members.into_iter().map(member).collect() };
        let mut faults = region.too_much();
        if faults.is_empty() {
            faults = region.faults();
        }
        if faults.is_empty() { Ok(region) } else { Err(Faults(faults)) }
    }

    /// What is more than a region has.
    fn too_much(&self) -> Vec<Fault> {
        if self.members.len() > MOST_MEMBERS {
            let words = [format!("不超过 {MOST_MEMBERS} 个机关"), format!("at most {MOST_MEMBERS} agencies")];
            return vec![Fault::new("members", words, Some(self.members.len().to_string()))];
        }
        let long = |name: &&str| name.len() > MOST_NAME;
        let names = self.members.iter().flat_map(|member| [Some(member.name.as_str()), member.parent()]).flatten();
        let fault = |name: &str| {
            let words = [format!("不超过 {MOST_NAME} 字节的名称"), format!("a name of at most {MOST_NAME} bytes")];
            Fault::new(shortened(name), words, Some(name.len().to_string()))
        };
        names.filter(long).take(1).map(fault).collect()
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.report.facts.year.is_none() {
            faults.push(Fault::new("year", ["地区报告的年度", "a report year of the region"], None));
        }
        let mut by_name: BTreeMap<&str, &Member> = BTreeMap::new();
        let mut by_agency: BTreeMap<&str, &Member> = BTreeMap::new();
        for member in &self.members {
            if by_name.insert(&member.name, member).is_some() {
                let words = ["名单中的每个机关一次", "each agency of the manifest once"];
                faults.push(Fault::new(&member.name, words, Some(member.name.clone())));
            }
            let agencies = member.reports().filter_map(|report| report.facts.agency.as_ref());
            for agency in agencies.map(|agency| agency.name.as_str()).collect::<BTreeSet<_>>() {
                if let Some(first) = by_agency.insert(agency, member).filter(|first| first.name != member.name) {
                    let words = [
                        format!("不同于{}的机关的报告", first.name),
                        format!("a report of another agency than that of {}", first.name),
                    ];
                    faults.push(Fault::new(&member.name, words, Some(agency.to_owned())));
                }
            }
            for report in member.reports() {
                if let Some(expected) = self.report.facts.year.filter(|expected| report.facts.year != Some(*expected)) {
                    let words = [format!("{expected} 年度的报告"), format!("a report for {expected}")];
                    faults.push(Fault::new(&member.name, words, report.facts.year.map(|year| year.to_string())));
                }
                let (edition, expected) = (report.layout().edition(), self.report.layout().edition());
                if edition != expected {
                    let words = [format!("{expected} 版的报告"), format!("a report of the edition {expected}")];
                    faults.push(Fault::new(&member.name, words, Some(edition.to_string())));
                }
            }
        }
        // Each step leads to one agency: a way that comes back to itself is a cycle. Nobody is walked past twice.
        let mut walked: BTreeSet<&str> = BTreeSet::new();
        for member in &self.members {
            let Some(parent) = member.parent() else { continue };
            let mut unfit = |words: [&str; 2]| faults.push(Fault::new(&member.name, words, Some(parent.to_owned())));
            match by_name.get(parent).map(|member| &member.coverage) {
                None => unfit(["名单中代为报告的机关", "an agency of the manifest that reports for it"]),
                Some(Coverage::Abolished) => {
                    unfit(["尚未撤销的代为报告的机关", "an agency that still exists to report for it"]);
                }
                Some(_) => {}
            }
            let mut way: BTreeMap<&str, usize> = BTreeMap::new();
            let mut names: Vec<&str> = Vec::new();
            let mut next = Some(member.name.as_str());
            while let Some(name) = next.filter(|name| !walked.contains(name)) {
                if let Some(start) = way.insert(name, names.len()) {
                    let words = ["代为报告而自己报告的机关", "an agency that reports for it in the end"];
                    let shown = shortened(&names[start..].join(", "));
                    faults.push(Fault::new(names[start], words, Some(shown)));
                    break;
                }
                names.push(name);
                next = by_name.get(name).and_then(|member| member.parent());
            }
            walked.extend(names);
        }
        faults
    }

    /// The regional report.
    pub fn report(&self) -> &'r PublishedReport {
        self.report
    }

    /// What the parts come to, for each cell of the regional report.
    pub(crate) fn sums(&self) -> Vec<CellSum> {
        self.report.layout().cells().iter().map(|entry| self.sum(entry.cell())).collect()
    }

    fn sum(&self, cell: Cell) -> CellSum {
        let anybody = self.members.iter().any(|member| member.reports().next().is_some());
        let mut sum = CellSum {
            cell,
            region: figure(self.report, cell),
            least: Decimal::ZERO,
            bound: if anybody { Bound::Exact } else { Bound::AtLeast },
        };
        for member in &self.members {
            let (figure, known) = member.figure(cell);
            // 50,000 amounts of 15 digits are a sum of 20.
            sum.least += figure;
            if !known {
                sum.bound = Bound::AtLeast;
            }
        }
        sum.least = sum.least.normalize();
        sum
    }

    /// The parts added up, as a report of their own: each cell in which every agency is accounted for holds the sum, in the
    /// unit of the form, in 元 where it fixes none; all others are not found, for a bound is no sum.
    ///
    /// With the facts that every report states it can become the report of the region. Where there is no regional report yet, an
    /// empty one says for which year and layout the parts are added up:
    ///
    /// ```
    /// use ogi_report::rollup::{Coverage, Region};
    /// use ogi_report::{Facts, Layout, PublishedCell, PublishedReport};
    /// let mut one = PublishedReport::zeros(Layout::EDITION_2021);
    /// let amount = "article20.item8.administrative_fees.amount".parse()?;
    /// one.set(amount, PublishedCell::read("1.25"))?;
    /// let mut nothing = PublishedReport::new(Layout::EDITION_2021);
    /// nothing.facts.year = one.facts.year;
    /// let mut total = Region::new(&nothing, [("甲局", Coverage::Reported(&one)), ("乙局", Coverage::Abolished)])?.total();
    /// total.facts = Facts { title: Some("示例市2024年政府信息公开工作年度报告".to_owned()), ..one.facts.clone() };
    /// total.facts.agency.as_mut().unwrap().name = "示例市".to_owned();
    /// assert_eq!(total.accept()?.get(amount).unwrap().to_string(), "1.25");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn total(&self) -> PublishedReport {
        let mut total = PublishedReport::new(self.report.layout());
        total.facts.year = self.report.facts.year;
        let is_system = self.report.facts.scope == Scope::System;
        total.facts.scope = if is_system { Scope::System } else { Scope::Regional };
        for CellSum { cell, least, .. } in self.sums().into_iter().filter(|sum| sum.bound == Bound::Exact) {
            let unit = if cell.unit() == Unit::AsPrinted { AmountUnit::Yuan } else { AmountUnit::Unstated };
            let printed = PublishedCell::read(&format!("{}{}", Number::from(least), unit.word()));
            total.set(cell, printed).expect("the cell is one of the layout");
        }
        total
    }

    /// The cells in which the region is not what its parts say, in the form's order, and those that cannot be compared: the
    /// region holds no figure there, or an amount in a unit that nothing tells; of 本年增/减 nothing is said unless every
    /// agency is known.
    pub fn check(&self) -> CheckReport {
        let mut checked = CheckReport::default();
        for sum in self.sums() {
            let mut outcome = Outcome::default();
            match (sum.holds(), sum.region) {
                (Some(true), _) => outcome.pass += 1,
                (Some(false), Some(region)) => {
                    let quoted = FindingCell::of(self.report, sum.cell, Some(Side::Left));
                    let cells: Vec<FindingCell> = quoted.into_iter().collect();
                    let told = region::mismatch(&cells, [region, sum.least], sum.bound, self.clues(&sum, region));
                    outcome.fail(cells, told);
                }
                (None, Some(_)) => outcome.skip(Reason::PartUnknown, vec![sum.cell]),
                (_, None) => {
                    let amount = self.report.get(sum.cell).and_then(PublishedCell::number).map(Number::decimal);
                    let no_unit =
                        sum.cell.kind() == Kind::Amount && amount.is_some_and(|amount| amount > Decimal::ZERO);
                    outcome.skip(if no_unit { Reason::NoUnit } else { Reason::NoCount }, vec![sum.cell]);
                }
            }
            checked.add(sum.bound.rule(), outcome);
        }
        checked
    }

    /// Who could explain that this sum does not hold.
    fn clues(&self, sum: &CellSum, region: Decimal) -> Vec<Clue> {
        let difference = (region - sum.least).abs();
        let (mut counts, mut unknown, mut without) = (Vec::new(), Vec::new(), Vec::new());
        for member in &self.members {
            let (name, figure) = (member.name.as_str(), member.figure(sum.cell));
            match (&member.coverage, figure) {
                (Coverage::MergedInto(_) | Coverage::Abolished | Coverage::Inside(_), _) => without.push(name),
                (_, (_, false)) => unknown.push(name),
                (_, (figure, true)) if figure > Decimal::ZERO => counts.push((name, figure)),
                _ => {}
            }
        }
        let same = counts.iter().filter(|(_, count)| *count == difference).take(MOST_CLUES);
        let mut clues: Vec<Clue> = same.map(|(name, _)| Clue::SameCount([(*name).to_owned()])).collect();
        if clues.is_empty() {
            clues = pairs(&counts, difference);
        }
        let unknown = unknown.into_iter().map(|name| Clue::Unknown([name.to_owned()]));
        let without = without.into_iter().map(|name| Clue::NoReport([name.to_owned()]));
        clues.extend(unknown.chain(without).take(MOST_CLUES - clues.len()));
        clues
    }
}

/// How many clues a finding has; of more the likeliest.
const MOST_CLUES: usize = 100;

/// So many pairs say more about chance than about an error.
const PAIRS: usize = 5;

/// Two agencies whose counts together are the difference; none where that is true of many.
fn pairs(counts: &[(&str, Decimal)], difference: Decimal) -> Vec<Clue> {
    let mut by_count: HashMap<Decimal, Vec<&str>> = HashMap::new();
    let mut clues = Vec::new();
    for (name, count) in counts {
        for other in by_count.get(&(difference - *count)).into_iter().flatten() {
            if clues.len() == PAIRS {
                return Vec::new();
            }
            clues.push(Clue::SameSum([*other, *name].map(str::to_owned)));
        }
        by_count.entry(*count).or_default().push(name);
    }
    clues
}
