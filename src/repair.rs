//! Which figure is most likely the slip: the fewest cells whose change makes the identities of the form hold.
//!
//! A wrong figure breaks every equation it stands in, and a clerk who sees three failed sums looks in three places. Here the
//! failed equations are the consequences, and the cells that could have caused them come first: all sets of the smallest
//! size that would mend the table (the approach of Fellegi and Holt), with the value that the equations then give.
//!
//! Cells that hold no count (blank, missing, not applicable, unreadable) are free: unknown counts of 0 or more that cost
//! nothing. The search is exact, and [`Cause::complete`] says whether it came to its end. Slips that have nothing to do with
//! each other are causes of their own: any choice of one proposal from each mends the report. Nothing is changed: these are
//! proposals, and where several explain the same, all of them are listed.
//!
//! ```
//! use ogi_report::{Layout, PublishedCell, rule_book};
//! let mut report = rule_book::zeros(Layout::Edition2021);
//! report.set("requests.outcomes.disclosed.other".parse()?, PublishedCell::read("7"))?;
//! let [cause] = report.repair().try_into().unwrap();
//! assert_eq!(cause.equations.len(), 2);
//! let change = &cause.proposals[0].changes[0];
//! assert_eq!((change.cell.path(), change.printed, change.value()), ("requests.outcomes.disclosed.other", 7, Some(0)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How
//!
//! But for one equation that follows from the others (the row of the outcomes' total), every cell of table two stands in two
//! equations, of a group of table three in one. So the equations are the nodes of a network, the cells its arcs, the counts
//! a flow: what an equation is off by has to flow off through the cells that may change. That settles what a set of cells
//! can mend by augmenting paths, in whole numbers. Where the flow is stuck, the nodes it still reaches are equations whose
//! sum cannot hold, and one of the printed cells between them and the rest must be among those that change: the search
//! branches on these alone.

use std::ops::{BitAnd, BitOr, Sub};
use std::sync::LazyLock;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::form::{Cell, Entry, Layout};
use crate::number::LARGEST_COUNT;
use crate::published::{Place, PublishedCell, PublishedReport};
use crate::requests::APPLICANTS;
use crate::rule::{Balance, NO_COUNT};

/// How many cells of a table at most are changed together.
pub const MOST_CHANGES: usize = 8;

/// How many steps the search may take in one table, some tens of milliseconds. Of 520 tables with up to three wrong figures
/// and up to 40 blanks none takes as many. To spell out a set that was found takes as long as a few of them.
const MOST_STEPS: usize = 8000;
const STEPS_FOR_SET: usize = 8;

/// How many proposals a text lists.
const MOST_LISTED: usize = 10;

/// Equations that fail together, and what could have caused it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Cause {
    /// The equations that cannot hold, in the order of the rules: the consequences. Beside blank cells some of them can hold
    /// each by itself, but not all of them together.
    pub equations: Vec<&'static Balance>,
    /// The changes that would make all of them hold, the likeliest first.
    pub proposals: Vec<Proposal>,
    /// Whether the search came to its end. If so, the proposals are all there are of the lowest price, and where there is
    /// none more than [`MOST_CHANGES`] cells are wrong. If not, there may be others; but where every change has the same
    /// price, none of fewer cells.
    pub complete: bool,
}

/// Cells whose change would make every equation of the cause hold.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Proposal {
    /// The place in the order of likelihood, from 1; what is equally likely has the same.
    pub rank: usize,
    /// The cells, in the form's order.
    pub changes: Vec<Correction>,
    /// Cells without a count whose count the equations then determine, in the form's order.
    pub filled: Vec<Filled>,
}

/// A changed cell.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Correction {
    /// The cell.
    pub cell: Cell,
    /// The count that is printed.
    pub printed: i64,
    /// The lowest count that the equations allow.
    pub lowest: i64,
    /// The highest count that the equations allow; none if they allow any.
    pub highest: Option<i64>,
    /// What kind of slip it looks like.
    pub slip: Option<Slip>,
    /// Where the cell stands in the source.
    pub place: Option<Place>,
}

impl Correction {
    /// The count that the equations ask for; `None` if cells without a count leave it open.
    pub fn value(&self) -> Option<i64> {
        self.highest.filter(|highest| *highest == self.lowest)
    }
}

/// A cell without a count, and its count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Filled {
    /// The cell.
    pub cell: Cell,
    /// The count that the equations ask for.
    pub value: i64,
}

/// Kinds of slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Slip {
    /// 0 is printed where there is a figure.
    PrintedZero,
    /// Two neighbouring digits are swapped.
    DigitsSwapped,
    /// One digit is too many or missing.
    DigitLost,
    /// One digit is another.
    DigitMistyped,
    /// The figures of a row or column stand one cell off, or two of them in each other's place.
    Shifted,
    /// The total has one of its parts twice.
    CountedTwice,
    /// The total lacks one of its parts.
    LeftOut,
    /// The total is none of its parts' sum in any of these ways.
    TotalNotUpdated,
}

impl Slip {
    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Slip::PrintedZero => "误填为 0",
            Slip::DigitsSwapped => "相邻数字颠倒",
            Slip::DigitLost => "多写或漏写一位数字",
            Slip::DigitMistyped => "一位数字有误",
            Slip::Shifted => "与相邻一格错位",
            Slip::CountedTwice => "总计重复计入一项",
            Slip::LeftOut => "总计漏计一项",
            Slip::TotalNotUpdated => "总计未更新",
        }
    }

    /// The name in English.
    pub const fn en(self) -> &'static str {
        match self {
            Slip::PrintedZero => "0 printed for a figure",
            Slip::DigitsSwapped => "neighbouring digits swapped",
            Slip::DigitLost => "a digit too many or missing",
            Slip::DigitMistyped => "one digit mistyped",
            Slip::Shifted => "one cell off",
            Slip::CountedTwice => "the total has a part twice",
            Slip::LeftOut => "the total lacks a part",
            Slip::TotalNotUpdated => "the total was not updated",
        }
    }
}

