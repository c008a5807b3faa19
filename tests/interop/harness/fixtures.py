"""The instances that the tools are given: right ones as written by the crate, and wrong ones made of them."""

import json
import re
import shutil
from copy import deepcopy
from decimal import Decimal

from .places import CACHE, REPOSITORY
from .shell import run

# What can be wrong with the shape of an instance; the columns of the table.
CONSTRUCTS = (
    "missing key",
    "unknown key",
    "wrong type",
    "list for object",
    "text for number",
    "unlisted value",
    "pattern",
    "range",
)

# How many wrong instances of a construct a document gets, each at another place of the schema.
MOST = 40


def write(places, schemas):
    """Writes a folder of fixtures for each document of `schemas`; returns the folders by the document's name."""
    made, folder = CACHE / "made", CACHE / "fixtures"
    for old in (made, folder):
        shutil.rmtree(old, ignore_errors=True)
    run("fixtures", places.rust / "fixtures", made)
    folders = {}
    for document, schema in schemas.items():
        root = json.loads(schema.read_text("utf-8"))
        right = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((made / document).glob("*.json"))}
        right |= conformance(document)
        folders[document] = folder / document
        folders[document].mkdir(parents=True)
        for name, instance in right.items():
            put(folders[document], f"right.{name}", instance)
        for construct, instances in wrong(root, right).items():
            for number, instance in enumerate(instances):
                put(folders[document], f"wrong.{construct.replace(' ', '-')}.{number:02}", instance)
    return folders


def put(folder, name, instance):
    (folder / f"{name}.json").write_text(json.dumps(instance, ensure_ascii=False), "utf-8")


def conformance(document):
    """The reports of the conformance kit that are this document."""
    folder = REPOSITORY / "schema" / "conformance" / "reports"
    reports = {}
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text("utf-8"))
        if isinstance(report, dict) and document_of(report) == document:
            reports[f"conformance-{path.stem}"] = report
    return reports


def document_of(report):
    layout = report.get("edition")
    if "undivided" in report["requests"]["outcomes"]["other_handling"] and layout == "2021":
        layout = "2021-hybrid"
    return f"published-report.{layout}"


def wrong(root, right):
    """By construct: wrong instances, each with one fault, each at another place of the schema."""
    found = {construct: [] for construct in CONSTRUCTS}
    seen = set()
    # The instance with every key first: few others are needed.
    for name in sorted(right, key=lambda name: (not name.endswith("full"), name)):
        for path, place, schema in nodes(right[name], root, root, (), ()):
            for construct, key, change in faults(schema):
                if (construct, place, key) not in seen and len(found[construct]) < MOST:
                    seen.add((construct, place, key))
                    found[construct].append(changed(right[name], path, change))
    return found


def nodes(value, schema, root, path, place):
    """Every node of an instance: its path, the place in the schema, and the schema there."""
    if "$ref" in schema:
        place = (schema["$ref"],)
        schema = root
        for key in place[0].removeprefix("#/").split("/"):
            schema = schema[key]
    yield path, place, schema
    if isinstance(value, dict):
        for key, member in value.items():
            yield from nodes(member, schema.get("properties", {}).get(key, {}), root, (*path, key), (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from nodes(item, schema.get("items", {}), root, (*path, index), (*place, "items"))


def faults(schema):
    """What can be made wrong at a node: the construct, what tells it from others there, and the change."""
    kind = schema.get("type")
    if not isinstance(kind, str):
        # A union, which these schemas do not have: the validators and generators will tell.
        return
    if kind == "object":
        for key in schema.get("required", []):
            yield "missing key", key, lambda value, key=key: {name: value[name] for name in value if name != key}
        yield "unknown key", "", lambda value: value | {"no_such_key": 1}
        yield "list for object", "", lambda value: [7]
    yield "wrong type", "", lambda value: {"object": 7, "array": {"a": 7}}.get(kind, [7])
    if kind == "integer":
        yield "text for number", "", str
        for bound, step in (("maximum", 1), ("minimum", -1)):
            if bound in schema:
                yield "range", bound, lambda value, to=schema[bound] + step: to
    if "enum" in schema:
        yield "unlisted value", "", lambda value: "no_such_value"
    if "pattern" in schema:
        assert not re.search(schema["pattern"], "?")
        yield "pattern", "", lambda value: "?"


def changed(instance, path, change):
    if not path:
        return change(instance)
    instance = deepcopy(instance)
    parent = instance
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = change(parent[path[-1]])
    return instance


def normal(text):
    """A JSON text as a value to compare: null is taken as absent, a number is a number however it is written."""

    def without_nulls(value):
        if isinstance(value, dict):
            return {key: without_nulls(member) for key, member in value.items() if member is not None}
        return [without_nulls(item) for item in value] if isinstance(value, list) else value

    return without_nulls(json.loads(text, parse_float=Decimal))


def difference(found, expected, path="$"):
    """Where two values differ first."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            if key not in found or key not in expected:
                return f"{path}.{key} is {'lost' if key in expected else 'new'}"
            if text := difference(found[key], expected[key], f"{path}.{key}"):
                return text
        return None
    if isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        pairs = enumerate(zip(found, expected))
        return next((text for index, (a, b) in pairs if (text := difference(a, b, f"{path}[{index}]"))), None)
    # True is 1 in Python, not in JSON.
    same = found == expected and isinstance(found, bool) == isinstance(expected, bool)
    return None if same else f"{path} is {found!r}, not {expected!r}"
