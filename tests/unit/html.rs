//! What the reader of web pages does with tags, spans and what a browser hides.

use proptest::prelude::*;

use super::super::lines::Line;
use super::*;

/// Each piece is a line, or `table:row:column+span|text of a cell`.
#[track_caller]
fn assert_reads(page: impl AsRef<[u8]>, pieces: &[&str]) {
    let (mut expected, mut lines) = (Page::default(), 0);
    for piece in pieces {
        if let Some((place, text)) = piece.split_once('|') {
            let mut numbers = place.split([':', '+']).map(|number| number.parse().unwrap());
            let [table, row, column, span] = std::array::from_fn(|_| numbers.next().unwrap_or(1));
            expected.cell(LineSource::Cell { table, row, column }, span, text);
        } else {
            lines += 1;
            expected.line(lines, piece);
        }
    }
    let found = read(page.as_ref(), &Limits::default()).unwrap();
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
}

#[track_caller]
fn assert_too_deep(page: &str) {
    let found = read(page.as_bytes(), &Limits::default());
    assert_eq!(found.unwrap_err(), ReadError::TooDeep { limit: 512 });
}

#[test]
fn spans_move_the_cells_of_later_rows() {
    assert_reads(
        "<table><tr><td rowspan=' 2' colspan=2px>申请人<td>自然人<tr><td>1<tr><td>2</table>",
        &["1:1:1+2|申请人", "1:1:3|自然人", "1:2:3|1", "1:3:1|2"],
    );
    assert_reads(
        "<table><tr><td>1<td rowspan=3>2<td>3<tr><td rowspan=2>4<td>5<td rowspan=2>6<tr><td>7<td>8</table>",
        &["1:1:1|1", "1:1:2|2", "1:1:3|3", "1:2:1|4", "1:2:3|5", "1:2:4|6", "1:3:3|7", "1:3:5|8"],
    );
    assert_reads(
        "<table><thead><tr><td rowspan=0>项目<td>1<tr><td>2<tbody><tr><td>3</table>",
        &["1:1:1|项目", "1:1:2|1", "1:2:2|2", "1:3:1|3"],
    );
}

#[test]
fn huge_spans_cost_nothing() {
    let row = "<tr><td rowspan=100000 colspan=100000>1<td rowspan=0>2";
    assert_reads(format!("<table>{row}{row}"), &["1:1:1+1000|1", "1:1:1001|2", "1:2:1002+1000|1", "1:2:2002|2"]);
}

#[test]
fn a_padded_header_keeps_its_blank_cells() {
    assert_reads(
        "<table><tr><td>自然人<td colspan=2>法人<tr><td></td> <td>商业企业<td>&nbsp;</table>",
        &["1:1:1|自然人", "1:1:2+2|法人", "1:2:1|", "1:2:2|商业企业", "1:2:3|"],
    );
}

#[test]
fn runs_are_one_number_and_paragraphs_are_two() {
    assert_reads(
        "<table><tr><td>\n<font>1</font><font>2</font>\n<td><p>1<p>2<td>本年新<br/>制作数量<td>1<o:p> </o:p></table>",
        &["1:1:1|12", "1:1:2|1\n2", "1:1:3|本年新\n制作数量", "1:1:4|1"],
    );
}

#[test]
fn a_table_that_lays_out_the_page_is_lines() {
    assert_reads(
        "<table><tr><td>总体<table><tr><td>规章<td>3</table>其他<td>导航</table><table><tr><td>4</table>",
        &["总体", "1:1:1|规章", "1:1:2|3", "其他", "2:1:2|导航", "3:1:1|4"],
    );
    assert_reads("<table><tr><td><p>一、总体情况<p>甲<p>乙<p>丙", &["一、总体情况", "甲", "乙", "丙"]);
    assert!(lays_out_the_page(&"字".repeat(601)) && lays_out_the_page(&format!("甲\n{}", "字".repeat(300))));
    assert!(!lays_out_the_page(&"字".repeat(600)) && !lays_out_the_page(&format!("甲\n{}", "字".repeat(298))));
    // A cell of four lines can be a heading of one column; one with the words of a section can be its label.
    assert!(!lays_out_the_page("一\n二\n三\n四") && !lays_out_the_page("总体情况"));
}

#[test]
fn malformed_pages_are_read_as_a_browser_does() {
    assert_reads("<td>规章<tr>3", &["规章3"]);
    assert_reads(
        "<table>表一<caption>表二</caption><tr>单位<td>规章<td>3<tr><td>4",
        &["表一单位", "表二", "1:1:1|规章", "1:1:2|3", "1:2:1|4"],
    );
    assert_reads("<b><p>甲</b>乙<p>丙</div>", &["甲乙", "丙"]);
}

