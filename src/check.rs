//! The check of a report: every rule over one report.

use crate::agency::AgencyKind;
use crate::date::Date;
use crate::finding::{
    CheckReport, Fault, FeeDefect, Finding, FindingCell, NotEvaluated, Reason, SectionDefect, Side, Tally,
};
use crate::form::{Cell, Edition, Form};
use crate::narrative::{FeeStatus, Section};
use crate::number::Amount;
use crate::prose::{self, Sentence};
use crate::published::PublishedReport;
use crate::published::cell::{PublishedCell, fits_unit, in_domain};
use crate::published::printed::Status;
use crate::rule::balance::{Balance, identities_hold, sum};
use crate::rule::table::RULES;
use crate::rule::{Rule, Saying, Severity, Test};

// ---- The check -----------------------------------------------------------------------------------

impl PublishedReport {
    /// Runs every rule of [`RULES`] and returns all that fail, in the order of the document, and all that could not be
    /// evaluated, with the reason.
    pub fn check(&self) -> CheckReport {
        let counts = self.sheet().iter().map(PublishedCell::count_or_none).collect();
        let mut check = Check {
            report: self,
            counts,
            sentences: None,
            checked: CheckReport::new(),
            rule: &RULES[0],
            tally: Tally::default(),
        };
        for rule in RULES {
            check.rule = rule;
            check.tally = Tally::default();
            if rule.editions.contains(&self.layout().edition()) {
                check.run();
            } else {
                check.skip(Reason::OtherEdition, vec![]);
            }
            check.checked.tallies.push((rule.code, check.tally));
        }
        check.checked.in_document_order(self.layout());
        check.checked
    }

    /// Whether every identity of the form can be evaluated and holds: the arithmetic alone, without findings.
    pub fn arithmetic_holds(&self) -> bool {
        let counts: Vec<i64> = self.sheet().iter().map(PublishedCell::count_or_none).collect();
        identities_hold(self.layout(), &counts)
    }
}

/// A check under way.
pub(crate) struct Check<'a> {
    report: &'a PublishedReport,
    counts: Vec<i64>,
    /// The sentences of the prose, once a rule asks for them; `None` in it where they are too many.
    sentences: Option<Option<Vec<Sentence<'a>>>>,
    checked: CheckReport,
    rule: &'static Rule,
    tally: Tally,
}

