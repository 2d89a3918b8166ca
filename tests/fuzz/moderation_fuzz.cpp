// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What people type in chat, and what stands in the file of an earlier process: any bytes are read, an answer
// is one short line that pings nobody and is no command, and a state survives being saved and read again. The
// first byte chooses between the file and lines of the chat.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/moderation/moderation.hpp"

namespace {

namespace relay = tiktok2twitch::relay;
namespace core = tiktok2twitch::core;

constexpr core::time_point start{std::chrono::hours(1000)};
constexpr core::unix_ms wall = 1'800'000'000'000;

void require(bool holds) {
    if (!holds)
        std::abort();
}

void check_answer(const std::string& answer) {
    if (answer.empty())
        return;
    require(core::count_code_points(answer) <= 200);
    require(answer.front() >= 'a' && answer.front() <= 'z');
    require(core::clean_text(answer) == answer);
}

void check_survives(const relay::moderation& state) {
    const auto text = state.text(start, wall);
    const auto again = relay::moderation::parse(text, start, wall);
    require(again.has_value());
    require(again->text(start, wall) == text);
}

void check_commands(std::string_view input) {
    constexpr int most_lines = 6;
    relay::moderation state;
    auto now = start;
    for (int i = 0; i < most_lines && !input.empty(); ++i) {
        const auto line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(line.size() + 1, input.size()));
        now += std::chrono::seconds(30);
        relay::parse_command(line, line);
        if (const auto command = relay::parse_command(line, "!tiktok"))
            check_answer(state.apply(*command, now, "!tiktok").answer);
    }
    check_survives(state);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.empty())
        return 0;
    if (input[0] % 2 != 0)
        check_commands(input.substr(1));
    else if (const auto state = relay::moderation::parse(input.substr(1), start, wall))
        check_survives(*state);
    return 0;
}
