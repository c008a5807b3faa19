//! The numbers a cell can hold: counts, signed changes and amounts of money.
//!
//! Counts are whole, `0 ≤ n ≤ 2^53 − 1`, so that readers that know only doubles keep them exact (the form's largest
//! known cell has eight digits). Money is a decimal with at most fifteen digits before and six after the point. No
//! figure of a text or of JSON passes through a float, but for a JSON number written with a point, `1.0`; the cells of a
//! workbook are floats.
//!
//! ```
//! use ogi_report::number::{Amount, Count, LARGEST_COUNT};
//! assert_eq!(Count::new(LARGEST_COUNT)?.get(), LARGEST_COUNT);
//! assert_eq!("12.50".parse::<Amount>()?.to_string(), "12.50");
//! # Ok::<(), ogi_report::ValueError>(())
//! ```
//!
//! What is not checked here: how the numbers of a report belong together. See [`RULES`](crate::RULES).

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::shortened;
use crate::value_error::ValueError;
use crate::wire::text;

/// The largest count: 2^53 − 1.
pub const LARGEST_COUNT: u64 = 9_007_199_254_740_991;

/// A number of things: 件 or 项. Whole, `0 ≤ n ≤ 2^53 − 1`.
///
/// ```
/// use ogi_report::Count;
/// assert_eq!(Count::new(23_962)?.get(), 23_962);
/// assert!(Count::new(1 << 53).is_err());
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(u64);

impl Count {
    /// No things at all: a printed 0, never a blank.
    pub const ZERO: Count = Count(0);

    /// The count `value`.
    ///
    /// # Errors
    /// - [`ValueError`] if `value` is over 2^53 − 1.
    pub fn new(value: u64) -> Result<Count, ValueError> {
        if value <= LARGEST_COUNT { Ok(Count(value)) } else { Err(Count::error(&value)) }
    }

    fn error(found: &dyn fmt::Display) -> ValueError {
        let words = [format!("从 0 到 {LARGEST_COUNT} 的整数"), format!("a whole number from 0 to {LARGEST_COUNT}")];
        ValueError::of_number(words, found)
    }

    /// The count as a plain integer.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl From<u32> for Count {
    fn from(value: u32) -> Count {
        Count(value.into())
    }
}

impl TryFrom<u64> for Count {
    type Error = ValueError;
    fn try_from(value: u64) -> Result<Count, ValueError> {
        Count::new(value)
    }
}

impl FromStr for Count {
    type Err = ValueError;
    /// From digits alone.
    fn from_str(text: &str) -> Result<Count, ValueError> {
        let digits = Some(text).filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()));
        let count = digits.and_then(|digits| digits.parse().ok()).and_then(|value| Count::new(value).ok());
        count.ok_or_else(|| Count::error(&shortened(text)))
    }
}

