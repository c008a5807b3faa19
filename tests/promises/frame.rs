//! Title, agency, year and dates: from each place that states them, the strongest first, with the evidence.

use ogi_report::read::{self, ReadError, Reader};
use ogi_report::{AgencyKind, PublishedReport, Scope, SourceKind, SourceKind::*};

/// A page with this head, section one, table one in part, and section six.
fn page(head: &str, overview: &str, other: &str) -> PublishedReport {
    let page = format!(
        "{head}\n一、总体情况\n{overview}\n二、主动公开政府信息情况\n信息内容 | 本年处理决定数量\n行政许可 | 5\n\
         六、其他需要报告的事项\n{other}\n"
    );
    read::text(&page).unwrap()
}

fn headed(head: &str) -> PublishedReport {
    page(head, "按时公开。", "没有收取信息处理费。")
}

/// A fact and its evidence.
type Known<T> = Option<(T, SourceKind)>;

/// The agency and the year.
fn known(report: &PublishedReport) -> (Known<&str>, Known<u16>) {
    let (facts, evidence) = (&report.facts, &report.facts.evidence);
    let agency = facts.agency.as_ref().map(|agency| (&*agency.name, evidence.agency.as_ref().unwrap().kind));
    (agency, facts.year.map(|year| (year.get(), evidence.year.as_ref().unwrap().kind)))
}

fn signed(report: &PublishedReport) -> Option<String> {
    report.facts.signed_on.map(|day| day.to_string())
}

// ---- Titles --------------------------------------------------------------------------------------

#[test]
fn a_misprinted_title_is_known_by_what_else_it_says() {
    for title in [
        "甲市乙局2024年政府信息公天年度报告",
        "甲市乙局2024年政府信息公开工作年渡报告",
        "甲市乙局2024年政府信息公开公作年度报告",
        "甲市乙局2024年政府信息公开工作年度报",
        "甲市乙局2024年信息公开工作年度报告",
        "2024年甲市乙局政务公开工作年度报告",
        "甲市乙局2024年度报告",
        "2024年甲市乙局政府信息公开工作告年度报",
        "甲市乙局2024年政府信息公天年度报告（修订版）",
    ] {
        let report = headed(title);
        assert_eq!(report.facts.title.as_deref(), Some(title));
        assert_eq!(known(&report), (Some(("甲市乙局", Title)), Some((2024, Title))), "{title}");
    }
}

#[test]
fn what_is_no_title_is_not_taken_for_one() {
    for line in [
        "甲市乙局2024年法治政府建设年度报告",
        "2024年政府工作报告",
        "政府信息公开年度报表",
        "信息公开年度报告",
        "乙局年度报告",
        "2024年度报告",
        "甲市乙局2024年部门决算报告",
        "查看甲市乙局2024年政府信息公天年度报告，请点击",
    ] {
        assert_eq!(headed(line).facts.title, None, "{line}");
    }
    // A title that is right wins, wherever it is; one that says nothing does not.
    let report =
        headed("甲市丙局2024年信息公开年度报告\n甲市乙局2023年政府信息公开工作年度报告\n丙县2022年政务公开年度报告");
    assert_eq!(known(&report), (Some(("甲市乙局", Title)), Some((2023, Title))));
    let report = headed("政府信息公开年报\n甲市乙局2023年政府信息公天工作年度报告");
    assert_eq!(known(&report), (Some(("甲市乙局", Title)), Some((2023, Title))));
}

#[test]
fn no_name_in_a_title_has_more_than_forty_characters() {
    for (count, is_name) in [(40, true), (41, false)] {
        let name = format!("甲市{}局", "乙".repeat(count - 3));
        let report = headed(&format!("{name}2024年政府信息公开工作年度报告"));
        assert_eq!(known(&report), (is_name.then_some((&*name, Title)), Some((2024, Title))));
    }
}

// ---- The other places ----------------------------------------------------------------------------

