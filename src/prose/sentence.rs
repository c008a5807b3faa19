//! Sentences of the prose, the clauses in them, and the numbers that count something.

use crate::narrative::{Narrative, Part, Section};
use crate::place::Place;
use crate::published::PublishedReport;
use crate::text::{half_width, is_numeral};

use super::statement::{Meaning, Saying, Statement};
use super::words::{Class, Hit, List, words};

/// A sentence, without white space and with its digits in half width.
#[derive(Debug)]
pub(crate) struct Sentence<'r> {
    /// The section it is in; none before the first.
    pub section: Option<Section>,
    /// Where it begins.
    pub place: Option<Place>,
    pub text: String,
    pub figures: Vec<CountedNumber>,
    /// The words that are known, by where they begin.
    pub(super) hits: Vec<Hit>,
    /// The lists of which a word is in it, as a set.
    lists: u32,
    /// The sub-heading it is under.
    pub heading: &'r str,
    /// Whether it is the first under its heading.
    pub begins: bool,
    /// Whether a semicolon parts it from the sentence before, so that it goes on speaking of the same.
    pub goes_on: bool,
}

/// A whole number with the word that counts it, 22件.
#[derive(Clone, Debug)]
pub(crate) struct CountedNumber {
    /// Where the number begins, and where what counts it ends, in bytes of the sentence.
    pub start: usize,
    pub end: usize,
    pub value: i64,
    pub counter: char,
    /// Whether nothing before or after it says "about".
    pub exact: bool,
}

/// What parts clauses.
pub(super) const COMMAS: [char; 12] = ['，', ',', '。', '；', ';', '：', ':', '（', '(', '）', ')', '！'];

