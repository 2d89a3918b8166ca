#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""Steers the real binary from a Twitch chat, from outside: who may, who may not, and what comes of it.

Needs Python 3.9, the openssl command and a built relay; 'scripts/test outside' runs it.

    tests/outside/moderators.py --binary build/release/tiktok2twitch

A moderator, the broadcaster, a VIP, a subscriber, a stranger and people who pretend to be somebody type every
command; malformed commands; commands inside of relayed TikTok comments and names; pause, only gifts, slow,
mutes, blocks; a kill -9 in the middle; and commands faster than anybody may be answered, once with the bot as
a moderator and once as an ordinary user. Beside them, what is held is decided from the command line, over a
stop and a kill. Takes about two minutes.

Fails when somebody steers who may not, a command is not answered or answered wrongly, something is said that
was silenced or not said that was not, Twitch's limits are violated, or the report does not agree with what was
seen. --keep DIR keeps the relay's log and report and what was said.
"""

import argparse
import asyncio
import json
import os
import re
import signal
import sys
import tempfile
import time
import zlib

from tiktok_standin import TikTokStandin
from twitch_standin import TwitchStandin, make_certificate, server_context

VERBS = ["", " help", " pause", " resume", " status", " mute eve", " mute eve 5", " unmute eve", " block word",
         " unblock word", " slow 60", " only gifts", " only off", " approve", " deny"]

# who, tags: none of them may steer
NOBODIES = [
    ("stranger", {}),
    ("vip", {"badges": "vip/1"}),
    ("subscriber", {"badges": "subscriber/12", "subscriber": "1", "badge_info": "subscriber/14"}),
    ("founder", {"badges": "founder/0,sub-gifter/5"}),
    ("partner", {"badges": "partner/1"}),
    ("moderator", {}),  # a name is no badge
    ("chan2", {"badges": "vip/1,premium/1"}),
    ("pretender", {"display_name": "chan"}),
    ("badgeinfo", {"badge_info": "moderator/1,broadcaster/1"}),
    ("lookalike", {"badges": "notmoderator/1,xbroadcaster/1"}),
    ("nearly", {"badges": "moderator"}),
    ("typed", {"user_type": "admin"}),
    ("guest", {"badges": "moderator/1", "mod": True, "source_room": "99"}),  # moderates another channel
    ("guestcaster", {"badges": "broadcaster/1", "source_room": "99"}),
]

# typed by the moderator: what the answer has to say
MALFORMED = [
    ("", r"^commands: "), (" frobnicate", r"^no such command: 'frobnicate'; '!tiktok help'"),
    (" Pausee", r"did you mean 'pause'"),
    (" pause now", r"^usage: !tiktok pause$"), (" resume 5", r"^usage: !tiktok resume$"),
    (" mute", r"^usage: !tiktok mute"), (" mute two words", r"^nobody called that"),
    (" mute eve 0", r"1 to 43200"), (" mute eve -1", r"1 to 43200"),
    (" mute eve 99999999999999999999", r"1 to 43200"), (" mute e%e", r"^nobody called that"),
    (" unmute", r"^usage: !tiktok unmute"), (" unmute never", r"^not muted: never$"),
    (" block", r"^usage: !tiktok block"), (" block !!!", r"^not blocked: "),
    (" block " + "xy" * 26, r"^usage: !tiktok block"), (" unblock never", r"none of the 0 blocked words"),
    (" slow", r"^usage: !tiktok slow"), (" slow 301", r"0 to 300"), (" slow 1.5", r"0 to 300"),
    (" slow five", r"0 to 300"), (" only", r"^usage: !tiktok only"), (" only fans", r"^usage: !tiktok only"),
    (" approve 0", r"^usage: !tiktok approve"), (" deny all", r"^usage: !tiktok deny"),
    (" approve 2", r"^number 2 is not held; nothing more is held$"),
    (" approve", r"^nothing is held$"), (" deny", r"^nothing is held$"),
]

LABEL = "[TikTok] "


class Fault(Exception):
    pass


class Relay:
    """A relay between the two stand-ins, and what is asked of it."""

    def __init__(self, options, cert, key, directory, state, role):
        self.options, self.cert, self.directory, self.state = options, cert, directory, state
        self.context = server_context(cert, key)
        self.tiktok = TikTokStandin("streamer")
        self.twitch = TwitchStandin(role=role)
        self.twitch.on_delivered = self.on_line
        self.lines, self.said, self.gifts, self.written, self.faults = [], [], 0, 0, []
        self.arrived = asyncio.Event()
        self.process = None

    def on_line(self, when, text):
        self.lines.append((when, text))
        if text.startswith(LABEL):
            for part in text[len(LABEL):].split(" ┃ "):
                if match := re.fullmatch(r"(.*?): (.*)", part):
                    self.said.append((when, match[1], match[2]))
                elif " sent 1x " in part:
                    self.gifts += 1
                else:
                    self.faults.append(f"nobody says: {part}")
        self.arrived.set()

    async def listen(self):
        self.ports = await self.tiktok.start(self.context), await self.twitch.start(self.context)

    async def start(self, **more):
        self.tiktok.entered.clear()
        self.twitch.joined.clear()
        self.report = os.path.join(self.directory, "report.json")
        web, prefix = f"https://localhost:{self.ports[0]}", "TIKTOK2TWITCH_"
        environment = {"PATH": "/usr/bin:/bin", "HOME": self.directory, prefix + "TIKTOK_WEB_URL": web,
                       prefix + "TIKTOK_WEBCAST_URL": web, prefix + "TIKTOK_WS_URL": f"wss://localhost:{self.ports[0]}",
                       prefix + "TWITCH_IRC_URL": f"ircs://localhost:{self.ports[1]}",
                       # Nobody listens there: lines are relayed while the login service does not work, too.
                       prefix + "TWITCH_AUTH_URL": "http://127.0.0.1:9",
                       prefix + "TWITCH_LOGIN": "bot", prefix + "TWITCH_TOKEN": "outsidetoken",
                       prefix + "TLS_CA_FILE": self.cert, **{prefix + name: value for name, value in more.items()}}
        with open(os.path.join(self.directory, "relay.log"), "ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                self.options.binary, "--tiktok", "streamer", "--channel", "chan", "--report", self.report,
                "--state-dir", self.state, env=environment, stdout=log, stderr=log)
        try:
            await asyncio.wait_for(asyncio.gather(self.tiktok.entered.wait(), self.twitch.joined.wait()), 30)
        except asyncio.TimeoutError:
            raise Fault("the relay did not come up; see relay.log with --keep") from None
        self.written, self.said, self.gifts = 0, [], 0
        self.first_line = len(self.lines)

    async def kill(self):
        self.process.kill()
        await self.process.wait()

    async def stop(self):
        """Ends it and compares its report with what was seen since its start."""
        self.process.send_signal(signal.SIGTERM)
        if code := await self.process.wait():
            self.faults.append(f"the relay ended with {code}")
        with open(self.report, encoding="utf-8") as file:
            route = json.load(file)["routes"][0]
        unsaid = sum(route["filtered"].values()) + sum(route["dropped"].values())
        if route["received"] != route["relayed"] + route["folded"] + unsaid + route["pending"]:
            self.faults.append(f"the report does not add up: {route}")
        seen = (self.written, len(self.said) + self.gifts)
        if seen != (route["received"], route["relayed"]):
            self.faults.append(f"written and said {seen}, reported {route}")
        self.faults += [f"Twitch: {count} x {what}" for what, count in self.twitch.violations.items()]
        self.faults += [f"TikTok: {count} x {what}" for what, count in self.tiktok.complaints.items()]
        return route

    # --- what people do

    @staticmethod
    def number_of(handle):
        return 10**9 + zlib.crc32(handle.encode())

    def comment(self, text, handle="ann", nickname=None):
        self.written += 1
        self.tiktok.comments([(self.number_of(handle), nickname or handle.title(), handle, text)])

    def gift(self, handle="gina"):
        self.written += 1
        self.tiktok.gift(self.number_of(handle), handle.title(), handle, 5655, "Rose", 1)

    def type(self, text, login="vera", badges="moderator/1", mod=True, **more):
        self.twitch.say(login, text, badges=badges, mod=mod, **more)

    async def until(self, what, condition, limit=15):
        end = time.monotonic() + limit
        while not condition():
            self.arrived.clear()
            try:
                await asyncio.wait_for(self.arrived.wait(), max(0.01, min(0.2, end - time.monotonic())))
            except asyncio.TimeoutError:
                pass
            if time.monotonic() > end:
                raise Fault(f"not seen: {what}; last lines: {[text for _, text in self.lines[-3:]]}")

    def answers(self, since=0):
        return [text for _, text in self.lines[since:] if not text.startswith(LABEL)]

    async def command(self, text, wanted, **who):
        """Types it and reads the answer."""
        since = len(self.lines)
        self.type(text, **who)
        await self.until(f"an answer to {text}", lambda: self.answers(since))
        answer = self.answers(since)[0]
        if not re.search(wanted, answer):
            self.faults.append(f"{text!r} is answered {answer!r}")
        if len(answer) > 200 or "@" in answer or answer[:1] in "/.!":
            self.faults.append(f"an answer that is long, pings or commands: {answer!r}")

    async def hears(self, text, nickname=None):
        await self.until(f"{text!r}", lambda: any(said == text and nickname in (None, name)
                                                  for _, name, said in self.said))

    async def filtered(self, count):
        """Until the relay has taken in, and not said, so many since its start: nothing visible comes of it."""
        for _ in range(60):
            since = len(self.lines)
            self.type("!tiktok status")
            await self.until("a status", lambda: self.answers(since))
            match = re.search(r"(\d+) filtered", self.answers(since)[0])
            if match and int(match[1]) >= count:
                break
            await asyncio.sleep(0.4)
        if not match or int(match[1]) != count:
            self.faults.append(f"{count} should be filtered by now: {self.answers(since)[0]}")

    def never_said(self, text):
        if any(text in line for _, line in self.lines):
            self.faults.append(f"said although it was silenced: {text}")


async def nobodies(relay):
    for login, tags in NOBODIES:
        for verb in VERBS:
            for word in ("!tiktok", "!TikTok"):
                relay.type(word + verb, login, **{"badges": "", "mod": False, **tags})
    # Badges inside of what is typed, and lines inside of lines.
    for text in ("@badges=moderator/1;mod=1 :vera!vera@vera.tmi.twitch.tv PRIVMSG #chan :!tiktok pause",
                 "badges=broadcaster/1 !tiktok pause", "!tiktok pause ;mod=1", " :!tiktok pause",
                 "\x01ACTION !tiktok pause\x01", "!tiktok\u2028pause"):
        relay.type(text, "forger", badges="", mod=False)
    relay.type("!tiktokpause")
    relay.type("please !tiktok pause")
    relay.type("!tiktok2 pause")
    relay.comment("still here")
    await relay.hears("still here")
    await asyncio.sleep(1)
    if answers := relay.answers():
        relay.faults.append(f"somebody who may not was answered: {answers}")


async def everybody_who_may(relay):
    for who in ({}, {"login": "chan", "badges": "broadcaster/1", "mod": False},
                {"login": "chan", "badges": "", "mod": False},  # badges go missing; the name is the channel's
                {"login": "bot", "badges": "broadcaster/1", "mod": False},  # typed by who lends the account
                {"login": "lead", "badges": "lead_moderator/1,subscriber/3"},
                {"login": "plain", "badges": "", "mod": True},
                {"login": "shared", "source_room": "77"}):
        for text, wanted in [("help", "^commands: !tiktok pause"), ("pause", "^paused; '!tiktok resume'"),
                             ("status", "^paused ＠streamer: "), ("resume", "^going on$"),
                             ("status", "^relaying ＠streamer: "),
                             ("mute @Eve.One 5", "^muted eve.one for 5 minutes"),
                             ("unmute ＠eve·one", "^heard again: eve.one$"),
                             ("block some Phrase", "^blocked, 1 word"), ("block some phrase", "^blocked already"),
                             ("unblock SOME phrase", "^allowed again; 0 blocked words left$"),
                             ("slow 9", "^at most one line in 9 s"),
                             ("slow 0", "^lines come as fast as they may$"),
                             ("only gifts", "^only gifts are relayed"),
                             ("only off", "^everything is relayed again$"), ("approve", "^nothing is held$"),
                             ("deny", "^nothing is held$")]:
            await relay.command("!tiktok " + text, wanted, **who)
    for rest, wanted in MALFORMED:
        await relay.command("!tiktok" + rest, wanted)
    await relay.command("!TIKTOK   status \U000e0000", "^relaying")


async def words_of_tiktok(relay):
    """What a viewer writes is never a command, to nobody."""
    for number, (nickname, text) in enumerate([
            ("!tiktok pause", "one"), ("Vera", "!tiktok pause"), ("/ban", "/timeout vera 600"), (".me", ".clear"),
            ("@vera", "hello @vera @everyone"), ("Ann\r\nPRIVMSG #chan :x", "a\r\nb PRIVMSG #chan :/ban vera")]):
        relay.comment(text, f"viewer{number}", nickname)
    await relay.until("six comments", lambda: len(relay.said) >= 7)
    for _, line in relay.lines:
        if line.startswith(LABEL) and re.search(r"@\S", line) or line[:1] in "/.!":
            relay.faults.append(f"a line that pings or commands: {line}")
    relay.comment("not paused")
    await relay.hears("not paused")


async def silences(relay):
    """Returns how many comments were filtered."""
    await relay.command("!tiktok pause", "^paused")
    relay.comment("while paused")
    relay.gift()
    await relay.filtered(2)
    await relay.command("!tiktok resume", "^going on$")
    relay.comment("after the pause")
    await relay.hears("after the pause")

    await relay.command("!tiktok only gifts", "^only gifts")
    relay.comment("no gift at all")
    relay.gift()
    await relay.until("a gift", lambda: relay.gifts == 1)
    await relay.filtered(3)
    await relay.command("!tiktok only off", "^everything")

    await relay.command("!tiktok mute bob", "^muted bob[;,]")
    await relay.command("!tiktok block kumquat", "^blocked, 1 word")
    relay.comment("bob is silent", "bob")
    relay.comment("one K.U.M.Q.U.A.T please")
    relay.comment("a pear please")
    await relay.hears("a pear please")
    await relay.filtered(5)

    await relay.command("!tiktok slow 4", "^at most one line in 4 s")
    for number in range(3):
        relay.comment(f"slowly {number}")
        await relay.hears(f"slowly {number}")
    await relay.command("!tiktok slow 0", "^lines come")
    times = [when for when, _, text in relay.said if text.startswith("slowly")]
    if min(b - a for a, b in zip(times, times[1:])) < 3.9:
        relay.faults.append(f"slow 4, and lines at {times}")

    # What waits: Twitch takes its time for a line, and behind it the relay has to change its mind.
    relay.twitch.delay = 3
    relay.comment("under way")
    await relay.hears("under way")
    relay.comment("a durian that waits", "carl")
    relay.comment("dora waits", "dora")
    relay.comment("an apple that waits", "carl")
    await asyncio.sleep(0.5)
    relay.type("!tiktok block durian")
    relay.type("!tiktok mute dora 5")
    await asyncio.sleep(0.5)
    relay.twitch.delay = 0.05
    await relay.hears("an apple that waits")
    await relay.filtered(7)
    for text in ("while paused", "no gift at all", "bob is silent", "K.U.M.Q.U.A.T", "a durian that waits",
                 "dora waits"):
        relay.never_said(text)


async def over_a_crash(relay):
    await relay.kill()
    await relay.start()
    relay.comment("bob after the crash", "bob")
    relay.comment("a kumquat after the crash")
    relay.comment("a pear after the crash")
    await relay.hears("a pear after the crash")
    await relay.filtered(2)
    await relay.command("!tiktok unmute bob", "^heard again: bob$")
    await relay.command("!tiktok unblock kumquat", "^allowed again; 1 blocked word left$")
    relay.comment("bob is back", "bob")
    relay.comment("a kumquat again")
    await relay.hears("bob is back")
    await relay.hears("a kumquat again")
    await relay.command("!tiktok mute fred 1", "^muted fred for 1 minute[;,]")
    relay.comment("fred is muted", "fred")
    await relay.filtered(3)
    await relay.command("!tiktok pause", "^paused")
    await relay.kill()
    await relay.start()
    muted = time.monotonic()
    relay.comment("a pause outlives the relay")
    await relay.filtered(1)
    await relay.command("!tiktok resume", "^going on")
    relay.comment("said again")
    await relay.hears("said again")
    relay.comment("fred is muted still", "fred")
    await relay.filtered(2)
    await rapid_fire(relay, 300)
    await asyncio.sleep(max(0, muted + 62 - time.monotonic()))
    relay.comment("fred is back", "fred")
    await relay.hears("fred is back")
    for text in ("bob after the crash", "a kumquat after the crash", "fred is muted",
                 "a pause outlives the relay"):
        relay.never_said(text)


async def rapid_fire(relay, commands):
    """Nobody could answer all of these; what was typed last holds, and the limits are kept."""
    since = len(relay.lines)
    for number in range(commands):
        relay.type(f"!tiktok slow {number % 7}")
        relay.type("!tiktok status")
        await asyncio.sleep(0.02)
    relay.type("!tiktok slow 0")
    relay.comment("after the storm")
    await relay.hears("after the storm")
    await relay.until("the last answer", lambda: any(text.startswith("lines come") for text in relay.answers(since)))
    if len(relay.answers(since)) >= commands:
        relay.faults.append("more answers than there can be")
    await asyncio.sleep(2)


async def steer(relay):
    await relay.start()
    await nobodies(relay)
    await everybody_who_may(relay)
    await words_of_tiktok(relay)
    await relay.stop()
    await relay.start()
    await silences(relay)
    await over_a_crash(relay)
    route = await relay.stop()
    if route["filtered"] != {"muted_user": 1, "paused": 1}:
        relay.faults.append(f"filtered: {route['filtered']}")


async def steer_as_ordinary(relay):
    await relay.start()
    await rapid_fire(relay, 400)
    relay.comment("and on")
    await relay.hears("and on")
    await relay.stop()
    if relay.twitch.muted:
        relay.faults.append("the bot was muted")


async def tell(relay, *command):
    """Another process asks the relay: exit code, and what it printed."""
    process = await asyncio.create_subprocess_exec(
        relay.options.binary, *command, "--state-dir", relay.state, env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    out, _ = await asyncio.wait_for(process.communicate(), 150)
    return process.returncode, out.decode()


async def decide_from_outside(relay):
    """What is held, decided by command, over a stop and a kill."""
    hold = {"FILTER_WORDS": "kumquat", "FILTER_WORDS_ACTION": "hold"}

    def expect(good, what):
        if not good:
            relay.faults.append(what)

    async def held():
        return {each["id"]: each["line"] for each in json.loads((await tell(relay, "held", "--json"))[1])["held"]}

    async def until_held(count):
        for _ in range(200):
            found = await held()
            if len(found) >= count:
                return found
            await asyncio.sleep(0.05)
        raise Fault(f"not {count} held: {found}")

    await relay.start(**hold)
    for number in ("one", "two", "three"):
        relay.comment(f"{number} kumquat")
    expect(list(await until_held(3)) == [1, 2, 3], "numbers")
    for _ in range(100):
        if any("3 held for a moderator: 1 (" in text for _, text in relay.lines):
            break
        await asyncio.sleep(0.1)
    else:
        relay.faults.append(f"chat is not told: {relay.lines}")
    expect((await tell(relay, "deny", "2"))[0] == 0, "deny 2")
    expect((await tell(relay, "deny", "2"))[0] == 64, "deny 2 again")
    expect((await tell(relay, "stop"))[0] == 0, "stop")
    expect((await relay.process.wait()) == 0, "ended with an error")
    with open(relay.report, encoding="utf-8") as file:
        route = json.load(file)["routes"][0]
    expect((route["received"], route["pending"], route["filtered"]) == (3, 2, {"denied": 1}), f"report {route}")
    expect((await tell(relay, "stop"))[0] == 69, "stop without a relay")

    await relay.start(**hold)
    expect(list(await held()) == [1, 3], f"after the stop {await held()}")
    code, text = await tell(relay, "approve", "1")
    expect(code == 0 and "still held: 3" in text, f"approve: {text}")
    await relay.hears("one kumquat")
    relay.comment("four kumquat")
    expect(list(await until_held(2)) == [3, 4], f"after the approval {await held()}")
    await asyncio.sleep(1.5)  # written once a second
    await relay.kill()
    await relay.start(**hold)
    relay.comment("five kumquat")
    found = list(await until_held(3))
    expect(found[:2] == [3, 4] and found[2] > 4, f"after the kill {found}")
    expect((await tell(relay, "stop"))[0] == 0, "stop")
    await relay.process.wait()
    expect(sum("one kumquat" in text for _, text in relay.lines) == 1, "said twice")


async def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--binary", required=True)
    options.add_argument("--keep", metavar="DIR")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cert, key = make_certificate(scratch)
        relays = {}
        for role, play in (("moderator", steer), ("ordinary", steer_as_ordinary),
                           ("decider", decide_from_outside)):
            directory = os.path.join(given.keep or scratch, role)
            os.makedirs(directory, exist_ok=True)
            relays[role] = (Relay(given, cert, key, directory, os.path.join(scratch, "state-" + role),
                                  "ordinary" if role == "ordinary" else "moderator"), play)

        async def run(relay, play):
            await relay.listen()
            try:
                await play(relay)
            except Fault as fault:
                relay.faults.append(str(fault))
            if relay.process and relay.process.returncode is None:
                await relay.kill()

        await asyncio.gather(*(run(relay, play) for relay, play in relays.values()))
        for role, (relay, _) in relays.items():
            print(f"{role}: {len(relay.lines)} lines, {len(relay.answers())} of them answers, "
                  f"{relay.twitch.summary()['most_in_30s']} at most in 30 s, {len(relay.faults)} faults")
            for fault in relay.faults[:20]:
                print("    FAULT", fault)
            if given.keep:
                with open(os.path.join(relay.directory, "lines.txt"), "w", encoding="utf-8") as file:
                    file.writelines(f"{when:10.2f} {text}\n" for when, text in relay.lines)
        return 1 if any(relay.faults for relay, _ in relays.values()) else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
