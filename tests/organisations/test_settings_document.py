"""Every bad settings document gets a clear sentence; every good one goes out as YAML and comes back the same."""

import re
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from linkworks.core import vocabulary
from linkworks.core.errors import Conflict, Invalid, LinkworksError
from linkworks.organisations.actions import change_settings
from linkworks.organisations.models import Scheme, SchemeSettingsVersion
from linkworks.organisations.queries import settings_history, settings_of
from linkworks.organisations.rules.settings import (
    EXPECTS,
    as_document,
    as_yaml,
    from_yaml,
    problems_in,
    settings_from,
)
from tests.cast import Cast

NAMES = sorted(EXPECTS)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
GOOD = st.fixed_dictionaries(
    {},
    optional={
        "contact_tries": st.integers(1, 10),
        "first_contact_working_days": st.integers(1, 60),
        "max_sessions": st.integers(1, 52),
        "review_weeks": st.integers(1, 52),
        "caseload_weight_target": st.integers(1, 300),
        "front_doors": st.lists(
            st.sampled_from(["account", "verified-link", "self", "phone", "paper"]), min_size=1, unique=True
        ),
        "measure_stages": st.lists(st.sampled_from(["start", "review", "close"]), min_size=1, unique=True),
        "referrer_types": st.lists(st.sampled_from(sorted(vocabulary.REFERRER_TYPES)), min_size=1, unique=True),
        "categories": st.lists(st.sampled_from(sorted(vocabulary.CATEGORIES)), min_size=1, unique=True),
        "languages": st.lists(st.sampled_from(sorted(vocabulary.LANGUAGES)), min_size=1, unique=True),
        "who_can_be_referred": st.integers(0, 100).flatmap(
            lambda low: st.fixed_dictionaries(
                {"age_from": st.just(low)},
                optional={
                    "age_to": st.none() | st.integers(low, 120),
                    "words": st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=300),
                },
            )
        ),
    },
)


@given(GOOD)
def test_a_good_document_is_taken_and_comes_back_from_yaml_the_same(document: dict[str, Any]) -> None:
    taken = settings_from(document)

    assert settings_from(from_yaml(as_yaml(taken))) == taken
    assert settings_from(as_document(taken)) == taken
    for name, value in document.items():
        kept = as_document(taken)[name]
        given_back = {key: kept[key] for key in value} if isinstance(value, dict) else kept
        assert given_back == (tuple(value) if isinstance(value, list) else value) or list(given_back) == value


@given(st.sampled_from(NAMES), JUNK)
def test_one_bad_value_is_named_with_what_to_write_or_it_is_good(name: str, value: Any) -> None:
    found = problems_in({name: value})

    for problem in found:
        assert problem.path.split(".")[0].split("[")[0] in {name, "escalate_working_days"}
        assert re.match(r"must |does not know |is not ", problem.message), problem.message
        assert "msgspec" not in problem.message and "`$" not in str(problem) and "Expected" not in problem.message


@given(JUNK)
def test_any_document_is_taken_or_refused_in_sentences_and_never_breaks(document: Any) -> None:
    said = refusal(settings_from, document)

    assert said == "" or re.search(r": (must|is not|does not know) ", said)


def refusal(act: Any, given: Any) -> str:
    """What is said when it is refused; nothing when it is taken."""
    try:
        act(given)
    except LinkworksError as error:
        return error.message
    return ""


@given(st.text(max_size=200))
def test_any_text_is_read_as_yaml_or_refused_in_a_sentence(text: str) -> None:
    said = refusal(from_yaml, text)

    assert said == "" or re.match(r"This file cannot be read( near line \d+)?\. Check that each line", said)


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['true']",
        "!!python/name:os.system",
        "a: &a [*a, *a]\n\tb: c",
        "contact_tries: 3\n  front_doors: [",
        "{",
        "a: b: c",
        "key: 'no end",
        "\x00",
        "contact_tries: 2024-13-45",
        "contact_tries: 0b_",
        "[" * 3000,
    ],
)
def test_what_is_not_plain_yaml_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        from_yaml(text)


@pytest.mark.parametrize("name", [each for each in NAMES if EXPECTS[each].startswith("a whole number")])
@pytest.mark.parametrize("value", [0, -1, 10_000, 1.5, "5", "five", None, True, [], {}])
def test_numbers_are_whole_and_within_their_limits(name: str, value: Any) -> None:
    [problem, *_] = problems_in({name: value})

    assert str(problem) == f"{name}: must be {EXPECTS[name]}"


@pytest.mark.parametrize("name", ["front_doors", "measure_stages", "referrer_types", "categories", "languages"])
@pytest.mark.parametrize("value", ["en", ["zebra"], [1], [None], {"en": 1}, [["en"]]])
def test_lists_hold_known_words_only(name: str, value: Any) -> None:
    assert [each.path.split("[")[0] for each in problems_in({name: value})] == [name]


@pytest.mark.parametrize("name", ["front_doors", "measure_stages", "referrer_types", "categories", "languages"])
def test_a_list_that_must_hold_something_says_so(name: str) -> None:
    assert "must have at least one" in str(problems_in({name: []})[0])


@pytest.mark.parametrize("name", NAMES)
def test_a_slip_in_a_name_is_put_right(name: str) -> None:
    [problem] = problems_in({name[:-1] + "x": 1})

    assert "Did you mean" in problem.message and "?" in problem.message


