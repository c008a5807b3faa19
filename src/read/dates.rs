//! Days as pages write them, and the day of publication.

use super::lines::Line;
use super::words::compact;
use crate::date::Date;
use crate::facts::{Source, SourceKind};
use crate::prose::chinese;
use crate::text::{half_width, is_ideograph};

/// The day of publication: as the page says it before section one, or in brackets under the title, which ends at `begin`.
pub(super) fn published(head: &[Line<'_>], begin: usize) -> Option<(Date, Source)> {
    const LABELS: [&str; 9] =
        ["发布日期", "发布时间", "公开日期", "生成日期", "成文日期", "发文日期", "撰写时间", "日期", "时间"];
    let mut best: Option<(usize, SourceKind, Date, Line<'_>)> = None;
    let mut offer = |rank, kind, date, line| {
        if best.as_ref().is_none_or(|(known, ..)| rank < *known) {
            best = Some((rank, kind, date, line));
        }
    };
    for (index, line) in head.iter().enumerate() {
        if line.text.len() > 600 || line.text.contains('。') {
            continue;
        }
        let labelled = line.text.contains(['期', '间']);
        for (rank, label) in LABELS.iter().enumerate().filter(|(_, label)| labelled && line.text.contains(**label)) {
            let Some((before, after)) = line.text.split_once(label) else { continue };
            // 更新日期 or 失效日期 is another day.
            if rank >= 7 && before.ends_with(is_ideograph) {
                continue;
            }
            let after = after.trim_start_matches([':', '：', ' ', '\u{3000}', '\u{a0}', '|']);
            if let Some((date, _)) = leading_date(after) {
                offer(rank, SourceKind::PageDate, date, *line);
                break;
            }
        }
        if index >= begin {
            if let Some((date, rest)) = leading_date(line.text)
                && !rest.starts_with(['起', '至', '到', '，', '、', '-', '—'])
                // The day on which the page was looked at.
                && !["星期", "周"].iter().any(|weekday| rest.starts_with(weekday))
            {
                offer(LABELS.len(), SourceKind::PageDate, date, *line);
            }
            if let Some(date) =
                line.text.strip_prefix(['（', '(']).and_then(|inner| whole_date(inner.trim_end_matches(['）', ')'])))
            {
                offer(LABELS.len() + 1, SourceKind::UnderTitle, date, *line);
            }
        }
    }
    best.map(|(_, kind, date, line)| {
        (date, Source { kind, words: line.text.to_owned(), place: Some(line.place_of(line.text)) })
    })
}

/// The day at the beginning of a text: `2025-02-14`, `2024年01月12日`, `2023 年 1 月 16 日`, `二〇二五年二月十四日`; and what
/// follows it.
pub(super) fn leading_date(text: &str) -> Option<(Date, &str)> {
    fn number(text: &str, most: usize) -> Option<(u16, &str)> {
        let text = text.trim_start();
        let is_digit = |c: char| half_width(c).is_ascii_digit();
        let is_part: &dyn Fn(char) -> bool = if text.starts_with(is_digit) {
            &is_digit
        } else {
            &|c| "〇○零一二三四五六七八九十".contains(c)
        };
        let (digits, rest) = text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()));
        if digits.chars().count() > most {
            return None;
        }
        let arabic = || digits.chars().map(half_width).collect::<String>().parse().ok();
        let value = if text.starts_with(is_digit) { arabic() } else { u16::try_from(chinese(digits)?).ok() };
        Some((value.filter(|_| !digits.is_empty())?, rest))
    }
    fn after<'t>(text: &'t str, marks: &[char]) -> Option<&'t str> {
        text.trim_start().strip_prefix(marks)
    }
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(after(rest, &['年', '-', '/', '.', '－', '—'])?, 2)?;
    // 三十一.
    let (day, rest) = number(after(rest, &['月', '-', '/', '.', '－', '—'])?, 3)?;
    let rest = rest.trim_start().strip_prefix('日').unwrap_or(rest);
    let date = Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()?;
    if (2000..2100).contains(&year) { Some((date, rest.trim_start())) } else { None }
}

/// The day a text consists of. Where a site dropped 年月日, `2025214`, the digits must allow one day only.
pub(super) fn whole_date(text: &str) -> Option<Date> {
    if let Some((date, rest)) = leading_date(text) {
        return if rest.is_empty() { Some(date) } else { None };
    }
    let digits = compact(text);
    let digits = digits.trim_end_matches('日');
    if !(6..=8).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let year: u16 = digits[..4].parse().ok().filter(|year| (2000..2100).contains(year))?;
    let rest = &digits[4..];
    let mut days = (1..=2.min(rest.len() - 1)).filter_map(|cut| {
        let (month, day) = rest.split_at(cut);
        let padded = |text: &str| text.len() == 2 || !text.starts_with('0');
        if day.len() > 2 || !padded(month) || !padded(day) {
            return None;
        }
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    });
    match (days.next(), days.next()) {
        (Some(day), None) => Some(day),
        _ => None,
    }
}
