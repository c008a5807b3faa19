//! Each clause has a checked form of its own: built without a report, refused with all faults at once.

use crate::common;
use crate::common::{date, year};
use ogi_report::base_rates::BaseRates;
use ogi_report::narrative::FeeStatus;
use ogi_report::number::LARGEST_COUNT;
use ogi_report::proceedings::{Litigation, Proceedings, Rulings};
use ogi_report::read::{ReadError, Reader};
use ogi_report::repair::Cause;
use ogi_report::requests::{Applicants, OtherHandling, Outcomes, Requests, Withheld};
use ogi_report::{
    Agency, AgencyKind, AnnualReport, CheckReport, Count, Edition, Facts, Faults, Finding, Form, Given, JsonError,
    Language, Layout, Narrative, OtherMatters, OwnRule, Parts, Policy, ProcessingFee, PublishedReport, Refused, Rule,
    Severity, ValueError, Verdict, stream,
};

fn people(natural_person: u32) -> Applicants<Given> {
    Applicants { natural_person: natural_person.into(), ..Applicants::NONE }
}

/// What was found: the rule and the first cell.
fn told(refused: &Refused) -> Vec<(&'static str, &'static str)> {
    assert!(refused.findings.iter().all(|finding| finding.severity == Severity::Error));
    refused
        .findings
        .iter()
        .map(|of| (Rule::find(&of.rule).unwrap().code, of.cells.first().map_or("", |quoted| quoted.cell.path())))
        .collect()
}

fn codes(findings: Vec<Finding>) -> Vec<String> {
    findings.into_iter().map(|finding| finding.rule.into_owned()).collect()
}

#[test]
fn a_row_alone() {
    let names = &Form::cells(Layout::EDITION_2021).requests.carried_out;
    let row = people(3).check_as(names).unwrap();
    assert_eq!((row.natural_person.get(), row.total.get()), (3, 3));
    let wrong = Applicants { total: Some(99.into()), ..people(3) };
    assert_eq!(told(&wrong.check_as(names).unwrap_err()), [("requests-row-total", "requests.carried_out.total")]);
    // A sum beyond the largest count is none.
    let large = Count::new(LARGEST_COUNT).unwrap();
    let beyond = Applicants { natural_person: large, other: large, ..Applicants::NONE };
    let found = told(&beyond.check_as(names).unwrap_err());
    assert_eq!(found, [("cell-domain", "requests.carried_out.total")]);
    let names = &Form::cells(Layout::EDITION_2021).proceedings.reconsideration;
    let wrong = Rulings { upheld: 2.into(), total: Some(1.into()), ..Rulings::NONE };
    assert_eq!(told(&wrong.check_as(names).unwrap_err()), [("proceedings-total", "proceedings.reconsideration.total")]);
}

#[test]
fn table_two_alone() {
    let outcomes = Outcomes { disclosed: people(2), ..Outcomes::NONE };
    let table = Requests { received: people(3), outcomes, carried_out: people(1), ..Requests::NONE };
    let checked = table.check().unwrap();
    assert_eq!((checked.outcomes.total.total.get(), checked.carried_out.total.get()), (2, 1));
    // A row copied out of a checked table is a checked row.
    let row: ogi_report::Checked<Applicants> = checked.received;
    assert_eq!(row.total.get(), 3);
    let total = Some(Applicants { total: Some(7.into()), ..people(2) });
    let wrong = Requests { outcomes: Outcomes { total, ..outcomes }, received: people(4), ..table };
    let expected = [
        ("requests-balance", "requests.received.natural_person"),
        ("requests-balance", "requests.received.total"),
        ("requests-outcome-total", "requests.outcomes.total.total"),
        ("requests-row-total", "requests.outcomes.total.total"),
    ];
    let mut found = told(&wrong.check().unwrap_err());
    found.sort_unstable();
    assert_eq!(found, expected);
    // Its outcomes alone, a group of them, and the one row of edition 2019.
    assert_eq!(outcomes.check().unwrap().total.natural_person.get(), 2);
    let group = Withheld { state_secret: Applicants { total: Some(5.into()), ..people(1) }, ..Withheld::NONE };
    assert_eq!(
        told(&group.check().unwrap_err()),
        [("requests-row-total", "requests.outcomes.withheld.state_secret.total")]
    );
    let undivided = OtherHandling::Undivided(people(1));
    let old = Outcomes { other_handling: undivided, ..outcomes };
    assert_eq!(old.check().unwrap().total.total.get(), 3);
}

#[test]
fn the_three_proceedings_alone() {
    let wrong = Rulings { pending: 1.into(), total: Some(0.into()), ..Rulings::NONE };
    let all =
        Proceedings { reconsideration: wrong, litigation: Litigation { direct: wrong, after_reconsideration: wrong } };
    let expected = ["reconsideration", "litigation.direct", "litigation.after_reconsideration"];
    let expected = expected.map(|group| format!("proceedings.{group}.total"));
    let found = told(&all.check().unwrap_err());
    assert_eq!(found.iter().map(|(_, cell)| *cell).collect::<Vec<_>>(), expected);
    assert_eq!(Proceedings::NONE.check().unwrap().litigation.direct.total.get(), 0);
    assert_eq!(told(&all.litigation.check().unwrap_err()).len(), 2);
}

