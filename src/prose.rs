//! What the prose says, against the tables: counts, denials, sums inside a sentence, percentages, the period.
//!
//! Words are read with what they are known to mean, and a statement is wrong only if it fits none of its meanings. What is
//! not exact (近300件, 18万余条), is about another time, a channel, a subject or other bodies, is left alone.

mod counts;
mod denials;
mod period;
mod sentence;
mod shares;

use crate::agency::AgencyKind;
use crate::catalogue::{Entry, Form};
use crate::facts::Scope;
use crate::form::{Cell, Cells};
use crate::narrative::Section;
use crate::place::Place;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::text::years;

pub(crate) use counts::counts;
pub(crate) use denials::denials;
pub(crate) use period::periods;
pub(crate) use sentence::{Sentence, sentences};
pub(crate) use shares::{percentages, sums};

/// A statement of the prose that was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The section it stands in; none before the first.
    pub section: Option<Section>,
    /// Where its sentence begins.
    pub place: Option<Place>,
    /// The sentence, without white space.
    pub sentence: String,
    /// What it says: 258件, 33.9%, 未收到申请.
    pub stated: String,
    /// What it can mean by that, with the value of each meaning.
    pub meanings: Vec<(String, String)>,
    /// The cells of the first meaning.
    pub cells: Vec<Cell>,
    /// Whether one of them fits.
    pub fits: bool,
}

impl Statement {
    fn of(sentence: &Sentence<'_>, stated: String, meanings: Vec<(String, String)>, fits: bool) -> Statement {
        let (section, place, text) = (sentence.section, sentence.place.clone(), sentence.text.clone());
        Statement { section, place, sentence: text, stated, meanings, cells: vec![], fits }
    }
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

// ---- What the tables have ------------------------------------------------------------------------

/// A sum of cells, some of them taken away, over the cells of one layout.
#[derive(Clone, Debug)]
struct Meaning {
    name: String,
    plus: Vec<Cell>,
    minus: Vec<Cell>,
}

/// A meaning over any layout: its name, the cells that are added up, and those that are taken away.
type Sense = (&'static str, fn(&Form<Cells>) -> Vec<Cell>, fn(&Form<Cells>) -> Vec<Cell>);

/// What the tables have for a meaning: a count, or the least that it can be where cells are blank.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Known {
    count: i64,
    complete: bool,
}

impl Meaning {
    fn of((name, plus, minus): Sense, form: &Form<Cells>) -> Meaning {
        Meaning { name: name.to_owned(), plus: plus(form), minus: minus(form) }
    }

    fn value(&self, report: &PublishedReport) -> Option<Known> {
        let sum = |cells: &[Cell]| {
            cells.iter().try_fold(Known { count: 0, complete: true }, |sum, cell| {
                let of_cell = known(report, *cell)?;
                let count = sum.count.checked_add(of_cell.count)?;
                Some(Known { count, complete: sum.complete && of_cell.complete })
            })
        };
        let (plus, minus) = (sum(&self.plus)?, sum(&self.minus)?);
        // What is taken away must be known in full.
        minus.complete.then_some(Known { count: plus.count - minus.count, complete: plus.complete })
    }

    /// Whether the tables have this count for it.
    fn is(&self, count: i64, report: &PublishedReport) -> bool {
        self.value(report).is_some_and(|known| known.complete && known.count == count)
    }
}

/// The count of a cell; where a total is not printed, what its row comes to as far as it is filled in.
fn known(report: &PublishedReport, cell: Cell) -> Option<Known> {
    let count = |cell: Cell| report.get(cell).and_then(PublishedCell::whole_count);
    if let Some(count) = count(cell) {
        return Some(Known { count, complete: true });
    }
    if !cell.path().ends_with(".total") {
        return Some(Known { count: 0, complete: false });
    }
    let in_row = |entry: &&Entry| entry.row().path() == cell.entry().row().path();
    let parts: Vec<Option<i64>> = report
        .layout()
        .cells()
        .iter()
        .filter(in_row)
        .filter(|entry| entry.cell() != cell)
        .map(|entry| count(entry.cell()))
        .collect();
    let count = parts.iter().flatten().try_fold(0_i64, |sum, count| sum.checked_add(*count))?;
    Some(Known { count, complete: parts.iter().all(Option::is_some) })
}

// ---- What is left alone --------------------------------------------------------------------------

/// A clause with one of these compares with other figures.
const COMPARISON: &[&str] = &["去年", "同期", "同比", "增长", "增加", "下降", "减少", "较", "比上"];

/// What stands between a word and its figure without changing what it counts.
const FILLERS: &str = "政府信息公开申请依的为共计了有答复本年度全总数量事项件案要求提出表已是达均分别：“”\"";

/// A text without what says who asked, and asked whom.
fn plain(text: &str) -> String {
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
fn covers_region(report: &PublishedReport) -> Option<bool> {
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
fn of_other_bodies(report: &PublishedReport, clause: &str, said: &str) -> bool {
    let kind = report.facts.agency.as_ref().and_then(|agency| agency.kind);
    let is_city = report.facts.agency.as_ref().is_some_and(|agency| agency.name.ends_with("市人民政府"));
    let of_others = match covers_region(report) {
        Some(true) => {
            let larger: &[&str] = match kind {
                Some(AgencyKind::CountyGovernment) if !is_city => &["全国", "全省", "全市"],
                Some(AgencyKind::CountyGovernment | AgencyKind::CityGovernment) => &["全国", "全省"],
                _ => &["全国"],
            };
            has(said, &["办公室", "办公厅", "本级", "本机关", "政府办"]) || has(said, larger) || of_government(clause)
        }
        Some(false) => has(said, &["全市", "全区", "全县", "全省", "全州", "全盟", "全旗", "全系统"]),
        None => false,
    };
    let is_street = kind == Some(AgencyKind::Township);
    of_others
        || has(clause, &["各", "部门", "乡镇", "镇街", "本级", "属单位", "局机关"])
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
const CARRY: &[&str] = &["结转", "转结", "顺延", "转入", "延至", "转下", "转至"];

/// Whether a text is about another time than the report's year, or about a part of it; nothing if it names none. A year
/// that something is carried over from or into is not what the text is about.
fn is_of_other_time(report: &PublishedReport, text: &str) -> Option<bool> {
    if has(text, &["季度", "上半年", "下半年", "近年", "近两年", "近三年", "近五年", "日前"]) || names_a_month(text)
    {
        return Some(true);
    }
    let named = years(text).filter(|(at, _)| {
        let behind = text[at + 4 + '年'.len_utf8()..].trim_start_matches('度');
        !text[..*at].ends_with(['转', '至', '到', '延']) && !CARRY.iter().any(|verb| behind.starts_with(verb))
    });
    let named = named.last().map(|(_, year)| report.facts.year.is_none_or(|of| of.get() != year));
    named.or_else(|| has(text, &["全年", "本年"]).then_some(false))
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
