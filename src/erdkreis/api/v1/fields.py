"""Kinds of values that come in: each says exactly what it takes, and takes nothing else."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

LARGEST = 2**63 - 1
MOST_ON_A_PAGE = 100
# What breaks a page or a file, or turns text around: forms take it out, programs are told.
_UNWANTED = (
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    r"\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
)
LINE = rf"^[^\s{_UNWANTED}][^\t\n\r{_UNWANTED}]*$"
LINE_OR_NOTHING = rf"^([^\s{_UNWANTED}][^\t\n\r{_UNWANTED}]*)?$"
TEXT = rf"^[^{_UNWANTED}]*$"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
WHOLE = re.compile(r"-?[0-9]{1,19}")
# What a field of a change holds that was not sent; never what was sent.
ABSENT: Any = None


class Strict(Schema):
    """A body in which every name is known: what is not meant to be set cannot be set."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Text:
    """A text without control characters, as the description says it with a pattern."""

    most: int
    pattern: str = TEXT
    least: int = 0

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        least = {"minLength": self.least} if self.least else {}
        return {"type": "string", "maxLength": self.most, "pattern": self.pattern} | least

    def check(self, value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError("a text is expected")  # noqa: TRY004 - pydantic listens to ValueError
        if not self.least <= len(value) <= self.most:
            raise ValueError(f"from {self.least} to {self.most} characters are expected")
        # The whole of it: the sign for the end would let a line break pass.
        if not re.fullmatch(self.pattern[1:-1], value) or any(map(_is_surrogate, value)):
            raise ValueError("a character in it is not allowed here")
        return value


def line(most: int) -> Text:
    """One line that says something."""
    return Text(most, LINE, 1)


def line_or_nothing(most: int) -> Text:
    return Text(most, LINE_OR_NOTHING)


@dataclass(frozen=True)
class Whole:
    """A whole number in a body: no text, no truth value."""

    least: int
    most: int

    def __get_pydantic_core_schema__(
        self, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def check(self, value: Any) -> int:
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # 5.0 is a whole number in JSON
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError("a whole number is expected")  # noqa: TRY004 - as above
        if not self.least <= value <= self.most:
            raise ValueError(f"from {self.least} to {self.most} is expected")
        return value


def _is_surrogate(sign: str) -> bool:
    return "\ud800" <= sign <= "\udfff"


def _in_address(value: Any) -> Any:
    if isinstance(value, str) and not WHOLE.fullmatch(value):
        raise ValueError("a whole number is expected")
    return value


def _day(value: Any) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("a day is expected, such as 2026-11-25")
    return date.fromisoformat(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false is expected")  # noqa: TRY004 - as above
    return value


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Truth = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"type": "boolean"})]
Number = Annotated[int, BeforeValidator(_in_address)]


class Page(Schema):
    """Which part of a list is wanted."""

    after: Number = Field(
        0, ge=0, le=LARGEST, description="Begin after this one: the value of `next` before."
    )
    limit: Number = Field(50, ge=1, le=MOST_ON_A_PAGE, description="How many at most.")
