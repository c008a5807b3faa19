//! The equations of a table as a network, and the counts of its cells as a flow.
//!
//! But for one equation that follows from the others (the row of the outcomes' total), every cell of table two is in two
//! equations, of a group of table three in one. So the equations are the nodes of a network, the cells its arcs, the counts
//! a flow: what an equation is off by has to flow off through the cells that may change. That settles what a set of cells
//! can mend by augmenting paths, in whole numbers. Where the flow is stuck, the nodes it still reaches are equations whose
//! sum cannot hold, and one of the printed cells between them and the rest must be among those that change: the search
//! branches on these alone.

use std::ops::{BitAnd, BitOr, Sub};

use crate::form::edition::PerLayout;
use crate::form::{Cell, Layout};
use crate::number::LARGEST_COUNT;
use crate::rule::Balance;

/// How many cells and equations a network can have: a table of more is not repaired. Table two has 175 and 39.
const MOST_CELLS: usize = 256;
const MOST_EQUATIONS: usize = 62;

/// Cells of a table, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellSet([u64; MOST_CELLS / 64]);

impl CellSet {
    pub(super) fn with(mut self, cell: usize) -> CellSet {
        self.0[cell / 64] |= 1 << (cell % 64);
        self
    }

    pub(super) fn contains(self, cell: usize) -> bool {
        self.0[cell / 64] & 1 << (cell % 64) != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self == CellSet::default()
    }

    pub(super) fn len(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        (0..MOST_CELLS / 64).flat_map(move |word| bits(self.0[word]).map(move |bit| word * 64 + bit))
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
        CellSet(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }
}

impl BitOr for CellSet {
    type Output = CellSet;
    fn bitor(self, other: CellSet) -> CellSet {
        CellSet(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }
}

impl Sub for CellSet {
    type Output = CellSet;
    fn sub(self, other: CellSet) -> CellSet {
        CellSet(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }
}

/// The numbers of the bits that are set.
pub(super) fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (lowest < u64::BITS).then_some(lowest as usize)
    })
}

/// The equations of one table of a layout, as a network. A node is an equation, by its number; one more stands for the rest
/// of the world, where a cell is in one equation alone.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) balances: Vec<&'static Balance>,
    pub(super) cells: Vec<Cell>,
    /// By cell: its place in the form's order.
    pub(super) positions: Vec<usize>,
    /// By equation: its cells, each with its sign.
    pub(super) equations: Vec<Vec<(usize, i64)>>,
    /// By cell: the node that loses and the node that gains where its count grows.
    arcs: Vec<[usize; 2]>,
    /// By node: the cells that it gains by, and those that it loses by.
    gains: Vec<CellSet>,
    losses: Vec<CellSet>,
    /// All nodes, and those on one side of the equation that follows from the others.
    pub(super) nodes: u64,
    side: u64,
    implied: Option<usize>,
}

/// By layout: identities that have cells in common, such as those of table two, or a group of table three. No equation joins
/// one with another.
pub(super) static TABLES: PerLayout<Vec<Table>> = PerLayout::new(|layout| {
    let mut parts: Vec<Vec<&Balance>> = Vec::new();
    for balance in Balance::all(layout).iter().filter(|balance| balance.is_exact()) {
        let shares =
            |other: &&Balance| other.equation.cells().any(|cell| balance.equation.cells().any(|of| of == cell));
        let (joined, apart): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.iter().any(shares));
        parts = apart;
        parts.push(joined.into_iter().flatten().chain([balance]).collect());
    }
    let first = |part: &Vec<&'static Balance>| part.iter().flat_map(|balance| balance.left.iter().copied()).min();
    parts.sort_by_key(first);
    parts.into_iter().filter_map(|balances| Table::new(layout, balances)).collect()
});

impl Table {
    /// `None` if there are more cells or equations than a network can have.
    fn new(layout: Layout, balances: Vec<&'static Balance>) -> Option<Table> {
        let mut cells: Vec<Cell> = balances.iter().flat_map(|balance| balance.equation.cells()).collect();
        cells.sort_unstable_by_key(|cell| layout.position(*cell));
        cells.dedup();
        (cells.len() <= MOST_CELLS && balances.len() <= MOST_EQUATIONS).then_some(())?;
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
        // The cells of the outcomes' total are in three equations: their row's, their column's and the balance. Their row
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
        Some(Table { balances, cells, positions, equations, arcs, gains, losses, nodes, side, implied })
    }

    /// The equations whose sum a set of nodes is, as few as possible: the nodes of either side of the implied equation make
    /// it up together, and all nodes together come to nothing.
    pub(super) fn equations_of(&self, nodes: u64) -> u64 {
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
pub(super) struct Flow<'t> {
    table: &'t Table,
    pub(super) counts: Vec<i64>,
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
pub(super) struct Cut {
    pub(super) nodes: u64,
    pub(super) cells: CellSet,
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    To,
    From,
}

impl<'t> Flow<'t> {
    pub(super) fn new(table: &'t Table, counts: Vec<i64>) -> Flow<'t> {
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
    pub(super) fn release(&mut self, cell: usize) {
        self.free = self.free.with(cell);
        let [from, to] = self.table.arcs[cell];
        let (ends, joined) = (1 << from | 1 << to, |part: &(u64, i64)| part.0 & (1 << from | 1 << to) != 0);
        let (nodes, sum) =
            self.parts.iter().filter(|part| joined(part)).fold((ends, 0), |all, part| (all.0 | part.0, all.1 + part.1));
        self.parts.retain(|part| !joined(part));
        self.parts.push((nodes, sum));
    }

    /// Moves all that can be moved from nodes that have too much to nodes that have too little.
    pub(super) fn settle(&mut self) {
        for node in 0..self.excess.len() {
            while self.excess[node] > 0 && self.push(node) {}
        }
    }

    pub(super) fn is_settled(&self) -> bool {
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
    pub(super) fn cuts(&self) -> Vec<Cut> {
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
    pub(super) fn fewest_changes(&self) -> usize {
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
    pub(super) fn bounds(&self, cell: usize) -> (i64, Option<i64>) {
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
    pub(super) fn fixed(&self, cells: CellSet) -> Vec<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What the network takes for granted of the rule table.
    #[test]
    fn a_table_beyond_the_bounds_is_none() {
        let all = Balance::all(Layout::EDITION_2021).iter().filter(|balance| balance.is_exact());
        let many: Vec<_> = all.clone().cycle().take(MOST_EQUATIONS + 1).collect();
        assert!(Table::new(Layout::EDITION_2021, many).is_none());
        assert!(Table::new(Layout::EDITION_2021, all.take(7).collect()).is_some());
    }

    #[test]
    fn every_table_is_a_network() {
        for table in Layout::newest_first().flat_map(|layout| TABLES.of(layout)) {
            assert!(table.cells.len() <= MOST_CELLS && table.equations.len() <= MOST_EQUATIONS);
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
