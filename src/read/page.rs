//! What is around the tables: title, agency, year, dates, headings, prose; the tables are the business of
//! [`super::matcher`].

use std::borrow::Cow;

use super::figures::Tables;
use super::labels::SAMPLE_ROW;
use super::limits::{Limits, ReadError};
use super::lines::Line;
use super::words::compact;
use super::{Wanted, matcher};
use crate::agency::{Agency, AgencyKind};
use crate::date::{Date, Year};
use crate::facts::{Source, SourceKind};
use crate::narrative::{FeeStatus, Narrative, OtherMatters, Paragraph, Part, ProcessingFee, Section};
use crate::number::{Amount, Count};
use crate::published::{OtherReport, PublishedReport};
use crate::text::{contains_any, half_width, is_ideograph, trimmed, years};

/// Reads the reports of a document that are wanted from its lines, in reading order. One that is alone names the others.
pub(super) fn read(
    lines: &[Line<'_>],
    limits: &Limits,
    stated: Option<Year>,
    wanted: Wanted,
) -> Result<Vec<PublishedReport>, ReadError> {
    let Bounds { starts, heads } = Bounds::find(lines);
    if starts.len() > MOST_REPORTS {
        return Err(ReadError::TooManyReports { limit: MOST_REPORTS });
    }
    let lines = &*without(lines, &heads);
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let parts: Vec<&[Line<'_>]> = starts.iter().zip(ends).map(|(start, end)| &lines[*start..end]).collect();
    if wanted == Wanted::All {
        return parts.into_iter().map(|part| read_one(part, limits, stated)).collect();
    }
    let year_of = |part: &[Line<'_>]| Title::find(part).and_then(|title| title.year);
    let is_of_year = |part: &&[Line<'_>]| stated.is_some_and(|year| year_of(part) == Some(year.get()));
    let own = if parts.len() > 1 { parts.iter().position(is_of_year).unwrap_or(0) } else { 0 };
    let mut report = read_one(parts[own], limits, stated)?;
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
            let heads_table_one = line.text.starts_with("信息内容");
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
fn read_one(lines: &[Line<'_>], limits: &Limits, stated: Option<Year>) -> Result<PublishedReport, ReadError> {
    let title = Title::find(lines);
    let begin = title.as_ref().map_or(0, |title| title.end);
    let year = stated.map(Year::get).or(title.as_ref().and_then(|title| title.year));
    let sections = Sections::find(lines, begin);
    let tables_end = sections.line_of(Section::Problems).or(sections.line_of(Section::OtherMatters));
    let tables = matcher::read(lines, (begin, tables_end.unwrap_or(lines.len())), year, limits.unmatched);
    let mut report = match tables {
        Some(tables) if tables.strays() > limits.unmatched => {
            return Err(ReadError::TooManyFigures { found: tables.strays(), limit: limits.unmatched });
        }
        Some(tables) => tables.into_report(),
        None => match year.filter(|year| *year < Year::FIRST) {
            Some(year) => return Err(ReadError::BeforeForm { year }),
            None if title.is_none() => return Err(ReadError::NotAReport { row: SAMPLE_ROW }),
            None => Tables::none(year),
        },
    };
    if let Some(title) = title {
        title.describe(lines, &mut report);
    }
    let signature = sections.describe(year, &mut report);
    let end = sections.headings.first().map_or(lines.len().min(begin + 40), |(line, _)| *line).max(begin);
    if report.facts.title.is_some() && !sections.headings.is_empty() {
        let mut preamble = Part::default();
        lines[begin..end].iter().for_each(|line| add_line(&mut preamble, line, line.text));
        report.facts.preamble = Some(preamble).filter(|preamble| !preamble.text.is_empty());
    }
    dates(&lines[..end], begin, signature, &mut report);
    Ok(report)
}

// ---- Title ---------------------------------------------------------------------------------------

struct Title<'a> {
    /// The line it begins in, and the line after it.
    start: usize,
    end: usize,
    text: String,
    year: Option<u16>,
    year_words: String,
    agency: Option<String>,
    /// The agency, where it is alone on the line above.
    above: Option<&'a str>,
}

impl<'a> Title<'a> {
    /// The title: the last line, or lines, before the first section that say whose report of which year this is; failing
    /// that, of which year.
    fn find(lines: &[Line<'a>]) -> Option<Title<'a>> {
        let mut best: Option<Title<'a>> = None;
        let rank = |title: &Title<'_>| usize::from(title.year.is_some()) * 2 + usize::from(title.agency.is_some());
        for end in 1..=lines.len().min(400) {
            let line = lines[end - 1].text;
            if best.is_some() && (heading_of(line).is_some() || matcher::begins_table(line)) {
                break;
            }
            if !line.contains(['告', '报']) {
                continue;
            }
            let Some(title) = (1..=3.min(end)).find_map(|count| Title::at(lines, end - count, end)) else { continue };
            // The last one before the report begins: above it can be links to other reports.
            if best.as_ref().is_none_or(|best| rank(best) <= rank(&title)) {
                best = Some(title);
            }
        }
        best
    }

    fn at(lines: &[Line<'a>], start: usize, end: usize) -> Option<Title<'a>> {
        let printed: String = lines[start..end].iter().map(|line| without_page(line.text)).collect();
        if printed.len() > 240 || printed.contains(['。', '，', ',', '；', ';', '：', ':', '>', '“', '《', '|', '!'])
        {
            return None;
        }
        let text = compact(&printed);
        // （2024年）, （修订版）.
        let name =
            text.strip_suffix(['）', ')']).and_then(|inner| inner.rsplit_once(['（', '('])).map(|(name, _)| name);
        let name = name.unwrap_or(&text);
        let named = text.contains("政府信息公开")
            && ["年度报告", "工作报告", "情况报告", "公开报告", "年报"].iter().any(|ending| name.ends_with(ending));
        if !named || text.starts_with("关于做好") || text.starts_with("根据") {
            return None;
        }
        let found = year_in(&text);
        let (year, year_words) = found.map_or((None, String::new()), |(_, year, words)| (Some(year), words.to_owned()));
        let subject = |text: &str| {
            let name = text.trim_start_matches("关于").trim_end_matches('的').trim_end_matches("关于");
            // 二〇二四年 or 2020- is no end of a name.
            let cut_off = name.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '年' | '-' | '—' | '至'));
            if name.is_empty() || cut_off || name.chars().count() > 40 { None } else { Some(name.to_owned()) }
        };
        let before = found.map_or(text.as_str(), |(at, _, _)| &text[..at]);
        let before = before.split("政府信息公开").next().unwrap_or(before);
        let after = found.and_then(|(at, _, words)| text[at + words.len()..].split("政府信息公开").next());
        let agency = subject(before)
            .or_else(|| after.filter(|_| before.trim_start_matches("关于").is_empty()).and_then(subject));
        let above = if agency.is_none() && start > 0 { agency_in(lines[start - 1].text) } else { None };
        let agency = agency.or_else(|| above.map(compact));
        let text = above.map_or(printed.clone(), |above| format!("{above}{printed}"));
        Some(Title { start, end, text, year, year_words, agency, above })
    }

    /// Whether it is of another agency, or of another year.
    fn is_of_another(&self, other: &Title<'_>) -> bool {
        let differ = |one: &str, other: &str| !one.contains(other) && !other.contains(one);
        let agencies = self.agency.as_deref().zip(other.agency.as_deref());
        agencies.is_some_and(|(one, other)| differ(one, other))
            || self.year.zip(other.year).is_some_and(|(one, other)| one != other)
    }

    fn describe(self, lines: &[Line<'_>], report: &mut PublishedReport) {
        let line = lines[self.start];
        let place = Some(line.place_of(line.text));
        let first = lines[self.start - usize::from(self.above.is_some())];
        report.facts.evidence.title =
            Some(Source { kind: SourceKind::Title, words: self.text.clone(), place: Some(first.place_of(first.text)) });
        if let Some(year) = self.year.and_then(|year| Year::new(year).ok()) {
            report.facts.year = Some(year);
            report.facts.evidence.year =
                Some(Source { kind: SourceKind::Title, words: self.year_words, place: place.clone() });
        }
        if let Some(name) = self.agency {
            report.facts.evidence.agency = Some(match self.above {
                Some(words) => {
                    let line = lines[self.start - 1];
                    Source {
                        kind: SourceKind::LineAbove,
                        words: words.to_owned(),
                        place: Some(line.place_of(line.text)),
                    }
                }
                None => Source { kind: SourceKind::Title, words: name.clone(), place },
            });
            let inferred = AgencyKind::infer(&name).map(|(kind, words)| (kind, words.to_owned()));
            let mut agency = Agency::named(name);
            if let Some((kind, words)) = inferred {
                agency.kind = Some(kind);
                report.facts.evidence.agency_kind = Some(Source { kind: SourceKind::NameEnding, words, place: None });
            }
            report.facts.agency = Some(agency);
        }
        report.facts.title = Some(self.text);
    }
}

/// The agency that a line names, and nothing else.
fn agency_in(line: &str) -> Option<&str> {
    #[rustfmt::skip]
    const ENDINGS: [&str; 15] = [
        "政府", "局", "委员会", "委", "厅", "办公室", "街道", "镇", "乡", "管委会", "处", "中心", "部", "院", "办",
    ];
    let line = trimmed(line);
    let is_name = line.chars().count() <= 30
        && !line.contains(['：', ':', '。', '>'])
        && ENDINGS.iter().any(|ending| line.ends_with(ending));
    is_name.then_some(line)
}

/// A line without what a tool or a page header puts before a title: `标题:`, `Page 8 -`.
fn without_page(text: &str) -> &str {
    let text = text.strip_prefix("标题:").unwrap_or(text);
    let page = text.strip_prefix("Page ").and_then(|rest| rest.split_once(" - "));
    trimmed(page.map_or(text, |(_, title)| title))
}

/// The first year of four digits before 年: where, which, and the words `2024年度`.
fn year_in(text: &str) -> Option<(usize, u16, &str)> {
    let (start, year) = years(text).find(|(_, year)| (1990..2100).contains(year))?;
    let end = start + 4 + '年'.len_utf8();
    let end = if text[end..].starts_with("度报告") || !text[end..].starts_with('度') {
        end
    } else {
        end + '度'.len_utf8()
    };
    Some((start, year, &text[start..end]))
}

// ---- Headings and prose --------------------------------------------------------------------------

/// The sections after the title.
struct Sections<'l, 'a> {
    lines: &'l [Line<'a>],
    /// The line of each heading, in the order of the page.
    headings: Vec<(usize, Section)>,
}

impl<'l, 'a> Sections<'l, 'a> {
    /// One line a section, the last where a section is headed twice (a second numbering begins before the tables), but the
    /// first of section one.
    fn find(lines: &'l [Line<'a>], begin: usize) -> Sections<'l, 'a> {
        let mut headings: Vec<(usize, Section)> = Vec::new();
        // Most lines are figures.
        let words = |line: &Line<'_>| !line.text.starts_with(|c: char| c.is_ascii_digit());
        for (index, line) in lines.iter().enumerate().skip(begin).filter(|(_, line)| words(line)) {
            let Some(section) = heading_of(line.text) else { continue };
            match headings.iter_mut().find(|(_, of)| *of == section) {
                Some(_) if section == Section::Overview => {}
                Some(known) => known.0 = index,
                None => headings.push((index, section)),
            }
        }
        headings.sort_unstable_by_key(|(line, _)| *line);
        Sections { lines, headings }
    }

    fn line_of(&self, section: Section) -> Option<usize> {
        self.headings.iter().find(|(_, of)| *of == section).map(|(line, _)| *line)
    }

    /// The heading of a section, and the lines below it.
    fn get(&self, section: Section) -> Option<(&'l str, &'l [Line<'a>])> {
        let start = self.line_of(section)?;
        let end = self.headings.iter().map(|(line, _)| *line).find(|line| *line > start).unwrap_or(self.lines.len());
        Some((self.lines[start].text, &self.lines[start + 1..end]))
    }

    /// Tells the report what is in the sections; returns the date of the signature, with its line.
    fn describe(&self, year: Option<u16>, report: &mut PublishedReport) -> Option<(Date, Line<'a>)> {
        if let Some((title, body)) = self.get(Section::Overview) {
            let end = body.iter().position(|line| matcher::begins_table(line.text)).unwrap_or(body.len());
            report.facts.overview = Some(Narrative { title: title.to_owned(), parts: parts(&body[..end]) });
        }
        if let Some((title, body)) = self.get(Section::Problems) {
            report.facts.problems = Some(Narrative { title: title.to_owned(), parts: parts(body) });
        }
        let mut signature = None;
        if let Some((title, body)) = self.get(Section::OtherMatters) {
            let (body, signed) = without_signature(body, report.facts.agency.as_ref());
            signature = signed;
            let parts = parts(body);
            let text: String =
                parts.iter().flat_map(|part| [part.heading.as_deref().unwrap_or(""), &part.text]).collect();
            let processing_fee = fee(&text, year);
            report.facts.other_matters = Some(OtherMatters { title: title.to_owned(), parts, processing_fee });
        }
        for section in [Section::Article20, Section::Requests, Section::Proceedings] {
            let body = self.get(section).map_or(&[][..], |(_, body)| body);
            let remarks = body.iter().filter(|line| matcher::holds_sentence(line.text) && line.origin.row().is_none());
            let remark = |line: &Line<'_>| Paragraph {
                section,
                text: line.text.to_owned(),
                place: Some(line.place_of(line.text)),
            };
            report.page.remarks.extend(remarks.map(remark));
        }
        let heading = |(line, section): &(usize, Section)| {
            let line = &self.lines[*line];
            let title = line.text.trim_end_matches('|').trim_end().to_owned();
            Paragraph { section: *section, text: title, place: Some(line.place_of(line.text)) }
        };
        report.page.headings = self.headings.iter().map(heading).collect();
        signature
    }
}

fn heading_of(text: &str) -> Option<Section> {
    let mut characters = text.chars();
    let first = characters.next()?;
    let numbered = match first {
        '一' | '二' | '三' | '四' | '五' | '六' | '七' => {
            matches!(trimmed(characters.as_str()).chars().next()?, '、' | '.' | '．' | ',' | '，')
        }
        '、' => true,
        _ => false,
    };
    if !numbered || text.len() > 150 || matcher::holds_sentence(text) || matcher::is_row(text) {
        return None;
    }
    let text = compact(text);
    let has = |words: &[&str]| contains_any(&text, words);
    if matcher::is_row(&text) {
        None
    } else if has(&["行政复议", "行政诉讼", "行政法复议"]) {
        Some(Section::Proceedings)
    } else if has(&["收到和处理", "公开申请", "依申请公开"]) {
        Some(Section::Requests)
    } else if has(&["主动公开"]) {
        Some(Section::Article20)
    } else if has(&["总体情况", "概述", "基本情况"]) {
        Some(Section::Overview)
    } else if has(&["问题"]) {
        Some(Section::Problems)
    } else if has(&["其他"]) && has(&["事项", "报告"]) {
        Some(Section::OtherMatters)
    } else {
        None
    }
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

/// Section six without what follows it on the page: the signature block, words of the site.
fn without_signature<'l, 'a>(
    lines: &'l [Line<'a>],
    agency: Option<&Agency>,
) -> (&'l [Line<'a>], Option<(Date, Line<'a>)>) {
    #[rustfmt::skip]
    const SITE: [&str; 14] = [
        "附件", "文件下载", "关联文件", "相关链接", "相关文件", "扫一扫", "打印", "关闭", "分享", "版权所有", "主办",
        "（此件", "(此件", "上一篇",
    ];
    let end = lines
        .iter()
        .position(|line| SITE.iter().any(|word| line.text.trim_start_matches(['【', '[']).starts_with(word)));
    let own = &lines[..end.unwrap_or(lines.len())];
    let signed = own.iter().enumerate().rev().find_map(|(index, line)| Some((index, whole_date(line.text)?)));
    let Some((index, date)) = signed else { return (own, None) };
    let mut end = index;
    let name = agency.map(|agency| compact(&agency.name));
    if end > 0 && name.is_some_and(|name| compact(own[end - 1].text) == name) {
        end -= 1;
    }
    (&own[..end], Some((date, own[index])))
}

// ---- Dates ---------------------------------------------------------------------------------------

/// The day of publication: as the page says it, or in brackets under the title, or in the signature block.
fn dates<'a>(head: &[Line<'a>], begin: usize, signature: Option<(Date, Line<'a>)>, report: &mut PublishedReport) {
    const LABELS: [&str; 9] =
        ["发布日期", "发布时间", "公开日期", "生成日期", "成文日期", "发文日期", "撰写时间", "日期", "时间"];
    let mut best: Option<(usize, SourceKind, Date, Line<'a>)> = None;
    let mut offer = |rank: usize, kind: SourceKind, date: Date, line: Line<'a>| {
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
    let source =
        |kind, line: Line<'_>| Source { kind, words: line.text.to_owned(), place: Some(line.place_of(line.text)) };
    if let Some((date, line)) = signature {
        let evidence = Some(source(SourceKind::Signature, line));
        (report.facts.signed_on, report.facts.evidence.signed_on) = (Some(date), evidence);
        offer(LABELS.len() + 2, SourceKind::Signature, date, line);
    }
    if let Some((_, kind, date, line)) = best {
        report.facts.published_on = Some(date);
        report.facts.evidence.published_on = Some(source(kind, line));
    }
}

/// The day at the beginning of a text: `2025-02-14`, `2024年01月12日`, `2023 年 1 月 16 日`; and what follows it.
fn leading_date(text: &str) -> Option<(Date, &str)> {
    fn number(text: &str, most: usize) -> Option<(u16, &str)> {
        let text = text.trim_start();
        let mut value = 0_u16;
        let mut end = 0;
        for (count, (at, c)) in text.char_indices().enumerate() {
            let Some(digit) = half_width(c).to_digit(10) else { break };
            if count == most {
                return None;
            }
            // Four digits fit.
            value = value * 10 + digit as u16;
            end = at + c.len_utf8();
        }
        if end == 0 { None } else { Some((value, &text[end..])) }
    }
    fn after<'t>(text: &'t str, marks: &[char]) -> Option<&'t str> {
        text.trim_start().strip_prefix(marks)
    }
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(after(rest, &['年', '-', '/', '.', '－', '—'])?, 2)?;
    let (day, rest) = number(after(rest, &['月', '-', '/', '.', '－', '—'])?, 2)?;
    let rest = rest.trim_start().strip_prefix('日').unwrap_or(rest);
    // Two digits fit a byte.
    let date = Date::new(year, month as u8, day as u8).ok()?;
    if (2000..2100).contains(&year) { Some((date, rest.trim_start())) } else { None }
}

/// The day a text consists of. Where a site dropped 年月日, `2025214`, the digits must allow one day only.
fn whole_date(text: &str) -> Option<Date> {
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
    let amounts: Vec<StatedAmount<'_>> = amounts_in(first).take(MOST_AMOUNTS).collect();
    let notices = first
        .split_once("收费通知")
        .and_then(|(_, after)| count_before(after, ['件', '份']))
        .and_then(|count| Count::new(count).ok());
    let denial = contains_any(first, &DENIALS);
    let amount_stated = |sentence: &&str| {
        sentence.contains("万元") || amounts_in(sentence).any(|stated| !stated.amount.get().is_zero())
    };
    if denial && notices.is_none() && !sentences.iter().any(amount_stated) {
        return Some(ProcessingFee { status: FeeStatus::None, notices: None, notified: None, collected: None });
    }
    let whole = ["共计", "合计", "总计", "累计"].iter().filter_map(|word| first.find(word)).min();
    let of_other_year =
        year.is_some_and(|year| years(first).next().is_some() && years(first).all(|(_, of)| of != year));
    let is_unclear = of_other_year || first.contains("万元") || amounts.len() == MOST_AMOUNTS;
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
        "标准为",
    ];
    const RANGE: &[char] = &['-', '—', '–', '~', '至', '到', '或'];
    const AFTER: &[&str] = &["/", "每", "以", "左右", "上下", "的标准"];
    const OTHER: &[&str] = &["退", "返还", "计划", "拟", "预计", "预算", "将", "标准", "减免", "免收", "应收未收"];
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
        let exact = !is_range
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
