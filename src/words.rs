//! What the prose says, against the tables: counts, denials, sums inside a sentence, percentages, the period.
//!
//! Words are read with what they are known to mean, and a statement is wrong only if it fits none of its meanings. What is
//! not exact (近300件, 18万余条), is about another year, about a channel or about other offices, is left alone.

mod sentence;

use std::sync::LazyLock;

use sentence::Figure;
pub(crate) use sentence::{Sentence, sentences};

use crate::agency::AgencyKind;
use crate::form::{Cell, Cells, Entry, Form, Layout};
use crate::narrative::Section;
use crate::proceedings::Rulings;
use crate::published::{Place, PublishedCell, PublishedReport, Scope};
use crate::requests::{Applicants, rows};

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
    fn of(sentence: &Sentence, stated: String, meanings: Vec<(String, String)>, fits: bool) -> Statement {
        let (section, place, text) = (sentence.section, sentence.place.clone(), sentence.text.clone());
        Statement { section, place, sentence: text, stated, meanings, cells: vec![], fits }
    }
}

// ---- Meanings ------------------------------------------------------------------------------------

/// A sum of cells, some of them taken away.
#[derive(Clone)]
struct Meaning {
    name: String,
    plus: Vec<Cell>,
    minus: Vec<Cell>,
}

/// The meaning of this name: the sum of these cells.
fn sum(name: impl Into<String>, plus: Vec<Cell>) -> Meaning {
    Meaning { name: name.into(), plus, minus: vec![] }
}

/// What a word before a figure speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Topic {
    /// Requests, if the clause says so: what was received.
    Received,
    /// Requests, if the clause says so, or the figure before does: what was answered.
    Finished,
    /// How requests ended, who made them.
    Outcome,
    /// Reconsideration or litigation.
    Proceedings,
    /// How proceedings ended.
    Ruling,
    /// Documents of table one.
    Documents,
}

/// Words before a figure, and what they can mean.
struct Word {
    words: Vec<String>,
    topic: Topic,
    meanings: Vec<Meaning>,
}

/// The words that are known, with what they mean over the cells of one layout.
struct Vocabulary {
    words: Vec<Word>,
    carried_in: Word,
    carried_out: Word,
    reconsideration_and_litigation: Vec<Meaning>,
    /// What a list after 其中 can be the parts of.
    wholes: Vec<Meaning>,
    denials: Vec<Denial>,
}

