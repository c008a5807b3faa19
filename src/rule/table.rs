//! The table of the rules: over one report, over two years, over a region and its parts, over different agencies.

use super::{
    Bound, Rule, arithmetic, cells, documents, duties, facts, peers, region, sections, statements, wording, years,
};

/// The families of rules over one report, in the order of the rule book.
const FAMILIES: &[&[Rule]] = &[
    arithmetic::RULES,
    cells::RULES,
    documents::RULES,
    duties::RULES,
    facts::RULES,
    sections::RULES,
    wording::RULES,
    statements::RULES,
];

/// The rules over one report.
pub static RULES: &[Rule] = &joined::<{ count(FAMILIES) }>(FAMILIES);

/// The rules over two consecutive reports.
pub static LINKS: &[Rule] = years::RULES;

/// The rules over a region and its parts.
pub static SUMS: &[Rule] = region::RULES;

/// The rules over reports of different agencies.
pub static PEERS: &[Rule] = peers::RULES;

impl Rule {
    /// Every rule: over one report, over two years, over a region and its parts, over reports of different agencies.
    pub fn all() -> impl Iterator<Item = &'static Rule> {
        RULES.iter().chain(LINKS).chain(SUMS).chain(PEERS)
    }

    /// The rule of this code.
    pub fn find(code: &str) -> Option<&'static Rule> {
        Rule::all().find(|rule| rule.code == code)
    }
}

impl Bound {
    /// The rule by which a region with such a sum is checked.
    pub(crate) fn rule(self) -> &'static Rule {
        match self {
            Bound::Exact => &SUMS[0],
            Bound::AtLeast => &SUMS[1],
        }
    }
}

const fn count(families: &[&[Rule]]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < families.len() {
        count += families[at].len();
        at += 1;
    }
    count
}

const fn joined<const COUNT: usize>(families: &[&[Rule]]) -> [Rule; COUNT] {
    let mut rules = [families[0][0]; COUNT];
    let (mut count, mut at) = (0, 0);
    while at < families.len() {
        let mut of_family = 0;
        while of_family < families[at].len() {
            rules[count] = families[at][of_family];
            (count, of_family) = (count + 1, of_family + 1);
        }
        at += 1;
    }
    rules
}
