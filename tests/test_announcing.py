"""Announcing from outside: what is on the wall of a network and in the ledger after runs of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsroom.content.announcing import Social
from newsroom.problems import NewsroomError
from newsroom.publish.announce.newsdesk import Run
from newsroom.publish.announce.outcome import GIVE_UP
from newsroom.publish.announce.plan import Task, plan
from newsroom.publish.announce.resolve import Verdict, resolve
from newsroom.publish.announce.sending import is_red
from newsroom.publish.ledger.book import Book, opened
from newsroom.publish.ledger.record import Record
from newsroom.publish.networks.network import (
    NotSentError,
    RefusedError,
    SendingError,
    UnableError,
    UncertainError,
)
from tests.announcing import NOON, Clock, MemoryNetwork, channel, office, release, remote_and_project
from tests.deploying import no_settings_of_this_machine  # noqa: F401

ID = "2024-05-09-katok"
PLACE = (ID, "max-city")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def network() -> MemoryNetwork:
    return MemoryNetwork()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    _, project = remote_and_project(tmp_path)
    with opened(project, remote="origin", sleep=clock.sleep) as book:
        yield book


class Room:
    """One network with one channel, and runs in it."""

    def __init__(self, book: Book, network: MemoryNetwork, clock: Clock) -> None:
        self.book, self.network, self.clock = book, network, clock

    def run(self, *releases, **options) -> bool:  # type: ignore[no-untyped-def]
        """A run; gives whether it ends as a failed one."""
        working = office(self.book, {"max": self.network}, *releases, clock=self.clock, **options)
        return is_red(working.send(), self.book)

    @property
    def record(self) -> Record:
        return self.book.records[PLACE]

    @property
    def state(self) -> str:
        return self.record.state if PLACE in self.book.records else ""


@pytest.fixture
def room(book: Book, network: MemoryNetwork, clock: Clock) -> Room:
    return Room(book, network, clock)


# What is posted


def test_a_fresh_release_is_posted_once_however_often_it_is_run(room: Room) -> None:
    for _ in range(3):
        assert not room.run(release())
    assert (["post"], 1, "done") == (room.network.asked, len(room.network.wall), room.state)
    assert "https://network.example/1" == room.record.remote.url


def test_the_ledger_tells_what_a_record_went_through(room: Room) -> None:
    room.run(release())
    assert [("intent", "run"), ("done", "run")] == [(turn.state, turn.run) for turn in room.record.history]
    assert (1, None) == (room.record.attempts, room.record.lease_until)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"date": NOON - timedelta(hours=49)}, {}),
        ({"status": "withdrawn"}, {}),
        ({"social": (Social(skip=True),)}, {}),
        ({"social": (Social(channels=("max-city",), skip=True),)}, {}),
        ({"social": (Social(channels=("max",), skip=True),)}, {}),
        ({"social": (Social(channels=("administration",), skip=True),)}, {}),
        ({}, {"rubrics": ("culture",)}),
        ({}, {"departments": ("zhkh",)}),
        ({}, {"paused": "ремонт"}),
        ({}, {"status": "closed"}),
        ({}, {"by": "manual"}),
        ({}, {"per_run": 0}),
    ],
    ids=str,
)
def test_what_is_not_to_be_posted_is_not(room: Room, changed: dict, told: dict) -> None:  # type: ignore[type-arg]
    assert not room.run(release(**changed), channels=(channel(**told),))
    assert ([], "") == (room.network.asked, room.state)


@pytest.mark.parametrize("stopped", ["all", "max-city"])
def test_the_kill_switch_stops_a_channel_without_a_commit(room: Room, stopped: str) -> None:
    room.run(release(), stopped=frozenset({stopped}))
    assert [] == room.network.asked


def test_a_skip_for_one_network_is_none_for_another(room: Room) -> None:
    room.run(release(social=(Social(channels=("vk",), skip=True),)))
    assert "done" == room.state


def test_what_the_site_does_not_serve_is_not_posted(room: Room) -> None:
    assert not room.run(release(), served=lambda _: "на сайте другая редакция")
    assert [] == room.network.asked


def test_a_run_takes_the_oldest_first_and_no_more_than_the_channel_wants(room: Room) -> None:
    days = [release(f"2024-05-09-{name}", date=NOON - timedelta(hours=hours)) for name, hours in
            [("a", 1), ("b", 3), ("c", 2)]]  # fmt: skip
    room.run(*days, channels=(channel(per_run=2),))
    assert ["2024-05-09-b", "2024-05-09-c"] == sorted(id for id, _ in room.book.records)


def test_a_day_has_room_for_no_more_than_the_channel_wants(room: Room) -> None:
    told = channel(per_day=1, fresh_hours=72)
    for name in "ab":
        room.run(release(f"2024-05-09-{name}"), channels=(told,))
    assert 1 == len(room.network.wall)
    room.clock.turn(hours=25)
    room.run(release("2024-05-09-b"), channels=(told,))
    assert 2 == len(room.network.wall)


def test_posts_of_a_run_keep_the_pause_that_the_network_wants(room: Room) -> None:
    room.run(*(release(f"2024-05-09-{name}") for name in "abc"))
    assert timedelta(seconds=2) == room.clock.now - NOON


# What fails

SURELY_NOT = NotSentError("сеть не отвечает")


@pytest.mark.parametrize(
    ("error", "lands", "state", "red", "wall"),
    [
        (SURELY_NOT, False, "retry", False, 0),
        (RefusedError("нельзя"), False, "dead", True, 0),
        (UnableError("не умеет"), False, "manual", False, 0),
    ],
    ids=["surely not sent", "refused", "unable"],
)
def test_what_came_of_an_attempt_is_in_the_ledger(
    room: Room, error: SendingError, lands: bool, state: str, red: bool, wall: int
) -> None:
    room.network.answers, room.network.lands = [error], lands
    assert red == room.run(release())
    assert (state, wall, str(error)) == (room.state, len(room.network.wall), room.record.error)


def test_what_surely_was_not_sent_is_sent_at_the_next_run(room: Room) -> None:
    room.network.answers = [SURELY_NOT]
    room.run(release())
    room.run(release())
    assert (["post", "post"], "done", 2) == (room.network.asked, room.state, room.record.attempts)


def test_a_short_wait_is_waited_for_within_the_run(room: Room) -> None:
    room.network.answers = [NotSentError("помедленнее", 7), NotSentError("помедленнее", 5)]
    room.run(release())
    assert ("done", timedelta(seconds=12)) == (room.state, room.clock.now - NOON)


def test_a_long_wait_is_left_to_a_later_run_and_kept(room: Room) -> None:
    room.network.answers = [NotSentError("помедленнее", 3600)]
    room.run(release())
    room.run(release())
    assert (["post"], "retry") == (room.network.asked, room.state)
    room.clock.turn(hours=1)
    room.run(release())
    assert (["post", "post"], "done") == (room.network.asked, room.state)


def test_what_never_went_while_it_was_fresh_is_told_as_dead_and_not_forgotten(room: Room) -> None:
    room.network.answers = [SURELY_NOT]
    room.run(release())
    room.clock.turn(hours=48)
    assert room.run(release())
    assert (["post"], "dead") == (room.network.asked, room.state)


@pytest.mark.parametrize("lands", [True, False])
def test_an_uncertain_post_is_never_repeated_before_it_was_looked_for(room: Room, lands: bool) -> None:
    room.network.answers, room.network.lands = [UncertainError("тишина")], lands
    is_red = room.run(release())
    assert (1, not lands) == (room.network.asked.count("post"), is_red)
    assert ("done" if lands else "uncertain") == room.state
    room.clock.turn(minutes=11)
    assert not room.run(release())
    assert (1, "done") == (len(room.network.wall), room.state)


def test_where_nobody_can_look_an_uncertain_post_stays_with_a_human(room: Room) -> None:
    room.network.finds, room.network.answers = False, [UncertainError("тишина")]
    for _ in range(3):
        assert room.run(release())
        room.clock.turn(hours=4)
    assert (1, "uncertain") == (room.network.asked.count("post"), room.state)


def test_where_repeating_is_harmless_nothing_is_uncertain(room: Room) -> None:
    room.network.repeats_are_harmless, room.network.answers = True, [UncertainError("тишина")]
    assert not room.run(release())
    room.run(release())
    assert "done" == room.state


def test_a_dead_key_costs_one_release_and_leaves_the_others_for_a_new_one(room: Room) -> None:
    room.network.answers = [RefusedError("ключ не подходит", whole_channel=True)]
    assert room.run(release(), release("2024-05-09-yarmarka"))
    assert (["post"], {PLACE}) == (room.network.asked, set(room.book.records))


def test_a_network_that_breaks_leaves_the_others_alone(book: Book, clock: Clock) -> None:
    broken, sound = MemoryNetwork(), MemoryNetwork(name="vk")
    broken.answers = [ValueError("поломка")]  # type: ignore[list-item] # what nobody thought of
    working = office(
        book,
        {"max": broken, "vk": sound},
        release(),
        channels=(channel(), channel("vk-city", by="vk")),
        clock=clock,
    )
    assert is_red(working.send(), book)
    assert {PLACE: "intent", (ID, "vk-city"): "done"} == {
        place: record.state for place, record in book.records.items()
    }


def test_an_intent_that_is_left_open_is_nobodys_until_its_lease_is_over(room: Room) -> None:
    room.network.answers = [ValueError("поломка")]  # type: ignore[list-item]
    room.run(release())
    room.run(release())
    assert (["post"], "intent") == (room.network.asked, room.state)
    room.clock.turn(hours=4)
    room.run(release())
    assert (["post", "find", "post"], "done") == (room.network.asked, room.state)


# Corrections


def test_a_changed_text_goes_nowhere_without_a_raised_revision(room: Room) -> None:
    room.run(release())
    room.run(release(summary="Лёд готов. Опечатки нет."))
    assert ["post"] == room.network.asked


def test_a_raised_revision_with_other_words_edits_the_post_in_its_place(room: Room) -> None:
    room.run(release())
    better = release(summary="Каток открыт.", revision=2)
    room.run(better)
    room.run(better)
    assert ["post", "edit"] == room.network.asked
    assert (1, True, 2) == (
        len(room.network.wall),
        "Каток открыт." in room.network.wall["1"],
        room.record.revision,
    )


def test_a_raised_revision_with_the_same_words_asks_nothing_of_the_network(room: Room) -> None:
    room.run(release())
    room.run(release(revision=2))
    assert (["post"], 2) == (room.network.asked, room.record.revision)


def test_an_edit_that_never_goes_through_is_handed_to_a_human(room: Room) -> None:
    room.run(release())
    room.network.answers = [SURELY_NOT] * GIVE_UP
    states = []
    for _ in range(GIVE_UP + 1):
        room.run(release(revision=2, summary="Точнее."))
        states.append(room.state)
    assert ["done"] * (GIVE_UP - 1) + ["manual"] * 2 == states
    assert (GIVE_UP, str(SURELY_NOT)) == (room.network.asked.count("edit"), room.record.error)


def test_an_edit_that_was_cut_off_is_made_again(room: Room) -> None:
    room.run(release())
    room.network.answers, room.network.lands = [UncertainError("тишина")], True
    better = release(summary="Каток открыт.", revision=2)
    assert not room.run(better)
    room.run(better)
    assert (["post", "edit", "edit"], 1, "done", 2) == (
        room.network.asked, len(room.network.wall), room.state, room.record.revision,
    )  # fmt: skip


@pytest.mark.parametrize("error", [UnableError("править нельзя"), RefusedError("слишком поздно")], ids=str)
def test_what_a_program_cannot_edit_is_handed_to_a_human(room: Room, error: SendingError) -> None:
    room.run(release())
    room.network.answers = [error]
    room.run(release(summary="Каток открыт.", revision=2))
    assert ("manual", ("1",), str(error)) == (room.state, room.record.remote.ids, room.record.error)


# Withdrawal


def test_a_withdrawn_release_takes_its_post_with_it_and_stays_away(room: Room) -> None:
    room.run(release())
    gone = release(status="withdrawn", summary="")
    room.run(gone)
    room.run(gone)
    room.run(release(revision=2))
    assert (["post", "withdraw"], {}, "withdrawn") == (room.network.asked, room.network.wall, room.state)


def test_a_withdrawal_that_was_cut_off_is_made_again(room: Room) -> None:
    room.run(release())
    room.network.answers = [UncertainError("тишина")]
    gone = release(status="withdrawn", summary="")
    room.run(gone)
    room.run(gone)
    assert (["post", "withdraw", "withdraw"], "withdrawn") == (room.network.asked, room.state)


# What a human wrote down


def by_human(room: Room) -> None:
    """A post that a human made, of which the network's own number is not known."""
    who = Run(name="resolve-human", now=room.clock, sleep=room.clock.sleep)
    resolve(room.book, PLACE, release(), "posted", "https://network.example/hand", who)


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_a_post_that_a_human_made_is_neither_edited_nor_removed_nor_doubled(room: Room, status: str) -> None:
    by_human(room)
    later = release(summary="Каток открыт.", revision=2, status=status)
    for _ in range(3):
        room.run(later)
        room.clock.turn(hours=4)
    assert ([], "manual") == (room.network.asked, room.state)
    assert "https://network.example/hand" == room.record.remote.url


