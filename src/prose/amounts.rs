//! Amounts of money in the prose: 收取行政事业性收费12.5万元, against table one.

use rust_decimal::Decimal;

use super::context::{FILLERS, is_of_other_time, of_other_bodies};
use super::sentence::{COMMAS, Sentence};
use super::statement::{Meaning, Saying, Statement};
use super::subject::Subject;
use super::words::{Class, Hit, List};
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;

/// How many amounts of a sentence are looked into; no sentence has as many.
const MOST: usize = 50;

/// The fees that a sentence names, in whatever unit, against the cell of table one, which is in 万元.
pub(crate) fn amounts(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let fees = Subject::AdministrativeFees.rows().iter().flat_map(|rows| rows.paths);
    let mut cells = fees.filter_map(|row| format!("{row}.amount").parse().ok());
    let Some(cell) = cells.find(|cell| report.layout().entry(*cell).is_some()) else { return vec![] };
    let Some(known) = report.get(cell).and_then(PublishedCell::number) else { return vec![] };
    let mut found = Vec::new();
    let mut other_time = false;
    for sentence in sentences.iter().filter(|sentence| sentence.section.is_some()) {
        other_time &= sentence.goes_on;
        let mut heard = 0;
        let is_fees = |hit: &&Hit| hit.class == Class::Subject(Subject::AdministrativeFees);
        for hit in sentence.hits.iter().filter(is_fees).take(MOST) {
            other_time = is_of_other_time(report, sentence, heard..hit.end).unwrap_or(other_time);
            heard = hit.end;
            let Some((stated, amount, end)) = amount_after(&sentence.text[hit.end..]) else { continue };
            let end = hit.end + end;
            let until = sentence.text[end..].find(COMMAS).map_or(sentence.text.len(), |at| end + at);
            let clause = sentence.comma_before(hit.start)..until;
            let apart =
                [Class::Comparison, Class::LastYear, Class::Part].map(|class| sentence.has(clause.clone(), class));
            let kept = !sentence.says(&[List::NotCollected], clause.clone());
            if !kept || other_time || apart.contains(&true) || of_other_bodies(report, sentence, clause, hit.end) {
                continue;
            }
            let meaning = Meaning { cells: vec![cell], ..Meaning::plain(cell.label(), known.to_string()) };
            let fits = is_same(amount, known.decimal());
            found.push(sentence.statement(Saying::Amounts, stated, vec![meaning], fits));
        }
    }
    found
}

/// The amount that a text begins with, but for what changes nothing: as printed, in 万元, and where it ends.
fn amount_after(text: &str) -> Option<(String, Decimal, usize)> {
    let begins = text.find(|c: char| c.is_ascii_digit())?;
    let filler = |c: char| FILLERS.contains(c) || "收入取缴征总额金合人民币：".contains(c);
    if begins > 60 || !text[..begins].chars().all(filler) {
        return None;
    }
    let rest = &text[begins..];
    let digits = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))?;
    if digits > 20 {
        return None;
    }
    let value: Decimal = rest[..digits].replace(',', "").parse().ok()?;
    let units = [("万元", Decimal::ONE), ("亿元", Decimal::from(10_000)), ("元", Decimal::new(1, 4))];
    let (unit, factor) = units.into_iter().find(|(unit, _)| rest[digits..].starts_with(unit))?;
    let end = digits + unit.len();
    let is_rough = ["以上", "以下", "左右", "上下", "余", "多"].iter().any(|word| rest[end..].starts_with(word));
    (!is_rough).then_some((rest[..end].to_owned(), value.checked_mul(factor)?.normalize(), begins + end))
}

/// Whether two amounts are the same, as far as the one with fewer decimals says it.
fn is_same(one: Decimal, other: Decimal) -> bool {
    let (one, other) = (one.normalize(), other.normalize());
    let decimals = one.scale().min(other.scale());
    let cut = |amount: Decimal| [amount.round_dp_with_strategy(decimals, HALF_UP), amount.trunc_with_scale(decimals)];
    cut(one).contains(&other) || cut(other).contains(&one)
}

const HALF_UP: rust_decimal::RoundingStrategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_the_unit_of_the_form() {
        let read = |text: &str| amount_after(text).map(|(stated, amount, _)| format!("{stated} {amount}"));
        assert_eq!(read("金额共计1,250.5万元。").as_deref(), Some("1,250.5万元 1250.5"));
        assert_eq!(read("：125000元").as_deref(), Some("125000元 12.5"));
        assert_eq!(read("0.2亿元").as_deref(), Some("0.2亿元 2000"));
        assert_eq!(["的项目3项", "近3万元", "3.万余元", "3万元以上"].map(read), [const { None }; 4]);
    }

    #[test]
    fn amounts_are_the_same_as_far_as_both_say_it() {
        let same = |one: &str, other: &str| is_same(one.parse().unwrap(), other.parse().unwrap());
        assert!(same("12.5", "12.50") && same("12.5", "12.46") && same("12.46", "12.5") && same("12.4", "12.46"));
        assert!(!same("12.5", "12.66") && !same("125000", "12.5") && !same("12", "13"));
    }
}
