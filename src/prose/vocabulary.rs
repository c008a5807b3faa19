//! The words before a figure, and what they mean over the tables.

use super::context::{CARRY, FILLERS, NEXT_YEAR, is_carried_in, is_carried_out};
use super::meaning::{Meaning, Sense};
use crate::catalogue::{Entry, Form, Row};
use crate::form::clause::{Node, leaves};
use crate::form::edition::PerLayout;
use crate::form::{Cell, Cells, Layout};
use crate::proceedings::Rulings;
use crate::published::PublishedReport;
use crate::requests::Applicants;

/// What a word before a figure speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// Requests, at the beginning of a clause without a verb: 政府信息公开申请25件.
    Noun,
    /// Requests, if the clause says so: what was received.
    Received,
    /// Requests, if the clause says so, or the figure before does: what was answered.
    Finished,
    /// How requests ended, who made them, what was carried over.
    Outcome,
    /// Reconsideration or litigation.
    Proceedings,
    /// How proceedings ended.
    Ruling,
    /// Documents of table one.
    Documents,
}

const NOTHING: fn(Layout) -> Vec<Cell> = |_| vec![];
pub(super) const RECEIVED: Sense = ("本年新收", |layout| vec![names(layout).requests.received.total], NOTHING);
const HANDLED: Sense = (
    "本年新收与上年结转之和",
    |layout| vec![names(layout).requests.received.total, names(layout).requests.carried_in.total],
    NOTHING,
);
const FINISHED: Sense = ("办理结果总计", |layout| vec![names(layout).requests.outcomes.total.total], NOTHING);
const FINISHED_OF_YEAR: Sense = (
    "办理结果总计减上年结转",
    |layout| vec![names(layout).requests.outcomes.total.total],
    |layout| vec![names(layout).requests.carried_in.total],
);
pub(super) const CARRIED_IN: Sense = ("上年结转", |layout| vec![names(layout).requests.carried_in.total], NOTHING);
pub(super) const CARRIED_OUT: Sense =
    ("结转下年度继续办理", |layout| vec![names(layout).requests.carried_out.total], NOTHING);
const DISCLOSED: Sense = ("予以公开", |layout| vec![names(layout).requests.outcomes.disclosed.total], NOTHING);
const DISCLOSED_IN_ALL: Sense = (
    "予以公开与部分公开之和",
    |layout| {
        vec![names(layout).requests.outcomes.disclosed.total, names(layout).requests.outcomes.partially_disclosed.total]
    },
    NOTHING,
);
const PARTIALLY: Sense =
    ("部分公开", |layout| vec![names(layout).requests.outcomes.partially_disclosed.total], NOTHING);
const WITHHELD: Sense = ("不予公开", |layout| group(layout, &names(layout).requests.outcomes.withheld), NOTHING);
const UNAVAILABLE: Sense = ("无法提供", |layout| group(layout, &names(layout).requests.outcomes.unavailable), NOTHING);
const NOT_PROCESSED: Sense =
    ("不予处理", |layout| group(layout, &names(layout).requests.outcomes.not_processed), NOTHING);
const OTHER_HANDLING: Sense =
    ("其他处理", |layout| group(layout, &names(layout).requests.outcomes.other_handling), NOTHING);
pub(super) const RECONSIDERATION: Sense =
    ("行政复议", |layout| vec![names(layout).proceedings.reconsideration.total], NOTHING);
pub(super) const LITIGATION: Sense = (
    "行政诉讼",
    |layout| {
        [&names(layout).proceedings.litigation.direct, &names(layout).proceedings.litigation.after_reconsideration]
            .map(|of| of.total)
            .into()
    },
    NOTHING,
);
const PROCEEDINGS: Sense =
    ("行政复议与行政诉讼之和", |layout| [RECONSIDERATION.1(layout), LITIGATION.1(layout)].concat(), NOTHING);
