"""Pictures made on the server: numbers in, SVG and the table beneath it out. No ORM, no style."""

from web.pictures.frame import Picture

__all__ = ["Picture"]
