//! A region against its parts: the regional report, and those of the agencies it covers.
//!
//! Sums are compared only as far as it is known who reported. Where every agency is accounted for, the region is the sum of
//! its parts; otherwise it is no less than the parts that are known. The rules are
//! [`SUMS`], what they find is a [`Finding`](crate::Finding) like any other.
//!
//! ```
//! use ogi_report::rollup::{Coverage, Member, Region};
//! use ogi_report::{Language, Layout, PublishedCell, rule_book};
//! let part = rule_book::zeros(Layout::EDITION_2021);
//! let mut whole = part.clone();
//! whole.set("requests.received.other".parse()?, PublishedCell::read("3"))?;
//! let known = || Member::new("甲局", Coverage::Reported(&part));
//! let region = Region::new(&whole, [known(), Member::new("乙局", Coverage::Missing)])?;
//! assert!(region.check().findings.is_empty());
//! let complete = Region::new(&whole, [known()])?;
//! assert_eq!(
//!     complete.check().findings[0].message(Language::Chinese),
//!     "每一格等于各机关之和：一、本年新收政府信息公开申请数量 · 其他 3，应等于各机关之和 0，相差 3"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not checked: whether the manifest names everybody, and amounts of money, whose units differ.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Entry;
use crate::date::Year;
use crate::facts::Scope;
use crate::finding::{CheckReport, Clue, ClueKind, FindingCell, Reason, Side};
use crate::form::{Cell, Edition, Kind};
use crate::number::Number;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::rule::outcome::Outcome;
use crate::rule::table::SUMS;
use crate::rule::{Bound, region};

/// A region, and the manifest of who should report.
#[derive(Clone, Debug)]
pub struct Region<'r> {
    report: &'r PublishedReport,
    members: Vec<Member<'r>>,
}

/// An agency of the manifest.
#[derive(Clone, Debug)]
pub struct Member<'r> {
    /// Its name.
    pub name: String,
    /// What became of its report.
    pub coverage: Coverage<'r>,
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

/// Why a manifest says nothing that can be added up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct RegionError {
    /// All that is wrong with it, in the order of the manifest.
    pub faults: Vec<RegionFault>,
}

/// What is wrong with a manifest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegionFault {
    /// The report year of the region is not known.
    #[error("the report year of the region is not known")]
    NoYear,
    /// The manifest names an agency twice.
    #[error("the manifest names {name} twice")]
    Twice {
        /// The agency.
        name: String,
    },
    /// Two members report as one agency.
    #[error("{first} and {second} both report as {agency}")]
    SameAgency {
        /// The earlier of the two in the manifest.
        first: String,
        /// The other.
        second: String,
        /// The agency that both reports are of.
        agency: String,
    },
    /// The agency that should report for it is not in the manifest.
    #[error("{parent}, which should report for {name}, is not in the manifest")]
    UnknownParent {
        /// The agency.
        name: String,
        /// Who should report for it.
        parent: String,
    },
    /// The agency that should report for it no longer exists.
    #[error("{parent}, which should report for {name}, was abolished")]
    AbolishedParent {
        /// The agency.
        name: String,
        /// Who should report for it.
        parent: String,
    },
    /// Each should be covered by the next, and the last by the first.
    #[error("nobody reports for {}", .names.join(", "))]
    Cycle {
        /// The agencies; one alone if it should report for itself.
        names: Vec<String>,
    },
    /// Its report is for another year, or for none that is known.
    #[error("the report of {name} is for {}, expected {expected}", .year.map_or("no known year".to_owned(), |year| year.to_string()))]
    OtherYear {
        /// The agency.
        name: String,
        /// The year of its report.
        year: Option<Year>,
        /// The year of the region.
        expected: Year,
    },
    /// Its report is of another edition of the form, whose cells are not the same.
    #[error("the report of {name} is of the edition {edition}, expected {expected}")]
    OtherEdition {
        /// The agency.
        name: String,
        /// The edition of its report.
        edition: Edition,
        /// That of the region.
        expected: Edition,
    },
}

/// What is known of the sum of the parts in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CellSum {
    /// The cell.
    pub cell: Cell,
    /// The count of the regional report, if it holds one.
    pub region: Option<i64>,
    /// The least that the parts come to.
    pub least: i64,
    pub(crate) bound: Bound,
    /// The agencies whose count in this cell is not known.
    pub unknown: Vec<String>,
}

impl CellSum {
    /// Whether every agency is accounted for: the region is this sum. Otherwise it is no less.
    pub fn is_exact(&self) -> bool {
        self.bound == Bound::Exact
    }

