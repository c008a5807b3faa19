//! The headings of the columns: which figure of a row is of which column.
//!
//! The headings decide. Where they stand in the form's order, so do the figures; where they stand in another, or a column of
//! another kind is among them, each figure is of the column that its heading names, and what a heading leaves open is no
//! figure of the row.

use super::figures::Value;
use super::lines::LineSource;
use super::words::{ideographs, numbered};
use crate::narrative::Section;
use crate::text::contains_any;

/// What the headings say on the figures of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// No heading of its columns is there.
    Lost,
    /// The columns are those of the form, in its order.
    Form,
    /// By column of the form: which figure is of it; none of a column without heading.
    By(Vec<Option<usize>>),
    /// There are other columns, and what each figure is of is not sure.
    Unclear,
}

/// What a word above the figures of a table is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// The heading of this column, the first of those that are headed alike.
    Column(usize),
    /// The heading of several columns, by its place among them.
    Group(usize),
    /// A piece of a heading, or what names no column.
    Other,
    /// The heading of a column that the form has not.
    Foreign,
}

/// The columns of a row, or of table three.
#[derive(PartialEq, Eq)]
pub(super) struct Columns {
    table: Section,
    /// From left to right, ideographs only; in table three those of each group.
    labels: Vec<String>,
    /// By column: the first that is headed alike.
    heads: Vec<usize>,
    /// By column: the ideographs that no other heading has.
    only: Vec<Vec<char>>,
    /// The ideographs of all headings.
    characters: Vec<char>,
    /// The headings over several columns, in the form's order.
    groups: &'static [&'static str],
    /// What stands in the corner of the table.
    corner: Option<&'static str>,
}

/// What makes a heading another one than the form's, whatever else it says.
const OTHER_FIGURES: &[char] =
    &['上', '去', '前', '同', '比', '增', '减', '率', '占', '累', '差', '预', '划', '序', '备'];

impl Columns {
    pub(super) fn new(table: Section, labels: impl Iterator<Item = String>) -> Columns {
        let (groups, corner): (&[&str], _) = match table {
            Section::Requests => (&["法人"], Some("申请人情况")),
            Section::Proceedings => (&["行政复议", "直接起诉", "复议后起诉"], None),
            _ => (&[], Some("信息内容")),
        };
        let labels: Vec<String> = labels.collect();
        let heads = labels.iter().filter_map(|label| labels.iter().position(|of| of == label)).collect();
        let only = |label: &String| {
            let others = || labels.iter().filter(|other| *other != label);
            let only = label.chars().filter(|c| !others().any(|other| other.contains(*c)));
            sorted(only)
        };
        let only = labels.iter().map(only).collect();
        let characters = sorted(labels.iter().flat_map(|label| label.chars()));
        Columns { table, labels, heads, only, characters, groups, corner }
    }

    /// The table, by its section.
    pub(super) fn table(&self) -> Section {
        self.table
    }

    /// Whether a column is headed so.
    pub(super) fn has(&self, label: &str) -> bool {
        self.labels.iter().any(|of| of == label)
    }

    /// What a word is; of one that ran together, its parts.
    fn heads_of(&self, word: &Value<'_>, mut each: impl FnMut(Head)) {
        match self.head(word) {
            Head::Other | Head::Foreign if grid(word).is_none() && self.parts(word, &mut each) => {}
            head => each(head),
        }
    }

