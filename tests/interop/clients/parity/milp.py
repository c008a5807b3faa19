#!/usr/bin/env python3
"""Holds the sets of cells that the crate proposes against an integer program: milp.py CASES, as written by `slips`.

Fewest changed cells so that all equations hold: x the new counts, y whether a cell changes, |x - printed| <= M y; a blank
cell is any count, and no change. The program is asked how many cells it takes; whether each proposed set does, and has as
many; and, with these sets forbidden, whether there is another of that size.
"""
import json
import multiprocessing
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, hstack


class Program:
    def __init__(self, case):
        self.paths = list(case["counts"])
        index = {path: number for number, path in enumerate(self.paths)}
        self.known = [number for number, path in enumerate(self.paths) if case["counts"][path] is not None]
        printed = np.array([case["counts"][path] or 0 for path in self.paths], dtype=float)
        size, changes = len(self.paths), len(self.known)
        rows = np.zeros((len(case["equations"]), size + changes))
        for number, equation in enumerate(case["equations"]):
            for side, sign in (("left", 1), ("right", -1)):
                for path in equation[side]:
                    rows[number, index[path]] = sign
        # The coefficients are 1 and -1: no smallest set changes a cell, and no blank need be filled in, by more than the
        # equations are off in all, the blanks taken for 0.
        reach = float(np.abs(rows[:, :size] @ printed).sum())
        same = csr_matrix((np.ones(changes), (range(changes), self.known)), shape=(changes, size))
        self.constraints = [
            LinearConstraint(csr_matrix(rows), 0, 0),
            LinearConstraint(hstack([same, -reach * eye(changes)]).tocsr(), -np.inf, printed[self.known]),
            LinearConstraint(hstack([same, reach * eye(changes)]).tocsr(), printed[self.known], np.inf),
        ]
        self.cost = np.concatenate([np.zeros(size), np.ones(changes)])
        self.most = printed + reach

    def changes(self, cells):
        """Which y stand for these cells."""
        return np.array([self.paths[number] in cells for number in self.known], dtype=float)

    def fewest(self, among=None, but=()):
        """The smallest set that mends the table, of these cells only, none of those sets."""
        size, changes = len(self.paths), len(self.known)
        allowed = np.ones(changes) if among is None else self.changes(among)
        constraints = list(self.constraints)
        if but:
            cuts = np.array([np.concatenate([np.zeros(size), self.changes(cells)]) for cells in but])
            constraints.append(LinearConstraint(csr_matrix(cuts), -np.inf, cuts.sum(axis=1) - 1))
        bounds = Bounds(0, np.concatenate([self.most, allowed]))
        answer = milp(self.cost, constraints=constraints, bounds=bounds, integrality=np.ones(size + changes))
        if answer.x is None:
            return None
        return [self.paths[number] for number, y in zip(self.known, answer.x[size:]) if y > 0.5]


def differences(case):
    """The size of the smallest sets, and how the proposed ones differ from them."""
    program, sets = Program(case), case["sets"]
    least = program.fewest()
    if not least:
        return 0, ["%s is no mend: nothing is wrong" % cells for cells in sets]
    found = ["a set of %d cells: %s" % (len(least), least)] if not sets else []
    found += ["%s is proposed twice" % cells for number, cells in enumerate(sets) if cells in sets[:number]]
    for cells in sets:
        mend = program.fewest(among=cells)
        if len(cells) != len(least) or mend is None or len(mend) != len(cells):
            found.append("%s is no smallest mend" % cells)
    # A search that was cut off may have missed some.
    another = program.fewest(but=sets) if sets and case["complete"] else None
    if another is not None and len(another) == len(least):
        found.append("not proposed: %s" % another)
    return len(least), found


def main(path):
    cases = [json.loads(line) for line in open(path, encoding="utf-8")]
    sizes, wrong = {}, 0
    with multiprocessing.Pool() as pool:
        for number, (least, found) in enumerate(pool.imap(differences, cases)):
            sizes[least] = sizes.get(least, 0) + 1
            wrong += bool(found)
            for difference in found:
                print("case %d: %s" % (number, difference))
    blank = sum(None in case["counts"].values() for case in cases)
    cut = sum(not case["complete"] for case in cases)
    print("| engine | cases | with blanks | smallest sets of 0, 1, 2, 3 cells | cut off | differ |\n|---|---|---|---|---|---|")
    counts = ", ".join(str(sizes.get(size, 0)) for size in range(4))
    print("| integer program, HiGHS | %d | %d | %s | %d | %d |" % (len(cases), blank, counts, cut, wrong))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
