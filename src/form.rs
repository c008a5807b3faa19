//! The form itself: its editions, its layouts, and every cell with path, printed labels, unit and legal basis.
//!
//! [`Form`] is the tree of the three tables, generic in what stands in the cells. [`Form::cells`] is that tree filled
//! with the names of the cells, so that code names a cell by walking the form, and a name that does not exist does not
//! compile:
//!
//! ```
//! use ogi_report::{Form, Layout};
//! let form = Form::cells(Layout::Edition2021);
//! let cell = form.requests.outcomes.withheld.state_secret.natural_person;
//! assert_eq!(cell.path(), "requests.outcomes.withheld.state_secret.natural_person");
//! assert_eq!(cell.label(), "1.属于国家秘密 · 自然人");
//! assert_eq!(cell.basis().to_string(), "Articles 14, 36(3)");
//! assert_eq!("requests.received.total".parse(), Ok(form.requests.received.total));
//! ```

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::article20::Article20;
use crate::clause::{Content, Kinds, Label, Node, Outlined, clause, sealed};
use crate::number::{Amount, AmountUnit, Change, Count, Figure};
use crate::proceedings::Proceedings;
use crate::requests::{Applicants, Requests};
use crate::rule::balance::Balance;
use crate::text::shortened;

clause! {
/// The three tables of the form, filled with cells of the content `V`.
Form {
    article20:   Article20<V>   = "二、主动公开政府信息情况", "20, 50(1)";
    requests:    Requests<V>    = "三、收到和处理政府信息公开申请情况", "50(2)";
    proceedings: Proceedings<V> = "四、政府信息公开行政复议、行政诉讼情况", "50(3)";
} }

impl Form<Cells> {
    /// The names of the cells that `layout` prints.
    pub fn cells(layout: Layout) -> &'static Form<Cells> {
        &layout.catalogue().names
    }
}

/// An edition of the form. Article 50 lets the national competent department update it from time to time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Edition {
    /// 国办公开办函〔2019〕60号 (trial form): report years 2019 and 2020, 198 cells.
    #[serde(rename = "2019")]
    Edition2019,
    /// 国办公开办函〔2021〕30号: report years from 2021, 200 cells.
    #[serde(rename = "2021")]
    Edition2021,
}

impl Edition {
    /// All editions, oldest first.
    pub const ALL: &'static [Edition] = &[Edition::Edition2019, Edition::Edition2021];

    /// The edition that reports for `year` are due in; `None` before 2019, when 国办发〔2014〕32号 prescribed another
    /// table that this crate does not model.
    pub fn for_year(year: u16) -> Option<Edition> {
        match year {
            ..2019 => None,
            2019..=2020 => Some(Edition::Edition2019),
            2021.. => Some(Edition::Edition2021),
        }
    }

    /// The notice that prescribes it.
    pub const fn notice(self) -> &'static str {
        match self {
            Edition::Edition2019 => "国办公开办函〔2019〕60号",
            Edition::Edition2021 => "国办公开办函〔2021〕30号",
        }
    }

    /// The layout of this edition exactly as prescribed.
    pub const fn layout(self) -> Layout {
        match self {
            Edition::Edition2019 => Layout::Edition2019,
            Edition::Edition2021 => Layout::Edition2021,
        }
    }

    /// `2019` or `2021`, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Edition::Edition2019 => "2019",
            Edition::Edition2021 => "2021",
        }
    }
}

/// No edition, or no layout, of the form has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the name of an edition or a layout such as 2021, found {name:?}")]
pub struct UnknownEdition {
    /// What was given.
    pub name: String,
}

/// The one of them that has this name.
fn named<T: Copy>(all: &[T], name_of: fn(T) -> &'static str, name: &str) -> Result<T, UnknownEdition> {
    let found = all.iter().copied().find(|one| name_of(*one) == name);
    found.ok_or_else(|| UnknownEdition { name: shortened(name) })
}

