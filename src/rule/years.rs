//! Two consecutive reports of one agency.

use std::collections::HashSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::outcome::{FindingCell, Outcome, Reason, Side, Skipped, Told, first_label, first_printed};
use super::{Rule, Step, Test};
use crate::agency::Agency;
use crate::catalogue::{Entry, Form};
use crate::date::Year;
use crate::facts::Scope;
use crate::form::{Basis, Cell, Edition, Kind, Layout};
use crate::narrative::{Part, Section};
use crate::number::{Amount, AmountUnit, Number, YUAN_IN_WAN};
use crate::place::Place;
use crate::published::PublishedReport;
use crate::severity::Severity;
use crate::text::{shortened, without_figures};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "continuity-agency",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "两个年度的报告出自同一机关，名称未变",
        en: "the reports of both years are of one agency, whose name has not changed",
        not_checked_zh: "代码和名称之外的依据。",
        not_checked_en: "What neither codes nor names tell.",
        holds: &[],
        breaks: &[("agency.name", r#""示例市大数据和行政审批局""#)],
        test: Test::OneAgency,
    },
    Rule {
        code: "continuity-carry-over",
        version: 1,
        severity: Severity::Error,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50(2)"),
        zh: "上年结转等于上一年度报告的结转下年度",
        en: "carried in is what the report before carried out",
        not_checked_zh: "结转的是否为同一批申请；两份报告的统计范围不同的，只作警告。",
        not_checked_en: "Whether the same requests were carried over. Where the two reports differ in scope it is a warning.",
        holds: &[
            ("before.requests.received.natural_person", "2"),
            ("before.requests.carried_out.natural_person", "2"),
            ("requests.carried_in.natural_person", "2"),
            ("requests.carried_out.natural_person", "2"),
        ],
        breaks: &[("requests.carried_in.natural_person", "1"), ("requests.carried_out.natural_person", "1")],
        test: Test::Follows(|layout| {
            let requests = &Form::cells(layout).requests;
            let rows = [requests.carried_in.total, requests.carried_out.total].map(|cell| layout.row_of(cell));
            let [Some(carried_in), Some(carried_out)] = rows else { return vec![] };
            let step = |entry: &Entry| {
                Some(Step::new(vec![entry.cell()], vec![], vec![carried_out.in_column(entry.column_key())?]))
            };
            carried_in.cells().iter().filter_map(step).collect()
        }),
    },
    Rule {
        code: "continuity-in-force",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("20(1)"),
        zh: "现行有效件数等于上一年度现行有效件数加本年制发件数减本年废止件数",
        en: "documents in force are those of the year before, plus issued, less repealed",
        not_checked_zh: "2021 年度的现行有效件数：上一年度的表样没有这一栏。",
        not_checked_en: "The stock of 2021: the form of the year before has no such column.",
        holds: &[
            ("before.article20.item1.normative_documents.in_force", "5"),
            ("article20.item1.normative_documents.issued", "3"),
            ("article20.item1.normative_documents.repealed", "1"),
            ("article20.item1.normative_documents.in_force", "7"),
        ],
        breaks: &[("article20.item1.normative_documents.in_force", "8")],
        test: Test::Follows(|layout| {
            let items = Form::cells(layout).article20.edition2021();
            let rows = items.into_iter().flat_map(|items| [&items.rules, &items.normative_documents]);
            rows.map(|row| Step::new(vec![row.in_force, row.repealed], vec![row.issued], vec![row.in_force])).collect()
        }),
    },
    Rule {
        code: "continuity-items",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: Some(Edition::EDITION_2019),
        basis: Basis("20(5)(6)(8)"),
        zh: "上一年项目数量等于上一年度报告的项目数量加本年增/减",
        en: "the items of last year are those of the report before, as they changed",
        not_checked_zh: "2019 年度和 2021 年度起的报告：前者没有上一年度的同版报告，后者的表样没有这一栏。",
        not_checked_en: "Reports for 2019, which follow no report of this form, and from 2021, whose form has no such column.",
        holds: &[
            ("before.article20.item5.licensing.items_last_year", "10"),
            ("before.article20.item5.licensing.items_change", "+2"),
            ("article20.item5.licensing.items_last_year", "12"),
        ],
        breaks: &[("article20.item5.licensing.items_last_year", "11")],
        test: Test::Follows(|layout| {
            let Some(items) = Form::cells(layout).article20.edition2019() else { return vec![] };
            let (services, penalty) = (&items.other_services, &items.penalty);
            let fees = &items.administrative_fees;
            let rows = [
                (items.licensing.items_last_year, items.licensing.items_change),
                (services.items_last_year, services.items_change),
                (penalty.items_last_year, penalty.items_change),
                (items.coercion.items_last_year, items.coercion.items_change),
                (fees.items_last_year, fees.items_change),
            ];
            rows.map(|(last, change)| Step::new(vec![last], vec![], vec![last, change])).into()
        }),
    },
    Rule {
        code: "continuity-unit-slip",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("20(8)(9)"),
        zh: "金额与上一年度不相差约一万倍（否则可能误将元作万元）",
        en: "an amount is not about ten thousand times that of the year before, or else 元 may stand for 万元",
        not_checked_zh: "金额是否正确；所印单位说明了差别的，以及有一年为 0 的，都视为符合。",
        not_checked_en: "Whether an amount is right. It passes where the printed units explain the difference, or one amount is 0.",
        holds: &[
            ("before.article20.item8.administrative_fees.amount", "12.5"),
            ("article20.item8.administrative_fees.amount", "13.1"),
        ],
        breaks: &[("article20.item8.administrative_fees.amount", "131000")],
        test: Test::SameUnit,
    },
    Rule {
        code: "continuity-prose",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "第一、五部分不照抄上一年度报告：数字不计，逐字相同的文字不到一半",
        en: "sections one and five are not copied from the year before: less than half of the words are the same, figures aside",
        not_checked_zh: "改写过的句子，十二个字以下的短句，合计不到六十个字的部分。",
        not_checked_en: "Sentences that were reworded, sentences of less than 12 characters, sections of less than 60.",
        holds: &[("before.problems", COPIED), ("problems", OWN)],
        breaks: &[("problems", COPIED)],
        test: Test::Both(&["overview", "problems"], prose_copied),
    },
];

