//! Counts of requests, of their outcomes, of proceedings and of documents.

use super::sentence::Figure;
use super::{
    CARRY, COMPARISON, FILLERS, Meaning, Sense, Sentence, Statement, covers_region, has, is_of_other_time,
    of_other_bodies, plain,
};
use crate::catalogue::Form;
use crate::form::edition::PerLayout;
use crate::form::{Cell, Cells, Layout};
use crate::proceedings::Rulings;
use crate::published::PublishedReport;
use crate::requests::{Applicants, rows};
use crate::text::years;

// ---- Words and what they mean --------------------------------------------------------------------

/// What a word before a figure speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Topic {
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

const NOTHING: fn(&Form<Cells>) -> Vec<Cell> = |_| vec![];
pub(super) const RECEIVED: Sense = ("本年新收", |form| vec![form.requests.received.total], NOTHING);
const HANDLED: Sense =
    ("本年新收与上年结转之和", |form| vec![form.requests.received.total, form.requests.carried_in.total], NOTHING);
const FINISHED: Sense = ("办理结果总计", |form| vec![form.requests.outcomes.total.total], NOTHING);
const FINISHED_OF_YEAR: Sense = (
    "办理结果总计减上年结转",
    |form| vec![form.requests.outcomes.total.total],
    |form| vec![form.requests.carried_in.total],
);
pub(super) const CARRIED_IN: Sense = ("上年结转", |form| vec![form.requests.carried_in.total], NOTHING);
pub(super) const CARRIED_OUT: Sense = ("结转下年度继续办理", |form| vec![form.requests.carried_out.total], NOTHING);
const DISCLOSED: Sense = ("予以公开", |form| vec![form.requests.outcomes.disclosed.total], NOTHING);
const DISCLOSED_IN_ALL: Sense = (
    "予以公开与部分公开之和",
    |form| vec![form.requests.outcomes.disclosed.total, form.requests.outcomes.partially_disclosed.total],
    NOTHING,
);
const PARTIALLY: Sense = ("部分公开", |form| vec![form.requests.outcomes.partially_disclosed.total], NOTHING);
const WITHHELD: Sense = ("不予公开", |form| totals(rows(&form.requests.outcomes.withheld)), NOTHING);
const UNAVAILABLE: Sense = ("无法提供", |form| totals(rows(&form.requests.outcomes.unavailable)), NOTHING);
const NOT_PROCESSED: Sense = ("不予处理", |form| totals(rows(&form.requests.outcomes.not_processed)), NOTHING);
const OTHER_HANDLING: Sense = ("其他处理", |form| totals(rows(&form.requests.outcomes.other_handling)), NOTHING);
pub(super) const RECONSIDERATION: Sense = ("行政复议", |form| vec![form.proceedings.reconsideration.total], NOTHING);
pub(super) const LITIGATION: Sense = (
    "行政诉讼",
    |form| {
        [&form.proceedings.litigation.direct, &form.proceedings.litigation.after_reconsideration]
            .map(|of| of.total)
            .into()
    },
    NOTHING,
);
const PROCEEDINGS: Sense =
    ("行政复议与行政诉讼之和", |form| [RECONSIDERATION.1(form), LITIGATION.1(form)].concat(), NOTHING);
const DIRECT: Sense = ("未经复议直接起诉", |form| vec![form.proceedings.litigation.direct.total], NOTHING);
const AFTER: Sense = ("复议后起诉", |form| vec![form.proceedings.litigation.after_reconsideration.total], NOTHING);

