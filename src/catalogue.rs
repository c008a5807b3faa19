//! The catalogue: every cell of every layout with its path, official labels, unit and legal basis.
//!
//! [`Form`] is the tree of the three tables, generic in what is in the cells. [`Form::cells`] is that tree filled
//! with the names of the cells, so that code names a cell by walking the form, and a name that does not exist does not
//! compile:
//!
//! ```
//! use ogi_report::{Form, Layout};
//! let form = Form::cells(Layout::EDITION_2021);
//! let cell = form.requests.outcomes.withheld.state_secret.natural_person;
//! assert_eq!(cell.path(), "requests.outcomes.withheld.state_secret.natural_person");
//! assert_eq!(cell.label(), "1.属于国家秘密 · 自然人");
//! assert_eq!(cell.basis().to_string(), "Articles 14, 36(3)");
//! assert_eq!("requests.received.total".parse(), Ok(form.requests.received.total));
//! ```

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::article20::Article20;
use crate::form::clause::{Declared, Node, leaves};
use crate::form::declare::clause;
use crate::form::tree::{Branch, Role, Tree};
use crate::form::{Basis, Cell, Cells, Kind, Layout, Unit};
use crate::narrative::Section;
use crate::proceedings::Proceedings;
use crate::requests::Requests;
use crate::value_error::ValueError;
use crate::wire::text;

clause! {
/// The three tables of the form, filled with cells of the content `V`.
Form {
    article20:   Part<Article20>   = "二、主动公开政府信息情况", "20, 50(1)";
    requests:    Part<Requests>    = "三、收到和处理政府信息公开申请情况", "50(2)";
    proceedings: Part<Proceedings> = "四、政府信息公开行政复议、行政诉讼情况", "50(3)";
} }

impl Form<Cells> {
    /// The names of the cells, as the clauses of `layout` have them. A layout that departs from its clauses may print other
    /// cells besides, and not all of these: [`Layout::entry`] tells.
    pub fn cells(layout: Layout) -> &'static Form<Cells> {
        &layout.catalogue().names
    }
}

impl Layout {
    /// The cells this layout prints, in the form's order.
    pub fn cells(self) -> &'static [Entry] {
        &self.catalogue().entries
    }

    /// What this layout prints at `cell`; `None` if it has no such cell.
    pub fn entry(self, cell: Cell) -> Option<&'static Entry> {
        self.cells().get(self.position(cell)?)
    }

    /// Where `cell` is in the form's order.
    pub(crate) fn position(self, cell: Cell) -> Option<usize> {
        self.catalogue().positions.get(cell.index()).copied().flatten()
    }

    /// The names of the cells this layout prints, in the form's order.
    pub(crate) fn order(self) -> &'static [Cell] {
        &self.catalogue().order
    }

    /// The rows this layout prints, in the form's order.
    pub fn rows(self) -> &'static [Row] {
        &self.catalogue().rows
    }

    /// The row in which this layout prints `cell`; `None` if it has no such cell.
    pub fn row_of(self, cell: Cell) -> Option<&'static Row> {
        self.entry(cell).map(Entry::row)
    }

    /// Its tables.
    pub(crate) fn tree(self) -> &'static [Branch] {
        &self.catalogue().tree.0
    }

    /// Whether its cells are those that its clauses name, so that these hold all of its figures.
    pub(crate) fn is_typed(self) -> bool {
        self.catalogue().is_typed
    }

    pub(crate) fn catalogue(self) -> &'static Catalogue {
        &CATALOGUES.layouts[self.index()]
    }
}

