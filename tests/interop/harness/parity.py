"""The rules through every engine: do all say the same of the same reports?"""

import subprocess

from .places import CACHE, CLIENTS

# Those of the conformance kit are among them.
REPORTS = 1200


# Reports with wrong figures whose repair an integer program answers too; it takes three minutes.
SLIPS = 520


def holds(places, thorough):
    """Prints the tables of the engines; whether none differs."""
    folder = CACHE / "work" / "parity"
    folder.mkdir(parents=True, exist_ok=True)
    programs = places.build_rust("ogi-report-parity", "slips", crate="parity")
    subprocess.run([programs / "ogi-report-parity", str(REPORTS), folder], check=True)
    asked = [("compare.py", folder)]
    if thorough:
        slips = folder / "slips.jsonl"
        with open(slips, "w", encoding="utf-8") as cases:
            subprocess.run([programs / "slips", str(SLIPS)], check=True, stdout=cases)
        asked.append(("milp.py", slips))
    print(flush=True)
    ran = [subprocess.run([places.parity, CLIENTS / "parity" / script, path]) for script, path in asked]
    return all(done.returncode == 0 for done in ran)
