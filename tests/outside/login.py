#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""The real binary's Twitch login, from outside, against stand-ins that share nothing with it.

Needs Python 3.9, the openssl command and a built relay; a tool for maintainers, not part of ctest.

    tests/outside/login.py --binary build/dev/tiktok2twitch

runs all scenarios side by side (about two minutes) and prints one line for each; --only NAME runs some of them,
--keep DIR keeps what the programs wrote. The scenarios called kill_* end the binary with SIGKILL at random
moments of --kills renewals (200) in all, by 'whoami' and by the relay itself. After each the stored login must
be readable, of mode 0600 and what the login service knows; it may be lost only where the service's answer had
not been handed over, or less than --grace seconds (0.5) before, and then both commands must say so and name
'tiktok2twitch login'.

Fails when the binary breaks a rule of the login service, uses a refresh token twice without need, loses a login,
does not go on by itself after a new one, shows a token, or ends with another exit code than documented. What a
run of minutes cannot reach: the hourly validation, which no setting shortens.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import stat
import sys
import tempfile
import time

from id_standin import IdStandin
from tiktok_standin import TikTokStandin
from twitch_standin import TwitchStandin, make_certificate, server_context

REFUSED, UNAVAILABLE, CONFIG = 77, 69, 78
CURE = "tiktok2twitch login"


class ChatStandin(TwitchStandin):
    """Takes the access tokens that the login service knows."""

    def __init__(self, service):
        super().__init__(delay=0.01, role="moderator")
        self.service, self.writers, self.refused = service, [], 0

    def log_in(self, state, nick):
        access = (state["pass"] or "").removeprefix("oauth:")
        good = self.service.owner(access) == nick == self.login
        self.token = access if good else "\0"
        self.refused += not good
        self.writers.append(state["writer"])
        return super().log_in(state, nick)

    def cut(self):
        for writer in self.writers:
            writer.close()
        self.writers, self.unanswered = [], 0
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


