//! The year that the report is for, from its first to its last day.

use super::sentence::Sentence;
use super::statement::{Meaning, Saying, Statement};
use crate::narrative::Section;
use crate::published::PublishedReport;
use crate::text::{contains_any, years};

/// 现公布我局2024年政府信息公开工作年度报告, 统计期限自2024年1月1日起至2024年12月31日止: against the year of the report.
pub(crate) fn periods(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let Some(year) = report.facts.year else { return vec![] };
    let mut found = Vec::new();
    let is_year =
        |named: u16| (format!("{named}年"), vec![Meaning::plain("报告年度", year.to_string())], named == year.get());
    for sentence in sentences.iter().filter(|of| matches!(of.section, None | Some(Section::Overview))) {
        if let Some(named) = year_presented(&sentence.text) {
            let (stated, meanings, fits) = is_year(named);
            found.push(sentence.statement(Saying::Period, stated, meanings, fits));
        }
        if let Some((begins, ends, stated)) = period_of_report(&sentence.text) {
            let meanings = vec![Meaning::plain("报告年度", format!("{year}年1月1日至{year}年12月31日"))];
            let fits = begins == (year.get(), 1, 1) && ends == (year.get(), 12, 31);
            found.push(sentence.statement(Saying::Period, stated, meanings, fits));
        }
    }
    found
}

/// The year of the report that a sentence presents.
fn year_presented(text: &str) -> Option<u16> {
    let presents = ["现公布", "现将", "现公开", "特编制", "现予", "现向"];
    years(text).find_map(|(at, year)| {
        let behind = text[at + 4 + '年'.len_utf8()..].trim_start_matches('度').strip_prefix("政府信息公开")?;
        let (_, end) = behind.split_at_checked(behind.find("报告")? + "报告".len())?;
        let ends = end.is_empty()
            || ["。", "，", ",", "：", ":", "》", "如下", "予以", "公布", "向社会"]
                .iter()
                .any(|of| end.starts_with(of));
        (ends && contains_any(&text[..at], &presents)).then_some(year)
    })
}

/// A day: year, month, day.
pub(crate) type Day = (u16, u32, u32);

/// The period that a sentence says the figures are of: its first and last day, and the words.
pub(crate) fn period_of_report(text: &str) -> Option<(Day, Day, String)> {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "统计期限", "统计时限", "统计时间", "统计期间", "统计范围", "数据统计", "数据的统计", "所列数据", "起止时间",
    ];
    if contains_any(text, WORDS) { period_in(text) } else { None }
}

/// The first two days that a sentence joins to a period, and the words.
fn period_in(text: &str) -> Option<(Day, Day, String)> {
    years(text).find_map(|(start, year)| {
        let (first, rest) = month_and_day(&text[start + 4 + '年'.len_utf8()..])?;
        let rest = rest.trim_start_matches(['起', '开', '始', '，', ',']);
        let rest =
            rest.strip_prefix(['至', '到', '—', '-', '－', '–', '～', '~'])?.trim_start_matches(['—', '-', '至']);
        let (last_year, rest) = match years(rest).next() {
            Some((0, year)) => (year, &rest[4 + '年'.len_utf8()..]),
            _ => (year, rest),
        };
        let (last, rest) = month_and_day(rest)?;
        let stated = text[start..text.len() - rest.len()].to_owned();
        Some(((year, first.0, first.1), (last_year, last.0, last.1), stated))
    })
}

/// The month and day that a text begins with, and what follows.
fn month_and_day(text: &str) -> Option<((u32, u32), &str)> {
    let (month, rest) = text.split_once('月')?;
    let (day, rest) = rest.split_once('日')?;
    let number = |text: &str| text.parse().ok().filter(|_| text.len() <= 2);
    Some(((number(month)?, number(day)?), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read() {
        let period = |text: &str| period_in(text).map(|(begins, ends, _)| (begins, ends));
        let year = Some(((2024, 1, 1), (2024, 12, 31)));
        assert_eq!(period("统计期限自2024年1月1日起至2024年12月31日止。"), year);
        assert_eq!(period("数据统计期限为2024年1月1日—12月31日。"), year);
        assert_eq!(period("自2024年01月01日到12月31日"), year);
        assert_eq!(period("于2024年1月1日施行，12月31日废止"), None);
        assert_eq!(period("2023年年报于2024年1月1日至2月1日公开"), Some(((2024, 1, 1), (2024, 2, 1))));
    }
}
