#!/usr/bin/env python3
"""Checks reports by the rules of rules.json: the rules over cells and facts, nothing but Python's own library.

    check.py REPORT.json...     prints what fails and what is not evaluated
    check.py --runner           the runner of the conformance kit: a report a line in, an answer a line out

A report is a document `published-report`. An answer is {"rules": [codes evaluated], "findings": [{rule, cells, status}]}.
"""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent


def newest_rules():
    """The rule file of the newest version beside this folder."""
    files = HERE.parent.glob("*/rules.json")
    return max(files, key=lambda file: [int(part) for part in file.parent.name.split(".")])


RULES = json.loads(newest_rules().read_text(encoding="utf-8"))["rules"]


def layout_of(report):
    """The form as printed: an edition, or the hybrid that prints 其他处理 in one row."""
    if report["edition"] == "2021" and "undivided" in report["requests"]["outcomes"]["other_handling"]:
        return "2021-hybrid"
    return report["edition"]


def cell(report, path):
    for key in path.split("."):
        report = report[key]
    return report


def count(found):
    """The count that a cell holds; None where it holds none."""
    value = found.get("value")
    return value if isinstance(value, int) and value >= 0 else None


def fact(report, *keys):
    for key in keys:
        report = (report or {}).get(key)
    return report


def sums(test, report):
    """Both sums; None where a cell holds no count."""
    sides = [[count(cell(report, path)) for path in test[side]] for side in ("left", "right")]
    return None if any(None in side for side in sides) else [sum(side) for side in sides]


def equal(test, report):
    both = sums(test, report)
    return both and both[0] == both[1]


def at_least(test, report):
    both = sums(test, report)
    return both and both[0] >= both[1]


def domain(test, report):
    found = cell(report, test["cell"])
    if found["status"] != "number":
        return None
    if "value" not in found:
        return False
    holds = test["holds"]
    # 0 yuan are 0 wan yuan.
    is_no_money = holds == "amount" and not found["value"].strip("0.")
    if fact(found, "note", "unit") in test.get("no_units", []) and not is_no_money:
        return False
    return holds == "change" or (count(found) is not None if holds == "count" else not found["value"].startswith("-"))


def present(test, report):
    return cell(report, test["cell"])["status"] in ("number", "not_applicable")


def zero_for(test, report):
    inferred = fact(report, "evidence", "agency_kind", "kind") in test["inferred_by"]
    value = count(cell(report, test["cell"]))
    if fact(report, "agency", "kind") not in test["agency_kinds"] or inferred or value is None:
        return None
    return value == 0


def year_within(test, report):
    year = report.get("year")
    if year is None:
        return None
    return any(years["from"] <= year <= years.get("to", year) for years in test["years"])


def published_by(test, report):
    year, day, kind = report.get("year"), report.get("published_on"), fact(report, "agency", "kind")
    due = [due for due in test["due"] if kind in due["agency_kinds"]]
    if year is None or day is None or not due:
        return None
    return day <= "%04d-%02d-%02d" % (year + 1, due[0]["month"], due[0]["day"])


KINDS = {test.__name__: test for test in (equal, at_least, domain, present, zero_for, year_within, published_by)}


def cells_of(test):
    return test.get("left", []) + test.get("right", []) + ([test["cell"]] if "cell" in test else [])


def verdicts(report):
    """Every test over this layout, with what it comes to: True, False, or None where it cannot be evaluated."""
    layout = layout_of(report)
    for rule in RULES:
        for test in rule["tests"]:
            if layout in test["layouts"] and test["kind"] in KINDS:
                yield rule, test, KINDS[test["kind"]](test, report)


def answer(report):
    findings = []
    for rule, test, holds in verdicts(report):
        if not holds:
            status = "not_evaluated" if holds is None else "fail"
            findings.append({"rule": rule["code"], "cells": cells_of(test), "status": status})
    rules = [rule["code"] for rule in RULES if any(test["kind"] in KINDS for test in rule["tests"])]
    return {"rules": rules, "findings": findings}


def main(arguments):
    if arguments == ["--runner"]:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))), flush=True)
        return 0
    failed = False
    for name in arguments:
        report = json.loads(pathlib.Path(name).read_text(encoding="utf-8"))
        print(name)
        for rule, test, holds in verdicts(report):
            if holds is False:
                failed = True
                figures = ["%s %s" % (path, cell(report, path).get("printed", "")) for path in cells_of(test)]
                print("  %s  %s  %s" % (rule["severity"], rule["code"], rule["zh"]))
                print("\n".join("      " + re.sub(r"\s+", " ", figure) for figure in figures))
        open_tests = sum(1 for _, _, holds in verdicts(report) if holds is None)
        print("  not evaluated: %d" % open_tests)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
