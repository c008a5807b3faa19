//! What the prose says, against the tables: counts, denials, sums inside a sentence, percentages, the period.
//!
//! Words are read with what they are known to mean, and a statement is wrong only if it fits none of its meanings. What is
//! not exact (近300件, 18万余条), is about another time, a channel, a subject or other bodies, is left alone.

mod context;
mod counts;
mod denials;
mod meaning;
mod period;
mod sentence;
mod shares;
mod statement;
mod vocabulary;

pub(crate) use counts::counts;
pub(crate) use denials::denials;
pub(crate) use period::{period_of_report, periods};
pub(crate) use sentence::{Sentence, chinese, sentences};
pub(crate) use shares::{percentages, sums};
pub(crate) use statement::Statement;
