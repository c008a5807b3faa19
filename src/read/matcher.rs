//! From words and rows to cells: one matcher, driven by the catalogue, for all readers.
//!
//! A row is recognised by its label, and takes the figures that follow it, if they are as many as it has cells. Figures
//! that follow no label, or are too few or too many for their row, are not guessed at: [`super::reconstruct`] asks the rules
//! whether there is one way to read them; if not, they are listed as unmatched and the cells stay not found.

use std::collections::HashMap;

use super::figures::{Figures, Tables, Value, Wide, begins, divided, is_plain, is_value, window};
use super::labels::{Row, Shape, ideographs, numbered, push_ideographs, suffix_distance};
use super::lines::Line;
use super::reconstruct;
use crate::form::{Cell, Unit};
use crate::number::AmountUnit;
use crate::published::Misprint;
use crate::published::printed::{Printed, Status};
use crate::text::{is_ideograph, trimmed};

/// A word of a line, or the boundary of a cell.
enum Token<'a> {
    Value(Value<'a>),
    Text(&'a Line<'a>, &'a str),
    /// A sentence, or more: no part of a label.
    Prose,
    Boundary(&'a Line<'a>),
}

/// Cuts a line into words and boundaries.
fn tokens<'a>(line: &'a Line<'a>, each: &mut impl FnMut(Token<'a>)) {
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
    } else if text.contains('|') {
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
    // A sentence is no row, whatever figures stand in it.
    if !is_one_word && is_no_label(piece) {
        return each(Token::Prose);
    }
    let mut word = |text: &'a str| {
        each(if is_value(text) { Token::Value(Value { text, line }) } else { Token::Text(line, text) });
    };
    if is_one_word || is_value(piece) {
        return word(piece);
    }
    piece.split_whitespace().for_each(word);
}

/// The cells of a line that is a whole row of a Markdown table: `| 规章 | 0 | 0 | 0 |`.
fn piped_row<'a>(line: &'a Line<'a>) -> Option<Vec<Value<'a>>> {
    let inner = line.text.strip_prefix('|')?.strip_suffix('|')?;
    if inner.len() > 4096 || !inner.contains('|') {
        return None;
    }
    Some(inner.split('|').map(|piece| Value { text: trimmed(piece), line }).collect())
}

/// The line between the heading of a Markdown table and its rows.
fn is_rule(text: &str) -> bool {
    text.starts_with(['|', '-', ':'])
        && text.contains("---")
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn is_no_label(text: &str) -> bool {
    text.len() > 240 || holds_sentence(text)
}

/// Whether a sentence ends in a text. Character by character: a search costs more in a text that is as short as a label.
pub(super) fn holds_sentence(text: &str) -> bool {
    text.len() > 2 && text.contains(['。'])
}

/// Reads the tables between two lines; `None` if nothing of them is there.
pub(super) fn read<'a>(
    lines: &'a [Line<'a>],
    (begin, end): (usize, usize),
    year: Option<u16>,
    limit: usize,
) -> Option<Tables> {
    let end = end.max(begin);
    let first = begin
        + lines
            .get(begin..end)?
            .iter()
            .position(|line| begins_table(line.text) || is_row(line.text) && !line.text.contains(['，', '。', ',']))?;
    // From the first cell of its row on.
    let row = lines[first].origin.row();
    let start =
        first - lines[begin..first].iter().rev().take_while(|line| row.is_some() && line.origin.row() == row).count();
    let lines = &lines[start..end];
    let shape = Shape::of(lines, year);
    let mut matcher = Matcher {
        shape,
        lines,
        label: String::new(),
        word: "",
        labelled: None,
        row: None,
        values: Vec::new(),
        after_value: false,
        bounded: false,
        proceedings: false,
        groups: Vec::new(),
        blank_groups: None,
        events: Vec::with_capacity(64),
        tables: Tables {
            edition: shape.edition,
            cells: vec![const { None }; Cell::count()],
            unmatched: Vec::new(),
            strays: 0,
            limit,
            undivided: false,
            twice: Vec::new(),
            misprints: Vec::new(),
        },
        seen: vec![false; shape.rows.len()],
        passed_over: false,
        in_yuan: false,
        patience: 400,
        kept: 0,
        similar: None,
        settled: None,
        sure: None,
        wide: lines
            .iter()
            .filter(|line| line.span > 1 && is_value(line.text))
            .filter_map(|line| Some((line.origin.row()?.0, line.span)))
            .collect(),
    };
    let mut rest = lines;
    while let [line, after @ ..] = rest {
        // More are an error anyway.
        if matcher.tables.strays() > limit {
            break;
        }
        rest = after;
        if let Some(row) = line.origin.row() {
            let end = after.iter().position(|cell| cell.origin.row() != Some(row)).unwrap_or(after.len());
            let cells = &lines[lines.len() - after.len() - 1..][..=end];
            rest = &after[end..];
            matcher.take_row(cells.iter().map(|line| Value { text: line.text, line }).collect());
        } else if is_rule(line.text) {
        } else if let Some(cells) = piped_row(line) {
            matcher.take_row(cells);
        } else {
            tokens(line, &mut |token| matcher.take(token));
        }
    }
    let mut tables = matcher.finish(lines);
    let twice = std::mem::take(&mut tables.twice);
    tables.list(&twice);
    if tables.cells.iter().all(Option::is_none) && tables.unmatched.is_empty() { None } else { Some(tables) }
}

