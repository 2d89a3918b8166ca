// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/room_news.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::app {
namespace {

using tiktok::room_state;

log_line words_of(const tiktok::room_report& report) {
    switch (report.state) {
        case room_state::looking_up:
            return {core::log_level::debug, "looking the account up"};
        case room_state::offline:
            return {core::log_level::info, "not live; waiting for the next live"};
        case room_state::connecting:
            if (report.reason == tiktok::errc::live_moved)
                return {core::log_level::info, "live; connecting"};
            if (report.reason)
                return {core::log_level::info, "the connection ended"};
            return {core::log_level::debug, "live; connecting"};
        case room_state::connected:
            return {core::log_level::info, "connected to the live"};
        case room_state::paused:
            return {core::log_level::info, "the live is paused"};
        case room_state::ended:
            return {core::log_level::info, "the live has ended"};
        case room_state::unreachable:
            return {core::log_level::warning, "cannot be read now; trying again"};
        case room_state::missing:
            return {core::log_level::error, "not found; asking again, at last every 5 min"};
    }
    return {};
}

// "0.4 s", "4 s", "2 min 5 s": at least a tenth, rounded up.
std::string wait_words(core::duration wait) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(wait).count();
    if (ms < 1000) {
        const auto tenths = std::clamp<std::int64_t>((ms + 99) / 100, 1, 9);
        return "0." + std::to_string(tenths) + " s";
    }
    return core::wait_text(std::chrono::milliseconds(ms));
}

bool is_waiting(const tiktok::room_report& report) {
    return report.state == room_state::connecting || report.state == room_state::unreachable ||
           report.state == room_state::missing;
}

// The state's own words say it; "the live has ended: the live has ended" would say it twice.
bool is_said(const tiktok::room_report& report) {
    return (report.state == room_state::ended && report.reason == tiktok::errc::live_ended) ||
           (report.state == room_state::offline && report.reason == tiktok::errc::offline);
}

}  // namespace

log_line describe_room(const tiktok::room_report& report) {
    auto line = words_of(report);
    if (report.reason == tiktok::errc::no_such_user && report.state == room_state::unreachable)
        line.text +=
            ": TikTok says that there is no such account, though it was there before (no_such_user). TikTok "
            "says so wrongly now and then, for hours; but if the streamer has a new handle, configure it.";
    else if (report.reason && !is_said(report))
        line.text += ": " + core::explain(report.reason);
    if (!report.detail.empty())
        line.text += " [" + report.detail + "]";
    return line;
}

std::string room_hint(const tiktok::room_report& report) {
    if (!report.renamed_to.empty())
        return "TikTok calls this account @" + report.renamed_to +
               " now: configure that name, the old one may stop working";
    if (report.no_comments)
        return "people join and like, but no comment comes; if others see comments in this live, TikTok "
               "hides them from visitors without a login at this internet address";
    return {};
}

std::vector<log_line> room_news::take(const tiktok::room_report& report, core::time_point now) {
    auto out = lines_for(report, now);
    auto text = describe_room(report).text;
    if (text_ != text || report_.state != report.state)
        since_ = now;
    text_ = std::move(text);
    if (report.state == room_state::connected && !live_since_)
        live_since_ = now;
    if (report.state == room_state::offline || report.state == room_state::ended ||
        report.state == room_state::missing) {
        live_since_.reset();
        viewers_.reset();
    }
    told_ = true;
    report_ = report;
    return out;
}

// "; it could not be read for 12 min", when a spell of failures has just ended.
std::string room_news::back_words(const tiktok::room_report& report, core::time_point now) {
    if (is_waiting(report)) {
        if (report.reason)
            absence_.on_failure(core::identifier(report.reason), now);
        return {};
    }
    const auto away = absence_.on_back(now);
    return away && *away >= worth_a_word ? "; it could not be read for " + core::span_text(*away)
                                         : std::string();
}

std::vector<log_line> room_news::lines_for(const tiktok::room_report& report, core::time_point now) {
    std::vector<log_line> out;
    const bool news = !told_ || report_.state != report.state || report_.reason != report.reason;
    const bool waits = report.next_try && *report.next_try > now && is_waiting(report);
    const core::duration wait = waits ? *report.next_try - now : core::duration::zero();
    if (news) {
        out.push_back(describe_room(report));
        out.back().text += back_words(report, now);
        if (waits)
            out.back().text += " Trying again in " + wait_words(wait) + ".";
        again_after_ = first_again;
    } else if (waits && report.state != room_state::missing &&
               (wait > wait_ + wait_ / 2 || now >= again_at_)) {
        auto line = words_of(report);
        line.text = "trying again in " + wait_words(wait) + ": " + report.reason.message();
        if (!report.detail.empty())
            line.text += " [" + report.detail + "]";
        out.push_back(std::move(line));
        again_after_ = std::min(again_after_ * 2, longest_again);
    }
    if (!out.empty()) {
        wait_ = wait;
        again_at_ = now + again_after_;
    }

    if (report.state == room_state::ended || report.state == room_state::offline)
        hinted_ = false;
    const bool renamed = !report.renamed_to.empty() && report.renamed_to != report_.renamed_to;
    const bool quiet = report.renamed_to.empty() && report.no_comments && !hinted_;
    if (renamed || quiet)
        out.push_back({renamed ? core::log_level::warning : core::log_level::info, room_hint(report)});
    hinted_ = hinted_ || quiet;
    return out;
}

void room_news::on_event(const relay::event& event, core::time_point now) {
    if (event.kind == relay::event_kind::viewers)
        viewers_ = event.viewers;
    if (relay::is_comment(event.kind))
        last_message_ = now;
}

room_facts room_news::facts(core::time_point now) const {
    const auto ago = [now](const std::optional<core::time_point>& at) {
        return at ? std::optional(now - *at) : std::nullopt;
    };
    room_facts out;
    out.state = report_.state;
    out.text = text_;
    out.since = now - since_;
    out.live_for = ago(live_since_);
    out.viewers = viewers_;
    out.last_message = ago(last_message_);
    if (report_.next_try)
        out.next_try = std::max(*report_.next_try - now, core::duration{});
    out.hint = room_hint(report_);
    return out;
}

}  // namespace tiktok2twitch::app
