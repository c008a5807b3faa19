//! A report as it was really published: each cell as printed, with its place in the source.
//!
//! Zero, blank and "not applicable" are three different things and stay so. Nothing here turns a blank into a 0, unless
//! the caller asks for it by name ([`PublishedReport::with_blanks_as_zero`]), and then the cell says so.
//!
//! What is not checked here: anything. A published report may be wrong; [`PublishedReport::check`] says where.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::agency::Agency;
use crate::date::{Date, Year};
use crate::form::{Cell, Entry, Layout};
use crate::json::{exact, optional};
use crate::narrative::{Heading, Narrative, OtherMatters, Part, Remark};
use crate::number::{AmountUnit, Count, Figure, Number, shortened};
use crate::rule::NO_COUNT;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "status", transform = crate::schema::plain_enum)]
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

    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Status::Number => "数字",
            Status::Blank => "空白",
            Status::NotApplicable => "不适用",
            Status::Unreadable => "无法辨认",
            Status::NotFound => "未找到",
        }
    }
}

/// A number that is not printed in its cell but was put there because the caller asked for it by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "assumption", transform = crate::schema::plain_enum)]
pub enum Assumption {
    /// The cell is blank and was taken for 0.
    BlankAsZero,
    /// The total is blank or missing and was worked out from its parts.
    TotalFromParts,
}

/// How a figure was found that the page does not print as one cell of a row with its label. The rules chose, and left one
/// reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "inference", transform = crate::schema::plain_enum)]
pub enum Inference {
    /// Cells ran together, `640020470`: of all ways to cut them one satisfies the identities.
    Cut,
    /// The figure was broken over lines: joined, the totals are right.
    Joined,
    /// The label is lost or stands elsewhere: the figures were placed by their order, and the totals are right.
    Placed,
}

impl Inference {
    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Inference::Cut => "按勾稽关系切分",
            Inference::Joined => "断行合并",
            Inference::Placed => "按次序定位",
        }
    }
}

/// A cell as printed.
///
/// ```
/// use ogi_report::{PublishedCell, Status};
/// let cell = PublishedCell::read("22（其中修订 16 件）");
/// assert_eq!((cell.status(), cell.number().map(|n| n.to_string())), (Status::Number, Some("22".to_owned())));
/// assert_eq!(cell.remark(), Some("（其中修订 16 件）"));
/// assert_eq!(PublishedCell::read("/").status(), Status::NotApplicable);
/// assert_eq!(PublishedCell::read("").number(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedCell {
    status: Status,
    number: Option<Number>,
    unit: AmountUnit,
    assumption: Option<Assumption>,
    inference: Option<Inference>,
    candidates: Option<Box<[Box<str>]>>,
    printed: Cow<'static, str>,
    place: Option<Place>,
}

impl PublishedCell {
    /// The cell that prints `printed`.
    pub fn read(printed: &str) -> PublishedCell {
        let Printed { status, number, unit, .. } = Printed::of(printed);
        PublishedCell { status, number, unit, printed: kept(printed), ..PublishedCell::of(status) }
    }

    /// A cell that the layout prints and that was not found.
    pub fn not_found() -> PublishedCell {
        PublishedCell::of(Status::NotFound)
    }

    /// A cell of this status of which no printed text is known.
    pub(crate) fn of(status: Status) -> PublishedCell {
        PublishedCell {
            status,
            number: None,
            unit: AmountUnit::Unstated,
            assumption: None,
            inference: None,
            candidates: None,
            printed: Cow::Borrowed(""),
            place: None,
        }
    }

