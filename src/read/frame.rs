//! The facts around the tables, each from the strongest of the places that state it: the title, which is the report's own
//! name; the preamble, which presents it; the period, which says what the figures are of; the signature; the source that the
//! page names, which can be a part of the agency; the names of worksheet and file, which whoever saved it gave. What names no
//! agency in full is left: a wrong one is worse than none.

use super::dates::{leading_date, published, whole_date};
use super::headings::Sections;
use super::lines::Line;
use super::title::{Named, Title, is_full_name};
use super::words::compact;
use crate::agency::inference::leaves_no_doubt;
use crate::agency::{Agency, AgencyKind};
use crate::date::{Date, Year};
use crate::facts::{Facts, Source, SourceKind};
use crate::narrative::Section;
use crate::place::Place;
use crate::prose::period_of_report;
use crate::text::trimmed;

/// How many lines above section one a preamble has at most.
const NEAR: usize = 60;

/// What is known of a report around its tables.
pub(super) struct Frame<'l, 'a> {
    lines: &'l [Line<'a>],
    pub title: Option<Title<'a>>,
    /// The lines before section one.
    head: &'l [Line<'a>],
    /// The line behind the title, or where the preamble of a report without one begins.
    begin: usize,
    year: Option<(u16, Source)>,
    agency: Option<(String, Source)>,
    /// The day of publication.
    published: Option<(Date, Source)>,
    pub ending: Ending<'a>,
}

impl<'l, 'a> Frame<'l, 'a> {
    /// What the lines of a report state, and the name of its file.
    pub(super) fn read(
        lines: &'l [Line<'a>],
        title: Option<Title<'a>>,
        sections: &Sections<'l, 'a>,
        file: Option<&str>,
    ) -> Frame<'l, 'a> {
        let behind_title = title.as_ref().map_or(0, |title| title.end);
        let end = sections.headings.first().map_or(lines.len().min(behind_title + 40), |(line, _)| *line);
        let head = &lines[..end.max(behind_title)];
        let sentence = || head.iter().position(|line| line.text.contains('。')).unwrap_or(head.len());
        let begin = title.as_ref().map_or_else(sentence, |title| title.end);
        // Without a title or a sentence, what is right above section one can be the preamble.
        let preamble = Passage::of(&head[begin.min(end.saturating_sub(NEAR)).max(behind_title)..]);
        let overview = Passage::of(sections.get(Section::Overview).map_or(&[], |(_, body)| body));
        let presented = preamble.presented();
        let [sheet, file] = [sheet(lines), file.map(|file| (file_name(file), SourceKind::FileName, None))]
            .map(|named| named.map(|(name, kind, place)| stated_by_name(&name, kind, place)).unwrap_or_default());
        let agency = title.as_ref().and_then(|title| title.stated_agency(lines));
        let agency = agency.or(presented.1).or_else(|| preamble.maker()).or_else(|| named_alone(head, begin));
        let last = sections.get(Section::OtherMatters).map_or(&[][..], |(_, body)| body);
        let ending = Ending::of(last, agency.as_ref().map(|(name, _)| name.as_str()));
        let agency = agency.or_else(|| ending.agency.clone()).or_else(|| source_line(head)).or(sheet.1).or(file.1);
        let published = published(head, behind_title).or(ending.signed.clone());
        let own = title.as_ref().and_then(|title| title.stated_year(lines));
        let days = [&published, &ending.signed].map(|day| day.as_ref().map(|(day, _)| day.year()));
        let in_time = |(year, _): &(u16, Source)| follows(*year, days);
        let period = || preamble.period().or_else(|| overview.period()).filter(in_time);
        let year = own.or(presented.0).or_else(period).or(sheet.0).or(file.0);
        Frame { lines, title, begin, head, year, agency, published, ending }
    }

    pub(super) fn year(&self) -> Option<u16> {
        self.year.as_ref().map(|(year, _)| *year)
    }

    /// The lines between the title and section one.
    pub(super) fn preamble(&self) -> &'l [Line<'a>] {
        &self.head[self.begin..]
    }

    /// Tells what is known, with the evidence.
    pub(super) fn describe(&self, facts: &mut Facts) {
        let evidence = &mut facts.evidence;
        if let Some(title) = &self.title {
            (facts.title, evidence.title) = (Some(title.text.clone()), Some(title.source(self.lines)));
        }
        if let Some((year, source)) = &self.year
            && let Ok(year) = Year::new(*year)
        {
            (facts.year, evidence.year) = (Some(year), Some(source.clone()));
        }
        if let Some((name, source)) = &self.agency {
            let mut agency = Agency::named(name);
            if let Some((kind, words)) = AgencyKind::infer(name) {
                agency.kind = Some(kind);
                let by = if leaves_no_doubt(name) { SourceKind::FullName } else { SourceKind::NameEnding };
                evidence.agency_kind = Some(Source { kind: by, words: words.to_owned(), place: None });
            }
            (facts.agency, evidence.agency) = (Some(agency), Some(source.clone()));
        }
        if let Some(title) = &self.title
            && let Some((scope, words)) = title.scope(facts.agency.as_ref().and_then(|agency| agency.kind))
        {
            let source = Source { words: words.to_owned(), ..title.source(self.lines) };
            (facts.scope, facts.evidence.scope) = (scope, Some(source));
        }
        let evidence = &mut facts.evidence;
        if let Some((date, source)) = &self.ending.signed {
            (facts.signed_on, evidence.signed_on) = (Some(*date), Some(source.clone()));
        }
        if let Some((name, source)) = &self.ending.agency {
            (facts.signed_by, evidence.signed_by) = (Some(name.clone()), Some(source.clone()));
        }
        if let Some((date, source)) = &self.published {
            (facts.published_on, evidence.published_on) = (Some(*date), Some(source.clone()));
        }
    }
}

