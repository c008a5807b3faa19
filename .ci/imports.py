#!/usr/bin/env python3
"""Fails if the files of src import each other in a circle. Reads `use` statements and inline `crate::` and `super::` paths."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "src"
FILES = {path.relative_to(ROOT).with_suffix("").parts: path for path in ROOT.rglob("*.rs") if path.name != "lib.rs"}


def leaves(prefix, tree):
    """The paths of a tree of imports: a::{b, c::d}."""
    depth, piece, pieces = 0, "", []
    for character in tree + ",":
        depth += (character == "{") - (character == "}")
        if character == "," and depth == 0:
            pieces.append(piece.strip())
            piece = ""
        else:
            piece += character
    for piece in filter(None, pieces):
        head, brace, rest = piece.partition("{")
        path = prefix + re.findall(r"\w+", head.split(" as ")[0])
        yield from leaves(path, rest.rstrip()[:-1]) if brace else [path]


def imports(module, text):
    """The files that a file names."""
    text = re.sub(r"//[^\n]*|'(?:\\.|[^'\\])'|\"(?:\\.|[^\"\\])*\"", "", text)
    text = re.sub(r"#\[cfg\(test\)\]\s*(mod \w+ \{.*|[^\n]*)", "", text, flags=re.DOTALL)
    paths = [path for tree in re.findall(r"\buse ([^;]+);", text) for path in leaves([], tree)]
    paths += [path.split("::") for path in re.findall(r"\b(?:crate|super)(?:::\w+)+", text)]
    for path in paths:
        if path[0] == "crate":
            path = path[1:]
        elif path[0] == "super":
            ups = next(at for at, step in enumerate(path + [""]) if step != "super")
            path = [*module[: len(module) - ups], *path[ups:]]
        else:
            path = [*module, *path]
        known = [tuple(path[:length]) for length in range(len(path), 0, -1) if tuple(path[:length]) in FILES]
        if known and known[0] != module:
            yield known[0]


def main():
    arrows = {module: set(imports(module, path.read_text("utf-8"))) for module, path in FILES.items()}
    while free := [module for module, targets in arrows.items() if not targets & arrows.keys()]:
        for module in free:
            del arrows[module]
    for module, targets in sorted(arrows.items()):
        print("in a circle:", "/".join(module), "->", ", ".join("/".join(to) for to in sorted(targets & arrows.keys())))
    print(f"{len(FILES)} files, {len(arrows)} in circles or above one")
    return 1 if arrows else 0


if __name__ == "__main__":
    sys.exit(main())