/// Section five with words of its own, in the examples.
pub(super) const OWN: &str = r#"{"title":"五、存在的主要问题及改进情况","parts":[{"text":"依申请公开的答复文书不够规范，说理不够充分，将改进文书格式并组织专题培训。公开目录更新偶有滞后，将按月核对并通报结果，明年六月底前完成全部目录的清理。"}]}"#;

/// Section five of the year before, or of another agency, in the examples.
pub(super) const COPIED: &str = r#"{"title":"五、存在的主要问题及改进情况","parts":[{"text":"主动公开的内容不够全面，政策解读的形式比较单一，公众查找信息不够方便。下一步将改进公开目录，丰富解读形式，安排专人定期检查网站栏目并及时更新信息。"}]}"#;

/// The report does not follow from the one of the year before: what is in the first cell, and what should; nothing where
/// the amounts of both years are only too far apart.
fn mismatch(cells: &[FindingCell], year: Year, found: Decimal, expected: Option<Decimal>) -> Told {
    let (label, last) = (first_label(cells), year.get() - 1);
    let sides = |comma| [Side::Left, Side::Right].map(|side| terms(cells, side, comma));
    let ([now_zh, before_zh], [now, before]) = (sides("、"), sides(", "));
    let words = match expected {
        Some(expected) => {
            let off = (found - expected).abs();
            let now_zh = if now_zh.is_empty() { now_zh } else { format!("{year} 年度{now_zh}；") };
            let now = if now.is_empty() { now } else { format!("{year}: {now}; ") };
            [
                format!("{year} 年度{label} {found}，应为 {expected}，相差 {off}（{now_zh}{last} 年度{before_zh}）"),
                format!("{label} is {found} in {year}, expected {expected}, off by {off} ({now}{last}: {before})"),
            ]
        }
        None => {
            let printed = first_printed(cells);
            [
                format!("{year} 年度{label} {printed}，{last} 年度{before_zh}"),
                format!("{label} is {printed} in {year}, in {last} {before}"),
            ]
        }
    };
    let first = cells.first().map(|quoted| format!("{year}: {}", quoted.cell));
    Told {
        words,
        found: Some(found.to_string()),
        expected: expected.map(|expected| expected.to_string()),
        difference: expected.and_then(|expected| (found - expected).to_i64()),
        year: Some(year),
        subjects: first.into_iter().collect(),
        ..Told::of_first(cells)
    }
}

