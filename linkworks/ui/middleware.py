"""Headers every page carries, and what becomes of a refusal no page explained itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from linkworks.core.errors import LinkworksError

from . import views

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


class PageHeaders:
    """A page may hold somebody's story, so no browser or proxy keeps a copy unless the page says it may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Two people did the same thing at once, or it no longer fits: nothing was written, and the page says why."""
        return views.overtaken(request, exception) if isinstance(exception, LinkworksError) else None
