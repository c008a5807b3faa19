//! What reviewers look for in the words: the notice that is cited, the aspects of section one, what the template left behind.

use rust_decimal::Decimal;

use super::outcome::{FindingCell, Outcome, Reason, Told};
use super::{Rule, Test};
use crate::agency::AgencyKind;
use crate::facts::Facts;
use crate::form::{Basis, Edition};
use crate::narrative::{FeeStatus, Part, ProcessingFee, Section};
use crate::number::{Number, YUAN_IN_WAN};
use crate::place::Place;
use crate::prose::chinese;
use crate::published::PublishedReport;
use crate::published::cell::PublishedCell;
use crate::severity::Severity;
use crate::text::{contains_any, is_ideograph, is_short_of, shortened, years};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "preamble-agency",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "引言所公布的是本机关的报告",
        en: "the preamble presents the report of this agency",
        not_checked_zh: "没有写明机关名称的引言，以及同一机关的简称。",
        not_checked_en: "Preambles that name no agency, and short names of the same one.",
        holds: &[("preamble", r#"{"text":"现公布示例市数据局2024年政府信息公开工作年度报告。"}"#)],
        breaks: &[("preamble", r#"{"text":"现公布示例县卫生健康局2024年政府信息公开工作年度报告。"}"#)],
        test: Test::Facts(&["preamble", "agency.name"], preamble_agency),
    },
    Rule {
        code: "signature-agency",
        version: 1,
        severity: Severity::Warning,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "落款机关为报告机关",
        en: "the report is signed by the agency that reports",
        not_checked_zh: "没有落款机关的报告，以及一个名称的字依次都在另一个之中的：简称、内设机构、名称相近的下级机关。",
        not_checked_en: "Reports that are not signed, and names whose characters are all in the other, in their order: short names, offices, bodies below with a name alike.",
        holds: &[("signed_by", r#""示例市数据局办公室""#)],
        breaks: &[("signed_by", r#""示例市教育委员会""#)],
        test: Test::Facts(&["signed_by", "agency.name"], signature_agency),
    },
    Rule {
        code: "notice-cited",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("50"),
        zh: "引用的年度报告格式文件是报告年度的文件，文号无误",
        en: "the notice that is cited for the form is the one of the report year, and its number is right",
        not_checked_zh: "没有引用格式文件的报告，以及其他文件的文号。",
        not_checked_en: "Reports that cite no notice for the form, and the numbers of other documents.",
        holds: &[("preamble", r#"{"text":"根据《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）编制。"}"#)],
        breaks: &[("preamble", r#"{"text":"根据《政府信息公开工作年度报告格式》（国办公开办函〔2019〕60号）编制。"}"#)],
        test: Test::Facts(&["preamble", "overview", "year"], notice_cited),
    },
    Rule {
        code: "sections-announced",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "文中所述报告由六个部分组成",
        en: "the number of sections that is announced is six",
        not_checked_zh: "没有说明由几部分组成的报告。",
        not_checked_en: "Reports that do not say of how many sections they are.",
        holds: &[("preamble", r#"{"text":"本报告由总体情况等六个部分组成。"}"#)],
        breaks: &[("preamble", r#"{"text":"本报告由总体情况等五个部分组成。"}"#)],
        test: Test::Facts(&["preamble", "overview"], sections_announced),
    },
    Rule {
        code: "overview-aspects",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("50"),
        zh: "第一部分说到主动公开、依申请公开、政府信息管理、平台建设、监督保障，政府还要说到考核评议和责任追究",
        en: "section one speaks of disclosure, requests, information management, platforms and supervision; that of a government also of assessment and accountability",
        not_checked_zh: "所说的是否属实、是否充分。",
        not_checked_en: "Whether what is said is true, or enough.",
        holds: &[],
        breaks: &[("overview", r#"{"title":"一、总体情况","parts":[{"text":"按时主动公开各类信息。"}]}"#)],
        test: Test::Facts(&["overview", "agency.kind"], overview_aspects),
    },
    Rule {
        code: "template-left",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2019,
        until: None,
        basis: Basis("50"),
        zh: "没有留下模板中的占位文字和说明",
        en: "nothing of the template is left: no placeholder, no instruction",
        not_checked_zh: "表格中的说明文字。",
        not_checked_en: "The words within the tables.",
        holds: &[(
            "problems",
            r#"{"title":"五、存在的主要问题及改进情况","parts":[{"text":"公开不够及时，下一步改进。"}]}"#,
        )],
        breaks: &[(
            "problems",
            r#"{"title":"五、存在的主要问题及改进情况","parts":[{"text":"公开不够及时，XX类信息下一步改进。"}]}"#,
        )],
        test: Test::Page(&["preamble", "overview", "problems", "other_matters", "remarks"], template_left),
    },
    Rule {
        code: "overdue-fee-notice",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("42"),
        zh: "没有发出收费通知的，没有逾期未缴费的申请",
        en: "where no fee notice was issued, no request ended for a fee overdue",
        not_checked_zh: "没有说明收费通知份数的报告，上年发出的通知。",
        not_checked_en: "Reports that say nothing of notices, and notices of the year before.",
        holds: &[
            ("other_matters.processing_fee", r#"{"status":"none","notices":0}"#),
            ("requests.received.natural_person", "1"),
            ("requests.outcomes.other_handling.correction_overdue.natural_person", "1"),
        ],
        breaks: &[
            ("requests.outcomes.other_handling.correction_overdue.natural_person", "0"),
            ("requests.outcomes.other_handling.fee_overdue.natural_person", "1"),
        ],
        test: Test::Page(&["other_matters", "requests"], overdue_fee_notice),
    },
    Rule {
        code: "processing-fee-in-fees",
        version: 1,
        severity: Severity::Notice,
        since: Edition::EDITION_2021,
        until: None,
        basis: Basis("20(8), 42"),
        zh: "信息处理费是行政事业性收费的一项，实收不多于表中金额",
        en: "the processing fee collected is no more than the administrative fees of table one, of which it is one",
        not_checked_zh: "没有写明实收金额的报告。",
        not_checked_en: "Reports that state no amount collected.",
        holds: &[
            ("other_matters.processing_fee", r#"{"status":"stated","notices":4,"notified":"400","collected":"400"}"#),
            ("article20.item8.administrative_fees.amount", "0.04"),
        ],
        breaks: &[("article20.item8.administrative_fees.amount", "0")],
        test: Test::Page(&["other_matters", "article20"], fee_in_fees),
    },
];

/// The parts of the preamble and of section one, and where they stand.
fn opening(facts: &Facts) -> impl Iterator<Item = &Part> {
    facts.preamble.iter().chain(facts.overview.iter().flat_map(|section| &section.parts))
}

/// No sentence that speaks of the report itself is longer, in bytes.
const LONGEST: usize = 1500;

/// The sentences of a part that can speak of the report itself.
fn sentences(part: &Part) -> impl Iterator<Item = &str> {
    part.text.split(['\n', '。']).filter(|sentence| sentence.len() <= LONGEST)
}

/// Where a piece of a text of a part stands.
fn place_in(part: &Part, piece: &str) -> Option<Place> {
    let at = piece.as_ptr() as usize - part.text.as_ptr() as usize;
    let before = &part.text[..at];
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
    part.places.get(line).map(|place| place.after(column))
}

/// What is printed where something else is due.
fn instead(what: &str, words: [String; 2], found: &str, expected: Option<&str>, place: Option<Place>) -> Told {
    Told {
        words,
        found: Some(found.to_owned()),
        expected: expected.map(str::to_owned),
        place,
        subjects: vec![format!("{what}: {found}")],
        ..Told::default()
    }
}

// ---- The agency of the preamble, and of the signature ------------------------------------------------------------------

fn preamble_agency(facts: &Facts) -> Option<Vec<Told>> {
    let own = facts.agency.as_ref()?.name.as_str();
    let part = facts.preamble.as_ref()?;
    let name = sentences(part).find_map(agency_presented)?;
    if is_one_agency(name, own) {
        return Some(vec![]);
    }
    let words = [
        format!("引言所称机关为“{name}”，与报告机关“{own}”不一致"),
        format!("the preamble presents the report of {name}, this one is of {own}"),
    ];
    Some(vec![instead("preamble", words, name, Some(own), place_in(part, name))])
}

/// Whether two names can be of one agency: one has the characters of the other, or they have one in common of those that tell
/// agencies of a region apart, 住建局 and 住房和城乡建设局.
fn is_one_agency(name: &str, own: &str) -> bool {
    let [one, other] = [name, own].map(told_apart_by);
    is_short_of(name, own)
        || is_short_of(own, name)
        || one.is_empty()
        || other.is_empty()
        || one.chars().any(|c| other.contains(c))
}

/// A name without its region and without what many have: 数据 of 示例市数据局.
fn told_apart_by(name: &str) -> String {
    // No region has more characters.
    let region = name.char_indices().take(6).find(|(_, c)| "省市县区州盟旗".contains(*c));
    let name = region.map_or(name, |(at, c)| &name[at + c.len_utf8()..]);
    let common = ["人民政府", "办事处", "办公室", "办公厅", "管理委员会", "管委会", "委员会"];
    let rest = common.iter().fold(name.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().filter(|c| !"省市县区州盟旗镇乡街道局厅委办".contains(*c)).collect()
}

fn signature_agency(facts: &Facts) -> Option<Vec<Told>> {
    let own = facts.agency.as_ref()?.name.as_str();
    let name = facts.signed_by.as_deref()?;
    if is_one_agency(name, own) {
        return Some(vec![]);
    }
    let words = [
        format!("落款机关为“{name}”，与报告机关“{own}”不一致"),
        format!("the report is signed by {name}, it is of {own}"),
    ];
    let place = facts.evidence.signed_by.as_ref().and_then(|source| source.place.clone());
    Some(vec![instead("signed_by", words, name, Some(own), place)])
}

/// The agency whose report a text presents: 现公布示例县水利局2024年度政府信息公开工作年度报告.
fn agency_presented(text: &str) -> Option<&str> {
    const ENDS: &str = "局委府办厅部院室处会队所站社团道镇乡心";
    years(text).find_map(|(at, _)| {
        let behind = text[at + 4 + '年'.len_utf8()..].trim_start_matches('度');
        let said = text[..at].trim_end_matches(char::is_whitespace);
        let (_, name) = ["现公布", "现将", "现公开", "现发布"].iter().find_map(|verb| said.rsplit_once(verb))?;
        let is_name = name.chars().count() >= 4
            && name.chars().all(is_ideograph)
            && name.ends_with(|c| ENDS.contains(c))
            && !contains_any(name, &["我", "本", "该"]);
        (is_name && behind.starts_with("政府信息公开")).then_some(name)
    })
}

// ---- The notice ----------------------------------------------------------------------------------

fn notice_cited(facts: &Facts) -> Option<Vec<Told>> {
    let due = Edition::for_year(facts.year?.get())?.notice();
    let of_part = |part| sentences(part).flat_map(notices).map(move |cited| (part, cited));
    let cited: Vec<(&Part, &str)> = opening(facts).flat_map(of_part).collect();
    if cited.is_empty() {
        return None;
    }
    if cited.iter().any(|(_, cited)| normal(cited) == due) {
        return Some(vec![]);
    }
    let told = |(part, cited): (&Part, &str)| {
        let superseded = Edition::all().any(|edition| edition.notice() == normal(cited));
        let what = if superseded {
            ["不是报告年度的文件", "is not the one of the report year"]
        } else {
            ["文号有误", "is misspelt"]
        };
        let words = [format!("引用的“{cited}”{}，应为“{due}”", what[0]), format!("{cited} {}, {due} is due", what[1])];
        instead("notice", words, cited, Some(due), place_in(part, cited))
    };
    Some(cited.into_iter().take(1).map(told).collect())
}

/// The numbers in a text that are, or nearly are, those of the notices on the form: their letters, year and number.
fn notices(text: &str) -> impl Iterator<Item = &str> {
    let is_known = |number: [&str; 2]| Edition::all().any(|of| year_and_number(of.notice()) == Some(number));
    text.match_indices('号').filter_map(move |(end, _)| {
        let before = &text[..end];
        let start = before.rfind("国办")?;
        let cited = &text[start..end + '号'.len_utf8()];
        let sentence = &text[..start];
        let is_number = cited.chars().count() <= 20 && is_known(year_and_number(cited)?);
        let of_form = is_number && (contains_any(sentence, &["年度报告", "格式"]) || cited.contains("公开"));
        of_form.then_some(cited)
    })
}

/// The year in the brackets of a number, and what follows them.
fn year_and_number(notice: &str) -> Option<[&str; 2]> {
    let (_, rest) = notice.split_once(OPENS)?;
    let (year, number) = rest.split_once(CLOSES)?;
    Some([year, number.trim_end_matches('号').trim_start_matches('第')].map(str::trim))
}

const OPENS: [char; 6] = ['〔', '[', '［', '（', '(', '【'];
const CLOSES: [char; 6] = ['〕', ']', '］', '）', ')', '】'];

/// A number without white space, in the brackets that it has by rights: others are a matter of type.
fn normal(notice: &str) -> String {
    let bracket = |c: char| match c {
        _ if OPENS.contains(&c) => '〔',
        _ if CLOSES.contains(&c) => '〕',
        _ => c,
    };
    notice.chars().filter(|c| !c.is_whitespace()).map(bracket).collect()
}

// ---- The sections and the aspects ----------------------------------------------------------------

fn sections_announced(facts: &Facts) -> Option<Vec<Told>> {
    let announced = opening(facts).find_map(|part| Some((part, sentences(part).find_map(announced)?)));
    let (part, (said, count)) = announced?;
    let six = Section::ALL.len();
    let words = [format!("文中称由{said}组成，应为六个部分"), format!("{said} are announced, there are {six}")];
    let six = six.to_string();
    let odd = (count.to_string() != six).then(|| instead("sections", words, said, Some(&six), place_in(part, said)));
    Some(odd.into_iter().collect())
}

/// How many sections a text says that the report has: 由总体情况等六个部分组成.
fn announced(text: &str) -> Option<(&str, i64)> {
    text.match_indices("部分").find_map(|(at, word)| {
        let sentence = &text[..at];
        let number = sentence.trim_end_matches(['大', '个']);
        let starts = number.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)).len();
        let numeral = &number[starts..];
        let count = numeral.parse().ok().or_else(|| chinese(numeral)).filter(|_| !numeral.is_empty())?;
        let behind = &text[at + word.len()..];
        let is_of_report = contains_any(sentence, &["报告", "全文", "总体情况"])
            && !number[..starts].ends_with('第')
            && (behind.starts_with("组成")
                || behind.starts_with("构成")
                || contains_any(sentence, &["包括", "分为", "包含", "共"]));
        is_of_report.then(|| (&text[starts..at + word.len()], count))
    })
}

/// An aspect of section one: its name, and words of which one at least is said where it is spoken of.
type Aspect = (&'static str, &'static [&'static str]);

const ASPECTS: [Aspect; 5] = [
    ("主动公开", &["主动公开"]),
    ("依申请公开", &["依申请", "申请公开", "公开申请"]),
    (
        "政府信息管理",
        &[
            "信息管理",
            "信息资源",
            "信息的管理",
            "规范管理",
            "动态管理",
            "文件管理",
            "公文",
            "规范性文件",
            "保密审查",
            "信息发布",
        ],
    ),
    ("政府信息公开平台建设", &["平台", "网站", "专栏", "栏目", "公众号", "载体", "渠道"]),
    ("监督保障", &["监督", "保障", "考核", "培训", "组织领导", "领导小组"]),
];

/// What the section one of a government speaks of besides.
const OF_GOVERNMENTS: Aspect = ("工作考核、社会评议和责任追究", &["考核", "评议", "追究", "评估"]);

fn overview_aspects(facts: &Facts) -> Option<Vec<Told>> {
    let section = facts.overview.as_ref()?;
    let is_government = facts.agency.as_ref().and_then(|agency| agency.kind).is_some_and(AgencyKind::is_government);
    let texts = || section.parts.iter().flat_map(|part| [part.heading.as_deref().unwrap_or(""), &part.text]);
    // An empty section is the business of another rule.
    if !texts().flat_map(str::chars).any(char::is_alphanumeric) {
        return None;
    }
    let aspects = ASPECTS.into_iter().chain(is_government.then_some(OF_GOVERNMENTS));
    let missing = aspects.filter(|(_, words)| !texts().any(|text| contains_any(text, words)));
    let missing: Vec<&str> = missing.map(|(name, _)| name).collect();
    if missing.is_empty() {
        return Some(vec![]);
    }
    let names = missing.join("、");
    let words = [format!("第一部分未提及{names}"), format!("section one does not speak of {names}")];
    Some(vec![instead(
        "overview",
        words,
        &names,
        None,
        section.parts.first().and_then(|part| part.places.first().cloned()),
    )])
}

// ---- What the template left ----------------------------------------------------------------------

/// What only a template says.
const OF_TEMPLATES: &[&str] = &["该部分以表格形式报告", "此处填写", "请填写", "请在此", "（填写"];

fn template_left(report: &PublishedReport) -> Outcome {
    let facts = &report.facts;
    let problems = facts.problems.iter().flat_map(|section| &section.parts);
    let others = facts.other_matters.iter().flat_map(|section| &section.parts);
    let parts = opening(facts).chain(problems).chain(others);
    let in_parts = parts.filter_map(|part| {
        let left = left_over(&part.text)?;
        Some((left, place_in(part, left)))
    });
    let in_remarks =
        report.page.remarks.iter().filter_map(|remark| Some((left_over(&remark.text)?, remark.place.clone())));
    let told = |(left, place): (&str, Option<Place>)| {
        let left = shortened(left);
        let words = [format!("留有模板文字“{left}”"), format!("{left:?} is left of the template")];
        instead("template", words, &left, None, place)
    };
    Outcome::of(in_parts.chain(in_remarks).map(told))
}

/// What a template left in a text: a sentence of its own, or a placeholder and what it stands before.
fn left_over(text: &str) -> Option<&str> {
    // Whether words are there at all is seen several times faster than where.
    let words = OF_TEMPLATES.iter().find(|words| text.contains(**words));
    let sentence = words.and_then(|words| text.find(words).map(|at| &text[at..at + words.len()]));
    sentence.or_else(|| placeholder(text))
}

/// A run of marks where a figure or a name is due: XX件, ×××局, ____. A web address has none, nor has 张××.
fn placeholder(text: &str) -> Option<&str> {
    let is_mark = |c| matches!(c, 'X' | '×' | 'Ｘ' | 'x' | '_');
    const DUE: &str = "件条次个年月日元局县市区镇乡省类份项万部单，。、";
    let mut at = 0;
    while let Some(start) = text[at..].find(is_mark).map(|found| at + found) {
        let rest = text[start..].trim_start_matches(is_mark);
        let end = text.len() - rest.len();
        let next = rest.chars().next().filter(|c| DUE.contains(*c));
        let is_word = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || "./-".contains(c))
            || rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        let marks = text[start..end].chars().count();
        let is_rule = text[start..end].starts_with('_');
        if marks >= 2 && !is_word && (next.is_some() || is_rule) {
            return Some(&text[start..end + next.map_or(0, char::len_utf8)]);
        }
        at = end;
    }
    None
}

// ---- Fees ----------------------------------------------------------------------------------------

fn processing_fee(report: &PublishedReport) -> Option<&ProcessingFee> {
    report.facts.other_matters.as_ref()?.processing_fee.as_ref()
}

/// What a cell beside the statement on fees comes to: it fits, or this is said of it; `number` reads the cell.
fn beside_fee<T: ToString + Copy>(
    report: &PublishedReport,
    path: &str,
    number: impl Fn(&PublishedCell) -> Option<T>,
    fits: impl Fn(T) -> bool,
    said: [String; 2],
) -> Outcome {
    let quoted = path.parse().ok().and_then(|cell| FindingCell::of(report, cell, None));
    let Some(quoted) = quoted else { return Outcome::skipped(Reason::OtherEdition) };
    let Some(known) = report.get(quoted.cell).and_then(number) else { return Outcome::skipped(Reason::NoCount) };
    if fits(known) {
        return Outcome::of([]);
    }
    let cells = vec![quoted];
    let [zh, en] = said;
    let term = cells[0].term();
    let told = Told {
        words: [format!("{term}，{zh}"), format!("{term}, and {en}")],
        found: Some(known.to_string()),
        ..Told::of_first(&cells)
    };
    let mut outcome = Outcome::default();
    outcome.fail(cells, told);
    outcome
}

fn overdue_fee_notice(report: &PublishedReport) -> Outcome {
    let Some(notices) = processing_fee(report).and_then(|fee| fee.notices) else {
        return Outcome::skipped(Reason::NotStated);
    };
    let path = "requests.outcomes.other_handling.fee_overdue.total";
    let fits = |overdue: i64| notices.get() > 0 || overdue == 0;
    let said = ["第六部分称未发出收费通知".to_owned(), "section six says that no fee notice was issued".to_owned()];
    beside_fee(report, path, PublishedCell::whole_count, fits, said)
}

fn fee_in_fees(report: &PublishedReport) -> Outcome {
    let stated = processing_fee(report).filter(|fee| fee.status == FeeStatus::Stated);
    let Some(collected) = stated.and_then(|fee| fee.collected) else { return Outcome::skipped(Reason::NotStated) };
    let fits = |fees: Number| {
        // Table one is in 万元, and may have no more decimals than it prints.
        let known = fees.decimal().saturating_mul(YUAN_IN_WAN);
        let unit = Decimal::new(10_000, fees.decimal().scale().min(4));
        let contains = known > Decimal::ZERO && collected.get() <= known.saturating_add(unit);
        contains || collected.get() == Decimal::ZERO
    };
    let said =
        [format!("实收信息处理费为 {collected} 元"), format!("a processing fee of {collected} 元 was collected")];
    beside_fee(report, "article20.item8.administrative_fees.amount", PublishedCell::number, fits, said)
}
