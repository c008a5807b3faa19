//! Figures that ran together: `640020470`.
//!
//! Every way to cut a row is looked at, and the rows of table two together: a way is possible where it is part of a reading of
//! all rows that satisfies the sums of the rows and of their columns. A page can print a wrong figure, which no reading makes
//! right: then each reading counts that breaks no sum but those of one [`Slip`].

use std::collections::BTreeSet;

use super::{PATIENCE, Reconstruction, count, is_digits};
use crate::form::{Cell, Kind};
use crate::number::Number;
use crate::published::cell::{Origin, PublishedCell};
use crate::published::printed::Printed;
use crate::read::figures::{Figures, Value};
use crate::read::lines::Line;
use crate::rule::Balance;

/// How many steps the rows of a page may take together before their columns are looked at.
const PATIENCE_FOR_ROWS: u32 = 5 * PATIENCE;
/// How many ways of cutting a row are kept; what has more is open.
const MOST_CUTS: usize = 4096;
/// How many values are listed for a cell whose cut is open.
const MOST_CANDIDATES: usize = 256;

/// A way to cut a row into its cells; a cell that nothing is left of is empty.
type Cut<'a> = Vec<&'a str>;

impl Reconstruction<'_> {
    /// Cuts the rows whose figures ran together.
    pub(super) fn cut(&mut self, events: &mut [Figures<'_>]) {
        let open = self.rows_to_cut(events);
        // Only table two has columns that hold.
        let rows: Vec<&Open<'_>> = open.iter().filter(|open| open.is_request).collect();
        let mut possible = self.column_sums(&rows).and_then(|columns| columns.solve().ok()?).into_iter().flatten();
        for open in &open {
            let possible = if open.is_request { possible.next() } else { None };
            self.take_cuts(open, &possible.unwrap_or_else(|| open.alone()));
            events[open.event].read = true;
        }
    }

    /// The rows whose figures ran together, each with all ways to cut it.
    fn rows_to_cut<'a>(&self, events: &[Figures<'a>]) -> Vec<Open<'a>> {
        let mut open: Vec<Open<'a>> = Vec::new();
        let mut left = PATIENCE_FOR_ROWS;
        for (event, figures) in events.iter().enumerate().filter(|(_, figures)| !figures.read) {
            let row = figures.row;
            let cells = match row {
                Some(row) if !self.seen[row] => &self.shape.rows[row].cells,
                None if figures.proceedings => &self.shape.proceedings,
                _ => continue,
            };
            let runs: Vec<Value<'a>> = figures.values.iter().filter(|value| !value.is_blank()).copied().collect();
            let Some(&Value { line, .. }) = runs.first() else { continue };
            // A row whose cells are apart has lost figures, not borders.
            let one_line = runs.iter().all(|run| run.line.origin == line.origin && run.line.run_together);
            if runs.len() >= cells.len() || !one_line || open.iter().any(|open| open.row == row) {
                continue;
            }
            let sums = self.sums(cells);
            let mut all_cuts = |sums| {
                let mut patience = left.min(PATIENCE);
                left -= patience;
                let cuts = Cuts::all(&runs, cells, sums, &[], &mut patience);
                left += patience;
                cuts.unwrap_or_default()
            };
            let mut cuts = all_cuts(&sums);
            // A page can print a wrong total: then every cut is possible, and the columns decide.
            let balanced = !cuts.is_empty();
            if !balanced && !sums.is_empty() {
                cuts = all_cuts(&[]);
            }
            if !cuts.is_empty() {
                let is_request = row.is_some_and(|row| self.shape.rows[row].is_request());
                open.push(Open { event, row, is_request, cells, sums, runs, line, cuts, balanced });
            }
        }
        open
    }

    /// Takes the cells of a row that was cut: where its cuts agree, and nothing is lost, the figure; else all they have.
    fn take_cuts(&mut self, open: &Open<'_>, possible: &Possible<'_>) {
        let cell = |column: usize| {
            let of_column = || possible.cuts.iter().map(|cut| cut[column]);
            let found: BTreeSet<&str> = of_column().filter(|figure| !figure.is_empty()).collect();
            let Some(first) = of_column().find(|figure| !figure.is_empty()) else { return PublishedCell::not_found() };
            let cell = match found.len() {
                1 if possible.confirmed && of_column().all(|figure| !figure.is_empty()) => {
                    PublishedCell::read(first).inferred(Origin::Cut)
                }
                _ => PublishedCell::open(found.into_iter().take(MOST_CANDIDATES)),
            };
            cell.at(open.line.place_of(first))
        };
        let cells = (0..open.cells.len()).map(cell).collect();
        match open.row {
            Some(row) => self.take_row(row, cells),
            None => self.tables.put(open.cells, cells),
        }
    }

    /// The sums of the columns whose cells are all known or cut; `None` if there are none.
    fn column_sums<'o, 'a>(&self, rows: &'o [&'o Open<'a>]) -> Option<Columns<'o, 'a>> {
        let known = |cell: Cell| self.tables.cell(cell)?.number().and_then(Number::whole);
        let cut = |cell: Cell| rows.iter().position(|open| open.cells.contains(&cell));
        let mut columns = Columns { rows, constants: Vec::new(), terms: vec![Vec::new(); rows.len()] };
        for balance in Balance::all(self.layout).iter().filter(|balance| balance.is_exact()) {
            let sides = [(&balance.equation.left, 1), (&balance.equation.right, -1)];
            let cells = || sides.iter().flat_map(|(cells, sign)| cells.iter().map(|cell| (*cell, *sign)));
            let is_known = |(cell, _)| cut(cell).is_some() || known(cell).is_some();
            // What holds within a row says nothing of its columns.
            let within = || rows.iter().any(|open| cells().all(|(cell, _)| open.cells.contains(&cell)));
            if !cells().any(|(cell, _)| cut(cell).is_some()) || !cells().all(is_known) || within() {
                continue;
            }
            let sum = columns.constants.len();
            columns.constants.push(0);
            for (cell, sign) in cells() {
                match cut(cell) {
                    Some(row) => {
                        let column = rows[row].cells.iter().position(|of| *of == cell)?;
                        columns.terms[row].push(Term { sum, column, sign });
                    }
                    None => columns.constants[sum] += known(cell)? * sign,
                }
            }
        }
        (!columns.constants.is_empty()).then_some(columns)
    }
}

