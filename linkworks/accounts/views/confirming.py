"""Who somebody is, asked again before what matters most: an unattended screen must not give away a role."""

from allauth.account.decorators import reauthentication_required

from linkworks.core.access import View


def confirmed(view: View) -> View:
    """Sending this form asks for the password or second factor again, unless that was within five minutes.

    What was typed is kept meanwhile and taken as sent once the answer is right.
    """
    decorated: View = reauthentication_required(view, allow_get=True, app="linkworks.accounts")
    return decorated