impl PublishedReport {
    /// The identities that cannot hold, put together where one slip can explain them, each with the changes that would mend
    /// them.
    pub fn repair(&self) -> Vec<Cause> {
        self.repair_with(|_| 1)
    }

    /// The same with a price for changing each printed count: the sets of the lowest price are listed, of these the ones of
    /// fewest cells.
    ///
    /// Cells without a count are free whatever is filled in. For a price on filling blanks, take them for 0 first
    /// ([`PublishedReport::with_blanks_as_zero`]): the price of such a cell is then that of any figure but 0.
    pub fn repair_with(&self, price: impl Fn(Cell) -> u32) -> Vec<Cause> {
        let counts: Vec<i64> = self.sheet().iter().map(PublishedCell::count_or_none).collect();
        let number = Layout::ALL.iter().position(|layout| *layout == self.layout()).unwrap_or(0);
        TABLES[number].iter().flat_map(|table| System::new(self, &counts, table).causes(&price)).collect()
    }
}

// ---- Text ----------------------------------------------------------------------------------------

impl Cause {
    /// The cause in Chinese, several lines.
    pub fn zh(&self) -> String {
        let mut lines = vec![match self.equations.len() {
            1 => "这一条勾稽关系不成立：".to_owned(),
            more => format!("这 {more} 条勾稽关系不能都成立："),
        }];
        lines.extend(self.equations.iter().map(|balance| format!("  {}：{}", balance.rule.zh, labels(balance, "、"))));
        for proposal in self.proposals.iter().take(MOST_LISTED) {
            lines.push(format!("可能 {}：", proposal.rank));
            lines.extend(proposal.changes.iter().map(|change| format!("  {}", change.zh())));
            let filled = |Filled { cell, value }: &Filled| format!("  未填的 {} 则为 {value}", cell.label());
            lines.extend(proposal.filled.iter().map(filled));
        }
        match self.proposals.len() {
            0 if self.complete => lines.push(format!("需要更正的超过 {MOST_CHANGES} 格，无法推断。")),
            0 => lines.push("情形过多，未能找到更正的办法。".to_owned()),
            count if count > MOST_LISTED => lines.push(format!("此外还有 {} 种可能。", count - MOST_LISTED)),
            _ => {}
        }
        if !self.complete && !self.proposals.is_empty() {
            lines.push("情形过多，未能逐一核对，可能还有别的更正办法。".to_owned());
        }
        lines.join("\n")
    }

    /// The cause in English, several lines.
    pub fn en(&self) -> String {
        let mut lines = vec![match self.equations.len() {
            1 => "this equation does not hold:".to_owned(),
            more => format!("these {more} equations cannot all hold:"),
        }];
        lines.extend(self.equations.iter().map(|balance| format!("  {}: {}", balance.rule.en, labels(balance, ", "))));
        for proposal in self.proposals.iter().take(MOST_LISTED) {
            lines.push(format!("possibility {}:", proposal.rank));
            lines.extend(proposal.changes.iter().map(|change| format!("  {}", change.en())));
            let filled =
                |Filled { cell, value }: &Filled| format!("  {}, not filled in, is then {value}", cell.label());
            lines.extend(proposal.filled.iter().map(filled));
        }
        match self.proposals.len() {
            0 if self.complete => lines.push(format!("more than {MOST_CHANGES} cells are wrong")),
            0 => lines.push("too much to go through: no correction was found".to_owned()),
            count if count > MOST_LISTED => lines.push(format!("and {} more possibilities", count - MOST_LISTED)),
            _ => {}
        }
        if !self.complete && !self.proposals.is_empty() {
            lines.push("too much to go through: there may be other corrections".to_owned());
        }
        lines.join("\n")
    }
}

impl Correction {
    /// The correction in Chinese, one line.
    pub fn zh(&self) -> String {
        let value = match (self.lowest, self.highest) {
            (lowest, Some(highest)) if lowest == highest => format!("应为 {lowest}"),
            (lowest, Some(highest)) => format!("应在 {lowest} 到 {highest} 之间"),
            (lowest, None) => format!("应不小于 {lowest}"),
        };
        let slip = self.slip.map_or(String::new(), |slip| format!("（{}）", slip.zh()));
        let place = self.place.as_ref().map_or(String::new(), |place| format!("，位置 {place}"));
        format!("{} 印作 {}，{value}{slip}{place}", self.cell.label(), self.printed)
    }

    /// The correction in English, one line.
    pub fn en(&self) -> String {
        let value = match (self.lowest, self.highest) {
            (lowest, Some(highest)) if lowest == highest => format!("expected {lowest}"),
            (lowest, Some(highest)) => format!("expected {lowest} to {highest}"),
            (lowest, None) => format!("expected {lowest} or more"),
        };
        let slip = self.slip.map_or(String::new(), |slip| format!(" ({})", slip.en()));
        let place = self.place.as_ref().map_or(String::new(), |place| format!(" at {place}"));
        format!("{}{place} is {}, {value}{slip}", self.cell.label(), self.printed)
    }
}