/// A row whose figures ran together.
struct Open<'a> {
    event: usize,
    row: Option<usize>,
    /// Whether it is a row of table two.
    is_request: bool,
    cells: &'static [Cell],
    /// By total: where its parts are.
    sums: Vec<(usize, Vec<usize>)>,
    runs: Vec<Value<'a>>,
    line: &'a Line<'a>,
    cuts: Vec<Cut<'a>>,
    /// Whether the cuts satisfy the row's own sum.
    balanced: bool,
}

impl<'a> Open<'a> {
    /// All cuts of a row that no other confirms. The tables without columns are right where the figures are no fewer however
    /// they are cut, as in 005, or in table three of one digit each: its sums hold then only if nothing is lost, or a figure of
    /// two digits that is a multiple of 11.
    fn alone(&self) -> Possible<'a> {
        // No figure but 0 begins with 0.
        let least: usize = self.runs.iter().map(|run| least_figures(run.text)).sum();
        let digits = || self.cuts[0].iter().map(|cell| cell.len()).sum::<usize>() == self.cells.len();
        let complete = least == self.cells.len() || !self.sums.is_empty() && digits();
        Possible { cuts: self.cuts.clone(), confirmed: !self.is_request && self.balanced && complete }
    }

    fn is_total(&self, column: usize) -> bool {
        self.sums.iter().any(|(total, _)| *total == column)
    }
}

/// What is left of the cuts of a row.
struct Possible<'a> {
    /// The cuts that occur in a reading of all rows.
    cuts: Vec<Cut<'a>>,
    /// Whether something besides the row's own figures says that none of them is lost. What is left of a row can satisfy its
    /// total by chance: its columns must hold too, but for those that slipped, and its total, which the others leave.
    confirmed: bool,
}

/// How many figures a run holds at least.
fn least_figures(run: &str) -> usize {
    let rest = run.trim_start_matches('0');
    // 0.5 begins with its 0.
    let zeros = run.len() - rest.len() - usize::from(rest.starts_with('.'));
    zeros + usize::from(!rest.is_empty())
}

// ---- The columns of table two --------------------------------------------------------------------

