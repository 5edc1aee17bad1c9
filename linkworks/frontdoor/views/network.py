"""Where a request came from."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's address. Behind our own proxy, the last one it wrote down: what stands before it anybody can make up."""
    if settings.SECURE_PROXY_SSL_HEADER:
        passed_on = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        if passed_on:
            return passed_on.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
