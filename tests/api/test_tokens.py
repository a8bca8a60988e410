"""A token lets a program into one circle, as far as it says, as long as its maker is host."""

from datetime import timedelta

import pytest
from django.utils import timezone

from erdkreis.api.models import Token
from erdkreis.api.scopes import Scope
from erdkreis.api.services import delete_what_is_due
from erdkreis.api.v1 import operations
from factories import circles
from factories.programs import Program, program

pytestmark = pytest.mark.django_db


def form(**changed):
    last = timezone.localdate() + timedelta(days=30)
    return {"name": "Website", "scopes": ["read:results"], "expires_on": str(last)} | changed


def test_a_token_is_shown_once_and_only_its_digest_is_kept(as_ada, circle):
    page = as_ada.post(f"/circles/{circle.slug}/programs/", form()).content.decode()
    secret = page.split("erdkreis_")[1].split("<")[0]
    token = circle.tokens.get()

    assert len(secret) == 43
    assert Program(f"erdkreis_{secret}").get("/rounds/1/answers").status_code == 404
    assert secret not in as_ada.get(f"/circles/{circle.slug}/programs/").content.decode()
    assert secret not in repr(Token.objects.values_list())
    assert (token.scopes, token.person.name) == (["read:results"], "Ada")


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"scopes": []}, {"scopes": ["write:all"]}, {"expires_on": "2020-01-01"},
     {"expires_on": "2999-01-01"}, {"expires_on": ""}],
)  # fmt: skip
def test_what_does_not_fit_comes_back_with_a_sentence(as_ada, circle, wrong):
    answer = as_ada.post(f"/circles/{circle.slug}/programs/", form(**wrong))

    assert answer.status_code == 422
    assert not circle.tokens.exists()


def test_of_the_use_only_the_day_is_kept(circle):
    script = program(circle)

    script.get("/circle")

    assert circle.tokens.get().last_used_on == timezone.localdate()


def test_revoked_it_opens_nothing(as_ada, circle):
    script = program(circle)

    as_ada.post(f"/circles/{circle.slug}/programs/{circle.tokens.get().pk}/revoke/")

    assert script.get("/circle").status_code == 401


def test_a_token_ends_on_its_day(circle, on_day):
    script = program(circle, days=1)

    on_day(timezone.localdate() + timedelta(days=1))
    last_day = script.get("/circle").status_code
    on_day(timezone.localdate() + timedelta(days=1))

    assert (last_day, script.get("/circle").status_code) == (200, 401)


def test_a_token_rests_when_its_maker_is_no_longer_host(circle, ada, as_ada):
    script = program(circle)
    emil = circles.member(circle, "emil", "host")
    circle.roles.get(person=ada, kind="host").delete()

    assert script.get("/circle").status_code == 401
    as_ada.force_login(emil)
    assert "no longer host" in as_ada.get(f"/circles/{circle.slug}/programs/").content.decode()


def test_a_token_goes_with_the_account_of_its_maker(circle, ada):
    circles.member(circle, "emil", "host")
    program(circle, person=ada)

    ada.delete()

    assert not Token.objects.exists()


def test_a_token_is_deleted_a_month_after_its_end(circle, on_day):
    program(circle, days=0)
    on_day(timezone.localdate() + timedelta(days=30))
    delete_what_is_due()
    assert circle.tokens.exists()

    on_day(timezone.localdate() + timedelta(days=1))
    delete_what_is_due()

    assert not circle.tokens.exists()


def test_twenty_tokens_are_enough(as_ada, circle):
    for _n in range(20):
        program(circle)

    answer = as_ada.post(f"/circles/{circle.slug}/programs/", form())

    assert "at most 20 tokens" in answer.content.decode()
    assert circle.tokens.count() == 20


def tried():
    """Yield every operation with the scope it asks for."""
    filled = {"round_id": 1, "code": "employees", "key": "chairs", "experiment_id": 1,
              "dialogue_id": 1, "conversation_id": 1}  # fmt: skip
    for path, methods in operations.description["paths"].items():
        for method, operation in methods.items():
            if operation["security"]:
                (scope,) = operation["security"][0]["token"]
                at = path.removeprefix("/api/v1").format(**filled)
                yield pytest.param(method, at, scope, id=f"{method} {path}")


@pytest.mark.parametrize(("method", "path", "scope"), list(tried()))
def test_each_operation_asks_for_its_scope(circle, charlotte, method, path, scope):
    """Whoever lacks it is told which; without a valid token nobody is told more than that."""
    others = [one for one in Scope.values if one != scope]

    def status(script):
        sent = script.get(path) if method == "get" else script.send(path, {}, method)
        return sent.status_code, sent.json()["detail"] if sent.status_code >= 400 else ""

    lacking, without = status(program(circle, others)), status(Program())
    wrong = status(Program("erdkreis_" + "x" * 43))
    basic = Program()
    basic.client.cookies["sessionid"] = "x"

    assert lacking[0] == 403
    assert scope in lacking[1]
    assert [without[0], wrong[0]] == [401, 401]
    assert status(program(circle, [scope]))[0] not in {401, 403}


def test_a_host_who_is_signed_in_gets_nothing_without_a_token(as_ada, circle):
    answer = as_ada.get("/api/v1/circle")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_list_pages_cost_the_same_for_one_token_and_three(
    as_ada, circle, django_assert_max_num_queries
):
    for n in (1, 2):
        for _more in range(n):
            program(circle)
        with django_assert_max_num_queries(7):
            as_ada.get(f"/circles/{circle.slug}/programs/")
