//! The rules: one table of data, and the check that runs it.
//!
//! A rule is a code, a version, a severity, the editions it holds for, its legal basis, a sentence in Chinese and one in
//! English, and a test of one of a few closed kinds over named cells ([`Test`]). Its result is pass, fail or not
//! evaluated with the reason: a rule over a missing cell is not passed.
//!
//! ```
//! use ogi_report::rule::{RULES, Rule};
//! let rule = Rule::find("requests-balance").unwrap();
//! assert_eq!(rule.zh, "第一项加第二项之和，等于第三项加第四项之和");
//! assert_eq!(RULES.len(), 18);
//! ```
//!
//! The rules over two years stand in [`series::LINKS`](crate::series::LINKS), those over a region and its parts in
//! [`rollup::SUMS`](crate::rollup::SUMS).

use crate::agency::AgencyKind;
use crate::date::Date;
use crate::finding::{
    Checked, Fault, FeeDefect, Finding, FindingCell, NotEvaluated, Reason, SectionDefect, Side, Tally,
};
use crate::form::{Basis, Cell, Cells, Edition, Form, Kind, Layout, Unit};
use crate::narrative::{FeeStatus, Section};
use crate::number::{Amount, AmountUnit, Number};
use crate::published::{PublishedCell, PublishedReport, Status};
use crate::requests::rows;
use crate::rollup::Bound;
use crate::series::Step;
use crate::words::{self, Sentence};

/// A rule of the table.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// The stable name.
    pub code: &'static str,
    /// Raised whenever the meaning changes.
    pub version: u16,
    /// How grave a failure is, unless the finding says otherwise.
    pub severity: Severity,
    /// The editions it holds for.
    pub editions: &'static [Edition],
    /// The articles behind it.
    pub basis: Basis,
    /// What must hold, in Chinese.
    pub zh: &'static str,
    /// What must hold, in English.
    pub en: &'static str,
    /// What it leaves unchecked, in Chinese.
    pub not_checked_zh: &'static str,
    /// What it leaves unchecked, in English.
    pub not_checked_en: &'static str,
    /// A report that passes: what differs from the report of zeros of [`rule_book`](crate::rule_book), by path. Of a cell
    /// the text as printed, of any other key its JSON. Where the rule reads a second report, that of the year before or of a
    /// part of the region, its paths begin with `before.` or `part.`.
    pub holds: &'static [(&'static str, &'static str)],
    /// A report that this rule alone finds wrong, written in the same way.
    pub breaks: &'static [(&'static str, &'static str)],
    /// The test.
    pub test: Test,
}

impl Rule {
    /// Every rule: over one report, over two years, over a region and its parts.
    pub fn all() -> impl Iterator<Item = &'static Rule> {
        RULES.iter().chain(crate::series::LINKS).chain(crate::rollup::SUMS)
    }

    /// The rule of this code.
    pub fn find(code: &str) -> Option<&'static Rule> {
        Rule::all().find(|rule| rule.code == code)
    }
}

impl PartialEq for Rule {
    /// A rule is its code and version.
    fn eq(&self, other: &Rule) -> bool {
        (self.code, self.version) == (other.code, other.version)
    }
}

/// A rule as JSON names it.
pub(crate) fn as_code<S: serde::Serializer>(rule: &&'static Rule, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(rule.code)
}

/// How grave a failure is. Severity grades the document; acceptance as an [`AnnualReport`](crate::AnnualReport) asks for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "severity", transform = crate::schema::plain_enum)]
pub enum Severity {
    /// Worth a look.
    Notice,
    /// Very likely wrong, or a duty not met.
    Warning,
    /// The document contradicts itself or the form.
    Error,
}

impl Severity {
    /// The name in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Severity::Notice => "提示",
            Severity::Warning => "警告",
            Severity::Error => "错误",
        }
    }

    /// The name in English, as in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Notice => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// The closed kinds of test.
#[derive(Debug)]
#[non_exhaustive]
pub enum Test {
    /// Σ left = Σ right, for each equation.
    Equal(fn(&Form<Cells>) -> Vec<Equation>),
    /// Σ left ≥ Σ right, for each equation.
    AtLeast(fn(&Form<Cells>) -> Vec<Equation>),
    /// Each number is one its cell can hold: counts whole and ≥ 0, amounts ≥ 0, only 增/减 signed.
    Domain,
    /// Each cell the layout prints holds a number or a mark for "not applicable".
    Presence,
    /// The cells are 0 where the agency is stated to be of one of these kinds.
    ZeroFor(fn(&Form<Cells>) -> Vec<Cell>, &'static [AgencyKind]),
    /// The rows are labelled as the form has them.
    Labels,
    /// The layout is the one the report year calls for.
    EditionForYear,
    /// The six sections are there, in order, none of them empty.
    Sections,
    /// Published by this (month, day) of the following year: departments, governments.
    Deadline((u8, u8), (u8, u8)),
    /// From this report year, section six says something about processing fees, and what it says makes sense.
    FeeStated(u16),
    /// What the prose says agrees with the tables, or with itself.
    Prose(Saying),
    /// The sums of this year and of the year before are equal, for each step.
    Follows(fn(&Form<Cells>) -> Vec<Step>),
    /// The amounts of two years are not as far apart as 元 and 万元 are.
    SameUnit,
    /// Each count of a region is the sum of its parts, or no less than the parts that are known.
    Parts(Bound),
}

/// What the prose says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Saying {
    /// Which year the report is for.
    Period,
    /// How many requests there were, and how they ended.
    Counts,
    /// That there were none.
    Denials,
    /// A whole and its parts.
    Sums,
    /// A share of a whole.
    Percentages,
}

