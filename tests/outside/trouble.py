#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""The real binary between two stand-ins that break, again and again, at random moments.

Needs Python 3.9, the openssl command and a built relay.

    tests/outside/trouble.py --binary build/dev/tiktok2twitch disturb --times 60
    tests/outside/trouble.py --binary build/dev/tiktok2twitch flap --for 300
    tests/outside/trouble.py --binary build/dev/tiktok2twitch typist --for 180

disturb   forced disturbances, one after the other, with numbered comments: nothing is said twice, and nothing
          is missing that was written while both sides were up and the relay had recovered
flap      both sides go up and down every few seconds: the relay is in the room for 60 % of the time that TikTok
          is up, and back in room and channel 10 s after the end
typist    a person types with the same account: no line of the relay breaks Twitch's limits after the first of
          the person's lines

Several worlds run at the same time (--worlds); --seed repeats a run as far as the machine allows.
"""

import argparse
import asyncio
import collections
import json
import os
import random
import re
import signal
import socket
import ssl
import struct
import sys
import tempfile
import time

from tiktok_standin import Socket, TikTokStandin, chat_message
from twitch_standin import LIMITS, WINDOW, TwitchStandin, make_certificate, server_context

PREFIX = "TIKTOK2TWITCH_"
NUMBER = re.compile(r"n(\d{5})x")


def reset(writer):
    """Closes with RST."""
    try:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass  # it is closed already
    writer.transport.abort()


class TroubledTikTok(TikTokStandin):
    """`mode`: up, refuse (nobody listens), reset (every connection), silence, 5xx (every answer) or
    5xx_upgrade (of the chat socket only)."""

    def __init__(self):
        super().__init__("streamer")
        self.mode, self.open, self.texts = "up", set(), collections.deque(maxlen=6)
        self.upgrades = []

    async def start(self, context, port=0):
        self.context = context
        self.port = await super().start(context, port)
        return self.port

    def history(self):
        return [chat_message(self.room_id, number, 77, "Fan", "fan", text, at) for number, text, at in self.texts]

    def write(self, text):
        number = self.comments([(77, "Fan", "fan", text)])[0]
        self.texts.append((number, text, int(time.time() * 1000)))

    def inside(self):
        return self.mode in ("up", "5xx_upgrade") and any(one.entered for one in self.sockets)

    async def fall(self, mode):
        self.mode = mode
        dead, self.sockets = self.sockets, set()
        self.entered.clear()
        if mode == "refuse":
            self.server.close()
        for writer in list(self.open):
            if mode == "reset":
                reset(writer)
            elif mode != "silence":
                writer.close()
        for one in dead:
            one.on_frame = lambda frame: None  # deaf for ever

    async def rise(self):
        if self.mode == "refuse":
            await super().start(self.context, self.port)
        mode, self.mode = self.mode, "up"
        if mode == "silence":
            for writer in list(self.open):
                if writer not in [one.writer for one in self.sockets]:
                    self.open.discard(writer)  # what hung goes on hanging

    async def serve(self, reader, writer):
        self.open.add(writer)
        try:
            if self.mode == "reset":
                return reset(writer)
            if self.mode == "silence":
                await asyncio.sleep(60)
                return None
            await super().serve(reader, writer)
        except ssl.SSLError:
            pass  # cut in the middle of something
        finally:
            self.open.discard(writer)
            writer.close()

    def page(self, writer, path, query, headers):
        if self.mode == "5xx":
            return self.unavailable(writer)
        return super().page(writer, path, query, headers)

    async def chat_socket(self, reader, writer, headers, query):
        self.upgrades.append(time.monotonic())
        if self.mode.startswith("5xx"):
            self.unavailable(writer)
            await writer.drain()
            return
        await super().chat_socket(reader, writer, headers, query)

    def unavailable(self, writer):
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class TroubledTwitch(TwitchStandin):
    """`mode`: up, refuse, reset, silence (hears nothing, says nothing) or dumb (hears everything, answers
    nothing)."""

    def __init__(self, **how):
        super().__init__(**how)
        self.mode, self.open, self.states = "up", set(), {}

    async def start(self, context, port=0):
        self.context = context
        self.port = await super().start(context, port)
        return self.port

    def inside(self):
        return self.mode == "up" and bool(self.members)

    def full(self):
        """One more line would break the limit."""
        lately = sum(at > time.monotonic() - WINDOW for at in self.sent_at[-200:])
        return lately >= LIMITS[self.role] - 1

    async def fall(self, mode):
        if mode == "reconnect":
            for writer in self.members:
                writer.write(b":tmi.twitch.tv RECONNECT\r\n")
            await asyncio.sleep(random.choice([0, 0.5]))
        self.mode = mode
        self.members.clear()
        self.joined.clear()
        if mode == "refuse":
            self.server.close()
        for writer in list(self.open):
            if mode == "reset":
                reset(writer)
            elif mode not in ("silence", "dumb"):
                writer.close()
            elif writer in self.states:
                self.states[writer]["lost"] = mode

    async def rise(self):
        if self.mode == "refuse":
            await super().start(self.context, self.port)
        self.mode = "up"

    async def serve(self, reader, writer):
        if self.mode in ("reset", "reconnect"):
            return reset(writer)
        self.open.add(writer)
        try:
            await super().serve(reader, writer)
        finally:
            self.open.discard(writer)
            self.states.pop(writer, None)

    async def command(self, state, raw):
        self.states[state["writer"]] = state
        if self.mode in ("silence", "dumb"):
            state["lost"] = self.mode
        if state.get("lost") == "silence":
            return True
        good = await super().command(state, raw)
        if state.get("lost"):
            self.members.discard(state["writer"])
        return good

    def send(self, state, *lines):
        if self.mode in ("silence", "dumb"):
            state["lost"] = self.mode
        if not state.get("lost"):
            super().send(state, *lines)


class World:
    def __init__(self, name, options, tls, directory, role):
        self.name, self.options, self.tls, self.directory, self.role = name, options, tls, directory, role
        self.source = random.Random(f"{options.seed} {name}")
        self.tiktok, self.twitch = TroubledTikTok(), TroubledTwitch(role=role)
        self.twitch.on_delivered = self.on_line
        self.written = {}  # number -> when
        self.said = collections.Counter()
        self.said_at = collections.defaultdict(list)
        self.faults, self.starts, self.relay, self.rate = [], 0, None, 2.0
        os.makedirs(directory, exist_ok=True)

    def on_line(self, when, text):
        for number in NUMBER.findall(text):
            self.said[int(number)] += 1
            self.said_at[int(number)].append(when)

    async def begin(self, *more):
        self.starts += 1
        self.log = os.path.join(self.directory, f"relay{self.starts}.log")
        with open(self.log, "wb") as log:
            self.relay = await asyncio.create_subprocess_exec(
                self.options.binary, "--tiktok", "streamer", "--channel", "chan", "--report",
                os.path.join(self.directory, "report.json"), "--state-dir", os.path.join(self.directory, "state"),
                *more, env=self.environment, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log)

    async def start(self):
        context = server_context(*self.tls)
        web = f"localhost:{await self.tiktok.start(context)}"
        irc = f"ircs://localhost:{await self.twitch.start(context)}"
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": self.directory,
                            PREFIX + "TIKTOK_WEB_URL": "https://" + web,
                            PREFIX + "TIKTOK_WEBCAST_URL": "https://" + web, PREFIX + "TIKTOK_WS_URL": "wss://" + web,
                            PREFIX + "TWITCH_IRC_URL": irc, PREFIX + "TWITCH_AUTH_URL": "http://127.0.0.1:9",
                            PREFIX + "TWITCH_LOGIN": "bot", PREFIX + "TWITCH_TOKEN": "outsidetoken",
                            PREFIX + "TLS_CA_FILE": self.tls[0]}
        await self.begin()
        if await self.back(30) is None:
            self.faults.append("the relay did not come up")

    def inside(self):
        return self.tiktok.inside() and self.twitch.inside()

    async def back(self, seconds):
        """Until the relay is in room and channel; how long that took, or None."""
        began = time.monotonic()
        while not self.inside():
            if time.monotonic() - began > seconds:
                return None
            await asyncio.sleep(0.02)
        return time.monotonic() - began

    async def chatter(self):
        while True:
            number = len(self.written)
            self.written[number] = time.monotonic()
            self.tiktok.write(f"n{number:05d}x {self.source.choice(['hi', 'who won', 'nice one', 'so good'])}")
            await asyncio.sleep(self.source.expovariate(self.rate))

    async def stop(self):
        if self.relay.returncode is None:
            self.relay.send_signal(signal.SIGTERM)
        try:
            code = await asyncio.wait_for(self.relay.wait(), 60)
        except asyncio.TimeoutError:
            self.relay.kill()
            code = "no end"
        if code:
            self.faults.append(f"the relay ended with {code}")
        try:
            with open(os.path.join(self.directory, "report.json"), encoding="utf-8") as file:
                self.report = json.load(file)["routes"][0]
            route = self.report
            unsaid = sum(route["filtered"].values()) + sum(route["dropped"].values())
            if route["received"] != route["relayed"] + route["folded"] + unsaid + route["pending"]:
                self.faults.append(f"the report does not add up: {route}")
        except (OSError, ValueError, KeyError, IndexError) as error:
            self.faults.append(f"no report: {error}")

    def repeats(self):
        return {number: [round(at - self.began, 2) for at in self.said_at[number]]
                for number, times in self.said.items() if times > 1}

    async def run(self, play):
        self.began = time.monotonic()
        await self.start()
        try:
            if not self.faults:
                await play(self)
        finally:
            await self.stop()
        if repeated := self.repeats():
            self.faults.append(f"said twice: {repeated}")
        self.faults += [f"Twitch: {count} x {what}" for what, count in self.twitch.violations.items()]
        for fault in self.faults:
            print(f"FAULT {self.name}: {fault}", flush=True)
        return not self.faults


# --- disturb

TIKTOK_TROUBLES = ["close", "reset", "silence", "refuse", "5xx", "5xx_upgrade"]
TWITCH_TROUBLES = ["close", "reset", "silence", "dumb", "refuse", "reconnect"]


async def disturb(world):
    chatter = asyncio.create_task(world.chatter())
    bad, source, took = [], world.source, collections.defaultdict(list)  # bad: (from, until)
    each = -(-world.options.times // world.options.worlds)
    for count in range(each):
        await asyncio.sleep(source.uniform(4, 12))
        side, kind = source.choice([("tiktok", kind) for kind in TIKTOK_TROUBLES] +
                                   [("twitch", kind) for kind in TWITCH_TROUBLES] + [("relay", "kill")] * 2)
        began, lasting = time.monotonic(), source.uniform(0, 8)
        if side == "relay":
            world.relay.kill()
            await world.relay.wait()
            await asyncio.sleep(source.uniform(0, 2))
            world.tiktok.entered.clear()
            await world.begin()
        else:
            standin = getattr(world, side)
            await standin.fall(kind)
            await asyncio.sleep(lasting)
            await standin.rise()
        needed = await world.back(60)
        until = time.monotonic()
        bad.append((began, until))
        took[f"{side} {kind}"].append(round(needed, 1) if needed is not None else None)
        if world.options.verbose:
            print(f"{world.name} {began - world.began:6.1f} {side} {kind} for {until - began - (needed or 0):.1f} s, "
                  f"back after {needed}", flush=True)
        if needed is None:
            world.faults.append(f"not back after {side} {kind}")
            break
    await asyncio.sleep(10)
    chatter.cancel()
    await asyncio.sleep(20)
    missing, near = [], []
    for number, at in world.written.items():
        if world.said[number] or any(since <= at <= until for since, until in bad):
            continue
        before = min((since - at for since, _ in bad if since > at), default=99)
        (near if before < 3 else missing).append((number, round(at - world.began, 2), round(before, 2)))
    if missing:
        world.faults.append(f"missing (number, written at, before the next disturbance): {missing}")
    print(f"{world.name} ({world.role}): {len(bad)} disturbances, {len(world.written)} comments, "
          f"{sum(bool(times) for times in world.said.values())} said, {len(world.repeats())} repeats, "
          f"missing {len(missing)}, within 3 s before a disturbance {near}\n    back after {dict(took)}", flush=True)


# --- flap


async def flap(world):
    chatter = asyncio.create_task(world.chatter())
    source, options = world.source, world.options
    end = time.monotonic() + options.seconds

    async def side(standin, troubles):
        while time.monotonic() < end:
            await asyncio.sleep(source.uniform(1, options.swing))
            await standin.fall(source.choice(troubles))
            await asyncio.sleep(source.uniform(1, options.swing))
            await standin.rise()

    quiet = [] if options.no_silence else ["silence"]
    sides = [asyncio.create_task(side(world.tiktok, ["close", "reset", "refuse", "5xx", "5xx_upgrade"] + quiet)),
             asyncio.create_task(side(world.twitch, ["close", "reset", "refuse", "reconnect"] + quiet))]
    up, inside, joined, twitch_up, then = 0.0, 0.0, 0.0, 0.0, time.monotonic()
    while not all(one.done() for one in sides):
        await asyncio.sleep(0.02)
        now = time.monotonic()
        up += (now - then) * (world.tiktok.mode == "up")
        inside += (now - then) * (world.tiktok.mode == "up" and world.tiktok.inside())
        twitch_up += (now - then) * (world.twitch.mode == "up")
        joined += (now - then) * world.twitch.inside()
        then = now
    for one in sides:
        one.result()
    needed = await world.back(60)
    share = inside / up
    print(f"{world.name} ({world.role}): in the room {100 * share:.0f} % of the {up:.0f} s that TikTok was up "
          f"(in the channel {100 * joined / twitch_up:.0f} % of {twitch_up:.0f} s), back after "
          f"{needed if needed is None else round(needed, 1)} s, "
          f"{len(world.tiktok.upgrades)} handshakes, {world.twitch.logins} logins, "
          f"requests {dict(world.tiktok.requests)}", flush=True)
    if share < 0.6:
        world.faults.append(f"in the room only {100 * share:.0f} % of the time")
    if needed is None or needed > 10:
        world.faults.append(f"back after {needed} s")
    await asyncio.sleep(10)
    chatter.cancel()
    await asyncio.sleep(10)


# --- typist


async def typist(world):
    source, twitch = world.source, world.twitch
    world.rate = 8.0 if world.role == "moderator" else 3.0
    chatter = asyncio.create_task(world.chatter())
    await asyncio.sleep(15)
    before = dict(twitch.violations)
    twitch.violations.clear()
    end, typed, by_person = time.monotonic() + world.options.seconds, 0, collections.Counter()
    while time.monotonic() < end:
        for _ in range(source.randint(1, 6)):
            # What Twitch refuses nobody sees: this person knows how to behave, and gets it all through.
            pause = 1.05 if twitch.role == "ordinary" else 0
            while time.monotonic() < (twitch.last_attempt or 0) + pause or twitch.full():
                await asyncio.sleep(0.05)
            seen = collections.Counter(twitch.violations)
            text, now = f"typed {typed}", time.monotonic()
            if twitch.judge(text, now) is None:
                twitch.deliver(text, now)
            by_person += twitch.violations - seen
            twitch.violations = seen
            typed += 1
            await asyncio.sleep(source.uniform(1.2, 4))
        await asyncio.sleep(source.uniform(0, 25))
    await asyncio.sleep(3)
    chatter.cancel()
    lines = [at for at, text in twitch.delivered]
    print(f"{world.name} ({world.role}): {typed} lines typed, {len(lines) - typed} relayed, before them {before}, by "
          f"the person {dict(by_person)}, by the relay {dict(twitch.violations)}, "
          f"{twitch.summary()['most_in_30s']} in 30 s at most, refusals {dict(twitch.refusals)}", flush=True)


async def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("what", choices=["disturb", "flap", "typist"])
    options.add_argument("--binary", default="build/dev/tiktok2twitch")
    options.add_argument("--times", type=int, default=60)
    options.add_argument("--for", dest="seconds", type=float, default=300)
    options.add_argument("--swing", type=float, default=9, help="seconds up or down at most")
    options.add_argument("--no-silence", action="store_true")
    options.add_argument("--worlds", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--verbose", action="store_true")
    options.add_argument("--keep", metavar="DIR")
    given = options.parse_args()
    given.binary = os.path.abspath(given.binary)
    play = {"disturb": disturb, "flap": flap, "typist": typist}[given.what]
    with tempfile.TemporaryDirectory() as scratch:
        tls = make_certificate(scratch)
        worlds = [World(f"{given.what}{i}", given, tls, os.path.join(given.keep or scratch, f"{given.what}{i}"),
                        ["ordinary", "moderator"][i % 2]) for i in range(given.worlds)]
        good = await asyncio.gather(*(world.run(play) for world in worlds))
    print(f"{sum(good)} of {len(good)} worlds as expected")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
