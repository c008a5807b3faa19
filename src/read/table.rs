//! From words with places to cells: one matcher, driven by the catalogue.
//!
//! A row is recognised by its label, and takes the figures that follow it, if they are as many as it has cells. A figure
//! that follows no label, or a row with too few or too many figures, is not guessed at: the figures are listed as
//! unmatched and the cells stay not found.

use std::sync::LazyLock;

use super::text::Line;
use crate::form::{Cell, Edition, Layout, Unit};
use crate::number::AmountUnit;
use crate::published::{Printed, PublishedCell, PublishedReport, Status, Unmatched, trimmed};

/// A row that every report has.
pub(super) const SAMPLE_ROW: &str = "一、本年新收政府信息公开申请数量";

/// A row of tables one and two.
struct Row {
    /// The label without its number, ideographs only.
    key: String,
    /// The label with its number, ideographs only: `一予以公开`.
    numbered: String,
    cells: Vec<Cell>,
}

/// What a page can print of one edition.
struct Shape {
    rows: Vec<Row>,
    /// The cells of table three, and the labels of its groups.
    proceedings: Vec<Cell>,
    groups: Vec<String>,
    /// The labels of table one that no other edition prints.
    own_labels: Vec<String>,
}

static SHAPES: LazyLock<[(Edition, Shape); 2]> = LazyLock::new(|| {
    [
        (Edition::Edition2021, shape(&[Layout::Edition2021, Layout::Hybrid], Layout::Edition2019)),
        (Edition::Edition2019, shape(&[Layout::Edition2019], Layout::Edition2021)),
    ]
});

fn shape(layouts: &[Layout], other: Layout) -> Shape {
    let mut shape = Shape { rows: Vec::new(), proceedings: Vec::new(), groups: Vec::new(), own_labels: Vec::new() };
    let foreign: Vec<String> =
        other.cells().iter().flat_map(|entry| [entry.row(), entry.column()]).map(ideographs).collect();
    let mut last = "";
    for (number, layout) in layouts.iter().enumerate() {
        for entry in layout.cells() {
            let (row, _) = entry.path().rsplit_once('.').unwrap_or_default();
            if row.starts_with("proceedings") {
                if number == 0 {
                    shape.proceedings.push(entry.cell());
                    if row != last {
                        shape.groups.push(ideographs(entry.row()));
                    }
                }
            } else if row != last {
                let known = shape.rows.iter().any(|known| known.cells.contains(&entry.cell()));
                if !known {
                    let label = entry.row();
                    shape.rows.push(Row {
                        key: ideographs(without_number(label)),
                        numbered: ideographs(label),
                        cells: layout
                            .cells()
                            .iter()
                            .filter(|cell| cell.path().rsplit_once('.').is_some_and(|(of, _)| of == row))
                            .map(|entry| entry.cell())
                            .collect(),
                    });
                }
            }
            if row.starts_with("article20") {
                shape.own_labels.extend(
                    [entry.row(), entry.column()].map(ideographs).into_iter().filter(|label| !foreign.contains(label)),
                );
            }
            last = row;
        }
    }
    shape
}

/// Labels that pages print for another.
const ALIASES: [(&str, &str); 5] = [
    ("规范性文件", "行政规范性文件"),
    ("行政规范性文件", "规范性文件"),
    ("部分公开", "部分公开区分处理的只计这一情形不计其他情形"),
    ("逾期不补正", "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请"),
    ("逾期不缴费", "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请"),
];

// ---- Words ---------------------------------------------------------------------------------------

/// A label as it is compared: no white space; full-width ASCII as ASCII, radicals as ideographs.
pub(super) fn compact(text: &str) -> String {
    if text.contains('&') {
        return compact(&text.replace("&nbsp;", " ").replace('&', "＆"));
    }
    let mut compact = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')) {
        compact.push(folded(c));
    }
    compact
}

