#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""The real binary and Twitch's API, from outside, against stand-ins that share nothing with it.

Needs Python 3.9, the openssl command and a built relay; 'scripts/test outside' runs it.

    tests/outside/helix.py --binary build/dev/tiktok2twitch

runs all scenarios, six at a time (about two minutes), and prints one line for each; --only NAME runs some of
them, --keep DIR keeps what the programs wrote. say_* and live_* say lines with POST /chat/messages, delete_*
delete them with DELETE /moderation/chat, said over IRC or over the API, when TikTok's moderation removes what is
on them; no_channel_* ask for channels that do not exist.

Fails when the binary breaks a rule of the API or of the login service, says a line twice, exceeds a limit, takes
no notice of a refusal, does not go on by itself where it can, does not name the cure where it cannot, deletes
another line than it should, or gives a report that does not add up or disagrees with what was seen.
"""

import asyncio
import signal
import sys
import time

from helix_standin import CUT, HALF, HTML, LOST, Fault, HelixStandin
from scenario import CURE, REFUSED, Scenario, arguments, run

SAY, DELETE = "user:write:chat", "moderator:manage:chat_messages"
NO_SCOPE = f"User access token requires the {SAY} scope."


class HelixScenario(Scenario):
    def __init__(self, *most, **service):
        super().__init__(*most, **service)
        self.helix = None

    async def with_helix(self, transport, **chat):
        await self.with_chats(**chat)
        self.helix = HelixStandin(self.service, self.chat)
        self.set("TWITCH_TRANSPORT", transport)
        self.set("TWITCH_HELIX_URL", f"https://localhost:{await self.helix.start(self.context)}/helix")

    async def live(self, transport="helix", log_in=True, **chat):
        """A relay that reads the room, and may speak."""
        if log_in:
            await self.log_in()
        await self.with_helix(transport, **chat)
        return await self.live_again()

    async def live_again(self):
        relay = await self.relay()
        over_irc = self.environment["TIKTOK2TWITCH_TWITCH_TRANSPORT"] == "irc"
        await self.up(self.chat.joined if over_irc else self.helix.settings_read)
        return relay

    def attempts(self, text):
        return [at for at, line in self.helix.asked if text in line]

    async def attempted(self, text, times=1):
        await self.until(lambda: len(self.attempts(text)) >= times)
        return self.expect(len(self.attempts(text)) == times, f"asked {len(self.attempts(text))} times to say {text}")

    def line_of(self, text):
        """Id of the only line that says it."""
        ids = [number for number, (_, _, _, line) in self.chat.lines.items() if text in line]
        self.expect(len(ids) == 1, f"{len(ids)} lines say {text}")
        return ids[0] if ids else ""

    async def gone(self, line_id):
        await self.until(lambda: line_id in self.chat.removed)
        self.expect(line_id in self.chat.removed, "not deleted: " + self.chat.lines[line_id][3])

    def expect_counts(self, book, name, wanted):
        self.expect(book[name] == wanted, f"{name} should be {wanted}: {book}")

    def check(self):
        super().check()
        if self.helix:
            self.faults += [f"API: {count} x {what}" for what, count in self.helix.complaints.items()]


# --- saying


async def say_plain(it):
    relay = await it.live()
    texts = ["first", 'quotes " and \\ slashes', "wide \N{PARTY POPPER} and \u00e4\u4e2d", '</script> {"a":1}',
             "last"]
    for text in texts:
        it.comment(text)
        await it.said(text)
    it.expect_once(*texts)
    it.expect(it.chat.logins == 0, "logged in to IRC although the API is used")
    it.expect(it.helix.statuses["say", 200] == 5 and it.helix.requests["say"] == 5, f"{it.helix.statuses}")
    it.expect(it.helix.connections <= 2, f"{it.helix.connections} connections; they should be kept")
    route = await it.relay_ends(relay, 5)
    it.expect(route["relayed"] == 5 and route["lines_accepted"] == 5, f"{route}")


async def say_as_moderator(it):
    """It reads its own rank from its lines, as an anonymous reader of the chat, and then speaks faster."""
    it.set("RELAY_PACK", "false")
    relay = await it.live(role="moderator")
    await it.up(it.chat.read)
    for number in range(40):
        it.comment(f"number {number:02d}")
    began = time.monotonic()
    await it.until(lambda: len(it.chat.delivered) >= 40, 40)
    it.expect_once(*(f"number {number:02d}" for number in range(40)))
    it.note = f"40 lines in {time.monotonic() - began:.0f} s"
    route = await it.relay_ends(relay, 40)
    it.expect(route["relayed"] == 40, f"{route}")


async def say_without_reader(it):
    """Without commands nobody reads the chat, and the limits are those of an ordinary user."""
    it.set("COMMANDS_ENABLED", "false")
    relay = await it.live(role="ordinary")
    for number in range(12):
        it.comment(f"number {number:02d}")
        await asyncio.sleep(0.2)
    await it.said("number 11")
    it.expect(it.chat.connections == 0, "connected to IRC")
    await it.relay_ends(relay, 12)


async def say_with_pasted_token(it):
    """Of another application than twitch.client_id: the API wants the one that the token belongs to."""
    it.paste(client="outsidesite")
    relay = await it.live(log_in=False)
    it.comment("hello")
    await it.said("hello")
    await it.relay_ends(relay, 1)


async def say_on_dead_connections(it):
    """Kept connections end, and then nobody listens: no line was on its way, so none is lost or doubtful."""
    relay = await it.live()
    it.comment("first")
    await it.said("first")
    it.helix.idle = 0.3
    for number in range(4):
        await asyncio.sleep(1)
        it.comment(f"after {number} ends")
        await it.said(f"after {number} ends")
    it.helix.leave()
    await asyncio.sleep(0.5)  # a line that leaves while the end of the connection is on its way would be doubtful
    it.comment("before closed doors")
    await asyncio.sleep(3)
    await it.helix.start(it.context, it.helix.port)
    await it.said("before closed doors")
    route = await it.relay_ends(relay, 6)
    it.expect(route["relayed"] == 6, f"{route}")


async def say_answer_unknown(it):
    """Whether the line was said is not known: it may not be said again, and is counted."""
    relay = await it.live()
    await it.up(it.chat.read)
    cases = [Fault(500), Fault(503, done=True), CUT, LOST, HALF, HTML, Fault(after=13)]
    for number, fault in enumerate(cases):
        it.helix.faults["say"].append(fault)
        it.comment(f"doubtful {number}")
        await it.attempted(f"doubtful {number}")
        it.comment(f"certain {number}")
        await it.said(f"certain {number}", 40)
    for number, fault in enumerate(cases):
        it.expect(len(it.attempts(f"doubtful {number}")) == 1, f"asked again after {fault}")
        it.expect_once(f"certain {number}")
    route = await it.relay_ends(relay, 14)
    it.expect_counts(route, "dropped", {"unknown": 7})
    it.expect(route["relayed"] == 7, f"{route}")


async def say_is_not_sent(it):
    relay = await it.live()
    reasons = {"msg_rejected": "msg_rejected", "msg_duplicate": "msg_duplicate",
               "channel_settings": "msg_rejected_mandatory", "msg_never_heard_of": "msg_never_heard_of"}
    for code in reasons:
        it.helix.faults["say"].append(Fault(drop=code))
        it.comment(f"dropped for {code}")
        await it.attempted(f"dropped for {code}")
        it.comment(f"after {code}")
        await it.said(f"after {code}")
    for code in reasons:
        it.expect(len(it.attempts(f"dropped for {code}")) == 1, f"said again after {code}")
    route = await it.relay_ends(relay, 8)
    it.expect_counts(route, "dropped", {"refused_" + name: 1 for name in reasons.values()})


async def say_packed_with_blocked_term(it):
    """A line of several with a term that the channel blocks: only who used it is not said."""
    relay = await it.live(delay=0.5)
    it.comment("leading")
    await it.said("leading")
    it.helix.faults["say"].extend([None, Fault(drop="channel_settings")])
    it.comments(*((80 + n, f"Fan {n}", f"fan{n}", f"{word} words") for n, word in enumerate("abcd")))
    await it.attempted("leading")
    await it.until(lambda: sum(it.count_of(f"{word} words") for word in "abcd") >= 4, 12)
    for word in "abcd":
        it.expect_once(f"{word} words")
    await it.relay_ends(relay, 5)


async def say_slow_mode(it):
    """Known from the settings of the chat."""
    it.set("RELAY_PACK", "false")
    await it.log_in()
    await it.with_helix("helix", role="ordinary")
    it.chat.slow = 5
    relay = await it.live_again()
    for number in range(3):
        it.comment(f"number {number}")
    await it.said("number 2", 30)
    it.expect(not it.chat.refusals, f"refused: {dict(it.chat.refusals)}")
    await it.relay_ends(relay, 3)


async def say_told_to_wait(it):
    """429: as long as Ratelimit-Reset says, without it 2 s; a limit of the endpoint says nothing about Reset."""
    relay = await it.live()
    reset = int(time.time()) + 6
    it.helix.faults["say"].append(Fault(429, headers={"Ratelimit-Limit": 800, "Ratelimit-Remaining": 0,
                                                      "Ratelimit-Reset": reset}))
    it.comment("first")
    await it.said("first")
    it.expect(time.time() >= reset, "did not wait for Ratelimit-Reset")
    it.helix.faults["say"].append(Fault(429, headers={}))
    it.comment("second")
    await it.said("second")
    it.helix.faults["say"].append(Fault(429, headers={"Ratelimit-Limit": 800, "Ratelimit-Remaining": 700,
                                                      "Ratelimit-Reset": int(time.time()) + 3000}))
    it.comment("third")
    await it.said("third", 30)
    for text in ("first", "second", "third"):
        attempts = it.attempts(text)
        it.expect(len(attempts) == 2 and attempts[1] - attempts[0] >= 2, f"{text}: {attempts}")
        it.expect_once(text)
    route = await it.relay_ends(relay, 3)
    it.expect(route["relayed"] == 3, f"{route}")


async def say_told_to_wait_twice(it):
    relay = await it.live()
    it.helix.faults["say"].extend([Fault(429, headers={})] * 2)
    it.comment("unlucky")
    await it.attempted("unlucky", 2)
    it.comment("afterwards")
    await it.said("afterwards", 40)
    it.expect(len(it.attempts("unlucky")) == 2, "tried a third time")
    it.expect(it.attempts("afterwards")[0] - it.attempts("unlucky")[1] >= 4, "no longer pause after the second 429")
    route = await it.relay_ends(relay, 2)
    it.expect_counts(route, "dropped", {"refused_msg_ratelimit": 1})


async def say_forbidden(it):
    """403: the chat is left alone for ten minutes, and what to do is said."""
    relay = await it.live()
    it.helix.faults["say"].append(Fault(403, "The sender is not permitted to send messages."))
    it.comment("unwelcome")
    it.expect(await relay.says("/unban bot"), "does not name /unban")
    it.expect("/mod bot" in relay.err(), "does not name /mod")
    it.comment("meanwhile")
    await asyncio.sleep(6)
    it.expect(it.helix.requests["say"] == 1, f"asked {it.helix.requests['say']} times")
    route = await it.relay_ends(relay, 2)
    it.expect_counts(route, "dropped", {"refused_msg_forbidden": 1, "shutdown": 1})


async def say_too_long(it):
    """422: once more, shorter; and not a third time."""
    relay = await it.live()
    long = " ".join(f"word{number}" for number in range(40))
    it.helix.faults["say"].append(Fault(422, "The message is too large"))
    it.comment("short enough " + long)
    await it.said("short enough")
    lines = [line for _, line in it.helix.asked if "short enough" in line]
    it.expect(len(lines) == 2 and len(lines[1]) < len(lines[0]), f"{lines}")
    it.helix.faults["say"].extend([Fault(422, "The message is too large")] * 2)
    it.comment("never short enough " + long)
    await it.attempted("never short enough", 2)
    it.comment("afterwards")
    await it.said("afterwards")
    await it.attempted("never short enough", 2)
    route = await it.relay_ends(relay, 3)
    it.expect_counts(route, "dropped", {"refused_msg_too_long": 1})


async def say_within_limits(it):
    """An ordinary bot that is killed or ended again and again while more waits than it may say."""
    it.set("RELAY_PACK", "false")
    await it.log_in()
    await it.with_helix("helix", role="ordinary")
    began, written = time.monotonic(), 0
    while time.monotonic() - began < 75:
        relay = await it.live_again()
        lines = it.helix.requests["say"]
        for _ in range(25):
            it.comment(f"number {written:03d}")
            written += 1
        await it.until(lambda: it.helix.requests["say"] >= lines + 4, it.source.uniform(6, 16))
        if it.source.random() < 0.7:
            await relay.kill()
        else:
            relay.process.send_signal(signal.SIGTERM)
            await it.ends(relay, 0)
    times = it.chat.sent_at
    most = max(sum(1 for other in times if at <= other < at + 30) for at in times)
    it.expect(len(times) > 20, f"only {len(times)} lines")
    it.expect(all(it.count_of(f"number {number:03d}") <= 1 for number in range(written)), "said twice")
    it.note = f"{len(times)} lines, {len(it.programs) - 1} relays, at most {most} in 30 s"


async def say_and_be_killed(it):
    """SIGKILL at any moment, also while a line is on its way: TikTok shows the last comments again, and none is
    said twice."""
    it.set("RELAY_PACK", "false")
    await it.log_in()
    await it.with_helix("helix", role="moderator", delay=0.1)
    written = []
    for _ in range(12):
        relay = await it.live_again()
        it.tiktok.repeat(6)
        for _ in range(it.source.randint(1, 4)):
            written.append(f"number {len(written):03d}")
            it.comment(written[-1])
            await asyncio.sleep(it.source.uniform(0, 0.2))
        lines = it.helix.requests["say"]
        await it.until(lambda: it.helix.requests["say"] > lines, 3)
        await asyncio.sleep(it.source.uniform(0, 0.25))
        await relay.kill()
    relay = await it.live_again()
    it.tiktok.repeat(6)
    it.comment("at last")
    await it.said("at last")
    for text in written:
        it.expect(it.count_of(text) <= 1, f"said {it.count_of(text)} times: {text}")
    said = sum(it.count_of(text) for text in written)
    it.expect(said > len(written) // 2, f"only {said} of {len(written)} were said")
    it.note = f"{said} of {len(written)} said, 12 kills"
    relay.process.send_signal(signal.SIGTERM)
    await it.ends(relay, 0)


# --- the login during a live


async def live_token_expires(it):
    """Tokens of 25 s: renewed in time, at half their life; and then one that Twitch ends early."""
    relay = await it.live()
    it.comment("with the first token")
    await it.said("with the first token")
    it.expect(await it.service.until(lambda: it.service.requests["refresh"] >= 1, 30), "not renewed in time")
    await asyncio.sleep(0.5)
    it.comment("with the second token")
    await it.said("with the second token")
    it.expect(not any(status == 401 for _, status in it.helix.statuses), "used an old token")
    for number in range(2):
        it.service.end_access()
        before = it.service.requests["refresh"]
        it.comment(f"with ended token {number}")
        await it.said(f"with ended token {number}")
        it.expect(it.service.requests["refresh"] == before + 1, "refreshed more than once for one 401")
        it.expect_once(f"with ended token {number}")
    it.expect(it.helix.statuses["say", 401] == 2, f"{it.helix.statuses}")
    it.expect_current()
    await it.relay_ends(relay, 4)


async def live_401_for_nothing(it):
    """The API refuses a token that the login service calls good, and then its successor as well."""
    relay = await it.live()
    it.comment("before")
    await it.said("before")
    it.helix.faults["say"].extend([Fault(401, "Invalid OAuth token")] * 2)
    it.comment("refused")
    await it.attempted("refused", 2)
    it.comment("after")
    await it.said("after", 60)
    it.expect(it.count_of("refused") <= 1, "said twice")
    it.expect(it.service.requests["refresh"] <= 2, f"{it.service.requests['refresh']} refreshes")
    it.expect_current()
    route = await it.relay_ends(relay, 3)
    it.expect(route["relayed"] == 3, f"a line that was surely not said is given up: {route}")


async def live_revoked(it):
    """Taken back by the streamer, then logged in again: the relay goes on without a restart."""
    relay = await it.live()
    it.comment("before")
    await it.said("before")
    it.service.revoke_all()
    it.comment("refused")
    it.expect(await relay.says(CURE), "the relay does not name the command")
    it.comment("meanwhile")
    await asyncio.sleep(3)
    asked = it.helix.requests.copy()
    await asyncio.sleep(2)
    it.expect(it.helix.requests == asked, "goes on asking with a token that is known to be bad")
    await it.log_in()
    await it.said("meanwhile")
    it.comment("after")
    await it.said("after")
    it.expect_once("before", "meanwhile", "after")
    it.expect_current()
    route = await it.relay_ends(relay, 4)
    it.expect(route["relayed"] == 4, f"a line that was surely not said is given up: {route}")


async def live_revoked_over_irc(it):
    """The chat is IRC's and goes on; a deletion is what meets the end of the grant."""
    relay = await it.live("irc")
    first = it.comment("to be removed")
    await it.said("to be removed")
    line = it.line_of("to be removed")
    it.service.revoke_all()
    it.tiktok.remove([first])
    it.expect(await relay.says(CURE), "the relay does not name the command")
    it.comment("the connection is as before")
    await it.said("the connection is as before")
    it.expect(it.chat.logins == 1, "the chat connection was given up")
    await it.log_in()
    second = it.comment("with the new login")
    await it.said("with the new login")
    await asyncio.sleep(6)  # the stored login is looked at every 5 s
    it.tiktok.remove([second])
    await it.gone(it.line_of("with the new login"))
    await it.gone(line)  # it waited for the new login
    it.expect(it.chat.logins == 1, "the chat connection was given up")
    route = await it.relay_ends(relay, 3)
    it.expect(route["deletions"]["kept"] == {}, f"{route}")


