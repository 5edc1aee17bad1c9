"""What is over is thrown away: used links for a new password, and addresses somebody once mistyped a password for."""

from linkworks.core.later import scheduled

from . import actions


@scheduled("accounts.tidy", cron="40 3 * * *", every_seconds=24 * 3600)
def tidy() -> None:
    actions.forget_what_is_over()
