"""Start a PostgreSQL of one's own, run a command with its DATABASE_URL, and take it down again.

    with_postgres.py .venv/bin/python -m pytest -n 2

The cluster lies in a temporary folder, listens on this machine alone, and leaves nothing behind. As
root on Debian or Ubuntu a missing server is installed; elsewhere one command is named. A missing
server is a failure: tests that are skipped in silence protect nobody.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from debian import install_as_root

NAME = "erdkreis"
# Nothing here has to outlive a power cut.
OPTIONS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "max_connections": "200", "listen_addresses": "127.0.0.1",
}  # fmt: skip


def main() -> int:
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    with postgres() as url:
        environment = os.environ | {"DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


@contextmanager
def postgres(options: dict[str, str] = OPTIONS) -> Iterator[str]:
    """Run a new cluster for as long as this lasts; give the address of its database."""
    programs, owner = _programs(), _owner()
    with TemporaryDirectory(prefix="erdkreis-postgres-") as folder:
        if owner:
            shutil.chown(folder, owner)
        data, port = f"{folder}/data", _free_port()
        settings = " ".join(f"-c {name}={value}" for name, value in options.items())
        initdb = ["initdb", "-D", data, "-U", NAME, "-A", "trust", "-E", "UTF8", "--no-sync"]
        server = ["-D", data, "-w", "-l", f"{folder}/log"]
        started_with = ["-o", f"-p {port} -k {folder} {settings}"]
        _run(programs, owner, folder, [*initdb, "--locale=C.UTF-8"])
        _run(programs, owner, folder, ["pg_ctl", "start", *server, *started_with])
        try:
            _run(
                programs,
                owner,
                folder,
                ["createdb", "-h", folder, "-p", str(port), "-U", NAME, NAME],
            )
            yield f"postgres://{NAME}@127.0.0.1:{port}/{NAME}"
        finally:
            _run(programs, owner, folder, ["pg_ctl", "stop", *server, "-m", "immediate"])


def found() -> Path | None:
    """Return the folder of the server's programs, which Debian keeps off the path."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    places = [
        *Path("/usr/lib/postgresql").glob("*/bin"),
        *Path("/opt/homebrew/opt").glob("postgresql*/bin"),
    ]
    complete = [place for place in places if (place / "initdb").exists()]
    return max(complete, default=None)


def _programs() -> Path:
    if not found():
        install_as_root("postgresql", "PostgreSQL")
    if programs := found():
        return programs
    sys.exit(
        "These tests need a PostgreSQL server, and there is none. Install it with one of\n"
        "  sudo apt-get install postgresql\n"
        "  brew install postgresql"
    )


def _owner() -> str | None:
    """Return who runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(programs: Path, owner: str | None, folder: str, command: list[str]) -> None:
    done = subprocess.run(
        [str(programs / command[0]), *command[1:]],
        user=owner, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"PostgreSQL did not do “{command[0]}”:\n{done.stderr or done.stdout}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