async def live_revoked_in_silence(it):
    """Nothing is said for a while: the next validation finds out, before a line does."""
    it.set("TWITCH_VALIDATE_INTERVAL", "10s")
    relay = await it.live()
    it.comment("before")
    await it.said("before")
    asked = it.helix.requests["say"]
    it.service.revoke_all()
    it.expect(await relay.says(CURE, 14), "the relay does not name the command")
    it.expect(it.helix.requests["say"] == asked, "found out by a line")
    it.comment("meanwhile")
    await asyncio.sleep(1)
    await it.log_in()
    await it.said("meanwhile")
    route = await it.relay_ends(relay, 2)
    it.expect(route["relayed"] == 2, f"{route}")


async def live_scope_missing(it):
    """A login of before: told at the start, and the relay goes on with the next one."""
    await it.log_in(["chat:read", "chat:edit"])
    await it.with_helix("helix")
    relay = await it.relay()
    it.expect(await relay.says(SAY), "does not name the scope")
    it.expect(await relay.says(CURE), "does not name the command")
    await it.up()
    it.comment("meanwhile")
    await asyncio.sleep(2)
    it.expect(not it.helix.requests["say"], "asked without the right to")
    it.expect(not it.service.requests["refresh"], "a refresh brings no scope")
    await it.log_in()
    await it.said("meanwhile")
    await it.relay_ends(relay, 1)


