"""When a plan is looked at again."""

from datetime import date, timedelta
from uuid import UUID

from linkworks.core import clock
from linkworks.organisations.queries import settings_of


def review_day(scheme_id: UUID) -> date:
    """So many weeks from now as the scheme has settled, and never on a weekend."""
    return clock.working_day(clock.today() + timedelta(weeks=settings_of(scheme_id).review_weeks))