/// Two sets of cells whose sums are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// The cells on the left: a total, or the first two lines of table two.
    pub left: Vec<Cell>,
    /// The cells on the right.
    pub right: Vec<Cell>,
}

impl Equation {
    /// The cells of both sides, the left ones first.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.left.iter().chain(&self.right).copied()
    }
}

const BOTH: &[Edition] = Edition::ALL;
const NEW: &[Edition] = &[Edition::Edition2021];

/// The rules over one report, in the order of FORMAT: arithmetic, cells, duties.
pub static RULES: &[Rule] = &[
    Rule {
        code: "requests-balance",
        version: 1,
        severity: Severity::Error,
        editions: BOTH,
        basis: Basis("50(2)"),
        zh: "第一项加第二项之和，等于第三项加第四项之和",
        en: "received plus carried in equals the total of outcomes plus carried out",
        not_checked_zh: "历年之间的结转（需要上一年度报告），以及每件申请的实际去向。",
        not_checked_en: "Carry-over from the year before, which needs its report, and what really became of each request.",
        holds: &[
            ("requests.received.natural_person", "3"),
            ("requests.received.total", "3"),
            ("requests.outcomes.disclosed.natural_person", "2"),
            ("requests.outcomes.disclosed.total", "2"),
            ("requests.outcomes.total.natural_person", "2"),
            ("requests.outcomes.total.total", "2"),
            ("requests.carried_out.natural_person", "1"),
            ("requests.carried_out.total", "1"),
        ],
        breaks: &[("requests.received.natural_person", "1"), ("requests.received.total", "1")],
        test: Test::Equal(|form| {
            let requests = &form.requests;
            let column = |[received, carried_in, outcomes, carried_out]: [Cell; 4]| Equation {
                left: vec![received, carried_in],
                right: vec![outcomes, carried_out],
            };
            let lines = [&requests.received, &requests.carried_in, &requests.outcomes.total, &requests.carried_out];
            columns(lines.into_iter().cloned())
                .into_iter()
                .filter_map(|cells| Some(column(cells.try_into().ok()?)))
                .collect()
        }),
    },
    Rule {
        code: "requests-outcome-total",
        version: 1,
        severity: Severity::Error,
        editions: BOTH,
        basis: Basis("36, 50(2)"),
        zh: "（七）总计等于各项办理结果之和",
        en: "the total of outcomes is the sum of the outcomes",
        not_checked_zh: "某件申请是否归入了正确的办理结果。",
        not_checked_en: "Whether a request was put under the right outcome.",
        holds: &[
            ("requests.received.natural_person", "2"),
            ("requests.received.total", "2"),
            ("requests.outcomes.disclosed.natural_person", "1"),
            ("requests.outcomes.disclosed.total", "1"),
            ("requests.outcomes.not_processed.repeated.natural_person", "1"),
            ("requests.outcomes.not_processed.repeated.total", "1"),
            ("requests.outcomes.total.natural_person", "2"),
            ("requests.outcomes.total.total", "2"),
        ],
        breaks: &[
            ("requests.received.natural_person", "1"),
            ("requests.received.total", "1"),
            ("requests.outcomes.total.natural_person", "1"),
            ("requests.outcomes.total.total", "1"),
        ],
        test: Test::Equal(|form| {
            let outcomes = &form.requests.outcomes;
            let totals = crate::requests::cells(&outcomes.total);
            let sum = |(total, parts)| Equation { left: vec![total], right: parts };
            totals.into_iter().zip(columns(outcomes.parts())).map(sum).collect()
        }),
    },
    Rule {
        code: "requests-row-total",
        version: 1,
        severity: Severity::Error,
        editions: BOTH,
        basis: Basis("50(2)"),
        zh: "总计等于各类申请人之和",
        en: "the total of a row is the sum of the applicants",
        not_checked_zh: "申请人是否归入了正确的类别。",
        not_checked_en: "Whether an applicant was put in the right column.",
        holds: &[
            ("requests.received.natural_person", "1"),
            ("requests.received.other", "2"),
            ("requests.received.total", "3"),
            ("requests.carried_out.natural_person", "1"),
            ("requests.carried_out.other", "2"),
            ("requests.carried_out.total", "3"),
        ],
        breaks: &[("requests.received.total", "1"), ("requests.carried_out.total", "1")],
        test: Test::Equal(|form| {
            let sum = |row: crate::requests::Applicants<Cells>| Equation { left: vec![row.total], right: row.parts() };
            rows(&form.requests).into_iter().map(sum).collect()
        }),
    },
    Rule {
        code: "proceedings-total",
        version: 1,
        severity: Severity::Error,
        editions: BOTH,
        basis: Basis("50(3)"),
        zh: "总计等于结果维持、结果纠正、其他结果、尚未审结之和",
        en: "the total of proceedings is the sum of upheld, corrected, other and pending",
        not_checked_zh: "案件数是否与复议机关、法院的记录一致。",
        not_checked_en: "Whether the cases agree with the records of the authorities and courts.",
        holds: &[
            ("proceedings.reconsideration.upheld", "2"),
            ("proceedings.reconsideration.pending", "1"),
            ("proceedings.reconsideration.total", "3"),
        ],
        breaks: &[("proceedings.reconsideration.upheld", "2"), ("proceedings.reconsideration.pending", "1")],
        test: Test::Equal(|form| {
            let proceedings = &form.proceedings;
            [
                &proceedings.reconsideration,
                &proceedings.litigation.direct,
                &proceedings.litigation.after_reconsideration,
            ]
            .map(|rulings| Equation { left: vec![rulings.total], right: rulings.parts() })
            .into()
        }),
    },
    Rule {
        code: "cell-domain",
        version: 1,
        severity: Severity::Error,
        editions: BOTH,
        basis: Basis("50"),
        zh: "件数为不小于 0 的整数，金额不小于 0，只有“本年增/减”可以带负号",
        en: "counts are whole and not negative, amounts are not negative, only changes are signed",
        not_checked_zh: "数值本身是否合理：过大或者过小的数不在核对之列。",
        not_checked_en: "Whether a figure is plausible: none is too large or too small for this rule.",
        holds: &[
            ("article20.item5.licensing.decisions", "1,234"),
            ("article20.item8.administrative_fees.amount", "12.5"),
        ],
        breaks: &[("article20.item5.licensing.decisions", "-3")],
        test: Test::Domain,
    },
    Rule {
        code: "cell-missing",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "表中每一格都应填写",
        en: "every cell of the form is filled in",
        not_checked_zh: "填写的数字是否正确；“不适用”的标记是否恰当。",
        not_checked_en: "Whether what is filled in is right, and whether a mark for not applicable is apt.",
        holds: &[("article20.item5.licensing.decisions", "/")],
        breaks: &[("article20.item5.licensing.decisions", "")],
        test: Test::Presence,
    },
    Rule {
        code: "label-as-prescribed",
        version: 1,
        severity: Severity::Notice,
        editions: BOTH,
        basis: Basis("50"),
        zh: "各行名称与规定的表样一致",
        en: "the rows are labelled as the form has them",
        not_checked_zh: "各列的名称，以及读取时未能辨认的行。",
        not_checked_en: "The headings of the columns, and rows that were not recognised at all.",
        holds: &[],
        breaks: &[("misprints", r#"[{"row":"requests.carried_in","printed":"二、上年结存政府信息公开申请数量"}]"#)],
        test: Test::Labels,
    },
    Rule {
        code: "in-force-bound",
        version: 1,
        severity: Severity::Warning,
        editions: NEW,
        basis: Basis("20(1)"),
        zh: "现行有效件数不小于本年制发件数减去本年废止件数",
        en: "documents in force are at least those issued less those repealed",
        not_checked_zh: "现行有效件数与上一年度的衔接（需要上一年度报告）。",
        not_checked_en: "How the stock follows from that of the year before, which needs its report.",
        holds: &[
            ("article20.item1.normative_documents.issued", "5"),
            ("article20.item1.normative_documents.repealed", "2"),
            ("article20.item1.normative_documents.in_force", "3"),
        ],
        breaks: &[
            ("article20.item1.normative_documents.issued", "5"),
            ("article20.item1.normative_documents.in_force", "3"),
        ],
        test: Test::AtLeast(|form| {
            let item1 = form.article20.edition2021().map(|items| &items.item1);
            let rows = item1.into_iter().flat_map(|item1| [&item1.rules, &item1.normative_documents]);
            rows.map(|row| Equation { left: vec![row.in_force, row.repealed], right: vec![row.issued] }).collect()
        }),
    },
    Rule {
        code: "rule-making-power",
        version: 1,
        severity: Severity::Warning,
        editions: NEW,
        basis: Basis("20(1)"),
        zh: "没有规章制定权的机关，规章各格为 0",
        en: "a body without rule-making power files 0 rules",
        not_checked_zh: "机关类别由名称推断的，以及设区的市的规章制定权。",
        not_checked_en: "Agencies whose kind is inferred from the name, and the power of cities with districts.",
        holds: &[("agency.kind", r#""county_department""#)],
        breaks: &[
            ("agency.kind", r#""county_department""#),
            ("article20.item1.rules.issued", "1"),
            ("article20.item1.rules.in_force", "1"),
        ],
        test: Test::ZeroFor(
            |form| {
                let items = form.article20.edition2021();
                items.map(|items| &items.item1.rules).map_or(vec![], |row| vec![row.issued, row.repealed, row.in_force])
            },
            &[AgencyKind::Township, AgencyKind::CountyGovernment, AgencyKind::CountyDepartment],
        ),
    },
    Rule {
        code: "edition-for-year",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "表样与报告年度相符（2019、2020 年度用国办公开办函〔2019〕60号表样，2021 年度起用国办公开办函〔2021〕30号表样）",
        en: "the layout is the one of the report year: the 2019 form for 2019 and 2020, the 2021 form from 2021",
        not_checked_zh: "2019 年度以前的报告，当时的表样不在本库范围内。",
        not_checked_en: "Reports from before 2019, whose form is not modelled here.",
        holds: &[
            ("title", r#""示例市数据局2021年政府信息公开工作年度报告""#),
            ("year", "2021"),
            ("published_on", r#""2022-01-20""#),
        ],
        breaks: &[
            ("title", r#""示例市数据局2020年政府信息公开工作年度报告""#),
            ("year", "2020"),
            ("published_on", r#""2021-01-20""#),
        ],
        test: Test::EditionForYear,
    },
    Rule {
        code: "publication-deadline",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("49"),
        zh: "县级以上政府部门于次年 1 月 31 日前、政府于次年 3 月 31 日前公布年度报告",
        en: "departments publish by 31 January of the following year, governments by 31 March",
        not_checked_zh: "《条例》第四十九条没有点名的机关，如乡镇、管理委员会。",
        not_checked_en: "Agencies that Article 49 does not name, such as townships and zone committees.",
        holds: &[("published_on", r#""2025-01-31""#)],
        breaks: &[("published_on", r#""2025-02-14""#)],
        test: Test::Deadline((1, 31), (3, 31)),
    },
    Rule {
        code: "sections-complete",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "六个部分齐全、依次排列、各有内容",
        en: "the six sections are there, in order, none of them empty",
        not_checked_zh: "文字的内容是否属实。",
        not_checked_en: "Whether what the sections say is true.",
        holds: &[],
        breaks: &[("problems", r#"{"title":"五、存在的主要问题及改进情况","parts":[{"text":"无"}]}"#)],
        test: Test::Sections,
    },
    Rule {
        code: "processing-fee-stated",
        version: 1,
        severity: Severity::Notice,
        editions: NEW,
        basis: Basis("42, 50(5)"),
        zh: "2021 年度起，第六部分说明收取信息处理费情况",
        en: "from 2021, section six says something about processing fees",
        not_checked_zh: "收费是否符合收费标准。",
        not_checked_en: "Whether a fee was charged by the tariff.",
        holds: &[],
        breaks: &[(
            "other_matters",
            r#"{"title":"六、其他需要报告的事项","parts":[{"text":"没有其他需要报告的事项。"}]}"#,
        )],
        test: Test::FeeStated(2021),
    },
    Rule {
        code: "period",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "标题、引言和正文所说的年度一致，统计期限为当年1月1日至12月31日",
        en: "title, preamble and prose name the same year, and the period is its 1 January to 31 December",
        not_checked_zh: "没有写明统计期限的报告，以及提及其他年度工作的句子。",
        not_checked_en: "Reports that state no period, and sentences about the work of other years.",
        holds: &[("preamble", r#"{"text":"本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。"}"#)],
        breaks: &[("preamble", r#"{"text":"本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"}"#)],
        test: Test::Prose(Saying::Period),
    },
    Rule {
        code: "text-count",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "正文所说的申请、办理结果、复议、诉讼和规范性文件件数与表中数据一致",
        en: "the requests, outcomes, proceedings and documents that the prose counts agree with the tables",
        not_checked_zh: "约数，分渠道、分事项的件数，其他年度和其他机关的件数；一个说法有几种通行含义的，符合其一即可。",
        not_checked_en: "Round figures, counts by channel or subject, other years and agencies; a word with several known meanings need fit only one.",
        holds: &[
            ("overview", r#"{"title":"一、总体情况","parts":[{"text":"全年收到政府信息公开申请3件。"}]}"#),
            ("requests.received.natural_person", "3"),
            ("requests.received.total", "3"),
            ("requests.carried_out.natural_person", "3"),
            ("requests.carried_out.total", "3"),
        ],
        breaks: &[("overview", r#"{"title":"一、总体情况","parts":[{"text":"全年收到政府信息公开申请3件。"}]}"#)],
        test: Test::Prose(Saying::Counts),
    },
    Rule {
        code: "text-denial",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "正文说没有的，表中为 0",
        en: "what the prose denies is 0 in the tables",
        not_checked_zh: "其他年度、其他机关的情况，以及复议、诉讼的结果。",
        not_checked_en: "Other years, other agencies, and how proceedings ended.",
        holds: &[("overview", r#"{"title":"一、总体情况","parts":[{"text":"本年度未收到政府信息公开申请。"}]}"#)],
        breaks: &[
            ("overview", r#"{"title":"一、总体情况","parts":[{"text":"本年度未收到政府信息公开申请。"}]}"#),
            ("requests.received.natural_person", "1"),
            ("requests.received.total", "1"),
            ("requests.carried_out.natural_person", "1"),
            ("requests.carried_out.total", "1"),
        ],
        test: Test::Prose(Saying::Denials),
    },
    Rule {
        code: "text-sum",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "同一句中所列各项不多于总数，列到“其他”为止的等于总数",
        en: "the parts that a sentence lists are no more than its whole, and make it up where they end with the rest",
        not_checked_zh: "没有列全的各项，以及含有约数的句子。",
        not_checked_en: "Lists that are not complete, and sentences with round figures.",
        holds: &[(
            "overview",
            r#"{"title":"一、总体情况","parts":[{"text":"主动公开信息9条，其中：动态4条，公告5条。"}]}"#,
        )],
        breaks: &[(
            "overview",
            r#"{"title":"一、总体情况","parts":[{"text":"主动公开信息9条，其中：动态4条，公告6条。"}]}"#,
        )],
        test: Test::Prose(Saying::Sums),
    },
    Rule {
        code: "text-percentage",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "正文中的百分比与件数相符",
        en: "a percentage in the prose is that of its count",
        not_checked_zh: "没有同时写明件数的百分比，以及与申请无关的百分比。",
        not_checked_en: "Percentages without their count, and those that are not about requests.",
        holds: &[
            ("overview", r#"{"title":"一、总体情况","parts":[{"text":"予以公开1件，占33.3%。"}]}"#),
            ("requests.received.natural_person", "3"),
            ("requests.received.total", "3"),
            ("requests.outcomes.disclosed.natural_person", "1"),
            ("requests.outcomes.disclosed.total", "1"),
            ("requests.outcomes.total.natural_person", "1"),
            ("requests.outcomes.total.total", "1"),
            ("requests.carried_out.natural_person", "2"),
            ("requests.carried_out.total", "2"),
        ],
        breaks: &[
            ("overview", r#"{"title":"一、总体情况","parts":[{"text":"予以公开1件，占34.3%。"}]}"#),
            ("requests.received.natural_person", "3"),
            ("requests.received.total", "3"),
            ("requests.outcomes.disclosed.natural_person", "1"),
            ("requests.outcomes.disclosed.total", "1"),
            ("requests.outcomes.total.natural_person", "1"),
            ("requests.outcomes.total.total", "1"),
            ("requests.carried_out.natural_person", "2"),
            ("requests.carried_out.total", "2"),
        ],
        test: Test::Prose(Saying::Percentages),
    },
];

/// The columns of these rows: for each of the seven, its cells from top to bottom.
fn columns(rows: impl IntoIterator<Item = crate::requests::Applicants<Cells>>) -> Vec<Vec<Cell>> {
    let mut columns: Vec<Vec<Cell>> = vec![Vec::new(); crate::requests::APPLICANTS];
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(crate::requests::cells(&row)) {
            column.push(cell);
        }
    }
    columns
}

// ---- Arithmetic ----------------------------------------------------------------------------------

/// One equation of an arithmetic rule over the cells of one layout.
#[derive(Debug)]
pub struct Balance {
    /// The rule it belongs to.
    pub rule: &'static Rule,
    /// Its cells.
    pub equation: Equation,
    /// Σ left = Σ right; otherwise Σ left ≥ Σ right.
    exact: bool,
    /// The places of the cells in the form's order.
    left: Box<[usize]>,
    right: Box<[usize]>,
}

impl Balance {
    /// All equations over the cells of `layout`, rule by rule.
    pub fn all(layout: Layout) -> &'static [Balance] {
        &layout.catalogue().balances
    }

    /// Whether the two sums must be equal; otherwise the left one must not be the smaller.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The sums of both sides; `None` if a cell holds no count. Sums of counts cannot overflow.
    fn sums(&self, counts: &[i64]) -> Option<(i64, i64)> {
        Some((sum(counts, &self.left)?, sum(counts, &self.right)?))
    }

    fn holds(&self, left: i64, right: i64) -> bool {
        if self.exact { left == right } else { left >= right }
    }
}

/// Stands among the counts of a report where a cell holds none.
pub(crate) const NO_COUNT: i64 = -1;

/// The sum of the counts at these places; `None` if there is [`NO_COUNT`] among them.
fn sum(counts: &[i64], positions: &[usize]) -> Option<i64> {
    // Without branches: the sign of the union is that of NO_COUNT if it occurs.
    let (sum, union) = positions.iter().fold((0, 0), |(sum, union), position| {
        let count = counts[*position];
        (sum + count, union | count)
    });
    if union < 0 { None } else { Some(sum) }
}

/// Expands the arithmetic rules over the cells of a layout.
pub(crate) fn balances(names: &Form<Cells>, position: &impl Fn(Cell) -> usize) -> Vec<Balance> {
    let mut balances = Vec::new();
    for rule in RULES {
        let (equations, exact) = match rule.test {
            Test::Equal(equations) => (equations(names), true),
            Test::AtLeast(equations) => (equations(names), false),
            _ => continue,
        };
        for equation in equations {
            let positions = |side: &[Cell]| side.iter().map(|cell| position(*cell)).collect();
            let (left, right) = (positions(&equation.left), positions(&equation.right));
            balances.push(Balance { rule, equation, exact, left, right });
        }
    }
    balances
}

/// Whether the identities all hold over `counts`, one place a cell in the form's order.
pub(crate) fn identities_hold(layout: Layout, counts: &[i64]) -> bool {
    Balance::all(layout)
        .iter()
        .filter(|balance| balance.exact)
        .all(|balance| balance.sums(counts).is_some_and(|(left, right)| left == right))
}

/// Fills the empty places marked `free` that are the only left cell of an identity whose right cells are all known: that
/// is what a total is.
pub(crate) fn work_out_totals(layout: Layout, counts: &mut [i64], free: &[bool]) {
    loop {
        let mut found = false;
        for balance in Balance::all(layout).iter().filter(|balance| balance.exact) {
            let [total] = *balance.left else { continue };
            if counts[total] != NO_COUNT || !free[total] {
                continue;
            }
            if let Some(sum) = sum(counts, &balance.right) {
                counts[total] = sum;
                found = true;
            }
        }
        if !found {
            return;
        }
    }
}

// ---- The check -----------------------------------------------------------------------------------

impl PublishedReport {
    /// Runs every rule of [`RULES`] and returns all that fail, in the order of the document, and all that could not be
    /// evaluated, with the reason.
    pub fn check(&self) -> Checked {
        let counts = self.sheet().iter().map(PublishedCell::count_or_none).collect();
        let mut check = Check {
            report: self,
            counts,
            sentences: None,
            checked: Checked::new(),
            rule: &RULES[0],
            tally: Tally::default(),
        };
        for rule in RULES {
            check.rule = rule;
            check.tally = Tally::default();
            if rule.editions.contains(&self.layout().edition()) {
                check.run();
            } else {
                check.skip(Reason::OtherEdition, vec![]);
            }
            check.checked.tallies.push((rule.code, check.tally));
        }
        check.checked.in_document_order(self.layout());
        check.checked
    }
}

impl PublishedReport {
    /// Whether every identity of the form can be evaluated and holds: the arithmetic alone, without findings.
    pub fn arithmetic_holds(&self) -> bool {
        let counts: Vec<i64> = self.sheet().iter().map(PublishedCell::count_or_none).collect();
        identities_hold(self.layout(), &counts)
    }
}

/// A check under way.
struct Check<'a> {
    report: &'a PublishedReport,
    counts: Vec<i64>,
    /// The sentences of the prose, once a rule asks for them; `None` in it where they are too many.
    sentences: Option<Option<Vec<Sentence<'a>>>>,
    checked: Checked,
    rule: &'static Rule,
    tally: Tally,
}

impl Check<'_> {
    fn run(&mut self) {
        match self.rule.test {
            Test::Equal(_) | Test::AtLeast(_) => self.balances(),
            Test::Domain => self.domain(),
            Test::Presence => self.presence(),
            Test::ZeroFor(cells, kinds) => self.zero_for(&cells(Form::cells(self.report.layout())), kinds),
            Test::Labels => self.labels(),
            Test::EditionForYear => self.edition_for_year(),
            Test::Sections => self.sections(),
            Test::Deadline(departments, governments) => self.deadline(departments, governments),
            Test::FeeStated(from) => self.fee_stated(from),
            Test::Prose(saying) => self.prose(saying),
            // These read a second report; there are none in `RULES`.
            Test::Follows(_) | Test::SameUnit | Test::Parts(_) => {}
        }
    }

    fn pass(&mut self) {
        self.tally.pass += 1;
    }

    fn fail(&mut self, severity: Severity, cells: Vec<FindingCell>, fault: Fault) {
        self.tally.fail += 1;
        self.checked.findings.push(Finding { rule: self.rule, severity, cells, fault });
    }

    fn skip(&mut self, reason: Reason, cells: Vec<Cell>) {
        self.tally.not_evaluated += 1;
        self.checked.not_evaluated.push(NotEvaluated { rule: self.rule, reason, cells });
    }

    /// The cell as it stands, for a finding.
    fn quote(&self, cell: Cell, side: Option<Side>) -> Option<FindingCell> {
        FindingCell::of(self.report, cell, side)
    }

    fn balances(&mut self) {
        for balance in Balance::all(self.report.layout()).iter().filter(|balance| std::ptr::eq(balance.rule, self.rule))
        {
            let sides = || {
                let left = balance.equation.left.iter().map(|cell| (*cell, Side::Left));
                left.chain(balance.equation.right.iter().map(|cell| (*cell, Side::Right)))
            };
            match balance.sums(&self.counts) {
                None => {
                    let empty = |cell: &Cell| self.report.get(*cell).is_none_or(|found| found.count().is_none());
                    self.skip(Reason::NoCount, sides().map(|(cell, _)| cell).filter(empty).collect());
                }
                Some((left, right)) if balance.holds(left, right) => self.pass(),
                Some((left, right)) => {
                    let cells = sides().filter_map(|(cell, side)| self.quote(cell, Some(side))).collect();
                    self.fail(self.rule.severity, cells, Fault::Sums { left, right, exact: balance.exact });
                }
            }
        }
    }

    fn domain(&mut self) {
        for (entry, found) in self.report.cells() {
            // A cell without a number is the business of the rule on missing cells.
            let Some(number) = found.number() else { continue };
            if in_domain(number, entry.kind()) && fits_unit(found, entry.unit()) {
                self.pass();
            } else {
                let cells = self.quote(entry.cell(), None).into_iter().collect();
                self.fail(self.rule.severity, cells, Fault::Domain { kind: entry.kind() });
            }
        }
    }

    /// One finding for the cells of a row that are missing in the same way.
    fn presence(&mut self) {
        let mut open: Option<(&str, Severity, Status, Vec<FindingCell>)> = None;
        for (position, (entry, found)) in self.report.cells().enumerate() {
            if matches!(found.status(), Status::Number | Status::NotApplicable) {
                self.pass();
                continue;
            }
            let empty = matches!(found.status(), Status::Blank | Status::NotFound);
            let severity =
                if empty && self.is_total_of_counts(position) { Severity::Notice } else { self.rule.severity };
            let row = entry.row_path();
            let quoted = self.quote(entry.cell(), None);
            match &mut open {
                Some((of, grade, status, cells)) if (*of, *grade, *status) == (row, severity, found.status()) => {
                    cells.extend(quoted);
                }
                _ => {
                    if let Some((_, grade, status, cells)) = open.take() {
                        self.fail(grade, cells, Fault::Missing { status });
                    }
                    open = Some((row, severity, found.status(), quoted.into_iter().collect()));
                }
            }
        }
        if let Some((_, grade, status, cells)) = open {
            self.fail(grade, cells, Fault::Missing { status });
        }
    }

    /// Whether the cell is a blank or missing total whose parts are all printed.
    fn is_total_of_counts(&self, position: usize) -> bool {
        Balance::all(self.report.layout())
            .iter()
            .any(|balance| balance.exact && *balance.left == [position] && sum(&self.counts, &balance.right).is_some())
    }

    fn zero_for(&mut self, cells: &[Cell], kinds: &[AgencyKind]) {
        let kind = self.report.agency.as_ref().and_then(|agency| agency.kind);
        let inferred = self.report.evidence.infers_agency_kind();
        match kind {
            None | Some(AgencyKind::Unknown) => return self.skip(Reason::KindUnknown, vec![]),
            Some(_) if inferred => return self.skip(Reason::KindInferred, vec![]),
            Some(kind) if !kinds.contains(&kind) => return self.skip(Reason::KindNotNamed, vec![]),
            Some(_) => {}
        }
        for cell in cells {
            match self.report.get(*cell).and_then(PublishedCell::whole_count) {
                Some(0) => self.pass(),
                Some(_) => {
                    let cells = self.quote(*cell, None).into_iter().collect();
                    self.fail(self.rule.severity, cells, Fault::NotZero);
                }
                None => self.skip(Reason::NoCount, vec![*cell]),
            }
        }
    }

    fn labels(&mut self) {
        if self.report.misprints.is_empty() {
            return self.pass();
        }
        for misprint in &self.report.misprints {
            let entry = self.report.layout().cells().iter().find(|entry| entry.row_path() == misprint.row);
            let fault = Fault::Label {
                official: entry.map_or("", |entry| entry.row()),
                printed: misprint.printed.clone(),
                place: misprint.place.clone(),
            };
            self.fail(self.rule.severity, vec![], fault);
        }
    }

    fn edition_for_year(&mut self) {
        let Some(year) = self.report.year else { return self.skip(Reason::NoYear, vec![]) };
        let layout = self.report.layout();
        if layout.is_exact() && Edition::for_year(year.get()) == Some(layout.edition()) {
            self.pass();
        } else {
            let fault = Fault::Edition {
                layout,
                year,
                place: self.report.evidence.year.as_ref().and_then(|source| source.place.clone()),
            };
            self.fail(self.rule.severity, vec![], fault);
        }
    }

    fn deadline(&mut self, departments: (u8, u8), governments: (u8, u8)) {
        let Some(year) = self.report.year else { return self.skip(Reason::NoYear, vec![]) };
        let Some(published) = self.report.published_on else { return self.skip(Reason::NoDate, vec![]) };
        let (month, day) = match self.report.agency.as_ref().and_then(|agency| agency.kind) {
            None | Some(AgencyKind::Unknown) => return self.skip(Reason::KindUnknown, vec![]),
            Some(kind) if kind.is_department() => departments,
            Some(kind) if kind.is_government() => governments,
            Some(_) => return self.skip(Reason::KindNotNamed, vec![]),
        };
        let Ok(due) = Date::new(year.get() + 1, month, day) else { return self.skip(Reason::NoYear, vec![]) };
        if published <= due {
            return self.pass();
        }
        let source = self.report.evidence.published_on.as_ref();
        let signed_in_time = self.report.signed_on.is_some_and(|signed| signed <= due);
        let severity = if signed_in_time { Severity::Notice } else { self.rule.severity };
        let fault = Fault::Late {
            due,
            published,
            used: source.map(|source| source.kind),
            signed_in_time: self.report.signed_on.filter(|_| signed_in_time),
            place: source.and_then(|source| source.place.clone()),
        };
        self.fail(severity, vec![], fault);
    }

    fn sections(&mut self) {
        let report = self.report;
        let prose = [
            (Section::Overview, report.overview.as_ref().map(|section| &section.parts)),
            (Section::Problems, report.problems.as_ref().map(|section| &section.parts)),
            (Section::OtherMatters, report.other_matters.as_ref().map(|section| &section.parts)),
        ];
        let headings: Vec<Section> = report.headings.iter().map(|heading| heading.section).collect();
        if headings.is_empty() && prose.iter().all(|(_, parts)| parts.is_none()) {
            return self.skip(Reason::NoHeadings, vec![]);
        }
        let mut defects = Vec::new();
        for section in Section::ALL.iter().copied() {
            let parts = prose.iter().find(|(of, _)| *of == section).map(|(_, parts)| *parts);
            let headed = headings.contains(&section);
            match parts {
                // Tables two to four: only a page has headings for them.
                None if !headings.is_empty() && !headed => defects.push((section, SectionDefect::Missing)),
                None => {}
                Some(None) if headed => defects.push((section, SectionDefect::Empty)),
                Some(None) => defects.push((section, SectionDefect::Missing)),
                Some(Some(parts)) => {
                    let texts =
                        || parts.iter().flat_map(|part| [part.heading.as_deref().unwrap_or(""), part.text.as_str()]);
                    defects.extend(prose_defect(section, texts).map(|defect| (section, defect)));
                }
            }
        }
        if let Some(pair) = headings.windows(2).find(|pair| pair[0] > pair[1]) {
            defects.push((pair[1], SectionDefect::OutOfOrder));
        }
        if defects.is_empty() {
            return self.pass();
        }
        for (section, defect) in defects {
            let severity = if defect == SectionDefect::NoImprovement { Severity::Notice } else { self.rule.severity };
            let heading = report.headings.iter().find(|heading| heading.section == section);
            let place = heading.and_then(|heading| heading.place.clone());
            self.fail(severity, vec![], Fault::Section { section, defect, place });
        }
    }

    fn prose(&mut self, saying: Saying) {
        let sentences = self.sentences.get_or_insert_with(|| words::sentences(self.report));
        let Some(sentences) = sentences else { return self.skip(Reason::TooLong, vec![]) };
        let statements = match saying {
            Saying::Period if self.report.year.is_none() => return self.skip(Reason::NoYear, vec![]),
            Saying::Period => words::periods(self.report, sentences),
            Saying::Counts => words::counts(self.report, sentences),
            Saying::Denials => words::denials(self.report, sentences),
            Saying::Sums => words::sums(sentences),
            Saying::Percentages => words::percentages(self.report, sentences),
        };
        if statements.is_empty() {
            return self.skip(Reason::NothingSaid, vec![]);
        }
        for statement in statements {
            if statement.fits {
                self.pass();
                continue;
            }
            let heading = self.report.headings.iter().find(|heading| Some(heading.section) == statement.section);
            let place = statement.place.or_else(|| heading.and_then(|heading| heading.place.clone()));
            let cells = statement.cells.iter().filter_map(|cell| self.quote(*cell, None)).collect();
            let fault = Fault::Prose {
                section: statement.section,
                sentence: statement.sentence,
                stated: statement.stated,
                meanings: statement.meanings,
                place,
            };
            self.fail(self.rule.severity, cells, fault);
        }
    }

    fn fee_stated(&mut self, from: u16) {
        let Some(year) = self.report.year else { return self.skip(Reason::NoYear, vec![]) };
        if year.get() < from {
            return self.skip(Reason::OtherEdition, vec![]);
        }
        let Some(section) = &self.report.other_matters else { return self.skip(Reason::NoSection, vec![]) };
        let heading = self.report.headings.iter().find(|heading| heading.section == Section::OtherMatters);
        let place = heading.and_then(|heading| heading.place.clone());
        let mut defects = Vec::new();
        match &section.processing_fee {
            None => defects.push(FeeDefect::NotStated),
            Some(fee) => {
                if let (Some(collected), Some(notified)) = (fee.collected, fee.notified)
                    && collected > notified
                {
                    defects.push(FeeDefect::MoreThanNotified { collected, notified });
                }
                let amounts = || [fee.notified, fee.collected].into_iter().flatten();
                if let Some(amount) = amounts().find(|amount| *amount != Amount::ZERO)
                    && fee.status == FeeStatus::None
                {
                    defects.push(FeeDefect::AmountThoughNone { amount });
                }
                let odd = |amount: &Amount| !(amount.get() % rust_decimal::Decimal::TEN).is_zero();
                defects.extend(amounts().filter(odd).map(|amount| FeeDefect::NotInTens { amount }));
            }
        }
        if defects.is_empty() {
            return self.pass();
        }
        for defect in defects {
            self.fail(self.rule.severity, vec![], Fault::Fee { defect, place: place.clone() });
        }
    }
}

/// Whether `number` is one that a cell of this kind can hold.
pub(crate) fn in_domain(number: Number, kind: Kind) -> bool {
    match kind {
        Kind::Count => number.whole().is_some_and(|whole| whole >= 0),
        Kind::Change => number.whole().is_some(),
        Kind::Amount => Amount::new(number.decimal()).is_ok(),
    }
}

/// Whether the unit printed in a cell is one the form allows there: 元 in a cell of 万元 is another amount, unless it is 0,
/// and money is no count.
pub(crate) fn fits_unit(cell: &PublishedCell, unit: Unit) -> bool {
    match unit {
        Unit::WanYuan => {
            cell.amount_unit() != AmountUnit::Yuan || cell.number().is_some_and(|number| number.decimal().is_zero())
        }
        Unit::Pieces | Unit::Items => cell.amount_unit() == AmountUnit::Unstated,
        Unit::AsPrinted => true,
    }
}

/// What is wrong with the prose of a section.
fn prose_defect<'a, T: Iterator<Item = &'a str>>(section: Section, texts: impl Fn() -> T) -> Option<SectionDefect> {
    const IMPROVEMENT: [&str; 10] = ["改进", "整改", "措施", "下一步", "今后", "下步", "加强", "完善", "提升", "提高"];
    let mut words = texts().flat_map(str::chars).filter(|c| c.is_alphanumeric());
    let first = words.next();
    match section {
        _ if first.is_none() => Some(SectionDefect::Empty),
        Section::Problems if first == Some('无') && words.next().is_none() => Some(SectionDefect::OnlyNone),
        Section::Problems if !IMPROVEMENT.iter().any(|word| texts().any(|text| text.contains(word))) => {
            Some(SectionDefect::NoImprovement)
        }
        _ => None,
    }
}
