//! Reports to test with: legal by construction, of every layout, small or drawn at random.
#![allow(dead_code, reason = "tests/interop/clients/rust takes what this program does not")]

use ogi_report::article20::{Article20, edition2019, edition2021};
use ogi_report::narrative::FeeStatus;
use ogi_report::number::LARGEST_COUNT;
use ogi_report::proceedings::{Litigation, Proceedings, Rulings};
use ogi_report::requests::{
    Applicants, DividedHandling, NotProcessed, OtherHandling, Outcomes, Requests, Unavailable, Withheld,
};
use ogi_report::{
    Agency, AgencyKind, Amount, AmountUnit, AnnualReport, Cell, Change, CheckReport, Count, Date, Edition, Evidence,
    Given, Kind, Layout, Money, Narrative, Origin, OtherMatters, Paragraph, Part, Parts, Place, ProcessingFee,
    Provenance, PublishedCell, PublishedReport, Refused, Scope, Section, Source, SourceKind, Unit, Year,
};
use proptest::prelude::*;
use serde_json::{Value, json};

pub(crate) mod documents;

/// So many cases where all is tried, as CI does with `OGI_EXHAUSTIVE=1`; otherwise a third of them.
pub(crate) fn cases(cases: u32) -> u32 {
    if std::env::var_os("OGI_EXHAUSTIVE").is_some() { cases } else { cases.div_ceil(3) }
}

/// How often a rule passed, failed and was not evaluated.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) pass: usize,
    pub(crate) fail: usize,
    pub(crate) not_evaluated: usize,
}

pub(crate) fn tally(checked: &CheckReport, code: &str) -> Tally {
    Tally {
        pass: checked.passes_of(code),
        fail: checked.findings_of(code).count(),
        not_evaluated: checked.not_evaluated_of(code).count(),
    }
}

/// Where each obstacle of a refused report is, and what is there.
pub(crate) fn obstacles(refused: &Refused) -> Vec<(&str, &str)> {
    refused.faults.iter().map(|fault| (fault.at(), fault.found().unwrap_or("nothing"))).collect()
}

