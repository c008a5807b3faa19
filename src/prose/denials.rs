//! What the prose denies: 未收到申请, 未发生行政复议, 无结转.

use super::context::{COMPARISON, FILLERS, is_carried_in, is_carried_out, is_of_other_time, of_other_bodies, plain};
use super::meaning::{Known, Meaning, Sense};
use super::sentence::{COMMAS, Sentence};
use super::statement::Statement;
use super::vocabulary::{CARRIED_IN, CARRIED_OUT, LITIGATION, RECEIVED, RECONSIDERATION};
use crate::published::PublishedReport;
use crate::text::contains_any;

/// Words that deny that something came.
const NOTHING_CAME: &[&str] = &["未收到", "没有收到", "未接到", "没有接到", "未受理", "没有受理", "未接收", "未新收"];

/// Words that deny.
const NEVER: &[&str] =
    &["未发生", "没有发生", "未出现", "没有出现", "未产生", "没有产生", "未引发", "没有", "未有", "未被", "无"];

/// How proceedings ended, and what was said of them, is another matter; so are channels, and what is only supposed.
#[rustfmt::skip]
const OTHERWISE: &[&str] = &[
    "纠正", "败诉", "撤销", "投诉", "举报", "错误", "超期", "逾期", "责令", "应诉", "纠错", "违法", "二审", "再审",
    "上诉", "当面", "线下", "网络", "对于", "如果", "如未", "如无", "若", "凡", "的单位", "除",
];

/// What is denied, against cells that are not 0.
pub(crate) fn denials<'s>(report: &PublishedReport, sentences: &'s [Sentence<'_>]) -> Vec<Statement<'s>> {
    let mut found = Vec::new();
    let mut other_time = false;
    for sentence in sentences.iter().filter(|sentence| sentence.section.is_some()) {
        other_time &= sentence.goes_on;
        let excepted = sentence.text.contains('除') && sentence.text.contains('外');
        for clause in sentence.text.split(COMMAS) {
            other_time = is_of_other_time(report, clause).unwrap_or(other_time);
            let Some(denial) = Denial::of(clause) else { continue };
            let said = &sentence.text[..clause.as_ptr() as usize - sentence.text.as_ptr() as usize + clause.len()];
            let apart = contains_any(clause, OTHERWISE)
                || contains_any(clause, COMPARISON)
                || of_other_bodies(report, clause, said);
            if other_time || excepted || apart {
                continue;
            }
            for sense in denial.senses(report) {
                let meaning = Meaning::of(sense, report.layout());
                let known = meaning.value(report).filter(|known| known.complete || known.count > 0);
                let Some(Known { count, .. }) = known else { continue };
                let named = vec![(meaning.name, count.to_string())];
                let stated = clause[denial.at..].to_owned();
                let statement = Statement::of(sentence, stated, named, count == 0);
                found.push(Statement { cells: meaning.plus, ..statement });
            }
        }
    }
    found
}

/// What a clause denies.
struct Denial<'c> {
    /// Where the word is that denies.
    at: usize,
    /// What follows it.
    rest: &'c str,
    /// Whether it denies that something came.
    came: bool,
}

impl Denial<'_> {
    fn of(clause: &str) -> Option<Denial<'_>> {
        let first = |words: &[&str]| {
            let found = words.iter().filter_map(|word| clause.find(word).map(|at| (at, word.len())));
            found.min_by_key(|(at, length)| (*at, usize::MAX - length))
        };
        if let Some((at, length)) = first(NOTHING_CAME) {
            return Some(Denial { at, rest: &clause[at + length..], came: true });
        }
        let (at, length) = first(NEVER)?;
        let rest = &clause[at + length..];
        // 无法, 无关, 已无: that is not to deny.
        let is_word = |c: &char| "法关效偿误故障论须需".contains(*c);
        let other = clause[at..].starts_with('无')
            && (rest.starts_with(|c| is_word(&c)) || clause[..at].ends_with(['已', '再', '毫', '有', '并']) || at > 30);
        (!other && rest.chars().count() <= 60).then_some(Denial { at, rest, came: false })
    }

    /// What the tables then have as 0.
    fn senses(&self, report: &PublishedReport) -> Vec<Sense> {
        let mut senses = Vec::new();
        let rest = self.rest;
        if rest.contains("复议") {
            senses.push(RECONSIDERATION);
        }
        if rest.contains("诉讼") {
            senses.push(LITIGATION);
        }
        if !senses.is_empty() {
            return senses;
        }
        if is_carried_out(report, rest) {
            return if self.came { vec![] } else { vec![CARRIED_OUT] };
        }
        if is_carried_in(report, rest) {
            return if self.came { vec![] } else { vec![CARRIED_IN] };
        }
        if is_all_requests(rest) { vec![RECEIVED] } else { vec![] }
    }
}

/// Whether what is denied is requests of any kind, and nothing that is done with them.
fn is_all_requests(rest: &str) -> bool {
    #[rustfmt::skip]
    const REQUESTS: &[&str] = &[
        "信息公开申请", "信息公开的申请", "依申请公开", "公开申请", "申请公开", "信息公开的要求", "公开政府信息的申请",
    ];
    let rest = plain(rest);
    let words = REQUESTS.iter().filter_map(|word| rest.find(word).map(|at| (at, at + word.len())));
    let Some((start, end)) = words.min() else { return false };
    let is_plain = |text: &str, more: &str| text.chars().all(|c| FILLERS.contains(c) || more.contains(c));
    is_plain(&rest[..start], "任何过务等个人向机关单位我局组织法或者其他和及公民、")
        && is_plain(&rest[end..], "来信请求等或书的情形")
}
