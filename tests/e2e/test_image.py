"""The commands of the Dockerfile and the systemd unit, taken from there and run: no container engine is needed."""

import asyncio
import json
import re
import signal
import sys

import pytest

from tests.support.hooked import free_port
from tests.support.operator import Operator
from tests.support.process import ROOT, BotProcess, until

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = (ROOT / "deploy/kring.service").read_text("utf-8")


def of_the_image(instruction: str) -> list[str]:
    """The command of this instruction, with this Python."""
    (found,) = re.findall(rf"^{instruction} (\[.*\])$", DOCKERFILE, re.MULTILINE)
    words: list[str] = json.loads(found)
    return [sys.executable if word == "python" else word for word in words]


def of_the_unit() -> list[str]:
    (found,) = re.findall(r"^ExecStart=\S+/python (.*)$", UNIT, re.MULTILINE)
    return [sys.executable, *found.split()]


async def healthy(port: int) -> bool:
    """What the image's health check says of a program at this port."""
    command = [word.replace(":8080/", f":{port}/") for word in of_the_image(r"HEALTHCHECK .*\\\n +CMD")]
    check = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
    return await check.wait() == 0


def started_by(operator: Operator, command: list[str], **settings: str) -> BotProcess:
    program = operator.prepare(**settings)
    program.command = tuple(command)
    return program


@pytest.mark.parametrize("command", [of_the_image("ENTRYPOINT") + of_the_image("CMD"), of_the_unit()])
async def test_it_starts_answers_and_ends_when_asked(operator: Operator, command: list[str]) -> None:
    program = started_by(operator, command)
    await program.start()
    operator.says("/refer @bert Contact0x: a roof")
    await until(lambda: operator.heard_of() == ["0"])
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0


async def test_the_health_check_tells_whether_it_lives(operator: Operator) -> None:
    port = free_port()
    program = started_by(operator, of_the_image("ENTRYPOINT") + of_the_image("CMD"), LISTEN=f"127.0.0.1:{port}")
    assert not await healthy(port)
    await program.start()
    await until(lambda: "Kring runs as" in program.log)
    assert await healthy(port)
    program.signal(signal.SIGSTOP)
    assert not await healthy(port)
    program.signal(signal.SIGCONT)
