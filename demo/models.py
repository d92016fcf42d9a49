"""What the demonstration keeps for itself: the mail that would have been sent."""

from django.db import models


class Mail(models.Model):
    """One e-mail, caught before it leaves."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["to", "-sent_at"])]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
