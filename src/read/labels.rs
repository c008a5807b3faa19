//! Labels of the form as pages print them: one catalogue of rows and columns, compared by their ideographs.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use super::columns::Columns;
use super::lines::Line;
use super::words::{CharacterSet, ideographs, numbered, push_ideographs, suffix_distance};
use crate::catalogue::Entry;
use crate::form::{Cell, Edition, Layout};
use crate::narrative::Section;
use crate::text::folded;

/// A row that every report has.
pub(super) const SAMPLE_ROW: &str = "一、本年新收政府信息公开申请数量";

/// A row of tables one and two.
pub(super) struct Row {
    /// The label without its number, ideographs only.
    pub key: String,
    /// The characters of the key.
    pub characters: Vec<char>,
    /// The label with its number, ideographs only: `一予以公开`.
    pub numbered: String,
    /// The label with the heading of the only column below it, where the row has one cell.
    pub headed: Option<String>,
    /// The number before the label, `一` or `2`.
    number: &'static str,
    pub cells: Vec<Cell>,
    pub columns: Arc<Columns>,
    /// Where its first cell is in the form's order.
    pub rank: usize,
    /// Whether the edition prints it only where it departs from the prescribed layout.
    pub undivided: bool,
    /// Whether the edition prints it as prescribed, but not in a layout that departs from it.
    pub divided: bool,
}

impl Row {
    /// Whether it is a row of table two.
    pub(super) fn is_request(&self) -> bool {
        self.columns.table() == Section::Requests
    }
}

/// What a page can print of one edition.
pub(super) struct Shape {
    pub edition: Edition,
    /// In the form's order; the rows of all its layouts.
    pub rows: Vec<Row>,
    /// How many cells a row of table two has.
    pub applicants: usize,
    /// The cells of table three, and its groups: the label of each, and how many cells it has.
    pub proceedings: Vec<Cell>,
    pub groups: Vec<(String, usize)>,
    pub rulings: Columns,
    /// The columns of one group, where each is a row of its own.
    pub rulings_of_one: Columns,
    /// The labels of table one that not every edition prints.
    labels: Vec<String>,
}

fn columns_of(table: Section, cells: &mut dyn Iterator<Item = &Entry>) -> Columns {
    Columns::new(table, cells.map(|entry| ideographs(entry.column_label())))
}

/// By edition, the oldest first.
static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| Edition::all().map(Shape::new).collect());

/// How many labels more than the edition of the year another one must have on the page: a slip in one does not turn a table.
const LEAD: usize = 4;

impl Shape {
    fn new(edition: Edition) -> Shape {
        let labels_of = |edition: Edition| {
            let cells = edition.layout().cells().iter().filter(|entry| entry.table() == Section::Article20);
            cells.flat_map(|entry| [entry.row().label(), entry.column_label()]).map(ideographs).collect::<HashSet<_>>()
        };
        let by_all = |label: &String| Edition::all().all(|edition| labels_of(edition).contains(label));
        let exact = edition.layout();
        let mut rows: Vec<Row> = Vec::new();
        for layout in edition.layouts() {
            let mut rank = 0;
            while let Some(entry) = layout.cells().get(rank) {
                let cells: Vec<Cell> = entry.row().cells().iter().map(|of| of.cell()).collect();
                let printed = |layout: Layout| layout.entry(cells[0]).is_some();
                if entry.table() != Section::Proceedings && !rows.iter().any(|known| known.cells[0] == cells[0]) {
                    let (number, key) = numbered(entry.row().label());
                    let columns = columns_of(entry.table(), &mut entry.row().cells().iter());
                    let headed = ideographs(key) + &ideographs(entry.column_label());
                    rows.push(Row {
                        key: ideographs(key),
                        characters: ideographs(key).chars().collect(),
                        headed: Some(headed).filter(|_| cells.len() == 1),
                        numbered: ideographs(entry.row().label()),
                        number,
                        rank,
                        undivided: !printed(exact),
                        divided: !edition.layouts().all(printed) && printed(exact),
                        columns: rows
                            .iter()
                            .map(|row| &row.columns)
                            .find(|known| ***known == columns)
                            .map_or_else(|| Arc::new(columns), Arc::clone),
                        cells,
                    });
                }
                rank += entry.row().cells().len();
            }
        }
        rows.sort_by_key(|row: &Row| row.rank);
        let groups = || exact.rows().iter().filter(|row| row.table() == Section::Proceedings);
        Shape {
            edition,
            applicants: rows.iter().find(|row| row.is_request()).map_or(0, |row| row.cells.len()),
            rows,
            proceedings: groups().flat_map(|row| row.cells()).map(|entry| entry.cell()).collect(),
            groups: groups().map(|row| (ideographs(row.label()), row.cells().len())).collect(),
            rulings: columns_of(Section::Proceedings, &mut groups().flat_map(|row| row.cells())),
            rulings_of_one: columns_of(Section::Proceedings, &mut groups().take(1).flat_map(|row| row.cells())),
            labels: labels_of(edition).into_iter().filter(|label| !by_all(label)).collect(),
        }
    }

    /// The group of table three that follows so many of its figures: its label, and how many it has.
    pub(super) fn group_after(&self, figures: usize) -> Option<&(String, usize)> {
        let begin = |at: usize| self.groups[..at].iter().map(|(_, size)| size).sum::<usize>();
        (0..self.groups.len()).find(|at| begin(*at) == figures).map(|at| &self.groups[at])
    }

