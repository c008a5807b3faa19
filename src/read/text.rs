//! The lines of a text.

use super::limits::ReadError;
use super::lines::{Line, text_of};
use super::segment;

/// The lines of a text that are not blank; what a tool ran together is parted again.
pub(super) fn lines(input: &str, limit: usize) -> Result<Vec<Line<'_>>, ReadError> {
    let mut lines = Vec::with_capacity((input.len() / 16).min(limit));
    let (mut start, mut number) = (0, 0);
    // Some programs end lines with a CR alone.
    let mark = if memchr::memchr(b'\n', input.as_bytes()).is_none() { b'\r' } else { b'\n' };
    for end in memchr::memchr_iter(mark, input.as_bytes()).chain([input.len()]) {
        let whole = &input[start..end];
        start = end + 1;
        number += 1;
        if whole.is_empty() {
            continue;
        }
        let text = text_of(whole);
        if text.is_empty() {
            continue;
        }
        let line = Line::new(number, whole, text);
        // By far the most lines are one cell.
        let cell = text.len() < 15 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !cell && is_page_mark(text) {
            continue;
        }
        if cell || !segment::part(line, &mut lines) {
            lines.push(line);
        }
        if lines.len() > limit {
            return Err(ReadError::TooManyLines { limit });
        }
    }
    Ok(lines)
}

/// `- 4 -`, `— 4 —`, `P. 9`, `第 3 页 共 9 页`, `3 / 9`: the mark a printed page carries at its edge.
fn is_page_mark(text: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '—' | '－' | '–' | '─');
    let digits = |text: &str| {
        let text = text.trim();
        !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let Some(first) = text.chars().next().filter(|_| text.len() <= 40) else { return false };
    match first {
        'P' => text.strip_prefix("P.").is_some_and(digits),
        '0'..='9' => text.split_once('/').is_some_and(|(page, pages)| digits(page) && digits(pages)),
        '第' => {
            let mut pages = text.split('页').map(|page| page.trim_matches(|c| " \u{3000}/,，".contains(c)));
            pages.next().and_then(|page| page.strip_prefix('第')).is_some_and(digits)
                && pages.next().is_some_and(|of| of.is_empty() || of.strip_prefix('共').is_some_and(digits))
                && pages.all(str::is_empty)
        }
        c if dash(c) && text.ends_with(dash) => {
            // Without spaces, -5-, it could be a figure.
            let inner = text.trim_matches(dash);
            inner.starts_with(char::is_whitespace) && inner.ends_with(char::is_whitespace) && digits(inner)
        }
        _ => false,
    }
}