const DIRECT: Sense = ("未经复议直接起诉", |layout| vec![names(layout).proceedings.litigation.direct.total], NOTHING);
const AFTER: Sense =
    ("复议后起诉", |layout| vec![names(layout).proceedings.litigation.after_reconsideration.total], NOTHING);

fn names(layout: Layout) -> &'static Form<Cells> {
    Form::cells(layout)
}

/// The totals of the rows that are in one group with these.
fn group(layout: Layout, rows: &impl Node<Cells>) -> Vec<Cell> {
    rows_of_group(layout, rows).filter_map(Row::total).map(Entry::cell).collect()
}

fn rows_of_group(layout: Layout, rows: &impl Node<Cells>) -> impl Iterator<Item = &'static Row> {
    let row = leaves(rows).into_iter().find_map(|cell| layout.row_of(cell));
    row.into_iter().flat_map(Row::siblings)
}

/// The words before a figure, and what they can mean.
const WORDS: &[(Topic, &[&str], &[Sense])] = &[
    (
        Topic::Noun,
        &["政府信息公开申请", "信息公开申请", "依申请公开"],
        &[RECEIVED, HANDLED, FINISHED, FINISHED_OF_YEAR],
    ),
    (Topic::Received, &["新收", "新收到", "新受理", "新接收"], &[RECEIVED]),
    (Topic::Received, &["收办"], &[HANDLED]),
    (Topic::Received, &["收到", "接到", "受理", "接收", "收件"], &[RECEIVED, HANDLED]),
    (
        Topic::Finished,
        &["办结", "答复", "办理", "办复", "回复", "处理", "办理答复", "完成答复"],
        &[FINISHED, FINISHED_OF_YEAR, RECEIVED, HANDLED],
    ),
    (
        Topic::Outcome,
        &["公开及部分公开", "公开和部分公开", "公开或部分公开", "公开或者部分公开", "公开与部分公开"],
        &[DISCLOSED_IN_ALL],
    ),
    (Topic::Outcome, &["予以公开", "同意公开"], &[DISCLOSED, DISCLOSED_IN_ALL]),
    (Topic::Outcome, &["部分公开", "予以部分公开"], &[PARTIALLY]),
    (Topic::Outcome, &["不予公开", "不同意公开"], &[WITHHELD]),
    (Topic::Outcome, &["无法提供"], &[UNAVAILABLE]),
    (Topic::Outcome, &["不予处理"], &[NOT_PROCESSED]),
    (Topic::Outcome, &["其他处理", "作其他处理"], &[OTHER_HANDLING]),
    (Topic::Proceedings, &["复议"], &[RECONSIDERATION]),
    (Topic::Proceedings, &["诉讼", "行政诉讼"], &[LITIGATION, DIRECT, AFTER]),
    (Topic::Proceedings, &["未经复议直接起诉", "直接起诉"], &[DIRECT]),
    (Topic::Proceedings, &["复议后起诉"], &[AFTER]),
];

/// Words before a figure over the cells of one layout.
pub(super) struct Word {
    pub topic: Topic,
    pub words: Vec<String>,
    pub meanings: Vec<Meaning>,
}

impl Word {
    fn of(topic: Topic, words: &[&str], meanings: Vec<Meaning>) -> Word {
        Word { topic, words: words.iter().map(|word| (*word).to_owned()).collect(), meanings }
    }
}

/// The words that are known, with what they mean over the cells of one layout.
pub(super) struct Vocabulary {
    words: Vec<Word>,
    carried_in: Word,
    pub carried_out: Word,
    /// 行政复议、行政诉讼共3件.
    pub proceedings: Vec<Meaning>,
    /// What a list after 其中, or a percentage, can be of.
    pub wholes: Vec<Meaning>,
}

