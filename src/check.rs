//! The check of a report: every rule over one report.

use std::collections::HashSet;

use crate::finding::{About, CheckReport, Finding};
use crate::own::{self, OwnRule};
use crate::prose::{self, Sentence};
use crate::published::PublishedReport;
use crate::rule::outcome::{Outcome, Reason};
use crate::rule::table::RULES;
use crate::rule::{Balance, Rule, Test, arithmetic, cells, documents, duties, facts, sections, statements};
use crate::severity::Severity;
use crate::wire::VERSION;

impl PublishedReport {
    /// Runs every rule of [`RULES`] and returns all that fail, in the order of the document, and all that could not be
    /// evaluated, with the reason.
    pub fn check(&self) -> CheckReport {
        self.check_with(&[])
    }

    /// The same with rules of the caller beside them; of two with one code the first.
    pub fn check_with(&self, own: &[OwnRule]) -> CheckReport {
        let mut found = self.found_by(RULES.iter());
        let mut codes = HashSet::new();
        for rule in own.iter().filter(|rule| codes.insert(rule.code())) {
            found.add(rule, own::check(self, rule.requires()));
        }
        found.in_document_order(self.layout());
        let facts = &self.facts;
        found.about = Some(About {
            schema_version: VERSION.to_owned(),
            layout: self.layout().name().to_owned(),
            year: facts.year,
            agency: facts.agency.as_ref().map(|agency| agency.name.clone()),
            title: facts.title.clone(),
        });
        found
    }

    /// The findings that bar an [`AnnualReport`](crate::AnnualReport): those of the rules of severity *error*.
    pub(crate) fn errors(&self) -> Vec<Finding> {
        let mut found = self.found_by(RULES.iter().filter(|rule| rule.severity == Severity::Error));
        found.in_document_order(self.layout());
        found.findings
    }

    /// What these rules find, in their order.
    fn found_by(&self, rules: impl Iterator<Item = &'static Rule>) -> CheckReport {
        let counts = self.counts();
        let mut check = Check { report: self, counts, sentences: None, found: CheckReport::default() };
        for rule in rules {
            if rule.applies_to(self.layout().edition()) {
                check.run(rule);
            } else {
                check.found.add(rule, Outcome::skipped(Reason::OtherEdition));
            }
        }
        check.found
    }
}

/// A check under way.
struct Check<'a> {
    report: &'a PublishedReport,
    counts: Vec<i64>,
    /// The sentences of the prose, once a rule asks for them; `None` in it where they are too many.
    sentences: Option<Option<Vec<Sentence<'a>>>>,
    found: CheckReport,
}

impl Check<'_> {
    fn run(&mut self, rule: &'static Rule) {
        let Check { report, counts, sentences, found } = self;
        let balances = Balance::all(report.layout());
        match rule.test {
            Test::Equal(_) | Test::AtLeast(_) => {
                let of_rule = balances.iter().filter(|balance| std::ptr::eq(balance.rule, rule));
                found.add(rule, arithmetic::check(report, counts, of_rule));
            }
            Test::Domain => found.add(rule, cells::domain(report)),
            Test::Presence => found.add(rule, cells::presence(rule, report, counts, balances)),
            Test::ZeroFor(_, kinds) => {
                found.add(rule, documents::zero_for(report, &rule.test.zeros(report.layout()), kinds));
            }
            Test::Labels => found.add(rule, cells::labels(report)),
            Test::Alone => found.add(rule, cells::alone(report)),
            Test::EditionForYear => found.add(rule, duties::edition_for_year(report)),
            Test::Deadline(departments, governments) => {
                found.add(rule, duties::deadline(rule, report, departments, governments));
            }
            Test::Sections => found.add(rule, sections::sections(rule, report)),
            Test::Facts(_, test) => found.add(rule, facts::check(&report.facts, test)),
            Test::Page(_, test) => found.add(rule, test(report)),
            Test::FeeStated(from) => found.add(rule, sections::fee_stated(report, from)),
            Test::Prose(saying) => {
                let sentences = sentences.get_or_insert_with(|| prose::sentences(report));
                found.add(rule, statements::check(report, saying, sentences.as_deref()));
            }
            // These read a second report; there are none in `RULES`.
            Test::Follows(_) | Test::SameUnit | Test::OneAgency | Test::Both(..) | Test::Parts(_) | Test::Peers(_) => {}
        }
    }
}
