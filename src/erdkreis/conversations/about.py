"""What a conversation or a tension is about, as it stood when it began: frozen, in both languages.

Whoever opens one hands this over. Nothing is looked up again later: the head of a conversation
stays as it was, whatever is released, renamed or deleted afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation

LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class Figure:
    """One released number in words: who, of how many, what. Never without its n."""

    who: str
    n: str
    says: str


@dataclass(frozen=True)
class Head:
    """What stands at the head, in one language."""

    title: str
    wording: str = ""
    figures: Sequence[Figure] = ()
    note: str = ""


@dataclass(frozen=True)
class About:
    """A subject: its kind and key, where it stands, and its head in each language.

    ``kind`` is one of ``conversations.models.Subject``; ``key`` names the thing in its own room;
    ``url`` is a path of this installation that leads back to it.
    """

    kind: str
    key: str = ""
    url: str = ""
    heads: Mapping[str, Mapping[str, Any]] | None = None


def frozen(make_head: Callable[[], Head]) -> dict[str, dict[str, Any]]:
    """Make the head once in each language, so that it can be read in both for ever."""
    heads = {}
    for language in LANGUAGES:
        with translation.override(language):
            head = make_head()
            # Words that wait for a language are said now.
            heads[language] = _plain(asdict(head))
    return heads


def head_of(heads: Mapping[str, Any]) -> Head | None:
    """Return a stored head in the language of the page."""
    if not heads:
        return None
    language = (translation.get_language() or "en")[:2]
    stored = heads.get(language) or next(iter(heads.values()))
    figures = tuple(Figure(**figure) for figure in stored.get("figures", ()))
    return Head(
        stored["title"], stored.get("wording", ""), figures=figures, note=stored.get("note", "")
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return str(value)
