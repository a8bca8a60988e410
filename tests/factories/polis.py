"""Small Polis exports on disk."""

import gzip
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1,x,0,7,2,1,1,More bread.
2,x,1,8,1,0,-1,"Two lines,
with a ""quote""."
3,x,4,9,0,0,0,Nobody has seen this.
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
10,x,0,7,1
11,x,0,8,1
12,x,0,3,-1
20,x,1,7,0
21,x,1,8,1
"""
MATRIX = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1
3,,0,1,0,1,-1,
7,0,1,2,1,0,1,0
8,0,1,2,2,0,1,1
"""
SUMMARY = """topic,Bread for all
url,https://pol.is/abc
views,9
conversation-description,"What should change?

Tell us."
"""


def export(folder: Path, **files: str | bytes | None) -> Path:
    """Write an export; a file given as None is left out."""
    whole: dict[str, str | bytes | None] = {
        "comments": COMMENTS, "votes": VOTES, "participants_votes": None, "summary": SUMMARY,
    }  # fmt: skip
    for name, content in (whole | files).items():
        if content is None:
            continue
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name.replace('_', '-')}.csv").write_bytes(data)
    return folder


def packed(folder: Path) -> Path:
    for file in list(folder.glob("*.csv")):
        (folder / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
        file.unlink()
    return folder


def votes_file(*rows: str) -> str:
    return "\n".join([VOTES.partition("\n")[0], *rows]) + "\n"


def uploaded(**changed: str) -> list[SimpleUploadedFile]:
    """Return the files as somebody sends them, named as Polis names its downloads."""
    whole = {"comments": COMMENTS, "votes": VOTES, "summary": SUMMARY} | changed
    return [
        SimpleUploadedFile(f"2abc-{name.replace('_', '-')}.csv", content.encode())
        for name, content in whole.items()
        if content
    ]


def conversation_to_take(client, circle) -> tuple[str, dict[str, str]]:
    """Upload a conversation; return where to take it in, and with what."""
    address = f"/circles/{circle.slug}/bring/conversation/"
    page = client.post(address, {"csv_files": uploaded()})
    return f"{address}take/", {**page.context["taken"].initial, "is_turned": ""}
