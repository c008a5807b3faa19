//! The example report with as much prose as reports have: what benches read and check.

use ogi_report::{Narrative, Part, PublishedReport, read};

const PAGE: &str = include_str!("../examples/data/department-2024.txt");

/// A sentence of the prose: counts, a denial, a share, a sum, words without any figure.
const SENTENCES: [&str; 6] = [
    "本年度新收政府信息公开申请22件，答复21件，结转下年度继续办理1件。",
    "栏目按季度核对，目录随文件更新，网站与公报同时公布。",
    "未发生因政府信息公开引起的行政诉讼，没有收取信息处理费。",
    "制定公开事项清单，明确责任科室和时限，逐件审查后发布。",
    "组织业务培训2次，参训人员46人次，编发工作简报4期。",
    "对照上级要求，完善依申请公开的登记、审核、答复和归档各环节。",
];

/// The example report with 6 KB of prose.
pub fn report() -> PublishedReport {
    let mut report = read::text(PAGE).unwrap();
    let of = |title: &str, bytes: usize| {
        let mut text = String::new();
        for sentence in SENTENCES.iter().cycle() {
            if text.len() > bytes {
                break;
            }
            text += sentence;
        }
        Some(Narrative { title: title.to_owned(), parts: vec![Part { text, ..Part::default() }] })
    };
    report.facts.overview = of("一、总体情况", 4500);
    report.facts.problems = of("五、存在的主要问题及改进情况", 1500);
    report
}
