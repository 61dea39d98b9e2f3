"""What holds of any text from which contact details are taken."""

import re
import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.contact_details import Details, take_out

MOBILE_GROUPS = st.sampled_from([(4, 2, 2, 2), (4, 6), (10,), (4, 3, 3), (2, 2, 2, 2, 2)])
LANDLINE_GROUPS = st.sampled_from([(2, 3, 2, 2), (3, 2, 2, 2), (9,), (2, 7), (3, 6)])
SEPARATORS = st.sampled_from([" ", ".", "-", "/", "_", ",", ":", "|", "–", "\u00a0"])
LABELS = st.sampled_from(["", "gsm", "tel ", "Tel.: ", "GSM:", "mobile: ", "#", "x", "(", "☎", "gsm nr ", "12 or "])


@st.composite
def typed_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """The nine or eight digits of a Belgian number, and one of the usual ways to type it."""
    mobile = draw(st.booleans())
    pattern = r"4[5-9][0-9]{7}" if mobile else r"(?:2[2-8]|3[2-8]|50|9[2-4]|5[1-9])[1-9][0-9]{5}"
    national = draw(st.from_regex(pattern, fullmatch=True))
    separator = draw(SEPARATORS)
    prefix = draw(st.sampled_from(["0", "+32", "+32 ", "0032", "0032 ", "00 32 ", "+32 (0)", "(0)", ""]))
    label = draw(LABELS) if prefix else draw(st.sampled_from(["", "gsm ", "tel: "]))
    digits, at, groups = "0" + national, 0, []
    for size in draw(MOBILE_GROUPS if mobile else LANDLINE_GROUPS):
        groups.append(digits[at : at + size])
        at += size
    if not prefix:
        groups = [national[:3], *(national[i : i + 2] for i in range(3, 9, 2))] if mobile else ["0" + national]
    typed = separator.join(groups)
    if prefix not in ("0", ""):
        typed = prefix + typed.removeprefix("0").removeprefix(separator)
    return national, label + typed


@given(
    number=typed_numbers(),
    before=st.sampled_from(["Piet ", "", "Piet, "]),
    after=st.sampled_from([" roof", "", ": roof"]),
)
def test_no_usual_way_to_type_a_number_leaves_its_digits(number: tuple[str, str], before: str, after: str) -> None:
    national, typed = number
    details = take_out(before + typed + after, "BE")
    assert re.sub(r"[^0-9]", "", details.text.replace("12 or", "")) == ""
    assert [re.sub(r"[^0-9]", "", phone) for phone in details.phones] == ["32" + national]


WORDS = st.sampled_from(["roof", "Piet", "for", "in Gent", "budget", "on", "at", "ref #12", "mail", "phone"])
AMOUNTS = st.integers(1, 10**7).flatmap(
    lambda units: st.sampled_from(
        [f"{units}", f"{units:,}", f"{units:,}".replace(",", " "), f"{units:,}".replace(",", ".")]
    )
)
MONEY = st.tuples(AMOUNTS, st.sampled_from(["", " euro", " EUR", "€", " k"])).map("".join)
DAYS = st.dates(date(1990, 1, 1), date(2039, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}", f"{day:%d-%m-%Y}", f"{day.year}"]
    )
)
HOURS = st.times().map(lambda hour: f"{hour:%H:%M}")
FIGURES = MONEY | DAYS | HOURS | st.tuples(DAYS, HOURS).map(" ".join)


@given(parts=st.lists(st.tuples(WORDS, FIGURES).map(" ".join), max_size=6), gap=st.sampled_from([" ", ", ", "\n"]))
def test_words_amounts_and_dates_are_left_alone(parts: list[str], gap: str) -> None:
    text = gap.join(parts)
    assert take_out(text, "BE") == Details(text, (), ())


@pytest.mark.parametrize(
    "part",
    [
        *(
            "0470 12 34 56 ",
            "0470123456",
            "gsm0470,12,34,5 ",
            "470 12 ",
            "0 ",
            "(0",
            "00 ",
            "001 ",
            "01 ",
            "0_",
            "+999 1234 5678 9 ",
        ),
        *("a@", "a.", "a (at) ", "a[dot]", "a @ a.", " @ ", "(", "gsm nr ", "+", "\0", "."),
    ],
)
def test_a_hostile_text_takes_no_longer_than_a_blink(part: str) -> None:
    text = (part * 4096)[:4096]
    began = time.process_time()
    take_out(text, "BE")
    assert time.process_time() - began < 0.5  # about 0.04 in fact; slow machines are not the point


PARTS = st.sampled_from(
    [
        "0470 12 34 56",
        "an@x.be",
        "tel:",
        "(",
        ")",
        ",",
        " ",
        "\n",
        ":",
        "+32",
        "0",
        "@",
        ".",
        "Piet",
        "#",
        "_",
        "12",
        "(at)",
        "[dot]",
    ]
)


@given(text=st.lists(PARTS, max_size=20).map("".join) | st.text(max_size=80) | st.text(st.characters(), max_size=60))
@example("0470 12 34 56 " * 290)
@example("a@" + "a." * 2000)
@example("\0\ud800tel:\0")
def test_any_text_is_taken_and_no_address_found_stays(text: str) -> None:
    details = take_out(text, "BE")
    assert not any(email in details.text for email in details.emails)
    assert not any(phone in details.text for phone in details.phones)
    assert len(details.text) <= len(text) + 3 * (len(details.phones) + len(details.emails)) + 3
