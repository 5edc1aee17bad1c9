"""Ask Django whether production settings are safe, with made-up values for what an installation would give."""

import os
import secrets
import sys

MADE_UP = {
    "DJANGO_SETTINGS_MODULE": "linkworks.config.settings",
    "LINKWORKS_MODE": "production",
    "LINKWORKS_ALLOWED_HOSTS": "linkworks.example.org",
    "LINKWORKS_BASE_URL": "https://linkworks.example.org",
    "DATABASE_URL": "postgresql://linkworks_app@localhost/linkworks",
    "LINKWORKS_OWNER_DATABASE_URL": "postgresql://linkworks_owner@localhost/linkworks",
}


def main() -> None:
    """Run `check --deploy`; a warning fails it. No database is touched."""
    os.environ.update(MADE_UP, LINKWORKS_SECRET_KEY=secrets.token_urlsafe(60))
    from django.core.management import execute_from_command_line

    execute_from_command_line([sys.argv[0], "check", "--deploy", "--fail-level", "WARNING"])


if __name__ == "__main__":
    main()
