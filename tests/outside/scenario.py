# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""What login.py and helix.py share: the real binary between the stand-ins, one scenario after the other."""

import argparse
import asyncio
import json
import os
import random
import shutil
import signal
import stat
import tempfile
import time

from id_standin import IdStandin
from tiktok_standin import TikTokStandin
from twitch_standin import TwitchStandin, make_certificate, server_context

REFUSED, UNAVAILABLE, CONFIG = 77, 69, 78
CURE = "tiktok2twitch login"
PREFIX = "TIKTOK2TWITCH_"


class ChatStandin(TwitchStandin):
    """Takes the access tokens that the login service knows."""

    def __init__(self, service, role="moderator", delay=0.01, channel="chan"):
        super().__init__(channel, role=role, delay=delay)
        self.service, self.writers, self.refused = service, [], 0

    def log_in(self, state, nick):
        self.writers.append(state["writer"])
        if not nick.startswith("justinfan"):
            access = (state["pass"] or "").removeprefix("oauth:")
            good = self.service.owner(access) == nick == self.login
            self.token = access if good else "\0"
            self.refused += not good
        return super().log_in(state, nick)

    def cut(self):
        for writer in self.writers:
            writer.close()
        self.writers = []
        self.joined.clear()


class Program:
    def __init__(self, process, out, err):
        self.process, self.out_path, self.err_path = process, out, err

    def err(self):
        with open(self.err_path, encoding="utf-8") as file:
            return file.read()

    def out(self):
        with open(self.out_path, encoding="utf-8") as file:
            return file.read()

    async def says(self, text, seconds=20):
        end = time.monotonic() + seconds
        while text not in self.err() and time.monotonic() < end and self.process.returncode is None:
            await asyncio.sleep(0.05)
        return text in self.err()

    async def end(self, seconds=45):
        try:
            return await asyncio.wait_for(self.process.wait(), seconds)
        except asyncio.TimeoutError:
            self.process.kill()
            return "no end"

    async def kill(self):
        self.process.kill()
        await self.process.wait()


