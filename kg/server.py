"""Speaks to a SPARQL 1.1 server: Protocol (query, update) and Graph Store HTTP Protocol.

Every request has a time limit as a whole and is sent again where the server was busy or gone for a
moment; all that kg sends can be sent twice. User and password, or a token, come from KG_STORE_USER,
KG_STORE_PASSWORD and KG_STORE_TOKEN, are sent where the server asks, and are never written anywhere.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from kg.address import Address
from kg.body import Body, cause, seconds
from kg.errors import StoreError
from kg.words import clean

if TYPE_CHECKING:
    import requests

CONNECT: Final = 10.0  # seconds until a server has to take a connection
TRIES: Final = 4
_AGAIN: Final = frozenset({429, 502, 503, 504})
ROWS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where a kind of server has its endpoints, below the address that is given; None: it has none.

    `atomic` is false where an update of several graphs is not made as a whole, or not rightly.
    """

    query: str
    update: str
    graphs: str | None = None
    atomic: bool = True


# In the order in which they are tried.
KNOWN: Final = (
    Paths("", ""),
    Paths("query", "update", "store"),
    Paths("", "statements", "rdf-graphs/service"),
    Paths("query", "update", "data"),
    Paths("sparql", "sparql-auth", "sparql-graph-crud-auth", atomic=False),  # Virtuoso
    Paths("sparql", "sparql"),
)


class RefusedError(StoreError):
    """A server answered, and said no; `status` is HTTP's."""

    def __init__(self, words: str, status: int) -> None:
        super().__init__(words)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent: a path below the server's address, a body and its media type, what may come back."""

    path: str
    data: bytes
    kind: str = FORM
    accept: str = ROWS
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def query(cls, path: str, text: str, accept: str = ROWS) -> _Request:
        """Return a query as a form, which more servers take than take it as it stands."""
        return cls(path, urlencode({"query": text, "union-default-graph": "true"}).encode(), accept=accept)

    @classmethod
    def update(cls, path: str, text: str) -> _Request:
        """Return an update."""
        return cls(path, text.encode("utf-8"), "application/sparql-update", "*/*")


