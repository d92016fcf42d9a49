"""What the database does by itself for every entry of the journal, whoever wrote it and how.

Before an entry is written: whom it concerns, by the way that its subject's model names (`concerns`).
When its transaction commits: its link in the consortium's chain (consortium/chain.py). The lock of a
chain is taken at the start of the commit, because a hot row that is held while Python thinks costs
a multiple (docs/adr/0010-journal-chain.md). Part of what `install` brings about after `migrate`.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignKey, Model, UUIDField

from consortium.actor import Wall
from consortium.chain import FORM, MARK, as_text
from consortium.rowsecurity import tenant_models

TABLE, LINKS = "consortium_journalentry", "consortium_journallink"
CLOSED = "('itinera_link', 'itinera_part')"
CALLERS = ", ".join(["PUBLIC", "itinera_app", *(wall.role for wall in Wall)])
_DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"

_LENGTH = "int4send(octet_length(convert_to(told, 'UTF8')))"
PART = f"""
CREATE OR REPLACE FUNCTION itinera_part(told text) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN coalesce({_LENGTH} || convert_to(told, 'UTF8'), '\\xffffffff'::bytea)
"""


def _link() -> str:
    parts = ",\n           ".join(f"itinera_part({text})" for text in as_text(FORM, "entry"))
    return f"""
DECLARE
  place bigint;
  before bytea;
  body bytea;
  marked bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('itinera.journal', entry.consortium_id));
  SELECT sequence + 1, hash INTO place, before FROM {LINKS}
   WHERE consortium_id = entry.consortium_id ORDER BY sequence DESC LIMIT 1;
  IF NOT FOUND THEN
    place := 1;
    before := decode(repeat('00', 32), 'hex');
  END IF;
  SELECT string_agg(part, ''::bytea ORDER BY n),
         string_agg(substring(sha256(part) FROM 1 FOR {MARK}), ''::bytea ORDER BY n)
    INTO body, marked
    FROM unnest(ARRAY[
           {parts}
         ]) WITH ORDINALITY AS parts (part, n);
  INSERT INTO {LINKS} (id, consortium_id, sequence, form, marks, hash)
  VALUES (entry.id, entry.consortium_id, place, {FORM}, marked,
          sha256(before || itinera_part('{FORM}') || itinera_part(entry.consortium_id::text)
                 || itinera_part(place::text) || body || marked));
END """


# A definer's function that hangs on somebody else's table would link what is no entry.
CHAIN = f"""
BEGIN
  IF TG_RELID <> 'public.{TABLE}'::regclass THEN
    RAISE EXCEPTION 'only the journal is chained' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM itinera_link(NEW);
  RETURN NULL;
END """

# Entries from before the trigger are linked as it is made; writers wait for it.
BEGIN_CHAIN = f"""
DO $$
DECLARE entry {TABLE}%ROWTYPE;
BEGIN
  IF EXISTS (SELECT 1 FROM pg_trigger
              WHERE tgrelid = 'public.{TABLE}'::regclass AND tgname = 'itinera_chain') THEN
    RETURN;
  END IF;
  CREATE CONSTRAINT TRIGGER itinera_chain AFTER INSERT ON {TABLE}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION itinera_chain();
  FOR entry IN SELECT * FROM {TABLE} AS e ORDER BY e.consortium_id, e.at, e.id LOOP
    PERFORM itinera_link(entry)
      WHERE NOT EXISTS (SELECT 1 FROM {LINKS} AS l WHERE l.id = entry.id);
  END LOOP;
END $$
"""
# What stands behind triggers is nobody's to call, or to hang on a table of their own.
CLOSE = f"""
DO $$
DECLARE own regprocedure;
BEGIN
  FOR own IN SELECT oid FROM pg_proc
              WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'itinera\\_%'
                AND (prorettype = 'trigger'::regtype OR proname IN {CLOSED}) LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM {CALLERS}', own);
  END LOOP;
END $$
"""


def concerned() -> Iterator[tuple[type[Model], list[ForeignKey[Model, Model]]]]:
    """Every model whose rows are about somebody, with the references that lead to the account."""
    for model in tenant_models():
        path: str = getattr(model, "concerns", "")
        if path:
            yield model, list(_way(model, path))


def _way(model: type[Model], path: str) -> Iterator[ForeignKey[Model, Model]]:
    for name in path.split("__"):
        field = model._meta.get_field(name)
        assert isinstance(field, ForeignKey), f"{model._meta.label}.{name} is no reference"
        yield field
        model = field.related_model


def _for_whom() -> str:
    cases = "\n".join(_case(model, way) for model, way in concerned())
    return f"""
DECLARE
  person bigint;
  held uuid;
BEGIN
  NEW.by_parties := coalesce(NEW.by_parties, '{{}}');
  CASE NEW.subject
{cases}
    ELSE NULL;
  END CASE;
  NEW.for_id := coalesce(person, NEW.for_id);
  NEW.case_id := coalesce(held, NEW.case_id);
  RETURN NEW;
END """


def _case(model: type[Model], way: list[ForeignKey[Model, Model]]) -> str:
    """The row that itself refers to the account is the case; what refers to that row is part of it."""
    joins = "".join(
        f" JOIN {step.related_model._meta.db_table} t{n + 1}"
        f" ON t{n + 1}.id = t{n}.{step.column} AND t{n + 1}.consortium_id = t{n}.consortium_id"
        for n, step in enumerate(way[:-1])
    )
    last = f"t{len(way) - 1}"
    return (
        f"    WHEN '{model._meta.label_lower}' THEN\n"
        f"      SELECT {last}.{way[-1].column}, {last}.id INTO person, held\n"
        f"        FROM {model._meta.db_table} t0{joins}\n"
        f"       WHERE t0.id = nullif(NEW.subject_id, '')::{_key(model._meta.pk)}"
        " AND t0.consortium_id = NEW.consortium_id;"
    )


def _key(field: "Field[object, object]") -> str:
    return "uuid" if isinstance(field, UUIDField) else "bigint"


def functions() -> dict[str, tuple[str, str]]:
    """Name -> (head, body) of the functions behind the triggers."""
    return {
        "itinera_link": (
            f"itinera_link(entry {TABLE}) RETURNS void {_DEFINER} SET enable_seqscan = off",
            _link(),
        ),
        "itinera_chain": (f"itinera_chain() RETURNS trigger {_DEFINER}", CHAIN),
        "itinera_for_whom": (f"itinera_for_whom() RETURNS trigger {_DEFINER}", _for_whom()),
    }


def statements() -> Iterator[str]:
    """Needs the tables and their composite keys; safe to repeat. Closes the functions of triggers."""
    yield PART
    for head, body in functions().values():
        yield f"CREATE OR REPLACE FUNCTION {head} AS $${body}$$"
    yield (
        f"CREATE OR REPLACE TRIGGER itinera_for_whom BEFORE INSERT ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION itinera_for_whom()"
    )
    yield BEGIN_CHAIN
    yield CLOSE


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """What is not as the statements leave it: a function with another body, a trigger that rests."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'itinera%%'")
        bodies = dict(cursor.fetchall())
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = to_regclass(%s)"
            " AND NOT tgisinternal",
            [TABLE],
        )
        triggers = dict(cursor.fetchall())
    for name, (_, body) in functions().items():
        if bodies.get(name) != body:
            found.append(f"The function {name} differs from the code.")
    for name in ("append_only", "itinera_chain", "itinera_for_whom"):
        if triggers.get(name) != "O":
            found.append(f"{TABLE}: the trigger {name} is missing or switched off.")
    return found
