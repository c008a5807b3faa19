#!/usr/bin/env python3
"""Checks a report with nothing but Python and the folder schema/: check_report.py REPORT.json

Ends with 0 if nothing fails, 1 if something does, 2 if the file is no published report.

    python3 examples/partners/check_report.py schema/conformance/reports/requests-balance.breaks.json
"""
import json
import pathlib
import sys

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "schema"
sys.path.insert(0, str(SCHEMA / "conformance"))
import check  # noqa: E402

WORDS = {"blank": "（空白）", "not_applicable": "不适用", "not_found": "（未找到）", "unreadable": "（无法辨认）"}


def labels(report):
    """The official names of the cells, from the metadata of the tables."""
    newest = check.newest_rules().parent
    package = json.loads((newest / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    wide = next(table for table in package["resources"] if table["name"] == "wide")
    return {field["name"].replace("__", "."): field["title"] for field in wide["schema"]["fields"]}


def shown(text):
    """Without what would act on a terminal: control characters, what turns the direction of writing."""
    return "".join(c if c.isprintable() else " " for c in text)


def main(path):
    report = check.read(path)
    names = labels(report)
    # A published report may lack either.
    year = "%s 年度" % report["year"] if "year" in report else "年度不明"
    print("%s（%s）" % (shown(check.fact(report, "agency", "name") or "机关不明"), year))
    counts = {True: 0, False: 0, None: 0}
    for rule, test, holds in check.verdicts(report):
        counts[holds] += 1
        if holds is False:
            print("\n%s  %s  《条例》第 %s 条" % (rule["code"], rule["zh"], "、".join(rule["basis"])))
            for cell in check.cells_of(test):
                found = check.cell(report, cell)
                print("    %-60s %s" % (names[cell], shown(found.get("printed", WORDS.get(found["status"], "")))))
    print("\n%d 项符合，%d 项不符，%d 项无从核对" % (counts[True], counts[False], counts[None]))
    return int(counts[False] > 0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
