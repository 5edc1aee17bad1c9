"""The list somebody keeps: in a cookie of their own browser, until it is closed. Nothing of it is stored here."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ..rules import saved
from ..rules.saved import SavedList

SALT = "directory.saved-list"


def cookie_name() -> str:
    return "__Host-linkworks-list" if settings.SESSION_COOKIE_SECURE else "linkworks-list"


def list_of(request: HttpRequest) -> SavedList:
    return saved.read(request.get_signed_cookie(cookie_name(), "", salt=SALT) or "")


def keep(response: HttpResponse, kept: SavedList) -> HttpResponse:
    if not kept.ids and kept.shared is None:
        return forget_list(response)
    response.set_signed_cookie(
        cookie_name(), kept.written(), salt=SALT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response


def forget_list(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(cookie_name(), samesite="Lax")
    return response