async def live_scope_refused(it):
    """The API says so although the login service called it there."""
    relay = await it.live()
    it.helix.faults["say"].extend([Fault(401, NO_SCOPE)])
    it.comment("refused")
    it.expect(await relay.says(SAY), "does not name the scope")
    it.expect(await relay.says(CURE), "does not name the command")
    it.expect(not it.service.requests["refresh"], "a refresh brings no scope")
    asked = it.helix.requests["say"]
    it.comment("meanwhile")
    await asyncio.sleep(3)
    it.expect(it.helix.requests["say"] == asked, "asked again without the right to")
    await it.log_in()
    await it.said("meanwhile")
    await it.relay_ends(relay, 2)


async def live_scope_missing_pasted(it):
    it.paste("chat:read chat:edit")
    await it.with_helix("helix")
    await it.ends(await it.relay(), REFUSED, SAY)


async def live_through_outages(it):
    """The API is away at the start, in each of its ways; the room is read meanwhile."""
    await it.log_in()
    await it.with_helix("helix")
    it.helix.faults["users"].extend([Fault(503), CUT, HTML, HALF])
    it.helix.faults["settings"].extend([Fault(500), CUT])
    relay = await it.relay()
    await it.up()
    it.comment("meanwhile")
    await it.said("meanwhile", 40)
    it.comment("after")
    await it.said("after")
    route = await it.relay_ends(relay, 2)
    it.expect(route["relayed"] == 2, f"{route}")