/// The cells of a side, but for the first of all: `行 A 10、行 B 1`.
fn terms(cells: &[FindingCell], side: Side, comma: &str) -> String {
    let others = cells.iter().skip(1).filter(|quoted| quoted.side == Some(side));
    others.map(FindingCell::term).collect::<Vec<_>>().join(comma)
}

impl Rule {
    /// The steps of this rule between a report of the later layout and one of the earlier; a form without the cells has
    /// none, nor has a rule over one report.
    pub(crate) fn steps(&self, now: Layout, before: Layout) -> Vec<Step> {
        let Test::Follows(steps) = self.test else { return vec![] };
        let has = |step: &Step| {
            step.now.cells().all(|cell| now.entry(cell).is_some())
                && step.before.iter().all(|cell| before.entry(*cell).is_some())
        };
        steps(now).into_iter().filter(has).collect()
    }

    /// How grave a failure between two reports is: a warning at most where they differ in scope, for there may be nothing wrong.
    pub(crate) fn severity_between(&self, before: &PublishedReport, now: &PublishedReport) -> Severity {
        let scopes = [before.facts.scope, now.facts.scope];
        let same = scopes[0] == scopes[1] || scopes.contains(&Scope::Unknown);
        if same { self.severity } else { self.severity.min(Severity::Warning) }
    }
}

/// Two consecutive reports, and what a rule finds in them; where it finds nothing, the cells of the later one and of the
/// earlier one that are in the way.
#[derive(Debug)]
pub(crate) struct Pair<'a> {
    pub year: Year,
    pub before: &'a PublishedReport,
    pub now: &'a PublishedReport,
    /// Whether the caller says that both are of one agency, by a key of its own.
    pub confirmed: bool,
}

/// Whether two names are one, but for brackets, a scope behind it, and a region before it: 水利局 of 示例市. 和县 is not 政和县.
fn is_same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let name = name.replace('（', "(").replace('）', ")").replace("委员会", "委").replace("和改革", "改革");
        let scope = ["(本级)", "(系统)", "(汇总)"].iter().find_map(|scope| name.strip_suffix(scope));
        let name = scope.unwrap_or(&name);
        name.strip_suffix("人民政府").unwrap_or(name).to_owned()
    };
    let (one, other) = (plain(one), plain(other));
    let is_within = |short: &str, long: &str| {
        long.strip_suffix(short)
            .is_some_and(|region| region.is_empty() || region.ends_with(REGIONS) || short.starts_with(REGIONS))
    };
    one.is_empty() || other.is_empty() || is_within(&one, &other) || is_within(&other, &one)
}

/// What names of regions end with.
const REGIONS: [char; 9] = ['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡'];

/// What two agencies are to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    /// The same by its code or by the key of the caller, under another name.
    Renamed,
    /// Other codes, or other names and nothing that says they are one: not compared.
    Other,
}

