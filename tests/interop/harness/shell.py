"""Running commands, with all that they say kept."""

import os
import subprocess
import threading
from collections import Counter


class Failed(Exception):
    """A command that did not end well; the text is all it said."""


class NotRun(Exception):
    """What a tool needs is not there; the text says what."""


class Notes:
    """What tools print besides their answers: warnings, deprecations. Each text is shown once, with how often it came."""

    def __init__(self):
        self._lock = threading.Lock()
        self._texts = Counter()

    def add(self, who, text):
        if text := text.strip():
            with self._lock:
                self._texts[who, text] += 1

    def show(self):
        for (who, text), times in sorted(self._texts.items()):
            yield f"{who} ({times} times)" if times > 1 else who, text


NOTES = Notes()


def run(who, *command, folder=None, chatter=lambda line: False, answers=False, allowed=(0,), **variables):
    """Runs a command and returns its standard output.

    All else it prints becomes a note, but for lines that are `chatter`. `answers`: the standard output is an answer, no
    note.
    """
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    said = done.stderr if answers else done.stdout + done.stderr
    said = "\n".join(line for line in said.splitlines() if line.strip() and not chatter(line))
    if done.returncode not in allowed:
        raise Failed(f"{' '.join(str(word) for word in command)[:300]}\nexit code {done.returncode}\n{said}".strip())
    if folder:
        said = said.replace(str(folder), ".")
    NOTES.add(who, said)
    return done.stdout
