"""The site's addresses, and two pages with nothing on them: what any page costs before it does its own work."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from linkworks.config.urls import handler403, handler404, handler500, urlpatterns
from linkworks.core.access import allow, public, signed_in

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


@public
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@allow(signed_in)
def empty_for_staff(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [*urlpatterns, path("bench/empty", empty), path("bench/empty-for-staff", empty_for_staff)]
