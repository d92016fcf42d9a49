"""What the catalogue of components shows: every component, every state, invented people only."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from web.pictures.funnel import Stage, funnel
from web.pictures.path_strip import StripStop, path_strip
from web.pictures.track_map import Column, Flow, Stop, TrackMap, track_map
from web.stations import COLOURS, LineStop, Station, station, stations

HOSTS = stations([("WAW", "Warsaw"), ("TLS", "Toulouse"), ("LJU", "Ljubljana"), ("BIO", "Bilbao")])
LAB = Station("lab", "A laboratory", colour=5, shape="drop")
TONES = {
    "todo": "Not started",
    "doing": "In progress",
    "done": "Completed",
    "time": "Not sent yet",
    "problem": "Unreadable",
    "blocked": "Cannot start yet",
    "closed": "Withdrawn",
}


class Example(forms.Form):
    """One field of each kind that pages use."""

    given = forms.CharField(label="Given names", help_text="As in your passport.")
    email = forms.EmailField(label="E-mail")
    level = forms.ChoiceField(
        label="Level", widget=forms.RadioSelect, choices=[("b", "Bachelor"), ("m", "Master")]
    )
    speaks = forms.MultipleChoiceField(
        label="Languages",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("en", "English"), ("fr", "French")],
    )
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), ("fr", "France")])
    why = forms.CharField(label="Why", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    scan = forms.FileField(label="Diploma", help_text="PDF, JPEG or PNG, up to 20 MB.")
    last = forms.BooleanField(label="I am still in my last year", required=False)


class Sentence(forms.Form):
    """A filter whose labels are the words before each choice."""

    state = forms.ChoiceField(label="Show", choices=[("submitted", "submitted"), ("all", "all")])
    country = forms.ChoiceField(label="dossiers from", choices=[("", "any country")])


def catalogue(at: datetime) -> dict[str, Any]:
    """Context of demo/components.html. `at` is the page's clock."""
    line = tuple(
        LineStop((host,), f"Semester {i}", "30 ECTS", state)
        for i, (host, state) in enumerate(
            zip([*list(HOSTS.values())[:3], LAB], ["done", "here", "next", "open"], strict=True), 1
        )
    )
    return {
        "page_title": "Components",
        "clock": at,
        "soon": at + timedelta(days=2, hours=5),
        "later": at + timedelta(days=40),
        "past": at - timedelta(hours=3),
        "palette": [station(f"C{i + 1}", index=i) for i in range(COLOURS)],
        "host": HOSTS["WAW"],
        "line": line,
        "choice": (line[0], line[1], LineStop((HOSTS["LJU"], HOSTS["BIO"])), line[3]),
        "tones": [{"tone": tone, "word": word} for tone, word in TONES.items()],
        "tasks": _tasks(),
        "events": _events(),
        "form": Example(),
        "wrong_form": Example({"given": "Amina", "email": "not an address"}, auto_id="wrong_%s"),
        "filter_form": Sentence(),
        "table": _table(),
        "empty_table": {"rows": [], "empty": {"title": "No appeals", "text": "None was filed."}},
        "acts": [{"label": "Remind", "name": "act", "value": "remind", "tone": "plain"}],
        "pager": {"previous_url": "?before=51", "next_url": "?after=100", "says": "51 to 100"},
        "rows": [
            {"label": "Family name", "value": "Belkacem", "change_url": "#"},
            {"label": "Telephone", "value": "", "change_url": "#"},
        ],
        "files": _files(),
        "file_acts": [{"label": "Replace", "url": "#"}],
        "anchors": [(0, "cannot judge from the file"), (5, "among the best of the class")],
        "tabs": [
            {"label": "Overview", "url": "#", "current": True},
            {"label": "Reviews", "url": "#", "count": 2},
        ],
        "crumbs": [{"label": "Call 2027", "url": "#"}, {"label": "Dossier 412"}],
        "track_map": track_map(_map(1), key="placed"),
        "empty_map": track_map(_map(0), key="open"),
        "path_strip": path_strip(
            tuple(StripStop(s.stations[0], s.title, s.when, s.state) for s in line)
        ),
        "funnel": funnel(
            (Stage("Started", 900, 812), Stage("Submitted", 612, 655), Stage("Ranked", 0))
        ),
    }


def _map(students: int) -> TrackMap:
    stops = {
        code: Stop(code, host.name, colour=host.colour, shape=host.shape, seats=16)
        for code, host in HOSTS.items()
    }
    return TrackMap(
        (
            Column("S1", "Semester 1", "autumn", (stops["WAW"],)),
            Column("S2", "Semester 2", "spring", (stops["TLS"],)),
            Column("S3", "Semester 3", "autumn", (stops["LJU"], stops["BIO"])),
        ),
        (
            Flow(0, "WAW", "TLS", 24 * students),
            Flow(1, "TLS", "LJU", 15 * students),
            Flow(1, "TLS", "BIO", 9 * students),
        ),
    )


def _tasks() -> list[dict[str, str]]:
    return [
        {"title": f"A section that is {word.lower()}", "url": "#", "status": word, "tone": tone}
        for tone, word in TONES.items()
    ]


def _events() -> list[dict[str, str]]:
    return [
        {"what": "Submitted", "when": "Mon 11 Jan 2027, 14:02 UTC", "state": "done"},
        {
            "what": "Under review",
            "when": "since Mon 1 Feb 2027",
            "state": "here",
            "who": "Lena Vogel",
        },
        {"what": "Results", "when": "Fri 2 Apr 2027, 12:00 UTC", "state": "next"},
    ]


def _table() -> dict[str, Any]:
    people = [("Amina Belkacem", "Algeria", "4.20"), ("Li Yutong", "China", "4.05")]
    return {
        "caption": "Dossiers",
        "selectable": True,
        "stack": True,
        "columns": [
            {"label": "Name", "sort_url": "?sort=name", "sort": "ascending"},
            {"label": "Country"},
            {"label": "Score", "numeric": True, "sort_url": "?sort=score"},
        ],
        "rows": [
            {
                "pk": place,
                "label": name,
                "cells": [
                    {"value": name, "url": "#"},
                    {"value": country, "label": "Country"},
                    {"value": score, "numeric": True, "label": "Score"},
                ],
            }
            for place, (name, country, score) in enumerate(people)
        ],
    }


def _files() -> list[dict[str, str]]:
    return [
        {
            "name": "Passport.pdf",
            "kind": "PDF",
            "facts": "2 pages, 310 KB",
            "status": word,
            "tone": tone,
        }
        for tone, word in [
            ("done", "Verified"),
            ("doing", "Being checked"),
            ("problem", "Infected"),
        ]
    ]
