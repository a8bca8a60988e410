"""Read the forms of a page as a browser would: which fields stand there, with which values."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass
class Field:
    """One name of a form; ``values`` is what would be sent if nobody touched it."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        return self.kind in {"text", "textarea", "search", ""}


@dataclass
class ShownForm:
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    has_token: bool = False

    def data(self, **typed) -> dict[str, object]:
        """Return what is sent when these fields are typed and the rest is left alone."""
        untouched = {f.name: f.values for f in self.fields.values() if f.values}
        return untouched | typed


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms, self.links = address, [], []
        self._form: ShownForm | None = None
        self._select: Field | None = None
        self._area: Field | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]))
        if tag == "form":
            action = urlsplit(urljoin(self.address, given.get("action") or "")).path
            self._form = ShownForm(action, (given.get("method") or "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._in_form(tag, given)

    def _in_form(self, tag, given):
        name, form = given.get("name"), self._form
        if tag == "input" and name == "csrfmiddlewaretoken":
            form.has_token = True
        elif tag == "option" and self._select is not None:
            value = given.get("value") or ""
            self._select.choices.append(value)
            if "selected" in given:
                self._select.values.append(value)
        elif not name:
            return
        elif tag == "button":
            form.buttons.append((name, given.get("value") or ""))
        elif tag == "input":
            self._input(given, name)
        elif tag == "textarea":
            self._area = form.fields[name] = Field(name, "textarea", [""])
        elif tag == "select":
            self._select = form.fields[name] = Field(name, "select")

    def _input(self, given, name):
        kind = given.get("type") or "text"
        known = self._form.fields.setdefault(name, Field(name, kind))
        if kind in {"radio", "checkbox"}:
            known.choices.append(given.get("value") or "on")
            if "checked" in given:
                known.values.append(given.get("value") or "on")
        elif kind != "file":
            known.values.append(given.get("value") or "")

    def handle_data(self, data):
        if self._area is not None:
            self._area.values[0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag == "textarea" and self._area is not None:
            # A browser leaves out the line break after the opening tag.
            self._area.values[0] = self._area.values[0].removeprefix("\n")
            self._area = None
        if tag == "select" and self._select is not None:
            if not self._select.values and self._select.choices:
                self._select.values.append(self._select.choices[0])
            self._select = None


def read(address: str, html: str) -> _Reader:
    reader = _Reader(address)
    reader.feed(html)
    return reader


def forms_on(client, address: str) -> list[ShownForm]:
    return read(address, client.get(address).content.decode()).forms


def form_on(client, page: str, action: str = "") -> ShownForm:
    """Return the form on a page that is sent to an address; to the page itself by default."""
    return next(f for f in forms_on(client, page) if f.action == (action or page))
