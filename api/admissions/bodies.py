"""What is sent to the acts of an admission. Shapes only: what is right or wrong the act says."""

from rest_framework import serializers

LONGEST = 20_000


class StartIn(serializers.Serializer[None]):
    call = serializers.SlugField()


class SectionIn(serializers.Serializer[None]):
    """The fields of one section by name; `save_section` knows which and what they may hold."""

    values = serializers.DictField(
        child=serializers.CharField(allow_blank=True, allow_null=True, max_length=LONGEST)
    )


class TracksIn(serializers.Serializer[None]):
    tracks = serializers.ListField(child=serializers.CharField(max_length=40), max_length=100)


class DocumentIn(serializers.Serializer[None]):
    requirement = serializers.SlugField()
    file = serializers.FileField(allow_empty_file=True)


class RefereeIn(serializers.Serializer[None]):
    name = serializers.CharField(max_length=200)
    email = serializers.EmailField()
    institution = serializers.CharField(max_length=200, allow_blank=True, default="")


class ResendIn(serializers.Serializer[None]):
    email = serializers.EmailField(required=False)


class ReasonIn(serializers.Serializer[None]):
    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class LetterIn(serializers.Serializer[None]):
    """The referee proves the address each time; a link alone opens nothing."""

    email = serializers.EmailField()
    text = serializers.CharField(allow_blank=True, default="", max_length=LONGEST)
    file = serializers.FileField(required=False, allow_empty_file=True)


class RefusalIn(serializers.Serializer[None]):
    email = serializers.EmailField()
    reason = serializers.CharField(max_length=1000, allow_blank=True, default="")


class ExtensionIn(serializers.Serializer[None]):
    closes_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=1000)


class FindingIn(serializers.Serializer[None]):
    met = serializers.BooleanField()
    remark = serializers.CharField(max_length=1000, allow_blank=True, default="")


class EligibilityIn(serializers.Serializer[None]):
    findings = serializers.DictField(child=FindingIn())
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")


class AssignIn(serializers.Serializer[None]):
    memberships = serializers.ListField(child=serializers.UUIDField(), max_length=20)


class SeedIn(serializers.Serializer[None]):
    seed = serializers.CharField(max_length=40, required=False)


class ReviewIn(serializers.Serializer[None]):
    scores = serializers.DictField(child=serializers.IntegerField(allow_null=True), default=dict)
    comment = serializers.CharField(allow_blank=True, default="", max_length=LONGEST)


class OfferIn(serializers.Serializer[None]):
    route = serializers.CharField(max_length=20, allow_blank=True, default="")
    conditions = serializers.CharField(max_length=2000, allow_blank=True, default="")
    track = serializers.CharField(max_length=40, required=False, allow_null=True)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)


class NoteIn(serializers.Serializer[None]):
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class NeedsIn(serializers.Serializer[None]):
    """Whether support is asked for, what, and why; `needs.answer` says what is missing."""

    asks = serializers.BooleanField()
    wanted = serializers.CharField(allow_blank=True, default="", max_length=LONGEST)
    health = serializers.CharField(allow_blank=True, default="", max_length=LONGEST)


class PassportIn(serializers.Serializer[None]):
    number = serializers.CharField(max_length=40)
    country = serializers.CharField(max_length=2)
    expires_on = serializers.DateField()


class StepIn(serializers.Serializer[None]):
    """amount: one of the table's steps, in euros."""

    amount = serializers.IntegerField()
    reason = serializers.CharField(max_length=2000, allow_blank=True, default="")
