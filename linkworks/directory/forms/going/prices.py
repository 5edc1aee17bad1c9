"""What it costs."""

from decimal import Decimal
from typing import Any

from msgspec import structs

from linkworks.ui import fields

from ...rules.facts import CostFacts
from .one import OneForm

MOST_MONEY = 10_000
FREE, PRICE, IN_WORDS = "free", "price", "words"


def cost_asked(cost: CostFacts) -> dict[str, Any]:
    """What the form shows of a price as it is told now."""
    if cost.amount is None:
        return {"kind": IN_WORDS, "in_words": cost.amount_description, "option": cost.option}
    kind = PRICE if cost.amount else FREE
    return {"kind": kind, "amount": cost.amount, "amount_description": cost.amount_description, "option": cost.option}


class CostForm(OneForm):
    """What it costs, or what one of its prices is."""

    kind = fields.ChoiceField(
        label="What does it cost?",
        choices=[(FREE, "It is free"), (PRICE, "A price"), (IN_WORDS, "Something else, in words")],
        reveal={PRICE: ("amount", "amount_description"), IN_WORDS: ("in_words",)},
        missing="Choose what it costs",
    )
    amount = fields.DecimalField(
        label="Amount",
        prefix="£",
        min_value=0,
        max_value=MOST_MONEY,
        places=2,
        example="3.50",
        missing="Enter the amount",
    )
    amount_description = fields.CharField(label="What is that for?", hint="For example, per session", required=False)
    in_words = fields.CharField(
        label="What do people pay?", hint="For example, give what you can", missing="Say what people pay"
    )
    option = fields.CharField(
        label="Who is this price for?",
        hint="For example, people on low incomes. Leave empty if it is for everybody",
        required=False,
    )

    def asked(self, fact: CostFacts) -> dict[str, Any]:
        return cost_asked(fact)

    @property
    def fact(self) -> CostFacts:
        said, before = self.cleaned_data, self.one.fact or CostFacts()
        amounts = {FREE: Decimal(0), PRICE: said["amount"], IN_WORDS: None}
        words = {FREE: "", PRICE: said["amount_description"], IN_WORDS: said["in_words"]}
        kind = said["kind"]
        return structs.replace(before, amount=amounts[kind], amount_description=words[kind], option=said["option"])
