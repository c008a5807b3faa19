//! The title: whose report it is, and of which year.

use super::headings::heading_of;
use super::lines::Line;
use super::matcher;
use super::words::{compact, suffix_distance};
use crate::agency::AgencyKind;
use crate::agency::inference::is_of_a_region;
use crate::facts::{Scope, Source, SourceKind};
use crate::prose::chinese;
use crate::text::{contains_any, is_ideograph, trimmed, years};

/// The title of a report.
pub(super) struct Title<'a> {
    /// The line it begins in, and the line after it.
    pub start: usize,
    pub end: usize,
    pub text: String,
    pub year: Option<u16>,
    year_words: String,
    pub agency: Option<String>,
    /// The agency, where it is alone on the line above.
    pub above: Option<&'a str>,
}

impl<'a> Title<'a> {
    /// The title: the last line, or lines, before the first section that say whose report of which year this is; failing
    /// that, of which year.
    pub(super) fn find(lines: &[Line<'a>]) -> Option<Title<'a>> {
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

    pub(super) fn at(lines: &[Line<'a>], start: usize, end: usize) -> Option<Title<'a>> {
        Title::if_named(lines, start, end, |name| {
            name.contains(SUBJECT)
                && ["年度报告", "工作报告", "情况报告", "公开报告", "年报"].iter().any(|ending| name.ends_with(ending))
        })
    }

    /// The last of these lines that is a title but for a character or two, or without 政府信息公开: the report begins behind
    /// them, and it says whose report it is, or of which year.
    pub(super) fn misprinted(lines: &[Line<'a>], begin: usize, end: usize) -> Option<Title<'a>> {
        let begin = begin.max(end.saturating_sub(400));
        let ends = (begin + 1..=end).rev().filter(|end| lines[end - 1].text.contains(['告', '报']));
        ends.flat_map(|end| [1, 2].map(|count| (end - count.min(end), end)))
            .filter(|(start, _)| *start >= begin)
            .find_map(|(start, end)| Title::if_named(lines, start, end, is_misprint))
    }

    /// The title that some lines print, if this says so of it.
    fn if_named(lines: &[Line<'a>], start: usize, end: usize, is_title: impl Fn(&str) -> bool) -> Option<Title<'a>> {
        let printed: String = lines[start..end].iter().map(|line| without_page(line.text)).collect();
        if printed.len() > 240 || printed.contains(['。', '，', ',', '；', ';', '：', ':', '>', '“', '《', '|', '!'])
        {
            return None;
        }
        // 政府信息公开年报 above it is the name of a part of the site.
        if lines[start..end - 1].iter().any(|line| line.text.ends_with("年报") || line.text.ends_with("报告")) {
            return None;
        }
        let text = compact(&printed);
        // （2024年）, （修订版）.
        let name =
            text.strip_suffix(['）', ')']).and_then(|inner| inner.rsplit_once(['（', '('])).map(|(name, _)| name);
        if !is_title(name.unwrap_or(&text)) || text.starts_with("关于做好") || text.starts_with("根据") {
            return None;
        }
        let named = Named::by(&text);
        let (year, year_words) = named.year.map_or((None, ""), |(year, words)| (Some(year), words));
        let above = if named.agency.is_none() && start > 0 { agency_in(lines[start - 1].text) } else { None };
        let agency = named.agency.map(str::to_owned).or_else(|| above.map(compact));
        let year_words = year_words.to_owned();
        let text = above.map_or(printed.clone(), |above| format!("{above}{printed}"));
        Some(Title { start, end, text, year, year_words, agency, above })
    }

    /// Whether it is of another agency, or of another year.
    pub(super) fn is_of_another(&self, other: &Title<'_>) -> bool {
        let differ = |one: &str, other: &str| !one.contains(other) && !other.contains(one);
        let agencies = self.agency.as_deref().zip(other.agency.as_deref());
        agencies.is_some_and(|(one, other)| differ(one, other))
            || self.year.zip(other.year).is_some_and(|(one, other)| one != other)
    }

    /// The evidence for the title.
    pub(super) fn source(&self, lines: &[Line<'_>]) -> Source {
        let first = lines[self.start - usize::from(self.above.is_some())];
        Source { kind: SourceKind::Title, words: self.text.clone(), place: Some(first.place_of(first.text)) }
    }

    pub(super) fn stated_year(&self, lines: &[Line<'_>]) -> Option<(u16, Source)> {
        let line = lines[self.start];
        let place = Some(line.place_of(line.text));
        self.year.map(|year| (year, Source { kind: SourceKind::Title, words: self.year_words.clone(), place }))
    }

    /// The agency, without a scope behind its name: 甲市税务局（本级）.
    pub(super) fn stated_agency(&self, lines: &[Line<'_>]) -> Option<(String, Source)> {
        let name = self.agency.as_deref()?;
        let behind = |scope: &str| {
            let inner = name.strip_suffix(['）', ')'])?.strip_suffix(scope)?;
            inner.strip_suffix(['（', '('])
        };
        let name = SCOPES.iter().find_map(|(word, _)| behind(word)).unwrap_or(name).to_owned();
        let (kind, words, line) = match self.above {
            Some(above) => (SourceKind::LineAbove, above.to_owned(), lines[self.start - 1]),
            None => (SourceKind::Title, name.clone(), lines[self.start]),
        };
        Some((name, Source { kind, words, place: Some(line.place_of(line.text)) }))
    }
}

/// The words of a title for whom the figures cover.
const SCOPES: [(&str, Scope); 4] =
    [("本级", Scope::Own), ("关区", Scope::System), ("系统", Scope::System), ("汇总", Scope::System)];

impl Title<'_> {
    /// Whom the figures cover, where the title says so, and the word: 本级 the agency itself, 系统 and 关区 the bodies below it as
    /// well, 汇总 those too, or the region if the agency is a government. 系统 within a name is none: 甲市信息系统管理中心.
    pub(super) fn scope(&self, kind: Option<AgencyKind>) -> Option<(Scope, &'static str)> {
        let text = compact(&self.text);
        const YEARS: &str = "0123456789二";
        let ends_name = |rest: &str| {
            let of_report = rest.is_empty() || rest.starts_with(['（', '(', '）', ')']) || rest.starts_with("汇总");
            of_report || rest.starts_with("政府信息公开") || rest.starts_with(|c| YEARS.contains(c))
        };
        let is_said = |word: &str, before: &str, rest: &str| {
            let in_brackets = before.ends_with(['（', '(']) && rest.starts_with(['）', ')']);
            match word {
                // 城关区 is a district, 信息汇总中心 an office.
                "关区" => in_brackets || before.ends_with("海关") && ends_name(rest),
                "汇总" => in_brackets || rest.is_empty(),
                _ => ends_name(rest),
            }
        };
        let (word, scope) = SCOPES
            .iter()
            .find(|(word, _)| text.split_once(word).is_some_and(|(before, rest)| is_said(word, before, rest)))?;
        let of_region = *word == "汇总" && kind.is_some_and(AgencyKind::is_government);
        Some((if of_region { Scope::Regional } else { *scope }, *word))
    }
}

/// What a text that names a report says: 甲局2024年政府信息公开工作年度报告.
pub(super) struct Named<'t> {
    /// The year, and its words.
    pub year: Option<(u16, &'t str)>,
    /// Whose report it is.
    pub agency: Option<&'t str>,
}

impl<'t> Named<'t> {
    pub(super) fn by(text: &'t str) -> Named<'t> {
        let subject = |text: &'t str| {
            let name = text.trim_start_matches("关于").trim_end_matches('的').trim_end_matches("关于");
            // 2020- is no end of a name.
            let cut_off = name.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '年' | '-' | '—' | '至'));
            if name.is_empty() || cut_off || name.chars().count() > 40 { None } else { Some(name) }
        };
        let found = year_in(text);
        let about = [SUBJECT, "政府信息", "信息公开", "政务公开"].into_iter().find(|about| text.contains(about));
        let without_subject = |text: &'t str| about.and_then(|about| text.split(about).next()).unwrap_or(text);
        let before = without_subject(found.map_or(text, |(at, _, _)| &text[..at]));
        let after = found.map(|(at, _, words)| without_subject(&text[at + words.len()..]));
        let agency = subject(before)
            .or_else(|| after.filter(|_| before.trim_start_matches("关于").is_empty()).and_then(subject));
        Named { year: found.map(|(_, year, words)| (year, words)), agency }
    }
}

/// What the report is about.
const SUBJECT: &str = "政府信息公开";

/// Whether a name is that of a report but for a character or two, and says enough to be one.
fn is_misprint(name: &str) -> bool {
    const TITLES: [&str; 4] =
        ["政府信息公开工作年度报告", "政府信息公开年度报告", "政务公开工作年度报告", "政务公开年度报告"];
    let says = Named::by(name);
    let says_whose = says.agency.is_some_and(is_full_name);
    if let Some((_, words)) = says.year.filter(|_| says_whose)
        && let Some((_, rest)) = name.split_once(words)
        && matches!(rest, "报告" | "度报告" | "年度报告" | "年报")
    {
        return true;
    }
    let name: Vec<char> = name.chars().collect();
    let differs = |title: &str| suffix_distance(&title.chars().collect::<Vec<char>>(), &name) <= 2;
    (says_whose || says.year.is_some()) && TITLES.iter().any(|title| differs(title))
}

/// Whether a text is the name of an agency as it is written in full, with its region, and nothing else.
pub(super) fn is_full_name(text: &str) -> bool {
    #[rustfmt::skip]
    const ENDINGS: [&str; 13] = [
        "人民政府", "行政公署", "局", "厅", "委员会", "委", "管委会", "街道办事处", "街道", "镇", "乡", "人民政府办公室", "人民政府办公厅",
    ];
    let ends =
        ENDINGS.iter().any(|ending| text.ends_with(ending)) || text.contains("人民政府") && text.ends_with("办公室");
    (3..=30).contains(&text.chars().count())
        && ends
        && text.chars().all(|c| is_ideograph(c) || matches!(c, '（' | '）' | '、'))
        && !text.starts_with(['我', '本', '该', '各', '全', '由', '经', '与', '在', '向', '和', '现', '对'])
        && !contains_any(text, &["报告", "公开", "来源", "发布"])
        && is_of_a_region(text)
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

/// The years that a text names in numerals, 二〇二四年: where, which, and where they end.
fn chinese_years(text: &str) -> impl Iterator<Item = (usize, u16, usize)> + '_ {
    text.match_indices('年').filter_map(|(at, mark)| {
        let start = text[..at].char_indices().rev().nth(3)?.0;
        let year = u16::try_from(chinese(&text[start..at])?).ok()?;
        Some((start, year, at + mark.len()))
    })
}

/// The first year of four digits before 年, or else in numerals: where, which, and the words `2024年度`.
pub(super) fn year_in(text: &str) -> Option<(usize, u16, &str)> {
    let (start, year, end) = years(text)
        .map(|(start, year)| (start, year, start + 4 + '年'.len_utf8()))
        .chain(chinese_years(text))
        .find(|(_, year, _)| (1990..2100).contains(year))?;
    let end = if text[end..].starts_with("度报告") || !text[end..].starts_with('度') {
        end
    } else {
        end + '度'.len_utf8()
    };
    Some((start, year, &text[start..end]))
}
