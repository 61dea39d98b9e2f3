"""Chains of referrals: no loops whatever is tried, and a drawing in which each stands once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chains import ancestors, first_of, makes_loop, same_contact, tree
from bot.domain.models import Referral, Source

NODES = st.integers(1, 9)
ATTEMPTS = st.lists(st.tuples(NODES, NODES), max_size=40)
A_REFERRAL = Referral(
    id=1,
    club_id=1,
    number=1,
    giver_id=1,
    recipient_id=2,
    contact="",
    need="",
    phone="",
    email="",
    kind="outside",
    given_at=datetime(2026, 3, 10, tzinfo=UTC),
    undone_at=None,
    undone_by_id=None,
    status="new",
    declined_at=None,
    kind_asked=False,
    warmth=None,
    agreed=None,
    via_id=None,
    double_of_id=None,
    source=Source(1, 1),
)


def linked(attempts: list[tuple[int, int]]) -> dict[int, int | None]:
    """The links that stand once all of these were tried, one after the other."""
    links: dict[int, int | None] = dict.fromkeys(range(1, 10))
    for later, before in attempts:
        if not makes_loop(later, before, links):
            links[later] = before
    return links


@given(ATTEMPTS)
def test_whatever_is_linked_nothing_comes_out_of_itself(attempts: list[tuple[int, int]]) -> None:
    links = linked(attempts)
    for node in links:
        assert node not in ancestors(node, links)
        first = first_of(node, links)
        assert (first is None) == (links[node] is None)
        assert first is None or links[first] is None


@given(ATTEMPTS)
def test_the_chains_of_a_club_hold_each_referral_exactly_once(attempts: list[tuple[int, int]]) -> None:
    links = linked(attempts)
    firsts = [node for node, before in links.items() if before is None]
    drawn = [branch.id for first in firsts for branch in tree(first, links)]
    assert sorted(drawn) == sorted(links)
    for first in firsts:
        line = [branch.id for branch in tree(first, links)]
        for node in line[1:]:
            before = links[node]
            assert before is not None
            assert line.index(before) < line.index(node)


@given(st.dictionaries(NODES, NODES), NODES)
def test_even_damaged_links_come_to_an_end(links: dict[int, int | None], node: int) -> None:
    found = ancestors(node, links)
    assert len(found) == len(set(found))
    assert tree(node, links)[0].id == node


def test_a_chain_is_drawn_as_a_tree() -> None:
    links = {1: None, 2: 1, 3: 1, 4: 2, 5: 4, 6: 2}
    assert [f"{branch.stem}{branch.id}" for branch in tree(1, links)] == [
        "1",
        "├ 2",
        "│ ├ 4",
        "│ │ └ 5",
        "│ └ 6",
        "└ 3",
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mia Claes", "mia  CLAES", True),
        ("Mia", "Mia Claes", True),
        ("Claes, Mia", "Mia Claes", True),
        ("José Müller", "Jose Muller", True),
        ("family Wouters", "family Maes", False),
        ("Mia", "Mieke", False),
        ("🎉", "🎈", False),
    ],
)
def test_names_are_compared_loosely(one: str, other: str, same: bool) -> None:
    assert same_contact(replace(A_REFERRAL, contact=one), replace(A_REFERRAL, contact=other)) is same


def test_a_shared_number_or_address_is_the_same_contact() -> None:
    one, other = replace(A_REFERRAL, contact="A"), replace(A_REFERRAL, contact="B")
    phone = "+32 470 12 34 56"
    assert same_contact(replace(one, phone=phone), replace(other, phone=f"+32 9 233 44 55, {phone}"))
    assert same_contact(replace(one, email="p@x.be"), replace(other, email="P@X.be"))
    assert not same_contact(one, other)
