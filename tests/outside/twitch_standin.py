#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""A Twitch chat server on loopback TLS that enforces Twitch's limits: a second opinion.

Shares no code with the relay or with the stand-in that its tests use; written from the public description of
Twitch's chat alone, with Python's standard library and the openssl command (for the certificate).

    tests/outside/twitch_standin.py --channel chan --role ordinary --directory /tmp/standin

prints the port and the certificate to trust; point a relay at it with

    TIKTOK2TWITCH_TWITCH_IRC_URL=ircs://localhost:PORT  TIKTOK2TWITCH_TLS_CA_FILE=/tmp/standin/cert.pem
    TIKTOK2TWITCH_TWITCH_LOGIN=bot                      TIKTOK2TWITCH_TWITCH_TOKEN=outsidetoken
    TIKTOK2TWITCH_TWITCH_AUTH_URL=http://127.0.0.1:9    (nobody there: it is chat only)

and writes a JSON summary to stdout when it gets SIGINT or SIGTERM. flood.py runs it together with a TikTok.

What it enforces: 20 lines in 30 s (100 as moderator or broadcaster), counted over every interval of 30 s since
a client cannot know Twitch's phase; more is a violation and mutes the account for the rest of the run. 1 s
between the lines of an ordinary user, else a violation and msg_ratelimit. Slow mode, the same line again
within 30 s, blocked commands. Over 500 code points a line is cut and counted as a violation.

