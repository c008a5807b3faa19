//! A statement of the prose that was compared with the tables.

use serde::Serialize;

use crate::form::Cell;
use crate::narrative::Section;
use crate::place::Place;

/// What the prose says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Saying {
    /// Which year the report is for.
    Period,
    /// How many requests there were, and how they ended; how many proceedings, documents, decisions.
    Counts,
    /// How much money was collected.
    Amounts,
    /// That there were none.
    Denials,
    /// A whole and its parts.
    Sums,
    /// A share of a whole.
    Percentages,
}

impl Saying {
    pub(super) const ALL: [Saying; 6] =
        [Saying::Period, Saying::Counts, Saying::Amounts, Saying::Denials, Saying::Sums, Saying::Percentages];
}

/// What a sentence says, and what the tables have for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Statement {
    /// What kind of statement it is.
    pub saying: Saying,
    /// The section it is in; none before the first.
    pub section: Option<Section>,
    /// Where its sentence begins.
    pub place: Option<Place>,
    /// The sentence, without white space.
    pub sentence: String,
    /// What it says, in its words: 258件, 33.9%, 未收到申请.
    pub stated: String,
    /// What it can mean by that, the likeliest first.
    pub meanings: Vec<Meaning>,
    /// Whether one of them fits.
    pub fits: bool,
}

/// Something that a statement can mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Meaning {
    /// Its name, in the words of the form: 本年新收与上年结转之和.
    pub name: String,
    /// What the tables have for it; with ≥ where some of its cells are blank.
    pub value: String,
    /// The cells that are added up.
    pub cells: Vec<Cell>,
    /// Those that are taken away.
    pub less: Vec<Cell>,
}

impl Meaning {
    /// One that is no sum of cells.
    pub(super) fn plain(name: impl Into<String>, value: impl Into<String>) -> Meaning {
        Meaning { name: name.into(), value: value.into(), cells: vec![], less: vec![] }
    }
}

impl Statement {
    /// The cells of the likeliest meaning.
    pub(crate) fn cells(&self) -> &[Cell] {
        self.meanings.first().map_or(&[], |meaning| &meaning.cells)
    }
}
