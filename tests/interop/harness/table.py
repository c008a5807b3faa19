"""What the answers are worth, and the table of it."""

import json
from collections import Counter
from dataclasses import dataclass, field

from .fixtures import CONSTRUCTS, difference, normal

RED, GREEN, NOT_RUN = "RED", "green", "NOT RUN"
RIGHT = "right instances"


@dataclass
class Row:
    """A tool over one document: by column what was as it should be, of how many, and whether that is asked for."""

    tool: str
    form: str
    document: str
    verdict: str = GREEN
    good: Counter = field(default_factory=Counter)
    all: Counter = field(default_factory=Counter)
    claims: frozenset = frozenset()
    messages: list = field(default_factory=list)

    def red(self, message):
        self.verdict = RED
        self.messages.append(message)

    def judge(self, fixtures, lines, claims, writes):
        """Holds the answers against the fixtures."""
        self.claims = claims | {RIGHT}
        answers = {answer["file"]: answer for answer in map(json.loads, lines.splitlines())}
        for path in sorted(fixtures.iterdir()):
            kind, rest = path.stem.split(".", 1)
            column = RIGHT if kind == "right" else rest.split(".")[0].replace("-", " ")
            fault = fault_of(kind, path, answers.get(path.name), writes)
            self.all[column] += 1
            self.good[column] += fault is None
            if fault and column in self.claims:
                self.red(f"{path.name}: {fault}")

    def cells(self):
        for column in (RIGHT, *CONSTRUCTS):
            good, of = self.good[column], self.all[column]
            if not of:
                yield "", ""
            elif column not in self.claims:
                yield "unclaimed", f"({good}/{of})"
            else:
                yield ("ok" if good == of else RED), f"{'ok' if good == of else RED} {good}/{of}"

    def likeness(self):
        """Rows with the same likeness become one row of the table."""
        return self.tool, self.form, self.verdict, *(state for state, _ in self.cells())


def fault_of(kind, path, answer, writes):
    """What is wrong with an answer."""
    if answer is None:
        return "no answer"
    if kind == "wrong":
        return None if "error" in answer else "is not refused"
    if "error" in answer:
        return answer["error"]
    if not writes:
        return None
    try:
        return difference(normal(answer["written"]), normal(path.read_text("utf-8")))
    except (KeyError, ValueError) as error:
        return f"wrote back no JSON: {error}"


def merged(rows):
    groups = {}
    for row in rows:
        groups.setdefault(row.likeness(), []).append(row)
    for group in groups.values():
        first = group[0]
        documents = ", ".join(row.document for row in group)
        sums = [sum((getattr(row, name) for row in group), Counter()) for name in ("good", "all")]
        yield Row(first.tool, first.form, documents, first.verdict, *sums, first.claims)


def show(rows):
    """The table, as Markdown."""
    every = {row.document for row in rows}
    yield f"| tool | schemas | document | {RIGHT} | {' | '.join(CONSTRUCTS)} | verdict |"
    yield "|" + "---|" * (len(CONSTRUCTS) + 5)
    for row in merged(rows):
        whole = len(every) > 1 and set(row.document.split(", ")) == every
        document = f"all {len(every)}" if whole else row.document
        yield f"| {row.tool} | {row.form} | {document} | {' | '.join(text for _, text in row.cells())} | {row.verdict} |"