#[test]
fn the_preamble_presents_the_report() {
    for preamble in [
        "现公布甲市乙局2024年度政府信息公开工作年度报告。",
        "按照要求，现向社会公布甲市乙局2024年政府信息公开年度报告：",
        "特编制《甲市乙局2024年政府信息公开工作年度报告》，现予发布。",
        "依照规定，编制2024年甲市乙局政府信息公开工作年度报告。",
    ] {
        let report = headed(&format!("政府信息公开工作年度报告\n{preamble}"));
        assert_eq!(known(&report), (Some(("甲市乙局", Preamble)), Some((2024, Preamble))), "{preamble}");
        let source = report.facts.evidence.year.unwrap();
        assert!(preamble.contains(&*source.words) && source.place.unwrap().to_string() == "2:1", "{preamble}");
        // Without any title it presents the report as well.
        assert_eq!(known(&headed(preamble)), known(&headed(&format!("政府信息公开工作年度报告\n{preamble}"))));
    }
    // A page can break its lines anywhere.
    let report = headed("本报告由甲市乙\n局根据规定编制。所列数据的统计期限自2024 年1 月1 日\n起至2024年12月31日止。");
    assert_eq!(known(&report), (Some(("甲市乙局", Preamble)), Some((2024, Period))));
    let report = headed("政府信息公开工作年度报告\n按照要求，现公布\n甲市乙局2024年政府信息公开工作年度报告。");
    assert_eq!(known(&report), (Some(("甲市乙局", Preamble)), Some((2024, Preamble))));
    assert_eq!(report.facts.evidence.agency.unwrap().place.unwrap().to_string(), "3:1");
    let report = headed("甲市乙局\n本报告所列数据的统计期限为2024年1月1日至12月31日。");
    assert_eq!(known(&report), (Some(("甲市乙局", Preamble)), Some((2024, Period))));
    assert_eq!(report.facts.evidence.year.unwrap().words, "2024年1月1日至12月31日");
}

#[test]
fn a_name_that_is_none_and_a_year_that_is_another_are_left() {
    for (preamble, year) in [
        ("现公布我局2024年政府信息公开工作年度报告。", Some((2024, Preamble))),
        ("现公布区统计局2024年政府信息公开工作年度报告。", Some((2024, Preamble))),
        ("县水务局编制了2024年度政务公开工作报告。", Some((2024, Preamble))),
        ("关于公布甲市乙局2023年政府信息公开工作年度报告的通知", None),
        ("本报告由本机关根据规定编制。", None),
        ("本报告由县人民政府办公室根据规定编制。", None),
        ("《甲市丙局2023年政府信息公开工作年度报告》已经发布，可供查阅。", None),
        ("根据甲市人民政府办公室2023年关于年度报告的通知，编制本报告。", None),
        ("所列数据的统计期限自2024年3月1日起至2024年12月31日止。", None),
        ("所列数据的统计期限自2023年1月1日起至2024年12月31日止。", None),
        ("甲市2024年1月1日至12月31日新建学校。", None),
    ] {
        assert_eq!(known(&headed(preamble)), (None, year), "{preamble}");
    }
}

#[test]
fn the_strongest_place_wins() {
    let title = "甲市乙局2024年政府信息公开工作年度报告";
    let presented = "现公布甲市丙局2023年政府信息公开工作年度报告。";
    let period = "统计期限为2022年1月1日至12月31日。";
    let source = "来源：甲市丁局";
    let other = "没有收取信息处理费。\n甲市戊局\n2023年1月10日";
    let of = |head: &[&str], overview: &str, other: &str| {
        let report = page(&head.join("\n"), overview, other);
        let (agency, year) = known(&report);
        (agency.map(|(name, kind)| (name.to_owned(), kind)), year)
    };
    let agency = |name: &str, kind| Some((name.to_owned(), kind));
    assert_eq!(of(&[title, source, presented], period, other), (agency("甲市乙局", Title), Some((2024, Title))));
    assert_eq!(of(&[source, presented], period, other), (agency("甲市丙局", Preamble), Some((2023, Preamble))));
    assert_eq!(of(&[source], period, other), (agency("甲市戊局", Signature), Some((2022, Period))));
    assert_eq!(of(&[source], "按时公开。", "无。"), (agency("甲市丁局", SourceLine), None));
}