/// The cells that ought to equal the others.
fn labels(balance: &Balance, comma: &str) -> String {
    balance.equation.left.iter().map(|cell| cell.label()).collect::<Vec<_>>().join(comma)
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Written<'c> {
            rule: &'static str,
            left: &'c [Cell],
            right: &'c [Cell],
        }
        let written = |balance: &&'static Balance| Written {
            rule: balance.rule.code,
            left: &balance.equation.left,
            right: &balance.equation.right,
        };
        let mut cause = to.serialize_struct("Cause", 3)?;
        cause.serialize_field("equations", &self.equations.iter().map(written).collect::<Vec<_>>())?;
        cause.serialize_field("proposals", &self.proposals)?;
        cause.serialize_field("complete", &self.complete)?;
        cause.end()
    }
}

// ---- The network ---------------------------------------------------------------------------------

/// Cells of a table, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct CellSet([u64; 3]);

impl CellSet {
    fn with(mut self, cell: usize) -> CellSet {
        self.0[cell / 64] |= 1 << (cell % 64);
        self
    }

    fn contains(self, cell: usize) -> bool {
        self.0[cell / 64] & 1 << (cell % 64) != 0
    }

    fn is_empty(self) -> bool {
        self == CellSet::default()
    }

    fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn iter(self) -> impl Iterator<Item = usize> {
        (0..3).flat_map(move |word| bits(self.0[word]).map(move |bit| word * 64 + bit))
    }
}

impl FromIterator<usize> for CellSet {
    fn from_iter<I: IntoIterator<Item = usize>>(cells: I) -> CellSet {
        cells.into_iter().fold(CellSet::default(), CellSet::with)
    }
}

impl BitAnd for CellSet {
    type Output = CellSet;
    fn bitand(self, other: CellSet) -> CellSet {
        CellSet([0, 1, 2].map(|word| self.0[word] & other.0[word]))
    }
}

impl BitOr for CellSet {
    type Output = CellSet;
    fn bitor(self, other: CellSet) -> CellSet {
        CellSet([0, 1, 2].map(|word| self.0[word] | other.0[word]))
    }
}

impl Sub for CellSet {
    type Output = CellSet;
    fn sub(self, other: CellSet) -> CellSet {
        CellSet([0, 1, 2].map(|word| self.0[word] & !other.0[word]))
    }
}

/// The numbers of the bits that are set.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (lowest < u64::BITS).then_some(lowest as usize)
    })
}

/// The equations of one table of a layout, as a network. A node is an equation, by its number; one more stands for the rest
/// of the world, where a cell stands in one equation alone.
#[derive(Debug)]
struct Table {
    balances: Vec<&'static Balance>,
    cells: Vec<Cell>,
    /// By cell: its place in the form's order.
    positions: Vec<usize>,
    /// By equation: its cells, each with its sign.
    equations: Vec<Vec<(usize, i64)>>,
    /// By cell: the node that loses and the node that gains where its count grows.
    arcs: Vec<[usize; 2]>,
    /// By node: the cells that it gains by, and those that it loses by.
    gains: Vec<CellSet>,
    losses: Vec<CellSet>,
    /// All nodes, and those on one side of the equation that follows from the others.
    nodes: u64,
    side: u64,
    implied: Option<usize>,
}

/// By layout: table two, and the groups of table three. No equation joins them.
static TABLES: LazyLock<[Vec<Table>; 3]> = LazyLock::new(|| {
    [0, 1, 2].map(|layout| {
        let layout = Layout::ALL[layout];
        let balances = Balance::all(layout).iter().filter(|balance| balance.is_exact());
        let (requests, groups): (Vec<&Balance>, Vec<&Balance>) =
            balances.partition(|balance| balance.rule.code.starts_with("requests-"));
        let groups = groups.into_iter().map(|balance| vec![balance]);
        std::iter::once(requests).chain(groups).map(|balances| Table::new(layout, balances)).collect()
    })
});

