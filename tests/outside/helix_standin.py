#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""api.twitch.tv on loopback TLS: saying and deleting chat lines, users, chat settings, and what goes wrong with them.

Shares no code with the relay or with the stand-in that its tests use; written from the public description of
Twitch's API alone, with Python's standard library. Used by helix.py; alone it approves every device code at once
and prints what a relay needs to be pointed at it:

    tests/outside/helix_standin.py --channel chan --role ordinary --directory /tmp/standin

What is said goes into the channel of a twitch_standin.py, whose rules and limits count for it, and whose
readers see it. What it is strict about: every header, field and query parameter is spelled as documented and
there once; Client-Id is the application that the token belongs to; sender and moderator are the token's user;
no more than 800 requests a minute; and nobody ever asks to delete without saying which line, for that clears the
whole chat. Everything else is a complaint, which fails whoever runs this.
"""

import argparse
import asyncio
import collections
import dataclasses
import json
import time
import typing
import urllib.parse

from id_standin import IdStandin
from twitch_standin import LIMITS, TwitchStandin, make_certificate, server_context

POINTS = 800  # a minute
OLDEST = 6 * 3600.0  # a line that can be deleted
NAMES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 422: "Unprocessable Entity",
         429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}
# How drop_reason names what chat names otherwise; the rest is the same word.
DROP_CODES = {"msg_rejected_mandatory": "channel_settings", "msg_timedout": "user_timed_out",
              "msg_warned": "user_warned"}


@dataclasses.dataclass
class Fault:
    """What happens to one request. Without any of it the request is answered as usual."""
    status: int = 0  # in place of the usual answer
    message: str = ""
    headers: typing.Optional[dict] = None  # in place of the usual Ratelimit-* ones
    drop: str = ""  # the line is refused with this code
    done: bool = False  # it takes effect all the same
    sends: str = "whole"  # of the answer: whole, half, nothing; or a page of HTML
    after: float = 0.0  # seconds


CUT, LOST, HALF = Fault(sends="nothing"), Fault(done=True, sends="nothing"), Fault(done=True, sends="half")
HTML = Fault(sends="html")


def failure(status, message):
    return status, {"error": NAMES[status], "status": status, "message": message}


class HelixStandin:
    def __init__(self, service, chat, broadcaster_id="77"):
        """`service`: who owns which token. `chat`: the one channel that exists, of the user broadcaster_id."""
        self.service, self.chat = service, chat
        self.ids = {chat.channel: broadcaster_id, **service.user_ids}  # login -> id
        self.logins = {number: login for login, number in self.ids.items()}
        self.idle = None  # seconds after which a kept connection is closed
        # endpoint (say, delete, users, settings) -> Fault of each next request; None: nothing happens to it
        self.faults = collections.defaultdict(collections.deque)
        self.requests = collections.Counter()
        self.statuses = collections.Counter()  # (endpoint, status)
        self.asked = []  # (time, text) of each line somebody wanted to say
        self.deleting = []  # (time, message id)
        self.complaints = collections.Counter()
        self.connections = 0
        self.writers = set()
        self.points = collections.defaultdict(list)  # (client, user) -> times
        self.settings_read = asyncio.Event()

    async def start(self, context, port=0):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", port, ssl=context)
        self.port = self.server.sockets[0].getsockname()[1]
        return self.port

    def leave(self):
        """Nobody listens any more; start() with the same port ends that."""
        self.server.close()
        for writer in self.writers:
            writer.close()

    def complain(self, what):
        self.complaints[what] += 1

    # --- HTTP/1.1

    async def serve(self, reader, writer):
        self.connections += 1
        self.writers.add(writer)
        try:
            while await self.exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            pass  # who asks may be killed
        except (ValueError, asyncio.LimitOverrunError) as error:
            self.complain(f"garbage: {error}")
        finally:
            self.writers.discard(writer)
            writer.close()

    async def exchange(self, reader, writer):
        """One request and its answer; whether another may follow."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), self.idle)
        lines = head.decode("latin-1")[:-4].split("\r\n")
        method, target, version = lines[0].split(" ")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            if name.lower() in headers:
                self.complain(f"the header {name} twice")
            headers[name.lower()] = value.strip()
        if version != "HTTP/1.1" or not headers.get("host", "").startswith("localhost"):
            self.complain(f"{version} to {headers.get('host')}")
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        path, _, query = target.partition("?")
        endpoint = {"POST /helix/chat/messages": "say", "GET /helix/users": "users",
                    "DELETE /helix/moderation/chat": "delete", "GET /helix/chat/settings": "settings"}.get(
                        f"{method} {path}")
        if endpoint is None:
            self.complain(f"asked for {method} {path}")
        elif endpoint != "say" and (body or "transfer-encoding" in headers):
            self.complain(f"a body for {endpoint}")
        self.requests[endpoint] += 1
        faults = self.faults[endpoint]
        fault = (faults.popleft() if faults else None) or Fault()
        status, answer, more = self.answer(endpoint, query, headers, body, fault)
        self.statuses[endpoint, status] += 1
        await asyncio.sleep(self.chat.delay + fault.after)
        if fault.sends == "nothing":
            return False
        close = headers.get("connection", "").lower() == "close" or fault.sends == "half"
        text = b"" if answer is None else json.dumps(answer).encode()
        if fault.sends == "html":
            text = b"<html><body>Sorry, something went wrong</body></html>"
        lines = [f"HTTP/1.1 {status} {NAMES.get(status, 'OK')}", "Date: " + time.strftime(
            "%a, %d %b %Y %H:%M:%S GMT", time.gmtime()), *(f"{name}: {value}" for name, value in more.items())]
        if status != 204:
            lines += ["Content-Type: " + ("text/html" if fault.sends == "html" else "application/json; charset=utf-8"),
                      f"Content-Length: {len(text)}"]
        data = ("\r\n".join(lines) + "\r\n\r\n").encode() + text
        writer.write(data[:len(data) - max(1, len(text) // 2)] if fault.sends == "half" else data)
        await writer.drain()
        return not close

    def answer(self, endpoint, query, headers, body, fault):
        """(status, answer, headers)"""
        handler = {"say": self.say, "users": self.users, "delete": self.delete, "settings": self.settings}.get(endpoint)
        grant, refusal = self.who(headers)
        limits = self.spend(grant)
        try:
            query = self.query_of(query)
            if endpoint == "say":
                body = self.body_of(headers, body)
                self.asked.append((time.monotonic(), body.get("message", "")))
            if endpoint == "delete":
                self.deleting.append((time.monotonic(), query.get("message_id", [""])[0]))
        except (ValueError, AttributeError) as error:
            self.complain(f"cannot be read: {error}")
            return *failure(400, "malformed"), limits
        if handler is None:
            return *failure(404, "no such endpoint"), limits
        if refusal and not fault.status:
            status, answer = refusal
        elif (fault.status or fault.sends != "whole") and not fault.done:
            if endpoint == "say" and fault.status != 401:
                self.chat.judge(body.get("message", ""), time.monotonic())  # refused lines count as well
            status, answer = failure(fault.status, fault.message) if fault.status else (200, {})
        elif limits["Ratelimit-Remaining"] < 0:
            self.complain("more than 800 requests a minute")
            limits["Ratelimit-Remaining"] = 0
            status, answer = failure(429, "Too Many Requests")
        else:
            status, answer = handler(grant, body if endpoint == "say" else query, fault)
            if fault.status:
                status, answer = failure(fault.status, fault.message)
        return status, answer, limits if fault.headers is None else fault.headers

    def query_of(self, query):
        pairs = collections.defaultdict(list)
        for name, value in urllib.parse.parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)):
            pairs[name].append(value)
        return pairs

    def body_of(self, headers, body):
        if headers.get("content-type") != "application/json" or "content-length" not in headers:
            self.complain(f"a body of type {headers.get('content-type')}")

        def once(pairs):
            if len(dict(pairs)) != len(pairs):
                self.complain("a field twice")
            return dict(pairs)
        return json.loads(body.decode(), object_pairs_hook=once)

    # --- who asks, and how often

    def who(self, headers):
        """(grant, None) or (None or the grant, refusal)"""
        kind, _, access = headers.get("authorization", "").partition(" ")
        if kind != "Bearer" or access.startswith("oauth:") or not access:
            self.complain(f"Authorization: {kind}")
        if not headers.get("client-id"):
            self.complain("no Client-Id")
            return None, failure(401, "Client ID is missing")
        grant = self.service.grant_of(access)
        if grant is None:
            return None, failure(401, "Invalid OAuth token")
        if grant.client != headers["client-id"]:
            self.complain("the Client-Id of another application")
            return grant, failure(401, "Client ID and OAuth token do not match")
        return grant, None

    def spend(self, grant):
        """One point of the bucket; returns the headers that tell."""
        now = time.monotonic()
        spent = self.points[(grant.client, grant.login) if grant else None]
        spent.append(now)
        spent[:] = [at for at in spent if at > now - 60]
        return {"Ratelimit-Limit": POINTS, "Ratelimit-Remaining": POINTS - len(spent),
                "Ratelimit-Reset": int(time.time()) + 1}

    def needs(self, grant, scope):
        if scope not in grant.scopes:
            return failure(401, f"User access token requires the {scope} scope.")
        return None

    def only(self, query, required, optional=()):
        for name, values in query.items():
            if name not in (*required, *optional):
                self.complain(f"an unknown parameter {name}")
            elif len(values) != 1 or not values[0]:
                self.complain(f"{name}={values}")
        return all(query.get(name, [""])[0] for name in required)

    # --- the endpoints

    def say(self, grant, body, fault):
        if not {"broadcaster_id", "sender_id", "message"} <= set(body) <= {"broadcaster_id", "sender_id", "message",
                                                                            "reply_parent_message_id"}:
            self.complain(f"a line with {sorted(body)}")
        if not all(isinstance(value, str) for value in body.values()):
            self.complain("a field that is no text")
            return failure(400, "malformed")
        room, text = body.get("broadcaster_id"), body.get("message", "")
        if body.get("sender_id") != self.ids[grant.login]:
            self.complain("a sender who is not the token's user")
            return failure(401, "The ID in sender_id must match the user ID found in the access token.")
        if refusal := self.needs(grant, "user:write:chat"):
            return refusal
        if room not in self.logins or not text:
            self.complain(f"said {text!r} to {room}")
            return failure(400, "The ID in broadcaster_id is not valid or the message is empty.")
        if len(text) > 500:
            self.complain("over 500 code points")
            return failure(422, "The message is too large")
        if self.logins[room] != self.chat.channel:
            return failure(403, "The sender is not permitted to send chat messages to the broadcaster's chat room.")
        now = time.monotonic()
        refusal = self.chat.judge(text, now)
        if self.chat.muted:
            return failure(429, "Too Many Requests")
        code = fault.drop or (refusal and DROP_CODES.get(refusal[0], refusal[0]))
        if code:
            self.chat.refusals[code] += 1
            reason = {"code": code, "message": refusal[1] if refusal else "Your message was not sent."}
            return 200, {"data": [{"message_id": "", "is_sent": False, "drop_reason": reason}]}
        line_id = self.chat.deliver(text, now)
        return 200, {"data": [{"message_id": line_id, "is_sent": True}]}

    def users(self, grant, query, _):
        if not set(query) <= {"id", "login"}:
            self.complain(f"users by {sorted(query)}")
        wanted = query["id"] + query["login"]
        if len(wanted) > 100:
            self.complain("more than 100 users")
            return failure(400, "Too many IDs and logins")
        if any(not one or one != one.lower() for one in wanted):
            self.complain(f"users named {wanted}")
        logins = {self.logins.get(number) for number in query["id"]} | set(query["login"])
        if not wanted:
            logins = {grant.login}
        return 200, {"data": [
            {"id": self.ids[login], "login": login, "display_name": login.title(), "type": "", "broadcaster_type": "",
             "description": "", "profile_image_url": "", "offline_image_url": "", "view_count": 0,
             "created_at": "2020-01-02T03:04:05Z"} for login in sorted(logins & set(self.ids))]}

    def settings(self, grant, query, _):
        if not self.only(query, ["broadcaster_id"], ["moderator_id"]) or query["broadcaster_id"][0] not in self.logins:
            self.complain("settings of nobody's chat")
            return failure(400, "The ID in broadcaster_id is not valid.")
        self.settings_read.set()
        slow = self.chat.slow or None
        return 200, {"data": [
            {"broadcaster_id": query["broadcaster_id"][0], "slow_mode": bool(slow), "slow_mode_wait_time": slow,
             "follower_mode": False, "follower_mode_duration": None, "subscriber_mode": False, "emote_mode": False,
             "unique_chat_mode": False}]}

    def delete(self, grant, query, _):
        named = self.only(query, ["broadcaster_id", "moderator_id", "message_id"])
        room, line_id = (query.get(name, [""])[0] for name in ("broadcaster_id", "message_id"))
        if not line_id:
            self.complain("CLEARED THE WHOLE CHAT")
        if not named or room not in self.logins:
            self.complain("a deletion in nobody's chat")
            return failure(400, "The ID in broadcaster_id is not valid.")
        if query["moderator_id"][0] != self.ids[grant.login]:
            self.complain("a moderator who is not the token's user")
            return failure(401, "The ID in moderator_id must match the user ID found in the access token.")
        if refusal := self.needs(grant, "moderator:manage:chat_messages"):
            return refusal
        if self.logins[room] != self.chat.channel or self.chat.role not in ("moderator", "broadcaster"):
            return failure(403, "The user in moderator_id is not one of the broadcaster's moderators.")
        at, login, badges, _ = self.chat.lines.get(line_id, (0.0, "", "", ""))
        if not login or line_id in self.chat.removed or time.monotonic() - at > OLDEST:
            return failure(404, "The ID in message_id was not found or is older than 6 hours.")
        if "broadcaster/" in badges or ("moderator/" in badges and login != grant.login):
            return failure(400, "You cannot delete another moderator's or the broadcaster's messages.")
        self.chat.remove(line_id)
        return 204, None


async def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--directory", required=True, help="for certificate and key")
    options.add_argument("--channel", default="chan")
    options.add_argument("--login", default="bot", help="who approves")
    options.add_argument("--role", choices=sorted(LIMITS), default="ordinary")
    given = options.parse_args()
    cert, key = make_certificate(given.directory)
    context = server_context(cert, key)
    service = IdStandin()
    service.approve_at_once = given.login
    chat = TwitchStandin(given.channel, given.login, role=given.role)  # for the reader: nobody else gets in
    chat.on_delivered = lambda when, text: print(f"{when - chat.started:8.2f} {text}", flush=True)
    helix = HelixStandin(service, chat)
    print(f"TIKTOK2TWITCH_TWITCH_TRANSPORT=helix "
          f"TIKTOK2TWITCH_TWITCH_HELIX_URL=https://localhost:{await helix.start(context)}/helix "
          f"TIKTOK2TWITCH_TWITCH_IRC_URL=ircs://localhost:{await chat.start(context)} "
          f"TIKTOK2TWITCH_TWITCH_AUTH_URL=https://localhost:{await service.start(context)} "
          f"TIKTOK2TWITCH_TWITCH_CLIENT_ID=outsideapp TIKTOK2TWITCH_TLS_CA_FILE={cert}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
