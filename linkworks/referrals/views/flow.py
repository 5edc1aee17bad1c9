"""The pages of a referral, the same for every door that uses the form: answers, scheme, check, sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linkworks.core.access import actor_of
from linkworks.core.errors import LinkworksError
from linkworks.organisations.queries import scheme_card
from linkworks.people.forms import offer_first
from linkworks.ui.fields import Form
from linkworks.ui.views import form_page

from .. import actions, presenters, queries
from ..forms import MORE_NEEDS, CheckForm, Draft, SchemeForm, details_from
from ..rules import Hears

CARRY_ON, AFRESH = "carry-on", "afresh"


@dataclass(frozen=True)
class Pages:
    """Where each page of this door is."""

    details: str
    check: str
    sent: str
    leave: str
    scheme: str = ""

    @property
    def answers(self) -> str:
        """The first page with what was typed: to change an answer, or to carry on."""
        return f"{self.details}?draft={CARRY_ON}"


@dataclass(frozen=True)
class Way:
    """One way in: who is referring, which form they see and where its pages are."""

    key: str
    title: str
    pages: Pages
    form: Callable[..., Form]
    referrer: Mapping[str, Any]
    door: str = ""
    scheme_id: UUID | None = None
    home_postcode: str = ""
    practice_code: str = ""
    layout: str = "ui/layout.jinja"
    extra: Mapping[str, Any] = field(default_factory=dict)

    def context(self, **more: Any) -> dict[str, Any]:
        return {"layout": self.layout, "way": self, "pages": self.pages, **self.extra, **more}

    def door_of(self, answers: Mapping[str, Any]) -> str:
        return self.door or str(answers["door"])


def details_page(
    request: HttpRequest, way: Way, *, prefill: Mapping[str, Any] | None = None, **context: Any
) -> HttpResponse:
    """Who, why, do they agree, how to reach them, anything to know. What was typed is kept for the way back."""
    draft = Draft(request.session, way.key)
    if draft.is_started and _is_beginning(request):
        return _unfinished(request, way, draft)
    form = way.form(request.POST if request.method == "POST" else None, initial={**draft.answers, **(prefill or {})})
    offer_first(form, queries.languages_at(way.scheme_id, postcode=way.home_postcode))
    if request.method == "POST" and form.is_valid():
        draft.keep(form.cleaned_data)
        return _on_to_scheme(way, draft)
    if form.errors:  # what could be read is kept, and nothing goes on until the rest is right
        draft.keep({**form.cleaned_data, "scheme_id": None})
    status = 400 if form.errors else 200
    return render(
        request, "referrals/refer.jinja", way.context(form=form, more_needs=MORE_NEEDS, **context), status=status
    )


def _is_beginning(request: HttpRequest) -> bool:
    """Somebody opens the empty form, or says that they want it empty."""
    return request.POST.get("draft") == AFRESH or (request.method == "GET" and request.GET.get("draft") != CARRY_ON)


def _unfinished(request: HttpRequest, way: Way, draft: Draft) -> HttpResponse:
    """One person's answers never slip into the next person's referral: carry on, or start with an empty form."""
    if request.method == "POST":
        draft.discard()
        return redirect(request.get_full_path())
    answers = draft.answers
    name = " ".join(filter(None, (answers.get("given_name"), answers.get("family_name"))))
    return render(request, "referrals/unfinished.jinja", way.context(name=name))


def _on_to_scheme(way: Way, draft: Draft) -> HttpResponse:
    if way.scheme_id:
        draft.keep({"scheme_id": str(way.scheme_id)})
        return redirect(way.pages.check)
    choice = _choice(way, draft.answers)
    if choice.is_clear:
        draft.keep({"scheme_id": str(choice.options[0].id)})
        return redirect(way.pages.check)
    return redirect(way.pages.scheme)


def _choice(way: Way, answers: Mapping[str, Any]) -> queries.SchemeChoice:
    postcode = answers.get("postcode") or way.home_postcode
    kind = str(answers.get("referrer_type") or way.referrer.get("referrer_type", ""))
    return queries.scheme_choice(
        postcode, door=way.door_of(answers), referrer_type=kind, practice_code=way.practice_code
    )


def scheme_page(request: HttpRequest, way: Way) -> HttpResponse:
    """Several schemes, or none that serves the postcode: the referrer decides, and is never left without a way on."""
    draft = Draft(request.session, way.key)
    if not draft.is_started:
        return redirect(way.pages.details)
    choice = _choice(way, draft.answers)
    form = SchemeForm(
        request.POST if request.method == "POST" else None,
        options=choice.options,
        initial={"scheme": draft.answers.get("scheme_id")},
    )
    if request.method == "POST" and form.is_valid():
        draft.keep({"scheme_id": str(form.scheme_id)})
        return redirect(way.pages.check)
    context = way.context(form=form, choice=choice, postcode=draft.answers.get("postcode"))
    return form_page(request, "referrals/scheme.jinja", context)


def check_page(request: HttpRequest, way: Way) -> HttpResponse:
    """The last look; sending happens here, once however often it is pressed."""
    draft = Draft(request.session, way.key)
    if not draft.answers.get("scheme_id"):
        return redirect(way.pages.sent if draft.was_sent(request.POST.get("form_token", "")) else way.pages.details)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("form_token") == draft.token and _sent(request, way, draft, form):
            return redirect(way.pages.sent)
        if not form.errors:
            form.add_error(None, "Your answers were changed in another window. Check them again, then send.")
    return form_page(request, "referrals/check.jinja", _to_check(request, way, draft, form))


def _to_check(request: HttpRequest, way: Way, draft: Draft, form: Form) -> dict[str, Any]:
    answers = draft.answers
    details = details_from(answers, way.referrer)
    who = {name: getattr(details, name) for name in ("given_name", "family_name", "born_on", "nhs_number")}
    return way.context(
        form=form,
        form_token=draft.token,
        rows=presenters.summary(details.stored(), way.pages.answers),
        referrer=presenters.sender_rows(
            details,
            way.door_of(answers),
            details.referrer_name,
            details.from_organisation_name,
            way.pages.answers if way.extra.get("keyed_in") else "",
        ),
        scheme=scheme_card(UUID(answers["scheme_id"])),
        who_for=queries.who_it_is_for(UUID(answers["scheme_id"])),
        advice=queries.advice(UUID(answers["scheme_id"]), details.postcode, way.practice_code),
        still_open=queries.still_open(actor_of(request), **who),
        needs=details.needs,
    )


def _sent(request: HttpRequest, way: Way, draft: Draft, form: Form) -> bool:
    answers, token = draft.answers, draft.token
    try:
        referral = actions.send(
            scheme_id=UUID(answers["scheme_id"]),
            details=details_from(answers, way.referrer),
            door=way.door_of(answers),
            by=actor_of(request),
            token=token,
        )
    except LinkworksError as error:
        form.add_error(None, error.message)
        return False
    called = answers.get("chosen_name") or answers["given_name"]
    receipt = {"reference": referral.reference, "scheme_id": answers["scheme_id"], "called": called, "token": token}
    draft.finish({**receipt, "heard_by": _heard_by(queries.hears(referral), called)})
    return True


def _heard_by(hears: Hears, called: str) -> str:
    """Who is written to; nobody, when there is no way to write to anybody."""
    return "" if not hears.way else called if hears.is_person else "whoever referred"


def sent_page(request: HttpRequest, way: Way) -> HttpResponse:
    """The reference, and what happens next with an honest time."""
    receipt = Draft(request.session, way.key).receipt
    if not receipt:
        return redirect(way.pages.details)
    scheme = scheme_card(UUID(receipt["scheme_id"]))
    context = way.context(receipt=receipt, scheme=scheme, days=queries.first_contact_days(scheme.id))
    return render(request, "referrals/sent.jinja", context)
