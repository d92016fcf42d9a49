"""Between the rows of a round and the pure package that solves it. `domain/rounds.py` has the acts."""