class Scenario:
    """A login service, a state directory and the binary."""

    def __init__(self, name, options, tls, directory, **service):
        self.name, self.options, self.tls, self.directory = name, options, tls, directory
        self.service = IdStandin(**service)
        self.source = random.Random(f"{options.seed} {name}")
        self.faults, self.note, self.programs = [], "", []
        self.reused = 0  # refresh tokens that may be used twice: the last attempts, which cost nothing
        self.tiktok = self.chat = None
        self.state = os.path.join(directory, "state")
        self.store = os.path.join(self.state, "token-bot.json")
        self.config = os.path.join(directory, "config.toml")

    async def start(self):
        self.context = server_context(*self.tls)
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": self.directory}
        self.set("TWITCH_AUTH_URL", f"https://localhost:{await self.service.start(self.context)}")
        self.set("TWITCH_CLIENT_ID", "outsideapp")
        self.set("TLS_CA_FILE", self.tls[0])

    def set(self, name, value):
        self.environment[PREFIX + name] = value

    async def with_chats(self, **chat):
        self.tiktok, self.chat = TikTokStandin("streamer"), ChatStandin(self.service, **chat)
        web = f"localhost:{await self.tiktok.start(self.context)}"
        self.set("TIKTOK_WEB_URL", "https://" + web)
        self.set("TIKTOK_WEBCAST_URL", "https://" + web)
        self.set("TIKTOK_WS_URL", "wss://" + web)
        self.set("TWITCH_IRC_URL", f"ircs://localhost:{await self.chat.start(self.context)}")

    def expect(self, good, text):
        if not good:
            self.faults.append(text)
        return good

    async def begin(self, *arguments):
        base = os.path.join(self.directory, f"{len(self.programs):03d}-{arguments[0].lstrip('-')}")
        with open(base + ".out", "wb") as out, open(base + ".err", "wb") as err:
            process = await asyncio.create_subprocess_exec(
                self.options.binary, *arguments, "--state-dir", self.state, env=self.environment,
                stdin=asyncio.subprocess.DEVNULL, stdout=out, stderr=err)
        self.programs.append(Program(process, base + ".out", base + ".err"))
        return self.programs[-1]

    def configure(self, *more_channels, token=""):
        """From the one room into the one chat, and these."""
        with open(self.config, "w", encoding="utf-8", opener=lambda *what: os.open(*what, 0o600)) as file:
            file.write(f'[twitch]\ntoken = "{token}"\n' if token else "")
            for channel in (self.chat.channel if self.chat else "chan", *more_channels):
                file.write(f'[[route]]\ntiktok = "streamer"\nchannel = "{channel}"\n')

    async def relay(self, *more_channels, token=""):
        if self.tiktok:
            self.tiktok.entered.clear()
        self.configure(*more_channels, token=token)
        return await self.begin("run", "--config", self.config, "--report",
                                os.path.join(self.directory, "report.json"))

    async def ends(self, program, code, *texts):
        got = await program.end()
        said = program.err() + program.out()
        self.expect(got == code, f"{program.err_path}: ended with {got}, expected {code}")
        for text in texts:
            self.expect(text in said, f"{program.err_path}: does not say {text!r}")

    async def code(self):
        self.expect(await self.service.until(self.service.open_code), "asks for no code")
        return self.service.open_code()

    async def log_in(self, scopes=None):
        """As the bot; `scopes`: what the person agrees to, if not to everything."""
        program = await self.begin("login")
        self.service.approve(await self.code(), "bot", scopes)
        await self.ends(program, 0, "Logged in as bot (user id 4242)")
        self.stored()
        return program

    def paste(self, scopes="chat:read chat:edit user:write:chat moderator:manage:chat_messages", **grant):
        grant = self.service.issue("bot", scopes, **grant)
        self.set("TWITCH_TOKEN", grant.access)
        return grant

    def stored(self):
        """The refresh token on disk. Whoever reads the file must find it whole and for its owner alone."""
        for path in (self.store, self.store + ".tmp"):
            if os.path.exists(path):
                mode = stat.S_IMODE(os.stat(path).st_mode)
                self.expect(mode == 0o600, f"{path} has the mode {mode:o}")
        try:
            with open(self.store, encoding="utf-8") as file:
                return json.load(file)["refresh_token"]
        except (OSError, ValueError, KeyError) as error:
            self.faults.append(f"the store cannot be read: {error}")
            return ""

    def access(self):
        with open(self.store, encoding="utf-8") as file:
            return json.load(file)["access_token"]

    def expect_current(self):
        state = self.service.state_of(self.stored())
        self.expect(state == "current", f"the stored login is {state} to the service")

    def nothing_stored(self):
        kept = [name for name in os.listdir(self.state) if name.startswith("token-") and name.endswith(".json")]
        self.expect(not kept, f"stored: {kept}")

    # --- the room and the chat

    def comment(self, text):
        return self.comments((77, "Fan", "fan", text))[0]

    def comments(self, *comments):
        """(author id, nickname, handle, text) of each; returns their ids."""
        return self.tiktok.comments(comments)

    async def both_joined(self):
        return await self.up(self.chat.joined)

    async def up(self, *more):
        """Until the relay reads the room, and these events."""
        all_of_them = asyncio.gather(self.tiktok.entered.wait(), *(event.wait() for event in more))
        try:
            await asyncio.wait_for(all_of_them, 40)
            return True
        except asyncio.TimeoutError:
            return self.expect(False, "the relay did not come up")

    def count_of(self, text):
        return sum(text in line for _, line in self.chat.delivered)

    async def said(self, text, seconds=20):
        await self.until(lambda: self.count_of(text), seconds)
        return self.expect(self.count_of(text), f"never said: {text}")

    async def until(self, condition, seconds=20):
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            await asyncio.sleep(0.05)
        return condition()

    def expect_once(self, *texts):
        for text in texts:
            self.expect(self.count_of(text) == 1, f"said {self.count_of(text)} times: {text}")

    async def relay_ends(self, program, received):
        """Each route has received so much. Returns the report of the first; the others are in self.report."""
        program.process.send_signal(signal.SIGTERM)
        await self.ends(program, 0)
        with open(os.path.join(self.directory, "report.json"), encoding="utf-8") as file:
            self.report = {route["channel"]: route for route in json.load(file)["routes"]}
        for route in self.report.values():
            for book in (route, route["deletions"]["said_again"]):
                unsaid = sum(book["filtered"].values()) + sum(book["dropped"].values())
                self.expect(book["received"] == book["relayed"] + book["folded"] + unsaid + book["pending"],
                            f"the report does not add up: {book}")
            removed = route["deletions"]
            self.expect(removed["removed"] == removed["deleted"] + sum(removed["kept"].values()) + removed["pending"],
                        f"the report does not add up: {removed}")
            self.expect(route["received"] == received, f"received {received}, reported {route}")
        return next(iter(self.report.values()))

    def check(self):
        self.faults += [f"login service: {count} x {what}" for what, count in self.service.complaints.items()]
        self.expect(self.service.reused == self.reused, f"{self.service.reused} refresh tokens used twice")
        tokens = {token for grant in self.service.grants for token in (grant.access, grant.refresh, *grant.served)}
        for program in self.programs:
            said = program.out() + program.err()
            self.expect(not any(token in said for token in tokens), f"{program.err_path}: shows a token")
        if self.chat:
            self.faults += [f"Twitch: {count} x {what}" for what, count in self.chat.violations.items()]
            self.faults += [f"TikTok: {count} x {what}" for what, count in self.tiktok.complaints.items()]


