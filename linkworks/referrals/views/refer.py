"""Referring with an account, and keying in what came by telephone or on paper."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.core.access import actor_of, allow
from linkworks.core.actor import Actor

from .. import access, queries, rules
from ..forms import AccountReferralForm, KeyedInForm, person_of
from ..states import Door
from .flow import Pages, Way, check_page, details_page, scheme_page, sent_page


def account_way(actor: Actor) -> Way:
    """Somebody with an account refers for their own organisation."""
    organisation = queries.organisation(actor.organisation_id) if actor.organisation_id else None
    types = rules.types_at(organisation.kind if organisation else "")
    referrer = {
        "referrer_type": types[0],
        "from_organisation_id": actor.organisation_id,
        "from_organisation_name": actor.organisation_name,
        "referrer_user_id": actor.user_id,
        "referrer_name": actor.name,
    }
    names = {"details": "new", "scheme": "new-scheme", "check": "new-check", "sent": "new-sent", "leave": "list"}
    return Way(
        key=f"refer:{actor.membership_id}",
        title="Refer somebody",
        pages=Pages(**{page: reverse(f"referrals:{name}") for page, name in names.items()}),
        form=partial(AccountReferralForm, referrer_types=types),
        referrer=referrer,
        door=Door.ACCOUNT.value,
        home_postcode=organisation.postcode if organisation else "",
        practice_code=organisation.ods_code if organisation else "",
    )


def key_in_way(actor: Actor) -> Way:
    """The scheme's staff write down a referral for somebody who called or wrote."""
    names = {"details": "key-in", "check": "key-in-check", "sent": "key-in-sent"}
    return Way(
        key=f"key-in:{actor.membership_id}",
        title="Key in a referral",
        pages=Pages(**{page: reverse(f"referrals:{name}") for page, name in names.items()}, leave=reverse("home")),
        form=KeyedInForm,
        referrer={"referrer_type": ""},
        scheme_id=next(iter(actor.schemes)),
        extra={"keyed_in": True},
    )


@allow(access.can_refer)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    words = request.GET.get("q", "")
    earlier = _earlier(actor, request.GET.get("from", ""))
    found = queries.earlier_people(actor, words)
    return details_page(
        request, account_way(actor), prefill=earlier, search=words, found=found, prefilled=bool(earlier)
    )


def _earlier(actor: Actor, chosen: str) -> dict[str, object]:
    """Who an earlier referral of the same organisation was about."""
    try:
        referral = access.own_referrals(actor).filter(id=UUID(chosen)).first()
    except ValueError:
        return {}
    return person_of(referral) if referral else {}


@allow(access.can_refer)
@require_http_methods(["GET", "POST"])
def new_scheme(request: HttpRequest) -> HttpResponse:
    return scheme_page(request, account_way(actor_of(request)))


@allow(access.can_refer)
@require_http_methods(["GET", "POST"])
def new_check(request: HttpRequest) -> HttpResponse:
    return check_page(request, account_way(actor_of(request)))


@allow(access.can_refer)
@require_safe
def new_sent(request: HttpRequest) -> HttpResponse:
    return sent_page(request, account_way(actor_of(request)))


@allow(access.can_key_in)
@require_http_methods(["GET", "POST"])
def key_in(request: HttpRequest) -> HttpResponse:
    return details_page(request, key_in_way(actor_of(request)))


@allow(access.can_key_in)
@require_http_methods(["GET", "POST"])
def key_in_check(request: HttpRequest) -> HttpResponse:
    return check_page(request, key_in_way(actor_of(request)))


@allow(access.can_key_in)
@require_safe
def key_in_sent(request: HttpRequest) -> HttpResponse:
    return sent_page(request, key_in_way(actor_of(request)))
