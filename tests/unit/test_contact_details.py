"""Phone numbers and e-mail addresses are taken out of what the group sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, example_number_for_type, format_number
from phonenumbers.phonenumberutil import PhoneNumberType

from bot.domain.contact_details import Details, take_out

PIET = "+32 470 12 34 56"


@pytest.mark.parametrize(
    "typed",
    [
        *("0470 12 34 56", "0470123456", "0470/12.34.56", "0470.12.34.56", "04 70 12 34 56", "0470-12-34-56"),
        *("+32 470 12 34 56", "+32470123456", "0032 470 12 34 56", "+32 (0)470 12 34 56", "(0470) 12 34 56"),
    ],
)
def test_a_phone_number_is_found_however_it_is_typed(typed: str) -> None:
    assert take_out(f"call Piet {typed} soon", "BE") == Details("call Piet soon", (PIET,), ())


def test_a_number_without_country_code_is_one_of_the_clubs_country() -> None:
    assert take_out("Piet 06 12 34 56 78", "NL").phones == ("+31 6 12345678",)
    assert take_out("Piet 06 12 34 56 78", "FR").phones == ("+33 6 12 34 56 78",)


@pytest.mark.parametrize("typed", ["0470 12 34 5", "0470 12 34 567", "+32 470 12 34 5", "0470 12 34 56 7"])
def test_a_mistyped_phone_number_does_not_stay_in_the_group_either(typed: str) -> None:
    details = take_out(f"Piet {typed}: roof", "BE")
    assert len(details.phones) == 1
    assert details.text.startswith("Piet")
    assert "470" not in details.text
    assert "34" not in details.text


def test_of_many_phone_numbers_none_stays() -> None:
    numbers = [f"04{i:02d} 12 34 {i:02d}" for i in range(70, 99)]
    mistyped = [f"0470 12 3{i}" for i in range(10, 40)]
    for text in (" ".join(numbers), ", ".join(numbers), " ".join(mistyped), "\n".join(mistyped)):
        assert take_out(f"Piet {text}", "BE").text == "Piet"


@pytest.mark.parametrize(
    "typed",
    [
        *("gsm0470123456", "gsm0470 12 34 5", "GSM#0470123456", "gsm nr 0470123456", "tel 470123456"),
        *("gsm: 470/12.34.56", "gsm nummer: 470 123 456", "tel 2 123 45 67", "tel02/123.45.67", "gsm32470123456"),
        *("470 12 34 56", "470-12-34-56", "470/123456", "470-123-456", "470.12.34.56"),
        *("0470,12,34,56", "0470, 12, 34, 56", "0470:12:34:56", "0470_12_34_56", "0470|12|34|56", "0470'12'34'56"),
        *("0470-12-34-56", "0470/123456", "0470/12,34,56", "02_123_45_67", "0_470_12_34_56", "#0470123456"),
        *("(0)470 12 34 56", "(0)470_12_34_56", "(0470)_12_34_56", "+32 (0)470 12 34 56", "+32_470_12_34_56"),
        *("+ 32 (0) 470_12_34_56", "00 32 470 12 34 56", "00_32_470_12_34_56", "gsm+32470123456", "(+32)470_12_34_56"),
        *("gsm٠٤٧٠١٢٣٤٥٦", "０４７０,１２,３４,５６", "+33_6_12_34_56_78", "00 33_6_12_34_56_78"),
    ],
)
def test_a_phone_number_is_found_however_oddly_it_is_typed(typed: str) -> None:
    details = take_out(f"Piet {typed} soon", "BE")
    assert details.text == "Piet soon"
    assert len(details.phones) == 1


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Piet0470123456", "Piet"),
        ("room 12 470 12 34 56", "room 12"),
        ("#12 0470,12,34,56", "#12"),
        ("www.piet.be 0470 12 34 56", "www.piet.be"),
        ("to be 0470 12 34 56", "to be"),
        ("+32_470_12_34_56 € 500", "€ 500"),
    ],
)
def test_what_stands_before_a_number_does_not_hide_it(text: str, stays: str) -> None:
    assert take_out(text, "BE") == Details(stays, (PIET,), ())


@pytest.mark.parametrize(
    "text",
    [
        "budget 1.500.000 euro",
        "budget 25 000 000 euro",
        "€ 0,50 a piece, 10 000 pieces",
        "on 01/02/2026",
        "on 05.11.26",
        "from 09.00 - 17.00",
        "from 2019-2020 or 2019 2020",
        "at 09:30 25 000 euro, 09:30:15 or 09:00,10:00,11:00",
        "on 2026-01-02 25 000 euro, 2026-11-23 09:30",
        "on 12/11/2026 100 000 or 1.500,50",
        "mail 12/11/2026, mail 2026-11-23, mail 10 000 000",
        "phone 2026 12:30, phone 10 000 000, phone 12/11/2026, phone 2026-11-23",
        "470 123 456 pieces, 470.123.456 pieces, 470123456",
        "€ 470 12 34 56, 470 12 34 56 euro",
        "lots 1, 2, 3, 12, 13, 14, 15, 16, 485 12 15 20 30 40",
        "0,50, 12,34, 56,78",
        "VAT: 0471,456,789, KBO 0471_456_789, TVA BE0471456789, btw be0471456789",
        "BTW-nummer: 0471.456.789",
        "BTW BE 0471.456.789",
        "referral #12 and #123456789",
        "house 12, 9000 Gent",
        "write to @bert",
        "3 pieces @4.50 or @ 4.50",
        "an @bert.be",
        "piet@x .be",
        "Piet (at) Gent",
    ],
)
def test_amounts_dates_years_and_company_numbers_stay(text: str) -> None:
    assert take_out(text, "BE") == Details(text, (), ())


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("An an@x.be.", "an@x.be"),
        ("An <an.b+c@mail.x.co.uk>", "an.b+c@mail.x.co.uk"),
        ("An mailto:an@x.be,", "an@x.be"),
        ("An (e-mail: An@X.be)", "An@X.be"),
        ("An rené@exämple.be", "rené@exämple.be"),
        ("An piet @ x.be", "piet@x.be"),
        ("An piet@ x.be", "piet@x.be"),
        ("An piet(at)x.be", "piet@x.be"),
        ("An piet [at] x [dot] be", "piet@x.be"),
        ("An PIET (AT) mail (punt) X.be", "PIET@mail.X.be"),
        ("An piet@x[.]be", "piet@x.be"),
    ],
)
def test_an_e_mail_address_is_taken_out_however_it_is_typed(text: str, email: str) -> None:
    details = take_out(text, "BE")
    assert details.emails == (email,)
    assert details.text.rstrip(".") == "An"


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Piet, 0470 12 34 56, needs a roof", "Piet, needs a roof"),
        ("Piet 0470 12 34 56: needs a roof", "Piet: needs a roof"),
        ("Piet: tel 0470 12 34 56, needs a roof", "Piet: needs a roof"),
        ("Piet - 0470 12 34 56 - needs a roof", "Piet - needs a roof"),
        ("Piet (tel. 0470 12 34 56, an@x.be) needs a roof", "Piet needs a roof"),
        ("Piet gsm 0470 12 34 56", "Piet"),
        ("Piet, mobile: 0470 12 34 56", "Piet"),
        ("Piet ☎ 0470 12 34 56 or +33 6 12 34 56 78", "Piet"),
        ("Piet\nphone: 0470 12 34 56\nmail: an@x.be\nneeds a roof", "Piet\nneeds a roof"),
        ("needs a roof. 0470 12 34 56.", "needs a roof."),
        ("Piet gsm nr. 0470 12 34 56", "Piet"),
        ("Piet telephone0470123456", "Piet"),
        ("she wants a new phone 0470 12 34 56", "she wants a new phone"),
        ("0470 12 34 56", ""),
    ],
)
def test_what_stays_is_tidy(text: str, stays: str) -> None:
    assert take_out(text, "BE").text == stays


def test_the_same_number_or_address_counts_once_and_the_order_stays() -> None:
    details = take_out("+33 6 12 34 56 78 b@x.be 0470123456 a@x.be +32470123456 b@x.be", "BE")
    assert details == Details("", ("+33 6 12 34 56 78", PIET), ("b@x.be", "a@x.be"))


@given(
    country=st.sampled_from(["BE", "NL", "FR", "DE", "CH", "GB", "US", "ES", "LU", "IT"]),
    form=st.sampled_from([PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164, PhoneNumberFormat.NATIONAL]),
    kind=st.sampled_from([PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE]),
)
def test_a_number_as_its_own_country_writes_it_is_found(country: str, form: int, kind: int) -> None:
    number = example_number_for_type(country, kind)
    assert number is not None
    details = take_out(f"Piet Peeters {format_number(number, form)}: needs a roof", country)
    international = format_number(number, PhoneNumberFormat.INTERNATIONAL)
    assert details == Details("Piet Peeters: needs a roof", (international,), ())
