//! A cell as printed.

use std::borrow::Cow;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::printed::{Printed, Status};
use crate::form::{Kind, Unit};
use crate::language::Language;
use crate::number::{Amount, AmountUnit, Count, Figure, Number, YUAN_IN_WAN};
use crate::place::Place;
use crate::wire::plain_enum;

/// How a number came into a cell that the page does not print as one cell of a row with its label: put there because the
/// caller asked for it by name, or found by the rules, which left one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "origin", transform = plain_enum)]
#[non_exhaustive]
pub enum Origin {
    /// Assumed: the cell is blank and was taken for 0.
    BlankAsZero,
    /// Assumed: the cell holds a mark for "not applicable", `/`, and was taken for 0.
    NotApplicableAsZero,
    /// Assumed: the total is blank or missing and was derived from its parts.
    TotalFromParts,
    /// Inferred: cells ran together, `640020470`; of all ways to cut them one satisfies the identities.
    Cut,
    /// Inferred: the figure was broken over lines; joined, the totals are right.
    Joined,
    /// Inferred: the label is lost or stands elsewhere; the figures were placed by their order, and the totals are right.
    Placed,
}

impl Origin {
    /// Whether the number is not printed, but was put there because the caller asked for it.
    pub const fn is_assumed(self) -> bool {
        matches!(self, Origin::BlankAsZero | Origin::NotApplicableAsZero | Origin::TotalFromParts)
    }

    /// Whether the number is printed, and the rules found which cell it is of.
    pub const fn is_inferred(self) -> bool {
        !self.is_assumed()
    }

    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        language.of(match self {
            Origin::BlankAsZero => ["空白按 0 计", "a blank taken for 0"],
            Origin::NotApplicableAsZero => ["“不适用”按 0 计", "not applicable, taken for 0"],
            Origin::TotalFromParts => ["由各项相加得出", "derived from its parts"],
            Origin::Cut => ["按勾稽关系切分", "cut so that the sums are right"],
            Origin::Joined => ["断行合并", "joined over a line break"],
            Origin::Placed => ["按次序定位", "placed by its order"],
        })
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
    origin: Option<Origin>,
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
            origin: None,
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

    /// The same cell, its number inferred in this way. A cell without a number stays as it is, and so does any if the number
    /// would be assumed.
    #[must_use]
    pub fn inferred(self, origin: Origin) -> PublishedCell {
        PublishedCell { origin: self.number.map(|_| origin).filter(|origin| origin.is_inferred()), ..self }
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
    pub(crate) fn assumed(self, number: Number, origin: Origin) -> PublishedCell {
        PublishedCell { status: Status::Number, number: Some(number), origin: Some(origin), ..self }
    }

    /// What is in the cell.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The number, if one is there or was assumed.
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

    /// How the number came here, where the page does not print it as one cell of a row with its label.
    pub fn origin(&self) -> Option<Origin> {
        self.origin
    }

    /// Whether the number is not printed, but was put there because the caller asked for it.
    pub(crate) fn is_assumed(&self) -> bool {
        self.origin.is_some_and(Origin::is_assumed)
    }

    /// Whether the rules found which cell the number is of.
    pub(crate) fn is_inferred(&self) -> bool {
        self.origin.is_some_and(Origin::is_inferred)
    }

    /// What the cell can hold, where its figures ran together with others and the rules leave more than one cut open.
    pub fn candidates(&self) -> impl ExactSizeIterator<Item = &str> {
        self.candidates.as_deref().unwrap_or_default().iter().map(|candidate| &**candidate)
    }

    /// Where the cell is in the source.
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
}

impl PublishedCell {
    /// The unit printed with an amount, or the one that the form, whose unit this is, fixes: 2.5 and 2.5万元 are one amount in a
    /// column of 万元.
    pub(crate) fn unit_in(&self, unit: Unit) -> AmountUnit {
        match (self.unit, unit) {
            (AmountUnit::Unstated, Unit::WanYuan) => AmountUnit::WanYuan,
            (printed, _) => printed,
        }
    }

    /// The amount in 元; `None` where the cell holds none, or where neither the page nor the form, whose unit this is, says in
    /// which unit it is. No money is none in every unit.
    pub(crate) fn yuan(&self, unit: Unit) -> Option<Decimal> {
        let amount = Amount::new(self.number()?.decimal()).ok()?.get();
        match self.unit_in(unit) {
            AmountUnit::Yuan => Some(amount),
            AmountUnit::WanYuan => amount.checked_mul(YUAN_IN_WAN),
            AmountUnit::Unstated => Some(amount).filter(Decimal::is_zero),
        }
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
pub(crate) fn kept(printed: &str) -> Cow<'static, str> {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    match printed.as_bytes() {
        [digit @ b'0'..=b'9'] => Cow::Borrowed(DIGITS[usize::from(digit - b'0')]),
        _ => Cow::Owned(printed.to_owned()),
    }
}

/// Whether `number` is one that a cell of this kind can hold.
pub(crate) fn in_domain(number: Number, kind: Kind) -> bool {
    match kind {
        Kind::Count => number.whole().is_some_and(|whole| whole >= 0),
        Kind::Change => number.whole().is_some(),
        Kind::Amount => Amount::new(number.decimal()).is_ok(),
    }
}

/// Whether the unit printed in a cell is one the form allows there: 元 in a cell of 万元 is another amount, unless it is 0,
/// and money is no count.
pub(crate) fn fits_unit(cell: &PublishedCell, unit: Unit) -> bool {
    match unit {
        Unit::WanYuan => {
            cell.amount_unit() != AmountUnit::Yuan || cell.number().is_some_and(|number| number.decimal().is_zero())
        }
        Unit::Pieces | Unit::Items => cell.amount_unit() == AmountUnit::Unstated,
        Unit::AsPrinted => true,
    }
}
