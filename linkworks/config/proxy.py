"""Behind our own proxy: whose address a request came from."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class VisitorsAddress:
    """Put the visitor's address where everything that counts tries looks for it.

    The proxy of production writes it last in X-Forwarded-For; what stands before it anybody can make up. Without it all
    of London would be counted as one visitor, and a few wrong passwords would lock everybody out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        passed_on = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        if settings.SECURE_PROXY_SSL_HEADER and passed_on:
            request.META["REMOTE_ADDR"] = passed_on.rsplit(",", 1)[-1].strip()
        return self.get_response(request)