#[test]
fn only_what_is_shown_is_text() {
    assert_reads(
        "<head><title>题</title></head><script>甲</script><style>乙</style><!--丙--><noscript>丁</noscript>\
         <template><p>戊</template><select><option>己</select><textarea>庚</textarea><ruby>項<rp>(<rt>xiàng</ruby>",
        &["項"],
    );
    assert_reads("<p>1&nbsp;2&#65297;&lt;3", &["1\u{a0}2１<3"]);
}

#[test]
fn what_is_struck_hidden_or_raised_is_no_digit() {
    for unseen in [
        "<s>12</s>",
        "<strike>12</strike>",
        "<del>12</del>",
        "<span style='display:none'>1</span>",
        "<span style=\"color:red; DISPLAY : None\">1<b>2</b>3</span>",
        "<font style=\"visibility:hidden\">1</font>",
        "<b hidden>1</b>",
        "<span style=\"text-decoration: underline line-through\">1<span>2</span></span>",
        "<i style=\"font-size:0px\">1</i>",
        "<i style=\"opacity:0.0\">1</i>",
        "<span style=\"mso-hide:all\">1</span>",
        "<div style=\"display:none\">1</div>",
        "<p hidden>1</p>",
        "<p style=\"visibility:hidden\">1</p>",
        "<span style='width:0; overflow:hidden;display:inline-block'>9</span>",
        "<div style='height: 0px;overflow: hidden'>9</div>",
        "<span style='position:absolute;left:-9999px'>9</span>",
        "<p style='text-indent:-9999.5em'>9</p>",
        "<span style='color:transparent'>9</span>",
        "<span style='clip:rect(0,0,0,0);position:absolute'>9</span>",
        "<span style='clip-path:inset(100%)'>9</span>",
        "<div style='transform:scale(0)'>9</div>",
        "<audio>9</audio>",
        "<video>9</video>",
        "<meter>9</meter>",
        "<progress>9</progress>",
    ] {
        assert_reads(format!("<table><tr><td>规章<td>{unseen}15<td>3</table>"), &["1:1:1|规章", "1:1:2|15", "1:1:3|3"]);
    }
    for seen in [
        "<span style=\"color:red;text-decoration:none\">1</span>",
        "<b style=\"font-size:10pt;opacity:0.5\">1</b>",
        "<b style=\"overflow:hidden;width:10px;left:-4px;text-indent:-2em;color:#000\">1</b>",
        "<b style=\"clip:auto;transform:scale(0.5);margin-left:-99px\">1</b>",
        // They mean nothing to a word within a line, or show a part.
        "<span style='width:0;overflow:hidden'>1</span>",
        "<span style='left:-9999px'>1</span>",
        "<span style='clip:rect(0,0,0,0)'>1</span>",
        "<span style='transform:scale(0)'>1</span>",
        "<span style='position:absolute;clip:rect(0,90px,90px,0)'>1</span>",
        "<span style='color:transparent;color:red'>1</span>",
        "<ins>1</ins>",
    ] {
        assert_reads(format!("<table><tr><td>{seen}5</table>"), &["1:1:1|15"]);
    }
    assert_reads("<table><tr><td>规章<td style='height:1px;overflow:hidden'>7</table>", &["1:1:1|规章", "1:1:2|7"]);
    // A cell that is not there moves those after it; one whose text is struck does not.
    let row = |cell: &str| format!("<table><tr><td>规章{cell}7</td><td>3</td></table>");
    assert_reads(row("<td style=\"display:none\">"), &["1:1:1|规章", "1:1:2|3"]);
    assert_reads(row("<td style=\"text-decoration:line-through\">"), &["1:1:1|规章", "1:1:2|", "1:1:3|3"]);
    assert_reads("<table><tr hidden><td>1<tr><td>2</table>", &["1:1:1|2"]);
    // Until the end of its own element, whatever is not closed in it.
    assert_reads(
        "<p>12<s>3<b>4</s>5</p><table><tr><td><s>1<td>2<tr><td><s><b>3</s>4</table>",
        &["125", "1:1:1|", "1:1:2|2", "1:2:1|4"],
    );
    assert_reads(
        "<table><tr><td>12<sup>1</sup><td>3<span style=\"vertical-align:super\">45</span></table>",
        &["1:1:1|12¹", "1:1:2|3⁴⁵"],
    );
    assert_reads(
        "<table><tr><td>1<img src=7.png>2<td><img>规章<td><img><td>5 <img></table>",
        &["1:1:1|1\u{fffc}2", "1:1:2|规章", "1:1:3|", "1:1:4|5"],
    );
}

#[test]
fn only_blocks_and_breaks_end_lines() {
    assert_reads(
        "<div>甲<span> 乙</span>\n<unknown>丙</unknown><br><br>丁</div>戊<pre>己\n庚</pre>",
        &["甲 乙 丙", "丁", "戊", "己", "庚"],
    );
}

