//! The facts around the tables, and how they are known.
//!
//! # Rules
//! - [`title-stated`](crate::RULES), `title-year`, `title-agency`: the title is one of this agency and year
//! - [`agency-stated`](crate::RULES), `division-code`: the agency has a name, its code is built as GB/T 2260 prescribes
//! - [`date-after-year`](crate::RULES), `date-near-year`: published and signed after the year, and within ten years of it
//! - [`section-heading`](crate::RULES): each section in words has a heading
//! - [`processing-fee-consistent`](crate::RULES): where none was collected, no amount is
//! - [`preamble-agency`](crate::RULES), `signature-agency`, `notice-cited`, `sections-announced`, `overview-aspects`: what the
//!   report says of itself
//!
//! ```
//! use ogi_report::{Agency, Date, Facts, Scope, Year};
//! let title = "示例市数据局2024年政府信息公开工作年度报告";
//! let facts = Facts {
//!     scope: Scope::Own,
//!     published_on: Some(Date::new(2025, 1, 20)?),
//!     ..Facts::new(title, Year::new(2024)?, Agency::named("示例市数据局"))
//! };
//! assert!(facts.clone().check().is_ok());
//! let early = Facts { published_on: Some(Date::new(2024, 12, 31)?), ..facts };
//! assert_eq!(early.check().unwrap_err().findings[0].rule, "date-after-year");
//! # Ok::<(), ogi_report::ValueError>(())
//! ```

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::agency::Agency;
use crate::date::{Date, Year};
use crate::fault::Fault;
use crate::language::Language;
use crate::narrative::{Narrative, OtherMatters, Part, Section};
use crate::number::Count;
use crate::place::Place;
use crate::value_error::ValueError;
use crate::wire::{exact, is_default, optional, or_default, plain_enum};

/// The facts around the tables, and the sections in words. On a published page each may be missing; a checked report has
/// title, year and agency ([`Facts::new`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "facts", title = "facts")]
pub struct Facts {
    /// The report year; the statistics cover its 1 January to 31 December.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<Year>,
    /// The title as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who reports.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// Whom the figures cover; absent for unknown.
    #[serde(default, deserialize_with = "or_default")]
    pub scope: Scope,
    /// The day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Date>,
    /// The day in the signature block, where it is printed besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<Date>,
    /// Who signed, 落款机关: a name in full, or that of the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
    /// How these facts are known; what is absent was stated.
    #[serde(default, deserialize_with = "or_default", skip_serializing_if = "is_default")]
    pub evidence: Evidence,
    /// What is between the title and section one.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub preamble: Option<Part>,
    /// Section one, 一、总体情况.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub overview: Option<Narrative>,
    /// Section five, 五、存在的主要问题及改进情况.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub problems: Option<Narrative>,
    /// Section six, 六、其他需要报告的事项.
    #[serde(default, deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub other_matters: Option<OtherMatters>,
}

impl Facts {
    /// What every report states; all else is unknown.
    pub fn new(title: impl Into<String>, year: Year, agency: Agency) -> Facts {
        Facts { title: Some(title.into()), year: Some(year), agency: Some(agency), ..Facts::default() }
    }

    /// Puts what a caller states in the place of what was read, with the evidence that the caller has for it: a fact without
    /// evidence is stated. Of an agency each part by itself: an empty name leaves the name that was read. A kind that was
    /// inferred from another name than the stated one is no longer known.
    ///
    /// ```
    /// use ogi_report::{Agency, AgencyKind, Facts, read};
    /// let mut report = read::text(&std::fs::read_to_string("examples/data/department-2024.txt").unwrap())?;
    /// assert!(report.facts.evidence.infers_agency_kind());
    /// let agency = Some(Agency::of_kind(AgencyKind::CountyDepartment));
    /// report.facts.state(Facts { agency, ..Facts::default() });
    /// assert!(!report.facts.evidence.infers_agency_kind());
    /// # Ok::<(), ogi_report::read::ReadError>(())
    /// ```
    pub fn state(&mut self, stated: Facts) {
        type Known<'f, T> = (&'f mut Option<T>, &'f mut Option<Source>);
        fn put<T>((of, source): Known<'_, T>, stated: Option<T>, evidence: Option<Source>) {
            if stated.is_some() {
                (*of, *source) = (stated, evidence);
            }
        }
        fn put_alone<T>(of: &mut Option<T>, stated: Option<T>) {
            put((of, &mut None), stated, None);
        }
        let Facts {
            year,
            title,
            agency,
            scope,
            published_on,
            signed_on,
            signed_by,
            evidence,
            preamble,
            overview,
            problems,
            other_matters,
        } = stated;
        let known = &mut self.evidence;
        put((&mut self.year, &mut known.year), year, evidence.year);
        put((&mut self.title, &mut known.title), title, evidence.title);
        put((&mut self.published_on, &mut known.published_on), published_on, evidence.published_on);
        put((&mut self.signed_on, &mut known.signed_on), signed_on, evidence.signed_on);
        put((&mut self.signed_by, &mut known.signed_by), signed_by, evidence.signed_by);
        put_alone(&mut known.document, evidence.document);
        put_alone(&mut self.preamble, preamble);
        put_alone(&mut self.overview, overview);
        put_alone(&mut self.problems, problems);
        put_alone(&mut self.other_matters, other_matters);
        if scope != Scope::Unknown {
            (self.scope, known.scope) = (scope, evidence.scope);
        }
        let Some(Agency { name, kind, division_code, credit_code }) = agency else { return };
        let of = self.agency.get_or_insert_with(|| Agency::named(""));
        if !name.is_empty() && name != of.name {
            // What was inferred from another name is not known of this one.
            if known.agency_kind.take().is_some() {
                of.kind = None;
            }
            (of.name, known.agency) = (name, evidence.agency);
        }
        put((&mut of.kind, &mut known.agency_kind), kind, evidence.agency_kind);
        put_alone(&mut of.division_code, division_code);
        put_alone(&mut of.credit_code, credit_code);
    }

