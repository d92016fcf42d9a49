"""What a rule says of a way: nothing, a refusal with its reasons, or what it needs to know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """A refusal: which rule, which fact, whose rule it is, and what would change it."""

    rule: str
    fact: str
    source: str
    remedy: str

    def __str__(self) -> str:
        """A paragraph. The source is left out where the rule is the editor's own word."""
        source = f" ({self.source})" if self.source else ""
        return f"{self.rule}{source} Here: {self.fact}. What would change it: {self.remedy}."


@dataclass(frozen=True, slots=True)
class Open:
    """The rule cannot be judged yet: `needs` says which fact is missing, or who decides."""

    rule: str
    needs: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a judge found against a way: the fact, and what would change it."""

    fact: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What a judge would have to know."""

    what: str
