"""The seconds by which the sender keeps Telegram's limits, in a test that moves them."""

from datetime import timedelta
from types import SimpleNamespace

from bot.app import Kring
from tests.support.scene import Scene


class Watch(SimpleNamespace):
    """In the place of the module `time`."""

    now = 1000.0

    def monotonic(self) -> float:
        """What it shows."""
        return self.now


async def limit(scene: Scene, per_second: float = 30, per_minute_group: float = 20, per_second_chat: float = 1) -> None:
    """From now on the bot keeps these limits: Telegram's own, unless told."""
    said = {
        "send_per_second": per_second,
        "send_per_minute_group": per_minute_group,
        "send_per_second_chat": per_second_chat,
    }
    scene.settings = scene.settings.model_copy(update=said | {"daily_limit": 0})
    await scene.kring.close()
    scene.kring = Kring(scene.settings, scene.clock)
    await scene.kring.open()
    await scene.kring.connect()


async def wait(scene: Scene, watch: Watch, seconds: float, step: float = 1) -> None:
    """Let the time go by, step by step."""
    for _ in range(round(seconds / step)):
        watch.now += step
        scene.clock.forward(timedelta(seconds=step))
        await scene.kring.settle()
