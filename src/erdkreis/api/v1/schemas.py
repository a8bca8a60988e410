"""What comes out, with the meaning of each field; and what programs may send."""

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, create_model

from erdkreis.api.v1.fields import (
    ABSENT,
    Day,
    Strict,
    Text,
    Truth,
    Whole,
    line,
    line_or_nothing,
)
from erdkreis.circles.models import MatrixRow, VoiceMode
from erdkreis.experiments.models import Experiment
from erdkreis.reports import columns
from erdkreis.reports.columns import Column
from erdkreis.rounds.models import MINIMUM_GROUP_SIZE, Round

LARGEST_GROUP = 2_000_000_000
MOST_PEOPLE = 200


class CircleOut(Schema):
    """The circle of a token, and what the token may do in it."""

    name: str
    organisation: str
    place: str
    is_invented: bool
    address: str = Field(description="Its page, for people who are signed in.")
    scopes: list[str] = Field(description="What this token may do.")
    expires_on: date


class GroupOut(Schema):
    """A kind of people, or nature, touched by the organisation."""

    code: str
    kind: str
    name_de: str
    name_en: str
    voice_mode: str
    matrix_row: str
    size: int | None = Field(description="How many people are in it, as far as anybody knows.")
    how_reached: str
    is_on: bool = Field(description="Whether the next round asks it.")
    off_reason: str


class RoundOut(Schema):
    """One pass through the loop, with what people are promised."""

    id: int
    title: str
    state: str
    follows: int | None
    purpose: str
    opens_on: date | None
    closes_on: date | None
    answer_back_on: date | None
    named_person: str
    contact: str
    who_sees: str
    who_decides: str
    what_is_open: str
    form: str
    languages: str
    min_group: int = Field(description="Smallest group that is shown.")
    retention_months: int
    works_council: str
    is_frozen: bool = Field(description="Wording and groups can no longer change.")
    picture_address: str | None = Field(
        description="Where everyone sees the picture, once published."
    )


class RoundGroupOut(Schema):
    """A group as it stands in one round."""

    code: str
    name_de: str
    name_en: str
    voice_mode: str
    size: int | None
    is_asked: bool
    not_asked_reason: str
    minutes: int = Field(description="About how long answering takes.")
    address: str = Field(description="Where this group answers.")


class ItemOut(Schema):
    """One sentence that a group is asked about."""

    number: int
    item: str
    question: str | None
    kind: str
    scale: str
    text_de: str
    text_en: str


class HeardOut(Schema):
    """How many were heard, in the only form it may be told."""

    is_heard: bool
    is_enough: bool
    n_from: int
    n_to: int


class GroupHeardOut(HeardOut):
    code: str
    name: str


class SentenceOut(Schema):
    """A sentence of the picture and what it is about."""

    kind: str
    about: str
    sentence: str


class PictureOut(Schema):
    """What came out of a round, as the page of the picture says it."""

    round: str
    min_group: int
    heard: HeardOut
    groups: list[GroupHeardOut]
    not_asked: list[str]
    findings: list[SentenceOut]
    common_ground: list[str]
    tensions: list[str]
    note: str
    picture_address: str | None
    drawings: list[str] = Field(description="Keys of its drawings.")


class AnswerBackOut(Schema):
    """What everyone who was asked hears."""

    said: str
    heard: str
    trying: str
    not_doing: str
    look_again_on: date | None
    language: str


class ExperimentOut(Schema):
    """Something small that is tried, and what became of it."""

    id: int
    title: str
    state: Experiment.State
    question: str
    change: str
    expectation: str
    surprise: str
    guard: str
    stop_sign: str
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    is_overdue: bool
    happened: str
    surprised: str
    decision: str
    reason: str
    minority: str
    decided_on: date | None


class DialogueOut(Schema):
    """Statements to agree or disagree with."""

    id: int
    title: str
    intro: str
    what_is_open: str
    state: str
    languages: str
    n_heard: int | None = Field(description="How many voted, in steps; empty in lists.")
    address: str = Field(description="Where people vote.")
    source: str
    licence: str


class StatementOut(Schema):
    """One sentence, and how votes on it fell as far as that may be told."""

    number: int
    text: str
    is_seed: bool
    showing: str = Field(description="counts, dots, tendency or too_few")
    n_from: int
    n_to: int
    agree: int
    passed: int
    disagree: int
    tendency: str | None


class ConversationOut(Schema):
    """A talk about one thing."""

    id: int
    title: str
    question: str
    what_is_open: str
    phase: str
    is_closed: bool
    outcome: str
    minority: str
    languages: str
    opened_on: date
    closed_on: date | None


