// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/demo_words.hpp"

#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/relay/ledger.hpp"

namespace tiktok2twitch::app {
namespace {

using json = nlohmann::json;

std::string percent(std::uint64_t part, std::uint64_t whole) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%",
                  whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
    return text;
}

// "waited longer than ... (70), still waiting ... (8)"
std::string reasons(const json& counts) {
    std::string text;
    for (const auto& [reason, count] : counts.items())
        text += (text.empty() ? "" : ", ") + relay::explain_reason(reason) + " (" +
                std::to_string(count.get<std::uint64_t>()) + ")";
    return text;
}

}  // namespace

std::string explain_shares(std::string_view report) {
    const auto route = json::parse(report).at("routes").at(0);
    const auto count = [&route](const char* key) {
        return route.at(key).get<std::uint64_t>();
    };
    json unsaid = route.at("filtered");
    unsaid.update(route.at("dropped"));
    const auto received = count("received");
    const auto silent = received - count("relayed") - count("folded") - count("pending");
    std::string text = "Of " + core::count_text(received, "comment") + " " +
                       percent(count("relayed"), received) + " were said in " +
                       core::count_text(count("lines_accepted"), "line") + ", " +
                       percent(count("folded"), received) +
                       " are in those lines too (the same words, said once with a count), " +
                       percent(silent, received) + " were not said";
    if (silent > 0)
        text += ": " + reasons(unsaid);
    return text + ".\n";
}

}  // namespace tiktok2twitch::app
