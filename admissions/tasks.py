"""Background work of admissions: one consortium at a time, each task carrying its tenant."""

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from admissions.domain.deadlines import run_due
from consortium import clock
from consortium.models import Consortium


@app.task(queue="upkeep")
def meet_deadlines(consortium_id: int) -> None:
    """Do what time brings about in one consortium. May run twice without harm."""
    run_due(Consortium.objects.get(pk=consortium_id), at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", pass_context=False)
def sweep_deadlines(timestamp: int) -> int:
    """Once a minute: a job for each consortium that has none waiting; returns how many."""
    return sum(_defer(pk) for pk in Consortium.objects.order_by("pk").values_list("pk", flat=True))


def _defer(consortium_id: int) -> bool:
    lock = f"deadlines-{consortium_id}"
    try:
        meet_deadlines.configure(queueing_lock=lock, lock=lock).defer(consortium_id=consortium_id)
    except AlreadyEnqueued:
        return False
    return True
