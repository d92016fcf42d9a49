"""The plan of a programme as the track map draws it: periods, hosts, and how many go where."""

from dataclasses import dataclass
from functools import cached_property

from web.stations import SHAPES, Station


@dataclass(frozen=True)
class Stop:
    """A host in one period. kind "university" has a firm outline, everything else a dashed one."""

    code: str
    name: str = ""
    kind: str = "university"
    colour: int = 1
    shape: str = "circle"
    seats: int | None = None

    @property
    def station(self) -> Station:
        return Station(self.code, self.name, self.colour, self.shape)

    @property
    def path(self) -> str:
        return SHAPES[self.shape]


@dataclass(frozen=True)
class Column:
    """A period with the hosts that offer it."""

    code: str
    title: str
    when: str = ""
    stations: tuple[Stop, ...] = ()

    def __post_init__(self) -> None:
        codes = [stop.code for stop in self.stations]
        if not codes or len(set(codes)) < len(codes):
            raise ValueError(f"{self.code} needs at least one host and each only once: {codes}.")


@dataclass(frozen=True)
class Flow:
    """How many students go from a host in one period to a host in the next. 0: possible, nobody."""

    from_column: int
    from_code: str
    to_code: str
    students: int = 0


@dataclass(frozen=True)
class TrackMap:
    """Raises ValueError when a flow starts or ends where no host is."""

    columns: tuple[Column, ...]
    flows: tuple[Flow, ...] = ()

    def __post_init__(self) -> None:
        for flow in self.flows:
            if not 0 <= flow.from_column < len(self.columns) - 1:
                raise ValueError(f"{flow} leaves the map.")
            if flow.students < 0:
                raise ValueError(f"{flow} has fewer than no students.")
            for column, code in self.ends(flow):
                if code not in {stop.code for stop in self.columns[column].stations}:
                    raise ValueError(f"{flow}: {self.columns[column].code} has no host {code}.")

    @staticmethod
    def ends(flow: Flow) -> tuple[tuple[int, str], tuple[int, str]]:
        return (flow.from_column, flow.from_code), (flow.from_column + 1, flow.to_code)

    @cached_property
    def merged(self) -> tuple[Flow, ...]:
        """One flow per pair of hosts, in the order in which the pairs first came."""
        sums: dict[tuple[int, str, str], int] = {}
        for flow in self.flows:
            key = (flow.from_column, flow.from_code, flow.to_code)
            sums[key] = sums.get(key, 0) + flow.students
        return tuple(Flow(*key, students=students) for key, students in sums.items())

    @cached_property
    def nobody(self) -> bool:
        return not any(flow.students for flow in self.flows)

    def stop(self, column: int, code: str) -> Stop:
        return next(stop for stop in self.columns[column].stations if stop.code == code)

    def students(self, column: int, code: str) -> int:
        """At this host in this period: the larger of those who came and those who go on."""
        came = sum(f.students for f in self.merged if self.ends(f)[1] == (column, code))
        goes = sum(f.students for f in self.merged if self.ends(f)[0] == (column, code))
        return max(came, goes)
