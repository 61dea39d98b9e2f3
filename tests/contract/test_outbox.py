"""What is said next, what waits, and what a crash leaves open."""

from datetime import timedelta

from bot import speech
from bot.domain.outgoing import Outgoing, Priority
from bot.storage.turns import Waiting
from bot.storage.work import Work
from bot.storage.workplace import Workplace
from tests.contract.conftest import StillClock

ONE, OTHER = -101, -102


def said(rows: list[Waiting]) -> list[str]:
    return [row.params["text"] for row in rows]


async def put(workplace: Workplace, *outgoing: Outgoing, by_the_clock: bool = False) -> None:
    async with workplace.work() as work:
        if by_the_clock:
            work.outbox.priority = Priority.BY_THE_CLOCK
        for each in outgoing:
            await work.outbox.put(each)


async def heads(workplace: Workplace) -> list[Waiting]:
    async with workplace.look() as work:
        return await work.turns.heads(100)


async def end(work: Work, row: Waiting, state: str = "sent", message_id: int | None = None) -> None:
    await work.outbox.sending([[row.id]])
    await work.outbox.ended([(row.id, state, message_id, None)])


async def test_each_chat_has_one_message_at_a_time_in_the_order_it_was_said(workplace: Workplace) -> None:
    await put(workplace, *(speech.message(chat, text) for text in ("a", "b") for chat in (ONE, OTHER)))
    first = await heads(workplace)
    assert [(row.chat_id, row.params["text"]) for row in first] == [(ONE, "a"), (OTHER, "a")]
    async with workplace.work() as work:
        await end(work, first[0])
    assert [(row.chat_id, row.params["text"]) for row in await heads(workplace)] == [(OTHER, "a"), (ONE, "b")]


async def test_buttons_are_answered_before_people_and_people_before_posts(workplace: Workplace) -> None:
    posts = [speech.weekly_post(-number, f"week {number}", f"week:{number}") for number in (1, 2)]
    await put(workplace, *posts, by_the_clock=True)
    await put(workplace, speech.message(ONE, "an answer"), speech.alert("1", "a button"))
    assert said(await heads(workplace)) == ["a button", "an answer", "week 1", "week 2"]


async def test_an_answer_goes_past_the_post_that_waits_in_its_own_chat_but_not_past_one_under_way(
    workplace: Workplace,
) -> None:
    await put(workplace, speech.weekly_post(ONE, "week", "week:1"), by_the_clock=True)
    await put(workplace, speech.message(ONE, "an answer"))
    (answer,) = await heads(workplace)
    assert answer.params["text"] == "an answer"
    async with workplace.work() as work:
        await work.outbox.sending([[answer.id]])
    assert await heads(workplace) == []
    async with workplace.work() as work:
        await work.outbox.ended([(answer.id, "sent", 1, None)])
    (post,) = await heads(workplace)
    assert post.params["text"] == "week"
    async with workplace.work() as work:
        await work.outbox.sending([[post.id]])
    await put(workplace, speech.message(ONE, "another answer"))
    assert await heads(workplace) == []


async def test_a_change_waits_for_the_post_that_it_changes(workplace: Workplace) -> None:
    await put(workplace, speech.once(ONE, "a question", "question:1", (), "question"), by_the_clock=True)
    await put(workplace, speech.change("question", "x"))
    assert said(await heads(workplace)) == ["a question"]


async def test_of_two_changes_of_one_message_the_later_is_what_stays(workplace: Workplace) -> None:
    await put(workplace, speech.message(ONE, "a reminder", about="reminder"), by_the_clock=True)
    await put(workplace, speech.change("reminder", "called"))
    async with workplace.work() as work:
        await end(work, (await work.turns.heads(100))[0], message_id=7)
    await put(workplace, speech.change("reminder", "won"))
    await put(workplace, speech.message(ONE, "an answer"))
    for expected in ("an answer", "called", "won"):
        async with workplace.work() as work:
            (row,) = await work.turns.heads(100)
            assert row.params["text"] == expected
            await end(work, row)


async def test_while_a_message_is_being_sent_its_chat_waits(workplace: Workplace) -> None:
    await put(workplace, speech.message(ONE, "a"), speech.message(ONE, "b"))
    (first,) = await heads(workplace)
    async with workplace.work() as work:
        await work.outbox.sending([[first.id]])
    assert await heads(workplace) == []


async def test_a_message_that_must_wait_holds_up_its_own_chat_alone(workplace: Workplace, clock: StillClock) -> None:
    await put(workplace, speech.message(ONE, "a"), speech.message(ONE, "b"), speech.message(OTHER, "c"))
    first = (await heads(workplace))[0]
    later = clock.now() + timedelta(seconds=30)
    async with workplace.work() as work:
        await work.outbox.sending([[first.id]])
        await work.outbox.again([(first.id, later, "Too Many Requests")])
    assert said(await heads(workplace)) == ["c"]
    async with workplace.look() as work:
        assert await work.turns.next_time() == later
    clock.forward(timedelta(seconds=30))
    again = await heads(workplace)
    assert said(again) == ["a", "c"]
    assert again[0].attempts == 1