Anonymous readers (NICK justinfan and digits) see what is said and removed; one that talks is a violation.
helix_standin.py says and removes lines in the same channel, by the same rules.
"""

import argparse
import asyncio
import collections
import json
import os
import re
import signal
import ssl
import subprocess
import time
import uuid

WINDOW = 30.0
LIMITS = {"ordinary": 20, "vip": 20, "moderator": 100, "broadcaster": 100}


def make_certificate(directory):
    """A self-signed certificate for localhost; returns the paths of certificate and key."""
    cert, key = os.path.join(directory, "cert.pem"), os.path.join(directory, "key.pem")
    os.makedirs(directory, exist_ok=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", key, "-out", cert],
        check=True, capture_output=True)
    return cert, key


def server_context(cert, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(cert, key)
    return context


def parse(line):
    """'@tags :prefix COMMAND a b :c d' -> (COMMAND, [a, b, 'c d'])"""
    for mark in "@:":
        if line.startswith(mark):
            line = line.partition(" ")[2].lstrip(" ")
    head, colon, trailing = line.partition(" :")
    words = head.split()
    return (words[0].upper() if words else ""), words[1:] + ([trailing] if colon else [])


class TwitchStandin:
    def __init__(self, channel="chan", login="bot", token="outsidetoken", role="ordinary", slow=0, delay=0.05):
        self.channel, self.login, self.token, self.role, self.slow = channel, login, token, role, slow
        self.delay = delay  # how long Twitch takes to answer
        self.started = time.monotonic()
        self.sent_at = []  # every PRIVMSG, accepted or not: all of them count
        self.last_attempt = self.last_delivery = None
        self.last_text = ""
        self.muted = False
        self.delivered = []  # (time, text)
        self.lines = {}  # message id -> (time, login, badges, text) of all that is or was shown
        self.removed = []  # message ids
        self.violations = collections.Counter()
        self.refusals = collections.Counter()
        self.logins = self.joins = self.connections = 0
        self.joined = asyncio.Event()
        self.read = asyncio.Event()  # the same for an anonymous reader
        self.members = set()  # writers of the connections that are in the channel
        self.on_delivered = lambda when, text: None

    async def start(self, context, port=0):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", port, ssl=context, limit=1 << 16)
        return self.server.sockets[0].getsockname()[1]

    # --- the conversation

    async def serve(self, reader, writer):
        self.connections += 1
        state = {"pass": None, "nick": None, "tags": False, "writer": writer, "anonymous": False,
                 "unanswered": 0}
        try:
            while raw := await reader.readline():
                if not await self.command(state, raw.rstrip(b"\r\n")):
                    break
        except (ConnectionError, ValueError, asyncio.IncompleteReadError):
            pass
        finally:
            self.members.discard(writer)
            writer.close()

    def send(self, state, *lines):
        if not state["writer"].is_closing():
            state["writer"].write("".join(line + "\r\n" for line in lines).encode())

    async def command(self, state, raw):
        try:
            line = raw.decode()
        except UnicodeDecodeError:
            self.violations["invalid UTF-8"] += 1
            line = raw.decode(errors="replace")
        verb, params = parse(line)
        last = params[-1] if params else ""
        if verb == "CAP" and params[:1] == ["REQ"]:
            known = all(name.startswith("twitch.tv/") for name in last.split())
            state["tags"] = state["tags"] or (known and "twitch.tv/tags" in last)
            self.send(state, f":tmi.twitch.tv CAP * {'ACK' if known else 'NAK'} :{last}")
        elif verb == "CAP" and params[:1] == ["LS"]:
            self.send(state, ":tmi.twitch.tv CAP * LS :twitch.tv/tags twitch.tv/commands twitch.tv/membership")
        elif verb == "PASS":
            state["pass"] = last
        elif verb == "NICK":
            return self.log_in(state, last)
        elif verb == "PING":
            self.send(state, f":tmi.twitch.tv PONG tmi.twitch.tv :{last}" if params else "PONG :tmi.twitch.tv")
        elif verb == "QUIT":
            return False
        elif verb in ("JOIN", "PRIVMSG") and state["nick"] is None:
            self.violations["command before login"] += 1
        elif verb == "JOIN":
            self.join(state, params[0] if params else "")
        elif verb == "PRIVMSG":
            self.privmsg(state, params[0] if params else "", last)
        elif verb not in ("CAP", "USER", "PONG", "PART", ""):
            self.violations["unknown command"] += 1
            self.send(state, f":tmi.twitch.tv 421 {self.login} {verb} :Unknown command")
        await state["writer"].drain()
        return True

    def log_in(self, state, nick):
        if re.fullmatch(r"justinfan\d+", nick):
            state.update(nick=nick, anonymous=True)
            self.welcome(state, nick)
            return True
        refusal = None
        if not (state["pass"] or "").startswith("oauth:"):
            refusal = "Improperly formatted auth"
        elif state["pass"] != "oauth:" + self.token or nick != self.login:
            refusal = "Login authentication failed"
        if refusal:
            self.send(state, f":tmi.twitch.tv NOTICE * :{refusal}")
            return False
        state["nick"] = nick
        self.logins += 1
        self.welcome(state, nick)
        self.send(state, f"@badge-info=;badges=;color=;display-name={nick};emote-sets=0;user-id=4242;user-type= "
                         ":tmi.twitch.tv GLOBALUSERSTATE")
        return True

    def welcome(self, state, nick):
        texts = {"001": "Welcome, GLHF!", "002": "Your host is tmi.twitch.tv", "003": "This server is rather new",
                 "004": "-", "375": "-", "372": "You are in a maze of twisty passages.", "376": ">"}
        self.send(state, *(f":tmi.twitch.tv {number} {nick} :{text}" for number, text in texts.items()))

    def join(self, state, channel):
        self.joins += 1
        if channel != "#" + self.channel:
            return  # Twitch says nothing about channels that do not exist
        who = state["nick"]
        self.send(state, f":{who}!{who}@{who}.tmi.twitch.tv JOIN {channel}",
                  f":{who}.tmi.twitch.tv 353 {who} = {channel} :{who}",
                  f":{who}.tmi.twitch.tv 366 {who} {channel} :End of /NAMES list",
                  *([] if state["anonymous"] else [self.userstate()]),
                  f"@emote-only=0;followers-only=-1;r9k=0;room-id=77;slow={self.slow};subs-only=0 "
                  f":tmi.twitch.tv ROOMSTATE {channel}")
        self.members.add(state["writer"])
        (self.read if state["anonymous"] else self.joined).set()

    def badges(self):
        return {"moderator": "moderator/1", "broadcaster": "broadcaster/1", "vip": "vip/1"}.get(self.role, "")

    def userstate(self, message_id=None):
        identity = f"id={message_id};" if message_id else ""
        return (f"@badge-info=;badges={self.badges()};color=;display-name={self.login};emote-sets=0;{identity}"
                f"mod={int(self.role == 'moderator')};subscriber=0;user-type="
                f"{'mod' if self.role == 'moderator' else ''} :tmi.twitch.tv USERSTATE #{self.channel}")

    def say(self, login, text, badges="", mod=False, source_room=None, **more):
        """Somebody else types in the channel: what every member of it gets to see. `more`: further tags."""
        return self.show(login, text, badges, mod, source_room, None, **more)

    def show(self, login, text, badges, mod, source_room, by, **more):
        """Returns the line's id. `by`: the writer of the connection that said it, which does not see it."""
        line_id = str(uuid.uuid4())
        tags = {"badge-info": "", "badges": badges, "color": "", "display-name": login, "emotes": "",
                "first-msg": "0", "flags": "", "id": line_id, "mod": int(mod), "room-id": "77", "subscriber": "0",
                "tmi-sent-ts": int(time.time() * 1000), "turbo": "0", "user-id": "555",
                "user-type": "mod" if mod else ""}
        if source_room:
            tags |= {"source-badges": badges, "source-id": uuid.uuid4(), "source-room-id": source_room}
        tags |= {name.replace("_", "-"): value for name, value in more.items()}
        line = (f"@{';'.join(f'{name}={value}' for name, value in tags.items())} :{login}!{login}@{login}.tmi.twitch.tv "
                f"PRIVMSG #{self.channel} :{text}\r\n")
        self.lines[line_id] = (time.monotonic(), login, badges, text)
        self.broadcast(line, by)
        return line_id

    def broadcast(self, line, by=None):
        for writer in self.members:
            if writer is not by and not writer.is_closing():
                writer.write(line.encode())

    def remove(self, line_id):
        """A moderator deletes the line."""
        _, login, _, text = self.lines[line_id]
        self.removed.append(line_id)
        self.broadcast(f"@login={login};room-id=;target-msg-id={line_id};tmi-sent-ts={int(time.time() * 1000)} "
                       f":tmi.twitch.tv CLEARMSG #{self.channel} :{text}\r\n")

    # --- the rules

    def privmsg(self, state, channel, text):
        now = time.monotonic()
        if state["anonymous"]:
            self.violations["an anonymous reader talks"] += 1
            return
        if state["unanswered"]:
            self.violations["a second line before the answer to the first"] += 1
        refusal = self.judge(text, now) if channel == "#" + self.channel else None
        if self.muted or channel != "#" + self.channel:
            return  # no answer at all
        if refusal:
            self.refusals[refusal[0]] += 1
            answer = f"@msg-id={refusal[0]} :tmi.twitch.tv NOTICE {channel} :{refusal[1]}"
        else:
            answer = self.userstate(self.deliver(text, now, state["writer"]))
        state["unanswered"] += 1
        asyncio.get_running_loop().call_later(self.delay, self.answer, state, answer)

    def deliver(self, text, now, by=None):
        """An accepted line of the account; returns its id."""
        text = text[:500]
        self.last_delivery, self.last_text = now, " ".join(text.split())
        self.delivered.append((now, text))
        self.on_delivered(now, text)
        return self.show(self.login, text, self.badges(), self.role == "moderator", None, by, user_id="4242")

    def answer(self, state, line):
        state["unanswered"] -= 1
        self.send(state, line)

    def judge(self, text, now):
        if len(text) > 500:
            self.violations["over 500 code points"] += 1
        if any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text):
            self.violations["control character"] += 1
        self.sent_at.append(now)
        if sum(1 for at in self.sent_at[-200:] if at > now - WINDOW) > LIMITS[self.role]:
            self.violations["over the limit"] += 1
            self.muted = self.role in ("ordinary", "vip")
        ordinary = self.role == "ordinary"
        early = ordinary and self.last_attempt is not None and now - self.last_attempt < 1.0
        self.last_attempt = now
        if early:
            self.violations["less than 1 s after the line before"] += 1
            return "msg_ratelimit", "Your message was not sent because you are sending messages too quickly."
        if text[:1] in ("/", ".") and text[1:2] not in ("", " ", text[:1]):
            self.violations["text that Twitch reads as a command"] += 1
            return "unrecognized_cmd", "Unrecognized command: " + text.split()[0]
        if ordinary and self.last_delivery is not None:
            since = now - self.last_delivery
            if since < self.slow:
                return "msg_slowmode", ("This room is in slow mode and you are sending messages too quickly. You "
                                        f"will be able to talk again in {int(self.slow - since) + 1} seconds.")
            if since < 30 and " ".join(text.split()) == self.last_text:
                return "msg_duplicate", ("Your message was not sent because it is identical to the previous one "
                                         "you sent, less than 30 seconds ago.")
        return None

    # --- what was seen

    def summary(self):
        sizes = [len(text) for _, text in self.delivered]
        times = self.sent_at
        gaps = [b - a for a, b in zip(times, times[1:])]
        return {"connections": self.connections, "logins": self.logins, "joins": self.joins, "lines": len(sizes),
                "characters": sum(sizes), "longest": max(sizes, default=0),
                "over_480": sum(size > 480 for size in sizes),
                "most_in_30s": max((sum(1 for other in times if at <= other < at + WINDOW) for at in times),
                                   default=0),
                "shortest_gap": round(min(gaps, default=0), 3), "muted": self.muted,
                "refusals": dict(self.refusals), "violations": dict(self.violations)}


async def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--channel", default="chan")
    options.add_argument("--login", default="bot")
    options.add_argument("--token", default="outsidetoken")
    options.add_argument("--role", choices=sorted(LIMITS), default="ordinary")
    options.add_argument("--slow", type=int, default=0, help="seconds")
    options.add_argument("--directory", required=True, help="for certificate and key")
    given = options.parse_args()
    cert, key = make_certificate(given.directory)
    standin = TwitchStandin(given.channel, given.login, given.token, given.role, given.slow)
    standin.on_delivered = lambda when, text: print(f"{when - standin.started:8.2f} {text}", flush=True)
    port = await standin.start(server_context(cert, key), given.port)
    print(f"ircs://localhost:{port} {cert}", flush=True)
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    await over.wait()
    print(json.dumps(standin.summary(), indent=2))
    raise SystemExit(1 if standin.violations else 0)


if __name__ == "__main__":
    asyncio.run(main())
