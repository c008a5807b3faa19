//! What the readers of Word documents and workbooks do with archives as few programs write them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::package::LEAST_COST;
use super::{docx, kind, xlsx};
use crate::read::format::Format;
use crate::read::limits::{Limits, ReadError};
use crate::read::lines::Page;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with such a body.
fn word(body: &str) -> Vec<u8> {
    archive(&[("word/document.xml", &format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#))])
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A table of one cell.
fn table(content: &str) -> String {
    format!("<w:tbl><w:tr><w:tc>{content}</w:tc></w:tr></w:tbl>")
}

const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="依申请公开" r:id="r1"/></sheets></workbook>"#;
const STRINGS: &str =
    r#"<sst><si><t>本年新收</t></si><si><r><t>自然</t></r><r><t>人</t></r><rPh><t>ren</t></rPh></si></sst>"#;
const STYLES: &str = r#"<styleSheet>
    <numFmts>
        <numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;"/>
        <numFmt numFmtId="165" formatCode="[Red]0&quot;day&quot;"/>
    </numFmts>
    <fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="164"/><xf numFmtId="165"/>
        <xf numFmtId="9"/><xf numFmtId="11"/><xf fontId="1"/><xf fontId="2"/></cellXfs>
</styleSheet>"#;

/// An Excel workbook of one worksheet, with such rows and merged regions.
fn excel(rows: &str, merged: &str) -> Vec<u8> {
    excel_of(WORKBOOK, STRINGS, rows, merged)
}

fn excel_of(workbook: &str, strings: &str, rows: &str, merged: &str) -> Vec<u8> {
    let merged: String = merged.split_whitespace().map(|region| format!(r#"<mergeCell ref="{region}"/>"#)).collect();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>");
    archive(&[
        ("xl/workbook.xml", workbook),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships>
            <Relationship Id="r1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="r2" Type="t/chartsheet" Target="/xl/styles.xml"/>
            <Relationship Id="r3" Type="t/sharedStrings" Target="../xl/sharedStrings.xml"/>
            <Relationship Id="r4" Type="t/styles" Target="/xl/styles.xml"/>
            </Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", STYLES),
    ])
}

/// The pieces of a page: their numbers, `x` and the span if they span columns, and their text.
fn shown(page: Result<Page, ReadError>) -> Vec<String> {
    let debug = format!("{:?}", page.unwrap());
    let (text, pieces) = debug.strip_prefix("Page { text: \"").unwrap().split_once("\", pieces: [").unwrap();
    let (text, mut begin) = (text.replace("\\n", "\n"), 0);
    let shown = |piece: &str| {
        let numbers: Vec<&str> = piece.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let [end, place @ .., span] = &*numbers else { unreachable!() };
        let end = end.parse().unwrap();
        let span = if *span == "1" { String::new() } else { format!("x{span}") };
        let shown = format!("{}{span} {}", place.join("."), &text[begin..end]);
        begin = end;
        shown
    };
    let pieces = pieces.split_once("], sheets").unwrap().0;
    pieces.split("Piece").filter(|piece| !piece.is_empty()).map(shown).collect()
}

fn read_word(body: &str) -> Vec<String> {
    shown(docx(&word(body), &Limits::default()))
}

fn read_excel(rows: &str, merged: &str) -> Vec<String> {
    shown(xlsx(&excel(rows, merged), &Limits::default()))
}

fn is_broken(result: &Result<Page, ReadError>) -> bool {
    matches!(result, Err(ReadError::BrokenArchive { .. }))
}

#[test]
fn paragraphs_are_lines() {
    let read = read_word(
        "<w:p><w:r><w:t>1</w:t> <w:t>2</w:t></w:r> <w:r><w:t>3</w:t><w:tab/><w:t>件</w:t></w:r>
        <w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:noBreakHyphen/></w:r></w:p><w:p/>
        <w:p><w:r><w:t> 一、总体\n情况 </w:t><w:br/><w:t>二</w:t><w:cr/><w:cr/><w:t>三</w:t></w:r></w:p>",
    );
    assert_eq!(read, ["1 123 件-", "2 一、总体 情况", "3 二", "4 三"]);
}

#[test]
fn entities_are_text_and_are_not_expanded() {
    assert_eq!(read_word(&paragraph("&lt;1&amp;2&gt;&#19968;<![CDATA[<3>]]>")), ["1 <1&2>一<3>"]);
    let body = format!("<w:document xmlns:w='w'>{}</w:document>", paragraph("&b;"));
    let laughs =
        format!(r#"<!DOCTYPE a [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///c">]>{body}"#);
    assert_eq!(shown(docx(&archive(&[("word/document.xml", &laughs)]), &Limits::default())), ["1 &b;"]);
}

#[test]
fn what_is_not_printed_is_left_out() {
    let read = read_word(
        "<w:p><w:del><w:r><w:delText>3</w:delText><w:t>4</w:t></w:r></w:del>
        <w:moveFrom><w:r><w:t>5</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>12</w:t></w:r></w:ins>
        <w:r><w:instrText>PAGE</w:instrText><w:footnoteReference/></w:r></w:p>",
    );
    assert_eq!(read, ["1 12"]);
}

#[test]
fn content_controls_are_read_and_text_boxes_once() {
    let read = read_word(&format!(
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>
        <w:p><mc:AlternateContent><mc:Choice><w:txbxContent>{box_}</w:txbxContent></mc:Choice>
        <mc:Fallback><w:txbxContent>{box_}</w:txbxContent></mc:Fallback></mc:AlternateContent>
        <w:r><w:t>后</w:t></w:r></w:p>{}",
        paragraph("前"),
        table(&format!("<w:p><w:r><w:txbxContent>{}</w:txbxContent><w:t>12</w:t></w:r></w:p>", paragraph("章"))),
        box_ = paragraph("框")
    ));
    assert_eq!(read, ["1 前", "2 框", "3 后", "4 章", "1.1.1 12"]);
}

#[test]
fn spans_leave_cells_in_their_columns() {
    let cell = |properties: &str, text| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let rows = [
        cell("<w:vMerge w:val='restart'/>", "规章") + &cell("<w:gridSpan w:val='2'/>", "一") + "<w:tc><w:p/></w:tc>",
        cell("<w:vMerge/>", "隐") + &cell("", "1") + &cell("", "2") + &cell("", "3"),
        cell("<w:vMerge w:val='continue'/><w:gridSpan w:val='2'/>", "隐") + &cell("", "4"),
        "<w:trPr><w:gridBefore w:val='3'/></w:trPr>".to_owned() + &cell("", "5"),
        cell("<w:tcPrChange><w:tcPr><w:gridSpan w:val='9'/><w:vMerge/></w:tcPr></w:tcPrChange>", "6") + &cell("", "7"),
        cell("<w:gridSpan w:val='1000000000'/>", "8") + &cell("", "9"),
    ];
    let rows: String = rows.iter().map(|row| format!("<w:tr>{row}</w:tr>")).collect();
    let expected = [
        ["1.1.1 规章", "1.1.2x2 一", "1.1.4 "].as_slice(),
        &["1.2.2 1", "1.2.3 2", "1.2.4 3", "1.3.3 4", "1.4.4 5", "1.5.1 6", "1.5.2 7", "1.6.1x1000 8", "1.6.1001 9"],
    ];
    assert_eq!(read_word(&format!("<w:tbl>{rows}</w:tbl>")), expected.concat());
}

#[test]
fn paragraphs_of_a_cell_are_its_lines() {
    let read = read_word(&table(
        "<w:p><w:r><w:t> 商业</w:t><w:br/><w:t>企业 </w:t></w:r></w:p><w:p/><w:p><w:r><w:t>1</w:t></w:r></w:p>",
    ));
    assert_eq!(read, ["1.1.1 商业\n企业\n1"]);
}

#[test]
fn a_cell_around_a_table_is_no_cell() {
    let inner = |text| table(&paragraph(text));
    let cell = paragraph("前") + &inner("1") + &paragraph("中") + &inner("2") + &paragraph("后");
    let read = read_word(&format!("{}{}", table(&cell), inner("3")));
    assert_eq!(read, ["1 前", "1.1.1 1", "2 中", "2.1.1 2", "3 后", "3.1.1 3"]);
}

#[test]
fn what_a_merged_cell_hides_is_left_out() {
    let hidden = format!("<w:tcPr><w:vMerge/></w:tcPr>{}{}", table(&paragraph("1")), paragraph("2"));
    assert_eq!(read_word(&table(&hidden)), [""; 0]);
}

#[test]
fn prose_in_a_cell_is_lines() {
    let read = |cell: &str| read_word(&table(cell)).len();
    assert_eq!(read(&(paragraph(&"一".repeat(150)) + &paragraph(&"二".repeat(149)))), 1);
    assert_eq!(read(&(paragraph(&"一".repeat(150)) + &paragraph(&"二".repeat(150)))), 2);
    assert_eq!(read_word(&table(&paragraph(&"一".repeat(600))))[0].split(' ').next(), Some("1.1.1"));
    assert_eq!(read_word(&table(&paragraph(&"一".repeat(601))))[0].split(' ').next(), Some("1"));
}

#[test]
fn the_main_part_can_be_elsewhere_and_have_other_prefixes() {
    let parts = [
        ("_rels\\.rels", r#"<R><Relationship Id="r" Type="t/officeDocument" Target="/Doc/a.xml"/></R>"#),
        ("doc/A.xml", "<document><body><p><r><t>12</t></r></p></body></document>"),
        (
            "[Content_Types].xml",
            r#"<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#,
        ),
    ];
    assert_eq!(kind(&archive(&parts), &Limits::default()), Ok(Format::Word));
    assert_eq!(shown(docx(&archive(&parts), &Limits::default())), ["1 12"]);
}

#[test]
fn archives_are_told_apart() {
    let limits = Limits::default();
    assert_eq!(kind(&word(""), &limits), Ok(Format::Word));
    assert_eq!(kind(&excel("", ""), &limits), Ok(Format::Workbook));
    let slides = r#"<Types><Override ContentType="a.presentationml.presentation.main+xml"/>
        <Override ContentType="a.wordprocessingml.styles+xml"/></Types>"#;
    for other in [archive(&[("content.xml", "<a/>")]), archive(&[("[Content_Types].xml", slides)]), b"PK".to_vec()] {
        assert!(matches!(kind(&other, &limits), Err(ReadError::BrokenArchive { .. })));
    }
}

#[test]
fn merged_cells_are_read_once_and_blank_rows_never() {
    let read = read_excel(
        r#"<row r="1"><c r="B1" t="s"><v>1</v></c><c r="C1"><v>9</v></c></row>
        <row r="2"><c r="B2" t="b"/></row>
        <row r="4"><c r="A4" t="s"><v>0</v></c><c r="E4"><v>3</v></c></row>
        <row r="5"><c r="E5"><v>4</v></c></row>"#,
        "B1:D1 A4:A5 XFD1:XFD9",
    );
    let first = ["1.1.1 ", "1.1.2x3 自然人", "1.1.5 "];
    let fourth = ["1.4.1 本年新收", "1.4.2 ", "1.4.3 ", "1.4.4 ", "1.4.5 3"];
    assert_eq!(read, [first.as_slice(), &fourth, &["1.5.2 ", "1.5.3 ", "1.5.4 ", "1.5.5 4"]].concat());
}

#[test]
fn values_are_read_as_they_are_seen() {
    let value = |cell: &str| read_excel(&format!("<row>{cell}</row>"), "").concat();
    for (cell, expected) in [
        ("<c><v>12</v></c>", "12"),
        ("<c t='n'><v>12.0</v></c>", "12"),
        ("<c><v>24252.311082</v></c>", "24252.311082"),
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>0.1234567</v></c>", "0.1234567"),
        ("<c><v>1.1398889E7</v></c>", "11398889"),
        ("<c><v>1E-3</v></c>", "0.001"),
        ("<c><v>-0</v></c>", "0"),
        ("<c><v>nan</v></c>", "nan"),
        ("<c s='3'><v>12</v></c>", "12day"),
        ("<c s='4'><v>5</v></c>", "500%"),
        ("<c s='5'><v>5</v></c>", "5 [0.00E+00]"),
        ("<c s='5' t='str'><v>5</v></c>", "5"),
        ("<c s='1'><v>45688.75</v></c>", "2025-01-31"),
        ("<c s='2'><v>1</v></c>", "1900-01-01"),
        ("<c s='1'><v>61</v></c>", "1900-03-01"),
        ("<c s='1'><v>45351</v></c>", "2024-02-29"),
        ("<c s='1'><v>2958465</v></c>", "9999-12-31"),
        ("<c s='1'><v>2958466</v></c>", "2958466"),
        ("<c t='d'><v>2025-01-31T00:00:00</v></c>", "2025-01-31"),
        ("<c t='b'><v>1</v></c>", "TRUE"),
        ("<c t='e'><v>#REF!</v></c>", "#REF!"),
        ("<c><f>1+2</f><v>3</v></c>", "3"),
        ("<c t='str'><f>A2</f><v>12件</v></c>", "12件"),
        ("<c t='inlineStr'><is><r><t>1&amp;</t></r><r><t>2_x005F_x_</t></r></is></c>", "1&2_x_"),
        ("<c t='inlineStr'><is><t>商业_x000D_\n企业_x_x+123_x0041z</t></is></c>", "商业\n企业_x_x+123_x0041z"),
        ("<c xmlns:t='b'><v>12</v></c>", "12"),
    ] {
        assert_eq!(value(cell), format!("1.1.1 {expected}"), "{cell}");
    }
}

#[test]
fn what_is_struck_or_hidden_in_a_workbook_is_not_read() {
    let row = |cells: &str| read_excel(&format!("<row>{cells}</row>"), "");
    assert_eq!(row("<c s='6'><v>1</v></c><c s='7'><v>2</v></c>"), ["1.1.2 2"]);
    let rich = "<is><r><rPr><strike/></rPr><t>12</t></r><r><t>15</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>3</t></r></is>";
    assert_eq!(row(&format!("<c t='inlineStr'>{rich}</c><c><v>4</v></c>")), ["1.1.1 15³", "1.1.2 4"]);
    let strings =
        "<sst><si><r><rPr><strike/></rPr><t>12</t></r><r><rPr><strike val='0'/></rPr><t>15</t></r></si></sst>";
    let of = |strings: &str, rows: &str| shown(xlsx(&excel_of(WORKBOOK, strings, rows, ""), &Limits::default()));
    assert_eq!(of(strings, "<row><c t='s'><v>0</v></c></row>"), ["1.1.1 15"]);
    assert_eq!(
        read_excel("<row hidden='1'><c><v>1</v></c></row><row hidden='0'><c><v>2</v></c></row>", ""),
        ["1.2.1 2"]
    );
    // Columns come before the rows; a hidden one leaves no blank.
    let rows = "</sheetData><cols><col min='2' max='3' hidden='1'/><col min='3' max='4' hidden='true'/><col min='5' max='5'/></cols><sheetData><row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c><c><v>5</v></c></row>";
    assert_eq!(read_excel(rows, ""), ["1.1.1 1", "1.1.5 5"]);
}

#[test]
fn styles_raised_lines_formulas_and_symbols_are_read_as_they_are_seen() {
    let styles = "<w:styles><w:style w:styleId='gone'><w:rPr><w:vanish/></w:rPr></w:style>\
                  <w:style w:styleId='as_gone'><w:basedOn w:val='gone'/></w:style>\
                  <w:style w:styleId='round'><w:basedOn w:val='round'/><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>\
                  </w:styles>";
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let shown_of = |content: &str| {
        let body = format!("<w:document><w:body><w:p>{content}</w:p></w:body></w:document>");
        let parts = [("word/document.xml", body.as_str()), ("word/styles.xml", styles)];
        shown(docx(&archive(&parts), &Limits::default()))
    };
    let styled = |style: &str| shown_of(&(run("", "10") + &run(&format!("<w:rStyle w:val='{style}'/>"), "8")));
    assert_eq!(styled("none"), ["1 108"]);
    assert_eq!(styled("gone"), ["1 10"]);
    assert_eq!(styled("as_gone"), ["1 10"]);
    assert_eq!(styled("round"), ["1 10⁸"]);
    let seen = run("", "10") + &run("<w:rStyle w:val='gone'/><w:vanish w:val='0'/>", "8");
    assert_eq!(shown_of(&seen), ["1 108"]);
    // What is off takes nothing of another property away.
    let unseen = run("", "10") + &run("<w:strike/><w:dstrike w:val='0'/>", "8");
    assert_eq!(shown_of(&unseen), ["1 10"]);
    let raised = run("", "10") + &run("<w:vertAlign w:val='superscript'/><w:position w:val='0'/>", "8");
    assert_eq!(shown_of(&raised), ["1 10⁸"]);
    assert_eq!(shown_of(&(run("", "10") + &run("<w:position w:val='6'/>", "8"))), ["1 10⁸"]);
    let power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>8</m:t></m:r></m:sup></m:sSup>";
    assert_eq!(shown_of(&(power.to_owned() + &run("", "件"))), ["1 10⁸件"]);
    let ruby = "<w:r><w:ruby><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>108</w:t></w:r></w:rubyBase></w:ruby></w:r>";
    assert_eq!(shown_of(ruby), ["1 108"]);
    let mark = run("", "10") + "<w:r><w:sym w:char='F0FC'/></w:r>" + &run("", "8");
    assert_eq!(shown_of(&mark), ["1 10\u{fffc}8"]);
}

#[test]
fn what_is_struck_deleted_hidden_or_raised_in_a_document_is_no_digit() {
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let cell = |content: &str| format!("<w:tc><w:p>{content}</w:p></w:tc>");
    for property in ["strike", "dstrike", "vanish", "webHidden"] {
        let unseen = run(&format!("<w:{property}/>"), "12") + &run(&format!("<w:{property} w:val='0'/>"), "15");
        assert_eq!(read_word(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell(&unseen))), ["1.1.1 15"], "{property}");
        assert_eq!(read_word(&format!("<w:p>{unseen}</w:p>")), ["1 15"], "{property}");
    }
    let raised = run("", "12") + &run("<w:vertAlign w:val='superscript'/>", "1");
    let picture = run("", "1") + "<w:r><w:drawing/></w:r>" + &run("", "2");
    let label = "<w:r><w:drawing/></w:r>".to_owned() + &run("", "规章");
    assert_eq!(
        read_word(&format!("<w:tbl><w:tr>{}{}{}</w:tr></w:tbl>", cell(&raised), cell(&picture), cell(&label))),
        ["1.1.1 12¹", "1.1.2 1\u{fffc}2", "1.1.3 规章"]
    );
    let row = |properties: &str, cell_properties: &str| {
        let cells =
            format!("<w:tc><w:tcPr>{cell_properties}</w:tcPr>{}</w:tc><w:tc>{}</w:tc>", paragraph("1"), paragraph("2"));
        read_word(&format!("<w:tbl><w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr></w:tbl>"))
    };
    assert_eq!(row("<w:ins/>", ""), ["1.1.1 1", "1.1.2 2"]);
    assert_eq!(row("<w:del/>", ""), [""; 0]);
    assert_eq!(row("<w:hidden/>", ""), [""; 0]);
    assert_eq!(row("", "<w:cellDel/>"), ["1.1.2 2"]);
}

#[test]
fn days_can_be_counted_from_1904() {
    let workbook = WORKBOOK.replace("<sheets>", "<workbookPr date1904='1'/><sheets>");
    let input = excel_of(&workbook, STRINGS, "<row><c s='1'><v>44226</v></c></row>", "");
    assert_eq!(shown(xlsx(&input, &Limits::default())), ["1.1.1 2025-01-31"]);
}

#[test]
fn only_visible_worksheets_are_read() {
    let hidden = "<sheets><sheet name='a' state='hidden' r:id='r1'/><sheet name='b' r:id='r2'/>";
    let rows = "<row><c><v>1</v></c></row>";
    let read = |workbook: &str| xlsx(&excel_of(workbook, STRINGS, rows, ""), &Limits::default());
    assert_eq!(shown(read(&WORKBOOK.replace("<sheets>", hidden))), ["1.1.1 1"]);
    assert!(is_broken(&read(&WORKBOOK.replace("r1", "r9"))));
}

#[test]
fn the_name_of_a_worksheet_says_whose_report_it_holds() {
    let rows = "<row><c t='str'><v>信息内容</v></c><c t='str'><v>本年处理决定数量</v></c></row>
        <row><c t='str'><v>行政许可</v></c><c><v>5</v></c></row>";
    for (name, agency, year) in [
        ("甲市乙局2024年政府信息公开工作年度报告", Some("甲市乙局"), Some(2024)),
        ("甲县乙镇", Some("甲县乙镇"), None),
        ("2024年度", None, Some(2024)),
        ("2024年主动公开", None, None),
        ("主动公开", None, None),
        ("Sheet1", None, None),
    ] {
        let workbook = excel_of(&WORKBOOK.replace("依申请公开", name), STRINGS, rows, "");
        let facts = crate::read::xlsx(&workbook).unwrap().facts;
        assert_eq!(facts.agency.as_ref().map(|agency| agency.name.as_str()), agency, "{name}");
        assert_eq!(facts.year.map(|year| year.get()), year, "{name}");
        let kinds = [facts.evidence.agency, facts.evidence.year].into_iter().flatten().map(|source| source.kind);
        assert!(kinds.into_iter().all(|kind| kind == crate::SourceKind::SheetName), "{name}");
    }
}

#[test]
fn rows_and_cells_without_a_place_follow_on() {
    let read = read_excel(
        "<row r='3'><c r='B3'><v>1</v></c><c><v>2</v></c></row>
        <row><c/><c><v>3</v></c></row><row><c r='B9'><v>4</v></c></row>",
        "B4:C4",
    );
    assert_eq!(read, ["1.3.2 1", "1.3.3 2", "1.4.2x2 3", "1.9.2 4", "1.9.3 "]);
}

#[test]
fn cells_outside_of_a_worksheet_are_refused() {
    for row in [
        "<c><v>1</v></c>",
        "<row r='1048577'><c><v>1</v></c></row>",
        "<row><c r='XFE1'/></row>",
        "<row><c r='A0'/></row>",
    ] {
        assert!(is_broken(&xlsx(&excel(row, ""), &Limits::default())), "{row}");
    }
    assert!(is_broken(&xlsx(&excel("", "A1:AAAAAAAAAAAA1"), &Limits::default())));
    assert!(is_broken(&xlsx(&excel("<row><c t='s'><v>2</v></c></row>", ""), &Limits::default())));
}

#[test]
fn a_worksheet_that_claims_to_be_large_is_read_by_its_cells() {
    let corners = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>";
    assert_eq!(read_excel(corners, "A1:XFD1048576"), ["1.1.1x16384 1"]);
    assert_eq!(read_excel(corners, "").len(), 2 * 16_384);
    let row = |number| format!("<row r='{number}'><c r='A{number}'><v>1</v></c><c r='XFD{number}'><v>1</v></c></row>");
    let wide = excel(&(1..9).map(row).collect::<String>(), "");
    assert_eq!(xlsx(&wide, &Limits::default()).unwrap_err(), ReadError::TooManyCells { limit: 100_000 });
}

#[test]
fn overlapping_regions_are_bounded_and_hide_no_first_cell() {
    let rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>";
    assert_eq!(read_excel(rows, "B1:B2 A1:B1 A1:B2"), ["1.1.1x2 1", "1.1.2 2"]);
    let limits = Limits { cells: 30, ..Limits::default() };
    let result = xlsx(&excel(rows, &"A1:XFD1048576 ".repeat(8)), &limits);
    assert_eq!(result.unwrap_err(), ReadError::TooManyCells { limit: 30 });
}

#[test]
fn what_is_unpacked_is_bounded_in_all() {
    let too_large = |limit| ReadError::UnpacksTooLarge { limit };
    let limits = |unpacked| Limits { unpacked, ..Limits::default() };
    let bomb = archive(&[("word/document.xml", &" ".repeat(1 << 20))]);
    assert_eq!(docx(&bomb, &limits(1 << 19)).unwrap_err(), too_large(1 << 19));
    // Five parts, and no part for less than the least cost.
    let small = excel("<row><c><v>1</v></c></row>", "");
    assert!(xlsx(&small, &limits(5 * LEAST_COST)).is_ok());
    assert_eq!(xlsx(&small, &limits(4 * LEAST_COST)).unwrap_err(), too_large(4 * LEAST_COST));
    // A string that many cells repeat.
    let strings = format!("<sst><si><t>{}</t></si></sst>", "一".repeat(10_000));
    let repeated = |count| excel_of(WORKBOOK, &strings, &"<row><c t='s'><v>0</v></c></row>".repeat(count), "");
    assert!(xlsx(&repeated(3), &limits(100_000)).is_ok());
    assert_eq!(xlsx(&repeated(4), &limits(100_000)).unwrap_err(), too_large(100_000));
}

#[test]
fn cells_and_lines_are_bounded() {
    let limits = Limits { cells: 2, lines: 2, ..Limits::default() };
    let cells = |count| docx(&word(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc/>".repeat(count))), &limits);
    assert!(cells(2).is_ok());
    assert_eq!(cells(3).unwrap_err(), ReadError::TooManyCells { limit: 2 });
    let lines = |count| docx(&word(&paragraph("一").repeat(count)), &limits);
    assert!(lines(2).is_ok());
    assert_eq!(lines(3).unwrap_err(), ReadError::TooManyLines { limit: 2 });
    let excel = |count| xlsx(&excel(&"<row><c><v>1</v></c></row>".repeat(count), ""), &limits);
    assert!(excel(2).is_ok());
    assert_eq!(excel(3).unwrap_err(), ReadError::TooManyCells { limit: 2 });
    // Two strings that the worksheets share are in two cells at least.
    let limits = Limits { cells: 1, ..limits };
    assert_eq!(xlsx(&excel_of(WORKBOOK, STRINGS, "", ""), &limits).unwrap_err(), ReadError::TooManyCells { limit: 1 });
}

#[test]
fn nesting_is_bounded_on_a_small_stack() {
    let read = |open: &str, close: &str, count| {
        let input = word(&(open.repeat(count) + &close.repeat(count)));
        let reader = move || docx(&input, &Limits::default()).map(|_| ());
        std::thread::Builder::new().stack_size(512 << 10).spawn(reader).unwrap().join().unwrap()
    };
    assert_eq!(read("<a>", "</a>", 510), Ok(()));
    for (open, close) in [("<a>", "</a>"), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), ("<w:del>", "</w:del>")] {
        assert_eq!(read(open, close, 100_000), Err(ReadError::TooDeep { limit: 512 }), "{open}");
    }
}

#[test]
fn broken_archives_are_refused() {
    let whole = word(&paragraph("12"));
    for end in 0..whole.len() {
        assert!(is_broken(&docx(&whole[..end], &Limits::default())), "{end}");
    }
    // The first byte of what is packed: after the local header of 30 bytes and the name.
    let mut damaged = whole;
    damaged[30 + "word/document.xml".len()] ^= 0xff;
    assert!(is_broken(&docx(&damaged, &Limits::default())));
    for body in ["<w:p>", "</w:p>", "<w:p></w:r>", "<w:p &", "&#xffffffff;", "<w:gridSpan w:val>"] {
        let body = format!("<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>");
        assert!(is_broken(&docx(&word(&body), &Limits::default())), "{body}");
    }
    assert!(is_broken(&docx(&archive(&[("word/document.xml", "<w:document><w:body>")]), &Limits::default())));
    let relationships = r#"<Relationship Id="1" Type="" Target="a"/><Relationship Id="2" Type="" Target="a"/>
        <Relationship Id="3" Type="t/officeDocument" Target="a"/>"#;
    let related = [("_rels/.rels", &*format!("<R>{relationships}</R>")), ("a", "<a/>")];
    assert!(is_broken(&docx(&archive(&related), &Limits::default())));
    assert!(is_broken(&docx(&excel("", ""), &Limits::default())));
    assert!(is_broken(&xlsx(&word(""), &Limits::default())));
}

#[test]
fn encrypted_parts_are_told() {
    let mut input = word(&paragraph("12"));
    // The flags of its entry in the directory.
    let entry = input.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    input[entry + 8] |= 1;
    assert_eq!(docx(&input, &Limits::default()).unwrap_err(), ReadError::Encrypted);
}
