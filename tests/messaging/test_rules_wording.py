"""Words that leave say nothing about a person. A new template is held to this without being listed here."""

import re

import pytest
from jinja2 import meta

from linkworks.core import vocabulary
from linkworks.messaging.rules import NEUTRAL_VALUES, absolute, templates, worded
from linkworks.messaging.rules.wording import ENVIRONMENT, FOLDER
from linkworks.messaging.states import Way

CANARIES = {value: f"canary-{value}" for value in NEUTRAL_VALUES}
TELLING = re.compile(
    r"\b(mental|health|lonel|depress|anxi|debt|benefit|abuse|alcohol|drug|dementia|diagnos|condition|cancer|pain|housing|homeless"
    r"|bereave|therapy|counsel|food bank|lunch club|service|activity|group|surgery|practice|patient|clinic|doctor|safeguard)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("template", templates())
def test_a_template_asks_only_for_what_gives_nothing_away(template: str) -> None:
    asked = meta.find_undeclared_variables(ENVIRONMENT.parse((FOLDER / template).read_text()))
    assert asked <= NEUTRAL_VALUES


@pytest.mark.parametrize("template", templates())
def test_a_template_names_no_need_condition_or_kind_of_service(template: str) -> None:
    wording = filled(template)
    text = f"{wording.subject}\n{wording.body}"
    assert not TELLING.search(text)
    labels = [word.label for name in ("needs", "kinds", "categories") for word in vocabulary.LISTS[name].values()]
    assert not [label for label in labels if len(label) > 4 and label.lower() in text.lower()]


@pytest.mark.parametrize("template", templates())
def test_a_template_has_a_short_subject_and_a_body(template: str) -> None:
    wording = filled(template)
    assert 0 < len(wording.subject) <= 78
    assert wording.body
    assert "\n" not in wording.subject
    assert "\n\n\n" not in wording.body


def filled(template: str):
    folder, name = template.removesuffix(".jinja").split("/")
    return worded(name, CANARIES, way=Way.LETTER if folder == "letters" else Way.EMAIL)


def test_optional_lines_may_be_left_out() -> None:
    given = {"scheme": "Elm Tree", "reference": "R-7KQ4-M9TX", "days": "5 working days"}
    wording = worded("referral-received", given)
    assert wording.subject == "Referral R-7KQ4-M9TX was received"
    assert wording.body.endswith("within 5 working days.")


def test_a_value_that_could_tell_is_refused() -> None:
    with pytest.raises(ValueError, match="need, provider"):
        worded("referral-received", {"scheme": "x", "reference": "x", "need": "debt", "provider": "Money Advice"})


def test_a_missing_value_is_not_sent_as_a_gap() -> None:
    with pytest.raises(Exception, match="reference"):
        worded("referral-received", {"scheme": "Elm Tree"})


def test_a_subject_can_not_add_a_header() -> None:
    given = {"scheme": "x", "reference": "R\r", "days": "1 working day"}
    assert worded("referral-received", given).subject == "Referral R was received"


@pytest.mark.parametrize(
    ("link", "expected"),
    [("/messages/", "https://links.example.org/messages/"), ("https://a.example/x", "https://a.example/x"), ("", "")],
)
def test_links_work_from_outside(link: str, expected: str) -> None:
    assert absolute(link, "https://links.example.org") == expected


BY_EMAIL_ONLY = {
    "new-message",
    "guest-link",
    "provider-connection",
    "provider-reminder",
    "question-for-provider",
    "claim-link",
    "listing-check",
    "listing-check-text",
    "listing-hidden",
    "listing-hidden-text",
    "listing-reminder",
    "listing-reminder-text",
}


@pytest.mark.parametrize("template", [name for name in templates() if name.startswith("mails/")])
def test_what_is_read_in_an_account_needs_no_address_in_its_words(template: str) -> None:
    name = template.removeprefix("mails/").removesuffix(".jinja")
    if name not in BY_EMAIL_ONLY:
        wording = worded(name, {value: said for value, said in CANARIES.items() if value != "link"})
        assert "http" not in wording.body
