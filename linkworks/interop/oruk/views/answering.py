"""What every answer of the feed has: anybody may read it, from any page; it can be asked whether it changed; errors are explained."""

import logging
from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import sha256
from typing import Any

import orjson
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.csrf import csrf_exempt

from linkworks.core.access import public

from ..rules.asking import BadQuestion

log = logging.getLogger(__name__)
METHODS = "GET, HEAD, OPTIONS"
View = Callable[..., HttpResponse | StreamingHttpResponse]
FOR_EVERYBODY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Warning",
    "Cache-Control": "public, max-age=0, must-revalidate",
    "X-Robots-Tag": "noindex",
}
ALLOWED = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match, Content-Type, Accept",
    "Access-Control-Max-Age": "86400",
}


def open_data(view: View) -> View:
    """A view of the feed: for everybody, readable from any site, and JSON whatever happens."""
    inner = public(view)  # type: ignore[arg-type]

    @csrf_exempt
    @wraps(inner)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
        response = answer(inner, request, *args, **kwargs)
        for name, value in FOR_EVERYBODY.items():
            response.headers[name] = value
        return response

    return answered


def answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | StreamingHttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=ALLOWED)
    if request.method not in {"GET", "HEAD"}:
        return trouble(405, "This feed is read with GET.", headers=ALLOWED)
    try:
        return view(request, *args, **kwargs)
    except BadQuestion as problem:
        return trouble(400, "Something asked for could not be understood.", problems=problem.problems)
    except BadRequest as problem:
        return trouble(400, str(problem))
    except Exception:
        log.exception("The feed could not answer")
        return trouble(500, "Something went wrong here. It is not your question; try again later.")


def trouble(status: int, title: str, *, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    """What is wrong, as RFC 9457 writes it."""
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status, **more})
    return HttpResponse(body, status=status, content_type="application/problem+json", headers=headers)


def as_json(request: HttpRequest, text: str, warning: str = "") -> HttpResponse:
    """The text with its tag; nothing but the tag when the reader has it already."""
    body = text.encode()
    tag = quote_etag(sha256(body).hexdigest())
    has_it = matches(request.headers.get("If-None-Match", ""), tag)
    response = unchanged() if has_it else HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = tag
    return warned(response, warning)


def unchanged() -> HttpResponse:
    """Nothing but headers, and none that says what it is: a cache would write it over what it has."""
    response = HttpResponse(status=304)
    del response.headers["Content-Type"]
    return response


def matches(said: str, tag: str) -> bool:
    """Whether the reader names this tag. A proxy that packed the answer calls it weak; it is the same all the same."""
    return any(each == "*" or each.removeprefix("W/") == tag for each in parse_etags(said))


def as_lines(texts: Iterator[str], warning: str = "") -> StreamingHttpResponse:
    lines = (f"{text}\n".encode() for text in texts)
    return warned(StreamingHttpResponse(lines, content_type="application/x-ndjson"), warning)


def warned(response: Any, warning: str) -> Any:
    if warning:
        response.headers["Warning"] = warning
    return response