async def test_no_answer_goes_to_a_chat_of_which_telegram_said_to_wait(workplace: Workplace, clock: StillClock) -> None:
    await put(workplace, speech.weekly_post(ONE, "week", "week:1"), by_the_clock=True)
    (post,) = await heads(workplace)
    async with workplace.work() as work:
        await work.outbox.sending([[post.id]])
        await work.outbox.again([(post.id, clock.now() + timedelta(seconds=30), "Too Many Requests")])
    await put(workplace, speech.message(ONE, "an answer"))
    assert await heads(workplace) == []
    clock.forward(timedelta(seconds=30))
    assert said(await heads(workplace)) == ["an answer"]


async def test_answers_to_buttons_wait_for_no_chat_and_go_first(workplace: Workplace) -> None:
    await put(workplace, speech.message(ONE, "a"), speech.alert("1", "first"), speech.alert("2", "second"))
    assert said(await heads(workplace)) == ["first", "second", "a"]


async def test_what_may_be_said_once_is_said_once_also_after_it_was_sent(workplace: Workplace) -> None:
    post = speech.weekly_post(ONE, "the week", "week:1:2026-03-09")
    await put(workplace, post, post)
    (row,) = await heads(workplace)
    async with workplace.work() as work:
        await end(work, row)
        await work.outbox.prune(work.now + timedelta(days=365))
    await put(workplace, post)
    assert await heads(workplace) == []


async def test_an_edit_finds_the_message_it_changes(workplace: Workplace) -> None:
    await put(workplace, speech.message(ONE, "it", about="answer:1"), speech.message(OTHER, "no", about="answer:2"))
    async with workplace.work() as work:
        for number, row in enumerate(await work.turns.heads(100)):
            await end(work, row, message_id=70 + number)
    await put(workplace, speech.change("answer:1", "it, changed"))
    (edit,) = await heads(workplace)
    assert (edit.method, edit.chat_id, edit.message_id) == ("editMessageText", ONE, 70)


async def test_an_edit_of_what_is_not_sent_yet_comes_after_it(workplace: Workplace) -> None:
    await put(workplace, speech.message(ONE, "it", about="x"), speech.change("x", "it, changed"))
    (message,) = await heads(workplace)
    assert message.params["text"] == "it"
    async with workplace.work() as work:
        await end(work, message, message_id=7)
    (edit,) = await heads(workplace)
    assert (edit.params["text"], edit.message_id) == ("it, changed", 7)


async def test_an_edit_of_nothing_is_not_said(workplace: Workplace) -> None:
    await put(workplace, speech.change("answer:1", "changed"))
    assert await heads(workplace) == []


async def test_a_chat_was_told_unless_the_message_could_never_be_sent(workplace: Workplace) -> None:
    await put(workplace, speech.message(ONE, "a", about="x"), speech.message(OTHER, "a", about="y"))
    one, other = await heads(workplace)
    async with workplace.work() as work:
        await end(work, one, "unknown")
        await end(work, other, "dropped")
        assert await work.outbox.has_told("x")
        assert not await work.outbox.has_told("y")
        assert not await work.outbox.has_told("z")


async def test_after_a_crash_only_what_may_be_there_twice_is_sent_again(workplace: Workplace) -> None:
    await put(workplace, speech.message(ONE, "answer"), speech.weekly_post(OTHER, "the week", "week:1"))
    async with workplace.work() as work:
        await work.outbox.sending([[row.id] for row in await work.turns.heads(100)])
    async with workplace.work() as work:
        assert await work.recovery.recover() == (1, 1)
        assert await work.recovery.recover() == (0, 0)
    assert said(await heads(workplace)) == ["answer"]
    async with workplace.look() as work:
        assert await work.outbox.count_open() == 1


async def test_what_is_said_when_the_first_is_refused_comes_back_as_it_was_put(workplace: Workplace) -> None:
    instead = speech.message(ONE, "in the group then", about="x")
    await put(workplace, speech.message(OTHER, "in private", if_refused=instead))
    (row,) = await heads(workplace)
    assert row.if_refused == instead


async def test_pruning_forgets_what_ended_and_nothing_that_waits(workplace: Workplace, clock: StillClock) -> None:
    await put(workplace, speech.message(ONE, "old", about="x"), speech.change("x", "changed"))
    async with workplace.work() as work:
        (old,) = await work.turns.heads(100)
        await end(work, old, message_id=7)
    clock.forward(timedelta(days=1))
    async with workplace.work() as work:
        await work.outbox.prune(work.now)
        (edit,) = await work.turns.heads(100)
        assert (edit.params["text"], edit.message_id) == ("changed", None)


async def test_nothing_is_said_before_the_work_it_is_part_of_is_committed(workplace: Workplace) -> None:
    async with workplace.work() as work:
        await work.outbox.put(speech.message(ONE, "a"))
        async with workplace.look() as meanwhile:
            assert await meanwhile.turns.heads(100) == []
    assert said(await heads(workplace)) == ["a"]


async def test_of_two_chats_the_one_that_waits_for_an_answer_goes_before_the_one_that_waits_for_its_post(
    workplace: Workplace,
) -> None:
    await put(workplace, speech.weekly_post(ONE, "week", "week:1"), by_the_clock=True)
    await put(workplace, speech.message(OTHER, "answer"))
    assert said(await heads(workplace)) == ["answer", "week"]
