//! What a sentence is about besides its figures: the time, the bodies, what is carried over.

use std::ops::Range;

use super::sentence::Sentence;
use super::words::{Class, List, words};
use crate::agency::AgencyKind;
use crate::facts::Scope;
use crate::narrative::Section;
use crate::published::PublishedReport;
use crate::text::{contains_any, is_short_of, years};

/// What is between a word and its figure without changing what it counts.
pub(super) const FILLERS: &str =
    "政府信息公开申请依的为共计了有答复本年度全总数量事项件案要求提出表已是达均分别量而：“”\"";

/// Whether the tables are those of a region, where that is known.
pub(crate) fn covers_region(report: &PublishedReport) -> Option<bool> {
    match report.facts.scope {
        Scope::Regional | Scope::System => Some(true),
        Scope::Own => Some(false),
        Scope::Unknown => match report.facts.agency.as_ref().and_then(|agency| agency.kind)? {
            kind if kind.is_government() => Some(true),
            kind if kind.is_department() => Some(false),
            _ => None,
        },
    }
}

/// Whether a clause speaks of other bodies than the tables: of an office in the report of a region, of a region in the
/// report of an office or of a smaller one, of departments and streets. The sentence is read up to `end`.
pub(super) fn of_other_bodies(
    report: &PublishedReport,
    sentence: &Sentence<'_>,
    clause: Range<usize>,
    end: usize,
) -> bool {
    let kind = report.facts.agency.as_ref().and_then(|agency| agency.kind);
    let is_city = report.facts.agency.as_ref().is_some_and(|agency| agency.name.ends_with("市人民政府"));
    let (text, said) = (&sentence.text[clause.clone()], &sentence.text[..end]);
    let of_others = match covers_region(report) {
        Some(true) => {
            let larger: &[&str] = match kind {
                Some(AgencyKind::CountyGovernment) if !is_city => &["全国", "全省", "全市"],
                Some(AgencyKind::CountyGovernment | AgencyKind::CityGovernment) => &["全国", "全省"],
                _ => &["全国"],
            };
            // The row of the form is of any body.
            let said_of_bodies = said.replace("本机关不掌握", "").replace("不属于本机关", "");
            contains_any(&said_of_bodies, &["办公室", "办公厅", "本级", "本机关", "政府办"])
                || contains_any(said, larger)
                || of_government(text)
        }
        Some(false) => sentence.says(&[List::Regions], 0..end),
        None => false,
    };
    let names_another =
        sentence.says_any(&[List::Acts]) && sentence.clauses_before(end).any(|clause| names_another(report, clause));
    let is_street = kind == Some(AgencyKind::Township);
    of_others
        || names_another
        || sentence.has(clause, Class::Body)
        || sentence.has(0..end, Class::OtherBody)
        || !is_street && text.contains("街道")
}

/// Whether a clause begins with the name of a body that is not the report's: 市统计局收到.
fn names_another(report: &PublishedReport, clause: &str) -> bool {
    let name = clause.char_indices().find_map(|(at, _)| {
        let end = at + words().beginning(List::Names, &clause[at..])?.len();
        words().beginning(List::Acts, &clause[end..]).map(|_| &clause[..end])
    });
    let Some(name) = name else { return false };
    // 2024年度，全年: a time is no name.
    let name = name.rsplit(['年', '度', '，', ',']).next().unwrap_or(name);
    if name.is_empty() || name.chars().count() > 24 || contains_any(name, &["我", "本"]) {
        return false;
    }
    let Some(own) = report.facts.agency.as_ref() else { return false };
    // A town has no office apart from itself.
    let of_office = name.strip_suffix("办公室").or_else(|| name.strip_suffix('办'));
    let is_own_office =
        own.kind == Some(AgencyKind::Township) && of_office.is_some_and(|of| is_short_of(of, &own.name));
    let is_own_government = name.ends_with("政府") && own.kind.is_some_and(AgencyKind::is_government);
    !is_short_of(name, &own.name) && !is_own_government && !is_own_office && !name.contains(&own.name)
}

/// 县政府共收到: of the government itself, not of the county.
fn of_government(clause: &str) -> bool {
    clause.split("政府").skip(1).any(|after| {
        let after = after.trim_start_matches(['共', '累', '计', '全', '年', '总']);
        ["收到", "接到", "受理", "接收", "办理", "答复", "收办"].iter().any(|verb| after.starts_with(verb))
    })
}

