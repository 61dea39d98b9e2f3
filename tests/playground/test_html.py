"""Telegram's HTML, and what of it is refused."""

import pytest

from bot.playground.entities import finish
from bot.playground.html import parse
from bot.playground.people import Json, User, named
from bot.playground.refusal import RefusedError

BERT = named(7, "Bert", None, "bertp", "en")


def find_user(user_id: int) -> User | None:
    return BERT if user_id == 7 else None


def entity(type_: str, offset: int, length: int, **more: object) -> Json:
    return {"type": type_, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>a</b> <strong>b</strong>", "a b", [entity("bold", 0, 1), entity("bold", 2, 1)]),
        ("<i>a</i><em>b</em>", "ab", [entity("italic", 0, 1), entity("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        ("<s>a</s><del>b</del>", "ab", [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [entity("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
        ("<code>/a @bertp</code>", "/a @bertp", [entity("code", 0, 9)]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [entity("pre", 0, 1, language="python")],
        ),
        (
            '<a href="https://a.be/?x=1&amp;y=2">a</a>',
            "a",
            [entity("text_link", 0, 1, url="https://a.be/?x=1&y=2")],
        ),
        ("<a href='http://a.be'>a</a>", "a", [entity("text_link", 0, 1, url="http://a.be/")]),
        ('<a href="tg://user?id=7">B</a>', "B", [entity("text_mention", 0, 1, user=BERT.card())]),
        ('<a href="tg://user?id=8">B</a>', "B", []),
        ('<a href="nonsense">B</a>', "B", []),
        ("&lt;b&gt; &amp;&quot;&#39;&#x1F389; &nbsp;", "<b> &\"'🎉 &nbsp;", []),
        ("🎉<b>a<i>b</i></b>", "🎉ab", [entity("bold", 2, 2), entity("italic", 3, 1)]),
        ("<B>a</B>", "a", [entity("bold", 0, 1)]),
        ("<b></b>a", "a", []),
        (
            "<b>a<code>b</code>c</b>",
            "abc",
            [entity("bold", 0, 1), entity("code", 1, 1), entity("bold", 2, 1)],
        ),
        ("  a <b>b </b> \n", "a b", [entity("bold", 2, 1)]),
        (
            "<b>@bertp</b> /top",
            "@bertp /top",
            [entity("bold", 0, 6), entity("mention", 0, 6), entity("bot_command", 7, 4)],
        ),
    ],
)
def test_tags_become_entities(html: str, text: str, entities: list[Json]) -> None:
    assert finish(*parse(html, find_user)) == (text, entities)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("é <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "<a href>a</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_html_that_telegram_cannot_parse_is_refused_in_its_words(html: str, words: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse(html, find_user)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


def test_what_the_playground_cannot_show_is_not_taken_for_wrong() -> None:
    with pytest.raises(RefusedError) as refused:
        parse('<tg-emoji emoji-id="1">a</tg-emoji>', find_user)
    assert refused.value.code == 501
