"""The messages of whoever is signed in."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from linkworks.core.access import actor_of, allow
from linkworks.ui import paging

from .. import access, actions, presenters, queries


@allow(access.signed_in)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    unread, words = request.GET.get("view") == "unread", request.GET.get("q", "").strip()
    found = queries.inbox(actor, unread=unread, words=words)
    page = paging.paginate(request.GET, found)
    context = {
        "page": page,
        "rows": presenters.rows(page.items, queries.who_they_are_about(page.items, actor)),
        "search": words,
        "views": presenters.inbox_views(unread=unread, waiting=queries.unread_count(actor)),
        "empty_text": presenters.nothing_in_inbox(unread=unread),
        "may_see_undelivered": access.can_see_undelivered(actor),
        "may_print_letters": access.can_print_letters(actor),
    }
    return render(request, "messaging/inbox.jinja", context)


@allow(access.signed_in)
@require_safe
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Open a message: it counts as read, and leads to what it is about."""
    actor = actor_of(request)
    found = queries.message(actor, message_id)
    if found is None:
        raise Http404
    actions.mark_read(found, by=actor)
    if found.link and url_has_allowed_host_and_scheme(found.link, allowed_hosts=None):
        return redirect(found.link)
    about = presenters.about(found, queries.who_they_are_about([found], actor))
    context = {"message": presenters.whole(found, about), "back": reverse("messaging:inbox")}
    return render(request, "messaging/message.jinja", context)