#[test]
fn a_period_of_before_is_not_the_year() {
    let period = "统计期限为2022年1月1日至12月31日。";
    for (day, year) in [
        ("发布时间：2023-01-20", Some((2022, Period))),
        ("发布时间：2025-01-20", None),
        ("发布时间：2022-01-20", None),
        ("来源：甲", Some((2022, Period))),
    ] {
        assert_eq!(known(&headed(&format!("{day}\n{period}"))).1, year, "{day}");
    }
    // A page can be published again.
    let report = page("发布时间：2025-06-01", period, "无。\n甲市乙局\n2023年1月20日");
    assert_eq!(known(&report).1, Some((2022, Period)));
}

#[test]
fn the_source_line_names_an_agency_in_full_or_none() {
    for (line, agency) in [
        ("发布时间:2025-01-15 10:00 信息来源:甲县乙局", Some("甲县乙局")),
        ("来源：甲县乙局 作者：佚名", Some("甲县乙局")),
        ("发布机构：甲县乙镇人民政府", Some("甲县乙镇人民政府")),
        ("发布机构\n甲市工业和信息化局\n文号", Some("甲市工业和信息化局")),
        // That of the site, and parts of an agency.
        ("来源：甲县人民政府", None),
        ("来源：甲县人民政府办公室", None),
        ("来源：公安局", None),
        ("来源：甲县", None),
        ("来源：乙镇党政办", None),
        ("来源：1", None),
        ("资金来源甲县乙局", None),
    ] {
        assert_eq!(known(&headed(line)).0, agency.map(|name| (name, SourceLine)), "{line}");
    }
}

#[test]
fn the_file_is_the_last_to_be_asked() {
    const PAGE: &str = "信息内容\t本年处理决定数量\n行政许可\t5";
    let of = |name: &str, page: &str| {
        let report = Reader::new().from_file(name).read(page.as_bytes()).unwrap();
        assert_eq!(report.facts.evidence.document.as_ref().unwrap().address.as_deref(), Some(name));
        let (agency, year) = known(&report);
        (agency.map(|(name, kind)| (name.to_owned(), kind)), year)
    };
    let of_file = (Some(("甲市乙局".to_owned(), FileName)), Some((2024, FileName)));
    for name in [
        "甲市乙局2024年政府信息公开工作年度报告.html",
        "reports/2024年甲市乙局政府信息公开年度报告.docx",
        "C:\\甲市乙局2024年度政府信息公开工作年度报告（终稿）.txt",
        "https://example.org/a/%E7%94%B2%E5%B8%82%E4%B9%99%E5%B1%802024%E5%B9%B4%E6%94%BF%E5%BA%9C%E4%BF%A1%E6%81%AF%E5%85%AC%E5%BC%80%E5%B7%A5%E4%BD%9C%E5%B9%B4%E5%BA%A6%E6%8A%A5%E5%91%8A.html?a=1",
    ] {
        assert_eq!(of(name, PAGE), of_file, "{name}");
    }
    for name in ["t20250115_2024.html", "", "%", "%e7%94", "报告.txt", "甲市2024年政府工作报告.txt"] {
        assert_eq!(of(name, PAGE), (None, None), "{name}");
    }
    let page = format!("甲市丙局2023年政府信息公开工作年度报告\n{PAGE}");
    let own = (Some(("甲市丙局".to_owned(), Title)), Some((2023, Title)));
    assert_eq!(of("甲市乙局2024年政府信息公开工作年度报告.html", &page), own);
    // One name is not that of two reports.
    let two = format!("甲市丙局政府信息公开工作年度报告\n{PAGE}\n甲市丁局政府信息公开工作年度报告\n{PAGE}");
    let reports =
        Reader::new().from_file("甲市乙局2024年政府信息公开工作年度报告.txt").read_all(two.as_bytes()).unwrap();
    assert!(reports.len() == 2 && reports.iter().all(|report| report.facts.year.is_none()), "{reports:?}");
}

