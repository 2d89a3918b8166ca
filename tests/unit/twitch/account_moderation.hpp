// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {

inline std::vector<std::string> texts(const account_driver& d) {
    std::vector<std::string> out;
    for (const auto& line : d.lines)
        out.push_back(line.line.text);
    return out;
}

// Nobody answers: the first line stays in flight and the rest waits.
inline account_driver with_line_in_flight(options settings = {}) {
    account_driver d(std::move(settings));
    d.answer = [](const auto&) {
        return std::string();
    };
    d.get_ready();
    d.push(1, "first");
    d.run_for(std::chrono::milliseconds(1));
    return d;
}

}  // namespace tiktok2twitch::twitch
