#!/usr/bin/env python3
"""The measure for `cargo bench --manifest-path benches/Cargo.toml --bench html`, which writes the page and names it: what
lxml takes to parse a page and lay out the cells of its tables, in µs.

    python3 -m venv venv && venv/bin/pip install lxml
    venv/bin/python benches/lxml_grid.py benches/target/tmp/report.html
"""

import sys
import time

from lxml import html


def grids(page):
    """The cells of each table: where each stands in the grid, and its text."""
    tables = []
    for table in html.document_fromstring(page).iter("table"):
        cells = []
        covered = {}  # by column: the first row that no cell from above reaches
        for number, row in enumerate(table.iter("tr")):
            column = 0
            for cell in row.iter("td", "th"):
                while covered.get(column, 0) > number:
                    column += 1
                across = int(cell.get("colspan", 1))
                down = int(cell.get("rowspan", 1))
                for covers in range(column, column + across):
                    covered[covers] = number + down
                cells.append((number, column, cell.text_content().strip()))
                column += across
        tables.append(cells)
    return tables


def main():
    with open(sys.argv[1], "rb") as file:
        page = file.read().decode()
    figures = sum(text.isdigit() for table in grids(page) for _, _, text in table)
    assert figures == 200, figures
    times = []
    for _ in range(500):
        begun = time.perf_counter()
        grids(page)
        times.append(time.perf_counter() - begun)
    times.sort()
    print(f"median {times[250] * 1e6:.0f} µs, least {times[0] * 1e6:.0f} µs")


main()
