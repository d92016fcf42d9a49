"""A browser's own description of itself, in the two words by which its owner knows it."""

from django.utils.translation import gettext as _

# In this order: the later ones also call themselves by the earlier ones' names.
BROWSERS = (
    ("Firefox/", "Firefox"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_in_words(user_agent: str) -> str:
    """`Firefox, Linux`; what is unknown keeps its own first 60 characters."""
    browser = next((word for mark, word in BROWSERS if mark in user_agent), "")
    system = next((word for mark, word in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser}, {system}"
    return browser or system or user_agent[:60] or _("a program that does not say its name")
