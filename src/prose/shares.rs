//! Parts and their whole within a sentence: sums and percentages.

use super::counts::{cells_before, wholes};
use super::sentence::{CountedNumber, Sentence};
use super::statement::{Meaning, Saying, Statement};
use super::words::{List, words};
use crate::published::PublishedReport;

/// 主动公开1116条，其中：…54条，…72条: parts that come to more than the whole, or that end with the rest and do not
/// come to it.
pub(crate) fn sums(sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let mut found = Vec::new();
    for (number, sentence) in sentences.iter().enumerate().filter(|(_, sentence)| sentence.section.is_some()) {
        let Some((whole, at)) = whole_of_list(sentence) else { continue };
        let (mut parts, mut last) = (parts_after(sentence, at, whole.counter), sentence);
        // 其中：政策类5条；其他51条: each in a sentence of its own.
        let is_list =
            parts.len() == 1 && sentence.text[..parts[0].start].rfind(['：', ':']).is_some_and(|colon| colon > at);
        for next in sentences[number + 1..].iter().take_while(|next| is_list && next.goes_on) {
            if whole_of_list(next).is_some() {
                break;
            }
            let more = parts_after(next, 0, whole.counter);
            let goes_on = more.first().is_some_and(|part| next.comma_before(part.start) == 0);
            if parts.last().is_none_or(|part| !last.ends_with(part)) || !goes_on {
                break;
            }
            parts.extend(more);
            last = next;
        }
        let [_, .., end] = parts[..] else { continue };
        let until = if std::ptr::eq(last, sentence) { end.end } else { sentence.text.len() };
        let of_last = if std::ptr::eq(last, sentence) { "" } else { &last.text[..end.end] };
        let list = [&sentence.text[at..until], of_last];
        if list.iter().any(|text| words().any_in(&[List::Channels], text))
            || [sentence, last].iter().any(|of| of.says_any(&[List::Overlaps]))
            || parts.iter().any(|part| !part.exact || part.value > whole.value)
        {
            continue;
        }
        let sum: i64 = parts.iter().map(|part| part.value).fold(0, i64::saturating_add);
        let name = last.before(end).trim_start_matches('、');
        let exhaustive = name.starts_with("其他") || name.starts_with("其它");
        // A list that comes to the whole may be followed by another of the same.
        let complete = parts.iter().scan(0, |sum: &mut i64, part| {
            *sum = sum.saturating_add(part.value);
            Some(*sum)
        });
        let fits = complete.skip(1).any(|sum| sum == whole.value) || !exhaustive && sum < whole.value;
        let named = vec![Meaning::plain("所列各项之和", sum.to_string())];
        found.push(sentence.statement(Saying::Sums, sentence.printed(whole), named, fits));
    }
    found
}

/// The figure that the parts of a list are of, and where the list begins: 61条，其中：…, 61条，涵盖…, 61条（…）.
fn whole_of_list<'s>(sentence: &'s Sentence<'_>) -> Option<(&'s CountedNumber, usize)> {
    let text = &sentence.text;
    // The first says it best.
    let words = words().list(List::Lists);
    let words = words.iter().position(|word| text.contains(word)).map_or(&[][..], |first| &words[first..=first]);
    let begins: Vec<usize> = words.iter().flat_map(|word| text.match_indices(word)).map(|(at, _)| at).collect();
    let (at, whole) = match begins[..] {
        [at] => (at, sentence.figures.iter().rfind(|figure| figure.end <= at)?),
        [] => {
            let opens = |figure: &&CountedNumber| text[figure.end..].starts_with(['（', '(']);
            let whole = sentence.figures.iter().find(opens)?;
            (text.len() - text[whole.end..].trim_start_matches(['（', '(']).len(), whole)
        }
        _ => return None,
    };
    whole.exact.then_some((whole, at))
}

