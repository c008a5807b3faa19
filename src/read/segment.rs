//! A page whose line breaks and cell borders were lost on the way: `…规章000行政规范性文件693665第二十条第（五）项…`.
//!
//! The line is parted at the section headings and, in the tables, at every label of the form. What is between two
//! labels is left as it is, a run of figures; [`super::reconstruct`] cuts it.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::figures::is_plain;
use super::limits::ReadError;
use super::lines::Line;
use super::words::SUBJECTS;
use crate::form::Layout;
use crate::narrative::Section;
use crate::text::{contains_any, folded, is_ideograph};

/// The lines and cells of a page; what a tool ran together in a line is parted, a cell is whole.
pub(super) fn parted<'a>(lines: Vec<Line<'a>>, limit: usize) -> Result<Vec<Line<'a>>, ReadError> {
    let mut parted = Vec::with_capacity(lines.len());
    for line in lines {
        if line.origin.row().is_some() || !part(line, &mut parted) {
            parted.push(line);
        }
        if parted.len() > limit {
            return Err(ReadError::TooManyLines { limit });
        }
    }
    Ok(parted)
}

/// Parts a line that holds rows of the form with nothing to part them; whether it is one.
pub(super) fn part<'a>(line: Line<'a>, into: &mut Vec<Line<'a>>) -> bool {
    let text = line.text;
    if is_row_of_digits(text) {
        into.extend(line.parts([text.len()]));
        return true;
    }
    // A page is a tenth of this.
    if text.len() > 64 << 10 {
        return false;
    }
    if text.len() > 200
        && let Some(mark) = ['|', '\t', ','].into_iter().find(|mark| holds_rows_between(*mark, text))
    {
        into.extend(line.cells(mark));
        return true;
    }
    if text.len() > 400 {
        // A short word is found at once, a long one is not.
        let holds = |word| text.contains(word);
        let runs_together =
            holds("信息内容") || holds("结果维持") || holds("本年新收") && holds("本年新收政府信息公开申请数量");
        if runs_together && !text.contains(['|', '\t']) {
            part_page(line, into);
            return true;
        }
    } else if text.ends_with(|c: char| c.is_ascii_digit())
        && let Some(labels) = labels_before_figures(text)
    {
        into.extend(line.parts(labels.into_iter().chain([text.len()])));
        return true;
    }
    false
}

