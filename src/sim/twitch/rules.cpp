// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/twitch_rules.hpp"

#include <algorithm>

#include "sim/twitch_text.hpp"
#include "sim/utf8.hpp"

namespace tiktok2twitch::sim {

namespace {

constexpr std::string_view no_such_channel = "This channel does not exist or has been suspended.";

void forget_before(std::deque<core::time_point>& log, core::time_point begin) {
    while (!log.empty() && log.front() <= begin) {
        log.pop_front();
    }
}

}  // namespace

void twitch_rules::record(violation_kind kind, const std::string& account, std::string detail,
                          core::time_point now) {
    violations_.push_back({kind, now, account, std::move(detail)});
}

// What is wrong with a text before any rule of the channel is looked at.
void twitch_rules::inspect(const std::string& login, std::string_view text, core::time_point now) {
    std::u32string code_points;
    if (!decode_utf8(text, code_points)) {
        record(violation_kind::invalid_utf8, login, std::string(text), now);
        return;
    }
    if (code_points.size() > limits_.code_points) {
        record(violation_kind::line_too_long, login, std::to_string(code_points.size()), now);
    }
    if (std::any_of(code_points.begin(), code_points.end(), is_control)) {
        record(violation_kind::control_character, login, std::string(text), now);
    }
    if (is_command(text)) {
        record(violation_kind::command_text, login, std::string(text), now);
    }
}

// True when this message exceeds the window that the server has opened.
bool twitch_rules::over_window(budget_window& window, std::size_t limit, core::time_point now) const {
    if (limits_.phase) {
        const core::time_point grid{*limits_.phase};
        const auto since = now - grid;
        const core::time_point begin = now - since % limits_.window;
        if (!window.open || begin != window.begin) {
            window = {begin, true, 0};
        }
    } else if (!window.open || now - window.begin >= limits_.window) {
        window = {now, true, 0};
    }
    ++window.used;
    return window.used > limit;
}

// Takes from the budgets; rejected messages count, too (twitch.md 1.6). A violation is any interval of
// the window's length with too many messages, since a client cannot know the phase.
bool twitch_rules::count_send(user& who, const std::string& login, bool low, core::time_point now) {
    const auto log = [&](std::deque<core::time_point>& times, std::size_t limit, const char* tier) {
        forget_before(times, now - limits_.window);
        times.push_back(now);
        if (times.size() > limit) {
            record(violation_kind::over_budget, login, std::string(tier) + " " + std::to_string(times.size()),
                   now);
        }
    };
    log(who.high_log, limits_.high, "high");
    bool over = over_window(who.high, limits_.high, now);
    if (low) {
        log(who.low_log, limits_.low, "low");
        over = over_window(who.low, limits_.low, now) || over;
    }
    return over;
}

say_answer twitch_rules::refuse(std::string msg_id, std::string notice) const {
    say_answer answer;
    answer.what = say_answer::kind::refused;
    answer.msg_id = std::move(msg_id);
    answer.notice = std::move(notice);
    return answer;
}

say_answer twitch_rules::say(const std::string& login, const std::string& channel, std::string_view text,
                             core::time_point now) {
    inspect(login, text, now);
    if (!accounts_.contains(login)) {  // anonymous readers may not write
        return {};
    }
    say_answer answer = judge(accounts_[login], login, channel, text, now);
    if (answer.what == say_answer::kind::delivered) {
        delivered_.push_back({now, login, channel, answer.text, answer.id});
    } else {
        refusals_.push_back({now, login, channel, answer.msg_id, std::string(text)});
    }
    return answer;
}

say_answer twitch_rules::judge(user& who, const std::string& login, const std::string& channel,
                               std::string_view text, core::time_point now) {
    const auto found = rooms_.find(channel);
    if (found == rooms_.end()) {
        return old_names_.contains(channel) ? refuse("msg_channel_suspended", std::string(no_such_channel))
                                            : say_answer{};
    }
    room& where = found->second;
    member& self = where.members[login];
    const bool trusted = self.as == role::moderator || self.as == role::broadcaster;
    const bool high = trusted || (self.as == role::vip && limits_.vip_is_high);
    if (limits_.enforced && self.as == role::ordinary && self.last_attempt &&
        now - *self.last_attempt < limits_.spacing) {
        record(violation_kind::spacing, login, channel, now);
    }
    self.last_attempt = now;
    if (limits_.enforced && count_send(who, login, !high, now)) {
        if (limits_.when_over == over_limit::close) {
            say_answer answer;
            answer.what = say_answer::kind::close;
            return answer;
        }
        who.muted_until = std::max(who.muted_until, now + limits_.mute_for);
    }
    // Where the account has a rank, the mute does not bite (twitch.md 1.6).
    if (now < who.muted_until && !trusted && self.as != role::vip) {
        return {};
    }
    if (where.suspended) {
        return refuse("msg_channel_suspended", std::string(no_such_channel));
    }
    if (self.banned) {
        return refuse("msg_banned", "You are permanently banned from talking in " + channel + ".");
    }
    if (now < self.silent_until) {
        return refuse("msg_timedout",
                      "You are timed out for " + seconds_left(self.silent_until - now) + " more seconds.");
    }
    if (is_command(text)) {
        return refuse("unrecognized_cmd", "Unrecognized command: " + std::string(first_word(text)));
    }
    const std::string shown = shown_text(text, limits_.code_points);
    if (shown.empty() || contains_any(shown, where.held)) {
        return refuse("msg_rejected", "Your message is being checked by mods and has not been sent. ");
    }
    if (contains_any(shown, where.blocked)) {
        return refuse("msg_rejected_mandatory",
                      "Your message wasn't posted due to conflicts with the channel's moderation settings.");
    }
    say_answer answer = judge_modes(where, self, shown, now);
    if (answer.what == say_answer::kind::delivered && who.shadowed) {
        answer.what = say_answer::kind::shadowed;
    }
    return answer;
}

say_answer twitch_rules::judge_modes(room& where, member& self, const std::string& text,
                                     core::time_point now) {
    if (self.as == role::ordinary) {
        const channel_modes& modes = where.modes;
        if (modes.emote_only && !only_emotes(text)) {
            return refuse("msg_emoteonly", "This room is in emote only mode.");
        }
        if (modes.subs_only && !self.subscriber) {
            return refuse("msg_subsonly", "This room is in subscribers only mode.");
        }
        if (modes.followers_only >= 0) {
            const std::chrono::minutes needed(modes.followers_only);
            if (!self.follows_since) {
                return modes.followers_only == 0
                           ? refuse("msg_followersonly_zero", "This room is in followers-only mode.")
                           : refuse("msg_followersonly", "This room is in " +
                                                             std::to_string(modes.followers_only) +
                                                             " minutes followers-only mode.");
            }
            if (now - *self.follows_since < needed) {
                return refuse("msg_followersonly_followed",
                              "This room is in " + std::to_string(modes.followers_only) +
                                  " minutes followers-only mode. You have not followed long enough.");
            }
        }
        if (limits_.enforced && self.last_delivery) {
            const core::duration since = now - *self.last_delivery;
            if (modes.slow > 0 && since < std::chrono::seconds(modes.slow)) {
                return refuse("msg_slowmode",
                              "This room is in slow mode and you are sending messages too quickly. You will "
                              "be able to talk again in " +
                                  seconds_left(std::chrono::seconds(modes.slow) - since) + " seconds.");
            }
            if (since < limits_.spacing) {
                return refuse("msg_ratelimit",
                              "Your message was not sent because you are sending messages too quickly.");
            }
        }
        if (self.last_delivery && text == self.last_text &&
            now - *self.last_delivery < limits_.duplicate_window) {
            return refuse("msg_duplicate",
                          "Your message was not sent because it is identical to the previous one you sent, "
                          "less than 30 seconds ago.");
        }
        if (modes.r9k && where.said.contains(text)) {
            return refuse("msg_r9k", "This room is in unique-chat mode and your message is not unique.");
        }
    }
    self.last_delivery = now;
    self.last_text = text;
    where.said.insert(text);
    say_answer answer;
    answer.what = say_answer::kind::delivered;
    answer.id = message_id(next_message_++);
    answer.text = text;
    return answer;
}

}  // namespace tiktok2twitch::sim
