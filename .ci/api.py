#!/usr/bin/env python3
"""The public API with all features, as rustdoc shows it: `api.py` writes `.ci/api.txt`, `api.py --check` fails if it differs.

Reads the pages that `cargo doc --no-deps --all-features` has made. A line an item, a field, a variant, a function, a trait that
is implemented; what the compiler derives by itself (auto traits, blanket implementations) is left out.
"""

import html
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / ".ci" / "api.txt"


def text(markup):
    """What a reader sees of a piece of a page, on one line."""
    markup = re.sub(r'<(a|div|span) [^>]*class="[^"]*(?:src|anchor|tooltip|rightside)[^"]*"[^>]*>.*?</\1>', "", markup, flags=re.S)
    plain = html.unescape(re.sub(r"<[^>]*>", "", markup)).replace("\u200b", "")
    return re.sub(r"\s+", " ", plain).strip()


def lines_of(page, name):
    """The lines of the page of one item."""
    page = re.split(r'<h2 id="(?:synthetic|blanket)-implementations"', page)[0]
    for declaration in re.findall(r'<pre class="rust item-decl">(.*?)</pre>', page, flags=re.S):
        yield f"{name}: {text(declaration)}"
    for code in re.findall(r'<h[34] class="code-header">(.*?)</h[34]>', page, flags=re.S):
        # The functions of a trait are those of the trait, whatever the toolchain says of them.
        if re.match(r"pub |type |impl.* for ", text(code)) and "StructuralPartialEq" not in code:
            yield f"{name}: {text(code)}"


def listing(folder):
    lines = set()
    for path in sorted(folder.rglob("*.html")):
        kind = path.name.split(".")[0]
        if kind in ("struct", "enum", "trait", "fn", "constant", "static", "type", "macro"):
            module = "::".join(path.relative_to(folder).parts[:-1])
            name = f"{module}::{path.name.split('.')[1]}" if module else path.name.split(".")[1]
            lines.update(lines_of(path.read_text("utf-8"), name))
    return "".join(f"{line}\n" for line in sorted(lines))


def main():
    target = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    folder = Path(re.search(r'"target_directory":"([^"]*)"', target)[1]) / "doc" / "ogi_report"
    found = listing(folder)
    if "--check" not in sys.argv:
        LIST.write_text(found, "utf-8")
        return 0
    listed = LIST.read_text("utf-8")
    if found == listed:
        print(f"{found.count(chr(10))} lines, as listed")
        return 0
    old, new = set(listed.splitlines()), set(found.splitlines())
    print("\n".join([f"- {line}" for line in sorted(old - new)] + [f"+ {line}" for line in sorted(new - old)]))
    print("the public API is not as listed: `cargo doc --no-deps --all-features && python3 .ci/api.py`, and say why in the changelog")
    return 1


if __name__ == "__main__":
    sys.exit(main())
