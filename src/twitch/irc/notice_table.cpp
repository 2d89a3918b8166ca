// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/irc/notice_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using severity = notice::severity;

// After it the next line is tried, whatever was heard before (channel_gate::longest_hold).
constexpr core::duration probe = minutes(10);

constexpr notice_rule dropping(std::string_view id, std::string_view sentence,
                               severity level = severity::warning) {
    return {id, reaction::drop, {}, room_mode::none, {}, level, sentence};
}
// Refused for good because of what it says, and surely not shown: a second try cannot double it.
constexpr notice_rule splitting(std::string_view id, std::string_view sentence, severity level) {
    return {id, reaction::split, {}, room_mode::none, {}, level, sentence};
}
constexpr notice_rule pausing(std::string_view id, core::duration wait, room_mode until,
                              std::string_view sentence) {
    return {id, reaction::pause, wait, until, {}, severity::warning, sentence};
}
constexpr notice_rule stopping(std::string_view id, std::string_view dropped_as, std::string_view sentence) {
    return {id, reaction::stop, {}, room_mode::none, dropped_as, severity::error, sentence};
}
constexpr notice_rule mode_change(std::string_view id) {
    return {id, reaction::informational, {}, room_mode::none, {}, severity::debug, "room mode changed."};
}
constexpr notice_rule taken_for_command(std::string_view id) {
    return dropping(id, "Twitch took a line for a chat command; put a label in front in relay.template.",
                    severity::error);
}

constexpr std::string_view followers_sentence =
    "the channel is in followers-only mode and {l} may not write. Make the bot a moderator: /mod {l} "
    "(or let "
    "it follow the channel long enough).";

constexpr std::array rules{
    notice_rule{"msg_ratelimit",
                reaction::ratelimited,
                {},
                room_mode::none,
                {},
                severity::warning,
                "Twitch says {l} sends too quickly; slowing down. Make the bot a moderator: /mod {l}"},
    notice_rule{"msg_slowmode",
                reaction::slow_mode,
                {},
                room_mode::none,
                {},
                severity::warning,
                "slow mode is on; lines wait for it. Make the bot a moderator: /mod {l}"},
    notice_rule{"msg_timedout",
                reaction::timed_out,
                minutes(10),
                room_mode::none,
                {},
                severity::warning,
                "a moderator has timed {l} out; sending goes on afterwards. To end it now: /untimeout {l}"},
    notice_rule{
        "msg_suspended",
        reaction::fatal,
        {},
        room_mode::none,
        {},
        severity::error,
        "Twitch has suspended the account {l}. Log in to Twitch as {l} and read why, or use another one."},

    // Not Twitch's ids, but what Helix says by an HTTP status or by none (helix.hpp).
    notice_rule{"msg_too_long",
                reaction::shorten,
                {},
                room_mode::none,
                {},
                severity::info,
                "Twitch finds a line too long; it is said shorter."},
    notice_rule{"msg_no_answer",
                reaction::unanswered,
                {},
                room_mode::none,
                {},
                severity::warning,
                "Twitch did not say what became of a line. It may have been shown, so it is not sent again."},
    pausing("msg_forbidden", probe, room_mode::none,
            "Twitch does not let {l} write there. If it is banned, the streamer can undo it: /unban {l}; "
            "if not, make the bot a moderator: /mod {l}"),
    dropping("msg_bad_request", "Twitch did not understand a line of ours. Please report this.",
             severity::error),

    dropping("msg_duplicate", "Twitch refused a line equal to the one before it.", severity::info),
    dropping("msg_r9k",
             "unique-chat mode is on and a line was not unique. Make the bot a moderator: /mod {l}"),
    dropping("msg_rejected",
             "AutoMod held or refused a line. Lower AutoMod's level or make the bot a moderator: /mod {l}"),
    splitting("msg_rejected_mandatory",
              "a line met the channel's blocked terms. Nothing to do, unless a term blocks too much: see the "
              "channel's blocked terms.",
              severity::warning),
    splitting("msg_bad_characters", "Twitch refused a line for characters it cannot process.",
              severity::info),
    dropping("msg_censored_broadcaster", "Twitch refused a line.", severity::info),
    dropping("no_permission", "{l} lacks a permission here. Make the bot a moderator: /mod {l}"),

    pausing("msg_emoteonly", probe, room_mode::emote_only,
            "the channel is in emote-only mode. Switch it off (/emoteonlyoff) or make the bot a moderator: "
            "/mod {l}"),
    pausing("msg_subsonly", probe, room_mode::subs_only,
            "the channel is in subscribers-only mode. Make the bot a moderator: /mod {l}"),
    pausing("msg_followersonly", probe, room_mode::followers_only, followers_sentence),
    pausing("msg_followersonly_followed", probe, room_mode::followers_only, followers_sentence),
    pausing("msg_followersonly_zero", probe, room_mode::followers_only, followers_sentence),
    pausing("msg_warned", probe, room_mode::none,
            "a moderator has warned {l}. Open the channel's chat in a browser as {l} and acknowledge it."),
    pausing("msg_channel_blocked", probe, room_mode::none,
            "{l} is not in good standing in this channel. Ask its moderators, or make the bot a moderator: "
            "/mod {l}"),
    pausing("msg_verified_email", probe, room_mode::none,
            "the channel requires a verified e-mail address. Verify the one of {l} in its Twitch "
            "settings."),
    pausing("msg_requires_verified_phone_number", probe, room_mode::none,
            "the channel requires a verified phone number. Verify one for {l}, or make the bot a "
            "moderator: "
            "/mod {l}"),
    pausing("msg_facebook", probe, room_mode::none,
            "the channel requires a verified account. Verify {l} in its Twitch settings."),

    stopping("msg_banned", "channel_banned", "{l} is banned there. The streamer can undo it: /unban {l}"),
    stopping("msg_banned_email_alias", "channel_banned",
             "the e-mail address of {l} is banned there. The streamer can undo it: /unban {l}"),
    stopping("msg_channel_suspended", "channel_suspended",
             "Twitch says that this channel is suspended or not there: it was suspended, deleted or renamed. "
             "If it was renamed, correct the route's channel; otherwise wait, or remove the route."),
    stopping("tos_ban", "channel_suspended",
             "Twitch has closed this channel. Remove the route or wait until it is back."),
    stopping("msg_room_not_found", "channel_not_found", "no such channel. Correct the route's channel."),
    stopping("invalid_user", "channel_not_found", "not a user's name. Correct the route's channel."),
    stopping("msg_concurrent_channel_limit_reached", "channel_limit",
             "{l} is in too many channels. Use fewer routes for this account."),

    taken_for_command("unrecognized_cmd"),
    taken_for_command("unavailable_command"),
    taken_for_command("unsupported_chatrooms_cmd"),
    taken_for_command("no_help"),

    mode_change("slow_on"),
    mode_change("slow_off"),
    mode_change("subs_on"),
    mode_change("subs_off"),
    mode_change("emote_only_on"),
    mode_change("emote_only_off"),
    mode_change("followers_on"),
    mode_change("followers_on_zero"),
    mode_change("followers_off"),
    mode_change("r9k_on"),
    mode_change("r9k_off"),
};

