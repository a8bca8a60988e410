"""A LimeSurvey survey → questions as Erdkreis asks them, and a report of what has no counterpart.

Erdkreis rates sentences on five steps, with “I don't know” on every one, and asks openly. Nothing
is bent to fit: a list with four answers, a ranking, a date are named in the report instead.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from erdkreis.imports.limesurvey import LANGUAGES, Choice, LimeQuestion, Survey, Words
from erdkreis.web.languages import EASY

N_STEPS = 5
MOST_RATED, MOST_OPEN = 30, 15
LONGEST_TITLE, LONGEST_SENTENCE = 60, 300
AGREE = "agree"

# What LimeSurvey calls its kinds of questions.
KINDS: dict[str, str | Promise] = {
    "L": gettext_lazy("list"),
    "!": gettext_lazy("drop-down list"),
    "5": gettext_lazy("five points"),
    "A": gettext_lazy("matrix of five points"),
    "B": gettext_lazy("matrix of ten points"),
    "C": gettext_lazy("matrix of yes, no, uncertain"),
    "E": gettext_lazy("matrix of more, same, less"),
    "F": gettext_lazy("matrix"),
    "H": gettext_lazy("matrix by columns"),
    "1": gettext_lazy("matrix of two scales"),
    ":": gettext_lazy("matrix of numbers"),
    ";": gettext_lazy("matrix of texts"),
    "M": gettext_lazy("several answers"),
    "P": gettext_lazy("several answers with comments"),
    "O": gettext_lazy("list with comment"),
    "R": gettext_lazy("ranking"),
    "N": gettext_lazy("number"),
    "K": gettext_lazy("several numbers"),
    "S": gettext_lazy("short text"),
    "T": gettext_lazy("long text"),
    "U": gettext_lazy("very long text"),
    "Q": gettext_lazy("several short texts"),
    "Y": gettext_lazy("yes or no"),
    "G": gettext_lazy("gender"),
    "D": gettext_lazy("date"),
    "X": gettext_lazy("text without a question"),
    "I": gettext_lazy("choice of language"),
    "|": gettext_lazy("file upload"),
    "*": gettext_lazy("equation"),
}
# Of choices that say nobody chose: asked on every item here, so no step of a scale.
NO_ANSWER = re.compile(
    r"^\W*(don.?t know|no answer|not applicable|cannot say|can.?t say|no opinion|n/?a|k\.? ?a\.?"
    r"|wei(ß|ss) (ich )?nicht|keine (angabe|antwort|meinung)|kann ich nicht (sagen|beurteilen)"
    r"|trifft auf mich nicht zu|nicht zutreffend)\W*$",
    re.IGNORECASE,
)
# Words with which the highest step of a scale begins.
HIGH = re.compile(
    r"^\W*(strongly agree|fully agree|completely (agree|true)|very (good|satisfied|often|much)"
    r"|always|excellent|stimme? (voll|ganz|völlig)|trifft (voll|ganz|völlig)|sehr (gut|zufrieden"
    r"|oft|viel)|immer|ausgezeichnet)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Remark:
    """One line of the report: the question by its code, what it is, and what became of it."""

    code: str
    kind: str
    what: str
    sentence: str


@dataclass
class Counterparts:
    """What can be taken along, and everything that cannot."""

    title: str
    languages: tuple[str, ...]
    questions: list[dict[str, Any]] = field(default_factory=list)
    open: list[dict[str, Any]] = field(default_factory=list)
    scales: dict[str, list[Words]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    # How files of LimeSurvey call it: column → item, and for each scale: code → words.
    columns: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def content(self) -> dict[str, Any]:
        """Return what is stored of it."""
        return {
            "questions": self.questions,
            "open": self.open,
            "scales": self.scales,
            "columns": self.columns,
            "codes": self.codes,
            "languages": list(self.languages),
        }

    @property
    def is_empty(self) -> bool:
        return not self.questions


def counterparts(survey: Survey, *, turned: frozenset[str] = frozenset()) -> Counterparts:
    """Return the questions of a survey as Erdkreis asks them.

    ``turned`` names scales that run the other way than was guessed.
    """
    languages = _languages(survey)
    title = next((survey.title[key] for key in survey.title if survey.title[key]), "LimeSurvey")
    made = _Maker(Counterparts(title[:120], languages), languages, turned)
    made.remark_on_survey(survey)
    for question in survey.questions:
        made.take(question)
    return made.made


def _languages(survey: Survey) -> tuple[str, ...]:
    spoken = {language[:2].lower() for language in survey.languages}
    return tuple(language for language in LANGUAGES if language in spoken) or ("en",)


class _Maker:
    """Takes one question after the other."""

    def __init__(
        self, made: Counterparts, languages: tuple[str, ...], turned: frozenset[str]
    ) -> None:
        self.made, self.languages, self.turned = made, languages, turned
        self.scale_names: dict[str, str] = {}
        self.takers: dict[str, Callable[[LimeQuestion], None]] = {
            "5": self._points,
            "L": self._list, "!": self._list, "O": self._list,
            "A": self._matrix_of_points,
            "F": self._matrix, "H": self._matrix,
            "S": self._open, "T": self._open, "U": self._open,
            "Q": self._open_lines, ";": self._open_lines,
        }  # fmt: skip

    def remark_on_survey(self, survey: Survey) -> None:
        for language in survey.languages:
            if language[:2].lower() not in LANGUAGES:
                self._say_of_all(
                    _("The language “%s” is left out: Erdkreis speaks German and English.")
                    % language[:20]
                )
        if survey.n_groups > 1:
            self._say_of_all(
                _("Groups of questions are left out: the order is kept, one question a page.")
            )
        if survey.n_conditions:
            self._say_of_all(_("Conditions are left out: everyone of a group is asked the same."))
        if survey.n_quotas:
            self._say_of_all(_("Quotas are left out: nobody is turned away."))
        if survey.n_assessments:
            self._say_of_all(_("Assessments are left out: there is no score."))
        if survey.has_pictures:
            self._say_of_all(_("Pictures are left out; the words stay."))

    def take(self, question: LimeQuestion) -> None:
        taker = self.takers.get(question.kind)
        if taker is None:
            self._say(question, self._why_not(question.kind))
            return
        before = len(self.made.questions), len(self.made.open)
        taker(question)
        if before == (len(self.made.questions), len(self.made.open)):
            return
        if question.condition:
            self._say(question, _("Its condition is left out: it is asked of everyone."))
        if question.is_mandatory:
            self._say(question, _("It was mandatory; here nobody has to answer."))
        if question.has_other:
            self._say(question, _("The answer “other” is left out; everyone may write why."))
        if any("{" in words for words in question.words.values()):
            self._say(question, _("Its text holds a placeholder in braces: please look at it."))

    def _points(self, question: LimeQuestion) -> None:
        self._rate(question, question.words, AGREE, question.code)
        self._say(
            question, _("Five points without words became “not true at all” to “completely true”.")
        )

    def _matrix_of_points(self, question: LimeQuestion) -> None:
        for line in question.lines:
            self._rate(question, _joined(question, line), AGREE, f"{question.code}[{line.code}]")
        self._say(
            question, _("Five points without words became “not true at all” to “completely true”.")
        )

    def _list(self, question: LimeQuestion) -> None:
        if (scale := self._scale(question)) is not None:
            self._rate(question, question.words, scale, question.code)
            if question.kind == "O":
                self._say(question, _("Its comment is kept as “Would you like to say why?”."))

    def _matrix(self, question: LimeQuestion) -> None:
        if (scale := self._scale(question)) is not None:
            for line in question.lines:
                self._rate(
                    question, _joined(question, line), scale, f"{question.code}[{line.code}]"
                )

    def _open(self, question: LimeQuestion) -> None:
        self._ask_openly(question, question.words, question.code)

    def _open_lines(self, question: LimeQuestion) -> None:
        if question.kind == ";":
            self._say(question, self._why_not(";"))
            return
        for line in question.lines:
            self._ask_openly(question, _joined(question, line), f"{question.code}[{line.code}]")

    def _scale(self, question: LimeQuestion) -> str | None:
        """Return the name of the five steps, low to high, or say why there are none."""
        steps = [c for c in question.choices if c.scale == "0" and not _is_none(c)]
        if len(steps) != N_STEPS:
            self._say(
                question,
                ngettext(
                    "%(n)d answer to choose from; Erdkreis asks on five steps. Not taken along.",
                    "%(n)d answers to choose from; Erdkreis asks on five steps. Not taken along.",
                    len(steps),
                )
                % {"n": len(steps)},
            )
            return None
        words = [self._in_both(step.words) for step in steps]
        name = self.scale_names.setdefault(repr(words), f"own_{len(self.scale_names) + 1}")
        high_first = any(HIGH.match(text) for text in words[0].values())
        if high_first != (name in self.turned):
            words.reverse()
        self.made.scales[name] = words
        self.made.codes.setdefault(name, {}).update(
            {choice.code: self._in_both(choice.words)["en"] for choice in question.choices}
        )
        return name

    def _rate(self, question: LimeQuestion, words: Words, scale: str, column: str) -> None:
        if len(self.made.questions) >= MOST_RATED:
            self._say(
                question, _("More than %d sentences: left out. Shorter is kinder.") % MOST_RATED
            )
            return
        code = f"own_{len(self.made.questions) + 1}"
        both = self._in_both(words, question)
        title = {language: _short(text) for language, text in both.items()}
        self.made.questions.append({"code": code, "title": title, "scale": scale, **both})
        self.made.columns[column] = code

    def _ask_openly(self, question: LimeQuestion, words: Words, column: str) -> None:
        if len(self.made.open) >= MOST_OPEN:
            self._say(question, _("More than %d open questions: left out.") % MOST_OPEN)
            return
        code = f"closing.own_{len(self.made.open) + 1}"
        self.made.open.append({"code": code, **self._in_both(words, question)})
        self.made.columns[column] = code

    def _in_both(self, words: Words, question: LimeQuestion | None = None) -> Words:
        """Return the words in both languages; where one is missing, the other stands for it.

        Plain German, which LimeSurvey calls by the same name, stands beside the German.
        """
        easy = words.get(EASY, "")
        spoken = {key[:2].lower(): text for key, text in words.items() if text and key != EASY}
        if easy and not spoken:
            spoken = {"de": easy}
        first = next(iter(spoken.values()), "–")
        both = {language: spoken.get(language, first) for language in LANGUAGES}
        if easy:
            both["de_easy"] = easy
        if question is not None and any(len(text) > LONGEST_SENTENCE for text in both.values()):
            self._say(
                question, _("Its text is longer than %d letters and was cut.") % LONGEST_SENTENCE
            )
            both = {language: text[:LONGEST_SENTENCE] for language, text in both.items()}
        return both

    def _why_not(self, kind: str) -> str:
        if kind in ("Y", "C", "E", "B", "M", "P"):
            return _(
                "Not taken along. Perhaps it makes a statement of a dialogue, or a sentence to "
                "rate on five steps."
            )
        if kind in ("G", "I", "N", "K", "D"):
            return _("Not taken along: who people are is told by their group and nothing else.")
        if kind in ("X", "*", "|"):
            return _("Not taken along: there is nothing to rate in it.")
        return _("Not taken along: Erdkreis rates on five steps, or asks openly.")

    def _say(self, question: LimeQuestion, sentence: str) -> None:
        words = self._in_both(question.words)[self.languages[0]]
        kind = str(KINDS.get(question.kind, question.kind[:5]))
        self.made.remarks.append(Remark(question.code[:40], kind, _short(words), sentence))

    def _say_of_all(self, sentence: str) -> None:
        self.made.remarks.append(Remark("", "", "", sentence))


def _is_none(choice: Choice) -> bool:
    return any(NO_ANSWER.match(text) for text in choice.words.values())


def _joined(question: LimeQuestion, line: Choice) -> Words:
    """Return the line of a matrix; what stands above it comes along where it says something."""
    return {
        key: f"{question.words[key]} – {text}" if question.words.get(key) else text
        for key, text in line.words.items()
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