async def perform(kind, play, name, options, tls, scratch, service, turn):
    directory = os.path.join(options.keep or scratch, name)
    os.makedirs(directory, exist_ok=True)
    shutil.rmtree(os.path.join(directory, "state"), ignore_errors=True)  # of a run before: it knows these messages
    it = kind(name, options, tls, directory, **service)
    async with turn:
        began = time.monotonic()
        await it.start()
        try:
            await play(it)
        except (OSError, ValueError, KeyError, IndexError, StopIteration) as error:
            it.faults.append(f"{type(error).__name__}: {error}")
        for program in it.programs:
            if program.process.returncode is None:
                await program.kill()
        it.check()
    print(f"{'FAULT' if it.faults else 'ok   '} {time.monotonic() - began:5.1f} s  {name}  {it.note}", flush=True)
    for fault in it.faults[:5]:
        print("      ", fault, flush=True)
    return not it.faults


def arguments(description):
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--binary", default="build/dev/tiktok2twitch")
    options.add_argument("--only", action="append", metavar="NAME")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", metavar="DIR")
    return options


async def run(options, plays, kind=Scenario):
    """`plays`: (what happens, its name, arguments of the login service). Returns an exit code."""
    given = options.parse_args()
    known = {name for _, name, _ in plays}
    if given.only and not set(given.only) <= known:
        options.error("--only: one of " + ", ".join(sorted(known)))
    if not os.access(given.binary, os.X_OK):
        options.error(f"--binary {given.binary}: no such program")
    given.binary = os.path.abspath(given.binary)
    turn = asyncio.Semaphore(6)
    with tempfile.TemporaryDirectory() as scratch:
        tls = make_certificate(scratch)
        good = await asyncio.gather(*(perform(kind, play, name, given, tls, scratch, service, turn)
                                      for play, name, service in plays if not given.only or name in given.only))
    print(f"{sum(good)} of {len(good)} scenarios as expected")
    return 0 if all(good) else 1