async def doctor_says_nothing(it):
    await it.log_in()
    await it.with_helix("helix")
    doctor = await it.begin("doctor", "--tiktok", "streamer", "--channel", "chan")
    await it.ends(doctor, 0, "agrees with that of localhost")
    await it.ends(await it.begin("doctor", "--tiktok", "streamer", "--channel", "chna"), 78, "no such channel")
    it.expect(not it.helix.requests["say"] and not it.helix.requests["delete"], f"{it.helix.requests}")
    it.expect(not it.service.requests["refresh"], "the doctor renewed the login")
    it.service.complaints.pop("Authorization: ", None)  # it asks for the time, and shows no token for that


# --- channels that do not exist


async def no_channel(it, transport):
    await it.log_in()
    await it.with_helix(transport)
    relay = await it.relay("chna")
    await it.up(it.chat.joined if transport == "irc" else it.helix.settings_read)
    it.expect(await relay.says("#chna: no such channel"), "the channel is not named")
    it.comment("hello")
    await it.said("hello")
    it.expect_once("hello")
    await it.relay_ends(relay, 1)
    it.expect(it.report["chan"]["relayed"] == 1, f"{it.report['chan']}")
    it.expect_counts(it.report["chna"], "dropped", {"channel_not_found": 1})


async def no_channel_over_irc(it):
    await no_channel(it, "irc")


