"""The words of the interface: find them, keep the German beside them, check, compile.

English is the source and stands in the code. German stands in one file, written by hand. A second
file says in plain German (*Einfache Sprache*) what somebody meets who answers; all else falls back
to German. A small English file says in our words what a library says in others. Nothing here needs
gettext's own tools, which a bare machine does not have.

    messages.py update    bring the .po files up to date with the code
    messages.py check     fail when something is missing, unfinished or superfluous
    messages.py compile   write the .mo files the server reads
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "erdkreis"
GERMAN = PACKAGE / "web" / "locale" / "de" / "LC_MESSAGES" / "django.po"
EASY = PACKAGE / "web" / "locale" / "de_Easy" / "LC_MESSAGES" / "django.po"
ENGLISH = PACKAGE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
# The pages of whoever answers, votes or speaks. What stands on one of them needs its plain German.
# What they meet from files that speak with others as well stands in the plain file beside it, and
# stays there as long as the code says it.
PATH_OF_A_VOICE = re.compile(
    r"web/templates/web/(voice|_invented|_languages|_typed|_waiting|_time_left|base)\.html"
    r"|web/templates/web/errors/\w+\.html"
    r"|questionnaires/templates/questionnaires/(_buttons|_later|_progress|_promise|_saved|_scale|_slip"
    r"|already_begun|by_code|check|closed|code_unknown|door|question|resume|slip_refused"
    r"|slow_down|thanks|unknown_device|withdraw|withdrawn|paper_form)\.html"
    r"|questionnaires/templatetags/questionnaires\.py"
    r"|questionnaires/templates/questionnaires/by_invitation\.html"
    r"|dialogues/templates/dialogues/(_opinion_map|_promise|_leaving|_source|_telling|_votes|_ways"
    r"|closed|door|own_picture|resume|statements|unknown_device|vote|withdraw|withdrawn|write)\.html"
    r"|dialogues/(views/voter|opinion_groups)\.py"
    r"|conversations/templates/conversations/(_head|_news|_outcome|_phases|_rule|_said|come_in"
    r"|confirm|mail|off|one|talk|unknown_device)\.html"
    r"|conversations/(labels|speaking)\.py"
    r"|experiments/templates/experiments/(_groups|_overdue|_review|_said|_written|at_group)\.html"
    r"|pulse/templates/pulse/(_limits|_open|told|told_team)\.html|pulse/sentences\.py"
    r"|web/away\.py"
    r"|answerback/templates/answerback/(_answer|public)\.html"
    r"|answerback/letters\.py"
    r"|invitations/templates/invitations/stop\.html"
    r"|trust/templates/trust/_in_short\.html"
)
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
# What Django's templatize leaves of a template: calls among lines of X.
CALL = re.compile(
    r"""\b(?P<name>_|gettext|ngettext|pgettext)\(\s*(?P<arguments>(?:u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\s*,?\s*)+)""",
    re.DOTALL,
)
PLACEHOLDER = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


class Message(NamedTuple):
    """One text of the interface."""

    text: str
    plural: str = ""
    context: str = ""


def found() -> dict[Message, list[str]]:
    """Return every text in code and templates with the files that use it."""
    uses: dict[Message, list[str]] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        where = str(path.relative_to(PACKAGE))
        messages = _in_code(path) if path.suffix == ".py" else _in_template(path)
        for message in messages:
            uses.setdefault(message, [])
            if where not in uses[message]:
                uses[message].append(where)
    return uses


def _in_code(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known_as = _known_as(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        name = known_as.get(name or "", name)
        if message := _message(name or "", [text for text in texts if isinstance(text, str)]):
            yield message


def _known_as(tree: ast.AST) -> dict[str, str]:
    """Return the names under which a file imports what translates, with their own names."""
    return {
        name.asname: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.asname
    }


def _in_template(path: Path) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    for call in CALL.finditer(templatize(source, origin=str(path))):
        texts = ast.literal_eval(f"[{call['arguments']}]")
        if message := _message(call["name"], texts):
            yield message


def _message(name: str, texts: list[str]) -> Message | None:
    if name in PLAIN and texts:
        return Message(texts[0])
    if name in PLURAL and len(texts) > 1:
        return Message(texts[0], plural=texts[1])
    if name in CONTEXT and len(texts) > 1:
        return Message(texts[1], context=texts[0])
    return None


def said_to_a_voice(uses: dict[Message, list[str]]) -> dict[Message, list[str]]:
    """Return what somebody meets who answers."""
    written = {_key(entry) for entry in polib.pofile(str(EASY))}
    return {
        message: where
        for message, where in uses.items()
        if message in written or any(map(PATH_OF_A_VOICE.fullmatch, where))
    }


def update() -> int:
    """Add what is new, drop what is gone, keep what is written."""
    uses = found()
    _update(GERMAN, uses, "German")
    _update(EASY, said_to_a_voice(uses), "plain German")
    return 0


def _update(file: Path, uses: dict[Message, list[str]], language: str) -> None:
    po = polib.pofile(str(file))
    known = {_key(entry): entry for entry in po}
    kept = polib.POFile(wrapwidth=100)
    kept.metadata, kept.header = po.metadata, po.header
    for message, where in uses.items():
        entry = known.get(message) or _entry(message)
        entry.occurrences = [(used_in, "") for used_in in where]
        kept.append(entry)
    kept.save(str(file))
    print(f"{len(kept)} texts, {len(kept.untranslated_entries())} without {language}")


def check() -> int:
    """Say what is missing, unfinished or superfluous; 0 if nothing is."""
    uses = found()
    problems = [*_problems(GERMAN, uses, "German")]
    problems += _problems(EASY, said_to_a_voice(uses), "plain German")
    said_otherwise = {_key(entry) for entry in polib.pofile(str(ENGLISH))}
    problems += _problems(ENGLISH, {m: uses[m] for m in uses.keys() & said_otherwise}, "English")
    for problem in sorted(problems):
        print(problem)
    return 1 if problems else 0


def _problems(file: Path, uses: dict[Message, list[str]], language: str) -> Iterator[str]:
    known = {_key(entry): entry for entry in polib.pofile(str(file)) if not entry.obsolete}
    for missing in uses.keys() - known:
        yield f"not in the {language} file: {missing.text!r} ({uses[missing][0]})"
    for gone in known.keys() - uses:
        yield f"no longer used, in the {language} file: {gone.text!r}"
    for message, entry in known.items():
        if not entry.translated() or entry.fuzzy:
            yield f"no {language} yet: {message.text!r}"
        elif _placeholders(message) != _placeholders_of(entry):
            yield f"placeholders differ in {language}: {message.text!r}"


def compile_() -> int:
    """Write the .mo files if a .po file is newer. The plain one holds all German below its own."""
    _compile(GERMAN.with_suffix(".mo"), GERMAN)
    _compile(EASY.with_suffix(".mo"), GERMAN, EASY)
    _compile(ENGLISH.with_suffix(".mo"), ENGLISH)
    return 0


def _compile(target: Path, *sources: Path) -> None:
    newest = max(source.stat().st_mtime for source in sources)
    if target.exists() and target.stat().st_mtime >= newest:
        return
    said = {_key(entry): entry for source in sources for entry in polib.pofile(str(source))}
    whole = polib.POFile()
    whole.metadata = polib.pofile(str(sources[0])).metadata
    whole.extend(said.values())
    whole.save_as_mofile(str(target))


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def _entry(message: Message) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural = message.plural, {0: "", 1: ""}
    return entry


def _placeholders(message: Message) -> set[str]:
    return {a or b for a, b in PLACEHOLDER.findall(message.plural or message.text)}


def _placeholders_of(entry: polib.POEntry) -> set[str]:
    german = entry.msgstr_plural[1] if entry.msgid_plural else entry.msgstr
    return {a or b for a, b in PLACEHOLDER.findall(german)}


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    actions = {"update": update, "check": check, "compile": compile_}
    if len(sys.argv) != 2 or sys.argv[1] not in actions:  # noqa: PLR2004 - the command and its word
        sys.exit(__doc__)
    sys.exit(actions[sys.argv[1]]())