impl Vocabulary {
    /// The words over the cells of this layout.
    pub(super) fn of(layout: Layout) -> &'static Vocabulary {
        static ALL: PerLayout<Vocabulary> = PerLayout::new(Vocabulary::new);
        ALL.of(layout)
    }

    fn new(layout: Layout) -> Vocabulary {
        let form = Form::cells(layout);
        // A meaning over a cell that is not printed is none.
        let is_printed =
            |meaning: &Meaning| !meaning.plus.is_empty() && meaning.cells().all(|cell| layout.entry(cell).is_some());
        let meanings = |senses: &[Sense]| {
            senses.iter().map(|sense| Meaning::of(*sense, layout)).filter(is_printed).collect::<Vec<_>>()
        };
        let mut words: Vec<Word> =
            WORDS.iter().map(|(topic, words, senses)| Word::of(*topic, words, meanings(senses))).collect();
        words.extend(rows_by_name(layout));
        words.extend(applicants(layout));
        words.extend(rulings(form));
        words.extend(documents(form));
        words.iter_mut().for_each(|word| word.meanings.retain(is_printed));
        words.retain(|word| !word.meanings.is_empty());
        Vocabulary {
            words,
            carried_in: Word::of(Topic::Outcome, &[], meanings(&[CARRIED_IN])),
            carried_out: Word::of(Topic::Outcome, &[], meanings(&[CARRIED_OUT])),
            proceedings: meanings(&[PROCEEDINGS, LITIGATION]),
            wholes: meanings(&[RECEIVED, HANDLED, FINISHED, FINISHED_OF_YEAR]),
        }
    }

    /// The cells of the first meaning of the word that a text ends with; `None` if it ends with none.
    pub(super) fn cells_of(&self, before: &str) -> Option<&[Cell]> {
        self.ending(before).map(|word| word.meanings.first().map_or(&[][..], |meaning| &meaning.plus))
    }

    /// The word that a text ends with, but for what changes nothing. An outcome says more than a verb after it,
    /// 同意公开答复, a verb more than what it takes, and a longer word more than one in it.
    pub(super) fn ending(&self, before: &str) -> Option<&Word> {
        let weight = |topic| match topic {
            Topic::Noun => 0,
            Topic::Received | Topic::Finished => 1,
            _ => 2,
        };
        let ends = |text: &str| {
            let found = self.words.iter().filter_map(|word| {
                let words = word.words.iter().filter(|word| text.ends_with(word.as_str()));
                Some((weight(word.topic), words.map(String::len).max()?, word))
            });
            found.max_by_key(|(weight, length, _)| (*weight, *length))
        };
        let fillers = before.char_indices().rev().take(20).take_while(|(_, c)| FILLERS.contains(*c));
        let cuts = std::iter::once(before.len()).chain(fillers.map(|(at, _)| at));
        let found = cuts.filter_map(|cut| ends(&before[..cut]));
        found.max_by_key(|(weight, length, _)| (*weight, *length)).map(|(.., word)| word)
    }

    /// Whether a figure is of requests carried over: 上年结转3件, 结转下年度2件, 2件结转下一年办理.
    pub(super) fn carried(&self, report: &PublishedReport, before: &str, after: &str) -> Option<&Word> {
        // What is behind the verb and the year must count requests, too.
        let ends_plainly = |text: &str, words: &[&str]| {
            let end = words.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
            let rest = text[end..].replace("继续", "").replace("办理", "").replace("处理", "");
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "年度".contains(c));
            rest.chars().all(|c| FILLERS.contains(c))
        };
        if is_carried_out(report, before) && ends_plainly(before, &[NEXT_YEAR, CARRY].concat()) {
            return Some(&self.carried_out);
        }
        if is_carried_in(report, before) && ends_plainly(before, CARRY) {
            return Some(&self.carried_in);
        }
        (is_carried_out(report, after) && self.ending(before).is_none()).then_some(&self.carried_out)
    }
}

