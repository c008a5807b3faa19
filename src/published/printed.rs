//! What the printed text of a cell says.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::number::{AmountUnit, Number};
use crate::text::trimmed;

/// What is in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "status", transform = crate::wire::plain_enum)]
pub enum Status {
    /// A number, with or without unit and remark.
    Number,
    /// Nothing: the cell is there and empty.
    Blank,
    /// A mark for "not applicable": `/`, `-`, `—`, `无`.
    NotApplicable,
    /// Text that is no number.
    Unreadable,
    /// The layout prints the cell, but no such cell was found.
    NotFound,
}

impl Status {
    /// All states of a cell.
    pub const ALL: &'static [Status] =
        &[Status::Number, Status::Blank, Status::NotApplicable, Status::Unreadable, Status::NotFound];

    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Number => "number",
            Status::Blank => "blank",
            Status::NotApplicable => "not_applicable",
            Status::Unreadable => "unreadable",
            Status::NotFound => "not_found",
        }
    }

    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        language.of(match self {
            Status::Number => ["数字", "number"],
            Status::Blank => ["空白", "blank"],
            Status::NotApplicable => ["不适用", "not applicable"],
            Status::Unreadable => ["无法辨认", "unreadable"],
            Status::NotFound => ["未找到", "not found"],
        })
    }
}

/// What a printed text says.
pub(crate) struct Printed<'a> {
    pub status: Status,
    pub number: Option<Number>,
    pub unit: AmountUnit,
    pub remark: &'a str,
}