async def no_channel_over_helix(it):
    await no_channel(it, "helix")


# --- deleting


async def delete_messages(it, transport):
    """Several at once, in both spellings of a list; everything else stays."""
    it.set("RELAY_PACK", "false")
    relay = await it.live(transport)
    ids = []
    for number in range(5):
        ids.append(it.comment(f"number {number}"))
        await it.said(f"number {number}")
    lines = [it.line_of(f"number {number}") for number in range(5)]
    it.tiktok.remove([ids[1], ids[3]])
    it.tiktok.remove([ids[4], 7_000_000_000_000_000_001], packed=False)
    for number in (1, 3, 4):
        await it.gone(lines[number])
    it.tiktok.remove([ids[1]])  # once more: nothing is left to do
    await asyncio.sleep(1)
    it.expect(sorted(it.chat.removed) == sorted(lines[n] for n in (1, 3, 4)), f"deleted {it.chat.removed}")
    it.expect(it.helix.requests["delete"] == 3, f"{it.helix.requests['delete']} requests for three deletions")
    route = await it.relay_ends(relay, 5)
    it.expect(route["relayed"] == 5, f"{route}")
    it.expect((route["deletions"]["removed"], route["deletions"]["deleted"]) == (3, 3), f"{route['deletions']}")


async def delete_over_irc(it):
    await delete_messages(it, "irc")


async def delete_over_helix(it):
    await delete_messages(it, "helix")