// ---- The signature -------------------------------------------------------------------------------

#[test]
fn a_signature_at_the_end_of_running_text_is_read() {
    let title = "甲市乙局2024年政府信息公开工作年度报告";
    for (other, day, words) in [
        ("没有收取信息处理费。 甲市乙局 2025年1月23日", Some("2025-01-23"), "没有收取信息处理费。"),
        ("暂无。 甲市乙局 2025年1月23日 （联系人：某某） 附件下载", Some("2025-01-23"), "暂无。"),
        ("无甲市乙局 2025年1月23日 附件下载", Some("2025-01-23"), "无"),
        ("无 甲市乙局 2025年1月23日 甲市乙局办公室 2025年1月24日印发", Some("2025-01-23"), "无"),
        ("甲市乙局2025年1月23日发布了收费公告。", None, "甲市乙局2025年1月23日发布了收费公告。"),
        ("甲市乙局 2025年1月", None, "甲市乙局 2025年1月"),
    ] {
        let report = page(title, "按时公开。", other);
        assert_eq!(signed(&report).as_deref(), day, "{other}");
        assert_eq!(report.facts.other_matters.as_ref().unwrap().parts[0].text, words, "{other}");
        assert_eq!(report.facts.published_on, report.facts.signed_on);
    }
    let report = page(title, "按时公开。", "暂无。 甲市乙局 2025年1月23日");
    let source = report.facts.evidence.signed_on.unwrap();
    assert_eq!((source.kind, &*source.words), (Signature, "2025年1月23日"));
    assert_eq!(source.place.unwrap().to_string(), "8:10");
}

#[test]
fn whoever_signs_is_known_if_the_name_is_in_full() {
    for (other, agency) in [
        ("无。\n甲市乙局\n2025年1月10日", Some("甲市乙局")),
        ("无。 甲市乙局 2025年1月10日", Some("甲市乙局")),
        ("无。\n办公室\n2025年1月10日", None),
        ("无。 乙局 2025年1月10日", None),
    ] {
        let report = page("政府信息公开工作年度报告", "按时公开。", other);
        assert_eq!(known(&report).0, agency.map(|name| (name, Signature)), "{other}");
        assert!(report.facts.other_matters.as_ref().unwrap().parts[0].text.starts_with("无。"), "{other}");
    }
}