    /// The headings that ran together in a word: 自然人总计.
    fn parts(&self, word: &Value<'_>, mut each: impl FnMut(Head)) -> bool {
        const OVER: &[&str] =
            &["信息内容", "申请人情况", "法人或其他组织", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"];
        let word = ideographs(word.text);
        let mut found = Vec::new();
        let mut rest = word.as_str();
        // What stands over the labels of the rows runs into them, too.
        let first = self.labels.iter().filter_map(|label| rest.find(label.as_str())).min().unwrap_or(0);
        let (before, behind) = rest.split_at(first);
        let is_behind_others = (1..=MOST_BEFORE).contains(&before.chars().count()) && !contains_any(before, OVER);
        if is_behind_others {
            rest = behind;
        }
        while !rest.is_empty() && found.len() < 64 {
            let column = self.labels.iter().enumerate().filter(|(_, label)| rest.starts_with(label.as_str()));
            let over = OVER.iter().find(|over| rest.starts_with(**over));
            match (over, column.max_by_key(|(at, label)| (label.len(), std::cmp::Reverse(*at)))) {
                (Some(over), _) => {
                    found.extend(self.groups.iter().rposition(|group| over.contains(group)).map(Head::Group));
                    rest = &rest[over.len()..];
                }
                (None, Some((at, label))) => {
                    found.push(Head::Column(at));
                    rest = &rest[label.len()..];
                }
                // The label of a row that begins right behind them.
                (None, None) if !found.is_empty() && rest.starts_with(['一', '二', '三', '四', '五', '六', '七']) =>
                {
                    break;
                }
                (None, None) => return false,
            }
        }
        // Behind other words some are part of a sentence, or of the pieces of others.
        let least = if is_behind_others { self.labels.len() } else { 1 };
        let any = found.iter().filter(|head| matches!(head, Head::Column(_))).count() >= least;
        found.into_iter().filter(|_| any).for_each(&mut each);
        any
    }

    /// What a word is. The cell of a grid is whole, so that the ideographs that no other heading has tell, whatever was
    /// misprinted or left out; a word of a line can be a piece.
    fn head(&self, word: &Value<'_>) -> Head {
        let is_whole = grid(word).is_some();
        // The label of a row has a number.
        if !numbered(word.text).0.is_empty() {
            return Head::Other;
        }
        let word = ideographs(word.text);
        let word = word.as_str();
        if let Some(column) = self.labels.iter().position(|label| label == word) {
            return Head::Column(column);
        }
        // 行政诉讼 stands over both groups of it, the first of which is that of 直接起诉.
        if self.table == Section::Proceedings && word.contains("诉讼") && !word.contains("起诉") {
            return if word.contains("复议") { Head::Other } else { Head::Group(1) };
        }
        if let Some(group) = self.groups.iter().rposition(|group| word.contains(group)) {
            return Head::Group(group);
        }
        if is_corner(word) {
            return Head::Other;
        }
        let share = |only: &Vec<char>| {
            let of_word = only.iter().filter(|c| word.contains(**c)).count();
            (of_word * 100).checked_div(only.len()).unwrap_or(0)
        };
        // Those that are headed alike share alike.
        let mut shares: Vec<usize> = Vec::with_capacity(self.only.len());
        for (at, head) in self.heads.iter().enumerate() {
            shares.push(if *head < at { shares[*head] } else { share(&self.only[at]) });
        }
        let most = shares.iter().max().copied().unwrap_or(0);
        let column = shares.iter().position(|share| *share == most && most >= 50);
        let is_other = |label: &str| word.contains(|c| OTHER_FIGURES.contains(&c) && !label.contains(c));
        match column {
            Some(column) if is_other(&self.labels[column]) => Head::Foreign,
            Some(column)
                if self.labels.iter().zip(&shares).all(|(of, share)| *share < most || *of == self.labels[column]) =>
            {
                let label = &self.labels[column];
                if is_whole || most == 100 && label.len().abs_diff(word.len()) <= 3 {
                    Head::Column(column)
                } else {
                    Head::Other
                }
            }
            _ if word.chars().all(|c| self.knows(c)) => Head::Other,
            _ => Head::Foreign,
        }
    }

    /// Whether the words are these headings in pieces: a page can print the upper halves of all before the lower ones.
    fn are_in_pieces(&self, words: &[Value<'_>]) -> bool {
        // Few words are no heading.
        if words.iter().map(|word| word.text.len()).sum::<usize>() * 2 < self.characters.len() * 3 {
            return false;
        }
        let is_there = |c: &&char| words.iter().any(|word| word.text.contains(**c));
        self.characters.iter().filter(is_there).count() * 2 >= self.characters.len()
    }

    /// Whether a heading of the table has this character.
    fn knows(&self, c: char) -> bool {
        let more = match self.table {
            Section::Requests => "申请人情况法人或其他它组织和",
            Section::Proceedings => "行政复议诉讼未经直接起诉后情况",
            _ => "单位万元数量件",
        };
        self.characters.binary_search(&c).is_ok() || more.contains(c)
    }
}

/// How many characters stand over the labels of the rows, at most: 办理情况, 项目名称.
const MOST_BEFORE: usize = 12;

fn sorted(characters: impl Iterator<Item = char>) -> Vec<char> {
    let mut characters: Vec<char> = characters.collect();
    characters.sort_unstable();
    characters.dedup();
    characters
}

/// Whether a word is the heading of figures of another year, or of none.
fn is_of_other_figures(word: &str) -> bool {
    word.len() <= 12 * 3 && word.contains(OTHER_FIGURES)
}

/// Whether a word stands over the labels, or over the whole table.
fn is_corner(word: &str) -> bool {
    contains_any(word, &["信息内容", "第二十条", "勾稽", "项加", "之和", "申请人情况", "政府信息公开", "主动公开"])
        || word.len() > 30 * 3
}

// ---- The headings above a row ----------------------------------------------------------------------

/// The words that stand above the figures of each table.
#[derive(Default)]
pub(super) struct Headings<'a> {
    /// What was printed since the last figure.
    since: Vec<Value<'a>>,
    /// Of table one, two and three.
    above: [Heading<'a>; 3],
}

#[derive(Default)]
struct Heading<'a> {
    words: Vec<Value<'a>>,
    /// What was last asked of it.
    known: Option<Known>,
}

/// What the words of a heading are for the columns of a row.
struct Known {
    columns: &'static Columns,
    /// By word, or part of one.
    heads: Vec<(usize, Head)>,
    /// How many are whole.
    named: usize,
    /// Whether hardly one is, but they are there in pieces.
    in_pieces: bool,
    /// Whether there is nothing but these columns in their order, whatever figures are below.
    is_form: bool,
}

impl Known {
    fn of(columns: &'static Columns, words: &[Value<'_>]) -> Known {
        let mut heads = Vec::with_capacity(words.len());
        words.iter().enumerate().for_each(|(at, word)| columns.heads_of(word, |head| heads.push((at, head))));
        let named = heads.iter().filter(|(_, head)| column_of(*head).is_some()).count();
        let in_pieces = named < 2 && columns.are_in_pieces(words);
        Known { columns, heads, named, in_pieces, is_form: false }
    }
}

