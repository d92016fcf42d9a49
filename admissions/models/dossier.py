"""A dossier: one person's submission to one call."""

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions import states
from admissions.models.call import Call
from admissions.policies import DOSSIER, WISH
from consortium.actor import Actor
from consortium.models.tenant import Consortium, TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from mobility_tracks.models import Track

# What a row of a list shows.
LISTED = (
    "reference",
    "state",
    "given_names",
    "family_name",
    "latin_name",
    "nationality",
    "degree_institution",
    "submitted_at",
    "score",
)


class DossierQuerySet(ScopedQuerySet["Dossier"]):
    policy = DOSSIER

    def for_listing(self, *more: str) -> "DossierQuerySet":
        """The columns that lists show and `more`; any other costs a query for each row.

        Without the call: a list is mostly of one call, and models of it fifty times cost as much as
        the dossiers.
        """
        return self.only(*LISTED, *more)

    def without_live_offer(self) -> "DossierQuerySet":
        """Nothing prepared, sent or accepted."""
        live = models.Q(offers__state__in=["prepared", "sent", "accepted"])
        return self.exclude(pk__in=self.model._default_manager.filter(live).values("pk"))

    def by_state(self) -> dict[str, int]:
        """How many in each state."""
        counted = self.order_by().values_list("state").annotate(how_many=models.Count("pk"))
        return {str(state): how_many for state, how_many in counted}

    def in_full(self, actor: Actor) -> "DossierQuerySet":
        """With what hangs on it, as far as the actor may open it: wishes, documents, references."""
        documents, asked = (
            apps.get_model("admissions", name)._default_manager.for_actor(actor, "view")
            for name in ("Document", "ReferenceRequest")
        )
        return self.select_related("call").prefetch_related(
            "track_preferences__track",
            models.Prefetch("documents", documents.select_related("requirement")),
            models.Prefetch("references", asked),
        )

    def with_progress(self) -> "DossierQuerySet":
        """Counts beside each row: letters asked for and received, reviews likewise."""
        done = models.Q(assignments__state__in=["submitted", "locked"])
        alive = models.Q(assignments__isnull=False) & ~models.Q(assignments__state="conflicted")
        received = models.Q(references__state="received")
        return self.annotate(
            letters_needed=models.F("call__references_needed"),
            letters_in=models.Count("references", filter=received, distinct=True),
            reviews_asked=models.Count("assignments", filter=alive, distinct=True),
            reviews_in=models.Count("assignments", filter=done, distinct=True),
        )


class Dossier(TenantModel):
    """`reference` is the public number with a check character; `score` that of the last ranking.

    `visible_to` is derived from assignments by a trigger: who reviews it, each with their party in one
    number (admissions/visible_to.py).
    """

    class EnglishEvidence(models.TextChoices):
        IELTS = "ielts", _("IELTS")
        TOEFL = "toefl", _("TOEFL")
        CAMBRIDGE = "cambridge", _("Cambridge certificate")
        MEDIUM = "medium", _("Degree taught in English")
        NATIVE = "native", _("English is my first language")

    lifecycle = states.DOSSIER
    concerns = "applicant"

    # The keys of a tenant's own rows are found by indexes that begin with the tenant. One on either
    # column alone offers the planner two sets of the same rows, whose overlap it takes for tiny.
    consortium = models.ForeignKey(
        Consortium, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    call = TenantForeignKey(Call, on_delete=models.PROTECT, related_name="dossiers", db_index=False)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(_("reference"), max_length=16)
    state = models.CharField(_("state"), max_length=20, default="draft")

    given_names = models.CharField(_("given names"), max_length=200, blank=True)
    family_name = models.CharField(_("family name"), max_length=200, blank=True)
    latin_name = models.CharField(_("name as in the passport"), max_length=300, blank=True)
    sort_name = models.CharField(_("sort key"), max_length=300, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    nationality = models.CharField(_("nationality for this application"), max_length=2, blank=True)
    second_nationality = models.CharField(_("second nationality"), max_length=2, blank=True)
    residence_country = models.CharField(_("country of residence"), max_length=2, blank=True)
    residence_since = models.DateField(_("living there since"), null=True, blank=True)

    degree_title = models.CharField(_("degree"), max_length=200, blank=True)
    degree_institution = models.CharField(_("university"), max_length=200, blank=True)
    degree_country = models.CharField(_("country of the university"), max_length=2, blank=True)
    degree_ects = models.PositiveSmallIntegerField(_("credits (ECTS)"), null=True, blank=True)
    degree_on = models.DateField(_("awarded or expected on"), null=True, blank=True)
    final_year = models.BooleanField(_("still in the last year"), null=True, blank=True)
    grade = models.CharField(_("average grade"), max_length=40, blank=True)
    grade_scale = models.CharField(_("scale"), max_length=100, blank=True)

    english_evidence = models.CharField(
        _("proof of English"), max_length=12, choices=EnglishEvidence.choices, blank=True
    )
    english_score = models.CharField(_("result"), max_length=40, blank=True)
    english_on = models.DateField(_("issued on"), null=True, blank=True)

    statement = models.TextField(_("statement of purpose"), blank=True)
    essay = models.TextField(_("essay"), blank=True)
    experience = models.TextField(_("employment"), blank=True)
    additional = models.TextField(_("additional information"), blank=True)
    route = models.CharField(_("funding"), max_length=20, blank=True)
    declared_true = models.BooleanField(_("declaration"), default=False)

    started_at = models.DateTimeField(_("started"))
    saved_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    visible_to = ArrayField(models.BigIntegerField(), default=list, editable=False)
    score = models.FloatField(_("score"), null=True)
    position = models.PositiveIntegerField(_("rank"), null=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "applicant"],
                condition=~models.Q(state="withdrawn"),
                name="dossier_one_per_call",
            ),
            models.UniqueConstraint(fields=["consortium", "reference"], name="dossier_reference"),
        ]
        indexes = [
            models.Index(
                fields=["consortium", "call", "state", "-score", "-id"],
                include=["visible_to"],
                name="dossier_list",
            ),
            models.Index(fields=["consortium", "call", "sort_name", "id"], name="dossier_by_name"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        """As the person writes it; single names are whole names."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)


class WishQuerySet(ScopedQuerySet["TrackPreference"]):
    policy = WISH


class TrackPreference(TenantModel):
    """One track in the applicant's order of wishes; 1 is the most wanted."""

    concerns = "dossier__applicant"

    dossier = TenantForeignKey(Dossier, on_delete=models.CASCADE, related_name="track_preferences")
    track = TenantForeignKey(Track, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(_("rank"))

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = _("track preference")
        verbose_name_plural = _("track preferences")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "track"], name="track_preference_once"),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="track_rank_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"
