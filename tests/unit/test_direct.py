"""What makes a /refer likely direct business, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alike import are_alike, contact_like
from bot.domain.direct import is_oneself, names_fellow, reads_as_own_order, take_out_mark
from bot.domain.errors import Refusal
from bot.domain.names import PersonName
from bot.domain.parsing import read_referral

ANNA = PersonName(1, "Anna", "Peeters", "annap")
CARLA = PersonName(3, "Carla", "De Smet", None)
DIRK = PersonName(4, "Dirk", None, "dirk_v")


@pytest.mark.parametrize(
    "contact",
    [
        "me",
        "Me",
        "myself",
        "I",
        "me, myself",
        "ik",
        "mij",
        "mezelf",
        "mijzelf",
        "ik zelf",
        "ikzelf",
        "moi",
        "moi-même",
        "ich",
        "mich",
        "mir",
        "ich selbst",
        "us",
        "for me",
        "voor mij",
        "pour moi",
        "für mich",
        "my company",
        "mijn zaak",
        "mon entreprise",
        "meine Firma",
        "Anna",
        "ANNA",
        "Anna Peeters",
        "peeters anna",
        "@annap",
        "annap",
        "Me (Anna)",
    ],
)
def test_the_giver_is_known_by_words_for_oneself_and_by_name(contact: str) -> None:
    assert is_oneself(contact, ANNA)


@pytest.mark.parametrize(
    "contact",
    [
        "Anna De Vos",
        "Peeters",
        "Annabel",
        "Piet Peeters",
        "Mia",
        "Ikram",
        "Irma",
        "Jean Moiret",
        "Mich Verbeke",
        "🏠",
        "my brother",
        "Anna's sister Mia",
        "mijn klant Piet",
        "Michael",
        "for",
        "my company's neighbour",
    ],
)
def test_others_are_not_the_giver_even_with_a_name_like_it(contact: str) -> None:
    assert not is_oneself(contact, ANNA)


OWN_ORDERS = [
    *("I need a new website", "i also need a logo", "we need an accountant", "I'm looking for a lawyer"),
    *("I would like a new roof", "I’d like to order some chairs", "a website for me", "new roof for my house, please"),
    *("a website for my company", "my company needs a website", "I need someone who builds websites"),
    *("ik zoek een dakwerker", "ik heb een nieuwe website nodig", "wij zoeken een boekhouder", "een logo voor mij"),
    *("een nieuw dak voor mijn huis", "website voor mijn zaak", "ik wil graag een offerte", "voor mezelf"),
    *("mijn bedrijf heeft een boekhouder nodig", "ik ben op zoek naar een drukker"),
    *("j'ai besoin d'un site", "j’ai vraiment besoin d'un avocat", "je cherche un plombier", "un site pour moi"),
    *("il me faut un toit", "un logo pour mon entreprise", "nous cherchons un comptable", "pour ma société"),
    *("ich brauche eine Webseite", "ich suche einen Anwalt", "ein Logo für mich", "eine Webseite für meine Firma"),
    *("wir brauchen ein Dach", "ich hätte gern eine Offerte", "Anna Peeters: I need a roof", "a logo. I need it soon"),
]


@pytest.mark.parametrize("text", OWN_ORDERS)
def test_an_order_of_the_givers_own_is_seen_in_four_languages(text: str) -> None:
    assert reads_as_own_order(text)
    assert reads_as_own_order(text.upper())


@pytest.mark.parametrize(
    "text",
    [
        *("needs a new website", "she needs a lawyer", "his company needs a roof", "for his company", "for her shop"),
        *("he works for me, and wants a website", "call her for me", "built my house, looks for clients for his firm"),
        *("she says I need to call her", "I need you to call him", "for my brother", "I need a roofer for my brother"),
        *("a website for my client", "asks for me", "I know her from my company", "looking for a lawyer", "for men"),
        *("I met her at the fair, she wants a logo", "I would like you to meet her", "for my mother's house"),
        *(
            "zij zoekt een dakwerker",
            "heeft een website nodig",
            "voor zijn zaak",
            "voor haar bedrijf",
            "zoekt een auto",
        ),
        *("hij werkt voor mij en zoekt een boekhouder", "ik zoek een dakwerker voor Piet", "voor mijn klant"),
        *("ik zoek een advocaat voor mijn buurvrouw", "ken ik van mijn zaak", "ik ken hem, hij heeft een dak nodig"),
        *(
            "elle cherche un avocat",
            "il a besoin d'un site",
            "pour son entreprise",
            "pour mon voisin",
            "cherche un toit",
        ),
        *("je cherche un plombier pour mon frère", "il travaille pour moi et cherche un comptable"),
        *(
            "sie braucht eine Webseite",
            "sucht einen Anwalt",
            "für seine Firma",
            "für meinen Bruder",
            "er sucht für mich",
        ),
        *("ich suche einen Anwalt für meine Schwester", "a new need", "", "ik", "I", "#12", "🏠"),
    ],
)
def test_somebody_elses_need_is_not_the_givers(text: str) -> None:
    assert not reads_as_own_order(text)


@given(
    who=st.sampled_from(["she", "he", "they", "Piet", "his company", "her brother", "hij", "elle", "sie", "zij"]),
    verb=st.sampled_from(["needs", "wants", "is looking for", "zoekt", "heeft nodig:", "cherche", "braucht"]),
    what=st.sampled_from(["a roof", "een logo", "un site", "eine Webseite", "a lawyer for the company"]),
)
def test_a_sentence_about_another_is_never_the_givers_order(who: str, verb: str, what: str) -> None:
    assert not reads_as_own_order(f"{who} {verb} {what}")


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    reads_as_own_order(text)
    is_oneself(text, ANNA)
    names_fellow(text, [ANNA, CARLA, DIRK])


@pytest.mark.parametrize(
    "contact", ["Carla De Smet", "de smet carla", "Carla Desmet", "CARLA", "@dirk_v", "Dirk @dirk_v"]
)
def test_a_fellow_member_is_known_by_mention_and_by_name(contact: str) -> None:
    assert names_fellow(contact, [CARLA, DIRK])


@pytest.mark.parametrize("contact", ["Carla Maes", "De Smet", "a friend of @dirk_v", "@someone", "Carlos", "Dirk Maes"])
def test_who_only_has_something_in_common_with_a_member_is_none(contact: str) -> None:
    assert not names_fellow(contact, [CARLA, DIRK])


def test_a_first_name_is_a_members_only_if_nobody_shares_it_and_no_details_follow() -> None:
    assert not names_fellow("Carla", [CARLA, PersonName(5, "Carla", "Maes", None)])
    assert not names_fellow("Carla", [CARLA], has_details=True)
    assert names_fellow("Carla De Smet", [CARLA], has_details=True)


def test_whom_telegram_marks_is_a_member_by_mention() -> None:
    assert names_fellow("Carla", [CARLA], marked={3}, has_details=True)
    assert not names_fellow("Carla's mother", [CARLA], marked={3})


@given(before=st.text(), after=st.text())
def test_the_mark_is_taken_out_and_all_else_keeps_its_place(before: str, after: str) -> None:
    text = f"{before} #Inside {after}"
    without, marked = take_out_mark(text)
    assert marked
    assert len(without) == len(text)
    assert without.endswith(f" {after}") or take_out_mark(after)[1]
    assert not take_out_mark(without)[1]


@pytest.mark.parametrize(
    "text", ["me: a roof #inside", "#INSIDE me: a roof", "me #inside : a roof", "me: #inside, a roof"]
)
def test_the_mark_is_in_neither_contact_nor_need(text: str) -> None:
    draft = read_referral(text, "BE")
    assert (draft.contact, draft.need, draft.inside) == ("me", "a roof", True)


@pytest.mark.parametrize(
    "text", ["Piet: #insider", "Piet: x#inside", "Piet: inside", "Piet: ##inside", "Piet: #insideout"]
)
def test_what_only_looks_like_the_mark_is_none(text: str) -> None:
    assert not read_referral(text, "BE").inside


@given(st.text())
def test_the_mark_changes_nothing_else_of_what_is_read(text: str) -> None:
    try:
        plain = read_referral(text, "BE")
    except Refusal:
        return
    marked = read_referral(f"{text} #inside", "BE")
    assert (marked.contact, marked.need, marked.inside) == (plain.contact, plain.need, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Piet Peeters", "peeters  PIET"),
        ("Zoë Müller", "Zoe Muller"),
        ("Jean-Pierre", "jean pierre"),
        ("De Smet", "Desmet"),
    ],
)
def test_names_are_compared_whatever_the_case_the_accents_the_spaces_and_the_order(one: str, other: str) -> None:
    assert are_alike(one, other)


@given(st.permutations(["Zoë", "van", "den", "BERGHE"]), st.booleans())
def test_no_order_and_no_case_makes_another_name(parts: list[str], shouted: bool) -> None:
    name = "  ".join(parts)
    assert are_alike(name.upper() if shouted else name, "Zoe Van Den Berghe")


@pytest.mark.parametrize(
    ("one", "other"), [("Piet", "Piet Peeters"), ("Piet 1", "Piet 2"), ("🏠", "🚗"), ("🏠", "Piet")]
)
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert not are_alike(one, other)


def test_the_same_number_is_the_same_contact_under_any_name() -> None:
    is_piet = contact_like("Piet", "+32 470 12 34 56")
    assert is_piet("P. Peeters", "+32 9 233 44 55, +32 470 12 34 56")
    assert not is_piet("Mia", "")
    assert not contact_like("Piet", "")("Mia", "")
