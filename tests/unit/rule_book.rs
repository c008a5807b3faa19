//! What the entries of the rules and the modules of the clauses say of each other.

use crate::assertion::Assertion;
use crate::form::Layout;
use crate::rule::table::RULES;
use crate::rule::{Rule, Test};

/// The module of a clause names the rules over its cells, and that of the prose those over words.
#[test]
fn the_modules_name_their_rules() {
    let over = |rule: &Rule, table: &str| {
        let is_arithmetic = matches!(rule.test, Test::Equal(_) | Test::AtLeast(_) | Test::ZeroFor(..));
        let assertions = Layout::newest_first().flat_map(Assertion::all).filter(|assertion| assertion.rule == rule);
        is_arithmetic && assertions.flat_map(|assertion| assertion.cells()).all(|cell| cell.path().starts_with(table))
    };
    let over_prose = |rule: &Rule| rule.test.is_over_sections();
    for (module, text) in [
        ("article20", include_str!("../../src/article20.rs")),
        ("requests", include_str!("../../src/requests.rs")),
        ("proceedings", include_str!("../../src/proceedings.rs")),
        ("narrative", include_str!("../../src/narrative.rs")),
        ("facts", include_str!("../../src/facts.rs")),
    ] {
        let (_, list) = text.split_once("//! # Rules\n").unwrap();
        let lines = list.lines().take_while(|line| line.starts_with("//! -"));
        let named = lines.flat_map(|line| line.split('`').skip(1).step_by(2));
        let is_of_module = |rule: &&Rule| match module {
            "narrative" => over_prose(rule),
            "facts" => matches!(rule.test, Test::Facts(..)),
            _ => over(rule, &format!("{module}.")),
        };
        let expected = RULES.iter().filter(is_of_module).map(|rule| rule.code);
        assert_eq!(named.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{module}");
    }
}