impl Table {
    fn new(layout: Layout, balances: Vec<&'static Balance>) -> Table {
        let mut cells: Vec<Cell> = balances.iter().flat_map(|balance| balance.equation.cells()).collect();
        cells.sort_unstable_by_key(|cell| layout.position(*cell));
        cells.dedup();
        let index = |cell: &Cell| cells.iter().position(|of| of == cell).unwrap_or(0);
        let equation = |balance: &&Balance| -> Vec<(usize, i64)> {
            let left = balance.equation.left.iter().map(|cell| (index(cell), 1));
            left.chain(balance.equation.right.iter().map(|cell| (index(cell), -1))).collect()
        };
        let equations: Vec<Vec<(usize, i64)>> = balances.iter().map(equation).collect();
        let mut stands_in = vec![Vec::new(); cells.len()];
        for (number, equation) in equations.iter().enumerate() {
            equation.iter().for_each(|(cell, sign)| stands_in[*cell].push((number, *sign)));
        }
        // The cells of the outcomes' total stand in three equations: their row's, their column's and the balance. Their row
        // is the sum of the others.
        let implied =
            equations.iter().position(|equation| equation.iter().all(|(cell, _)| stands_in[*cell].len() == 3));
        stands_in.iter_mut().for_each(|equations| equations.retain(|(number, _)| Some(*number) != implied));

        // The signs of whole equations, so that what one gains by a cell the other loses.
        let mut signs = vec![0; equations.len()];
        while let Some(unsigned) = (0..signs.len()).find(|number| signs[*number] == 0 && Some(*number) != implied) {
            signs[unsigned] = 1;
            for _ in 0..signs.len() {
                for ends in &stands_in {
                    if let [(one, sign), (other, other_sign)] = ends[..] {
                        let opposite = -sign * other_sign;
                        signs[one] = if signs[one] == 0 { opposite * signs[other] } else { signs[one] };
                        signs[other] = if signs[other] == 0 { opposite * signs[one] } else { signs[other] };
                    }
                }
            }
        }
        let world = equations.len();
        let arc = |ends: &Vec<(usize, i64)>| {
            let end = |gain: i64| ends.iter().find(|(number, sign)| signs[*number] * sign == gain);
            [end(-1), end(1)].map(|end| end.map_or(world, |(number, _)| *number))
        };
        let arcs: Vec<[usize; 2]> = stands_in.iter().map(arc).collect();
        let of_node = |end: usize| {
            let cells = |node: usize| (0..arcs.len()).filter(|cell| arcs[*cell][end] == node).collect();
            (0..=world).map(cells).collect::<Vec<CellSet>>()
        };
        let (losses, gains) = (of_node(0), of_node(1));
        let nodes = arcs.iter().flatten().fold(0, |nodes, node| nodes | 1 << node);
        let crossing: CellSet = implied.iter().flat_map(|number| &equations[*number]).map(|(cell, _)| *cell).collect();
        let mut side = 1_u64 << arcs.first().map_or(0, |arc| arc[0]);
        for _ in 0..=world {
            for (cell, [from, to]) in arcs.iter().enumerate() {
                if !crossing.contains(cell) && side & (1 << from | 1 << to) != 0 {
                    side |= 1 << from | 1 << to;
                }
            }
        }
        let positions = cells.iter().filter_map(|cell| layout.position(*cell)).collect();
        Table { balances, cells, positions, equations, arcs, gains, losses, nodes, side, implied }
    }

    /// The equations whose sum a set of nodes is, as few as possible: the nodes of either side of the implied equation make
    /// it up together, and all nodes together come to nothing.
    fn equations_of(&self, nodes: u64) -> u64 {
        let world = 1 << self.equations.len();
        let implied = self.implied.map_or(0, |number| 1 << number);
        let other_side = self.nodes & !self.side;
        [(0, 0), (self.nodes, 0), (self.side, implied), (other_side, implied)]
            .map(|(turned, implied)| nodes ^ turned | implied)
            .into_iter()
            .filter(|equations| equations & world == 0)
            .min_by_key(|equations| equations.count_ones())
            .unwrap_or(nodes & !world)
    }
}

/// Counts of the cells of a table, and which of them may be others.
#[derive(Clone)]
struct Flow<'t> {
    table: &'t Table,
    counts: Vec<i64>,
    free: CellSet,
    /// By node: what it is off by. All of them together come to 0.
    excess: Vec<i64>,
    /// The nodes that free cells join, with what they are off by together.
    parts: Vec<(u64, i64)>,
    /// What a free cell can hold.
    most: i64,
}

/// Where something can be moved to, or from.
struct Walk {
    /// The nodes, the nearest first.
    order: Vec<usize>,
    reached: u64,
    /// By node: the cell by which it was reached.
    by: [usize; 64],
}

/// Nodes whose sum cannot come to 0, and the printed cells of which one must change.
struct Cut {
    nodes: u64,
    cells: CellSet,
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    To,
    From,
}