    /// The region less the parts that are known; `None` where the region holds no count.
    pub fn difference(&self) -> Option<i64> {
        Some(self.region? - self.least)
    }

    /// Whether the region is what the sum says; `None` where it holds no count.
    pub fn holds(&self) -> Option<bool> {
        Some(self.bound.holds(self.region?, self.least))
    }
}

impl<'r> Member<'r> {
    /// An agency of the manifest.
    pub fn new(name: impl Into<String>, coverage: Coverage<'r>) -> Member<'r> {
        Member { name: name.into(), coverage }
    }

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

    /// What is known of its count in a cell: the least it can be, and whether it is just that.
    fn count(&self, cell: Cell) -> (i64, bool) {
        let of = |report: &PublishedReport| report.get(cell).and_then(PublishedCell::whole_count);
        match self.coverage {
            Coverage::Reported(report) => of(report).map_or((0, false), |count| (count, true)),
            Coverage::Twice(one, other) => match (of(one), of(other)) {
                (Some(one), Some(other)) => (one.min(other), one == other),
                _ => (0, false),
            },
            Coverage::Missing => (0, false),
            Coverage::MergedInto(_) | Coverage::Abolished | Coverage::Inside(_) => (0, true),
        }
    }
}

impl<'r> Region<'r> {
    /// A region and the agencies that it covers. Without any there are only bounds: nobody is accounted for.
    ///
    /// # Errors
    /// All that is wrong with the manifest, as [`RegionFault`]:
    /// - an agency is named twice, or two report as the same agency,
    /// - who should report for an agency is not in the manifest, was abolished, or is in the end the agency itself,
    /// - the report of the region names no year,
    /// - a report is for another year than that of the region, or of another edition of the form.
    pub fn new(
        report: &'r PublishedReport,
        members: impl IntoIterator<Item = Member<'r>>,
    ) -> Result<Region<'r>, RegionError> {
        let region = Region { report, members: members.into_iter().collect() };
        let faults = region.faults();
        if faults.is_empty() { Ok(region) } else { Err(RegionError { faults }) }
    }

    fn faults(&self) -> Vec<RegionFault> {
        let mut faults = Vec::new();
        if self.report.facts.year.is_none() {
            faults.push(RegionFault::NoYear);
        }
        let mut by_name: BTreeMap<&str, &Member> = BTreeMap::new();
        let mut by_agency: BTreeMap<&str, &Member> = BTreeMap::new();
        for member in &self.members {
            if by_name.insert(&member.name, member).is_some() {
                faults.push(RegionFault::Twice { name: member.name.clone() });
            }
            let agencies = member.reports().filter_map(|report| report.facts.agency.as_ref());
            for agency in agencies.map(|agency| agency.name.as_str()).collect::<BTreeSet<_>>() {
                if let Some(first) = by_agency.insert(agency, member).filter(|first| first.name != member.name) {
                    let [first, second, agency] = [&first.name, &member.name, agency].map(str::to_owned);
                    faults.push(RegionFault::SameAgency { first, second, agency });
                }
            }
            for report in member.reports() {
                let name = || member.name.clone();
                if let Some(expected) = self.report.facts.year.filter(|expected| report.facts.year != Some(*expected)) {
                    faults.push(RegionFault::OtherYear { name: name(), year: report.facts.year, expected });
                }
                let (edition, expected) = (report.layout().edition(), self.report.layout().edition());
                if edition != expected {
                    faults.push(RegionFault::OtherEdition { name: name(), edition, expected });
                }
            }
        }
        let mut in_cycles = BTreeSet::new();
        for member in &self.members {
            let Some(parent) = member.parent() else { continue };
            let (name, owned) = (member.name.clone(), parent.to_owned());
            match by_name.get(parent).map(|member| &member.coverage) {
                None => faults.push(RegionFault::UnknownParent { name, parent: owned }),
                Some(Coverage::Abolished) => faults.push(RegionFault::AbolishedParent { name, parent: owned }),
                Some(_) => {}
            }
            // Each step leads to one agency: a way that comes back to where it began is a cycle.
            let mut names = vec![member.name.as_str()];
            let mut next = Some(parent);
            while let Some(name) = next.filter(|name| !names.contains(name)) {
                names.push(name);
                next = by_name.get(name).and_then(|member| member.parent());
            }
            if next == Some(member.name.as_str()) && names.iter().all(|name| in_cycles.insert(*name)) {
                faults.push(RegionFault::Cycle { names: names.into_iter().map(str::to_owned).collect() });
            }
        }
        faults
    }

    /// The members, in the order they were given.
    pub fn members(&self) -> &[Member<'r>] {
        &self.members
    }