impl Check<'_> {
    fn run(&mut self) {
        match self.rule.test {
            Test::Equal(_) | Test::AtLeast(_) => self.balances(),
            Test::Domain => self.domain(),
            Test::Presence => self.presence(),
            Test::ZeroFor(cells, kinds) => self.zero_for(&cells(Form::cells(self.report.layout())), kinds),
            Test::Labels => self.labels(),
            Test::EditionForYear => self.edition_for_year(),
            Test::Sections => self.sections(),
            Test::Deadline(departments, governments) => self.deadline(departments, governments),
            Test::FeeStated(from) => self.fee_stated(from),
            Test::Prose(saying) => self.prose(saying),
            // These read a second report; there are none in `RULES`.
            Test::Follows(_) | Test::SameUnit | Test::Parts(_) => {}
        }
    }

    fn pass(&mut self) {
        self.tally.pass += 1;
    }

    fn fail(&mut self, severity: Severity, cells: Vec<FindingCell>, fault: Fault) {
        self.tally.fail += 1;
        self.checked.findings.push(Finding { rule: self.rule, severity, cells, fault });
    }

    fn skip(&mut self, reason: Reason, cells: Vec<Cell>) {
        self.tally.not_evaluated += 1;
        self.checked.not_evaluated.push(NotEvaluated { rule: self.rule, reason, cells });
    }

    /// The cell as it stands, for a finding.
    fn quote(&self, cell: Cell, side: Option<Side>) -> Option<FindingCell> {
        FindingCell::of(self.report, cell, side)
    }

    fn balances(&mut self) {
        for balance in Balance::all(self.report.layout()).iter().filter(|balance| std::ptr::eq(balance.rule, self.rule))
        {
            let sides = || {
                let left = balance.equation.left.iter().map(|cell| (*cell, Side::Left));
                left.chain(balance.equation.right.iter().map(|cell| (*cell, Side::Right)))
            };
            match balance.sums(&self.counts) {
                None => {
                    let empty = |cell: &Cell| self.report.get(*cell).is_none_or(|found| found.count().is_none());
                    self.skip(Reason::NoCount, sides().map(|(cell, _)| cell).filter(empty).collect());
                }
                Some((left, right)) if balance.holds(left, right) => self.pass(),
                Some((left, right)) => {
                    let cells = sides().filter_map(|(cell, side)| self.quote(cell, Some(side))).collect();
                    self.fail(self.rule.severity, cells, Fault::Sums { left, right, exact: balance.exact });
                }
            }
        }
    }

    fn domain(&mut self) {
        for (entry, found) in self.report.cells() {
            // A cell without a number is the business of the rule on missing cells.
            let Some(number) = found.number() else { continue };
            if in_domain(number, entry.kind()) && fits_unit(found, entry.unit()) {
                self.pass();
            } else {
                let cells = self.quote(entry.cell(), None).into_iter().collect();
                self.fail(self.rule.severity, cells, Fault::Domain { kind: entry.kind() });
            }
        }
    }

    /// One finding for the cells of a row that are missing in the same way.
    fn presence(&mut self) {
        let mut open: Option<(&str, Severity, Status, Vec<FindingCell>)> = None;
        for (position, (entry, found)) in self.report.cells().enumerate() {
            if matches!(found.status(), Status::Number | Status::NotApplicable) {
                self.pass();
                continue;
            }
            let empty = matches!(found.status(), Status::Blank | Status::NotFound);
            let severity =
                if empty && self.is_total_of_counts(position) { Severity::Notice } else { self.rule.severity };
            let row = entry.row_path();
            let quoted = self.quote(entry.cell(), None);
            match &mut open {
                Some((of, grade, status, cells)) if (*of, *grade, *status) == (row, severity, found.status()) => {
                    cells.extend(quoted);
                }
                _ => {
                    if let Some((_, grade, status, cells)) = open.take() {
                        self.fail(grade, cells, Fault::Missing { status });
                    }
                    open = Some((row, severity, found.status(), quoted.into_iter().collect()));
                }
            }
        }
        if let Some((_, grade, status, cells)) = open {
            self.fail(grade, cells, Fault::Missing { status });
        }
    }

    /// Whether the cell is a blank or missing total whose parts are all printed.
    fn is_total_of_counts(&self, position: usize) -> bool {
        Balance::all(self.report.layout())
            .iter()
            .any(|balance| balance.exact && *balance.left == [position] && sum(&self.counts, &balance.right).is_some())
    }

    fn zero_for(&mut self, cells: &[Cell], kinds: &[AgencyKind]) {
        let kind = self.report.agency.as_ref().and_then(|agency| agency.kind);
        let inferred = self.report.evidence.infers_agency_kind();
        match kind {
            None | Some(AgencyKind::Unknown) => return self.skip(Reason::KindUnknown, vec![]),
            Some(_) if inferred => return self.skip(Reason::KindInferred, vec![]),
            Some(kind) if !kinds.contains(&kind) => return self.skip(Reason::KindNotNamed, vec![]),
            Some(_) => {}
        }
        for cell in cells {
            match self.report.get(*cell).and_then(PublishedCell::whole_count) {
                Some(0) => self.pass(),
                Some(_) => {
                    let cells = self.quote(*cell, None).into_iter().collect();
                    self.fail(self.rule.severity, cells, Fault::NotZero);
                }
                None => self.skip(Reason::NoCount, vec![*cell]),
            }
        }
    }

    fn labels(&mut self) {
        if self.report.misprints.is_empty() {
            return self.pass();
        }
        for misprint in &self.report.misprints {
            let entry = self.report.layout().cells().iter().find(|entry| entry.row_path() == misprint.row);
            let fault = Fault::Label {
                official: entry.map_or("", |entry| entry.row()),
                printed: misprint.printed.clone(),
                place: misprint.place.clone(),
            };
            self.fail(self.rule.severity, vec![], fault);
        }
    }

    fn edition_for_year(&mut self) {
        let Some(year) = self.report.year else { return self.skip(Reason::NoYear, vec![]) };
        let layout = self.report.layout();
        if layout.is_exact() && Edition::for_year(year.get()) == Some(layout.edition()) {
            self.pass();
        } else {
            let fault = Fault::Edition {
                layout,
                year,
                place: self.report.evidence.year.as_ref().and_then(|source| source.place.clone()),
            };
            self.fail(self.rule.severity, vec![], fault);
        }
    }

    fn deadline(&mut self, departments: (u8, u8), governments: (u8, u8)) {
        let Some(year) = self.report.year else { return self.skip(Reason::NoYear, vec![]) };
        let Some(published) = self.report.published_on else { return self.skip(Reason::NoDate, vec![]) };
        let (month, day) = match self.report.agency.as_ref().and_then(|agency| agency.kind) {
            None | Some(AgencyKind::Unknown) => return self.skip(Reason::KindUnknown, vec![]),
            Some(kind) if kind.is_department() => departments,
            Some(kind) if kind.is_government() => governments,
            Some(_) => return self.skip(Reason::KindNotNamed, vec![]),
        };
        let Ok(due) = Date::new(year.get() + 1, month, day) else { return self.skip(Reason::NoYear, vec![]) };
        if published <= due {
            return self.pass();
        }
        let source = self.report.evidence.published_on.as_ref();
        let signed_in_time = self.report.signed_on.is_some_and(|signed| signed <= due);
        let severity = if signed_in_time { Severity::Notice } else { self.rule.severity };
        let fault = Fault::Late {
            due,
            published,
            used: source.map(|source| source.kind),
            signed_in_time: self.report.signed_on.filter(|_| signed_in_time),
            place: source.and_then(|source| source.place.clone()),
        };
        self.fail(severity, vec![], fault);
    }

    fn sections(&mut self) {
        let report = self.report;
        let prose = [
            (Section::Overview, report.overview.as_ref().map(|section| &section.parts)),
            (Section::Problems, report.problems.as_ref().map(|section| &section.parts)),
            (Section::OtherMatters, report.other_matters.as_ref().map(|section| &section.parts)),
        ];
        let headings: Vec<Section> = report.headings.iter().map(|heading| heading.section).collect();
        if headings.is_empty() && prose.iter().all(|(_, parts)| parts.is_none()) {
            return self.skip(Reason::NoHeadings, vec![]);
        }
        let mut defects = Vec::new();
        for section in Section::ALL.iter().copied() {
            let parts = prose.iter().find(|(of, _)| *of == section).map(|(_, parts)| *parts);
            let headed = headings.contains(&section);
            match parts {
                // Tables two to four: only a page has headings for them.
                None if !headings.is_empty() && !headed => defects.push((section, SectionDefect::Missing)),
                None => {}
                Some(None) if headed => defects.push((section, SectionDefect::Empty)),
                Some(None) => defects.push((section, SectionDefect::Missing)),
                Some(Some(parts)) => {
                    let texts =
                        || parts.iter().flat_map(|part| [part.heading.as_deref().unwrap_or(""), part.text.as_str()]);
                    defects.extend(prose_defect(section, texts).map(|defect| (section, defect)));
                }
            }
        }
        if let Some(pair) = headings.windows(2).find(|pair| pair[0] > pair[1]) {
            defects.push((pair[1], SectionDefect::OutOfOrder));
        }
        if defects.is_empty() {
            return self.pass();
        }
        for (section, defect) in defects {
            let severity = if defect == SectionDefect::NoImprovement { Severity::Notice } else { self.rule.severity };
            let heading = report.headings.iter().find(|heading| heading.section == section);
            let place = heading.and_then(|heading| heading.place.clone());
            self.fail(severity, vec![], Fault::Section { section, defect, place });
        }
    }

    fn prose(&mut self, saying: Saying) {
        let sentences = self.sentences.get_or_insert_with(|| prose::sentences(self.report));
        let Some(sentences) = sentences else { return self.skip(Reason::TooLong, vec![]) };
        let statements = match saying {
            Saying::Period if self.report.year.is_none() => return self.skip(Reason::NoYear, vec![]),
            Saying::Period => prose::periods(self.report, sentences),
            Saying::Counts => prose::counts(self.report, sentences),
            Saying::Denials => prose::denials(self.report, sentences),
            Saying::Sums => prose::sums(sentences),
            Saying::Percentages => prose::percentages(self.report, sentences),
        };
        if statements.is_empty() {
            return self.skip(Reason::NothingSaid, vec![]);
        }
        for statement in statements {
            if statement.fits {
                self.pass();
                continue;
            }
            let heading = self.report.headings.iter().find(|heading| Some(heading.section) == statement.section);
            let place = statement.place.or_else(|| heading.and_then(|heading| heading.place.clone()));
            let cells = statement.cells.iter().filter_map(|cell| self.quote(*cell, None)).collect();
            let fault = Fault::Prose {
                section: statement.section,
                sentence: statement.sentence,
                stated: statement.stated,
                meanings: statement.meanings,
                place,
            };
            self.fail(self.rule.severity, cells, fault);
        }
    }

    fn fee_stated(&mut self, from: u16) {
        let Some(year) = self.report.year else { return self.skip(Reason::NoYear, vec![]) };
        if year.get() < from {
            return self.skip(Reason::OtherEdition, vec![]);
        }
        let Some(section) = &self.report.other_matters else { return self.skip(Reason::NoSection, vec![]) };
        let heading = self.report.headings.iter().find(|heading| heading.section == Section::OtherMatters);
        let place = heading.and_then(|heading| heading.place.clone());
        let mut defects = Vec::new();
        match &section.processing_fee {
            None => defects.push(FeeDefect::NotStated),
            Some(fee) => {
                if let (Some(collected), Some(notified)) = (fee.collected, fee.notified)
                    && collected > notified
                {
                    defects.push(FeeDefect::MoreThanNotified { collected, notified });
                }
                let amounts = || [fee.notified, fee.collected].into_iter().flatten();
                if let Some(amount) = amounts().find(|amount| *amount != Amount::ZERO)
                    && fee.status == FeeStatus::None
                {
                    defects.push(FeeDefect::AmountThoughNone { amount });
                }
                let odd = |amount: &Amount| !(amount.get() % rust_decimal::Decimal::TEN).is_zero();
                defects.extend(amounts().filter(odd).map(|amount| FeeDefect::NotInTens { amount }));
            }
        }
        if defects.is_empty() {
            return self.pass();
        }
        for defect in defects {
            self.fail(self.rule.severity, vec![], Fault::Fee { defect, place: place.clone() });
        }
    }
}

/// What is wrong with the prose of a section.
pub(crate) fn prose_defect<'a, T: Iterator<Item = &'a str>>(
    section: Section,
    texts: impl Fn() -> T,
) -> Option<SectionDefect> {
    const IMPROVEMENT: [&str; 10] = ["改进", "整改", "措施", "下一步", "今后", "下步", "加强", "完善", "提升", "提高"];
    let mut words = texts().flat_map(str::chars).filter(|c| c.is_alphanumeric());
    let first = words.next();
    match section {
        _ if first.is_none() => Some(SectionDefect::Empty),
        Section::Problems if first == Some('无') && words.next().is_none() => Some(SectionDefect::OnlyNone),
        Section::Problems if !IMPROVEMENT.iter().any(|word| texts().any(|text| text.contains(word))) => {
            Some(SectionDefect::NoImprovement)
        }
        _ => None,
    }
}
