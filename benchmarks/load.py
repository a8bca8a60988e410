"""People at many connections at once, from one process: what they send, and what they were told.

A generator of one's own, because each request differs (a code, a token against forged forms, a
statement) and every “saved” must be found in the database afterwards. It writes bytes to sockets
and waits with epoll; some 20 µs a request, so that on two cores it leaves the server nearly all.
"""

import random
import selectors
import socket
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

HOST = "127.0.0.1"
END_OF_HEAD = b"\r\n\r\n"
LONGEST_ANSWER_S = 60.0
RECONNECT_S = 0.05


class Answer(NamedTuple):
    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return value.strip().decode("latin-1")
        return ""

    def cookie(self, name: str) -> str:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == b"set-cookie" and value.strip().startswith(
                f"{name}=".encode()
            ):
                return value.strip().split(b";")[0].split(b"=", 1)[1].decode().strip('"')
        return ""


# A person: yields requests, is sent answers; what it appends to `kept` is known to be saved.
Person = Generator[bytes, Answer, None]


@dataclass
class Seen:
    """What one run saw. Times in seconds; an answer that never came is lost, not wrong."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    n_lost: int = 0
    generator_cpu_s: float = 0.0

    @property
    def n(self) -> int:
        return len(self.times)

    @property
    def rate(self) -> float:
        return self.n / self.seconds if self.seconds else 0.0

    def ms(self, share: float) -> float:
        """Return the time below which this share of the answers came, in milliseconds."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0

    @property
    def n_errors(self) -> int:
        return self.n_lost + sum(n for status, n in self.statuses.items() if status >= 400)


class _Connection:
    """One connection: the person on it, and the request under way."""

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.person: Person | None = None
        self.waiting = b""
        self.sent_at = 0.0
        self.got = bytearray()
        self.not_before = 0.0


def drive(
    port: int,
    people: Iterator[Person],
    n_connections: int,
    seconds: float = 600.0,
    *,
    on_tick: Callable[[], None] = lambda: None,
) -> Seen:
    """Let people act until the time is over or nobody is left; wait for answers under way."""
    return _Crowd(port, people, n_connections, seconds).act(on_tick)


class _Crowd:
    """All connections, and who is on them."""

    def __init__(
        self, port: int, people: Iterator[Person], n_connections: int, seconds: float
    ) -> None:
        self.port, self.people = port, people
        self.seen, self.chooser = Seen(), selectors.DefaultSelector()
        self.started = time.perf_counter()
        self.last = self.started + seconds
        self.idle = [_Connection() for _ in range(n_connections)]
        self.busy: set[_Connection] = set()

    def act(self, on_tick: Callable[[], None]) -> Seen:
        cpu = time.process_time()
        while self._begin():
            for key, _events in self.chooser.select(0.05):
                self._read(key.data)
            now = time.perf_counter()
            for connection in [c for c in self.busy if now - c.sent_at > LONGEST_ANSWER_S]:
                self._lose(connection)
            on_tick()
        self.seen.seconds = min(time.perf_counter(), self.last) - self.started
        self.seen.generator_cpu_s = time.process_time() - cpu
        for connection in self.idle:
            self._hang_up(connection)
        self.chooser.close()
        return self.seen

    def _begin(self) -> bool:
        """Put people on free connections; say whether anybody still acts."""
        now = time.perf_counter()
        for connection in self.idle[:]:
            if connection.not_before > now:
                continue
            if not connection.waiting:
                self._next(connection)
            if now > self.last + LONGEST_ANSWER_S:
                connection.waiting = b""
            elif connection.waiting and self._send(connection):
                self.idle.remove(connection)
                self.busy.add(connection)
        return bool(self.busy) or any(connection.waiting for connection in self.idle)

    def _next(self, connection: _Connection) -> None:
        """Let the next person come to a connection."""
        connection.waiting, connection.person = b"", None
        if time.perf_counter() < self.last:
            connection.person = next(self.people, None)
        if connection.person is not None:
            connection.waiting = next(connection.person, b"")

    def _send(self, connection: _Connection) -> bool:
        try:
            if connection.socket is None:
                made = socket.create_connection((HOST, self.port), timeout=5)
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.chooser.register(made, selectors.EVENT_READ, connection)
                connection.socket = made
            connection.got.clear()
            connection.sent_at = time.perf_counter()
            connection.socket.sendall(connection.waiting)
        except OSError:
            self._hang_up(connection)
            connection.not_before = time.perf_counter() + RECONNECT_S
            return False
        return True

    def _read(self, connection: _Connection) -> None:
        try:
            part = connection.socket.recv(262_144) if connection.socket else b""
        except OSError:
            part = b""
        if not part:
            # A connection on which nobody waits is closed by the server after some seconds.
            self._lose(connection) if connection in self.busy else self._hang_up(connection)
            return
        connection.got += part
        if (answer := _whole(connection.got)) is not None:
            self._take(connection, answer)

    def _take(self, connection: _Connection, answer: Answer) -> None:
        self.seen.times.append(time.perf_counter() - connection.sent_at)
        self.seen.statuses[answer.status] = self.seen.statuses.get(answer.status, 0) + 1
        if b"onnection: close" in answer.head:
            self._hang_up(connection)
        try:
            assert connection.person is not None
            connection.waiting = connection.person.send(answer)
        except StopIteration:
            self._next(connection)
            if connection.person is None:
                self._hang_up(connection)  # whoever has finished leaves
        if not connection.waiting or not self._send(connection):
            self.busy.discard(connection)
            self.idle.append(connection)

    def _lose(self, connection: _Connection) -> None:
        """Give up a request whose answer does not come."""
        self.seen.n_lost += 1
        self._hang_up(connection)
        if connection.person is not None:
            connection.person.close()
        connection.waiting = b""
        self.busy.discard(connection)
        self.idle.append(connection)

    def _hang_up(self, connection: _Connection) -> None:
        if connection.socket is not None:
            self.chooser.unregister(connection.socket)
            connection.socket.close()
            connection.socket = None