    /// The regional report.
    pub fn report(&self) -> &'r PublishedReport {
        self.report
    }

    /// What the parts come to, for each cell of the regional report that holds things counted.
    pub fn sums(&self) -> Vec<CellSum> {
        let counted = |entry: &&Entry| entry.kind() == Kind::Count;
        self.report.layout().cells().iter().filter(counted).map(|entry| self.sum(entry.cell())).collect()
    }

    fn sum(&self, cell: Cell) -> CellSum {
        let anybody = self.members.iter().any(|member| member.reports().next().is_some());
        let mut sum = CellSum {
            cell,
            region: self.report.get(cell).and_then(PublishedCell::whole_count),
            least: 0,
            bound: if anybody { Bound::Exact } else { Bound::AtLeast },
            unknown: Vec::new(),
        };
        for member in &self.members {
            let (count, known) = member.count(cell);
            sum.least = sum.least.saturating_add(count);
            if !known {
                sum.bound = Bound::AtLeast;
                sum.unknown.push(member.name.clone());
            }
        }
        sum
    }

    /// The parts added up, as a report of their own: each cell in which every agency is accounted for holds the sum, all
    /// others are not found, for a bound is no sum.
    pub fn total(&self) -> PublishedReport {
        let mut total = PublishedReport::new(self.report.layout());
        total.facts.year = self.report.facts.year;
        total.facts.scope = Scope::Regional;
        for sum in self.sums().into_iter().filter(|sum| sum.bound == Bound::Exact) {
            let printed = PublishedCell::read(&Number::from(sum.least).to_string());
            total.set(sum.cell, printed).expect("the cell is one of the layout");
        }
        total
    }

    /// The cells in which the region is not what its parts say, in the form's order, and those that hold no count.
    pub fn check(&self) -> CheckReport {
        let mut checked = CheckReport::default();
        for rule in SUMS {
            checked.add(rule, Outcome::default());
        }
        for sum in self.sums() {
            let mut outcome = Outcome::default();
            match (sum.holds(), sum.region) {
                (Some(true), _) => outcome.pass += 1,
                (Some(false), Some(region)) => {
                    let quoted = FindingCell::of(self.report, sum.cell, Some(Side::Left));
                    let cells: Vec<FindingCell> = quoted.into_iter().collect();
                    let told = region::mismatch(&cells, [region, sum.least], sum.bound, self.clues(&sum));
                    outcome.fail(cells, told);
                }
                _ => outcome.skip(Reason::NoCount, vec![sum.cell]),
            }
            checked.add(sum.bound.rule(), outcome);
        }
        checked
    }

    /// Who could explain that this sum does not hold.
    fn clues(&self, sum: &CellSum) -> Vec<Clue> {
        let difference = i128::from(sum.difference().unwrap_or(0)).unsigned_abs();
        let counts: Vec<(&str, u128)> = self
            .members
            .iter()
            .map(|member| (member.name.as_str(), member.count(sum.cell)))
            .filter(|(_, (count, known))| *known && *count > 0)
            .map(|(name, (count, _))| (name, i128::from(count).unsigned_abs()))
            .collect();
        let mut clues: Vec<Clue> = counts
            .iter()
            .filter(|(_, count)| *count == difference)
            .map(|(name, _)| Clue::one(ClueKind::SameCount, name))
            .collect();
        if clues.is_empty() {
            clues = pairs(&counts, difference);
        }
        clues.extend(sum.unknown.iter().map(|name| Clue::one(ClueKind::Unknown, name)));
        let without = self.members.iter().filter(|member| {
            matches!(member.coverage, Coverage::MergedInto(_) | Coverage::Abolished | Coverage::Inside(_))
        });
        clues.extend(without.map(|member| Clue::one(ClueKind::NoReport, &member.name)));
        clues
    }
}

/// So many pairs say more about chance than about an error.
const PAIRS: usize = 5;

/// Two agencies whose counts together are the difference; none where that is true of many.
fn pairs(counts: &[(&str, u128)], difference: u128) -> Vec<Clue> {
    let mut by_count: BTreeMap<u128, Vec<&str>> = BTreeMap::new();
    let mut clues = Vec::new();
    for (name, count) in counts {
        let rest = difference.checked_sub(*count);
        for other in rest.and_then(|rest| by_count.get(&rest)).into_iter().flatten() {
            if clues.len() == PAIRS {
                return Vec::new();
            }
            let agencies = vec![(*other).to_owned(), (*name).to_owned()];
            clues.push(Clue { kind: ClueKind::SameCount, agencies });
        }
        by_count.entry(*count).or_default().push(name);
    }
    clues
}
