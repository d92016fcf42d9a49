"""From a refusal of the domain to a problem body. The one table from code to status is web's twin."""

from typing import Any

from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from consortium.errors import DomainError

STATUS = {
    "invalid": 422,
    "incomplete": 422,
    "window_closed": 409,
    "wrong_state": 409,
    "conflict": 409,
    "forbidden": 403,
    "second_factor_needed": 403,
    "reauthentication_needed": 403,
    "not_found": 404,
    "refused": 409,
}


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """One shape for every error: code, rule, fact, next_step, fields, request_id."""
    if isinstance(error, DomainError):
        body = {
            "code": error.code,
            "rule": error.rule,
            "fact": error.fact,
            "next_step": error.next_step,
            "fields": error.fields,
        }
        return Response({"error": body}, status=STATUS[error.code])
    response = exception_handler(error, context)
    if response is not None:
        response.data = {"error": _body(error, response.data)}
    return response


def _body(error: Exception, detail: Any) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        fields = detail if isinstance(detail, dict) else {"non_field_errors": detail}
        return {
            "code": "invalid",
            "rule": "The input is not of the form that this resource takes.",
            "fact": "",
            "next_step": "Mend the named fields and send it again.",
            "fields": fields,
        }
    code = error.get_codes() if isinstance(error, APIException) else "not_found"
    rule = detail.get("detail", "") if isinstance(detail, dict) else str(detail)
    return {"code": code, "rule": str(rule), "fact": "", "next_step": "", "fields": {}}
