//! Counts of requests, of their outcomes, of proceedings and of documents.

use super::context::{COMPARISON, LAST_YEAR, covers_region, is_of_other_time, of_other_bodies, plain};
use super::meaning::Meaning;
use super::sentence::{CountedNumber, Sentence};
use super::statement::Statement;
use super::vocabulary::{Topic, Vocabulary, Word};
use crate::published::PublishedReport;
use crate::text::contains_any;

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
    fn of(sentence: &'s Sentence<'_>, figure: &CountedNumber) -> Clause<'s> {
        let (before, after) = (plain(sentence.before(figure)), plain(sentence.after(figure)));
        let of_requests = before.contains("申请") || after.contains("申请");
        let of_disclosure = contains_any(&sentence.text, &["信息公开", "依申请", "公开申请", "申请公开"])
            || contains_any(sentence.heading, &["依申请", "申请公开"]);
        let (said, follows) = (&sentence.text[..figure.start], &sentence.text[figure.end..]);
        Clause { before, after, said, follows, of_requests, of_disclosure }
    }

    fn has(&self, words: &[&str]) -> bool {
        contains_any(&self.before, words) || contains_any(&self.after, words)
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
                    contains_any(part.split(['，', ',', '；', '。']).next().unwrap_or(""), &["信息公开"])
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

    /// Whether nothing but a time is before the requests.
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
pub(crate) fn counts<'s>(report: &PublishedReport, sentences: &'s [Sentence<'_>]) -> Vec<Statement<'s>> {
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
        figure: &CountedNumber,
        talk: Talk,
    ) -> (Option<&[Meaning]>, Talk) {
        let mut said = Talk { of_requests: false, of_proceedings: false, ..talk };
        let clause = Clause::of(sentence, figure);
        let carried = self
            .carried(report, &clause.before, &clause.after)
            .filter(|_| !talk.of_proceedings && !clause.has(&["复议", "诉"]));
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
        figure: &CountedNumber,
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
fn compared<'s>(
    report: &PublishedReport,
    sentence: &'s Sentence<'_>,
    figure: &CountedNumber,
    meanings: &[Meaning],
) -> Option<Statement<'s>> {
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