impl Cell {
    /// The path, as in JSON: `requests.received.total`.
    pub fn path(self) -> &'static str {
        self.entry().path()
    }

    /// The official label: row · column, as the newest layout that has the cell prints it.
    pub fn label(self) -> String {
        self.entry().label()
    }

    /// What the cell counts in.
    pub fn unit(self) -> Unit {
        self.entry().unit()
    }

    /// The articles of the Regulations the cell rests on.
    pub fn basis(self) -> Basis {
        self.entry().basis()
    }

    /// What kind of figure the cell holds.
    pub fn kind(self) -> Kind {
        self.entry().kind()
    }

    /// How many cells the layouts have, all together.
    pub(crate) fn count() -> usize {
        CATALOGUES.newest.len()
    }

    /// The cell's entry in the newest layout that has it.
    pub(crate) fn entry(self) -> &'static Entry {
        let (layout, position) = CATALOGUES.newest[self.index()];
        &layout.cells()[position]
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.path())
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cell({self})")
    }
}

impl FromStr for Cell {
    type Err = ValueError;
    fn from_str(path: &str) -> Result<Cell, ValueError> {
        match CATALOGUES.by_path.binary_search_by_key(&path, |cell| cell.path()) {
            Ok(found) => Ok(CATALOGUES.by_path[found]),
            Err(_) => {
                let words =
                    ["格的路径，如 requests.received.total", "the path of a cell such as requests.received.total"];
                Err(ValueError::new(words, path))
            }
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.path())
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Cell, D::Error> {
        text(from)
    }
}

// ---- Entries, rows, columns ----------------------------------------------------------------------

/// A key of a path, and what the form prints there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub key: &'static str,
    pub printed: &'static str,
    pub articles: &'static str,
}

/// One line of the catalogue: a cell as one layout prints it.
///
/// ```
/// use ogi_report::Layout;
/// let entry = &Layout::EDITION_2021.cells()[0];
/// assert_eq!((entry.path(), entry.label()), ("article20.item1.rules.issued", "规章 · 本年制发件数".to_owned()));
/// ```
#[derive(Debug)]
pub struct Entry {
    cell: Cell,
    layout: Layout,
    path: String,
    table: Section,
    /// Its row in the catalogue of the layout.
    row: usize,
    labels: Vec<Label>,
    role: Role,
    kind: Kind,
    unit: Unit,
}

impl Entry {
    /// The cell.
    pub fn cell(&self) -> Cell {
        self.cell
    }

    /// The path, as in JSON.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The table it is in, by its section.
    pub fn table(&self) -> Section {
        self.table
    }

    /// The row it is in; in table three the group.
    pub fn row(&self) -> &'static Row {
        &self.layout.catalogue().rows[self.row]
    }

    /// The key of its column, the last of the path: `natural_person`.
    pub fn column_key(&self) -> &'static str {
        self.labels[self.labels.len() - 1].key
    }

    /// The label of its column, `自然人`.
    pub fn column_label(&self) -> &'static str {
        self.labels[self.labels.len() - 1].printed
    }

    /// Whether it is the sum of the other cells of its row, 总计.
    pub fn is_total(&self) -> bool {
        self.role == Role::Total
    }

    /// The keys of the path, each with the label printed there: table, groups, row, column.
    pub fn trail(&self) -> impl DoubleEndedIterator<Item = (&'static str, &'static str)> + '_ {
        self.labels.iter().map(|label| (label.key, label.printed))
    }

    /// Row · column.
    pub fn label(&self) -> String {
        format!("{} · {}", self.row().label(), self.column_label())
    }

    /// What the cell counts in.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The articles of the Regulations the cell rests on.
    pub fn basis(&self) -> Basis {
        Basis(self.labels.iter().rev().map(|label| label.articles).find(|articles| !articles.is_empty()).unwrap_or(""))
    }

    /// What kind of figure the cell holds.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    #[cfg(feature = "export")]
    pub(crate) fn labels(&self) -> &[Label] {
        &self.labels
    }
}

/// A row of a table as one layout prints it; in table three a group of cells.
///
/// ```
/// use ogi_report::{Layout, Section};
/// let rows = Layout::EDITION_2021.rows().iter();
/// assert_eq!(rows.filter(|row| row.table() == Section::Requests).count(), 25);
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    layout: Layout,
    path: String,
    label: &'static str,
    /// The places of its cells in the form's order.
    cells: Range<usize>,
    /// The rows of the group whose total it is, itself among them; none for any other row.
    group: Range<usize>,
}