/// The rows of table two that are to be cut, and the sums that go through several rows.
struct Columns<'o, 'a> {
    rows: &'o [&'o Open<'a>],
    /// By sum: what the cells contribute that are known.
    constants: Vec<i64>,
    /// By row: what its cells contribute.
    terms: Vec<Vec<Term>>,
}

#[derive(Clone, Copy)]
struct Term {
    sum: usize,
    column: usize,
    sign: i64,
}

/// What is wrong with a row as printed, or lost: the sums that go through these columns need not hold.
struct Slip<'a> {
    row: usize,
    columns: Vec<usize>,
    /// How the row can be cut then.
    cuts: Vec<Cut<'a>>,
}

/// A search that came to no end.
struct TooLong;

/// The ways to cut a row.
struct Choices<'o, 'a> {
    cuts: &'o [Cut<'a>],
    /// By cut: what it adds to each sum.
    added: Vec<Vec<i64>>,
    /// By sum: the least and the most that is added.
    spans: Vec<(i64, i64)>,
}

impl<'a> Columns<'_, 'a> {
    /// What is possible of each row: the readings that break nothing, else those that a slip explains, in each row that does
    /// not add up, or in any where all do; `None` where there is none.
    fn solve(&self) -> Result<Option<Vec<Possible<'a>>>, TooLong> {
        let mut patience = PATIENCE;
        let rows = 0..self.rows.len();
        let choices: Vec<Choices<'_, 'a>> = rows.clone().map(|row| self.choices(row, &self.rows[row].cuts)).collect();
        let choices: Vec<&Choices<'_, 'a>> = choices.iter().collect();
        let unbalanced: Vec<usize> = rows.clone().filter(|row| !self.rows[*row].balanced).collect();
        if unbalanced.is_empty()
            && let Some(found) = self.readings(&choices, &[], &mut patience)?
        {
            return Ok(Some(found));
        }
        let mut found = None;
        let mut explain = |slips: &[&Slip<'a>], patience: &mut u32| -> Result<(), TooLong> {
            join(&mut found, self.readings(&choices, slips, patience)?);
            Ok(())
        };
        match unbalanced.as_slice() {
            [one, other] => {
                let others = self.slips_of_two(*other, &mut patience)?;
                for slip in self.slips_of_two(*one, &mut patience)? {
                    for other in &others {
                        explain(&[&slip, other], &mut patience)?;
                    }
                }
            }
            // Many rows that do not add up: their totals are wrong.
            many @ [_, _, _, ..] => {
                let slips: Vec<Slip<'_>> = many.iter().map(|row| self.slip_of_total(*row)).collect();
                explain(&slips.iter().collect::<Vec<_>>(), &mut patience)?;
            }
            // One row, or any.
            one => {
                let suspects = if let [row] = one { *row..row + 1 } else { rows };
                let with_total = if one.is_empty() { self.slips_of_row_and_total() } else { Vec::new() };
                for slip in with_total {
                    explain(&[&slip], &mut patience)?;
                }
                for row in suspects {
                    for slip in self.slips_alone(row, &choices, &mut patience)? {
                        explain(&[&slip], &mut patience)?;
                    }
                }
            }
        }
        Ok(found)
    }

    /// The total of a row is wrong.
    fn slip_of_total(&self, row: usize) -> Slip<'a> {
        let open = self.rows[row];
        Slip {
            row,
            columns: (0..open.cells.len()).filter(|column| open.is_total(*column)).collect(),
            cuts: open.cuts.clone(),
        }
    }

    /// What may be wrong with one row: a figure, or one is lost, and another beside it wrong; then the figures that are left
    /// look like a row with one wrong figure. What the other rows leave to each cell narrows how the row is cut.
    fn slips_alone(
        &self,
        row: usize,
        choices: &[&Choices<'_, 'a>],
        patience: &mut u32,
    ) -> Result<Vec<Slip<'a>>, TooLong> {
        let columns = 0..self.rows[row].cells.len();
        let mut slips = Vec::new();
        for column in columns.clone() {
            slips.push(self.slip(row, &[column], None, Some(choices), patience)?);
            for beside in columns.clone() {
                slips.push(self.slip(row, &[column, beside], Some(column), Some(choices), patience)?);
            }
        }
        Ok(slips)
    }

    /// What may be wrong with a row where another is wrong too: a figure, or one is lost.
    fn slips_of_two(&self, row: usize, patience: &mut u32) -> Result<Vec<Slip<'a>>, TooLong> {
        let slips = |column| {
            [self.slip(row, &[column], None, None, patience), self.slip(row, &[column], Some(column), None, patience)]
        };
        (0..self.rows[row].cells.len()).flat_map(slips).collect()
    }

    /// How a row can be cut where these of its columns slipped, and one of them may be lost. Of a row that is wrong alone, the
    /// choices of the others narrow that.
    fn slip(
        &self,
        row: usize,
        columns: &[usize],
        lost: Option<usize>,
        choices: Option<&[&Choices<'_, 'a>]>,
        patience: &mut u32,
    ) -> Result<Slip<'a>, TooLong> {
        let open = self.rows[row];
        let slip = Slip { row, columns: columns.to_vec(), cuts: Vec::new() };
        let mut ranges = choices.map_or_else(Vec::new, |choices| self.ranges(&slip, choices));
        let mut cells = open.cells.to_vec();
        if let Some(lost) = lost {
            cells.remove(lost);
            if !ranges.is_empty() {
                ranges.remove(lost);
            }
        }
        let mut cuts = Cuts::all(&open.runs, &cells, &[], &ranges, patience).ok_or(TooLong)?;
        if let Some(lost) = lost {
            cuts.iter_mut().for_each(|cut| cut.insert(lost, ""));
        }
        Ok(Slip { cuts, ..slip })
    }

    /// A figure that is wrong and the total of its row with it: all rows add up, and which it is in is all the same.
    fn slips_of_row_and_total(&self) -> Vec<Slip<'a>> {
        let mut known: Vec<Vec<bool>> = Vec::new();
        let mut slips = Vec::new();
        for (row, open) in self.rows.iter().enumerate() {
            for (part, total) in open.sums.iter().flat_map(|(total, parts)| parts.iter().map(|part| (*part, *total))) {
                let slip = Slip { row, columns: vec![part, total], cuts: open.cuts.clone() };
                let broken = self.broken(&[&slip]);
                if !known.contains(&broken) {
                    known.push(broken);
                    slips.push(slip);
                }
            }
        }
        slips
    }

    /// What each of these ways to cut a row adds to the sums.
    fn choices<'o>(&self, row: usize, cuts: &'o [Cut<'a>]) -> Choices<'o, 'a> {
        let added = |cut: &Cut<'a>| {
            let mut sums = vec![0; self.constants.len()];
            for term in &self.terms[row] {
                // What a lost cell adds is not known, and the sums through it are not looked at.
                sums[term.sum] += term.sign * count(cut[term.column]).unwrap_or(0);
            }
            sums
        };
        let added: Vec<Vec<i64>> = cuts.iter().map(added).collect();
        let span = |sum: usize| {
            let all = || added.iter().map(|sums| sums[sum]);
            (all().min().unwrap_or(0), all().max().unwrap_or(0))
        };
        Choices { cuts, spans: (0..self.constants.len()).map(span).collect(), added }
    }

    /// What the other rows and the sums that hold leave to each cell of the row that slipped.
    fn ranges(&self, slip: &Slip<'a>, choices: &[&Choices<'_, 'a>]) -> Vec<(i64, i64)> {
        let broken = self.broken(&[slip]);
        let mut ranges = vec![(0, i64::MAX); self.rows[slip.row].cells.len()];
        for term in self.terms[slip.row].iter().filter(|term| !broken[term.sum]) {
            let others =
                choices.iter().enumerate().filter(|(row, _)| *row != slip.row).map(|(_, row)| row.spans[term.sum]);
            let constant = self.constants[term.sum];
            let (least, most) = others.fold((constant, constant), |sum, span| (sum.0 + span.0, sum.1 + span.1));
            let (least, most) = if term.sign > 0 { (-most, -least) } else { (least, most) };
            let (lowest, highest) = &mut ranges[term.column];
            (*lowest, *highest) = (least.max(*lowest), most.min(*highest));
        }
        ranges
    }

    /// The sums that go through what slipped.
    fn broken(&self, slips: &[&Slip<'a>]) -> Vec<bool> {
        let mut broken = vec![false; self.constants.len()];
        for slip in slips {
            let through = self.terms[slip.row].iter().filter(|term| slip.columns.contains(&term.column));
            through.for_each(|term| broken[term.sum] = true);
        }
        broken
    }

    /// The readings that satisfy every sum but those that go through what slipped; `None` where there is none.
    fn readings(
        &self,
        choices: &[&Choices<'_, 'a>],
        slips: &[&Slip<'a>],
        patience: &mut u32,
    ) -> Result<Option<Vec<Possible<'a>>>, TooLong> {
        if slips.iter().any(|slip| slip.cuts.is_empty()) {
            return Ok(None);
        }
        // To look at what a cut adds is a step too.
        let cuts: usize = slips.iter().map(|slip| slip.cuts.len()).sum();
        *patience = patience.saturating_sub(cuts as u32);
        let broken = self.broken(slips);
        let slipped: Vec<Choices<'_, 'a>> = slips.iter().map(|slip| self.choices(slip.row, &slip.cuts)).collect();
        let mut choices = choices.to_vec();
        slips.iter().zip(&slipped).for_each(|(slip, of)| choices[slip.row] = of);
        let mut search = Search::new(&choices, &broken, patience);
        search.descend(0, &mut self.constants.clone(), &mut Vec::new());
        let used = search.used;
        if *patience == 0 {
            return Err(TooLong);
        }
        if !used.iter().all(|used| used.contains(&true)) {
            return Ok(None);
        }
        let possible = |row: usize| {
            let open = self.rows[row];
            let holds = |column: usize| {
                let with = |term: &Term| term.column == column && !broken[term.sum];
                self.terms[row].iter().any(with)
            };
            let is_left =
                |column: usize| open.is_total(column) || slips.iter().any(|slip| slip.columns.contains(&column));
            let cuts = choices[row].cuts.iter().zip(&used[row]).filter(|(_, used)| **used).map(|(cut, _)| cut.clone());
            Possible {
                cuts: cuts.collect(),
                confirmed: (0..open.cells.len()).all(|column| holds(column) || is_left(column)),
            }
        };
        Ok(Some((0..choices.len()).map(possible).collect()))
    }
}