/// The figures of a list that begins here, up to where the bracket closes that it is in, or to a clause that counts
/// nothing. What is in brackets within the list is part of a part.
fn parts_after<'s>(sentence: &'s Sentence<'_>, at: usize, counter: char) -> Vec<&'s CountedNumber> {
    let mut parts = Vec::new();
    let mut of_clause = Vec::new();
    let (mut at, mut start, mut depth) = (at, at, 0);
    let mut figures =
        sentence.figures.iter().skip(sentence.figures.partition_point(|figure| figure.start < at)).peekable();
    while let Some(c) = sentence.text[at..].chars().next() {
        if let Some(figure) = figures.next_if(|figure| figure.start == at) {
            of_clause.extend((depth == 0).then_some(figure));
            at = figure.end;
            continue;
        }
        depth += i32::from("（(".contains(c)) - i32::from("）)".contains(c));
        // 安全生产、应急管理类124条 is one part.
        let ends = depth < 0 || depth == 0 && ("，,；;。".contains(c) || c == '、' && !of_clause.is_empty());
        at += c.len_utf8();
        if ends || at == sentence.text.len() {
            let clause = &sentence.text[start..at];
            of_clause.retain(|figure: &&CountedNumber| {
                figure.counter == counter && !words().any_in(&[List::Comparisons], clause)
            });
            // 占5% says more of the part before; 其中， has none yet.
            let goes_on = !of_clause.is_empty() || parts.is_empty() || clause.starts_with('占');
            parts.append(&mut of_clause);
            start = at;
            if depth < 0 || !goes_on {
                break;
            }
        }
    }
    parts
}

/// 予以公开258件，占33.9%: the share of a figure, in whatever whole the sentence or the table has.
pub(crate) fn percentages(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let totals: Vec<i64> = wholes(report.layout())
        .filter_map(|whole| whole.value(report))
        .filter(|known| known.complete && known.count > 0)
        .map(|known| known.count)
        .collect();
    let mut stated: Vec<i64> = Vec::new();
    let mut found = Vec::new();
    for sentence in sentences.iter().filter(|sentence| sentence.section.is_some()) {
        for figure in sentence.figures.iter().filter(|figure| figure.exact && "件份宗".contains(figure.counter)) {
            if let Some((printed, value, decimals)) = share_after(&sentence.text[figure.end..])
                && let Some(cells) = cells_before(report, sentence, figure)
            {
                let wholes: Vec<i64> = totals
                    .iter()
                    .chain(stated.iter().rev().take(50))
                    .copied()
                    .chain(sentence.figures.iter().map(|of| of.value))
                    .filter(|whole| *whole >= figure.value && *whole > 0)
                    .collect();
                let mut meanings: Vec<Meaning> = Vec::new();
                for whole in &totals {
                    let share = share_of(figure.value, *whole, decimals);
                    let name = format!("{}/{whole}", figure.value);
                    let meaning = Meaning { cells: cells.clone(), ..Meaning::plain(name, share) };
                    if !meanings.contains(&meaning) {
                        meanings.push(meaning);
                    }
                }
                let fits = wholes.iter().any(|whole| is_share(figure.value, *whole, value, decimals));
                found.push(sentence.statement(Saying::Percentages, printed, meanings, fits));
            }
            stated.push(figure.value);
        }
    }
    found
}

/// The percentage that says what share the figure before it is: as printed, in units of its last digit, its decimals.
fn share_after(rest: &str) -> Option<(String, i128, u32)> {
    let after = rest.strip_prefix(['，', ',', '（', '(']).unwrap_or(rest);
    let after = after.strip_prefix("占")?;
    let digits = after.find(|c: char| c.is_ascii_digit())?;
    let filler = |c: char| "比总数量的为申请办理结果答复全部件：".contains(c);
    if digits > 60 || !after[..digits].chars().all(filler) {
        return None;
    }
    let number = &after[digits..after[digits..].find('%').map(|end| digits + end)?];
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if number.len() > 8 || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = format!("{whole}{fraction}").parse().ok()?;
    // A few digits.
    Some((format!("{number}%"), value, fraction.len() as u32))
}

/// Whether `part` of `whole` is so many units of the last digit, rounded or cut off.
fn is_share(part: i64, whole: i64, value: i128, decimals: u32) -> bool {
    let (part, whole) = (i128::from(part), i128::from(whole));
    let scaled = part * 100 * 10_i128.pow(decimals);
    let rounded = (value * whole * 2 - scaled * 2).abs() <= whole;
    rounded || scaled / whole == value
}

fn share_of(part: i64, whole: i64, decimals: u32) -> String {
    let unit = 10_i128.pow(decimals);
    let scaled = (i128::from(part) * 100 * unit * 2 + i128::from(whole)) / (2 * i128::from(whole));
    if decimals == 0 {
        return format!("{scaled}%");
    }
    format!("{}.{:0width$}%", scaled / unit, scaled % unit, width = decimals as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_or_cut_off() {
        assert!(is_share(258, 805, 320, 1) && !is_share(258, 805, 339, 1));
        assert!(is_share(35, 805, 434, 2) && is_share(35, 805, 435, 2) && !is_share(35, 805, 436, 2));
        assert_eq!(share_of(258, 805, 1), "32.0%");
    }
}
