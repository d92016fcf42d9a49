"""The one error of this package."""


class PostgresError(Exception):
    """What the rule is, what was found, and what to do next, in plain sentences."""

    def __init__(self, rule: str, fact: str, next_step: str) -> None:
        super().__init__(f"{rule} {fact} {next_step}")
        self.rule, self.fact, self.next_step = rule, fact, next_step