/// The cell of this path.
pub(crate) fn cell(path: &str) -> Cell {
    path.parse().unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn place(text: &str) -> Place {
    text.parse().unwrap()
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn year(year: u16) -> Year {
    Year::new(year).unwrap()
}

pub(crate) fn count(value: u64) -> Count {
    Count::new(value).unwrap()
}

pub(crate) fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// Asserts that two reports are the same.
#[track_caller]
pub(crate) fn assert_same(found: &PublishedReport, expected: &PublishedReport) {
    if let Some(difference) = difference(found, expected) {
        panic!("{difference}");
    }
}

/// Where two reports differ: two whole reports side by side are no message to read.
pub(crate) fn difference(found: &PublishedReport, expected: &PublishedReport) -> Option<String> {
    if found == expected {
        return None;
    }
    if found.layout() != expected.layout() {
        return Some(format!("layout {} is not {}", found.layout(), expected.layout()));
    }
    let mut cells = found.cells().zip(expected.cells()).filter(|((_, found), (_, expected))| found != expected);
    if let Some(((entry, found), (_, expected))) = cells.next() {
        return Some(format!("{}: {found:?} is not {expected:?}; {} more", entry.path(), cells.count()));
    }
    let facts = |report: &PublishedReport| {
        let mut value = serde_json::to_value(report).unwrap();
        for table in ["article20", "requests", "proceedings"] {
            value.as_object_mut().unwrap().remove(table);
        }
        value
    };
    Some(format!("{} is not {}", facts(found), facts(expected)))
}

/// Puts what `printed` says into the cell of `path`.
pub(crate) fn print(report: &mut PublishedReport, path: &str, printed: &str) {
    report.set(cell(path), PublishedCell::read(printed)).unwrap();
}

/// Adds `by` to the whole number in the cell of `path`.
pub(crate) fn shift(report: &mut PublishedReport, path: &str, by: i64) {
    let before = report.get(cell(path)).unwrap().number().unwrap().whole().unwrap();
    print(report, path, &(before + by).to_string());
}

pub(crate) fn prose(title: &str, text: &str) -> Narrative {
    Narrative { title: title.to_owned(), parts: vec![Part { text: text.to_owned(), ..Part::default() }] }
}

/// What stands around the tables.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) year: Year,
    pub(crate) title: String,
    pub(crate) agency: Agency,
    pub(crate) scope: Scope,
    pub(crate) published_on: Option<Date>,
    pub(crate) signed_on: Option<Date>,
    pub(crate) signed_by: Option<String>,
    pub(crate) evidence: Evidence,
    pub(crate) preamble: Option<Part>,
    pub(crate) overview: Option<Narrative>,
    pub(crate) problems: Option<Narrative>,
    pub(crate) other_matters: Option<OtherMatters>,
}

impl Facts {
    /// A department's report, in time, with all it should say.
    pub(crate) fn small(edition: Edition) -> Facts {
        let (since, until) = edition.years();
        let year = until.unwrap_or(u16::MAX).min(since.max(2024));
        let published = &format!("{}-01-20", year + 1);
        let mut agency = Agency::named("甲市水利局");
        agency.kind = Some(AgencyKind::CityDepartment);
        Facts {
            year: self::year(year),
            title: format!("甲市水利局{year}年政府信息公开工作年度报告"),
            agency,
            scope: Scope::Own,
            published_on: Some(date(published)),
            signed_on: None,
            signed_by: None,
            evidence: Evidence::default(),
            preamble: None,
            overview: Some(prose("一、总体情况", "主动公开、依申请公开、政府信息管理、平台建设和监督保障均依法开展。")),
            problems: Some(prose("五、存在的主要问题及改进情况", "公开不够及时，已改进。")),
            other_matters: Some(OtherMatters {
                title: "六、其他需要报告的事项".to_owned(),
                parts: vec![Part { text: "本年度未收取信息处理费。".to_owned(), ..Part::default() }],
                processing_fee: Some(ProcessingFee {
                    status: FeeStatus::None,
                    notices: None,
                    notified: None,
                    collected: None,
                }),
            }),
        }
    }

    pub(crate) fn published(&self) -> ogi_report::Facts {
        let Facts { year, title, agency, scope, published_on, signed_on, signed_by, evidence, .. } = self.clone();
        let Facts { preamble, overview, problems, other_matters, .. } = self.clone();
        let known = ogi_report::Facts {
            scope,
            published_on,
            signed_on,
            signed_by,
            evidence,
            preamble,
            ..ogi_report::Facts::new(title, year, agency)
        };
        ogi_report::Facts { overview, problems, other_matters, ..known }
    }

    /// With every key that may be left out.
    pub(crate) fn full(edition: Edition) -> Facts {
        let mut facts = Facts::small(edition);
        facts.agency.division_code = Some("330100".parse().unwrap());
        facts.agency.credit_code = Some("11110000MB0000000U".parse().unwrap());
        facts.signed_on = facts.published_on;
        facts.signed_by = Some(facts.agency.name.clone());
        let source = |kind| Some(Source { kind, words: "甲市水利局".to_owned(), place: Some(place("1:1")) });
        facts.evidence = Evidence {
            blanks_as_zero: Some(3.into()),
            not_applicable_as_zero: Some(4.into()),
            scope: source(SourceKind::Title),
            totals_from_parts: Some(2.into()),
            inferred: Some(7.into()),
            title: source(SourceKind::Title),
            year: source(SourceKind::Title),
            agency: source(SourceKind::LineAbove),
            agency_kind: source(SourceKind::NameEnding),
            document: Some(Provenance {
                address: Some("https://example.org/2024.html".to_owned()),
                retrieved: Some("2025-02-20T08:30:00+08:00".to_owned()),
                sha256: Some("0".repeat(64)),
                reader: Some("ogi-report 0.1.0".to_owned()),
            }),
            published_on: source(SourceKind::PageDate),
            signed_on: source(SourceKind::Signature),
            signed_by: source(SourceKind::Signature),
        };
        let parts = |text: &str| {
            let place = "9:1".parse().unwrap();
            vec![Part { heading: Some("（一）".to_owned()), text: text.to_owned(), places: vec![place] }]
        };
        facts.preamble = Some(parts("现公布报告").remove(0));
        for section in [&mut facts.overview, &mut facts.problems].into_iter().flatten() {
            section.parts = parts("已改进");
        }
        if let Some(section) = &mut facts.other_matters {
            section.parts = parts("收费情况");
            section.processing_fee = Some(ProcessingFee {
                status: FeeStatus::Stated,
                notices: Some(count(2)),
                notified: Some(amount("300")),
                collected: Some(amount("300.00")),
            });
        }
        facts
    }
}

/// The cells of a legal report that can be chosen; totals and 本年新收 follow from them.
#[derive(Clone, Debug)]
pub(crate) struct Leaves {
    pub(crate) layout: Layout,
    /// By row of 三、本年度办理结果; 21 rows, 19 where （六） is undivided.
    pub(crate) outcomes: Vec<[u64; 6]>,
    pub(crate) carried_in: [u64; 6],
    pub(crate) carried_out: [u64; 6],
    pub(crate) rulings: [[u64; 4]; 3],
    /// The counts of table one; of 现行有效 what exceeds its bound.
    pub(crate) article20: [u64; 16],
    pub(crate) changes: [i64; 5],
    pub(crate) amount: Amount,
    pub(crate) amount_unit: AmountUnit,
    pub(crate) facts: Facts,
}

/// How many rows of outcomes a layout has.
pub(crate) fn outcome_rows(layout: Layout) -> usize {
    if [Layout::HYBRID, Layout::EDITION_2019].contains(&layout) { 19 } else { 21 }
}

impl Leaves {
    pub(crate) fn small(layout: Layout) -> Leaves {
        let row = |row: usize| std::array::from_fn(|column| ((row * 6 + column) % 5) as u64);
        Leaves {
            layout,
            outcomes: (0..outcome_rows(layout)).map(row).collect(),
            carried_in: [1, 0, 2, 0, 0, 1],
            carried_out: [2, 1, 0, 0, 1, 0],
            rulings: [[5, 1, 2, 3], [0, 4, 0, 1], [1, 0, 0, 0]],
            article20: [0, 0, 0, 7, 2, 4, 120, 31, 9, 3, 6, 8, 1, 10, 11, 12],
            changes: [-8, 0, 2, 1, -1],
            amount: amount("59237.2449"),
            amount_unit: AmountUnit::Yuan,
            facts: Facts::small(layout.edition()),
        }
    }

    /// Whether the layout prints the typed clauses and nothing besides.
    pub(crate) fn is_of_clauses(&self) -> bool {
        [Layout::EDITION_2021, Layout::HYBRID, Layout::EDITION_2019].contains(&self.layout)
    }

    /// The report as published, every total left out. A layout that is edited has the cells of edition 2021 that it still prints,
    /// and 0 in those of its own.
    fn open(&self) -> PublishedReport {
        if self.is_of_clauses() {
            return self.parts().into_published().unwrap();
        }
        let like = Leaves { layout: Layout::EDITION_2021, ..self.clone() }.parts().into_published().unwrap();
        let mut report = PublishedReport::new(self.layout);
        report.facts = like.facts.clone();
        for entry in self.layout.cells().iter().filter(|entry| !entry.is_total() && !entry.row().is_total()) {
            let found = like.get(entry.cell()).cloned().unwrap_or_else(|| PublishedCell::read("0"));
            report.set(entry.cell(), found).unwrap();
        }
        report
    }

    /// The parts of the report, every total left out.
    pub(crate) fn parts(&self) -> Parts {
        Parts {
            edition: self.layout.edition(),
            facts: self.facts.published(),
            article20: match self.layout.edition() {
                Edition::EDITION_2019 => Article20::Edition2019(self.items2019()),
                _ => Article20::Edition2021(self.items2021()),
            },
            requests: self.requests(),
            proceedings: self.proceedings(),
        }
    }

    /// The document `annual-report` of these leaves, every total left out, put together from the paths of the cells.
    pub(crate) fn document(&self) -> Value {
        let mut document = serde_json::to_value(self.facts.published()).unwrap();
        document["edition"] = json!(self.layout.edition().name());
        let report = self.open();
        for (entry, cell) in report.cells().filter(|(_, cell)| cell.number().is_some()) {
            let mut node = &mut document;
            for (key, _) in entry.trail().take(entry.trail().count() - 1) {
                node = &mut node[key];
            }
            let number = cell.number().unwrap();
            let amount = || json!(number.to_string());
            node[entry.column_key()] =
                number.whole().filter(|_| entry.kind() != Kind::Amount).map_or_else(amount, Value::from);
            if entry.unit() == Unit::AsPrinted {
                node["amount_unit"] = serde_json::to_value(cell.amount_unit()).unwrap();
            }
        }
        document
    }

    pub(crate) fn report(&self) -> AnnualReport {
        if self.is_of_clauses() {
            return AnnualReport::new(self.parts()).unwrap_or_else(|refused| panic!("{refused}"));
        }
        self.published().accept().unwrap_or_else(|refused| panic!("{refused}"))
    }

    /// The report as published: every cell printed as plain figures.
    pub(crate) fn published(&self) -> PublishedReport {
        let mut report = self.open().with_totals_from_parts();
        for entry in self.layout.cells() {
            let found = report.get(entry.cell()).unwrap();
            let printed = PublishedCell::read(&found.number().unwrap().to_string());
            // The form's own amounts are in 万元, whatever stands in the cell.
            let printed = if entry.unit() == Unit::AsPrinted { printed.in_unit(found.amount_unit()) } else { printed };
            report.set(entry.cell(), printed).unwrap();
        }
        report
    }

    fn items2021(&self) -> edition2021::Items<Given> {
        let [a, b, c, d, e, f, licensing, penalty, coercion, ..] = self.article20;
        let documents = |issued: u64, repealed: u64, more: u64| edition2021::Documents {
            issued: count(issued),
            repealed: count(repealed),
            in_force: count((issued.saturating_sub(repealed) + more).min(LARGEST_COUNT)),
        };
        let decisions = |decisions| edition2021::Decisions { decisions: count(decisions) };
        edition2021::Items {
            rules: documents(a, b, c),
            normative_documents: documents(d, e, f),
            licensing: decisions(licensing),
            penalty: decisions(penalty),
            coercion: decisions(coercion),
            administrative_fees: edition2021::Fees { amount: self.amount },
        }
    }

    fn items2019(&self) -> edition2019::Items<Given> {
        let [a, b, c, d, e, f, rest @ .., projects] = self.article20;
        let documents = |made, disclosed, total| edition2019::Documents {
            made: count(made),
            disclosed: count(disclosed),
            disclosed_total: count(total),
        };
        let change = |index: usize| Change::new(self.changes[index]).unwrap();
        let handled = |index: usize| edition2019::Handled {
            items_last_year: count(rest[2 * index]),
            items_change: change(index),
            decisions: count(rest[2 * index + 1]),
        };
        edition2019::Items {
            rules: documents(a, b, c),
            normative_documents: documents(d, e, f),
            licensing: handled(0),
            other_services: handled(1),
            penalty: handled(2),
            coercion: handled(3),
            administrative_fees: edition2019::FeeItems { items_last_year: count(rest[8]), items_change: change(4) },
            procurement: edition2019::Procurement {
                projects: count(projects),
                amount: Money { amount: self.amount, unit: self.amount_unit },
            },
        }
    }

    fn requests(&self) -> Requests<Given> {
        let sums: [u64; 6] = std::array::from_fn(|column| {
            self.outcomes.iter().map(|row| row[column]).sum::<u64>() + self.carried_out[column]
        });
        let carried_in: [u64; 6] = std::array::from_fn(|column| self.carried_in[column].min(sums[column]));
        let received = std::array::from_fn(|column| sums[column] - carried_in[column]);
        let mut rows = self.outcomes.iter().copied();
        let mut next = || row(rows.next().expect("as many rows as the layout has"));
        Requests {
            received: row(received),
            carried_in: row(carried_in),
            outcomes: Outcomes {
                disclosed: next(),
                partially_disclosed: next(),
                withheld: Withheld {
                    state_secret: next(),
                    forbidden_by_law: next(),
                    security_or_stability: next(),
                    third_party_rights: next(),
                    internal_affairs: next(),
                    process_information: next(),
                    enforcement_file: next(),
                    administrative_inquiry: next(),
                },
                unavailable: Unavailable { not_held: next(), requires_creation: next(), still_unclear: next() },
                not_processed: NotProcessed {
                    petition_or_complaint: next(),
                    repeated: next(),
                    public_publication: next(),
                    excessive: next(),
                    confirm_or_reissue: next(),
                },
                other_handling: match self.layout {
                    Layout::EDITION_2021 => OtherHandling::Divided(DividedHandling {
                        correction_overdue: next(),
                        fee_overdue: next(),
                        other: next(),
                    }),
                    _ => OtherHandling::Undivided(next()),
                },
                total: None,
            },
            carried_out: row(self.carried_out),
        }
    }

    fn proceedings(&self) -> Proceedings<Given> {
        let [reconsideration, direct, after_reconsideration] =
            self.rulings.map(|[upheld, corrected, other, pending]| Rulings {
                upheld: count(upheld),
                corrected: count(corrected),
                other: count(other),
                pending: count(pending),
                total: None,
            });
        Proceedings { reconsideration, litigation: Litigation { direct, after_reconsideration } }
    }
}

fn row(
    [
        natural_person,
        commercial_enterprise,
        research_institution,
        public_interest_organization,
        legal_service_organization,
        other,
    ]: [u64; 6],
) -> Applicants<Given> {
    Applicants {
        natural_person: count(natural_person),
        commercial_enterprise: count(commercial_enterprise),
        research_institution: count(research_institution),
        public_interest_organization: count(public_interest_organization),
        legal_service_organization: count(legal_service_organization),
        other: count(other),
        total: None,
    }
}

/// The small published report of a layout; nothing is wrong with it, but for the hybrid its layout.
pub(crate) fn small(layout: Layout) -> PublishedReport {
    Leaves::small(layout).published()
}

/// A page of the largest counts, with totals of 0: their sums are beyond what a double holds.
pub(crate) fn largest() -> PublishedReport {
    let mut page = small(Layout::EDITION_2021);
    for entry in Layout::EDITION_2021.cells() {
        print(&mut page, entry.path(), if entry.column_label() == "总计" { "0" } else { "9007199254740991" });
    }
    page
}

/// The one cell of the layout that holds an amount.
pub(crate) fn amount_path(layout: Layout) -> &'static str {
    match layout {
        Layout::EDITION_2019 => "article20.item9.procurement.amount",
        _ => "article20.item8.administrative_fees.amount",
    }
}