/// The rows of the groups of outcomes, by their own names.
fn rows_by_name(layout: Layout) -> Vec<Word> {
    let outcomes = &names(layout).requests.outcomes;
    let rows = rows_of_group(layout, &outcomes.withheld).chain(rows_of_group(layout, &outcomes.unavailable));
    let word = |row: &'static Row| {
        let label = row.label();
        let name = label.rsplit_once('.').map_or(label, |(_, name)| name).to_owned();
        let plus = row.total().map(Entry::cell).into_iter().collect();
        let meanings = vec![Meaning { name: name.clone(), plus, minus: vec![] }];
        Word { topic: Topic::Outcome, words: vec![name], meanings }
    };
    rows.chain(rows_of_group(layout, &outcomes.not_processed)).map(word).collect()
}

/// Who applied.
fn applicants(layout: Layout) -> Vec<Word> {
    let requests = &names(layout).requests;
    let by = |words: &[&str], name: &str, of: &dyn Fn(&Applicants<Cells>) -> Vec<Cell>| {
        let of_rows = [
            ("本年新收", of(&requests.received)),
            ("本年新收与上年结转之和", [of(&requests.received), of(&requests.carried_in)].concat()),
            ("办理结果总计", of(&requests.outcomes.total)),
        ];
        let meaning = |(row, plus)| Meaning { name: format!("{name}，{row}"), plus, minus: vec![] };
        Word::of(Topic::Outcome, words, of_rows.map(meaning).into())
    };
    let organizations = |row: &Applicants<Cells>| {
        let parts = layout.row_of(row.total).into_iter().flat_map(Row::parts).map(Entry::cell);
        parts.filter(|cell| *cell != row.natural_person).collect()
    };
    vec![
        by(&["自然人", "公民"], "自然人", &|row| vec![row.natural_person]),
        by(
            &["法人", "法人或其他组织", "法人和其他组织", "法人及其他组织", "法人或者其他组织"],
            "法人或其他组织",
            &organizations,
        ),
    ]
}

/// How proceedings ended.
fn rulings(form: &Form<Cells>) -> Vec<Word> {
    let proceedings = &form.proceedings;
    let [direct, after] = [&proceedings.litigation.direct, &proceedings.litigation.after_reconsideration];
    let by = |words: &[&str], cell: fn(&Rulings<Cells>) -> Cell| {
        let of_groups = [
            ("行政复议", vec![cell(&proceedings.reconsideration)]),
            ("行政诉讼", vec![cell(direct), cell(after)]),
            ("未经复议直接起诉", vec![cell(direct)]),
            ("复议后起诉", vec![cell(after)]),
        ];
        let meaning = |(group, plus)| Meaning { name: format!("{group}，{}", words[0]), plus, minus: vec![] };
        Word::of(Topic::Ruling, words, of_groups.map(meaning).into())
    };
    vec![
        by(&["结果维持", "维持"], |of| of.upheld),
        by(&["结果纠正", "纠正"], |of| of.corrected),
        by(&["其他结果"], |of| of.other),
        by(&["尚未审结", "未审结"], |of| of.pending),
    ]
}

/// 规范性文件 of table one, by what was done with them.
fn documents(form: &Form<Cells>) -> Vec<Word> {
    let Some(items) = form.article20.edition2021() else { return vec![] };
    let documents = &items.normative_documents;
    let by = |verbs: &[&str], name: &str, cell| {
        let nouns = ["行政规范性文件", "规范性文件"];
        let words = verbs.iter().flat_map(|verb| nouns.map(|noun| format!("{verb}{noun}"))).collect();
        let meanings = vec![Meaning { name: format!("规范性文件，{name}"), plus: vec![cell], minus: vec![] }];
        Word { topic: Topic::Documents, words, meanings }
    };
    vec![
        by(&["制发", "制定", "出台"], "本年制发件数", documents.issued),
        by(&["废止"], "本年废止件数", documents.repealed),
        by(&["现行有效"], "现行有效件数", documents.in_force),
    ]
}