impl FromStr for Edition {
    type Err = UnknownEdition;
    fn from_str(name: &str) -> Result<Edition, UnknownEdition> {
        named(Edition::ALL, Edition::name, name)
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is really printed: an edition as prescribed, or the hybrid seen in reports for 2023 and 2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Layout {
    /// Edition 2021 as prescribed: 200 cells.
    Edition2021,
    /// Edition 2021 with the one row （六）其他处理 of edition 2019: 186 cells.
    Hybrid,
    /// Edition 2019 as prescribed: 198 cells.
    Edition2019,
}

impl Layout {
    /// All layouts.
    pub const ALL: &'static [Layout] = &[Layout::Edition2021, Layout::Hybrid, Layout::Edition2019];

    /// The edition this layout is, or departs from.
    pub const fn edition(self) -> Edition {
        match self {
            Layout::Edition2021 | Layout::Hybrid => Edition::Edition2021,
            Layout::Edition2019 => Edition::Edition2019,
        }
    }

    /// Whether this is its edition exactly as prescribed.
    pub const fn is_exact(self) -> bool {
        !matches!(self, Layout::Hybrid)
    }

    /// Where it stands in [`Layout::ALL`].
    pub(crate) const fn index(self) -> usize {
        match self {
            Layout::Edition2021 => 0,
            Layout::Hybrid => 1,
            Layout::Edition2019 => 2,
        }
    }

    /// The name used in schema identifiers: `2021`, `2021-hybrid`, `2019`.
    pub const fn name(self) -> &'static str {
        match self {
            Layout::Edition2021 => "2021",
            Layout::Hybrid => "2021-hybrid",
            Layout::Edition2019 => "2019",
        }
    }

    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Layout::Edition2021 => "2021 版表样",
            Layout::Hybrid => "2021 版表样，但“（六）其他处理”只有一行（2019 版的写法）",
            Layout::Edition2019 => "2019 版表样",
        }
    }

    /// The cells this layout prints, in the form's order.
    pub fn cells(self) -> &'static [Entry] {
        &self.catalogue().entries
    }

    /// What this layout prints at `cell`; `None` if it has no such cell.
    pub fn entry(self, cell: Cell) -> Option<&'static Entry> {
        self.cells().get(self.position(cell)?)
    }

    /// Where `cell` stands in the form's order.
    pub(crate) fn position(self, cell: Cell) -> Option<usize> {
        self.catalogue().positions.get(cell.index()).copied().flatten()
    }

    pub(crate) fn catalogue(self) -> &'static Catalogue {
        let [edition2021, hybrid, edition2019] = &CATALOGUES.layouts;
        match self {
            Layout::Edition2021 => edition2021,
            Layout::Hybrid => hybrid,
            Layout::Edition2019 => edition2019,
        }
    }
}

impl FromStr for Layout {
    type Err = UnknownEdition;
    fn from_str(name: &str) -> Result<Layout, UnknownEdition> {
        named(Layout::ALL, Layout::name, name)
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A cell of the form, named by its path. The same path is the same cell in every layout that prints it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(u16);

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

    /// The number of the cell, from 0: less than [`Cell::count`].
    pub(crate) fn index(self) -> usize {
        self.0.into()
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

/// No layout of the form has a cell of this path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected the path of a cell such as requests.received.total, found {path:?}")]
pub struct UnknownCell {
    /// What was given.
    pub path: String,
}

impl FromStr for Cell {
    type Err = UnknownCell;
    fn from_str(path: &str) -> Result<Cell, UnknownCell> {
        match CATALOGUES.by_path.binary_search_by_key(&path, |cell| cell.path()) {
            Ok(found) => Ok(CATALOGUES.by_path[found]),
            Err(_) => Err(UnknownCell { path: shortened(path) }),
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
        crate::wire::text(from)
    }
}

/// One line of the catalogue: a cell as one layout prints it.
#[derive(Debug)]
pub struct Entry {
    cell: Cell,
    path: String,
    labels: Vec<Label>,
    kind: Kind,
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

    /// The path of the row, without the column: `requests.carried_in`.
    pub fn row_path(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(row, _)| row)
    }

    /// The keys of the path, each with the label printed there: table, groups, row, column.
    pub fn trail(&self) -> impl DoubleEndedIterator<Item = (&'static str, &'static str)> + '_ {
        self.labels.iter().map(|label| (label.key, label.printed))
    }

    /// The label of the row, `1.属于国家秘密`; in table three of the group, `复议后起诉`.
    pub fn row(&self) -> &'static str {
        self.labels.iter().rev().nth(1).map_or("", |label| label.printed)
    }

    /// The label of the column, `自然人`.
    pub fn column(&self) -> &'static str {
        self.labels.last().map_or("", |label| label.printed)
    }

    /// Row · column.
    pub fn label(&self) -> String {
        format!("{} · {}", self.row(), self.column())
    }

    /// What the cell counts in.
    pub fn unit(&self) -> Unit {
        self.labels.last().map_or(Unit::Pieces, |label| label.unit)
    }

    /// The articles of the Regulations the cell rests on.
    pub fn basis(&self) -> Basis {
        Basis(self.labels.iter().rev().map(|label| label.articles).find(|articles| !articles.is_empty()).unwrap_or(""))
    }

    /// What kind of figure the cell holds.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub(crate) fn labels(&self) -> &[Label] {
        &self.labels
    }
}

/// What kind of figure a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A whole number of 0 or more.
    Count,
    /// A signed whole number, 本年增/减.
    Change,
    /// A decimal of 0 or more.
    Amount,
}