@pytest.mark.parametrize("verdict", ["not-posted", "never", "posted"])
def test_of_a_post_that_is_out_nobody_can_say_that_it_is_not(room: Room, verdict: Verdict) -> None:
    room.run(release())
    room.network.answers = [UnableError("править нельзя")]
    room.run(release(summary="Каток открыт.", revision=2))
    who = Run(name="resolve-human", now=room.clock, sleep=room.clock.sleep)
    with pytest.raises(NewsroomError, match="возможно: edited, removed"):
        resolve(room.book, PLACE, release(), verdict, "", who)


def test_what_is_in_the_ledger_alone_can_be_told_of_too(room: Room) -> None:
    room.network.answers = [RefusedError("нельзя")]
    room.run(release())
    who = Run(name="resolve-human", now=room.clock, sleep=room.clock.sleep)
    assert "withdrawn" == resolve(room.book, PLACE, None, "never", "", who).state
    with pytest.raises(NewsroomError, match="ни на сайте, ни в журнале"):
        resolve(room.book, ("2024-05-09-net", "max-city"), None, "never", "", who)


def test_an_address_that_is_none_is_not_written_down(room: Room) -> None:
    who = Run(name="resolve-human", now=room.clock, sleep=room.clock.sleep)
    with pytest.raises(NewsroomError, match="не адрес поста"):
        resolve(room.book, PLACE, release(), "posted", "vk.com/wall-1_2", who)


