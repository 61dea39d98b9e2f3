"""What is in deploy, the Dockerfile and compose.yaml: it names only what there is, and the tools that know it agree.

The tools are used where they are: `apt install prometheus caddy systemd` has promtool, caddy and systemd-analyze;
hadolint and a YAML reader come with the locked requirements. There is no container engine here to try it in.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from bot.storage.queues import Backlog
from bot.tally import Tally
from bot.web.metrics import figures
from tests.guards.source import ROOT

DEPLOY = ROOT / "deploy"
ALERTS, DASHBOARD, COMPOSE = DEPLOY / "alerts.yaml", DEPLOY / "dashboard.json", ROOT / "compose.yaml"
DOCKERFILE, UNIT = ROOT / "Dockerfile", DEPLOY / "kring.service"
OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")


def tool(name: str) -> str:
    """Where the tool is; without it, the test is skipped."""
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        pytest.skip(f"there is no {name} here")
    return found


def checked(*command: str, **environment: str) -> None:
    """The tool has nothing to say against it."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603  ours
    assert done.returncode == 0, done.stdout + done.stderr


def exposed() -> set[str]:
    """The names of all figures, as a scrape has them."""
    found = figures(Tally(), 0, True, Backlog(0, 0.0, 0, 0.0, 0, 0))
    return {sample.name for each in found for sample in each.samples}


def named(text: str) -> set[str]:
    return set(re.findall(r"\bkring_(?!data\b)[a-z_]+", text))


@pytest.mark.parametrize("path", [ALERTS, DASHBOARD], ids=lambda path: path.name)
def test_alerts_and_dashboard_ask_for_figures_that_there_are(path: Path) -> None:
    asked = named(path.read_text("utf-8"))
    assert len(asked) > 4
    assert asked - exposed() == set()


def test_the_documentation_lists_each_figure_and_no_other() -> None:
    plain = {re.sub(r"_seconds_(bucket|count|sum)$", "_seconds", name) for name in exposed()}
    assert named(OPERATING) == plain


def test_for_each_alert_the_documentation_says_what_to_do() -> None:
    text = ALERTS.read_text("utf-8")
    alerts = re.findall(r"- alert: (\w+)", text)
    assert len(alerts) == 5
    assert re.findall(r"runbook: docs/operating\.md#(\w+)", text) == [alert.lower() for alert in alerts]
    assert re.findall(r"^### (\w+)$", OPERATING, re.MULTILINE) == alerts


def test_the_links_within_the_documentation_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", OPERATING, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", OPERATING)) <= anchors
    readme = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"docs/operating\.md#([^)]+)\)", readme)) <= anchors


def test_the_dashboard_has_a_place_and_words_for_each_panel() -> None:
    panels: list[dict[str, Any]] = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [
        (x, y)
        for at in (panel["gridPos"] for panel in panels)
        for x in range(at["x"], at["x"] + at["w"])
        for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24
    assert all(panel["title"] and panel["targets"] for panel in panels)


def test_what_the_files_set_are_settings() -> None:
    texts = [path.read_text("utf-8") for path in (DOCKERFILE, COMPOSE)]
    known = {name.upper() for name in Settings.model_fields}
    known |= {"PATH", "PYTHONPATH", "PYTHONUNBUFFERED"}  # Python's
    known |= {"POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB", "DOMAIN"}  # the other services'
    dockerfile = set(re.findall(r"^(?:ENV| {4})\s*([A-Z_]+)=", texts[0], re.MULTILINE))
    compose = set(re.findall(r"^ +([A-Z_]+):|\$\{([A-Z_]+)", texts[1], re.MULTILINE))
    assert dockerfile | {name for pair in compose for name in pair if name} <= known


def test_the_image_starts_what_make_run_starts() -> None:
    text = DOCKERFILE.read_text("utf-8")
    assert 'ENTRYPOINT ["python", "-m", "bot"]\nCMD ["run"]' in text
    assert "-m bot run" in UNIT.read_text("utf-8")
    copied = re.findall(r"^COPY (\S+) ", text, re.MULTILINE)
    for name in (name for name in copied if not name.startswith("--")):
        assert (ROOT / name).exists(), name
        assert f"!{name}\n" in (ROOT / ".dockerignore").read_text("utf-8")


def test_hadolint_agrees() -> None:
    checked(tool("hadolint"), "--failure-threshold", "info", str(DOCKERFILE))


def test_promtool_agrees() -> None:
    checked(tool("promtool"), "check", "rules", str(ALERTS))


def test_caddy_agrees(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "DOMAIN": "kring.example"}
    checked(tool("caddy"), "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile"), **home)


def test_systemd_agrees(tmp_path: Path) -> None:
    analyze = tool("systemd-analyze")
    unit = tmp_path / "kring.service"
    unit.write_text(re.sub(r"/opt/kring/\S+/python", sys.executable, UNIT.read_text("utf-8")))
    checked(analyze, "verify", str(unit))
    checked(analyze, "security", "--offline=true", "--threshold=20", str(unit))


def test_compose_has_both_profiles_and_nobody_may_do_more_than_needed() -> None:
    compose = yaml.safe_load(COMPOSE.read_text("utf-8"))
    services: dict[str, dict[str, Any]] = compose["services"]
    assert {name: each["profiles"] for name, each in services.items()} == {
        "kring": ["one"],
        **{name: ["many"] for name in ("replica", "database", "proxy")},
    }
    for name in ("kring", "replica"):
        assert services[name]["read_only"]
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["security_opt"] == ["no-new-privileges:true"]
        assert "ports" not in services[name]
    assert services["replica"]["deploy"]["replicas"] == 3
    volumes = {volume.partition(":")[0] for each in services.values() for volume in each.get("volumes", ())}
    assert {volume for volume in volumes if not volume.startswith(".")} == set(compose["volumes"])
    assert all((ROOT / volume).exists() for volume in volumes if volume.startswith("."))
