//! From words and rows to cells: one matcher, driven by the catalogue, for all readers.
//!
//! A row is recognised by its label, and takes the figures that follow it, if they are as many as it has cells. Figures
//! that follow no label, or are too few or too many for their row, are not guessed at: [`super::reconstruct`] asks the rules
//! whether there is one way to read them; if not, they are listed as unmatched and the cells stay not found.

use std::collections::HashMap;

use super::columns::{Headings, Order};
use super::figures::{Figures, Tables, Value, Wide, begins, divided, is_plain, is_value, window};
use super::labels::{Row, Shape};
use super::labels_first;
use super::lines::Line;
use super::reconstruct::{self, texts};
use super::words::{ideographs, numbered, push_ideographs, suffix_distance};
use crate::form::{Cell, Unit};
use crate::narrative::Section;
use crate::number::AmountUnit;
use crate::published::Misprint;
use crate::published::cell::PublishedCell;
use crate::published::printed::{Printed, Status};
use crate::text::{contains_any, is_ideograph, trimmed, years};

/// A word of a line, or the boundary of a cell.
enum Token<'a> {
    Value(Value<'a>),
    Text(&'a Line<'a>, &'a str),
    /// A sentence, or more: no part of a label.
    Prose,
    Boundary(&'a Line<'a>),
}

/// Cuts a line into words and boundaries.
fn tokens<'a>(line: &'a Line<'a>, have_bars: bool, each: &mut impl FnMut(Token<'a>)) {
    let text = line.text;
    if is_plain(text) {
        return each(Token::Value(Value { text, line }));
    }
    // No row is as long as this, and the columns of its figures would be counted over and over.
    if text.len() > 8192 {
        return each(Token::Prose);
    }
    if memchr::memchr2(b'|', b'\t', line.whole.as_bytes()).is_none() {
        words(text, line, each);
    } else if have_bars && text.contains('|') {
        let mut pieces = text.split('|').peekable();
        while let Some(piece) = pieces.next() {
            words(piece, line, each);
            if pieces.peek().is_some() {
                each(Token::Boundary(line));
            }
        }
    } else if line.whole.trim_matches([' ', '\r']).contains('\t') && !text.is_empty() {
        for piece in line.whole.trim_end_matches('\r').split('\t') {
            words(piece, line, each);
            each(Token::Boundary(line));
        }
    } else {
        words(text, line, each);
    }
}

fn words<'a>(piece: &'a str, line: &'a Line<'a>, each: &mut impl FnMut(Token<'a>)) {
    let piece = trimmed(piece);
    if piece.is_empty() {
        return;
    }
    // Most pieces are one word.
    let is_one_word = piece.len() <= 240 && !piece.contains(|c: char| c == '。' || c.is_whitespace());
    // A sentence is no row, whatever figures are in it.
    if !is_one_word && is_no_label(piece) {
        return each(Token::Prose);
    }
    let mut word = |text: &'a str| {
        each(if is_value(text) { Token::Value(Value { text, line }) } else { Token::Text(line, text) });
    };
    if is_one_word || is_value(piece) {
        return word(piece);
    }
    // 规 章 is one word: so are ideographs that stand alone, one after the other, and `3. 其他`.
    let is_single = |word: &str| word.len() == 3 && word.chars().all(is_ideograph);
    let goes_on = |before: &str, next: &str| {
        is_number_of_label(before, next) || is_single(next) && before.split_whitespace().all(is_single)
    };
    let mut open: Option<&str> = None;
    // Where a line break was lost, the rule of a table is among its words.
    for next in piece.split_whitespace().filter(|word| !line.run_together || !is_rule(word)) {
        open = match open {
            Some(before) if goes_on(before, next) => {
                let start = before.as_ptr() as usize - piece.as_ptr() as usize;
                let end = next.as_ptr() as usize - piece.as_ptr() as usize + next.len();
                Some(&piece[start..end])
            }
            before => {
                before.into_iter().for_each(&mut word);
                Some(next)
            }
        };
    }
    open.into_iter().for_each(word);
}

