// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/control/held_words.hpp"

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/ledger.hpp"

namespace tiktok2twitch::app {
namespace {

using nlohmann::json;

std::string plain(const json& message, const char* key) {
    return core::clean_text(message.at(key).get<std::string>());
}

std::string time_left(std::int64_t seconds) {
    return seconds >= 120 ? std::to_string(seconds / 60) + " min" : std::to_string(seconds) + " s";
}

std::string text_of(const json& message) {
    const auto reason = message.at("reason").get<std::string>();
    return std::to_string(message.at("id").get<std::uint64_t>()) + "  @" + plain(message, "tiktok") +
           " -> #" + plain(message, "channel") + ", of @" + plain(message, "user") + ", for " +
           time_left(message.at("seconds_left").get<std::int64_t>()) + " more\n    " +
           plain(message, "line") + "\n    " + core::clean_text(reason) + ": " +
           std::string(relay::explain_reason(reason)) + "\n";
}

}  // namespace

std::string held_text(std::string_view text) {
    try {
        const auto held = json::parse(text).at("held");
        std::string out = held.empty() ? "nothing is held\n" : "";
        for (const auto& message : held)
            out += text_of(message);
        return out.empty() || held.empty()
                   ? out
                   : out + "'tiktok2twitch approve ID' says one, 'deny ID' drops it\n";
    } catch (const json::exception&) {
        return "the relay answered in a way that this version does not understand\n";
    }
}

}  // namespace tiktok2twitch::app