/// Adds what is possible beside what was found.
fn join<'a>(found: &mut Option<Vec<Possible<'a>>>, more: Option<Vec<Possible<'a>>>) {
    let Some(more) = more else { return };
    let Some(found) = found else {
        *found = Some(more);
        return;
    };
    for (found, more) in found.iter_mut().zip(more) {
        found.confirmed &= more.confirmed;
        found.cuts.extend(more.cuts);
        found.cuts.sort_unstable();
        found.cuts.dedup();
    }
}

// ---- Searches ------------------------------------------------------------------------------------

/// All ways to cut runs of figures into cells.
struct Cuts<'a, 'r> {
    runs: &'r [Value<'a>],
    of: &'r [Cell],
    /// By cell: the least and the most that it may be.
    ranges: &'r [(i64, i64)],
    /// By cell: the cells it is the sum of.
    parts: Vec<Option<&'r [usize]>>,
    cells: Vec<&'a str>,
    counts: Vec<i64>,
    found: Vec<Cut<'a>>,
    patience: &'r mut u32,
}

impl<'a, 'r> Cuts<'a, 'r> {
    /// Every cut into these cells that satisfies the sums, each count in its range if there are any; `None` if there are too
    /// many to tell.
    fn all(
        runs: &'r [Value<'a>],
        of: &'r [Cell],
        sums: &'r [(usize, Vec<usize>)],
        ranges: &'r [(i64, i64)],
        patience: &'r mut u32,
    ) -> Option<Vec<Cut<'a>>> {
        let length: usize = runs.iter().map(|run| run.text.len()).sum();
        if length > 200 {
            return None;
        }
        let parts = |cell: usize| sums.iter().find(|(total, _)| *total == cell).map(|(_, parts)| parts.as_slice());
        let mut cuts = Cuts {
            runs,
            of,
            ranges,
            parts: (0..of.len()).map(parts).collect(),
            cells: Vec::new(),
            counts: Vec::new(),
            found: Vec::new(),
            patience,
        };
        cuts.descend(0, 0);
        (*cuts.patience > 0 && cuts.found.len() <= MOST_CUTS).then_some(cuts.found)
    }

    fn descend(&mut self, run: usize, at: usize) {
        let cell = self.cells.len();
        let Some(patience) = self.patience.checked_sub(1).filter(|_| self.found.len() <= MOST_CUTS) else { return };
        *self.patience = patience;
        let (run, at) = match self.runs.get(run) {
            Some(of) if at == of.text.len() => (run + 1, 0),
            _ => (run, at),
        };
        let Some(kind) = self.of.get(cell).map(|cell| cell.kind()) else {
            if run == self.runs.len() {
                self.found.push(self.cells.clone());
            }
            return;
        };
        let Some(text) = self.runs.get(run).map(|run| run.text) else { return };
        let left: usize = text.len() - at + self.runs[run + 1..].iter().map(|run| run.text.len()).sum::<usize>();
        let after = self.of.len() - cell - 1;
        for (end, _) in text[at..].char_indices().map(|(end, c)| (at + end + c.len_utf8(), c)) {
            if left - (end - at) < after {
                break;
            }
            let figure = &text[at..end];
            // No whole number is longer.
            if kind != Kind::Amount && figure.len() > 18 {
                break;
            }
            if let Some(count) = figure_of(figure, kind) {
                let expected = self.parts[cell].map(|parts| parts.iter().map(|part| self.counts[*part]).sum::<i64>());
                let in_range = self.ranges.get(cell).is_none_or(|(least, most)| (*least..=*most).contains(&count));
                if in_range && expected.is_none_or(|expected| expected == count) {
                    self.cells.push(figure);
                    self.counts.push(count);
                    self.descend(run, end);
                    self.cells.pop();
                    self.counts.pop();
                }
            }
        }
    }
}

