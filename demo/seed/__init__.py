"""The data of the demonstration: two consortia in the middle of their year.

Everything hangs on two values. The *seed* chooses the people; the *instant*, a whole hour, is the
demonstration's first morning, and every day is counted from it (`calendar.py`). The same seed and
the same instant give the same data, but for what must be chance: identifiers, file names, and the
links of referees (`digest.py` says what is compared).

History is written in bulk, by the tables of `states.py`, with its journal; what visitors lay hands
on (Amina's draft, Professor Ito's requests, Lena's reviews, the offers) goes through the acts.
Classes that were admitted before the consortium used Itinera have students and no dossiers.
"""
