"""Where wrong passwords and codes are counted: in one table for all web processes."""

from typing import Any

from django.conf import settings
from django.db.models import Model


class LimitsRouter:
    """Wrong tries are counted beside the request's transaction: a page that fails must not take the count back."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return limits_database() if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read


def limits_database() -> str:
    """Tests undo what they did, so there the counts are part of their transaction."""
    return "default" if settings.TESTING else "limits"