class ContributionOut(Schema):
    """Something that was said, in the order of the talk. No hour is kept."""

    place: int
    phase: str
    kind: str
    label: str = Field(description="Who says it, as everyone reads it.")
    text: str = Field(description="Empty where it was taken back or is not shown.")
    language: str


class PublicRoundOut(Schema):
    """A round whose picture is published."""

    title: str
    organisation: str
    purpose: str
    closes_on: date | None
    answer_back_on: date | None
    languages: str
    is_invented: bool
    address: str
    picture: PictureOut


class PersonProblemOut(Schema):
    number: int = Field(description="Which one of the list, beginning with 1.")
    reason: str


class PeopleOut(Schema):
    """What became of a list of people. Codes are never read back."""

    n_added: int
    n_queued: int = Field(description="Invitations that wait to be sent now.")
    problems: list[PersonProblemOut]


def row_of(name: str, doc: str, table: tuple[Column, ...]) -> Any:
    """Return a schema with the columns of an export: the same names, the same meaning."""
    kinds: dict[str, Any] = {"text": str | None, "number": int | None}
    fields: dict[str, Any] = {
        column.name: (kinds[column.kind], Field(None, description=column.meaning))
        for column in table
    }
    return create_model(name, __base__=Schema, __doc__=doc, **fields)


AnswerRow = row_of("AnswerRow", "One group and sentence, as it was let out.", columns.ANSWERS)
WordsRow = row_of("WordsRow", "What somebody wrote, as far as it may be read.", columns.WORDS)


def page_of(kind: Any) -> Any:
    """Return a schema for a part of a list of these."""
    return create_model(
        f"{kind.__name__}Page",
        __base__=Schema,
        __doc__="A part of a list. The header Link leads to the next one.",
        items=(list[kind], ...),
        next=(int | None, Field(description="Give this as `after` for the next part.")),
    )


# What comes in ------------------------------------------------------------------------------


class RoundNew(Strict):
    """A new round. Nothing of it is public yet."""

    title: Annotated[str, line(120)]


class RoundChange(Strict):
    """Promise and settings; what is left out stays as it is."""

    title: Annotated[str, line(120)] = ABSENT
    purpose: Annotated[str, Text(300)] = ABSENT
    opens_on: Day | None = None
    closes_on: Day | None = None
    answer_back_on: Day | None = None
    named_person: Annotated[str, line_or_nothing(120)] = ABSENT
    contact: Annotated[str, line_or_nothing(200)] = ABSENT
    who_sees: Annotated[str, Text(300)] = ABSENT
    who_decides: Annotated[str, Text(300)] = ABSENT
    what_is_open: Annotated[str, Text(500)] = ABSENT
    form: Round.Form = ABSENT
    languages: Round.Languages = ABSENT
    min_group: Annotated[int, Whole(MINIMUM_GROUP_SIZE, 50)] = ABSENT
    retention_months: Annotated[int, Whole(1, 120)] = ABSENT
    works_council: Round.WorksCouncil = ABSENT


class RoundStep(Strict):
    """How a round goes on. It only moves forward."""

    to: Literal["inviting", "asking", "picture"]


class Extension(Strict):
    """A later last day, openly."""

    closes_on: Day
    reason: Annotated[str, line(200)]


class GroupNew(Strict):
    """A group of one's own."""

    name_de: Annotated[str, line(60)]
    name_en: Annotated[str, line(60)]
    size: Annotated[int, Whole(1, LARGEST_GROUP)] | None = None
    how_reached: Annotated[str, Text(300)] = ""
    voice_mode: VoiceMode = VoiceMode.ANONYMOUS
    matrix_row: MatrixRow = MatrixRow.NONE
    is_on: Truth = True
    off_reason: Annotated[str, line_or_nothing(200)] = ""


class GroupChange(Strict):
    """What is left out stays as it is."""

    name_de: Annotated[str, line(60)] = ABSENT
    name_en: Annotated[str, line(60)] = ABSENT
    size: Annotated[int, Whole(1, LARGEST_GROUP)] | None = None
    how_reached: Annotated[str, Text(300)] = ABSENT
    voice_mode: VoiceMode = ABSENT
    matrix_row: MatrixRow = ABSENT
    is_on: Truth = ABSENT
    off_reason: Annotated[str, line_or_nothing(200)] = ABSENT


class PersonNew(Strict):
    """Somebody to invite."""

    email: Annotated[str, line(254)]
    name: Annotated[str, line_or_nothing(120)] = ""
    language: Literal["de", "en"] | None = None


class PeopleNew(Strict):
    """People for the list of a group, and whether they are invited at once."""

    people: list[PersonNew] = Field(min_length=1, max_length=MOST_PEOPLE)
    send: Truth = False


class StatementNew(Strict):
    """A statement of those who prepare a dialogue."""

    text: Annotated[str, line(140)]