impl<'t> Flow<'t> {
    fn new(table: &'t Table, counts: Vec<i64>) -> Flow<'t> {
        let mut excess = vec![0; table.gains.len()];
        for ([from, to], count) in table.arcs.iter().zip(&counts) {
            excess[*from] -= count;
            excess[*to] += count;
        }
        let parts = bits(table.nodes).map(|node| (1 << node, excess[node])).collect();
        // The largest count is below 2^53.
        Flow { table, counts, free: CellSet::default(), excess, parts, most: LARGEST_COUNT as i64 }
    }

    /// Lets a cell have another count.
    fn release(&mut self, cell: usize) {
        self.free = self.free.with(cell);
        let [from, to] = self.table.arcs[cell];
        let (ends, joined) = (1 << from | 1 << to, |part: &(u64, i64)| part.0 & (1 << from | 1 << to) != 0);
        let (nodes, sum) =
            self.parts.iter().filter(|part| joined(part)).fold((ends, 0), |all, part| (all.0 | part.0, all.1 + part.1));
        self.parts.retain(|part| !joined(part));
        self.parts.push((nodes, sum));
    }

    /// Moves all that can be moved from nodes that have too much to nodes that have too little.
    fn settle(&mut self) {
        for node in 0..self.excess.len() {
            while self.excess[node] > 0 && self.push(node) {}
        }
    }

    fn is_settled(&self) -> bool {
        self.excess.iter().all(|excess| *excess == 0)
    }

    /// Moves on a shortest way to a node that has too little; `false` if there is none.
    fn push(&mut self, start: usize) -> bool {
        let walk = self.walk(start, Direction::To, self.free);
        let Some(end) = walk.order.into_iter().find(|node| self.excess[*node] < 0) else { return false };
        let (mut way, mut node) = (Vec::new(), end);
        while node != start {
            let cell = walk.by[node];
            let [from, to] = self.table.arcs[cell];
            way.push((cell, to == node));
            node = if to == node { from } else { to };
        }
        let most = self.excess[start].min(-self.excess[end]);
        let amount = way.iter().map(|(cell, grows)| self.room(*cell, *grows)).fold(most, i64::min);
        way.iter().for_each(|(cell, grows)| self.counts[*cell] += if *grows { amount } else { -amount });
        self.excess[start] -= amount;
        self.excess[end] += amount;
        true
    }

    fn room(&self, cell: usize, grows: bool) -> i64 {
        if grows { self.most - self.counts[cell] } else { self.counts[cell] }
    }

    fn walk(&self, start: usize, direction: Direction, cells: CellSet) -> Walk {
        let mut walk = Walk { order: vec![start], reached: 1 << start, by: [0; 64] };
        let mut done = 0;
        while let Some(node) = walk.order.get(done).copied() {
            done += 1;
            for cell in ((self.table.gains[node] | self.table.losses[node]) & cells).iter() {
                let [from, to] = self.table.arcs[cell];
                let other = if from == node { to } else { from };
                let grows = (from == node) == (direction == Direction::To);
                if walk.reached & 1 << other == 0 && self.room(cell, grows) > 0 {
                    walk.reached |= 1 << other;
                    walk.by[other] = cell;
                    walk.order.push(other);
                }
            }
        }
        walk
    }

    /// Where it is stuck. What a node has too much of stays within the nodes it reaches: they need a printed cell that takes
    /// it out, growing or shrinking; a printed 0 cannot shrink. And so for what a node has too little of.
    fn cuts(&self) -> Vec<Cut> {
        let stuck = (0..self.excess.len()).filter(|node| self.excess[*node] != 0);
        let cut = |node: usize| {
            let too_much = self.excess[node] > 0;
            let direction = if too_much { Direction::To } else { Direction::From };
            let nodes = self.walk(node, direction, self.free).reached;
            let union = |of: &[CellSet]| bits(nodes).fold(CellSet::default(), |union, node| union | of[node]);
            let (gains, losses) = (union(&self.table.gains), union(&self.table.losses));
            let (growing, shrinking) =
                if too_much { (losses - gains, gains - losses) } else { (gains - losses, losses - gains) };
            let movable = |cells: CellSet, grows| cells.iter().filter(move |cell| self.room(*cell, grows) > 0);
            let cells = movable(growing - self.free, true).chain(movable(shrinking - self.free, false)).collect();
            Cut { nodes, cells }
        };
        stuck.map(cut).collect()
    }

    /// A number of cells that have to change at least. Cells join parts to groups; a group has to come to 0 together, and to
    /// join it takes one cell less than it has parts. Groups of two are opposites, all others have three parts or more.
    fn fewest_changes(&self) -> usize {
        let mut off: Vec<i64> = self.parts.iter().map(|(_, sum)| *sum).filter(|sum| *sum != 0).collect();
        off.sort_unstable();
        let (mut pairs, mut rest) = (0, off.as_slice());
        while let [least, middle @ .., greatest] = rest {
            rest = match (least + greatest).signum() {
                0 => middle,
                1 => &rest[..rest.len() - 1],
                _ => &rest[1..],
            };
            pairs += usize::from(rest.len() == middle.len());
        }
        off.len() - pairs - (off.len() - 2 * pairs) / 3
    }

    /// The lowest and the highest count that a free cell can have while all nodes come to 0; no highest if it can have any.
    fn bounds(&self, cell: usize) -> (i64, Option<i64>) {
        let [from, to] = self.table.arcs[cell];
        // How far the other free cells can make up for a change of this one.
        let slack = |from: usize, to: usize, by: i64, most: i64| {
            let mut flow = Flow { free: self.free - CellSet::default().with(cell), most, ..self.clone() };
            flow.excess[to] += by;
            flow.excess[from] -= by;
            flow.settle();
            by - flow.excess[to]
        };
        let count = self.counts[cell];
        let highest = count + slack(from, to, NO_LIMIT - count, NO_LIMIT);
        (count - slack(to, from, count, self.most), Some(highest).filter(|highest| *highest <= self.most))
    }

    /// The cells among these that can have no other count while all nodes come to 0.
    fn fixed(&self, cells: CellSet) -> Vec<usize> {
        let mut known: Vec<Option<u64>> = vec![None; self.excess.len()];
        let mut can_move = |cell: usize, grows: bool| {
            let [from, to] = self.table.arcs[cell];
            let (start, end) = if grows { (to, from) } else { (from, to) };
            let walk = |cells| self.walk(start, Direction::To, cells).reached;
            // A cell of 0 has nothing to take back: it is on no such way, and all such cells may share the walk.
            let reached = match self.counts[cell] {
                0 => *known[start].get_or_insert_with(|| walk(self.free)),
                _ => walk(self.free - CellSet::default().with(cell)),
            };
            self.room(cell, grows) > 0 && reached & 1 << end != 0
        };
        cells.iter().filter(|cell| !can_move(*cell, true) && !can_move(*cell, false)).collect()
    }
}

/// More than the cells of a table can sum up to.
const NO_LIMIT: i64 = 1 << 61;

// ---- The search ----------------------------------------------------------------------------------

/// The search for the sets of cells that mend a table, size by size.
struct Search<'t> {
    /// By cell.
    prices: Vec<u64>,
    size: usize,
    /// The price and size of those found.
    best: Option<(u64, usize)>,
    found: Vec<(CellSet, Flow<'t>)>,
    /// How many steps are left.
    steps: usize,
}

impl<'t> Search<'t> {
    fn run(&mut self, stuck: &Flow<'t>) {
        let cheapest = self.prices.iter().min().copied().unwrap_or(0);
        for size in 1..=MOST_CHANGES {
            if self.best.is_some_and(|best| best < (cheapest * size as u64, size)) {
                return;
            }
            self.size = size;
            self.descend(stuck.clone(), CellSet::default(), CellSet::default());
        }
    }

