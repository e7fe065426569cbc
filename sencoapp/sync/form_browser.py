"""A browser of a few lines for when there is no screen: it loads a page, fills one form, and follows where that leads.

``sencoapp demo`` walks through the sign-in page and the officer's pages with it, over the same HTTP as a person's
browser. It goes to this computer's own addresses only, so that no password can be typed into a page elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self
from urllib.parse import urljoin, urlsplit

import requests

TIMEOUT_SECONDS = 30


@dataclass
class Form:
    """A form as the page has it: where it goes, and the values it brings along."""

    id: str
    action: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """What the browser ended up with."""

    status: int
    url: str
    text: str

    @property
    def forms(self) -> list[Form]:
        reader = _Forms(self.url)
        reader.feed(self.text)
        return reader.found


class FormBrowser:
    """Keeps cookies from page to page. Raises ``ValueError`` for an address that is not this computer's."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def load(self, url: str) -> Page:
        return self._go("GET", url)

    def fill(self, url: str, form: str = "", values: Mapping[str, str] | None = None) -> Page:
        """Loads a page, fills the form with this id (or the page's only one) and sends it. Raises ``LookupError``."""
        return self.send(self.load(url), form, values)

    def send(self, page: Page, form: str = "", values: Mapping[str, str] | None = None) -> Page:
        """Fills a form of a page that is loaded already."""
        found = next((each for each in page.forms if form in ("", each.id)), None)
        if found is None:
            raise LookupError(form)
        return self._go("POST", found.action, {**found.values, **(values or {})})

    def _go(self, method: str, url: str, data: Mapping[str, str] | None = None) -> Page:
        for _ in range(10):
            answer = self._ask(method, url, data)
            if not answer.is_redirect:
                return Page(answer.status_code, url, answer.text)
            method, data, url = "GET", None, urljoin(url, answer.headers["Location"])
        raise ValueError(url)

    def _ask(self, method: str, url: str, data: Mapping[str, str] | None) -> requests.Response:
        if urlsplit(url).scheme != "http" or urlsplit(url).hostname not in ("127.0.0.1", "::1"):
            raise ValueError(url)
        return self._session.request(method, url, data=data, timeout=TIMEOUT_SECONDS, allow_redirects=False)


def signing_in(username: str, password: str) -> "SignsIn":
    """An ``open_url`` for ``sencoapp.sync.sign_in`` that signs in as a person would."""
    return SignsIn(username, password)


@dataclass
class SignsIn:
    """Fills the gateway's sign-in form and comes back to the listener. ``page`` is where it ended."""

    username: str
    password: str = field(repr=False)
    page: Page | None = None

    def __call__(self, url: str) -> bool:
        with FormBrowser() as browser:
            self.page = browser.fill(url, "sign-in", {"username": self.username, "password": self.password})
        return True


class _Forms(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url
        self._inside: Form | None = None
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = Form(values.get("id", ""), urljoin(self._url, values.get("action") or self._url))
            self.found.append(self._inside)
        elif tag == "input" and self._inside is not None and values.get("name") and values.get("type") not in ("radio", "checkbox"):
            self._inside.values[values["name"]] = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
