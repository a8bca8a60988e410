"""A real browser that is given finished answers: what a test client got, seen by an eye."""

from django.contrib.staticfiles import finders

ORIGIN = "http://testserver"


class Screen:
    """One window. Static files are handed out as a server would; everything else is refused."""

    def __init__(self, context) -> None:
        self.page = context.new_page()
        self.page.route("**/*", self._hand_out)
        self._answer, self._static = None, {}

    def show(self, address: str, answer) -> None:
        self._answer = answer
        self.page.goto(f"{ORIGIN}{address}", wait_until="load")

    def refused(self, url: str) -> None:
        """Take note that a page asked for something that is not there."""

    def _hand_out(self, route):
        request = route.request
        if request.is_navigation_request() and not request.frame.parent_frame:
            headers = dict(self._answer.items())
            route.fulfill(status=200, headers=headers, body=self._answer.content)
            return
        path = request.url.removeprefix(ORIGIN)
        if path.startswith("/static/"):
            if path not in self._static:
                self._static[path] = finders.find(path.removeprefix("/static/").partition("?")[0])
            route.fulfill(path=self._static[path])
            return
        self.refused(request.url)
        route.abort()
