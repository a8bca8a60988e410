"""Install what a test needs on a Debian or Ubuntu where nobody minds: as root."""

import os
import shutil
import subprocess
import sys


def install_as_root(package: str, what: str) -> None:
    """Install a package as root; do nothing elsewhere, where the caller names one command."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {what} for the tests …", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
