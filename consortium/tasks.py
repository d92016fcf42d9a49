"""Background work of the kernel. Every task carries its tenant and may run twice without harm."""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

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


@app.periodic(cron="*/5 * * * *")
@app.task(queue="upkeep", pass_context=False)
async def retry_stalled(timestamp: int) -> int:
    """Hand back jobs whose worker died: a queue does not heal itself."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60))
    for job in stalled:
        await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
    return len(stalled)
