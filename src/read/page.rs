//! The reports of a page, and what is around their tables: headings and prose; title, agency, year and dates are the
//! business of [`super::frame`], the tables that of [`super::matcher`].

use std::borrow::Cow;

use super::figures::Tables;
use super::frame::Frame;
use super::headings::{Sections, heading_of};
use super::labels::SAMPLE_ROW;
use super::limits::ReadError;
use super::lines::Line;
use super::title::Title;
use super::words::compact;
use super::{Reader, Wanted, format, matcher, other_kind};
use crate::date::Year;
use crate::narrative::{FeeStatus, Narrative, OtherMatters, Paragraph, Part, ProcessingFee, Section};
use crate::number::{Amount, Count};
use crate::published::{OtherReport, PublishedReport};
use crate::text::{contains_any, trimmed, years};

/// Reads the reports of a document that are wanted from its lines, in reading order. One that is alone names the others.
pub(super) fn read(lines: &[Line<'_>], reader: &Reader, wanted: Wanted) -> Result<Vec<PublishedReport>, ReadError> {
    let Bounds { starts, heads } = Bounds::find(lines);
    if starts.len() > MOST_REPORTS {
        return Err(ReadError::TooManyReports { limit: MOST_REPORTS });
    }
    let lines = &*without(lines, &heads);
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let parts: Vec<&[Line<'_>]> = starts.iter().zip(ends).map(|(start, end)| &lines[*start..end]).collect();
    // The name of a file is that of one report.
    let file = reader.document.as_ref().and_then(|document| document.address.as_deref()).filter(|_| parts.len() == 1);
    if wanted == Wanted::All {
        return parts.into_iter().map(|part| read_one(part, reader, file)).collect();
    }
    let year_of = |part: &[Line<'_>]| Title::find(part).and_then(|title| title.year);
    let is_of_year = |part: &&[Line<'_>]| reader.stated.year.is_some_and(|year| year_of(part) == Some(year.get()));
    let own = if parts.len() > 1 { parts.iter().position(is_of_year).unwrap_or(0) } else { 0 };
    let mut report = read_one(parts[own], reader, file)?;
    let others = parts.iter().enumerate().filter(|(at, _)| *at != own);
    report.page.others = others.map(|(_, part)| named(part)).collect();
    Ok(vec![report])
}

/// No document has as many reports.
const MOST_REPORTS: usize = 100;

/// A report by its title, or the first words of its tables.
fn named(part: &[Line<'_>]) -> OtherReport {
    let title = Title::find(part);
    let first = &part[title.as_ref().map_or(0, |title| title.start)];
    let title = title.map_or_else(|| first.text.to_owned(), |title| title.text);
    OtherReport { title, place: Some(first.place_of(first.text)) }
}

/// The lines without those of these numbers.
fn without<'l, 'a>(lines: &'l [Line<'a>], left_out: &[usize]) -> Cow<'l, [Line<'a>]> {
    if left_out.is_empty() {
        return Cow::Borrowed(lines);
    }
    let stays = |at: &usize| left_out.binary_search(at).is_err();
    Cow::Owned((0..lines.len()).filter(stays).map(|at| lines[at]).collect())
}

/// Where the reports of a document are.
struct Bounds {
    /// Where each begins, without the heads.
    starts: Vec<usize>,
    /// The lines among the tables that are the title again: the head of a printed page.
    heads: Vec<usize>,
}

impl Bounds {
    /// Another report begins with its title, of another agency or year, where the numbers of the sections begin again; or,
    /// without one, with table one behind table three.
    fn find(lines: &[Line<'_>]) -> Bounds {
        let (mut starts, mut heads) = (vec![0], Vec::new());
        let mut own = Title::find(lines);
        let begin = own.as_ref().map_or(0, |title| title.end);
        let (mut last, mut titled): (Option<Section>, Option<Title<'_>>) = (None, None);
        for (at, line) in lines.iter().enumerate().skip(begin) {
            if line.text.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let heads_table_one = line.text.trim_start_matches(['|', ' ']).starts_with("信息内容");
            let section = heading_of(line.text).or(heads_table_one.then_some(Section::Article20));
            if let Some(section) = section {
                let before = last.replace(section);
                match titled.take() {
                    Some(title) if before.is_some_and(|before| section <= before) => {
                        let start = title.start - usize::from(title.above.is_some());
                        starts.push(start - heads.partition_point(|head| *head < start));
                        own = Some(title);
                    }
                    None if heads_table_one && before >= Some(Section::Proceedings) => starts.push(at - heads.len()),
                    _ => {}
                }
            } else if line.text.contains(['告', '报']) {
                let title = (1..=2).find_map(|count| Title::at(lines, (at + 1).saturating_sub(count), at + 1));
                let is_other = |title: &Title<'_>| own.as_ref().is_some_and(|own| title.is_of_another(own));
                match title {
                    Some(title) if is_other(&title) => titled = Some(title),
                    Some(title) if title.start == at && last < Some(Section::Problems) => heads.push(at),
                    _ => {}
                }
            }
        }
        Bounds { starts, heads }
    }
}

/// Reads a report from its lines.
fn read_one(lines: &[Line<'_>], reader: &Reader, file: Option<&str>) -> Result<PublishedReport, ReadError> {
    let title = title_of(lines);
    let begin = title.as_ref().map_or(0, |title| title.end);
    let sections = Sections::find(lines, begin);
    let frame = Frame::read(lines, title, &sections, file);
    let year = reader.stated.year.map(Year::get).or(frame.year());
    let limit = reader.limits.unmatched;
    let tables_end = sections.line_of(Section::Problems).or(sections.line_of(Section::OtherMatters));
    let tables = matcher::read(lines, (begin, tables_end.unwrap_or(lines.len())), year, limit);
    let mut report = match tables {
        Some(tables) if tables.strays() > limit => {
            return Err(ReadError::TooManyFigures { found: tables.strays(), limit });
        }
        Some(tables) => tables.into_report(),
        None => match year.filter(|year| *year < Year::FIRST) {
            Some(year) => return Err(ReadError::BeforeForm { year }),
            None if frame.title.is_none() && sections.headings.len() < FEWEST_SECTIONS => {
                return Err(not_a_report(lines));
            }
            None => Tables::none(year),
        },
    };
    frame.describe(&mut report.facts);
    describe(&sections, lines, &frame.ending.own, year, &mut report);
    if !sections.headings.is_empty() {
        let mut preamble = Part::default();
        frame.preamble().iter().for_each(|line| add_line(&mut preamble, line, line.text));
        report.facts.preamble = Some(preamble).filter(|preamble| !preamble.text.is_empty());
    }
    Ok(report)
}

/// Without a title and tables, so many headings of sections make a report.
const FEWEST_SECTIONS: usize = 4;

/// The title, misprinted or not.
fn title_of<'a>(lines: &[Line<'a>]) -> Option<Title<'a>> {
    let title = Title::find(lines);
    if title.as_ref().is_some_and(|title| title.year.is_some() || title.agency.is_some()) {
        return title;
    }
    let begins = |line: &Line<'_>| heading_of(line.text).is_some() || matcher::begins_table(line.text);
    let behind = title.as_ref().map_or(0, |title| title.end);
    let end = lines.iter().skip(behind).position(begins).map(|end| behind + end);
    end.and_then(|end| Title::misprinted(lines, behind, end)).or(title)
}

/// What says that lines are no report.
fn not_a_report(lines: &[Line<'_>]) -> ReadError {
    let is_english = |line: &Line<'_>| {
        let text = line.text.to_ascii_lowercase();
        text.contains("report") && text.contains("government information")
    };
    match lines.iter().take(400).any(is_english) {
        true => other_kind(format::ENGLISH),
        false => ReadError::NotAReport { row: SAMPLE_ROW },
    }
}

// ---- Sections ------------------------------------------------------------------------------------

/// Tells the report what is in its sections, the sixth of which has these lines.
fn describe(
    sections: &Sections<'_, '_>,
    lines: &[Line<'_>],
    sixth: &[Line<'_>],
    year: Option<u16>,
    report: &mut PublishedReport,
) {
    if let Some((title, body)) = sections.get(Section::Overview) {
        let end = body.iter().position(|line| matcher::begins_table(line.text)).unwrap_or(body.len());
        report.facts.overview = Some(Narrative { title: title.to_owned(), parts: parts(&body[..end]) });
    }
    if let Some((title, body)) = sections.get(Section::Problems) {
        report.facts.problems = Some(Narrative { title: title.to_owned(), parts: parts(body) });
    }
    if let Some((title, _)) = sections.get(Section::OtherMatters) {
        let parts = parts(sixth);
        let text: String = parts.iter().flat_map(|part| [part.heading.as_deref().unwrap_or(""), &part.text]).collect();
        let processing_fee = fee(&text, year);
        report.facts.other_matters = Some(OtherMatters { title: title.to_owned(), parts, processing_fee });
    }
    for section in [Section::Article20, Section::Requests, Section::Proceedings] {
        let body = sections.get(section).map_or(&[][..], |(_, body)| body);
        let remarks = body.iter().filter(|line| matcher::holds_sentence(line.text) && line.origin.row().is_none());
        let remark =
            |line: &Line<'_>| Paragraph { section, text: line.text.to_owned(), place: Some(line.place_of(line.text)) };
        report.page.remarks.extend(remarks.map(remark));
    }
    let heading = |(line, section): &(usize, Section)| {
        let line = &lines[*line];
        let title = line.text.trim_end_matches('|').trim_end().to_owned();
        Paragraph { section: *section, text: title, place: Some(line.place_of(line.text)) }
    };
    report.page.headings = sections.headings.iter().map(heading).collect();
}

/// Cuts prose at its sub-headings, （一）….
fn parts(lines: &[Line<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for line in lines {
        let heading = sub_heading(line.text);
        if parts.is_empty() || heading.is_some() {
            parts.push(Part { heading: heading.map(|(heading, _)| heading.to_owned()), ..Part::default() });
        }
        let text = heading.map_or(line.text, |(_, rest)| rest);
        if let Some(part) = parts.last_mut().filter(|_| !text.is_empty()) {
            add_line(part, line, text);
        }
    }
    parts
}

/// Adds the text of a line to a part.
fn add_line(part: &mut Part, line: &Line<'_>, text: &str) {
    if !part.text.is_empty() {
        part.text.push('\n');
    }
    part.text.push_str(text);
    part.places.push(line.place_of(text));
}

/// A sub-heading at the beginning of a line, and the text that follows it there.
fn sub_heading(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix(['（', '('])?;
    let (number, _) = inner.split_once(['）', ')'])?;
    if number.is_empty()
        || number.chars().count() > 3
        || !number.chars().all(|c| "一二三四五六七八九十1234567890".contains(c))
    {
        return None;
    }
    match text.split_once('。') {
        Some((heading, rest)) if heading.chars().count() <= 30 => Some((heading, trimmed(rest))),
        Some(_) => None,
        None if text.chars().count() <= 40 => Some((text, "")),
        None => None,
    }
}

// ---- Processing fees -----------------------------------------------------------------------------

/// What a text says on processing fees; `None` if nothing. An amount that could be another than the one collected is not
/// taken.
fn fee(text: &str, year: Option<u16>) -> Option<ProcessingFee> {
    const DENIALS: [&str; 10] =
        ["未", "没有", "不收", "不存在", "不涉及", "无收取", "无信息", "无政府信息", "无收费", "无相关"];
    let text = without_separators(&compact(text));
    let about = |sentence: &&str| {
        contains_any(sentence, &["处理费", "收费通知"])
            || sentence.contains("信息公开") && contains_any(sentence, &["收费", "收取"])
    };
    let named_after = |sentence: &str| sentence.rsplit_once('《').is_none_or(|(_, title)| title.contains('》'));
    let sentences: Vec<&str> = text.split(['。', ';']).filter(about).filter(|sentence| named_after(sentence)).collect();
    let first = *sentences.first()?;
    // 2023年度200元，2024年度同上年: the year that is named last before an amount is its own.
    let of_this_year = |stated: &StatedAmount<'_>| {
        years(&first[..stated.at]).last().is_none_or(|(_, of)| year.is_none_or(|year| of == year))
    };
    let amounts: Vec<StatedAmount<'_>> = amounts_in(first).filter(of_this_year).take(MOST_AMOUNTS).collect();
    let notices = first
        .split_once("收费通知")
        .and_then(|(_, after)| count_before(after, ['件', '份']))
        .and_then(|count| Count::new(count).ok());
    let denial = contains_any(first, &DENIALS);
    let amount_stated = |sentence: &&str| {
        sentence.contains("万元") || amounts_in(sentence).any(|stated| !stated.amount.get().is_zero())
    };
    if denial && notices.is_none() && !sentences.iter().any(amount_stated) {
        let none_issued = contains_any(first, &["未发", "没有发", "未出具", "未印发", "未制发", "未下发", "未开具"]);
        let notices = (none_issued && first.contains("收费通知")).then_some(Count::from(0_u32));
        return Some(ProcessingFee { status: FeeStatus::None, notices, notified: None, collected: None });
    }
    let whole = ["共计", "合计", "总计", "累计"].iter().filter_map(|word| first.find(word)).min();
    let of_other_year =
        year.is_some_and(|year| years(first).next().is_some() && years(first).all(|(_, of)| of != year));
    // 截至2024年底累计 counts from the beginning.
    let of_all_years = contains_any(first, &["截至", "截止", "以来"]) && first.contains("累计");
    let is_unclear = of_other_year || of_all_years || first.contains("万元") || amounts.len() == MOST_AMOUNTS;
    let one_of = |amounts: Vec<&StatedAmount<'_>>| match (amounts.as_slice(), whole) {
        _ if is_unclear => None,
        ([stated], _) => Some(stated.amount),
        (amounts, Some(whole)) => amounts.iter().find(|stated| stated.at > whole).map(|stated| stated.amount),
        _ => None,
    };
    let names_notice = first.contains("通知");
    let notified = |stated: &&StatedAmount<'_>| {
        !contains_any(stated.clause, PAID) && contains_any(stated.clause, &["通知", "总金额", "金额", "共计", "合计"])
    };
    // Beside notices only what was paid is collected.
    let paid = |stated: &&StatedAmount<'_>| !names_notice || contains_any(stated.clause, PAID);
    Some(ProcessingFee {
        status: FeeStatus::Stated,
        notices,
        notified: if names_notice { one_of(amounts.iter().filter(notified).collect()) } else { None },
        collected: if denial { None } else { one_of(amounts.iter().filter(paid).collect()) },
    })
}

/// No sentence has as many amounts.
const MOST_AMOUNTS: usize = 100;

/// What says that an amount was paid.
const PAID: &[&str] = &["实际", "实收", "已收", "收到", "缴纳", "到账", "入库"];

/// The text without the commas that part thousands: 1,200.
fn without_separators(text: &str) -> String {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let parts = |at: usize| {
        let after = text[at + 1..].chars().take_while(char::is_ascii_digit).count();
        digit(text[..at].chars().next_back()) && after == 3
    };
    text.char_indices().filter(|(at, c)| *c != ',' || !parts(*at)).map(|(_, c)| c).collect()
}

/// An amount of a sentence.
struct StatedAmount<'s> {
    /// Where it begins.
    at: usize,
    amount: Amount,
    /// What stands between the commas around it.
    clause: &'s str,
}

/// The exact amounts in 元 of a sentence that were notified or collected: no rates, bounds, refunds, plans.
fn amounts_in(sentence: &str) -> impl Iterator<Item = StatedAmount<'_>> {
    #[rustfmt::skip]
    const BEFORE: &[&str] = &[
        "约", "近", "逾", "超过", "不超过", "不足", "未满", "不到", "低于", "高于", "至多", "最多", "至少", "上限", "每件", "每份", "每页", "每次",
        "标准为", "满", "-", "－", "负",
    ];
    const RANGE: &[char] = &['-', '—', '–', '~', '至', '到', '或'];
    const AFTER: &[&str] = &["/", "每", "以", "左右", "上下", "的标准"];
    #[rustfmt::skip]
    const OTHER: &[&str] = &[
        "退", "返还", "计划", "拟", "预计", "预算", "将", "标准", "减免", "免收", "应收", "起收", "上年", "上一年", "去年", "往年", "历年",
    ];
    let ends = sentence.match_indices('元').filter(|(at, _)| !sentence[..*at].ends_with('万'));
    ends.filter_map(|(at, unit)| {
        let before = &sentence[..at];
        let start = before
            .rfind(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        // As much of the clause as says what the amount is.
        let from = before[..start].char_indices().rev().take(40).take_while(|(_, c)| *c != ',').last();
        let after = &sentence[at + unit.len()..];
        let to = after.char_indices().take(40).take_while(|(_, c)| *c != ',').last();
        let end = at + unit.len() + to.map_or(0, |(at, c)| at + c.len_utf8());
        let clause = &sentence[from.map_or(start, |(at, _)| at)..end];
        let is_end = |c: char| c.is_ascii_digit() || c == '元';
        let is_range =
            before[..start].strip_suffix(RANGE).is_some_and(|from| from.trim_end_matches(RANGE).ends_with(is_end))
                || after.strip_prefix(RANGE).is_some_and(|to| to.trim_start_matches(RANGE).starts_with(is_end));
        // 1,20元 is neither 120 nor 20.
        let is_cut =
            before[..start].strip_suffix([',', '，']).is_some_and(|from| from.ends_with(|c: char| c.is_ascii_digit()));
        let exact = !is_range
            && !is_cut
            && !BEFORE.iter().any(|word| before[..start].ends_with(word))
            && !AFTER.iter().any(|word| after.starts_with(word))
            && !contains_any(clause, OTHER);
        Some(StatedAmount { at: start, amount: before[start..].parse().ok().filter(|_| exact)?, clause })
    })
}

/// The whole number right before the first of these units.
fn count_before(text: &str, units: [char; 2]) -> Option<u64> {
    let (before, _) = text.split_once(units)?;
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    before[before.len() - digits..].parse().ok()
}
