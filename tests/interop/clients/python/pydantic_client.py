"""Reads documents into the Pydantic models, and writes them back: `pydantic_client.py MODELS.py FOLDER`."""

import importlib.util
import sys

from answer import answer

models, folder = sys.argv[1:]
spec = importlib.util.spec_from_file_location("models", models)
module = importlib.util.module_from_spec(spec)
sys.modules["models"] = module
spec.loader.exec_module(module)


def read_back(text):
    document = module.Root.model_validate_json(text)
    return document.model_dump_json(by_alias=True, exclude_none=True)


answer(folder, read_back)
