"""Logs for programs: lines with data in reach that could leak, and did not."""

import json
import logging

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from erdkreis.config import urls
from erdkreis.invitations.services import issue_codes
from erdkreis.web.logs import REQUEST_ID, JsonLines, WithoutCodes

pytestmark = pytest.mark.django_db

SECRETS = ("bela@example.org", "192.0.2.7", "Firefox", "the noise at night")


def fails(_request, words):
    raise ValueError(f"bela@example.org wrote: {words}")


class Urls:
    urlpatterns = [path("fails/<str:words>/", fails, name="fails"), *urls.urlpatterns]
    handler400, handler403 = urls.handler400, urls.handler403
    handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def lines():
    """Everything that is logged, as the handler of an installation writes it."""
    written = []

    class Collects(logging.Handler):
        def emit(self, record):
            written.append(self.format(record))

    handler = Collects()
    handler.setFormatter(JsonLines())
    handler.addFilter(WithoutCodes())
    root, ours = logging.getLogger(), logging.getLogger("erdkreis.requests")
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)


@pytest.fixture
def watched(settings):
    settings.LOG_REQUESTS = True
    return Client(
        headers={"user-agent": "Firefox", "x-forwarded-for": "192.0.2.7"}, REMOTE_ADDR="192.0.2.7"
    )


def test_a_line_has_a_route_and_no_path_no_address_no_agent(watched, lines):
    watched.get("/directory/?q=the+noise+at+night")

    (line,) = map(json.loads, lines)
    assert (line["route"], line["status"]) == ("directory:entries", 200)
    assert line["ms"] >= 0
    assert len(line["request"]) == 16
    assert {"time", "level", "logger", "message"} < line.keys()
    assert not any(secret in lines[0] for secret in SECRETS)


def test_who_answers_leaves_no_line(watched, lines, employees):
    (code,) = issue_codes(employees, 1)
    watched.get(f"/v/{code}/")
    watched.get(f"/e/{employees.slug}/")

    assert lines == []
    # An answer that is not taken is a line of Django's; which page it was stands nowhere.
    watched.post(f"/e/{employees.slug}/1/", {"q1_work": "4"})

    assert [json.loads(line)["message"] for line in lines] == ["without a name 409"]
    assert code not in lines[0]
    assert employees.slug not in lines[0]


def test_what_fails_where_people_answer_is_said_without_saying_where(watched, lines):
    watched.get("/v/no-such-code-at-all/x/y/")

    said = " ".join(lines)
    assert "no-such-code" not in said


@override_settings(ROOT_URLCONF=Urls)
def test_an_error_is_told_by_kind_and_place_and_quotes_nothing(watched, lines):
    watched.raise_request_exception = False
    watched.get("/fails/the noise at night/")

    errors = [json.loads(line) for line in lines if "error" in json.loads(line)]
    assert errors[0]["error"] == "ValueError"
    assert any("fails" in place for place in errors[0]["where"])
    assert {json.loads(line)["request"] for line in lines} == {errors[0]["request"]}
    assert not any(secret in line for line in lines for secret in SECRETS)


def test_an_address_of_a_mail_is_left_out_of_every_message(lines):
    logging.getLogger("somewhere").warning("not sent to %s", "bela@example.org")

    assert json.loads(lines[0])["message"] == "not sent to …"


def test_a_message_of_django_loses_its_path(lines):
    request = RequestFactory().get("/v/abcd-efgh/")
    logging.getLogger("django.request").warning(
        "Not Found: %s", request.path, extra={"status_code": 404, "request": request}
    )

    assert json.loads(lines[0])["message"] == "unknown 404"


def test_outside_of_a_request_there_is_no_number(lines):
    assert REQUEST_ID.get() == ""
    logging.getLogger("somewhere").warning("plain")

    assert "request" not in json.loads(lines[0])
