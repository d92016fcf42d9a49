"""What the journal's chain costs: entries with their links, against a table alike without triggers."""

from collections.abc import Callable, Iterator

import psycopg

from bench.ground import Ground
from bench.measure import Pair
from consortium.chain import AS_TEXT
from consortium.verification import NAMES, Verification

TWIN = "CREATE TABLE bench_journalentry (LIKE consortium_journalentry INCLUDING ALL)"
WRITE = """
INSERT INTO {table} (id, consortium_id, act, subject, subject_id, by_id, by_name, by_parties, wall,
                     at, reason, facts, request_id)
SELECT uuidv7(), %(consortium)s, 'dossier.submit', 'admissions.dossier', %(dossier)s, 1,
       'Applicant', '{{}}', 'applicant', now(), '', '{{}}', ''
  FROM generate_series(1, %(many)s)
"""
MANY, READ = 100, 20_000


def pairs(bare: psycopg.Connection, ground: Ground) -> Iterator[Pair]:
    bare.execute(TWIN)
    against = "a table alike, without triggers"
    for many, what in ((1, "journal: one entry"), (MANY, f"journal: {MANY} entries at once")):
        yield Pair(
            f"{what}, linked",
            against,
            _writes(bare, ground, "consortium_journalentry", many),
            _writes(bare, ground, "bench_journalentry", many),
        )
    _writes(bare, ground, "consortium_journalentry", READ)()
    bare.execute("VACUUM (ANALYZE) consortium_journalentry, consortium_journallink")
    yield _verify(bare, ground)


def _writes(
    bare: psycopg.Connection, ground: Ground, table: str, many: int
) -> Callable[[], object]:
    """Without a transaction around it: the statement pays for its commit, where links are made."""
    values = {"consortium": ground.consortium.pk, "dossier": str(ground.draft.pk), "many": many}
    return lambda: bare.execute(WRITE.format(table=table), values).rowcount


def _verify(bare: psycopg.Connection, ground: Ground) -> Pair:
    texts = ", ".join(AS_TEXT.get(n, "{column}::text").format(column=f"e.{n}") for n in NAMES)
    read = (
        f"SELECT l.sequence, l.form, l.id, l.marks, l.hash, {texts} FROM consortium_journallink l"
        " JOIN consortium_journalentry e USING (id) WHERE l.consortium_id = %s ORDER BY l.sequence"
    )

    def ours() -> object:
        reading = Verification(ground.consortium.pk)
        assert not list(reading.findings())
        return reading.read

    def by_hand() -> object:
        return len(bare.execute(read, [ground.consortium.pk]).fetchall())

    what = "verify the journal of one consortium"
    return Pair(what, "its rows read as text, at once", ours, by_hand, warm=1, one_in=10)
