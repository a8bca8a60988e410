"""Two circles in which everything is there that people can have written, and who may look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from erdkreis.circles.models import Circle, Role
from erdkreis.cli import demo_circle
from shown_forms import read

# Of each kind of page so many are looked at; more of the same show nothing new.
MOST_OF_A_KIND = 2
OF_LIBRARIES = ("account_", "mfa_")


@dataclass(frozen=True)
class Shown:
    kind: str
    address: str
    answer: HttpResponse

    @property
    def is_page(self) -> bool:
        return self.answer["Content-Type"].startswith("text/html")

    @property
    def is_looked_at(self) -> bool:
        """Say whether a browser shows it; the rest goes into a file, or into a program."""
        is_drawing = self.answer["Content-Type"].startswith("image/svg")
        is_file = self.answer.get("Content-Disposition", "").startswith("attachment")
        return (self.is_page or is_drawing) and not is_file

    @property
    def text(self) -> str:
        return content_of(self.answer).decode()


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def furnished(circle: Circle) -> Circle:
    """Add the invented circle of the demo, with the same people in the same roles."""
    demo_circle.make("en")
    demo = Circle.objects.get(is_invented=True)
    for role in circle.roles.all():
        Role.objects.get_or_create(circle=demo, person=role.person, kind=role.kind)
    return demo


def pages(
    client: Client, start: list[str], without: tuple[str, ...] = (), most: int = MOST_OF_A_KIND
) -> Iterator[Shown]:
    """Yield every answer that somebody gets who follows all links from these addresses.

    No PDF: it takes a second, and is drawn from pages that are looked at anyway.
    """
    waiting, seen, kinds = list(start), set(start), dict[str, int]()
    for address in waiting:
        kind = kind_of(address)
        if kind is None or kinds.get(kind, 0) == most or "pdf" in kind:
            continue
        if kind.startswith(without):
            continue
        answer = client.get(address)
        found = [answer["Location"]] if answer.status_code in {301, 302} else []
        if answer.status_code in {200, 500}:
            kinds[kind] = kinds.get(kind, 0) + 1
            shown = Shown(kind, address, answer)
            yield shown
            found = read(address, shown.text).links if shown.is_page else []
        for link in found:
            path = link.partition("#")[0]
            if path.startswith("/") and path not in seen:
                seen.add(path)
                waiting.append(path)


def kind_of(address: str) -> str | None:
    """Return the name of an address, with the ending of a file; of others' addresses nothing."""
    try:
        found = resolve(address.partition("?")[0])
    except Resolver404:
        return None
    if found.view_name.startswith(OF_LIBRARIES) or not found.url_name:
        return None
    ending = found.kwargs.get("ending") or PurePath(str(found.kwargs.get("name", ""))).suffix
    return f"{found.view_name} {ending.lstrip('.')}".strip()
