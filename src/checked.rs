//! Each clause checked alone, without a report: table two, one row, the proceedings, the agency.
//!
//! What holds for the cells of a clause is taken from the rules of the whole form: an identity belongs to every clause that
//! has all of its cells. Totals that are left out are derived, those that are given must be right, and all that is wrong is
//! told at once.
//!
//! ```
//! use ogi_report::requests::{Applicants, Outcomes, Requests};
//! let received = Applicants { natural_person: 2.into(), ..Applicants::NONE };
//! let outcomes = Outcomes { disclosed: received, ..Outcomes::NONE };
//! let table = Requests { received, outcomes, ..Requests::NONE }.check().unwrap();
//! assert_eq!(table.outcomes.total.natural_person.get(), 2);
//!
//! let wrong = Applicants { total: Some(99.into()), ..received };
//! let findings = Requests { received: wrong, outcomes, ..Requests::NONE }.check().unwrap_err().findings;
//! let codes: Vec<&str> = findings.iter().map(|finding| &*finding.rule).collect();
//! assert_eq!(codes, ["requests-balance", "requests-row-total"]);
//! ```

use crate::agency::Agency;
use crate::article20::{Article20, edition2019, edition2021};
use crate::catalogue::{Entry, Form};
use crate::facts::Facts;
use crate::finding::{CheckReport, Finding};
use crate::form::clause::{Node, leaves};
use crate::form::{Cell, Cells, Checked, Figures, Given, Layout};
use crate::narrative::{Narrative, OtherMatters, ProcessingFee, Section};
use crate::number::Figure;
use crate::proceedings::{Litigation, Proceedings, Rulings};
use crate::published::PublishedReport;
use crate::report::Refused;
use crate::requests::{
    Applicants, DividedHandling, NotProcessed, OtherHandling, Outcomes, Requests, Unavailable, Withheld,
};
use crate::rule::balance::completed;
use crate::rule::facts::contradictions;
use crate::rule::outcome::Outcome;

/// What was checked is read and not changed: the first does not compile, the second differs in one word and does.
macro_rules! twins {
    ($path:literal) => {
        concat!(
            "What was checked is read and not changed:\n\n```compile_fail\nfn change(checked: &mut ogi_report::Checked<ogi_report::",
            $path, ">, other: ogi_report::", $path, ") {\n    **checked = other;\n}\n```\n",
            "```\nfn change(checked: &mut Box<ogi_report::", $path, ">, other: ogi_report::", $path,
            ") {\n    **checked = other;\n}\n```\n"
        )
    };
}

