"""The network goes away while somebody answers: everything waits, visibly, and arrives once."""

import re
import socket

import pytest
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from browser_checks import PHONE, assert_axe_clean, wait_until
from erdkreis.dialogues.models import Vote
from erdkreis.dialogues.services import close_dialogue
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.rounds.models import Round
from factories import dialogues
from factories.rounds import group

WAITS = "Not sent yet: your answer waits on this device"


@pytest.fixture
def door(asking) -> str:
    return f"/e/{group(asking, 'employees').slug}/"


def begin(page: Page, door: str) -> None:
    page.goto(door)
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("1 of 12")).to_be_visible()


def kept_on_device(page: Page) -> int:
    count = "Object.keys(localStorage).filter((k) => k.startsWith('erdkreis.waiting')).length"
    return page.evaluate(count)


def test_an_answer_waits_and_is_sent_by_itself(phone, door):
    begin(phone, door)
    assert kept_on_device(phone) == 0
    phone.context.set_offline(True)
    phone.get_by_text("rather true").click()
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    assert_axe_clean(phone)
    assert Answer.objects.count() == 0

    phone.context.set_offline(False)

    expect(phone.get_by_text("2 of 12")).to_be_visible()  # it went on by itself
    assert list(Answer.objects.values_list("value", flat=True)) == [4]
    assert kept_on_device(phone) == 0


def one_request(handler):
    """Close the connection after each answer: a server that was stopped must not go on in it."""
    handler.close_connection = True
    handler.handle_one_request()
    handler.connection.shutdown(socket.SHUT_WR)


def on_a_port_used_before(thread, **_connections):
    place = (thread.host, thread.port)
    return thread.server_class(place, QuietWSGIRequestHandler, allow_reuse_address=True)


@pytest.fixture
def own_server(transactional_db, monkeypatch):
    """Return a function that starts a server, and on the same port again once it was stopped."""
    monkeypatch.setattr("django.core.servers.basehttp.WSGIRequestHandler.handle", one_request)
    monkeypatch.setattr(LiveServerThread, "_create_server", on_a_port_used_before)
    servers = []

    def start(port: int = 0) -> LiveServer:
        servers.append(LiveServer(f"localhost:{port}"))
        return servers[-1]

    yield start
    servers[-1].stop()


def test_it_waits_while_the_server_is_down_and_the_browser_closed(open_page, own_server, door):
    server = own_server()
    phone = open_page(PHONE, base_url=server.url)
    begin(phone, door)
    phone.get_by_text("rather not true").click()
    expect(phone.locator("#saved")).to_have_text("saved")
    server.stop()
    phone.get_by_text("rather true").click()
    expect(phone.locator("#saved")).to_have_text("waiting")
    kept = phone.context.storage_state()
    phone.context.close()

    server = own_server(server.thread.port)
    again = open_page(PHONE, base_url=server.url, storage_state=kept)
    again.goto(door)

    expect(again.get_by_text("You have begun on this device")).to_be_visible()
    wait_until(again, "!Object.keys(localStorage).some((k) => k.startsWith('erdkreis.waiting'))")
    assert list(Answer.objects.values_list("value", flat=True)) == [4]
    assert Voice.objects.count() == 1


def test_sending_waits_too(phone, door):
    begin(phone, door)
    phone.goto(f"{door}check/")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.get_by_text("Your answers are not sent yet")).to_be_visible()
    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you")
    assert Voice.objects.get().is_sent


def test_what_comes_too_late_is_told_with_the_words_and_not_dropped(phone, door, asking):
    begin(phone, door)
    phone.context.set_offline(True)
    phone.locator("summary", has_text="say why").click()
    phone.get_by_role("textbox").fill("Because of the noise.")
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    Voice.objects.all().delete()
    phone.evaluate("window.stop()")
    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", level=1)).to_contain_text("We do not find your answers")
    expect(phone.get_by_role("textbox")).to_have_value("Because of the noise.")


def test_what_waited_when_the_round_ended_is_told_on_the_page_that_says_so(phone, door, asking):
    begin(phone, door)
    phone.context.set_offline(True)
    phone.locator("summary", has_text="say why").click()
    phone.get_by_role("textbox").fill("Because of the noise.")
    phone.get_by_text("rather true").click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    Round.objects.filter(pk=asking.pk).update(state="closed")
    phone.context.set_offline(False)

    phone.goto(door)  # in the evening, from the history

    expect(phone.get_by_role("heading", level=1)).to_have_text("This round is over.")
    told = phone.get_by_role("alert")
    expect(told).to_contain_text("could not be taken any more")
    expect(told).to_contain_text("Because of the noise.")
    phone.context.clear_cookies()
    phone.reload()
    expect(told).to_contain_text("could not be taken any more")
    expect(told).not_to_contain_text("noise")  # perhaps somebody else's words
    phone.get_by_role("button", name="I have seen it").click()
    assert kept_on_device(phone) == 0


