"""What libraries of Python take for the records: peers.py RECORDS SCHEMA, a line of JSON for each."""
import json
import operator
import pathlib
import sys
import time

import fastjsonschema
import msgspec
import orjson
import pydantic

APPLICANTS = ("natural_person", "commercial_enterprise", "research_institution", "public_interest_organization",
              "legal_service_organization", "other", "total")
RULINGS = ("upheld", "corrected", "other", "pending", "total")
OUTCOMES = {
    "disclosed": None, "partially_disclosed": None,
    "withheld": ("state_secret", "forbidden_by_law", "security_or_stability", "third_party_rights", "internal_affairs",
                 "process_information", "enforcement_file", "administrative_inquiry"),
    "unavailable": ("not_held", "requires_creation", "still_unclear"),
    "not_processed": ("petition_or_complaint", "repeated", "public_publication", "excessive", "confirm_or_reissue"),
    "other_handling": ("correction_overdue", "fee_overdue", "other"),
}


def rows(get, requests):
    """The rows of outcomes."""
    for name, parts in OUTCOMES.items():
        group = get(requests, name)
        if parts is None:
            yield group
        else:
            for part in parts:
                yield get(group, part)


def holds(report, get, of_row, of_rulings):
    """Whether the sums of the form add up."""
    requests, proceedings = get(report, "requests"), get(report, "proceedings")
    outcomes = get(requests, "outcomes")
    received, carried_in, carried_out = (of_row(get(requests, key)) for key in ("received", "carried_in", "carried_out"))
    each = [of_row(row) for row in rows(get, outcomes)]
    total = of_row(get(outcomes, "total"))
    litigation = get(proceedings, "litigation")
    groups = [get(proceedings, "reconsideration"), get(litigation, "direct"), get(litigation, "after_reconsideration")]
    return (all(sum(row[:-1]) == row[-1] for row in (received, carried_in, carried_out, total, *each))
            and all(sum(column) == whole for column, whole in zip(zip(*each), total))
            and all(r + i == t + o for r, i, t, o in zip(received, carried_in, total, carried_out))
            and all(sum(group[:-1]) == group[-1] for group in map(of_rulings, groups)))


ITEMS = (operator.getitem, operator.itemgetter(*APPLICANTS), operator.itemgetter(*RULINGS))
FIELDS = (getattr, operator.attrgetter(*APPLICANTS), operator.attrgetter(*RULINGS))


def types(struct):
    """The document as types: `struct` makes one of a name and its fields."""
    row = struct("Row", {key: int for key in APPLICANTS})
    rulings = struct("Rulings", {key: int for key in RULINGS})
    groups = {name: row if parts is None else struct(name, {part: row for part in parts})
              for name, parts in OUTCOMES.items()}
    outcomes = struct("Outcomes", {**groups, "total": row})
    requests = struct("Requests", {"received": row, "carried_in": row, "outcomes": outcomes, "carried_out": row})
    litigation = struct("Litigation", {"direct": rulings, "after_reconsideration": rulings})
    proceedings = struct("Proceedings", {"reconsideration": rulings, "litigation": litigation})
    return struct("Report", {"title": str, "year": int, "article20": dict, "overview": dict, "problems": dict,
                             "requests": requests, "proceedings": proceedings})


def timed(name, lines, is_right):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        right = sum(map(is_right, lines))
        best = min(best, time.perf_counter() - start)
    print(json.dumps({"name": name, "seconds": best, "right": right}), flush=True)


def main(records, schema):
    lines = pathlib.Path(records).read_bytes().splitlines()
    decode = msgspec.json.Decoder(types(lambda name, fields: msgspec.defstruct(name, list(fields.items())))).decode
    timed("msgspec, and the sums", lines, lambda line: holds(decode(line), *FIELDS))
    timed("orjson, and the sums", lines, lambda line: holds(orjson.loads(line), *ITEMS))
    timed("json, and the sums", lines, lambda line: holds(json.loads(line), *ITEMS))
    model = types(lambda name, fields: pydantic.create_model(name, **{key: (kind, ...) for key, kind in fields.items()}))
    timed("pydantic, and the sums", lines, lambda line: holds(model.model_validate_json(line), *FIELDS))
    validate = fastjsonschema.compile(json.loads(pathlib.Path(schema).read_text(encoding="utf-8")))

    def satisfies(line):
        report = orjson.loads(line)
        validate(report)
        return holds(report, *ITEMS)
    timed("orjson, fastjsonschema, and the sums", lines, satisfies)


if __name__ == "__main__":
    main(*sys.argv[1:])
