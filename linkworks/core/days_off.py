"""The days on which England is shut: bank holidays, and where Easter lies. Plain, so that rules may ask too."""

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

BANK_HOLIDAYS = country_holidays("GB", subdiv="ENG")  # looked up year by year, when one is asked about


@cache
def easter(year: int) -> date:
    """Easter Sunday."""
    named = country_holidays("GB", subdiv="ENG", years=year)
    [good_friday] = [day for day, name in named.items() if name == "Good Friday"]
    return good_friday + timedelta(days=2)