/// Whether a line is all figures of table three, which has no labels: no count is as long.
fn is_row_of_digits(text: &str) -> bool {
    (15..=200).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line is a table, or a page, whose cells and rows stand between bars, tabs or commas: no row has as many cells.
fn holds_rows_between(mark: char, text: &str) -> bool {
    text.matches(mark).nth(20).is_some()
        && contains_any(text, &["信息内容", "申请人情况", "结果维持", "本年新收"])
        && text.split(mark).filter(|cell| is_plain(cell.trim())).nth(2).is_some()
}

/// Where the labels begin and end in a line that is labels and figures with nothing between them: `规章000`,
/// `三、本年度办理结果（一）予以公开2700201030`.
fn labels_before_figures(text: &str) -> Option<Vec<usize>> {
    let figures = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.'));
    let before = figures.chars().next_back()?;
    let after_label = is_ideograph(before) || matches!(before, '”' | '）' | ')');
    let adjacent = text[figures.len()..].starts_with(|c: char| c.is_ascii_digit());
    // One digit can be the mark of a note, but where the row has one cell.
    let is_figure = || text.len() - figures.len() > 1 || SINGLES.iter().any(|label| figures.ends_with(label));
    if !after_label || !adjacent || !is_figure() {
        return None;
    }
    let mut cuts = Vec::new();
    label_cuts(figures, (0, figures.len()), &[], &mut cuts);
    (cuts.last() == Some(&figures.len())).then_some(cuts)
}

/// The words that head the sections after their number, as published.
#[rustfmt::skip]
const HEADINGS: [&str; 22] = [
    "总体情况", "概述", "政府信息公开工作的基本情况", "行政机关主动公开政府信息情况", "主动公开政府信息情况",
    "行政机关收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况", "依申请公开政府信息情况",
    "政府信息依申请公开办理情况", "政府信息依申请公开工作情况", "政府信息公开行政复议、行政诉讼情况",
    "政府信息公开行政法复议、行政诉讼情况", "政府信息公开行政复议和行政诉讼情况",
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "因政府信息公开工作被申请行政复议提起行政诉讼情况",
    "政府信息公开工作存在的主要问题及改进情况", "存在的主要问题及改进情况", "存在的主要问题及整改措施",
    "存在问题及改进情况", "主要问题和改进措施", "其他需要报告的事项", "其他需要报告事项",
];

/// A label of the tables as it is looked for.
struct SoughtLabel {
    /// Its ideographs, without number.
    key: Vec<char>,
    /// The number before it with its dot, `2.`; figures can be right before it.
    number: &'static str,
}

/// The labels of all layouts by their first ideograph, the longest first.
static LABELS: LazyLock<HashMap<char, Vec<SoughtLabel>>> = LazyLock::new(|| {
    let of_form = Layout::newest_first().flat_map(|layout| layout.cells()).flat_map(|entry| entry.trail().skip(1));
    let printed = of_form.map(|(_, printed)| printed).chain(["信息内容", "申请人情况", "法人或其他组织"]);
    let mut labels: Vec<SoughtLabel> = Vec::new();
    for printed in printed {
        let dot = printed.find('.').filter(|_| printed.starts_with(|c: char| c.is_ascii_digit()));
        let (number, name) = printed.split_at(dot.map_or(0, |dot| dot + 1));
        let name =
            name.split_once('）').filter(|(number, _)| number.chars().count() == 2).map_or(name, |(_, name)| name);
        let key: Vec<char> = name.chars().filter(|c| is_ideograph(*c)).collect();
        if !labels.iter().any(|label| label.key == key && label.number == number) {
            labels.push(SoughtLabel { key, number });
        }
    }
    // With a number first: 3.其他 is found before 其他.
    labels.sort_by_key(|label| (std::cmp::Reverse(label.key.len()), label.number.is_empty()));
    let mut by_first: HashMap<char, Vec<SoughtLabel>> = HashMap::new();
    for label in labels {
        by_first.entry(label.key[0]).or_default().push(label);
    }
    by_first
});

/// The labels of the rows of one cell.
static SINGLES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let rows = Layout::newest_first().flat_map(|layout| layout.rows());
    rows.filter(|row| row.cells().len() == 1).map(|row| row.label()).collect()
});

/// The labels that a text can begin with.
fn labels_at(text: &str) -> impl Iterator<Item = &'static SoughtLabel> {
    let first = text.chars().map(folded).find(|c| is_ideograph(*c));
    first.and_then(|first| LABELS.get(&first)).into_iter().flatten()
}

/// Parts a line at its headings and labels.
fn part_page<'a>(line: Line<'a>, into: &mut Vec<Line<'a>>) {
    let text = line.text;
    let headings = heading_spans(text);
    let mut cuts: Vec<usize> = headings.iter().flat_map(|(start, end)| [*start, *end]).collect();
    label_cuts(text, tables_of(text), &headings, &mut cuts);
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    into.extend(line.parts(cuts));
}

/// Where headings and the title begin and end.
fn heading_spans(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if let Some(end) = text.find("年度报告").map(|at| at + "年度报告".len()).filter(|end| *end < 200) {
        found.push((0, end));
    }
    for (at, _) in text.match_indices(['、', '.', '．']) {
        let mark = at + text[at..].chars().next().map_or(1, char::len_utf8);
        let number = text[..at].chars().next_back().filter(|c| "一二三四五六七".contains(*c));
        let listed = || HEADINGS.iter().find(|heading| text[mark..].starts_with(*heading)).map(|heading| heading.len());
        if let Some(number) = number
            && let Some(length) = listed().or_else(|| other_heading(number, &text[mark..]))
        {
            found.push((at - number.len_utf8(), mark + length));
        }
    }
    found
}

/// The length of a heading in other words than the usual ones: it has the number of its section, says what that is about, and
/// ends as headings do.
fn other_heading(number: char, text: &str) -> Option<usize> {
    const PROBLEMS: &[&str] = &["情况", "措施", "计划", "打算", "思路", "方向", "安排", "举措"];
    let section = *Section::ALL.get("一二三四五六".chars().position(|of| of == number)?)?;
    let ends: &[&str] = match section {
        Section::Overview => return None,
        Section::Problems => PROBLEMS,
        Section::OtherMatters => &["事项"],
        Section::Article20 | Section::Requests | Section::Proceedings => &["情况"],
    };
    let (_, about) = SUBJECTS.iter().find(|(of, _)| *of == section)?;
    let is_end = |c: char| c.is_whitespace() || c.is_ascii_digit() || "，。；：,;:（(|".contains(c);
    let end = text.char_indices().find(|(at, c)| is_end(*c) || *at > 40 * 3).map_or(text.len(), |(at, _)| at);
    let words = &text[..end];
    let (at, word) = about.iter().filter_map(|word| Some((words.find(word)?, *word))).min()?;
    let after = at + word.len();
    let goes_on = || words[after..].starts_with(['及', '和', '与', '、', '以']);
    if at > 20 * 3 || section == Section::Problems && !goes_on() {
        return (at <= 20 * 3).then_some(after);
    }
    ends.iter().filter_map(|word| Some(after + words[after..].find(word)? + word.len())).min()
}