class Server:
    """A server that answers SPARQL. Its endpoints are found when they are first needed."""

    def __init__(self, address: Address) -> None:
        self.url = address.url
        self._address = address
        self._session = _session(address)
        self._reads: tuple[Paths, ...] | None = None
        self._writes: Paths | None = None

    @contextmanager
    def answer(self, text: str, accept: str = ROWS) -> Iterator[Body]:
        """Yield the answer to a query as it comes in. Raises StoreError where the server fails."""
        with self._sent(_Request.query(self.reads[0].query, text, accept)) as body:
            yield body

    def update(self, text: str) -> None:
        """Have an update made. Raises StoreError where the server refuses or fails."""
        self._post(_Request.update(self.writes.update, text))

    def add(self, graph: str, triples: bytes) -> None:
        """Add N-Triples to a graph by the Graph Store Protocol. Raises StoreError as `update`."""
        path = self.writes.graphs
        if path is None:
            raise StoreError(f"{self.url}: no Graph Store Protocol is known of this server")
        self._post(_Request(path, triples, TRIPLES, "*/*", (("graph", graph),)))

    @property
    def reads(self) -> tuple[Paths, ...]:
        """The kinds of server that this one may be, by what answers a query. Raises StoreError for none."""
        if self._reads is None:
            answers = {path: self._refusal_of(path) for path in dict.fromkeys(p.query for p in KNOWN)}
            self._reads = tuple(paths for paths in KNOWN if answers[paths.query] is None)
            if not self._reads:
                raise _clearest([answer for answer in answers.values() if answer])
        return self._reads

    @property
    def writes(self) -> Paths:
        """The endpoints that take an update. Raises StoreError where none does."""
        if self._writes is None:
            answers: list[RefusedError] = []
            for paths in self.reads:
                try:
                    self._post(_Request.update(paths.update, "INSERT DATA {}"))
                except RefusedError as error:
                    answers.append(error)
                    continue
                self._writes = paths
                break
            else:
                raise _clearest(answers)
        return self._writes

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _refusal_of(self, path: str) -> RefusedError | None:
        """Return why a path answers no query, or None where it does."""
        try:
            with self._sent(_Request.query(path, "SELECT (1 AS ?n) WHERE {}")) as body:
                if b'"bindings"' in body.read():
                    return None
        except RefusedError as error:
            return error
        fix = "give the address of the data set or of its endpoint"
        return RefusedError(f"{self.url}: nothing answers SPARQL here; {fix}", 406)

    def _post(self, request: _Request) -> None:
        with self._sent(request) as body:
            body.read()

    @contextmanager
    def _sent(self, request: _Request) -> Iterator[Body]:
        """Send a request, again where that can help, and yield the answer's body."""
        until = time.monotonic() + seconds()
        response = self._answered(request, until)
        try:
            yield Body(response, self.url, until)
        finally:
            response.close()

    def _answered(self, request: _Request, until: float) -> requests.Response:
        """Send a request until it is taken, TRIES times at most."""
        import requests

        for number in range(1, TRIES + 1):
            try:
                response = self._once(request, until)
            except requests.RequestException as error:
                if number == TRIES or time.monotonic() > until:
                    words = f"{self.url}: no answer: {cause(error)}; is the server running?"
                    raise StoreError(words) from error
            else:
                if response.status_code < 300:
                    return response
                if response.status_code not in _AGAIN or number == TRIES:
                    raise _refusal(self.url, response)
                response.close()
            time.sleep(max(min(_pause(number), until - time.monotonic()), 0))
        raise AssertionError("the last try returns or raises")

    def _once(self, request: _Request, until: float) -> requests.Response:
        """Send a request; where the server asks who one is, say so and send it again."""
        left = max(until - time.monotonic(), 0.1)
        while True:
            response = self._session.post(
                f"{self.url}/{request.path}".rstrip("/"), data=request.data, params=request.params,
                headers={"Content-Type": request.kind, "Accept": request.accept},
                timeout=(min(CONNECT, left), left), stream=True, allow_redirects=False,
            )  # fmt: skip
            login = _login(self._address, response.headers.get("WWW-Authenticate", ""))
            if response.status_code != 401 or self._session.auth is not None or login is None:
                return response
            response.close()
            self._session.auth = login


def _session(address: Address) -> requests.Session:
    import requests

    session = requests.Session()
    if address.token:
        session.headers["Authorization"] = f"Bearer {address.token}"
        session.trust_env = False  # or ~/.netrc would go before the token
    return session


def _login(address: Address, challenge: str) -> requests.auth.AuthBase | None:
    """Return what a server asks for that wants to know who one is; None where that is not known."""
    from requests.auth import HTTPBasicAuth, HTTPDigestAuth

    if not address.user:
        return None
    kind = HTTPDigestAuth if "digest" in challenge.lower() else HTTPBasicAuth
    return kind(address.user, address.password)


def _refusal(url: str, response: requests.Response) -> RefusedError:
    status = response.status_code
    words = clean(response.raw.read(2000, decode_content=True).decode("utf-8", "replace"))[:200].strip()
    response.close()
    if status in (401, 403):
        fix = "set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"
        return RefusedError(f"{url}: not allowed ({status}); {fix}", status)
    if 300 <= status < 400:
        return RefusedError(
            f"{url}: moved to {clean(response.headers.get('Location', ''))}; use that address", status
        )
    return RefusedError(f"{url}: the server refuses ({status}): {words}", status)


def _clearest(answers: list[RefusedError]) -> StoreError:
    """Return what to tell of several refusals: a missing permission before a missing page."""
    return min(answers, key=lambda error: (error.status not in (401, 403), error.status in (404, 405)))


def _pause(number: int) -> float:
    """Return the seconds to wait before the next try."""
    return 0.25 * 2.0 ** (number - 1)