/// Whether one of the days, if there is any, is in the year that follows: a period that stands there from a report of before
/// says nothing.
fn follows(year: u16, days: [Option<u16>; 2]) -> bool {
    days.iter().all(Option::is_none) || days.contains(&Some(year + 1))
}

// ---- The preamble and the period -----------------------------------------------------------------

/// Lines of prose as one text, without white space: a page can break them anywhere.
struct Passage<'l, 'a> {
    text: String,
    /// Where each line begins.
    starts: Vec<(usize, &'l Line<'a>)>,
}

type YearAndAgency = (Option<(u16, Source)>, Option<(String, Source)>);

impl<'l, 'a> Passage<'l, 'a> {
    /// As much as a preamble or a section in words has.
    fn of(lines: &'l [Line<'a>]) -> Passage<'l, 'a> {
        const MOST_BYTES: usize = 30_000;
        let mut passage = Passage { text: String::new(), starts: Vec::new() };
        for line in lines {
            if passage.text.len() + line.text.len() > MOST_BYTES {
                break;
            }
            passage.starts.push((passage.text.len(), line));
            passage.text += &compact(line.text);
        }
        passage
    }

    /// The evidence of words that begin here.
    fn source(&self, kind: SourceKind, at: usize, words: &str) -> Source {
        let line =
            self.starts.partition_point(|(start, _)| *start <= at).checked_sub(1).map(|line| self.starts[line].1);
        Source { kind, words: words.to_owned(), place: line.map(|line| line.place_of(line.text)) }
    }

    /// The year and agency of the report that is presented: 现公布甲市乙局2024年政府信息公开工作年度报告.
    fn presented(&self) -> YearAndAgency {
        const VERBS: [&str; 5] = ["公布", "编制", "发布", "制作", "现将"];
        let named = |(at, verb): (usize, &str)| {
            let behind = self.text[at + verb.len()..].trim_start_matches(['了', '《', '“']);
            let source = |words: &str| self.source(SourceKind::Preamble, self.text.len() - behind.len(), words);
            let (year, agency) = year_and_agency(report_named(behind)?);
            let year = year.map(|(year, words)| (year, source(words)));
            let agency = agency.map(|agency| (agency.to_owned(), source(agency)));
            (year.is_some() || agency.is_some()).then_some((year, agency))
        };
        VERBS.iter().flat_map(|verb| self.text.match_indices(*verb)).find_map(named).unwrap_or_default()
    }

    /// Who made the report: 本报告由甲市乙局根据……编制.
    fn maker(&self) -> Option<(String, Source)> {
        self.text.match_indices('由').find_map(|(at, by)| {
            let name = up_to(&self.text[at + by.len()..], |c| "，。；：".contains(c));
            let end =
                ["根据", "按照", "依据", "依照", "编制", "制作"].iter().filter_map(|word| name.find(word)).min()?;
            let name = Some(&name[..end]).filter(|name| is_full_name(name))?;
            Some((name.to_owned(), self.source(SourceKind::Preamble, at + by.len(), name)))
        })
    }

    /// The year whose first and last day are those of the period.
    fn period(&self) -> Option<(u16, Source)> {
        // No sentence that states it is longer.
        let sentences = self.text.split('。').filter(|sentence| sentence.len() < 1500);
        sentences.filter_map(|sentence| period_of_report(sentence).map(|found| (sentence, found))).find_map(
            |(sentence, (first, last, words))| {
                let is_year = first == (first.0, 1, 1) && last == (first.0, 12, 31);
                let at = sentence.as_ptr() as usize - self.text.as_ptr() as usize + sentence.find(&words)?;
                is_year.then(|| (first.0, self.source(SourceKind::Period, at, &words)))
            },
        )
    }
}

