"""Row security as data: one registry, from which the DDL is made and with which it is compared.

Each app lists its tables in its own `walls.py`; `consortium/rowsecurity_sql.py` turns the lists into
roles' grants, policies, composite keys and triggers after every `migrate`. One policy per database
role and command, no OR inside (an OR loses the index: docs/architecture.md, "Two walls").
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.db.models import Model

from consortium.actor import Wall

CONSORTIUM = "(SELECT nullif(current_setting('itinera.consortium', true), '')::bigint)"
USER = "(SELECT nullif(current_setting('itinera.user', true), '')::bigint)"
# The cast outside keeps ANY from reading the subquery as a set of arrays.
PARTIES = "(SELECT nullif(current_setting('itinera.parties', true), ''))::bigint[]"
# Parties on which the actor may see students; a party without a basis for personal data is not one.
HOSTS = "(SELECT nullif(current_setting('itinera.hosts', true), ''))::bigint[]"
CONTAINERS = "(SELECT nullif(current_setting('itinera.containers', true), ''))::uuid[]"
TOKEN = "(SELECT nullif(current_setting('itinera.token', true), ''))"
# The moment the actor was made at: dated rights end by the clock that the acts go by.
MOMENT = "coalesce((SELECT nullif(current_setting('itinera.at', true), '')::timestamptz), now())"
# Nobody looks through this person's eyes: what is private stays so (consortium/domain/viewing.py).
IN_PERSON = "(SELECT nullif(current_setting('itinera.viewer', true), '')) IS NULL"
VIEWER = "(SELECT nullif(current_setting('itinera.viewer', true), '')::bigint)"
# The house itself at work: jobs, and what follows from somebody's act. People have an id.
ITSELF = "(SELECT nullif(current_setting('itinera.user', true), '')) IS NULL"
TENANT = f"consortium_id = {CONSORTIUM}"
NOTHING = "false"


@dataclass(frozen=True, slots=True)
class Opening:
    """What one database role may do with one table, and with which rows.

    commands: of SELECT, INSERT, UPDATE, DELETE. rows: SQL condition for old rows; `new`: for rows
    written, `rows` when empty. changing: for old rows that are updated or deleted, and adding: for
    rows inserted, where these are fewer. columns: the only columns that may be selected, all when
    empty; updates: the only columns that may be updated, all when empty. closed: columns that may be
    neither selected nor updated.
    """

    commands: str
    rows: str
    new: str = ""
    changing: str = ""
    adding: str = ""
    columns: tuple[str, ...] = ()
    updates: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()

    def selects(self, model: type[Model]) -> tuple[str, ...]:
        """The columns of the model's table that may be selected."""
        if "SELECT" not in self.commands or self.rows == NOTHING:
            return ()
        return self._but_closed(model, self.columns)

    def listed(self, model: type[Model], command: str) -> tuple[str, ...]:
        """The columns that a grant of `command` names; none for the whole table."""
        named = {"SELECT": self.columns, "UPDATE": self.updates}.get(command, ())
        if command in {"SELECT", "UPDATE"} and self.closed:
            return self._but_closed(model, named)
        return named

    def _but_closed(self, model: type[Model], named: tuple[str, ...]) -> tuple[str, ...]:
        columns = named or tuple(str(each.column) for each in model._meta.local_concrete_fields)
        return tuple(name for name in columns if name not in self.closed)


@dataclass(frozen=True, slots=True)
class TableWall:
    """The wall of one model's table. `functions`: SQL that its policies call, made before them."""

    openings: Mapping[Wall, Opening]
    append_only: bool = False
    functions: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()


# Who reads what a consortium tells everybody, beside its office.
READERS = (
    Wall.FINANCE,
    Wall.INCLUSION,
    Wall.PARTNER,
    Wall.DELEGATE,
    Wall.REVIEWER,
    Wall.APPLICANT,
    Wall.REFEREE,
    Wall.PUBLIC,
)
STAFF_ALL = Opening("SELECT INSERT UPDATE DELETE", TENANT)
APPEND = Opening("INSERT", TENANT)
READ_TENANT = Opening("SELECT", TENANT)
NO_ROWS = Opening("SELECT", NOTHING)


def read(rows: str, *columns: str, closed: tuple[str, ...] = ()) -> Opening:
    """Read the tenant's rows that satisfy `rows` (only `columns` of them, where named)."""
    return Opening("SELECT", f"{TENANT} AND {rows}", columns=columns, closed=closed)


def work(
    rows: str,
    commands: str = "SELECT INSERT UPDATE",
    *,
    updates: str = "",
    closed: tuple[str, ...] = (),
) -> Opening:
    """Read and write the tenant's rows that satisfy `rows`."""
    return Opening(commands, f"{TENANT} AND {rows}", updates=tuple(updates.split()), closed=closed)


def office(committee: str = "", *, writes: Opening = STAFF_ALL) -> dict[Wall, Opening]:
    """A table of the consortium office: its people work there, observers read.

    committee: SQL condition of the rows that the committee of one call reads, none when empty.
    """
    read_by_committee = read(committee) if committee else NO_ROWS
    return {Wall.STAFF: writes, Wall.OBSERVER: READ_TENANT, Wall.COMMITTEE: read_by_committee}


def own(column: str) -> str:
    return f"{column} = {USER}"


def party(column: str) -> str:
    return f"{column} = ANY ({PARTIES})"


def hosting(column: str) -> str:
    """Rows of a party on which the actor may see students: a right, where `party` is a membership."""
    return f"{column} = ANY ({HOSTS})"


def reviewing(column: str) -> str:
    """Rows of a party for which the actor reviews: behind a reviewer's door the hosts are those."""
    return f"{column} = ANY ({HOSTS})"


def receives(party: str) -> str:
    """Whether personal data may go at the moment to the party under this alias."""
    until = f"{party}.receives_until"
    return f"{party}.receives_personal AND ({until} IS NULL OR {until} > {MOMENT})"


# Asked once for each statement, of the table itself: whatever parties the actor claims to be of.
RECEIVING = (
    "(SELECT array_agg(receiving.id) FROM consortium_party AS receiving"
    f" WHERE receiving.{TENANT} AND {receives('receiving')})::bigint[]"
)


def receiving(column: str) -> str:
    """Rows of a party to which personal data may go at the moment (partners/domain/transfers.py)."""
    return f"{column} = ANY ({RECEIVING})"


def container(column: str) -> str:
    """Rows whose call, track or offering the actor holds a right on."""
    return f"{column} = ANY ({CONTAINERS})"


def through(parent: str, column: str, *, key: str = "id", rows: str = "") -> str:
    """Rows whose parent the same role may see: the parent's own policy decides.

    rows: what else must hold of the parent, whose columns go by `parent.`.
    """
    more = f" AND {rows}" if rows else ""
    return (
        f"EXISTS (SELECT 1 FROM {parent} AS parent WHERE parent.{key} = {column}"
        f" AND parent.consortium_id = {CONSORTIUM}{more})"
    )


def registry() -> Iterator[tuple[type[Model], TableWall]]:
    """Every walled model with its wall, from the `walls` module of each app of the house."""
    for config in apps.get_app_configs():
        if config.name not in {"consortium", "partners", "mobility_tracks", "admissions"}:
            continue
        declared: Mapping[str, TableWall] = import_module(f"{config.name}.walls").WALLS
        for name, wall in declared.items():
            yield config.get_model(name), wall


def tenant_models() -> list[type[Model]]:
    """Every model of the house that carries the tenant column."""
    return [
        model
        for model in apps.get_models()
        if any(field.name == "consortium" for field in model._meta.local_fields)
    ]