/// The name in the signature is compared with that of the title, written out or short.
#[test]
fn a_report_that_another_agency_signs_is_told() {
    let told = |title: &str, other: &str| {
        let report = page(&format!("{title}2024年政府信息公开工作年度报告"), "按时公开。", other);
        let checked = report.check();
        let told: Vec<_> = checked.findings_of("signature-agency").collect();
        assert!(told.iter().all(|finding| finding.place.is_some()), "{other}");
        let words = report.facts.other_matters.as_ref().unwrap().parts[0].text.clone();
        (report.facts.signed_by, !told.is_empty(), words)
    };
    for (other, signed_by, is_told) in [
        ("无。\n甲市乙局\n2025年1月10日", Some("甲市乙局"), false),
        ("无。\n甲市乙局（盖章）\n2025年1月10日", Some("甲市乙局"), false),
        ("无。\n甲市丙局\n2025年1月10日", Some("甲市丙局"), true),
        ("无。 甲市丙局 2025年1月10日", Some("甲市丙局"), true),
        ("无。\n甲市乙局\n甲市丙局\n2025年1月10日", Some("甲市乙局"), false),
        ("无。\n甲市丙局\n甲市乙局\n2025年1月10日", Some("甲市乙局"), false),
        ("无。\n乙局\n2025年1月10日", None, false),
        ("无。\n2025年1月10日", None, false),
    ] {
        let (signer, told, words) = told("甲市乙局", other);
        assert_eq!((signer.as_deref(), told), (signed_by, is_told), "{other}");
        assert!(!words.contains("甲市"), "{other}: {words}");
    }
    // What a sentence says of others is none, and stays.
    for other in ["无。\n已移交甲县档案局\n2025年1月10日", "无。\n责任单位涉及甲市丙局、甲市丁局\n2025年1月10日"]
    {
        let (signer, is_told, words) = told("甲市乙局", other);
        assert!(signer.is_none() && !is_told && words.contains("局"), "{other}: {words}");
    }
    // One agency by two names, and two of one region.
    for (title, name, is_told) in [
        ("甲市乙县丙镇", "甲市丙镇人民政府", false),
        ("甲市乙县", "甲市乙县人民政府办公室", false),
        ("甲县住房和城乡建设局", "甲县住建局", false),
        ("甲县发展和改革局", "甲县发改委", false),
        ("甲县教育局", "甲县教体局", false),
        ("甲市生态环境局乙县分局", "甲市乙县生态环境局", false),
        ("甲市教育局", "甲市财政局", true),
        ("甲县农业农村局", "甲县水利局", true),
        ("甲县乙镇", "甲县丙镇人民政府", true),
    ] {
        let (signer, told, _) = told(title, &format!("无。\n{name}\n2025年1月10日"));
        assert_eq!((signer.as_deref(), told), (Some(name), is_told), "{title}");
    }
}

/// What is behind a day, or in front of it in a sentence, is no signature, and nothing of section six is lost.
#[test]
fn a_day_within_section_six_is_no_signature() {
    for other in [
        "（一）建议办理情况。\n2024年6月30日\n全部办结，并答复代表。",
        "主办建议提案12件，协办3件，全部办结。",
        "关闭不合规账号2个。",
        "根据甲市乙局2024年6月1日（农发5号）通知，收费标准不变。以上报告。",
    ] {
        let report = page("甲市乙局2024年政府信息公开工作年度报告", "按时公开。", other);
        let parts = &report.facts.other_matters.as_ref().unwrap().parts;
        let text: String = parts.iter().flat_map(|part| [part.heading.as_deref().unwrap_or(""), &part.text]).collect();
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '。').collect::<String>();
        assert_eq!((plain(&text), report.facts.signed_on), (plain(other), None), "{other}");
    }
}

// ---- Pages that lack more ------------------------------------------------------------------------

#[test]
fn a_report_without_title_and_tables_is_known_by_its_sections() {
    let page = "甲县乙局\n本报告所列数据的统计期限为2024年1月1日至12月31日。\n一、总体情况\n按时公开。\n\
                二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n";
    let report = read::text(page).unwrap();
    assert_eq!(known(&report), (Some(("甲县乙局", Preamble)), Some((2024, Period))));
    assert_eq!(report.facts.agency.as_ref().unwrap().kind, Some(AgencyKind::CountyDepartment));
    let three = page.rsplit_once("四、").unwrap().0;
    assert!(matches!(read::text(three), Err(ReadError::NotAReport { .. })));
}

#[test]
fn an_english_version_is_refused_by_name() {
    let page = "2024 Annual Report on the Disclosure of Government Information\nRules 1 0 9\n";
    let error = read::text(page).unwrap_err();
    assert!(matches!(error, ReadError::OtherKind { .. }), "{error}");
    assert_eq!(
        error.to_string(),
        "the input is an English version of the report: read the Chinese one, whose labels tell its rows and columns"
    );
}

// ---- Scope ---------------------------------------------------------------------------------------