# What is taken down


def withdrawal(room: Room) -> bool:
    """A human takes the post down, while its release stays; whether the run ends as a failed one."""
    working = office(room.book, {"max": room.network}, release(), clock=room.clock)
    task = Task(action="withdraw", release=release(), channel=channel(), record=room.record)
    return is_red(working.do(task), room.book)


@pytest.mark.parametrize("error", [SURELY_NOT, UncertainError("тишина")], ids=str)
def test_a_withdrawal_that_a_human_asked_for_is_not_forgotten(room: Room, error: SendingError) -> None:
    room.run(release())
    room.network.answers = [error]
    withdrawal(room)
    assert "withdraw-intent" == room.state
    room.run(release())
    room.run(release())
    assert ("withdrawn", {}, 2) == (room.state, room.network.wall, room.network.asked.count("withdraw"))


def test_a_withdrawal_that_was_killed_is_not_forgotten(room: Room) -> None:
    room.run(release())
    room.network.answers = [ValueError("поломка")]  # type: ignore[list-item]
    withdrawal(room)
    room.clock.turn(hours=4)
    room.run(release())
    assert ("withdrawn", {}) == (room.state, room.network.wall)


def test_a_run_that_was_held_up_past_its_lease_sends_nothing(room: Room) -> None:
    put = room.book.put

    def slowly(before: Record | None, after: Record) -> bool:
        done = put(before, after)
        room.clock.turn(hours=3)
        return done

    room.book.put = slowly  # type: ignore[method-assign]
    room.run(release())
    assert ([], "retry") == (room.network.asked, room.state)


