"""The template of the catalogues, and bringing the catalogues in step with it: `make catalogues`.

A sentence that is new stands empty in each catalogue then, one that was changed is marked fuzzy, one that is gone is
gone; the guards tell until all are translated.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.app import COMMANDS
from bot.texts.catalogues import LOCALES
from bot.texts.vocabulary import COMMAND, WORDS

ROOT = Path(__file__).parents[2]
# What takes a sentence, with the number of its arguments that are one.
SENTENCES_OF = {"t": 1, "plain": 1, "n": 2, "marked": 1}


def sentences() -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the texts say, with the file it stands in: a sentence, or one and many of it."""
    for path in sorted((ROOT / "bot/texts").glob("*.py")):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: call.lineno):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            taken = [a.value for a in call.args[: SENTENCES_OF.get(name, 0)] if isinstance(a, ast.Constant)]
            if taken and all(isinstance(sentence, str) for sentence in taken):
                yield path.relative_to(ROOT).as_posix(), tuple(map(str, taken))


def template() -> Catalog:
    """All that a language needs to say and to understand."""
    made = Catalog(fuzzy=False)
    for place, said in sentences():
        made.add(said if len(said) > 1 else said[0], locations=[(place, 0)])
    for command in COMMANDS:
        declared = [(command.handler.__module__.replace(".", "/") + ".py", 0)]
        made.add(command.name, context=COMMAND, locations=declared)
        for said_of_it in (command.summary, command.usage, *command.examples):
            made.add(said_of_it, locations=declared)
    for kind, words in WORDS.items():
        for word in words:
            made.add(word, context=kind, locations=[("bot/texts/vocabulary.py", 0)])
    return made


def read(path: Path) -> Catalog:
    """The catalogue in this file."""
    with path.open("rb") as file:
        return read_po(file)


def write(path: Path, catalogue: Catalog) -> None:
    """Write it as all catalogues are written, with the header that is needed and no more."""
    header = f"""msgid ""
msgstr ""
"Language: {catalogue.locale}\\n"
"Plural-Forms: {catalogue.plural_forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(file, catalogue, width=120, omit_header=True, include_previous=True, include_lineno=False)


def main() -> None:
    """Bring each catalogue in step with what the code says."""
    for path in sorted(LOCALES.glob("*.po")):
        catalogue = read(path)
        catalogue.update(template(), update_creation_date=False)
        catalogue.obsolete.clear()
        write(path, catalogue)


if __name__ == "__main__":
    main()
