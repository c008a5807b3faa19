//! Where something is in its source.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value_error::ValueError;

// ---- Places --------------------------------------------------------------------------------------

/// Where something is in its source. All numbers count from 1.
///
/// ```
/// use ogi_report::Place;
/// assert_eq!("17:3".parse(), Ok(Place::Text { line: 17, column: 3 }));
/// assert_eq!("2/5/3".parse::<Place>()?.to_string(), "2/5/3");
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
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

impl FromStr for Place {
    type Err = ValueError;
    fn from_str(text: &str) -> Result<Place, ValueError> {
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
        place.ok_or_else(|| {
            ValueError::new(["位置，如 17:3、2/5/3、Sheet1!B7", "a place such as 17:3, 2/5/3 or Sheet1!B7"], text)
        })
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
        crate::wire::text(from)
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
