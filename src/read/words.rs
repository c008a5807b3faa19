//! Words of a page as they are compared: their ideographs, without what comes in too many forms.

use crate::narrative::Section;
use crate::text::{folded, is_ideograph, trimmed};

/// What the heading of each section is about; one that is about two of them is of the first.
pub(super) const SUBJECTS: [(Section, &[&str]); 6] = [
    (Section::Proceedings, &["行政复议", "行政诉讼", "行政法复议"]),
    (Section::Requests, &["收到和处理", "公开申请", "依申请公开"]),
    (Section::Article20, &["主动公开"]),
    (Section::Overview, &["总体情况", "概述", "基本情况"]),
    (Section::Problems, &["问题"]),
    (Section::OtherMatters, &["其他"]),
];

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
pub(super) fn ideographs(text: &str) -> String {
    let mut ideographs = String::with_capacity(text.len());
    push_ideographs(text, &mut ideographs);
    ideographs
}

pub(super) fn push_ideographs(text: &str, to: &mut String) {
    to.reserve(text.len());
    let mut rest = text;
    loop {
        let end = rest.find(|c| !is_ideograph(c)).unwrap_or(rest.len());
        to.push_str(&rest[..end]);
        let mut after = rest[end..].chars();
        let Some(other) = after.next() else { return };
        to.extend(Some(folded(other)).filter(|c| is_ideograph(*c)));
        rest = after.as_str();
    }
}

/// The number before a label, without brackets and dots, and the label: `（一）予以公开`, `1.重复申请`, `四、结转下年度继续办理`.
pub(super) fn numbered(label: &str) -> (&str, &str) {
    let label = trimmed(label);
    let end = label.find(['）', ')', '、', '.', '．', ':', '：']);
    match end {
        Some(end) if label[..end].chars().count() <= 3 => {
            let mark = label[end..].chars().next().map_or(0, char::len_utf8);
            (label[..end].trim_matches(|c: char| !c.is_alphanumeric()), trimmed(&label[end + mark..]))
        }
        _ => ("", label),
    }
}

/// The characters of a text, some of which are told from others: what is not in the set is not in the text.
pub(super) struct CharacterSet([u64; 4]);

impl CharacterSet {
    pub(super) fn of(text: &[char]) -> CharacterSet {
        let mut set = CharacterSet([0; 4]);
        for c in text {
            let (word, bit) = CharacterSet::place(*c);
            set.0[word] |= bit;
        }
        set
    }

    fn place(c: char) -> (usize, u64) {
        let place = u32::from(c) % 256;
        ((place / 64) as usize, 1 << (place % 64))
    }

    /// How many of these characters at least the text has not: no fewer changes make them an ending of it.
    pub(super) fn lacks(&self, characters: &[char]) -> usize {
        let is_missing = |c: &&char| {
            let (word, bit) = CharacterSet::place(**c);
            self.0[word] & bit == 0
        };
        characters.iter().filter(is_missing).count()
    }
}

/// The least number of insertions, deletions and changes that make `key` an ending of `label`.
pub(super) fn suffix_distance(key: &[char], label: &[char]) -> usize {
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
