//! Pages whose labels stand behind their figures: below them, where a tool goes down the page by the upper edges of the cells
//! and meets the figures of a row of two lines before its label, or on their right.

use super::figures::is_value;
use super::labels::Shape;
use super::lines::Line;
use super::words::{numbered, push_ideographs};
use crate::text::{is_ideograph, trimmed};

/// The lines of the tables with each label before its figures; `None` where the labels are not behind them.
pub(super) fn lines<'a>(shape: &Shape, lines: &[Line<'a>]) -> Option<Vec<Line<'a>>> {
    on_the_right(shape, lines).or_else(|| below(shape, lines))
}

/// Labels on the right of their figures, on most lines with both.
fn on_the_right<'a>(shape: &Shape, lines: &[Line<'a>]) -> Option<Vec<Line<'a>>> {
    let is_row = |text: &str| {
        let mut label = String::new();
        push_ideographs(text, &mut label);
        shape.named(numbered(trimmed(text)), &label).is_some()
    };
    let in_lines = || lines.iter().filter(|line| line.origin.row().is_none() && !line.run_together);
    let is_right = |(figures, label): &(&str, &str)| figures.contains(PARTS) && is_row(label);
    let is_left = |line: &&Line<'a>| {
        let label = line.text.trim_end_matches(|c: char| !is_ideograph(c));
        line.text.ends_with(|c: char| c.is_ascii_digit()) && is_row(label)
    };
    let right = in_lines().filter_map(end_of_figures).filter(is_right).count();
    // A line or two can be the end of a row that broke.
    if right < 3 || right <= in_lines().filter(is_left).count() {
        return None;
    }
    let label_first = |line: &Line<'a>| match end_of_figures(line) {
        Some((figures, label)) if figures.contains(PARTS) || is_row(label) => {
            // A tab before the label would be one more cell of the row.
            vec![line.only(trimmed(label)), line.only(figures)]
        }
        _ => vec![*line],
    };
    Some(lines.iter().flat_map(label_first).collect())
}

/// What parts the figures of a line.
const PARTS: [char; 3] = [' ', '\t', '\u{3000}'];

/// The figures that a line begins with, and the words that it ends with, none of which is a figure.
fn end_of_figures<'a>(line: &Line<'a>) -> Option<(&'a str, &'a str)> {
    let end = line.text.split_whitespace().take_while(|word| is_value(word)).last()?;
    let end = end.as_ptr() as usize - line.text.as_ptr() as usize + end.len();
    let (figures, label) = line.text.split_at(end);
    let is_label = !trimmed(label).is_empty() && !label.split_whitespace().any(is_value);
    (line.origin.row().is_none() && is_label).then_some((figures, label))
}

/// Labels below their figures: figures stand above the first row of table two, none below the last, and whole rows above
/// most labels between.
fn below<'a>(shape: &Shape, lines: &[Line<'a>]) -> Option<Vec<Line<'a>>> {
    let is_label = |line: &Line<'_>, words: &str| line.text.contains(words) && !is_figures(line);
    let first = lines.iter().position(|line| is_label(line, "本年新收"))?;
    let above = |at: usize| lines[..at].iter().rev().take_while(|line| is_figures(line)).map(figures).sum::<usize>();
    // One could be the number of a page.
    if above(first) < 2 {
        return None;
    }
    let last = lines.iter().rposition(|line| is_label(line, "结转下年度"))?;
    if last < first || lines.get(last + 1).is_some_and(is_figures) {
        return None;
    }
    let groups = (first..=last).filter(|at| !is_figures(&lines[*at]) && is_figures(&lines[at - 1])).map(above);
    let (whole, others): (Vec<usize>, Vec<usize>) = groups.partition(|figures| *figures == shape.applicants);
    // Table one stays as it is, if its own first label is above its figures.
    let is_above = |at: usize| at == 0 || !is_figures(&lines[at - 1]);
    let stays = lines[..first].iter().position(|line| line.text == "规章").is_some_and(is_above);
    let begin = first - lines[..first].iter().rev().take_while(|line| is_figures(line)).count();
    let begin = if stays { begin } else { 0 };
    (whole.len() > others.len()).then(|| rearranged(shape, lines, begin, last))
}

fn rearranged<'a>(shape: &Shape, lines: &[Line<'a>], begin: usize, last: usize) -> Vec<Line<'a>> {
    let mut all: Vec<Line<'a>> = lines[..begin].to_vec();
    let mut rest = &lines[begin..=last];
    while let Some(from) = rest.iter().position(is_figures) {
        let (before, after) = rest.split_at(from);
        let (figures, after) = after.split_at(after.iter().take_while(|line| is_figures(line)).count());
        let words = &after[..after.iter().take_while(|line| !is_figures(line)).count()];
        // The first label, or the last of several in a row: above it can be that of a group.
        let mut label = String::new();
        let is_row = |line: &Line<'_>| {
            push_ideographs(line.text, &mut label);
            shape.named(numbered(line.text), &label).is_some()
        };
        let rows: Vec<bool> = words.iter().map(is_row).collect();
        let first = rows.iter().position(|is_row| *is_row).unwrap_or(0);
        let end = first + rows[first..].iter().take_while(|is_row| **is_row).count();
        all.extend(before.iter().chain(&words[..end]).chain(figures));
        rest = &after[end..];
    }
    all.extend(rest.iter().chain(&lines[last + 1..]));
    all
}

/// Whether nothing but figures is on a line.
fn is_figures(line: &Line<'_>) -> bool {
    line.origin.row().is_none() && line.text.len() < 200 && line.text.split_whitespace().all(is_value)
}

fn figures(line: &Line<'_>) -> usize {
    line.text.split_whitespace().count()
}