    /// A cell that the page prints, but in a way that leaves it open which of these it is.
    pub fn open<'c>(candidates: impl IntoIterator<Item = &'c str>) -> PublishedCell {
        PublishedCell::of(Status::Unreadable).with_candidates(candidates.into_iter().map(Box::from))
    }

    pub(crate) fn with_candidates(self, candidates: impl IntoIterator<Item = Box<str>>) -> PublishedCell {
        let candidates: Box<[Box<str>]> = candidates.into_iter().collect();
        PublishedCell { candidates: Some(candidates).filter(|candidates| !candidates.is_empty()), ..self }
    }

    /// The same cell, its number found in this way. A cell without a number stays as it is.
    #[must_use]
    pub fn inferred(self, inference: Inference) -> PublishedCell {
        PublishedCell { inference: self.number.map(|_| inference), ..self }
    }

    /// The same cell, at `place`.
    #[must_use]
    pub fn at(self, place: Place) -> PublishedCell {
        PublishedCell { place: Some(place), ..self }
    }

    /// The same cell, its amount in `unit` as said beside it; a unit printed in the cell itself stays.
    #[must_use]
    pub fn in_unit(self, unit: AmountUnit) -> PublishedCell {
        let unit = if self.unit == AmountUnit::Unstated { unit } else { self.unit };
        PublishedCell { unit, ..self }
    }

    /// The same cell with a number that is not printed in it.
    pub(crate) fn assumed(self, number: Number, assumption: Assumption) -> PublishedCell {
        PublishedCell { status: Status::Number, number: Some(number), assumption: Some(assumption), ..self }
    }

    /// What stands in the cell.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The number, if one stands there or was assumed.
    pub fn number(&self) -> Option<Number> {
        self.number
    }

    /// The text of the cell as printed; empty for a blank cell and for one not found.
    pub fn printed(&self) -> &str {
        &self.printed
    }

    /// What is printed beside the number: `（其中修订 16 件）`.
    pub fn remark(&self) -> Option<&str> {
        let remark = Printed::of(&self.printed).remark;
        if remark.is_empty() { None } else { Some(remark) }
    }

    /// The unit printed with an amount, in the cell or beside it.
    pub fn amount_unit(&self) -> AmountUnit {
        self.unit
    }

    /// Why the number is there although it is not printed.
    pub fn assumption(&self) -> Option<Assumption> {
        self.assumption
    }

    /// How the figure was found, where the page does not print it as one cell of a row with its label.
    pub fn inference(&self) -> Option<Inference> {
        self.inference
    }

    /// What the cell can hold, where its figures ran together with others and the rules leave more than one cut open.
    pub fn candidates(&self) -> impl ExactSizeIterator<Item = &str> {
        self.candidates.as_deref().unwrap_or_default().iter().map(|candidate| &**candidate)
    }

    /// Where the cell stands in the source.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The count: the number, if it is whole and not negative. `None` for a blank, for `/`, for 12.5 and for -3; what may be
    /// negative, 本年增/减, is read by [`number`](PublishedCell::number).
    ///
    /// ```
    /// use ogi_report::PublishedCell;
    /// let count = |printed| PublishedCell::read(printed).count().map(|count| count.get());
    /// assert_eq!((count("1,234"), count("0"), count(""), count("12.5"), count("-3")), (Some(1234), Some(0), None, None, None));
    /// ```
    pub fn count(&self) -> Option<Count> {
        self.whole_count().and_then(|whole| Count::new(whole.unsigned_abs()).ok())
    }

    /// The count to reckon with.
    pub(crate) fn whole_count(&self) -> Option<i64> {
        self.number.and_then(Number::whole).filter(|whole| *whole >= 0)
    }

    /// The count, or [`NO_COUNT`].
    pub(crate) fn count_or_none(&self) -> i64 {
        self.whole_count().unwrap_or(NO_COUNT)
    }
}

impl From<Figure> for PublishedCell {
    fn from(figure: Figure) -> PublishedCell {
        let unit = match figure {
            Figure::Amount(_, unit) => unit,
            _ => AmountUnit::Unstated,
        };
        PublishedCell {
            status: Status::Number,
            number: Some(Number::from(figure)),
            unit,
            printed: kept(&figure.to_string()),
            ..PublishedCell::of(Status::Number)
        }
    }
}

