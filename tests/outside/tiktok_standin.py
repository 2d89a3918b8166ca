# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
# SPDX-License-Identifier: MIT
"""A TikTok LIVE on loopback TLS: the room lookup, the ttwid cookie and the chat socket of one streamer.

Shares no code with the relay or with the stand-in that its tests use; written from the public description of
the protocol alone, with Python's standard library: HTTP, WebSocket and protobuf by hand. Used by every
script beside it.
"""

import asyncio
import base64
import collections
import gzip
import hashlib
import json
import struct
import time
import urllib.parse

# --- protobuf


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out + bytes([number]))


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def fields(data):
    """Yields (number, value) of a message; raises ValueError on what is none."""
    def read_varint(at):
        number = shift = 0
        while True:
            if at >= len(data) or shift > 63:
                raise ValueError("bad varint")
            number |= (data[at] & 0x7F) << shift
            shift += 7
            at += 1
            if data[at - 1] < 0x80:
                return number, at
    at = 0
    while at < len(data):
        key, at = read_varint(at)
        if key & 7 == 0:
            value, at = read_varint(at)
        elif key & 7 == 2:
            size, at = read_varint(at)
            value, at = data[at:at + size], at + size
            if at > len(data):
                raise ValueError("cut off")
        else:
            raise ValueError(f"wire type {key & 7}")
        yield key >> 3, value


def chat_message(room_id, message_id, author_id, nickname, handle, text, written_at=None):
    """`written_at`: of a comment of the history, in milliseconds."""
    common = field(2, message_id) + field(1, "WebcastChatMessage") + field(3, room_id) + field(
        4, written_at or int(time.time() * 1000))
    user = field(38, handle) + field(1, author_id) + field(3, nickname) + field(46, "MS4wLjABAAAAoutside")
    chat = field(3, text) + field(1, common) + field(2, user) + field(14, "en") + field(18, field(4, 1))
    return field(1, "WebcastChatMessage") + field(2, chat) + field(3, message_id) + (
        field(6, 1) if written_at else b"")


def gift_message(room_id, message_id, author_id, nickname, handle, gift_id, gift_name, price):
    """One gift that cannot be sent in a streak."""
    common = field(2, message_id) + field(1, "WebcastGiftMessage") + field(3, room_id) + field(
        4, int(time.time() * 1000))
    user = field(38, handle) + field(1, author_id) + field(3, nickname)
    gift = field(5, gift_id) + field(11, 2) + field(12, price) + field(16, gift_name)
    body = field(1, common) + field(2, gift_id) + field(5, 1) + field(7, user) + field(9, 1) + field(15, gift)
    return field(1, "WebcastGiftMessage") + field(2, body) + field(3, message_id)


def deletion_message(room_id, message_id, message_ids, user_ids, packed=True):
    """The room's moderation removed messages, or everything of somebody. Lists of numbers have two spellings."""
    common = field(2, message_id) + field(1, "WebcastImDeleteMessage") + field(3, room_id) + field(
        4, int(time.time() * 1000))
    body = field(1, common)
    for number, ids in ((2, message_ids), (3, user_ids)):
        if packed and ids:
            body += field(number, b"".join(varint(one) for one in ids))
        elif ids:
            body += b"".join(field(number, one) for one in ids)
    return field(1, "WebcastImDeleteMessage") + field(2, body) + field(3, message_id)


