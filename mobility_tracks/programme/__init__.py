"""The programme as a file: read it, write it, compare two.

`read(data)` and `read_file(path)` give a `Document` or a list of every `Problem`; they never
raise for bad input. `write(document)` gives YAML that reads back to the same document.
`diff(before, after)` gives the `Change`s between two documents. All of it is pure: no Django, no
clock, no network. The schema for editors is made by `mobility_tracks.programme.schema`.
"""

from mobility_tracks.programme.changes import Change, diff
from mobility_tracks.programme.document import Document
from mobility_tracks.programme.problems import Problem
from mobility_tracks.programme.reader import read, read_file
from mobility_tracks.programme.writer import write

__all__ = ["Change", "Document", "Problem", "diff", "read", "read_file", "write"]