impl Pair<'_> {
    /// Every rule over two years, those that can be evaluated.
    pub(crate) fn check(&self, rule: &Rule) -> Outcome {
        match rule.test {
            Test::OneAgency => same_agency(self),
            _ if self.relation() == Relation::Other => self.skipped(Reason::OtherAgency),
            Test::Both(_, test) => test(self),
            Test::Follows(_) => self.follows(rule),
            _ => self.same_unit(rule),
        }
    }

    fn agencies(&self) -> Option<[&Agency; 2]> {
        Some([self.before.facts.agency.as_ref()?, self.now.facts.agency.as_ref()?])
    }

    /// What codes, names and the caller tell; nothing known is nothing against it.
    fn relation(&self) -> Relation {
        let Some([before, now]) = self.agencies() else { return Relation::Same };
        let same_name = is_same_name(&before.name, &now.name);
        let same_credit_code = before.credit_code.as_ref().zip(now.credit_code.as_ref()).map(|(a, b)| a == b);
        let same_division = before.division_code.as_ref().zip(now.division_code.as_ref()).is_none_or(|(a, b)| a == b);
        let one = self.confirmed || same_credit_code.unwrap_or(same_name && same_division);
        match (one, same_name) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Renamed,
            (false, _) => Relation::Other,
        }
    }

    fn follows(&self, rule: &Rule) -> Outcome {
        let (now, before) = (self.now, self.before);
        let steps = rule.steps(now.layout(), before.layout());
        if steps.is_empty() {
            return self.skipped(Reason::OtherEdition);
        }
        let mut outcome = Outcome::default();
        for step in &steps {
            let sums = [(now, &step.now.left), (now, &step.now.right), (before, &step.before)];
            let [Some(left), Some(right), Some(last)] = sums.map(|(report, cells)| sum(report, cells)) else {
                let without = |report: &PublishedReport, cell: &Cell| whole(report, *cell).is_none();
                let open_now = step.now.cells().filter(|cell| without(now, cell)).collect();
                let open_before = step.before.iter().copied().filter(|cell| without(before, cell)).collect();
                self.skip(&mut outcome, Reason::NoCount, open_now, open_before);
                continue;
            };
            let difference = left - right - last;
            if difference == 0 {
                outcome.pass += 1;
                continue;
            }
            // The first cell is what the others ask for.
            let first = step.now.left.first().and_then(|cell| whole(now, *cell)).unwrap_or(0);
            let (found, expected) = (first.into(), Some((first - difference).into()));
            let cells: Vec<Cell> = step.now.cells().collect();
            self.fail(&mut outcome, rule, (&cells, &step.before), (found, expected));
        }
        outcome
    }

    fn same_unit(&self, rule: &Rule) -> Outcome {
        let (now, before) = (self.now, self.before);
        let of_both = |entry: &&Entry| entry.kind() == Kind::Amount && before.layout().entry(entry.cell()).is_some();
        let mut entries = now.layout().cells().iter().filter(of_both).peekable();
        if entries.peek().is_none() {
            return self.skipped(Reason::OtherEdition);
        }
        let mut outcome = Outcome::default();
        for entry in entries {
            let cell = entry.cell();
            match (Money::of(now, entry), Money::of(before, entry)) {
                (Some(found), Some(last)) if found.is_unit_slip(last) => {
                    self.fail(&mut outcome, rule, (&[cell], &[cell]), (found.number, None));
                }
                (Some(_), Some(_)) => outcome.pass += 1,
                (found, last) => {
                    let open = |known: Option<Money>| if known.is_none() { vec![cell] } else { vec![] };
                    self.skip(&mut outcome, Reason::NoCount, open(found), open(last));
                }
            }
        }
        outcome
    }

    /// The two cannot be compared at all.
    pub(crate) fn skipped(&self, reason: Reason) -> Outcome {
        let mut outcome = Outcome::default();
        self.skip(&mut outcome, reason, vec![], vec![]);
        outcome
    }

    fn skip(&self, outcome: &mut Outcome, reason: Reason, cells: Vec<Cell>, before: Vec<Cell>) {
        outcome.skipped.push(Skipped { reason, year: Some(self.year), cells, before });
    }

    /// The cells of both reports, the later first.
    fn fail(
        &self,
        outcome: &mut Outcome,
        rule: &Rule,
        (now, before): (&[Cell], &[Cell]),
        (found, expected): (Decimal, Option<Decimal>),
    ) {
        let quoted = |report, cells: &[Cell], side| {
            let cells = cells.iter().filter_map(move |cell| FindingCell::of(report, *cell, Some(side)));
            cells.collect::<Vec<_>>()
        };
        let cells = [quoted(self.now, now, Side::Left), quoted(self.before, before, Side::Right)].concat();
        let told = mismatch(&cells, self.year, found, expected);
        outcome.fail_as(rule.severity_between(self.before, self.now), cells, told);
    }
}

