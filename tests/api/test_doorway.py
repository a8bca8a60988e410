"""Whatever a program sends, it gets a problem that it can read, and nothing is changed."""

import pytest
from django.test import Client

from erdkreis.api import rate
from factories import rounds
from factories.at_once import at_once
from factories.programs import Program, program

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"
DEEP = "[" * 100_000 + "]" * 100_000


def told(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == PROBLEM
    content = answer.json()
    assert (content["type"], content["status"]) == ("about:blank", status)
    assert content["title"]
    assert content["detail"].endswith((".", "…"))
    return content


@pytest.mark.parametrize(
    ("body", "status"),
    [("", 415), ("{", 400), ("nul", 400), (b"\xff\xfe", 400), ('{"title": NaN}', 400),
     ('{"title": "a", "title": "b"}', 400), (DEEP, 400), ("1" * 5000, 400),
     ('{"title": "\\u0000"}', 422), ('{"title": "\\ud800"}', 422), ('{"\\ud800": 1}', 422),
     ("[]", 422), ("null", 422), ('{"title": "a", "x": 1}', 422), ('{"title": 1e999}', 422)],
)  # fmt: skip
def test_a_body_that_does_not_fit_is_a_problem(circle, body, status):
    told(program(circle).send("/rounds", body), status)
    assert not circle.rounds.exists()


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense",
     "application/json; charset=latin-1", "application/problem+json"],
)  # fmt: skip
def test_only_json_comes_in(circle, content_type):
    script = program(circle)
    headers = {"authorization": f"Bearer {script.secret}"}

    answer = Client().post("/api/v1/rounds", b"{}", content_type=content_type, headers=headers)

    told(answer, 415)


def test_json_may_name_its_charset(circle):
    headers = {"authorization": f"Bearer {program(circle).secret}"}
    kind = 'application/json; charset="UTF-8"'

    answer = Client().post("/api/v1/rounds", b'{"title": "A"}', content_type=kind, headers=headers)

    assert answer.status_code == 201


def test_too_much_is_not_even_read(circle):
    told(program(circle).send("/rounds", "x" * (256 * 1024 + 1)), 413)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "PATCH", "CONNECT", "BREW"])
def test_another_method_is_told_those_there_are(circle, method):
    headers = {"authorization": f"Bearer {program(circle).secret}"}

    answer = Client().generic(method, "/api/v1/rounds", headers=headers)

    told(answer, 405)
    assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_options_says_no_more_than_the_methods(client):
    answer = client.options("/api/v1/circle", headers={"origin": "https://evil.example"})

    assert (answer.status_code, answer["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_head_is_get_without_its_body(circle):
    headers = {"authorization": f"Bearer {program(circle).secret}"}

    answer = Client().head("/api/v1/circle", headers=headers)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"]


@pytest.mark.parametrize(
    "path",
    ["/", "", "/nothing", "/rounds/", "/rounds/one", "/rounds/-1", "/rounds/1/", "//circle",
     "/circle%00", "/groups/%2e%2e", "/public/rounds/nobody", "/public/dialogues/1",
     "/rounds/999999", "/groups/nobody", "/openapi.json/x", "/%ff"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(circle, path):
    told(program(circle).get(path), 404)


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=-1", "limit=x", "limit=1e1", "limit=1_0", "limit=%00", "limit=",
     f"after={10**40}", "after=-1", "limit=1&limit=2", "behind=1", "limit[]=1", "%ff=1"],
)  # fmt: skip
def test_a_parameter_that_does_not_fit_is_a_problem(circle, query):
    assert told(program(circle).get(f"/rounds?{query}"), 422)["errors"]


@pytest.mark.parametrize("path", [f"/rounds/{2**63}", f"/rounds/{'9' * 200}", "/rounds/0"])
def test_numbers_that_no_row_can_have_are_a_problem(circle, path):
    told(program(circle).get(path), 422)


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Basic YTpi", "bearer erdkreis_ä", "Bearer erdkreis_x y", "erdkreis_x",
     f"Bearer erdkreis_{'x' * 20000}"],
)  # fmt: skip
def test_what_is_no_token_lets_nobody_in(header):
    answer = Client().get("/api/v1/circle", headers={"authorization": header})

    told(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_any_accept_header_gets_json(circle):
    for accept in ("", "text/html", "image/png", "*/*;q=x"):
        assert (
            program(circle)
            .get("/circle", accept=accept)["Content-Type"]
            .startswith("application/json")
        )


def test_problems_speak_german(circle):
    answer = program(circle).get("/nothing", accept_language="de")

    assert answer.json()["detail"].startswith("Hier ist nichts")


def test_who_asks_too_often_is_told_to_wait(circle, settings):
    settings.API_PER_MINUTE = 3
    script, other = program(circle), program(circle)

    answers = [script.get("/circle") for _n in range(4)]

    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    told(answers[3], 429)
    assert 1 <= int(answers[3]["Retry-After"]) <= 60
    assert answers[0]["RateLimit"].startswith('"default";r=2;t=')
    assert answers[0]["RateLimit-Policy"] == '"default";q=3;w=60'
    assert other.get("/circle").status_code == 200
    assert Program().get("/public/rounds/nobody").status_code == 404


def test_without_a_limit_nothing_is_counted(circle, settings):
    settings.API_PER_MINUTE = 0

    assert "RateLimit" not in program(circle).get("/circle")


def test_no_request_is_left_uncounted(monkeypatch):
    """Threads of one process share a counter; other processes have theirs, and all are added."""
    pids = iter(range(100))
    at_once(lambda _n: rate._count("ada"), range(20))
    monkeypatch.setattr("os.getpid", lambda: next(pids))

    assert [rate._count("ada") for _process in range(5)] == [21, 22, 23, 24, 25]


def test_pages_are_none_of_its_business(as_ada, circle):
    rounds.draft(circle)

    assert as_ada.get(f"/circles/{circle.slug}/").status_code == 200
