"""What can be wrong with an import as such; the sentences are in bot.texts.refusals."""

from bot.domain.errors import Refusal


class NothingToTakeBack(Refusal):
    """No import of the club's can be taken back."""


class ImportOver(Refusal):
    """An import from too long ago: too much may have been built on it."""


class ImportGone(Refusal):
    """A button of an import that is decided on, or whose file is kept no longer."""
