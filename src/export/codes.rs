//! The code lists: what the keys and names of the documents mean, in Chinese and English.

use serde::Serialize;

use crate::agency::AgencyKind;
use crate::form::{Basis, Edition, Layout};
use crate::language::Language;
use crate::text::{CsvText, csv_line};

/// A code list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeList {
    /// The name of its file.
    pub name: &'static str,
    /// What it lists, in Chinese.
    pub title_zh: &'static str,
    /// What it lists, in English.
    pub title_en: &'static str,
    /// Its lines.
    pub codes: Vec<CodeLine>,
}

/// A line of a code list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeLine {
    /// The code, as in the documents; of an outcome its path below `requests.outcomes`.
    pub code: String,
    /// The official label.
    pub label_zh: String,
    /// The label in English.
    pub label_en: String,
    /// What it covers, in Chinese.
    pub definition_zh: String,
    /// What it covers, in English.
    pub definition_en: String,
    /// The articles of the Regulations it rests on.
    pub articles: Vec<String>,
}

impl CodeList {
    /// The list as CSV.
    pub fn to_csv(&self) -> String {
        let columns = ["code", "label_zh", "label_en", "definition_zh", "definition_en", "articles"];
        let mut csv = csv_line(columns, CsvText::Guarded);
        for line in &self.codes {
            let articles = line.articles.join("; ");
            let fields =
                [&line.code, &line.label_zh, &line.label_en, &line.definition_zh, &line.definition_en, &articles];
            csv += &csv_line(fields, CsvText::Guarded);
        }
        csv
    }
}

/// Every code list.
pub fn code_lists() -> Vec<CodeList> {
    vec![outcomes(), applicants(), agency_kinds(), editions()]
}