class Scenario:
    """A login service, a state directory and the binary."""

    def __init__(self, name, options, tls, directory, **service):
        self.name, self.options, self.tls, self.directory = name, options, tls, directory
        self.service = IdStandin(**service)
        self.source = random.Random(f"{options.seed} {name}")
        self.faults, self.note, self.programs = [], "", []
        self.state = os.path.join(directory, "state")
        self.store = os.path.join(self.state, "token-bot.json")

    async def start(self):
        context = server_context(*self.tls)
        self.context, prefix = context, "TIKTOK2TWITCH_"
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": self.directory,
            prefix + "TWITCH_AUTH_URL": f"https://localhost:{await self.service.start(context)}",
            prefix + "TWITCH_CLIENT_ID": "outsideapp", prefix + "TLS_CA_FILE": self.tls[0]}

    async def with_chats(self):
        self.tiktok, self.chat = TikTokStandin("streamer"), ChatStandin(self.service)
        web = f"localhost:{await self.tiktok.start(self.context)}"
        prefix = "TIKTOK2TWITCH_"
        self.environment.update({
            prefix + "TIKTOK_WEB_URL": "https://" + web, prefix + "TIKTOK_WEBCAST_URL": "https://" + web,
            prefix + "TIKTOK_WS_URL": "wss://" + web,
            prefix + "TWITCH_IRC_URL": f"ircs://localhost:{await self.chat.start(self.context)}"})

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

    async def relay(self):
        return await self.begin("--tiktok", "streamer", "--channel", "chan", "--report",
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

    async def log_in(self):
        program = await self.begin("login")
        self.service.approve(await self.code(), "bot")
        await self.ends(program, 0, "Logged in as bot (user id 4242)")
        self.stored()
        return program

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

    def expect_current(self):
        state = self.service.state_of(self.stored())
        self.expect(state == "current", f"the stored login is {state} to the service")

    def nothing_stored(self):
        kept = [name for name in os.listdir(self.state) if name.startswith("token-") and name.endswith(".json")]
        self.expect(not kept, f"stored: {kept}")

    def comment(self, text):
        self.tiktok.comments([(77, "Fan", "fan", text)])

    async def both_joined(self):
        both = asyncio.gather(self.tiktok.entered.wait(), self.chat.joined.wait())
        try:
            await asyncio.wait_for(both, 40)
            return True
        except asyncio.TimeoutError:
            return self.expect(False, "the relay did not come up")

    async def said(self, text):
        end = time.monotonic() + 20
        while time.monotonic() < end and not any(text in line for _, line in self.chat.delivered):
            await asyncio.sleep(0.05)
        self.expect(any(text in line for _, line in self.chat.delivered), f"never said: {text}")

    async def relay_ends(self, program, received):
        program.process.send_signal(signal.SIGTERM)
        await self.ends(program, 0)
        with open(os.path.join(self.directory, "report.json"), encoding="utf-8") as file:
            route = json.load(file)["routes"][0]
        unsaid = sum(route["filtered"].values()) + sum(route["dropped"].values())
        self.expect(route["received"] == route["relayed"] + route["folded"] + unsaid + route["pending"] == received,
                    f"the report does not add up to {received}: {route}")

    def check(self, reused=0):
        self.faults += [f"login service: {count} x {what}" for what, count in self.service.complaints.items()]
        self.expect(self.service.reused == reused, f"{self.service.reused} refresh tokens used twice")
        tokens = {token for grant in self.service.grants for token in (grant.access, grant.refresh, *grant.served)}
        for program in self.programs:
            said = program.out() + program.err()
            self.expect(not any(token in said for token in tokens), f"{program.err_path}: shows a token")


# --- logging in


async def login_waits_as_told(it):
    program = await it.begin("login")
    code = await it.code()
    await it.service.until(lambda: len(it.service.polled) >= 2)
    code["state"] = "slow"
    await it.service.until(lambda: code["state"] == "open")
    it.service.approve(code, "bot")
    await it.ends(program, 0, code["user"], "https://www.twitch.tv/activate?public=true&device-code=" + code["user"])
    it.expect_current()
    gap = it.service.polled[-1] - it.service.polled[-2]
    it.expect(5.9 < gap < 8, f"{gap:.1f} s after slow_down")
    await it.ends(await it.begin("whoami"), 0, "bot (user id 4242)")
    await it.ends(await it.begin("logout"), 0)
    it.expect(not any(grant.alive for grant in it.service.grants), "not revoked")
    it.nothing_stored()
    await it.ends(await it.begin("whoami"), REFUSED, CURE)


async def login_denied(it):
    program = await it.begin("login")
    (await it.code())["state"] = "denied"
    await it.ends(program, REFUSED)
    it.nothing_stored()


async def login_expired(it):
    program = await it.begin("login")
    await it.code()
    await it.ends(program, REFUSED)
    it.nothing_stored()


async def login_through_outages(it):
    it.service.faults["poll"].extend([500, "cut", 503, "html"])
    program = await it.begin("login")
    code = await it.code()
    await it.service.until(lambda: it.service.requests["poll"] >= 1)
    it.service.cut_connections = 1
    await it.service.until(lambda: it.service.requests["poll"] >= 5)
    it.service.approve(code, "bot")
    it.service.faults["validate"].extend([503, "cut"])
    await it.ends(program, 0, "Logged in as bot")
    it.expect_current()


async def login_answer_lost(it):
    """The one answer with the tokens: nobody can have them again, and nothing may be stored."""
    program = await it.begin("login")
    code = await it.code()
    it.service.faults["poll"].append("lost")
    it.service.approve(code, "bot")
    await it.ends(program, REFUSED, CURE)
    it.nothing_stored()


async def login_service_away(it):
    for fault in (503, "cut", "html"):
        it.service.faults["device"].append(fault)
        await it.ends(await it.begin("login"), UNAVAILABLE)
    await it.ends(await it.begin("login", "--client-id", "nobody"), CONFIG, "client_id")
    it.nothing_stored()


async def login_of_another(it):
    it.environment["TIKTOK2TWITCH_TWITCH_LOGIN"] = "bot"
    program = await it.begin("login")
    it.service.approve(await it.code(), "other")
    await it.ends(program, REFUSED, "other", CURE)
    it.expect(not any(grant.alive for grant in it.service.grants), "not given back")
    it.nothing_stored()


# --- renewing


async def renew_through_outages(it):
    await it.log_in()
    for faults in ([503], ["cut"], ["html"], [503, "cut"]):
        it.service.end_access()
        it.service.faults["refresh"].extend(faults)
        await it.ends(await it.begin("whoami"), 0)
        it.expect_current()
    it.service.end_access()
    it.service.cut_connections = 1  # the validation's
    await it.begin("whoami")
    await it.programs[-1].end()
    await it.ends(await it.begin("whoami"), 0)
    it.expect_current()


async def renew_answer_lost(it):
    """Nobody can save this login; it must be said, by the relay as well, and a new one must do."""
    for fault in ("lost", "half"):
        await it.log_in()
        it.service.end_access()
        it.service.faults["refresh"].append(fault)
        await it.ends(await it.begin("whoami"), REFUSED, CURE)
    await it.with_chats()
    relay = await it.relay()
    it.expect(await relay.says(CURE), "the relay does not name the command")
    await it.log_in()
    if await it.both_joined():
        it.comment("after the loss")
        await it.said("after the loss")
        await it.relay_ends(relay, 1)


async def renew_by_two(it):
    """Two programs, one login: one of them renews, the other uses what it finds."""
    await it.log_in()
    for _ in range(5):
        it.service.end_access()
        before = it.service.requests["refresh"]
        both = [await it.begin("whoami"), await it.begin("whoami"), await it.begin("whoami")]
        for program in both:
            await it.ends(program, 0)
        it.expect(it.service.requests["refresh"] == before + 1, "renewed more than once")
        it.expect_current()


async def renew_without_secret(it):
    it.environment["TIKTOK2TWITCH_TWITCH_CLIENT_ID"] = "outsidesite"
    await it.log_in()
    it.service.end_access()
    await it.ends(await it.begin("whoami"), CONFIG, "Public")


# --- during a live


async def live_token_expires(it):
    """Tokens of 25 s: renewed in time, at half their life; and then one that Twitch ends early."""
    await it.log_in()
    await it.with_chats()
    relay = await it.relay()
    if not await it.both_joined():
        return
    it.comment("with the first token")
    await it.said("with the first token")
    it.expect(await it.service.until(lambda: it.service.requests["refresh"] >= 1, 30), "not renewed in time")
    await asyncio.sleep(0.5)
    it.expect_current()
    it.expect(it.chat.logins == 1, "logged in again although the connection was good")
    it.comment("with the second token")
    await it.said("with the second token")
    it.service.end_access()
    it.chat.cut()
    it.comment("while the old token is refused")
    await it.said("while the old token is refused")
    it.expect(it.chat.refused == 1, f"{it.chat.refused} logins were refused")
    it.expect_current()
    await it.relay_ends(relay, 3)


async def live_revoked(it):
    """Taken back by the streamer, then logged in again: the relay goes on without a restart."""
    await it.log_in()
    await it.with_chats()
    relay = await it.relay()
    if not await it.both_joined():
        return
    it.comment("before")
    await it.said("before")
    it.service.revoke_all()
    it.chat.cut()
    it.expect(await relay.says(CURE), "the relay does not name the command")
    it.comment("meanwhile")
    await asyncio.sleep(3)
    it.expect(it.chat.refused <= 2, f"{it.chat.refused} logins with a token that is known to be bad")
    await it.log_in()
    it.comment("after")
    await it.said("after")
    await it.said("meanwhile")
    it.expect_current()
    await it.relay_ends(relay, 3)


async def live_without_login_service(it):
    """The service is away when the relay starts: the token may be good, and the chat works."""
    await it.log_in()
    await it.with_chats()
    it.service.faults["validate"].extend([503] * 3)
    relay = await it.relay()
    if await it.both_joined():
        it.comment("hello")
        await it.said("hello")
        await it.relay_ends(relay, 1)


# --- killed


async def kill(it):
    it.service.delay = 0.004
    await it.log_in()
    # A port where nobody listens: nothing of this is about the chats.
    it.environment.update({"TIKTOK2TWITCH_TIKTOK_WEB_URL": "https://localhost:9",
                           "TIKTOK2TWITCH_TWITCH_IRC_URL": "ircs://localhost:9"})
    lost, latest = 0, 0.0
    rounds = it.options.kills // 4
    for number in range(rounds):
        it.service.end_access()
        before = it.service.requests.copy()
        by_relay = number % 3 == 0
        program = await (it.relay() if by_relay else it.begin("whoami"))
        endpoint, longest = (("validate", 0.05), ("refresh", 0.004), ("refresh", 0.03))[number % 7 % 3]
        it.expect(await it.service.until(lambda: it.service.requests[endpoint] > before[endpoint]),
                  f"{program.err_path}: no {endpoint}")
        await asyncio.sleep(it.source.uniform(0, longest))
        killed = time.monotonic()
        if program.process.returncode is None:
            program.process.kill()
        code = await program.end()
        it.expect(code in (0, -signal.SIGKILL), f"{program.err_path}: ended with {code}")
        await asyncio.sleep(0.02)  # a request that was on its way arrives
        refresh = it.stored()
        state = it.service.state_of(refresh)
        if state == "current":
            continue
        if not it.expect(state == "served", f"round {number}: the store holds a login that never was"):
            return
        # The successor's answer: never written, or too late to be kept.
        grant = next(grant for grant in it.service.grants if refresh in grant.served)
        at = it.service.answered.get(grant.refresh)
        lost += 1
        latest = max(latest, killed - at if at else 0.0)
        it.expect(at is None or killed - at < it.options.grace,
                  f"round {number}: lost {killed - (at or 0):.3f} s after the answer")
        if number % 2:
            await it.ends(await it.begin("whoami"), REFUSED, CURE)
        else:
            relay = await it.relay()
            it.expect(await relay.says(CURE), f"{relay.err_path}: does not name the command")
            relay.process.send_signal(signal.SIGTERM)
            await relay.end()
        await it.log_in()
    await it.ends(await it.begin("whoami"), 0)
    it.expect_current()
    it.reused = lost
    it.note = (f"{rounds} kills, {it.service.requests['refresh']} refreshes, {lost} lost, none later than "
               f"{latest * 1000:.0f} ms after its answer")


SCENARIOS = [
    (login_waits_as_told, {}), (login_denied, {}), (login_expired, {"code_life": 3}), (login_through_outages, {}),
    (login_answer_lost, {}), (login_service_away, {}), (login_of_another, {}), (renew_through_outages, {}),
    (renew_answer_lost, {}), (renew_by_two, {}), (renew_without_secret, {}), (live_token_expires, {"token_life": 25}),
    (live_revoked, {}), (live_without_login_service, {})]


async def perform(play, name, options, tls, scratch, service, turn):
    directory = os.path.join(options.keep or scratch, name)
    os.makedirs(directory, exist_ok=True)
    it = Scenario(name, options, tls, directory, **service)
    it.reused = {"renew_answer_lost": 3}.get(name, 0)  # the last attempts, which cost nothing
    async with turn:
        began = time.monotonic()
        await it.start()
        try:
            await play(it)
        except (OSError, ValueError, KeyError, StopIteration) as error:
            it.faults.append(f"{type(error).__name__}: {error}")
        for program in it.programs:
            if program.process.returncode is None:
                program.process.kill()
                await program.process.wait()
        it.check(it.reused)
    print(f"{'FAULT' if it.faults else 'ok   '} {time.monotonic() - began:5.1f} s  {name}  {it.note}", flush=True)
    for fault in it.faults[:5]:
        print("      ", fault, flush=True)
    return not it.faults


async def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--binary", default="build/dev/tiktok2twitch")
    options.add_argument("--only", action="append", metavar="NAME")
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--grace", type=float, default=0.5)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", metavar="DIR")
    given = options.parse_args()
    plays = [(play, play.__name__, service) for play, service in SCENARIOS]
    plays += [(kill, f"kill_{lane}", {}) for lane in "1234"]
    known = {name for _, name, _ in plays}
    if given.only and not set(given.only) <= known:
        options.error("--only: one of " + ", ".join(sorted(known)))
    if not os.access(given.binary, os.X_OK):
        options.error(f"--binary {given.binary}: no such program")
    given.binary = os.path.abspath(given.binary)
    turn = asyncio.Semaphore(6)
    with tempfile.TemporaryDirectory() as scratch:
        tls = make_certificate(scratch)
        good = await asyncio.gather(*(perform(play, name, given, tls, scratch, service, turn)
                                      for play, name, service in plays if not given.only or name in given.only))
    print(f"{sum(good)} of {len(good)} scenarios as expected")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
