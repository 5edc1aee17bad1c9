"""Somebody shares the list they saved by a link, withdraws the link, or empties the list."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from linkworks.core.access import actor_of, public
from linkworks.directory import actions as directory
from linkworks.directory.views.keeping import forget_list, keep, list_of
from linkworks.ui.own_pages import from_our_pages
from linkworks.ui.views import token_of

from .. import actions

PAGE = "directory:saved"


@from_our_pages
@public
@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """The link stands on the list's own page; whoever shares it sends it on themselves."""
    kept = list_of(request)
    if not kept.ids:
        return redirect(PAGE)
    told = {"token": token_of(request), "address": request.META["REMOTE_ADDR"], "by": actor_of(request)}
    made = actions.share_list(kept.ids, earlier=kept.shared, **told)
    return keep(redirect(PAGE), replace(kept, shared=made))


@from_our_pages
@public
@require_POST
def stop_sharing(request: HttpRequest) -> HttpResponse:
    """Only the browser that made the link knows which list it is to."""
    kept = list_of(request)
    if kept.shared:
        directory.stop_sharing(kept.shared, by=actor_of(request))
    return keep(redirect(PAGE), replace(kept, shared=None))


@from_our_pages
@public
@require_POST
def forget_saved(request: HttpRequest) -> HttpResponse:
    """The list is empty and its link withdrawn: nothing of it stays on a shared computer."""
    kept = list_of(request)
    if kept.shared:
        directory.stop_sharing(kept.shared, by=actor_of(request))
    return forget_list(redirect(PAGE))
