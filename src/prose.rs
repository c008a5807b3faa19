//! What the prose says, against the tables: counts, denials, sums inside a sentence, percentages, the period.
//!
//! A sentence is read once: its figures, the words around them, what is spoken of, of whom and when. Each word is read with
//! what it is known to mean, as `words.txt` of this crate lists it, and a statement is wrong only if it fits none of its
//! meanings. What is not exact (近300件, 18万余条), is about another time, a channel, one matter or other bodies, is left alone.
//!
//! ```
//! use ogi_report::{Layout, PublishedReport};
//! let mut report = PublishedReport::zeros(Layout::EDITION_2021);
//! let overview = r#"{"title":"一、总体情况","parts":[{"text":"全年收到政府信息公开申请3件，未发生行政复议。"}]}"#;
//! report.facts.overview = Some(serde_json::from_str(overview)?);
//! let statements = report.statements().expect("not too many");
//! let [count, denial] = statements.as_slice() else { panic!("{statements:?}") };
//! assert_eq!((count.stated.as_str(), count.fits), ("3件", false));
//! assert_eq!((count.meanings[0].name.as_str(), count.meanings[0].value.as_str()), ("本年新收", "0"));
//! assert_eq!(count.meanings[0].cells[0].path(), "requests.received.total");
//! assert_eq!((denial.stated.as_str(), denial.fits), ("未发生行政复议", true));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod amounts;
mod context;
mod counts;
mod denials;
mod period;
mod sentence;
mod shares;
mod statement;
mod subject;
mod sum;
mod words;

use crate::published::PublishedReport;

pub(crate) use context::covers_region;
pub(crate) use period::period_of_report;
pub(crate) use sentence::{Sentence, chinese, sentences};
pub use statement::{Meaning, Saying, Statement};

/// The statements of this kind in the sentences.
pub(crate) fn said(report: &PublishedReport, saying: Saying, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    match saying {
        Saying::Period => {
            let mut found = period::periods(report, sentences);
            found.extend(counts::stale_years(report, sentences));
            found
        }
        Saying::Counts => counts::counts(report, sentences),
        Saying::Amounts => amounts::amounts(report, sentences),
        Saying::Denials => denials::denials(report, sentences),
        Saying::Sums => shares::sums(sentences),
        Saying::Percentages => shares::percentages(report, sentences),
    }
}

impl PublishedReport {
    /// What the prose claims, as far as the tables can tell: each statement with what it can mean, and whether that fits.
    /// By kind, then in the order of the text. `None` where the prose is too long for a report (1 MiB, 10,000 figures).
    pub fn statements(&self) -> Option<Vec<Statement>> {
        let sentences = sentences(self)?;
        Some(Saying::ALL.into_iter().flat_map(|saying| said(self, saying, &sentences)).collect())
    }
}