#[test]
fn the_agency_and_the_sections_alone() {
    let agency = Agency { division_code: "990100".parse().ok(), ..Agency::named(" ") };
    assert_eq!(codes(agency.check().unwrap_err().findings), ["agency-stated", "division-code"]);
    for (code, is_built) in [("330100", true), ("110000", true), ("330106", true), ("100000", false), ("330001", false)]
    {
        let agency = Agency { division_code: code.parse().ok(), ..Agency::named("甲局") };
        assert_eq!(agency.check().is_ok(), is_built, "{code}");
    }
    let section = Narrative { title: String::new(), parts: vec![] };
    let found = section.clone().check_as_overview().unwrap_err().findings;
    assert!(found[0].message(Language::English).contains("section one"), "{}", found[0].message(Language::English));
    assert_eq!(codes(found), ["section-heading"]);
    let found = section.check_as_problems().unwrap_err().findings;
    assert!(found[0].message(Language::English).contains("section five"), "{}", found[0].message(Language::English));
    assert_eq!(codes(found), ["section-heading"]);
    let fee = |collected: Option<&str>| ProcessingFee {
        status: FeeStatus::None,
        notices: None,
        notified: None,
        collected: collected.map(common::amount),
    };
    assert!(fee(Some("0")).check().is_ok() && fee(None).check().is_ok());
    assert_eq!(codes(fee(Some("10")).check().unwrap_err().findings), ["processing-fee-consistent"]);
    let section = OtherMatters { title: String::new(), parts: vec![], processing_fee: Some(fee(Some("10"))) };
    assert_eq!(codes(section.check().unwrap_err().findings), ["section-heading", "processing-fee-consistent"]);
}

/// Facts that do not contradict each other.
fn facts() -> Facts {
    Facts::new("甲局2024年政府信息公开工作年度报告", year(2024), Agency::named("甲局"))
}

#[test]
fn the_facts_alone() {
    assert_eq!(facts().check().unwrap().year, Some(year(2024)));
    let refused = Facts { year: None, agency: None, ..facts() }.check().unwrap_err();
    assert_eq!(common::obstacles(&refused), [("year", "nothing"), ("agency", "nothing")]);
    let day = |text| Some(date(text));
    let wrong =
        Facts { year: Some(year(2023)), published_on: day("2023-06-01"), signed_on: day("2022-01-01"), ..facts() };
    assert_eq!(codes(wrong.check().unwrap_err().findings), ["title-year", "date-after-year", "date-after-year"]);
}

#[test]
fn a_report_in_which_nothing_happened_is_one_of_its_year() {
    for (number, edition) in
        [(2019, Edition::EDITION_2019), (2020, Edition::EDITION_2019), (2021, Edition::EDITION_2021)]
    {
        let facts = Facts { year: Some(year(number)), title: Some(format!("甲局{number}年度报告")), ..facts() };
        let report = AnnualReport::try_from(Parts::new(facts)).unwrap();
        assert_eq!(report.edition(), edition);
        assert!(report.cells().all(|(_, figure)| figure.to_string() == "0"), "{number}");
    }
    let parts = Parts::new(Facts { year: None, ..facts() });
    assert_eq!(parts.edition, Edition::newest());
    assert_eq!(common::obstacles(&AnnualReport::new(parts).unwrap_err()), [("year", "nothing")]);
}

/// What is read, checked and judged can be handed to other threads.
#[test]
fn values_are_send_and_sync() {
    fn is<T: Send + Sync + 'static>() {}
    is::<(AnnualReport, PublishedReport, CheckReport, Parts, Policy, OwnRule)>();
    is::<(stream::Input, stream::Failed, stream::Progress, BaseRates, Verdict)>();
    is::<(Refused, JsonError, ReadError, Faults, ValueError, Reader, Cause)>();
}

#[test]
fn names_are_read_as_they_are_written() {
    assert!(Severity::ALL.iter().all(|severity| severity.to_string().parse() == Ok(*severity)));
    assert!(AgencyKind::ALL.iter().all(|kind| kind.to_string().parse() == Ok(*kind)));
    assert!(Language::ALL.iter().all(|language| language.to_string().parse() == Ok(*language)));
    assert!(Edition::all().all(|edition| edition.to_string().parse() == Ok(edition)));
    assert_eq!(("2024".parse(), "0".parse()), (Ok(year(2024)), Ok(Count::ZERO)));
    for wrong in ["", "+5", "-1", "1.0", "５", "9007199254740992", "99999999999999999999"] {
        assert!(wrong.parse::<Count>().is_err(), "{wrong}");
    }
    assert!(["", "24", "02024", "2018", "2100", "+024"].iter().all(|wrong| wrong.parse::<ogi_report::Year>().is_err()));
    let error = "ministry".parse::<AgencyKind>().unwrap_err();
    assert_eq!(error.message(Language::Chinese), "应为机关类别，如 city_department，实为“ministry”");
    assert!(
        "fatal".parse::<Severity>().is_err()
            && "fr".parse::<Language>().is_err()
            && "strict".parse::<Policy>().is_err()
    );
    assert_eq!("import".parse(), Ok(Policy::IMPORT));
}
