"""Connections that go to the one address that was looked at, and end when the time is over.

Whoever looks a name up twice may be told two things: a public address when it is checked, and one of our own when it is
used. Here the name is only said (in the request and in its certificate); the connection goes where it was checked to go.
"""

import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from .addresses import Place


class Stream(httpcore.NetworkStream):
    """A connection each step of which takes no longer than there is time left for all of them."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def left(self, timeout: float | None) -> float:
        remaining = self.deadline - time.monotonic()
        if remaining <= 0:
            raise httpcore.ReadTimeout("The time is over.")
        return remaining if timeout is None else min(timeout, remaining)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, timeout=self.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, timeout=self.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, timeout=self.left(timeout))
        return Stream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Connects to the place that was checked, whatever its name would mean by now."""

    def __init__(self, place: Place, deadline: float) -> None:
        self.place, self.deadline, self.real = place, deadline, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if (host, port) != (self.place.host, self.place.port):
            raise httpcore.ConnectError("Only the place that was checked is connected to.")
        remaining = max(0.01, self.deadline - time.monotonic())
        return Stream(self.real.connect_tcp(self.place.at, port, timeout=remaining), self.deadline)


class Transport(httpx.HTTPTransport):
    """httpx, on connections that are pinned to a place."""

    def __init__(self, place: Place, deadline: float) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=1,
            network_backend=Backend(place, deadline),
        )
