"""Addresses of reviewers."""

from django.urls import path

from web.reviewer.conflict import Declare, Recuse
from web.reviewer.papers import DocumentFile, LetterFile
from web.reviewer.queue import Queue
from web.reviewer.review import ReviewPage

app_name = "reviewer"
urlpatterns = [
    path("", Queue.as_view(), name="queue"),
    path("<uuid:assignment>/", ReviewPage.as_view(), name="review"),
    path("<uuid:assignment>/declaration/", Declare.as_view(), name="declare"),
    path("<uuid:assignment>/recusal/", Recuse.as_view(), name="recuse"),
    path("documents/<uuid:id>/file", DocumentFile.as_view(), name="document"),
    path("letters/<uuid:id>/", LetterFile.as_view(), name="letter"),
]