/// The name of a report that a text begins with.
fn report_named(text: &str) -> Option<&str> {
    let name = up_to(text, |c| "，。；：、》”（(,;:".contains(c));
    let about = name.find("公开")?;
    let end = about + name[about..].find("报告")? + "报告".len();
    // 关于公布……报告的通知 is another document.
    (!name[end..].starts_with('的')).then_some(&name[..end])
}

/// The year and the agency in the name of a report, if it names one in full.
fn year_and_agency(name: &str) -> (Option<(u16, &str)>, Option<&str>) {
    let named = Named::by(name);
    (named.year, named.agency.filter(|agency| is_full_name(agency)))
}

/// The beginning of a text, as long as a name of a report can be, up to a character.
fn up_to(text: &str, is_end: impl Fn(char) -> bool) -> &str {
    let end = text.char_indices().enumerate().find(|(count, (_, c))| *count == 60 || is_end(*c));
    end.map_or(text, |(_, (at, _))| &text[..at])
}

/// The agency on a line by itself, right above or below where the preamble begins.
fn named_alone(head: &[Line<'_>], begin: usize) -> Option<(String, Source)> {
    let near = begin.saturating_sub(1)..(begin + 1).min(head.len());
    head[near].iter().find_map(|line| alone(line, line.text, SourceKind::Preamble))
}

/// The agency that a piece of a line names, and nothing else.
fn alone(line: &Line<'_>, piece: &str, kind: SourceKind) -> Option<(String, Source)> {
    let name = compact(piece);
    is_full_name(&name).then(|| (name, Source { kind, words: piece.to_owned(), place: Some(line.place_of(piece)) }))
}

// ---- The source line, the worksheet, the file ----------------------------------------------------

/// The agency that the page names as its source. A government above townships is left: it is that of the site.
fn source_line(head: &[Line<'_>]) -> Option<(String, Source)> {
    const LABELS: [&str; 4] = ["来源", "发布机构", "发布单位", "发布机关"];
    const MARKS: [char; 6] = [':', '：', ' ', '\u{3000}', '\u{a0}', '|'];
    let is_of_site =
        |name: &str| AgencyKind::infer(name).is_some_and(|(kind, _)| kind.is_government()) || name.contains("政府办公");
    let named = |(at, line): (usize, &Line<'_>)| {
        let behind = LABELS.iter().find_map(|label| line.text.split_once(label).map(|(_, behind)| behind))?;
        let value = behind.trim_start_matches(MARKS);
        let (line, value) = match head.get(at + 1) {
            // In a table the value is in the cell behind that of the label.
            Some(next) if value.is_empty() => (next, next.text),
            // 来源于 is no label.
            _ if behind.len() == value.len() => return None,
            _ => (line, value),
        };
        let name = value.split(|c: char| c.is_whitespace() || c == '|').next()?;
        alone(line, name, SourceKind::SourceLine).filter(|_| !is_of_site(name))
    };
    head.iter().enumerate().filter(|(_, line)| line.text.len() < 600 && !line.text.contains('。')).find_map(named)
}

/// The name of the worksheet that a report is on.
fn sheet(lines: &[Line<'_>]) -> Option<(String, SourceKind, Option<Place>)> {
    let line = lines.first()?;
    let place = line.place_of(line.text);
    let Place::Sheet { sheet, .. } = &place else { return None };
    Some((sheet.to_string(), SourceKind::SheetName, Some(place)))
}

/// The last part of a path or an address, without its ending.
fn file_name(path: &str) -> String {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let name = percent_decoded(name).unwrap_or_else(|| name.to_owned());
    name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned()
}

/// The text that `%E5%B1%80` writes; `None` for what is no text.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let hex = |digit: u8| char::from(digit).to_digit(16);
        (rest, _) = match behind {
            // Two digits fit a byte.
            [high, low, behind @ ..] if *first == b'%' => (behind, bytes.push((hex(*high)? * 16 + hex(*low)?) as u8)),
            _ => (behind, bytes.push(*first)),
        };
    }
    String::from_utf8(bytes).ok()
}

/// What the name of a worksheet or a file states: it names a report, or is a year, or an agency.
fn stated_by_name(name: &str, kind: SourceKind, place: Option<Place>) -> YearAndAgency {
    let text = compact(name);
    let source = |words: &str| Source { kind, words: words.to_owned(), place: place.clone() };
    let (year, agency) = match report_named(&text) {
        Some(report) => year_and_agency(report),
        None => {
            let year =
                Named::by(&text).year.filter(|(_, words)| text.trim_end_matches('度') == words.trim_end_matches('度'));
            (year, Some(text.as_str()).filter(|name| is_full_name(name)))
        }
    };
    (year.map(|(year, words)| (year, source(words))), agency.map(|agency| (agency.to_owned(), source(agency))))
}

// ---- The signature -------------------------------------------------------------------------------

/// Section six, and what follows it on the page.
#[derive(Default)]
pub(super) struct Ending<'a> {
    /// The lines of the section.
    pub own: Vec<Line<'a>>,
    /// The day of the signature.
    signed: Option<(Date, Source)>,
    /// Who signed.
    agency: Option<(String, Source)>,
}

