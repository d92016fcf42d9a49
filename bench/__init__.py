"""`make bench`: what the house adds to the cost of the bare work, on a database made for it."""
