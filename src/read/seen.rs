//! What a person sees of a text that a document marks up: raised digits are the marks of footnotes, a picture among digits
//! can be one.

use crate::published::printed::RAISED;

/// Where a picture is: Unicode's own sign for an object.
pub(super) const PICTURE: char = '\u{fffc}';

/// A character as it is seen where it is raised: 12 with the mark of footnote 1 is not 121.
pub(super) fn raised(c: char) -> char {
    c.to_digit(10).map_or(c, |digit| RAISED[digit as usize])
}

/// The text without its pictures, but for those right beside a digit.
pub(super) fn with_pictures_at_digits(text: String) -> String {
    if !text.contains(PICTURE) {
        return text;
    }
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let stays = |(at, c): &(usize, char)| {
        let before = || text[..*at].chars().next_back();
        let after = || text[at + c.len_utf8()..].chars().next();
        *c != PICTURE || is_digit(before()) || is_digit(after())
    };
    text.char_indices().filter(stays).map(|(_, c)| c).collect()
}