/// The ideographs of a text: brackets, digits, spaces and dots come in too many forms to compare.
fn ideographs(text: &str) -> String {
    let mut ideographs = String::with_capacity(text.len());
    push_ideographs(text, &mut ideographs);
    ideographs
}

fn push_ideographs(text: &str, to: &mut String) {
    to.reserve(text.len());
    for c in text.chars() {
        let c = if c < '\u{4e00}' { folded(c) } else { c };
        if ('\u{4e00}'..='\u{9fff}').contains(&c) {
            to.push(c);
        }
    }
}

/// The common form of a character: what NFKC does to full-width ASCII and to the radicals that PDF fonts leave behind.
/// (Not more: NFKC would make `1①` into 11.)
fn folded(c: char) -> char {
    /// The ideographs of the Kangxi radicals, U+2F00 to U+2FD5.
    const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{2f00}'..='\u{2fd5}' => RADICALS.chars().nth(c as usize - 0x2f00).unwrap_or(c),
        _ => c,
    }
}

/// A label without the number before it: `（一）予以公开`, `1.重复申请`, `四、结转下年度继续办理`.
fn without_number(label: &str) -> &str {
    let label = trimmed(label);
    let end = label.find(['）', ')', '、', '.', '．', ':', '：']);
    match end {
        Some(end) if label[..end].chars().count() <= 3 => {
            let mark = label[end..].chars().next().map_or(0, char::len_utf8);
            trimmed(&label[end + mark..])
        }
        _ => label,
    }
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

/// A word of a table, or the boundary of a cell.
enum Token<'a> {
    Value(&'a str, Line<'a>),
    Text(&'a str),
    /// A sentence, or more: no part of a label.
    Prose,
    Boundary,
}

/// Cuts the lines into words and boundaries.
fn tokens<'a>(lines: &[Line<'a>], mut each: impl FnMut(Token<'a>)) {
    for line in lines {
        let text = line.text;
        if is_plain(text) {
            each(Token::Value(text, *line));
            continue;
        }
        // No row is as long as this, and the columns of its figures would be counted over and over.
        if text.len() > 8192 {
            each(Token::Prose);
            continue;
        }
        let piped = text.contains('|');
        if piped && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) && text.contains("---") {
            continue;
        }
        if piped {
            let mut pieces = text.split('|').peekable();
            while let Some(piece) = pieces.next() {
                words(piece, *line, &mut each);
                if pieces.peek().is_some() {
                    each(Token::Boundary);
                }
            }
        } else if line.whole.trim_matches([' ', '\r']).contains('\t') && !text.is_empty() {
            for piece in line.whole.trim_end_matches('\r').split('\t') {
                words(piece, *line, &mut each);
                each(Token::Boundary);
            }
        } else {
            words(text, *line, &mut each);
        }
    }
}

fn words<'a>(piece: &'a str, line: Line<'a>, each: &mut impl FnMut(Token<'a>)) {
    let piece = trimmed(piece);
    if piece.is_empty() {
        return;
    }
    // A sentence is no row, whatever figures stand in it.
    let is_prose = piece.len() > 240 || piece.contains('。');
    if is_prose {
        return each(Token::Prose);
    }
    if !piece.contains(char::is_whitespace) || is_value(piece) {
        return each(if is_value(piece) { Token::Value(piece, line) } else { Token::Text(piece) });
    }
    for word in piece.split_whitespace() {
        each(if is_value(word) { Token::Value(word, line) } else { Token::Text(word) });
    }
}

/// A digit or a few: what most lines of a page with one cell a line are.
fn is_plain(text: &str) -> bool {
    text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit()) && is_value(text)
}

fn is_value(text: &str) -> bool {
    matches!(Printed::of(text).status, Status::Number | Status::NotApplicable)
}

// ---- The matcher ---------------------------------------------------------------------------------

