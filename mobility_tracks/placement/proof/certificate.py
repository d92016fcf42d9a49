"""What proves a plan to somebody who does not trust the solver: multipliers and search trees.

All numbers are integers. Options, rows and numbers of the frame are counted as `frame` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Tree = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Multipliers of a sum of inequalities. `goal`: of the aim being proved; `earlier`: of earlier
    stages, by stage; `prices`: of the sizes of options, by option; `rows`: of the frame's rows."""

    goal: int = 0
    earlier: Mapping[int, int] = field(default_factory=dict)
    prices: Mapping[int, int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """That nothing better is possible. `tree[0]` is the root; a node is `(leaf,)`, or
    `(number, k, low, high)`: node `low` has that number at most k, node `high` at least k + 1.
    Children come after their parent. An empty tree: what would be better is no possibility at all.
    `root`: a leaf that holds everywhere; it shows which places no plan of this value can use."""

    tree: Tree = ()
    root: int | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """`stages`: one claim for each stage of the plan; `sizes`: one for each option, in the order of
    the draw. Both are empty where seats per option are the only limits: prices suffice there."""

    leaves: tuple[Leaf, ...] = ()
    stages: tuple[Claim, ...] = ()
    sizes: tuple[Claim, ...] = ()
