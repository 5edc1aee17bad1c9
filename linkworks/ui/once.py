"""Parts of pages that look the same each time but for some words: they are made once, and the words put in."""

from markupsafe import Markup, escape

HERE = "\ue000here\ue000"  # where the words go; nobody types these signs


def put_in(made: Markup, words: object) -> Markup:
    """The part with these words wherever it says HERE; they are escaped, unless they are markup already."""
    return Markup(made.replace(HERE, escape(words)))  # noqa: S704  both are safe