impl Row {
    /// The path of its cells, without the column: `requests.carried_in`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The label, `1.属于国家秘密`; in table three that of the group, `复议后起诉`.
    pub fn label(&self) -> &'static str {
        self.label
    }

    /// The rows of the group that it is in, itself among them: those whose paths differ from its own in the last key.
    pub fn siblings(&self) -> impl Iterator<Item = &'static Row> {
        fn group(row: &Row) -> &str {
            row.path.rsplit_once('.').map_or("", |(group, _)| group)
        }
        self.layout.rows().iter().filter(move |row| group(row) == group(self))
    }

    /// Its cells, from left to right.
    pub fn cells(&self) -> &'static [Entry] {
        &self.layout.cells()[self.cells.clone()]
    }

    /// The cell that is the sum of the others, 总计; table one has none.
    pub fn total(&self) -> Option<&'static Entry> {
        self.cells().iter().find(|entry| entry.is_total())
    }

    /// The cells that [`total`](Row::total) sums up.
    pub fn parts(&self) -> impl Iterator<Item = &'static Entry> {
        self.cells().iter().filter(|entry| !entry.is_total())
    }

    /// The table it is in, by its section.
    pub fn table(&self) -> Section {
        self.cells()[0].table()
    }

    /// Its cell in the column of this key.
    pub fn in_column(&self, key: &str) -> Option<Cell> {
        self.cells().iter().find(|entry| entry.column_key() == key).map(|entry| entry.cell())
    }

    /// Whether it is the sum of the rows beside it, （七）总计.
    pub fn is_total(&self) -> bool {
        !self.group.is_empty()
    }

    /// The rows that a row of totals sums up.
    pub fn summed(&self) -> impl Iterator<Item = &'static Row> {
        self.layout.rows()[self.group.clone()].iter().filter(|row| !row.is_total())
    }
}

// ---- The catalogue -------------------------------------------------------------------------------

/// Everything known about one layout.
pub(crate) struct Catalogue {
    names: Form<Cells>,
    tree: Tree,
    entries: Vec<Entry>,
    /// The cells of the entries.
    order: Vec<Cell>,
    rows: Vec<Row>,
    /// By number of the cell: where it is in the form's order.
    positions: Vec<Option<usize>>,
    is_typed: bool,
}

struct Catalogues {
    /// By number of the layout.
    layouts: Vec<Catalogue>,
    /// By number of the cell: the newest layout that has it, and its position there.
    newest: Vec<(Layout, usize)>,
    by_path: Vec<Cell>,
}

static CATALOGUES: LazyLock<Catalogues> = LazyLock::new(|| {
    let mut paths = Vec::new();
    let mut newest = Vec::new();
    let parts: Vec<_> = Layout::newest_first()
        .map(|layout| {
            let tree = (layout.data().tables)(Tree(Form::<Cells>::branches(layout.data().clauses)));
            let mut lines = Lines {
                layout,
                entries: Vec::new(),
                rows: Vec::new(),
                totals: Vec::new(),
                paths: &mut paths,
                newest: &mut newest,
            };
            assert_eq!(tree.0.len(), Section::TABLES.len(), "a layout has the tables of the form");
            for (table, branch) in Section::TABLES.into_iter().zip(&tree.0) {
                lines.add(table, branch, &mut Vec::new());
            }
            (layout, tree, lines.entries, lines.rows)
        })
        .collect();
    let catalogue = |(layout, tree, entries, rows): (Layout, Tree, Vec<Entry>, Vec<Row>)| {
        let names = names(layout, &paths);
        let mut positions = vec![None; paths.len()];
        for (position, entry) in entries.iter().enumerate() {
            positions[entry.cell.index()] = Some(position);
        }
        let order: Vec<Cell> = entries.iter().map(|entry| entry.cell).collect();
        let is_typed = leaves(&names) == order;
        Catalogue { names, tree, entries, order, rows, positions, is_typed }
    };
    let mut layouts: Vec<Catalogue> = parts.into_iter().map(catalogue).collect();
    layouts.sort_by_key(|catalogue| catalogue.entries[0].layout);
    let mut by_path: Vec<Cell> = (0..paths.len()).map(|number| Cell(number as u16)).collect();
    by_path.sort_by_key(|cell| &paths[cell.index()].0);
    Catalogues { layouts, newest, by_path }
});