/// No heading has as many words.
const MOST_WORDS: usize = 80;

impl<'a> Headings<'a> {
    /// A word that is no figure, in the order of the page.
    pub(super) fn push(&mut self, word: Value<'a>) {
        if self.since.len() < MOST_WORDS {
            self.since.push(word);
        }
    }

    /// What they say on the figures of a row, or of table three.
    pub(super) fn order(&mut self, columns: &'static Columns, values: &[Value<'a>]) -> Order {
        let heading = match columns.table {
            Section::Article20 => &mut self.above[0],
            Section::Requests => &mut self.above[1],
            _ => &mut self.above[2],
        };
        // One or two words are the label of the row, unless headings ran together in them.
        let is_label = |word: &Value<'_>| word.text.len() < 24 || !numbered(word.text).0.is_empty();
        if columns.labels.len() > 2 && self.since.len() < 3 && self.since.iter().all(is_label) {
            self.since.clear();
        }
        if !self.since.is_empty() {
            let mut since = std::mem::take(&mut self.since);
            // What is before the corner of the table is none of its headings.
            let begins = |word: &Value<'_>| columns.corner.is_some_and(|corner| word.text.contains(corner));
            since.drain(..since.iter().rposition(begins).unwrap_or(0));
            let known = Known::of(columns, &since);
            // 其他 and 总计 are rows as well.
            let is_heading = known.named >= columns.labels.len().min(2) || known.in_pieces;
            if is_heading || since.iter().any(|word| word.text.contains("信息内容")) {
                *heading = Heading { words: since, known: Some(known) };
            }
        }
        if heading.known.as_ref().is_none_or(|known| !std::ptr::eq(known.columns, columns)) {
            heading.known = Some(Known::of(columns, &heading.words));
        }
        let Some(known) = &mut heading.known else { return Order::Lost };
        if known.is_form {
            return Order::Form;
        }
        let words = known.heads.iter().map(|(at, head)| (&heading.words[*at], *head)).collect();
        let order =
            Above { in_pieces: known.in_pieces, words, columns: &columns.heads, table: columns.table }.order(values);
        known.is_form = order == Order::Form && !known.heads.iter().any(|(_, head)| *head == Head::Foreign);
        order
    }
}

