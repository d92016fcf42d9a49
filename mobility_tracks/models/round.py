"""An allocation round: the event in which students are given seats for a period, or whole tracks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet
from mobility_tracks import states
from mobility_tracks.models.enrolment import Enrolment, Intake
from mobility_tracks.models.programme import Offering, Period
from mobility_tracks.models.track import Track
from mobility_tracks.policies import PREFERENCE, ROUND, ROUND_SEATS


class RoundQuerySet(ScopedQuerySet["AllocationRound"]):
    policy = ROUND

    def in_full(self) -> "RoundQuerySet":
        dressed = self.select_related("intake", "period")
        return dressed.prefetch_related("seats__offering", "seats__track")

    def for_listing(self) -> "RoundQuerySet":
        return self.select_related("intake", "period").order_by("-closes_at")


_Rounds = models.Manager.from_queryset(RoundQuerySet)


class RoundManager(_Rounds["AllocationRound"]):
    """Leaves `result` in the database until somebody asks for it: students may not select it."""

    def get_queryset(self) -> models.QuerySet["AllocationRound"]:
        return super().get_queryset().defer("result")


class AllocationRound(TenantModel):
    """Students of an intake rank the offerings of a period until `closes_at`; without a period, the
    tracks of their programme.

    `policy`, `merit_basis` (what merit is, in words) and `seed` are frozen when it opens. `result`
    holds the plan with its proof and the reasons of every student: the wall opens that column to
    the office alone, so partners' and students' pages reach rounds through `objects` and never by
    `select_related`. `fingerprint` is that of the inputs, so that the plan can be replayed.
    """

    class Policy(models.TextChoices):
        RANK_MAXIMAL = "rank_maximal", _("Most first choices, then second, and so on")
        LEAST_DISSATISFACTION = "least_dissatisfaction", _("Least total dissatisfaction")
        MERIT_RESPECTED = "merit_respected", _("Merit respected")

    lifecycle = states.ROUND

    intake = TenantForeignKey(Intake, on_delete=models.PROTECT, related_name="rounds")
    period = TenantForeignKey(
        Period, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    title = models.CharField(_("title"), max_length=200)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    zone = models.CharField(_("announced in"), max_length=64)
    policy = models.CharField(
        _("policy"), max_length=24, choices=Policy.choices, default=Policy.RANK_MAXIMAL
    )
    merit_basis = models.CharField(_("what merit is"), max_length=200, blank=True)
    seed = models.CharField(_("published seed"), max_length=40)
    result = models.JSONField(_("plan"), default=dict)
    fingerprint = models.CharField(_("inputs"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=20, default="draft")
    published_at = models.DateTimeField(_("published"), null=True)

    objects = RoundManager()

    class Meta:
        verbose_name = _("allocation round")
        verbose_name_plural = _("allocation rounds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")), name="round_opens_first"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_of_tracks(self) -> bool:
        """Whether whole tracks are chosen in it, and not the hosts of one period."""
        return self.period_id is None


_ONE_OF_TWO = models.Q(offering__isnull=False, track=None) | models.Q(
    offering=None, track__isnull=False
)


class RoundSeatsQuerySet(ScopedQuerySet["RoundSeats"]):
    policy = ROUND_SEATS


class RoundSeats(TenantModel):
    """How many seats an offering, or a track, has in a round.

    A round for a period has them of the offerings to choose from. A round for tracks has them of the
    tracks to choose from, and of offerings on their way that limit how many of all tracks pass.
    """

    round = TenantForeignKey(AllocationRound, on_delete=models.CASCADE, related_name="seats")
    offering = TenantForeignKey(
        Offering, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    track = TenantForeignKey(
        Track, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    least = models.PositiveSmallIntegerField(_("least"), default=0)
    most = models.PositiveSmallIntegerField(_("most"))

    objects = RoundSeatsQuerySet.as_manager()

    class Meta:
        verbose_name = _("seats")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(fields=["round", "offering"], name="round_seats_once"),
            models.UniqueConstraint(fields=["round", "track"], name="round_track_once"),
            models.CheckConstraint(condition=_ONE_OF_TWO, name="round_seats_of_one"),
            models.CheckConstraint(
                condition=models.Q(least__lte=models.F("most")), name="round_seats_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering_id or self.track_id}: {self.most}"

    @property
    def code(self) -> str:
        """Of the track or the offering that has the seats."""
        return self.track.code if self.track else self.offering.code if self.offering else ""


class PreferenceQuerySet(ScopedQuerySet["Preference"]):
    policy = PREFERENCE


class Preference(TenantModel):
    """One student's word on one offering, or track, in one round: a rank, or why it is not possible.

    1 is the most wanted; those of one rank are equally good, and ranks have no gaps. `because`
    is the student's own reason, for the student and for those who run rounds: no plan, file or host
    gets its words.
    """

    concerns = "enrolment__student"

    round = TenantForeignKey(AllocationRound, on_delete=models.CASCADE, related_name="preferences")
    enrolment = TenantForeignKey(Enrolment, on_delete=models.CASCADE, related_name="preferences")
    offering = TenantForeignKey(
        Offering, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    track = TenantForeignKey(
        Track, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    because = models.CharField(_("not possible, because"), max_length=300, blank=True)
    saved_at = models.DateTimeField(_("saved"))

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "enrolment", "offering"], name="preference_once"
            ),
            models.UniqueConstraint(
                fields=["round", "enrolment", "track"], name="preference_track_once"
            ),
            models.CheckConstraint(condition=_ONE_OF_TWO, name="preference_of_one"),
            models.CheckConstraint(condition=models.Q(rank__gte=1), name="preference_from_one"),
            models.CheckConstraint(
                condition=models.Q(rank__isnull=False, because="")
                | models.Q(rank__isnull=True) & ~models.Q(because=""),
                name="preference_rank_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.rank or self.because}"
