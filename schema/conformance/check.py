#!/usr/bin/env python3
"""Checks reports by the rules of rules.json: the rules over cells and facts, nothing but Python's own library.

    check.py REPORT.json...     prints what fails and what is not evaluated
    check.py --runner           the runner of the conformance kit: a case a line in, an answer a line out

A report is a document `published-report`. A case is a report, {"before", "report"} of two years of one agency, or {"region",
"parts", "complete"}. An answer is {"rules": [codes evaluated], "findings": [{rule, cells, status}]}.
Ends with 0 if nothing fails, 1 if something does, 2 if a file is no such report.
"""
import decimal
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
    sides = [test.get(side, []) for side in ("left", "right", "before")]
    return sum(sides, []) + ([test["cell"]] if "cell" in test else [])


def verdicts(report):
    """Every test over this layout, with what it comes to: True, False, or None where it cannot be evaluated."""
    layout = layout_of(report)
    for rule in RULES:
        for test in rule["tests"]:
            if layout in test["layouts"] and test["kind"] in KINDS:
                yield rule, test, KINDS[test["kind"]](test, report)


# ---- Two years -----------------------------------------------------------------------------------

# What each cell of a layout can hold, and the units of money that it is not printed in.
DOMAINS = {layout: {test["cell"]: test for rule in RULES for test in rule["tests"]
                    if test["kind"] == "domain" and layout in test["layouts"]}
           for layout in sorted({layout for rule in RULES for test in rule["tests"] for layout in test["layouts"]})}


def amount(found):
    """The amount that a cell holds; None where it holds none."""
    value = found.get("value")
    return decimal.Decimal(value) if isinstance(value, str) and not value.startswith("-") else None


def unit(report, path):
    """The unit of an amount, by the page or by the form; None where neither says it. Where the form fixes none it is beside."""
    if DOMAINS[layout_of(report)][path].get("no_units") == ["yuan"]:
        return fact(cell(report, path), "note", "unit") or "wan_yuan"
    beside = cell(report, path + "_unit")
    return beside if beside in YUAN else None


YUAN = {"yuan": 1, "wan_yuan": 10000}


def whole(report, path):
    """The whole number of a cell: a count, a change of either sign, an amount without a fraction."""
    found, holds = cell(report, path), DOMAINS[layout_of(report)][path]["holds"]
    if holds == "amount":
        value = amount(found)
        return int(value) if value is not None and value == int(value) else None
    return found.get("value") if holds == "change" else count(found)


def follows(test, before, report):
    now = [whole(report, path) for path in test["left"]]
    rest = [whole(report, path) for path in test.get("right", [])] + [whole(before, path) for path in test["before"]]
    return None if None in now + rest else sum(now) == sum(rest)


def same_unit(test, before, report):
    path = test["cell"]
    values = [amount(cell(of, path)) for of in (report, before)]
    if None in values:
        return None
    units = [unit(of, path) for of in (report, before)]
    stated = [units[0] or units[1] or "yuan", units[1] or units[0] or "yuan"]

    def apart(one, other):
        small, large = sorted([values[0] * YUAN[one], values[1] * YUAN[other]])
        return large / small if small else None

    ratio = apart(*stated)
    if ratio is None or not 5000 <= ratio <= 20000:
        return True
    # A unit that one year leaves out may be either, if the other year states its own.
    could_be = [[of] if of else list(YUAN) if any(units) else ["yuan"] for of in units]
    return any(apart(one, other) < 5000 for one in could_be[0] for other in could_be[1])


YEARS = {test.__name__: test for test in (follows, same_unit)}


def verdicts_of_years(before, report):
    layouts = [layout_of(before), layout_of(report)]
    follows_on = None not in (fact(before, "year"), fact(report, "year")) and report["year"] == before["year"] + 1
    for rule in RULES:
        for test in rule["tests"]:
            if test["kind"] in YEARS and layouts[1] in test["layouts"]:
                of_before = test.get("before", []) + ([test["cell"]] if "cell" in test else [])
                if all(path in DOMAINS[layouts[0]] for path in of_before):
                    yield rule["code"], cells_of(test), YEARS[test["kind"]](test, before, report) if follows_on else None


# ---- A region ------------------------------------------------------------------------------------

def figure(report, path, domain):
    """What can be added up: a count, a change, an amount in yuan where its unit is known."""
    found = cell(report, path)
    if domain["holds"] != "amount":
        return found.get("value") if domain["holds"] == "change" else count(found)
    value, of = amount(found), unit(report, path)
    return value if value is None or value == 0 else value * YUAN[of] if of else None


def verdicts_of_region(region, parts, complete):
    exact, at_least = [next(rule for rule in RULES if any(test["kind"] == kind for test in rule["tests"]))
                       for kind in ("sum_of_parts", "at_least_parts")]
    for path, domain in DOMAINS[layout_of(region)].items():
        own, known = figure(region, path, domain), [figure(part, path, domain) for part in parts]
        of_all = complete and parts and None not in known
        rule, least = exact if of_all else at_least, sum(value for value in known if value is not None)
        if own is None or not of_all and domain["holds"] == "change":
            yield rule["code"], [path], None
        else:
            yield rule["code"], [path], own == least if of_all else own >= least


# ---- Answers -------------------------------------------------------------------------------------

def answer(case):
    if "before" in case:
        kinds, found = YEARS, verdicts_of_years(case["before"], case["report"])
    elif "region" in case:
        kinds, found = ("sum_of_parts", "at_least_parts"), verdicts_of_region(**case)
    else:
        kinds, found = KINDS, ((rule["code"], cells_of(test), holds) for rule, test, holds in verdicts(case))
    names = {None: "not_evaluated", False: "fail"}
    findings = [{"rule": rule, "cells": cells, "status": names[holds]} for rule, cells, holds in found if not holds]
    rules = [rule["code"] for rule in RULES if any(test["kind"] in kinds for test in rule["tests"])]
    return {"rules": rules, "findings": findings}


STATUSES = ("number", "blank", "not_applicable", "unreadable", "not_found")


def read(name):
    """The report in a file; ends the program where it is none."""
    try:
        report = json.loads(pathlib.Path(name).read_text(encoding="utf-8"))
        for path, domain in DOMAINS[layout_of(report)].items():
            found = cell(report, path)
            if found["status"] not in STATUSES:
                raise ValueError("%s has the status %r" % (path, found["status"]))
            value = found.get("value", "0" if domain["holds"] == "amount" else 0)
            if domain["holds"] == "amount" and not (isinstance(value, str) and re.fullmatch(r"-?[0-9]+([.][0-9]+)?", value)):
                raise ValueError("%s has the value %r" % (path, value))
            if domain["holds"] != "amount" and (isinstance(value, bool) or not isinstance(value, int)):
                raise ValueError("%s has the value %r" % (path, value))
        list(verdicts(report))
        return report
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        print("%s is no published report: %s: %s" % (name, type(error).__name__, error), file=sys.stderr)
        sys.exit(2)


def main(arguments):
    if arguments == ["--runner"]:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))), flush=True)
        return 0
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    failed = False
    for name in arguments:
        report = read(name)
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