# Kept, version by version


@pytest.mark.django_db
class TestVersions:
    def change(self, cast: Cast, document: dict[str, Any], **facts: Any) -> Scheme:
        return change_settings(cast.scheme, document=document, by=cast.actor(cast.manager), reason="Because.", **facts)

    def test_each_version_is_kept_as_it_was(self, cast: Cast) -> None:
        for tries in (4, 5, 6, 5):
            self.change(cast, {"contact_tries": tries})

        kept = {each.version: each.settings.get("contact_tries") for each in settings_history(cast.scheme.id)}
        assert kept == {1: None, 2: 4, 3: 5, 4: 6, 5: 5}
        assert settings_of(cast.scheme.id).contact_tries == 5

    def test_an_old_version_put_back_is_a_new_version(self, cast: Cast) -> None:
        self.change(cast, {"contact_tries": 4})
        self.change(cast, {"contact_tries": 9})
        old = SchemeSettingsVersion.objects.get(scheme=cast.scheme, version=2)

        self.change(cast, old.settings)

        assert settings_of(cast.scheme.id).contact_tries == 4
        assert Scheme.objects.get(pk=cast.scheme.pk).settings_version == 4

    def test_what_one_exports_the_other_scheme_can_take(self, cast: Cast) -> None:
        self.change(cast, {"contact_tries": 7, "languages": ["en", "bn"]})
        exported = as_yaml(settings_of(cast.scheme.id))

        change_settings(
            cast.other_scheme, document=from_yaml(exported), by=cast.actor(cast.outside_manager), reason="As Elm Tree."
        )

        assert settings_of(cast.other_scheme.id) == settings_of(cast.scheme.id)

    @pytest.mark.parametrize("seen", [0, 2, 99, -1])
    def test_a_version_nobody_could_have_seen_is_refused(self, cast: Cast, seen: int) -> None:
        with pytest.raises(Conflict):
            self.change(cast, {}, seen_version=seen)
        assert Scheme.objects.get(pk=cast.scheme.pk).settings_version == 1

    def test_a_refused_change_leaves_no_version_behind(self, cast: Cast) -> None:
        with pytest.raises(Invalid):
            self.change(cast, {"contact_tries": 0})
        assert not SchemeSettingsVersion.objects.exists()


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def browser(self, cast: Cast) -> Client:
        return cast.client(cast.manager)

    def paste(self, browser: Client, document: str, seen: str = "1", reason: str = "Because.") -> Any:
        return browser.post(
            reverse("organisations:scheme-upload"), {"document": document, "reason": reason, "seen_version": seen}
        )

    def test_downloaded_changed_and_pasted_it_is_in_force(self, browser: Client, cast: Cast) -> None:
        document = yaml.safe_load(browser.get(reverse("organisations:scheme-document")).content)
        document["contact_tries"] = 6

        assert self.paste(browser, yaml.safe_dump(document)).status_code == 302
        assert settings_of(cast.scheme.id).contact_tries == 6

    @pytest.mark.parametrize(
        ("document", "said"),
        [
            ("contact_tries: lots", "contact_tries: must be a whole number from 1 to 10"),
            ("contact_tris: 3", "Did you mean contact_tries?"),
            ("- 1\n- 2", "must be a list of settings, each on a line as name: value"),
            ("just words", "must be a list of settings"),
            ("front_doors: [", "near line"),
            ("languages: [en, xx]", "does not know xx"),
            ("a: 1\nb: 2\nmax_sessions: 0", "max_sessions: must be a whole number"),
        ],
    )
    def test_each_mistake_is_said_and_the_document_stays(
        self, browser: Client, cast: Cast, document: str, said: str
    ) -> None:
        response = self.paste(browser, document)

        page = response.content.decode()
        assert response.status_code == 400
        assert said in page
        assert document.split("\n")[0] in page
        assert not SchemeSettingsVersion.objects.exists()

    def test_a_document_full_of_markup_is_shown_as_text(self, browser: Client) -> None:
        page = self.paste(browser, "<script>alert(1)</script>: 1").content.decode()

        assert "<script>alert" not in page and "&lt;script&gt;" in page

    def test_two_people_changing_at_once_are_told(self, browser: Client, cast: Cast) -> None:
        self.paste(browser, "contact_tries: 4")

        response = self.paste(browser, "contact_tries: 9", seen="1")

        assert response.status_code == 400
        assert "Somebody else changed the settings while you were editing." in response.content.decode()
        assert settings_of(cast.scheme.id).contact_tries == 4

    def test_who_changed_what_is_listed_latest_first(self, browser: Client, cast: Cast) -> None:
        for number in range(1, 4):
            self.paste(browser, f"contact_tries: {number}", seen=str(number), reason=f"Reason {number}.")

        page = browser.get(reverse("organisations:scheme-history")).content.decode()

        assert page.index("Reason 3.") < page.index("Reason 2.") < page.index("Reason 1.")
        assert "Ruth Adeyemi" in page and "The settings at the start" in page

    @pytest.mark.parametrize("name", ["scheme", "scheme-edit", "scheme-upload", "scheme-document", "scheme-history"])
    def test_the_other_scheme_is_never_reached(self, cast: Cast, name: str) -> None:
        page = cast.client(cast.outside_manager).get(reverse(f"organisations:{name}"))

        assert page.status_code == 200
        assert cast.scheme.name not in page.content.decode()
