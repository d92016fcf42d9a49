"""How the OpenAPI document is made from the views."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    """Names an operation after its view, and knows which views answer with a page of rows."""

    def get_operation_id(self) -> str:
        view = type(self.view)
        audience = view.__module__.rpartition(".")[2]
        return f"{audience}_{view.__name__}_{self.method.lower()}"

    def _is_list_view(self, serializer: Any = None) -> bool:
        return getattr(self.view, "answers_with_pages", False)

    def get_tags(self) -> list[str]:
        wall = getattr(self.view, "wall", None)
        return [wall.value if wall else "schema"]


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the OpenAPI document names `api.authentication.TokenAuthentication`."""

    target_class = "api.authentication.TokenAuthentication"
    name = "apiToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made on the pages of an account. It acts in one consortium, "
            "within its owner's rights of the moment, and ends after a year at the latest.",
        }