/// What a cell counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 件: documents, decisions, requests, cases.
    Pieces,
    /// 项: items of a list, projects.
    Items,
    /// 万元: ten thousand yuan.
    WanYuan,
    /// The page prints the unit beside the amount, or none.
    AsPrinted,
}

impl Unit {
    /// The Chinese word; empty for a unit the form does not fix.
    pub const fn word(self) -> &'static str {
        match self {
            Unit::Pieces => "件",
            Unit::Items => "项",
            Unit::WanYuan => "万元",
            Unit::AsPrinted => "",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Articles of 《中华人民共和国政府信息公开条例》 (State Council Order 711), such as `36(3)` or `16 ¶2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Basis(pub(crate) &'static str);

impl Basis {
    /// The articles, one by one, in the short form `36(4)(5)`.
    pub fn articles(self) -> impl Iterator<Item = &'static str> {
        self.0.split(", ").filter(|article| !article.is_empty())
    }

    /// In Chinese: `《条例》第三十六条第（三）项`.
    pub fn zh(self) -> String {
        let articles: Vec<String> = self.articles().map(article_zh).collect();
        if articles.is_empty() { String::new() } else { format!("《条例》{}", articles.join("、")) }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.articles().count() {
            0 => Ok(()),
            1 => write!(f, "Article {}", self.0),
            _ => write!(f, "Articles {}", self.0),
        }
    }
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.articles())
    }
}

/// `36(4)(5)` → `第三十六条第（四）（五）项`, `16 ¶2` → `第十六条第二款`.
fn article_zh(article: &str) -> String {
    let end = article.find(|c: char| !c.is_ascii_digit()).unwrap_or(article.len());
    let (number, rest) = article.split_at(end);
    let mut zh = format!("第{}条", numeral(number));
    if let Some(paragraph) = rest.trim().strip_prefix('¶') {
        zh += &format!("第{}款", numeral(paragraph));
    } else if !rest.is_empty() {
        let items: Vec<String> = rest
            .split(['(', ')'])
            .filter(|item| !item.is_empty())
            .map(|item| format!("（{}）", numeral(item)))
            .collect();
        zh += &format!("第{}项", items.concat());
    }
    zh
}

/// A number below 100 in Chinese.
fn numeral(digits: &str) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |byte: u8| DIGITS[usize::from(byte.wrapping_sub(b'0')).min(9)];
    match digits.as_bytes() {
        [ones] => digit(*ones).to_owned(),
        [b'1', ones] => format!("十{}", digit(*ones)),
        [tens, ones] => format!("{}十{}", digit(*tens), digit(*ones)),
        _ => digits.to_owned(),
    }
}

// ---- The catalogue -------------------------------------------------------------------------------

/// Everything known about one layout.
pub(crate) struct Catalogue {
    pub names: Form<Cells>,
    pub entries: Vec<Entry>,
    /// By number of the cell: where it stands in the form's order.
    positions: Vec<Option<usize>>,
    /// The arithmetic rules, expanded.
    pub balances: Vec<Balance>,
}

struct Catalogues {
    layouts: [Catalogue; 3],
    /// By number of the cell: the newest layout that has it, and its position there.
    newest: Vec<(Layout, usize)>,
    by_path: Vec<Cell>,
}

static CATALOGUES: LazyLock<Catalogues> = LazyLock::new(|| {
    let mut paths: Vec<String> = Vec::new();
    let mut newest = Vec::new();
    let mut catalogue = |layout: Layout| {
        let mut entries: Vec<Entry> = Vec::new();
        Form::<Figures>::outline(layout, &mut Vec::new(), &mut |trail, kind| {
            let path = trail.iter().map(|label| label.key).collect::<Vec<_>>().join(".");
            let number = paths.iter().position(|known| *known == path).unwrap_or_else(|| {
                paths.push(path.clone());
                newest.push((layout, entries.len()));
                paths.len() - 1
            });
            // The form has a few hundred cells.
            entries.push(Entry { cell: Cell(number as u16), path, labels: trail.to_vec(), kind });
        });
        let mut cells = entries.iter().map(|entry| entry.cell);
        let names = Form::draw(layout, &mut || cells.next()).expect("the outline has a line for each cell of the tree");
        (names, entries)
    };
    let parts = [catalogue(Layout::Edition2021), catalogue(Layout::Hybrid), catalogue(Layout::Edition2019)];
    let layouts = parts.map(|(names, entries)| {
        let mut positions = vec![None; paths.len()];
        for (position, entry) in entries.iter().enumerate() {
            positions[entry.cell.index()] = Some(position);
        }
        let balances = crate::rule::balance::balances(&names, &|cell| positions[cell.index()].unwrap_or(usize::MAX));
        Catalogue { names, entries, positions, balances }
    });
    let mut by_path: Vec<Cell> = (0..paths.len()).map(|number| Cell(number as u16)).collect();
    by_path.sort_by_key(|cell| &paths[cell.index()]);
    Catalogues { layouts, newest, by_path }
});

// ---- Families of content -------------------------------------------------------------------------

/// The content of a form of names: each cell holds its [`Cell`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {}

impl sealed::Family for Cells {}
impl Content for Cells {
    type Leaf = Cell;
    type Count = Cell;
    type Change = Cell;
    type Amount = Cell;
    type Total = Cell;
    type TotalRow = Applicants<Cells>;
    type AmountUnit = ();
    fn priced(amount: &Cell, (): &()) -> Cell {
        *amount
    }
    fn price(leaf: Cell) -> Option<(Cell, ())> {
        Some((leaf, ()))
    }
}

impl Node<Cells> for Cell {
    fn pour(&self, into: &mut impl FnMut(Cell)) {
        into(*self);
    }
    fn draw(_: Layout, from: &mut impl FnMut() -> Option<Cell>) -> Option<Cell> {
        from()
    }
}

/// The content of a checked form: each cell holds a legal figure, each total is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {}

impl sealed::Family for Figures {}
impl Kinds for Figures {}
impl Content for Figures {
    type Leaf = Figure;
    type Count = Count;
    type Change = Change;
    type Amount = Amount;
    type Total = Count;
    type TotalRow = Applicants<Figures>;
    type AmountUnit = AmountUnit;
    fn priced(amount: &Amount, unit: &AmountUnit) -> Figure {
        Figure::Amount(*amount, *unit)
    }
    fn price(leaf: Figure) -> Option<(Amount, AmountUnit)> {
        match leaf {
            Figure::Amount(amount, unit) => Some((amount, unit)),
            _ => None,
        }
    }
}

/// The content of a form as a caller or a JSON document gives it: figures, and totals that may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {}

impl sealed::Family for Given {}
impl Content for Given {
    type Leaf = Option<Figure>;
    type Count = Count;
    type Change = Change;
    type Amount = Amount;
    type Total = Option<Count>;
    type TotalRow = Option<Applicants<Given>>;
    type AmountUnit = AmountUnit;
    fn priced(amount: &Amount, unit: &AmountUnit) -> Option<Figure> {
        Some(Figure::Amount(*amount, *unit))
    }
    fn price(leaf: Option<Figure>) -> Option<(Amount, AmountUnit)> {
        Figures::price(leaf?)
    }
}

/// A figure type as a leaf: of a checked form, of a given one, and of the outline.
macro_rules! figure {
    ($Type:ident, $make:expr, $pattern:pat => $value:expr) => {
        impl Node<Figures> for $Type {
            fn pour(&self, into: &mut impl FnMut(Figure)) {
                into($make(*self));
            }
            fn draw(_: Layout, from: &mut impl FnMut() -> Option<Figure>) -> Option<$Type> {
                match from()? {
                    $pattern => Some($value),
                    _ => None,
                }
            }
        }

        impl Node<Given> for $Type {
            fn pour(&self, into: &mut impl FnMut(Option<Figure>)) {
                into(Some($make(*self)));
            }
            fn draw(_: Layout, from: &mut impl FnMut() -> Option<Option<Figure>>) -> Option<$Type> {
                match from()?? {
                    $pattern => Some($value),
                    _ => None,
                }
            }
        }

        impl Outlined for $Type {
            fn outline(_: Layout, trail: &mut Vec<Label>, each: &mut impl FnMut(&[Label], Kind)) {
                each(trail, Kind::$Type);
            }
        }
    };
}
figure!(Count, Figure::Count, Figure::Count(count) => count);
figure!(Change, Figure::Change, Figure::Change(change) => change);
// The form fixes the unit of its own amounts; where the page chooses it, the clause says so.
figure!(Amount, |amount| Figure::Amount(amount, AmountUnit::Unstated), Figure::Amount(amount, _) => amount);

impl Node<Given> for Option<Count> {
    fn pour(&self, into: &mut impl FnMut(Option<Figure>)) {
        into(self.map(Figure::Count));
    }
    fn draw(_: Layout, from: &mut impl FnMut() -> Option<Option<Figure>>) -> Option<Self> {
        match from()? {
            None => Some(None),
            Some(Figure::Count(count)) => Some(Some(count)),
            Some(_) => None,
        }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl Node<Given> for Option<Applicants<Given>> {
    fn pour(&self, into: &mut impl FnMut(Option<Figure>)) {
        match self {
            Some(row) => row.pour(into),
            None => (0..7).for_each(|_| into(None)),
        }
    }
    fn draw(layout: Layout, from: &mut impl FnMut() -> Option<Option<Figure>>) -> Option<Self> {
        Applicants::draw(layout, from).map(Some)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}
