"""The columns of our spreadsheet of listings: what each is called, and the example row of the template."""

from collections.abc import Sequence

from msgspec import Struct

EXAMPLE = "EXAMPLE"  # in the column Key: the row is the template's and not a listing


class Column(Struct, frozen=True):
    """A column's heading, the name of what is in it, and what the example says."""

    heading: str
    field: str
    example: str = ""
    is_required: bool = False


COLUMNS = (
    Column("Key", "id", EXAMPLE),
    Column("Organisation", "organisation", "Example Community Trust", is_required=True),
    Column("Name", "name", "Example lunch club", is_required=True),
    Column("What it is", "description", "A cooked lunch, company and a quiz. Come as you are."),
    Column("Who it is for", "who_it_is_for", "People over 55 who live in the borough"),
    Column("Kind or needs", "terms", "Loneliness; Food"),
    Column("Telephone", "phone", "020 7946 0000"),
    Column("E-mail", "email", "office@trust.example.org"),
    Column("Website", "url", "https://trust.example.org/lunch"),
    Column("Address", "address_1", "1 Example Road"),
    Column("Town", "city", "London"),
    Column("Postcode", "postcode", "SE15 5DD"),
    Column("Kind of place", "place_kind", "Community centre or hall"),
    Column("Day", "day", "Tuesday and Thursday"),
    Column("Starts", "starts", "12:00"),
    Column("Ends", "ends", "14:00"),
    Column("Cost", "cost", "4.50"),
    Column("What happens", "what_happens", "We eat at half past twelve and play bingo after."),
    Column("Who comes", "who_comes", "About twenty of us, most over 70"),
    Column("Your first visit", "first_visit", "Somebody meets you at the door and sits with you."),
    Column("Can I bring someone?", "bring_someone", "Yes, a friend or a carer"),
    Column("Quieter times", "quiet_times", "Thursdays"),
    Column("How to get there", "getting_there", "Two minutes from the bus stop. The green door."),
    Column("How far advice goes", "advice_levels", "Information; Casework"),
    Column("Quality mark", "quality_mark"),
    Column("Quality mark holds until", "quality_mark_until"),
    Column("Level of course", "course_levels"),
    Column("Last day to join", "join_by"),
    Column("Certificate", "certificate"),
    Column("What it leads to", "leads_to"),
    Column("Minimum age", "minimum_age", "55"),
    Column("Maximum age", "maximum_age"),
    Column("Charity number", "charity_number", "1234567"),
    Column("Company number", "company_number"),
)


def template() -> list[list[str]]:
    """The columns' names and the example."""
    return [[each.heading for each in COLUMNS], [each.example for each in COLUMNS]]


def tidied(heading: str) -> str:
    """A heading however it is written: “E-Mail”, “email” and “e mail” are one."""
    return "".join(letter for letter in heading.lower() if letter.isalnum())


BY_HEADING = {tidied(each.heading): each for each in COLUMNS}


def in_words(names: Sequence[str]) -> str:
    quoted = [f"“{name[:40]}”" for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
