"""The messages of whoever is signed in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from linkworks.core.access import actor_of, allow
from linkworks.ui import paging
from linkworks.ui.views import found

from .. import access, actions, presenters, queries


@allow(access.signed_in)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    unread, words = request.GET.get("view") == "unread", request.GET.get("q", "").strip()
    page = paging.paginate(request.GET, queries.inbox(actor, unread=unread, words=words))
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
    opened = found(queries.message(actor, message_id))
    actions.mark_read(opened, by=actor)
    if opened.link and url_has_allowed_host_and_scheme(opened.link, allowed_hosts=None):
        return redirect(opened.link)
    about = presenters.about(opened, queries.who_they_are_about([opened], actor))
    context = {"message": presenters.whole(opened, about), "back": reverse("messaging:inbox")}
    return render(request, "messaging/message.jinja", context)