/// Words of the site behind a report.
#[rustfmt::skip]
const SITE: [&str; 14] = [
    "附件", "文件下载", "关联文件", "相关链接", "相关文件", "扫一扫", "打印", "关闭", "分享", "版权所有", "主办", "（此件", "(此件", "上一篇",
];

impl<'a> Ending<'a> {
    /// Parts the lines of section six from the signature, of this agency if it is known, and from words of the site.
    fn of(lines: &[Line<'a>], agency: Option<&str>) -> Ending<'a> {
        // 关闭不合规账号2个。 is a sentence of the report.
        let is_of_site =
            |line: &Line<'_>| begins_site(line.text.trim_start_matches(['【', '['])) && !line.text.contains('。');
        let own = &lines[..lines.iter().position(is_of_site).unwrap_or(lines.len())];
        // Behind the day of a signature no sentence follows.
        let last_sentence = own.iter().rposition(|line| line.text.contains('。')).map_or(0, |at| at + 1);
        let dated = |(at, line): (usize, &Line<'_>)| Some((at, whole_date(line.text)?));
        if let Some((at, date)) = own.iter().enumerate().skip(last_sentence).rev().find_map(dated) {
            let line = &own[at];
            // Several can sign, each on a line; the agency of the report is the one to be known.
            let signers: Vec<(String, Source)> = own[last_sentence.min(at)..at]
                .iter()
                .rev()
                .map_while(|above| signed_by(above, above.text, agency))
                .collect();
            let end = at - signers.len();
            let is_own = |(name, _): &&(String, Source)| agency == Some(name.as_str());
            let signer = signers.iter().find(is_own).or(signers.first()).cloned();
            let signed = Some((date, signature(line, line.text)));
            return Ending { own: own[..end].to_vec(), signed, agency: signer };
        }
        let running =
            own.iter().enumerate().rev().take(3).find_map(|(at, line)| Some((at, line, running(line, agency)?)));
        let Some((at, line, (start, name, date, words))) = running else {
            return Ending { own: own.to_vec(), ..Ending::default() };
        };
        let before = line.parts([start]);
        Ending {
            own: own[..at].iter().copied().chain(before).collect(),
            signed: Some((date, signature(line, words))),
            agency: signed_by(line, name, agency),
        }
    }
}

/// The name of whoever signed: it is that of the report, or another of its region that is written in full.
fn signed_by(line: &Line<'_>, name: &str, agency: Option<&str>) -> Option<(String, Source)> {
    let name = without_seal(name);
    let Some(own) = agency else { return alone(line, name, SourceKind::Signature) };
    if compact(own) == compact(name) {
        return Some((own.to_owned(), signature(line, name)));
    }
    let is_of_region =
        |(other, _): &(String, Source)| other.chars().take(2).eq(own.chars().take(2)) && !other.contains('、');
    alone(line, name, SourceKind::Signature).filter(is_of_region)
}

/// A name without the words that say where the seal is put: 甲市乙局（盖章）.
fn without_seal(name: &str) -> &str {
    let opened = trimmed(name).strip_suffix(['）', ')']).and_then(|name| name.rsplit_once(['（', '(']));
    match opened {
        Some((name, "盖章" | "公章" | "印章" | "签章" | "章")) => trimmed(name),
        _ => name,
    }
}

fn signature(line: &Line<'_>, words: &str) -> Source {
    Source { kind: SourceKind::Signature, words: words.to_owned(), place: Some(line.place_of(words)) }
}

fn begins_site(text: &str) -> bool {
    SITE.iter().any(|word| text.starts_with(word))
}

/// The signature at the end of running text: where it begins, the name, the day and its words.
fn running<'a>(line: &Line<'a>, agency: Option<&str>) -> Option<(usize, &'a str, Date, &'a str)> {
    let text = line.text;
    let dated = |start: usize, end: usize| {
        let name = &text[start..end];
        let behind = text[end..].trim_start();
        let (date, rest) = leading_date(behind)?;
        let within = |[opens, closes]: [char; 2]| rest.strip_prefix(opens)?.split_once(closes);
        let closed = [['（', '）'], ['(', ')'], ['【', '】'], ['[', ']']].into_iter().find_map(within);
        let is_note = closed.is_some_and(|(_, behind)| trimmed(behind).is_empty() || begins_site(trimmed(behind)));
        let ends = rest.is_empty() || is_note || begins_site(rest) || rest.starts_with(name);
        ends.then(|| (start, name, date, trimmed(&behind[..behind.len() - rest.len()])))
    };
    if let Some(name) = agency.filter(|name| !name.is_empty())
        && let Some(found) = text.rmatch_indices(name).take(8).find_map(|(at, name)| dated(at, at + name.len()))
    {
        return Some(found);
    }
    // A name in full between white space and the day.
    let end =
        text.rfind("年").map(|year| text[..year].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').len())?;
    let start = text[..end]
        .rfind(|c: char| c.is_whitespace() || c == '。')
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    dated(start, end).filter(|(_, name, ..)| is_full_name(name))
}
