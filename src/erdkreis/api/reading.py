"""The description of the interface as chapters for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from erdkreis.api.scopes import Scope
from erdkreis.api.v1 import operations

PUBLIC = "public"


@dataclass(frozen=True)
class Line:
    """One parameter or field: its name, what it is, what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Told:
    """One operation as people read it."""

    method: str
    path: str
    about: str
    parameters: tuple[Line, ...]
    body: tuple[Line, ...]
    answer: tuple[Line, ...]


@dataclass(frozen=True)
class Chapter:
    key: str
    name: str
    told: tuple[Told, ...]


def chapters() -> list[Chapter]:
    """Return the operations by what they need: nothing, or a scope."""
    described = operations.description
    found: dict[str, list[Told]] = {key: [] for key in (PUBLIC, *Scope.values)}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            told = _told(method, path, operation, described["components"]["schemas"])
            found[operation["tags"][0]].append(told)
    return [
        Chapter(key, "" if key == PUBLIC else str(Scope(key).label), tuple(told))
        for key, told in found.items()
    ]


def _told(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> Told:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    done = next(r for status, r in operation["responses"].items() if status.startswith("2"))
    answer = done.get("content", {}).get("application/json", {})
    return Told(
        method.upper(),
        path,
        operation.get("description", ""),
        tuple(
            Line(p["name"], _kind(p["schema"]), p.get("description", ""))
            for p in operation["parameters"]
        ),
        tuple(_fields(body.get("schema"), schemas)),
        tuple(_fields(answer.get("schema"), schemas)),
    )


def _fields(schema: Any, schemas: dict[str, Any]) -> Iterator[Line]:
    found = _resolved(schema, schemas)
    properties = found.get("properties", {})
    # Of a part of a list, what stands in it: the rest is the same everywhere.
    if set(properties) == {"items", "next"}:
        properties = _resolved(properties["items"]["items"], schemas).get("properties", {})
    for name, field in properties.items():
        yield Line(name, _kind(field), field.get("description", ""))


def _resolved(schema: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(schema, dict):
        return {}
    if "$ref" in schema:
        return dict(schemas[schema["$ref"].rpartition("/")[2]])
    return dict(schema)


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(repr(value).replace("'", '"') for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "allOf" in schema:
        return _kind(schema["allOf"][0])
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}]"
    return str(schema.get("format") or schema.get("type", ""))
