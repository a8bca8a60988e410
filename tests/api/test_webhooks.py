"""Webhooks: told once of what happened, signed, tried again, and never sent into the house."""

import base64
import hmac
import json
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from erdkreis.answerback import actions as answer_actions
from erdkreis.api.deliveries import PAUSES, queue_news, send_due, signature, tell_webhooks
from erdkreis.api.models import Delivery
from erdkreis.api.scopes import Event
from erdkreis.api.services import add_webhook, delete_what_is_due
from erdkreis.circles.journal import record
from erdkreis.circles.models import Circle
from erdkreis.conversations import actions as conversation_actions
from erdkreis.experiments import actions as experiment_actions
from erdkreis.pictures import actions as picture_actions
from erdkreis.rounds import actions as round_actions
from erdkreis.web import fetching
from factories import pictures, rounds
from factories.at_once import at_once

pytestmark = pytest.mark.django_db


class Listening(BaseHTTPRequestHandler):
    """Somebody's program: answers as its path says, and remembers what came."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.path, dict(self.headers.items()), body))
        if self.path == "/slow":
            self.server.is_over.wait(5)
        self.send_response({"/moved": 302, "/busy": 503, "/gone": 410}.get(self.path, 204))
        if self.path == "/moved":
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/inside")
        self.end_headers()

    def log_message(self, *_about):
        pass


@pytest.fixture
def listener(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    server.daemon_threads, server.came, server.is_over = True, [], threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WEBHOOK_INSIDE = [f"127.0.0.1:{server.server_port}"]
    yield server
    server.is_over.set()
    server.shutdown()
    server.server_close()


def hook(circle, listener, path="/", events=tuple(Event.values)):
    return add_webhook(circle, f"http://127.0.0.1:{listener.server_port}{path}", events)


def opened(circle, ada):
    round_ = rounds.asking(circle)
    record(circle, ada, round_actions.ASKING, round_.title, round_id=round_.pk)
    return round_


def test_a_message_is_signed_as_standard_webhooks_describes(circle, ada, listener):
    _made, secret = hook(circle, listener)
    round_ = opened(circle, ada)

    told = tell_webhooks()

    ((path, headers, body),) = listener.came
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert (path, headers["Content-Type"], told.n_delivered) == ("/", "application/json", 1)
    assert json.loads(body) == {
        "type": "round.opened",
        "day": str(timezone.localdate()),
        "data": {
            "circle": "kornblume",
            "round": round_.pk,
            "read": [f"http://testserver/api/v1/rounds/{round_.pk}"],
        },
    }


def test_the_signature_of_the_convention_comes_out():
    """The example of the convention itself."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    made = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')

    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_event_is_told_once_to_whoever_wants_it(circle, ada, listener):
    hook(circle, listener, "/all")
    hook(circle, listener, "/some", ["experiment.decided"])
    round_ = rounds.asking(circle)
    for action in (
        round_actions.ASKING, picture_actions.MADE, picture_actions.PUBLISHED,
        conversation_actions.OPENED, experiment_actions.DECIDED, answer_actions.PUBLISHED,
        round_actions.EXTENDED,
    ):  # fmt: skip
        record(circle, ada, action, "Something", round_id=round_.pk)

    tell_webhooks()
    tell_webhooks()

    told = [(path, json.loads(body)["type"]) for path, _headers, body in listener.came]
    assert sorted(told) == sorted(
        [("/all", event) for event in Event.values] + [("/some", "experiment.decided")]
    )


def test_nothing_about_people_stands_in_a_message(circle, ada, listener):
    hook(circle, listener)
    round_ = pictures.with_picture(circle)
    record(circle, ada, picture_actions.MADE, "How Dora sees us", round_id=round_.pk)

    tell_webhooks()

    said = b"".join(body for _path, _headers, body in listener.came).decode()
    assert "result.released" in said
    assert not [word for word in ("Ada", "ada@", "Dora", "host", "Hanna") if word in said]
    assert ":" not in json.loads(listener.came[0][2])["day"]


def test_what_was_done_before_and_elsewhere_is_not_told(circle, ada, charlotte, listener):
    opened(circle, ada)
    hook(circle, listener)
    other = Circle.objects.get(roles__person=charlotte)
    record(other, charlotte, round_actions.ASKING, "Hers")

    tell_webhooks()

    assert listener.came == []


@pytest.mark.parametrize(("path", "said"), [("/busy", "503"), ("/moved", "302")])
def test_what_is_not_taken_is_tried_again_for_a_day_and_then_set_aside(
    circle, ada, listener, monkeypatch, path, said
):
    made, _secret = hook(circle, listener, path)
    opened(circle, ada)
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    queue_news()

    send_due()
    send_due()
    assert len(listener.came) == 1  # not before its time
    for pause in PAUSES:
        now += pause
        send_due()

    message = made.deliveries.get()
    assert (message.state, message.outcome) == ("set_aside", said)
    assert len(listener.came) == len(PAUSES) + 1
    assert {headers["webhook-id"] for _p, headers, _b in listener.came} == {message.message_id}
    assert {p for p, _headers, _b in listener.came} == {path}  # no redirect was followed
    assert timedelta(hours=22) < sum(PAUSES, timedelta()) < timedelta(hours=24)


