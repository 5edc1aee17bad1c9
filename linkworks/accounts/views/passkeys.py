"""allauth's pages of passkeys, where ours differ: the last second step stays, and a slip keeps one's place."""

from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linkworks.core.access import actor_of, allow, signed_in

from .. import queries


@allow(signed_in)
@require_http_methods(["GET", "POST"])
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    factors = queries.second_factors(actor_of(request).user_id)
    if factors.only_one and pk in [each.id for each in factors.passkeys]:
        messages.info(request, "This is your only second step. Add another before you remove it.")
        return redirect("accounts:account")
    removed: HttpResponse = passkeys.remove_webauthn(request, pk=pk)
    return removed


@allow(signed_in)
@require_http_methods(["GET", "POST"])
def confirm_by_passkey(request: HttpRequest) -> HttpResponse:
    """Show who one is by a passkey. After a wrong one the page is there again, and still knows what was asked for."""
    answer: HttpResponse = passkeys.reauthenticate_webauthn(request)
    slipped = request.method == "POST" and answer.get("Location") == reverse("account_login")
    return redirect(request.get_full_path()) if slipped else answer