impl Vocabulary {
    /// The words over the cells of this layout.
    fn of(layout: Layout) -> &'static Vocabulary {
        static ALL: LazyLock<[Vocabulary; 3]> =
            LazyLock::new(|| [0, 1, 2].map(|layout| Vocabulary::new(Form::cells(Layout::ALL[layout]))));
        &ALL[Layout::ALL.iter().position(|of| *of == layout).unwrap_or(0)]
    }

    fn new(form: &Form<Cells>) -> Vocabulary {
        let requests = &form.requests;
        let outcomes = &requests.outcomes;
        let totals = |rows: Vec<Applicants<Cells>>| rows.into_iter().map(|row| row.total).collect::<Vec<Cell>>();
        let received = || sum("本年新收", vec![requests.received.total]);
        let handled = || sum("本年新收与上年结转之和", vec![requests.received.total, requests.carried_in.total]);
        let finished = || sum("办理结果总计", vec![outcomes.total.total]);
        let finished_of_year = || Meaning {
            name: "办理结果总计减上年结转".to_owned(),
            plus: vec![outcomes.total.total],
            minus: vec![requests.carried_in.total],
        };
        let disclosed = || sum("予以公开", vec![outcomes.disclosed.total]);
        let disclosed_in_all =
            || sum("予以公开与部分公开之和", vec![outcomes.disclosed.total, outcomes.partially_disclosed.total]);
        let word = |topic, words: &[&str], meanings| Word {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            topic,
            meanings,
        };
        let mut words = vec![
            word(Topic::Received, &["新收", "新收到", "新受理", "新接收"], vec![received()]),
            word(Topic::Received, &["收办"], vec![handled()]),
            word(Topic::Received, &["收到", "接到", "受理", "接收", "收件"], vec![received(), handled()]),
            word(
                Topic::Finished,
                &["办结", "答复", "办理", "办复", "回复", "处理", "办理答复", "完成答复"],
                vec![finished(), finished_of_year(), received(), handled()],
            ),
            word(
                Topic::Outcome,
                &["予以公开及部分公开", "予以公开和部分公开", "公开及部分公开", "公开和部分公开"],
                vec![disclosed_in_all()],
            ),
            word(Topic::Outcome, &["予以公开", "同意公开"], vec![disclosed(), disclosed_in_all()]),
        ];
        for (group, named, rows) in [
            ("部分公开", &["部分公开", "予以部分公开"][..], rows(&outcomes.partially_disclosed)),
            ("不予公开", &["不予公开", "不同意公开"], rows(&outcomes.withheld)),
            ("无法提供", &["无法提供"], rows(&outcomes.unavailable)),
            ("不予处理", &["不予处理"], rows(&outcomes.not_processed)),
            ("其他处理", &["其他处理", "作其他处理"], rows(&outcomes.other_handling)),
        ] {
            words.push(word(Topic::Outcome, named, vec![sum(group, totals(rows))]));
        }
        // The rows under these groups, by their own names.
        for row in [rows(&outcomes.withheld), rows(&outcomes.unavailable), rows(&outcomes.not_processed)].concat() {
            let label = row.total.entry().row();
            let name = label.rsplit_once('.').map_or(label, |(_, name)| name);
            words.push(word(Topic::Outcome, &[name], vec![sum(name.to_owned(), vec![row.total])]));
        }
        let by = |name: &str, of: &dyn Fn(&Applicants<Cells>) -> Vec<Cell>| {
            vec![
                sum(format!("{name}，本年新收"), of(&requests.received)),
                sum(
                    format!("{name}，本年新收与上年结转之和"),
                    [of(&requests.received), of(&requests.carried_in)].concat(),
                ),
                sum(format!("{name}，办理结果总计"), of(&outcomes.total)),
            ]
        };
        let legal = |row: &Applicants<Cells>| {
            row.parts().into_iter().filter(|cell| *cell != row.natural_person).collect::<Vec<Cell>>()
        };
        words.push(word(Topic::Outcome, &["自然人", "公民"], by("自然人", &|row| vec![row.natural_person])));
        words.push(word(
            Topic::Outcome,
            &["法人", "法人或其他组织", "法人和其他组织", "法人及其他组织", "法人或者其他组织"],
            by("法人或其他组织", &legal),
        ));
        let proceedings = &form.proceedings;
        let reconsideration = &proceedings.reconsideration;
        let [direct, after] = [&proceedings.litigation.direct, &proceedings.litigation.after_reconsideration];
        let litigation = || sum("行政诉讼", vec![direct.total, after.total]);
        words.push(word(Topic::Proceedings, &["复议"], vec![sum("行政复议", vec![reconsideration.total])]));
        words.push(word(
            Topic::Proceedings,
            &["诉讼", "行政诉讼"],
            vec![litigation(), sum("未经复议直接起诉", vec![direct.total]), sum("复议后起诉", vec![after.total])],
        ));
        words.push(word(
            Topic::Proceedings,
            &["未经复议直接起诉", "直接起诉"],
            vec![sum("未经复议直接起诉", vec![direct.total])],
        ));
        words.push(word(Topic::Proceedings, &["复议后起诉"], vec![sum("复议后起诉", vec![after.total])]));
        let ruling = |name: &str, cell: fn(&Rulings<Cells>) -> Cell| {
            vec![
                sum(format!("行政复议，{name}"), vec![cell(reconsideration)]),
                sum(format!("行政诉讼，{name}"), vec![cell(direct), cell(after)]),
                sum(format!("未经复议直接起诉，{name}"), vec![cell(direct)]),
                sum(format!("复议后起诉，{name}"), vec![cell(after)]),
            ]
        };
        words.push(word(Topic::Ruling, &["结果维持", "维持"], ruling("结果维持", |of| of.upheld)));
        words.push(word(Topic::Ruling, &["结果纠正", "纠正"], ruling("结果纠正", |of| of.corrected)));
        words.push(word(Topic::Ruling, &["其他结果"], ruling("其他结果", |of| of.other)));
        words.push(word(Topic::Ruling, &["尚未审结", "未审结"], ruling("尚未审结", |of| of.pending)));
        if let Some(items) = form.article20.edition2021() {
            let documents = &items.item1.normative_documents;
            for (verbs, name, cell) in [
                (&["制发", "制定", "出台"][..], "规范性文件，本年制发件数", documents.issued),
                (&["废止"], "规范性文件，本年废止件数", documents.repealed),
                (&["现行有效"], "规范性文件，现行有效件数", documents.in_force),
            ] {
                let nouns = ["行政规范性文件", "规范性文件"];
                let both = verbs.iter().flat_map(|verb| nouns.map(|noun| format!("{verb}{noun}"))).collect();
                words.push(Word { words: both, topic: Topic::Documents, meanings: vec![sum(name, vec![cell])] });
            }
        }
        let both = sum("行政复议与行政诉讼之和", vec![reconsideration.total, direct.total, after.total]);
        let denial = |verb, subjects, name: &str, cells| Denial { verb, subjects, meaning: sum(name, cells) };
        let denials = vec![
            denial(
                true,
                &["信息公开申请", "信息公开的申请", "依申请公开", "公开申请", "申请公开", "信息公开的要求"],
                "本年新收",
                vec![requests.received.total],
            ),
            denial(false, &["复议"], "行政复议", vec![reconsideration.total]),
            denial(false, &["诉讼"], "行政诉讼", vec![direct.total, after.total]),
            denial(
                false,
                &["结转下", "转下年", "转下一年", "结转至下", "下年度结转", "下年结转"],
                "结转下年度继续办理",
                vec![requests.carried_out.total],
            ),
            denial(
                false,
                &["上年结转", "上年度结转", "上一年结转", "上一年度结转"],
                "上年结转",
                vec![requests.carried_in.total],
            ),
        ];
        Vocabulary {
            denials,
            words,
            carried_in: word(Topic::Outcome, &[], vec![sum("上年结转", vec![requests.carried_in.total])]),
            carried_out: word(Topic::Outcome, &[], vec![sum("结转下年度继续办理", vec![requests.carried_out.total])]),
            reconsideration_and_litigation: vec![both, litigation()],
            wholes: vec![received(), handled(), finished(), finished_of_year()],
        }
    }

    /// The word that the text ends with, but for what changes nothing. An outcome says more than a verb after it,
    /// 同意公开答复, and a longer word more than one in it.
    fn ending(&self, before: &str) -> Option<&Word> {
        let is_verb = |word: &Word| matches!(word.topic, Topic::Received | Topic::Finished);
        let ends = |text: &str| {
            let found = self.words.iter().filter_map(|word| {
                let words = word.words.iter().filter(|word| text.ends_with(word.as_str()));
                Some((!is_verb(word), words.map(String::len).max()?, word))
            });
            found.max_by_key(|(outcome, length, _)| (*outcome, *length))
        };
        let mut fillers = before.char_indices().rev().take(21).take_while(|(_, c)| FILLERS.contains(*c));
        let cuts = std::iter::once(before.len()).chain(std::iter::from_fn(|| fillers.next().map(|(at, _)| at)));
        let found = cuts.filter_map(|cut| ends(&before[..cut]));
        found.max_by_key(|(outcome, length, _)| (*outcome, *length)).map(|(.., word)| word)
    }
}