/// From the first heading of a table to the section that follows the tables.
fn tables_of(text: &str) -> (usize, usize) {
    let starts = ["信息内容", "申请人情况", "一、本年新收政府信息公开申请数量", "结果维持"];
    let start = starts.iter().filter_map(|word| text.find(word)).min().unwrap_or(text.len());
    let heading = |word: &&str| text[start..].find(*word).map(|at| start + at);
    let end = ["五、存在", "五、政府信息公开工作存在", "五、主要问题", "六、其他"].iter().filter_map(heading).min();
    (start, end.unwrap_or(text.len()))
}

/// Where the labels of the tables begin and end: 行政复议 in a heading is none.
fn label_cuts(text: &str, (start, end): (usize, usize), headings: &[(usize, usize)], cuts: &mut Vec<usize>) {
    let mut headings = headings.iter().peekable();
    let mut at = start;
    while at < end {
        while headings.next_if(|(_, end)| *end <= at).is_some() {}
        if let Some((_, end)) = headings.next_if(|(start, _)| *start <= at) {
            at = *end;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let begins = |label: &&SoughtLabel| text[..at].ends_with(label.number);
        let length = |label| Some((label, end_of(label, &text[at..end])?));
        let found = || labels_at(&text[at..]).filter(begins).find_map(length);
        if let Some((label, length)) = is_ideograph(c).then(found).flatten() {
            let number = if label.number.is_empty() { numbering_before(&text[..at]) } else { label.number.len() };
            cuts.extend([at - number, at + length]);
            at += length;
            // A figure ends where the number of what follows begins: 12.5（二）主要类别.
            let figure =
                text[at..end].len() - text[at..end].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
            let mut next = text[at + figure..end].trim_start().chars();
            let is_number =
                matches!(next.next(), Some('（' | '(')) && next.next().is_some_and(|c| "一二三四五六七".contains(c));
            cuts.extend((figure > 0 && is_number && matches!(next.next(), Some('）' | ')'))).then_some(at + figure));
        } else {
            at += c.len_utf8();
        }
    }
}

/// The length of a number in ideographs right before a label: `（七）`, `四、`.
fn numbering_before(text: &str) -> usize {
    let number = |c: char| "一二三四五六七".contains(c);
    let bracketed =
        text.strip_suffix(['）', ')']).and_then(|inner| inner.strip_suffix(number)?.strip_suffix(['（', '(']));
    let before = bracketed.or_else(|| text.strip_suffix('、')?.strip_suffix(number));
    before.map_or(0, |before| text.len() - before.len())
}

/// The length of a text's beginning that prints the label, closing brackets and quotation marks included.
fn end_of(label: &SoughtLabel, text: &str) -> Option<usize> {
    let mut key = label.key.iter().peekable();
    for (at, c) in text.char_indices() {
        let c = folded(c);
        match key.peek() {
            Some(&&expected) if c == expected => {
                key.next();
            }
            Some(_) if is_ideograph(c) || c.is_ascii_digit() => return None,
            Some(_) => {}
            None if matches!(c, '”' | '"' | '）' | ')' | '」' | '’') => {}
            // The unit in a heading: 本年收费金额（单位：万元）.
            None if matches!(c, '(' | '（') => return Some(at + unit(&text[at..])),
            None => return Some(at),
        }
    }
    if key.peek().is_none() { Some(text.len()) } else { None }
}

/// The length of a unit in brackets that a text begins with; 0 if there is none.
fn unit(text: &str) -> usize {
    let close = text.char_indices().take(16).find(|(_, c)| matches!(c, '）' | ')'));
    close.filter(|(at, _)| text[..*at].contains("单位")).map_or(0, |(at, c)| at + c.len_utf8())
}
