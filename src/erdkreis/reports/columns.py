"""The columns of every table that leaves: their names are fixed, their meaning stands beside.

Names stay English in every language and never change; what they mean is in `docs/exports.md`, which
a test compares with this file.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number"]
N_STEPS = 5


@dataclass(frozen=True)
class Column:
    """One column: its name, what kind of value, and its meaning."""

    name: str
    kind: Kind
    meaning: str


ANSWERS = (
    Column("round", "text", "title of the round"),
    Column("about", "text", "answer, or expectation: what the leadership thought they would say"),
    Column("group", "text", "code of the stakeholder group"),
    Column("group_name", "text", "its name"),
    Column(
        "way",
        "text",
        "how these people came: all, invited, open_link (not representative), open (known to speak "
        "openly)",
    ),
    Column("who", "text", "only for those who speak openly: who it is"),
    Column("question", "text", "code of the question, or satisfaction"),
    Column("item", "text", "code of the sentence"),
    Column("text", "text", "the sentence as it was asked, or why a group was not asked"),
    Column("scale", "text", "name of the scale"),
    Column(
        "showing",
        "text",
        "what the row tells: counts, dots, tendency, cannot_see, too_few, silent, open, not_asked",
    ),
    Column("n_from", "number", "answers, at least; with don't-knows"),
    Column("n_to", "number", "answers, at most; equal to n_from where exact"),
    Column("unit", "text", "unit of the next six columns: people, or dots out of five"),
    *(
        Column(f"step_{step}", "number", f"how many chose step {step} of the scale")
        for step in range(1, N_STEPS + 1)
    ),
    Column("dont_know", "number", "how many said that they do not know"),
    Column("tendency", "text", "for almost unanimous groups: disagree, middle or agree"),
    Column("answer", "text", "for those who speak openly: 1 to 5, dont_know or skipped"),
    Column("n_evidence", "number", "for guardians: pieces of evidence given for it"),
)

WORDS = (
    Column("round", "text", "title of the round"),
    Column("group", "text", "code of the stakeholder group"),
    Column("group_name", "text", "its name"),
    Column("item", "text", "code of the question that was answered"),
    Column("words", "text", "what one person wrote, in an order that tells nothing"),
)

WEIGHTED = (
    Column("round", "text", "title of the round"),
    Column("about", "text", "answer or expectation"),
    Column("group", "text", "code of the stakeholder group"),
    Column("way", "text", "as above"),
    Column("question", "text", "code of the question, or satisfaction"),
    Column("item", "text", "code of the sentence"),
    Column("answer", "number", "1 to 5, or one of the codes for no answer"),
    Column("n", "number", "how many: the weight of the case"),
    Column("unit", "text", "people, dots (out of five), or cell (the row stands for a whole cell)"),
)

# Answers that are none, each apart: user-missing values of the SPSS file.
DONT_KNOW, SKIPPED, NOT_ASKED, SILENT, TOO_FEW, TENDENCY, CANNOT_SEE = range(91, 98)
NO_ANSWER: dict[int | float, str] = {
    DONT_KNOW: "don’t know",
    SKIPPED: "left out",
    NOT_ASKED: "not asked",
    SILENT: "asked, nobody answered",
    TOO_FEW: "too few to show",
    TENDENCY: "almost unanimous: only a tendency is told",
    CANNOT_SEE: "most cannot judge it",
}
