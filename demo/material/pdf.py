"""A small PDF 1.4 writer: ASCII text in Helvetica on A4, the same bytes for the same input."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_WIDTH, _HEIGHT, _LEFT = 595, 842, 60


@dataclass(frozen=True)
class Line:
    """One line of text: `size` in points, `gap` the space above it in points."""

    text: str
    size: int = 10
    gap: int = 4
    bold: bool = False
    left: int = _LEFT


def pdf(title: str, pages: Sequence[Sequence[Line]], made_on: date) -> bytes:
    """A document of `pages`. Nothing is compressed: zlib's output differs between builds."""
    count = len(pages)
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R/Lang(en)>>",
        (
            f"<</Type/Pages/Count {count}/Kids[{kids}]/MediaBox[0 0 {_WIDTH} {_HEIGHT}]"
            "/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>"
        ),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        (
            f"<</Title({_escaped(title)})/Producer(Itinera demo)"
            f"/CreationDate(D:{made_on:%Y%m%d}120000Z)>>"
        ),
    ]
    for number, page in enumerate(pages):
        content = _content(page)
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {7 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    return _assembled(objects)


def _font(name: str) -> str:
    return f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"


def _content(page: Sequence[Line]) -> str:
    rows, top = [], _HEIGHT - 60
    for line in page:
        top -= line.size + line.gap
        font = "F2" if line.bold else "F1"
        place = f"1 0 0 1 {line.left} {top} Tm"
        rows.append(f"/{font} {line.size} Tf {place}({_escaped(line.text)})Tj")
    return "\n".join(("BT", *rows, "ET"))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assembled(objects: Sequence[str]) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("ascii")
    size = len(objects) + 1
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<</Size {size}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")
