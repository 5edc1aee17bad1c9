"""Which addresses may be asked: public ones, in plain spelling. A feed's address must never reach our own machines."""

import ipaddress
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from linkworks.core.errors import Invalid, Unavailable

Resolver = Callable[[str], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NOT_PUBLIC = "The feed's address is not a public one, so it is not read."
NOT_PLAIN = (
    "A feed's address must begin with http:// or https://, in plain letters, without a name, password or unusual port."
)
PORTS = {"http": 80, "https": 443}
LONGEST = 2000
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# A last part like this is a number in some spelling: 127.0.0.1, 2130706433, 0177.1, 0x7f.1
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)")
OURS = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "onion", "invalid")
# Public by their numbers, and yet a machine's own side door (Azure's), or a way round to somewhere else.
NEVER = tuple(
    ipaddress.ip_network(each)
    for each in (
        "168.63.129.16/32", "192.88.99.0/24", "192.0.0.0/24", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10",
    )
)  # fmt: skip
ONLY_GLOBAL = ipaddress.ip_network("2000::/3")
NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Place:
    """Where one question goes: the name that is asked for, and the one address it is asked at."""

    url: str
    host: str
    port: int
    at: str


def is_web_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def place(address: str, resolve: Resolver) -> Place:
    """The place behind an address. Its name is looked up once, and whoever connects uses what was found here."""
    parts = checked(address)
    host = (parts.hostname or "").removesuffix(".")
    found = [host] if is_literal(host) else resolve(host)
    if not found or not all(is_public(each) for each in found):
        raise Invalid(NOT_PUBLIC)
    return Place(address, parts.hostname or "", parts.port or PORTS[parts.scheme], found[0])


def check(address: str) -> None:
    """Whether an address may be asked at all, as far as it says itself; nothing is looked up."""
    host = (checked(address).hostname or "").removesuffix(".")
    if is_literal(host) and not is_public(host):
        raise Invalid(NOT_PUBLIC)


def checked(address: str) -> SplitResult:
    """The parts of an address that is spelled as people spell them."""
    if len(address) > LONGEST or not address.isascii() or not address.isprintable() or {" ", "\\"} & set(address):
        raise Invalid(NOT_PLAIN)
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid("The feed's address is not a web address.") from error
    if parts.scheme not in PORTS or "@" in parts.netloc or port not in {None, *PORTS.values()}:
        raise Invalid(NOT_PLAIN)
    check_host(host.removesuffix("."))
    return parts


def check_host(host: str) -> None:
    """A name with a dot in it, or an address in its usual spelling: never a number that is an address in disguise."""
    if ":" in host:
        return check_literal(host)
    labels = host.split(".")
    if not all(LABEL.fullmatch(label) for label in labels):
        raise Invalid(NOT_PLAIN)
    if NUMBER.fullmatch(labels[-1]):
        return check_literal(host)
    if len(labels) < 2 or any(host == each or host.endswith(f".{each}") for each in OURS):
        raise Invalid(NOT_PUBLIC)
    return None


def check_literal(host: str) -> None:
    if "%" in host or not is_literal(host):
        raise Invalid(NOT_PUBLIC)


def is_literal(host: str) -> bool:
    """Whether the host is an address itself, in its one usual spelling."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether anybody on the internet could reach it. An address inside another one counts as what is inside."""
    try:
        read = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(read, ipaddress.IPv6Address):
        inside = embedded(read)
        return is_public(str(inside)) if inside else read in ONLY_GLOBAL and is_open(read)
    return is_open(read)


def embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The older address that a newer one stands for: ::ffff:10.0.0.1, 64:ff9b::10.0.0.1."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None


def is_open(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not any(address in each for each in NEVER)


def addresses_of(host: str) -> list[str]:
    try:
        return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as error:
        raise Unavailable("The feed's address could not be found.") from error