    /// All sets of the size that have these cells and none of the tried ones.
    fn descend(&mut self, mut flow: Flow<'t>, changed: CellSet, mut tried: CellSet) {
        let price = (changed.iter().map(|cell| self.prices[cell]).sum(), self.size);
        if self.steps == 0 || self.best.is_some_and(|best| best < price) {
            return;
        }
        self.steps -= 1;
        let left = self.size - changed.len();
        if flow.fewest_changes() > left {
            return;
        }
        flow.settle();
        if flow.is_settled() {
            // If fewer do, they were found before.
            if left == 0 {
                if self.best.is_none_or(|best| price < best) {
                    self.best = Some(price);
                    self.found.clear();
                }
                self.found.push((changed, flow));
                self.steps = self.steps.saturating_sub(STEPS_FOR_SET);
            }
            return;
        }
        let mut cuts = flow.cuts();
        self.steps = self.steps.saturating_sub(cuts.len());
        cuts.sort_by_key(|cut| cut.cells.len());
        // Cuts that share no cell need one each.
        let mut apart = (0, CellSet::default());
        for cut in &cuts {
            if (cut.cells & apart.1).is_empty() {
                apart = (apart.0 + 1, apart.1 | cut.cells);
            }
        }
        if apart.0 > left {
            return;
        }
        let of_all = |all: Option<CellSet>, cut: &Cut| Some(all.map_or(cut.cells, |all| all & cut.cells));
        // The last cell must help with all of them.
        let cells = if left == 1 { cuts.iter().fold(None, of_all) } else { cuts.first().map(|cut| cut.cells) };
        for cell in (cells.unwrap_or_default() - tried).iter() {
            let mut released = flow.clone();
            released.release(cell);
            self.descend(released, changed.with(cell), tried);
            tried = tried.with(cell);
        }
    }
}

/// A set of cells that mends a table, or the part of it that belongs to one cause.
#[derive(Clone)]
struct Mend {
    cells: CellSet,
    /// By cell of the set, in order: the lowest and the highest count.
    bounds: Vec<(i64, Option<i64>)>,
    /// Cells without a count that are determined, with it.
    filled: Vec<(usize, i64)>,
}

impl Mend {
    fn is_open(&self, at: usize) -> bool {
        let (lowest, highest) = self.bounds[at];
        highest != Some(lowest)
    }

    /// What is left of it in these cells.
    fn within(&self, cells: CellSet) -> Mend {
        let bounds =
            self.cells.iter().zip(&self.bounds).filter(|(cell, _)| cells.contains(*cell)).map(|(_, bounds)| *bounds);
        Mend { cells: self.cells & cells, bounds: bounds.collect(), filled: self.filled.clone() }
    }
}

/// One table of a report.
struct System<'r> {
    report: &'r PublishedReport,
    table: &'static Table,
    /// The counts of the cells; `None` where there is none.
    counts: Vec<Option<i64>>,
    blanks: CellSet,
}

/// Equations that cannot hold together, and the printed cells that can help.
struct Failure {
    equations: u64,
    cells: CellSet,
}

