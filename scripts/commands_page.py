"""Write docs/commands.md from the command line itself, so that it names every option."""

import argparse
from importlib import import_module
from pathlib import Path

from erdkreis.cli import COMMANDS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
HEAD = """# Commands

`.venv/bin/erdkreis COMMAND`, or `python -m erdkreis COMMAND`. This page is made by
`python scripts/commands_page.py` from what the commands themselves say with `--help`.

Each ends with 0 if all went well, with 2 if it was called wrongly or could not read its input (one
sentence says what, with file and line), with 1 otherwise. Long work shows a bar on a terminal.
`--json FILE` writes JSON; `-` is standard output.
"""


def commands_page() -> str:
    """Return the page, one chapter a command."""
    chapters = [HEAD]
    for name, (module, purpose) in COMMANDS.items():
        parser = argparse.ArgumentParser(prog=f"erdkreis {name}", description=purpose)
        import_module(f"erdkreis.cli.{module}").add_arguments(parser)
        chapters.append(f"## erdkreis {name}\n\n{_sentence(purpose)}\n")
        chapters += _options(parser)
        chapters += _below(parser, "###")
    return "\n".join(chapters)


def _below(parser: argparse.ArgumentParser, level: str) -> list[str]:
    found = []
    for action in parser._actions:  # noqa: SLF001 - argparse tells it nowhere else
        if not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            continue
        for name, below in action.choices.items():
            about = (below.description or "").strip() or _help_of(action, name)
            found.append(f"{level} {below.prog}\n\n{_sentence(about)}\n")
            found += _options(below)
            found += _below(below, f"{level}#")
    return found


def _help_of(action: argparse.Action, name: str) -> str:
    listed = action._choices_actions  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    return next((str(one.help) for one in listed if one.dest == name), "")


def _options(parser: argparse.ArgumentParser) -> list[str]:
    rows = [
        f"| `{_called(action)}` | {_meaning(action, parser)} |"
        for action in parser._actions  # noqa: SLF001 - as above
        if not isinstance(action, (argparse._SubParsersAction, argparse._HelpAction))  # noqa: SLF001 - as above
    ]
    return ["| option | meaning |\n|---|---|\n" + "\n".join(rows) + "\n"] if rows else []


def _called(action: argparse.Action) -> str:
    what = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.choices:
        what = "{" + ",".join(map(str, action.choices)) + "}"
    if not action.option_strings:
        return what
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {what}"


def _meaning(action: argparse.Action, parser: argparse.ArgumentParser) -> str:
    if not action.help:
        raise SystemExit(f"{parser.prog}: nobody says what {_called(action)} does.")
    told = action.help % {"default": action.default, "prog": parser.prog}
    return " ".join(told.split()).replace("|", "\\|")


def _sentence(text: str) -> str:
    paragraphs = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    first = paragraphs[0][:1].upper() + paragraphs[0][1:]
    first = first if first.endswith((".", ":", "?", "!")) else first + "."
    return "\n\n".join([first, *paragraphs[1:]]).replace("<", "&lt;").replace("*", "\\*")


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
