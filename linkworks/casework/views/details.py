"""Who the person is, how to reach them safely and what they agreed to share."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from linkworks.core.access import Request, allow
from linkworks.people.forms import offer_first
from linkworks.people.queries import channels_of, sharing_of, version_of
from linkworks.referrals.queries import languages_at

from .. import access, actions, forms
from ..presenters import people
from .opening import form_page, keeps, open_case, pressed, sent, typed

KEPT = (
    "given_name", "family_name", "chosen_name", "pronouns", "born_on", "nhs_number", "address", "postcode",
    "language", "needs_interpreter", "access_needs", "emergency_contact", "call_worker_first",
)  # fmt: skip


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def details(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Details")
    form = forms.DetailsForm(typed(request), initial={name: getattr(case.person, name) for name in KEPT})
    offer_first(form, languages_at(case.scheme_id))
    version = request.POST.get("version", "")

    def act() -> Any:
        return actions.change_details(case, changes=form.changes(), version=version, by=request.actor)

    if sent(request, form, act):
        messages.success(request, "The details were changed.")
        return redirect("casework:case", case.pk)
    kept = keeps(form, version)
    shown = {
        "version": kept or version_of(case.person_id),
        "now": people.differs(case.person, form) if form.is_bound and not kept else [],
    }
    return form_page(request, "details", form, case, **shown)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def channels(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Safe contact")
    form = forms.ChannelForm(typed(request))
    if sent(request, form, lambda: actions.set_channel(case, **form.facts(), by=request.actor)):
        messages.success(request, "Kept. Nothing is sent anywhere that is not safe.")
        return redirect("casework:channels", case.pk)
    reach = [people.reach_of(each) for each in channels_of(case.person_id)]
    return form_page(request, "channels", form, case, reach=reach)


@allow(access.can_work)
@require_POST
def channel_end(request: Request, case_id: UUID, channel_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Safe contact")

    def act() -> Any:
        return actions.end_channel(case, channel_id=channel_id, by=request.actor)

    return pressed(request, act, "Taken off. Nothing goes there again.", "casework:channels", case.pk)


@allow(access.can_work)
@require_POST
def channel_unsafe(request: Request, case_id: UUID, channel_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Safe contact")

    def act() -> Any:
        return actions.mark_unsafe(case, channel_id=channel_id, by=request.actor)

    return pressed(request, act, "Kept as not safe. Nothing is sent there.", "casework:channels", case.pk)


@allow(access.can_work)
@require_http_methods(["GET", "POST"])
def sharing(request: Request, case_id: UUID) -> HttpResponse:
    case = open_case(request, case_id, "Sharing")
    start = {topic.value: agreed for topic, agreed in sharing_of(case.person_id).items()}
    form = forms.SharingChoicesForm(typed(request), initial=start)

    def act() -> str:
        kept = actions.choose_sharing(case, choices=form.choices(), how=form.cleaned_data["how"], by=request.actor)
        return "What they agreed to share was kept." if kept else "Nothing new was said, so nothing was changed."

    done = sent(request, form, act)
    if done:
        messages.success(request, done)
        return redirect("casework:case", case.pk)
    return form_page(request, "sharing", form, case)