/// The names that the clauses of a layout give to its cells.
fn names(layout: Layout, paths: &[Known]) -> Form<Cells> {
    fn walk(branches: &[Branch], path: &str, each: &mut dyn FnMut(&str)) {
        for branch in branches {
            let path = if path.is_empty() { branch.key.to_owned() } else { format!("{path}.{}", branch.key) };
            if branch.kind().is_some() { each(&path) } else { walk(&branch.branches, &path, each) }
        }
    }
    let clauses = layout.data().clauses;
    let mut cells = Vec::new();
    walk(&Form::<Cells>::branches(clauses), "", &mut |path| {
        let number = paths.iter().position(|(known, ..)| known == path);
        // The form has a few hundred cells.
        cells.push(Cell(number.expect("the layout that a clause was declared for prints all of its cells") as u16));
    });
    let mut cells = cells.into_iter();
    Form::from_leaves(clauses, &mut || cells.next()).expect("a clause has a branch for each of its cells")
}

/// The path of a cell, what kind of figure it holds and what it counts in: in every layout that prints it.
type Known = (String, Kind, Unit);

/// The lines of one layout, while the catalogue is made.
struct Lines<'c> {
    layout: Layout,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    /// Rows of totals whose group is not complete.
    totals: Vec<usize>,
    paths: &'c mut Vec<Known>,
    newest: &'c mut Vec<(Layout, usize)>,
}

impl Lines<'_> {
    fn add(&mut self, table: Section, branch: &Branch, labels: &mut Vec<Label>) {
        labels.push(Label { key: branch.key, printed: branch.printed, articles: branch.articles });
        let (first, first_row, first_total) = (self.entries.len(), self.rows.len(), self.totals.len());
        for part in &branch.branches {
            match part.kind() {
                None => self.add(table, part, labels),
                Some(kind) => self.add_cell(table, part, kind, labels),
            }
        }
        if branch.branches.iter().any(|part| part.kind().is_some()) {
            self.rows.push(Row {
                layout: self.layout,
                path: path(labels),
                label: branch.printed,
                cells: first..self.entries.len(),
                group: 0..0,
            });
            self.totals.extend((branch.role == Role::TotalRow).then_some(self.rows.len() - 1));
        } else {
            // The rows of totals among its branches are those of this group.
            let group = first_row..self.rows.len();
            self.totals.drain(first_total..).for_each(|total| self.rows[total].group = group.clone());
        }
        labels.pop();
    }

    fn add_cell(&mut self, table: Section, branch: &Branch, kind: Kind, labels: &[Label]) {
        let label = Label { key: branch.key, printed: branch.printed, articles: branch.articles };
        let labels = [labels, &[label]].concat();
        let path = path(&labels);
        let (layout, row, role, unit) = (self.layout, self.rows.len(), branch.role, branch.unit);
        let number = self.paths.iter().position(|(known, ..)| *known == path).unwrap_or_else(|| {
            self.paths.push((path.clone(), kind, unit));
            self.newest.push((layout, self.entries.len()));
            self.paths.len() - 1
        });
        let (_, known_kind, known_unit) = self.paths[number];
        // What counts something else has a key of its own: the same path is the same cell in every layout.
        assert_eq!((kind, unit), (known_kind, known_unit), "{layout}: {path}");
        // The form has a few hundred cells.
        self.entries.push(Entry { cell: Cell(number as u16), layout, path, table, row, labels, role, kind, unit });
    }
}

fn path(labels: &[Label]) -> String {
    labels.iter().map(|label| label.key).collect::<Vec<_>>().join(".")
}
