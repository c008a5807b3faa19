"""Where things are: the clients, the cache, and what is installed in it."""

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from .shell import Failed, NotRun, run

INTEROP = Path(__file__).resolve().parent.parent
REPOSITORY = INTEROP.parent.parent
CLIENTS = INTEROP / "clients"
CACHE = Path(os.environ.get("OGI_INTEROP_CACHE") or INTEROP / ".cache").resolve()


class Places:
    """Installs what a tool needs when it is first asked for."""

    def install(self, names):
        """Installs side by side; returns what went wrong, by name."""

        def attempt(name):
            try:
                getattr(self, name)
            except (Failed, NotRun, OSError) as error:
                return error

        with ThreadPoolExecutor(4) as pool:
            return {name: error for name, error in zip(names, pool.map(attempt, names)) if error}

    @cached_property
    def python(self):
        return self._environment("python")

    @cached_property
    def parity(self):
        """The interpreter with the engines of the rules."""
        return self._environment("parity")

    @cached_property
    def openapi_generator(self):
        """The jar of openapi-generator; Jackson is in it too."""
        environment = self._environment("java").parent.parent
        return next(environment.glob("lib/python*/site-packages/openapi_generator_cli/openapi-generator.jar"))

    @staticmethod
    def _environment(name):
        """The interpreter of a virtual environment with `clients/<name>/requirements.txt`."""
        folder = CACHE / f"venv-{name}"
        wanted = CLIENTS / name / "requirements.txt"
        installed = folder / "requirements.txt"
        if not (installed.exists() and installed.read_text() == wanted.read_text()):
            shutil.rmtree(folder, ignore_errors=True)
            run("venv", sys.executable, "-m", "venv", folder)
            quiet = ("--quiet", "--disable-pip-version-check")
            run("pip", folder / "bin/pip", "install", *quiet, "-r", wanted)
            shutil.copy(wanted, installed)
        return folder / "bin" / "python"

    @cached_property
    def npm(self):
        """A folder with `node_modules` and the clients that look for them there."""
        folder = CACHE / "npm"
        folder.mkdir(parents=True, exist_ok=True)
        lock = "package-lock.json"
        current = folder / lock
        fresh = current.exists() and current.read_bytes() == (CLIENTS / "npm" / lock).read_bytes()
        for path in (CLIENTS / "npm").iterdir():
            if path.is_file() and path.name != lock:
                shutil.copy(path, folder)
        if not (fresh and (folder / "node_modules").exists()):
            current.unlink(missing_ok=True)
            text = (CLIENTS / "npm" / lock).read_text()
            (folder / lock).write_text(text)
            try:
                chatter = lambda line: line.startswith("added ")
                run("npm", "npm", "ci", "--no-audit", "--no-fund", folder=folder, chatter=chatter)
            except BaseException:
                current.unlink(missing_ok=True)
                raise
        return folder

    def npm_tool(self, name):
        return self.npm / "node_modules" / ".bin" / name

    @cached_property
    def rust(self):
        """The folder of the fixture writer and the validator."""
        return self.build_rust("fixtures", "validator")

    @staticmethod
    def build_rust(*programs, crate="rust", **variables):
        target = Path(os.environ.get("CARGO_TARGET_DIR") or CACHE / "target").resolve()
        manifest = CLIENTS / crate / "Cargo.toml"
        settings = {"CARGO_TARGET_DIR": str(target), "CARGO_TERM_COLOR": "never", **variables}
        chosen = [word for program in programs for word in ("--bin", program)]
        run("cargo", "cargo", "build", "--quiet", "--locked", "--manifest-path", manifest, *chosen, **settings)
        return target / "debug"

    @cached_property
    def javac(self):
        return self._program("javac")

    @cached_property
    def go(self):
        """Go; where it is absent and the user may, it is installed from the Debian package."""
        if not shutil.which("go") and shutil.which("apt-get") and os.geteuid() == 0:
            quiet = {"DEBIAN_FRONTEND": "noninteractive"}
            chatter = lambda line: True
            arguments = ("--no-install-recommends", "golang-go")
            try:
                run("apt-get", "apt-get", "-qq", "update", chatter=chatter, **quiet)
                run("apt-get", "apt-get", "-qq", "install", "-y", *arguments, chatter=chatter, **quiet)
            except Failed as error:
                raise NotRun(f"apt could not install Go: {error}") from error
        return self._program("go")

    @staticmethod
    def _program(name):
        if path := shutil.which(name):
            return path
        raise NotRun(f"there is no {name} on this machine")