/// The count, or the change, that a figure of this kind prints; 0 for an amount.
fn figure_of(text: &str, kind: Kind) -> Option<i64> {
    let number = || Printed::of(text).number;
    match kind {
        // A unit or a remark would have kept the cells apart; no figure but 0 begins with 0.
        Kind::Count if !is_digits(text) || text.len() > 1 && text.starts_with('0') => None,
        Kind::Count => Number::from(text.parse::<i64>().ok()?).whole(),
        Kind::Change => number()?.whole().filter(|_| text.ends_with(|c: char| c.is_ascii_digit())),
        Kind::Amount => number().filter(|number| !number.decimal().is_sign_negative()).map(|_| 0),
    }
}

/// The choice of one cut for each row.
struct Search<'s, 'o, 'a> {
    choices: &'s [&'s Choices<'o, 'a>],
    /// The sums that need not hold.
    broken: &'s [bool],
    /// By row: the least and the most that the rows from there on can add to each sum.
    bounds: Vec<Vec<(i64, i64)>>,
    /// By row and cut: whether it occurs in a solution.
    used: Vec<Vec<bool>>,
    patience: &'s mut u32,
}

impl<'s, 'o, 'a> Search<'s, 'o, 'a> {
    fn new(choices: &'s [&'s Choices<'o, 'a>], broken: &'s [bool], patience: &'s mut u32) -> Search<'s, 'o, 'a> {
        let mut bounds = vec![vec![(0, 0); broken.len()]; choices.len() + 1];
        for row in (0..choices.len()).rev() {
            for (sum, (least, most)) in choices[row].spans.iter().enumerate() {
                let after = bounds[row + 1][sum];
                bounds[row][sum] = (after.0 + least, after.1 + most);
            }
        }
        let used = choices.iter().map(|row| vec![false; row.cuts.len()]).collect();
        Search { choices, broken, bounds, used, patience }
    }

    fn descend(&mut self, row: usize, state: &mut Vec<i64>, chosen: &mut Vec<usize>) {
        let Some(patience) = self.patience.checked_sub(1) else { return };
        *self.patience = patience;
        let reachable = |((sum, (least, most)), broken): ((&i64, &(i64, i64)), &bool)| {
            *broken || sum + least <= 0 && sum + most >= 0
        };
        if !state.iter().zip(&self.bounds[row]).zip(self.broken).all(reachable) {
            return;
        }
        let Some(choices) = self.choices.get(row) else {
            chosen.iter().enumerate().for_each(|(row, cut)| self.used[row][*cut] = true);
            return;
        };
        for (number, added) in choices.added.iter().enumerate() {
            state.iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
            chosen.push(number);
            self.descend(row + 1, state, chosen);
            chosen.pop();
            state.iter_mut().zip(added).for_each(|(sum, added)| *sum -= added);
        }
    }
}