    /// The group of table three of a row with this label: its place among the groups, and its cells.
    pub(super) fn group_named(&self, label: &str) -> Option<(usize, &[Cell])> {
        let mut begin = 0;
        self.groups.iter().enumerate().find_map(|(at, (of, size))| {
            let cells = begin..begin + size;
            begin = cells.end;
            label.ends_with(of.as_str()).then(|| (at, &self.proceedings[cells]))
        })
    }

    /// The layout of the edition that departs from it, if there is one.
    pub(super) fn departed(&self) -> Option<Layout> {
        self.edition.layouts().find(|layout| !layout.is_exact())
    }

    /// The shape of the year's edition, unless table one prints so many more labels of another; without a year that of the
    /// edition that has the most, the newest of several. Each label counts once.
    pub(super) fn of(lines: &[Line<'_>], year: Option<u16>) -> &'static Shape {
        let mut found: HashSet<String> = HashSet::new();
        let mut votes = vec![0; SHAPES.len()];
        let mut key = String::new();
        let is_label = |line: &&Line<'_>| {
            !line.text.is_empty() && line.text.len() < 300 && !line.text.starts_with(|c: char| c.is_ascii_digit())
        };
        for line in lines.iter().filter(is_label).take(100) {
            let words: &mut dyn Iterator<Item = &str> = match line.origin.row() {
                Some(_) => &mut std::iter::once(line.text),
                None => &mut line.text.split(|c: char| c == '|' || c.is_whitespace()),
            };
            for word in words.filter(|word| word.len() >= 6) {
                key.clear();
                push_ideographs(word, &mut key);
                let print = SHAPES.iter().enumerate().filter(|(_, shape)| shape.labels.contains(&key));
                let print: Vec<usize> = print.map(|(at, _)| at).collect();
                if !print.is_empty() && found.insert(key.clone()) {
                    print.into_iter().for_each(|at| votes[at] += 1);
                }
            }
            let most = votes.iter().max().copied().unwrap_or(0);
            if votes.iter().filter(|of| **of + LEAD > most).count() == 1 {
                break;
            }
        }
        let of_year = year.and_then(Edition::for_year);
        let best = SHAPES.iter().zip(&votes).max_by_key(|(shape, votes)| {
            let is_of_year = of_year == Some(shape.edition);
            (*votes + if is_of_year { LEAD } else { 0 }, !is_of_year, shape.edition)
        });
        best.map(|(shape, _)| shape).expect("there are editions")
    }

    /// The row whose label is the word after this number, or ends all ideographs printed since the last figure.
    pub(super) fn named(&self, (number, word): (&str, &str), label: &str) -> Option<usize> {
        let word = ideographs(word);
        // （六）其他 is not 3.其他.
        let is = |of: &str| number.chars().map(folded).eq(of.chars());
        let other_number =
            |row: &Row| !number.is_empty() && word.len() < 4 * 3 && !row.number.is_empty() && !is(row.number);
        let exact = |row: &Row| row.key == word && !other_number(row);
        if let Some(exact) = self.rows.iter().position(exact) {
            return Some(exact);
        }
        let alias = ALIASES
            .iter()
            .find(|(of, printed, _)| *printed == word && (of.is_empty() || is(of)))
            .map(|(.., official)| *official);
        let long = |text: &str, least: usize| text.len() >= least * 3;
        let fits = |row: &Row| {
            Some(row.key.as_str()) == alias
                || long(&row.numbered, 5) && label.ends_with(&row.numbered)
                || long(&row.key, 6) && label.ends_with(&row.key)
        };
        let rows = self.rows.iter().enumerate().filter(|(_, row)| fits(row));
        // Of several labels the longest is meant.
        rows.max_by_key(|(_, row)| row.key.len()).map(|(index, _)| index)
    }

    /// The row of one cell whose label is printed above the heading of its column: `行政许可`, `本年处理决定数量`.
    pub(super) fn headed(&self, label: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.headed.as_ref().is_some_and(|headed| label.ends_with(headed)))
    }

    /// The one row of those that `open` admits whose long label differs in few characters: misprints, slips of a tool.
    pub(super) fn similar(&self, label: &str, open: impl Fn(usize) -> bool) -> Option<usize> {
        let label: Vec<char> = label.chars().collect();
        let set = CharacterSet::of(&label);
        let mut best: Option<(usize, usize)> = None;
        let mut tie = false;
        for (index, row) in self.rows.iter().enumerate() {
            let key = &row.characters;
            // Each character that the label has not is one to change.
            if key.len() < 6 || set.lacks(key) * 4 > key.len() {
                continue;
            }
            let distance = suffix_distance(key, &label);
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
        let is_other = |index: usize| names_other_year(&self.rows[index].key, &label);
        best.filter(|(_, index)| !tie && open(*index) && !is_other(*index)).map(|(_, index)| index)
    }
}

/// Whether a label says of which year its figures are, and another one than the row does: 上年新收 is no misprint of 本年新收.
fn names_other_year(key: &str, label: &[char]) -> bool {
    if !key.contains('年') {
        return false;
    }
    let ending = label.iter().rev().take(key.len() / 3);
    ending.into_iter().any(|c| matches!(c, '上' | '去' | '前' | '本' | '下' | '同' | '比') && !key.contains(*c))
}

/// Labels that pages print for another: the number before them where it matters, the label, the official one.
const ALIASES: [(&str, &str, &str); 6] = [
    ("", "规范性文件", "行政规范性文件"),
    ("", "行政规范性文件", "规范性文件"),
    ("", "部分公开", "部分公开区分处理的只计这一情形不计其他情形"),
    ("", "逾期不补正", "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请"),
    ("", "逾期不缴费", "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请"),
    ("六", "其他", "其他处理"),
];
