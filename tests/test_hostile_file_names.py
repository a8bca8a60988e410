"""However a file is called, every page that takes one works, shows no markup and keeps no name."""

import re
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import models

from erdkreis.directory.models import Editor
from test_access_rules import addresses as addresses  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdfs")]
SOURCE = Path(__file__).parent.parent / "src" / "erdkreis"
MARK = "qzxfile"
NAMES = {
    "parts of a path": f"../../../{MARK}/etc/passwd",
    "parts of a path of Windows": f"..\\..\\{MARK}\\boot.ini",
    "markup": f'{MARK}"><img src=x onerror=alert(1)>.csv',
    "a template": f"{MARK}{{{{7*7}}}}{{% debug %}}.csv",
    "signs that control": f"{MARK}\r\nSet-Cookie: a=b\x00\x07.csv",
    "turned around": f"{MARK}\u202evsc.exe",
    "three hundred letters": f"{MARK}{'x' * 300}.csv",
    "a formula": f"=cmd|' /C {MARK}'!A0.csv",
    "nothing but dots": "..",
    "nothing": "",
}
# Each module that reads an uploaded file, and an address of it.
UPLOADS = {
    "invitations/views/mail.py": "invitations:look_through",
    "pulse/views/preparing.py": "pulse:look_through",
    "directory/views/editing.py": "directory:look_through",
    "balances/views/files.py": "balances:upload",
    "imports/views/questions.py": "imports:look_through",
    "imports/views/answers.py": "imports:answers",
    "imports/views/conversations.py": "imports:look_through_conversation",
}


def test_every_upload_is_tried():
    """A module that begins to take files fails here, until it has a row above."""
    reading = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if re.search(r"request\.FILES(\.|\)| if)", file.read_text(encoding="utf-8"))
    }

    assert reading == UPLOADS.keys()


def test_no_name_does_harm_and_none_is_kept(addresses, ada, as_ada):
    Editor.objects.get_or_create(person=ada)
    for kind, name in product(UPLOADS.values(), NAMES.values()):
        as_ada.raise_request_exception = False
        answer = as_ada.post(
            addresses[kind], body(name), content_type="multipart/form-data; boundary=LINE"
        )
        page = answer.content.decode()

        assert answer.status_code in {200, 302, 422}, kind
        assert "Set-Cookie: a" not in str(answer.headers), kind
        assert "<img src=x" not in page, kind
        assert MARK not in page or "{{7*7}}" not in name, kind
        assert f"{MARK}49" not in page, kind
        assert "\u202e" not in page, kind
    assert stored() == []


def body(name):
    """Write the parts by hand: a library would tidy the name up."""
    plain = name.encode("ascii", "replace").replace(b'"', b'\\"').replace(b"\r\n", b" ")
    plain = plain.replace(b"\0", b"")
    both = b"filename=\"%s\"; filename*=UTF-8''%s" % (plain, quote(name, safe="").encode())
    files = [
        line
        for field in (b"file", b"csv_files")
        for line in (
            b'Content-Disposition: form-data; name="%s"; %s' % (field, both),
            b"Content-Type: text/csv",
            b"",
            b"name;mail\r\nAnna;anna@example.org\r\n",
            b"--LINE",
        )
    ]
    title = [b'Content-Disposition: form-data; name="title"', b"", b"A title"]
    return b"\r\n".join([b"--LINE", *files, *title, b"--LINE--", b""])


def stored():
    """Return every text column in which the name of a file stands."""
    found = []
    for table in apps.get_models():
        for field in table._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                rows = models.QuerySet(table).filter(**{f"{field.name}__contains": MARK})
                found += [f"{table._meta.label}.{field.name}"] * rows.exists()
    return found
