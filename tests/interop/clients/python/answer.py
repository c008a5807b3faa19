"""How every client of this harness answers: one line of JSON for each file of the folder.

It has `file`, and either `error` or what was written back as `written` (a validator writes nothing back).
"""

import json
from pathlib import Path


def answer(folder, take):
    for path in sorted(Path(folder).iterdir()):
        line = {"file": path.name}
        try:
            written = take(path.read_text("utf-8"))
            if written is not None:
                line["written"] = written
        except ValueError as error:
            line["error"] = str(error)
        print(json.dumps(line))
