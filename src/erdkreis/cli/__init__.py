"""The command line. Each command is a module with ``add_arguments`` and ``run``.

Modules are imported only when their command is called: a calculation needs no database and
therefore starts no Django.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from erdkreis import __version__

# Name of the command: its module, and what it does.
COMMANDS = {
    "init": ("init", "make or update the database, and the first host"),
    "serve": ("serve", "run the web server, with a worker beside it"),
    "worker": ("worker", "do what is due beside the requests, until ended"),
    "analyse": ("analyse", "analyse dialogues in which enough people voted"),
    "demo": ("demo", "fill in one invented circle to look around in"),
    "calculate": ("calculate", "opinion map or balance from files, without a database"),
    "check": ("check", "try to break the promises of the house"),
    "bench": ("bench", "time the calculations on this machine"),
    "upkeep": ("upkeep", "delete what has reached its deletion date, send what is due"),
    "import": ("import_data", "read questions, answers, published conversations, or an archive"),
    "export": ("export_data", "write a circle, or everything, to one file"),
    "backup": ("backup", "copy everything, while the server runs"),
    "restore": ("restore", "put a backup in place"),
    "doctor": ("doctor", "see whether anything is amiss with this installation"),
    "make-operator": ("make_operator", "let somebody see the pages for those who run it"),
    "links": ("links", "see whether the addresses in the directory still answer"),
    "mail": ("mail", "send the mails that are due"),
    "bounces": ("bounces", "read mails that came back, and write to wrong addresses no more"),
}

USAGE_ERROR = 2


class Command(Protocol):
    """What the module of a command offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...
    def run(self, args: argparse.Namespace) -> int: ...


class InputError(Exception):
    """Input that cannot be read, said in one sentence with file and line."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 2 wrong use or input, 1 anything else."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="erdkreis", description="Erdkreis: all who are touched.")
    parser.add_argument("--version", action="version", version=f"erdkreis {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        if arguments[:1] == [name]:
            _command(module).add_arguments(command)
    parsed = parser.parse_args(arguments)
    try:
        return int(_command(COMMANDS[parsed.command][0]).run(parsed))
    except InputError as error:
        print(error, file=sys.stderr)
        return USAGE_ERROR
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return 130


def _command(module: str) -> Command:
    return cast("Command", import_module(f"erdkreis.cli.{module}"))
