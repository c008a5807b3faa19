"""The rules through every engine: do all say the same of the same reports?"""

import subprocess

from .places import CACHE, CLIENTS

# Those of the conformance kit are among them.
REPORTS = 1200


def holds(places):
    """Prints the table of the engines; whether none differs."""
    folder = CACHE / "work" / "parity"
    folder.mkdir(parents=True, exist_ok=True)
    program = places.build_rust("ogi-report-parity", crate="parity") / "ogi-report-parity"
    subprocess.run([program, str(REPORTS), folder], check=True)
    print(flush=True)
    return subprocess.run([places.parity, CLIENTS / "parity" / "compare.py", folder]).returncode == 0
