#!/usr/bin/env python3
"""Compares what every engine answers to the same reports: compare.py FOLDER, as written by the program beside it.

Prints a table engine × rule × verdicts; ends with 1 if one engine answers otherwise than the crate.
"""
import collections
import json
import pathlib
import sys

import celpy
import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[4]
SCHEMA = max((ROOT / "schema").glob("*/rules.json"), key=lambda f: [int(n) for n in f.parent.name.split(".")]).parent
sys.path.insert(0, str(ROOT / "schema" / "conformance"))
import check  # noqa: E402

NAMES = {True: "pass", False: "fail", None: "not_evaluated"}


def lines(path):
    answers = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        answers.update(json.loads(line))
    return answers


def by_json(reports):
    """The JSON form of the rules, evaluated in Python."""
    def key(rule, test):
        return "%s %s" % (rule["code"], " ".join(check.cells_of(test)))
    return {name: {key(rule, test): NAMES[holds] for rule, test, holds in check.verdicts(report)}
            for name, report in reports.items()}


def expressions(schema, node, path):
    """The expressions of an annotated schema, each with the node that it is for."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    for rule in node.get("x-rules", []):
        cells = " ".join(".".join(path + (cell,)) for cell in rule["cells"])
        yield path, "%s %s" % (rule["rule"], cells), rule["cel"]
    for name, child in node.get("properties", {}).items():
        yield from expressions(schema, child, path + (name,))


def by_celpy(reports):
    """CEL as the annotated schemas carry it, in a second engine."""
    environment = celpy.Environment()
    programs, compiled = {}, {}
    for layout in ("2021", "2021-hybrid", "2019"):
        schema = json.loads((SCHEMA / "annotated" / ("published-report.%s.json" % layout)).read_text(encoding="utf-8"))
        programs[layout] = collections.defaultdict(list)
        for path, key, text in expressions(schema, schema, ()):
            if text not in compiled:
                compiled[text] = environment.program(environment.compile(text))
            programs[layout][path].append((key, text))
    # Reports share most of their rows: an expression is asked once about each.
    known, answers = {}, {}
    for name, report in reports.items():
        answers[name] = {}
        for path, asked in programs[check.layout_of(report)].items():
            node = check.cell(report, ".".join(path)) if path else report
            text_of_node = json.dumps(node, sort_keys=True)
            activation = None
            for key, text in asked:
                if (text, text_of_node) not in known:
                    activation = activation or {"self": celpy.json_to_cel(node)}
                    known[text, text_of_node] = str(compiled[text].evaluate(activation))
                answers[name][key] = known[text, text_of_node]
    return answers


TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(22, 6)", "date": "DATE"}


def database_of(folder, *names):
    """The tables of a folder, typed by their metadata."""
    package = json.loads((SCHEMA / "tables" / "datapackage.json").read_text(encoding="utf-8"))
    database = duckdb.connect()
    for table in package["resources"]:
        if table["name"] in names:
            columns = ", ".join("'%s': '%s'" % (f["name"], TYPES[f["type"]]) for f in table["schema"]["fields"])
            reader = "read_csv('%s', header = true, nullstr = '', columns = {%s})" % (folder / table["path"], columns)
            database.execute("CREATE TABLE %s AS SELECT * FROM %s" % (table["name"], reader))
    return database


def by_sql(folder, query):
    """SQL over the tables."""
    answers = collections.defaultdict(dict)
    database = database_of(folder, "reports", "cells", "wide")
    for report, rule, cells, status in database.execute((SCHEMA / "sql" / query).read_text()).fetchall():
        answers[report]["%s %s" % (rule, cells)] = status
    return answers


def years_and_regions(folder):
    """Continuity and roll-up, as SQL, against what the crate answers; how many differ."""
    database = database_of(folder, "reports", "cells")
    database.execute("CREATE TABLE members AS SELECT * FROM read_csv('%s', header = true)" % (folder / "members.csv"))
    different = 0
    for query in ("continuity", "rollup"):
        expected = json.loads((folder / (query + ".json")).read_text(encoding="utf-8"))
        lines = database.execute((SCHEMA / "sql" / (query + ".sql")).read_text()).fetchall()
        found = {" ".join(str(word) for word in line[:-1]): line[-1] for line in lines}
        differ = [key for key in expected if expected[key] != found.get(key)]
        differ += [key for key in found if key not in expected and found[key] != "not_evaluated"]
        for key in differ[:5]:
            print("%s: %s: %s, expected %s" % (query, key, found.get(key), expected.get(key)), file=sys.stderr)
        counts = collections.Counter(expected.values())
        print("| SQL, DuckDB, %s | | %d | %d | %d | %d | %d |" % (query, len(expected), counts["pass"], counts["fail"],
                                                               counts["not_evaluated"], len(differ)))
        different += len(differ)
    return different


def main(folder):
    folder = pathlib.Path(folder)
    expected = lines(folder / "rust.jsonl")
    documents = [json.loads(line) for line in (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    reports = dict(zip(expected, documents))
    engines = {
        "JSON form, Python": by_json(reports),
        "CEL, cel (Rust)": lines(folder / "cel.jsonl"),
        "CEL, cel-python": by_celpy(reports),
        "SQL, DuckDB, long": by_sql(folder, "findings.sql"),
        "SQL, DuckDB, wide": by_sql(folder, "findings_wide.sql"),
    }
    print("| engine | rule | reports | pass | fail | not evaluated | differ |\n|---|---|---|---|---|---|---|")
    different = 0
    for engine, answers in engines.items():
        counts = collections.defaultdict(collections.Counter)
        for name, answer in answers.items():
            for key in expected[name].keys() | answer.keys():
                rule = key.split(" ", 1)[0]
                verdict, other = expected[name].get(key), answer.get(key)
                counts[rule][verdict] += 1
                if verdict != other:
                    counts[rule]["differ"] += 1
                    different += 1
                    if different <= 10:
                        print("%s: %s %s: %s, expected %s" % (engine, name, key, other, verdict), file=sys.stderr)
        for rule, count in counts.items():
            print("| %s | %s | %d | %d | %d | %d | %d |" % (engine, rule, len(answers), count["pass"], count["fail"],
                                                            count["not_evaluated"], count["differ"]))
    different += years_and_regions(folder / "years")
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
