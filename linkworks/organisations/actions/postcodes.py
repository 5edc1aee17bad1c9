"""Loading postcodes."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from linkworks.clients import postcodes as directory

from ..models import Postcode

COLUMNS = "postcode, borough_code, latitude, longitude"
TAKE_IN = f"""
    INSERT INTO organisations_postcode AS kept ({COLUMNS}) SELECT {COLUMNS} FROM loaded_postcodes
    ON CONFLICT (postcode) DO UPDATE
    SET borough_code = excluded.borough_code, latitude = excluded.latitude, longitude = excluded.longitude
    WHERE (kept.borough_code, kept.latitude, kept.longitude)
        IS DISTINCT FROM (excluded.borough_code, excluded.latitude, excluded.longitude)
"""


@transaction.atomic
def load_postcodes(*, all_of_uk: bool = False, progress: Callable[[int], None] | None = None) -> int:
    """Load London's postcodes (or the whole kingdom's) with their boroughs and positions. Safe to run again."""
    rows = counted(directory.read(all_of_uk=all_of_uk), progress)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        if Postcode.objects.exists():
            cursor.execute("CREATE TEMPORARY TABLE loaded_postcodes (LIKE organisations_postcode) ON COMMIT DROP")
            loaded = copy(cursor, "loaded_postcodes", rows)
            cursor.execute(TAKE_IN)
            cursor.execute("DROP TABLE loaded_postcodes")
        else:
            loaded = copy(cursor, "organisations_postcode", rows)
    return loaded


def copy(cursor: Any, table: str, batches: Iterator[list[directory.Row]]) -> int:
    """PostgreSQL's own bulk loading: some twenty times faster than inserting."""
    loaded = 0
    with cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as lines:
        for batch in batches:
            lines.write("".join(f"{code}\t{authority}\t{lat}\t{lon}\n" for code, authority, lat, lon in batch))
            loaded += len(batch)
    return loaded


def counted(
    batches: Iterator[list[directory.Row]], progress: Callable[[int], None] | None
) -> Iterator[list[directory.Row]]:
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        if progress:
            progress(done)
