"""What follows /refer, /thanks and /undo."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.amounts import Amount
from bot.domain.errors import LongContact, NoContact, Refusal, TooLong, UnknownNumber, UnknownWord
from bot.domain.parsing import (
    MAX_CONTACT,
    MAX_NEED,
    MAX_NOTE,
    ReferralDraft,
    ThanksDraft,
    read_number,
    read_referral,
    read_thanks,
)

PHONE = "+32 470 12 34 56"


@pytest.mark.parametrize(
    ("text", "contact", "need"),
    [
        ("Piet Peeters: needs a website", "Piet Peeters", "needs a website"),
        ("Piet Peeters\nneeds a website", "Piet Peeters", "needs a website"),
        ("Piet Peeters - needs a website", "Piet Peeters", "needs a website"),
        ("Piet Peeters – needs a website", "Piet Peeters", "needs a website"),
        ("Jean-Pierre — a kitchen", "Jean-Pierre", "a kitchen"),
        ("Piet Peeters, needs a website", "Piet Peeters", "needs a website"),
        ("Piet, An and Jo: a house", "Piet, An and Jo", "a house"),
        ("Piet: roof - red, not blue: soon", "Piet", "roof - red, not blue: soon"),
        ("Piet Peeters", "Piet Peeters", ""),
        ("Piet:", "Piet", ""),
        ("  Piet\u00a0 \tPeeters :  a   roof ", "Piet Peeters", "a roof"),
        ("Piet:\n\n\na roof\r\n\n\n\n- red", "Piet", "a roof\n\n- red"),
        ("Pi\0et\ud800\u202e: ro\x07of", "Piet", "roof"),
        ("🎉: a party", "🎉", "a party"),
        ("李: 网站", "李", "网站"),
    ],
)
def test_the_contact_ends_where_the_contract_says(text: str, contact: str, need: str) -> None:
    assert read_referral(text, "BE") == ReferralDraft(contact, need, "", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Piet Peeters 0470 12 34 56: a roof", ReferralDraft("Piet Peeters", "a roof", PHONE, "")),
        ("Piet Peeters: a roof, 0470 12 34 56", ReferralDraft("Piet Peeters", "a roof", PHONE, "")),
        ("An, an@x.be, wants a kitchen", ReferralDraft("An", "wants a kitchen", "", "an@x.be")),
        ("Piet (0470/12.34.56, an@x.be) - roof", ReferralDraft("Piet", "roof", PHONE, "an@x.be")),
        ("Piet\ntel: 0470123456\na roof", ReferralDraft("Piet", "a roof", PHONE, "")),
        ("Piet 0470123456 +33 6 12 34 56 78", ReferralDraft("Piet", "", f"{PHONE}, +33 6 12 34 56 78", "")),
    ],
)
def test_contact_details_are_kept_apart(text: str, expected: ReferralDraft) -> None:
    assert read_referral(text, "BE") == expected


@pytest.mark.parametrize("text", ["", " \n ", ": a roof", "...", "-", "0470 12 34 56", "an@x.be", "\u200b\u3164", "\0"])
def test_a_referral_without_a_name_is_refused(text: str) -> None:
    with pytest.raises(NoContact):
        read_referral(text, "BE")


def test_a_contact_and_a_need_have_a_longest_length() -> None:
    longest = read_referral("p" * MAX_CONTACT + ":" + "n" * MAX_NEED, "BE")
    assert (len(longest.contact), len(longest.need)) == (MAX_CONTACT, MAX_NEED)
    with pytest.raises(LongContact) as long_contact:
        read_referral("p" * (MAX_CONTACT + 1) + ": a roof", "BE")
    assert long_contact.value.limit == MAX_CONTACT
    with pytest.raises(TooLong) as long_need:
        read_referral("Piet:" + "n" * (MAX_NEED + 1), "BE")
    assert long_need.value.limit == MAX_NEED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€1.500 #12 Piet's website", ThanksDraft(Amount(150000, "EUR"), 12, "Piet's website")),
        ("#12 €1.500 Piet's website", ThanksDraft(Amount(150000, "EUR"), 12, "Piet's website")),
        ("1500, #12, the site", ThanksDraft(Amount(150000, "EUR"), 12, "the site")),
        ("#12", ThanksDraft(None, 12, "")),
        ("#012 thanks", ThanksDraft(None, 12, "thanks")),
        ("€20", ThanksDraft(Amount(2000, "EUR"), None, "")),
        ("for the website", ThanksDraft(None, None, "for the website")),
        ("#great work", ThanksDraft(None, None, "#great work")),
        ("#12th of May", ThanksDraft(None, None, "#12th of May")),
        ("#1234567890", ThanksDraft(None, None, "#1234567890")),
        ("great #12", ThanksDraft(None, None, "great #12")),
        ("", ThanksDraft(None, None, "")),
        ("20\n\n\n\nfor\0 the   roof", ThanksDraft(Amount(2000, "EUR"), None, "for the roof")),
    ],
)
def test_thanks_have_an_amount_a_number_and_a_note(text: str, expected: ThanksDraft) -> None:
    assert read_thanks(text, "EUR", "BE") == expected


def test_there_is_no_referral_number_zero() -> None:
    for text in ("#0", "€5 #00 thanks"):
        with pytest.raises(UnknownNumber):
            read_thanks(text, "EUR", "BE")


def test_a_note_has_a_longest_length() -> None:
    assert len(read_thanks("n" * MAX_NOTE, "EUR", "BE").note) == MAX_NOTE
    with pytest.raises(TooLong):
        read_thanks("€5 " + "n" * (MAX_NOTE + 1), "EUR", "BE")


def test_the_number_to_undo_may_have_its_sign_or_not() -> None:
    assert read_number("12") == read_number(" #12 ") == 12
    assert read_number(" \u200b") is None


@pytest.mark.parametrize("text", ["twelve", "12 13", "#", "-1", "١٢", "1234567890"])
def test_anything_else_is_no_number_to_undo(text: str) -> None:
    with pytest.raises(UnknownWord):
        read_number(text)
    with pytest.raises(UnknownNumber):
        read_number("#0")


PARTS = st.sampled_from(
    ["0470 12 34 56", "an@x.be", "€", "1.500", "#12", "#", ":", " - ", ",", "\n", " ", "Piet", "\0"]
)
ANY_TEXT = st.lists(PARTS, max_size=15).map("".join) | st.text(max_size=80) | st.text(st.characters(), max_size=80)


@given(text=ANY_TEXT)
def test_any_text_gives_a_clean_draft_or_a_refusal(text: str) -> None:
    try:
        referral = read_referral(text, "BE")
        assert 0 < len(referral.contact) <= MAX_CONTACT
        assert "\n" not in referral.contact
        assert "\n\n\n" not in referral.need
        (referral.contact + referral.need).encode()  # no lone surrogates
        assert not any(char < " " and char != "\n" for char in referral.contact + referral.need)
    except Refusal:
        pass
    try:
        read_thanks(text, "EUR", "BE").note.encode()
        read_number(text)
    except Refusal:
        pass


@given(piece=st.text(st.sampled_from("0123456789+()/.-, :#@a€\n\0"), min_size=1, max_size=12))
@example("0470 12 34 56 ")
@example("012345678 ")
@example("+1-2/3")
def test_the_longest_message_is_read_while_nobody_waits(piece: str) -> None:
    text = (piece * 4096)[:4096]
    for long_text in (text, text[:2000]):
        began = time.process_time()
        for read in (lambda t: read_referral(t, "BE"), lambda t: read_thanks(t, "EUR", "BE")):
            try:
                read(long_text)
            except Refusal:
                continue
        # Not a measure of speed: a pattern that backtracks would take minutes of the processor's own time.
        assert time.process_time() - began < 10
