"""A club that is served, and what the doctor says of it."""

from pathlib import Path

from tests.support.command_line import CommandLine
from tests.support.scene import Scene


class Patient:
    """A club that is served, and what the doctor says of it."""

    def __init__(self, scene: Scene, kring: CommandLine, folder: Path) -> None:
        self.scene = scene
        self.kring = kring
        self.folder = folder

    async def look(self, about: str) -> tuple[int, list[str]]:
        """The exit code, and what is found about this: `weight words → to do`."""
        answer = await self.kring.later("doctor")
        return answer.code, [_line(row) for row in answer.out.splitlines() if row.split("\t")[1] == about]


def _line(row: str) -> str:
    weight, _, words, to_do = row.split("\t")
    return f"{weight}: {words}" + (f" → {to_do}" if to_do else "")
