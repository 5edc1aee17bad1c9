"""A line of a file of questions: {"id", "words", "postcode"}. Whatever else it has is left alone."""

import msgspec

from linkworks.core.errors import Invalid

MOST_CHARACTERS = 2000


class Asked(msgspec.Struct, frozen=True):
    """One question. Without a postcode it is asked of all London."""

    id: str | int
    words: str
    postcode: str | None = ""


def read(line: str | bytes) -> Asked:
    try:
        asked = msgspec.json.decode(line, type=Asked)
    except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
        raise Invalid(
            f'it is not a question like {{"id": 1, "words": "…", "postcode": "SE15 5DD"}}: {wrong}'
        ) from wrong
    if not asked.words.strip():
        raise Invalid("it has no words to look for.")
    if len(asked.words) > MOST_CHARACTERS:
        raise Invalid(f"its words are longer than {MOST_CHARACTERS:,} characters.")
    return asked
