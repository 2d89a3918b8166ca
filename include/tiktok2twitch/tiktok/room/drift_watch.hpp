// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Notices that TikTok has changed something, before comments are missed: it counts per hour what this version
// does not know or cannot read, and says once what to do about it. Pure; one object for all rooms of a
// process, on one thread. An hour begins with the first count after the last one.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"

namespace tiktok2twitch::tiktok {

class drift_watch {
public:
    static constexpr core::duration window = std::chrono::hours(1);
    // The same is not said again before that; what a version does not know it does not learn.
    static constexpr core::duration again_after = std::chrono::hours(24);
    // In an hour. TikTok adds a kind of message now and then, and a network damages a frame.
    static constexpr std::uint64_t many_unknown = 50;
    static constexpr std::uint64_t many_undecodable = 5;
    static constexpr std::uint64_t many_refusals = 3;
    // So many events of a kind, and not one of them has the field.
    static constexpr std::uint64_t many_empty = 50;
    static constexpr std::size_t most_names = 64;  // of unknown methods and refusals, each

    enum class kind : std::uint8_t {
        unknown_method,   // a message, or a frame, of a kind that no list has
        unknown_refusal,  // an answer to a request that no table has
        undecodable,
        quiet_chat,   // people join and like, and no comment comes
        empty_field,  // a field that was always filled is always empty
    };
    static constexpr std::size_t kinds = 5;

    void on_batch(const decoded_batch& batch, core::time_point now);
    void on_refusal(std::string_view how, core::time_point now);
    // See quiet_chat: its hint has come up.
    void on_quiet_chat(core::time_point now);

    // What is to be said now, each a sentence with what to send where.
    std::vector<std::string> take_warnings();
    // Since the start. Of empty_field: how often it was said.
    std::uint64_t total(kind what) const noexcept { return totals_[static_cast<std::size_t>(what)]; }

private:
    struct filled_field {
        std::uint64_t events = 0;
        bool filled = false;
    };
    struct hour {
        explicit hour(core::time_point at) : begin(at) {}

        core::time_point begin{};
        std::map<std::string, std::uint64_t, std::less<>> methods;
        std::map<std::string, std::uint64_t, std::less<>> refusals;
        std::uint64_t undecodable = 0;
        std::map<std::string_view, filled_field> fields;
    };

    void begin_hour(core::time_point now);
    void count(kind what, std::uint64_t more) noexcept { totals_[static_cast<std::size_t>(what)] += more; }
    void look_at(const relay::event& event, core::time_point now);
    void look_at(std::string_view field, bool filled, core::time_point now);
    void warn(kind what, const std::string& about, const std::string& sentence, core::time_point now);

    std::optional<hour> hour_;
    std::array<std::uint64_t, kinds> totals_{};
    std::map<std::string, core::time_point, std::less<>> said_;  // by kind and what it is about
    std::vector<std::string> warnings_;
};

}  // namespace tiktok2twitch::tiktok
