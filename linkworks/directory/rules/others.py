"""What one says of oneself, as others say it: "on my own" is "on her own" when a son or a receptionist asks.

Many who ask do so for somebody else. What the list says in its own words of him, her or them keeps its own meaning:
"my tablets" may speak of an illness, "his tablets" of caring.
"""

from collections.abc import Iterator, Sequence

from .stems import stem

OF_ONESELF = tuple(map(stem, ("my", "me", "myself")))
OF_OTHERS = tuple(
    tuple(map(stem, each))
    for each in (("his", "him", "himself"), ("her", "her", "herself"), ("their", "them", "themselves"))
)


def as_others_say(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The same words said of him, of her and of them; none where they are not said of oneself."""
    if set(OF_ONESELF) & set(said):
        for others in OF_OTHERS:
            of = dict(zip(OF_ONESELF, others, strict=True))
            yield tuple(of.get(word, word) for word in said)