/// What the tables have for a meaning: a count, or the least that it can be where cells are blank.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Known {
    count: i64,
    complete: bool,
}

impl Meaning {
    fn value(&self, report: &PublishedReport) -> Option<Known> {
        let sum = |cells: &[Cell]| {
            cells.iter().try_fold(Known { count: 0, complete: true }, |sum, cell| {
                let of_cell = total(report, *cell)?;
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
fn total(report: &PublishedReport, cell: Cell) -> Option<Known> {
    let count = |cell: Cell| report.get(cell).and_then(PublishedCell::count);
    if let Some(count) = count(cell) {
        return Some(Known { count, complete: true });
    }
    let Some((row, _)) = cell.path().rsplit_once('.').filter(|(_, column)| *column == "total") else {
        return Some(Known { count: 0, complete: false });
    };
    let in_row = |entry: &&Entry| entry.path().rsplit_once('.').is_some_and(|(of, _)| of == row);
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

/// The statement that a figure is one of these; `None` where the tables cannot tell.
fn compared(report: &PublishedReport, sentence: &Sentence, figure: &Figure, meanings: &[Meaning]) -> Option<Statement> {
    let known: Vec<(&Meaning, Known)> =
        meanings.iter().map(|meaning| Some((meaning, meaning.value(report)?))).collect::<Option<_>>()?;
    let fits = known.iter().any(|(_, known)| known.complete && known.count == figure.value);
    // Blank cells could make up for the difference.
    if !fits && known.iter().any(|(_, known)| !known.complete && known.count <= figure.value) {
        return None;
    }
    let value = |known: &Known| if known.complete { known.count.to_string() } else { format!("≥ {}", known.count) };
    let named = known.iter().map(|(meaning, known)| (meaning.name.clone(), value(known))).collect();
    let cells = known.first()?.0.plus.clone();
    Some(Statement { cells, ..Statement::of(sentence, sentence.printed(figure), named, fits) })
}

// ---- What is left alone --------------------------------------------------------------------------

/// What stands between a word and its figure without changing what it counts.
const FILLERS: &str = "政府信息公开申请依的为共计了有答复本年度全总数量事项件案要求提出书表已是达均分别：“”\"";

/// A clause with one of these speaks of a part: of a channel, of what came late or was changed, of another measure.
const PART: &[&str] = &[
    "线上", "线下", "网上", "网络", "平台", "网站", "信函", "邮件", "邮寄", "当面", "当场", "现场", "传真", "书面",
    "窗口", "电话", "累计", "以来", "主动", "微信", "微博", "建议", "提案", "热线", "咨询", "信箱", "来信", "投诉",
    "备案", "剩余", "预", "评议", "超期", "逾期", "延期", "补正", "撤回", "撤销", "转办", "协查", "征求", "留言",
    "诉求", "许可",
];

/// A clause on requests with one of these speaks of those of one subject.
const SUBJECT: &[&str] = &["涉及", "有关", "关于", "方面"];

/// A clause with one of these compares with other figures.
const COMPARISON: &[&str] = &["去年", "同期", "同比", "增长", "增加", "下降", "减少", "较", "比上"];

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Whether the tables are those of a region, where that is known.
fn covers_region(report: &PublishedReport) -> Option<bool> {
    match report.scope {
        Scope::Regional => Some(true),
        Scope::Own => Some(false),
        Scope::Unknown => match report.agency.as_ref().and_then(|agency| agency.kind)? {
            kind if kind.is_government() => Some(true),
            kind if kind.is_department() => Some(false),
            _ => None,
        },
    }
}

/// Whether a clause speaks of other bodies than the tables: of an office in the report of a region, of a region in the
/// report of an office, of departments and streets.
fn of_other_bodies(report: &PublishedReport, clause: &str, sentence: &str) -> bool {
    let others = match covers_region(report) {
        Some(true) => has(sentence, &["办公室", "办公厅", "本级", "本机关", "政府办"]),
        Some(false) => has(sentence, &["全市", "全区", "全县", "全省", "全州", "全盟", "全旗", "全系统"]),
        None => false,
    };
    let is_street = report.agency.as_ref().is_some_and(|agency| agency.kind == Some(AgencyKind::Township));
    // 县政府共收到: of the government, not of the county.
    let of_government = covers_region(report) == Some(true)
        && clause.split("政府").skip(1).any(|after| {
            let after = after.trim_start_matches(['共', '累', '计', '全', '年', '总']);
            ["收到", "接到", "受理", "接收", "办理", "答复", "收办"].iter().any(|verb| after.starts_with(verb))
        });
    others
        || of_government
        || has(clause, &["各", "部门", "乡镇", "镇街", "本级", "属单位", "局机关"])
        || !is_street && clause.contains("街道")
}

/// The years that a text names, with where: 2024年, 2024年度.
fn years(text: &str) -> impl Iterator<Item = (usize, u16)> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        let alone = !text[..at - 4].ends_with(|c: char| c.is_ascii_digit());
        let year: u16 = digits.parse().ok().filter(|_| alone && digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some((at - 4, year))
    })
}

/// Whether the last year that a text names is another than the report's. A year that something is carried over from or
/// into is not what the text is about.
fn is_of_other_year(report: &PublishedReport, text: &str) -> Option<bool> {
    let named = years(text).filter(|(at, _)| {
        let behind = text[at + 4 + '年'.len_utf8()..].trim_start_matches('度');
        !has(&text[..*at].chars().rev().take(3).collect::<String>(), &["转", "至", "到", "延"])
            && !CARRY.iter().any(|verb| behind.starts_with(verb))
    });
    named.last().map(|(_, year)| report.year.is_none_or(|of| of.get() != year))
}

// ---- Counts --------------------------------------------------------------------------------------

/// Verbs of what is carried over from year to year.
const CARRY: &[&str] = &["结转", "转结", "顺延", "转入", "延至", "转下", "转至"];

/// What the sentences before said, as far as it bears on the next figure.
#[derive(Default)]
struct Talk {
    /// Whether the last figure was of requests, or of proceedings.
    of_requests: bool,
    of_proceedings: bool,
    /// The last figure of the sentence before, whatever it counts.
    last: Option<i64>,
    /// Whether the last year that was named is another.
    other_year: bool,
    /// Whether a figure of other bodies was given, of which the next ones may be parts.
    other_bodies: bool,
}

/// Counts of requests, of their outcomes, and of proceedings.
pub(crate) fn counts(report: &PublishedReport, sentences: &[Sentence]) -> Vec<Statement> {
    let vocabulary = Vocabulary::of(report.layout());
    let mut found = Vec::new();
    let mut talk = Talk::default();
    for sentence in sentences.iter().filter(|sentence| sentence.section.is_some()) {
        if !sentence.goes_on && !sentence.text.starts_with("其中") {
            talk = Talk::default();
        }
        for (number, figure) in sentence.figures.iter().enumerate() {
            let since = number.checked_sub(1).map_or(0, |before| sentence.figures[before].end);
            if let Some(other) = is_of_other_year(report, &sentence.text[since..figure.start]) {
                talk.other_year = other;
            }
            if let Some(meanings) = vocabulary.meanings_of(report, sentence, figure, &mut talk) {
                found.extend(compared(report, sentence, figure, meanings));
            }
        }
        talk.last = sentence.figures.last().map(|figure| figure.value);
        if let Some(other) = is_of_other_year(report, &sentence.text) {
            talk.other_year = other;
        }
    }
    found
}

/// A figure in its clause.
struct Clause {
    before: String,
    after: String,
    /// Whether it says that it counts requests.
    of_requests: bool,
    /// Whether the sentence, or the heading above, is about disclosure.
    of_disclosure: bool,
}

impl Clause {
    fn of(sentence: &Sentence, figure: &Figure) -> Clause {
        let (before, after) = (plain(sentence.before(figure)), plain(sentence.after(figure)));
        let of_requests = before.contains("申请") || after.contains("申请");
        let of_disclosure = has(&sentence.text, &["信息公开", "依申请", "公开申请", "申请公开"])
            || has(&sentence.heading, &["依申请", "申请公开"]);
        Clause { before, after, of_requests, of_disclosure }
    }

    fn has(&self, words: &[&str]) -> bool {
        has(&self.before, words) || has(&self.after, words)
    }

    /// Whether a word of this topic, before a figure with this counter, speaks of what the tables count.
    fn speaks_of(&self, topic: Topic, counter: char, of_requests: bool, of_proceedings: bool) -> bool {
        let counters = match topic {
            Topic::Documents => "件份个",
            Topic::Proceedings | Topic::Ruling => "件起宗例次",
            _ if self.of_requests => "件份宗起项例条",
            _ => "件份宗起",
        };
        let applies = match topic {
            Topic::Received => self.of_requests,
            Topic::Finished => self.of_requests || of_requests,
            Topic::Outcome => self.of_disclosure || of_requests || !self.has(&["复议", "诉"]),
            // What an authority does with the cases of others is another measure.
            Topic::Proceedings => {
                (self.of_disclosure || begins_with_proceedings(&self.before))
                    && !self.has(&["审理", "审结", "办理", "化解", "应诉", "受理行政", "议机"])
            }
            Topic::Ruling => of_proceedings,
            Topic::Documents => true,
        };
        applies && counters.contains(counter)
    }
}

impl Vocabulary {
    /// What a figure can mean; `None` where that is not known, or not what the tables count.
    fn meanings_of(
        &self,
        report: &PublishedReport,
        sentence: &Sentence,
        figure: &Figure,
        talk: &mut Talk,
    ) -> Option<&[Meaning]> {
        let clause = Clause::of(sentence, figure);
        let of_requests = std::mem::take(&mut talk.of_requests);
        let of_proceedings = std::mem::take(&mut talk.of_proceedings);
        let carried = self.carried(report, &clause).filter(|_| !of_proceedings && !clause.has(&["复议", "诉"]));
        let word = carried.or_else(|| self.ending(&clause.before))?;
        if !clause.speaks_of(word.topic, figure.counter, of_requests, of_proceedings) {
            return None;
        }
        talk.other_bodies |= of_other_bodies(report, &clause.before, &sentence.text);
        let apart = clause.has(COMPARISON)
            || carried.is_none() && clause.has(&["上年", "上一年"])
            || !std::ptr::eq(word, &self.carried_out) && clause.has(PART)
            || word.topic != Topic::Proceedings && clause.has(SUBJECT);
        if !figure.exact || talk.other_year || talk.other_bodies || apart {
            return None;
        }
        match word.topic {
            Topic::Documents => {
                return Some(&word.meanings).filter(|_| covers_region(report) != Some(true)).map(|of| &of[..]);
            }
            Topic::Proceedings | Topic::Ruling => talk.of_proceedings = true,
            _ => {
                talk.of_requests = true;
                if !self.is_part_of_known(report, sentence, figure, word, talk.last) {
                    return None;
                }
            }
        }
        let both = word.topic == Topic::Proceedings && clause.before.contains("复议") && clause.before.contains("诉讼");
        Some(if both { &self.reconsideration_and_litigation } else { &word.meanings })
    }

    /// Whether a figure is none of a list after 其中, or that list is of something the tables have.
    fn is_part_of_known(
        &self,
        report: &PublishedReport,
        sentence: &Sentence,
        figure: &Figure,
        word: &Word,
        last: Option<i64>,
    ) -> bool {
        let among = sentence.text[..figure.start].rfind("其中");
        let Some(among) = among.filter(|at| !closes(&sentence.text[*at..figure.start])) else { return true };
        let whole = sentence.figures.iter().rfind(|other| other.end <= among).map(|other| other.value);
        let whole = whole.or(last.filter(|_| among == 0));
        let is_part =
            !matches!(word.topic, Topic::Received | Topic::Finished) || word.words.iter().any(|word| word == "新收");
        is_part && whole.is_some_and(|whole| self.wholes.iter().any(|of| of.is(whole, report)))
    }

    /// Whether a figure is of requests carried over: 上年结转3件, 结转下年度2件, 2件结转下一年办理.
    fn carried(&self, report: &PublishedReport, Clause { before, after, .. }: &Clause) -> Option<&Word> {
        let year = report.year.map(|year| year.get());
        let names = |text: &str, words: &[&str], other: Option<u16>| {
            has(text, words) || other.is_some_and(|other| years(text).any(|(_, year)| year == other))
        };
        let into_next = |text: &str| {
            has(text, CARRY) && names(text, &["下年", "下一年", "次年", "下个年度"], year.map(|year| year + 1))
        };
        let from_last = |text: &str| {
            has(text, CARRY)
                && names(text, &["上年", "上一年", "上个年度"], year.map(|year| year - 1))
                && !has(text, &["下年", "下一年", "次年"])
        };
        // What stands behind the verb and the year must count requests, too.
        let ends_plainly = |text: &str, words: &[&str]| {
            let end = words.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
            let rest = text[end..].replace("继续", "").replace("办理", "").replace("处理", "");
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || "年度".contains(c))
                .chars()
                .all(|c| FILLERS.contains(c))
        };
        if into_next(before)
            && ends_plainly(
                before,
                &["下年", "下一年", "次年", "下个年度", "结转", "转结", "转至", "顺延", "延至", "转入"],
            )
        {
            return Some(&self.carried_out);
        }
        if from_last(before) && ends_plainly(before, CARRY) {
            return Some(&self.carried_in);
        }
        if into_next(after) && self.ending(before).is_none() {
            return Some(&self.carried_out);
        }
        None
    }
}

/// Whether a bracket closes that was not opened here.
fn closes(text: &str) -> bool {
    let mut depth = 0;
    text.chars().any(|c| {
        depth += i32::from("（(".contains(c)) - i32::from("）)".contains(c));
        depth < 0
    })
}

/// Whether a clause speaks of proceedings from its first word, and not of what an authority does with them.
fn begins_with_proceedings(before: &str) -> bool {
    let before = before.trim_start_matches(['、', '和', '及', '与', '被', '无']);
    ["行政", "申请", "提起", "复议", "诉讼"].iter().any(|word| before.starts_with(word))
}

/// A clause without what says who asked, and asked whom.
fn plain(clause: &str) -> String {
    let mut text = clause.to_owned();
    for words in ["各类", "群众", "公众", "本部门", "我部门"] {
        if text.contains(words) {
            text = text.replace(words, "");
        }
    }
    for words in ["涉及政府信息公开", "有关政府信息公开", "关于政府信息公开"] {
        if text.contains(words) {
            text = text.replace(words, "政府信息公开");
        }
    }
    for (from, to) in [("公民", "组织"), ("向", "提出"), ("向", "提交"), ("向", "递交")] {
        if let Some(start) = text.find(from)
            && let Some(end) = text[start..].rfind(to)
        {
            text.replace_range(start..start + end + to.len(), "");
        }
    }
    text
}

// ---- Denials -------------------------------------------------------------------------------------

/// What can be denied: 未收到申请, 未发生行政复议, 无结转.
struct Denial {
    /// Whether a verb must say that nothing came.
    verb: bool,
    subjects: &'static [&'static str],
    /// What is 0 then.
    meaning: Meaning,
}

/// Words that deny.
const NEVER: &[&str] =
    &["未发生", "没有发生", "未出现", "没有出现", "未产生", "没有产生", "未引发", "没有", "未有", "未被", "无"];

/// Words that deny that something came.
const NOTHING_CAME: &[&str] = &["未收到", "没有收到", "未接到", "没有接到", "未受理", "没有受理", "未接收", "未新收"];

/// How proceedings ended, and what was said of them, is another matter; so are channels.
const OTHERWISE: &[&str] = &[
    "纠正", "败诉", "撤销", "投诉", "举报", "错误", "超期", "逾期", "责令", "应诉", "纠错", "违法", "当面", "线下",
    "网络",
];

/// What is denied, against cells that are not 0.
pub(crate) fn denials(report: &PublishedReport, sentences: &[Sentence]) -> Vec<Statement> {
    let vocabulary = Vocabulary::of(report.layout());
    let mut found = Vec::new();
    let mut other_year = false;
    for sentence in sentences.iter().filter(|sentence| sentence.section.is_some()) {
        other_year &= sentence.goes_on;
        for clause in sentence.text.split(sentence::COMMAS) {
            other_year = is_of_other_year(report, clause).unwrap_or(other_year);
            let Some((denial, rest, came)) = denied_in(clause) else { continue };
            let counts = clause.contains(|c: char| c.is_ascii_digit()) && years(clause).next().is_none();
            if other_year || counts || has(clause, OTHERWISE) || of_other_bodies(report, clause, &sentence.text) {
                continue;
            }
            let of_proceedings = has(rest, &["复议", "诉讼"]);
            for Denial { verb, subjects, meaning } in &vocabulary.denials {
                let applies = match verb {
                    true => came && !of_proceedings && !rest.starts_with('因'),
                    false => !came || of_proceedings,
                };
                let known = meaning.value(report).filter(|known| known.complete || known.count > 0);
                let Some(Known { count, .. }) = known.filter(|_| applies && has(rest, subjects)) else { continue };
                let stated = format!("{denial}{rest}");
                let named = vec![(meaning.name.clone(), count.to_string())];
                let cells = meaning.plus.clone();
                found.push(Statement { cells, ..Statement::of(sentence, stated, named, count == 0) });
            }
        }
    }
    found
}

/// The words of a clause that deny, what follows them, and whether they deny that something was received.
fn denied_in(clause: &str) -> Option<(&'static str, &str, bool)> {
    let first = |words: &[&'static str]| {
        let found = words.iter().filter_map(|word| clause.find(word).map(|at| (at, *word)));
        found.min_by_key(|(at, word)| (*at, usize::MAX - word.len()))
    };
    if let Some((at, word)) = first(NOTHING_CAME) {
        return Some((word, &clause[at + word.len()..], true));
    }
    let (at, word) = first(NEVER)?;
    let rest = &clause[at + word.len()..];
    // 无法, 无关: that is not to deny.
    let other =
        word == "无" && (rest.starts_with(['法', '关', '效', '偿', '误', '故', '障', '论', '须', '需']) || at > 24);
    (!other && rest.chars().count() <= 60).then_some((word, rest, false))
}

// ---- Sums ----------------------------------------------------------------------------------------

/// 主动公开1116条，其中：…54条，…72条: parts that come to more than the whole, or that end with the rest and do not
/// come to it.
pub(crate) fn sums(sentences: &[Sentence]) -> Vec<Statement> {
    let mut found = Vec::new();
    for sentence in sentences.iter().filter(|sentence| sentence.section.is_some()) {
        let text = &sentence.text;
        let (Some(at), true) = (text.find("其中"), text.matches("其中").count() == 1) else { continue };
        let whole = sentence.figures.iter().rfind(|figure| figure.end <= at);
        let Some(whole) = whole.filter(|whole| whole.exact) else { continue };
        let parts = parts_after(sentence, at, whole.counter);
        if parts.len() < 2 || parts.iter().any(|part| !part.exact || part.value > whole.value) {
            continue;
        }
        let sum: i64 = parts.iter().map(|part| part.value).fold(0, i64::saturating_add);
        let last = sentence.before(parts[parts.len() - 1]).trim_start_matches('、');
        let exhaustive = last.starts_with("其他") || last.starts_with("其它");
        // A list that comes to the whole may be followed by another of the same.
        let complete = parts.iter().scan(0, |sum: &mut i64, part| {
            *sum = sum.saturating_add(part.value);
            Some(*sum)
        });
        let fits =
            sum == whole.value || !exhaustive && (sum < whole.value || complete.skip(1).any(|sum| sum == whole.value));
        let named = vec![("所列各项之和".to_owned(), sum.to_string())];
        found.push(Statement::of(sentence, sentence.printed(whole), named, fits));
    }
    found
}

/// The figures of a list that begins here, up to where the bracket closes that it stands in, or to a clause that counts
/// nothing. What stands in brackets within the list is part of a part.
fn parts_after(sentence: &Sentence, at: usize, counter: char) -> Vec<&Figure> {
    let mut parts = Vec::new();
    let mut of_clause = Vec::new();
    let (mut at, mut start, mut depth) = (at, at, 0);
    while let Some(c) = sentence.text[at..].chars().next() {
        if let Some(figure) = sentence.figures.iter().find(|figure| figure.start == at) {
            of_clause.extend((depth == 0).then_some(figure));
            at = figure.end;
            continue;
        }
        depth += i32::from("（(".contains(c)) - i32::from("）)".contains(c));
        // 安全生产、应急管理类124条 is one part.
        let ends = depth < 0 || depth == 0 && ("，,；;。".contains(c) || c == '、' && !of_clause.is_empty());
        at += c.len_utf8();
        if ends || at == sentence.text.len() {
            let clause = &sentence.text[start..at];
            of_clause.retain(|figure: &&Figure| figure.counter == counter && !has(clause, COMPARISON));
            // 占5% says more of the part before; 其中， has none yet.
            let goes_on = !of_clause.is_empty() || parts.is_empty() || clause.starts_with('占');
            parts.append(&mut of_clause);
            start = at;
            if depth < 0 || !goes_on {
                break;
            }
        }
    }
    parts
}

// ---- Percentages ---------------------------------------------------------------------------------

/// 予以公开258件，占33.9%: the share of a figure, in whatever whole the sentence or the table has.
pub(crate) fn percentages(report: &PublishedReport, sentences: &[Sentence]) -> Vec<Statement> {
    let vocabulary = Vocabulary::of(report.layout());
    let totals: Vec<i64> = vocabulary
        .wholes
        .iter()
        .filter_map(|whole| whole.value(report))
        .filter(|known| known.complete && known.count > 0)
        .map(|known| known.count)
        .collect();
    let mut stated: Vec<i64> = Vec::new();
    let mut found = Vec::new();
    for sentence in sentences.iter().filter(|sentence| sentence.section.is_some()) {
        for figure in sentence.figures.iter().filter(|figure| figure.exact && "件份宗".contains(figure.counter)) {
            let before = sentence.before(figure);
            let of_requests = vocabulary.ending(before).is_some() && !has(before, COMPARISON);
            let share = of_requests.then(|| share_after(&sentence.text[figure.end..])).flatten();
            if let Some((printed, value, decimals)) = share {
                let wholes: Vec<i64> = totals
                    .iter()
                    .chain(&stated)
                    .copied()
                    .chain(sentence.figures.iter().map(|of| of.value))
                    .filter(|whole| *whole >= figure.value && *whole > 0)
                    .collect();
                let mut meanings: Vec<(String, String)> = totals
                    .iter()
                    .map(|whole| (format!("{}/{whole}", figure.value), share_of(figure.value, *whole, decimals)))
                    .collect();
                meanings.dedup();
                let fits = wholes.iter().any(|whole| is_share(figure.value, *whole, value, decimals));
                found.push(Statement::of(sentence, printed, meanings, fits));
            }
            stated.push(figure.value);
        }
    }
    found
}

/// The percentage that says what share the figure before it is: as printed, in units of its last digit, its decimals.
fn share_after(rest: &str) -> Option<(String, i128, u32)> {
    let after = rest.strip_prefix(['，', ',', '（', '(']).unwrap_or(rest);
    let after = after.strip_prefix("占")?;
    let digits = after.find(|c: char| c.is_ascii_digit())?;
    let filler = |c: char| "比总数量的为申请办结答复全部：".contains(c);
    if digits > 60 || !after[..digits].chars().all(filler) {
        return None;
    }
    let number = &after[digits..after[digits..].find('%').map(|end| digits + end)?];
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if number.len() > 8 || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = format!("{whole}{fraction}").parse().ok()?;
    // A few digits.
    Some((format!("{number}%"), value, fraction.len() as u32))
}

/// Whether `part` of `whole` is so many units of the last digit, rounded or cut off.
fn is_share(part: i64, whole: i64, value: i128, decimals: u32) -> bool {
    let (part, whole) = (i128::from(part), i128::from(whole));
    let scaled = part * 100 * 10_i128.pow(decimals);
    let rounded = (value * whole * 2 - scaled * 2).abs() <= whole;
    rounded || scaled / whole == value
}

fn share_of(part: i64, whole: i64, decimals: u32) -> String {
    let unit = 10_i128.pow(decimals);
    let scaled = (i128::from(part) * 100 * unit * 2 + i128::from(whole)) / (2 * i128::from(whole));
    if decimals == 0 {
        return format!("{scaled}%");
    }
    format!("{}.{:0width$}%", scaled / unit, scaled % unit, width = decimals as usize)
}

// ---- The period ----------------------------------------------------------------------------------

/// 现公布我局2024年政府信息公开工作年度报告, 统计期限自2024年1月1日起至2024年12月31日止: the year that the report is for, from
/// its first to its last day.
pub(crate) fn periods(report: &PublishedReport, sentences: &[Sentence]) -> Vec<Statement> {
    let Some(year) = report.year else { return vec![] };
    let mut found = Vec::new();
    for sentence in sentences {
        if let Some(named) = year_presented(&sentence.text) {
            let meanings = vec![("报告年度".to_owned(), year.to_string())];
            found.push(Statement::of(sentence, format!("{named}年"), meanings, named == year.get()));
        }
        let of_period = has(&sentence.text, &["统计", "数据", "起止", "时限", "期限"]);
        if let Some((begins, ends, stated)) = period_in(&sentence.text).filter(|_| of_period) {
            let meanings = vec![("报告年度".to_owned(), format!("{year}年1月1日至{year}年12月31日"))];
            let fits = begins == (year.get(), 1, 1) && ends == (year.get(), 12, 31);
            found.push(Statement::of(sentence, stated, meanings, fits));
        }
    }
    found
}

/// The year of the report that a sentence presents.
fn year_presented(text: &str) -> Option<u16> {
    let presents = ["现公布", "现将", "现公开", "特编制", "现予", "现向"];
    years(text).find_map(|(at, year)| {
        let behind = text[at + 4 + '年'.len_utf8()..].trim_start_matches('度');
        (has(&text[..at], &presents) && behind.starts_with("政府信息公开")).then_some(year)
    })
}

/// A day: year, month, day.
type Day = (u16, u32, u32);

/// The first two days that a sentence joins to a period, and the words.
fn period_in(text: &str) -> Option<(Day, Day, String)> {
    years(text).find_map(|(start, year)| {
        let (first, rest) = month_and_day(&text[start + 4 + '年'.len_utf8()..])?;
        let rest = rest.trim_start_matches(['起', '开', '始', '，', ',']);
        let rest =
            rest.strip_prefix(['至', '到', '—', '-', '－', '–', '～', '~'])?.trim_start_matches(['—', '-', '至']);
        let (last_year, rest) = match years(rest).next() {
            Some((0, year)) => (year, &rest[4 + '年'.len_utf8()..]),
            _ => (year, rest),
        };
        let (last, rest) = month_and_day(rest)?;
        let stated = text[start..text.len() - rest.len()].to_owned();
        Some(((year, first.0, first.1), (last_year, last.0, last.1), stated))
    })
}

/// The month and day that a text begins with, and what follows.
fn month_and_day(text: &str) -> Option<((u32, u32), &str)> {
    let (month, rest) = text.split_once('月')?;
    let (day, rest) = rest.split_once('日')?;
    let number = |text: &str| text.parse().ok().filter(|_| text.len() <= 2);
    Some(((number(month)?, number(day)?), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_or_cut_off() {
        assert!(is_share(258, 805, 320, 1) && !is_share(258, 805, 339, 1));
        assert!(is_share(35, 805, 434, 2) && is_share(35, 805, 435, 2) && !is_share(35, 805, 436, 2));
        assert_eq!(share_of(258, 805, 1), "32.0%");
    }

    #[test]
    fn periods_are_read() {
        let period = |text: &str| period_in(text).map(|(begins, ends, _)| (begins, ends));
        let year = Some(((2024, 1, 1), (2024, 12, 31)));
        assert_eq!(period("统计期限自2024年1月1日起至2024年12月31日止。"), year);
        assert_eq!(period("数据统计期限为2024年1月1日—12月31日。"), year);
        assert_eq!(period("自2024年01月01日到12月31日"), year);
        assert_eq!(period("于2024年1月1日施行，12月31日废止"), None);
        assert_eq!(period("2023年年报于2024年1月1日至2月1日公开"), Some(((2024, 1, 1), (2024, 2, 1))));
    }
}