async def delete_user(it):
    """Everything of somebody who was muted, what waits included; of others nothing."""
    it.set("RELAY_PACK", "false")
    relay = await it.live("irc")
    for number in range(3):
        it.comments((90, "Eve", "eve", f"spam {number}"), (91, "Ann", "ann", f"talk {number}"))
        await it.said(f"spam {number}")
        await it.said(f"talk {number}")
    spam = [it.line_of(f"spam {number}") for number in range(3)]
    it.tiktok.remove(user_ids=[90])
    for line in spam:
        await it.gone(line)
    it.expect(len(it.chat.removed) == 3, f"deleted {it.chat.removed}")
    route = await it.relay_ends(relay, 6)
    it.expect((route["deletions"]["removed"], route["deletions"]["deleted"]) == (3, 3), f"{route['deletions']}")


async def packed(it, words):
    """One line that says all of them, and its messages' ids by word."""
    numbers = it.comments(*((80 + n, f"Fan{n}", f"fan{n}", word) for n, word in enumerate(words)))
    for word in words:
        await it.said(word)
    sharing = [line for line, (_, _, _, text) in it.chat.lines.items() if words[-1] in text]
    it.expect(all(words[-2] in it.chat.lines[line][3] for line in sharing), "nothing was packed")
    return sharing[0], dict(zip(words, numbers))


async def delete_neighbours(it, transport):
    relay = await it.live(transport, delay=0.3)
    it.comment("leading")  # while this is on its way the others gather
    line, ids = await packed(it, ["apples", "pears", "plums", "figs"])
    words = it.chat.lines[line][3]
    it.tiktok.remove([ids["figs"]])
    await it.gone(line)
    others = [word for word in ids if word in words and word != "figs"]
    await it.until(lambda: all(it.count_of(word) == 2 for word in others))
    for word in others:
        it.expect(it.count_of(word) == 2, f"said {it.count_of(word)} times: {word}")
    it.expect(it.count_of("figs") == 1, "what was removed is said again")
    again = next(number for number, (_, _, _, text) in reversed(it.chat.lines.items()) if others[-1] in text)
    if len(others) > 1:
        it.tiktok.remove([ids[others[0]]])  # and once more: of what was said again
        await it.gone(next(n for n, (_, _, _, text) in reversed(it.chat.lines.items()) if others[0] in text))
    else:
        it.tiktok.remove([ids[others[0]]])
        await it.gone(again)
    await asyncio.sleep(1.5)
    it.expect(it.count_of(others[0]) == 2, "what was removed is said again")
    route = await it.relay_ends(relay, 5)
    it.note = f"{len(others)} said again"
    it.expect(route["relayed"] == 5, f"{route}")
    it.expect((route["deletions"]["removed"], route["deletions"]["deleted"]) == (2, 2), f"{route['deletions']}")


async def delete_neighbours_over_irc(it):
    await delete_neighbours(it, "irc")


async def delete_neighbours_over_helix(it):
    await delete_neighbours(it, "helix")


async def delete_on_its_way(it):
    """Removed while Twitch has not answered yet: deleted as soon as it has. And what waits is never said."""
    it.set("RELAY_PACK", "false")
    relay = await it.live("irc", delay=1.0)
    first = it.comment("on its way")
    await it.until(lambda: it.count_of("on its way"))
    waiting = it.comment("waiting")
    await asyncio.sleep(0.2)
    it.tiktok.remove([first, waiting])
    await it.gone(it.line_of("on its way"))
    it.comment("afterwards")
    await it.said("afterwards")
    it.expect(not it.count_of("waiting"), "said although it had been removed")
    route = await it.relay_ends(relay, 3)
    it.expect(route["deletions"]["deleted"] == 1, f"{route['deletions']}")


async def delete_by_no_moderator(it):
    """403: nothing is touched, the neighbours are not said again, and it is told once."""
    relay = await it.live("irc", role="ordinary", delay=0.3)
    it.comment("leading")
    line, ids = await packed(it, ["apples", "pears", "plums"])
    single = it.comment("single")
    await it.said("single")
    it.tiktok.remove([ids["plums"]])
    it.tiktok.remove([single])
    await it.until(lambda: it.helix.statuses["delete", 403])
    await asyncio.sleep(2)
    it.expect(it.helix.requests["delete"] <= 2, f"{it.helix.requests['delete']} requests")
    it.expect(not it.chat.removed, "deleted something")
    it.expect_once("leading", "apples", "pears", "plums", "single")
    told = [text for text in relay.err().splitlines() if "/mod" in text and "delete" in text]
    it.expect(len(told) == 1, f"told {len(told)} times: {told}")
    route = await it.relay_ends(relay, 5)
    it.expect(route["deletions"]["kept"] == {"deletion_refused": 2}, f"{route['deletions']}")


