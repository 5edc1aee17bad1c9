"""Signing in as a character with one press. These pages exist only in the demonstration."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from linkworks.accounts.models import User
from linkworks.core.access import public

from . import characters

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/sign_in.jinja", {"characters": characters.characters()})


@public
@require_POST
def become(request: HttpRequest, user_id: str) -> HttpResponse:
    if not characters.is_character(str(user_id)):
        raise Http404
    login(request, get_object_or_404(User, pk=user_id), backend=BACKEND)
    return redirect("home")
