"""A small writer of SVG. Everything that is text or an attribute is escaped here and nowhere else."""

from html import escape

Value = str | float | int | None


def number(value: float) -> str:
    """At most one decimal: finer than a screen shows, and the same bytes everywhere."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def tag(name: str, *inside: str, **attributes: Value) -> str:
    """An element. `class_` is class, other underscores are hyphens, None leaves one out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def _attribute(value: Value) -> str:
    return escape(value) if isinstance(value, str) else number(float(value or 0))


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    *,
    class_: str = "",
    anchor: str = "",
    tail: str = "",
) -> str:
    """One line. `tail` follows a little apart and in plain weight."""
    return tag(
        "text",
        escape(words, quote=False),
        tag("tspan", escape(tail, quote=False), class_="pic-count", dx="0.45em") if tail else "",
        x=x,
        y=y,
        font_size=size,
        class_=class_ or None,
        text_anchor=anchor or None,
    )


def symbol(path: str, colour: int, x: float, y: float, size: float) -> str:
    """A station's shape, `size` wide, its centre at (x, y)."""
    at = f"translate({number(x - size / 2)} {number(y - size / 2)}) scale({size / 24:.3f})"
    return tag("path", class_=f"pic-symbol station--c{colour}", d=path, transform=at)


def wrapped(words: str, width: int, lines: int) -> list[str]:
    """Words in at most `lines` lines of about `width` letters; what does not fit ends in an ellipsis."""
    done: list[str] = []
    for word in words.split():
        if done and len(done[-1]) + 1 + len(word) <= width:
            done[-1] += f" {word}"
        else:
            done.append(word)
    if len(done) > lines:
        done = [*done[: lines - 1], " ".join(done[lines - 1 :])]
    return [
        line if len(line) <= width + 2 else line[: width - 1].rstrip(" ,-") + "…" for line in done
    ]
