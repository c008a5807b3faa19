"""The package `jsonschema`: `validator.py SCHEMA.json FOLDER`."""

import json
import sys

from answer import answer
from jsonschema.validators import validator_for

path, folder = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    schema = json.load(file)
kind = validator_for(schema, default=None)
if kind is None:
    sys.exit(f"unknown draft: {schema.get('$schema')}")
kind.check_schema(schema)
validator = kind(schema, format_checker=kind.FORMAT_CHECKER)


def validate(text):
    for error in validator.iter_errors(json.loads(text)):
        raise ValueError(f"{error.json_path}: {error.message}")


answer(folder, validate)