class Socket:
    """One chat socket: WebSocket frames around push frames."""

    def __init__(self, live, reader, writer, query):
        self.live, self.reader, self.writer = live, reader, writer
        self.packed = query.get("compress") == "gzip"
        self.entered = False
        self.sequence = collections.Counter()
        self.unacknowledged = {}
        self.next_log_id = 7_700_000_000_000_000_000

    def send(self, opcode, payload):
        size = len(payload)
        head = bytes([0x80 | opcode])
        head += bytes([size]) if size < 126 else (b"\x7e" + struct.pack(">H", size) if size < 65536
                                                  else b"\x7f" + struct.pack(">Q", size))
        if not self.writer.is_closing():
            self.writer.write(head + payload)

    def push(self, kind, payload, log_id=0):
        self.sequence[kind] += 1
        packed = self.packed and (kind == "hb" or len(payload) > 500)
        header = field(5, field(1, "compress_type") + field(2, "gzip" if packed else "none"))
        frame = field(1, self.sequence[kind]) + (field(2, log_id) if log_id else b"") + field(3, 8888) + field(
            4, 8) + header + field(6, "" if kind == "hb" else "pb") + field(7, kind)
        self.send(2, frame + field(8, gzip.compress(payload) if packed else payload))

    def messages(self, kind, messages, need_ack):
        """`need_ack` says whether the client has to acknowledge the frame."""
        body = b"".join(field(1, message) for message in messages)
        body += field(2, "cursor") + field(3, 1000) + field(4, int(time.time() * 1000)) + field(5, "-")
        body += field(8, 15) + (field(9, 1) if need_ack else field(11, 1))
        self.next_log_id += 1
        if need_ack:
            self.unacknowledged[self.next_log_id] = time.monotonic()
        self.push(kind, body, self.next_log_id)

    def comments(self, messages):
        oldest = min(self.unacknowledged.values(), default=time.monotonic())
        if time.monotonic() - oldest > 5:
            self.live.complaints["pushes stopped: a frame was not acknowledged for 5 s"] += 1
            return
        self.messages("msg", messages, True)

    async def read_message(self):
        whole = b""
        while True:
            first, second = await self.reader.readexactly(2)
            size = second & 0x7F
            if size > 125:
                size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
            mask = await self.reader.readexactly(4) if second & 0x80 else b"\0\0\0\0"
            if not second & 0x80:
                self.live.complaints["a frame without mask"] += 1
            data = bytes(byte ^ mask[i % 4] for i, byte in enumerate(await self.reader.readexactly(size)))
            opcode = first & 0x0F
            if opcode == 8:
                self.send(8, data)
                return None
            if opcode == 9:
                self.send(10, data)
            if opcode in (0, 1, 2):
                whole += data
                if first & 0x80:
                    return whole

    async def run(self):
        while True:
            data = await asyncio.wait_for(self.read_message(), 40)  # a heartbeat is due every 10 s
            if data is None:
                return
            self.on_frame(dict(fields(data)))
            await self.writer.drain()

    def on_frame(self, frame):
        kind, inner = frame.get(7, b"").decode(), frame.get(8, b"")
        if kind in ("hb", "im_enter_room") and dict(fields(inner)).get(1) != self.live.room_id:
            self.live.complaints[f"{kind} of a wrong room"] += 1
        if kind == "im_enter_room" and not self.entered:
            self.entered = True
            self.messages("im_enter_room_resp", self.live.history(), False)
            self.live.entered.set()
        elif kind == "hb":
            self.push("hb", b"")
        elif kind == "ack":
            if self.unacknowledged.pop(frame.get(2), None) is None or inner != b"-":
                self.live.complaints["an ack of an unknown frame"] += 1