fn totals(rows: Vec<Applicants<Cells>>) -> Vec<Cell> {
    rows.into_iter().map(|row| row.total).collect()
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
struct Word {
    topic: Topic,
    words: Vec<String>,
    meanings: Vec<Meaning>,
}

/// The words that are known, with what they mean over the cells of one layout.
pub(super) struct Vocabulary {
    words: Vec<Word>,
    carried_in: Word,
    carried_out: Word,
    /// 行政复议、行政诉讼共3件.
    proceedings: Vec<Meaning>,
    /// What a list after 其中, or a percentage, can be of.
    pub wholes: Vec<Meaning>,
}

impl Vocabulary {
    /// The words over the cells of this layout.
    pub(super) fn of(layout: Layout) -> &'static Vocabulary {
        static ALL: PerLayout<Vocabulary> = PerLayout::new(|layout| Vocabulary::new(Form::cells(layout)));
        ALL.of(layout)
    }

    fn new(form: &Form<Cells>) -> Vocabulary {
        let meanings = |senses: &[Sense]| senses.iter().map(|sense| Meaning::of(*sense, form)).collect::<Vec<_>>();
        let word = |topic, words: &[&str], meanings| Word {
            topic,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            meanings,
        };
        let mut words: Vec<Word> =
            WORDS.iter().map(|(topic, words, senses)| word(*topic, words, meanings(senses))).collect();
        words.extend(rows_by_name(form));
        words.extend(applicants(form));
        words.extend(rulings(form));
        words.extend(documents(form));
        Vocabulary {
            words,
            carried_in: word(Topic::Outcome, &[], meanings(&[CARRIED_IN])),
            carried_out: word(Topic::Outcome, &[], meanings(&[CARRIED_OUT])),
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
    fn ending(&self, before: &str) -> Option<&Word> {
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
    fn carried(&self, report: &PublishedReport, Clause { before, after, .. }: &Clause<'_>) -> Option<&Word> {
        // What stands behind the verb and the year must count requests, too.
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
fn rows_by_name(form: &Form<Cells>) -> Vec<Word> {
    let outcomes = &form.requests.outcomes;
    let rows = [rows(&outcomes.withheld), rows(&outcomes.unavailable), rows(&outcomes.not_processed)].concat();
    let word = |row: Applicants<Cells>| {
        let label = row.total.entry().row().label();
        let name = label.rsplit_once('.').map_or(label, |(_, name)| name).to_owned();
        let meanings = vec![Meaning { name: name.clone(), plus: vec![row.total], minus: vec![] }];
        Word { topic: Topic::Outcome, words: vec![name], meanings }
    };
    rows.into_iter().map(word).collect()
}

/// Who applied.
fn applicants(form: &Form<Cells>) -> Vec<Word> {
    let requests = &form.requests;
    let by = |words: &[&str], name: &str, of: fn(&Applicants<Cells>) -> Vec<Cell>| {
        let of_rows = [
            ("本年新收", of(&requests.received)),
            ("本年新收与上年结转之和", [of(&requests.received), of(&requests.carried_in)].concat()),
            ("办理结果总计", of(&requests.outcomes.total)),
        ];
        let meaning = |(row, plus)| Meaning { name: format!("{name}，{row}"), plus, minus: vec![] };
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Word { topic: Topic::Outcome, words, meanings: of_rows.map(meaning).into() }
    };
    vec![
        by(&["自然人", "公民"], "自然人", |row| vec![row.natural_person]),
        by(
            &["法人", "法人或其他组织", "法人和其他组织", "法人及其他组织", "法人或者其他组织"],
            "法人或其他组织",
            |row| row.parts().into_iter().filter(|cell| *cell != row.natural_person).collect(),
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
        let meanings = of_groups.map(meaning).into();
        Word { topic: Topic::Ruling, words: words.iter().map(|word| (*word).to_owned()).collect(), meanings }
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
    let documents = &items.item1.normative_documents;
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

/// Words for the year after, and for the year before.
const NEXT_YEAR: &[&str] = &["下年", "下一年", "次年", "下个年度"];
const LAST_YEAR: &[&str] = &["上年", "上一年", "上个年度"];

/// Whether a text speaks of what is carried over into the next year.
pub(super) fn is_carried_out(report: &PublishedReport, text: &str) -> bool {
    has(text, CARRY) && (has(text, NEXT_YEAR) || names_year(text, report.facts.year.map(|year| year.get() + 1)))
}

/// Whether a text speaks of what was carried over from the year before.
pub(super) fn is_carried_in(report: &PublishedReport, text: &str) -> bool {
    let last = has(text, LAST_YEAR) || names_year(text, report.facts.year.map(|year| year.get() - 1));
    has(text, CARRY) && last && !has(text, NEXT_YEAR)
}

fn names_year(text: &str, year: Option<u16>) -> bool {
    year.is_some_and(|year| years(text).any(|(_, named)| named == year))
}

// ---- Figures in their clause ---------------------------------------------------------------------

/// A clause with one of these speaks of a part: of a channel, of what came late or was changed, of another measure.
const PART: &[&str] = &[
    "线上", "线下", "网上", "网络", "平台", "网站", "信函", "邮件", "邮寄", "当面", "当场", "现场", "传真", "书面",
    "窗口", "电话", "累计", "以来", "主动", "微信", "微博", "建议", "提案", "热线", "咨询", "信箱", "来信", "投诉",
    "备案", "剩余", "预", "评议", "超期", "逾期", "延期", "补正", "撤回", "撤销", "转办", "协查", "协助", "征求",
    "留言", "诉求", "许可", "企业", "律师", "参与", "起草", "名义", "代拟",
];

/// A clause on requests with one of these speaks of those of one subject.
const SUBJECT: &[&str] = &["涉及", "有关", "关于", "方面"];

/// What an authority does with the cases of others is another measure.
const OF_AUTHORITIES: &[&str] = &["审理", "审结", "办理", "化解", "应诉", "受理行政", "复议机"];

/// A figure in its clause.
struct Clause<'s> {
    before: String,
    after: String,
    /// The sentence up to the figure, and from there.
    said: &'s str,
    follows: &'s str,
    /// Whether it says that it counts requests.
    of_requests: bool,
    /// Whether the sentence, or the heading above, is about disclosure.
    of_disclosure: bool,
}

impl<'s> Clause<'s> {
    fn of(sentence: &'s Sentence<'_>, figure: &Figure) -> Clause<'s> {
        let (before, after) = (plain(sentence.before(figure)), plain(sentence.after(figure)));
        let of_requests = before.contains("申请") || after.contains("申请");
        let of_disclosure = has(&sentence.text, &["信息公开", "依申请", "公开申请", "申请公开"])
            || has(sentence.heading, &["依申请", "申请公开"]);
        let (said, follows) = (&sentence.text[..figure.start], &sentence.text[figure.end..]);
        Clause { before, after, said, follows, of_requests, of_disclosure }
    }

    fn has(&self, words: &[&str]) -> bool {
        has(&self.before, words) || has(&self.after, words)
    }

    /// Whether a word of this topic, before a figure with this counter, speaks of what the tables count.
    fn speaks_of(&self, topic: Topic, counter: char, talk: Talk) -> bool {
        let counters = match topic {
            Topic::Documents => "件份个",
            Topic::Proceedings | Topic::Ruling => "件起宗例次",
            _ if self.of_requests => "件份宗起项例条",
            _ => "件份宗起",
        };
        let applies = match topic {
            Topic::Noun => self.begins_with_requests(),
            Topic::Received => self.of_requests,
            Topic::Finished => self.of_requests || talk.of_requests,
            Topic::Outcome => self.of_disclosure || talk.of_requests || !self.has(&["复议", "诉"]),
            Topic::Proceedings => {
                let is_part_about_disclosure = self.follows.split_once("其中").is_some_and(|(_, part)| {
                    has(part.split(['，', ',', '；', '。']).next().unwrap_or(""), &["信息公开"])
                });
                (self.of_disclosure || self.begins_with_proceedings())
                    && !self.has(OF_AUTHORITIES)
                    && !is_part_about_disclosure
            }
            Topic::Ruling => talk.of_proceedings,
            Topic::Documents => true,
        };
        applies && counters.contains(counter)
    }

    /// Whether nothing but a time stands before the requests.
    fn begins_with_requests(&self) -> bool {
        let before = self.before.trim_start_matches(|c: char| c.is_ascii_digit() || "年度全本共我局、".contains(c));
        ["政府信息", "信息公开", "依申请"].iter().any(|word| before.starts_with(word))
    }

    /// Whether the clause speaks of proceedings from its first word.
    fn begins_with_proceedings(&self) -> bool {
        let before = self.before.trim_start_matches(['、', '和', '及', '与', '被', '无']);
        ["行政复", "行政诉", "申请行政", "提起", "复议", "诉讼"].iter().any(|word| before.starts_with(word))
    }
}

/// What was said before, as far as it bears on the next figure.
#[derive(Clone, Copy, Default)]
struct Talk {
    /// Whether the last figure was of requests, or of proceedings.
    of_requests: bool,
    of_proceedings: bool,
    /// The last figure of the sentence before, whatever it counts.
    last: Option<i64>,
    /// Whether the last time that was named is another.
    other_time: bool,
    /// Whether a figure of other bodies was given, of which the next ones may be parts.
    other_bodies: bool,
}

/// Counts of requests, of their outcomes, of proceedings and of documents.
pub(crate) fn counts(report: &PublishedReport, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let vocabulary = Vocabulary::of(report.layout());
    let mut found = Vec::new();
    let mut talk = Talk::default();
    for sentence in sentences.iter().filter(|sentence| sentence.section.is_some()) {
        if !sentence.goes_on && !sentence.text.starts_with("其中") {
            talk = Talk::default();
        }
        let mut since = 0;
        for figure in &sentence.figures {
            let time = is_of_other_time(report, &sentence.text[since..figure.start]);
            let before = Talk { other_time: time.unwrap_or(talk.other_time), ..talk };
            let (meanings, after) = vocabulary.meanings_of(report, sentence, figure, before);
            found.extend(meanings.and_then(|meanings| compared(report, sentence, figure, meanings)));
            (talk, since) = (after, figure.end);
        }
        talk.last = sentence.figures.last().map(|figure| figure.value);
        talk.other_time = is_of_other_time(report, &sentence.text[since..]).unwrap_or(talk.other_time);
    }
    found
}

impl Vocabulary {
    /// What a figure can mean, `None` where that is not known or not what the tables count; and what was said with it.
    fn meanings_of(
        &self,
        report: &PublishedReport,
        sentence: &Sentence<'_>,
        figure: &Figure,
        talk: Talk,
    ) -> (Option<&[Meaning]>, Talk) {
        let mut said = Talk { of_requests: false, of_proceedings: false, ..talk };
        let clause = Clause::of(sentence, figure);
        let carried = self.carried(report, &clause).filter(|_| !talk.of_proceedings && !clause.has(&["复议", "诉"]));
        let Some(word) = carried.or_else(|| self.ending(&clause.before)) else { return (None, said) };
        if !clause.speaks_of(word.topic, figure.counter, talk) {
            return (None, said);
        }
        said.other_bodies |= of_other_bodies(report, &clause.before, clause.said);
        let apart = clause.has(COMPARISON)
            || carried.is_none() && clause.has(LAST_YEAR)
            || !std::ptr::eq(word, &self.carried_out) && clause.has(PART)
            || word.topic != Topic::Proceedings && clause.has(SUBJECT);
        if !figure.exact || said.other_time || said.other_bodies || apart {
            return (None, said);
        }
        said.of_proceedings = matches!(word.topic, Topic::Proceedings | Topic::Ruling);
        said.of_requests = !said.of_proceedings && word.topic != Topic::Documents;
        let both = word.topic == Topic::Proceedings
            && clause.before.contains("复议")
            && clause.before.contains("诉讼")
            && !clause.before.contains("起诉");
        let known = match word.topic {
            Topic::Proceedings | Topic::Ruling => true,
            // A government has its documents counted with those of its departments.
            Topic::Documents => covers_region(report) != Some(true),
            _ => self.is_part_of_known(report, sentence, figure, word, talk.last),
        };
        (known.then_some(if both { &self.proceedings } else { &word.meanings }), said)
    }

    /// Whether a figure is none of a list after 其中, or that list is of something the tables have.
    fn is_part_of_known(
        &self,
        report: &PublishedReport,
        sentence: &Sentence<'_>,
        figure: &Figure,
        word: &Word,
        last: Option<i64>,
    ) -> bool {
        let among = sentence.text[..figure.start].rfind("其中");
        let Some(among) = among.filter(|at| !closes_a_bracket(&sentence.text[*at..figure.start])) else { return true };
        let whole = sentence.figures.iter().rfind(|other| other.end <= among).map(|other| other.value);
        let whole = whole.or(last.filter(|_| among == 0));
        let is_part = !matches!(word.topic, Topic::Noun | Topic::Received | Topic::Finished)
            || word.words.iter().any(|word| word == "新收");
        is_part && whole.is_some_and(|whole| self.wholes.iter().any(|of| of.is(whole, report)))
    }
}

/// The statement that a figure is one of these; `None` where the tables cannot tell.
fn compared(
    report: &PublishedReport,
    sentence: &Sentence<'_>,
    figure: &Figure,
    meanings: &[Meaning],
) -> Option<Statement> {
    let known: Vec<_> =
        meanings.iter().map(|meaning| Some((meaning, meaning.value(report)?))).collect::<Option<_>>()?;
    let fits = known.iter().any(|(_, known)| known.complete && known.count == figure.value);
    // Blank cells could make up for the difference.
    if !fits && known.iter().any(|(_, known)| !known.complete && known.count <= figure.value) {
        return None;
    }
    let named = known.iter().map(|(meaning, known)| {
        let least = if known.complete { "" } else { "≥ " };
        (meaning.name.clone(), format!("{least}{}", known.count))
    });
    let cells = known.first()?.0.plus.clone();
    Some(Statement { cells, ..Statement::of(sentence, sentence.printed(figure), named.collect(), fits) })
}

/// Whether a bracket closes that was not opened here.
fn closes_a_bracket(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|c| {
        depth += i32::from("（(".contains(c)) - i32::from("）)".contains(c));
        depth < 0
    })
}
