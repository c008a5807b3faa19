//! Which line heads which section.

use super::lines::Line;
use super::matcher;
use super::words::{SUBJECTS, compact};
use crate::narrative::Section;
use crate::text::{contains_any, trimmed};

/// The section that a line heads: it has a number and says what the section is about.
pub(super) fn heading_of(text: &str) -> Option<Section> {
    let mut characters = text.chars();
    let first = characters.next()?;
    let numbered = match first {
        '一' | '二' | '三' | '四' | '五' | '六' | '七' => {
            matches!(trimmed(characters.as_str()).chars().next()?, '、' | '.' | '．' | ',' | '，')
        }
        '、' => true,
        _ => false,
    };
    if !numbered || text.len() > 150 || matcher::holds_sentence(text) || matcher::is_row(text) {
        return None;
    }
    let text = compact(text);
    if matcher::is_row(&text) {
        return None;
    }
    let (section, _) = SUBJECTS.iter().find(|(_, about)| contains_any(&text, about))?;
    (*section != Section::OtherMatters || contains_any(&text, &["事项", "报告"])).then_some(*section)
}

/// The sections after the title.
pub(super) struct Sections<'l, 'a> {
    lines: &'l [Line<'a>],
    /// The line of each heading, in the order of the page.
    pub headings: Vec<(usize, Section)>,
}

impl<'l, 'a> Sections<'l, 'a> {
    /// One line a section, the last where a section is headed twice (a second numbering begins before the tables), but the
    /// first of section one.
    pub(super) fn find(lines: &'l [Line<'a>], begin: usize) -> Sections<'l, 'a> {
        let mut headings: Vec<(usize, Section)> = Vec::new();
        // Most lines are figures.
        let words = |line: &Line<'_>| !line.text.starts_with(|c: char| c.is_ascii_digit());
        for (index, line) in lines.iter().enumerate().skip(begin).filter(|(_, line)| words(line)) {
            let Some(section) = heading_of(line.text) else { continue };
            match headings.iter_mut().find(|(_, of)| *of == section) {
                Some(_) if section == Section::Overview => {}
                Some(known) => known.0 = index,
                None => headings.push((index, section)),
            }
        }
        headings.sort_unstable_by_key(|(line, _)| *line);
        Sections { lines, headings }
    }

    pub(super) fn line_of(&self, section: Section) -> Option<usize> {
        self.headings.iter().find(|(_, of)| *of == section).map(|(line, _)| *line)
    }

    /// The heading of a section, and the lines below it.
    pub(super) fn get(&self, section: Section) -> Option<(&'l str, &'l [Line<'a>])> {
        let start = self.line_of(section)?;
        let end = self.headings.iter().map(|(line, _)| *line).find(|line| *line > start).unwrap_or(self.lines.len());
        Some((self.lines[start].text, &self.lines[start + 1..end]))
    }
}
