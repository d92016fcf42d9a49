"""Pages of bounded size, by key rather than by offset: the last page costs what the first does."""

from rest_framework.pagination import CursorPagination


class Page(CursorPagination):
    """`?cursor=` from the `next` link; `?page_size=` up to 200."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    ordering = "-pk"
