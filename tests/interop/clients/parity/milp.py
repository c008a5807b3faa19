#!/usr/bin/env python3
"""Holds the sets of cells that the crate proposes against an integer program: milp.py CASES, as written by `slips`.

Fewest changed cells so that all equations hold: x the new counts, y whether a cell changes, |x - printed| <= M y. Every
smallest set is found: each one is forbidden before the next is asked for.
"""
import json
import multiprocessing
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, eye, hstack


def smallest_sets(case, most=60):
    paths = list(case["counts"])
    index = {path: number for number, path in enumerate(paths)}
    printed = np.array([case["counts"][path] for path in paths], dtype=float)
    size = len(paths)
    rows = np.zeros((len(case["equations"]), 2 * size))
    for number, equation in enumerate(case["equations"]):
        for side, sign in (("left", 1), ("right", -1)):
            for path in equation[side]:
                rows[number, index[path]] = sign
    # The coefficients are 1 and -1: no smallest set changes a cell by more than the equations are off in all.
    reach = float(np.abs(rows[:, :size] @ printed).sum())
    same = eye(size)
    constraints = [
        LinearConstraint(csr_matrix(rows), 0, 0),
        LinearConstraint(hstack([same, -reach * same]).tocsr(), -np.inf, printed),
        LinearConstraint(hstack([same, reach * same]).tocsr(), printed, np.inf),
    ]
    cost = np.concatenate([np.zeros(size), np.ones(size)])
    bounds = Bounds(0, np.concatenate([printed + reach, np.ones(size)]))
    found, least = set(), None
    while len(found) < most:
        answer = milp(cost, constraints=constraints, bounds=bounds, integrality=np.ones(2 * size))
        if answer.x is None:
            break
        changed = [number for number in range(size) if answer.x[size + number] > 0.5]
        if least is not None and len(changed) > least:
            break
        least = len(changed)
        found.add(tuple(sorted(paths[number] for number in changed)))
        if not changed:
            break
        cut = np.zeros(2 * size)
        cut[[size + number for number in changed]] = 1
        constraints.append(LinearConstraint(cut.reshape(1, -1), -np.inf, len(changed) - 1))
    return found, least or 0


def main(path):
    cases = [json.loads(line) for line in open(path, encoding="utf-8")]
    wrong, sizes = 0, {}
    with multiprocessing.Pool() as pool:
        answers = pool.map(smallest_sets, cases, chunksize=4)
    for number, (case, (expected, least)) in enumerate(zip(cases, answers)):
        proposed = {tuple(sorted(cells)) for cells in case["sets"]}
        expected.discard(())
        sizes[least] = sizes.get(least, 0) + 1
        if expected != proposed:
            wrong += 1
            print("case %d: only the program: %s; only the crate: %s" % (number, expected - proposed, proposed - expected))
    print("| engine | cases | smallest sets of 0, 1, 2, 3 cells | differ |\n|---|---|---|---|")
    print("| integer program, HiGHS | %d | %s | %d |" % (len(cases), ", ".join(str(sizes.get(n, 0)) for n in range(4)), wrong))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
