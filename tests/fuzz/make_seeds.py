#!/usr/bin/env python3
"""Writes the seeds of the corpus: pieces of the form in each kind of file. The same bytes each time."""
import io, pathlib, zipfile

here = pathlib.Path(__file__).parent
page = (here / "../../examples/data/department-2024.txt").read_text()
lines = [line for line in page.splitlines() if line.strip()]

ITEMS = [
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "0"],
    ["行政规范性文件", "1", "", "3"],
    ["第二十条第（五）项"],
    ["信息内容", "本年处理决定数量"],
    ["行政许可", "23962"],
    ["第二十条第（八）项"],
    ["信息内容", "本年收费金额（单位：万元）"],
    ["行政事业性收费", "1.5"],
]
PROCEEDINGS = [
    ["行政复议", "", "", "", ""],
    ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"],
    ["1", "0", "2", "0", "3"],
]
TITLE = "示例市数据局2024年政府信息公开工作年度报告"


def write(path, data):
    path = here / "corpus" / path
    path.parent.mkdir(parents=True, exist_ok=True)
    data = data.encode() if isinstance(data, str) else data
    assert len(data) < 8192, (path, len(data))
    path.write_bytes(data)


def archive(parts, method=zipfile.ZIP_STORED):
    # Stored, so that the fuzzer can change what the parts say.
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name), text, method)
    return out.getvalue()


# ---- Text ----
texts = {
    "lines.txt": TITLE + "\n二、主动公开政府信息情况\n" + "\n".join(cell for row in ITEMS for cell in row if cell),
    "pipes.md": TITLE + "\n" + "\n".join("| " + " | ".join(row) + " |" for row in ITEMS + PROCEEDINGS),
    "layout.txt": TITLE + "\n" + "\n".join("     ".join(row) for row in ITEMS),
    "glued.txt": TITLE + "\n信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件103第二十条第（五）项信息内容本年处理决定数量行政许可23962",
    "requests.txt": "\n".join(lines[lines.index(next(l for l in lines if l.startswith("三、"))):][:60]),
    "prose.txt": TITLE + "\n2025-01-20 08:50 来源：示例市数据局\n一、总体情况\n（一）主动公开。公开12条。\n五、存在的主要问题及改进情况\n问题一。\n六、其他需要报告的事项\n未收取信息处理费。\n示例市数据局\n2025年1月20日",
    "cells.csv": "path,printed,status\narticle20.item1.rules.issued,0,\narticle20.item1.rules.repealed,\"1,234\",\narticle20.item8.administrative_fees.amount,1.5万元,\n",
}
for name, text in texts.items():
    write(f"text/{name}", text)

# ---- Web pages ----
def table(rows):
    return "<table>" + "".join(
        "<tr>" + "".join(f"<td{' colspan=4' if len(row) == 1 else ''}>{cell}</td>" for cell in row) + "</tr>"
        for row in rows
    ) + "</table>"

webs = {
    "items.html": f"<html><head><meta charset=utf-8><title>x</title></head><body><p>{TITLE}</p><p>二、主动公开政府信息情况</p>{table(ITEMS)}</body></html>",
    "nested.html": f"<div><h1>{TITLE}</h1><table><tr><td>{table(PROCEEDINGS)}</td></tr></table><p style='display:none'>7</p></div>",
    "spans.html": f"<p>{TITLE}<table><tr><td rowspan=3>三、结果<td colspan=2>商业企业&nbsp;&#x4e00;<td>总计<tr><td rowspan=2>1<td>2<tr><td><b>3</b><br>4</table>",
    "yuan.html": f"<p>{TITLE}</p>{table(ITEMS).replace('万元', '元')}",
    "gbk.html": f"<html><head><meta charset=gb2312></head><body>{TITLE}{table(ITEMS[:4])}</body></html>".encode("gb18030"),
    "utf16.html": b"\xff\xfe" + f"<html><body><p>{TITLE}</p>{table(ITEMS[:3])}</body></html>".encode("utf-16-le"),
    "broken.html": f"<table><b><p>{TITLE}</table><td>规章<td>0<select><svg><td>1</svg><!-- x --><script>7</script><textarea>",
}
for name, text in webs.items():
    write(f"html/{name}", text)

# ---- Word ----
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<Types><Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/></Types>'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
ROOT = f'<Relationships><Relationship Id="r1" Type="{REL}officeDocument" Target="%s"/></Relationships>'

def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

def word(body, method=zipfile.ZIP_STORED):
    return archive({
        "[Content_Types].xml": TYPES % ("word/document.xml", "wordprocessingml.document"),
        "_rels/.rels": ROOT % "word/document.xml",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }, method)

