"""A page of a list as text: rows that are text already are set into the envelope, never read and written again."""

from collections.abc import Sequence

import orjson


def pages_of(total: int, per_page: int) -> int:
    """How many pages there are; of nothing there is none."""
    return -(-total // per_page)


def page_text(rows: Sequence[str], *, total: int, page: int, per_page: int) -> str:
    """The envelope with its rows. Asked of nothing, the first page is the last too; a page past the end is neither."""
    last = pages_of(total, per_page)
    head = {
        "total_items": total,
        "total_pages": last,
        "page_number": page,
        "size": len(rows),
        "first_page": page == 1,
        "last_page": page == max(1, last),
        "empty": not rows,
    }
    return f'{orjson.dumps(head).decode()[:-1]},"contents":[{",".join(rows)}]}}'


def with_field(text: str, name: str, value: str) -> str:
    """An object's text with one more field, whose value is JSON text already."""
    return f'{text[:-1]},"{name}":{value}}}'


def array(rows: Sequence[str]) -> str:
    return f"[{','.join(rows)}]"