/// A code, what it covers in Chinese and in English.
type Definition = (&'static str, &'static str, &'static str);

fn outcomes() -> CodeList {
    let mut codes: Vec<CodeLine> = Vec::new();
    for row in Layout::newest_first().flat_map(Layout::rows).filter(|row| !row.is_total()) {
        let Some(code) = row.path().strip_prefix("requests.outcomes.") else { continue };
        if codes.iter().all(|known| known.code != code) {
            codes.push(line(code, row.label(), row.cells()[0].basis(), OUTCOMES));
        }
    }
    CodeList { name: "outcomes", title_zh: "本年度办理结果", title_en: "How requests ended", codes }
}

fn applicants() -> CodeList {
    let mut codes: Vec<CodeLine> = Vec::new();
    for entry in Layout::newest_first().flat_map(Layout::cells) {
        let Some(code) = entry.path().strip_prefix("requests.received.") else { continue };
        if codes.iter().all(|known| known.code != code) {
            codes.push(line(code, entry.column_label(), Basis(""), APPLICANTS));
        }
    }
    CodeList { name: "applicants", title_zh: "申请人情况", title_en: "Who applied", codes }
}

fn agency_kinds() -> CodeList {
    let articles = |kind: AgencyKind| match kind {
        kind if kind.is_department() || kind.is_government() => "49",
        AgencyKind::AuthorizedOrganization => "54",
        AgencyKind::PublicInstitution => "55",
        _ => "",
    };
    let codes = AgencyKind::ALL
        .iter()
        .map(|kind| line(kind.name(), kind.label(Language::Chinese), Basis(articles(*kind)), AGENCY_KINDS));
    CodeList { name: "agency_kinds", title_zh: "机关类别", title_en: "Kinds of agency", codes: codes.collect() }
}

fn editions() -> CodeList {
    let code = |edition: Edition| {
        let (cells, years) = (edition.layout().cells().len(), edition.years());
        let (zh, en) = match years {
            (from, Some(to)) => (format!("{from} 至 {to} 年度"), format!("{from} to {to}")),
            (from, None) => (format!("{from} 年度起"), format!("from {from}")),
        };
        CodeLine {
            definition_zh: format!("用于 {zh}的报告，{cells} 格"),
            definition_en: format!("for report years {en}, {cells} cells"),
            ..line(edition.name(), edition.notice(), Basis("50"), &[])
        }
    };
    let codes = Edition::all().map(code);
    CodeList { name: "editions", title_zh: "表样版本", title_en: "Editions of the form", codes: codes.collect() }
}

/// The line of a code; the key itself is English.
fn line(code: &str, label: &str, basis: Basis, definitions: &[Definition]) -> CodeLine {
    let definition = definitions.iter().find(|(of, ..)| *of == code);
    let (zh, en) = definition.map_or(("", ""), |(_, zh, en)| (*zh, *en));
    let key = code.rsplit('.').next().unwrap_or(code).replace('_', " ");
    CodeLine {
        code: code.to_owned(),
        label_zh: label.to_owned(),
        label_en: key,
        definition_zh: zh.to_owned(),
        definition_en: en.to_owned(),
        articles: basis.articles().map(str::to_owned).collect(),
    }
}

#[rustfmt::skip]
const OUTCOMES: &[Definition] = &[
    ("disclosed", "申请的信息全部公开，或告知已公开信息的获取途径",
     "all that was asked for was disclosed, or the applicant was told where it is published"),
    ("partially_disclosed", "区分处理后公开一部分；只计入本项，不再计入其他各项",
     "a part was disclosed after separation; counted here only"),
    ("withheld.state_secret", "依法确定为国家秘密", "lawfully classified as a state secret"),
    ("withheld.forbidden_by_law", "其他法律、行政法规禁止公开",
     "disclosure is forbidden by another law or administrative regulation"),
    ("withheld.security_or_stability", "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
     "disclosure could endanger national, public or economic security or social stability"),
    ("withheld.third_party_rights", "公开会损害第三方的合法权益，第三方不同意且不涉及重大公共利益",
     "disclosure would harm the lawful rights of a third party who does not agree, and no major public interest calls for it"),
    ("withheld.internal_affairs", "人事管理、后勤管理、内部工作流程三类信息",
     "personnel, logistics, internal workflow"),
    ("withheld.process_information", "讨论记录、过程稿、磋商信函、请示报告四类信息",
     "records of discussion, drafts, letters of consultation, requests for instructions"),
    ("withheld.enforcement_file", "行政执法案卷信息", "files of administrative enforcement"),
    ("withheld.administrative_inquiry", "属于工商登记、不动产登记等另有查询规定的事项",
     "matters such as company or land registers, for which another law provides the inquiry"),
    ("unavailable.not_held", "经检索没有该信息，或不属于本机关负责公开",
     "a search found nothing, or another agency is responsible"),
    ("unavailable.requires_creation", "没有现成信息，需要加工、分析",
     "nothing exists as asked; it would have to be compiled or analysed"),
    ("unavailable.still_unclear", "补正以后申请内容仍不明确", "unclear even after correction"),
    ("not_processed.petition_or_complaint", "以公开申请的形式进行信访、投诉、举报",
     "a petition, complaint or report in the form of a request"),
    ("not_processed.repeated", "已经答复，同一申请人重复申请同一内容",
     "already answered; the same applicant asks for the same again"),
    ("not_processed.public_publication", "要求提供报刊、书籍等公开出版物",
     "asks for newspapers, books or other publications"),
    ("not_processed.excessive", "申请数量、频次明显超过合理范围，又没有合理理由",
     "clearly beyond a reasonable number or frequency, without a good reason"),
    ("not_processed.confirm_or_reissue", "要求确认或重新出具已经获取的信息",
     "asks to confirm or reissue what was already obtained"),
    ("other_handling.correction_overdue", "无正当理由逾期不补正，视为放弃申请",
     "not corrected in time without a good reason; taken as given up"),
    ("other_handling.fee_overdue", "逾期未按收费通知缴纳费用，视为放弃申请",
     "the fee was not paid in time; taken as given up"),
    ("other_handling.other", "不属于以上各项的其他处理", "handled in any other way"),
    ("other_handling.undivided", "2019 版表样的“其他处理”，不再细分",
     "other handling as the form of 2019 has it, undivided"),
];

#[rustfmt::skip]
const APPLICANTS: &[Definition] = &[
    ("natural_person", "以个人名义提出申请的自然人", "a person who applies in their own name"),
    ("commercial_enterprise", "公司等营利法人", "a company or other body that works for profit"),
    ("research_institution", "高等学校、研究院所等", "a university, institute or the like"),
    ("public_interest_organization", "基金会、社会团体等公益组织",
     "a foundation, association or other body for the public good"),
    ("legal_service_organization", "律师事务所等法律服务机构", "a law firm or other provider of legal services"),
    ("other", "其他法人或者组织", "any other legal person or organisation"),
    ("total", "各类申请人之和", "the sum of all applicants"),
];

#[rustfmt::skip]
const AGENCY_KINDS: &[Definition] = &[
    ("province_government", "省、自治区、直辖市人民政府；3 月 31 日前公布",
     "government of a province, autonomous region or municipality; due 31 March"),
    ("city_government", "设区的市、自治州人民政府，地区、盟行政公署；3 月 31 日前公布",
     "government of a city with districts, an autonomous prefecture, a prefecture or a league; due 31 March"),
    ("county_government", "县、县级市、市辖区人民政府；3 月 31 日前公布",
     "government of a county, county-level city or district; due 31 March"),
    ("state_council_department", "国务院部门；1 月 31 日前公布", "department of the State Council; due 31 January"),
    ("province_department", "省级人民政府部门；1 月 31 日前公布", "department of a province; due 31 January"),
    ("city_department", "市级人民政府部门；1 月 31 日前公布", "department of a city; due 31 January"),
    ("county_department", "县级人民政府部门；1 月 31 日前公布", "department of a county; due 31 January"),
    ("township", "乡、镇人民政府，街道办事处", "township, town or subdistrict"),
    ("zone_committee", "开发区、新区等管理委员会及其工作机构", "committee of a development zone or new area, or an office of one"),
    ("authorized_organization", "法律、法规授权的具有管理公共事务职能的组织",
     "organisation that law charges with public affairs"),
    ("public_institution", "教育、卫生健康、供水、供电、公共交通等公共企事业单位，依照专门规定公开，不提交本报告",
     "public institution or enterprise such as a school, hospital or waterworks: discloses by rules of its own, files no report"),
    ("unknown", "无从判断", "nothing tells"),
];
