#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""id.twitch.tv on loopback TLS: device codes, tokens, validation, revocation, and what goes wrong with them.

Shares no code with the relay or with the stand-in that its tests use; written from the public description of
Twitch's login alone, with Python's standard library. Used by login.py and helix.py; alone it approves every
code at once:

    tests/outside/id_standin.py --directory /tmp/standin

What it is strict about: a refresh token of a public client serves once, and using it again takes away the
whole grant, access token included; a renewal ends the access token before; a code is asked for no faster than
its interval, 5 s slower after slow_down; every form and header is spelled as documented.
"""

import argparse
import asyncio
import collections
import json
import secrets
import time
import urllib.parse

from twitch_standin import make_certificate, server_context

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
INVALID_CLIENT = (400, {"status": 400, "message": "invalid client"})


class Grant:
    def __init__(self, login, client, scopes):
        self.login, self.client, self.scopes = login, client, scopes
        self.alive, self.access, self.refresh, self.expires = True, None, None, 0.0
        self.served = set()  # refresh tokens that were used

    def rotate(self, life):
        if self.refresh:
            self.served.add(self.refresh)
        self.access, self.refresh = secrets.token_hex(15), secrets.token_hex(25)
        self.expires = time.monotonic() + life

    def answer(self, life):
        return 200, {"access_token": self.access, "refresh_token": self.refresh, "expires_in": int(life),
                     "scope": self.scopes, "token_type": "bearer"}


class IdStandin:
    def __init__(self, interval=1, code_life=1800, token_life=14400, delay=0.0):
        self.interval, self.code_life, self.token_life, self.delay = interval, code_life, token_life, delay
        self.clients = {"outsideapp": "public", "outsidesite": "confidential"}
        self.user_ids = {"bot": "4242", "other": "4343"}
        self.codes, self.grants = {}, []
        self.approve_at_once = None  # a login
        # endpoint -> what happens to the next requests: "" nothing, a status, "cut" (read, nothing done, no
        # answer), "lost" (done, no answer), "half" (done, half of the answer), "html"
        self.faults = collections.defaultdict(collections.deque)
        self.cut_connections = 0  # so many are closed before a request is read
        self.complaints = collections.Counter()
        self.requests = collections.Counter()
        self.validated = []  # when a validation was asked for
        self.polled = []  # when a code was asked for
        self.reused = 0
        self.answered = {}  # refresh token handed out -> when its answer had been written
        self.changed = asyncio.Event()

    async def start(self, context):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=context)
        return self.server.sockets[0].getsockname()[1]

    async def until(self, ready, seconds=30):
        """Waits until ready() is true; looks after every request."""
        end = time.monotonic() + seconds
        while not ready():
            self.changed.clear()
            try:
                await asyncio.wait_for(self.changed.wait(), min(0.05, max(0.001, end - time.monotonic())))
            except asyncio.TimeoutError:
                if time.monotonic() >= end:
                    return False
        return True

    # --- what a person or Twitch does

    def open_code(self):
        return next((code for code in self.codes.values() if code["state"] == "open"), None)

    def approve(self, code, login, scopes=None):
        code.update(state="approved", login=login, scopes=scopes if scopes is not None else code["scopes"])

    def issue(self, login, scopes, client="outsideapp", life=None):
        """A grant from nowhere, for an access token that somebody pastes; nobody holds its refresh token."""
        grant = Grant(login, client, scopes.split())
        grant.rotate(life or self.token_life)
        self.grants.append(grant)
        return grant

    def grant_of(self, access):
        now = time.monotonic()
        return next((grant for grant in self.grants
                     if grant.alive and grant.access == access and grant.expires > now), None)

    def owner(self, access):
        grant = self.grant_of(access)
        return grant.login if grant else None

    def end_access(self):
        """The access tokens expire now; the grants stay."""
        for grant in self.grants:
            grant.expires = 0.0

    def revoke_all(self):
        for grant in self.grants:
            grant.alive = False

    def state_of(self, refresh):
        """'current', 'served' or 'unknown'"""
        for grant in self.grants:
            if grant.alive and grant.refresh == refresh:
                return "current"
            if refresh in grant.served:
                return "served"
        return "unknown"

    # --- HTTP

    async def serve(self, reader, writer):
        try:
            if self.cut_connections:
                self.cut_connections -= 1
                return
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = head[0].split(" ")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
            body = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
            await self.answer(writer, method, target, headers, body)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # who asks may be killed
        except ValueError as error:
            self.complaints[f"garbage: {error}"] += 1
        finally:
            self.changed.set()
            writer.close()

    async def answer(self, writer, method, target, headers, body):
        form = self.form_of(headers, body) if method == "POST" else {}
        endpoint = f"{method} {target}"
        if endpoint == "POST /oauth2/token":
            endpoint = "refresh" if form.get("grant_type") == "refresh_token" else "poll"
        endpoint = {"POST /oauth2/device": "device", "GET /oauth2/validate": "validate",
                    "POST /oauth2/revoke": "revoke"}.get(endpoint, endpoint)
        handler = {"device": self.device, "poll": self.poll, "refresh": self.refresh, "validate": self.validate,
                   "revoke": self.revoke}.get(endpoint)
        self.requests[endpoint] += 1
        if endpoint == "validate":
            self.validated.append(time.monotonic())
        self.changed.set()
        fault = self.faults[endpoint].popleft() if self.faults[endpoint] else ""
        if handler is None:
            self.complaints[f"asked for {endpoint}"] += 1
            return
        if fault == "cut":
            return
        if fault == "html":
            status, text = 200, "<html>Sorry, something went wrong</html>"
        elif isinstance(fault, int):
            status, text = fault, json.dumps({"error": "Service Unavailable", "status": fault, "message": ""})
        else:
            status, answer = handler(form, headers)
            text = "" if answer is None else json.dumps(answer)
        await asyncio.sleep(self.delay)
        if fault == "lost":
            return
        date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
        data = (f"HTTP/1.1 {status} Status\r\nDate: {date}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(text)}\r\nConnection: close\r\n\r\n{text}").encode()
        writer.write(data[:len(data) // 2] if fault == "half" else data)
        if endpoint == "refresh" and status == 200 and not fault:
            self.answered[answer["refresh_token"]] = time.monotonic()
        self.changed.set()
        await writer.drain()

    def form_of(self, headers, body):
        if headers.get("content-type") != "application/x-www-form-urlencoded":
            self.complaints[f"a form of type {headers.get('content-type')}"] += 1
        pairs = urllib.parse.parse_qsl(body, keep_blank_values=True, strict_parsing=True)
        if len(dict(pairs)) != len(pairs):
            self.complaints["a field twice"] += 1
        return dict(pairs)

    # --- the endpoints

    def device(self, form, _):
        if form.get("client_id") not in self.clients:
            return INVALID_CLIENT
        if "scopes" not in form:
            self.complaints["a code without scopes"] += 1
        device, user = secrets.token_hex(20), "".join(secrets.choice("BCDFGHJKLMNPQRST") for _ in range(8))
        now = time.monotonic()
        code = self.codes[device] = {"user": user, "client": form["client_id"], "state": "open", "login": None,
                                     "scopes": form.get("scopes", "").split(), "interval": self.interval,
                                     "expires": now + self.code_life, "asked": now}
        if self.approve_at_once:
            self.approve(code, self.approve_at_once)
        return 200, {"device_code": device, "expires_in": int(self.code_life), "interval": self.interval,
                     "user_code": user,
                     "verification_uri": f"https://www.twitch.tv/activate?public=true&device-code={user}"}

    def poll(self, form, _):
        if form.get("grant_type") != DEVICE_GRANT:
            self.complaints[f"grant_type={form.get('grant_type')}"] += 1
        code, now = self.codes.get(form.get("device_code")), time.monotonic()
        if code is None or code["state"] == "used" or now >= code["expires"]:
            return 400, {"status": 400, "message": "invalid device code"}
        if form.get("client_id") != code["client"]:
            return INVALID_CLIENT
        if now - code["asked"] < code["interval"] - 0.1:
            self.complaints["asked for a code too soon"] += 1
        code["asked"] = now
        self.polled.append(now)
        if code["state"] == "slow":
            code.update(state="open", interval=code["interval"] + 5)
            return 400, {"status": 400, "message": "slow_down"}
        if code["state"] == "denied":
            return 400, {"status": 400, "message": "access_denied"}
        if code["state"] == "open":
            return 400, {"status": 400, "message": "authorization_pending"}
        code["state"] = "used"
        grant = Grant(code["login"], code["client"], code["scopes"])
        grant.rotate(self.token_life)
        self.grants.append(grant)
        return grant.answer(self.token_life)

    def refresh(self, form, _):
        if set(form) != {"grant_type", "refresh_token", "client_id"}:
            self.complaints[f"a refresh with {sorted(form)}"] += 1
        if self.clients.get(form.get("client_id")) != "public":
            return 400, {"status": 400, "message": "missing client secret"}
        token = form.get("refresh_token")
        for grant in self.grants:
            if token in grant.served:
                self.reused += 1
                grant.alive = False
            elif grant.alive and token == grant.refresh and grant.client == form["client_id"]:
                grant.rotate(self.token_life)
                return grant.answer(self.token_life)
        return 400, {"status": 400, "message": "Invalid refresh token"}

    def validate(self, _, headers):
        kind, _, access = headers.get("authorization", "").partition(" ")
        if kind != "OAuth":
            self.complaints[f"Authorization: {kind}"] += 1
        grant = self.grant_of(access)
        if grant is None:
            return 401, {"status": 401, "message": "invalid access token"}
        return 200, {"client_id": grant.client, "login": grant.login, "scopes": grant.scopes or None,
                     "user_id": self.user_ids[grant.login], "expires_in": int(grant.expires - time.monotonic())}

    def revoke(self, form, _):
        for grant in self.grants:
            if grant.alive and form.get("token") in (grant.access, grant.refresh):
                grant.alive = False
                return 200, None
        return 400, {"status": 400, "message": "Invalid token"}


async def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--directory", required=True, help="for certificate and key")
    options.add_argument("--login", default="bot", help="who approves")
    given = options.parse_args()
    cert, key = make_certificate(given.directory)
    standin = IdStandin()
    standin.approve_at_once = given.login
    port = await standin.start(server_context(cert, key))
    print(f"TIKTOK2TWITCH_TWITCH_AUTH_URL=https://localhost:{port} TIKTOK2TWITCH_TWITCH_CLIENT_ID=outsideapp "
          f"TIKTOK2TWITCH_TLS_CA_FILE={cert}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
