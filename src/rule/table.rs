//! The rules: over one report, over two years, over a region and its parts.

use super::{Bound, Equation, Rule, Saying, Severity, Step, Test};
use crate::agency::AgencyKind;
use crate::form::{Basis, Cell, Cells, Edition};
use crate::requests::rows;

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
            let totals = crate::catalogue::cells(&outcomes.total);
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
pub(crate) fn columns(rows: impl IntoIterator<Item = crate::requests::Applicants<Cells>>) -> Vec<Vec<Cell>> {
    let mut columns: Vec<Vec<Cell>> = vec![Vec::new(); crate::requests::APPLICANTS];
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(crate::catalogue::cells(&row)) {
            column.push(cell);
        }
    }
    columns
}

pub(crate) const BOTH: &[Edition] = &[Edition::EDITION_2019, Edition::EDITION_2021];
pub(crate) const NEW: &[Edition] = &[Edition::EDITION_2021];

impl Rule {
    /// Every rule: over one report, over two years, over a region and its parts.
    pub fn all() -> impl Iterator<Item = &'static Rule> {
        RULES.iter().chain(crate::rule::table::LINKS).chain(crate::rule::table::SUMS)
    }

    /// The rule of this code.
    pub fn find(code: &str) -> Option<&'static Rule> {
        Rule::all().find(|rule| rule.code == code)
    }
}

/// The rules over two consecutive reports.
pub static LINKS: &[Rule] = &[
    Rule {
        code: "continuity-carry-over",
        version: 1,
        severity: Severity::Error,
        editions: BOTH,
        basis: Basis("50(2)"),
        zh: "上年结转等于上一年度报告的结转下年度",
        en: "carried in is what the report before carried out",
        not_checked_zh: "结转的是否为同一批申请；两份报告的统计范围不同的，只作警告。",
        not_checked_en: "Whether the same requests were carried over. Where the two reports differ in scope it is a warning.",
        holds: &[
            ("before.requests.received.natural_person", "2"),
            ("before.requests.received.total", "2"),
            ("before.requests.carried_out.natural_person", "2"),
            ("before.requests.carried_out.total", "2"),
            ("requests.carried_in.natural_person", "2"),
            ("requests.carried_in.total", "2"),
            ("requests.carried_out.natural_person", "2"),
            ("requests.carried_out.total", "2"),
        ],
        breaks: &[
            ("before.requests.received.natural_person", "2"),
            ("before.requests.received.total", "2"),
            ("before.requests.carried_out.natural_person", "2"),
            ("before.requests.carried_out.total", "2"),
            ("requests.carried_in.natural_person", "1"),
            ("requests.carried_in.total", "1"),
            ("requests.carried_out.natural_person", "1"),
            ("requests.carried_out.total", "1"),
        ],
        test: Test::Follows(|form| {
            let cells = |row| crate::catalogue::cells(row).into_iter();
            let pairs = cells(&form.requests.carried_in).zip(cells(&form.requests.carried_out));
            pairs.map(|(carried_in, carried_out)| Step::new(vec![carried_in], vec![], vec![carried_out])).collect()
        }),
    },
    Rule {
        code: "continuity-in-force",
        version: 1,
        severity: Severity::Warning,
        editions: &[Edition::EDITION_2021],
        basis: Basis("20(1)"),
        zh: "现行有效件数等于上一年度现行有效件数加本年制发件数减本年废止件数",
        en: "documents in force are those of the year before, plus issued, less repealed",
        not_checked_zh: "2021 年度的现行有效件数：上一年度的表样没有这一栏。",
        not_checked_en: "The stock of 2021: the form of the year before has no such column.",
        holds: &[
            ("before.article20.item1.normative_documents.in_force", "5"),
            ("article20.item1.normative_documents.issued", "3"),
            ("article20.item1.normative_documents.repealed", "1"),
            ("article20.item1.normative_documents.in_force", "7"),
        ],
        breaks: &[
            ("before.article20.item1.normative_documents.in_force", "5"),
            ("article20.item1.normative_documents.issued", "3"),
            ("article20.item1.normative_documents.repealed", "1"),
            ("article20.item1.normative_documents.in_force", "8"),
        ],
        test: Test::Follows(|form| {
            let item1 = form.article20.edition2021().map(|items| &items.item1);
            let rows = item1.into_iter().flat_map(|item1| [&item1.rules, &item1.normative_documents]);
            rows.map(|row| Step::new(vec![row.in_force, row.repealed], vec![row.issued], vec![row.in_force])).collect()
        }),
    },
    Rule {
        code: "continuity-items",
        version: 1,
        severity: Severity::Warning,
        editions: &[Edition::EDITION_2019],
        basis: Basis("20(5)(6)(8)"),
        zh: "上一年项目数量等于上一年度报告的项目数量加本年增/减",
        en: "the items of last year are those of the report before, as they changed",
        not_checked_zh: "2019 年度和 2021 年度起的报告：前者没有上一年度的同版报告，后者的表样没有这一栏。",
        not_checked_en: "Reports for 2019, which follow no report of this form, and from 2021, whose form has no such column.",
        holds: &[
            ("before.article20.item5.licensing.items_last_year", "10"),
            ("before.article20.item5.licensing.items_change", "+2"),
            ("article20.item5.licensing.items_last_year", "12"),
        ],
        breaks: &[
            ("before.article20.item5.licensing.items_last_year", "10"),
            ("before.article20.item5.licensing.items_change", "+2"),
            ("article20.item5.licensing.items_last_year", "11"),
        ],
        test: Test::Follows(|form| {
            let Some(items) = form.article20.edition2019() else { return vec![] };
            let (services, penalty) = (&items.item5.other_services, &items.item6.penalty);
            let fees = &items.item8.administrative_fees;
            let rows = [
                (items.item5.licensing.items_last_year, items.item5.licensing.items_change),
                (services.items_last_year, services.items_change),
                (penalty.items_last_year, penalty.items_change),
                (items.item6.coercion.items_last_year, items.item6.coercion.items_change),
                (fees.items_last_year, fees.items_change),
            ];
            rows.map(|(last, change)| Step::new(vec![last], vec![], vec![last, change])).into()
        }),
    },
    Rule {
        code: "continuity-unit-slip",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("20(8)(9)"),
        zh: "金额与上一年度不相差约一万倍（否则可能误将元作万元）",
        en: "an amount is not about ten thousand times that of the year before, or else 元 may stand for 万元",
        not_checked_zh: "金额是否正确；所印单位说明了差别的，以及有一年为 0 的，都视为符合。",
        not_checked_en: "Whether an amount is right. It passes where the printed units explain the difference, or one amount is 0.",
        holds: &[
            ("before.article20.item8.administrative_fees.amount", "12.5"),
            ("article20.item8.administrative_fees.amount", "13.1"),
        ],
        breaks: &[
            ("before.article20.item8.administrative_fees.amount", "12.5"),
            ("article20.item8.administrative_fees.amount", "131000"),
        ],
        test: Test::SameUnit,
    },
];