/// A published report in which every key that may be left out is there.
pub(crate) fn full(layout: Layout) -> PublishedReport {
    let mut report = Leaves { facts: Facts::full(layout.edition()), ..Leaves::small(layout) }.published();
    report.page.headings = Section::ALL
        .iter()
        .map(|section| Paragraph { section: *section, text: section.title().to_owned(), place: Some(place("3:1")) })
        .collect();
    report.page.remarks =
        vec![Paragraph { section: Section::Requests, text: "均已答复。".to_owned(), place: Some(place("40:1")) }];
    report.page.unmatched =
        vec![ogi_report::published::Unmatched { printed: "7".to_owned(), place: Some(place("2/5/3")) }];
    report.page.misprints = vec![ogi_report::published::Misprint {
        row: "requests.carried_in".to_owned(),
        printed: "二、上年结存政府信息公开申请数量".to_owned(),
        place: Some(place("9:1")),
    }];
    report.page.others = vec![ogi_report::published::OtherReport {
        title: "示例市教育局2024年政府信息公开工作年度报告".to_owned(),
        place: Some(place("90:1")),
    }];
    for (path, printed, at) in [
        ("requests.received.natural_person", "22（其中修订 16 件）", "17:3"),
        ("requests.received.commercial_enterprise", "", "Sheet1!B7"),
        ("proceedings.reconsideration.total", "&nbsp;", "2/5/3"),
        (amount_path(layout), "251000元（含退付）", "4:4"),
    ] {
        report.set(cell(path), PublishedCell::read(printed).at(place(at))).unwrap();
    }
    let cut = cell("requests.carried_in.natural_person");
    // Its column is headed 元 on that page.
    let found = report.get(cut).unwrap().clone().inferred(Origin::Cut).in_unit(AmountUnit::Yuan);
    report.set(cut, found).unwrap();
    let open = PublishedCell::open(["8", "88"]).at(place("17:9"));
    report.set(cell("requests.outcomes.withheld.state_secret.other"), open).unwrap();
    report.with_totals_from_parts()
}

