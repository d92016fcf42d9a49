"""From a programme document to rows, a noun at a time. `domain/programmes.py` holds the act."""