def word_table(rows):
    return "<w:tbl>" + "".join(
        "<w:tr>" + "".join(
            "<w:tc>" + ("<w:tcPr><w:gridSpan w:val=\"4\"/></w:tcPr>" if len(row) == 1 else "") + paragraph(cell) + "</w:tc>"
            for cell in row) + "</w:tr>"
        for row in rows
    ) + "</w:tbl>"

write("docx/items.docx", word(paragraph(TITLE) + word_table(ITEMS)))
write("docx/packed.docx", word(paragraph(TITLE) + word_table(ITEMS + PROCEEDINGS), zipfile.ZIP_DEFLATED))
write("docx/marks.docx", word(
    paragraph(TITLE) + "<w:p><w:pPr><w:tab/></w:pPr><w:r><w:t>a&amp;b</w:t><w:br/><w:tab/><w:noBreakHyphen/></w:r>"
    "<w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:r><w:txbxContent>" + paragraph("一、总体情况")
    + "</w:txbxContent></w:r></w:p><w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/>"
    "</w:tcPr>" + paragraph("规章") + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + paragraph("0") + "</w:tc></w:tr></w:tbl>"))

# ---- Excel ----
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

def workbook(sheet, method=zipfile.ZIP_STORED, strings="", styles=""):
    return archive({
        "[Content_Types].xml": TYPES % ("xl/workbook.xml", "spreadsheetml.sheet"),
        "_rels/.rels": ROOT % "xl/workbook.xml",
        "xl/workbook.xml": f'<workbook {S}><sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        + "".join(
            f'<Relationship Id="rId{n}" Type="{REL}{kind}" Target="{path}"/>'
            for n, (kind, path) in enumerate(
                [("worksheet", "s1.xml"), ("sharedStrings", "strings.xml"), ("styles", "styles.xml")], 1))
        + "</Relationships>",
        "xl/s1.xml": f"<worksheet {S}>{sheet}</worksheet>",
        "xl/strings.xml": f"<sst>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet>{styles}</styleSheet>",
    }, method)

def inline(rows):
    def cell(row, column, text):
        at = f"{'ABCDE'[column]}{row}"
        if text.isdigit():
            return f'<c r="{at}"><v>{text}</v></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
    return "<sheetData>" + "".join(
        f'<row r="{r}">' + "".join(cell(r, c, text) for c, text in enumerate(row) if text) + "</row>"
        for r, row in enumerate(rows, 1)
    ) + "</sheetData>"

write("xlsx/items.xlsx", workbook(inline([[TITLE]] + ITEMS)))
write("xlsx/packed.xlsx", workbook(inline([[TITLE]] + ITEMS + PROCEEDINGS), zipfile.ZIP_DEFLATED))
write("xlsx/shared.xlsx", workbook(
    '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c><c s="1"><v>45667.5</v></c>'
    '<c><f>1+1</f><v>2E0</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData>'
    '<mergeCells><mergeCell ref="A1:E1"/></mergeCells>',
    strings=f"<si><t>{TITLE}</t></si><si><r><t>规</t></r><r><t>章</t></r><rPh><t>x</t></rPh></si>",
    styles='<numFmts><numFmt numFmtId="170" formatCode="yyyy/m/d"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'))

# ---- JSON ----
write("json/nothing.json", '{"schema":"x","edition":"2021","layout":"2021","year":2024,"title":null,"agency":null}')
write("json/deep.json", "[" * 200 + '{"edition":"2021"}' + "]" * 200)

# ---- Any ----
for name in ["text/lines.txt", "text/glued.txt", "text/requests.txt", "text/cells.csv", "html/items.html", "html/spans.html",
             "html/yuan.html", "html/gbk.html", "docx/items.docx", "xlsx/items.xlsx"]:
    write(f"any/{name.split('/')[1]}", (here / "corpus" / name).read_bytes())
write("any/pdf.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
write("any/old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16))
write("any/words.txt", f"""{TITLE}
本报告的统计期限自2023年1月1日起至2024年12月31日止。
一、总体情况
（二）依申请公开情况。2024年，受理申请２８件（其中本年度新收申请24件，上年结转申请3件），已答复25件；2件结转下一年办理。其中，予以公开12件，占43%，部分公开二十五件。
未发生因政府信息公开引起的行政复议、行政诉讼，行政复议2件，其中结果维持1件。主动公开1,000条（其中动态600条、公告500条）。
二、主动公开政府信息情况
第二十条第（一）项
行政规范性文件 1 0 3
""")