/// The text of a cell to keep. By far the most are one digit, and nothing is allocated for it.
fn kept(printed: &str) -> Cow<'static, str> {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    match printed.as_bytes() {
        [digit @ b'0'..=b'9'] => Cow::Borrowed(DIGITS[usize::from(digit - b'0')]),
        _ => Cow::Owned(printed.to_owned()),
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
        if !remark.is_empty() && !is_bracketed(remark) {
            return None;
        }
        let number = parse_number(digits, negative)?;
        let inner =
            remark.trim_matches(['(', '（', ')', '）']).trim_start_matches("单位").trim_start_matches([':', '：']);
        let unit = match trimmed(inner) {
            "元" => AmountUnit::Yuan,
            "万元" => AmountUnit::WanYuan,
            _ => unit,
        };
        Some(Printed { status: Status::Number, number: Some(number), unit, remark })
    }
}

/// Whether a text stands in one pair of brackets: `（其中修订 16 件）`, not `()6()`.
fn is_bracketed(text: &str) -> bool {
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

/// Signs in words, as under 本年增/减.
const SIGNS: [(&str, bool); 4] = [("增加", false), ("减少", true), ("增", false), ("减", true)];

/// The units that agencies print in a cell.
const UNITS: [(&str, AmountUnit); 9] = [
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
fn plain_count(text: &str) -> Option<Number> {
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
fn parse_number(digits: &str, negative: bool) -> Option<Number> {
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
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = Decimal::from_str_exact(&plain.replace(',', "")).ok()?;
    Some(Number::from(if negative { -number } else { number }))
}

/// The ASCII form of a character that numbers are written with.
fn ascii_numeral(c: char) -> Option<char> {
    match c {
        '0'..='9' | '.' | ',' => Some(c),
        '０'..='９' | '．' | '，' => char::from_u32(c as u32 - 0xFEE0),
        '〇' | '零' => Some('0'),
        _ => None,
    }
}

/// Whether a figure or a mark for "not applicable" can begin with this character.
fn begins_printed(c: char) -> bool {
    ascii_numeral(c).is_some()
        || matches!(c, '+' | '＋' | '无')
        || is_dash_or_slash(c)
        || SIGNS.iter().any(|(sign, _)| sign.starts_with(c))
}

fn is_dash_or_slash(c: char) -> bool {
    matches!(c, '/' | '\\' | '-' | '－' | '—' | '–' | '―' | '−' | '─' | '／' | '＼')
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

// ---- Places --------------------------------------------------------------------------------------

/// Where something stands in its source. All numbers count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// In a text: line, and column in characters; outside the tables of a web page or a Word document the number of the line
    /// or paragraph that a reader sees, not of the source. Written `17:3`.
    Text {
        /// The line.
        line: u32,
        /// The column, in characters.
        column: u32,
    },
    /// In the tables of a page: table, row, column of the grid. Written `2/5/3`.
    Table {
        /// The table on the page.
        table: u32,
        /// The row of its grid.
        row: u32,
        /// The column of its grid.
        column: u32,
    },
    /// In a workbook. Written `Sheet1!B7`.
    Sheet {
        /// The name of the worksheet.
        sheet: Box<str>,
        /// The cell of the worksheet, `B7`.
        cell: Box<str>,
    },
}

impl Place {
    /// The place so many characters further on; in a table or a workbook the same.
    pub(crate) fn after(&self, characters: usize) -> Place {
        match self {
            Place::Text { line, column } => {
                let characters = u32::try_from(characters).unwrap_or(u32::MAX);
                Place::Text { line: *line, column: column.saturating_add(characters) }
            }
            place => place.clone(),
        }
    }

    /// How a place is written.
    pub const PATTERN: &'static str =
        "^([1-9][0-9]{0,8}(:[1-9][0-9]{0,8}|(/[1-9][0-9]{0,8}){2})|[^!]+![A-Z]{1,3}[1-9][0-9]{0,6})$";

    /// The cell of a worksheet in this row and column.
    pub(crate) fn in_sheet(sheet: &str, row: u32, column: u32) -> Place {
        let mut letters = Vec::new();
        let mut rest = column;
        while rest > 0 {
            // A to Z are 1 to 26: there is no zero.
            letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
            rest = (rest - 1) / 26;
        }
        let cell: String = letters.iter().rev().collect::<String>() + &row.to_string();
        // No worksheet has a name with this mark, but a file may.
        Place::Sheet { sheet: sheet.replace('!', "_").into(), cell: cell.into() }
    }
}

/// Not a place written `17:3`, `2/5/3` or `Sheet1!B7`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a place such as 17:3, 2/5/3 or Sheet1!B7, found {found:?}")]
pub struct PlaceError {
    /// What was given.
    pub found: String,
}

impl FromStr for Place {
    type Err = PlaceError;
    fn from_str(text: &str) -> Result<Place, PlaceError> {
        fn number(text: &str) -> Option<u32> {
            let legal = text.len() <= 9 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
            if legal { text.parse().ok() } else { None }
        }
        let place = if let Some((sheet, cell)) = text.split_once('!') {
            let letters = cell.bytes().take_while(u8::is_ascii_uppercase).count();
            let row = &cell[letters..];
            let legal = !sheet.is_empty() && (1..=3).contains(&letters) && row.len() <= 7 && number(row).is_some();
            legal.then(|| Place::Sheet { sheet: sheet.into(), cell: cell.into() })
        } else if let Some((line, column)) = text.split_once(':') {
            number(line).zip(number(column)).map(|(line, column)| Place::Text { line, column })
        } else {
            match text.split('/').map(number).collect::<Option<Vec<u32>>>().as_deref() {
                Some(&[table, row, column]) => Some(Place::Table { table, row, column }),
                _ => None,
            }
        };
        place.ok_or_else(|| PlaceError { found: shortened(text) })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Text { line, column } => write!(f, "{line}:{column}"),
            Place::Table { table, row, column } => write!(f, "{table}/{row}/{column}"),
            Place::Sheet { sheet, cell } => write!(f, "{sheet}!{cell}"),
        }
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Place, D::Error> {
        crate::number::text(from)
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl JsonSchema for Place {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "place".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": Place::PATTERN })
    }
}

// ---- Evidence ------------------------------------------------------------------------------------

/// How the facts around the tables are known. A fact without a source here was stated by whoever built the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "evidence", title = "evidence")]
pub struct Evidence {
    /// For the title.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub title: Option<Source>,
    /// For the report year.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub year: Option<Source>,
    /// For the name of the agency.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub agency: Option<Source>,
    /// For the kind of the agency.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub agency_kind: Option<Source>,
    /// For the day of publication.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Source>,
    /// How many blank cells were taken for 0 before the report was accepted; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blanks_as_zero: Option<Count>,
    /// How many totals were worked out from their parts before the report was accepted; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals_from_parts: Option<Count>,
    /// How many cells were cut, joined or placed by the rules before the report was accepted; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inferred: Option<Count>,
    /// For the day of signature.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<Source>,
}

impl Evidence {
    /// Whether the kind of the agency is inferred, not stated.
    pub fn infers_agency_kind(&self) -> bool {
        self.agency_kind.as_ref().is_some_and(|source| source.kind.infers_kind())
    }
}

/// Where a fact was read, or what it was inferred from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "source", title = "source")]
pub struct Source {
    /// What kind of evidence it is.
    #[serde(deserialize_with = "exact")]
    pub kind: SourceKind,
    /// The words of the page.
    pub words: String,
    /// Where they stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A kind of evidence for a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "source_kind", transform = crate::schema::plain_enum)]
#[non_exhaustive]
pub enum SourceKind {
    /// The title of the report.
    Title,
    /// Inferred from the ending of the agency's name.
    NameEnding,
    /// The line above the title.
    LineAbove,
    /// The page says when it was published, 发布时间.
    PageDate,
    /// A date in brackets under the title.
    UnderTitle,
    /// The signature block at the end.
    Signature,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: &'static [SourceKind] = &[
        SourceKind::Title,
        SourceKind::NameEnding,
        SourceKind::LineAbove,
        SourceKind::PageDate,
        SourceKind::UnderTitle,
        SourceKind::Signature,
    ];

    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            SourceKind::Title => "title",
            SourceKind::NameEnding => "name_ending",
            SourceKind::LineAbove => "line_above",
            SourceKind::PageDate => "page_date",
            SourceKind::UnderTitle => "under_title",
            SourceKind::Signature => "signature",
        }
    }

    /// Whether the kind of an agency with this evidence is inferred, not stated.
    pub(crate) const fn infers_kind(self) -> bool {
        matches!(self, SourceKind::NameEnding | SourceKind::Title | SourceKind::LineAbove)
    }

    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            SourceKind::Title => "标题",
            SourceKind::NameEnding => "名称推断",
            SourceKind::LineAbove => "标题上一行",
            SourceKind::PageDate => "页面发布日期",
            SourceKind::UnderTitle => "标题下日期",
            SourceKind::Signature => "落款日期",
        }
    }

    /// The name in English.
    pub const fn en(self) -> &'static str {
        match self {
            SourceKind::Title => "the title",
            SourceKind::NameEnding => "the ending of the name",
            SourceKind::LineAbove => "the line above the title",
            SourceKind::PageDate => "the date of the page",
            SourceKind::UnderTitle => "the date under the title",
            SourceKind::Signature => "the date of the signature",
        }
    }
}