/// The tables of a page as far as they were read.
pub(super) struct Tables {
    edition: Edition,
    cells: Vec<(Cell, PublishedCell)>,
    unmatched: Vec<Unmatched>,
    /// How many figures belong to no cell; not all of them are listed if they are too many.
    strays: usize,
    limit: usize,
    /// Whether a row was read that edition 2021 prints in the hybrid only.
    undivided: bool,
    /// The cells of rows that stand on the page twice: two readings, so none.
    twice: Vec<Cell>,
}

/// Reads the tables between two lines; `None` if nothing of them is there.
pub(super) fn read(
    lines: &[Line<'_>],
    (begin, end): (usize, usize),
    year: Option<u16>,
    limit: usize,
) -> Option<Tables> {
    let end = end.max(begin);
    let start = begin + lines.get(begin..end)?.iter().position(|line| begins_table(line.text) || is_row(line.text))?;
    let lines = &lines[start..end];
    let (edition, shape) = edition_of(lines, year);
    let mut matcher = Matcher {
        shape,
        label: String::new(),
        word: "",
        row: None,
        values: Vec::new(),
        after_value: false,
        bounded: false,
        proceedings: false,
        groups: Vec::new(),
        tables: Tables {
            edition,
            cells: Vec::with_capacity(200),
            unmatched: Vec::new(),
            strays: 0,
            limit,
            undivided: false,
            twice: Vec::new(),
        },
        seen: vec![false; shape.rows.len()],
        passed_over: false,
        in_yuan: false,
        patience: 400,
    };
    tokens(lines, |token| matcher.take(token));
    matcher.close();
    let Matcher { mut tables, groups, .. } = matcher;
    // A table three that ends before its third group.
    groups.into_iter().for_each(|cell| tables.stray(|| cell));
    let (twice, once) =
        std::mem::take(&mut tables.cells).into_iter().partition(|(cell, _)| tables.twice.contains(cell));
    tables.cells = once;
    let twice: Vec<(Cell, PublishedCell)> = twice;
    twice.into_iter().for_each(|(_, cell)| tables.stray(|| cell));
    if tables.cells.is_empty() && tables.unmatched.is_empty() { None } else { Some(tables) }
}

/// The edition whose own labels table one prints; the year's where none are there.
fn edition_of(lines: &[Line<'_>], year: Option<u16>) -> (Edition, &'static Shape) {
    let [newer, older] = &*SHAPES;
    let (mut new, mut old) = (0, 0);
    let mut key = String::new();
    let is_label = |line: &&Line<'_>| line.text.len() < 300 && !line.text.starts_with(|c: char| c.is_ascii_digit());
    for line in lines.iter().filter(is_label).take(100) {
        for word in line.text.split(|c: char| c == '|' || c.is_whitespace()).filter(|word| word.len() >= 6) {
            key.clear();
            push_ideographs(word, &mut key);
            new += usize::from(newer.1.own_labels.contains(&key));
            old += usize::from(older.1.own_labels.contains(&key));
        }
        // One slip in a label does not turn four.
        if new.abs_diff(old) >= 4 {
            break;
        }
    }
    let chosen = match new.cmp(&old) {
        std::cmp::Ordering::Greater => newer,
        std::cmp::Ordering::Less => older,
        std::cmp::Ordering::Equal if year.and_then(Edition::for_year) == Some(Edition::Edition2019) => older,
        std::cmp::Ordering::Equal => newer,
    };
    (chosen.0, &chosen.1)
}

/// Takes words one after the other.
struct Matcher<'a> {
    shape: &'static Shape,
    /// The ideographs since the last figure, and the last word of them.
    label: String,
    word: &'a str,
    /// The row whose figures are being taken, and these figures; `None` stands for a blank.
    row: Option<usize>,
    values: Vec<Option<(&'a str, Line<'a>)>>,
    after_value: bool,
    /// Whether the cells of the row have boundaries.
    bounded: bool,
    /// Whether table three has begun, and the groups of five figures it has so far.
    proceedings: bool,
    groups: Vec<PublishedCell>,
    tables: Tables,
    seen: Vec<bool>,
    /// Whether the label names two rows, so that the figures after it belong to neither.
    passed_over: bool,
    /// Whether the heading of the next amount says 元.
    in_yuan: bool,
    /// How many more labels are compared character by character: a page has a few dozen.
    patience: u32,
}

impl<'a> Matcher<'a> {
    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Text(text) => self.take_text(text),
            Token::Prose => {
                self.close();
                self.label.clear();
            }
            Token::Value(text, line) => {
                if self.values.len() > 1000 {
                    self.close();
                }
                if self.proceedings || self.row.is_some() || self.open_row() {
                    self.values.push(Some((text, line)));
                    self.after_value = true;
                } else if Printed::of(text).number.is_some() {
                    self.tables.stray(|| PublishedCell::read(text).at(line.place_of(text)));
                } else {
                    self.take_text(text);
                }
            }
            Token::Boundary => {
                let open = if self.proceedings { !self.values.is_empty() } else { self.row.is_some() };
                if !open {
                    if !self.proceedings {
                        self.open_row();
                    }
                } else if !self.after_value && self.values.len() <= 1000 {
                    self.values.push(None);
                }
                self.bounded = true;
                self.after_value = false;
            }
        }
    }

    fn take_text(&mut self, text: &'a str) {
        if self.row.is_some() || !self.values.is_empty() {
            self.close();
        }
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
        // The heading of a column can say 元 where the form says 万元.
        if text.contains('元') && text.contains("单位") {
            self.in_yuan = !text.contains("万元");
        }
        let begins = |text: &str| {
            text.contains("复议后起诉")
                || text.contains("直接起诉")
                || text.contains("行政复议") && text.contains("情况")
        };
        if text.contains(['诉', '议']) && begins(text) {
            self.proceedings = true;
        }
    }

    /// Whether the label so far is that of a row, whose figures follow.
    fn open_row(&mut self) -> bool {
        if self.label.is_empty() {
            return false;
        }
        self.row = self.named_row().or_else(|| self.similar_row());
        if self.row.is_some_and(|row| self.passes_over_another(row)) {
            self.row = None;
            self.passed_over = true;
        }
        self.row.is_some()
    }

    /// Whether the label so far names an unread row besides `row`: then its figures are lost, or these are its figures.
    fn passes_over_another(&mut self, row: usize) -> bool {
        let row = &self.shape.rows[row];
        let before = self.label.strip_suffix(row.key.as_str()).unwrap_or("");
        // A group label and its number are shorter than this; before the first row stand the headings of the columns.
        if before.len() < 10 * 3
            || !self.seen.iter().zip(&self.shape.rows).any(|(seen, row)| *seen && row.cells.len() == 7)
        {
            return false;
        }
        let Some(patience) = self.patience.checked_sub(1) else { return true };
        let before: Vec<char> = before.chars().collect();
        let before = &before[before.len().saturating_sub(80)..];
        self.patience = patience;
        let others = self.shape.rows.iter().zip(&self.seen).filter(|(other, seen)| !**seen && other.key != row.key);
        others.map(|(other, _)| other.key.chars().collect::<Vec<char>>()).any(|key| {
            key.len() >= 6
                && (key.len()..=before.len()).any(|end| suffix_distance(&key, &before[..end]) * 4 <= key.len())
        })
    }

    fn named_row(&self) -> Option<usize> {
        let word = ideographs(without_number(self.word));
        if let Some(exact) = self.shape.rows.iter().position(|row| row.key == word) {
            return Some(exact);
        }
        let alias = ALIASES.iter().find(|(printed, _)| *printed == word).map(|(_, official)| *official);
        let long = |text: &str, least: usize| text.len() >= least * 3;
        let fits = |row: &Row| {
            Some(row.key.as_str()) == alias
                || long(&row.numbered, 5) && self.label.ends_with(&row.numbered)
                || long(&row.key, 6) && self.label.ends_with(&row.key)
        };
        let rows = self.shape.rows.iter().enumerate().filter(|(_, row)| fits(row));
        // Of several labels the longest is meant.
        rows.max_by_key(|(_, row)| row.key.len()).map(|(index, _)| index)
    }

    /// The one unread row whose long label differs in few characters: misprints, slips of a tool.
    fn similar_row(&mut self) -> Option<usize> {
        self.patience = self.patience.checked_sub(1)?;
        let label: Vec<char> = self.label.chars().collect();
        let mut best: Option<(usize, usize)> = None;
        let mut tie = false;
        for (index, row) in self.shape.rows.iter().enumerate().filter(|(index, _)| !self.seen[*index]) {
            let key: Vec<char> = row.key.chars().collect();
            if key.len() < 6 {
                continue;
            }
            let distance = suffix_distance(&key, &label);
            if distance * 4 > key.len() {
                continue;
            }
            match best {
                Some((least, _)) if distance > least => {}
                Some((least, _)) if distance == least => tie = true,
                _ => {
                    best = Some((distance, index));
                    tie = false;
                }
            }
        }
        best.filter(|_| !tie).map(|(_, index)| index)
    }

    /// Gives the figures to the cells of the row they follow.
    fn close(&mut self) {
        // A row has seven figures, table three fifteen; a label with what stands before it is no longer than this.
        let values = std::mem::replace(&mut self.values, Vec::with_capacity(16));
        let whole = std::mem::take(&mut self.bounded) || in_one_way(&values);
        self.after_value = false;
        let label = std::mem::replace(&mut self.label, String::with_capacity(256));
        let cell = |value: &Option<(&str, Line<'_>)>| match value {
            Some((text, line)) => PublishedCell::read(text).at(line.place_of(text)),
            None => PublishedCell::read(""),
        };
        if self.proceedings {
            return self.close_group(&label, values.iter().map(cell).collect(), whole);
        }
        let Some(index) = self.row.take() else { return };
        let row = &self.shape.rows[index];
        let hybrid_only = row.cells.iter().all(|cell| Layout::Edition2021.entry(*cell).is_none());
        self.tables.undivided |= hybrid_only && values.iter().any(Option::is_some);
        let Some(window) = window(&values, row.cells.len()).filter(|_| whole) else {
            if values.iter().any(Option::is_some) {
                values.iter().filter(|value| value.is_some()).for_each(|value| self.tables.stray(|| cell(value)));
            } else {
                // A label without figures: it belongs to what follows.
                self.label = label;
            }
            return;
        };
        self.seen[index] = true;
        let in_yuan = std::mem::take(&mut self.in_yuan) && row.cells.iter().any(|cell| cell.unit() == Unit::WanYuan);
        let unit = if in_yuan { AmountUnit::Yuan } else { AmountUnit::Unstated };
        self.tables.put(&row.cells, window.iter().map(|value| cell(value).in_unit(unit)));
    }

    /// The figures of table three: fifteen in a row, or five for each group under its label.
    fn close_group(&mut self, label: &str, mut values: Vec<PublishedCell>, whole: bool) {
        while values.len() > self.shape.proceedings.len()
            && values.last().is_some_and(|cell| cell.status() == Status::Blank)
        {
            values.pop();
        }
        if values.is_empty() {
            self.label = label.to_owned();
            return;
        }
        let size = self.shape.proceedings.len() / self.shape.groups.len();
        let group = self.shape.groups.get(self.groups.len() / size);
        if whole && values.len() == self.shape.proceedings.len() && self.groups.is_empty() {
            self.groups = values;
        } else if whole && values.len() == size && group.is_some_and(|group| label.contains(group.as_str())) {
            self.groups.extend(values);
        } else {
            values
                .into_iter()
                .filter(|cell| cell.status() != Status::Blank)
                .for_each(|cell| self.tables.stray(|| cell));
            return;
        }
        if self.groups.len() == self.shape.proceedings.len() {
            let cells = std::mem::take(&mut self.groups);
            self.tables.put(&self.shape.proceedings, cells.into_iter());
        }
    }
}

