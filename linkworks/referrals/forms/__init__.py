"""What did they mean: the referral form of each door, and what can be changed after sending."""

from .change import AmendForm, CheckForm, WithdrawForm
from .drafts import Draft
from .refer import (
    MORE_NEEDS,
    NEEDS_SHOWN,
    AccountReferralForm,
    KeyedInForm,
    ReferralForm,
    SchemeForm,
    answers_of,
    details_from,
    needs_field,
    needs_of,
    person_of,
)

__all__ = [
    "MORE_NEEDS",
    "NEEDS_SHOWN",
    "AccountReferralForm",
    "AmendForm",
    "CheckForm",
    "Draft",
    "KeyedInForm",
    "ReferralForm",
    "SchemeForm",
    "WithdrawForm",
    "answers_of",
    "details_from",
    "needs_field",
    "needs_of",
    "person_of",
]
