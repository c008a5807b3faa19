//! Pages whose labels stand behind their figures: below them, where a tool goes down the page by the upper edges of the cells
//! and meets the figures of a row of two lines before its label, or on their right.

use super::figures::is_value;
use super::labels::Shape;
use super::lines::Line;
use super::words::{numbered, push_ideographs};

/// The lines of the tables with each label before its figures; `None` where the labels are not behind them.
pub(super) fn lines<'a>(shape: &Shape, lines: &[Line<'a>]) -> Option<Vec<Line<'a>>> {
    on_the_right(shape, lines).or_else(|| below(shape, lines))
}

/// Labels on the right of their figures: the first row of table two has its own there, and so have most.
fn on_the_right<'a>(shape: &Shape, lines: &[Line<'a>]) -> Option<Vec<Line<'a>>> {
    let row = |line: &Line<'a>| {
        let end = line.text.split_whitespace().take_while(|word| is_value(word)).last()?;
        let end = end.as_ptr() as usize - line.text.as_ptr() as usize + end.len();
        let is_whole = line.text[..end].split_whitespace().count() == shape.applicants;
        (line.origin.row().is_none() && is_whole && end < line.text.len()).then_some(end)
    };
    let first = lines.iter().find(|line| line.text.contains("本年新收") && !is_figures(line))?;
    if row(first).is_none() || lines.iter().filter(|line| row(line).is_some()).count() < 3 {
        return None;
    }
    let label_first = |line: &Line<'a>| match row(line) {
        Some(end) => {
            let mut parts: Vec<Line<'a>> = line.parts(vec![end, line.text.len()]).collect();
            parts.iter_mut().for_each(|part| part.run_together = false);
            parts.reverse();
            parts
        }
        None => vec![*line],
    };
    Some(lines.iter().flat_map(label_first).collect())
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
