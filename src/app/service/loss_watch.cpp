// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/loss_watch.hpp"

#include <algorithm>
#include <array>

#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::string_view several = "several";

bool is_one_of(std::string_view reason, std::initializer_list<std::string_view> reasons) noexcept {
    return std::ranges::find(reasons, reason) != reasons.end();
}

// What the operator did is no news to him.
bool is_asked_for(std::string_view reason) noexcept {
    return is_one_of(reason, {"shutdown", "route_removed", "dry_run"});
}

// Nobody misses a text that stands above already, nor what TikTok's own moderators removed.
core::log_level level_of(std::string_view reason) noexcept {
    return is_one_of(reason, {"repeat", "deleted_on_tiktok"}) ? core::log_level::info
                                                              : core::log_level::warning;
}

// Not messages but what may have carried some.
bool is_unread(std::string_view reason) noexcept {
    return is_one_of(reason, {"batch_excess", "undecodable", "frame_too_large", "part_handover_full",
                              "deletion_handover_full"});
}

std::string because(std::string_view reason) {
    if (reason == several)
        return "for several reasons ('tiktok2twitch status' lists them)";
    return relay::explain_reason(reason) + " (" + std::string(reason) + ")";
}

std::string how_many(std::string_view reason, std::uint64_t count) {
    return is_unread(reason) ? core::number_text(count) + " not read"
                             : core::count_text(count, "message") + " lost";
}

}  // namespace

std::string loss_watch::middle_of(const std::string& reason, const spell& of, core::time_point now) {
    return "still being lost: " + how_many(reason, of.lost - of.lost_when_told) + " in " +
           core::span_text(now - of.told) + ", " + core::number_text(of.lost) + " in all since " +
           core::span_text(now - of.began) + ": " + because(reason);
}

std::string loss_watch::end_of(const std::string& reason, const spell& of, std::uint64_t received) {
    const auto lasted = of.last - of.began;
    auto text = "no more losses: " + how_many(reason, of.lost);
    if (!is_unread(reason))
        text += " of " + core::number_text(received - of.received_before);
    if (lasted > core::duration{})
        text += " in " + core::wait_text(lasted);
    return text + ": " + because(reason);
}

void loss_watch::count(route_losses& of, const relay::ledger::counts& counts, core::time_point now,
                       std::vector<line>& out) {
    for (const auto& [reason, total] : counts) {
        if (is_asked_for(reason))
            continue;
        auto& known = of.known[reason];
        const auto fresh = total - std::min(total, known);
        known = total;
        if (fresh == 0)
            continue;
        const bool own = of.episodes.contains(reason) || of.episodes.size() < most_episodes;
        const auto [found, begins] = of.episodes.try_emplace(own ? reason : std::string(several));
        auto& episode = found->second;
        episode.last = now;
        episode.lost += fresh;
        if (!begins)
            continue;
        episode.began = episode.told = now;
        episode.lost_when_told = episode.lost;
        episode.received_before = of.received;
        episode.level = level_of(found->first);
        out.push_back({episode.level, how_many(found->first, episode.lost) + ": " + because(found->first)});
    }
}

std::vector<loss_watch::line> loss_watch::look(const std::string& name, const relay::ledger& books,
                                               core::time_point now) {
    std::vector<line> out;
    auto& of = routes_[name];
    count(of, books.dropped(), now, out);
    count(of, books.unread(), now, out);
    of.received = books.received();
    for (auto at = of.episodes.begin(); at != of.episodes.end();) {
        auto& [reason, episode] = *at;
        if (now - episode.last >= over_after) {
            out.push_back({core::log_level::info, end_of(reason, episode, books.received())});
            at = of.episodes.erase(at);
            continue;
        }
        if (now - episode.told >= again_after && episode.lost > episode.lost_when_told) {
            out.push_back({episode.level, middle_of(reason, episode, now)});
            episode.told = now;
            episode.lost_when_told = episode.lost;
        }
        ++at;
    }
    return out;
}

}  // namespace tiktok2twitch::app
