// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/tikfinity_reader.hpp"

#include <algorithm>
#include <array>

#include "tiktok2twitch/tiktok/ways/json_messages.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// Events that are messages, under the name of the message. "social" says again what "follow" and "share" say.
struct event_row {
    std::string_view event;
    std::string_view method;
};
constexpr std::array events{
    event_row{"chat", "ChatMessage"},
    event_row{"emote", "EmoteChatMessage"},
    event_row{"gift", "GiftMessage"},
    event_row{"like", "LikeMessage"},
    event_row{"member", "MemberMessage"},
    event_row{"follow", "follow"},
    event_row{"share", "share"},
    event_row{"subscribe", "SubNotifyMessage"},
    event_row{"envelope", "EnvelopeMessage"},
    event_row{"roomUser", "RoomUserSeqMessage"},
    event_row{"questionNew", "QuestionNewMessage"},
};
// Of a live, and nothing for us.
constexpr std::array<std::string_view, 9> of_live{"social",        "roomInfo",        "roomPin",
                                                  "pollMessage",   "oecLiveShopping", "liveIntro",
                                                  "linkMicBattle", "linkMicArmies",   "goalUpdate"};
constexpr std::array<std::string_view, 4> of_app{"connected", "websocketConnected", "error", "config"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

std::string_view without_at(std::string_view name) {
    return name.starts_with('@') ? name.substr(1) : name;
}

bool same_user(std::string_view a, std::string_view b) {
    return equal_ignoring_case(without_at(a), without_at(b));
}

}  // namespace

tikfinity_text read_tikfinity(std::string_view text, core::time_point now, frame_counts& counts) {
    tikfinity_text out;
    ++counts.frames;
    nlohmann::json all;
    const core::error_code error = parse_json_text(text, max_tikfinity_text, all);
    const std::string event = as_text(member(&all, "event"));
    if (error || event.empty()) {
        ++counts.undecodable_frames;
        ++out.batch.unread.undecodable_frames;
        return out;
    }
    const auto* const row = std::ranges::find(events, std::string_view(event), &event_row::event);
    if (row == events.end() && contains(of_app, event))
        return out;
    const nlohmann::json* data = member(&all, "data");
    out.account = as_text(member(data, "tikfinityUsername"));
    if (event == "disconnected" || event == "streamEnd") {
        out.away = true;
        if (event == "streamEnd")
            out.batch.change = room_change::ended;
        return out;
    }
    if (row == events.end() && !contains(of_live, event)) {
        put(skipped::unknown_method, event, now, out.batch, counts);
        return out;
    }
    out.live = true;
    out.batch.messages = true;
    ++counts.messages;
    if (event == "roomInfo") {
        const nlohmann::json* inner = member(data, "roomInfo");
        const nlohmann::json* info = inner != nullptr ? inner : data;
        out.room_id =
            std::max<std::int64_t>(0, as_integer(any(info, {"roomId", "id", "id_str"})).value_or(0));
    }
    if (row != events.end())
        put(read_json_message(row->method, data != nullptr ? *data : nlohmann::json()), event, now, out.batch,
            counts);
    return out;
}

std::optional<std::size_t> room_of_account(std::string_view account, std::string_view user,
                                           std::span<const std::string> rooms) {
    const auto named = [&](std::string_view name) -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < rooms.size(); ++i)
            if (same_user(rooms[i], name))
                return i;
        return std::nullopt;
    };
    const auto only = rooms.size() == 1 ? std::optional<std::size_t>(0) : std::nullopt;
    if (account.empty()) {
        const auto of_user = user.empty() ? std::nullopt : named(user);
        return of_user ? of_user : only;
    }
    if (const auto found = named(account))
        return found;
    return !user.empty() && same_user(account, user) ? only : std::nullopt;
}

}  // namespace tiktok2twitch::tiktok