/// Whether a text is about another time than the report's year, or about a part of it; nothing if it names none. A year
/// that something is carried over from or into, or compared with, is not what the text is about.
pub(super) fn is_of_other_time(report: &PublishedReport, sentence: &Sentence<'_>, part: Range<usize>) -> Option<bool> {
    if !sentence.says_any(&[List::Times, List::Plans, List::OtherTimes]) {
        return None;
    }
    let text = &sentence.text[part];
    if words().any_in(&[List::Plans, List::OtherTimes], text) || names_a_month(text) {
        return Some(true);
    }
    let since = text.contains("以来") && !contains_any(text, &["今年以来", "本年以来", "本年度以来", "年初以来"]);
    if since {
        return Some(true);
    }
    // 2023-2024年, 到2023年底.
    if years(text).any(|(at, _)| text[..at].ends_with(['-', '—', '–', '～', '~'])) {
        return Some(true);
    }
    // 2023年受理、2024年答复的3件.
    let clause = text.rsplit(['，', ',', '；', '：']).next().unwrap_or(text);
    let of_own = |of: &u16| report.facts.year.is_some_and(|own| own.get() == *of);
    let (own, others): (Vec<u16>, Vec<u16>) = years(clause).map(|(_, of)| of).partition(of_own);
    if !own.is_empty() && !others.is_empty() && clause.contains('、') {
        return Some(true);
    }
    let named = years(text).filter(|(at, _)| {
        let into = text[..*at].trim_end_matches(['至', '到', '入']);
        let is_carried_into = into.len() < *at && into.ends_with(['转', '延', '移', '顺']);
        let behind = text[at + 4 + '年'.len_utf8()..].trim_start_matches('度');
        !is_carried_into
            && !text[..*at].ends_with(['转', '延', '比', '较'])
            && !words().list(List::Carry).iter().any(|verb| behind.starts_with(verb))
    });
    let named = named.last().map(|(_, year)| report.facts.year.is_none_or(|of| of.get() != year));
    named.or_else(|| contains_any(text, &["全年", "本年"]).then_some(false))
}

/// The year that a text begins with, 2023年，我局共制发规范性文件3件, if it is the one before that of the report and nothing says
/// that it is meant: all that is counted follows at once, with no other time, nothing carried over or compared, here or in what
/// follows under this heading. The words of last year's report were left to stand.
pub(super) fn stale_year(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Option<u16> {
    let (first, behind) = sentences.split_first()?;
    let year = report.facts.year?.get();
    let (_, stale) = years(&first.text).next().filter(|(at, named)| *at == 0 && named + 1 == year)?;
    let rest = first.text[4 + '年'.len_utf8()..].trim_start_matches('度');
    let counted = rest.strip_prefix(['，', ','])?.split(|c: char| c.is_ascii_digit() || "，。；".contains(c)).next()?;
    let sums_up = counted.contains('共') && !counted.contains('的');
    let under = behind.iter().take_while(|of| !of.begins).map(|of| of.text.as_str());
    let is_meant = std::iter::once(rest).chain(under).any(|text| {
        years(text).next().is_some()
            || names_a_month(text)
            || words().any_in(&[List::Plans, List::OtherTimes, List::ThisYear, List::Carry, List::Comparisons], text)
            || text.contains('比')
            || contains_any(text, &["以来", "至今", "上升", "上年", "往年"])
    });
    (first.section == Some(Section::Overview) && first.begins && sums_up && !is_meant).then_some(stale)
}

/// Whether a text names a month that is not the first or the last of the year's period.
fn names_a_month(text: &str) -> bool {
    text.match_indices('月').any(|(at, month)| {
        let number = text[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        let (before, number) = (number, text[number.len()..at].trim_start_matches('0'));
        let behind = &text[at + month.len()..];
        let first = number == "1" && ["1日", "01日"].iter().any(|day| behind.starts_with(day));
        let last = number == "12" && (behind.starts_with("31日") || before.ends_with(['-', '至', '—']));
        !number.is_empty() && !first && !last
    })
}

/// Whether a text speaks of what is carried over into the next year.
pub(super) fn is_carried_out(report: &PublishedReport, text: &str) -> bool {
    words().any_in(&[List::Carry], text)
        && (words().any_in(&[List::NextYear], text) || names_year(text, report.facts.year.map(|year| year.get() + 1)))
}

/// Whether a text speaks of what was carried over from the year before.
pub(super) fn is_carried_in(report: &PublishedReport, text: &str) -> bool {
    let last =
        words().any_in(&[List::LastYear], text) || names_year(text, report.facts.year.map(|year| year.get() - 1));
    words().any_in(&[List::Carry], text) && last && !words().any_in(&[List::NextYear], text)
}

fn names_year(text: &str, year: Option<u16>) -> bool {
    year.is_some_and(|year| years(text).any(|(_, named)| named == year))
}