def test_a_renamed_release_is_not_posted_again(room: Room) -> None:
    room.run(release())
    renamed = release("2024-05-09-led", aliases=("/news/2024/05/katok/",))
    working = office(room.book, {"max": room.network}, renamed, clock=room.clock)
    working = replace(working, desk=replace(working.desk, gone=frozenset({ID})))
    working.send()
    assert (["post"], {PLACE}) == (room.network.asked, set(room.book.records))


def test_what_waits_to_be_sent_again_heeds_what_the_editor_says_meanwhile(room: Room) -> None:
    room.network.answers = [SURELY_NOT]
    room.run(release())
    room.run(release(social=(Social(skip=True),)))
    assert ["post"] == room.network.asked


def test_what_was_withdrawn_before_it_went_asks_nobody(room: Room) -> None:
    room.network.answers = [SURELY_NOT]
    room.run(release())
    assert not room.run(release(status="withdrawn"))
    assert (["post"], "withdrawn") == (room.network.asked, room.state)


def test_a_fault_of_one_release_leaves_the_others_of_its_channel(room: Room) -> None:
    room.network.answers = [ValueError("поломка")]  # type: ignore[list-item]
    other = release("2024-05-09-yarmarka")
    assert room.run(release(), other)
    assert "done" == room.book.records[(other.id, "max-city")].state