impl<'a> Printed<'a> {
    const fn without_number(status: Status) -> Printed<'a> {
        Printed { status, number: None, unit: AmountUnit::Unstated, remark: "" }
    }

    /// Reads the text of a cell.
    pub(crate) fn of(text: &'a str) -> Printed<'a> {
        // By far the most cells are a few plain digits.
        if let Some(number) = plain_count(text) {
            return Printed { status: Status::Number, number: Some(number), unit: AmountUnit::Unstated, remark: "" };
        }
        let text = trimmed(text);
        if text.is_empty() {
            return Printed::without_number(Status::Blank);
        }
        // Most other texts are words.
        if !text.starts_with(begins_printed) {
            return Printed::without_number(Status::Unreadable);
        }
        if text == "无" || text.chars().all(is_dash_or_slash) {
            return Printed::without_number(Status::NotApplicable);
        }
        Printed::numeric(text).unwrap_or(Printed::without_number(Status::Unreadable))
    }

    /// Sign, digits with separators, decimals, unit, remark: `+2`, `减4`, `1,234`, `251000元`, `22（其中修订 16 件）`.
    fn numeric(text: &'a str) -> Option<Printed<'a>> {
        let in_words = SIGNS.iter().find_map(|(word, negative)| Some((trimmed(text.strip_prefix(word)?), *negative)));
        let (unsigned, negative) = match in_words {
            Some(found) => found,
            None => {
                let unsigned = text.trim_start_matches(['+', '-', '＋', '－', '−']);
                let sign = &text[..text.len() - unsigned.len()];
                let negative = sign.contains(['-', '－', '−']);
                if negative && sign.contains(['+', '＋']) || sign.chars().count() > 2 {
                    return None;
                }
                (unsigned, negative)
            }
        };
        unsigned.chars().next().and_then(ascii_numeral)?;
        let end = unsigned.find(|c| ascii_numeral(c).is_none()).unwrap_or(unsigned.len());
        let (digits, rest) = unsigned.split_at(end);
        let rest = trimmed(rest);
        let (unit, rest) = UNITS
            .iter()
            .find_map(|(word, unit)| Some((*unit, rest.strip_prefix(word)?)))
            .unwrap_or((AmountUnit::Unstated, rest));
        let remark = trimmed(rest);
        // 10² is a power of ten or a figure with the mark of a footnote.
        if !remark.is_empty() && !is_bracketed(remark) && (!is_raised(remark) || digits == "10") {
            return None;
        }
        let number = parse_number(digits, negative)?;
        let inner =
            remark.trim_matches(['(', '（', ')', '）']).trim_start_matches("单位").trim_start_matches([':', '：']);
        let unit = match trimmed(inner) {
            "元" => AmountUnit::Yuan,
            "万元" => AmountUnit::WanYuan,
            // 千元, 亿元, 美元: an amount in another unit is none that a cell can hold.
            other if other.ends_with('元') => return None,
            _ => unit,
        };
        Some(Printed { status: Status::Number, number: Some(number), unit, remark })
    }
}

/// Whether a text is in one pair of brackets: `（其中修订 16 件）`, not `()6()`.
pub(crate) fn is_bracketed(text: &str) -> bool {
    let mut open = 0;
    let ends = text.char_indices().find_map(|(at, c)| {
        match c {
            '(' | '（' => open += 1,
            ')' | '）' => open -= 1,
            _ => {}
        }
        (open <= 0).then_some(at + c.len_utf8())
    });
    text.starts_with(['(', '（']) && ends == Some(text.len())
}

/// Whether a text is the mark of a footnote: `¹`, `①`.
fn is_raised(text: &str) -> bool {
    text.chars().all(|c| RAISED.contains(&c) || ('①'..='⑳').contains(&c))
}

/// The raised digits, 0 to 9.
pub(crate) const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Signs in words, as under 本年增/减.
pub(crate) const SIGNS: [(&str, bool); 4] = [("增加", false), ("减少", true), ("增", false), ("减", true)];

/// The units that agencies print in a cell.
pub(crate) const UNITS: [(&str, AmountUnit); 9] = [
    ("万元", AmountUnit::WanYuan),
    ("元", AmountUnit::Yuan),
    ("件", AmountUnit::Unstated),
    ("项", AmountUnit::Unstated),
    ("条", AmountUnit::Unstated),
    ("个", AmountUnit::Unstated),
    ("宗", AmountUnit::Unstated),
    ("份", AmountUnit::Unstated),
    ("起", AmountUnit::Unstated),
];

/// A whole number printed as nothing but ASCII digits, the way nearly all cells are.
pub(crate) fn plain_count(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    if bytes.is_empty()
        || bytes.len() > 15
        || bytes.len() > 1 && bytes[0] == b'0'
        || !bytes.iter().all(u8::is_ascii_digit)
    {
        return None;
    }
    Some(Number::from(bytes.iter().fold(0_i64, |number, digit| number * 10 + i64::from(digit - b'0'))))
}

/// The number written by digits, separators and a point; `None` if it could be read in two ways, such as `00` or `1,23`.
pub(crate) fn parse_number(digits: &str, negative: bool) -> Option<Number> {
    if digits.chars().take(60).count() == 60 {
        return None;
    }
    // 〇 and 零 are no digits of another number.
    let ideographic = |c: char| matches!(c, '〇' | '零');
    if digits.contains(ideographic) && digits.chars().count() > 1 {
        return None;
    }
    let plain: String = digits.chars().filter_map(ascii_numeral).collect();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, "0"));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    let leading_zero = first.len() > 1 && first.starts_with('0');
    if first.is_empty()
        || grouped && (first.len() > 3 || first == "0")
        || leading_zero
        || !groups.all(|group| group.len() == 3)
    {
        return None;
    }
    // 5.000 is 5, or five thousand as other countries print it.
    if plain.ends_with(".000") && !whole.starts_with('0') && whole.len() <= 3 {
        return None;
    }
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = Decimal::from_str_exact(&plain.replace(',', "")).ok()?;
    Some(Number::from(if negative { -number } else { number }))
}

/// The ASCII form of a character that numbers are written with.
pub(crate) fn ascii_numeral(c: char) -> Option<char> {
    match c {
        '0'..='9' | '.' | ',' => Some(c),
        '０'..='９' | '．' | '，' => char::from_u32(c as u32 - 0xFEE0),
        '〇' | '零' => Some('0'),
        _ => None,
    }
}

/// Whether a figure or a mark for "not applicable" can begin with this character.
pub(crate) fn begins_printed(c: char) -> bool {
    ascii_numeral(c).is_some()
        || matches!(c, '+' | '＋' | '无')
        || is_dash_or_slash(c)
        || SIGNS.iter().any(|(sign, _)| sign.starts_with(c))
}

pub(crate) fn is_dash_or_slash(c: char) -> bool {
    matches!(c, '/' | '\\' | '-' | '－' | '—' | '–' | '―' | '−' | '─' | '／' | '＼')
}
