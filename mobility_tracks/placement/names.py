"""What limits are called where nobody gave them a sentence of their own."""

from mobility_tracks.placement.problem import Group, Overflow


def group_name(group: Group) -> str:
    return group.sentence or f"Group {group.id} ({', '.join(group.options)})"


def overflow_name(overflow: Overflow) -> str:
    """Without a full stop, unless its own sentence has one."""
    return overflow.sentence or opens_after(overflow.options, overflow.after)


def opens_after(options: tuple[str, ...], after: tuple[str, ...]) -> str:
    """ "X opens only once Y is full", in the right number."""
    opens, is_full = "opens" if len(options) == 1 else "open", "is" if len(after) == 1 else "are"
    return f"{', '.join(options)} {opens} only once {', '.join(after)} {is_full} full"
