//! Many documents, one after another: lines of JSON, files, the members of an archive. One that is wrong never stops the
//! others, and says where it is.
//!
//! # Memory
//! [`run`] holds one document at a time, [`run_parallel`](#functions) a group of at most 64 with 1 MiB, or with one more that is
//! larger, and what came of them. It pays where there is more to do than to read: two threads read and check reports 1.7 times
//! as fast; who only reads JSON gains nothing by it, and can lose.
//!
//! ```
//! use std::ops::ControlFlow;
//! use ogi_report::{PublishedReport, stream};
//!
//! let right = serde_json::to_string(&PublishedReport::zeros(ogi_report::Layout::EDITION_2021))?;
//! let lines = format!("{right}\nno report\n{right}\n");
//!
//! let (mut findings, mut faults) = (Vec::new(), Vec::new());
//! let work = |input: stream::Input| Ok(input.report()?.check());
//! let progress = stream::run(stream::lines(lines.as_bytes()), work, |_, result| {
//!     match result {
//!         // Each on a line, as it comes.
//!         Ok(checked) => stream::write_line(&mut findings, &checked).expect("memory takes all"),
//!         Err(failed) => faults.push(failed.to_string()),
//!     }
//!     ControlFlow::Continue(())
//! });
//! assert_eq!((progress.documents, progress.failed), (3, 1));
//! assert_eq!(findings.iter().filter(|byte| **byte == b'\n').count(), 2);
//! assert!(faults[0].starts_with("line 2, byte "), "{faults:?}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With the feature `parallel`, [`run_parallel`] does the same on all cores, in the same order. With the feature `archive`,
//! [`Zip`] and [`Tar`] give the files of an archive.

#[cfg(feature = "archive")]
mod archive;
mod input;
mod line;

use std::io::{self, Write};
use std::ops::ControlFlow;

use serde::Serialize;

#[cfg(feature = "archive")]
pub use archive::{Tar, Zip};
pub use input::{At, Failed, Input, MOST_BYTES, Reason, fetched, files};
pub use line::{Lines, lines};

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many documents were worked on, those that failed among them.
    pub documents: u64,
    /// How many of them failed.
    pub failed: u64,
    /// How many bytes those had that could be had.
    pub bytes: u64,
}

impl Progress {
    fn counts<T>(&mut self, bytes: u64, result: &Result<T, Failed>) {
        self.documents += 1;
        self.failed += u64::from(result.is_err());
        self.bytes += bytes;
    }
}

/// The work on a document, with its size.
fn worked<T>(input: Result<Input, Failed>, work: impl Fn(Input) -> Result<T, Failed>) -> (u64, Result<T, Failed>) {
    match input {
        Ok(input) => (input.bytes.len() as u64, work(input)),
        Err(failed) => (0, Err(failed)),
    }
}

/// Works on each document in turn. `each` takes what came of it, and how far the run is with it; it can end the run.
pub fn run<T>(
    inputs: impl IntoIterator<Item = Result<Input, Failed>>,
    work: impl Fn(Input) -> Result<T, Failed>,
    mut each: impl FnMut(&Progress, Result<T, Failed>) -> ControlFlow<()>,
) -> Progress {
    let mut progress = Progress::default();
    for input in inputs {
        let (bytes, result) = worked(input, &work);
        progress.counts(bytes, &result);
        if each(&progress, result).is_break() {
            break;
        }
    }
    progress
}

/// The same on all cores, or in the pool of `rayon` that it is called in: documents are worked on in groups, and `each` is
/// called on the thread that called this, in the order of the documents. Where it ends the run, the rest of its group has been
/// worked on in vain.
#[cfg(feature = "parallel")]
pub fn run_parallel<T: Send>(
    inputs: impl IntoIterator<Item = Result<Input, Failed>>,
    work: impl Fn(Input) -> Result<T, Failed> + Sync,
    mut each: impl FnMut(&Progress, Result<T, Failed>) -> ControlFlow<()>,
) -> Progress {
    use rayon::iter::{IntoParallelIterator, ParallelIterator};
    let (mut inputs, mut progress) = (inputs.into_iter().fuse(), Progress::default());
    loop {
        let group = group_of(&mut inputs);
        if group.is_empty() {
            return progress;
        }
        let results: Vec<_> = group.into_par_iter().map(|input| worked(input, &work)).collect();
        for (bytes, result) in results {
            progress.counts(bytes, &result);
            if each(&progress, result).is_break() {
                return progress;
            }
        }
    }
}

/// The next documents, as many as are held at a time.
#[cfg(feature = "parallel")]
fn group_of(inputs: &mut impl Iterator<Item = Result<Input, Failed>>) -> Vec<Result<Input, Failed>> {
    const MOST_DOCUMENTS: usize = 64;
    const ENOUGH_BYTES: usize = 1 << 20;
    let mut group = Vec::new();
    let mut bytes = 0;
    while group.len() < MOST_DOCUMENTS && bytes < ENOUGH_BYTES {
        let Some(input) = inputs.next() else { break };
        bytes += input.as_ref().map_or(0, |input| input.bytes.len());
        group.push(input);
    }
    group
}

/// Writes a document on a line by itself: a report, or what a check found. Give it a writer with a buffer.
///
/// # Errors
/// Any error of the writer, and of a document that is no JSON.
pub fn write_line(to: &mut impl Write, document: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, document)?;
    to.write_all(b"\n")
}
