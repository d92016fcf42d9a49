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
async def sweep_deadlines(timestamp: int) -> int:
    """Once a minute: a job for each consortium that has none waiting; returns how many."""
    made = 0
    async for pk in Consortium.objects.order_by("pk").values_list("pk", flat=True):
        made += await _defer(pk)
    return made


async def _defer(consortium_id: int) -> bool:
    """One consortium's trouble stays its own; two jobs never work on one at a time."""
    name = f"deadlines-{consortium_id}"
    job = meet_deadlines.configure(queueing_lock=name, lock=name)
    try:
        await job.defer_async(consortium_id=consortium_id)
    except AlreadyEnqueued:
        return False
    return True