/// Whether bars part the cells of these lines. One or two are marks, or what was read of a 1: `行政许可 214|`.
fn have_bars(lines: &[Line<'_>]) -> bool {
    lines.iter().flat_map(|line| memchr::memchr_iter(b'|', line.text.as_bytes())).nth(3).is_some()
}

/// Whether a word stands where a figure should: it is a cell, though no figure.
fn stands_for_a_figure(word: &str) -> bool {
    const WORDS: [&str; 8] = ["不涉及", "不适用", "无变化", "持平", "暂无", "未统计", "未开展", "空白"];
    let odd = |c: char| c.is_ascii_digit() || ".,|lIiOoSBZ%↑↓~+-".contains(c);
    WORDS.contains(&word) || word.len() <= 24 && word.contains(|c: char| c.is_ascii_digit()) && word.chars().all(odd)
}

/// The cells of a line with bars or tabs, where a word stands in the place of a figure: `规章 | 不涉及 | 0 | 3 |`.
fn row_with_words<'a>(shape: &Shape, line: &'a Line<'a>) -> Option<Vec<Value<'a>>> {
    let text = line.text;
    let mark = ['|', '\t'].into_iter().find(|mark| text.contains(*mark)).filter(|_| text.len() <= 1024)?;
    let cells: Vec<Value<'a>> =
        text.strip_suffix(mark).unwrap_or(text).split(mark).map(|piece| Value { text: trimmed(piece), line }).collect();
    let (at, row) = shape.named_cell(&cells)?;
    let figures = &cells[at + 1..];
    let fits = figures.len() == shape.rows[row].cells.len() && figures.iter().any(Value::is_text);
    (fits && figures.iter().any(|cell| is_value(cell.text))).then_some(cells)
}

/// The cells of a line that is a whole row of a Markdown table: `| 规章 | 0 | 0 | 0 |`.
fn piped_row<'a>(line: &'a Line<'a>) -> Option<Vec<Value<'a>>> {
    let inner = line.text.strip_prefix('|')?.strip_suffix('|')?;
    if inner.len() > 4096 || !inner.contains('|') {
        return None;
    }
    Some(inner.split('|').map(|piece| Value { text: trimmed(piece), line }).collect())
}

/// Whether a line is no figure but the number of the label below it: `1.` above `属于国家秘密`.
fn is_number_of_label(text: &str, below: &str) -> bool {
    let number = text.trim_end_matches(['.', '、', '．']);
    number.len() < text.len()
        && number.len() <= 2
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && below.starts_with(|c: char| is_ideograph(c) || c == '“')
}

/// The line between the heading of a table of Markdown and its rows.
fn is_rule(text: &str) -> bool {
    text.starts_with(['|', '-', ':'])
        && text.contains("---")
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn is_no_label(text: &str) -> bool {
    // What has gaps is a row of a table, however long.
    text.len() > 240 && !text.contains("  ") || holds_sentence(text)
}

/// Whether a sentence ends in a text. Character by character: a search costs more in a text that is as short as a label.
pub(super) fn holds_sentence(text: &str) -> bool {
    text.contains(['。'])
}

/// Reads the tables between two lines; `None` if nothing of them is there.
pub(super) fn read<'a>(
    lines: &'a [Line<'a>],
    bounds: (usize, usize),
    year: Option<u16>,
    limit: usize,
) -> Option<Tables> {
    let lines = lines_of_tables(lines, bounds)?;
    let shape = Shape::of(lines, year);
    let rearranged = labels_first::lines(shape, lines);
    let mut matcher = Matcher::new(shape, rearranged.as_deref().unwrap_or(lines), limit, year);
    matcher.take_lines();
    let mut tables = matcher.finish();
    let twice = std::mem::take(&mut tables.twice);
    tables.list(&twice);
    if tables.cells.iter().all(Option::is_none) && tables.unmatched.is_empty() { None } else { Some(tables) }
}

/// The lines between two from where the first table begins.
fn lines_of_tables<'a>(lines: &'a [Line<'a>], (begin, end): (usize, usize)) -> Option<&'a [Line<'a>]> {
    let end = end.max(begin);
    let begins = |line: &Line<'_>| {
        begins_table(line.text)
            || is_row(line.text) && !line.text.contains(['，', '。', ','])
            || line.text.split(['|', '\t', ' ']).find(|word| !word.is_empty()) == Some("规章")
    };
    let first = begin + lines.get(begin..end)?.iter().position(begins)?;
    // From the first cell of its row on.
    let row = lines[first].origin.row();
    let before = lines[begin..first].iter().rev().take_while(|line| row.is_some() && line.origin.row() == row);
    Some(&lines[first - before.count()..end])
}

/// The rows of tables among the lines; every other line by itself.
fn rows<'a>(lines: &'a [Line<'a>]) -> impl Iterator<Item = &'a [Line<'a>]> {
    lines.chunk_by(|one, other| one.origin.row().is_some() && one.origin.row() == other.origin.row())
}

/// The cells of a row of a table.
fn cells_of<'a>(row: &'a [Line<'a>]) -> Vec<Value<'a>> {
    row.iter().map(|line| Value { text: line.text, line }).collect()
}

/// Whether a line begins a table of the form.
pub(super) fn begins_table(text: &str) -> bool {
    // The cells of a table can be padded.
    if text.len() > 200 && !text.starts_with('|') || !text.contains(['内', '况', '项']) {
        return false;
    }
    contains_any(text, &["信息内容", "申请人情况"])
        || text.contains("第二十条") && text.contains('项') && text.len() < 60
}

/// Whether a compact text is the label of a numbered row of table two.
pub(super) fn is_row(text: &str) -> bool {
    text.contains('年')
        && contains_any(text, &["本年新收", "上年结转", "年度办理结果", "结转下年度"])
        && !text.contains("情况")
}

/// Takes words and rows one after the other.
struct Matcher<'a> {
    shape: &'static Shape,
    /// The year of the report.
    year: Option<u16>,
    other_year: OtherYear,
    label: LabelSoFar<'a>,
    likeness: Likeness,
    open: OpenRow<'a>,
    proceedings: Proceedings<'a>,
    /// What the heading of the next amount says of its unit.
    money: Money,
    headings: Headings<'a>,
    have_bars: bool,
    grid: Grid<'a>,
    found: Found<'a>,
}

/// Whether the rows are those of another year, of which a line says nothing but that.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OtherYear {
    No,
    Begins,
    /// The rows of this table.
    In(Section),
}