// Two weeks: the longest timeout Twitch gives.
constexpr std::int64_t longest_wait_seconds = 1'209'600;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

notice_rule rule_for(std::string_view msg_id) noexcept {
    const auto* const found =
        std::find_if(rules.begin(), rules.end(), [&](const notice_rule& rule) { return rule.id == msg_id; });
    if (found != rules.end())
        return *found;
    if (msg_id.starts_with("usage_"))
        return taken_for_command(msg_id);
    if (msg_id.starts_with("msg_"))
        return dropping(msg_id, "Twitch refused a line for a reason this program does not know.");
    return {msg_id, reaction::informational, {}, room_mode::none, {}, severity::debug, "notice."};
}

bool is_known(std::string_view msg_id) noexcept {
    return std::ranges::find(rules, msg_id, &notice_rule::id) != rules.end();
}

std::span<const notice_rule> all_rules() noexcept {
    return rules;
}

std::string fill_sentence(std::string_view sentence, std::string_view channel, std::string_view login) {
    std::string out;
    while (!sentence.empty()) {
        const bool at_channel = sentence.starts_with("{c}");
        if (at_channel || sentence.starts_with("{l}")) {
            out += at_channel ? channel : login;
            sentence.remove_prefix(3);
        } else {
            out.push_back(sentence.front());
            sentence.remove_prefix(1);
        }
    }
    return out;
}

std::optional<core::duration> wait_in_text(std::string_view text) noexcept {
    // Fixed word positions are brittle: the texts have changed over the years (docs/protocol/twitch.md §2.6).
    // Channel names contain digits too, so the last number is the better guess when no unit follows.
    std::optional<std::int64_t> last;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i])) {
            ++i;
            continue;
        }
        const bool starts_word = i == 0 || text[i - 1] == ' ';
        auto end = i;
        while (end < text.size() && is_digit(text[end]))
            ++end;
        std::int64_t value = 0;
        if (std::from_chars(text.data() + i, text.data() + end, value).ec != std::errc{})
            value = longest_wait_seconds;
        if (starts_word) {
            last = std::min(value, longest_wait_seconds);
            const auto rest = text.substr(end);
            if (rest.starts_with(" second") || rest.starts_with(" more second"))
                break;
        }
        i = end;
    }
    if (!last)
        return std::nullopt;
    return std::chrono::seconds(*last);
}

}  // namespace tiktok2twitch::twitch
