"""The order in which people look for names."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.sorting import sort_key


@pytest.mark.parametrize(
    "names",
    [
        ["Anna", "Émile", "Eva", "Zoë"],
        ["Lea", "Łukasz", "Lund", "Olaf", "Øystein", "Oz"],
        ["Aebi", "Ægir", "Aerts", "Afra"],
        ["Strass", "Straße 2", "Strasser", "Strauss"],
        ["Iep", "IJsbrand", "ĳsbrand 2", "Ilse"],
        ["Anna", "🌟 Anna", "❤️ Anneke", "1️⃣ Anouk", "(Ans)", "“Anton”"],
        ["@petra", "Piet", "@\u2060quinten", "Rik"],
        ["De Smet", "Decock", "D'Hondt", "D’Hondt", "Dirk"],
        ["An-Sofie", "An V.", "An Z.", "Anna"],
        ["2 Vrienden", "Anna", "Zoë", "Άννα", "Ωμέγα", "Анна", "Борис", "אבי", "בן", "أحمد", "?", "👨\u200d👩\u200d👧"],
    ],
)
def test_names_stand_where_people_look_for_them(names: list[str]) -> None:
    mixed = names[1::2] + names[::2]
    assert sorted(mixed, key=sort_key) == names


def test_accents_and_letter_case_only_decide_between_names_that_are_else_the_same() -> None:
    assert sorted(["Zoë B", "zoe a", "Zoé C", "Zoe D"], key=sort_key) == ["zoe a", "Zoë B", "Zoé C", "Zoe D"]
    assert sorted(["Zoë", "zoé", "ZOE", "zoe", "Zoe"], key=sort_key) == ["ZOE", "Zoe", "zoe", "zoé", "Zoë"]


NAMES = st.text(st.sampled_from("aAbzéÉøłßæĳ 🌟-'.@אبЯя") | st.characters(), max_size=12)


@given(names=st.lists(NAMES, unique=True, max_size=12), order=st.randoms(use_true_random=False))
@example(names=["é", "e\u0301", "E", "e"], order=None)
def test_the_order_is_the_same_however_the_names_come(names: list[str], order: object) -> None:
    ordered = sorted(names, key=sort_key)
    shuffle = getattr(order, "shuffle", list.reverse)
    shuffle(names)
    assert sorted(names, key=sort_key) == ordered
    assert len({sort_key(name) for name in names}) == len(names)


@given(name=NAMES, sign=st.sampled_from(["🌟 ", "@", "(", "👨\u200d👩\u200d👧 ", "7️⃣ ", "🇧🇪", "\u2068", "… "]))
def test_what_stands_before_a_name_and_is_not_read_does_not_move_it(name: str, sign: str) -> None:
    assert sort_key(sign + name)[0] == sort_key(name)[0]