def _whole(got: bytearray) -> Answer | None:
    """Return the answer if all of it is here."""
    at = got.find(END_OF_HEAD)
    if at < 0:
        return None
    head, body = bytes(got[:at]), got[at + 4 :]
    lower = head.lower()
    if (found := lower.find(b"content-length:")) >= 0:
        length = int(lower[found + 15 :].split(b"\r\n", 1)[0])
        if len(body) < length:
            return None
    elif b"transfer-encoding: chunked" in lower and not body.endswith(b"0\r\n\r\n"):
        return None
    return Answer(int(head[9:12]), head, bytes(body))


def get(path: str, cookies: str = "", **headers: str) -> bytes:
    return _request("GET", path, b"", cookies, headers)


def post(path: str, fields: str, cookies: str = "", **headers: str) -> bytes:
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | headers
    return _request("POST", path, fields.encode(), cookies, headers)


def _request(method: str, path: str, body: bytes, cookies: str, headers: dict[str, str]) -> bytes:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    usual = {
        "Host": HOST, "Accept-Language": "de,en;q=0.5", "Accept-Encoding": "gzip, br",
        "User-Agent": "Mozilla/5.0 (benchmark)", "Accept": "text/html",
    }  # fmt: skip
    if cookies:
        usual["Cookie"] = cookies
    if method == "POST":
        usual["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in (usual | given).items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


# What people do -----------------------------------------------------------------------------

Vote = tuple[str, int, int]  # receipt, statement, value
Given = tuple[str, int, int]  # receipt, number of the page, step


def again_and_again(request: bytes) -> Iterator[Person]:
    """People who ask for the same page."""

    def person() -> Person:
        yield request

    while True:
        yield person()


def voters(house: dict[str, Any], kept: list[Vote], *, seed: int = 1) -> Iterator[Person]:
    """People who vote, each with a code and tokens of their own; every vote is a new one."""
    dice = random.Random(seed)
    pairs = [(r, s) for s in house["statements"] for r in range(len(house["voters"]))]
    address = f"/d/{house['dialogue']}/vote/"

    def person(number: int, statement: int) -> Person:
        receipt, (cookie, token) = (
            house["voters"][number],
            house["tokens"][number % len(house["tokens"])],
        )
        value = dice.choice((-1, 0, 1))
        answer = yield post(
            address,
            f"csrfmiddlewaretoken={token}&statement={statement}&vote={value}",
            f"csrftoken={cookie}; voter={receipt}",
        )
        if answer.status == 302:
            kept.append((receipt, statement, value))

    for number, statement in pairs:
        yield person(number, statement)


def answerers(house: dict[str, Any], kept: list[Given], *, seed: int = 1) -> Iterator[Person]:
    """People who answer a page of the questionnaire, each with a code and tokens of their own."""
    dice = random.Random(seed)
    pairs = [
        (r, n) for n in range(1, house["rated_pages"] + 1) for r in range(len(house["voices"]))
    ]

    def person(number: int, page: int) -> Person:
        receipt, (cookie, token) = (
            house["voices"][number],
            house["tokens"][number % len(house["tokens"])],
        )
        step = dice.randint(1, 5)
        answer = yield post(
            f"/e/{house['group']}/{page}/",
            f"csrfmiddlewaretoken={token}&answer={step}&words=",
            f"csrftoken={cookie}; voice={receipt}",
        )
        if answer.status == 302:
            kept.append((receipt, page, step))

    for number, page in pairs:
        yield person(number, page)


def whole_visits(
    house: dict[str, Any], n: int, kept: list[Given], sent: list[str]
) -> Iterator[Person]:
    """People who come by the link, answer every page as a browser does, and send."""

    def person(seed: int) -> Person:
        dice = random.Random(seed)
        door = f"/e/{house['group']}/"
        answer = yield get(door)
        cookie = answer.cookie("csrftoken")
        answer = yield post(door, f"csrfmiddlewaretoken={cookie}", f"csrftoken={cookie}")
        receipt = answer.cookie("voice")
        cookies = f"csrftoken={cookie}; voice={receipt}"
        for page in range(1, house["pages"] + 1):
            yield get(f"{door}{page}/", cookies)
            step = dice.randint(1, 5)
            is_rated = page <= house["rated_pages"]
            said = f"answer={step}&words=" if is_rated else "words=Mehr+Zeit."
            answer = yield post(f"{door}{page}/", f"csrfmiddlewaretoken={cookie}&{said}", cookies)
            if answer.status == 302 and is_rated:
                kept.append((receipt, page, step))
        answer = yield post(f"{door}check/", f"csrfmiddlewaretoken={cookie}", cookies)
        if answer.status == 302 and answer.header("location").endswith("thanks/"):
            sent.append(receipt)

    for seed in range(n):
        yield person(seed)
