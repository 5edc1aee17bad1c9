"""Somebody asks for support for themselves: one question a page, nothing lost, sent once, and no e-mail needed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linkworks.core.access import public
from linkworks.core.errors import Invalid, LinkworksError
from linkworks.directory.views.keeping import forget_list
from linkworks.organisations.queries import scheme_card
from linkworks.people.forms import offer_first
from linkworks.referrals import presenters as said
from linkworks.referrals import queries as referrals
from linkworks.referrals.forms import MORE_NEEDS, CheckForm, Draft, SchemeForm, details_from
from linkworks.referrals.rules import ReferralDetails
from linkworks.referrals.states import Door
from linkworks.ui.fields import Form
from linkworks.ui.views import form_page

from .. import actions, forms

ABOUT_THEMSELVES = {"referrer_type": "self"}
NOT_SURE = "Not sure yet: would like to talk about it."
PUBLIC = {"layout": "ui/public_layout.jinja", "exit_button": True, "neutral_title": "Local support"}


@dataclass(frozen=True)
class Question:
    """One page of the six."""

    name: str
    title: str
    form: type[Form]


QUESTIONS = (
    Question("help", "What would you like help with?", forms.HelpForm),
    Question("words", "In your own words", forms.WordsForm),
    Question("name", "What is your name?", forms.NameForm),
    Question("postcode", "Where do you live?", forms.PostcodeForm),
    Question("contact", "How can we reach you safely?", forms.SelfReachForm),
    Question("easier", "What makes it easier for you?", forms.EasierForm),
)
NAMES = [each.name for each in QUESTIONS]
WRITE_FREELY = ("words", "contact", "easier")  # help now stands before and after what may be hard to write
ELSEWHERE = "https://www.bbc.co.uk/weather"


def draft_of(request: HttpRequest) -> Draft:
    return Draft(request.session, "self-refer")


def call_back_of(request: HttpRequest) -> Draft:
    return Draft(request.session, "call-back")


def address(name: str) -> str:
    return reverse("frontdoor:self-refer-question", args=[name])


@public
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, how long it takes, where to turn at once, and the telephone way."""
    return render(
        request,
        "frontdoor/start.jinja",
        {**PUBLIC, "first": address(NAMES[0]), "started": bool(draft_of(request).answers)},
    )


@public
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, name: str) -> HttpResponse:
    """One question. The answers so far are kept; the back link goes one question back."""
    if name not in NAMES:
        raise Http404
    asked, number, draft = QUESTIONS[NAMES.index(name)], NAMES.index(name) + 1, draft_of(request)
    form = asked.form(request.POST if request.method == "POST" else None, initial=draft.answers)
    if "language" in form.fields and draft.answers.get("scheme_id"):
        offer_first(form, referrals.languages_at(UUID(draft.answers["scheme_id"])))
    if request.method == "POST" and form.is_valid():
        draft.keep({**form.cleaned_data, f"{name}_answered": True})
        return redirect(_next(name, draft))
    context = {**PUBLIC, "form": form, "asked": asked, "number": number, "total": len(NAMES), "back": _before(name)}
    context |= {"need_groups": MORE_NEEDS, "write_freely": WRITE_FREELY}
    return form_page(request, "frontdoor/question.jinja", context)


def _before(name: str) -> str:
    place = NAMES.index(name)
    return address(NAMES[place - 1]) if place else reverse("frontdoor:self-refer")


def _next(name: str, draft: Draft) -> str:
    """The next question that is not answered yet, or the last look. A new postcode decides the scheme anew."""
    if name == "postcode":
        draft.keep({"scheme_id": None})
        choice = _choice(draft.answers)
        if not choice.is_clear:
            return reverse("frontdoor:self-refer-nearest")
        draft.keep({"scheme_id": str(choice.options[0].id)})
    return _first_unanswered(draft)


def _first_unanswered(draft: Draft) -> str:
    left = [each for each in NAMES if not draft.answers.get(f"{each}_answered")]
    return address(left[0]) if left else reverse("frontdoor:self-refer-check")


def _choice(answers: Mapping[str, Any]) -> referrals.SchemeChoice:
    return referrals.scheme_choice(answers.get("postcode", ""), door=Door.SELF.value, referrer_type="self")


@public
@require_http_methods(["GET", "POST"])
def nearest(request: HttpRequest) -> HttpResponse:
    """No scheme, or several, for this postcode: said openly, with every way on."""
    draft = draft_of(request)
    if not draft.answers.get("postcode"):
        return redirect(address("postcode"))
    choice = _choice(draft.answers)
    form = SchemeForm(request.POST if request.method == "POST" else None, options=choice.options)
    form.fields["scheme"].label = "Who would you like to ask?"
    if request.method == "POST" and form.is_valid():
        draft.keep({"scheme_id": str(form.scheme_id)})
        return redirect(_first_unanswered(draft))
    context = {
        **PUBLIC,
        "form": form,
        "choice": choice,
        "postcode": draft.answers["postcode"],
        "back": address("postcode"),
    }
    return form_page(request, "frontdoor/nearest.jinja", context)


