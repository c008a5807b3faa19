//! What a sentence is about besides its figures: the time, the bodies, what is carried over.

use crate::agency::AgencyKind;
use crate::facts::Scope;
use crate::published::PublishedReport;
use crate::text::{contains_any, years};

/// A clause with one of these compares with other figures.
pub(super) const COMPARISON: &[&str] = &["去年", "同期", "同比", "增长", "增加", "下降", "减少", "较", "比上"];

/// What is between a word and its figure without changing what it counts.
pub(super) const FILLERS: &str = "政府信息公开申请依的为共计了有答复本年度全总数量事项件案要求提出表已是达均分别：“”\"";

/// A text without what says who asked, and asked whom.
pub(super) fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for words in ["各类", "群众", "公众", "社会", "本部门", "我部门", "各级行政机关", "各级政府"]
    {
        if text.contains(words) {
            text = text.replace(words, "");
        }
    }
    for (words, plain) in [
        ("涉及政府信息公开", "政府信息公开"),
        ("有关政府信息公开", "政府信息公开"),
        ("关于政府信息公开", "政府信息公开"),
        ("申请书", "申请"),
    ] {
        if text.contains(words) {
            text = text.replace(words, plain);
        }
    }
    let phrases = [("公民", "组织"), ("个人", "组织"), ("向", "提出"), ("向", "提交"), ("向", "递交")];
    for (from, to) in phrases {
        if let Some(start) = text.find(from)
            && let Some(end) = text[start..].rfind(to)
        {
            text.replace_range(start..start + end + to.len(), "");
        }
    }
    text
}

/// Whether the tables are those of a region, where that is known.
pub(super) fn covers_region(report: &PublishedReport) -> Option<bool> {
    match report.facts.scope {
        Scope::Regional => Some(true),
        Scope::Own => Some(false),
        Scope::Unknown => match report.facts.agency.as_ref().and_then(|agency| agency.kind)? {
            kind if kind.is_government() => Some(true),
            kind if kind.is_department() => Some(false),
            _ => None,
        },
    }
}

/// Whether a clause speaks of other bodies than the tables: of an office in the report of a region, of a region in the
/// report of an office or of a smaller one, of departments and streets. `said` is what the sentence said up to there.
pub(super) fn of_other_bodies(report: &PublishedReport, clause: &str, said: &str) -> bool {
    let kind = report.facts.agency.as_ref().and_then(|agency| agency.kind);
    let is_city = report.facts.agency.as_ref().is_some_and(|agency| agency.name.ends_with("市人民政府"));
    let of_others = match covers_region(report) {
        Some(true) => {
            let larger: &[&str] = match kind {
                Some(AgencyKind::CountyGovernment) if !is_city => &["全国", "全省", "全市"],
                Some(AgencyKind::CountyGovernment | AgencyKind::CityGovernment) => &["全国", "全省"],
                _ => &["全国"],
            };
            contains_any(said, &["办公室", "办公厅", "本级", "本机关", "政府办"])
                || contains_any(said, larger)
                || of_government(clause)
        }
        Some(false) => contains_any(said, &["全市", "全区", "全县", "全省", "全州", "全盟", "全旗", "全系统"]),
        None => false,
    };
    let is_street = kind == Some(AgencyKind::Township);
    of_others
        || contains_any(clause, &["各", "部门", "乡镇", "镇街", "本级", "属单位", "局机关"])
        || !is_street && clause.contains("街道")
}

/// 县政府共收到: of the government itself, not of the county.
fn of_government(clause: &str) -> bool {
    clause.split("政府").skip(1).any(|after| {
        let after = after.trim_start_matches(['共', '累', '计', '全', '年', '总']);
        ["收到", "接到", "受理", "接收", "办理", "答复", "收办"].iter().any(|verb| after.starts_with(verb))
    })
}

/// Verbs of what is carried over from year to year.
pub(super) const CARRY: &[&str] = &["结转", "转结", "顺延", "转入", "延至", "转下", "转至"];

/// Whether a text is about another time than the report's year, or about a part of it; nothing if it names none. A year
/// that something is carried over from or into is not what the text is about.
pub(super) fn is_of_other_time(report: &PublishedReport, text: &str) -> Option<bool> {
    if contains_any(text, &["季度", "上半年", "下半年", "近年", "近两年", "近三年", "近五年", "日前"])
        || names_a_month(text)
    {
        return Some(true);
    }
    let named = years(text).filter(|(at, _)| {
        let behind = text[at + 4 + '年'.len_utf8()..].trim_start_matches('度');
        !text[..*at].ends_with(['转', '至', '到', '延']) && !CARRY.iter().any(|verb| behind.starts_with(verb))
    });
    let named = named.last().map(|(_, year)| report.facts.year.is_none_or(|of| of.get() != year));
    named.or_else(|| contains_any(text, &["全年", "本年"]).then_some(false))
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

/// Words for the year after, and for the year before.
pub(super) const NEXT_YEAR: &[&str] = &["下年", "下一年", "次年", "下个年度"];
pub(super) const LAST_YEAR: &[&str] = &["上年", "上一年", "上个年度"];

/// Whether a text speaks of what is carried over into the next year.
pub(super) fn is_carried_out(report: &PublishedReport, text: &str) -> bool {
    contains_any(text, CARRY)
        && (contains_any(text, NEXT_YEAR) || names_year(text, report.facts.year.map(|year| year.get() + 1)))
}

/// Whether a text speaks of what was carried over from the year before.
pub(super) fn is_carried_in(report: &PublishedReport, text: &str) -> bool {
    let last = contains_any(text, LAST_YEAR) || names_year(text, report.facts.year.map(|year| year.get() - 1));
    contains_any(text, CARRY) && last && !contains_any(text, NEXT_YEAR)
}

fn names_year(text: &str, year: Option<u16>) -> bool {
    year.is_some_and(|year| years(text).any(|(_, named)| named == year))
}
