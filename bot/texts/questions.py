"""What is said about the question of the month."""

from datetime import datetime, time

from markupsafe import Markup

from bot.domain.questions import FEWEST, Answer, Question
from bot.texts.language import Language


def question(lang: Language, asked: Question) -> Markup:
    """The question in the group, with how many answered; never who, nor what."""
    said = [
        lang.t("<b>Have the other members given you many referrals?</b>"),
        lang.t("One tap; the answers are counted without names."),
    ]
    if asked.answered:
        said.append(lang.n("{count} member answered.", "{count} members answered.", asked.answered))
    return Markup("\n").join(said)


def answer_button(lang: Language, answer: Answer) -> str:
    """The label of an answer."""
    match answer:
        case Answer.YES:
            return lang.plain("Yes")
        case Answer.SOME:
            return lang.plain("Some")
        case _:
            return lang.plain("Not yet")


def counted_alert(lang: Language) -> str:
    """The answer to the first tap."""
    return lang.plain("Thank you, it is counted.")


def month(lang: Language, asked: Question, *, is_over: bool) -> Markup:
    """What a month's answers were, once nobody can tell from a change who said what."""
    name = lang.month(datetime.combine(asked.first_day, time()))
    if not is_over:
        return lang.n(
            "{month}: {count} member answered so far",
            "{month}: {count} members answered so far",
            asked.answered,
            month=name,
        )
    if asked.answered < FEWEST:
        return lang.n(
            "{month}: {count} member answered, too few for a figure",
            "{month}: {count} members answered, too few for a figure",
            asked.answered,
            month=name,
        )
    return lang.t(
        "{month}: {yes} yes, {some} some, {not_yet} not yet",
        month=name,
        yes=asked.yes,
        some=asked.some,
        not_yet=asked.not_yet,
    )
