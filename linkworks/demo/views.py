"""Signing in as a character with one press. These pages exist only in the demonstration."""

from uuid import UUID

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkworks.core.access import public
from linkworks.ui.views import found

from . import characters

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/sign_in.jinja", {"characters": characters.characters()})


@public
@require_POST
def become(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = found(characters.user_of(user_id))
    login(request, user, backend=BACKEND)
    return redirect("accounts:arrive")
