"""A referral was joined to the wrong person: taken off again, or said plainly why not."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from linkworks.core.access import Request, allow

from .. import access, actions, forms, queries
from ..presenters import inbox as words
from ..rules.unlinking import why_not_undone
from .inbox import open_referral
from .opening import form_page, sent, typed


@allow(access.can_triage)
@require_http_methods(["GET", "POST"])
def unlink(request: Request, referral_id: UUID) -> HttpResponse:
    referral = open_referral(request, referral_id)
    if referral.person is None:
        raise Http404
    facts = queries.link_of(referral, request.actor).facts
    obstacle = why_not_undone(facts)
    form = forms.UndoLinkForm(typed(request))
    if sent(request, form, lambda: actions.undo_link(referral, **form.cleaned_data, by=request.actor)):
        messages.success(request, "Taken off that record. Decide about the referral again.")
        return redirect("casework:inbox-referral", referral.pk)
    joined_to = referral.person.full_name
    shown = {"referral": words.referral_view(referral), "joined_to": joined_to, "obstacle": obstacle, "facts": facts}
    return form_page(request, "unlink", form, **shown)