#[test]
fn every_charset_is_found() {
    let gbk = |declared: &str| [declared.as_bytes(), b"<p>\xb9\xe6\xd5\xc2 \x95\x32\x82\x36"].concat();
    assert_reads(gbk("<META http-equiv=x content='text/html; charset=gb2312'>"), &["规章 𠀀"]);
    assert_reads(gbk("<script charset=utf-8></script><meta charset = \"GBK\">"), &["规章 𠀀"]);
    assert_reads(b"<p>12\xbc\xfe", &["12件"]);
    assert_reads(b"<meta charset=big5><p>\xb3\x57\xb3\xb9", &["規章"]);
    assert_reads("<meta charset=gb2312><p>规章", &["规章"]);
    assert_reads("\u{feff}规章", &["规章"]);
    assert_reads(b"\xff\xfe\xc4\x89\xe0\x7a", &["规章"]);
    assert!(matches!(decode("规章".as_bytes()), Cow::Borrowed(_)));
}

#[test]
fn pages_made_to_be_slow_are_refused() {
    // The document, <html> and <body> are around them.
    assert!(read("<div>".repeat(510).as_bytes(), &Limits::default()).is_ok());
    assert_too_deep(&"<div>".repeat(511));
    for open in ["<div>", "<table><tr><td>", "<x>"] {
        assert_too_deep(&open.repeat(200_000));
    }
    assert_too_deep(&("<div>".repeat(500) + &"</h1>".repeat(100_000)));
    let attributes: String = (0..10_000).map(|n| format!(" a{n}")).collect();
    // Each hides where the tag begins, or that its quotes do not quote.
    for begin in ["<p", "<p <b", "&am<p x=\"<b y=\"", "<p =\"", "<title></title"] {
        assert_too_deep(&format!("{begin}{attributes}>甲"));
    }
    let long = format!("<img alt='{attributes}'>甲<!-- <p{attributes} -->乙");
    assert_reads(long, &["甲乙"]);
}

#[test]
fn unclosed_formatting_is_not_opened_again() {
    let fonts: String = (0..600).map(|size| format!("<font size={size}>")).collect();
    assert_reads(format!("<p>{fonts}甲{}", "<p>".repeat(10_000)), &["甲"]);
}

proptest! {
    /// A tag that is not plain goes through the tokenizer; a page reads the same either way.
    #[test]
    fn plain_tags_are_read_as_the_tokenizer_does(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        let read = |mark: &str| {
            let page = format!("<p>甲{}", pieces.concat().replace('~', mark));
            let page = read(page.as_bytes(), &Limits::default()).unwrap();
            let lines = page.lines(&Limits::default()).unwrap();
            // Where the tag is text, so is the mark.
            let line = |line: &Line<'_>| (line.origin, line.span, line.text.replace(" =", "").replace('=', ""));
            lines.iter().map(line).collect::<Vec<_>>()
        };
        prop_assert_eq!(read(""), read(" ="));
    }
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "甲", "7", " ", "\n", "\r", "&am", "p;", "&#4", "8;", "&nbsp;", "<", ">", "\"", "'", "<!--", "-->", "<p a=\"", "<p a='",
    "<p~>", "</p~>", "<P a=b~>", "<p a=\">\"~>", "<span a='\"~>", "<B~>", "</b~>", "<font a=\"b\" c~>", "</font~>", "<o:p~>",
    "<table~>", "</table~>", "<tr~>", "<td~>", "<td colspan=\"2\"~>", "<td ROWSPAN=2 rowspan=3~>", "</td~>", "<caption~>",
    "<br~>", "<pre~>", "</pre~>", "<h1~>", "</h2~>", "<form~>", "<input type=\"hidden\"~>", "<button~>", "<li~>", "<html a~>",
    "<script~>", "</script~>", "<title~>", "</title~>", "<textarea~>", "</textarea~>", "<svg~>", "<desc~>", "</svg~>",
    "<math~>", "<annotation-xml encoding=\"text/html\"~>", "<select~>", "<option~>", "<template~>", "</template~>",
];

#[test]
fn limits_hold() {
    let limits = Limits { cells: 6, lines: 6, ..Limits::default() };
    let read = |page: &str| read(page.as_bytes(), &limits).map(drop);
    assert_eq!(read("1<br>2<br>3<br>4<br>5<br>6"), Ok(()));
    assert_eq!(read("1<br>2<br>3<br>4<br>5<br>6<br>7"), Err(ReadError::TooManyLines { limit: 6 }));
    assert_eq!(read(&"<br>".repeat(100)), Err(ReadError::TooManyLines { limit: 6 }));
    assert_eq!(read(&format!("<table><tr>{}", "<td>".repeat(6))), Ok(()));
    assert_eq!(read(&format!("<table><tr>{}", "<td>".repeat(7))), Err(ReadError::TooManyCells { limit: 6 }));
    assert_eq!(read(" \n"), Err(ReadError::Empty));
}
