"""Requests that no page of ours sends, to every address there is: none of them does anything."""

import io
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.urls import get_resolver

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle
from erdkreis.web.limits import LARGEST_BODY
from factories import circles
from factories.circles import PASSWORD
from shown_forms import forms_on
from test_access_rules import LOOKING, PRESSING, addresses

__all__ = ["addresses"]
pytestmark = pytest.mark.django_db

# A mail program presses without a page of ours (RFC 8058), a browser asks for a signature without
# a cookie: what they send is good for nothing else.
WITHOUT_TOKEN = {"invitations:stop", "conversations:off", "questionnaires:slip_signature"}
OF_THE_LIBRARY = ("account_", "mfa_")
# Programs come without a form: no token, no such address, not this method, not JSON.
REFUSED_TO_PROGRAMS = {401, 404, 405, 415}


def is_for_programs(name):
    return name.startswith("api_v1:") or name == "api:openapi"


def of_the_library():
    """Return the addresses of the sign-in library that need nothing to be filled in."""
    from django.urls import NoReverseMatch, reverse

    names = [n for n in get_resolver().reverse_dict if isinstance(n, str)]
    for name in names:
        if name.startswith(OF_THE_LIBRARY):
            try:
                yield name, reverse(name)
            except NoReverseMatch:
                continue


# Forged forms --------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_address_takes_a_form_from_elsewhere(ada, addresses, method):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)

    taken = {
        name
        for name, address in [*addresses.items(), *of_the_library()]
        if getattr(strict, method)(address, {"title": "Mine"}).status_code
        not in (REFUSED_TO_PROGRAMS if is_for_programs(name) else {403})
    }

    assert taken <= WITHOUT_TOKEN
    assert method != "post" or taken == WITHOUT_TOKEN


def test_a_token_of_somebody_else_does_not_help(ada, circle, addresses):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    strict.get("/circles/new/")
    foreign = Client().get("/account/login/").cookies["csrftoken"].value

    answer = strict.post("/circles/new/", {"organisation": "X", "csrfmiddlewaretoken": foreign})

    assert answer.status_code == 403


# Where one is sent ---------------------------------------------------------------------------

ELSEWHERE = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "http:///evil.example", "javascript:alert(1)", " https://evil.example",
    "/%09/evil.example", "https://testserver@evil.example", "/\t/evil.example", "///evil.example",
)  # fmt: skip
NAMES = ("next", "to", "back", "return", "return_to", "url", "redirect", "goto", "continue")


@pytest.mark.parametrize("who", ["anonymous", "host"])
def test_no_address_sends_anybody_elsewhere(ada, addresses, who):
    client, sent = Client(), {}
    if who == "host":
        client.force_login(ada)
    everywhere = [*addresses.items(), *of_the_library()]

    for n, (name, address) in enumerate(everywhere):
        if "pdf" in name or name == "account_logout":
            continue
        told = dict.fromkeys(NAMES, ELSEWHERE[n % len(ELSEWHERE)])
        for answer in (client.get(address, told), client.post(address, told)):
            if leads_away(answer.get("Location", "")):
                sent[name] = answer["Location"]

    assert sent == {}


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_and_out_and_choosing_a_language_lead_nowhere_else(ada, elsewhere):
    client = Client()
    signing_in = {"login": "ada@example.org", "password": PASSWORD, "next": elsewhere}

    assert not leads_away(
        client.post("/language/", {"language": "de", "next": elsewhere})["Location"]
    )
    assert not leads_away(client.post("/account/login/", signing_in)["Location"])
    assert not leads_away(client.post("/account/logout/", {"next": elsewhere})["Location"])


def leads_away(location: str) -> bool:
    """Say whether a browser would leave us: it reads \\ like /, and drops tabs and spaces."""
    read = location.strip().replace("\\", "/").replace("\t", "").replace("\n", "")
    at = urlsplit(read)
    return bool(at.netloc and at.netloc != "testserver") or at.scheme not in {"", "http"}


# Names of hosts ------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"host": "testserver:80@evil"}])
def test_under_another_name_no_page_is_served(headers, addresses):
    stranger = Client(headers=headers, raise_request_exception=False)

    served = {n for n, a in addresses.items() if stranger.get(a).status_code != 400}

    assert served == set()


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-host", "forwarded", "x-original-url"])
def test_a_name_beside_the_host_is_not_read(ada, name, mailoutbox):
    stranger = Client(headers={name: "evil.example"})

    page = stranger.get("/account/login/")
    stranger.post("/account/password/reset/", {"email": "ada@example.org"})

    assert "evil.example" not in page.content.decode()
    assert "evil.example" not in mailoutbox[0].body
    assert "http://testserver/" in mailoutbox[0].body


# Too much ------------------------------------------------------------------------------------