/// Whom the figures cover. A government's report covers its whole region, a department's only itself; it is not always
/// stated and never guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "scope", transform = crate::schema::plain_enum)]
pub enum Scope {
    /// The agency itself, 本机关.
    Own,
    /// The whole region, 全市, 全县.
    Regional,
    /// Not stated.
    #[default]
    Unknown,
}

// ---- The report ----------------------------------------------------------------------------------

/// A report as published, right or wrong. The facts around the tables may each be missing; the cells are those of one
/// [`Layout`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedReport {
    pub(crate) layout: Layout,
    pub(crate) cells: Vec<PublishedCell>,
    /// The title as printed.
    pub title: Option<String>,
    /// The report year.
    pub year: Option<Year>,
    /// Who reports.
    pub agency: Option<Agency>,
    /// Whom the figures cover.
    pub scope: Scope,
    /// The day of publication.
    pub published_on: Option<Date>,
    /// The day in the signature block, where it is printed besides.
    pub signed_on: Option<Date>,
    /// How these facts are known.
    pub evidence: Evidence,
    /// The section headings found, in the order of the page.
    pub headings: Vec<Heading>,
    /// What stands between the title and section one.
    pub preamble: Option<Part>,
    /// Section one, 总体情况.
    pub overview: Option<Narrative>,
    /// Section five, 存在的主要问题及改进情况.
    pub problems: Option<Narrative>,
    /// Section six, 其他需要报告的事项.
    pub other_matters: Option<OtherMatters>,
    /// Paragraphs that stand among the tables of sections two to four.
    pub remarks: Vec<Remark>,
    /// Figures printed in the tables that were matched to no cell.
    pub unmatched: Vec<Unmatched>,
    /// Labels of rows that are printed otherwise than the form has them, and were recognised by likeness.
    pub misprints: Vec<Misprint>,
}

