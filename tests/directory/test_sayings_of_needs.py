"""Three short sayings for each need, as people say them: each is heard as that need, among the loudest three."""

import pytest

from linkworks.core import vocabulary
from linkworks.directory.rules import lay

SAID = {
    "loneliness": [
        "its just me and the telly all day",
        "i dont know a soul round here",
        "would be nice to have some company of an evening",
    ],
    "low-mood": [
        "feeling proper low these days",
        "cry most mornings and cant say why",
        "ive no motivation for anything",
    ],
    "anxiety-stress": [
        "my nerves are shot",
        "worried sick about tomorrow all the time",
        "i get so panicky in shops",
    ],
    "bereavement": [
        "my best friend passed away at christmas",
        "never got over losing my mum",
        "its a year since the funeral",
    ],
    "money-debt": [
        "im brassic",
        "maxed out two credit cards",
        "cant make ends meet",
    ],
    "benefits": [
        "been refused attendance allowance",
        "is there anything i can claim",
        "dwp want me in for an assessment",
    ],
    "housing": [
        "the ceiling is leaking onto the cot",
        "my landlord has put the rent up again",
        "mice everywhere",
    ],
    "homelessness": [
        "got a section 21 through the post",
        "me and my boy have nowhere to stay tonight",
        "im kipping on a mates sofa",
    ],
    "employment": [
        "made redundant last month",
        "been unemployed since spring",
        "never had an interview before",
    ],
    "skills-learning": [
        "would love to go back to college",
        "left school with no qualifications",
        "is there an evening class in anything",
    ],
    "digital-skills": [
        "i dont do the internet",
        "forgot all my passwords again",
        "can someone show me whatsapp",
    ],
    "english-language": [
        "want speak english better",
        "is there an esol class for beginners",
        "my wife has little english",
    ],
    "literacy": [
        "i struggle with spelling",
        "never learned to read properly",
        "my dyslexia makes forms hard to read",
    ],
    "family-parenting": [
        "my toddler has tantrums from morning till night",
        "im a single mum of three",
        "my teenager is running wild",
    ],
    "caring": [
        "im a full time carer for my dad",
        "looking after my brother is wearing me out",
        "could do with some respite",
    ],
    "domestic-abuse": [
        "he hits me when hes drunk",
        "my partner controls my money",
        "walking on eggshells round him",
    ],
    "legal-immigration": [
        "waiting on the home office for my papers",
        "i need a solicitor but cant pay for one",
        "my asylum claim was refused",
    ],
    "physical-activity": [
        "fancy a game of table tennis",
        "get out of breath on the stairs and want to get fit",
        "a walking group for slow walkers",
    ],
    "weight-food": [
        "ive put on two stone and need to lose weight",
        "cant cook to save my life",
        "how do i eat healthy on a budget",
    ],
    "food-access": [
        "do you give out food parcels",
        "been skipping meals so the kids can eat",
        "fridge is empty and so is my purse, no food",
    ],
    "falls-mobility": [
        "im unsteady on my feet",
        "fell off the kerb last week",
        "cant manage the stairs on this new hip",
    ],
    "long-term-condition": [
        "just got diagnosed with type 2",
        "living with parkinsons",
        "my asthma is bad this winter",
    ],
    "pain": [
        "my bad back is murder",
        "aches and pains all over",
        "sciatica down both legs",
    ],
    "memory": [
        "my memory is going",
        "she keeps asking the same questions",
        "he gets muddled about what day it is",
    ],
    "substance-use": [
        "ive been on the drink again",
        "want to get clean",
        "cant keep out of the bookies",
    ],
    "transport": [
        "ive no way of getting there",
        "need a lift to the clinic",
        "i dont drive any more",
    ],
    "fuel-energy": [
        "sat in my coat indoors",
        "the leccy meter eats money",
        "its freezing in here",
    ],
    "purpose-volunteering": [
        "id like to volunteer",
        "since i retired im bored stiff",
        "want to give something back",
    ],
    "creativity": [
        "used to crochet with my sister",
        "somewhere to paint",
        "id love to be in a choir",
    ],
    "nature": [
        "id love an allotment",
        "want to be outdoors more",
        "somewhere to watch birds",
    ],
    "faith-community": [
        "is there a mosque with a womens group",
        "want to be with people from my country",
        "nobody here speaks my language",
    ],
    "identity-discrimination": [
        "ive just come out as gay",
        "get treated different because im black",
        "i dont feel i belong here",
    ],
    "safety-crime": [
        "i was mugged at the bus stop",
        "there are dealers on the stairs and i dont feel safe",
        "someone broke in last night",
    ],
    "hospital-discharge": [
        "back from hospital and all at sea",
        "just had an operation",
        "mum is being discharged on friday",
    ],
}


def test_each_need_is_spoken_of() -> None:
    assert set(SAID) == set(vocabulary.NEEDS)


@pytest.mark.parametrize("need", SAID)
def test_each_is_heard(need: str) -> None:
    missed = {
        said: list(lay.heard(said).needs)[:3] for said in SAID[need] if need not in list(lay.heard(said).needs)[:3]
    }
    assert missed == {}


@pytest.mark.parametrize("need", SAID)
def test_each_is_heard_in_the_middle_of_other_words(need: str) -> None:
    for said in SAID[need]:
        assert need in lay.heard(f"hello there, hope you dont mind me asking, {said}, thank you ever so much").needs


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("im not homeless", "homelessness"),
        ("never been in debt", "money-debt"),
        ("it isn't the drink", "substance-use"),
        ("I ain't lonely", "loneliness"),
        ("we are not hungry", "food-access"),
        ("not looking for a job", "employment"),
        ("never had a fall", "falls-mobility"),
        ("not a carer", "caring"),
        ("without drugs", "substance-use"),
    ],
)
def test_what_is_denied_is_not_heard(said: str, gone: str) -> None:
    assert gone not in lay.heard(said).needs


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("fancy a bit of tai chi", "gentle-movement"),
        ("a swim would do me good", "swimming"),
        ("knit and natter", "knitting-and-craft"),
        ("is there a choir", "music-and-singing"),
        ("i would like a hot dinner with others", "lunch-club"),
        ("help with bailiffs", "debt-advice"),
        ("someone to help with my pip", "benefits-advice"),
        ("a kickabout", "sports-club"),
        ("my computer has me beat", "digital-help"),
        ("a lift to the doctors", "transport-help"),
        ("mens shed", "repair-cafe"),
        ("want to go to a museum", "museum-and-heritage"),
        ("a food bank near me", "food-bank-and-pantry"),
        ("esol", "english-classes"),
        ("my gas bill", "energy-advice"),
        ("playgroup for my toddler", "family-support"),
        ("im being evicted", "housing-advice"),
        ("bike rides", "cycling"),
    ],
)
def test_what_somebody_would_like_is_a_kind_of_support(said: str, kind: str) -> None:
    assert kind in lay.heard(said).kinds