/// The rules over a region and its parts.
pub static SUMS: &[Rule] = &[
    Rule {
        code: "rollup-sum",
        version: 1,
        severity: Severity::Error,
        editions: BOTH,
        basis: Basis("50"),
        zh: "每一格等于各机关之和",
        en: "each cell is the sum of its parts",
        not_checked_zh: "名单是否齐全，金额（单位不一），本年增/减。",
        not_checked_en: "Whether the manifest names everybody, amounts of money, whose units differ, and 本年增/减.",
        holds: &[("part.article20.item5.licensing.decisions", "2"), ("article20.item5.licensing.decisions", "2")],
        breaks: &[("part.article20.item5.licensing.decisions", "2"), ("article20.item5.licensing.decisions", "3")],
        test: Test::Parts(Bound::Exact),
    },
    Rule {
        code: "rollup-bound",
        version: 1,
        severity: Severity::Warning,
        editions: BOTH,
        basis: Basis("50"),
        zh: "有机关未报的，每一格不小于已知各机关之和",
        en: "where some did not report, each cell is no less than the parts that are known",
        not_checked_zh: "超出的部分是否出自未报的机关。",
        not_checked_en: "Whether what is more comes from those that did not report.",
        holds: &[("part.article20.item5.licensing.decisions", "2"), ("article20.item5.licensing.decisions", "3")],
        breaks: &[("part.article20.item5.licensing.decisions", "2"), ("article20.item5.licensing.decisions", "1")],
        test: Test::Parts(Bound::AtLeast),
    },
];

impl Bound {
    /// The rule by which a region with such a sum is checked.
    pub fn rule(self) -> &'static Rule {
        match self {
            Bound::Exact => &SUMS[0],
            Bound::AtLeast => &SUMS[1],
        }
    }
}