/// What was printed since the last figure.
#[derive(Default)]
struct LabelSoFar<'a> {
    /// Its ideographs.
    text: String,
    /// A number that stood alone before the last word, and one that waits for its word: `3.` above `其他`.
    number: &'a str,
    next_number: &'a str,
    /// The last word, and its line.
    word: &'a str,
    line: Option<&'a Line<'a>>,
    /// Whether it names two rows, so that the figures after it belong to neither.
    passed_over: bool,
    /// How much of it was printed before figures that belong to no row.
    crossed: usize,
}

impl<'a> LabelSoFar<'a> {
    fn clear(&mut self) {
        self.text.clear();
        self.crossed = 0;
        (self.number, self.next_number) = ("", "");
    }

    /// The number of the last word, and the word without it.
    fn numbered(&self) -> (&'a str, &'a str) {
        let (number, word) = numbered(self.word);
        (if number.is_empty() { numbered(self.number).0 } else { number }, word)
    }

    fn push(&mut self, word: &'a str, line: &'a Line<'a>) {
        if std::mem::take(&mut self.passed_over) {
            self.clear();
        }
        push_ideographs(word, &mut self.text);
        // No label is as long as this, however many group cells are before it.
        if let Some(excess) = self.text.len().checked_sub(1200) {
            let excess = (excess..).find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
            self.text.drain(..excess);
            self.crossed = self.crossed.saturating_sub(excess);
        }
        (self.number, self.word, self.line) = (std::mem::take(&mut self.next_number), word, Some(line));
    }
}

/// Labels that are compared character by character.
struct Likeness {
    /// How many more of them are: a page has a few dozen.
    patience: u32,
    /// The row that was recognised last by likeness, not by its label.
    row: Option<usize>,
}

impl Likeness {
    /// The one unread row that the label resembles.
    fn recognise(&mut self, shape: &Shape, label: &str, seen: &[bool]) -> Option<usize> {
        self.patience = self.patience.checked_sub(1)?;
        self.row = shape.similar(label, |row| !seen[row]);
        self.row
    }
}

/// The row whose figures are being taken; in table three figures are taken without a row.
#[derive(Default)]
struct OpenRow<'a> {
    row: Option<usize>,
    values: Vec<Value<'a>>,
    /// Whether the last was a figure, not a boundary.
    after_value: bool,
    /// Whether its cells have boundaries.
    bounded: bool,
}

/// No row has more figures.
const MOST_FIGURES: usize = 1000;

/// Table three as far as it was read.
#[derive(Default)]
struct Proceedings<'a> {
    begun: bool,
    /// The figures of the groups that it has so far.
    groups: Vec<Value<'a>>,
    /// Whether each is of the group that its label names.
    by_label: bool,
    /// A row of blanks under the headings, which is the table if no figures follow.
    blanks: Option<Vec<Value<'a>>>,
}

/// What was found.
struct Found<'a> {
    /// All figures, in the order of the page.
    events: Vec<Figures<'a>>,
    tables: Tables,
    /// By row: whether it was read.
    seen: Vec<bool>,
    /// How many figures are kept that no row has taken yet.
    kept: usize,
    /// The row of table one that was read last, and its figures among the events.
    settled: Option<(usize, usize)>,
    /// Whether a table has columns that the form has not, or in another order.
    other_columns: bool,
    /// The rows whose columns have no headings.
    unheaded: Vec<&'static [Cell]>,
}

impl<'a> Found<'a> {
    fn keep(&mut self, figures: Figures<'a>) {
        if !figures.read {
            // More are an error anyway.
            if self.kept > self.tables.limit {
                return self.tables.stray_all(&figures.values);
            }
            self.kept += figures.values.len();
        }
        self.events.push(figures);
    }

