"""A form that came after its session was over: shown to whoever filled it in, to send or to throw away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from linkworks.core.access import allow, signed_in

from ..forms import Unsent


@allow(signed_in)
@require_http_methods(["GET", "POST"])
def unsent(request: HttpRequest) -> HttpResponse:
    """What was typed, with a button that sends it to the page it was meant for. That page checks it as always."""
    kept = Unsent.kept(request)
    if kept is None:
        return redirect("home")
    if request.method == "POST":
        Unsent.forget(request)
        return redirect(kept.path)
    return render(request, "accounts/unsent.jinja", {"kept": kept})