def test_without_room_in_the_browser_an_answer_waits_in_the_open_page(phone, door):
    begin(phone, door)
    phone.evaluate(
        """() => {
          let bit = "x".repeat(1_000_000);
          for (let n = 0; bit; n += 1) {
            try { localStorage.setItem(`full${n}`, bit); }
            catch { bit = bit.slice(Math.ceil(bit.length / 2)); }
          }
        }"""
    )
    phone.context.set_offline(True)
    phone.get_by_text("rather true").click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    expect(phone.get_by_text("leave this page open")).to_be_visible()
    phone.context.set_offline(False)

    expect(phone.get_by_text("Everything is sent now.")).to_be_visible()
    expect(phone.locator("#saved")).to_have_text("saved")
    assert list(Answer.objects.values_list("value", flat=True)) == [4]


def test_another_voice_on_the_device_sends_nothing_of_the_first(phone, door):
    begin(phone, door)
    phone.route(re.compile("/1/$"), lambda route: route.abort())
    phone.get_by_text("rather true").click()
    expect(phone.locator("#saved")).to_have_text("waiting")
    phone.unroute(re.compile("/1/$"))
    phone.context.clear_cookies()

    begin(phone, door)
    phone.reload()

    expect(phone.locator("input:checked")).to_have_count(0)
    assert Answer.objects.count() == 0


def vote_without_network(phone, circle):
    """Agree with the first of three statements; the vote waits. Return the dialogue."""
    talk = dialogues.dialogue(circle)
    phone.goto(f"/d/{talk.slug}/")
    phone.get_by_role("button", name="I have read this").click()
    expect(phone.get_by_text("3 statements left")).to_be_visible()
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Agree", exact=True).click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    return talk


def test_a_vote_waits_and_counts_once(phone, circle):
    vote_without_network(phone, circle)
    phone.context.set_offline(False)

    expect(phone.get_by_text("2 statements left")).to_be_visible()
    assert list(Vote.objects.values_list("value", flat=True)) == [1]


def test_a_vote_that_waited_when_the_dialogue_was_closed_is_told(phone, circle):
    talk = vote_without_network(phone, circle)
    close_dialogue(talk)
    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", level=1)).to_have_text("This dialogue is closed.")
    expect(phone.get_by_text("What you sent just now was not saved.")).to_be_visible()
    assert not Vote.objects.exists()
    assert kept_on_device(phone) == 0


def test_who_votes_quickly_is_not_told_of_a_network_that_is_there(phone, circle):
    talk = dialogues.dialogue(circle)
    phone.clock.install()
    phone.goto(f"/d/{talk.slug}/")
    phone.get_by_role("button", name="I have read this").click()
    phone.get_by_role("button", name="Agree", exact=True).click()
    expect(phone.get_by_text("2 statements left")).to_be_visible()
    phone.clock.fast_forward(2_500)
    held = []

    def hold(route):
        held.append(route)

    phone.route("**/vote/", hold)
    phone.get_by_role("button", name="Agree", exact=True).click()
    wait_until(phone, "document.querySelector('.htmx-request') !== null")

    phone.clock.fast_forward(1_000)  # three and a half seconds since the first, which arrived

    expect(phone.locator(".waiting [data-says]")).to_have_text("")
    held[0].continue_()
    expect(phone.get_by_text("1 statement left")).to_be_visible()
    expect(phone.locator(".waiting [data-says]")).to_have_text("")


def test_a_statement_stays_in_its_form_until_there_is_a_network(phone, circle):
    talk = dialogues.dialogue(circle)
    phone.goto(f"/d/{talk.slug}/")
    phone.get_by_role("button", name="I have read this").click()
    expect(phone.get_by_text("3 statements left")).to_be_visible()
    phone.goto(f"/d/{talk.slug}/write/")
    written = phone.get_by_label("Your statement")
    written.fill("We should have more breaks.")
    phone.context.set_offline(True)
    send = phone.locator("form.stack").get_by_role("button")
    send.click()

    expect(phone.get_by_text("your words stay here")).to_be_visible()
    expect(written).to_have_value("We should have more breaks.")
    phone.context.set_offline(False)
    send.click()
    expect(phone.get_by_text("waiting to be read")).to_be_visible()


def test_a_shared_device_keeps_nothing(open_page, door):
    page = open_page(PHONE)
    page.goto(f"{door}?kiosk")
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("1 of 12")).to_be_visible()
    page.get_by_text("rather true").click()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("2 of 12")).to_be_visible()

    assert page.evaluate("localStorage.length") == 0
