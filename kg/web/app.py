"""The front: carries requests to workers and answers back. It parses nothing that comes from a user."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from kg.web.asked import Answered, Asked, said
from kg.web.pool import Pool
from kg.web.rate import Rate

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

BODY: Final = 200_000  # bytes of a request's body
SENDING: Final = 10.0  # seconds that a client may take to send it
ADDRESS: Final = 100_000  # characters of a request's query
SAFE: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept",
}


@dataclass(frozen=True, slots=True)
class Front:
    """Three pools, so that none waits for another: pages, queries that anybody wrote, and checks.

    A data set in memory is in one worker only, so there one pool is all three.

    `hosts` are the names that it answers to, `rate` says how often one address may ask.
    """

    pages: Pool
    queries: Pool
    checks: Pool
    hosts: frozenset[str]
    rate: Rate

    def pool(self, path: str) -> Pool:
        """Return the pool that a path is answered by."""
        if path.rstrip("/") == "/sparql":
            return self.queries
        return self.checks if path.startswith("/quality") else self.pages

    async def answer(self, asked: Asked) -> Answered:
        """Return the answer to a request."""
        return await self.pool(asked.path).ask(asked)

    def close(self) -> None:
        """End all workers."""
        for pool in (self.pages, self.queries, self.checks):
            pool.close()


def app(front: Front) -> Starlette:
    """Return the application, to be run by any ASGI server in one process."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    async def every(request: Request) -> Response:
        return _response(await _answered(front, request), head=request.method == "HEAD")

    methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]
    return Starlette(routes=[Route("/{path:path}", every, methods=methods)])


async def _answered(front: Front, request: Request) -> Answered:
    refused = _refused(front, request)
    if refused is not None:
        return refused
    body = await _body(request)
    if isinstance(body, Answered):
        return body
    try:
        asked = _asked(request, body)
    except ValueError:
        return said(400, "the address is not UTF-8")
    return await front.answer(asked)


async def _body(request: Request) -> bytes | Answered:
    """Return a request's body, or why it is refused."""
    from starlette.requests import ClientDisconnect

    body = b""
    try:
        async with asyncio.timeout(SENDING):
            async for part in request.stream():
                body += part
                if len(body) > BODY:
                    return said(413, f"a request may have {BODY} bytes")
    except TimeoutError:
        return said(408, f"the body did not come within {SENDING:g} seconds")
    except ClientDisconnect:
        return said(400, "the connection ended within the body")
    return body


def _refused(front: Front, request: Request) -> Answered | None:
    """Return why a request is refused before it is read, or None."""
    host = request.headers.get("host", "").lower()
    if not front.hosts & {host, host.rpartition(":")[0]}:
        return said(421, "not a name of this server; start it with --name to answer to it")
    origin = request.headers.get("origin", "")
    if origin and origin.partition("://")[2].lower() != host:
        return said(403, "a page of another site may not ask this server")
    wait = front.rate.wait(request.client.host if request.client else "", time.monotonic())
    if wait:
        again = {"Retry-After": str(math.ceil(wait))}
        return said(429, "too many requests from this address; ask more slowly", again)
    return said(414, "the address is too long") if len(request.url.query) > ADDRESS else None


def _asked(request: Request, body: bytes) -> Asked:
    """Return a request as a value. Raises ValueError for an address that is not UTF-8."""
    return Asked(
        path=request.scope["path"],
        query=tuple(parse_qsl(request.url.query, keep_blank_values=True, errors="strict")),
        method=request.method,
        accept=request.headers.get("accept", ""),
        kind=request.headers.get("content-type", ""),
        body=body,
        root=f"{request.url.scheme}://{request.headers.get('host', '').lower()}",
    )


def _response(answered: Answered, *, head: bool) -> Response:
    from starlette.responses import Response

    headers = {**SAFE, **answered.headers}
    if answered.kind:
        headers["Content-Type"] = answered.kind
    if head:
        headers["Content-Length"] = str(len(answered.body))
    return Response(b"" if head else answered.body, answered.status, headers)
