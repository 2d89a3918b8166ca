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

Those called hourly_* do in seconds what Twitch wants every hour: twitch.validate_interval is 10 s for them.

Fails when the binary breaks a rule of the login service, uses a refresh token twice without need, loses a login,
does not go on by itself after a new one, shows a token, or ends with another exit code than documented.
"""

import asyncio
import signal
import sys
import time

from scenario import CONFIG, CURE, REFUSED, UNAVAILABLE, arguments, run


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
    it.set("TWITCH_LOGIN", "bot")
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
    it.reused = 3
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
    it.set("TWITCH_CLIENT_ID", "outsidesite")
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


# --- validated again and again

INTERVAL, LATE = 10, 4  # s


async def validated_again(it, times, seconds):
    """Until so many more validations were asked for."""
    wanted = len(it.service.validated) + times
    it.expect(await it.service.until(lambda: len(it.service.validated) >= wanted, seconds),
              f"{wanted - len(it.service.validated)} validations are missing")


def on_time(it, since):
    """Neither late, nor more often than it was told to."""
    times = [at for at in it.service.validated if at >= since]
    gaps = [later - at for at, later in zip(times, times[1:])]
    it.expect(all(INTERVAL * 0.8 <= gap <= INTERVAL + LATE for gap in gaps), f"validated every {gaps} s")


async def hourly_stored(it):
    """Revoked while nothing happens: told within the interval, and the connection, which is good, is left alone."""
    it.set("TWITCH_VALIDATE_INTERVAL", f"{INTERVAL}s")
    await it.log_in()
    await it.with_chats()
    since = time.monotonic()
    relay = await it.relay()
    if not await it.both_joined():
        return
    it.expect(len([at for at in it.service.validated if at >= since]) == 1, "not validated at the start")
    await validated_again(it, 2, 2 * INTERVAL + LATE)
    on_time(it, since)
    it.expect(CURE not in relay.err() and not it.service.requests["refresh"], "a good login is not left alone")
    it.service.revoke_all()
    it.expect(await relay.says(CURE, INTERVAL + LATE), "the relay does not name the command")
    it.comment("the connection is as before")
    await it.said("the connection is as before")
    await it.log_in()
    since = time.monotonic()
    await validated_again(it, 2, 2 * INTERVAL + 5 + LATE)  # the stored login is looked at every 5 s
    it.expect(it.service.owner(it.access()) == "bot", "the new login is not good")
    it.comment("with the new login")
    await it.said("with the new login")
    it.expect(it.chat.logins == 1 and not it.chat.refused, "the chat connection was given up")
    it.expect(relay.err().count(CURE) == 1, "told more than once")
    it.expect_current()
    await it.relay_ends(relay, 2)


async def hourly_pasted(it):
    """The same with a token of the configuration, and a SIGHUP for the next one."""
    it.set("TWITCH_VALIDATE_INTERVAL", f"{INTERVAL}s")
    await it.with_chats()
    scopes = "chat:read chat:edit"
    relay = await it.relay(token=it.service.issue("bot", scopes).access)
    if not await it.both_joined():
        return
    since = time.monotonic()  # at the start it is asked whose token this is, and then whether it is good
    await validated_again(it, 2, 2 * INTERVAL + LATE)
    on_time(it, since)
    it.service.revoke_all()
    it.expect(await relay.says("SIGHUP", INTERVAL + LATE), "the relay does not name the cure")
    it.comment("the connection is as before")
    await it.said("the connection is as before")
    it.expect(it.chat.logins == 1, "the chat connection was given up")
    it.configure(token=it.service.issue("bot", scopes).access)
    relay.process.send_signal(signal.SIGHUP)
    await validated_again(it, 1, LATE)
    await asyncio.sleep(1)
    since = time.monotonic()
    await validated_again(it, 2, 2 * INTERVAL + LATE)
    on_time(it, since)
    it.comment("with the new token")
    await it.said("with the new token")
    it.expect(not it.chat.refused, "logged in with the token that is known to be bad")
    it.expect(relay.err().count("SIGHUP") == 1, "told more than once")
    await it.relay_ends(relay, 2)


async def hourly_outage(it):
    """That nobody can be asked is no reason to stop, to renew, or to call for help."""
    it.set("TWITCH_VALIDATE_INTERVAL", f"{INTERVAL}s")
    await it.log_in()
    await it.with_chats()
    relay = await it.relay()
    if not await it.both_joined():
        return
    it.service.faults["validate"].extend([503, "cut", "html", 500])
    await validated_again(it, 5, INTERVAL + 30)
    it.comment("all is well")
    await it.said("all is well")
    it.expect(CURE not in relay.err(), "calls for help")
    it.expect(not it.service.requests["refresh"], "renewed for an outage")
    it.expect(it.chat.logins == 1, "the chat connection was given up")
    since = time.monotonic()
    await validated_again(it, 2, 2 * INTERVAL + LATE)
    on_time(it, since)
    await it.relay_ends(relay, 1)


async def hourly_bounds(it):
    """As often as Twitch wants it, and not so often that it would mind."""
    for interval, code in (("10s", 0), ("1h", 0), ("9s", CONFIG), ("61m", CONFIG), ("0s", CONFIG)):
        it.set("TWITCH_VALIDATE_INTERVAL", interval)
        await it.ends(await it.begin("config", "show"), code, *([] if not code else ["validate_interval"]))


# --- killed


async def kill(it):
    it.service.delay = 0.004
    await it.log_in()
    # A port where nobody listens: nothing of this is about the chats.
    it.set("TIKTOK_WEB_URL", "https://localhost:9")
    it.set("TWITCH_IRC_URL", "ircs://localhost:9")
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


# A token that is refused over a minute before its time was renewed by somebody else, and would not be renewed.
SHORT = {"token_life": 50}
SCENARIOS = [
    (login_waits_as_told, {}), (login_denied, {}), (login_expired, {"code_life": 3}), (login_through_outages, {}),
    (login_answer_lost, {}), (login_service_away, {}), (login_of_another, {}), (renew_through_outages, SHORT),
    (renew_answer_lost, SHORT), (renew_by_two, SHORT), (renew_without_secret, SHORT),
    (live_token_expires, {"token_life": 25}), (live_revoked, {}), (live_without_login_service, {}), (hourly_stored, {}), (hourly_pasted, {}),
    (hourly_outage, {}), (hourly_bounds, {})]


def main():
    options = arguments(__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--grace", type=float, default=0.5)
    plays = [(play, play.__name__, service) for play, service in SCENARIOS]
    plays += [(kill, f"kill_{lane}", {}) for lane in "1234"]
    return asyncio.run(run(options, plays))


if __name__ == "__main__":
    sys.exit(main())