def test_a_body_that_is_too_large_is_refused_before_it_is_read(addresses):
    class Endless(io.RawIOBase):
        def read(self, *_size):
            raise AssertionError("it was read")

    stranger = Client(raise_request_exception=False)
    huge = {"CONTENT_LENGTH": str(LARGEST_BODY + 1), "wsgi.input": Endless()}

    for address in addresses.values():
        answer = stranger.generic("POST", address, **huge)
        assert answer.status_code == 413, address
        assert "too much at once" in answer.content.decode()


@pytest.mark.parametrize("what", ["long", "many", "broken", "files", "nul", "latin", "deep"])
def test_no_body_breaks_a_page(ada, addresses, what):
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    form = "application/x-www-form-urlencoded"
    parts = "multipart/form-data; boundary=x"
    body, kind = {
        "long": (b"text=" + b"a" * 1_100_000, form),
        "many": (b"&".join(b"f%d=1" % n for n in range(2100)), form),
        "broken": (b"--x\r\nContent-Disposition: form-data; name=\r\n\r\n--x-", parts),
        "files": (b"".join(
            b'--x\r\nContent-Disposition: form-data; name="f%d"; filename="f"\r\n\r\n!\r\n' % n
            for n in range(150)) + b"--x--", parts),
        "nul": (b"title=%00&text=%00%FF&q=%00&next=%00", form),
        "latin": (b"title=\xe4\xf6&text=\xff", form + "; charset=utf-16"),
        "deep": (b"[" * 5000, "application/json"),
    }[what]  # fmt: skip

    broken = {
        name: answer.status_code
        for name in PRESSING
        if (answer := client.generic("POST", addresses[name], body, kind)).status_code >= 500
    }

    assert broken == {}


# Fields that nobody asked for ----------------------------------------------------------------

MARK = 7_654_321
NOT_PAGES = {
    "api:openapi",
    "balances:download",
    "dialogues:open_data",
    "reports:file",
    "directory:feed",
    "directory:file",
    "questionnaires:slip_key",
}


def unasked(theirs: Circle) -> dict[str, str]:
    """Return every column of every table as a field of a form, with what a cheat would send."""
    fields = {"circle_id": theirs.pk, "circle": theirs.pk, "id": MARK, "pk": MARK}
    for table in apps.get_models():
        if table.__module__.startswith("erdkreis."):
            for field in table._meta.concrete_fields:
                for name in (field.name, field.attname):
                    fields.setdefault(name, _wish(field))
    return {name: str(value) for name, value in fields.items()}


def _wish(field) -> object:
    if field.choices:
        return [value for value, _said in field.flatchoices][-1]
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2031-01-02"
    return "mallory@example.com" if isinstance(field, models.EmailField) else MARK


# Random each time, so that two goes at the same form differ here.
RANDOM = (
    "digest",
    "slug",
    "seed",
    "key",
    "password",
    "envelope",
    "token",
    "private",
    "public_key",
    "pseudonym",
)


def stored() -> dict[str, list[str]]:
    found = {}
    for table in apps.get_models():
        if not table.__module__.startswith("erdkreis."):
            continue
        names = [
            f.attname
            for f in table._meta.concrete_fields
            if not f.unique
            and not isinstance(f, models.UUIDField | models.DateTimeField)
            and not any(word in f.name for word in RANDOM)
        ]
        rows = models.QuerySet(table).values_list(*names) if names else []
        found[table._meta.label] = sorted(repr([_without_chance(v) for v in row]) for row in rows)
    return found


def _without_chance(value: object) -> object:
    """Ids that tell no order are large random numbers."""
    return "some number" if isinstance(value, int) and value > 10**12 else value


def go(client, form, data) -> dict[str, list[str]] | None:
    """Send a form, look what is stored then, and undo it; nothing, if nothing was taken."""
    counted = counters()
    with transaction.atomic():
        with transaction.atomic():
            status = client.post(form.action, data).status_code
        after = stored() if status in {302, 303} else None
        transaction.set_rollback(True)
    set_back(counted)
    return after