async def delete_by_a_later_moderator(it):
    """Refused, and then somebody follows the advice: a minute later it works."""
    relay = await it.live("irc", role="ordinary")
    first = it.comment("before")
    await it.said("before")
    it.tiktok.remove([first])
    it.expect(await relay.says("Make it a moderator with /mod"), "does not say what to do")
    it.chat.role = "moderator"
    await asyncio.sleep(62)
    second = it.comment("afterwards")
    await it.said("afterwards")
    it.tiktok.remove([second])
    await it.gone(it.line_of("afterwards"))
    it.expect(len(it.chat.removed) == 1, "deleted what it had been refused to")
    route = await it.relay_ends(relay, 2)
    it.expect(route["deletions"]["kept"] == {"deletion_refused": 1}, f"{route['deletions']}")


async def delete_in_own_channel(it):
    """Nobody may delete the broadcaster's lines; /mod would be the wrong advice."""
    relay = await it.live("irc", role="broadcaster", channel="bot")
    message = it.comment("removed")
    await it.said("removed")
    it.tiktok.remove([message])
    await it.until(lambda: it.helix.requests["delete"])
    await asyncio.sleep(1)
    it.expect(it.helix.statuses["delete", 400] == 1 and not it.chat.removed, f"{it.helix.statuses}")
    it.expect("broadcaster's own lines" in relay.err() and "/mod" not in relay.err(), "does not say why")
    route = await it.relay_ends(relay, 1)
    it.expect(route["deletions"]["kept"] == {"deletion_refused": 1}, f"{route['deletions']}")


async def delete_without_scope(it):
    """Optional, so nothing else suffers; nobody asks again and again with the same token."""
    await it.log_in(["chat:read", "chat:edit", SAY])
    relay = await it.live("irc", log_in=False)
    for number in range(3):
        message = it.comment(f"number {number}")
        await it.said(f"number {number}")
        it.tiktok.remove([message])
    await asyncio.sleep(2)
    it.expect(not it.chat.removed and it.helix.requests["delete"] <= 1, f"{it.helix.requests}")
    it.expect(not it.service.requests["refresh"], "a refresh brings no scope")
    told = [text for text in relay.err().splitlines() if DELETE in text and "to delete lines" in text]
    it.expect(len(told) == 1, f"told {len(told)} times: {told}")
    await it.log_in()
    await asyncio.sleep(6)
    message = it.comment("with the right")
    await it.said("with the right")
    it.tiktok.remove([message])
    await it.gone(it.line_of("with the right"))
    route = await it.relay_ends(relay, 4)
    it.expect(route["deletions"]["kept"] == {"scope_missing": 3} and route["deletions"]["deleted"] == 1,
              f"{route['deletions']}")


async def delete_with_expired_token(it):
    """A token that ends before its time was renewed by somebody else: only a new login helps."""
    relay = await it.live("irc")
    message = it.comment("removed")
    await it.said("removed")
    it.service.end_access()
    it.tiktok.remove([message])
    it.expect(await relay.says(CURE), "the relay does not name the command")
    it.expect(it.service.requests["refresh"] == 0, f"{it.service.requests['refresh']} refreshes")
    await it.log_in()
    await it.gone(it.line_of("removed"))
    it.expect_current()
    route = await it.relay_ends(relay, 1)
    it.expect(route["deletions"]["deleted"] == 1, f"{route['deletions']}")


async def delete_through_outages(it):
    """A deletion may be asked for again; one whose answer was lost has worked, whatever the next one says."""
    it.set("RELAY_PACK", "false")
    relay = await it.live("irc")
    limited = {"Ratelimit-Limit": 800, "Ratelimit-Remaining": 0}
    cases = [[Fault(503)], [CUT, Fault(500)], [LOST], [HALF], [Fault(503, done=True)],
             [Fault(429, headers={**limited, "Ratelimit-Reset": int(time.time()) + 20})], [Fault(429, headers={})]]
    for number, faults in enumerate(cases):
        message = it.comment(f"number {number}")
        await it.said(f"number {number}")
        it.helix.faults["delete"].extend(faults)
        if number == 0:
            it.helix.faults["users"].append(Fault(503))
        it.tiktok.remove([message])
        await it.gone(it.line_of(f"number {number}"))
        await it.until(lambda: not it.helix.faults["delete"])
    await asyncio.sleep(3)  # what is asked for again after a lost answer
    route = await it.relay_ends(relay, len(cases))
    it.expect(route["deletions"]["deleted"] == len(cases), f"{route['deletions']}")


async def delete_after_outage(it):
    """The API is away for longer than five tries take: the line waits."""
    relay = await it.live("irc", delay=0.3)
    removed = it.comment("to be removed")
    await it.said("to be removed")
    it.helix.leave()
    it.tiktok.remove([removed])
    await asyncio.sleep(20)
    await it.helix.start(it.context, it.helix.port)
    await it.until(lambda: it.line_of("to be removed") in it.chat.removed, 40)
    route = await it.relay_ends(relay, 1)
    it.expect(route["deletions"]["deleted"] == 1 and not route["deletions"]["kept"], f"{route['deletions']}")