/// The label of a row that differs from the official one in a few characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "misprint", title = "misprint")]
pub struct Misprint {
    /// The path of the row, `requests.carried_in`.
    pub row: String,
    /// The label as printed.
    pub printed: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A figure printed in a table that was matched to no cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "unmatched", title = "unmatched")]
pub struct Unmatched {
    /// The text as printed.
    pub printed: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl PublishedReport {
    /// A report of which nothing is known but its layout: every cell is [`Status::NotFound`].
    pub fn new(layout: Layout) -> PublishedReport {
        PublishedReport::from_sheet(layout, layout.cells().iter().map(|_| PublishedCell::not_found()).collect())
    }

    /// The report of `layout` with these cells; those that are not given are [`Status::NotFound`].
    ///
    /// # Errors
    /// All that is wrong with the cells, as [`CellError`]:
    /// - [`CellError::NotInLayout`] for a cell the layout does not print,
    /// - [`CellError::Twice`] for a cell given twice.
    pub fn from_cells<C: Into<PublishedCell>>(
        layout: Layout,
        cells: impl IntoIterator<Item = (Cell, C)>,
    ) -> Result<PublishedReport, CellErrors> {
        let mut report = PublishedReport::new(layout);
        let mut given = vec![false; report.cells.len()];
        let mut faults = Vec::new();
        for (cell, value) in cells {
            match layout.position(cell) {
                None => faults.push(CellError::NotInLayout { cell, layout }),
                Some(position) if given[position] => faults.push(CellError::Twice { cell }),
                Some(position) => {
                    given[position] = true;
                    report.cells[position] = value.into();
                }
            }
        }
        if faults.is_empty() { Ok(report) } else { Err(CellErrors { faults }) }
    }

    /// The report with these cells, which are those of the layout in the form's order.
    pub(crate) fn from_sheet(layout: Layout, cells: Vec<PublishedCell>) -> PublishedReport {
        PublishedReport {
            layout,
            cells,
            title: None,
            year: None,
            agency: None,
            scope: Scope::Unknown,
            published_on: None,
            signed_on: None,
            evidence: Evidence::default(),
            headings: Vec::new(),
            preamble: None,
            overview: None,
            problems: None,
            other_matters: None,
            remarks: Vec::new(),
            unmatched: Vec::new(),
            misprints: Vec::new(),
        }
    }

    /// The layout that is printed.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// What stands in `cell`; `None` if the layout prints no such cell.
    pub fn get(&self, cell: Cell) -> Option<&PublishedCell> {
        self.cells.get(self.layout.position(cell)?)
    }

    /// Puts `value` into `cell` and returns what stood there.
    ///
    /// # Errors
    /// - [`CellError::NotInLayout`] if the layout prints no such cell.
    pub fn set(&mut self, cell: Cell, value: impl Into<PublishedCell>) -> Result<PublishedCell, CellError> {
        let position = self.layout.position(cell).ok_or(CellError::NotInLayout { cell, layout: self.layout })?;
        Ok(std::mem::replace(&mut self.cells[position], value.into()))
    }

    /// All cells with their entries of the catalogue, in the form's order.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = (&'static Entry, &PublishedCell)> {
        self.layout.cells().iter().zip(&self.cells)
    }