    /// The pieces of a section in words; `None` for a table, and where there is no such section.
    pub(crate) fn words_of(&self, section: Section) -> Option<&[Part]> {
        match section {
            Section::Overview => self.overview.as_ref().map(|section| &section.parts[..]),
            Section::Problems => self.problems.as_ref().map(|section| &section.parts[..]),
            Section::OtherMatters => self.other_matters.as_ref().map(|section| &section.parts[..]),
            Section::Article20 | Section::Requests | Section::Proceedings => None,
        }
    }

    /// The facts that every report states, where they are missing here.
    pub(crate) fn missing(&self) -> impl Iterator<Item = Fault> {
        let missing = self.needed().into_iter().filter(|(_, missing)| *missing);
        missing.map(|(key, _)| Fault::new(key, ["每份报告都要写明的内容", "what every report states"], None))
    }

    /// The keys of the facts that every report states, and whether each is missing here.
    pub(crate) fn needed(&self) -> [(&'static str, bool); 3] {
        [("title", self.title.is_none()), ("year", self.year.is_none()), ("agency", self.agency.is_none())]
    }
}

// ---- Evidence ------------------------------------------------------------------------------------

/// How the facts around the tables are known. A fact without a source here was stated by whoever built the report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "evidence", title = "evidence")]
pub struct Evidence {
    /// For the title.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub title: Option<Source>,
    /// For the report year.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub year: Option<Source>,
    /// For the name of the agency.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub agency: Option<Source>,
    /// For the kind of the agency.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub agency_kind: Option<Source>,
    /// For whom the figures cover.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub scope: Option<Source>,
    /// For the day of publication.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Source>,
    /// How many blank cells were taken for 0 before the report was accepted; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blanks_as_zero: Option<Count>,
    /// How many marks for "not applicable" were taken for 0 before the report was accepted; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_applicable_as_zero: Option<Count>,
    /// How many totals were derived from their parts before the report was accepted; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub totals_from_parts: Option<Count>,
    /// How many cells were cut, joined or placed by the rules before the report was accepted; absent for none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inferred: Option<Count>,
    /// Where the document is from, and who read it.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub document: Option<Provenance>,
    /// For the day of signature.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<Source>,
    /// For the name in the signature.
    #[serde(deserialize_with = "optional", skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<Source>,
}

impl Evidence {
    /// Whether the kind of the agency is inferred, not stated.
    pub fn infers_agency_kind(&self) -> bool {
        self.agency_kind.as_ref().is_some_and(|source| source.kind.infers_kind())
    }
}

/// Where a document is from, and what read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "provenance", title = "provenance")]
pub struct Provenance {
    /// The address, as the caller gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When it was retrieved, as the caller gave it: a time in the form of RFC 3339, which is not checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<String>,
    /// The SHA-256 of its bytes, in lower case; not checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// What read it, and its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reader: Option<String>,
}

/// Where a fact was read, or what it was inferred from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "source", title = "source")]
pub struct Source {
    /// What kind of evidence it is.
    #[serde(deserialize_with = "exact")]
    pub kind: SourceKind,
    /// The words of the page.
    pub words: String,
    /// Where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A kind of evidence for a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "source_kind", transform = plain_enum)]
#[non_exhaustive]
pub enum SourceKind {
    /// The title of the report.
    Title,
    /// Inferred from the ending of the agency's name.
    NameEnding,
    /// The name itself says what it is, and leaves no doubt: 镇人民政府, 街道办事处.
    FullName,
    /// The line above the title.
    LineAbove,
    /// The page says when it was published, 发布时间.
    PageDate,
    /// A date in brackets under the title.
    UnderTitle,
    /// The signature at the end.
    Signature,
    /// What is between the title and section one: the report that it presents, or whoever it says made it.
    Preamble,
    /// The period of the figures, 2024年1月1日至12月31日.
    Period,
    /// Whom the page names as its source, 来源, 发布机构.
    SourceLine,
    /// The name of the worksheet.
    SheetName,
    /// The name of the file, or the end of its address.
    FileName,
}

impl SourceKind {
    /// All kinds.
    pub const ALL: &'static [SourceKind] = &[
        SourceKind::Title,
        SourceKind::NameEnding,
        SourceKind::FullName,
        SourceKind::LineAbove,
        SourceKind::PageDate,
        SourceKind::UnderTitle,
        SourceKind::Signature,
        SourceKind::Preamble,
        SourceKind::Period,
        SourceKind::SourceLine,
        SourceKind::SheetName,
        SourceKind::FileName,
    ];

    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            SourceKind::Title => "title",
            SourceKind::NameEnding => "name_ending",
            SourceKind::FullName => "full_name",
            SourceKind::LineAbove => "line_above",
            SourceKind::PageDate => "page_date",
            SourceKind::UnderTitle => "under_title",
            SourceKind::Signature => "signature",
            SourceKind::Preamble => "preamble",
            SourceKind::Period => "period",
            SourceKind::SourceLine => "source_line",
            SourceKind::SheetName => "sheet_name",
            SourceKind::FileName => "file_name",
        }
    }

    /// Whether the kind of an agency with this evidence is inferred, not stated.
    pub(crate) const fn infers_kind(self) -> bool {
        matches!(self, SourceKind::NameEnding | SourceKind::Title | SourceKind::LineAbove)
    }

    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        language.of(match self {
            SourceKind::Title => ["标题", "the title"],
            SourceKind::NameEnding => ["名称推断", "the ending of the name"],
            SourceKind::FullName => ["名称写明", "the name, which leaves no doubt"],
            SourceKind::LineAbove => ["标题上一行", "the line above the title"],
            SourceKind::PageDate => ["页面发布日期", "the date of the page"],
            SourceKind::UnderTitle => ["标题下日期", "the date under the title"],
            SourceKind::Signature => ["落款", "the signature"],
            SourceKind::Preamble => ["正文开头", "the preamble"],
            SourceKind::Period => ["统计期限", "the period of the figures"],
            SourceKind::SourceLine => ["页面来源栏", "the source that the page names"],
            SourceKind::SheetName => ["工作表名称", "the name of the worksheet"],
            SourceKind::FileName => ["文件名", "the name of the file"],
        })
    }
}

