//! Days and report years.
//!
//! ```
//! use ogi_report::date::{Date, Year};
//! let year: Year = "2024".parse()?;
//! assert_eq!(Date::new(year.get() + 1, 1, 31)?.to_string(), "2025-01-31");
//! # Ok::<(), ogi_report::ValueError>(())
//! ```

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::number::whole;
use crate::text::shortened;
use crate::value_error::ValueError;
use crate::wire::text;

/// A day of the calendar. In JSON a string such as `"2025-01-31"`.
///
/// ```
/// use ogi_report::Date;
/// let due = Date::new(2025, 1, 31)?;
/// assert_eq!("2025-02-14".parse::<Date>()?.days_after(due), 14);
/// assert!(Date::new(2025, 2, 29).is_err());
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // In the order in which days are compared.
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// How a day is written in JSON; whether the calendar has it is for the reader to check.
    pub const PATTERN: &'static str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

    /// The day, if the calendar has it.
    ///
    /// # Errors
    /// - [`ValueError`] if there is no such day, or the year has not four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Date, ValueError> {
        if year > 9999 || day == 0 || day > days_in(year, month) {
            return Err(Date::error(&format!("{year:04}-{month:02}-{day:02}")));
        }
        Ok(Date { year, month, day })
    }

    fn error(found: &str) -> ValueError {
        ValueError::new(["日历上的日期，如 2025-01-31", "a day of the calendar such as 2025-01-31"], found)
    }

    /// The year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// How many days this day is after `earlier`; negative if it is before.
    pub fn days_after(self, earlier: Date) -> i32 {
        self.number() - earlier.number()
    }

    /// How many days it is after the last of February of year 0.
    fn number(self) -> i32 {
        // Years that begin in March end with the leap day, and their months are 153 days in five.
        let (year, month) = match self.month {
            1 | 2 => (i32::from(self.year) - 1, i32::from(self.month) + 9),
            month => (i32::from(self.year), i32::from(month) - 3),
        };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        year * 365 + leap_days + (153 * month + 2) / 5 + i32::from(self.day)
    }

    /// The day that is so many days after this one; `None` beyond the year 9999.
    #[cfg(any(test, feature = "office"))]
    pub(crate) fn plus(self, days: i32) -> Option<Date> {
        let days = self.number().checked_add(days)? - 1;
        let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
        // A day of a month is small.
        Date::new((era * 400 + year).try_into().ok()?, month as u8, day as u8).ok()
    }
}

/// How many days the month has; none for a month there is not.
const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

impl FromStr for Date {
    type Err = ValueError;
    fn from_str(text: &str) -> Result<Date, ValueError> {
        let fault = || Date::error(text);
        let number = |range: std::ops::Range<usize>| {
            let digits = text.get(range)?;
            if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse::<u16>().ok() } else { None }
        };
        if text.len() != 10 || text.as_bytes()[4] != b'-' || text.as_bytes()[7] != b'-' {
            return Err(fault());
        }
        match (number(0..4), number(5..7), number(8..10)) {
            // Two digits fit a byte.
            (Some(year), Some(month), Some(day)) => Date::new(year, month as u8, day as u8).map_err(|_| fault()),
            _ => Err(fault()),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        text(from)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl JsonSchema for Date {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // In Python a line break may follow what `$` ends.
        json_schema!({ "type": "string", "pattern": Date::PATTERN, "maxLength": 10 })
    }
}

/// A report year: the statistics cover its 1 January to 31 December. From 2019, when the first edition came.
///
/// ```
/// use ogi_report::Year;
/// assert_eq!("2024".parse::<Year>()?, Year::new(2024)?);
/// assert!(Year::new(2018).is_err());
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(u16);

impl Year {
    /// The first year of the national form.
    pub const FIRST: u16 = 2019;
    /// The last year that is accepted.
    pub const LAST: u16 = 2099;

    /// The report year `year`.
    ///
    /// # Errors
    /// - [`ValueError`] if it is before 2019 or after 2099.
    pub fn new(year: u16) -> Result<Year, ValueError> {
        if (Year::FIRST..=Year::LAST).contains(&year) { Ok(Year(year)) } else { Err(Year::error(&year)) }
    }

    fn error(found: &dyn fmt::Display) -> ValueError {
        let (first, last) = (Year::FIRST, Year::LAST);
        let words = [format!("{first} 至 {last} 的报告年度"), format!("a report year from {first} to {last}")];
        ValueError::of_number(words, found)
    }

    /// The year as a plain integer.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl FromStr for Year {
    type Err = ValueError;
    /// From four digits.
    fn from_str(text: &str) -> Result<Year, ValueError> {
        let digits = Some(text).filter(|text| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()));
        let year = digits.and_then(|digits| digits.parse().ok()).and_then(|year| Year::new(year).ok());
        year.ok_or_else(|| Year::error(&shortened(text)))
    }
}

impl TryFrom<u16> for Year {
    type Error = ValueError;
    fn try_from(year: u16) -> Result<Year, ValueError> {
        Year::new(year)
    }
}

impl From<Year> for u16 {
    fn from(year: Year) -> u16 {
        year.0
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Year, D::Error> {
        let found = whole(from)?;
        u16::try_from(found).map_err(|_| Year::error(&found)).and_then(Year::new).map_err(de::Error::custom)
    }
}

impl Serialize for Year {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u16(self.0)
    }
}

impl JsonSchema for Year {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "year".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": Year::FIRST, "maximum": Year::LAST })
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn every_day_of_the_calendar_follows_the_one_before() {
        // The calendar comes back to where it was after 400 years, of 146,097 days.
        let first = Date::new(2000, 1, 1).unwrap();
        let days = (2000..2400).flat_map(|year| {
            (0..=13).flat_map(move |month| (0..=32).filter_map(move |day| Date::new(year, month, day).ok()))
        });
        let mut count = 0;
        for (number, day) in days.enumerate() {
            assert_eq!(day.days_after(first), number as i32, "{day}");
            assert_eq!(first.plus(number as i32), Some(day));
            count += 1;
        }
        assert_eq!(count, 146_097);
        let (origin, last) = (Date::new(0, 1, 1).unwrap(), Date::new(9999, 12, 31).unwrap());
        assert_eq!(last.days_after(origin), 25 * 146_097 - 1);
        assert_eq!((last.plus(1), origin.plus(-1), origin.plus(i32::MAX)), (None, None, None));
    }
}
