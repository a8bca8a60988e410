"""Read the structure of a LimeSurvey survey (.lss): what is asked, in which languages.

Older files carry the words in the rows of questions and answers, one row a language; newer ones
(from DBVersion 400 or so) in tables of their own, ``question_l10ns`` and ``answer_l10ns``. Both are
read. The file comes from a stranger's computer: it may define nothing, and it may not be endless.
"""

import html
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from erdkreis.web.text import clean_text

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 100_000
LANGUAGES = ("de", "en")

Row = dict[str, str]
Words = dict[str, str]  # by language


class SurveyError(Exception):
    """A survey that cannot be read, said in a sentence for people."""


@dataclass
class Choice:
    """One answer that can be chosen, or one line of a matrix."""

    code: str
    words: Words = field(default_factory=dict)
    order: int = 0
    scale: str = "0"


@dataclass
class LimeQuestion:
    """One question as LimeSurvey stores it."""

    code: str
    kind: str
    words: Words
    group: str
    is_mandatory: bool
    has_other: bool
    condition: str
    lines: list[Choice] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


@dataclass
class Survey:
    """A whole survey, in the order in which it is asked."""

    title: Words
    languages: tuple[str, ...]
    questions: list[LimeQuestion]
    version: str
    n_groups: int
    n_conditions: int
    n_quotas: int
    n_assessments: int
    has_pictures: bool


def read_survey(data: bytes) -> Survey:
    """Return what a .lss file asks; nothing is interpreted yet."""
    root = _parsed(data)
    rows = {table.tag: _rows(table) for table in root}
    if sum(map(len, rows.values())) > MOST_ROWS:
        raise SurveyError(_("This survey is too large to be one. Nothing was read."))
    kind = (root.findtext("LimeSurveyDocType") or "").strip()
    if root.tag != "document" or kind not in ("", "Survey") or "questions" not in rows:
        raise SurveyError(
            _(
                "This is no LimeSurvey survey (.lss). In LimeSurvey, choose Export, Survey "
                "structure."
            )
        )
    languages = tuple(
        language.text.strip()
        for language in root.iterfind("languages/language")
        if language.text and language.text.strip()
    )
    questions = _questions(rows, languages)
    if not questions:
        raise SurveyError(_("There is not a single question in this file. Nothing was read."))
    return Survey(
        title=_titles(rows),
        languages=languages or tuple(sorted({key for q in questions for key in q.words})),
        questions=questions,
        version=(root.findtext("DBVersion") or "").strip(),
        n_groups=len({row.get("gid") for row in rows.get("groups", ())}),
        n_conditions=len(rows.get("conditions", ())),
        n_quotas=len(rows.get("quota", ())),
        n_assessments=len(rows.get("assessments", ())),
        has_pictures=b"&lt;img" in data or b"<img" in data,
    )


def plain(words: str) -> str:
    """Return the words of a text that may hold HTML; pictures and scripts are lost."""
    text = re.sub(r"(?is)<(script|style)\b.*?</\1\s*>", " ", words)
    text = re.sub(r"(?i)<(br|/p|/div|/li)\b[^>]*>", "\n", text)
    text = html.unescape(re.sub(r"<[^>]*>", "", text))
    lines = (" ".join(line.split()) for line in clean_text(text).splitlines())
    return "\n".join(line for line in lines if line)


def _parsed(data: bytes) -> Element:
    if len(data) > LARGEST_FILE:
        raise SurveyError(_("This file is larger than 10 MB. A survey is smaller."))
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        line = error.position[0]
        raise SurveyError(
            _("This is not valid XML: line %(line)d cannot be read. Nothing was read.")
            % {"line": line}
        ) from error
    except (DefusedXmlException, ValueError, LookupError) as error:
        raise SurveyError(_("This file holds what no survey needs. Nothing was read.")) from error
    return root


def _rows(table: Element) -> list[Row]:
    return [
        {cell.tag: (cell.text or "").strip() for cell in row} for row in table.iterfind("rows/row")
    ]


def _titles(rows: dict[str, list[Row]]) -> Words:
    return {
        row.get("surveyls_language", ""): plain(row.get("surveyls_title", ""))
        for row in rows.get("surveys_languagesettings", ())
    }