def test_gone_is_gone(circle, ada, listener):
    made, _secret = hook(circle, listener, "/gone")
    opened(circle, ada)

    tell_webhooks()

    assert made.deliveries.get().state == "set_aside"


def test_whoever_is_slow_keeps_nobody_waiting(circle, ada, listener, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.2)
    made, _secret = hook(circle, listener, "/slow")
    hook(circle, listener, "/quick")
    opened(circle, ada)

    told = tell_webhooks()

    assert told.n_delivered == 1
    assert made.deliveries.get().said == "Nobody answered in time."


def test_whoever_answers_letter_by_letter_is_left(circle, ada, settings, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.5)
    dripping = socket.create_server(("127.0.0.1", 0))
    is_over = threading.Event()

    def drip():
        connection, _address = dripping.accept()
        with connection, suppress(OSError):
            while not is_over.wait(0.05):
                connection.sendall(b"H")

    dropper = threading.Thread(target=drip, daemon=True)
    dropper.start()
    settings.WEBHOOK_INSIDE = [f"127.0.0.1:{dripping.getsockname()[1]}"]
    made, _secret = add_webhook(circle, f"http://{settings.WEBHOOK_INSIDE[0]}/", Event.values)
    opened(circle, ada)

    tell_webhooks()
    is_over.set()
    dropper.join()
    dripping.close()

    assert made.deliveries.get().state == "waiting"


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/",
     "https://10.0.0.1/", "https://0x7f.1/", "https://2130706433/", "http://example.org/",
     "https://example.org:8443/", "https://user:x@example.org/"],
)  # fmt: skip
def test_nothing_is_sent_into_the_house(circle, ada, monkeypatch, url):
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_o: pytest.fail("connected"))
    public = [(socket.AF_INET, 1, 6, "", ("1.1.1.1", 443))]
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo",
        lambda host, *a, **o: public if host == "example.org" else real(host, *a, **o),
    )  # fmt: skip
    made, _secret = add_webhook(circle, url, Event.values)
    opened(circle, ada)

    tell_webhooks()

    assert made.deliveries.get().said.startswith(("The address leads to no public", "Nobody"))


def test_a_name_that_changes_its_mind_gains_nothing(circle, ada, monkeypatch):
    """Public when looked at, private a moment later: the connection goes where was looked."""
    answers = iter(["1.1.1.1", "127.0.0.1", "127.0.0.1"])
    asked = []

    def look_up(*_about, **_options):
        return [(socket.AF_INET, 1, 6, "", (next(answers), 443))]

    def connect(address, *_about, **_options):
        asked.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    add_webhook(circle, "https://rebinding.example/", Event.values)
    opened(circle, ada)

    tell_webhooks()

    assert asked == [("1.1.1.1", 443)]


def test_a_new_secret_signs_from_now_on(as_ada, ada, circle, listener):
    made, old = hook(circle, listener)

    page = as_ada.post(f"/circles/{circle.slug}/webhooks/{made.pk}/renew/").content.decode()
    new = "whsec_" + page.split("whsec_")[1].split("<")[0].replace("&#x27;", "'")
    opened(circle, ada)
    tell_webhooks()

    ((_path, headers, body),) = listener.came
    id_, at = headers["webhook-id"], int(headers["webhook-timestamp"])
    keys = [base64.b64decode(one.removeprefix("whsec_")) for one in (old, new)]
    signatures = [signature(key, id_, at, body.decode()) for key in keys]
    assert headers["webhook-signature"] == signatures[1] != signatures[0]
    shown = as_ada.get(f"/circles/{circle.slug}/webhooks/{made.pk}/").content.decode()
    assert new not in shown
    assert "a round is open for answering" in shown
    assert "delivered" in shown


def test_what_was_set_aside_is_tried_again_by_a_press(as_ada, ada, circle, listener):
    made, _secret = hook(circle, listener, "/gone")
    opened(circle, ada)
    tell_webhooks()
    at = f"/circles/{circle.slug}/webhooks/{made.pk}/"
    before = as_ada.get(at).content.decode()

    as_ada.post(f"{at}again/")
    tell_webhooks()

    assert "It answered with status 410." in before
    assert len(listener.came) == 2


@pytest.mark.parametrize(
    "url",
    ["", "example", "http://example.org/", "ftp://example.org/", "https://user:x@example.org/",
     "https://example.org/#x", "https://" + "x" * 300 + ".org/", "javascript:alert(1)"],
)  # fmt: skip
def test_only_web_addresses_are_taken(as_ada, circle, url):
    answer = as_ada.post(f"/circles/{circle.slug}/webhooks/", {"url": url, "events": Event.values})

    assert answer.status_code == 422
    assert not circle.webhooks.exists()


def test_messages_are_deleted_after_a_month(circle, ada, listener, on_day):
    hook(circle, listener)
    opened(circle, ada)
    tell_webhooks()

    on_day(timezone.localdate() + timedelta(days=31))
    delete_what_is_due()

    assert not Delivery.objects.exists()


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_several_who_send_at_once_one_gets_each_message(circle, ada, listener):
    hook(circle, listener)
    opened(circle, ada)

    at_once(lambda _n: tell_webhooks(), range(4))

    assert len(listener.came) == 1
