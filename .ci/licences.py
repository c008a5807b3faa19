#!/usr/bin/env python3
"""Fails if a dependency, with all features, may not be used under one of the licences that `deny.toml` allows."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def is_allowed(expression, allowed):
    """Whether an SPDX expression can be satisfied with these licences."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    words = {"OR": "or", "AND": "and", "(": "(", ")": ")"}
    # `X WITH exception` allows what X allows, and more.
    tokens = [token for before, token in zip([""] + tokens, tokens) if "WITH" not in (before, token)]
    return eval(" ".join(words.get(token, str(token in allowed)) for token in tokens))


def main():
    allowed = set(tomllib.loads((ROOT / "deny.toml").read_text("utf-8"))["licenses"]["allow"])
    command = ["cargo", "metadata", "--locked", "--all-features", "--format-version", "1"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    refused = [
        f"{package['name']} {package['version']}: {package['license']}"
        for package in found["packages"]
        if not is_allowed(package["license"] or "none", allowed)
    ]
    used = {part for package in found["packages"] for part in re.findall(r"[\w.-]+", package["license"] or "")}
    idle = sorted(allowed - used)
    print("\n".join([*refused, f"{len(found['packages'])} packages", *(f"allowed, not used: {name}" for name in idle)]))
    return 1 if refused or idle else 0


if __name__ == "__main__":
    sys.exit(main())