@public
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The last look; sending happens here, once however often it is pressed."""
    draft = draft_of(request)
    if not draft.answers:
        return redirect("frontdoor:self-refer-done" if draft.receipt else "frontdoor:self-refer")
    if "scheme_id" not in draft.answers or _first_unanswered(draft) != request.path:
        return redirect(_first_unanswered(draft))
    if not draft.answers["scheme_id"]:
        return redirect("frontdoor:self-refer-nearest")
    form = CheckForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("form_token", draft.token) != draft.token:
            form.add_error(None, "Your answers were changed in another window. Check them again, then send.")
        elif _sent(request, draft, form):
            return redirect("frontdoor:self-refer-done")
    context = {**PUBLIC, "form": form, "form_token": draft.token, "back": address(NAMES[-1])}
    context |= {"scheme": scheme_card(UUID(draft.answers["scheme_id"])), "rows": _rows(draft.answers)}
    return form_page(request, "frontdoor/check.jinja", context)


def _rows(answers: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The answers with, for each, the question to change it at."""
    pages = {
        "Name": "name",
        "What they like to be called": "name",
        "Date of birth": "name",
        "Postcode": "postcode",
        "Reasons": "help",
        "In their own words": "words",
        "Safe ways to contact them": "contact",
        "Anything to know": "easier",
        "What makes it easier": "easier",
    }
    words = {
        "What they like to be called": "What you like to be called",
        "Reasons": "What you would like help with",
        "In their own words": "In your own words",
        "Safe ways to contact them": "How we can reach you safely",
        "Anything to know": "Anything else",
    }
    rows = said.summary(_details(answers).stored(), door=Door.SELF.value)
    return [(words.get(key, key), value, address(pages[key])) for key, value in rows if key in pages]


def _details(answers: Mapping[str, Any]) -> ReferralDetails:
    """The referral these answers mean. Who is not sure what would help may leave the words for when we talk."""
    details = details_from({**answers, "told_and_agrees": True}, ABOUT_THEMSELVES)
    says_nothing = not details.needs and not details.in_their_words.strip()
    return replace(details, in_their_words=NOT_SURE) if says_nothing and answers.get("not_sure") else details


def _sent(request: HttpRequest, draft: Draft, form: Form) -> bool:
    """Send what the draft says, or put the reason it could not go on the form."""
    answers, token = draft.answers, request.POST.get("form_token") or draft.token
    scheme = scheme_card(UUID(answers["scheme_id"]))
    try:
        actions.count_sending(door="self-refer", address=request.META["REMOTE_ADDR"])
        sent = actions.ask_for_support(scheme_id=scheme.id, details=_details(answers), token=token)
    except LinkworksError as error:
        call = f" Call {scheme.name} on {scheme.phone}: they can tell you who can help." if scheme.phone else ""
        form.add_error(None, _for_themselves(error) + call)
        return False
    draft.finish({"reference": sent.reference, "scheme_id": str(scheme.id), "token": token})
    return True


def _for_themselves(error: LinkworksError) -> str:
    is_about_age = isinstance(error, Invalid) and error.field == "born_on"
    return f"{(error.message.split('. ')[0] if is_about_age else error.message).rstrip('.')}."


@public
@require_http_methods(["GET", "POST"])
def call_back(request: HttpRequest) -> HttpResponse:
    """The telephone way: one page, and the team calls. Which team is asked about when it is not plain."""
    draft = call_back_of(request)
    if draft.was_sent(request.POST.get("form_token", "")):
        return redirect("frontdoor:self-refer-done")
    form = forms.CallBackForm(request.POST if request.method == "POST" else None, initial=draft.answers)
    if request.method == "POST" and form.is_valid():
        choice = _choice(form.cleaned_data)
        draft.keep({**form.answers(), "scheme_id": None})
        if not choice.is_clear:
            return redirect("frontdoor:call-back-team")
        draft.keep({"scheme_id": str(choice.options[0].id)})
        if _call_asked_for(request, form):
            return redirect("frontdoor:self-refer-done")
    context = {**PUBLIC, "form": form, "form_token": draft.token, "back": reverse("frontdoor:self-refer")}
    return form_page(request, "frontdoor/call_back.jinja", context)


@public
@require_http_methods(["GET", "POST"])
def call_back_team(request: HttpRequest) -> HttpResponse:
    """Who gets the number is said before it is sent: no team serves the postcode, or several do."""
    draft = call_back_of(request)
    if not draft.answers.get("postcode"):
        return redirect("frontdoor:self-refer-done" if draft.receipt else "frontdoor:call-back")
    choice = _choice(draft.answers)
    form = SchemeForm(request.POST if request.method == "POST" else None, options=choice.options)
    form.fields["scheme"].label = "Who should call you?"
    if request.method == "POST" and form.is_valid():
        draft.keep({"scheme_id": str(form.scheme_id)})
        if _call_asked_for(request, form):
            return redirect("frontdoor:self-refer-done")
    context = {**PUBLIC, "form": form, "choice": choice, "postcode": draft.answers["postcode"]}
    context |= {"back": reverse("frontdoor:call-back"), "go_on": "Ask for a call", "form_token": draft.token}
    return form_page(request, "frontdoor/nearest.jinja", context)


def _call_asked_for(request: HttpRequest, form: Form) -> bool:
    draft = call_back_of(request)
    sent = _sent(request, draft, form)
    if sent:
        draft_of(request).remember(draft.receipt)
    return sent


@public
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    receipt = draft_of(request).receipt
    if not receipt:
        return redirect("frontdoor:self-refer")
    scheme = scheme_card(UUID(receipt["scheme_id"]))
    context = {**PUBLIC, "receipt": receipt, "scheme": scheme, "days": referrals.first_contact_days(scheme.id)}
    return render(request, "frontdoor/done.jinja", context)


@public
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Delete what was typed, for somebody on a shared computer or in a hurry."""
    _forget(request)
    return redirect("frontdoor:self-refer")


@public
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Exit this page: nothing of it stays, and an everyday page opens."""
    _forget(request)
    return forget_list(redirect(ELSEWHERE))


def _forget(request: HttpRequest) -> None:
    for draft in (draft_of(request), call_back_of(request)):
        draft.discard()
        draft.forget_receipt()
