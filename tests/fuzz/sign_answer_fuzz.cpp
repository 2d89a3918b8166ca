// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Any bytes as a sign server's answer: the first line are its cookies, the rest its body.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tiktok2twitch/tiktok/ways/sign_fetch.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tiktok2twitch::tiktok;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    const std::array headers{header_view{"X-Set-TT-Cookie", bytes.substr(0, line)},
                             header_view{"RateLimit-Reset", bytes.substr(0, line)}};
    sign_question question;
    question.room_id = 7001;
    question.browser = &user_agents()[0];
    const std::string_view body = bytes.substr(std::min(line + 1, bytes.size()));
    for (const int status : {200, 429}) {
        const auto out = read_sign_answer(question, status, headers, body, {}, 1'790'000'000'000);
        if (const auto* why = std::get_if<way_answer>(&out)) {
            if (!why->reason || why->wait < tiktok2twitch::core::duration::zero() ||
                why->wait > longest_told_wait)
                std::abort();
            continue;
        }
        const auto& socket = std::get<signed_socket>(out);
        const auto printable = [](char c) {
            return c >= 0x20 && c < 0x7f;
        };
        if (socket.to.host.empty() || socket.room_id <= 0 ||
            !std::ranges::all_of(socket.cookies, printable) ||
            socket.to.target.find_first_of("\r\n ") != std::string::npos)
            std::abort();
        for (const auto& event : socket.first.events)
            if (!event.history)
                std::abort();
    }
    return 0;
}
