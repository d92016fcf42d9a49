"""Background work of the kernel. Every task carries its tenant and may run twice without harm."""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from consortium import clock
from consortium.domain import accounts
from consortium.domain.grants import remove_ended
from consortium.domain.heads import send_head
from consortium.models.tenant import Consortium
from consortium.outbox import send_due


@app.task(queue="mail", retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def send_outbox(consortium_id: int) -> int:
    """Empty one consortium's outbox of what is due."""
    return send_due(Consortium.objects.get(pk=consortium_id))


@app.periodic(cron="* * * * *")
@app.task(queue="mail", pass_context=False)
def sweep_outboxes(timestamp: int) -> int:
    """Once a minute: what no wake-up call reached, one consortium at a time."""
    return sum(send_due(consortium) for consortium in Consortium.objects.order_by("pk"))


@app.task(queue="mail")
def mail_journal_head(consortium_id: int) -> int:
    """Mail one consortium's head to those who keep it."""
    return send_head(Consortium.objects.get(pk=consortium_id), at=clock.now())


@app.periodic(cron="10 4 * * *")
@app.task(queue="mail", pass_context=False)
async def mail_journal_heads(timestamp: int) -> int:
    """Once a day: a job for each consortium, so that one's trouble stays its own."""
    made = 0
    async for pk in Consortium.objects.order_by("pk").values_list("pk", flat=True):
        await mail_journal_head.defer_async(consortium_id=pk)
        made += 1
    return made


@app.periodic(cron="*/5 * * * *")
@app.task(queue="upkeep", pass_context=False)
async def retry_stalled(timestamp: int) -> int:
    """Hand back jobs whose worker died: a queue does not heal itself."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60))
    for job in stalled:
        await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
    return len(stalled)


@app.periodic(cron="17 3 * * *")
@app.task(queue="upkeep", pass_context=False)
def forget_what_is_past(timestamp: int) -> dict[str, int]:
    """Every night: ended sessions, counters that ran out, tokens long past their end."""
    return accounts.forget_what_is_past(at=clock.now())


@app.periodic(cron="40 2 * * *")
@app.task(queue="upkeep", pass_context=False)
def remove_ended_grants(timestamp: int) -> int:
    """Every night: grants whose records have ended. They counted for nothing; now they are gone."""
    at = clock.now()
    return sum(remove_ended(each, at=at) for each in Consortium.objects.order_by("pk"))
