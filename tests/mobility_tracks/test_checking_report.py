"""The checker over whole programmes: who can go where, what comes out, what forbids publishing."""

from pathlib import Path

import pytest
from django.core.management import call_command

from mobility_tracks.checking import Course, TooManyPathsError, check, paths_of, ways_of
from mobility_tracks.checking.telling import lines_of
from mobility_tracks.programme import Document, read_file
from tests.mobility_tracks.programme_texts import SOUND, broken, document_of

PROGRAMMES = Path(__file__).parents[2] / "programmes"


def course(file: str, version: str) -> Course:
    document = read_file(PROGRAMMES / file)
    assert isinstance(document, Document)
    return Course.of(document, next(v for v in document.versions if v.key == version))


def small(text: str = SOUND) -> Course:
    document = document_of(text)
    return Course.of(document, document.versions[0])


def closed(report, track: str) -> set[str]:
    (found,) = (each for each in report.tracks if each.path.code == track)
    return {str(cell.person) for cell in found.cells if not cell.open}


def test_i_mesc_serves_everybody_but_not_on_every_track():
    """The worked cases of domain.md 1.2: Warsaw, Toulouse, then Bilbao, Ljubljana or Amiens."""
    report = check(course("i-mesc.yaml", "i-mesc"))
    assert (report.ways, report.tried) == (33, 33)
    assert closed(report, "amiens") == {"residents of France", "residents of Poland"}
    assert closed(report, "bilbao") == closed(report, "ljubljana") == set()
    assert report.unserved == ()
    assert report.faults == ()
    assert {(track.least, track.most) for track in report.tracks} == {(120, 120)}
    (amiens,) = (track for track in report.tracks if track.path.code == "amiens")
    (poland,) = (cell for cell in amiens.cells if cell.person.residence == "PL")
    (why,) = poland.why
    assert why.fact == (
        "the counting periods are in France and Poland, and Poland is the country of residence"
        " at enrolment"
    )
    assert "master-promise.eu/mobility" in why.source


def test_degrees_depend_on_the_way():
    report = check(course("travessia.yaml", "first"))
    degrees = {track.path.code: dict(track.degrees) for track in report.tracks}
    assert degrees["ami-lju-gig"] == {"joint": 3, "double-brazil": 3}
    assert degrees["ami-lju-ami"] == {"joint": 2}


def test_what_no_way_can_tell_is_left_to_who_settles_it():
    report = check(course("travessia.yaml", "first"))
    settled = {rule.bound.rule.key: rule.settled for rule in report.rules if rule.settled}
    assert settled == {
        "gate": "needs the credits held before project",
        "portuguese": "needs evidence of pt, B1",
        "overflow": "the round of placement settles it",
    }


def test_a_rule_that_no_path_keeps_is_a_fault():
    report = check(small(broken("{at_least: 2}", "{at_least: 3}")))
    assert report.faults[0] == (
        "Rule countries: no path keeps it. Two countries. Here: the way lies in France."
    )
    assert {str(person) for person in report.unserved} == set(map(str, report.people))


def test_a_track_that_nobody_can_go_is_a_fault():
    report = check(small(broken("          - [s2-one, s2-two]\n", "          - [s2-one]\n")))
    (fault,) = report.faults
    assert fault == "Track both: nobody can go its 1 way. Two countries."


def test_without_tracks_any_host_of_each_period_may_follow():
    text = SOUND.replace(SOUND[SOUND.index("    tracks:") : SOUND.index("    degrees:")], "")
    report = check(small(text))
    (track,) = report.tracks
    assert (track.path.code, track.ways) == ("as-offered", 2)
    assert {cell.open for cell in track.cells} == {1}


def test_roles_keep_to_one_host():
    text = broken(
        "        name: Both\n", "        name: Both\n        roles: {home: {periods: [s1, s2]}}\n"
    )
    it = small(text)
    (path, _) = paths_of(it)
    ways = [*ways_of(it, path)]
    assert [[stay.offering for stay in way.stays] for way in ways] == [["s1-one", "s2-one"]]


def test_hosts_that_rotate_are_those_of_the_intake():
    it = small(broken("s2, host: two", "s2, host: two, intakes: [first]"))
    (path, _) = paths_of(it)
    assert len([*ways_of(it, path, intake="first")]) == 2
    assert len([*ways_of(it, path, intake="other")]) == 1


def test_tracks_for_a_funding_line_are_closed_to_others():
    text = broken(
        "        name: Both\n", "        name: Both\n        only_for: {funding: [emjm]}\n"
    )
    report = check(small(text))
    open_to = {str(cell.person) for cell in report.tracks[0].cells if cell.open}
    assert open_to == {
        f"emjm, residents of {home}" for home in ("France", "Norway", "other countries")
    }


def test_ever_so_many_transitions_are_refused_before_they_are_walked():
    layers = 14
    periods = "".join(
        f"      p{n}: {{name: P{n}, kind: block, starts: Y+{n // 6 + 3}-{n % 6 + 1:02}-01,"
        f" ends: Y+{n // 6 + 3}-{n % 6 + 1:02}-20, overlaps: [s2]}}\n"
        for n in range(layers)
    )
    keys = [[f"o{n}-{k}" for k in range(6)] for n in range(layers)]
    offerings = "".join(
        f"      {key}: {{period: p{n}, host: one}}\n" for n in range(layers) for key in keys[n]
    )
    then = "".join(
        f"      {key}: {{then: [{', '.join(keys[n + 1])}]}}\n"
        for n in range(layers - 1)
        for key in keys[n]
    )
    text = SOUND.replace("    offerings:\n", periods + "    offerings:\n" + offerings)
    text = text.replace("    transitions:\n", "    transitions:\n" + then)
    with pytest.raises(TooManyPathsError):
        check(small(text))


def test_the_lines_name_tracks_rules_and_whom_they_leave_out():
    lines = [*lines_of(check(course("i-mesc.yaml", "i-mesc")))]
    assert lines[0] == "3 tracks, 33 ways."
    assert "  Closed to: residents of France and residents of Poland." in lines
    assert lines[-1] == "Nothing here forbids publishing."


def test_the_command_says_so_and_fails_on_a_fault(tmp_path, capsys):
    call_command("check_programme", str(PROGRAMMES / "i-mesc.yaml"), only="i-mesc")
    assert "Track amiens: 11 ways, 120 ECTS." in capsys.readouterr().out
    file = tmp_path / "bad.yaml"
    file.write_text(broken("{at_least: 2}", "{at_least: 3}"), "utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("check_programme", str(file))
    assert ended.value.code == 1
    assert "Rule countries: no path keeps it." in capsys.readouterr().out


def test_a_track_may_be_exempt_from_a_rule():
    text = broken(
        "          - [s2-one, s2-two]\n", "          - [s2-one]\n        exempt_from: [countries]\n"
    )
    report = check(small(text))
    assert report.faults == ()
    assert closed(report, "both") == set()


def test_the_programmes_of_the_house_are_fit():
    """EuroPhotonics alone leaves somebody out: who has the scholarship that fixes the path."""
    left_out = {}
    for file in sorted(PROGRAMMES.glob("*.yaml")):
        document = read_file(file)
        assert isinstance(document, Document)
        for version in document.versions:
            report = check(Course.of(document, version))
            assert report.faults == (), (file.name, version.key)
            if report.unserved:
                left_out[version.key] = {str(person) for person in report.unserved}
    assert left_out == {
        "europhotonics": {"amu-tiger, residents of Germany", "amu-tiger, residents of France"}
    }