impl<'r> System<'r> {
    fn new(report: &'r PublishedReport, sheet: &[i64], table: &'static Table) -> System<'r> {
        let count = |position: &usize| Some(sheet[*position]).filter(|count| *count != NO_COUNT);
        let counts: Vec<Option<i64>> = table.positions.iter().map(count).collect();
        let blanks = (0..counts.len()).filter(|cell| counts[*cell].is_none()).collect();
        System { report, table, counts, blanks }
    }

    /// What cannot hold as printed, and what would mend it; nothing if the blanks can be filled in so that all holds.
    fn causes(&self, price: &impl Fn(Cell) -> u32) -> Vec<Cause> {
        let mut flow = Flow::new(self.table, self.counts.iter().map(|count| count.unwrap_or(0)).collect());
        self.blanks.iter().for_each(|cell| flow.release(cell));
        flow.settle();
        if flow.is_settled() {
            return Vec::new();
        }
        let failures = self.failures(&flow);
        let prices = self.table.cells.iter().map(|cell| price(*cell).into()).collect();
        let mut search = Search { prices, size: 0, best: None, found: Vec::new(), steps: MOST_STEPS };
        search.run(&flow);
        let complete = search.steps > 0;
        let mends: Vec<Mend> = search.found.iter().map(|(cells, flow)| self.mend(*cells, flow)).collect();
        let factors = self.factors(&mends, &failures).unwrap_or_else(|| vec![mends]);
        factors.into_iter().map(|mends| self.cause(mends, &failures, complete)).collect()
    }

    /// The sum of an equation, left less right; `None` if a cell holds no count.
    fn sum(&self, equation: &[(usize, i64)]) -> Option<i64> {
        equation.iter().map(|(cell, sign)| Some(sign * self.counts[*cell]?)).sum()
    }

    /// Where the blanks do not help: the equations that fail as printed, and the cuts.
    fn failures(&self, flow: &Flow) -> Vec<Failure> {
        let fails = |(_, equation): &(usize, &Vec<_>)| self.sum(equation).is_some_and(|sum| sum != 0);
        let printed = self.table.equations.iter().enumerate().filter(fails).map(|(number, equation)| Failure {
            equations: 1 << number,
            cells: equation.iter().map(|(cell, _)| *cell).collect(),
        });
        let cuts = flow.cuts().into_iter();
        printed
            .chain(cuts.map(|cut| Failure { equations: self.table.equations_of(cut.nodes), cells: cut.cells }))
            .collect()
    }

    fn mend(&self, cells: CellSet, flow: &Flow) -> Mend {
        let bounds = cells.iter().map(|cell| flow.bounds(cell)).collect();
        let filled = flow.fixed(self.blanks).into_iter().map(|cell| (cell, flow.counts[cell])).collect();
        Mend { cells, bounds, filled }
    }

    /// The mends as a product of smaller ones, if they are one: slips that have nothing to do with each other. Then any choice
    /// of one from each factor is one of the mends, with the same counts whatever else is chosen.
    ///
    /// Two cells are never parted if one can stand for the other, if an equation holds (or is open) that both stand in, so
    /// that to change one alone would break it, or if the counts of both are open, and may depend on each other.
    fn factors(&self, mends: &[Mend], failures: &[Failure]) -> Option<Vec<Vec<Mend>>> {
        let used = mends.iter().fold(CellSet::default(), |used, mend| used | mend.cells);
        let mut tied = vec![CellSet::default(); self.table.cells.len()];
        let sound = |equation: &&Vec<(usize, i64)>| self.sum(equation).is_none_or(|sum| sum == 0);
        for equation in self.table.equations.iter().filter(sound) {
            let cells: CellSet = equation.iter().map(|(cell, _)| *cell).collect();
            (cells & used).iter().for_each(|cell| tied[cell] = tied[cell] | (cells & used));
        }
        let mut open = CellSet::default();
        let mut together = vec![CellSet::default(); self.table.cells.len()];
        for mend in mends {
            mend.cells.iter().for_each(|cell| together[cell] = together[cell] | mend.cells);
            open = mend
                .cells
                .iter()
                .enumerate()
                .filter(|(at, _)| mend.is_open(*at))
                .fold(open, |open, (_, cell)| open.with(cell));
        }
        open.iter().for_each(|cell| tied[cell] = tied[cell] | open);
        used.iter().for_each(|cell| tied[cell] = tied[cell] | (used - together[cell]));

        let (mut factors, mut left) = (Vec::new(), used);
        while let Some(cell) = left.iter().next() {
            let mut cells = CellSet::default().with(cell);
            while let Some(more) = cells.iter().map(|cell| tied[cell] - cells).find(|more| !more.is_empty()) {
                cells = cells | more;
            }
            factors.push(self.factor(mends, cells)?);
            left = left - cells;
            // Each has something to mend.
            failures.iter().find(|failure| !(failure.cells & cells).is_empty())?;
        }
        let product = factors.iter().try_fold(1_usize, |product, factor: &Vec<Mend>| product.checked_mul(factor.len()));
        (product == Some(mends.len())).then_some(factors)
    }

    /// What the mends are within these cells; `None` if their counts depend on the rest.
    fn factor(&self, mends: &[Mend], cells: CellSet) -> Option<Vec<Mend>> {
        let mut factor: Vec<Mend> = Vec::new();
        for mend in mends.iter().map(|mend| mend.within(cells)) {
            match factor.iter_mut().find(|known| known.cells == mend.cells) {
                Some(known) if known.bounds != mend.bounds => return None,
                Some(known) => known.filled.retain(|filled| mend.filled.contains(filled)),
                None => factor.push(mend),
            }
        }
        Some(factor)
    }

    fn cause(&self, mut mends: Vec<Mend>, failures: &[Failure], complete: bool) -> Cause {
        mends.sort_by_cached_key(|mend| mend.cells.iter().collect::<Vec<_>>());
        let used = mends.iter().fold(CellSet::default(), |used, mend| used | mend.cells);
        let concerned = |failure: &&Failure| used.is_empty() || !(failure.cells & used).is_empty();
        let equations = failures.iter().filter(concerned).fold(0, |all, failure| all | failure.equations);
        let mut proposals: Vec<(u32, Proposal)> = mends
            .iter()
            .map(|mend| {
                let changes = self.changes(mend);
                let unlikeliness = changes.iter().map(|change| unlikeliness(change.slip)).sum();
                let filled = |(cell, value): &(usize, i64)| Filled { cell: self.table.cells[*cell], value: *value };
                (unlikeliness, Proposal { rank: 0, changes, filled: mend.filled.iter().map(filled).collect() })
            })
            .collect();
        proposals.sort_by_key(|(unlikeliness, _)| *unlikeliness);
        let ranks: Vec<usize> = proposals
            .iter()
            .map(|(unlikeliness, _)| 1 + proposals.partition_point(|(other, _)| other < unlikeliness))
            .collect();
        let ranked = ranks.into_iter().zip(proposals).map(|(rank, (_, proposal))| Proposal { rank, ..proposal });
        Cause {
            equations: bits(equations).map(|number| self.table.balances[number]).collect(),
            proposals: ranked.collect(),
            complete,
        }
    }

    fn changes(&self, mend: &Mend) -> Vec<Correction> {
        let shifted = self.is_shifted(mend);
        let change = |(cell, (lowest, highest)): (usize, &(i64, Option<i64>))| {
            let (printed, place) = (self.counts[cell].unwrap_or(0), self.report.get(self.table.cells[cell]));
            let mut change = Correction {
                cell: self.table.cells[cell],
                printed,
                lowest: *lowest,
                highest: *highest,
                slip: None,
                place: place.and_then(|cell| cell.place()).cloned(),
            };
            change.slip = if shifted { Some(Slip::Shifted) } else { self.slip(&change) };
            change
        };
        mend.cells.iter().zip(&mend.bounds).map(change).collect()
    }

    fn slip(&self, change: &Correction) -> Option<Slip> {
        let printed = change.printed;
        if printed == 0 {
            return Some(Slip::PrintedZero);
        }
        let value = change.value()?;
        let by_digits = digit_slip(printed, value);
        let totals = |balance: &&&Balance| *balance.equation.left == [change.cell];
        let Some(total) = self.table.balances.iter().find(totals) else { return by_digits };
        let parts = || {
            let cells = total.equation.right.iter().filter_map(|part| self.report.get(*part));
            cells.filter_map(|part| part.count()).filter(|count| *count > 0)
        };
        by_digits
            .or_else(|| parts().any(|part| printed - value == part).then_some(Slip::CountedTwice))
            .or_else(|| parts().any(|part| value - printed == part).then_some(Slip::LeftOut))
            .or(Some(Slip::TotalNotUpdated))
    }

    /// Whether the counts asked for are those printed one cell further on in the same row or column, from the first changed
    /// cell to the last; that of the last is printed in the first, or lost if there are more than two.
    fn is_shifted(&self, mend: &Mend) -> bool {
        let mut changed: Vec<(usize, i64)> = Vec::new();
        for (at, (cell, (lowest, _))) in mend.cells.iter().zip(&mend.bounds).enumerate() {
            if mend.is_open(at) {
                return false;
            }
            changed.push((self.table.positions[cell], *lowest));
        }
        let [(first, _), .., (last, _)] = changed[..] else { return false };
        [1, APPLICANTS].into_iter().any(|step| {
            let line: Vec<usize> = (first..=last).step_by(step).collect();
            let all = changed.iter().all(|(position, _)| line.contains(position));
            let printed = |position: &usize| {
                let cell = self.table.positions.iter().position(|of| of == position)?;
                self.are_in_line(first, *position, step).then_some(self.counts[cell]?)
            };
            let Some(printed) = line.iter().map(printed).collect::<Option<Vec<i64>>>() else { return false };
            let asked: Vec<i64> = line
                .iter()
                .zip(&printed)
                .map(|(at, printed)| {
                    changed.iter().find(|(position, _)| position == at).map_or(*printed, |(_, value)| *value)
                })
                .collect();
            let one_off = |longer: &[i64], other: &[i64]| {
                longer[1..] == other[..other.len() - 1] && (longer.len() > 2 || longer.first() == other.last())
            };
            all && (one_off(&printed, &asked) || one_off(&asked, &printed))
        })
    }

    /// Whether two places of the form's order are in the same row, or in the same column.
    fn are_in_line(&self, one: usize, other: usize, step: usize) -> bool {
        let (Some(one), Some(other)) = (self.entry(one), self.entry(other)) else { return false };
        let row = |entry: &'static Entry| entry.path().rsplit_once('.').map(|(row, _)| row);
        if step == 1 { row(one) == row(other) } else { one.column() == other.column() }
    }

    fn entry(&self, position: usize) -> Option<&'static Entry> {
        self.report.layout().cells().get(position)
    }
}