#[test]
fn a_title_says_whom_the_figures_cover_or_nothing_does() {
    let said = |title: &str| {
        let report = headed(title);
        let evidence = report.facts.evidence.scope.map(|source| (source.kind, source.words));
        let name = report.facts.agency.map(|agency| agency.name).unwrap_or_default();
        (report.facts.scope, evidence, name)
    };
    let by_title = |word: &str| Some((Title, word.to_owned()));
    for (title, scope, word, name) in [
        ("甲市税务局（本级）2024年政府信息公开工作年度报告", Scope::Own, "本级", "甲市税务局"),
        ("甲市税务局2024年政府信息公开工作年度报告（本级）", Scope::Own, "本级", "甲市税务局"),
        ("甲市本级2024年政府信息公开工作年度报告", Scope::Own, "本级", "甲市本级"),
        ("甲市税务局(系统)2024年政府信息公开工作年度报告", Scope::System, "系统", "甲市税务局"),
        ("甲市税务系统2024年政府信息公开工作年度报告", Scope::System, "系统", "甲市税务系统"),
        ("甲海关关区2024年政府信息公开工作年度报告", Scope::System, "关区", "甲海关关区"),
        ("甲市教育局2024年政府信息公开工作年度报告（汇总）", Scope::System, "汇总", "甲市教育局"),
        ("甲县人民政府2024年政府信息公开工作年度报告（汇总）", Scope::Regional, "汇总", "甲县人民政府"),
        ("甲市2024年政府信息公开工作年度报告（汇总）", Scope::Regional, "汇总", "甲市"),
    ] {
        assert_eq!(said(title), (scope, by_title(word), name.to_owned()), "{title}");
    }
    for title in [
        "甲市信息系统管理中心2024年政府信息公开工作年度报告",
        "甲市乙局2024年政府信息公开工作年度报告",
        "甲市城关区2024年政府信息公开工作年度报告",
        "甲市城关区政府2024年政府信息公开工作年度报告",
        "甲市城关区政府信息公开工作2024年度报告",
        "甲市信息汇总中心2024年政府信息公开工作年度报告",
    ] {
        assert_eq!((said(title).0, said(title).1), (Scope::Unknown, None), "{title}");
    }
}

/// What is stated comes before what is read, and needs no evidence.
#[test]
fn a_stated_scope_takes_the_place_of_the_title() {
    let title =
        "甲市税务局（本级）2024年政府信息公开工作年度报告\n一、总体情况\n二、主动公开政府信息情况\n行政许可 | 5\n";
    let stated = ogi_report::Facts { scope: Scope::System, ..ogi_report::Facts::default() };
    let report = Reader::new().stating(stated).read(title.as_bytes()).unwrap();
    assert_eq!((report.facts.scope, report.facts.evidence.scope), (Scope::System, None));
}

/// A name that leaves no doubt is enough for a rule over the kind; one from which the kind is inferred is not.
#[test]
fn the_kind_is_known_where_the_name_says_it_in_full() {
    for (name, kind, by) in [
        ("甲县乙镇人民政府", AgencyKind::Township, FullName),
        ("甲县乙民族乡人民政府", AgencyKind::Township, FullName),
        ("甲市乙区丙街道办事处", AgencyKind::Township, FullName),
        ("甲县人民政府", AgencyKind::CountyGovernment, FullName),
        ("甲市乙区人民政府", AgencyKind::CountyGovernment, NameEnding),
        ("甲县乙镇", AgencyKind::Township, NameEnding),
        ("甲县水利局", AgencyKind::CountyDepartment, NameEnding),
    ] {
        let mut report = headed(&format!("{name}2024年政府信息公开工作年度报告"));
        let known = report.facts.agency.as_ref().unwrap().kind;
        let evidence = report.facts.evidence.agency_kind.as_ref().unwrap();
        assert_eq!((known, evidence.kind), (Some(kind), by), "{name}");
        report.set("article20.item1.rules.issued".parse().unwrap(), ogi_report::PublishedCell::read("2")).unwrap();
        let found = report.check().findings_of("rule-making-power").count();
        assert_eq!(found, usize::from(by == FullName), "{name}");
    }
}