def counters() -> dict[str, int | None]:
    """How far PostgreSQL has counted each key; it goes on counting over what is undone."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return dict(cursor.fetchall())


def set_back(counted: dict[str, int | None]) -> None:
    moved = {name: counted[name] for name, n in counters().items() if n != counted[name]}
    with connection.cursor() as cursor:
        for name, n in moved.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [name, n or 1, n is not None])


def test_fields_that_nobody_asked_for_change_nothing(ada, charlotte, addresses, as_ada):
    extras = unasked(charlotte.roles.get().circle)
    before, n_taken, changed = stored(), 0, {}
    seen = set()

    for name, address in addresses.items():
        if LOOKING[name][-1] != 200 or name in NOT_PAGES or "pdf" in name:
            continue
        shown = [f for f in forms_on(as_ada, address) if f.method == "post"]
        for form in shown:
            fields = (form.action, *sorted(form.fields))
            if fields in seen or form.action.startswith(("/account/", "/language/")):
                continue
            seen.add(fields)
            known = {n for f in shown if f.action == form.action for n in f.fields}
            known |= {n for f in shown if f.action == form.action for n, _v in f.buttons}
            typed = {n: "Words of ours" for n, f in form.fields.items()
                     if f.is_text and not any(f.values)}  # fmt: skip
            data = form.data(**typed) | dict(form.buttons[:1])
            plain = go(as_ada, form, data)
            if plain is None or plain == before:
                continue
            n_taken += 1
            cheated = go(as_ada, form, {n: v for n, v in extras.items() if n not in known} | data)
            if cheated != plain:
                changed[f"{name} → {form.action}"] = difference(plain, cheated)

    assert not changed, "\n".join(f"{form}: {what}" for form, what in changed.items())
    assert n_taken > 25, "forms that were really taken"


def difference(plain, cheated) -> object:
    if cheated is None:
        return "refused"
    return {
        table: sorted({*cheated[table]} ^ {*rows})
        for table, rows in plain.items()
        if cheated[table] != rows
    }


# For developers only ---------------------------------------------------------------------------


def test_nothing_for_developers_answers(addresses):
    stranger = Client(raise_request_exception=False)

    echoed = {n for n, a in addresses.items() if stranger.trace(a).status_code == 200}
    page = stranger.get("/there-is-no-such-page/").content.decode()

    assert echoed == set()
    assert "Traceback" not in page
    assert "urlpatterns" not in page


# Sessions ------------------------------------------------------------------------------------


def test_a_session_from_before_is_worth_nothing_after_signing_in(ada, client):
    """Who slips somebody a session does not get into it when they sign in."""
    session = client.session
    session["mine"] = True
    session.save()
    slipped = session.session_key
    client.cookies["sessionid"] = slipped

    client.post("/account/login/", {"login": "ada@example.org", "password": PASSWORD})

    thief = Client()
    thief.cookies["sessionid"] = slipped
    assert client.get("/circles/").status_code == 200
    assert client.session.session_key != slipped
    assert thief.get("/circles/").status_code == 302


def test_signing_out_and_a_new_password_end_sessions(ada, client):
    stolen, kept = Client(), Client()
    stolen.force_login(ada)
    kept.force_login(ada)
    before = stolen.cookies["sessionid"].value
    stolen.logout()
    stolen.cookies["sessionid"] = before
    assert stolen.get("/circles/").status_code == 302, "signing out ends it on the server"

    ada.set_password("another-long-password")
    ada.save()

    assert kept.get("/circles/").status_code == 302


def test_nobody_signs_in_as_staff_by_a_form(circle, as_ada):
    as_ada.post(f"/circles/{circle.slug}/people/", {
        "email": "new@example.org", "kind": "host", "is_staff": "on", "is_superuser": "on",
        "is_active": "", "password": "x",
    })  # fmt: skip

    assert not Person.objects.filter(is_staff=True).exists()
    assert not Person.objects.filter(is_superuser=True).exists()


# Tokens --------------------------------------------------------------------------------------

HOLDING = {
    "invitations:stop", "questionnaires:personal", "questionnaires:guardian", "directory:mine",
    "directory:reply", "fit:invited", "fit:own", "fit:asked_again", "conversations:off",
    "conversations:confirm",
}  # fmt: skip


# In these tests a fit conversation has one code, that of its invitation.
@pytest.mark.parametrize("kind", sorted(HOLDING - {"fit:own", "fit:asked_again"}))
def test_a_token_opens_one_door(kind, addresses):
    """Whatever one holds in one's hands is good for its own purpose, and for no other."""
    at = addresses[kind].strip("/").split("/")
    token = at[-1]

    for other in sorted(HOLDING - {kind}):
        door = addresses[other].strip("/").split("/")
        there = f"/{'/'.join(door[:-1])}/{token}/"
        random = f"/{'/'.join(door[:-1])}/0000-0000-0000-0000/"
        assert opened(there) == opened(random), other


def opened(address: str) -> tuple[int, int, int]:
    client = Client(raise_request_exception=False)
    looked, pressed = client.get(address), client.post(address)
    return looked.status_code, pressed.status_code, looked.content.count(b"<form")


# Somebody else's circle ----------------------------------------------------------------------


@pytest.mark.parametrize("role", ["reader", "entry_helper", "guardian", "facilitator"])
def test_a_role_elsewhere_opens_what_any_account_opens(role, charlotte, addresses):
    someone = circles.member(charlotte.roles.get().circle, f"other-{role}", role)
    client = Client()
    client.force_login(someone)

    seen = {name: client.get(a).status_code for name, a in addresses.items() if "pdf" not in name}

    assert seen == {name: LOOKING[name][1] for name in seen}