# Many receivers


@pytest.fixture
def letters(network: MemoryNetwork) -> MemoryNetwork:
    network.receivers = tuple("abcdefghijkl")
    network.edits_in_place = network.finds = False
    return network


def test_each_receiver_gets_its_own_and_once(room: Room, letters: MemoryNetwork) -> None:
    room.run(release())
    room.run(release())
    assert sorted(letters.receivers) == sorted(text[0] for text in letters.wall.values())
    assert dict.fromkeys(letters.receivers, "done") == room.record.parts


def test_receivers_have_each_what_came_of_theirs(room: Room, letters: MemoryNetwork) -> None:
    letters.answers = [None, SURELY_NOT, RefusedError("нет такого"), UncertainError("тишина")]
    assert room.run(release())
    expected = dict.fromkeys(letters.receivers, "done") | {"b": "retry", "c": "dead", "d": "uncertain"}
    assert expected == room.record.parts
    assert room.run(release())
    assert (expected | {"b": "done"}, "uncertain") == (room.record.parts, room.state)
    assert 10 == len(letters.wall)


def test_a_correction_goes_to_those_who_have_the_release(room: Room, letters: MemoryNetwork) -> None:
    letters.answers = [RefusedError("нет такого")]
    room.run(release())
    letters.asked.clear()
    room.run(release(summary="Каток открыт.", revision=2))
    assert (["edit"] * 11, "done", 2) == (letters.asked, room.state, room.record.revision)


def test_a_run_cut_off_among_receivers_leaves_its_ten_uncertain_and_goes_on_with_the_rest(
    room: Room, letters: MemoryNetwork
) -> None:
    letters.answers = [None, ValueError("поломка")]  # type: ignore[list-item]
    room.run(release())
    room.clock.turn(hours=4)
    assert room.run(release())
    assert ({**dict.fromkeys("abcdefghij", "uncertain"), "k": "done", "l": "done"}, 3) == (
        room.record.parts, len(letters.wall),
    )  # fmt: skip


# What the plan says


def test_the_plan_tells_why_something_waits(book: Book, clock: Clock, network: MemoryNetwork) -> None:
    old = release("2024-05-01-davno", date=NOON - timedelta(days=8))
    working = office(
        book, {"max": network}, old, release(), channels=(channel(paused="ремонт"),), clock=clock
    )
    assert ["вышел больше 48 ч назад, сам уже не уйдёт", "канал остановлен: ремонт"] == [
        each.why for each in plan(working.desk, {}, clock()).waiting
    ]


def test_who_has_half_a_bulletin_gets_the_notice_of_its_withdrawal(
    room: Room, letters: MemoryNetwork
) -> None:
    letters.answers = [None, None, *[NotSentError("сервер закрыт", 3600)] * 10]
    room.run(release())
    letters.asked.clear()
    room.clock.turn(hours=2)
    room.run(release(status="withdrawn"))
    assert (["withdraw"] * 2, "withdrawn") == (letters.asked, room.state)


def test_a_half_sent_correction_of_a_withdrawn_release_goes_no_further(
    room: Room, letters: MemoryNetwork
) -> None:
    room.run(release())
    letters.answers = [None, *[NotSentError("сервер закрыт", 3600)] * 11]
    room.run(release(summary="Каток открыт.", revision=2))
    letters.asked.clear()
    room.clock.turn(hours=2)
    room.run(release(status="withdrawn", revision=2))
    assert {"withdraw"} == set(letters.asked)


def test_who_got_an_earlier_revision_gets_the_later_one_too(room: Room, letters: MemoryNetwork) -> None:
    room.run(release())
    letters.answers = [None, *[NotSentError("сервер закрыт", 3600)] * 11]
    room.run(release(summary="Каток открыт.", revision=2))
    room.clock.turn(hours=2)
    third = release(summary="Каток открыт до десяти.", revision=3)
    room.run(third)
    room.run(third)
    got = [text[0] for text in letters.wall.values() if "до десяти" in text]
    assert sorted(letters.receivers) == sorted(set(got))
    assert (3, "done") == (room.record.revision, room.state)
