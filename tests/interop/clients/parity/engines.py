#!/usr/bin/env python3
"""Runs the exported SQL, unchanged, in every engine that is asked for: engines.py FOLDER ENGINE…, the folder as written by the
program beside it.

Engines: duckdb, sqlite, polars, datafusion, clickhouse (chdb), postgres (a server that `psycopg` reaches by its usual
variables), spark (pyspark, with Java). Prints a table engine × query × answers; ends with 1 if one answers otherwise than the
crate.
"""
import collections
import csv
import json
import pathlib
import sqlite3
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[4]
SCHEMA = max((ROOT / "schema").glob("*/rules.json"), key=lambda f: [int(n) for n in f.parent.name.split(".")]).parent
PACKAGE = json.loads((SCHEMA / "tables" / "datapackage.json").read_text(encoding="utf-8"))
FIELDS = {table["name"]: [(field["name"], field["type"]) for field in table["schema"]["fields"]]
          for table in PACKAGE["resources"]}
FIELDS["members"] = [("region", "string"), ("report", "string"), ("complete", "integer")]


def columns(table, types):
    return ", ".join("%s %s" % (name, types[kind]) for name, kind in FIELDS[table])


def rows(folder, table):
    """The lines of a table, an empty field as nothing."""
    def typed(kind, text):
        return None if text == "" else int(text) if kind == "integer" else text
    with open(folder / (table + ".csv"), newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            yield [typed(kind, line[name]) for name, kind in FIELDS[table]]


def sqlite(folder, tables):
    database = sqlite3.connect(":memory:")
    types = {"string": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "date": "TEXT"}
    for table in tables:
        database.execute("CREATE TABLE %s (%s)" % (table, columns(table, types)))
        marks = ", ".join("?" * len(FIELDS[table]))
        database.executemany("INSERT INTO %s VALUES (%s)" % (table, marks), rows(folder, table))
    database.execute("CREATE INDEX cells_of_reports ON cells (report, cell)")
    return lambda query: database.execute(query).fetchall()


def duckdb(folder, tables):
    import duckdb
    database = duckdb.connect()
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(22, 6)", "date": "DATE"}
    for table in tables:
        typed = ", ".join("'%s': '%s'" % (name, types[kind]) for name, kind in FIELDS[table])
        database.execute("CREATE TABLE %s AS SELECT * FROM read_csv('%s', header = true, nullstr = '', columns = {%s})"
                         % (table, folder / (table + ".csv"), typed))
    return lambda query: database.execute(query).fetchall()


def polars(folder, tables):
    import polars
    types = {"integer": polars.Int64, "number": polars.Decimal(22, 6)}
    context = polars.SQLContext()
    for table in tables:
        frame = polars.read_csv(folder / (table + ".csv"), schema={name: polars.String for name, _ in FIELDS[table]})
        typed = [polars.col(name).str.to_date("%Y-%m-%d") if kind == "date" else polars.col(name).cast(types[kind])
                 for name, kind in FIELDS[table] if kind != "string"]
        context.register(table, frame.with_columns(typed))
    return lambda query: context.execute(query, eager=True).rows()


def datafusion(folder, tables):
    import datafusion
    context = datafusion.SessionContext()
    types = {"string": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(22, 6)", "date": "DATE"}
    for table in tables:
        context.sql("CREATE EXTERNAL TABLE %s (%s) STORED AS CSV LOCATION '%s' OPTIONS ('format.has_header' 'true')"
                    % (table, columns(table, types), folder / (table + ".csv")))

    def answer(query):
        batches = [batch.to_pydict() for batch in context.sql(query).collect()]
        return [line for batch in batches for line in zip(*batch.values())]
    return answer


def clickhouse(folder, tables):
    from chdb import session
    database = session.Session()
    types = {"string": "Nullable(String)", "integer": "Nullable(Int64)", "number": "Nullable(Decimal(22, 6))",
             "date": "Nullable(Date32)"}
    database.query("DROP DATABASE IF EXISTS ogi")
    database.query("CREATE DATABASE ogi")
    database.query("USE ogi")
    for table in tables:
        database.query("CREATE TABLE %s (%s) ENGINE = Memory" % (table, columns(table, types)))
        database.query("INSERT INTO %s SELECT * FROM file('%s', CSVWithNames, '%s') SETTINGS "
                       "input_format_csv_empty_as_default = 1" % (table, folder / (table + ".csv"),
                                                                  columns(table, types).replace("'", "''")))
    return lambda query: json.loads(str(database.query(query, "JSONCompact")))["data"]


def postgres(folder, tables):
    import psycopg
    database = psycopg.connect(autocommit=True)
    types = {"string": "TEXT", "integer": "BIGINT", "number": "DECIMAL(22, 6)", "date": "DATE"}
    for table in tables:
        database.execute("CREATE TEMPORARY TABLE %s (%s)" % (table, columns(table, types)))
        with database.cursor().copy("COPY %s FROM STDIN WITH (FORMAT csv, HEADER)" % table) as copy:
            copy.write((folder / (table + ".csv")).read_bytes())
    database.execute("CREATE INDEX ON cells (report, cell)")
    database.execute("ANALYZE")
    return lambda query: database.execute(query).fetchall()


def spark(folder, tables):
    from pyspark.sql import SparkSession
    context = SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()
    types = {"string": "STRING", "integer": "BIGINT", "number": "DECIMAL(22, 6)", "date": "DATE"}
    for table in tables:
        frame = context.read.csv(str(folder / (table + ".csv")), schema=columns(table, types), header=True)
        frame.cache().createOrReplaceTempView(table)
    return lambda query: [tuple(line) for line in context.sql(query).collect()]


ENGINES = {engine.__name__: engine for engine in (duckdb, sqlite, polars, datafusion, clickhouse, postgres, spark)}


def expected(folder, query):
    """What the crate answers: the status by the other columns."""
    if query != "findings":
        return json.loads((folder / (query + ".json")).read_text(encoding="utf-8"))
    answers = {}
    for line in (folder / "rust.jsonl").read_text(encoding="utf-8").splitlines():
        for report, verdicts in json.loads(line).items():
            answers.update((" ".join((report, key)), verdict) for key, verdict in verdicts.items())
    return answers


def main(folder, engines):
    folder, different = pathlib.Path(folder), 0
    print("| engine | query | answers | pass | fail | not evaluated | differ | s |\n|---|---|---|---|---|---|---|---|")
    for engine in engines:
        for place, tables, queries in ((folder, ("reports", "cells"), ("findings",)),
                                       (folder / "years", ("reports", "cells", "members"), ("continuity", "rollup"))):
            answer = ENGINES[engine](place, tables)
            for query in queries:
                start = time.monotonic()
                lines = answer((SCHEMA / "sql" / (query + ".sql")).read_text(encoding="utf-8"))
                found = {" ".join(str(word) for word in line[:-1]): line[-1] for line in lines}
                due = expected(place, query)
                differ = [key for key in due if due[key] != found.get(key)]
                differ += [key for key in found if key not in due and found[key] != "not_evaluated"]
                for key in differ[:5]:
                    print("%s: %s: %s, expected %s" % (query, key, found.get(key), due.get(key)), file=sys.stderr)
                counts = collections.Counter(due.values())
                print("| %s | %s | %d | %d | %d | %d | %d | %.1f |" % (
                    engine, query, len(found), counts["pass"], counts["fail"], counts["not_evaluated"], len(differ),
                    time.monotonic() - start), flush=True)
                different += len(differ)
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
