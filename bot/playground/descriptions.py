"""What the bot says of itself where it has not spoken yet: its description and its short description."""

from bot.playground.people import User, language_of


class Descriptions:
    """Texts by name ("description", "short_description") and language ("" is every language)."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    def set(self, name: str, language: str, text: str) -> None:
        """Set a text; an empty one takes it away."""
        self._texts[name, language] = text

    def get(self, name: str, language: str) -> str:
        """What was set for exactly this language."""
        return self._texts.get((name, language), "")

    def shown(self, name: str, person: User) -> str:
        """What this person reads: in their language, else what is there for every language."""
        return self.get(name, language_of(person)) or self.get(name, "")
