"""Walking the site over plain HTTP: every page that can be reached, and where its links lead."""

import http.client
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from threading import local
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from reforms.base.as_at import PARAMETER

AT_ONCE = 4
"""As many requests as one process of the web server answers at a time."""
ENOUGH = 8
"""How many combinations of filters, orders and pages are visited in each section."""
ENOUGH_PAST = 80
"""How many pages of each section are visited on an earlier day; today, all of them are."""


@dataclass
class Document(HTMLParser):
    """What one page says about addresses: links and images, forms that ask, ids that can be linked to."""

    links: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    asking: list[tuple[str, set[str]]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    is_kept_from_indexes: bool = False

    def __post_init__(self) -> None:
        super().__init__()
        self._href = ""
        self._is_asking = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self._href = given["href"]
            self.links.append(self._href)
        elif tag in ("link", "img", "script"):
            self.parts += [given[name] for name in ("href", "src") if given.get(name)]
        elif tag == "meta" and given.get("name") == "robots":
            self.is_kept_from_indexes = "noindex" in given.get("content", "")
        elif tag == "form":
            self._start_form(given)
        elif tag in ("input", "select") and self._is_asking:
            self.asking[-1][1].add(given.get("name", ""))

    def _start_form(self, given: dict[str, str]) -> None:
        self._is_asking = given.get("method", "get") == "get"
        if self._is_asking:
            self.asking.append((given.get("action", ""), set()))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        if self._href and data.strip():
            self.words.setdefault(self._href, data.strip())


@dataclass
class Answer:
    """One address fetched. `document` is None for what is not a page."""

    address: str
    status: int
    moved_to: str = ""
    document: Document | None = None

    def links(self) -> Iterable[str]:
        """Where it leads inside the site: absolute paths, each with its fragment."""
        named = [self.moved_to] if self.moved_to else []
        if self.document:
            named += self.document.links + self.document.parts
        for link in named:
            path = urljoin(self.address, link)
            if not urlsplit(path).scheme:
                yield path


class Walk:
    """Fetches each address once, and goes on to where it leads, until there is nothing new.

    Every page of today is visited, many of the earlier day, and a few combinations of filters, orders and pages.
    """

    def __init__(self, site: str) -> None:
        self.host = urlsplit(site).netloc
        self.answers: dict[str, Answer] = {}
        self.combinations: Counter[tuple[str, ...]] = Counter()
        self._kept = local()
        self._connections: list[http.client.HTTPConnection] = []

    def follow(self, starts: Iterable[str]) -> dict[str, Answer]:
        """Every address that can be reached from these, with its answer."""
        waiting = set(starts)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while waiting:
                fetched = list(pool.map(self.fetch, sorted(waiting)))
                self.answers |= {answer.address: answer for answer in fetched}
                found = {urldefrag(link).url for answer in fetched for link in answer.links()}
                waiting = {address for address in sorted(found - self.answers.keys()) if self.is_worth_a_visit(address)}
        for connection in self._connections:
            connection.close()
        return self.answers

    def is_worth_a_visit(self, address: str) -> bool:
        """Whether there were not yet enough addresses of this shape: a section with the same names in its query."""
        parts = urlsplit(address)
        names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
        shape = (parts.path.split("/")[1], *names)
        self.combinations[shape] += 1
        most = ENOUGH_PAST if names == [PARAMETER] else ENOUGH
        return not names or self.combinations[shape] <= most

    def fetch(self, address: str) -> Answer:
        """One answer, over a connection that each thread keeps."""
        response, body = self._get(address)
        is_page = response.headers.get_content_type() == "text/html"
        document = Document() if is_page else None
        if document:
            document.feed(body.decode())
        return Answer(address, response.status, response.headers.get("Location", ""), document)

    def _get(self, address: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = self._connection()
        try:
            connection.request("GET", address)
            response = connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # The server ended a connection that had been quiet for too long.
            connection.close()
            connection.request("GET", address)
            response = connection.getresponse()
        return response, response.read()

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._kept, "connection"):
            self._kept.connection = http.client.HTTPConnection(self.host, timeout=60)
            self._connections.append(self._kept.connection)
        return self._kept.connection