/// The words above a row, each with what it is.
struct Above<'h, 'a> {
    words: Vec<(&'h Value<'a>, Head)>,
    /// The columns of the form from left to right, each as the first that is headed alike.
    columns: &'h [usize],
    table: Section,
    /// Whether the pieces of the headings are there.
    in_pieces: bool,
}

/// The heading of one column.
type Leaf<'h, 'a> = (&'h Value<'a>, Head);

impl<'h, 'a> Above<'h, 'a> {
    fn order(&self, values: &[Value<'_>]) -> Order {
        let leaves = self.leaves(values);
        if !leaves.iter().any(is_column) {
            return match leaves.is_empty() {
                true if self.in_pieces => Order::Form,
                true => Order::Lost,
                false => Order::Unclear,
            };
        }
        if leaves.iter().all(is_column) && self.is_in_order(&leaves) {
            return Order::Form;
        }
        self.by_grid(&leaves, values).or_else(|| self.by_number(leaves, values)).map_or(Order::Unclear, Order::By)
    }

    /// The headings that stand over the figures: of columns of the form, and of others.
    fn leaves(&self, values: &[Value<'_>]) -> Vec<Leaf<'h, 'a>> {
        let first = self.words.iter().position(is_column);
        let last = self.words.iter().rposition(is_column);
        let is_leaf = |at: usize, (word, head): &Leaf<'_, '_>| match head {
            Head::Column(_) => true,
            Head::Foreign if grid(word).is_some() => values.iter().any(|value| covers(word, value)),
            // In lines it is on a line with another, or among them where each is on a line of its own.
            Head::Foreign => {
                let on_line = |leaf: &Leaf<'_, '_>| is_column(leaf) && std::ptr::eq(leaf.0.line, word.line);
                let is_between = first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last);
                let begins = |(word, head): &Leaf<'_, '_>| *head != Head::Foreign && is_corner(&ideographs(word.text));
                let is_below = first.is_some_and(|first| first < at) || self.words[..at].iter().any(begins);
                self.words.iter().any(on_line)
                    || is_between && self.is_complete()
                    || is_below && !self.is_complete() && is_of_other_figures(word.text)
            }
            // Beside headings that are all there it is no piece of one; nor is 法人小计 what stands over several columns.
            Head::Other | Head::Group(_) if grid(word).is_none() && self.is_complete() => {
                let is_beside = |(other, of): &Leaf<'_, '_>| {
                    let column =
                        column_of(*of).filter(|column| self.table != Section::Requests || self.is_lower(*column));
                    column.is_some() && std::ptr::eq(other.line, word.line)
                };
                let is_own = *head == Head::Other || word.text.contains('计');
                let words = ideographs(word.text);
                is_own && !words.is_empty() && !is_corner(&words) && self.is_among(at, is_beside)
            }
            Head::Group(_) | Head::Other => false,
        };
        self.words.iter().enumerate().filter(|(at, leaf)| is_leaf(*at, leaf)).map(|(_, leaf)| *leaf).collect()
    }

    /// Whether such a heading is before a word; for one that stands over others, on either side.
    fn is_among(&self, at: usize, is_beside: impl Fn(&Leaf<'h, 'a>) -> bool) -> bool {
        let (_, head) = self.words[at];
        self.words[..at].iter().any(&is_beside) || head != Head::Other && self.words[at..].iter().any(is_beside)
    }

    /// Whether each column of the form is named as often as it is there.
    fn is_complete(&self) -> bool {
        let named = |column| self.words.iter().filter(|(_, head)| *head == Head::Column(column)).count();
        self.columns.iter().all(|column| named(*column) == self.places(*column).count())
    }

    /// The columns of the form that are headed like this one.
    fn places(&self, column: usize) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, of)| **of == column).map(|(at, _)| at)
    }

    /// Whether the headings stand in the form's order. Those of several lines do only if all are whole: a page can print the
    /// upper half of one after the lower half of another.
    fn is_in_order(&self, leaves: &[Leaf<'_, '_>]) -> bool {
        if self.is_complete() || leaves.iter().all(|(word, _)| grid(word).is_some()) {
            return self.is_order(leaves) && self.is_order_of_groups();
        }
        // Those of the lower level at least stand in their order, one after the other.
        let lower: Vec<usize> =
            leaves.iter().filter_map(|(_, head)| column_of(*head)).filter(|of| self.is_lower(*of)).collect();
        let is_lower_in_order = self.table != Section::Requests || lower.len() < 3 || self.has(lower.into_iter());
        // So do those of one group of table three, where they are all there once.
        let rulings: Vec<usize> = leaves.iter().filter_map(|(_, head)| column_of(*head)).collect();
        let is_one_group = self.table == Section::Proceedings
            && rulings.len() < self.columns.len() / 2
            && self.columns.iter().all(|of| rulings.contains(of));
        let is_group_in_order = !is_one_group || self.has(rulings.into_iter());
        is_lower_in_order
            && is_group_in_order
            && leaves.chunk_by(|one, other| std::ptr::eq(one.0.line, other.0.line)).all(|line| self.is_order(line))
    }

    fn is_order(&self, leaves: &[Leaf<'_, '_>]) -> bool {
        let columns = || leaves.iter().filter_map(|(_, head)| column_of(*head));
        // Table two has its headings on two levels.
        let (lower, upper): (Vec<usize>, Vec<usize>) = columns().partition(|column| self.is_lower(*column));
        let has_group = || self.words.iter().any(|(_, head)| *head == Head::Group(0));
        let has_levels = self.table == Section::Requests && (has_group() || self.are_on_two_lines(leaves));
        self.has(columns()) || has_levels && self.has(lower.into_iter()) && self.has(upper.into_iter())
    }

    /// Whether the headings of the lower level are on a line of their own.
    fn are_on_two_lines(&self, leaves: &[Leaf<'_, '_>]) -> bool {
        let is_lower = |(_, head): &&Leaf<'_, '_>| column_of(*head).is_some_and(|column| self.is_lower(column));
        let (lower, upper): (Vec<_>, Vec<_>) = leaves.iter().partition(is_lower);
        let Some((first, _)) = lower.first() else { return false };
        let is_beside = |(word, _): &Leaf<'_, '_>| std::ptr::eq(word.line, first.line);
        lower.len() > 1 && lower.iter().all(is_beside) && !upper.iter().any(is_beside)
    }

    /// Whether the form has these columns in this order; those of one group of table three in one group.
    fn has(&self, columns: impl Iterator<Item = usize>) -> bool {
        let columns: Vec<usize> = columns.collect();
        let is_once = |at: usize| !columns[..at].contains(&columns[at]);
        let of_one_group = self.table == Section::Proceedings && (0..columns.len()).all(is_once);
        if of_one_group && !columns.is_sorted() {
            return false;
        }
        let mut form = self.columns.iter();
        columns.into_iter().all(|column| form.any(|of| *of == column))
    }

    /// Whether the heading of a column of table two stands under another.
    fn is_lower(&self, column: usize) -> bool {
        column > 0 && column + 1 < self.columns.len()
    }

    /// Whether what stands over several columns is in the form's order, among its neighbours where a grid shows them.
    fn is_order_of_groups(&self) -> bool {
        if self.table == Section::Proceedings {
            let mut groups: Vec<_> = self.groups().collect();
            groups.sort_by_key(|(word, _)| grid(word).map(|(_, columns)| columns.start));
            // A page can print them twice: from the first on again.
            let mut runs = groups.chunk_by(|(_, _), (_, group)| *group > 0);
            return runs.all(|run| run.is_sorted_by_key(|(_, group)| *group))
                && (groups.is_sorted_by_key(|(_, group)| *group) || groups[0].1 == 0);
        }
        let place = |of: Head| self.words.iter().position(|(_, head)| *head == of);
        let Some(group) = place(Head::Group(0)) else { return true };
        // A grid or a line shows where it is, and headings each on a line of their own do.
        let start = |at: usize| grid(self.words[at].0).map(|(_, columns)| columns.start);
        let is_on_line = |one: usize, other: usize| std::ptr::eq(self.words[one].0.line, self.words[other].0.line);
        let is_cell_a_line = (1..self.words.len()).all(|at| !is_on_line(at - 1, at));
        let is_before = |one: usize, other: usize| match (start(one), start(other)) {
            (Some(one), Some(other)) => one <= other,
            _ => one < other || !is_on_line(one, other) && !is_cell_a_line,
        };
        place(Head::Column(0)).is_none_or(|first| is_before(first, group))
            && place(Head::Column(self.columns.len() - 1)).is_none_or(|last| is_before(group, last))
    }

    /// What stands over several columns, by its place among them.
    fn groups(&self) -> impl Iterator<Item = (&'h Value<'a>, usize)> {
        self.words
            .iter()
            .filter_map(|(word, head)| if let Head::Group(group) = head { Some((*word, *group)) } else { None })
    }

    /// The group of table three that a heading of the grid is of: what stands over it and over the fewest columns.
    fn group_over(&self, leaf: &Value<'_>) -> Option<usize> {
        let over = self.groups().filter(|(word, _)| covers(word, leaf));
        over.min_by_key(|(word, group)| (word.line.span, std::cmp::Reverse(*group))).map(|(_, group)| group)
    }

    /// By column: the one figure that stands under its heading, and under no other.
    fn by_grid(&self, leaves: &[Leaf<'_, '_>], values: &[Value<'_>]) -> Option<Vec<Option<usize>>> {
        let mut found = vec![None; self.columns.len()];
        for column in 0..self.columns.len() {
            let mut words: Vec<_> = leaves.iter().filter(|(_, head)| *head == Head::Column(column)).collect();
            words.sort_by_key(|(word, _)| grid(word).map(|(_, columns)| columns.start));
            words.dedup_by_key(|(word, _)| grid(word));
            if self.table == Section::Proceedings && self.groups().next().is_some() {
                words.sort_by_key(|(word, _)| self.group_over(word));
                let mut groups = words.iter().map(|(word, _)| self.group_over(word)).zip(0..);
                if !groups.all(|(group, at)| group == Some(at)) {
                    return None;
                }
            }
            if words.is_empty() && self.table != Section::Proceedings {
                continue;
            }
            if words.len() != self.places(column).count() {
                return None;
            }
            for (place, (word, _)) in self.places(column).zip(words) {
                let is_other = |other: &Value<'_>| grid(other) != grid(word);
                let is_alone = |value| leaves.iter().all(|(other, _)| !is_other(other) || !covers(other, value));
                let mut under = (0..values.len()).filter(|at| covers(word, &values[*at]) && is_alone(&values[*at]));
                found[place] = Some(under.next().filter(|_| under.next().is_none())?);
            }
        }
        Some(found)
    }

    /// By column: the figure that stands where its heading stands among the headings, if they are as many as the figures.
    fn by_number(&self, leaves: Vec<Leaf<'h, 'a>>, values: &[Value<'_>]) -> Option<Vec<Option<usize>>> {
        let named = |of: &usize| leaves.iter().filter(|(_, head)| *head == Head::Column(*of)).count();
        let is_one_line = leaves.iter().all(|(word, _)| std::ptr::eq(word.line, leaves[0].0.line));
        let in_line =
            || self.table != Section::Proceedings && is_one_line && self.columns.iter().all(|of| named(of) < 2);
        let is_other_group = self.table == Section::Proceedings && !self.is_order_of_groups();
        if !self.is_complete() && !in_line() || is_other_group {
            return None;
        }
        let mut leaves = if is_one_line { leaves } else { self.on_one_level(leaves)? };
        // What stands over the labels of the rows, or over numbers before them, has no figure among these.
        let begins_line = |word: &Value<'_>| {
            self.words
                .iter()
                .find(|(other, _)| std::ptr::eq(other.line, word.line))
                .is_some_and(|(first, _)| std::ptr::eq(*first, word))
        };
        let is_over_labels = |(word, head): &Leaf<'_, '_>| {
            column_of(*head).is_none()
                && (!is_of_other_figures(word.text) || word.text.contains('序') && begins_line(word))
        };
        let labels = leaves.iter().take_while(|leaf| is_over_labels(leaf)).count();
        leaves.drain(..labels);
        if leaves.len() != values.len() {
            return None;
        }
        let mut places: Vec<_> = (0..self.columns.len()).map(|column| self.places(column)).collect();
        let mut found = vec![None; self.columns.len()];
        for (at, (_, head)) in leaves.iter().enumerate() {
            if let Some(place) = column_of(*head).and_then(|column| places[column].next()) {
                found[place] = Some(at);
            }
        }
        Some(found)
    }

    /// The headings from left to right: those under another where that stands.
    fn on_one_level(&self, leaves: Vec<Leaf<'h, 'a>>) -> Option<Vec<Leaf<'h, 'a>>> {
        let group = self.words.iter().position(|(_, head)| *head == Head::Group(0));
        let Some(group) = group.filter(|_| self.table == Section::Requests) else { return Some(leaves) };
        if !leaves.iter().all(is_column) {
            return None;
        }
        let is_before = |leaf: &Leaf<'_, '_>| self.words[..group].iter().any(|(word, _)| std::ptr::eq(*word, leaf.0));
        let is_lower = |(_, head): &Leaf<'_, '_>| column_of(*head).is_some_and(|of| self.is_lower(of));
        let (lower, upper): (Vec<_>, Vec<_>) = leaves.into_iter().partition(is_lower);
        let (before, after): (Vec<_>, Vec<_>) = upper.into_iter().partition(is_before);
        // A page can print what stands over several columns first.
        let is_sure = !after.iter().any(|(_, head)| *head == Head::Column(0));
        is_sure.then(|| [before, lower, after].concat())
    }
}

fn is_column((_, head): &Leaf<'_, '_>) -> bool {
    matches!(head, Head::Column(_))
}

fn column_of(head: Head) -> Option<usize> {
    if let Head::Column(column) = head { Some(column) } else { None }
}

/// The table of a cell, and the columns of the grid that it is in.
fn grid(value: &Value<'_>) -> Option<(u32, std::ops::Range<u32>)> {
    match value.line.origin {
        LineSource::Line(_) => None,
        LineSource::Cell { table, column, .. } | LineSource::Drawn { table, column, .. } => {
            Some((table, column..column + value.line.span))
        }
        LineSource::Sheet { sheet, column, .. } => Some((sheet, column..column + value.line.span)),
    }
}

/// Whether one cell stands over the other.
fn covers(one: &Value<'_>, other: &Value<'_>) -> bool {
    let (Some((table, one)), Some((of, other))) = (grid(one), grid(other)) else { return false };
    table == of && one.start < other.end && other.start < one.end
}