impl Sentence<'_> {
    /// What is before a figure in its clause, and behind the figure before it.
    pub(super) fn before(&self, figure: &CountedNumber) -> &str {
        let text = &self.text[..figure.start];
        let comma = text.char_indices().rev().find(|(_, c)| COMMAS.contains(c)).map_or(0, |(at, c)| at + c.len_utf8());
        let number = self.figures.partition_point(|other| other.start < figure.start);
        let last = number.checked_sub(1).map_or(0, |last| self.figures[last].end);
        &text[comma.max(last)..]
    }

    /// Where the clause begins in which a place is, and where it ends: at a comma, or at another figure.
    pub(super) fn clause(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let comma = self.comma_before(self.name_end_before(start, end));
        let last = self.figures.iter().rev().find(|figure| figure.end <= start).map_or(0, |figure| figure.end);
        let until = self.text[end..].find(COMMAS).map_or(self.text.len(), |at| end + at);
        let next = self.figures.iter().find(|figure| figure.start >= end).map_or(until, |figure| figure.start);
        comma.max(last)..until.min(next)
    }

    /// Where the name ends that stands before a figure: 办结数量：3件, 予以公开（3件）.
    pub(super) fn name_end(&self, figure: &CountedNumber) -> usize {
        self.name_end_before(figure.start, figure.end)
    }

    fn name_end_before(&self, start: usize, end: usize) -> usize {
        let said = &self.text[..start];
        let opened = said.strip_suffix(['（', '(']).filter(|_| self.text[end..].starts_with(['）', ')']));
        opened.unwrap_or(said).trim_end_matches(['：', ':']).len()
    }

    /// Where a clause ends together with the next, if that says that what is before is carried over: 3件申请，结转下一年办理.
    pub(super) fn carry_after(&self, clause: &std::ops::Range<usize>) -> usize {
        let Some(next) = self.text[clause.end..].strip_prefix(['，', ',']) else { return clause.end };
        let start = self.text.len() - next.len();
        let until = next.find(COMMAS).map_or(self.text.len(), |at| start + at);
        let carries = self.hits_in(start..until).any(|hit| hit.start == start && hit.class == Class::Carry);
        let has_figure = self.figures.iter().any(|figure| (start..until).contains(&figure.start));
        if carries && !has_figure { until } else { clause.end }
    }

    /// What begins the sentence or stands behind a comma, up to a place.
    pub(super) fn clauses_before(&self, end: usize) -> impl Iterator<Item = &str> {
        self.text[..end].split(['，', ',', '；', ';'])
    }

    /// Where what stands before a place begins: behind the last comma.
    pub(super) fn comma_before(&self, at: usize) -> usize {
        self.text[..at].char_indices().rev().find(|(_, c)| COMMAS.contains(c)).map_or(0, |(at, c)| at + c.len_utf8())
    }

    /// The words in a part of the sentence.
    pub(super) fn hits_in(&self, range: std::ops::Range<usize>) -> impl DoubleEndedIterator<Item = &Hit> + Clone {
        let from = self.hits.partition_point(|hit| hit.start < range.start);
        let until = self.hits.partition_point(|hit| hit.start < range.end).max(from);
        self.hits[from..until].iter().filter(move |hit| hit.end <= range.end)
    }

    /// Whether a word of this class is in a part of the sentence.
    pub(super) fn has(&self, range: std::ops::Range<usize>, class: Class) -> bool {
        self.hits_in(range).any(|hit| hit.class == class)
    }

    /// Whether a word of one of these lists is anywhere in it.
    pub(super) fn says_any(&self, lists: &[List]) -> bool {
        self.lists & List::set(lists) != 0
    }

    /// Whether a word of one of these lists is in a part of it.
    pub(super) fn says(&self, lists: &[List], range: std::ops::Range<usize>) -> bool {
        self.says_any(lists) && words().any_in(lists, &self.text[range])
    }

    /// Whether it goes on from the sentence before.
    pub(super) fn continues(&self) -> bool {
        !self.begins && (self.goes_on || self.text.starts_with("其中"))
    }

    /// Whether nothing is behind a figure of it.
    pub(super) fn ends_with(&self, figure: &CountedNumber) -> bool {
        self.text[figure.end..].chars().all(|c| COMMAS.contains(&c))
    }

    /// What it says, as a statement.
    pub(super) fn statement(&self, saying: Saying, stated: String, meanings: Vec<Meaning>, fits: bool) -> Statement {
        let (section, place, sentence) = (self.section, self.place.clone(), self.text.clone());
        Statement { saying, section, place, sentence, stated, meanings, fits }
    }

    /// The figure as printed, with its counter.
    pub(super) fn printed(&self, figure: &CountedNumber) -> String {
        self.text[figure.start..figure.end].to_owned()
    }
}

/// How long the prose can be to be compared, and how many figures it can have; a report has a few hundred.
const MOST_BYTES: usize = 1 << 20;
const MOST_FIGURES: usize = 10_000;

/// The sentences of the preamble, of sections one, five and six, and of the remarks among the tables; `None` where they are too many for a report.
pub(crate) fn sentences(report: &PublishedReport) -> Option<Vec<Sentence<'_>>> {
    fn parts(section: Option<&Narrative>) -> &[Part] {
        section.map_or(&[], |section| &section.parts)
    }
    let mut sentences = Vec::new();
    let mut bytes = 0;
    for (section, parts) in [
        (None, report.facts.preamble.as_slice()),
        (Some(Section::Overview), parts(report.facts.overview.as_ref())),
        (Some(Section::Problems), parts(report.facts.problems.as_ref())),
        (Some(Section::OtherMatters), report.facts.other_matters.as_ref().map_or(&[][..], |section| &section.parts)),
    ] {
        for part in parts {
            bytes += part.text.len();
            if bytes > MOST_BYTES {
                return None;
            }
            of_text(section, part.heading.as_deref().unwrap_or(""), &part.text, &part.places, &mut sentences);
        }
    }
    for remark in &report.page.remarks {
        bytes += remark.text.len();
        if bytes > MOST_BYTES {
            return None;
        }
        of_text(Some(remark.section), "", &remark.text, remark.place.as_slice(), &mut sentences);
    }
    let figures: usize = sentences.iter().map(|sentence| sentence.figures.len()).sum();
    (figures <= MOST_FIGURES).then_some(sentences)
}

