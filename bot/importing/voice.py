"""What is said while a file is dealt with: made by the handlers, whose buttons lead back to them."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from bot.domain.imports.brought import Import, Layout
from bot.domain.imports.plan import Plan
from bot.domain.models import Club
from bot.domain.outgoing import Outgoing
from bot.texts.language import Language


@dataclass(frozen=True)
class Voice:
    """`matching` asks what the columns are, `tried` whether to take it in, `done` says that it was; how many members
    are known by name only is told with it. `report` is the file with each line, `change` anything else."""

    matching: Callable[[Language, Import, Layout], Outgoing]
    tried: Callable[[Language, Import, Club, Plan], Outgoing]
    done: Callable[[Language, Import, Club, int], Outgoing]
    report: Callable[[Language, Import], Outgoing]
    change: Callable[[Import, Markup], Outgoing]
