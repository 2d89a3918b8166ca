// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What another process writes to a relay's socket, what a relay answers, and what is in the file of held
// messages: any bytes are a request, an answer, a state or none.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tiktok2twitch/control/message.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/moderation/kept_messages.hpp"

namespace {

namespace control = tiktok2twitch::control;
namespace core = tiktok2twitch::core;
namespace relay = tiktok2twitch::relay;

void require(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto parsed = control::parse_request(input, "1.0");
    if (const auto* bad = std::get_if<control::bad_request>(&parsed)) {
        require(!bad->why.empty() && bad->why.size() < 400);
        require(core::clean_text(bad->why) == bad->why);
    } else {
        const auto& asked = std::get<control::request>(parsed);
        const auto again = control::parse_request(control::text_of(asked), "1.0");
        require(std::get<control::request>(again).what == asked.what);
    }
    const auto reply = control::parse_reply(input);
    if (reply.what == control::reply::kind::answered)
        require(control::parse_reply(control::text_of(reply.said)).said.data == reply.said.data);
    if (const auto kept = relay::parse_kept(input)) {
        const auto text = relay::text_of(*kept);
        const auto again = relay::parse_kept(text);
        require(again.has_value() && relay::text_of(*again) == text);
    }
    return 0;
}