    /// The figures of the columns of the form; those of other columns are listed.
    fn by_heading(&mut self, places: &[Option<usize>], values: &[Value<'a>]) -> Vec<Option<Value<'a>>> {
        self.other_columns = true;
        let others = values.iter().enumerate().filter(|(at, _)| !places.contains(&Some(*at))).map(|(_, value)| *value);
        self.tables.stray_all(&others.collect::<Vec<_>>());
        places.iter().map(|at| at.map(|at| values[at])).collect()
    }

    /// Gives figures to the cells of a row; a column without heading has none.
    fn put(&mut self, row: &[Cell], figures: &[Option<Value<'a>>], unit: AmountUnit) {
        let cell =
            |of: &Option<Value<'_>>| of.map_or_else(PublishedCell::not_found, |value| value.cell().in_unit(unit));
        self.tables.put(row, figures.iter().map(cell));
    }

    /// Lists the figures of a row whose columns are not known.
    fn refuse(&mut self, row: Option<usize>, values: &[Value<'a>]) {
        self.other_columns = true;
        if let Some(row) = row {
            self.seen[row] = true;
        }
        self.tables.stray_all(values);
    }

    /// Takes back the row of table one that was read last if the heading of its column follows: what is between a label
    /// and the heading, such as the number of a page, is no figure of the row.
    fn doubt_above(&mut self, shape: &Shape, heading: &str) {
        let Some((row, event)) = self.settled.take() else { return };
        let cells = &shape.rows[row].cells;
        let same =
            |column: &str| heading.chars().filter(|c| is_ideograph(*c)).eq(column.chars().filter(|c| is_ideograph(*c)));
        if cells.iter().any(|cell| same(cell.entry().column_label())) {
            self.tables.forget(cells);
            self.seen[row] = false;
            let figures = &mut self.events[event];
            (figures.row, figures.read) = (None, false);
        }
    }
}

impl<'a> Matcher<'a> {
    fn new(shape: &'static Shape, lines: &'a [Line<'a>], limit: usize, year: Option<u16>) -> Matcher<'a> {
        Matcher {
            shape,
            year,
            other_year: OtherYear::No,
            label: LabelSoFar::default(),
            likeness: Likeness { patience: 400, row: None },
            open: OpenRow::default(),
            proceedings: Proceedings::default(),
            money: Money::default(),
            headings: Headings::default(),
            have_bars: have_bars(lines),
            grid: Grid::of(lines),
            found: Found {
                events: Vec::with_capacity(64),
                tables: Tables::new(shape.edition, limit),
                seen: vec![false; shape.rows.len()],
                kept: 0,
                settled: None,
                other_columns: false,
                unheaded: Vec::new(),
            },
        }
    }

    fn take_lines(&mut self) {
        let mut all = rows(self.grid.lines).peekable();
        while let Some(row) = all.next() {
            // More are an error anyway.
            if self.found.tables.strays() > self.found.tables.limit {
                break;
            }
            let line = &row[0];
            if line.origin.row().is_some() {
                self.take_row(cells_of(row));
            } else if is_rule(line.text) {
            } else if is_number_of_label(line.text, all.peek().map_or("", |next| next[0].text)) {
                self.close();
                self.label.next_number = line.text;
            } else if let Some(cells) = piped_row(line).or_else(|| row_with_words(self.shape, line)) {
                self.take_row(cells);
            } else {
                tokens(line, self.have_bars, &mut |token| self.take(token));
            }
        }
    }

    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Text(line, text) if self.stands_in_the_row(text) => {
                self.open.values.push(Value { text, line });
                self.open.after_value = true;
            }
            Token::Text(line, text) => self.take_text(line, text),
            Token::Prose => {
                self.close();
                self.label.clear();
            }
            Token::Value(value) => {
                if self.open.values.len() > MOST_FIGURES {
                    self.close();
                }
                if self.proceedings.begun || self.open.row.is_some() || self.open_row() {
                    self.open.values.push(value);
                    self.open.after_value = true;
                } else if Printed::of(value.text).status != Status::NotApplicable {
                    self.label.crossed = self.label.text.len();
                    self.loose(vec![value], false);
                } else {
                    self.take_text(value.line, value.text);
                }
            }
            Token::Boundary(line) => {
                let begun = self.proceedings.begun;
                let open = if begun { !self.open.values.is_empty() } else { self.open.row.is_some() };
                if !open {
                    if !begun {
                        self.open_row();
                    }
                } else if !self.open.after_value && self.open.values.len() <= MOST_FIGURES {
                    self.open.values.push(Value { text: "", line });
                }
                self.open.bounded = true;
                self.open.after_value = false;
            }
        }
    }

    /// Whether a word is a cell of the row that is open, or that it opens.
    fn stands_in_the_row(&mut self, word: &str) -> bool {
        if !stands_for_a_figure(word) || self.open.values.len() > MOST_FIGURES {
            return false;
        }
        let begun = self.proceedings.begun;
        begun && !self.open.values.is_empty() || self.open.row.is_some() || !begun && self.open_row()
    }

    fn take_text(&mut self, line: &'a Line<'a>, text: &'a str) {
        if self.open.row.is_some() || !self.open.values.is_empty() {
            self.close();
        }
        self.found.doubt_above(self.shape, text);
        self.label.push(text, line);
        self.headings.push(Value { text, line });
        self.notice_heading(text);
    }

    /// What a heading says on the figures that follow.
    fn notice_heading(&mut self, text: &str) {
        self.notice_year(text);
        // Most words are none of these.
        if !text.contains(['元', '诉', '议']) {
            return;
        }
        // The heading of a column can say 元 where the form says 万元.
        if text.contains("元") && contains_any(text, &["单位", "金额", "费"]) {
            self.money = Money::of(text);
        }
        self.proceedings.begun |=
            contains_any(text, &["复议后起诉", "直接起诉"]) || text.contains("行政复议") && text.contains("情况");
    }

    /// A row whose cells the page shows: its own label says what it is, not what is above.
    fn take_row(&mut self, cells: Vec<Value<'a>>) {
        self.close();
        let is_heading = !cells.iter().any(|cell| is_value(cell.text));
        if is_heading {
            cells.iter().filter(|cell| cell.is_text()).for_each(|cell| self.headings.push(*cell));
        }
        let mut words = String::new();
        for cell in cells.iter().filter(|cell| cell.is_text()) {
            push_ideographs(cell.text, &mut words);
            if is_no_label(cell.text) {
                self.label.clear();
            } else {
                push_ideographs(cell.text, &mut self.label.text);
            }
            self.notice_heading(cell.text);
        }
        if self.proceedings.begun {
            let values: Vec<Value<'a>> = cells.into_iter().filter(|cell| !cell.is_text()).collect();
            if !values.iter().all(Value::is_blank) {
                self.close_group(values, true);
            } else if words.is_empty() && values.len() == self.shape.proceedings.len() {
                self.proceedings.blanks = Some(values);
            }
            return;
        }
        if is_heading && self.shape.heads(&cells) {
            return;
        }
        let Some((at, row)) = self.shape.named_cell(&cells).or_else(|| self.similar_cell(&cells, &words)) else {
            match words.is_empty() {
                true if !is_heading => self.loose(cells, true),
                true => {}
                // The label of no row of the form.
                false => self.found.tables.stray_all(&cells),
            }
            return;
        };
        // Headings that stand in the row of the figures.
        let above = cells[..at].iter().filter(|cell| cell.is_text());
        above.for_each(|cell| self.headings.push(*cell));
        let size = self.shape.rows[row].cells.len();
        let values = divided(&cells[at + 1..], size, &self.grid.wide);
        // A heading that is named like a row has no figures.
        if values.iter().all(Value::is_blank) && self.grid.begin(self.shape, &values, size).is_none() {
            return;
        }
        self.label.clear();
        self.settle(row, values, true);
    }

    /// The last cell of words before figures, and the one unread row that all words resemble.
    fn similar_cell(&mut self, cells: &[Value<'a>], words: &str) -> Option<(usize, usize)> {
        let at = cells.iter().rposition(Value::is_text)?;
        if !cells[at + 1..].iter().any(|cell| is_value(cell.text)) {
            return None;
        }
        (self.label.word, self.label.line) = (cells[at].text, Some(cells[at].line));
        Some((at, self.likeness.recognise(self.shape, words, &self.found.seen)?))
    }

    /// Whether the label so far is that of a row, whose figures follow.
    fn open_row(&mut self) -> bool {
        let LabelSoFar { text, crossed, .. } = &self.label;
        if text.is_empty() {
            return false;
        }
        // What was printed before figures of no row can be the label of these, and its rest no part of another.
        let text = &text[*crossed..];
        let named = self.shape.named(self.label.numbered(), text).or_else(|| self.shape.headed(text));
        let named = named.or_else(|| self.likeness.recognise(self.shape, text, &self.found.seen));
        self.open.row = named.filter(|row| !self.is_heading(*row));
        if self.open.row.is_some_and(|row| self.passes_over_another(row)) {
            self.open.row = None;
            self.label.passed_over = true;
        }
        self.open.row.is_some()
    }

    /// Whether the word is the heading of a column rather than the label of the row: 其他 without a number, above the first row
    /// of table two.
    fn is_heading(&self, row: usize) -> bool {
        let row = &self.shape.rows[row];
        let heads = || row.cells.iter().any(|cell| ideographs(cell.entry().column_label()) == row.key);
        row.is_request() && !self.has_request() && self.label.numbered().0.is_empty() && heads()
    }

    /// Whether a row of table two was read.
    fn has_request(&self) -> bool {
        self.found.seen.iter().zip(&self.shape.rows).any(|(seen, row)| *seen && row.is_request())
    }

    /// Whether the label so far names an unread row besides `row`: then its figures are lost, or these are its figures.
    fn passes_over_another(&mut self, row: usize) -> bool {
        // Before the first row are the headings of the columns.
        if !self.has_request() {
            return false;
        }
        let row = &self.shape.rows[row];
        let label = self.label.text.as_str();
        let before = label.strip_suffix(row.numbered.as_str()).or(label.strip_suffix(row.key.as_str())).unwrap_or("");
        let rows = self.shape.rows.iter().zip(&self.found.seen);
        let mut unread = rows.filter(|(other, seen)| !**seen && other.key != row.key).map(|(other, _)| other);
        // （七）总计 right before it; （六）其他处理 is a group as well.
        let ends = |other: &Row| !other.undivided && other.numbered.len() >= 3 * 3 && before.ends_with(&other.numbered);
        if before.len() >= 3 * 3 && unread.clone().any(ends) {
            return true;
        }
        // A group label and its number are shorter than this.
        if before.len() < 10 * 3 {
            return false;
        }
        let Some(patience) = self.likeness.patience.checked_sub(1) else { return true };
        self.likeness.patience = patience;
        let before: Vec<char> = before.chars().collect();
        let before = &before[before.len().saturating_sub(80)..];
        unread.any(|other| {
            let key: Vec<char> = other.key.chars().collect();
            key.len() >= 6
                && (key.len()..=before.len()).any(|end| suffix_distance(&key, &before[..end]) * 4 <= key.len())
        })
    }

    /// Notes a label that is printed otherwise than the form has it. A piece of a label that goes on elsewhere is none.
    fn note_misprint(&mut self, index: usize) {
        let (true, Some(line)) = (self.likeness.row.take() == Some(index), self.label.line) else { return };
        let row = &self.shape.rows[index];
        let printed = self.label.word;
        let word = ideographs(numbered(printed).1);
        let length = |text: &str| text.len() / 3;
        if !row.key.contains(&word) && length(&word).abs_diff(length(&row.key)) * 4 <= length(&row.key) {
            let (row, place) = (row.cells[0].entry().row().path().to_owned(), Some(line.place_of(printed)));
            self.found.tables.misprints.push(Misprint { row, printed: printed.to_owned(), place });
        }
    }

    /// Gives the figures to the cells of the row they follow.
    fn close(&mut self) {
        // A row has seven figures, table three fifteen.
        let values = std::mem::replace(&mut self.open.values, Vec::with_capacity(16));
        let whole = std::mem::take(&mut self.open.bounded) || in_one_way(&values);
        self.open.after_value = false;
        if self.proceedings.begun {
            if !values.is_empty() {
                self.close_group(values, whole);
            }
        } else if let Some(row) = self.open.row.take() {
            let cells = &self.shape.rows[row].cells;
            // Where figures are left over above the label, these can be the second halves.
            let is_right = || self.found.events.last().is_none_or(|above| above.read);
            let whole = whole || is_right() && reconstruct::adds_up(self.shape, cells, &values);
            // A label without figures belongs to what follows.
            let blank = || whole && window(&values, cells.len()).is_some();
            if values.iter().any(|value| !value.is_blank()) || blank() {
                self.label.clear();
                self.settle(row, values, whole);
            }
        }
    }

    /// Figures of no row that is known.
    fn loose(&mut self, values: Vec<Value<'a>>, bounded: bool) {
        self.found.keep(Figures { row: None, values, proceedings: self.proceedings.begun, bounded, read: false });
    }

    /// Whether a row of this table is of another year: up to the next table, or to a line that names the year of the report.
    fn is_of_other_year(&mut self, table: Section) -> bool {
        self.other_year = match self.other_year {
            OtherYear::Begins => OtherYear::In(table),
            OtherYear::In(of) if of != table => OtherYear::No,
            other => other,
        };
        self.other_year != OtherYear::No
    }

    /// Notices a line that names a year, and nothing else.
    fn notice_year(&mut self, text: &str) {
        let is_mark = text.len() <= 24 && text.contains('年');
        if let (Some((0, year)), Some(own), true) = (years(text).next(), self.year, is_mark) {
            let rest = text[4..].trim_start_matches('年').trim_start_matches('度');
            if rest.is_empty() || matches!(rest, "数据" | "情况" | "报告") {
                self.other_year = if year == own { OtherYear::No } else { OtherYear::Begins };
            }
        }
    }

    fn settle(&mut self, index: usize, values: Vec<Value<'a>>, whole: bool) {
        let row = &self.shape.rows[index];
        let size = row.cells.len();
        if self.is_of_other_year(row.columns.table()) {
            return self.found.refuse(None, &values);
        }
        self.found.tables.undivided |= row.undivided && !values.iter().all(Value::is_blank);
        let is_money = row.cells.iter().any(|cell| cell.unit() == Unit::WanYuan);
        // What was said before another row says nothing on this one.
        let money = std::mem::take(&mut self.money);
        if is_money && money == Money::Other {
            return self.found.refuse(Some(index), &values);
        }
        let order = self.headings.order(&row.columns, &values);
        if order == Order::Lost && size > 1 {
            self.found.unheaded.push(&row.cells);
        }
        let figures: Option<Vec<Option<Value<'a>>>> = match order {
            Order::Form | Order::Lost => {
                let begin = if whole { self.grid.begin(self.shape, &values, size) } else { None };
                begin.map(|begin| values[begin..begin + size].iter().copied().map(Some).collect())
            }
            Order::By(places) if whole => Some(self.found.by_heading(&places, &values)),
            Order::By(_) | Order::Unclear => return self.found.refuse(Some(index), &values),
        };
        if let Some(figures) = &figures {
            self.found.seen[index] = true;
            self.note_misprint(index);
            let unit = if is_money && money == Money::Yuan { AmountUnit::Yuan } else { AmountUnit::Unstated };
            self.found.put(&row.cells, figures, unit);
        }
        let read = figures.is_some();
        self.found.settled = (read && !row.is_request()).then_some((index, self.found.events.len()));
        self.found.keep(Figures { row: Some(index), values, proceedings: false, bounded: whole, read });
    }

    /// The figures of table three: all in a row, or those of each group under its label.
    fn close_group(&mut self, mut values: Vec<Value<'a>>, whole: bool) {
        if self.is_of_other_year(Section::Proceedings) {
            return self.found.refuse(None, &values);
        }
        if whole && self.take_group(&values) {
            return;
        }
        let (shape, groups) = (self.shape, &mut self.proceedings.groups);
        let all = shape.proceedings.len();
        if groups.is_empty() {
            match self.headings.order(&shape.rulings, &values) {
                Order::Form => {}
                Order::Lost => self.found.unheaded.push(&shape.proceedings),
                Order::By(places) if whole => {
                    let figures = self.found.by_heading(&places, &values);
                    return self.found.put(&shape.proceedings, &figures, AmountUnit::Unstated);
                }
                Order::By(_) | Order::Unclear => return self.found.refuse(None, &values),
            }
        }
        // Where blanks are beside the row, one within it could be one of them.
        if values.len() > all
            && let Some(last) = values.iter().rposition(|value| !value.is_blank())
        {
            values.truncate(last + 1);
        }
        let is_next =
            |(label, size): &(String, usize)| values.len() == *size && self.label.text.contains(label.as_str());
        let row = whole && values.len() == all && groups.is_empty();
        let one = whole && shape.group_after(groups.len()).is_some_and(is_next);
        if row || one {
            groups.extend(&values);
        }
        self.found.keep(Figures { row: None, values, proceedings: true, bounded: whole, read: row || one });
        if groups.len() == all {
            self.found.tables.put(&shape.proceedings, std::mem::take(groups).iter().map(Value::cell));
        }
        self.label.clear();
    }

    /// A group of table three that has a row of its own, if its headings or its place among the others are not those of the
    /// form: its label says which it is.
    fn take_group(&mut self, values: &[Value<'a>]) -> bool {
        let shape = self.shape;
        let Some((at, cells)) = shape.group_named(&self.label.text).filter(|(_, cells)| cells.len() == values.len())
        else {
            return false;
        };
        let order = self.headings.order(&shape.rulings_of_one, values);
        let groups = &mut self.proceedings.groups;
        let is_next = at * cells.len() == groups.len();
        let figures: Vec<Option<Value<'a>>> = match order {
            Order::Form if is_next && !self.proceedings.by_label => return false,
            Order::Form => values.iter().copied().map(Some).collect(),
            Order::By(places) => self.found.by_heading(&places, values),
            Order::Lost | Order::Unclear => return false,
        };
        self.proceedings.by_label = true;
        // Those that came in the form's order had labels, too.
        let before = std::mem::take(groups);
        self.found.tables.put(&shape.proceedings[..before.len()], before.iter().map(Value::cell));
        self.found.put(cells, &figures, AmountUnit::Unstated);
        self.label.clear();
        true
    }

    /// Reconstructs rows, and lists the figures that belong to no cell.
    fn finish(mut self) -> Tables {
        self.close();
        let Matcher {
            shape,
            grid,
            proceedings,
            found: Found { mut events, mut tables, seen, other_columns, unheaded, .. },
            ..
        } = self;
        // A table three that ends before its third group.
        if !proceedings.groups.is_empty() {
            events.iter_mut().filter(|figures| figures.proceedings).for_each(|figures| figures.read = false);
        }
        if let Some(values) = proceedings.blanks.filter(|_| !events.iter().any(|figures| figures.proceedings)) {
            tables.put(&shape.proceedings, values.iter().map(Value::cell));
        }
        let is_one_table = !stands_twice(&events);
        if is_one_table && !other_columns && events.iter().any(|figures| !figures.read) {
            reconstruct::read(shape, &seen, &mut events, grid.lines, &mut tables);
        }
        let of_second: Vec<Cell> = tables.of_second_tables().collect();
        let rows = shape.rows.iter().map(|row| &row.cells).chain([&shape.proceedings]);
        rows.filter(|row| row.first().is_some_and(|cell| of_second.contains(cell))).for_each(|row| tables.list(row));
        if !unheaded.is_empty() {
            reconstruct::confirm(shape, &unheaded, &mut tables);
        }
        for figures in events.iter().filter(|figures| !figures.read) {
            tables.stray_all(&figures.values);
        }
        tables
    }
}

/// Whether a second table two is among the figures: rows have other figures again, some of which were not read.
fn stands_twice(events: &[Figures<'_>]) -> bool {
    // A digit or three can be the piece of a row that broke.
    const LEAST: usize = 4;
    let mut rows: Vec<(usize, &Figures<'_>)> = Vec::new();
    let mut again: Vec<usize> = Vec::new();
    for figures in events {
        let Some(row) = figures.row.filter(|_| figures.values.iter().any(|value| !value.is_blank())) else { continue };
        match rows.iter().find(|(of, _)| *of == row) {
            Some((_, before)) => {
                let (here, there) = (|| texts(&figures.values), || texts(&before.values));
                let is_whole = here().map(str::len).sum::<usize>().min(there().map(str::len).sum()) >= LEAST;
                if is_whole && here().ne(there()) && !(before.read && figures.read) && !again.contains(&row) {
                    again.push(row);
                }
            }
            None => rows.push((row, figures)),
        }
    }
    again.len() > 1
}

/// What a heading says of the unit of its amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Money {
    /// That of the form, 万元, or nothing.
    #[default]
    Form,
    Yuan,
    /// One that no cell can say: 千元, 亿元, 美元.
    Other,
}

impl Money {
    fn of(text: &str) -> Money {
        let mut units = text.match_indices('元').map(|(at, _)| {
            let mut before = text[..at].chars().rev();
            match (before.next(), before.next()) {
                (Some('万'), Some('十' | '百' | '千')) => Money::Other,
                (Some('万'), _) => Money::Form,
                (Some('十' | '百' | '千' | '亿' | '美' | '欧' | '港' | '日'), _) => Money::Other,
                _ => Money::Yuan,
            }
        });
        // 金额（万元，不含美元） has the figures in the first.
        units.next().unwrap_or_default()
    }
}

/// Whether the figures are all on one line, or each on its own. Otherwise a narrow column was broken: a figure could be
/// half of one.
fn in_one_way(values: &[Value<'_>]) -> bool {
    let lines = || values.iter().filter(|value| !value.is_blank()).map(|value| value.line.origin);
    let breaks = lines().zip(lines().skip(1)).filter(|(above, below)| above != below).count();
    breaks == 0 || breaks + 1 == lines().count()
}

// ---- Where rows begin in a grid --------------------------------------------------------------------

/// The grids of the page's tables.
struct Grid<'a> {
    lines: &'a [Line<'a>],
    wide: Wide,
    /// Where rows begin, once it was asked.
    sure: Option<Begins>,
}

/// By table of the document and size of a row, then by the cells after its label: where the rows begin whose first and last
/// figures are there; nothing if they do not agree.
type Begins = HashMap<(u32, usize), HashMap<usize, Option<usize>>>;

impl<'a> Grid<'a> {
    fn of(lines: &'a [Line<'a>]) -> Grid<'a> {
        let wide = lines.iter().filter(|line| line.span > 1 && is_value(line.text));
        Grid { lines, wide: wide.filter_map(|line| Some((line.origin.row()?.0, line.span))).collect(), sure: None }
    }

    /// Where the figures of a row begin among these cells. In the grid of a table a blank can be a figure that is not there
    /// or lie beside the row: then the rows of the table with as many cells tell. Where none does, there is nothing beside.
    fn begin(&mut self, shape: &Shape, values: &[Value<'_>], size: usize) -> Option<usize> {
        let Some((table, _)) = values.first().and_then(|value| value.line.origin.row()) else {
            return window(values, size);
        };
        if let Some(begin) = surely_begins(values, size) {
            return Some(begin);
        }
        let sure = self.sure.get_or_insert_with(|| sure_begins(shape, self.lines, &self.wide));
        let Some(sure) = sure.get(&(table, size)) else { return (values.len() == size).then_some(0) };
        let sure = sure.get(&values.len()).copied().flatten()?;
        begins(values, size).find(|begin| *begin == sure)
    }
}

/// Where a row of `size` cells begins whose first and last figures are there.
fn surely_begins(values: &[Value<'_>], size: usize) -> Option<usize> {
    let begin = values.iter().position(|value| !value.is_blank())?;
    let end = values.iter().rposition(|value| !value.is_blank())? + 1;
    (end - begin == size).then_some(begin)
}

fn sure_begins<'a>(shape: &Shape, lines: &'a [Line<'a>], wide: &Wide) -> Begins {
    let mut found = Begins::new();
    for row in rows(lines) {
        let Some((table, _)) = row[0].origin.row() else { continue };
        let cells = cells_of(row);
        let Some((at, row)) = shape.named_cell(&cells) else { continue };
        let size = shape.rows[row].cells.len();
        let values = divided(&cells[at + 1..], size, wide);
        if let Some(begin) = surely_begins(&values, size) {
            let known = found.entry((table, size)).or_default().entry(values.len()).or_insert(Some(begin));
            *known = known.filter(|known| *known == begin);
        }
    }
    found
}

impl Shape {
    /// Whether the cells are the headings of columns, two of which are named like rows: 其他, 总计.
    fn heads(&self, cells: &[Value<'_>]) -> bool {
        let columns = self.rows.iter().find(|row| row.is_request()).map(|row| &row.columns);
        let is_column = |cell: &&Value<'_>| columns.is_some_and(|columns| columns.has(&ideographs(cell.text)));
        cells.iter().filter(is_column).take(2).count() == 2
    }

    /// The last cell that names a row, and the row; the figures follow it.
    fn named_cell(&self, cells: &[Value<'_>]) -> Option<(usize, usize)> {
        let texts = cells.iter().enumerate().rev().filter(|(_, cell)| cell.is_text());
        let mut named = texts.map(|(at, cell)| Some((at, self.named(numbered(cell.text), &ideographs(cell.text))?)));
        named.find_map(|named| named)
    }
}