/// How a figure that is not 0 came to be another, digit by digit.
fn digit_slip(printed: i64, value: i64) -> Option<Slip> {
    let (printed, value) = (printed.to_string().into_bytes(), value.to_string().into_bytes());
    let without_one = |long: &[u8], short: &[u8]| {
        long.len() == short.len() + 1
            && (0..long.len()).any(|gone| [&long[..gone], &long[gone + 1..]].concat() == short)
    };
    if without_one(&printed, &value) || without_one(&value, &printed) {
        return Some(Slip::DigitLost);
    }
    if printed.len() != value.len() || printed.len() < 2 {
        return None;
    }
    let different: Vec<usize> = (0..printed.len()).filter(|at| printed[*at] != value[*at]).collect();
    match different.as_slice() {
        [_] => Some(Slip::DigitMistyped),
        [one, other] if one + 1 == *other && printed[*one] == value[*other] && printed[*other] == value[*one] => {
            Some(Slip::DigitsSwapped)
        }
        _ => None,
    }
}

/// A slip that people are known to make is likelier than a figure out of nowhere.
fn unlikeliness(slip: Option<Slip>) -> u32 {
    match slip {
        Some(Slip::TotalNotUpdated) => 1,
        Some(_) => 0,
        None => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the network takes for granted of the rule table.
    #[test]
    fn every_table_is_a_network() {
        for table in TABLES.iter().flatten() {
            assert!(table.cells.len() <= 192 && table.equations.len() < 64);
            assert_eq!(table.implied.is_some(), table.equations.len() > 1);
            // Each node is its equation, or the equation with all signs turned.
            for (number, equation) in table.equations.iter().enumerate().filter(|(at, _)| Some(*at) != table.implied) {
                let sign = |cell: usize| {
                    i64::from(table.gains[number].contains(cell)) - i64::from(table.losses[number].contains(cell))
                };
                let turned = sign(equation[0].0) * equation[0].1;
                assert!(equation.iter().all(|(cell, of)| sign(*cell) == turned * of && turned != 0));
                assert_eq!((table.gains[number] | table.losses[number]).len(), equation.len());
                assert_eq!(table.equations_of(1 << number), 1 << number);
            }
            // The equation left out is what all nodes of a side come to.
            let side = |of: &[CellSet]| bits(table.side).fold(CellSet::default(), |all, node| all | of[node]);
            let crossing = (side(&table.gains) - side(&table.losses)) | (side(&table.losses) - side(&table.gains));
            let left_out = table.implied.map_or(&[][..], |number| &table.equations[number]);
            assert_eq!(crossing, left_out.iter().map(|(cell, _)| *cell).collect());
        }
    }
}
