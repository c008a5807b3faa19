#!/usr/bin/env python3
"""Runs the conformance kit: run.py COMMAND [ARGUMENT...], for example  run.py python3 check.py --runner

The command reads one case a line on its standard input, a report, {"before", "report"} of two years, or {"region", "parts",
"complete"}, and writes for each one line {"rules": [codes it evaluates], "findings": [{"rule", "cells", "status"}]}, as in
expected/. Findings of rules that it does not evaluate are not asked for: who does not compare years or regions answers
{"rules": [], "findings": []} to them. The order of findings does not matter.
Ends with 0 if every answer is the expected one, 1 if one is not, 2 if the command cannot be run or breaks off.
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
    cases = [case for folder in ("reports", "compared") for case in sorted((HERE / folder).glob("*.json"))]
    given = "".join(json.dumps(json.loads(case.read_text(encoding="utf-8"))) + "\n" for case in cases)
    try:
        ran = subprocess.run(command, input=given, stdout=subprocess.PIPE, encoding="utf-8")
    except OSError as error:
        print("%s cannot be run: %s" % (command[0], error))
        return 2
    if ran.returncode:
        print("%s ended with %d" % (command[0], ran.returncode))
        return 2
    answers = []
    for number, line in enumerate(ran.stdout.splitlines(), 1):
        try:
            answer = json.loads(line)
            lines(answer, answer["rules"])
        except (ValueError, LookupError, TypeError) as error:
            print("line %d is no answer: %s: %s" % (number, type(error).__name__, line[:200]))
            return 1
        answers.append(answer)
    if len(answers) != len(cases):
        print("%d cases, %d answers" % (len(cases), len(answers)))
        return 1
    wrong = 0
    for case, answer in zip(cases, answers):
        expected = json.loads((HERE / "expected" / case.name).read_text(encoding="utf-8"))
        rules = set(answer["rules"])
        found, wanted = lines(answer, rules), lines(expected, rules)
        for sign, differences in (("missing", wanted - found), ("not expected", found - wanted)):
            for rule, cells, status in sorted(differences):
                wrong += 1
                print("%s: %s: %s %s %s" % (case.stem, sign, rule, status, cells))
    rules = sorted({rule for answer in answers for rule in answer["rules"]})
    if not rules:
        print("no rule is evaluated")
        return 1
    print("%d cases, %d rules, %d differences" % (len(cases), len(rules), wrong))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