/// Whether a line begins a table of the form.
pub(super) fn begins_table(text: &str) -> bool {
    if text.len() > 200 || !text.contains(['内', '况', '项']) {
        return false;
    }
    text.contains("信息内容")
        || text.contains("申请人情况")
        || text.contains("第二十条") && text.contains('项') && text.len() < 60
}

/// Whether a compact text is the label of a numbered row of table two.
pub(super) fn is_row(text: &str) -> bool {
    text.contains('年')
        && ["本年新收", "上年结转", "年度办理结果", "结转下年度"].iter().any(|row| text.contains(row))
        && !text.contains("情况")
}

/// Takes words and rows one after the other.
struct Matcher<'a> {
    shape: &'static Shape,
    lines: &'a [Line<'a>],
    /// The ideographs since the last figure, the last word of them, and where it stands.
    label: String,
    word: &'a str,
    labelled: Option<&'a Line<'a>>,
    /// The row whose figures are being taken, and these figures.
    row: Option<usize>,
    values: Vec<Value<'a>>,
    after_value: bool,
    /// Whether the cells of the row have boundaries.
    bounded: bool,
    /// Whether table three has begun, and the groups of five figures it has so far.
    proceedings: bool,
    groups: Vec<Value<'a>>,
    /// A row of blanks under the headings of table three, which is the table if no figures follow.
    blank_groups: Option<Vec<Value<'a>>>,
    /// All figures, in the order of the page.
    events: Vec<Figures<'a>>,
    tables: Tables,
    seen: Vec<bool>,
    /// Whether the label names two rows, so that the figures after it belong to neither.
    passed_over: bool,
    /// Whether the heading of the next amount says 元.
    in_yuan: bool,
    /// How many more labels are compared character by character: a page has a few dozen.
    patience: u32,
    /// How many figures are kept that no row has taken yet.
    kept: usize,
    /// The row that was recognised last by likeness, not by its label.
    similar: Option<usize>,
    /// The row of table one that was read last, and its figures among the events.
    settled: Option<(usize, usize)>,
    /// Where rows begin, once it was asked.
    sure: Option<Begins>,
    wide: Wide,
}

