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
    match c {
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

// ---- CSV -----------------------------------------------------------------------------------------

/// A line of these fields.
pub(crate) fn csv_line(fields: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let mut line = String::new();
    for field in fields {
        line += &csv_field(field.as_ref());
        line.push(',');
    }
    line.pop();
    line + "\n"
}

/// A field, in quotes where it needs them.
fn csv_field(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\"")).into()
    } else {
        field.into()
    }
}

// ---- Width ---------------------------------------------------------------------------------------

/// `text` on one line, without control characters.
pub(crate) fn on_one_line(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_control) { text.replace(char::is_control, " ").into() } else { text.into() }
}

/// `text` on one line, cut to `most` columns.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let text = on_one_line(text);
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
