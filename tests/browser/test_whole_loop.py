"""The whole loop once: asked, seen, put into words, talked, tried, asked again, answered back.

Mails leave by SMTP and are read as those get them who were invited; links in them are followed.
Every page is checked for access and on the smallest phone.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from browser_checks import PHONE, SMALLEST_PHONE, axe_findings, sign_in
from erdkreis.conversations.digests import queue_digests
from erdkreis.invitations.outbox import send_due_mails
from erdkreis.rounds.models import Round
from factories import rounds, voices
from factories.post_office import words
from factories.roll import listed
from factories.rounds import group

pytestmark = pytest.mark.django_db(transaction=True)

WORK = "q1_work.employees.core"
ANNA, KIM = "anna@example.org", "kim@example.org"  # one employee, one customer


@pytest.fixture
def opened(at_noon, circle, live_server, settings) -> Round:
    """A round that asks, with one person of each of two groups on the list."""
    settings.PUBLIC_URL = live_server.url
    circle.groups.filter(code__in=["employees", "customers"]).update(size=40)
    round_ = rounds.asking(circle)
    listed(group(round_, "employees"), "anna", language="en")
    listed(group(round_, "customers"), "kim", language="en")
    return round_


@pytest.mark.long
def test_from_a_round_to_the_answer_back(laptop, open_page, opened, as_ada, post_office):
    sign_in(laptop, as_ada)
    loop = Loop(Host(laptop), Post(post_office), lambda: Walk(open_page(PHONE)))

    thanks = loop.ask(opened)
    loop.talk()
    loop.agree()
    loop.look_again()
    loop.answer_back(opened, thanks)


class Loop:
    """The five parts of the loop, with everybody who takes part in them."""

    def __init__(self, host: "Host", post: "Post", phone: Callable[[], "Walk"]) -> None:
        self.host, self.post, self.phone = host, post, phone
        self.anna = phone()

    def ask(self, round_: Round) -> str:
        """Ask, and make the picture: some of the employees find their work good, others do not."""
        self.host.invite(round_, "employees")
        self.host.invite(round_, "customers")
        thanks = self.anna.answer(self.post.link(ANNA), "1")
        voices.voices(group(round_, "employees"), WORK, [1, 1, 2, 2, 2, 4, 5] * 3)
        self.host.make_picture(round_)
        return thanks

    def talk(self) -> None:
        """Two groups talk about the difference; what is new comes without reload, or by mail."""
        self.host.word_the_tension()
        at_employees, at_customers = self.host.open_conversation()
        worker, customer = self.phone(), self.phone()
        worker.come_in(at_employees)
        customer.come_in(at_customers)
        worker.say("We stand up at three, and it gets more.")
        expect(customer.page.get_by_text("We stand up at three")).to_be_visible(timeout=60_000)
        customer.say_what_i_heard("You would like to sleep longer.")
        worker.accept()
        customer.hear_by_mail(KIM)
        customer.open(self.post.link(KIM))
        customer.press("Yes, send me mails")
        self.host.move_on_to("Reasons for and against")
        worker.open(at_employees)
        worker.say("Who sleeps makes fewer mistakes.", kind="A reason for")
        self.host.move_on_to("What would have to be true?")
        self.host.move_on_to("A proposal")
        customer.open(at_customers)
        customer.say("One shift begins at five, for six weeks.")
        worker.open(at_employees)
        worker.object("Then the rolls are late.")
        self.host.close("We try one shift at five.", minority="Some fear for the early rolls.")
        queue_digests()
        told = self.post.mail(KIM)
        assert "We try one shift at five." in told
        assert "We stand up at three" in told

    def agree(self) -> None:
        """An idea of the meeting becomes an experiment: two consents, and a concern answered."""
        host = self.host
        host.meet()
        host.write_minutes("One shift begins at five")
        host.shape_the_experiment()
        host.ask_those_touched()
        self.asked = self.post.link(ANNA)
        for one in (self.phone(), self.phone()):
            one.open(self.asked)
            one.consent()
        self.doubting = self.phone()
        self.doubting.open(self.asked)
        self.doubting.say_it("I have a concern", "Who opens the door for the mill?")
        host.answer_concern("Who opens the door for the mill?", "Olga has a key.")
        host.press("Agreed: safe enough to try", start=host.experiment)
        host.press("Begin")
        self.doubting.open(self.asked)
        expect(self.doubting.page.get_by_text("Olga has a key.").first).to_be_visible()
        expect(self.doubting.page.locator(".state").first).to_have_text("running")

    def look_again(self) -> None:
        """The same questions of the same group, whose list is carried over; then the review."""
        follow_up = self.host.ask_again()
        self.phone().answer(self.post.link(ANNA), "4")
        voices.voices(group(follow_up, "employees"), WORK, [4, 4, 5, 5, 4, 3, 5] * 3)
        self.host.make_picture(follow_up)
        self.host.review()
        clear = self.host.page.get_by_text("Good work – Employees: Clearly different.")
        expect(clear).to_be_visible()
        self.host.tell()
        assert "What became of it: One shift begins at five" in self.post.subject(ANNA)
        self.doubting.open(self.asked)
        expect(self.doubting.page.get_by_text("We keep it.")).to_be_visible()

    def answer_back(self, round_: Round, thanks: str) -> None:
        """One page for everyone who was asked, sent and published from one place."""
        self.host.answer_back(round_)
        reader = self.phone()
        reader.open(self.post.link(KIM))
        expect(reader.page.get_by_role("heading", level=1)).to_have_text("What became of it")
        expect(reader.page.get_by_text("We do not close on Mondays")).to_be_visible()
        self.anna.open(thanks)
        self.anna.press("What became of it")
        expect(self.anna.page.get_by_text("We do not close on Mondays")).to_be_visible()


class Post:
    """What lies in the letter boxes, after everything that is due was sent."""

    def __init__(self, office) -> None:
        self.office = office

    def mail(self, address: str) -> str:
        send_due_mails()
        letters = self.office.to(address)
        assert letters, f"nothing came for {address}"
        return words(letters[-1])

    def subject(self, address: str) -> str:
        send_due_mails()
        return str(self.office.to(address)[-1]["Subject"])

    def link(self, address: str) -> str:
        found = re.findall(r"http://\S+", self.mail(address))
        assert found, self.mail(address)
        return found[0].rstrip(".")


class Walk:
    """One device going through pages; each is checked for access and on the smallest phone."""

    checked: ClassVar[set[tuple[str, ...]]] = set()

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.check()

    def press(self, name: str | re.Pattern, start: str = "") -> None:
        if start:
            self.open(start)
        # ``exact`` only counts for words, not for patterns.
        main = self.page.get_by_role("main")
        main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        ).first.click()
        self.check()

    def check(self) -> None:
        """Check a page, once for each form in which it shows: its kind, and its headings."""
        self.page.wait_for_load_state()
        assert self.page.title(), "a page without a title"
        kind = re.sub(r"\d+|-[a-z0-9]{4}/", "", urlsplit(self.page.url).path)
        form = (kind, *self.page.locator("h1, h2, legend").all_inner_texts())
        if form in self.checked:
            return
        self.checked.add(form)
        assert axe_findings(self.page) == [], self.page.url
        size = self.page.viewport_size
        self.page.set_viewport_size(SMALLEST_PHONE)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= SMALLEST_PHONE["width"], f"{self.page.url} is {width} px wide"
        self.page.set_viewport_size(size)

    def fill(self, **typed: str) -> None:
        """Fill in fields by their names."""
        for name, text in typed.items():
            self.page.locator(f"[name={name}]").first.fill(text)

    # As somebody who answers a round ------------------------------------------------------

    def answer(self, address: str, step: str) -> str:
        """Answer everything with one step; return where one is thanked."""
        self.open(address)
        self.press("I have read this and would like to take part")
        while not self.page.url.endswith("/check/"):
            radio = self.page.locator(f"input[value='{step}']")
            if radio.count():
                radio.first.check(force=True)
            self.go_on()
        self.press("Send my answers")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Thank you")
        return self.page.url

    def go_on(self) -> None:
        """Press on, and wait until the next page really stands there."""
        number, last = re.findall(r"\d+", self.page.locator(".progress").inner_text())[:2]
        self.page.get_by_role("button", name=re.compile("^(Next|Check my answers)$")).click()
        if number == last:
            self.page.wait_for_url("**/check/")
            expect(self.page.get_by_role("heading", level=1)).to_have_text("Check your answers")
        else:
            progress = f"{int(number) + 1} of {last}"
            expect(self.page.locator(".progress")).to_contain_text(progress)

    # As somebody who talks ----------------------------------------------------------------

    def come_in(self, address: str) -> None:
        self.open(address)
        self.press("Take part")
        self.page.get_by_label("as someone from").check()
        self.press("I have read this and would like to take part")

    def say(self, text: str, kind: str = "") -> None:
        if kind:
            self.page.get_by_label(kind, exact=True).check()
        self.page.get_by_label("Your words").fill(text)
        self.press("Say it")
        expect(self.page.get_by_text(text)).to_be_visible()

    def say_what_i_heard(self, text: str) -> None:
        self.press(re.compile("^Say what you heard"))
        self.page.get_by_label("Your words").fill(text)
        self.press("Send")

    def accept(self) -> None:
        self.page.reload()
        self.press("Is that what you mean?")
        self.page.get_by_label("“Yes, that is what I mean.”").check()
        self.press("Send")
        expect(self.page.get_by_text("“Yes, that is what I mean.”").last).to_be_visible()

    def object(self, text: str) -> None:
        self.press(re.compile("^Object, with a reason"))
        self.page.get_by_label("Your words").fill(text)
        self.press("Send")

    def hear_by_mail(self, address: str) -> None:
        self.press("Hear of it by mail, once a week at most")
        self.page.get_by_label("Mail address").fill(address)
        self.press("Send me the link")

    # As somebody who would feel an experiment ---------------------------------------------

    def consent(self) -> None:
        self.page.get_by_label("That is safe enough to try.").check()
        self.press("Say it")
        expect(self.page.get_by_text("You have said, on this device")).to_be_visible()

    def say_it(self, kind: str, text: str) -> None:
        self.page.get_by_label(kind).check()
        self.page.get_by_label("In your words").fill(text)
        self.press("Say it")
        expect(self.page.get_by_text(text).first).to_be_visible()


class Host(Walk):
    """Ada at a laptop."""

    conversation = experiment = ""

    def invite(self, round_: Round, code: str) -> None:
        self.open(f"/rounds/{round_.pk}/links/{group(round_, code).slug}/mail/")
        self.press("Send a test mail to me")
        self.press("Send the invitations")

    def make_picture(self, round_: Round) -> None:
        self.open(f"/rounds/{round_.pk}/")
        self.page.get_by_text("End the answering before the last day").click()
        self.press("End it and make the picture")

    def word_the_tension(self) -> None:
        self.press("Tensions", start="/circles/kornblume/")
        card = self.page.locator(".card").filter(has_text="Good work").first
        card.get_by_role("link", name=re.compile("^Put it into words")).click()
        self.check()
        self.fill(**{"a-name": "Bread at seven", "b-name": "Nights long enough"})
        self.fill(
            **{"a-good_side": "People get fresh bread.", "b-good_side": "Who sleeps is well."}
        )
        self.page.locator("[name=a-group]").select_option("Customers")
        self.page.locator("[name=b-group]").select_option("Employees")
        self.press("Save")
        for letter, who in (("a", "Kim for the customers"), ("b", "Anna for the team")):
            self.page.locator(f"#by-{letter}").fill(who)
            self.page.locator(f"form:has(#by-{letter}) button").click()
            self.check()
        expect(self.page.get_by_text("both sides accept the words").first).to_be_visible()

    def open_conversation(self) -> list[str]:
        self.press("Open a conversation about it")
        self.fill(question="How can both be?", what_is_open="All but the rent.")
        self.press("Open the conversation")
        self.conversation = self.page.url
        addresses = {
            row.locator("strong").inner_text(): row.locator("a.address").get_attribute("href")
            for row in self.page.locator("li:has(a.address)").all()
        }
        return [addresses["Employees"], addresses["Customers"]]

    def move_on_to(self, phase: str) -> None:
        self.press("On to the next phase", start=self.conversation)
        expect(self.page.get_by_role("heading", name=phase)).to_be_visible()

    def close(self, outcome: str, minority: str) -> None:
        self.press("Close the conversation", start=self.conversation)
        self.fill(outcome=outcome, minority=minority)
        self.press("Close the conversation")

    def meet(self) -> None:
        self.press("Plan a meeting", start="/circles/kornblume/")
        self.fill(
            title="Nights and bread", day=str(timezone.localdate() + timedelta(days=1)),
            what_is_open="When shifts begin.", what_is_decided="The rent.",
        )  # fmt: skip
        self.press("Make the plan")

    def write_minutes(self, idea: str) -> None:
        self.press("Write the minutes")
        self.fill(heard="Nights are short.", ideas=idea, otherwise="Some want it earlier.")
        self.press("Save the minutes")

    def shape_the_experiment(self) -> None:
        self.press("Make it an experiment")
        self.fill(
            question="Do people stay healthier?",
            change="One shift of the bakery begins at five.",
        )
        self.press("Save and go on")
        self.fill(
            expectation="Fewer are ill, because nights are longer.", surprise="As many are ill.",
            watch_other="A story from each shift.",
        )  # fmt: skip
        work = self.page.locator("[name=watch_0]")
        work.select_option("employees:q1_work")
        self.press("Save and go on")
        self.fill(guard="Bread is there at seven.", stop_sign="Two mornings without bread.")
        self.page.get_by_label("Employees").check()
        self.press("Save and go on")
        today = timezone.localdate()
        self.fill(
            effort_hours="20", time_freed_from="The Tuesday meeting.", owner="Olga",
            starts_on=str(today), ends_on=str(today + timedelta(weeks=6)),
            review_on=str(today + timedelta(weeks=7)),
        )  # fmt: skip
        self.press("Save")
        self.experiment = self.page.url
        self.press("It is shaped")

    def ask_those_touched(self) -> None:
        self.press("Ask those touched")
        self.press(re.compile("^Ask by mail"))

    def answer_concern(self, concern: str, answer: str) -> None:
        self.open(f"{self.experiment}touched/")
        said = self.page.locator(".evidence").filter(has_text=concern)
        said.get_by_text("Answer", exact=True).click()
        said.locator("textarea").fill(answer)
        said.get_by_role("button", name="Save the answer").click()
        self.check()

    def ask_again(self) -> Round:
        self.press("Prepare the short round", start=self.experiment)
        self.press("Make the links and take over the lists")
        self.press("Open the round")
        made = Round.objects.latest("pk")
        self.invite(made, "employees")
        return made

    def review(self) -> None:
        self.press("Look back now", start=self.experiment)
        self.fill(
            happened="Fewer were ill.", surprised="Nobody missed the early rolls.",
            cost="Twelve hours.", reason="It did good.", tell="We begin at five from now on.",
        )  # fmt: skip
        self.page.locator("[name^=voice_]").fill("We slept.")
        self.page.get_by_label("We keep it.").check()
        self.press("Save what is written")
        self.press("Close the review")
        self.press("The path on one sheet")

    def tell(self) -> None:
        self.press("Tell 1 person of the groups that felt it", start=self.experiment)

    def answer_back(self, round_: Round) -> None:
        self.press("Answer back", start=f"/rounds/{round_.pk}/")
        self.fill(
            said="Nights are long.", heard="That it goes on for years.",
            trying="One shift begins at five.",
            not_doing="We do not close on Mondays, because of the rent.",
            look_again_on=str(timezone.localdate() + timedelta(days=180)),
        )  # fmt: skip
        self.press("Save and look at it")
        self.press("Publish it for everyone")
        self.press("Send it to everyone who was invited")