/// Whom the figures cover. A government's report covers its whole region, a department's only itself, or the bodies below it
/// as well; it is read where the title says so, and never guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "scope", transform = plain_enum)]
#[non_exhaustive]
pub enum Scope {
    /// The agency itself, 本机关, 本级.
    Own,
    /// A department and the bodies below it, 系统, 关区.
    System,
    /// The whole region, 全市, 全县; the 汇总 of a government.
    Regional,
    /// Not stated.
    #[default]
    Unknown,
}

impl Scope {
    /// All scopes.
    pub const ALL: &'static [Scope] = &[Scope::Own, Scope::System, Scope::Regional, Scope::Unknown];

    /// The name, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Scope::Own => "own",
            Scope::System => "system",
            Scope::Regional => "regional",
            Scope::Unknown => "unknown",
        }
    }

    /// The name in this language.
    pub fn label(self, language: Language) -> &'static str {
        language.of(match self {
            Scope::Own => ["本机关", "the agency itself"],
            Scope::System => ["本系统", "the agency and the bodies below it"],
            Scope::Regional => ["全地区", "the whole region"],
            Scope::Unknown => ["不明", "unknown"],
        })
    }
}

impl fmt::Display for Scope {
    /// The name, as in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Scope {
    type Err = ValueError;
    /// From the name, as in JSON.
    fn from_str(name: &str) -> Result<Scope, ValueError> {
        let found = Scope::ALL.iter().find(|scope| scope.name() == name);
        found.copied().ok_or_else(|| ValueError::new(["统计范围，如 regional", "a scope such as regional"], name))
    }
}