/// The clauses that stand once in the form, each with where its cells are.
macro_rules! stands_once {
    ($($path:literal $Clause:ty, $Names:ty, $Checked:ty: $names:expr;)+) => { $(
        impl $Clause {
            /// The clause, checked alone. Totals that are left out are derived.
            ///
            /// # Errors
            /// [`Refused`] with everything that is wrong with it.
            ///
            #[doc = twins!($path)]
            pub fn check(&self) -> Result<Checked<$Checked>, Box<Refused>> {
                let names: fn(&'static Form<Cells>) -> Option<&'static $Names> = $names;
                let of_layout = |layout: Layout| Some((layout, leaves(names(Form::cells(layout))?)));
                let is_built_so = |layout: &Layout| {
                    layout.is_typed() && Node::<Given>::fits(self, layout.data().clauses)
                };
                let found = Layout::newest_first().filter(is_built_so).find_map(of_layout);
                let (layout, names) = found.expect("a clause stands in some layout");
                of_given(self, layout, &names)
            }
        }
    )+ };
}

stands_once! {
    "requests::Requests" Requests<Given>, Requests<Cells>, Requests: |form| Some(&form.requests);
    "requests::Outcomes" Outcomes<Given>, Outcomes<Cells>, Outcomes: |form| Some(&form.requests.outcomes);
    "requests::Withheld" Withheld<Given>, Withheld<Cells>, Withheld: |form| Some(&form.requests.outcomes.withheld);
    "requests::Unavailable" Unavailable<Given>, Unavailable<Cells>, Unavailable: |form| Some(&form.requests.outcomes.unavailable);
    "requests::NotProcessed" NotProcessed<Given>, NotProcessed<Cells>, NotProcessed: |form| Some(&form.requests.outcomes.not_processed);
    "requests::OtherHandling" OtherHandling<Given>, OtherHandling<Cells>, OtherHandling: |form| Some(&form.requests.outcomes.other_handling);
    "requests::DividedHandling" DividedHandling<Given>, DividedHandling<Cells>, DividedHandling: |form| match &*form.requests.outcomes.other_handling {
        OtherHandling::Divided(rows) => Some(rows),
        OtherHandling::Undivided(_) => None,
    };
    "proceedings::Proceedings" Proceedings<Given>, Proceedings<Cells>, Proceedings: |form| Some(&form.proceedings);
    "proceedings::Litigation" Litigation<Given>, Litigation<Cells>, Litigation: |form| Some(&form.proceedings.litigation);
    "article20::Article20" Article20<Given>, Article20<Cells>, Article20: |form| Some(&form.article20);
    "article20::edition2021::Items" edition2021::Items<Given>, edition2021::Items<Cells>, edition2021::Items: |form| form.article20.edition2021();
    "article20::edition2019::Items" edition2019::Items<Given>, edition2019::Items<Cells>, edition2019::Items: |form| form.article20.edition2019();
}

/// The rows that are in several places.
macro_rules! stands_often {
    ($($path:literal $Row:ident)+) => { $(
        impl $Row<Given> {
            /// The row, checked alone, as the one with these names: findings tell them. The total is derived if it is left out.
            ///
            /// # Errors
            /// [`Refused`] with everything that is wrong with it.
            ///
            /// ```
            /// use ogi_report::{Form, Layout, requests::Applicants};
            /// let names = &Form::cells(Layout::EDITION_2021).requests.received;
            /// let row = Applicants { other: 3.into(), ..Applicants::NONE };
            /// assert_eq!(row.check_as(names).unwrap().total.get(), 3);
            /// let wrong = Applicants { total: Some(99.into()), ..row };
            /// assert_eq!(wrong.check_as(names).unwrap_err().findings.len(), 1);
            /// ```
            ///
            /// Names of several rows are those of none: the first does not compile, the second does.
            ///
            /// ```compile_fail
            /// # use ogi_report::{Cells, Checked, Refused, requests::{Applicants, Requests}};
            /// fn check(row: Applicants<ogi_report::Given>, of: &Requests<Cells>) -> Result<Checked<Applicants>, Box<Refused>> {
            ///     row.check_as(&Applicants { total: of.carried_in.total, ..*of.received })
            /// }
            /// ```
            /// ```
            /// # use ogi_report::{Cells, Checked, Refused, requests::{Applicants, Requests}};
            /// fn check(row: Applicants<ogi_report::Given>, of: &Requests<Cells>) -> Result<Checked<Applicants>, Box<Refused>> {
            ///     row.check_as(&of.received)
            /// }
            /// ```
            ///
            #[doc = twins!($path)]
            pub fn check_as(&self, names: &Checked<$Row<Cells>>) -> Result<Checked<$Row>, Box<Refused>> {
                let names = leaves(names);
                of_given(self, layout_of_row(&names), &names)
            }
        }
    )+ };
}

stands_often! { "requests::Applicants" Applicants "proceedings::Rulings" Rulings }

// ---- Facts ---------------------------------------------------------------------------------------

/// What is around the tables, each with how it is called and where it is among the facts.
macro_rules! stands_around {
    ($($path:literal $Type:ident $check:ident $as:literal: $facts:expr;)+) => { $(
        impl $Type {
            #[doc = concat!("The same, checked alone", $as, ".")]
            ///
            /// # Errors
            /// [`Refused`] with everything in it that contradicts itself.
            ///
            #[doc = twins!($path)]
            pub fn $check(self) -> Result<Checked<$Type>, Box<Refused>> {
                let facts: fn($Type) -> Facts = $facts;
                match findings(&facts(self.clone())) {
                    found if found.is_empty() => Ok(Checked::proved(self)),
                    findings => Err(Box::new(Refused { faults: vec![], findings })),
                }
            }
        }
    )+ };
}

stands_around! {
    "Agency" Agency check "": |agency| Facts { agency: Some(agency), ..Facts::default() };
    "Narrative" Narrative check_as_overview " as section one, 一、总体情况": |section| Facts { overview: Some(section), ..Facts::default() };
    "Narrative" Narrative check_as_problems " as section five, 五、存在的主要问题及改进情况": |section| Facts { problems: Some(section), ..Facts::default() };
    "OtherMatters" OtherMatters check "": |section| Facts { other_matters: Some(section), ..Facts::default() };
    "ProcessingFee" ProcessingFee check "": |fee| {
        let section = OtherMatters { title: Section::OtherMatters.title().to_owned(), parts: vec![], processing_fee: Some(fee) };
        Facts { other_matters: Some(section), ..Facts::default() }
    };
}

impl Facts {
    /// The facts, checked alone.
    ///
    /// # Errors
    /// [`Refused`] with each of title, year and agency that is missing, and everything in which they contradict themselves.
    ///
    #[doc = twins!("Facts")]
    pub fn check(self) -> Result<Checked<Facts>, Box<Refused>> {
        let refused = Refused { faults: self.missing().collect(), findings: findings(&self) };
        let is_sound = refused.faults.is_empty() && refused.findings.is_empty();
        if is_sound { Ok(Checked::proved(self)) } else { Err(Box::new(refused)) }
    }
}

fn findings(facts: &Facts) -> Vec<Finding> {
    let mut checked = CheckReport::default();
    for (rule, found) in contradictions(facts, None) {
        checked.add(rule, Outcome::of(found));
    }
    checked.findings
}

// ---- Figures -------------------------------------------------------------------------------------

/// The newest layout that prints just these cells in a row.
fn layout_of_row(names: &[Cell]) -> Layout {
    let has_row = |layout: &Layout| {
        let row = layout.row_of(names[0]);
        row.is_some_and(|row| row.cells().iter().map(Entry::cell).eq(names.iter().copied()))
    };
    Layout::newest_first().find(has_row).expect("the layout that a row was declared for prints it")
}

/// The clause given, whose cells have these names in the layout.
fn of_given<T: Node<Figures>>(
    given: &impl Node<Given>,
    layout: Layout,
    names: &[Cell],
) -> Result<Checked<T>, Box<Refused>> {
    let mut figures = figures_of(layout, names, leaves(given))?.into_iter();
    let clause = T::from_leaves(layout.data().clauses, &mut || figures.next());
    Ok(Checked::proved(clause.expect("a clause as given has a figure of its kind for every cell")))
}

/// The figures in these cells of a layout with their totals derived, if nothing is wrong with them.
fn figures_of(layout: Layout, names: &[Cell], given: Vec<Option<Figure>>) -> Result<Vec<Figure>, Box<Refused>> {
    let given = match completed(layout, names, given) {
        Ok(figures) => return Ok(figures),
        Err(given) => given,
    };
    let mut report = PublishedReport::new(layout);
    for (cell, figure) in names.iter().zip(given) {
        if let Some(figure) = figure {
            report.set(*cell, figure).expect("the layout prints the cell");
        }
    }
    let within = |finding: &Finding| {
        !finding.cells.is_empty() && finding.cells.iter().all(|quoted| names.contains(&quoted.cell))
    };
    let findings = report.with_all_sums().check().findings.into_iter().filter(within).collect();
    Err(Box::new(Refused { faults: vec![], findings }))
}
