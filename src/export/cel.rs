//! The rules as CEL text (Common Expression Language) over the documents, each at the node it belongs to.

use serde::Serialize;

use super::rule_file::no_units;
use crate::assertion::{Assertion, Claim, Due, Years, inferences};
use crate::form::{Cell, Kind, Layout};

/// A node of a document, with what the rules assert there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The keys that lead there; none for the document itself.
    pub path: Vec<&'static str>,
    /// The expressions, in the order of the rules.
    pub expressions: Vec<Expression>,
}

/// One assertion as CEL. The node is `self`; the value is `"pass"`, `"fail"` or `"not_evaluated"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expression {
    /// The code of the rule.
    pub rule: &'static str,
    /// The cells it is about, by their path below the node.
    pub cells: Vec<String>,
    /// The text.
    pub cel: String,
}

/// What the leaves of a document are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// Cell objects, as in `published-report`.
    Cells,
    /// Figures, as in `annual-report`: of the right kind and never missing, but for totals.
    Figures,
}

/// What the rules over cells and facts assert of a document of this layout, node by node.
pub fn cel(layout: Layout, leaves: Leaves) -> Vec<Node> {
    let travels = |claim: &Claim| match claim {
        Claim::Words => false,
        Claim::Domain { .. } | Claim::Present(_) => leaves == Leaves::Cells,
        _ => true,
    };
    let mut nodes: Vec<Node> = Vec::new();
    for assertion in Assertion::all(layout).iter().filter(|assertion| travels(&assertion.claim)) {
        let path = node(assertion);
        let below = |cell: Cell| keys(cell)[path.len()..].join(".");
        let expression = Expression {
            rule: assertion.rule.code,
            cells: assertion.cells().into_iter().map(below).collect(),
            cel: text(&assertion.claim, leaves, &|cell| format!("self.{}", below(cell))),
        };
        match nodes.iter_mut().find(|node| node.path == path) {
            Some(node) => node.expressions.push(expression),
            None => nodes.push(Node { path, expressions: vec![expression] }),
        }
    }
    nodes
}

fn keys(cell: Cell) -> Vec<&'static str> {
    cell.path().split('.').collect()
}

/// The innermost object that holds all that the assertion reads.
fn node(assertion: &Assertion) -> Vec<&'static str> {
    if matches!(assertion.claim, Claim::ZeroFor(..)) {
        return vec![];
    }
    let cells = assertion.cells();
    let Some(mut common) = cells.first().map(|cell| keys(*cell)) else { return vec![] };
    common.pop();
    for cell in cells {
        let same = common.iter().zip(keys(cell)).take_while(|(one, other)| **one == *other).count();
        common.truncate(same);
    }
    common
}

/// Only sums and comparisons of `int()`: what every engine of the language agrees on.
fn text(claim: &Claim, leaves: Leaves, name: &impl Fn(Cell) -> String) -> String {
    let number = |cell: Cell| match leaves {
        Leaves::Cells => format!("{}.value", name(cell)),
        Leaves::Figures => name(cell),
    };
    let counted = |cell: Cell| format!("has({0}) && int({0}) >= 0", number(cell));
    let value = |cell: &Cell| format!("int({})", number(*cell));
    let sum = |cells: &[Cell]| cells.iter().map(value).collect::<Vec<_>>().join(" + ");
    match claim {
        Claim::Equal(equation) | Claim::AtLeast(equation) => {
            let known = equation.cells().map(counted).collect::<Vec<_>>().join(" && ");
            let sign = if matches!(claim, Claim::Equal(_)) { "==" } else { ">=" };
            verdict(&known, &format!("{} {sign} {}", sum(&equation.left), sum(&equation.right)))
        }
        Claim::Domain { cell, kind, unit } => domain(&name(*cell), &counted(*cell), *kind, no_units(*unit)),
        Claim::Present(cell) => {
            let holds = list(["number", "not_applicable"].into_iter());
            format!("{}.status in {holds} ? \"pass\" : \"fail\"", name(*cell))
        }
        Claim::ZeroFor(cell, kinds) => {
            let kinds = list(kinds.iter().map(|kind| kind.name()));
            let inferred = list(inferences().map(|kind| kind.name()));
            let known = format!(
                "has(self.agency) && has(self.agency.kind) && self.agency.kind in {kinds} && !(has(self.evidence) && \
                 has(self.evidence.agency_kind) && self.evidence.agency_kind.kind in {inferred}) && {}",
                counted(*cell)
            );
            verdict(&known, &format!("{} == 0", value(cell)))
        }
        Claim::YearWithin(years) => year_within(years),
        Claim::PublishedBy(due) => published_by(due),
        Claim::Words => String::new(),
    }
}

/// The number is one that the cell can hold, in none of these units of money.
fn domain(cell: &str, counted: &str, kind: Kind, no_units: &[&str]) -> String {
    let holds = match kind {
        Kind::Count => counted.to_owned(),
        Kind::Change => format!("has({cell}.value)"),
        Kind::Amount => format!("has({cell}.value) && !{cell}.value.startsWith(\"-\")"),
    };
    let unit = if no_units.is_empty() {
        String::new()
    } else {
        // 0 yuan are 0 wan yuan.
        let zero = if kind == Kind::Amount { format!(" && double({cell}.value) != 0.0") } else { String::new() };
        let units = list(no_units.iter().copied());
        format!(" && !(has({cell}.note) && has({cell}.note.unit) && {cell}.note.unit in {units}{zero})")
    };
    verdict(&format!("{cell}.status == \"number\""), &format!("{holds}{unit}"))
}

fn year_within(years: &[Years]) -> String {
    let range = |Years { from, to }: &Years| match to {
        Some(to) => format!("int(self.year) >= {from} && int(self.year) <= {to}"),
        None => format!("int(self.year) >= {from}"),
    };
    let ranges: Vec<String> = years.iter().map(range).collect();
    verdict("has(self.year)", if ranges.is_empty() { "false".to_owned() } else { ranges.join(" || ") }.as_str())
}

fn published_by(due: &[Due]) -> String {
    let of = |due: &Due| format!("self.agency.kind in {}", list(due.agency_kinds.iter().map(|kind| kind.name())));
    let any = |of: &dyn Fn(&Due) -> String| due.iter().map(of).collect::<Vec<_>>().join(" || ");
    let known = format!(
        "has(self.year) && has(self.published_on) && has(self.agency) && has(self.agency.kind) && ({})",
        any(&of)
    );
    let in_time = |due: &Due| {
        let day = format!("{:02}-{:02}", due.month, due.day);
        format!("{} && self.published_on <= string(int(self.year) + 1) + \"-{day}\"", of(due))
    };
    verdict(&known, &any(&in_time))
}

fn verdict(known: &str, holds: &str) -> String {
    format!("{known} ? ({holds} ? \"pass\" : \"fail\") : \"not_evaluated\"")
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = texts.map(|text| format!("\"{text}\"")).collect();
    format!("[{}]", quoted.join(", "))
}
