"""What one's own organisation referred: the list, one referral with its history, putting it right, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from linkworks.audit.actions import record_view
from linkworks.core.access import actor_of, allow
from linkworks.people.forms import offer_first
from linkworks.ui import paging, spreadsheets
from linkworks.ui.views import carried_out, form_page, typed

from .. import access, actions, presenters, queries, rules
from ..forms import MORE_NEEDS, AmendForm, WithdrawForm, answers_of


@allow(access.can_refer)
@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    state, words = request.GET.get("state", ""), request.GET.get("q", "")
    page = paging.paginate(request.GET, queries.own(actor_of(request), state, words), present=presenters.row)
    options = [("", "All"), *((name, text) for name, (text, _) in presenters.STATES.items() if name != "draft")]
    return render(
        request, "referrals/list.jinja", {"page": page, "search": words, "state": state, "state_options": options}
    )


@allow(access.can_refer)
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The same list, filtered the same way, as a file."""
    rows = queries.own(actor_of(request), request.GET.get("state", ""), request.GET.get("q", ""))
    return spreadsheets.answer("referrals.csv", presenters.sheet(rows))


@allow(access.can_see_any)
@require_safe
def detail(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    shown = access.visible_referrals(actor).select_related("scheme", "from_organisation", "referrer_user")
    referral = get_object_or_404(shown, id=referral_id)
    if referral.person_id and referral.scheme_id in actor.schemes:
        record_view(person_id=referral.person_id, scheme_id=referral.scheme_id, page="Referral", by=actor)
    may_change = access.may_change(actor, referral) and referral.state in queries.OPEN
    context = {
        "referral": referral,
        "name": presenters.name_of(referral),
        "tag": presenters.tag(referral.state),
        "rows": presenters.summary(presenters.stored(referral)),
        "referrer": presenters.referrer_rows(referral),
        "events": presenters.timeline(queries.history(referral.id)),
        "because": rules.DECLINED_BECAUSE.get(referral.decline_reason, ""),
        "may_change": may_change,
        "may_withdraw": may_change and not queries.is_finished(referral.id),
        "is_sender": access.can_refer(actor),
        "sent_it": referral.referrer_user_id == actor.user_id,
        "days": queries.first_contact_days(referral.scheme_id),
    }
    return render(request, "referrals/detail.jinja", context)


@allow(access.can_see_any)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    referral = get_object_or_404(access.visible_referrals(actor), id=referral_id)
    access.require_change(actor, referral)
    form = AmendForm(typed(request), initial=answers_of(referral))
    offer_first(form, queries.languages_at(referral.scheme_id))

    def act() -> None:
        actions.amend(referral, changes=form.changes(), reason=form.cleaned_data["reason"], by=actor)

    if carried_out(request, form, act):
        messages.success(request, "Your changes were saved. The scheme’s team can see them.")
        return redirect("referrals:detail", referral.id)
    context = {"form": form, "referral": referral, "more_needs": MORE_NEEDS}
    return form_page(request, "referrals/amend.jinja", context)


@allow(access.can_see_any)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    referral = get_object_or_404(access.visible_referrals(actor), id=referral_id)
    access.require_change(actor, referral)
    form = WithdrawForm(typed(request))
    if carried_out(request, form, lambda: actions.withdraw(referral, **form.cleaned_data, by=actor)):
        messages.success(request, f"Referral {referral.reference} was withdrawn.")
        return redirect("referrals:detail", referral.id)
    context = {"form": form, "referral": referral, "name": presenters.name_of(referral)}
    return form_page(request, "referrals/withdraw.jinja", context)
