"""National grade scales and how a talent between 0 and 1 reads on each of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GradeScale:
    """A scale as universities print it; `best` is below `worst_pass` where 1 is the top mark."""

    key: str
    label: str
    worst_pass: float
    best: float
    decimals: int
    letters: tuple[str, ...] = ()

    def read(self, talent: float) -> str:
        """The grade of a graduate of `talent` (0 just passed, 1 best of the class)."""
        if self.letters:
            return self.letters[min(int(talent * len(self.letters)), len(self.letters) - 1)]
        value = self.worst_pass + (self.best - self.worst_pass) * talent
        return f"{value:.{self.decimals}f}"


@dataclass(frozen=True)
class Grade:
    """A final grade as printed, with the scale it stands on."""

    value: str
    scale: GradeScale


SCALES: dict[str, GradeScale] = {
    scale.key: scale
    for scale in (
        GradeScale("us4", "CGPA out of 4.00", 2.0, 4.0, 2),
        GradeScale("in10", "CGPA out of 10", 5.0, 9.9, 2),
        GradeScale("ng5", "CGPA out of 5.00", 2.4, 5.0, 2),
        GradeScale("kr45", "GPA out of 4.5", 2.0, 4.5, 2),
        GradeScale("au7", "GPA out of 7", 4.0, 7.0, 2),
        GradeScale("au9", "GPA out of 9", 2.0, 9.0, 1),
        GradeScale("pct", "percent", 50, 97, 1),
        GradeScale("fr20", "out of 20", 10, 18, 2),
        GradeScale("ir20", "out of 20 (pass 12)", 12, 19.6, 2),
        GradeScale("it110", "out of 110", 78, 110, 0),
        GradeScale("es10", "5 to 10", 5.0, 9.8, 2),
        GradeScale("br10", "0 to 10 (pass 6)", 6.0, 9.8, 1),
        GradeScale("vn10", "out of 10 (pass 5)", 5.0, 9.4, 2),
        GradeScale("gr10", "5 to 10, two decimals", 5.0, 9.6, 2),
        GradeScale("co5", "0 to 5 (pass 3)", 3.0, 4.8, 2),
        GradeScale("cl7", "1 to 7 (pass 4)", 4.0, 6.8, 1),
        GradeScale("ru5", "2 to 5 (pass 3)", 3.0, 5.0, 2),
        GradeScale("ru6", "2 to 6 (pass 3)", 3.0, 6.0, 2),
        GradeScale("pl5", "2 to 5.5 (pass 3)", 3.0, 5.3, 2),
        GradeScale("hu5", "1 to 5 (pass 2)", 2.0, 5.0, 2),
        GradeScale("cz4", "1 to 4, 1 is best", 3.0, 1.0, 2),
        GradeScale("de", "1.0 to 5.0, 1.0 is best", 4.0, 1.0, 1),
        GradeScale("at5", "1 to 5, 1 is best", 4.0, 1.0, 1),
        GradeScale("ph5", "1.00 to 5.00, 1.00 is best", 3.0, 1.1, 2),
        GradeScale("ch6", "1 to 6 (pass 4)", 4.0, 6.0, 1),
        GradeScale("dk12", "-3 to 12 (pass 2)", 2.0, 12.0, 1),
        GradeScale("letter", "A to F (pass E)", 0, 1, 0, ("E", "D", "C", "B", "A")),
        GradeScale(
            "uk", "honours classification", 0, 1, 0,
            ("Third class", "Second class, lower division", "Second class, upper division",
             "First class"),
        ),
    )
}  # fmt: skip  # a table, read by its rows
