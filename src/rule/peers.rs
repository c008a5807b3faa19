//! Reports of different agencies, side by side.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::outcome::{Outcome, Reason, Told};
use super::years::{COPIED, LEAST_SECTION, OWN};
use super::{Rule, Test};
use crate::agency::Agency;
use crate::form::{Basis, Edition};
use crate::narrative::Section;
use crate::published::PublishedReport;
use crate::rule::sections::place_of;
use crate::severity::Severity;
use crate::text::{shortened, without_figures};

pub(crate) const RULES: &[Rule] = &[Rule {
    code: "problems-copied",
    version: 1,
    severity: Severity::Notice,
    since: Edition::EDITION_2019,
    until: None,
    basis: Basis("50"),
    zh: "不同机关的第五部分不应逐字相同",
    en: "section five of one agency is not word for word that of another",
    not_checked_zh: "改写过的文字，不到六十个字的部分；各机关的名称和数字不计。",
    not_checked_en: "What was reworded, and sections of less than 60 characters; the agencies' names and figures are left out.",
    holds: &[("peer.problems", COPIED), ("problems", OWN)],
    breaks: &[("problems", COPIED)],
    test: Test::Peers(problems_copied),
}];

/// How many agencies a finding names.
const MOST_NAMED: usize = 20;

/// The reports whose words are the same, if they are of several agencies.
fn problems_copied(reports: &[(String, &PublishedReport)]) -> Outcome {
    let mut by_words: BTreeMap<String, Vec<&(String, &PublishedReport)>> = BTreeMap::new();
    for named in reports {
        if let Some(words) = words_of(named.1) {
            by_words.entry(words).or_default().push(named);
        }
    }
    let mut outcome = Outcome::default();
    if by_words.values().map(Vec::len).sum::<usize>() < reports.len() {
        // Of some nothing can be said.
        outcome.skip(Reason::NothingSaid, vec![]);
    }
    for (words, same) in &by_words {
        // One name is one agency, unless codes tell more of that name apart; without a name each report is of its own.
        let mut codes: HashMap<String, HashSet<String>> = HashMap::new();
        let first_of_each = same.iter().filter(|(file, report)| {
            let agency = report.facts.agency.as_ref();
            let known = codes.get(agency.map_or(file.as_str(), |agency| agency.name.trim()));
            let key = agency.and_then(Agency::key);
            let is_new = match (known, &key) {
                (None, _) => true,
                (Some(known), Some(key)) => !known.is_empty() && !known.contains(key),
                (Some(_), None) => false,
            };
            let name = agency.map_or(file.clone(), |agency| agency.name.trim().to_owned());
            codes.entry(name).or_default().extend(key);
            is_new
        });
        let names: Vec<&str> = first_of_each.map(|(name, _)| name.as_str()).collect();
        if names.len() < 2 {
            outcome.pass += 1;
            continue;
        }
        let (count, length) = (names.len(), words.chars().count());
        let [more_zh, more] = match count.saturating_sub(MOST_NAMED) {
            0 => [String::new(), String::new()],
            more => [format!("等 {count} 个机关"), format!(" and {more} more")],
        };
        let named = |comma| names.iter().take(MOST_NAMED).map(|name| shortened(name)).collect::<Vec<_>>().join(comma);
        let told = Told {
            words: [
                format!("{}{more_zh}的第五部分逐字相同（{length} 字，名称和数字不计）", named("、")),
                format!("section five is word for word the same in {}{more}, {length} characters", named(", ")),
            ],
            found: Some(count.to_string()),
            place: same.first().and_then(|(_, report)| place_of(report, Section::Problems)),
            subjects: names.iter().map(|name| (*name).to_owned()).collect(),
            ..Told::default()
        };
        outcome.fail(vec![], told);
    }
    outcome
}

/// The words of section five, without white space, figures, and the name of the agency; `None` where they are too few.
fn words_of(report: &PublishedReport) -> Option<String> {
    let parts = report.facts.words_of(Section::Problems)?;
    let text: String = parts.iter().map(|part| part.text.as_str()).collect();
    let bare = without_figures(&text);
    let name = report.facts.agency.as_ref().map_or(String::new(), |agency| without_figures(&agency.name));
    let bare = if name.is_empty() { bare } else { bare.replace(&name, "") };
    (bare.chars().count() >= LEAST_SECTION).then_some(bare)
}
