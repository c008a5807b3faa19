//! A region against its parts: the regional report, and those of the agencies it covers.
//!
//! Sums are compared only as far as it is known who reported. Where every agency is accounted for, the region is the sum of
//! its parts ([`Bound::Exact`]); otherwise it is no less than the parts that are known ([`Bound::AtLeast`]).
//!
//! ```
//! use ogi_report::rollup::{Coverage, Member, Region};
//! use ogi_report::{Layout, PublishedCell, rule_book};
//! let part = rule_book::zeros(Layout::Edition2021);
//! let mut whole = part.clone();
//! whole.set("requests.received.other".parse()?, PublishedCell::read("3"))?;
//! let region = Region::new(&whole)
//!     .with(Member::new("甲局", Coverage::Reported(&part)))
//!     .with(Member::new("乙局", Coverage::Missing));
//! assert_eq!(region.check().len(), 0);
//! let complete = Region::new(&whole).with(Member::new("甲局", Coverage::Reported(&part)));
//! assert_eq!(complete.check()[0].difference(), 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not checked: whether the manifest is right, and amounts of money, whose units differ.

use crate::form::{Cell, Entry, Kind};
use crate::published::PublishedReport;
use crate::rule::Severity;

/// The code of the rule where every agency is accounted for.
pub const SUM: &str = "rollup-sum";
/// The code of the rule where some are not.
pub const BOUND: &str = "rollup-bound";

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
    /// It was merged into this agency, which reports for it.
    MergedInto(String),
    /// It no longer exists.
    Abolished,
    /// The report of this agency covers it.
    Inside(String),
}

/// What is known of the sum of the parts in one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellSum {
    /// The cell.
    pub cell: Cell,
    /// The count of the regional report, if it holds one.
    pub region: Option<i64>,
    /// The least that the parts come to.
    pub least: i64,
    /// What the sum says.
    pub bound: Bound,
    /// The agencies whose count in this cell is not known.
    pub unknown: Vec<String>,
}

/// What a sum of parts says of the region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Every agency is accounted for: the region is this sum.
    Exact,
    /// Some are not: the region is no less.
    AtLeast,
}

/// A cell in which the region is not what its parts say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollupFinding {
    /// The sums.
    pub sum: CellSum,
    /// The count of the region.
    pub region: i64,
    /// How grave it is: an error where every agency is accounted for.
    pub severity: Severity,
    /// The agencies that could explain it: those whose count is the difference, or is not known.
    pub explained_by: Vec<String>,
}

impl RollupFinding {
    /// The code of the rule.
    pub fn code(&self) -> &'static str {
        match self.sum.bound {
            Bound::Exact => SUM,
            Bound::AtLeast => BOUND,
        }
    }

    /// The region less the sum of its parts.
    pub fn difference(&self) -> i64 {
        self.region - self.sum.least
    }
}

impl<'r> Member<'r> {
    /// An agency of the manifest.
    pub fn new(name: impl Into<String>, coverage: Coverage<'r>) -> Member<'r> {
        Member { name: name.into(), coverage }
    }

    /// What is known of its count in a cell: the least it can be, and whether it is just that.
    fn count(&self, cell: Cell) -> (i64, bool) {
        let of = |report: &PublishedReport| report.get(cell).and_then(|found| found.count());
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
    /// A region without members.
    pub fn new(report: &'r PublishedReport) -> Region<'r> {
        Region { report, members: Vec::new() }
    }

    /// The same with one agency more.
    #[must_use]
    pub fn with(mut self, member: Member<'r>) -> Region<'r> {
        self.members.push(member);
        self
    }

    /// The members, in the order they were given.
    pub fn members(&self) -> &[Member<'r>] {
        &self.members
    }

    /// What the parts come to, for each cell of the regional report that holds things counted.
    pub fn sums(&self) -> Vec<CellSum> {
        let counted = |entry: &&Entry| entry.kind() == Kind::Count;
        self.report.layout().cells().iter().filter(counted).map(|entry| self.sum(entry.cell())).collect()
    }

    fn sum(&self, cell: Cell) -> CellSum {
        let mut sum = CellSum {
            cell,
            region: self.report.get(cell).and_then(|found| found.count()),
            least: 0,
            bound: Bound::Exact,
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

    /// The cells in which the region is not what its parts say, in the form's order.
    pub fn check(&self) -> Vec<RollupFinding> {
        let wrong = |sum: CellSum| {
            let region = sum.region?;
            let holds = match sum.bound {
                Bound::Exact => region == sum.least,
                Bound::AtLeast => region >= sum.least,
            };
            if holds {
                return None;
            }
            let difference = region.abs_diff(sum.least);
            let alike = |member: &&Member<'_>| {
                let (count, known) = member.count(sum.cell);
                known && count > 0 && count.unsigned_abs() == difference
            };
            let mut explained_by: Vec<String> =
                self.members.iter().filter(alike).map(|member| member.name.clone()).collect();
            explained_by.extend(sum.unknown.iter().cloned());
            let severity = match sum.bound {
                Bound::Exact => Severity::Error,
                Bound::AtLeast => Severity::Warning,
            };
            Some(RollupFinding { region, severity, explained_by, sum })
        };
        self.sums().into_iter().filter_map(wrong).collect()
    }
}
