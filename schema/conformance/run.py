#!/usr/bin/env python3
"""Runs the conformance kit: run.py COMMAND [ARGUMENT...], for example  run.py python3 check.py --runner

The command reads one report a line on its standard input, and writes for each one line
{"rules": [codes it evaluates], "findings": [{"rule", "cells", "status"}]}, as in expected/. Findings of rules that it
does not evaluate are not asked for. The order of findings does not matter.
"""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent


def lines(answer, rules):
    return {(f["rule"], " ".join(f["cells"]), f["status"]) for f in answer["findings"] if f["rule"] in rules}


def main(command):
    if not command:
        print(__doc__)
        return 2
    reports = sorted((HERE / "reports").glob("*.json"))
    given = "".join(json.dumps(json.loads(report.read_text(encoding="utf-8"))) + "\n" for report in reports)
    ran = subprocess.run(command, input=given, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    if len(answers) != len(reports):
        print("%d reports, %d answers" % (len(reports), len(answers)))
        return 1
    wrong = 0
    for report, answer in zip(reports, answers):
        expected = json.loads((HERE / "expected" / report.name).read_text(encoding="utf-8"))
        rules = set(answer["rules"])
        found, wanted = lines(answer, rules), lines(expected, rules)
        for sign, differences in (("missing", wanted - found), ("not expected", found - wanted)):
            for rule, cells, status in sorted(differences):
                wrong += 1
                print("%s: %s: %s %s %s" % (report.stem, sign, rule, status, cells))
    rules = sorted({rule for answer in answers for rule in answer["rules"]})
    print("%d reports, %d rules, %d differences" % (len(reports), len(rules), wrong))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
