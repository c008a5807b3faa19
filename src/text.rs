//! Text: the one place that folds widths, trims, shortens and lays out.

use std::borrow::Cow;

/// `text`, cut to a length that fits into a message.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Words that follow Chinese ones: with a space before them where they begin with a letter or a digit.
pub(crate) fn spaced(words: &str) -> Cow<'_, str> {
    if words.starts_with(|c: char| c.is_ascii_alphanumeric()) { format!(" {words}").into() } else { words.into() }
}

/// Whether one of these words is in a text.
pub(crate) fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// The years that a text names, with where: 2024年, 2024年度.
pub(crate) fn years(text: &str) -> impl Iterator<Item = (usize, u16)> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        let alone = !text[..at - 4].ends_with(|c: char| c.is_ascii_digit());
        let year: u16 = digits.parse().ok().filter(|_| alone && digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some((at - 4, year))
    })
}

/// Whether a name has only characters of another, in their order: 市数据局 of 示例市数据局.
pub(crate) fn is_short_of(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|of| of == c))
}

/// A text without white space and figures, of whatever script: what two texts have in common in different years.
pub(crate) fn without_figures(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_numeric() && !is_numeral(*c)).collect()
}

/// Whether a character is one that Chinese numerals are made of.
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(c, '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千')
}

pub(crate) fn is_ideograph(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// `text` without white space around it, of whatever width, written out as an entity or not.
pub(crate) fn trimmed(text: &str) -> &str {
    // Most texts begin and end with an ideograph or a digit: U+4E00 to U+9FFF are E4 to E9 in UTF-8.
    let solid = |byte: u8| byte.is_ascii_alphanumeric() || (0xe4..=0xe9).contains(&byte);
    if let [first, .., last] | [first @ last] = text.as_bytes() {
        let last_ideograph =
            text.len() >= 3 && (0xe4..=0xe9).contains(&text.as_bytes()[text.len() - 3]) && *last >= 0x80;
        if solid(*first) && (last.is_ascii_alphanumeric() || last_ideograph) {
            return text;
        }
    }
    let space =
        |c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200c}' | '\u{200d}' | '\u{2060}');
    let mut text = text.trim_matches(space);
    loop {
        let cut = text.strip_prefix("&nbsp;").or_else(|| text.strip_suffix("&nbsp;"));
        match cut {
            Some(rest) => text = rest.trim_matches(space),
            None => return text,
        }
    }
}

/// The common form of a character: what NFKC does to full-width ASCII and to the radicals that PDF fonts leave behind.
/// (Not more: NFKC would make `1①` into 11.)
pub(crate) fn folded(c: char) -> char {
    /// The ideographs of the Kangxi radicals, U+2F00 to U+2FD5.
    const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
    /// Those of the supplement that are characters of their own, U+2E80 to U+2EF3, each before its ideograph.
    const SUPPLEMENT: &str = "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟";
    match c {
        '\u{2e80}'..='\u{2ef3}' => SUPPLEMENT.chars().skip_while(|of| *of != c).nth(1).unwrap_or(c),
        '\u{2f00}'..='\u{2fd5}' => RADICALS.chars().nth(c as usize - 0x2f00).unwrap_or(c),
        _ => half_width(c),
    }
}

/// Full-width ASCII as ASCII: `２` is 2, `％` is %.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

// ---- What people are shown -----------------------------------------------------------------------

/// Whether a character does something to a terminal, or to the text around it, instead of being seen: controls, the ends of
/// lines, and what turns the direction of writing.
fn acts(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A text of a page, or the name of a file, made fit to be shown to people: on one line, each character that would act on a
/// terminal or turn the text around it replaced by a space. All messages and summaries of this crate are made so.
///
/// ```
/// assert_eq!(ogi_report::showable("规章\u{1b}[2J\n\u{202e}12"), "规章 [2J  12");
/// ```
pub fn showable(text: &str) -> Cow<'_, str> {
    if text.contains(acts) { text.replace(acts, " ").into() } else { text.into() }
}

/// Adds a line to a text for people.
pub(crate) fn push_line(text: &mut String, line: &str) {
    *text += &showable(line);
    text.push('\n');
}

// ---- CSV -----------------------------------------------------------------------------------------

/// How texts are written in CSV.
///
/// A text that begins with one of `= + - @`, a tab or the end of a line is a formula to a spreadsheet program, and escape
/// sequences act on a terminal. So such a text is written behind an apostrophe, `'=1+1`, and its control characters as
/// `\u{1b}`. A number such as -4 or a sign alone stays as it is. [`read::text`](crate::read::text) takes all this off again,
/// however the CSV was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CsvText {
    /// So that nothing in it acts.
    #[default]
    Guarded,
    /// As it is, for programs that take every field for a text. What looks guarded has one more apostrophe.
    Exact,
}

/// A line of these fields.
pub(crate) fn csv_line(fields: impl IntoIterator<Item = impl AsRef<str>>, texts: CsvText) -> String {
    let mut line = String::new();
    for field in fields {
        line += &csv_field(field.as_ref(), texts);
        line.push(',');
    }
    line.pop();
    line + "\n"
}