/// Whether the figures stand all on one line, or each on its own. Otherwise a narrow column was broken: a figure could be
/// half of one.
fn in_one_way(values: &[Option<(&str, Line<'_>)>]) -> bool {
    let lines = || values.iter().flatten().map(|(_, line)| line.number);
    let breaks = lines().zip(lines().skip(1)).filter(|(above, below)| above != below).count();
    breaks == 0 || breaks + 1 == lines().count()
}

/// The figures of a row of `size` cells: all of them, or all but blanks that only spanned columns leave behind. `None` if
/// there are too few, too many, or if the blanks could stand on either side.
fn window<T>(values: &[Option<T>], size: usize) -> Option<&[Option<T>]> {
    // No page spans more.
    if values.len() > size + 64 {
        return None;
    }
    let mut found = None;
    for (start, window) in values.windows(size).enumerate() {
        let outside = values[..start].iter().chain(&values[start + size..]);
        if outside.into_iter().all(Option::is_none) {
            if found.is_some() && values.iter().any(Option::is_some) {
                return None;
            }
            found = Some(window);
        }
    }
    found
}

/// The least number of insertions, deletions and changes that make `key` an ending of `label`.
fn suffix_distance(key: &[char], label: &[char]) -> usize {
    let label = &label[label.len().saturating_sub(key.len() * 2)..];
    // Read backwards, an ending is a beginning: the best over all lengths of the last row of the table.
    let mut row: Vec<usize> = (0..=label.len()).collect();
    for (number, expected) in key.iter().rev().enumerate() {
        let mut diagonal = row[0];
        row[0] = number + 1;
        for (index, found) in label.iter().rev().enumerate() {
            let change = diagonal + usize::from(expected != found);
            diagonal = row[index + 1];
            row[index + 1] = change.min(row[index] + 1).min(diagonal + 1);
        }
    }
    row.into_iter().min().unwrap_or(key.len())
}

impl Tables {
    /// How many figures belong to no cell.
    pub(super) fn strays(&self) -> usize {
        self.strays
    }

    /// Takes the figures of a row.
    fn put(&mut self, row: &[Cell], figures: impl Iterator<Item = PublishedCell>) {
        if row.first().is_some_and(|first| self.cells.iter().any(|(cell, _)| cell == first)) {
            if !row.first().is_some_and(|first| self.twice.contains(first)) {
                self.twice.extend(row);
            }
            figures.for_each(|figure| self.stray(|| figure));
        } else {
            self.cells.extend(row.iter().copied().zip(figures));
        }
    }

    fn stray(&mut self, cell: impl FnOnce() -> PublishedCell) {
        self.strays += 1;
        if self.strays <= self.limit {
            let cell = cell();
            self.unmatched.push(Unmatched { printed: cell.printed().to_owned(), place: cell.place().cloned() });
        }
    }

    /// A report of which no table was found.
    pub(super) fn none(year: Option<u16>) -> PublishedReport {
        PublishedReport::new(year.and_then(Edition::for_year).unwrap_or(Edition::Edition2021).layout())
    }

    pub(super) fn into_report(mut self) -> PublishedReport {
        let divided = |(cell, _): &(Cell, PublishedCell)| Layout::Hybrid.entry(*cell).is_none();
        let layout = match self.edition {
            Edition::Edition2021 if self.undivided && !self.cells.iter().any(divided) => Layout::Hybrid,
            edition => edition.layout(),
        };
        let mut report = PublishedReport::new(layout);
        for (cell, found) in std::mem::take(&mut self.cells) {
            match layout.position(cell) {
                Some(position) => report.cells[position] = found,
                None => self.stray(|| found),
            }
        }
        report.unmatched = self.unmatched;
        report
    }
}