async def delete_in_vain(it):
    """The API stays away: tried until the stop, which does not wait for it; counted, and nothing is said again."""
    relay = await it.live("irc", delay=0.3)
    it.comment("leading")
    line, ids = await packed(it, ["apples", "pears", "plums"])
    it.helix.faults["delete"].extend([Fault(503)] * 30)
    it.tiktok.remove([ids["plums"]])
    await it.until(lambda: it.helix.requests["delete"] >= 5, 40)
    await asyncio.sleep(3)
    it.expect(it.helix.requests["delete"] <= 10, f"{it.helix.requests['delete']} requests")
    it.expect_once("leading", "apples", "pears", "plums")
    route = await it.relay_ends(relay, 4)
    it.expect(route["deletions"]["kept"] == {"deletion_failed": 1}, f"{route['deletions']}")


async def delete_what_is_gone(it):
    """A moderator of Twitch was faster, or the line is older than six hours: its other messages are not said again."""
    relay = await it.live("irc", delay=0.3)
    it.comment("leading")
    line, ids = await packed(it, ["apples", "pears", "plums"])
    it.chat.remove(line)
    await asyncio.sleep(0.5)
    it.tiktok.remove([ids["plums"]])
    old = it.comment("long ago")
    await it.said("long ago")
    number = it.line_of("long ago")
    it.chat.lines[number] = (time.monotonic() - 6.5 * 3600, *it.chat.lines[number][1:])
    it.tiktok.remove([old])
    await it.until(lambda: it.helix.statuses["delete", 404])
    await asyncio.sleep(2)
    it.expect_once("leading", "apples", "pears", "plums", "long ago")
    it.expect(it.chat.removed == [line], f"deleted {it.chat.removed}")
    route = await it.relay_ends(relay, 5)
    it.expect(route["deletions"]["deleted"] == 0, f"{route['deletions']}")


async def delete_switched_off(it):
    it.set("TWITCH_DELETE_LINES", "false")
    relay = await it.live("irc")
    message = it.comment("removed")
    await it.said("removed")
    it.tiktok.remove([message])
    await asyncio.sleep(2)
    it.expect(not it.helix.requests["delete"], "asked for a deletion")
    route = await it.relay_ends(relay, 1)
    it.expect(route["deletions"]["kept"] == {"delete_lines_off": 1}, f"{route['deletions']}")


async def delete_while_it_ends(it):
    """SIGTERM right behind a removal: counted, one way or the other."""
    relay = await it.live("irc", delay=0.3)
    it.comment("leading")
    _, ids = await packed(it, ["apples", "pears", "plums"])
    it.helix.faults["delete"].append(Fault(after=1.0))
    it.tiktok.remove([ids["plums"]])
    await it.until(lambda: it.helix.requests["delete"])
    route = await it.relay_ends(relay, 4)
    it.expect(route["deletions"]["pending"] == 0 and route["deletions"]["removed"] == 1, f"{route['deletions']}")


SCENARIOS = [
    (say_within_limits, {}), (delete_by_a_later_moderator, {}), (say_answer_unknown, {}), (say_and_be_killed, {}),
    (say_plain, {}), (say_as_moderator, {}), (say_without_reader, {}), (say_with_pasted_token, {}),
    (say_on_dead_connections, {}), (say_is_not_sent, {}), (say_packed_with_blocked_term, {}), (say_slow_mode, {}),
    (say_told_to_wait, {}), (say_told_to_wait_twice, {}), (say_forbidden, {}), (say_too_long, {}),
    (live_token_expires, {"token_life": 25}), (live_401_for_nothing, {}), (live_revoked, {}),
    (live_revoked_over_irc, {}), (live_revoked_in_silence, {}), (live_scope_missing, {}), (live_scope_refused, {}),
    (live_scope_missing_pasted, {}), (live_through_outages, {}), (doctor_says_nothing, {}), (no_channel_over_irc, {}),
    (no_channel_over_helix, {}), (delete_over_irc, {}), (delete_over_helix, {}), (delete_user, {}),
    (delete_neighbours_over_irc, {}), (delete_neighbours_over_helix, {}), (delete_on_its_way, {}),
    (delete_by_no_moderator, {}), (delete_in_own_channel, {}), (delete_without_scope, {}),
    (delete_with_expired_token, {"token_life": 55}), (delete_through_outages, {}), (delete_after_outage, {}),
    (delete_in_vain, {}), (delete_what_is_gone, {}), (delete_switched_off, {}), (delete_while_it_ends, {})]


def main():
    plays = [(play, play.__name__, service) for play, service in SCENARIOS]
    return asyncio.run(run(arguments(__doc__), plays, HelixScenario))


if __name__ == "__main__":
    sys.exit(main())
