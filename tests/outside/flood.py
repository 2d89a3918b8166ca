#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""Floods the real binary from outside, between two stand-ins that share nothing with it.

Needs Python 3.9, the openssl command and a built relay; 'scripts/test outside' runs it.

    tests/outside/flood.py --binary build/release/tiktok2twitch --for 120 \\
        --case 46:ordinary --case 120:ordinary --case 720:ordinary --case 1200:moderator

runs the cases (comments a minute : ordinary, moderator or slow, the latter an ordinary user in a channel with
30 s slow mode) at the same time and for as many seconds, waits up to a minute for what still waits, stops the
relays and prints a table:

    carr. fold. lost   share of the comments: said, folded into one that was said, neither (percent)
    p50 p95 max        seconds from TikTok's frame to the line with the comment on Twitch
    fill               characters sent / characters that the default sending budget allows (percent)
    most/30s           most lines in any 30 s

Fails when a limit was violated, a line is over 500 code points, a comment appears twice, with another text or
under another name, the relay's report does not add up, or it disagrees with what was seen. --shape batches
(the default) sends 5 to 10 comments in one frame, as TikTok does; --keep DIR keeps what the bots said.
"""

import argparse
import asyncio
import json
import os
import random
import re
import signal
import sys
import tempfile
import time

from tiktok_standin import TikTokStandin
from twitch_standin import TwitchStandin, make_certificate, server_context

SHOUTS = ["GG", "gg", "LOL", "🔥🔥🔥", "hi", "first", "W", "❤️"]
WORDS = ("a the this that my your our some what when where who how why is was are can do did have love like want "
         "see hear play sing dance stop go come song music light hat cat dog mug game stream video today tonight "
         "again please really so very not here there now Brazil Hanoi Berlin Lagos Lima friend sister brother mum "
         "schön bonito très 好 かわいい привет شكرا").split()


def make_text(source):
    if source.random() < 0.15:
        return source.choice(SHOUTS)
    count = min(25, 1 + int(source.expovariate(0.2)))
    return " ".join(source.choice(WORDS) for _ in range(count))


def arrivals(rate, seconds, batches, source):
    """[(time, number of comments)]"""
    out, at = [], 0.0
    while True:
        at += source.expovariate(rate / 60 / (7.5 if batches else 1))
        if at >= seconds:
            return out
        out.append((at, source.randint(5, 10) if batches else 1))


class Case:
    def __init__(self, rate, channel, options, cert, key, directory):
        self.rate, self.channel, self.options, self.directory = rate, channel, options, directory
        self.context, self.cert = server_context(cert, key), cert
        self.source = random.Random(options.seed * 1_000_003 + rate)
        self.tiktok = TikTokStandin("streamer")
        self.twitch = TwitchStandin(role="moderator" if channel == "moderator" else "ordinary",
                                    slow=30 if channel == "slow" else 0)
        self.twitch.on_delivered = self.on_line
        self.comments = {}  # nickname -> [time, text, said]
        self.delays, self.folded, self.noted, self.faults = [], 0, 0, []
        self.characters, self.begin = 0, None

    # --- reading Twitch's side as a viewer does

    def on_line(self, when, text):
        if not text.startswith("[TikTok] "):
            self.faults.append(f"no label: {text}")
        if self.begin and when <= self.begin + self.options.seconds:
            self.characters += len(text)
        for part in text[len("[TikTok] "):].split(" ┃ "):
            self.on_part(when, part)

    def on_part(self, when, part):
        if match := re.fullmatch(r"… \+(\d+) more", part):
            self.noted += int(match[1])
        elif match := re.fullmatch(r"(.*) ×(\d+) \((v\w+)[,)].*", part):
            self.said(when, match[3], match[1], int(match[2]))
        elif match := re.fullmatch(r"(v\w+): (.*) ×(\d+)", part):
            self.said(when, match[1], match[2], int(match[3]))
        elif match := re.fullmatch(r"(v\w+): (.*)", part):
            self.said(when, match[1], match[2], 1)
        else:
            self.faults.append(f"nobody says: {part}")

    def said(self, when, name, text, count):
        comment = self.comments.get(name)
        if comment is None or comment[1] != text:
            self.faults.append(f"nobody wrote: {name}: {text}")
        elif comment[2]:
            self.faults.append(f"said twice: {name}: {text}")
        else:
            comment[2] = True
            self.delays.append(when - comment[0])
            self.folded += count - 1

    # --- the run

    async def run(self):
        tiktok_port = await self.tiktok.start(self.context)
        twitch_port = await self.twitch.start(self.context)
        report = os.path.join(self.directory, "report.json")
        web = f"https://localhost:{tiktok_port}"
        prefix = "TIKTOK2TWITCH_"
        environment = {"PATH": "/usr/bin:/bin", "HOME": self.directory, prefix + "TIKTOK_WEB_URL": web,
                       prefix + "TIKTOK_WEBCAST_URL": web,
                       prefix + "TIKTOK_WS_URL": f"wss://localhost:{tiktok_port}",
                       prefix + "TWITCH_IRC_URL": f"ircs://localhost:{twitch_port}",
                       # Nobody listens there: lines are relayed while the login service does not work, too.
                       prefix + "TWITCH_AUTH_URL": "http://127.0.0.1:9",
                       prefix + "TWITCH_LOGIN": "bot", prefix + "TWITCH_TOKEN": "outsidetoken",
                       prefix + "TLS_CA_FILE": self.cert}
        log = open(os.path.join(self.directory, "relay.log"), "wb")
        relay = await asyncio.create_subprocess_exec(
            self.options.binary, "--tiktok", "streamer", "--channel", "chan", "--report", report, "--state-dir",
            os.path.join(self.directory, "state"), env=environment, stdout=log, stderr=log)
        try:
            await asyncio.wait_for(asyncio.gather(self.tiktok.entered.wait(), self.twitch.joined.wait()), 30)
            await self.flood()
        except asyncio.TimeoutError:
            self.faults.append("the relay did not come up; see relay.log with --keep")
        if relay.returncode is None:
            relay.send_signal(signal.SIGTERM)
        if code := await relay.wait():
            self.faults.append(f"the relay ended with {code}")
        log.close()
        self.check(report)

    async def flood(self):
        self.begin = time.monotonic()
        number = 0
        for at, count in arrivals(self.rate, self.options.seconds, self.options.shape == "batches", self.source):
            await asyncio.sleep(max(0, self.begin + at - time.monotonic()))
            batch = []
            for _ in range(count):
                number += 1
                # The name tells comments apart, the account stays: what folds and who writes a lot is real.
                author, name, text = self.source.randrange(400), f"v{number:08d}", make_text(self.source)
                self.comments[name] = [time.monotonic(), text, False]
                batch.append((5000 + author, name, f"viewer.{author}", text))
            self.tiktok.comments(batch)
        await asyncio.sleep(max(0, self.begin + self.options.seconds - time.monotonic()))
        end = time.monotonic() + 63  # relay.max_age is a minute
        while time.monotonic() < end and len(self.delays) + self.folded < len(self.comments):
            await asyncio.sleep(0.25)

    def check(self, report):
        self.faults += [f"Twitch: {count} x {what}" for what, count in self.twitch.violations.items()]
        self.faults += [f"TikTok: {count} x {what}" for what, count in self.tiktok.complaints.items()]
        try:
            with open(report, encoding="utf-8") as file:
                route = json.load(file)["routes"][0]
        except (OSError, ValueError) as error:
            self.faults.append(f"no report: {error}")
            return
        self.report = route
        unsaid = sum(route["filtered"].values()) + sum(route["dropped"].values())
        if route["received"] != route["relayed"] + route["folded"] + unsaid + route["pending"]:
            self.faults.append(f"the report does not add up: {route}")
        seen = (len(self.comments), len(self.delays), self.folded, len(self.twitch.delivered))
        told = (route["received"], route["relayed"], route["folded"], route["lines_accepted"])
        if seen != told:
            self.faults.append(f"seen {seen}, reported {told}")

    def row(self):
        all_of_them = len(self.comments) or 1
        delays = sorted(self.delays) or [0]
        quantile = lambda share: delays[int(share * (len(delays) - 1))]
        lost = len(self.comments) - len(self.delays) - self.folded
        every = 30 if self.channel == "slow" else 32 / (90 if self.channel == "moderator" else 18)
        allowed = self.options.seconds / every * 480
        seen = self.twitch.summary()
        return (f"| {self.channel:9} | {self.rate:5} | {100 * len(self.delays) / all_of_them:5.1f} "
                f"| {100 * self.folded / all_of_them:5.1f} | {100 * lost / all_of_them:5.1f} "
                f"| {quantile(0.5):5.1f} | {quantile(0.95):5.1f} | {quantile(1):5.1f} "
                f"| {sum(seen['violations'].values()):4} | {100 * self.characters / allowed:5.1f} "
                f"| {seen['over_480']:4} | {seen['longest']:7} | {seen['most_in_30s']:8} |")


async def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--binary", required=True)
    options.add_argument("--case", action="append", default=[], metavar="RATE:CHANNEL")
    options.add_argument("--for", dest="seconds", type=float, default=120)
    options.add_argument("--shape", choices=["independent", "batches"], default="batches")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", metavar="DIR")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        cert, key = make_certificate(scratch)
        cases = []
        for text in given.case or ["46:ordinary", "120:ordinary", "720:ordinary", "1200:moderator"]:
            rate, _, channel = text.partition(":")
            if not rate.isdigit() or channel not in ("ordinary", "moderator", "slow"):
                options.error(f"--case {text}: expected RATE:ordinary, RATE:moderator or RATE:slow")
            directory = os.path.join(given.keep or scratch, f"{rate}-{channel}")
            os.makedirs(directory, exist_ok=True)
            cases.append(Case(int(rate), channel, given, cert, key, directory))
        await asyncio.gather(*(case.run() for case in cases))
        print("| channel   | /min  | carr. | fold. | lost  | p50   | p95   | max   | viol | fill  | >480 | longest "
              "| most/30s |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
        for case in cases:
            print(case.row())
            for fault in case.faults[:5]:
                print("    FAULT", fault)
            if given.keep:
                with open(os.path.join(case.directory, "lines.txt"), "w", encoding="utf-8") as file:
                    file.writelines(f"{when - (case.begin or 0):7.2f} {text}\n"
                                    for when, text in case.twitch.delivered)
        return 1 if any(case.faults for case in cases) else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
