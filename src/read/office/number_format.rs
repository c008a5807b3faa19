//! What a number format of a workbook shows of a number.

use std::rc::Rc;

use rust_decimal::{Decimal, RoundingStrategy};

/// What a number format shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// The number as it is.
    General,
    Date,
    Code(Rc<str>),
}

impl NumberFormat {
    /// The format with this code.
    pub(super) fn of_code(code: &str) -> NumberFormat {
        match code {
            "" | "@" => NumberFormat::General,
            // Excel takes no more than 255 characters.
            _ if code.len() > 255 * 3 => NumberFormat::Code("[?]".into()),
            _ if code.to_ascii_lowercase().contains("general") || code.contains("通用格式") => {
                NumberFormat::General
            }
            _ if is_date(code) => NumberFormat::Date,
            _ => NumberFormat::Code(code.into()),
        }
    }

    /// The format that Excel has under this number.
    pub(super) fn built_in(number: u32) -> NumberFormat {
        let code = match number {
            // Those that have a day or a year, in Chinese too; the others are of times and numbers.
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => return NumberFormat::Date,
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 | 48 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            37 | 38 => "#,##0_);(#,##0)",
            39 | 40 => "#,##0.00_);(#,##0.00)",
            41 | 42 => r#"_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)"#,
            43 | 44 => r#"_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)"#,
            _ => return NumberFormat::General,
        };
        NumberFormat::Code(code.into())
    }
}

/// Whether a number format has a day or a year outside of `"text"`, `[Red]` and `\d`.
fn is_date(code: &str) -> bool {
    parts(code).any(|part| matches!(part, Part::Sign('y' | 'Y' | 'd' | 'D')))
}

/// A number as a format shows it; `None` where that is not known: fractions, powers of ten, conditions, numerals.
pub(super) fn shown(code: &str, number: Decimal) -> Option<String> {
    let mut sections: Vec<Vec<Part>> = vec![Vec::new()];
    for part in parts(code) {
        match part {
            // Numbers above, below and at zero, and text.
            Part::Sign(';') if sections.len() == 4 => return None,
            Part::Sign(';') => sections.push(Vec::new()),
            part => sections.last_mut()?.push(part),
        }
    }
    let (section, number) = match sections.as_slice() {
        [_, negative, ..] if number.is_sign_negative() && !number.is_zero() => (negative, number.abs()),
        [_, _, zero, ..] if number.is_zero() => (zero, number),
        [positive, ..] => (positive, number),
        [] => return None,
    };
    of_section(section, number)
}

fn of_section(section: &[Part], number: Decimal) -> Option<String> {
    let places: Vec<usize> = (0..section.len()).filter(|at| section[*at].is_place()).collect();
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return section.iter().map(Part::literal).collect();
    };
    let signs = || section.iter().filter_map(|part| if let Part::Sign(c) = part { Some(*c) } else { None });
    let point = section[*first..].iter().position(|part| *part == Part::Sign('.')).map(|at| first + at);
    let whole_end = point.unwrap_or(last + 1);
    let is_whole_place = |at: &&usize| **at < whole_end;
    let last_whole = places.iter().rfind(is_whole_place);
    // Commas behind the last place divide by a thousand each; between two of them they part thousands.
    let scale_from = last_whole.map_or(whole_end, |at| at + 1);
    let commas = |parts: &[Part]| parts.iter().filter(|part| **part == Part::Sign(',')).count();
    let behind = |at: usize| section[at..].iter().take_while(|part| **part == Part::Sign(',')).count();
    let thousands = behind(scale_from) + if point.is_some() { behind(last + 1) } else { 0 };
    let percents = u32::try_from(signs().filter(|c| *c == '%').count()).ok()?;
    let mut number = number;
    for _ in 0..thousands.min(6) {
        number /= Decimal::ONE_THOUSAND;
    }
    for _ in 0..percents.min(3) {
        number = number.checked_mul(Decimal::ONE_HUNDRED)?;
    }
    let decimals = places.iter().filter(|at| **at >= whole_end).count();
    let number = number.round_dp_with_strategy(u32::try_from(decimals).ok()?, RoundingStrategy::MidpointAwayFromZero);
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let zeros = |of: &mut dyn Iterator<Item = &usize>| of.filter(|at| section[**at] == Part::Sign('0')).count();
    let least_whole = zeros(&mut places.iter().filter(is_whole_place));
    let least_fraction = zeros(&mut places.iter().filter(|at| **at >= whole_end));
    let whole = whole.trim_start_matches('0');
    let mut digits = format!("{}{whole}", "0".repeat(least_whole.saturating_sub(whole.len()).min(20)));
    if commas(&section[*first..scale_from]) > 0 {
        digits = in_thousands(&digits);
    }
    let fraction = fraction.trim_end_matches('0');
    let fraction = format!("{fraction}{}", "0".repeat(least_fraction.saturating_sub(fraction.len()).min(20)));
    if point.is_some() {
        digits = format!("{digits}.{fraction}");
    }
    let sign = if number.is_sign_negative() && !number.is_zero() { "-" } else { "" };
    let before: String = section[..*first].iter().map(Part::literal).collect::<Option<_>>()?;
    let among = section[*first..=*last].iter().all(|part| part.is_place() || matches!(part, Part::Sign('.' | ',')));
    let after: String = section[last + 1..].iter().map(Part::literal).collect::<Option<_>>()?;
    among.then(|| format!("{sign}{before}{digits}{after}"))
}

