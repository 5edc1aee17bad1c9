"""What follows from facts at the public doors: where a request came from, roughly, and when it is too often."""

import hashlib
import hmac
from datetime import datetime
from ipaddress import ip_address, ip_network

MOST_IN_AN_HOUR = 20


def neighbourhood(address: str) -> str:
    """The part of the network an address is in: wide enough to name nobody, narrow enough to count by."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return "unknown"
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


def who(address: str, hour: datetime, secret: str) -> str:
    """A code for that part of the network in that hour; it says nothing in the next hour."""
    told = f"{neighbourhood(address)}|{hour.isoformat()}"
    return hmac.new(secret.encode(), told.encode(), hashlib.sha256).hexdigest()


def is_too_often(count: int) -> bool:
    return count > MOST_IN_AN_HOUR
