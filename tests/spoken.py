"""What a page tells those who hear it: the accessibility tree that a browser makes of it."""

from collections import defaultdict
from dataclasses import dataclass

# Whoever meets one of these without a name does not know what it is.
TO_BE_NAMED = {
    "button", "checkbox", "combobox", "complementary", "dialog", "DisclosureTriangle", "Iframe",
    "image", "link", "listbox", "meter", "navigation", "progressbar", "radio", "radiogroup",
    "region", "searchbox", "slider", "spinbutton", "switch", "table", "textbox",
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """One thing that is read out, with the head of the row in which it stands."""

    role: str
    name: str
    description: str
    address: str
    row: str

    def __str__(self) -> str:
        return f"{self.role} {self.name!r} {self.address}".strip()


def unspoken(page) -> list[str]:
    """Say what has no name, and which links lead elsewhere under the same name."""
    nodes = spoken(page)
    nameless = [f"without a name: {n}" for n in nodes if n.role in TO_BE_NAMED and not n.name]
    places = defaultdict(set)
    for node in nodes:
        if node.role == "link":
            places[node.name, node.description, node.row].add(node.address)
    return nameless + [
        f"one name, several places: {name!r} {sorted(addresses)}"
        for (name, *_more), addresses in places.items()
        if len(addresses) > 1
    ]


def spoken(page) -> list[Node]:
    """Return what is read out of a page, from its beginning to its end."""
    session = page.context.new_cdp_session(page)
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {one["nodeId"]: one for one in found}
    return [
        Node(
            _value(one, "role"),
            _value(one, "name").strip(),
            _value(one, "description"),
            _address(one),
            _row(one, by_id),
        )
        for one in found
        if not one["ignored"]
    ]


def _value(one: dict, what: str) -> str:
    return one.get(what, {}).get("value", "")


def _address(one: dict) -> str:
    urls = (each["value"]["value"] for each in one.get("properties", []) if each["name"] == "url")
    return next(urls, "")


def _row(one: dict | None, by_id: dict[str, dict]) -> str:
    while one and _value(one, "role") != "row":
        one = by_id.get(one.get("parentId", ""))
    below = [by_id[child] for child in (one or {}).get("childIds", []) if child in by_id]
    return next((_value(each, "name") for each in below if _value(each, "role") == "rowheader"), "")
