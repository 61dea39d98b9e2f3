"""/metrics: the tally, and what waits, as Prometheus reads it. Numbers only: no words, no ids of people, no token."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from bot.storage.queues import Backlog
from bot.storage.workplace import Workplace
from bot.tally import BOUNDS_S, Tally, Times
from bot.web.health import ANSWER_S


class Metrics:
    """Answers a scrape. What waits is asked of the database each time; all else was counted as it happened."""

    def __init__(self, workplace: Workplace, tally: Tally, caught_up: Callable[[], bool]) -> None:
        self._workplace = workplace
        self._tally = tally
        self._caught_up = caught_up
        self._process = CollectorRegistry()
        ProcessCollector(registry=self._process)

    async def show(self, _: Request) -> Response:
        """All figures of this moment; while the database is away, those that need none."""
        try:
            async with asyncio.timeout(ANSWER_S), self._workplace.look() as work:
                waits = await work.queues.backlog()
        except (SQLAlchemyError, TimeoutError):  # the workplace has told it, and `database_up` does
            backlog = None
        else:
            backlog = waits
        found = figures(self._tally, self._workplace.failures, self._caught_up(), backlog)
        registry = CollectorRegistry()
        registry.register(_Figures(found))
        return Response(generate_latest(registry) + generate_latest(self._process), media_type=CONTENT_TYPE_LATEST)


def figures(tally: Tally, failures: int, caught_up: bool, backlog: Backlog | None) -> list[Metric]:
    """All of Kring's own; without a backlog, as the database is away, none of what waits."""
    return [
        *_counted(tally),
        _total("database_errors", "Transactions that the database failed at", failures),
        _gauge("database_up", "Did the database answer just now? 1: yes", backlog is not None),
        _gauge("caught_up", "Does nothing from before wait at Telegram? 1: none does", caught_up),
        *(_waiting(backlog) if backlog else ()),
    ]


class _Figures(Collector):
    def __init__(self, figures: list[Metric]) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        return self._figures


def _counted(tally: Tally) -> Iterable[Metric]:
    yield _by("updates", "Updates by outcome: done, refused (told why), failed (set aside)", "outcome", tally.updates)
    yield _total("updates_passed_over", "What came from Telegram and was no update", tally.passed_over)
    statuses = {str(status): count for status, count in tally.posts_taken.items()}
    yield _by("webhook_requests", "Posts to the webhook, by the status of the answer", "status", statuses)
    yield _by("calls", "What was given to Telegram to say, by fate", "fate", tally.calls)
    yield _total("calls_held_back", "Those of them that Telegram answered with 429", tally.held_back)
    yield _times("update_commit", "From an update's arrival until it is kept for good", tally.to_commit)
    yield _times("update_reply", "From an update's arrival until Telegram has taken an answer to it", tally.to_reply)


def _waiting(backlog: Backlog) -> Iterable[Metric]:
    yield _gauge("inbox_waiting", "Updates without their effect yet", backlog.inbox)
    yield _gauge("inbox_oldest_seconds", "For how long the oldest of them waits", backlog.inbox_oldest_s)
    yield _gauge("outbox_waiting", "Messages that are not said yet", backlog.outbox)
    yield _gauge("outbox_oldest_seconds", "For how long the oldest of them waits", backlog.outbox_oldest_s)
    yield _gauge("posts_due", "Weekly posts whose moment has come and that are not said yet", backlog.posts_due)
    yield _gauge("posts_late", "Those of them that are due for a quarter of an hour", backlog.posts_late)


def _by(name: str, words: str, label: str, counts: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(f"kring_{name}", words, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family


def _total(name: str, words: str, count: int) -> Metric:
    return CounterMetricFamily(f"kring_{name}", words, value=count)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"kring_{name}", words, value=value)


def _times(name: str, words: str, times: Times) -> Metric:
    bounds = [*(str(bound) for bound in BOUNDS_S), "+Inf"]
    within = list(zip(bounds, accumulate(times.within), strict=True))
    family = HistogramMetricFamily(f"kring_{name}_seconds", words)
    family.add_metric([], buckets=within, sum_value=times.total_s)
    return family
