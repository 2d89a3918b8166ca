#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""Gifts, likes, follows, shares and joins through the real binary, from outside, between the stand-ins that
share nothing with it.

Needs Python 3.9, the openssl command and a built relay; 'scripts/test outside' runs it.

    tests/outside/events.py --binary build/release/tiktok2twitch

takes about 90 s, most of it the silence after which a streak without an end is over. Random streaks with
missing, doubled, late and interleaved ends, without their gift block or their group id; a socket that is cut in
the middle of some; a relay that is killed in the middle of others and started again; likes whose totals jump
backwards. Fails when Twitch got another line than this file's own arithmetic says, one of them twice, or the
report of the second run does not add up or disagrees.
"""

import argparse
import asyncio
import collections
import json
import os
import random
import signal
import sys
import tempfile
import time

from tiktok_standin import TikTokStandin, field
from twitch_standin import TwitchStandin, make_certificate, server_context

GIFTS = {5655: ("Rose", 1), 6064: ("GG", 1), 5487: ("Finger Heart", 5), 7934: ("Donut", 30)}
SINGLE = {6369: ("Lion", 29999), 5879: ("Cap", 99)}
LIKES_EVERY = 100
SILENCE = 62  # a streak is over after 60 s

CONFIG = """
[relay]
pack = false
[event.gift]
template = "[T] {{name}} sent {{count}} {{gift}} {{coins}}"
[event.follow]
template = "[T] {{name}} followed"
[event.share]
enabled = true
template = "[T] {{name}} shared"
[event.join]
enabled = true
template = "[T] {{name}} joined"
per_minute = 0
[event.like]
enabled = true
every = {every}
template = "[T] likes {{total_likes}}"
"""


class Room:
    """Encodes what happens in the room, and keeps what Twitch has to hear of it."""

    def __init__(self, live, source):
        self.live, self.source = live, source
        self.expected = collections.Counter()
        self.events = self.repeats = 0  # of the present run
        self.users, self.groups = 0, int(time.time() * 1000) - 10_000_000
        self.best_likes = self.reached = None

    # --- the wire

    def send(self, *messages):
        """[(message id, method, body)], in one frame"""
        packed = [field(1, f"Webcast{method}") + field(2, body) + field(3, number)
                  for number, method, body in messages]
        for socket in self.live.sockets:
            if socket.entered:
                socket.comments(packed)

    def message(self, method, body, key=""):
        self.live.next_message_id += 1
        number = self.live.next_message_id
        text = field(8, field(1, key)) if key else b""
        common = field(1, f"Webcast{method}") + field(2, number) + field(3, self.live.room_id) + field(
            4, int(time.time() * 1000)) + text
        return number, method, field(1, common) + body

    def user(self):
        self.users += 1
        number = 100_000 + self.users
        name = f"viewer {self.users}"
        return name, field(1, number) + field(3, name) + field(38, f"viewer.{self.users}")

    def gift(self, person, gift, count, end, group, block=True, single=False):
        name, coins = (SINGLE if single else GIFTS)[gift]
        body = field(2, gift) + field(5, count) + field(7, person[1])
        body += (field(9, 1) if end else b"") + (field(11, group) if group else b"")
        if block:
            kind = b"" if single else field(11, 1)
            body += field(15, field(5, gift) + kind + field(12, coins) + field(16, name))
        return self.message("GiftMessage", body)

    # --- what has to come of it

    def told(self, person, gift, count, single=False):
        name, coins = (SINGLE if single else GIFTS)[gift]
        self.expect(f"[T] {person[0]} sent {count} {name} {coins * count}")

    def expect(self, line):
        self.expected[line] += 1
        self.events += 1

    def group(self):
        self.groups += 1
        return self.groups

    # --- people

    def activity(self):
        for kind, key, action, verb in (("SocialMessage", "pm_main_follow_message_viewer_2", 1, "followed"),
                                        ("SocialMessage", "pm_mt_guidance_share", 4, "shared"),
                                        ("MemberMessage", "", 1, "joined")):
            person = self.user()
            body = field(2, person[1]) + field(10 if kind == "MemberMessage" else 4, action)
            message = self.message(kind, body, key)
            self.send(message)
            self.expect(f"[T] {person[0]} {verb}")
            if self.source.random() < 0.5:
                self.send(message)  # the same id again
                self.repeats += 1

    def likes(self, total):
        self.send(self.message("LikeMessage", field(2, 15) + field(3, total) + field(5, self.user()[1])))
        if self.best_likes is None:
            self.best_likes, self.reached = total, total // LIKES_EVERY
        self.best_likes = max(self.best_likes, total)
        if self.best_likes // LIKES_EVERY > self.reached:
            self.reached = self.best_likes // LIKES_EVERY
            self.expect(f"[T] likes {self.reached * LIKES_EVERY}")

    def new_counts(self):
        """A process that starts counts likes from the first total it sees."""
        self.events = self.repeats = 0
        self.best_likes = self.reached = None


class Streak:
    """One streak, sent frame by frame."""

    def __init__(self, room, grouped=True, person=None, gift=None, size=None):
        self.room, self.person = room, person or room.user()
        self.gift = gift or room.source.choice(list(GIFTS))
        self.group = room.group() if grouped else 0
        self.count, self.size = 0, size or room.source.randint(1, 9)
        self.last = None

    def grow(self, block=True):
        self.count += 1
        self.frame(self.count, False, block)

    def frame(self, count, end, block=True):
        self.last = self.room.gift(self.person, self.gift, count, end, self.group, block)
        self.room.send(self.last)

    def run(self, stop=None):
        for _ in range(self.count, stop or self.size):
            self.grow(block=self.count == 0 or self.room.source.random() < 0.7)

    def end(self):
        self.frame(self.count, True, block=False)
        self.room.told(self.person, self.gift, self.count)
        return self


def mixed(room):
    """Streaks of every kind that are over at once; returns those whose end is missing."""
    source, silent = room.source, []
    for _ in range(3):
        single = source.choice(list(SINGLE))
        person = room.user()
        room.send(room.gift(person, single, 1, False, 0, single=True))
        room.told(person, single, 1, single=True)

        plain = Streak(room)
        plain.run()
        plain.end()

        doubled = Streak(room)
        doubled.run()
        doubled.end()
        doubled.frame(doubled.count, True)  # another id
        room.send(doubled.last)  # the same id
        room.repeats += 1

        nameless = Streak(room, grouped=False)
        nameless.run()
        nameless.end()
        nameless.frame(nameless.count, True)
        again = Streak(room, grouped=False, person=nameless.person, gift=nameless.gift)
        again.run()
        again.end()

        first = Streak(room, gift=5655, size=5)  # two gifts of one viewer, whose frames interleave
        other = Streak(room, person=first.person, gift=7934, size=5)
        for _ in range(5):
            first.grow()
            other.grow()
        other.end()
        first.end()

        replaced = Streak(room)  # closed by the next one of the same gift
        replaced.run()
        room.told(replaced.person, replaced.gift, replaced.count)
        newer = Streak(room, person=replaced.person, gift=replaced.gift)
        newer.run()
        newer.end()
        replaced.frame(replaced.count, True)  # late

        swapped = Streak(room, size=6)  # frames that overtake each other, the end among them
        for count in (1, 3, 2, 6):
            swapped.frame(count, False)
        swapped.count = 6
        swapped.end()
        swapped.frame(4, False)

        missing = Streak(room, grouped=source.random() < 0.5)
        missing.run()
        silent.append(missing)
    return silent


class Run:
    def __init__(self, options, directory):
        self.options, self.directory, self.faults = options, directory, []
        self.cert, key = make_certificate(directory)
        self.context = server_context(self.cert, key)
        self.tiktok, self.twitch = TikTokStandin("streamer"), TwitchStandin(role="moderator", delay=0.01)
        self.room = Room(self.tiktok, random.Random(options.seed))
        self.report = os.path.join(directory, "report.json")

    async def start(self):
        config = os.path.join(self.directory, "config.toml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(every=LIKES_EVERY))
        web = f"https://localhost:{self.tiktok_port}"
        prefix = "TIKTOK2TWITCH_"
        environment = {"PATH": "/usr/bin:/bin", "HOME": self.directory, prefix + "TIKTOK_WEB_URL": web,
                       prefix + "TIKTOK_WEBCAST_URL": web,
                       prefix + "TIKTOK_WS_URL": f"wss://localhost:{self.tiktok_port}",
                       prefix + "TWITCH_IRC_URL": f"ircs://localhost:{self.twitch_port}",
                       prefix + "TWITCH_LOGIN": "bot", prefix + "TWITCH_TOKEN": "outsidetoken",
                       prefix + "TLS_CA_FILE": self.cert}
        self.tiktok.entered.clear()
        self.twitch.joined.clear()
        with open(os.path.join(self.directory, "relay.log"), "ab") as log:
            relay = await asyncio.create_subprocess_exec(
                self.options.binary, "--config", config, "--tiktok", "streamer", "--channel", "chan", "--report",
                self.report, "--state-dir", os.path.join(self.directory, "state"), env=environment, stdout=log,
                stderr=log)
        await asyncio.wait_for(asyncio.gather(self.tiktok.entered.wait(), self.twitch.joined.wait()), 30)
        return relay

    async def quiet(self, seconds=30):
        """Until everything that is expected so far was said, and a little longer for what is not."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and len(self.twitch.delivered) < sum(self.room.expected.values()):
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)

    async def cut_socket(self):
        self.tiktok.entered.clear()
        for socket in list(self.tiktok.sockets):
            socket.writer.transport.abort()
        await asyncio.wait_for(self.tiktok.entered.wait(), 40)

    async def first_run(self):
        """Ends with a kill. Returns what goes on in the second run."""
        room = self.room
        relay = await self.start()
        room.activity()
        for total in (50, 90, 60, 105, 99, 130, 20, 240):
            room.likes(total)
        finished = Streak(room, size=4)
        finished.run()
        finished.end()
        nameless = Streak(room, grouped=False, size=3)
        nameless.run()
        nameless.end()
        going, ended = Streak(room, size=9), Streak(room, size=6)
        going.run(4)
        ended.run()
        await self.quiet()
        await asyncio.sleep(0.5)
        relay.kill()
        await relay.wait()
        return finished, nameless, going, ended

    async def second_run(self, finished, nameless, going, ended):
        room = self.room
        room.new_counts()
        relay = await self.start()
        finished.frame(finished.count, True)  # late and doubled ends of what the killed one had told
        nameless.frame(nameless.count, True)
        going.run()
        going.end()
        restored_at = time.monotonic()  # `ended` never comes again: its end fell into the gap
        silent = mixed(room)
        await self.quiet()
        cut = Streak(room, size=8)
        cut.run(5)
        late = Streak(room, size=4)
        late.run()
        late.end()
        await self.cut_socket()
        late.frame(late.count, True)
        cut.run()
        cut.end()
        for _ in range(3):
            room.activity()
        for total in (1000, 1099, 900, 1100, 1100, 1050, 1350, 1299, 1401):
            room.likes(total)
        silent_at = time.monotonic()
        await self.quiet()
        await asyncio.sleep(max(0, restored_at + 45 - time.monotonic()))
        if any("viewer" in line and line not in room.expected for _, line in self.twitch.delivered):
            self.faults.append("a streak came before its silence was over")
        for streak in silent + [ended]:
            room.told(streak.person, streak.gift, streak.count)
        await asyncio.sleep(max(0, silent_at + SILENCE - time.monotonic()))
        await self.quiet()
        for streak in silent + [ended]:
            streak.frame(streak.count, True)  # the end after all
        further = Streak(room, person=ended.person, gift=ended.gift)
        ended.frame(ended.count + 2, True)  # and one that counts further: the rest
        room.told(ended.person, ended.gift, 2)
        further.run()
        further.end()
        await self.quiet()
        relay.send_signal(signal.SIGTERM)
        if code := await asyncio.wait_for(relay.wait(), 30):
            self.faults.append(f"the relay ended with {code}")

    def check(self):
        said = collections.Counter(line for _, line in self.twitch.delivered)
        for line, count in (self.room.expected - said).items():
            self.faults.append(f"missing {count} x {line}")
        for line, count in (said - self.room.expected).items():
            self.faults.append(f"too much, {count} x {line}")
        self.faults += [f"Twitch: {count} x {what}" for what, count in self.twitch.violations.items()]
        self.faults += [f"TikTok: {count} x {what}" for what, count in self.tiktok.complaints.items()]
        try:
            with open(self.report, encoding="utf-8") as file:
                route = json.load(file)["routes"][0]
        except (OSError, ValueError) as error:
            self.faults.append(f"no report: {error}")
            return
        unsaid = sum(route["filtered"].values()) + sum(route["dropped"].values())
        if route["received"] != route["relayed"] + route["folded"] + unsaid + route["pending"]:
            self.faults.append(f"the report does not add up: {route}")
        seen = (self.room.events, self.room.events, 0, self.room.repeats)
        told = (route["received"], route["relayed"], unsaid, sum(route["ignored"].values()))
        if seen != told or route.get("unread"):
            self.faults.append(f"(events, relayed, not relayed, repeats): seen {seen}, reported {told}: {route}")

    async def run(self):
        self.tiktok_port = await self.tiktok.start(self.context)
        self.twitch_port = await self.twitch.start(self.context)
        try:
            await self.second_run(*await self.first_run())
            self.check()
        except asyncio.TimeoutError:
            self.faults.append("the relay did not come up or end in time; see relay.log with --keep")


async def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--binary", required=True)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", metavar="DIR")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        directory = given.keep or scratch
        os.makedirs(directory, exist_ok=True)
        run = Run(given, directory)
        await run.run()
    for fault in run.faults[:20]:
        print("FAULT", fault)
    lines = len(run.twitch.delivered)
    print(f"{lines} lines, {sum(run.room.expected.values())} expected, {len(run.faults)} faults")
    return 1 if run.faults else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
