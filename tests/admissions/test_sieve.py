"""What comes in as a file: a corpus of good and hostile ones, made here."""

import zlib
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from admissions import sieve
from consortium.errors import Invalid
from tests.admissions.cases import jpeg, pdf, png, upload
from tests.papers import PDF

ANY = ("pdf", "jpg", "png")
MB = 1024 * 1024


def look(data: bytes, name: str, formats=ANY, max_bytes=MB) -> sieve.Inspected:
    return sieve.inspect(upload(data, name), formats=formats, max_bytes=max_bytes)


def fact(data: bytes, name: str = "paper.pdf", **limits) -> str:
    with pytest.raises(Invalid) as refused:
        look(data, name, **limits)
    assert refused.value.rule
    assert refused.value.next_step
    assert refused.value.fact in refused.value.fields["file"]
    return refused.value.fact


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def one_page() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return writer


def with_content(stream: StreamObject) -> bytes:
    writer = one_page()
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def flate(data: bytes, layers: int) -> StreamObject:
    for _ in range(layers):
        data = zlib.compress(data, 1)
    stream = StreamObject()
    stream._data = data
    stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * layers)
    return stream


def test_a_pdf():
    data = pdf(3)
    assert look(data, "paper.PDF") == sieve.Inspected(
        "application/pdf", len(data), 3, sha256(data).hexdigest()
    )


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (jpeg(), "me.jpg", "image/jpeg"),
        (jpeg(), "me.JPEG", "image/jpeg"),
        (png(), "me.png", "image/png"),
    ],
    ids=["jpg", "jpeg", "png"],
)
def test_pictures(data, name, kind):
    assert look(data, name) == sieve.Inspected(kind, len(data), None, sha256(data).hexdigest())


def test_the_upload_is_left_at_its_beginning():
    data = pdf()
    one = upload(data)
    sieve.inspect(one, formats=ANY, max_bytes=MB)
    assert one.read() == data


def test_an_empty_file():
    assert "0 bytes" in fact(b"")


def test_size_is_a_limit_with_both_ends():
    data = pdf()
    assert look(data, "a.pdf", max_bytes=len(data)).size == len(data)
    assert "larger" in fact(data, max_bytes=len(data) - 1)


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04" + b"x" * 100, b"hello", b"GIF89a" + b"x" * 50, b" " + pdf(), b"<html>"],
    ids=["zip", "text", "gif", "shifted", "html"],
)
def test_the_wrong_type_under_a_right_name(data):
    assert "something else" in fact(data)


def test_a_type_that_the_slot_does_not_take():
    assert "something else" in fact(jpeg(), "me.jpg", formats=("pdf",))
    assert "something else" in fact(pdf(), "me.pdf", formats=("jpg",))


def test_a_name_that_says_something_else():
    assert "ends in “jpg”" in fact(pdf(), "paper.jpg")
    assert "ends in “”" in fact(pdf(), "paper")


@pytest.mark.parametrize("password", ["secret", ""], ids=["password", "owner only"])
def test_an_encrypted_pdf(password):
    data = pdf(user_password=password, owner_password="owner", algorithm="RC4-128")
    assert "encrypted" in fact(data)


def test_sixty_pages_and_no_more():
    assert look(pdf(60), "a.pdf").pages == 60
    assert "61" in fact(pdf(61))


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_nested_flate_bomb(layers):
    data = with_content(flate(b"\0" * (100 * MB), layers))
    assert len(data) < MB
    assert "far larger" in fact(data)


def test_a_stream_of_ordinary_size_passes():
    assert look(with_content(flate(b"q Q\n" * 10_000, 2)), "a.pdf").pages == 1


def test_a_picture_in_a_pdf_that_claims_a_billion_pixels():
    writer = one_page()
    image = StreamObject()
    image.update(
        {
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(40_000),
            NameObject("/Height"): NumberObject(40_000),
        }
    )
    writer.pages[0][NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/I"): writer._add_object(image)})}
    )
    assert "far larger" in fact(written(writer))


def test_a_child_that_exceeds_its_time_is_ended(monkeypatch):
    monkeypatch.setattr(sieve, "WALL_SECONDS", 0.001)
    assert "too long" in fact(pdf())


def _script(writer: PdfWriter) -> None:
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('x')")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(key): value for key, value in action.items()}
    )


def _attachment(writer: PdfWriter) -> None:
    writer.add_attachment("x.exe", b"MZ")


def _launch(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x")}
    )


def _xfa(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/XFA"): TextStringObject("x")}
    )


@pytest.mark.parametrize("change", [_script, _attachment, _launch, _xfa])
def test_what_runs_or_is_attached(change):
    writer = one_page()
    change(writer)
    assert "script" in fact(written(writer))


@pytest.mark.parametrize(
    "data",
    [
        pdf() + b"PK\x03\x04rest",
        pdf() + b"tail",
        pdf().replace(b"%PDF-1.3\n", b"%PDF-1.3\n%<HTML>\n"),
        jpeg() + b"PK\x05\x06",
        jpeg() + b"<script>",
        png() + b"x",
    ],
    ids=["pdf+zip", "pdf+text", "html in pdf", "jpeg+zip", "jpeg+html", "png+byte"],
)
def test_polyglots(data):
    name = {b"%": "a.pdf", b"\xff": "a.jpg", b"\x89": "a.png"}[data[:1]]
    assert "Something else begins" in fact(data, name)


def test_white_space_after_the_end_is_no_polyglot():
    assert look(pdf() + b"\r\n\0 ", "a.pdf").pages == 1


def test_a_camera_may_append_a_preview():
    assert look(jpeg() + jpeg(4, 4), "a.jpg").media_type == "image/jpeg"


@pytest.mark.parametrize("cut", range(3, len(jpeg())))
def test_a_truncated_jpeg(cut):
    assert "read to its end" in fact(jpeg()[:cut], "a.jpg")


@pytest.mark.parametrize("cut", range(8, len(png())))
def test_a_truncated_png(cut):
    assert "read to its end" in fact(png()[:cut], "a.png")


def test_a_png_whose_pixels_are_fewer_or_far_more_than_it_says():
    short = zlib.compress(b"\0" * 10)[:-6]
    assert "read to its end" in fact(png(2, 2, short), "a.png")
    assert "far larger" in fact(png(2, 2, zlib.compress(b"\0" * 5_000_000)), "a.png")


def test_a_png_with_a_wrong_checksum():
    data = bytearray(png())
    data[20] ^= 1
    assert "read to its end" in fact(bytes(data), "a.png")


@pytest.mark.parametrize(
    ("data", "name"), [(jpeg(10_000, 10_000), "a.jpg"), (png(9_000, 9_000), "a.png")]
)
def test_pictures_beyond_fifty_megapixels(data, name):
    assert "far larger" in fact(data, name)


@pytest.mark.parametrize("cut", [60, 200, 400])
def test_a_truncated_pdf(cut):
    assert "read to its end" in fact(pdf()[:-cut])


def test_noise_with_a_right_beginning_and_end():
    assert "read to its end" in fact(b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"\n%%EOF")


def test_papers_of_the_demo_pass():
    assert look(PDF, "paper.pdf").pages == 1