class TikTokStandin:
    def __init__(self, handle, room_id=7_500_000_000_000_000_123):
        self.handle, self.room_id = handle, room_id
        self.next_message_id = 7_500_000_000_100_000_000
        self.sockets = set()
        self.written = []  # comments, as they were sent
        self.requests = collections.Counter()
        self.complaints = collections.Counter()
        self.entered = asyncio.Event()

    async def start(self, context, port=0):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", port, ssl=context)
        return self.server.sockets[0].getsockname()[1]

    def history(self):
        """What who comes in is shown of the time before."""
        return []

    def comments(self, comments):
        """One frame with (author id, nickname, handle, text) of each comment. Returns their message ids."""
        messages, ids = [], []
        for author_id, nickname, handle, text in comments:
            self.next_message_id += 1
            ids.append(self.next_message_id)
            messages.append(chat_message(self.room_id, self.next_message_id, author_id, nickname, handle, text))
        self.written += messages
        self.push(messages)
        return ids

    def repeat(self, count):
        """What TikTok does for who comes in: the last comments again."""
        self.push(self.written[-count:])

    def remove(self, message_ids=(), user_ids=(), packed=True):
        self.next_message_id += 1
        self.push([deletion_message(self.room_id, self.next_message_id, message_ids, user_ids, packed)])

    def gift(self, author_id, nickname, handle, gift_id, gift_name, price):
        self.next_message_id += 1
        self.push([gift_message(self.room_id, self.next_message_id, author_id, nickname, handle, gift_id, gift_name,
                                price)])

    def push(self, messages):
        for socket in self.sockets:
            if socket.entered:
                socket.comments(messages)

    async def serve(self, reader, writer):
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            headers = {name.lower(): value for name, value in headers.items()}
            target = urllib.parse.urlsplit(head[0].split()[1])
            query = dict(urllib.parse.parse_qsl(target.query, keep_blank_values=True))
            self.requests[target.path] += 1
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            if target.path == "/ttwid/register/":
                self.registration(writer, head[0].split()[0], body)
                await writer.drain()
                return
            if target.path.startswith("/webcast/im/ws_proxy/ws_reuse_supplement"):
                await self.chat_socket(reader, writer, headers, query)
            else:
                self.page(writer, target.path, query, headers)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError) as error:
            if isinstance(error, ValueError):
                self.complaints[f"garbage: {error}"] += 1
        finally:
            writer.close()

    def respond(self, writer, body, headers=(), kind="application/json"):
        lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body.encode())}",
                 "Connection: close", *headers]
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())

    def page(self, writer, path, query, headers):
        if "user-agent" not in headers:
            self.complaints["a request without User-Agent"] += 1
        if path.rstrip("/") == "/api-live/user/room":
            known = query.get("uniqueId") == self.handle
            if not {"aid", "sourceType", "uniqueId"} <= query.keys():
                answer = {"statusCode": 19881005, "message": "params_error"}
            elif not known:
                answer = {"statusCode": 19881007, "message": "user_not_found", "data": None}
            else:
                answer = {"statusCode": 0, "message": "", "data": {
                    "user": {"id": "6900000000000000001", "uniqueId": self.handle, "nickname": "Streamer",
                             "roomId": str(self.room_id), "status": 2},
                    "liveRoom": {"status": 2, "title": "a live", "startTime": int(time.time()) - 60},
                    "stats": {"followerCount": 5}}}
            self.respond(writer, json.dumps(answer))
        elif path.rstrip("/") == "/webcast/room/check_alive":
            rooms = [{"alive": room == str(self.room_id), "room_id": int(room), "room_id_str": room}
                     for room in query.get("room_ids", "").split(",") if room.isdigit()]
            self.respond(writer, json.dumps({"data": rooms, "extra": {"now": int(time.time() * 1000)},
                                             "status_code": 0}))
        else:
            # Pages stand behind the check for browsers.
            self.respond(writer, "<html><title>Please wait...</title><!-- slardar_us_waf --></html>",
                         ["x-tt-system-error: 3", "Set-Cookie: ak_bmsc=0123; Domain=.tiktok.com; Path=/"],
                         "text/html")

    def registration(self, writer, method, body):
        asked = json.loads(body) if body else {}
        if method != "POST" or asked.get("aid") != 1988 or asked.get("service") != "www.tiktok.com":
            self.complaints["a registration that TikTok would not take"] += 1
            self.respond(writer, json.dumps({"status_code": 4}))
            return
        self.respond(writer, json.dumps({"status_code": 0, "message": ""}),
                     ["Set-Cookie: ttwid=1%7Coutside%7C1700000000%7Cabc; Path=/; Domain=.tiktok.com; Secure"])

    async def chat_socket(self, reader, writer, headers, query):
        wanted = {"aid": "1988", "resp_content_type": "protobuf", "room_id": str(self.room_id)}
        for name, value in wanted.items():
            if query.get(name) != value:
                self.complaints[f"a socket with {name}={query.get(name)}"] += 1
        if "ttwid=" not in headers.get("cookie", "") or "user-agent" not in headers:
            self.respond(writer, "", ["Handshake-Msg: DEVICE_BLOCKED", "Handshake-Status: 415"])
            return
        guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        key = hashlib.sha1((headers["sec-websocket-key"] + guid).encode()).digest()
        writer.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      f"Sec-WebSocket-Accept: {base64.b64encode(key).decode()}\r\n\r\n").encode())
        socket = Socket(self, reader, writer, query)
        self.sockets.add(socket)
        try:
            await socket.run()
        finally:
            self.sockets.discard(socket)
