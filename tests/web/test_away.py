"""When the database does not answer: told kindly, and what was sent can be sent again."""

import errno
from html import unescape

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.test import RequestFactory

from erdkreis.questionnaires.models import Answer
from erdkreis.web import away, errors
from factories.phones import at, begin

LOCKED = OperationalError("database is locked")
FULL = OperationalError("database or disk is full")


def page_after(error, request):
    """What is shown when this error reached nobody else."""
    try:
        raise error
    except type(error):
        return errors.server_error(request)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (LOCKED, 503),
        (OperationalError("connection refused"), 503),
        (InterfaceError("the connection is closed"), 503),
        (FULL, 507),
        (OperationalError('could not extend file "x": No space left on device'), 507),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.ENOENT, "No such file"), 500),
        (IntegrityError("UNIQUE constraint failed"), 500),
        (DatabaseError("malformed"), 500),
        (ValueError("ours"), 500),
    ],
)
def test_only_what_passes_by_itself_is_to_be_tried_again(error, status):
    page = page_after(error, RequestFactory().get("/circles/"))

    assert page.status_code == status
    assert page.has_header("Retry-After") == (status != 500)


def test_a_reader_gets_the_way_back_to_the_page():
    page = page_after(LOCKED, RequestFactory().get("/p/x/?page=2"))

    assert 'href="/p/x/?page=2"' in page.content.decode()
    assert "<form" not in page.content.decode()


def test_a_writer_gets_all_of_the_form_back(db):
    sent = {
        "title": "Herbst & Ernte",
        "words": 'Sie sagte: "Ja"',
        "answer": "4",
        "extra": ["a", "b"],
    }
    page = unescape(page_after(LOCKED, RequestFactory().post("/x/?y=1", sent)).content.decode())

    assert '<form method="post" action="/x/?y=1">' in page
    assert '>Sie sagte: "Ja"</textarea>' in page
    for field in ('name="title" value="Herbst & Ernte"', 'name="answer" value="4"',
                  'name="extra" value="a"', 'name="extra" value="b"'):  # fmt: skip
        assert field in page, field


@pytest.mark.parametrize("field", ["password", "password1", "oldpassword"])
def test_a_password_is_never_written_into_a_page(field):
    request = RequestFactory().post("/account/login/", {"login": "ada", field: "geheim geheim"})

    page = page_after(LOCKED, request).content.decode()

    assert "geheim" not in page
    assert "Try again" in page


def test_markup_that_was_sent_stays_text():
    page = page_after(LOCKED, RequestFactory().post("/x/", {"words": "</textarea><script>"}))

    assert b"<script>" not in page.content.split(b"<main")[1]


def test_saving_on_the_way_leaves_the_page_as_it_is():
    request = RequestFactory().post(
        "/e/x/1/", {"words": "Long."}, headers={"HX-Request": "true", "HX-Trigger-Name": "autosave"}
    )
    page = page_after(LOCKED, request)

    assert page.content.decode() == "Not saved yet. Please try again in a moment."
    assert not page.has_header("HX-Retarget")


def test_a_script_shows_the_page_as_a_whole():
    page = page_after(LOCKED, RequestFactory().post("/x/", headers={"HX-Request": "true"}))

    assert (page["HX-Retarget"], page["HX-Reswap"]) == ("#main", "outerHTML")


@pytest.mark.django_db
def test_what_waits_is_taken_when_it_is_sent_again(employees, phone, monkeypatch):
    """The whole way: refused, the page, the same form once more, there."""
    begin(phone, employees)
    phone.raise_request_exception = False

    def refuse(*_given):
        raise LOCKED

    with monkeypatch.context() as bad_day:
        bad_day.setattr("erdkreis.questionnaires.services.give_answer", refuse)
        told = phone.post(at(employees, 1), {"answer": "2", "words": "Zu laut."})
    assert told.status_code == 503
    assert Answer.objects.count() == 0

    phone.post(at(employees, 1), dict(away.fields_in(told.wsgi_request)))

    answer = Answer.objects.get()
    assert (answer.value, answer.words) == (2, "Zu laut.")