impl<'a> Matcher<'a> {
    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Text(line, text) => self.take_text(line, text),
            Token::Prose => {
                self.close();
                self.label.clear();
            }
            Token::Value(value) => {
                if self.values.len() > 1000 {
                    self.close();
                }
                if self.proceedings || self.row.is_some() || self.open_row() {
                    self.values.push(value);
                    self.after_value = true;
                } else if Printed::of(value.text).status != Status::NotApplicable {
                    self.loose(vec![value], false);
                } else {
                    self.take_text(value.line, value.text);
                }
            }
            Token::Boundary(line) => {
                let open = if self.proceedings { !self.values.is_empty() } else { self.row.is_some() };
                if !open {
                    if !self.proceedings {
                        self.open_row();
                    }
                } else if !self.after_value && self.values.len() <= 1000 {
                    self.values.push(Value { text: "", line });
                }
                self.bounded = true;
                self.after_value = false;
            }
        }
    }

    fn take_text(&mut self, line: &'a Line<'a>, text: &'a str) {
        if self.row.is_some() || !self.values.is_empty() {
            self.close();
        }
        self.doubt_above(text);
        if std::mem::take(&mut self.passed_over) {
            self.label.clear();
        }
        push_ideographs(text, &mut self.label);
        // No label is as long as this, however many group cells stand before it.
        if let Some(excess) = self.label.len().checked_sub(1200) {
            let excess = (excess..).find(|at| self.label.is_char_boundary(*at)).unwrap_or(0);
            self.label.drain(..excess);
        }
        self.word = text;
        self.labelled = Some(line);
        self.notice_heading(text);
    }

    /// Takes back the row of table one that was read last if the heading of its column follows: what stands between a label
    /// and the heading, such as the number of a page, is no figure of the row.
    fn doubt_above(&mut self, heading: &str) {
        let Some((row, event)) = self.settled.take() else { return };
        let cells = &self.shape.rows[row].cells;
        let same =
            |column: &str| heading.chars().filter(|c| is_ideograph(*c)).eq(column.chars().filter(|c| is_ideograph(*c)));
        if cells.iter().any(|cell| same(cell.entry().column())) {
            self.tables.forget(cells);
            self.seen[row] = false;
            let figures = &mut self.events[event];
            (figures.row, figures.read) = (None, false);
        }
    }

    /// What a heading says on the figures that follow.
    fn notice_heading(&mut self, text: &str) {
        // Most words are none of these.
        if !text.contains(['元', '诉', '议']) {
            return;
        }
        // The heading of a column can say 元 where the form says 万元.
        if text.contains("元") && text.contains("单位") {
            self.in_yuan = !text.contains("万元");
        }
        self.proceedings |= text.contains("复议后起诉")
            || text.contains("直接起诉")
            || text.contains("行政复议") && text.contains("情况");
    }

    /// A row whose cells the page shows: its own label says what it is, not what stands above.
    fn take_row(&mut self, cells: Vec<Value<'a>>) {
        self.close();
        let mut words = String::new();
        for cell in cells.iter().filter(|cell| cell.is_text()) {
            push_ideographs(cell.text, &mut words);
            if is_no_label(cell.text) {
                self.label.clear();
            } else {
                push_ideographs(cell.text, &mut self.label);
            }
            self.notice_heading(cell.text);
        }
        let values_after = |at: usize| cells[at + 1..].iter().any(|cell| is_value(cell.text));
        if self.proceedings {
            let values: Vec<Value<'a>> = cells.into_iter().filter(|cell| !cell.is_text()).collect();
            let label = self.label.clone();
            if values.iter().all(Value::is_blank) {
                if words.is_empty() && values.len() == self.shape.proceedings.len() {
                    self.blank_groups = Some(values);
                }
            } else {
                self.label.clear();
                self.close_group(&label, values, true);
            }
            return;
        }
        let named = self.shape.named_cell(&cells);
        let named = named.or_else(|| {
            let at = cells.iter().rposition(Value::is_text).filter(|at| values_after(*at))?;
            self.word = cells[at].text;
            self.labelled = Some(cells[at].line);
            Some((at, self.similar_row(&words)?))
        });
        let Some((at, row)) = named else {
            if words.is_empty() && cells.iter().any(|cell| is_value(cell.text)) {
                self.loose(cells, true);
            }
            return;
        };
        let size = self.shape.rows[row].cells.len();
        let values = divided(&cells[at + 1..], size, &self.wide);
        // A heading that is named like a row has no figures.
        if values.iter().all(Value::is_blank) && self.begin(&values, size).is_none() {
            return;
        }
        self.label.clear();
        self.settle(row, values, true);
    }

    /// Where the figures of a row begin among these cells. In the grid of a table a blank can be a figure that is not there
    /// or lie beside the row: then the rows of the table with as many cells tell. Where none does, there is nothing beside.
    fn begin(&mut self, values: &[Value<'_>], size: usize) -> Option<usize> {
        let Some((table, _)) = values.first().and_then(|value| value.line.origin.row()) else {
            let window = window(values, size)?;
            return begins(values, size).find(|begin| std::ptr::eq(&values[*begin..begin + size], window));
        };
        if let Some(begin) = surely_begins(values, size) {
            return Some(begin);
        }
        let sure = self.sure.get_or_insert_with(|| sure_begins(self.shape, self.lines, &self.wide));
        let Some(sure) = sure.get(&(table, size)) else { return (values.len() == size).then_some(0) };
        let sure = sure.get(&values.len()).copied().flatten()?;
        begins(values, size).find(|begin| *begin == sure)
    }

    /// Whether the label so far is that of a row, whose figures follow.
    fn open_row(&mut self) -> bool {
        if self.label.is_empty() {
            return false;
        }
        self.row = self.shape.named(self.word, &self.label).or_else(|| {
            let label = std::mem::take(&mut self.label);
            let similar = self.similar_row(&label);
            self.label = label;
            similar
        });
        if self.row.is_some_and(|row| self.is_heading(row)) {
            self.row = None;
        }
        if self.row.is_some_and(|row| self.passes_over_another(row)) {
            self.row = None;
            self.passed_over = true;
        }
        self.row.is_some()
    }

    /// Whether the word is the heading of a column rather than the label of the row: 其他 without a number, above the first row
    /// of table two.
    fn is_heading(&self, row: usize) -> bool {
        let row = &self.shape.rows[row];
        let heads = || row.cells.iter().any(|cell| ideographs(cell.entry().column()) == row.key);
        row.is_request() && !self.has_request() && numbered(self.word).0.is_empty() && heads()
    }

    /// Whether a row of table two was read.
    fn has_request(&self) -> bool {
        self.seen.iter().zip(&self.shape.rows).any(|(seen, row)| *seen && row.is_request())
    }

    /// Whether the label so far names an unread row besides `row`: then its figures are lost, or these are its figures.
    fn passes_over_another(&mut self, row: usize) -> bool {
        let row = &self.shape.rows[row];
        let label = self.label.as_str();
        let before = label.strip_suffix(row.numbered.as_str()).or(label.strip_suffix(row.key.as_str())).unwrap_or("");
        let unread = || self.shape.rows.iter().zip(&self.seen).filter(|(other, seen)| !**seen && other.key != row.key);
        // Before the first row stand the headings of the columns.
        if !self.has_request() {
            return false;
        }
        // （七）总计 right before it; （六）其他处理 is a group as well.
        let ends = |other: &Row| !other.undivided && other.numbered.len() >= 3 * 3 && before.ends_with(&other.numbered);
        if before.len() >= 3 * 3 && unread().any(|(other, _)| ends(other)) {
            return true;
        }
        // A group label and its number are shorter than this.
        if before.len() < 10 * 3 {
            return false;
        }
        let Some(patience) = self.patience.checked_sub(1) else { return true };
        let before: Vec<char> = before.chars().collect();
        let before = &before[before.len().saturating_sub(80)..];
        self.patience = patience;
        unread().map(|(other, _)| other.key.chars().collect::<Vec<char>>()).any(|key| {
            key.len() >= 6
                && (key.len()..=before.len()).any(|end| suffix_distance(&key, &before[..end]) * 4 <= key.len())
        })
    }

    /// The one unread row that the label resembles.
    fn similar_row(&mut self, label: &str) -> Option<usize> {
        self.patience = self.patience.checked_sub(1)?;
        self.similar = self.shape.similar(label, |row| !self.seen[row]);
        self.similar
    }

    /// Notes a label that is printed otherwise than the form has it. A piece of a label that goes on elsewhere is none.
    fn note_misprint(&mut self, index: usize) {
        let (true, Some(line)) = (self.similar.take() == Some(index), self.labelled) else { return };
        let row = &self.shape.rows[index];
        let (_, word) = numbered(self.word);
        let word = ideographs(word);
        let length = |text: &str| text.len() / 3;
        if !row.key.contains(&word) && length(&word).abs_diff(length(&row.key)) * 4 <= length(&row.key) {
            let printed = self.word.to_owned();
            let place = Some(line.place_of(self.word));
            self.tables.misprints.push(Misprint { row: row.cells[0].entry().row_path().to_owned(), printed, place });
        }
    }

    /// Gives the figures to the cells of the row they follow.
    fn close(&mut self) {
        // A row has seven figures, table three fifteen; a label with what stands before it is no longer than this.
        let values = std::mem::replace(&mut self.values, Vec::with_capacity(16));
        let whole = std::mem::take(&mut self.bounded) || in_one_way(&values);
        self.after_value = false;
        if self.proceedings {
            let label = std::mem::replace(&mut self.label, String::with_capacity(256));
            if values.is_empty() {
                self.label = label;
            } else {
                self.close_group(&label, values, whole);
            }
        } else if let Some(row) = self.row.take() {
            // A label without figures belongs to what follows.
            let blank = || whole && window(&values, self.shape.rows[row].cells.len()).is_some();
            if values.iter().any(|value| !value.is_blank()) || blank() {
                self.label.clear();
                self.settle(row, values, whole);
            }
        }
    }

    /// Figures of no row that is known.
    fn loose(&mut self, values: Vec<Value<'a>>, bounded: bool) {
        self.keep(Figures { row: None, values, proceedings: self.proceedings, bounded, read: false });
    }

    fn keep(&mut self, figures: Figures<'a>) {
        if figures.read {
            return self.events.push(figures);
        }
        // More are an error anyway.
        if self.kept > self.tables.limit {
            return self.tables.stray_all(&figures.values);
        }
        self.kept += figures.values.len();
        self.events.push(figures);
    }

    fn settle(&mut self, index: usize, values: Vec<Value<'a>>, whole: bool) {
        let row = &self.shape.rows[index];
        let numbered = values.iter().any(|value| !value.is_blank());
        self.tables.undivided |= row.undivided && numbered;
        let size = row.cells.len();
        let begin = if whole { self.begin(&values, size) } else { None };
        let read = begin.is_some();
        if let Some(begin) = begin {
            self.seen[index] = true;
            self.note_misprint(index);
            let row = &self.shape.rows[index];
            let in_yuan =
                std::mem::take(&mut self.in_yuan) && row.cells.iter().any(|cell| cell.unit() == Unit::WanYuan);
            let unit = if in_yuan { AmountUnit::Yuan } else { AmountUnit::Unstated };
            let window = &values[begin..begin + size];
            self.tables.put(&row.cells, window.iter().map(|value| value.cell().in_unit(unit)));
        }
        self.settled = Some((index, self.events.len())).filter(|_| read && !self.shape.rows[index].is_request());
        self.keep(Figures { row: Some(index), values, proceedings: false, bounded: whole, read });
    }

    /// The figures of table three: fifteen in a row, or five for each group under its label.
    fn close_group(&mut self, label: &str, mut values: Vec<Value<'a>>, whole: bool) {
        let all = self.shape.proceedings.len();
        // Where blanks stand beside the row, one within it could be one of them.
        if values.len() > all
            && let Some(last) = values.iter().rposition(|value| !value.is_blank())
        {
            values.truncate(last + 1);
        }
        let size = all / self.shape.groups.len();
        let group = self.shape.groups.get(self.groups.len() / size);
        let row = whole && values.len() == all && self.groups.is_empty();
        let one = whole && values.len() == size && group.is_some_and(|group| label.contains(group.as_str()));
        if row || one {
            self.groups.extend(&values);
        }
        self.keep(Figures { row: None, values, proceedings: true, bounded: whole, read: row || one });
        if self.groups.len() == all {
            let values = std::mem::take(&mut self.groups);
            self.tables.put(&self.shape.proceedings, values.iter().map(Value::cell));
        }
    }

    /// Reads what was torn, and lists the figures that belong to no cell.
    fn finish(mut self, lines: &[Line<'_>]) -> Tables {
        self.close();
        let Matcher { shape, mut events, mut tables, seen, groups, blank_groups, .. } = self;
        // A table three that ends before its third group.
        if !groups.is_empty() {
            events.iter_mut().filter(|figures| figures.proceedings).for_each(|figures| figures.read = false);
        }
        if let Some(values) = blank_groups.filter(|_| !events.iter().any(|figures| figures.proceedings)) {
            tables.put(&shape.proceedings, values.iter().map(Value::cell));
        }
        if events.iter().any(|figures| !figures.read) {
            reconstruct::read(shape, &seen, &mut events, lines, &mut tables);
        }
        for figures in events.iter().filter(|figures| !figures.read) {
            tables.stray_all(&figures.values);
        }
        tables
    }
}

/// Whether the figures stand all on one line, or each on its own. Otherwise a narrow column was broken: a figure could be
/// half of one.
fn in_one_way(values: &[Value<'_>]) -> bool {
    let lines = || values.iter().filter(|value| !value.is_blank()).map(|value| value.line.origin);
    let breaks = lines().zip(lines().skip(1)).filter(|(above, below)| above != below).count();
    breaks == 0 || breaks + 1 == lines().count()
}

/// Where a row of `size` cells begins whose first and last figures are there.
fn surely_begins(values: &[Value<'_>], size: usize) -> Option<usize> {
    let begin = values.iter().position(|value| !value.is_blank())?;
    let end = values.iter().rposition(|value| !value.is_blank())? + 1;
    (end - begin == size).then_some(begin)
}

/// By table of the document and size of a row, then by the cells after its label: where the rows begin whose first and last
/// figures are there; nothing if they do not agree.
type Begins = HashMap<(u32, usize), HashMap<usize, Option<usize>>>;

fn sure_begins(shape: &Shape, lines: &[Line<'_>], wide: &Wide) -> Begins {
    let mut found = Begins::new();
    for row in lines.chunk_by(|one, other| one.origin.row().is_some() && one.origin.row() == other.origin.row()) {
        let Some((table, _)) = row[0].origin.row() else { continue };
        let cells: Vec<Value<'_>> = row.iter().map(|line| Value { text: line.text, line }).collect();
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
    /// The last cell that names a row, and the row; the figures follow it.
    fn named_cell(&self, cells: &[Value<'_>]) -> Option<(usize, usize)> {
        let texts = cells.iter().enumerate().rev().filter(|(_, cell)| cell.is_text());
        let mut named = texts.map(|(at, cell)| Some((at, self.named(cell.text, &ideographs(cell.text))?)));
        named.find_map(|named| named)
    }
}