impl From<Count> for u64 {
    fn from(count: Count) -> u64 {
        count.0
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A signed change against last year, 本年增/减: `+2`, `-8`. Edition 2019 only.
///
/// ```
/// use ogi_report::Change;
/// assert_eq!(Change::new(-8)?, Change::from(-8));
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Change(i64);

impl Change {
    /// No change.
    pub const ZERO: Change = Change(0);

    /// The change `value`.
    ///
    /// # Errors
    /// - [`ValueError`] if `value` is beyond ±(2^53 − 1).
    pub fn new(value: i64) -> Result<Change, ValueError> {
        if value.unsigned_abs() <= LARGEST_COUNT {
            Ok(Change(value))
        } else {
            let words = [
                format!("从 -{LARGEST_COUNT} 到 {LARGEST_COUNT} 的整数"),
                format!("a whole number from -{LARGEST_COUNT} to {LARGEST_COUNT}"),
            ];
            Err(ValueError::of_number(words, value))
        }
    }

    /// The change as a plain integer.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl From<i32> for Change {
    fn from(value: i32) -> Change {
        Change(value.into())
    }
}

impl TryFrom<i64> for Change {
    type Error = ValueError;
    fn try_from(value: i64) -> Result<Change, ValueError> {
        Change::new(value)
    }
}

impl From<Change> for i64 {
    fn from(change: Change) -> i64 {
        change.0
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An amount of money, zero or more, exact, with the decimals it was given with. The unit stands with the cell.
///
/// In JSON it is a string such as `"24252.311082"`, so that no reader turns it into a float.
///
/// ```
/// use ogi_report::Amount;
/// let amount: Amount = "59237.2449".parse()?;
/// assert_eq!(amount.to_string(), "59237.2449");
/// assert!("1e3".parse::<Amount>().is_err());
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

impl Amount {
    /// No money: a printed 0, never a blank.
    pub const ZERO: Amount = Amount(Decimal::ZERO);
    /// How an amount is written in JSON.
    pub const PATTERN: &'static str = r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$";

    const EXPECTED: [&'static str; 2] = [
        "不小于 0、小数点前不超过十五位、小数不超过六位的金额",
        "an amount of 0 or more with at most 15 digits before and 6 after the point",
    ];

    /// The amount `value`.
    ///
    /// # Errors
    /// - [`ValueError`] if it is negative, or has more than 15 digits before or 6 after the point.
    pub fn new(value: Decimal) -> Result<Amount, ValueError> {
        if value < Decimal::ZERO || value.scale() > 6 || value >= Decimal::from(1_000_000_000_000_000_u64) {
            return Err(ValueError::of_number(Amount::EXPECTED, value));
        }
        Ok(Amount(value.abs()))
    }

    /// The amount as a decimal.
    pub const fn get(self) -> Decimal {
        self.0
    }
}

impl FromStr for Amount {
    type Err = ValueError;
    fn from_str(text: &str) -> Result<Amount, ValueError> {
        let fault = || ValueError::new(Amount::EXPECTED, text);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| {
            !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 15) || !digits(fraction, 6) || whole.len() > 1 && whole.starts_with('0') {
            return Err(fault());
        }
        Decimal::from_str_exact(text).map_err(|_| fault()).and_then(Amount::new)
    }
}

impl TryFrom<Decimal> for Amount {
    type Error = ValueError;
    fn try_from(value: Decimal) -> Result<Amount, ValueError> {
        Amount::new(value)
    }
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Decimal {
        amount.0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The unit that a page states beside an amount of money. Where the form fixes the unit, as for 行政事业性收费, nothing
/// need be stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "amount_unit", transform = crate::wire::plain_enum)]
pub enum AmountUnit {
    /// 元
    Yuan,
    /// 万元
    WanYuan,
    /// No unit is printed.
    #[default]
    Unstated,
}

/// So many 元 are 1 万元.
pub(crate) const YUAN_IN_WAN: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

impl AmountUnit {
    /// The Chinese word; empty where none is printed.
    pub const fn word(self) -> &'static str {
        match self {
            AmountUnit::Yuan => "元",
            AmountUnit::WanYuan => "万元",
            AmountUnit::Unstated => "",
        }
    }
}

/// An amount of money and the unit that the page states beside it. The form prescribes none, and it is never converted.
///
/// ```
/// use ogi_report::{AmountUnit, Money};
/// let money = Money { amount: "103.3879".parse()?, unit: AmountUnit::WanYuan };
/// assert_eq!(format!("{}{}", money.amount, money.unit.word()), "103.3879万元");
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// The amount.
    pub amount: Amount,
    /// Its unit.
    pub unit: AmountUnit,
}

impl Money {
    /// No money, no unit.
    pub const ZERO: Money = Money { amount: Amount::ZERO, unit: AmountUnit::Unstated };
}

/// A figure of any cell of the form: what all cells are when they are treated alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    /// Things counted, 件 or 项.
    Count(Count),
    /// A signed change, 本年增/减.
    Change(Change),
    /// Money, and its unit.
    Amount(Amount, AmountUnit),
}

impl From<Count> for Figure {
    fn from(count: Count) -> Figure {
        Figure::Count(count)
    }
}

impl From<Change> for Figure {
    fn from(change: Change) -> Figure {
        Figure::Change(change)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Figure::Count(count) => count.fmt(f),
            Figure::Change(change) => change.fmt(f),
            Figure::Amount(amount, _) => amount.fmt(f),
        }
    }
}

/// A number as a page prints it, which may be no legal count: `-3`, `1.5`, `24252.311082`. Exact, up to 28 digits.
///
/// ```
/// use ogi_report::Number;
/// let number: Number = "24252.311082".parse()?;
/// assert_eq!((number.whole(), number.to_string()), (None, "24252.311082".to_owned()));
/// # Ok::<(), ogi_report::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Number(Repr);

impl PartialEq for Number {
    /// As numbers: 5 and 5.00 are equal.
    fn eq(&self, other: &Number) -> bool {
        match (self.0, other.0) {
            (Repr::Whole(left), Repr::Whole(right)) => left == right,
            _ => self.decimal() == other.decimal(),
        }
    }
}

impl Eq for Number {}

/// Whole numbers are by far the most and are kept as machine integers.
#[derive(Clone, Copy, Debug)]
enum Repr {
    Whole(i64),
    Exact(Decimal),
}

impl Number {
    /// The whole number, if it is one within ±(2^53 − 1).
    #[inline]
    pub fn whole(self) -> Option<i64> {
        match self.0 {
            Repr::Whole(whole) => Some(whole),
            Repr::Exact(decimal) => whole_of(decimal),
        }
    }

    /// The number as a decimal.
    pub fn decimal(self) -> Decimal {
        match self.0 {
            Repr::Whole(whole) => Decimal::from(whole),
            Repr::Exact(decimal) => decimal,
        }
    }
}

/// The whole number a decimal is, such as 5.00, if it is one within ±(2^53 − 1).
#[cold]
fn whole_of(decimal: Decimal) -> Option<i64> {
    if !decimal.fract().is_zero() {
        return None;
    }
    i64::try_from(decimal.trunc().mantissa()).ok().filter(|whole| whole.unsigned_abs() <= LARGEST_COUNT)
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        if value.unsigned_abs() <= LARGEST_COUNT {
            Number(Repr::Whole(value))
        } else {
            Number(Repr::Exact(Decimal::from(value)))
        }
    }
}

impl From<Decimal> for Number {
    fn from(value: Decimal) -> Number {
        match i64::try_from(value.mantissa()) {
            Ok(whole) if value.scale() == 0 => Number::from(whole),
            _ => Number(Repr::Exact(value)),
        }
    }
}

impl FromStr for Number {
    type Err = ValueError;
    /// From digits, a sign and a point, as a number is written here.
    fn from_str(text: &str) -> Result<Number, ValueError> {
        let number = Decimal::from_str_exact(text).ok().filter(|_| !text.contains('_'));
        number.map(Number::from).ok_or_else(|| ValueError::new(["数字，如 12.5", "a number such as 12.5"], text))
    }
}

impl From<Figure> for Number {
    fn from(figure: Figure) -> Number {
        match figure {
            // A count is at most 2^53 − 1.
            Figure::Count(count) => Number(Repr::Whole(count.get() as i64)),
            Figure::Change(change) => Number(Repr::Whole(change.get())),
            Figure::Amount(amount, _) => Number::from(amount.get()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Repr::Whole(whole) => whole.fmt(f),
            Repr::Exact(decimal) => decimal.fmt(f),
        }
    }
}

// ---- JSON ----------------------------------------------------------------------------------------

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Count, D::Error> {
        let whole = whole(from)?;
        u64::try_from(whole)
            .map(Count)
            .map_err(|_| de::Error::invalid_value(Unexpected::Signed(whole), &"a whole number of 0 or more"))
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(self.0)
    }
}

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Change, D::Error> {
        whole(from).map(Change)
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Amount, D::Error> {
        text(from)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "count".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 0, "maximum": LARGEST_COUNT })
    }
}

impl JsonSchema for Change {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "change".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": -(LARGEST_COUNT as i64), "maximum": LARGEST_COUNT })
    }
}

impl JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "amount".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": Amount::PATTERN })
    }
}

/// Reads a whole number within ±(2^53 − 1).
pub(crate) fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    // Any, not an integer: inside an untagged enum serde would refuse 1.0 unseen.
    from.deserialize_any(WholeVisitor)
}

/// A whole number of JSON: `1` and `1.0` are the same number there.
struct WholeVisitor;

impl Visitor<'_> for WholeVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number of at most {LARGEST_COUNT}")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        if value <= LARGEST_COUNT {
            Ok(value as i64)
        } else {
            Err(E::invalid_value(Unexpected::Unsigned(value), &self))
        }
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        if value.unsigned_abs() <= LARGEST_COUNT {
            Ok(value)
        } else {
            Err(E::invalid_value(Unexpected::Signed(value), &self))
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<i64, E> {
        // Every whole double in this range converts exactly.
        if value.fract() == 0.0 && value.abs() <= LARGEST_COUNT as f64 {
            Ok(value as i64)
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }
}