/// A field, guarded, and in quotes where it needs them.
fn csv_field(field: &str, texts: CsvText) -> Cow<'_, str> {
    let guarded = match texts {
        CsvText::Guarded if is_formula(field) || field.contains(acts_in_csv) => guarded(field, acts_in_csv).into(),
        _ if looks_guarded(field) => guarded(field, |_| false).into(),
        _ => Cow::from(field),
    };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\"")).into()
    } else {
        guarded
    }
}

/// What begins the number of a character in a guarded field, and how it is written itself.
const ESCAPE: &str = "\\u{";
const ESCAPED: &str = "\\u{5c}u{";

/// Breaks and tabs within a field are its text.
fn acts_in_csv(c: char) -> bool {
    acts(c) && !matches!(c, '\n' | '\t')
}

/// Whether a spreadsheet program would take a text for a formula. Of full-width signs some do.
fn is_formula(text: &str) -> bool {
    let mut characters = text.chars().map(half_width);
    match characters.next() {
        Some('+' | '-') => {
            let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
            !characters.all(is_number)
        }
        first => matches!(first, Some('=' | '@' | '\t' | '\r' | '\n')),
    }
}

/// Whether a field is one that [`guarded`] makes.
fn looks_guarded(field: &str) -> bool {
    field.starts_with('\'') && (is_formula(field.trim_start_matches('\'')) || field.contains(ESCAPE))
}

fn guarded(text: &str, escapes: fn(char) -> bool) -> String {
    let mut field = "'".to_owned();
    for c in text.replace(ESCAPE, ESCAPED).chars() {
        match escapes(c) {
            true => field += &c.escape_unicode().to_string(),
            false => field.push(c),
        }
    }
    field
}

/// The text of a field, whichever way it was written.
pub(crate) fn unguarded(field: &str) -> Cow<'_, str> {
    if !looks_guarded(field) {
        return field.into();
    }
    let mut pieces = field[1..].split(ESCAPE);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let escaped = piece
            .split_once('}')
            .and_then(|(number, rest)| Some((char::from_u32(u32::from_str_radix(number, 16).ok()?)?, rest)));
        match escaped {
            Some((c, rest)) => {
                text.push(c);
                text += rest;
            }
            // Somebody else wrote it.
            None => text = text + ESCAPE + piece,
        }
    }
    text.into()
}

// ---- Width ---------------------------------------------------------------------------------------

/// `text` on one line, cut to `most` columns.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let text = showable(text);
    if width(&text) <= most {
        return text.into_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += char_width(*c);
        used < most
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// `text`, filled up with spaces to `columns`.
pub(crate) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// How many columns `text` takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Two columns for what Unicode calls wide or full-width (UAX #11), none for marks that take no room. Characters of
/// ambiguous width, such as `“` and `…`, are taken for narrow.
fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0x2060 | 0xFE00..=0xFE0F | 0xFEFF => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xA960..=0xA97F
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF01..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F900..=0x1F9FF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_acts_is_guarded() {
        for (text, field) in [
            ("=1+1", "'=1+1"),
            ("=A1,\"\"", "\"'=A1,\"\"\"\"\""),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1+1", "'-1+1"),
            ("＝1", "'＝1"),
            ("\t=1", "'\t=1"),
            ("\r\n1", "\"'\\u{d}\n1\""),
            ("1\u{1b}[2J\u{202e}", "'1\\u{1b}[2J\\u{202e}"),
            ("=\\u{41}", "'=\\u{5c}u{41}"),
            ("'=1", "''=1"),
            // No formulas.
            ("-4", "-4"),
            ("+1,234.5", "\"+1,234.5\""),
            ("－４", "－４"),
            ("－，", "－，"),
            ("-", "-"),
            ("'4", "'4"),
            ("a=1", "a=1"),
            ("\\u{41}", "\\u{41}"),
        ] {
            assert_eq!(csv_field(text, CsvText::Guarded), field, "{text:?}");
        }
        assert_eq!(csv_field("=1", CsvText::Exact), "=1");
        assert_eq!(csv_field("'=1", CsvText::Exact), "''=1");
        assert_eq!(unguarded("'=\\u{110000}\\u{x"), "=\\u{110000}\\u{x", "of somebody else");
    }

    #[test]
    fn text_of_any_kind_stays_in_its_cell() {
        assert_eq!(width("1.“三安全”…"), 2 + 1 + 6 + 1 + 1);
        assert_eq!(width("（一）、：０"), 6 * 2);
        assert_eq!(width("e\u{301}\u{200b}"), 1);
        assert_eq!(cut("一二三四", 8), "一二三四");
        assert_eq!(cut("一二三四", 7), "一二三…");
        assert_eq!(cut("一二三四", 6), "一二…");
        assert_eq!(cut("a\u{1b}[31m\nb", 9), "a [31m b");
    }
}