/// The sentences of a text under a sub-heading, with the places of its lines.
fn of_text<'r>(section: Option<Section>, heading: &'r str, text: &str, places: &[Place], into: &mut Vec<Sentence<'r>>) {
    let lines = text.lines();
    let mut text = String::new();
    let mut place = None;
    let (mut begins, mut goes_on) = (true, false);
    let mut end = |text: &mut String, place: &mut Option<Place>, last: char| {
        // No sentence that compares figures is longer; what a tool ran together is no sentence.
        if (1..=3000).contains(&text.len()) {
            let text = std::mem::take(text);
            let (figures, (hits, lists)) = (figures(&text), words().hits(&text));
            into.push(Sentence { section, place: place.take(), text, figures, hits, lists, heading, begins, goes_on });
            begins = false;
        }
        text.clear();
        *place = None;
        goes_on = matches!(last, '；' | ';');
    };
    for (number, line) in lines.enumerate() {
        if begins_item(line) {
            end(&mut text, &mut place, '。');
        }
        for (column, c) in line.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
            if text.is_empty() {
                place = places.get(number).map(|place| place.after(column));
            }
            text.push(folded(c));
            if matches!(c, '。' | '；' | '！' | '？' | ';') {
                end(&mut text, &mut place, c);
            }
        }
    }
    end(&mut text, &mut place, '。');
}

/// Whether a line begins a point of a list: 一是, 1., （二）, 三、.
fn begins_item(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix(['（', '(']).unwrap_or(line);
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numerals = line.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    digits.len() < line.len()
        && digits
            .strip_prefix(['.', '．', '、', '）', ')'])
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        || numerals.len() < line.len() && numerals.starts_with(['是', '、', '）', ')'])
}

/// Full-width digits, points and percent signs in their half-width form; commas stay as they are.
fn folded(c: char) -> char {
    if matches!(c, '０'..='９' | '％' | '．') { half_width(c) } else { c }
}

/// The whole numbers of a sentence that count something.
fn figures(sentence: &str) -> Vec<CountedNumber> {
    let mut figures = Vec::new();
    let mut behind = 0;
    for (start, c) in sentence.char_indices() {
        if start < behind || !(c.is_ascii_digit() || is_numeral(c)) {
            continue;
        }
        let Some((value, end)) = number(sentence, start) else { continue };
        behind = end;
        let rest = &sentence[end..];
        let before = &sentence[..start];
        // 三部门 and 六部分 are no counts of volumes.
        let counts = !["部门", "部分"].iter().any(|word| rest.starts_with(word));
        let counter = rest.chars().next().filter(|c| COUNTERS.contains(*c) && counts);
        let Some(counter) = counter.or_else(|| is_bare(before, rest).then_some('数')) else { continue };
        let about =
            words().list(List::About).iter().any(|word| before.ends_with(word)) || before.ends_with(['.', '-', '〔']);
        let end = if counter == '数' { end } else { end + counter.len_utf8() };
        let rough = words().list(List::AboutBehind).iter().any(|word| sentence[end..].starts_with(word));
        figures.push(CountedNumber { start, end, value, counter, exact: !rough && !about });
    }
    figures
}

/// What counts things.
const COUNTERS: &str = "件条份宗起次个篇项例部";

/// Whether a number counts something without a word that says so: 数量为3，, 分别为1、2、3件.
fn is_bare(before: &str, rest: &str) -> bool {
    let begins =
        before.ends_with('为') || before.ends_with('：') && before.trim_end_matches('：').ends_with(['量', '数']);
    let begins = begins || {
        let list = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '、');
        before.ends_with('、') && list.ends_with('为')
    };
    let ends = rest.is_empty() || rest.starts_with(['，', '；', '。', '）', ',', ';']) || {
        let list = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '、');
        rest.starts_with('、') && list.starts_with(|c| COUNTERS.contains(c))
    };
    begins && ends
}

