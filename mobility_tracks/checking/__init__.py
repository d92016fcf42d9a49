"""What a programme version promises, tried out: every way through it, for every kind of student.

Pure: the file's own dataclasses in, frozen reports out. The loader, the workshop and the rounds of
placement judge by these functions alone, so that a rule means the same in all three.
"""

from mobility_tracks.checking.course import Course, Host, Stay
from mobility_tracks.checking.judges import judge
from mobility_tracks.checking.paths import Path, TooManyPathsError, as_offered, paths_of
from mobility_tracks.checking.people import Person
from mobility_tracks.checking.report import Report, check
from mobility_tracks.checking.verdicts import Open, Verdict
from mobility_tracks.checking.ways import Way, ways_of

__all__ = [
    "Course",
    "Host",
    "Open",
    "Path",
    "Person",
    "Report",
    "Stay",
    "TooManyPathsError",
    "Verdict",
    "Way",
    "as_offered",
    "check",
    "judge",
    "paths_of",
    "ways_of",
]
