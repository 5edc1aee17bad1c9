"""Letters: printed, posted by hand, and noted as posted."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from linkworks.audit.actions import record_views
from linkworks.core.access import actor_of, allow
from linkworks.ui import paging
from linkworks.ui.views import found

from .. import access, actions, presenters, queries


@allow(access.can_print_letters)
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that wait to be printed, or were posted."""
    posted, words = request.GET.get("view") == "posted", request.GET.get("q", "").strip()
    those = queries.letters(actor_of(request), posted=posted, words=words)
    context = {
        "page": paging.paginate(request.GET, those, present=presenters.letter_card),
        "search": words,
        "views": presenters.letter_views(posted=posted),
        "empty_text": presenters.no_letters(posted=posted),
        "back": reverse("messaging:inbox"),
    }
    return render(request, "messaging/letters.jinja", context)


@allow(access.can_print_letters)
@require_safe
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    kept, written = found(queries.letter(actor, letter_id))
    record_views([queries.addressee(kept)], page="Letter", by=actor)
    context = {"letter": presenters.letter(written), "back": reverse("messaging:letters")}
    return render(request, "messaging/letter.jinja", context)


@allow(access.can_print_letters)
@require_POST
def posted(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    kept = actions.post_letter(found(queries.letter(actor, letter_id))[0], by=actor)
    say = messages.warning if kept.why else messages.success
    say(request, presenters.after_posting(kept.why))
    return redirect("messaging:letter", letter_id)


@allow(access.can_see_undelivered)
@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    """What never arrived, so that somebody sees to it."""
    actor, words = actor_of(request), request.GET.get("q", "").strip()
    page = paging.paginate(request.GET, queries.undelivered(actor, words))
    context = {
        "page": page,
        "rows": presenters.lost_rows(page.items, queries.who_they_are_about(page.items, actor)),
        "search": words,
        "empty_text": "Everything that was sent has arrived, as far as we know.",
        "back": reverse("messaging:inbox"),
    }
    return render(request, "messaging/undelivered.jinja", context)
