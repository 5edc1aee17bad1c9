"""A professional without an account: a link to their work e-mail, then the same form as everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import by_link, public
from linkworks.referrals import access
from linkworks.referrals import actions as referrals
from linkworks.referrals.forms import ReferralForm
from linkworks.referrals.states import Door
from linkworks.referrals.views import flow
from linkworks.ui.views import carried_out, form_page, typed

from .. import actions
from ..forms import GuestForm

LAYOUT = "ui/public_layout.jinja"


@public
@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest) -> HttpResponse:
    """Who is referring. The link goes to the e-mail address, so that nobody can refer in another's name."""
    form = GuestForm(typed(request))

    def act() -> None:
        actions.count_sending(door="guest-link", address=request.META["REMOTE_ADDR"])
        referrals.make_link(**form.cleaned_data)

    if carried_out(request, form, act):
        request.session["guest_email"] = form.cleaned_data["email"]
        return redirect("frontdoor:guest-link-sent")
    return form_page(request, "frontdoor/guest.jinja", {"layout": LAYOUT, "form": form})


@public
@require_safe
def guest_link_sent(request: HttpRequest) -> HttpResponse:
    email = request.session.get("guest_email")
    if not email:
        return redirect("frontdoor:guest")
    return render(request, "frontdoor/guest_link_sent.jinja", {"layout": LAYOUT, "email": email})


def guest_way(token: str) -> flow.Way | None:
    """The way in of this link; None when it has run out."""
    link = access.guest_link(token)
    if link is None:
        return None
    addresses = {
        name: reverse(f"frontdoor:guest-{name}", args=[token]) for name in ("details", "scheme", "check", "sent")
    }
    referrer: dict[str, Any] = {
        "referrer_type": link.referrer_type,
        "referrer_name": link.name,
        "referrer_job": link.job,
        "referrer_email": link.email,
        "from_organisation_name": link.organisation_name,
    }
    return flow.Way(
        key=f"guest:{link.id}",
        title="Refer somebody",
        pages=flow.Pages(**addresses, leave=reverse("home")),
        form=ReferralForm,
        referrer=referrer,
        door=Door.VERIFIED_LINK.value,
        layout=LAYOUT,
        extra={"guest": True},
    )


def run_out(request: HttpRequest) -> HttpResponse:
    return render(request, "frontdoor/guest_run_out.jinja", {"layout": LAYOUT}, status=410)


@by_link(access.guest_actor)
@require_http_methods(["GET", "POST"])
def guest_details(request: HttpRequest, token: str) -> HttpResponse:
    way = guest_way(token)
    return flow.details_page(request, way) if way else run_out(request)


@by_link(access.guest_actor)
@require_http_methods(["GET", "POST"])
def guest_scheme(request: HttpRequest, token: str) -> HttpResponse:
    way = guest_way(token)
    return flow.scheme_page(request, way) if way else run_out(request)


@by_link(access.guest_actor)
@require_http_methods(["GET", "POST"])
def guest_check(request: HttpRequest, token: str) -> HttpResponse:
    way = guest_way(token)
    return flow.check_page(request, way) if way else run_out(request)


@by_link(access.guest_actor)
@require_safe
def guest_sent(request: HttpRequest, token: str) -> HttpResponse:
    way = guest_way(token)
    return flow.sent_page(request, way) if way else run_out(request)