/// [`Test::OneAgency`]: what another name or another code means for all that is compared.
fn same_agency(pair: &Pair) -> Outcome {
    let Some([before, now]) = pair.agencies() else { return pair.skipped(Reason::NotStated) };
    let relation = pair.relation();
    let mut outcome = Outcome::default();
    if relation == Relation::Same {
        outcome.pass += 1;
        return outcome;
    }
    let (year, last) = (pair.year, pair.year.get() - 1);
    let [old, new] = [before, now].map(|agency| shortened(&agency.name));
    let (severity, words) = if relation == Relation::Renamed {
        let words = [
            format!("机关更名：{last} 年度为“{old}”，{year} 年度为“{new}”"),
            format!("the agency was renamed: {old} in {last}, {new} in {year}"),
        ];
        (Severity::Notice, words)
    } else if let Some([old, new]) = codes(before, now).filter(|_| is_same_name(&before.name, &now.name)) {
        let name = shortened(&now.name);
        let words = [
            format!("{last} 年度“{name}”的代码为 {old}，{year} 年度为 {new}，按不同机关处理，其余各项不作比对"),
            format!(
                "the code of {name} is {old} in {last} and {new} in {year}: another agency, nothing else is compared"
            ),
        ];
        (Severity::Warning, words)
    } else {
        let words = [
            format!(
                "{last} 年度是“{old}”的报告，{year} 年度是“{new}”的报告，其余各项不作比对：如系更名或合并，请按统一社会信用代码或\
                 同一机关标识衔接"
            ),
            format!(
                "the report for {last} is of {old}, that for {year} of {new}, and nothing else is compared: where it was \
                 renamed or merged, join them by its unified social credit code or by one key"
            ),
        ];
        (Severity::Warning, words)
    };
    let told = Told {
        words,
        found: Some(new),
        expected: Some(old),
        place: pair.now.facts.evidence.agency.as_ref().and_then(|source| source.place.clone()),
        year: Some(year),
        subjects: vec![format!("{year}: agency")],
        ..Told::default()
    };
    outcome.fail_as(severity, vec![], told);
    outcome
}

/// The codes that differ: the credit codes, or those of the divisions.
fn codes(before: &Agency, now: &Agency) -> Option<[String; 2]> {
    let of = |agency: &Agency| {
        let (credit, division) = (&agency.credit_code, &agency.division_code);
        [credit.as_ref().map(ToString::to_string), division.as_ref().map(ToString::to_string)]
    };
    let known = of(before).into_iter().zip(of(now)).find_map(|(old, new)| Some([old?, new?]));
    known.filter(|[old, new]| old != new)
}

/// A section is copied if half of its words are, in characters.
const COPIED_PERCENT: usize = 50;
/// Shorter sentences are the same by chance; of shorter sections nothing can be said.
const LEAST_SENTENCE: usize = 12;
pub(super) const LEAST_SECTION: usize = 60;

