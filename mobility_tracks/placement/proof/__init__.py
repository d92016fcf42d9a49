"""The check of a plan and of its certificate, in plain Python and whole numbers.

Shares the data (problem, plan, record, rules) with the solver and no code that calculates; a
contract in pyproject.toml holds it to that. docs/adr/0016-certificate.md has the mathematics.
"""
