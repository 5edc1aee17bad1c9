"""What left by e-mail and text, for anybody trying Linkworks out. The page does not exist in production."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core import tenancy
from linkworks.core.access import public
from linkworks.core.actor import job_actor
from linkworks.ui import paging

from .. import presenters, queries


@public
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    with tenancy.context(job_actor("messaging.outbox", *queries.every_scheme())):
        page = paging.paginate(request.GET, queries.outbox(words), present=presenters.parcel)
    return render(request, "messaging/outbox.jinja", {"page": page, "search": words})
