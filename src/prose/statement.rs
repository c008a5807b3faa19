//! A statement of the prose that was compared with the tables.

use super::sentence::Sentence;
use crate::form::Cell;
use crate::narrative::Section;
use crate::place::Place;

/// What a sentence says, and what the tables have for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement<'s> {
    /// The section it is in; none before the first.
    pub section: Option<Section>,
    /// Where its sentence begins.
    pub place: Option<Place>,
    /// The sentence, without white space.
    pub sentence: &'s str,
    /// What it says: 258件, 33.9%, 未收到申请.
    pub stated: String,
    /// What it can mean by that, with the value of each meaning.
    pub meanings: Vec<(String, String)>,
    /// The cells of the first meaning.
    pub cells: Vec<Cell>,
    /// Whether one of them fits.
    pub fits: bool,
}

impl<'s> Statement<'s> {
    pub(super) fn of(
        sentence: &'s Sentence<'_>,
        stated: String,
        meanings: Vec<(String, String)>,
        fits: bool,
    ) -> Statement<'s> {
        let (section, place, text) = (sentence.section, sentence.place.clone(), &sentence.text);
        Statement { section, place, sentence: text, stated, meanings, cells: vec![], fits }
    }
}