def _questions(rows: dict[str, list[Row]], languages: tuple[str, ...]) -> list[LimeQuestion]:
    """Return the questions in the order of their groups, each with its lines and choices."""
    order = {
        row.get("gid", ""): _number(row.get("group_order", "")) for row in rows.get("groups", ())
    }
    named = _group_names(rows)
    words = _words_of(rows, "question_l10ns", "qid", "question")
    first = languages[0] if languages else ""
    found: dict[str, LimeQuestion] = {}
    places: dict[str, tuple[int, int]] = {}
    conditions = {row.get("qid") for row in rows.get("conditions", ())}
    for row in rows["questions"]:
        key = row.get("qid", "")
        if row.get("parent_qid", "0") not in ("", "0"):
            continue
        if key not in found:
            relevance = row.get("relevance", "")
            found[key] = LimeQuestion(
                code=row.get("title", "") or key,
                kind=row.get("type", ""),
                words=dict(words.get(key, {})),
                group=named.get(row.get("gid", ""), ""),
                is_mandatory=row.get("mandatory", "N") in ("Y", "S"),
                has_other=row.get("other", "N") == "Y",
                condition=relevance if relevance not in ("", "1") else _from(key, conditions),
            )
            places[key] = (order.get(row.get("gid", ""), 0), _number(row.get("question_order", "")))
        if row.get("question"):
            found[key].words[row.get("language") or first] = plain(row["question"])
    _add_lines(rows, found, words, first)
    _add_choices(rows, found, first)
    return [found[key] for key in sorted(found, key=lambda key: places[key])]


def _from(key: str, conditions: set[str | None]) -> str:
    return "conditions" if key in conditions else ""


def _add_lines(
    rows: dict[str, list[Row]], found: dict[str, LimeQuestion], words: dict[str, Words], first: str
) -> None:
    inside = [r for r in rows["questions"] if r.get("parent_qid", "0") not in ("", "0")]
    lines: dict[str, Choice] = {}
    for row in [*rows.get("subquestions", ()), *inside]:
        key, parent = row.get("qid", ""), found.get(row.get("parent_qid", ""))
        if parent is None:
            continue
        if key not in lines:
            lines[key] = Choice(
                row.get("title", ""),
                dict(words.get(key, {})),
                _number(row.get("question_order", "")),
                row.get("scale_id", "0") or "0",
            )
            parent.lines.append(lines[key])
        if row.get("question"):
            lines[key].words[row.get("language") or first] = plain(row["question"])
    for question in found.values():
        question.lines.sort(key=lambda line: line.order)


def _add_choices(rows: dict[str, list[Row]], found: dict[str, LimeQuestion], first: str) -> None:
    by_number = _words_of(rows, "answer_l10ns", "aid", "answer")
    choices: dict[tuple[str, str, str], Choice] = {}
    # Some newer files keep code and words together in answer_l10ns.
    for row in [*rows.get("answers", ()), *rows.get("answer_l10ns", ())]:
        question = found.get(row.get("qid", ""))
        if question is None or "code" not in row:
            continue
        key = (row["qid"], row["code"], row.get("scale_id", "0") or "0")
        if key not in choices:
            order = _number(row.get("sortorder", ""))
            known = dict(by_number.get(row.get("aid", ""), {}))
            choices[key] = Choice(row["code"], known, order, key[2])
            question.choices.append(choices[key])
        if row.get("answer"):
            choices[key].words[row.get("language") or first] = plain(row["answer"])
    for question in found.values():
        question.choices.sort(key=lambda choice: choice.order)


def _words_of(rows: dict[str, list[Row]], table: str, key: str, column: str) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for row in rows.get(table, ()):
        if row.get(column):
            found.setdefault(row.get(key, ""), {})[row.get("language", "")] = plain(row[column])
    return found


def _group_names(rows: dict[str, list[Row]]) -> dict[str, str]:
    named = {}
    for table in ("groups", "group_l10ns"):
        for row in rows.get(table, ()):
            if row.get("group_name"):
                named[row.get("gid", "")] = plain(row["group_name"])
    return named


def _number(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
