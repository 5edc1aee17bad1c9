"""A made-up web: answers come in parts, as they do over a wire."""

from collections.abc import Callable, Iterable, Iterator

import httpx


class Parts(httpx.SyncByteStream):
    def __init__(self, parts: Iterable[bytes]) -> None:
        self.parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self.parts


class Web(httpx.BaseTransport):
    """Asks `answer` instead of anybody; remembers what was asked."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.answer = answer
        self.asked: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answer(request)
        if not answer.is_stream_consumed:
            return answer
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=Parts([answer.content]), extensions=answer.extensions
        )


def in_parts(
    parts: Iterable[bytes], encoding: str = "", kind: str = "application/json", status: int = 200
) -> httpx.Response:
    """An answer that comes part by part, packed as it says."""
    headers = {"content-type": kind} | ({"content-encoding": encoding} if encoding else {})
    return httpx.Response(status, headers=headers, stream=Parts(parts))