    /// The cells in the form's order.
    pub(crate) fn sheet(&self) -> &[PublishedCell] {
        &self.cells
    }

    /// The same report with every blank cell taken for 0. Each such cell says so: [`Assumption::BlankAsZero`].
    ///
    /// A policy, never a fact: of the published reports with blanks, some are consistent this way and some are not.
    #[must_use]
    pub fn with_blanks_as_zero(mut self) -> PublishedReport {
        for cell in &mut self.cells {
            if cell.status == Status::Blank {
                *cell = cell.clone().assumed(Number::from(0), Assumption::BlankAsZero);
            }
        }
        self
    }

    /// The same report with every blank or missing total worked out from its parts, where all of them are numbers. Each
    /// such cell says so: [`Assumption::TotalFromParts`].
    #[must_use]
    pub fn with_totals_from_parts(mut self) -> PublishedReport {
        let mut counts: Vec<i64> = self.cells.iter().map(PublishedCell::count_or_none).collect();
        let open = |cell: &PublishedCell| matches!(cell.status, Status::Blank | Status::NotFound);
        let free: Vec<bool> = self.cells.iter().map(open).collect();
        crate::rule::work_out_totals(self.layout, &mut counts, &free);
        for ((cell, free), count) in self.cells.iter_mut().zip(free).zip(counts) {
            let total = Number::from(count);
            // A sum that is no legal count is not made up.
            if free && count != NO_COUNT && total.whole().is_some() {
                *cell = cell.clone().assumed(total, Assumption::TotalFromParts);
            }
        }
        self
    }
}

/// Why these cells make no report; all faults.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
#[non_exhaustive]
pub struct CellErrors {
    /// What is wrong, in the order in which the cells were given.
    pub faults: Vec<CellError>,
}

/// Why a cell cannot be put into a report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CellError {
    /// The layout prints no such cell.
    #[error("the layout {layout} prints no cell {cell}")]
    NotInLayout {
        /// The cell.
        cell: Cell,
        /// The layout.
        layout: Layout,
    },
    /// The cell was given twice.
    #[error("the cell {cell} is given twice")]
    Twice {
        /// The cell.
        cell: Cell,
    },
}
