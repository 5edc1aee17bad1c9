"""One's own account: arriving, setting up a second factor, what is kept about oneself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from linkworks.core.access import actor_of, allow, signed_in

from .. import queries
from ..presenters import account_page, landing


@allow(signed_in)
@require_safe
def arrive(request: HttpRequest) -> HttpResponse:
    """Where somebody lands after signing in: the first place of their role."""
    return redirect(landing(actor_of(request)))


@allow(signed_in)
@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """The only page open to somebody without a second factor: choose an app or a passkey."""
    if queries.has_second_factor(request.user):
        return redirect("accounts:account")
    return render(request, "accounts/set_up.jinja")


@allow(signed_in)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account.jinja", account_page(actor_of(request)))