// ---- Drawn at random -----------------------------------------------------------------------------

/// Counts of which `shared` can be added up without leaving the range: 0, small, large.
fn counts(shared: u64) -> BoxedStrategy<u64> {
    prop_oneof![4 => Just(0), 4 => 0..60_u64, 1 => 0..=LARGEST_COUNT / shared].boxed()
}

pub(crate) fn layouts() -> impl Strategy<Value = Layout> {
    proptest::sample::select(Layout::newest_first().collect::<Vec<_>>())
}

/// Legal amounts, with up to six decimals.
pub(crate) fn amounts() -> BoxedStrategy<Amount> {
    let whole = prop_oneof![Just(0), 0..1_000_u64, 0..=999_999_999_999_999_u64];
    let fraction = prop_oneof![Just(String::new()), "[.][0-9]{1,6}"];
    (whole, fraction).prop_map(|(whole, fraction)| amount(&format!("{whole}{fraction}"))).boxed()
}

fn dates() -> impl Strategy<Value = Date> {
    (2019..2100_u16, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn texts() -> BoxedStrategy<String> {
    prop_oneof![Just("无".to_owned()), "\\PC{0,12}", "(公开|改进|\n|\"|\\\\|\u{0}|😀){0,4}"].boxed()
}

fn places() -> BoxedStrategy<Place> {
    prop_oneof![
        (1..100_u32, 1..100_u32).prop_map(|(line, column)| Place::Text { line, column }),
        (1..9_u32, 1..9_u32, 1..9_u32).prop_map(|(table, row, column)| Place::Table { table, row, column }),
        ("[^!]{1,5}", "[A-Z]{1,3}[1-9][0-9]{0,6}")
            .prop_map(|(sheet, cell)| Place::Sheet { sheet: sheet.into(), cell: cell.into() }),
    ]
    .boxed()
}

fn sources() -> BoxedStrategy<Option<Source>> {
    let kind = proptest::sample::select(vec![SourceKind::Title, SourceKind::NameEnding, SourceKind::PageDate]);
    proptest::option::of((kind, texts(), proptest::option::of(places())).prop_map(|(kind, words, place)| Source {
        kind,
        words,
        place,
    }))
    .boxed()
}

fn parts() -> BoxedStrategy<Vec<Part>> {
    let part = (proptest::option::of(texts()), texts(), prop::collection::vec(places(), 0..3));
    let part = part.prop_map(|(heading, text, places)| Part { heading, text, places });
    proptest::collection::vec(part, 0..3).boxed()
}

fn narratives() -> BoxedStrategy<Option<Narrative>> {
    proptest::option::of(
        (texts(), parts()).prop_map(|(title, parts)| Narrative { title: format!("一、{title}"), parts }),
    )
    .boxed()
}

fn fees() -> BoxedStrategy<Option<ProcessingFee>> {
    use proptest::option::of;
    let status = proptest::sample::select(vec![FeeStatus::None, FeeStatus::Stated]);
    of((status, of(counts(1)), of(amounts()), of(amounts())).prop_map(|(status, notices, notified, collected)| {
        let collected = collected.filter(|_| status == FeeStatus::Stated);
        ProcessingFee { status, notices: notices.map(count), notified, collected }
    }))
    .boxed()
}

fn kinds() -> impl Strategy<Value = Option<AgencyKind>> {
    proptest::option::of(proptest::sample::select(vec![
        AgencyKind::ProvinceGovernment,
        AgencyKind::CountyGovernment,
        AgencyKind::CityDepartment,
        AgencyKind::CountyDepartment,
        AgencyKind::Township,
        AgencyKind::ZoneCommittee,
        AgencyKind::Unknown,
    ]))
}

pub(crate) fn facts() -> BoxedStrategy<Facts> {
    use proptest::option::of;
    let agency = (texts(), kinds(), of(Just("330100")), of(Just("11110000MB0000000U"))).prop_map(
        |(name, kind, division, credit)| Agency {
            name: format!("{name}局"),
            kind,
            division_code: division.map(|code| code.parse().unwrap()),
            credit_code: credit.map(|code| code.parse().unwrap()),
        },
    );
    let scope = proptest::sample::select(vec![Scope::Own, Scope::System, Scope::Regional, Scope::Unknown]);
    let other_matters = of((texts(), parts(), fees()).prop_map(|(title, parts, processing_fee)| OtherMatters {
        title: format!("六、{title}"),
        parts,
        processing_fee,
    }));
    let other_matters = other_matters.boxed();
    let evidence = (sources(), sources(), sources(), sources(), sources(), sources()).prop_map(
        |(title, year, agency, agency_kind, published_on, signed_on)| Evidence {
            inferred: None,
            blanks_as_zero: None,
            not_applicable_as_zero: None,
            scope: None,
            totals_from_parts: None,
            title,
            year,
            agency,
            agency_kind,
            document: None,
            published_on,
            signed_on,
            signed_by: None,
        },
    );
    (
        (Year::FIRST..=Year::LAST, texts(), agency, scope, of(dates())),
        (of(dates()), evidence, parts(), narratives(), narratives(), other_matters),
    )
        .prop_map(|(first, second)| {
            let (year, title, agency, scope, published_on) = first;
            let (signed_on, evidence, preamble, overview, problems, other_matters) = second;
            let preamble = preamble.into_iter().next();
            // Nothing contradicts the year.
            let after = |day: Date| Date::new(year + 1, day.month(), day.day().min(28)).unwrap();
            let (published_on, signed_on) = (published_on.map(after), signed_on.map(after));
            let title = format!("{}报告", title.replace('年', ""));
            let year = self::year(year);
            Facts {
                year,
                title,
                agency,
                scope,
                published_on,
                signed_on,
                signed_by: None,
                evidence,
                preamble,
                overview,
                problems,
                other_matters,
            }
        })
        .boxed()
}

/// The cells of a legal report of `layout`, each sum within range; now and then one cell as large as can be.
pub(crate) fn leaves(layout: Layout) -> BoxedStrategy<Leaves> {
    let rows = outcome_rows(layout);
    // All outcomes and what is carried out add up in one cell.
    let requests = counts((rows as u64 + 1) * 6);
    let changes = prop_oneof![-9..9_i64, Just(LARGEST_COUNT as i64), Just(-(LARGEST_COUNT as i64))];
    let units = proptest::sample::select(vec![AmountUnit::Yuan, AmountUnit::WanYuan, AmountUnit::Unstated]);
    (
        proptest::collection::vec(proptest::array::uniform6(requests.clone()), rows),
        proptest::array::uniform6(requests.clone()),
        proptest::array::uniform6(requests),
        proptest::array::uniform3(proptest::array::uniform4(counts(4))),
        (
            proptest::array::uniform16(prop_oneof![9 => counts(2), 1 => Just(LARGEST_COUNT)].boxed()),
            proptest::array::uniform5(changes.boxed()),
        ),
        (amounts(), units),
        facts(),
        proptest::option::weighted(0.1, 0..(rows + 1) * 6),
    )
        .prop_map(move |(outcomes, carried_in, carried_out, rulings, (article20, changes), money, facts, edge)| {
            let mut leaves = Leaves {
                layout,
                outcomes,
                carried_in,
                carried_out,
                rulings,
                article20,
                changes,
                amount: money.0,
                amount_unit: money.1,
                facts,
            };
            if let Some(edge) = edge {
                leaves.outcomes.iter_mut().for_each(|row| *row = [0; 6]);
                leaves.carried_out = [0; 6];
                let place = match leaves.outcomes.get_mut(edge / 6) {
                    Some(row) => row,
                    None => &mut leaves.carried_out,
                };
                place[edge % 6] = LARGEST_COUNT;
                leaves.rulings[0] = [0, LARGEST_COUNT, 0, 0];
            }
            leaves
        })
        .boxed()
}

pub(crate) fn any_leaves() -> BoxedStrategy<Leaves> {
    layouts().prop_flat_map(leaves).boxed()
}

/// Legal reports of both editions.
pub(crate) fn annual_reports() -> impl Strategy<Value = AnnualReport> {
    proptest::sample::select(Edition::all().collect::<Vec<_>>())
        .prop_flat_map(|edition| leaves(edition.layout()))
        .prop_map(|leaves| leaves.report())
}

/// What pages print in a cell, right or wrong.
pub(crate) fn printed() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..1_000_u32).prop_map(|number| number.to_string()),
        1 => proptest::sample::select(vec![
            "", " ", "&nbsp;", "\u{3000}", "/", "\\", "-", "--", "—", "－", "无", "0件", "1,234", "１２", "+2", "-8",
            "251000元", "103.3879万元", "22（其中修订 16 件）", "1.5", "12.0", "00", "1,23", "abc", "待统计", "〇",
            "9007199254740991", "9007199254740992", "18446744073709551615", "0.1234567", "-0", "1e3",
            "99999999999999999999999999999", "340282366920938463463374607431768211456",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,8}",
    ]
}

