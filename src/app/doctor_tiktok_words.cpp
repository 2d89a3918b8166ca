// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "app/doctor_words.hpp"
#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::app {
namespace {

finding of_status(const tiktok::room_status& room) {
    switch (room.status) {
        case tiktok::live_status::live:
            return fine("live now");
        case tiktok::live_status::paused:
            return fine("live, and paused");
        case tiktok::live_status::offline:
            break;
    }
    return fine("not live now; the relay starts by itself when it is");
}

// "; /live: check page for browsers, /: HTTP 500"
std::string shut_doors(const std::vector<tiktok::door_report>& doors) {
    std::string text;
    for (const auto& door : doors) {
        if (door.answer == tiktok::door_answer::cookie)
            continue;
        text += text.empty() ? "; " : ", ";
        text += door.door == tiktok::cookie_door::registration ? name_of(door.door) : path_of(door.door);
        text += ": " + words_of(door);
    }
    return text;
}

}  // namespace

finding of_lookup(const core::result<tiktok::room_status>& api,
                  const std::optional<core::result<tiktok::room_status>>& page) {
    if (api)
        return of_status(*api);
    if (page && *page) {
        auto out = of_status(**page);
        return warning(
            out.seen + ", says the live page; the other way does not work: " + api.error().message(),
            "nothing to do while one of the two ways works.", core::identifier(api.error()));
    }
    const bool missing = api.error() == tiktok::errc::no_such_user;
    auto out = failed(missing ? exit_code::config_error : exit_code::unavailable, {}, api.error());
    if (page && page->error() != api.error())
        out.seen += "; the live page: " + page->error().message();
    return out;
}

finding of_doors(const std::vector<tiktok::door_report>& doors) {
    using tiktok::door_answer;
    const auto open = std::ranges::find(doors, door_answer::cookie, &tiktok::door_report::answer);
    if (open == doors.end()) {
        // The same word from every door is about the way to the host, and has its own advice.
        const bool unreachable = !doors.empty() && std::ranges::all_of(doors, [&](const auto& door) {
            return door.answer == door_answer::no_answer && door.error == doors.front().error;
        });
        if (unreachable)
            return failed(exit_code::unavailable, {}, doors.front().error);
        return broken(exit_code::unavailable,
                      "no door hands the visitor cookie (ttwid) out" + shut_doors(doors),
                      "wait some minutes; if it stays, try from another internet address.",
                      core::identifier(tiktok::errc::ttwid_missing));
    }
    if (open->door == tiktok::cookie_door::registration)
        return fine("TikTok hands the visitor cookie (ttwid) out by register" + shut_doors(doors));
    return warning("TikTok hands the visitor cookie (ttwid) out by " + std::string(path_of(open->door)) +
                       " only" + shut_doors(doors),
                   "nothing to do while one of the doors is open.",
                   core::identifier(tiktok::errc::ttwid_missing));
}

finding of_socket(const socket_facts& facts) {
    if (facts.opened && facts.ended == tiktok::errc::live_ended)
        return fine("opened; the live has just ended");
    if (facts.opened && !facts.spoke)
        return warning("opened, but nothing has come so far",
                       "nothing to do: the relay takes another identity when a connection stays silent.",
                       core::identifier(tiktok::errc::never_spoke));
    if (facts.opened && facts.first)
        return warning("opened with the second identity; the first one was refused: " + facts.first.message(),
                       "nothing to do: the relay does the same.", core::identifier(facts.first));
    if (facts.opened)
        return fine("opened, and messages come");
    auto out = failed(exit_code::unavailable, {}, facts.ended);
    if (!facts.detail.empty())
        out.seen += " [" + facts.detail + "]";
    return out;
}

}  // namespace tiktok2twitch::app
