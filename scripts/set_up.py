"""Set everything up below this folder: environment, dependencies, fonts, compiled messages.

Needs Python 3.11, pip or venv, and nothing else; no root. Doing it twice is quick. Only the
standard library is used here: this runs before anything is installed.

    set_up.py          what is needed to run
    set_up.py --dev    also what is needed to test
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS, VENV = ROOT / ".tools" / "uv", ROOT / ".venv"
UV = TOOLS / "bin" / "uv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
OLDEST_PYTHON = (3, 11)


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Erdkreis needs Python 3.11 or newer. Set PYTHON=… to one, and run make again.")
    wanted = "dev" if "--dev" in sys.argv else "run"
    if not _is_installed(wanted):
        _get_uv()
        _install(wanted)
    for step in ("scripts/front_end.py", "scripts/messages.py compile", "-m compileall -q src"):
        _run([str(PYTHON), *step.split()])


def _is_installed(wanted: str) -> bool:
    """Whoever has the requirements for testing has those for running as well."""
    if not STAMP.exists():
        return False
    known = STAMP.read_text(encoding="utf-8")
    return known in {_stamp(wanted), _stamp("dev")}


def _stamp(requirements: str) -> str:
    read = [ROOT / "requirements" / f"{requirements}.txt", ROOT / "pyproject.toml", Path(__file__)]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in read)).hexdigest()
    return f"{requirements} {sys.version_info[:2]} {ROOT} {digest}\n"


def _get_uv() -> None:
    if UV.exists():
        return
    print("Fetching the installer …", flush=True)
    install = ["install", "--quiet", "--require-hashes", "-r", "requirements/uv.txt"]
    if _works([sys.executable, "-m", "pip", "--version"]):
        _run([sys.executable, "-m", "pip", *install, "--target", str(TOOLS)])
        return
    helper = ROOT / ".tools" / "venv"
    if not _works([sys.executable, "-m", "venv", str(helper)]):
        sys.exit("Neither pip nor venv works here. On Debian: apt-get install python3-pip")
    _run([str(helper / "bin" / "pip"), *install])
    UV.parent.mkdir(parents=True, exist_ok=True)
    UV.symlink_to(helper / "bin" / "uv")


def _install(wanted: str) -> None:
    print("Installing what Erdkreis needs …", flush=True)
    if not PYTHON.exists():
        _run([str(UV), "venv", "--quiet", "--python", sys.executable, str(VENV)])
    # Compiled once, here: a service may not write beside its program, and would compile all of it
    # at each start.
    sync = ["sync", "--quiet", "--compile-bytecode", "--require-hashes"]
    _run([str(UV), "pip", *sync, f"requirements/{wanted}.txt"])
    _run([str(UV), "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", "."])
    STAMP.write_text(_stamp(wanted), encoding="utf-8")


def _works(command: list[str]) -> bool:
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def _run(command: list[str]) -> None:
    # Never fetch another Python, never touch an environment that happens to be active.
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        sys.exit(f"This did not work: {' '.join(command)}")


if __name__ == "__main__":
    main()