/// Reports as published, right or wrong, of any layout, with every state of a cell.
pub(crate) fn published_reports() -> impl Strategy<Value = PublishedReport> {
    let cells = proptest::collection::vec(
        (proptest::option::weighted(0.95, printed()), proptest::option::weighted(0.3, places())),
        200,
    );
    let units = proptest::sample::select(vec![AmountUnit::Yuan, AmountUnit::WanYuan, AmountUnit::Unstated]);
    (layouts(), facts(), cells, units, any::<[bool; 4]>()).prop_map(|(layout, facts, cells, unit, choices)| {
        let mut report = PublishedReport::new(layout);
        for (entry, (printed, at)) in layout.cells().iter().zip(cells) {
            let Some(printed) = printed else { continue };
            let mut found = PublishedCell::read(&printed);
            if let Some(at) = at {
                found = found.at(at);
            }
            if entry.path() == "article20.item9.procurement.amount" {
                found = found.in_unit(unit);
            }
            report.set(entry.cell(), found).unwrap();
        }
        let [known, headed, zeros, totals] = choices;
        if known {
            report.facts.title = Some(facts.title);
            report.facts.year = Some(facts.year);
            report.facts.agency = Some(facts.agency);
        }
        report.facts.scope = facts.scope;
        report.facts.published_on = facts.published_on;
        report.facts.signed_on = facts.signed_on;
        report.facts.signed_by = facts.signed_by;
        report.facts.evidence = facts.evidence;
        report.facts.preamble = facts.preamble;
        report.facts.overview = facts.overview;
        report.facts.problems = facts.problems;
        report.facts.other_matters = facts.other_matters;
        if headed {
            report.page.headings = Section::ALL
                .iter()
                .rev()
                .map(|section| Paragraph { section: *section, text: section.title().to_owned(), place: None })
                .collect();
            report.page.remarks =
                vec![Paragraph { section: Section::Article20, text: "注：无。".to_owned(), place: None }];
            report.page.unmatched = vec![ogi_report::published::Unmatched { printed: "7".to_owned(), place: None }];
        }
        if zeros {
            report = report.with_blanks_as_zero();
        }
        if totals {
            report = report.with_totals_from_parts();
        }
        report
    })
}
