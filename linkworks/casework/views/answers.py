"""What people answered first and last, over the whole scheme: for whoever answers for the team."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linkworks.core.access import Request, allow
from linkworks.outcomes import presenters as words
from linkworks.outcomes.queries import measure, scheme_change
from linkworks.ui import spreadsheets

from .. import access
from ..queries.file import MEASURE


@allow(access.can_allocate)
@require_safe
def answers(request: Request) -> HttpResponse:
    change = scheme_change(MEASURE, actor=request.actor)
    rows = [words.mean_row(each) for each in change.items]
    if request.GET.get("format") == "csv":
        return spreadsheets.answer("how-answers-changed.csv", [words.HEAD, *rows])
    context = {"measure": measure(MEASURE), "change": change, "head": words.HEAD, "rows": rows}
    return render(request, "casework/answers.jinja", context | {"asked": words.asked_words(change)})