/// The whole number that begins here, and where it ends: digits, perhaps with separators, or Chinese numerals.
fn number(sentence: &str, at: usize) -> Option<(i64, usize)> {
    let before = sentence[..at].chars().next_back();
    let rest = &sentence[at..];
    let first = rest.chars().next()?;
    if first.is_ascii_digit() {
        if before.is_some_and(|c| c.is_ascii_digit() || c == '.') {
            return None;
        }
        let bytes = rest.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut end = 0;
        while is_digit(end) || bytes.get(end) == Some(&b',') && (end + 1..end + 4).all(is_digit) && !is_digit(end + 4) {
            end += 1;
        }
        // A decimal counts nothing.
        if bytes.get(end) == Some(&b'.') && is_digit(end + 1) {
            return None;
        }
        let digits: String = rest[..end].chars().filter(|c| *c != ',').collect();
        let value = digits.parse().ok().filter(|value: &i64| value.unsigned_abs() <= crate::number::LARGEST_COUNT)?;
        return Some((value, at + end));
    }
    if !is_numeral(first) || before.is_some_and(is_numeral) {
        return None;
    }
    let end = rest.find(|c| !is_numeral(c)).unwrap_or(rest.len());
    Some((chinese(&rest[..end])?, at + end))
}

/// 一百二十三 → 123, 十二 → 12, 二〇 → 20; `None` for what is no numeral.
pub(crate) fn chinese(numeral: &str) -> Option<i64> {
    let digit = |c: char| match c {
        '〇' | '零' | '○' => Some(0),
        '两' => Some(2),
        _ => "一二三四五六七八九".chars().zip(1..).find(|(of, _)| *of == c).map(|(_, digit)| digit),
    };
    if numeral.chars().count() > 9 {
        return None;
    }
    if numeral.chars().all(|c| digit(c).is_some()) {
        return numeral.chars().try_fold(0, |value, c| Some(value * 10 + digit(c)?));
    }
    let (mut sum, mut pending) = (0, None);
    for c in numeral.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                pending = Some(digit(c)?);
                continue;
            }
        };
        sum += pending.take().unwrap_or(1).max(1) * unit;
    }
    Some(sum + pending.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_read() {
        let read = |text: &str| number(text, 0).map(|(value, _)| value);
        for (text, value) in [
            ("22件", 22),
            ("1,234件", 1234),
            ("1,2件", 1),
            ("一百二十三件", 123),
            ("十二件", 12),
            ("二十件", 20),
            ("二〇件", 20),
            ("一千零五件", 1005),
            ("两件", 2),
        ] {
            assert_eq!(read(text), Some(value), "{text}");
        }
        assert_eq!(read("3.5件"), None);
    }

    #[test]
    fn figures_are_exact_or_not() {
        let exact = |text: &str| figures(text).iter().map(|figure| (figure.value, figure.exact)).collect::<Vec<_>>();
        assert_eq!(exact("收到22件、近300件、40件左右"), [(22, true), (300, false), (40, false)]);
        assert_eq!(exact("18万余条、20余件、140多条、第3件"), [(3, false)]);
        assert_eq!(exact("国办发〔2022〕8号，2022年3月"), []);
    }

    #[test]
    fn sentences_are_cut_at_stops_and_points_of_a_list() {
        let places = ["3:5", "4:1", "5:1", "6:1"].map(|place| place.parse().unwrap());
        let mut sentences = Vec::new();
        of_text(None, "", "收到申请\n２２件；答复21件。\n一是公开\n二是解读", &places, &mut sentences);
        let found = sentences.iter().map(|of| (of.text.as_str(), of.place.clone().unwrap().to_string(), of.goes_on));
        let expected = [
            ("收到申请22件；", "3:5", false),
            ("答复21件。", "4:5", true),
            ("一是公开", "5:1", false),
            ("二是解读", "6:1", false),
        ];
        assert!(found.eq(expected.map(|(text, place, goes_on)| (text, place.to_owned(), goes_on))), "{sentences:?}");
    }
}