/// How much of a section stands word for word in that of the year before.
fn prose_copied(pair: &Pair) -> Outcome {
    let mut outcome = Outcome::default();
    for section in [Section::Overview, Section::Problems] {
        let [before, now] = [pair.before, pair.now].map(|report| bare_sentences(report, section));
        let length = |words: &str| words.chars().count();
        let all: usize = now.iter().map(|(words, _)| length(words)).sum();
        if all < LEAST_SECTION || before.is_empty() {
            continue;
        }
        let known: HashSet<&str> = before.iter().map(|(words, _)| words.as_str()).collect();
        let is_same = |words: &str| known.contains(words) && length(words) >= LEAST_SENTENCE;
        let same = || now.iter().filter(|(words, _)| is_same(words));
        let percent = same().map(|(words, _)| length(words)).sum::<usize>() * 100 / all;
        if percent < COPIED_PERCENT {
            outcome.pass += 1;
            continue;
        }
        let (year, last, title) = (pair.year, pair.year.get() - 1, section.title());
        let told = Told {
            words: [
                format!("{year} 年度“{title}”有 {percent}% 的文字与 {last} 年度报告逐字相同（数字不计）"),
                format!(
                    "{percent}% of the {year} text of {title} repeats the {last} report word for word, figures aside"
                ),
            ],
            found: Some(format!("{percent}%")),
            place: same().find_map(|(_, place)| place.clone()),
            year: Some(year),
            subjects: vec![format!("{year}: {}", section.key())],
            ..Told::default()
        };
        outcome.fail(vec![], told);
    }
    if outcome.pass == 0 && outcome.fails.is_empty() { pair.skipped(Reason::NothingSaid) } else { outcome }
}

/// The sentences of a section without figures and white space, and where they stand.
fn bare_sentences(report: &PublishedReport, section: Section) -> Vec<(String, Option<Place>)> {
    let parts = report.facts.words_of(section).unwrap_or_default();
    parts.iter().flat_map(Part::sentences).map(|(text, place)| (without_figures(text), place)).collect()
}

/// The whole number of a cell: a count, or a change of either sign.
fn whole(report: &PublishedReport, cell: Cell) -> Option<i64> {
    let found = report.get(cell)?;
    match cell.kind() {
        Kind::Change => found.number().and_then(Number::whole),
        Kind::Count | Kind::Amount => found.whole_count(),
    }
}

/// The sum of these cells; `None` where one holds no whole number.
fn sum(report: &PublishedReport, cells: &[Cell]) -> Option<i64> {
    cells.iter().try_fold(0_i64, |sum, cell| sum.checked_add(whole(report, *cell)?))
}

/// An amount, in the unit that is printed or that the form fixes.
#[derive(Clone, Copy)]
struct Money {
    number: Decimal,
    unit: AmountUnit,
}

impl Money {
    fn of(report: &PublishedReport, entry: &Entry) -> Option<Money> {
        let found = report.get(entry.cell())?;
        let number = Amount::new(found.number()?.decimal()).ok()?.get();
        Some(Money { number, unit: found.unit_in(entry.unit()) })
    }

    /// The amount in 元, where it is in this unit.
    fn yuan(self, unit: AmountUnit) -> Decimal {
        match unit {
            AmountUnit::WanYuan => self.number.saturating_mul(YUAN_IN_WAN),
            AmountUnit::Yuan | AmountUnit::Unstated => self.number,
        }
    }

    /// Whether one amount is about ten thousand times the other, and the units do not explain it. A unit that one year
    /// leaves out may be either, if the other year states its own.
    fn is_unit_slip(self, last: Money) -> bool {
        use AmountUnit::{Unstated, WanYuan, Yuan};
        let apart = |now: AmountUnit, before: AmountUnit| ratio(self.yuan(now), last.yuan(before));
        let [now, before] = match (self.unit, last.unit) {
            (Unstated, unit) | (unit, Unstated) => [unit, unit],
            stated => stated.into(),
        };
        let could_be = |unit| match unit {
            Unstated if now != Unstated => vec![Yuan, WanYuan],
            unit => vec![unit],
        };
        let explains = |own, of| apart(own, of).is_some_and(|ratio| ratio < LEAST);
        apart(now, before).is_some_and(|ratio| ratio >= LEAST && ratio <= MOST)
            && !could_be(self.unit).into_iter().any(|own| could_be(last.unit).into_iter().any(|of| explains(own, of)))
    }
}

/// About ten thousand times: between these two.
const LEAST: Decimal = Decimal::from_parts(5_000, 0, 0, false, 0);
const MOST: Decimal = Decimal::from_parts(20_000, 0, 0, false, 0);

/// How many times the larger amount is the smaller; `None` where one is 0.
fn ratio(one: Decimal, other: Decimal) -> Option<Decimal> {
    one.max(other).checked_div(one.min(other))
}
