"""Where covered lines are not counted, since counting makes Python twice as slow or worse.

Every line of every library is stopped at as well, to find that it is not one of ours.
"""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.migrations.state import StateApps
from ruamel.yaml.parser import Parser


def leave_libraries_out() -> None:
    """What calls nothing of ours and has many lines.

    The parser of YAML goes character by character; migrations draw all models anew for each change.
    """
    Parser.check_event = uncounted(Parser.check_event)
    StateApps.render_multiple = uncounted(StateApps.render_multiple)


def uncounted(call: Callable[..., Any]) -> Callable[..., Any]:
    """The same call without counting. It stops and goes on in one frame: coverage keeps a stack."""

    @wraps(call)
    def quick(*arguments: Any, **named: Any) -> Any:
        counting = sys.gettrace()
        sys.settrace(None)
        try:
            return call(*arguments, **named)
        finally:
            sys.settrace(counting)

    return quick
