"""What Telegram finds in a text by itself."""

import pytest

from bot.playground.entities import clean, detect


def found(text: str) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le")
    return [
        (entity["type"], units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"))
        for entity in detect(text)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("x @bert y", "mention", "@bert"),
        ("1  @bert_1  3", "mention", "@bert_1"),
        ("🎉@everyone, hello", "mention", "@everyone"),
        ("\u2068@bert\u2069", "mention", "@bert"),
        ("@GIF", "mention", "@GIF"),
        ("to /undo@KringBot", "bot_command", "/undo@KringBot"),
        ("a #tag", "hashtag", "#tag"),
        ("a $EUR", "cashtag", "$EUR"),
        ("tg://resolve?domain=bert.", "url", "tg://resolve?domain=bert"),
        ("t.me/x", "url", "t.me/x"),
        ("\u2068أحمد https://evil.example/a\u2069", "url", "https://evil.example/a"),
    ],
)
def test_mentions_commands_tags_and_addresses_are_found(text: str, kind: str, what: str) -> None:
    assert found(text) == [(kind, what)]


@pytest.mark.parametrize(
    "text",
    [
        *("@b", "@ber", "a@bert", "é@bert", "@berté", "@" + "b" * 33, "@\u2060bert", "@ bert", "@-bert"),
        *("a/undo", "/\u2060undo", "#12", "#\u2060tag", "$eur", "t.\u2060me/\u2060x", "tg:/\u2060/\u2060x", "J.P."),
    ],
)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert found(text) == []


def test_what_turns_a_text_around_or_draws_over_it_is_left_out_and_isolates_are_kept() -> None:
    assert clean("a\u202eb\u2028c\u202a A\u030a \u2068d\u2069 @\u2060e\tf\r") == "abc A \u2068d\u2069 @\u2060e f"