fn in_thousands(digits: &str) -> String {
    let comma = |at: usize| if at > 0 && (digits.len() - at).is_multiple_of(3) { "," } else { "" };
    digits.char_indices().map(|(at, digit)| format!("{}{digit}", comma(at))).collect()
}

/// A part of a number format.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Sign(char),
    /// What is shown as it is.
    Text(String),
    /// A condition, or numerals of another kind.
    Unknown,
}

impl Part {
    /// Whether a digit stands there.
    fn is_place(&self) -> bool {
        matches!(self, Part::Sign('0' | '#' | '?'))
    }

    /// What is shown where no digit stands.
    fn literal(&self) -> Option<String> {
        match self {
            Part::Text(text) => Some(text.clone()),
            Part::Sign(',' | '.') => Some(String::new()),
            Part::Sign('E' | 'e' | 'G' | 'g' | '/' | '@' | 'h' | 'H' | 'm' | 'M' | 's' | 'S') | Part::Unknown => None,
            Part::Sign(c) => Some(c.to_string()),
        }
    }
}

fn parts(code: &str) -> impl Iterator<Item = Part> + '_ {
    let mut characters = code.chars();
    std::iter::from_fn(move || {
        Some(match characters.next()? {
            '"' => Part::Text(characters.by_ref().take_while(|c| *c != '"').collect()),
            '[' => {
                let inner: String = characters.by_ref().take_while(|c| *c != ']').collect();
                match inner.strip_prefix('$') {
                    // `$¥-804`: a currency and a locale.
                    Some(currency) => Part::Text(currency.split('-').next().unwrap_or_default().to_owned()),
                    None if is_color(&inner) => Part::Text(String::new()),
                    None => Part::Unknown,
                }
            }
            '\\' => Part::Text(characters.next().map(String::from).unwrap_or_default()),
            // As wide as the next, or filled with it.
            '_' | '*' => {
                characters.next();
                Part::Text(" ".to_owned())
            }
            c => Part::Sign(c),
        })
    })
}

fn is_color(name: &str) -> bool {
    const COLORS: [&str; 8] = ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"];
    name.to_ascii_lowercase().starts_with("color") || COLORS.iter().any(|color| name.eq_ignore_ascii_case(color))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, number: &str) -> Option<String> {
        shown(code, number.parse().unwrap()).map(|shown| shown.trim().to_owned())
    }

    #[test]
    fn the_built_in_formats_are_those_of_excel() {
        let dates: Vec<u32> = (0..=60).filter(|of| NumberFormat::built_in(*of) == NumberFormat::Date).collect();
        assert_eq!(dates, [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
        for (number, expected) in [
            (1, Some("-1235")),
            (2, Some("-1234.50")),
            (3, Some("-1,235")),
            (4, Some("-1,234.50")),
            (9, Some("-123450%")),
            (10, Some("-123450.00%")),
            (37, Some("(1,235)")),
            (40, Some("(1,234.50)")),
            (41, Some("(1,235)")),
            (44, Some("(1,234.50)")),
            (11, None),
            (12, None),
            (13, None),
            (48, None),
        ] {
            let NumberFormat::Code(code) = NumberFormat::built_in(number) else { panic!("{number}") };
            assert_eq!(of(&code, "-1234.5").as_deref(), expected, "{number}");
        }
        for number in [0, 18, 21, 32, 35, 45, 49, 55, 164] {
            assert_eq!(NumberFormat::built_in(number), NumberFormat::General, "{number}");
        }
    }

    #[test]
    fn numbers_are_shown_as_excel_shows_them() {
        for (code, number, expected) in [
            ("0", "12.5", "13"),
            ("0", "0", "0"),
            ("0.00", "12", "12.00"),
            ("0.0#", "12.345", "12.35"),
            ("#,##0", "1234567", "1,234,567"),
            ("#,##0", "0", "0"),
            ("#", "0", ""),
            ("000", "7", "007"),
            ("0%", "5", "500%"),
            ("0.0%", "0.1234", "12.3%"),
            ("0,", "12345", "12"),
            ("0.0,", "25100", "25.1"),
            ("#,##0.00_);(#,##0.00)", "-3.5", "(3.50)"),
            ("0;-0;;@", "0", ""),
            ("0;-0;;@", "-4", "-4"),
            (";;;", "5", ""),
            ("0", "-4", "-4"),
            (r#"_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)"#, "0", "-"),
            (r#"0"件""#, "3", "3件"),
            (r"[Red]0\元", "3", "3元"),
            ("[$¥-804]#,##0.00", "1234.5", "¥1,234.50"),
            (r#""无""#, "3", "无"),
        ] {
            assert_eq!(of(code, number).as_deref(), Some(expected), "{code} of {number}");
        }
        for code in ["0.00E+00", "# ?/?", "[>9]0;0.0", "[DBNum1]0", "h:mm", "0-0"] {
            assert_eq!(of(code, "12"), None, "{code}");
        }
    }
}
