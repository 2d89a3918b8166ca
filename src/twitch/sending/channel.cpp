// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/channel.hpp"

#include <algorithm>
#include <vector>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr core::duration first_trouble_pause = seconds(2);
constexpr core::duration longest_trouble_pause = seconds(60);
constexpr std::size_t longest_reason = 200;

}  // namespace

void line_pace::on_line(const flight& line, core::time_point now) {
    if (line.is_answer())
        return;
    accepted_line noted{now, {}, 0};
    for (const auto& item : line.parts) {
        noted.delay = std::max(noted.delay, now - item.first_at);
        noted.messages += 1 + item.others.size();
    }
    lines_.push_back(noted);
    while (lines_.size() > 1 && (lines_.size() > most_lines || lines_.front().at + span < now))
        lines_.pop_front();
}

void line_pace::describe(channel_status& out, core::time_point now) const {
    if (lines_.empty())
        return;
    std::vector<core::duration> delays;
    for (const auto& line : lines_) {
        if (line.at + span < now)
            continue;
        ++out.lines_per_minute;
        out.messages_per_minute += line.messages;
        delays.push_back(line.delay);
    }
    if (delays.empty())
        delays.push_back(lines_.back().delay);
    const auto middle = delays.begin() + static_cast<std::ptrdiff_t>(delays.size() / 2);
    std::nth_element(delays.begin(), middle, delays.end());
    out.delay = *middle;
    out.last_line = now - lines_.back().at;
}

void channel::push(relay::line_part part, core::time_point now) {
    box.expire(account_.settings, now, account_.book);
    if (other.on_given(part, now))
        tell_other_relay({}, now);
    box.push(std::move(part), account_.settings, account_.book);
}

// `unprotected`: the duplicate rule does not keep a line that is sent again from being shown twice.
void channel::expire(bool unprotected, core::time_point now) {
    box.expire(account_.settings, now, account_.book);
    answers.expire(now);
    box.check_resend(unprotected || gate().rank() != role::ordinary, now, account_.book);
}

void channel::drop_all(std::string_view reason) {
    box.drop_waiting(reason, account_.book);
    answers.clear();
}

bool channel::settle(std::string_view reason) {
    drop_all(reason);
    if (!box.in_flight())
        return false;
    box.refused("unknown", account_.book);
    return true;
}

std::optional<core::time_point> channel::due() const {
    if (!silence.is_open())
        return std::nullopt;
    const auto at = gate().earliest(account_.settings);
    if (answers_next())
        return at;
    if (!box.wants_to_send())
        return std::nullopt;
    // A line that is sent again has had its turn.
    const bool again = !box.may_answer();
    return again || !relayed_at ? at : std::max(at, *relayed_at + slow);
}

const flight* channel::compose(bool hurry, core::time_point now) {
    const bool exempt = gate().rank() != role::ordinary;
    return answers_next() ? box.compose_answer(answers.take(), exempt, now)
                          : box.compose(account_.settings, exempt, hurry, now, account_.book);
}

void channel::stop(const notice_rule& rule, bool news, core::time_point now) {
    silence.stop(rule, news, now);
    drop_all(rule.dropped_as);
}

void channel::requeue(std::string_view reason, core::time_point now) {
    if (box.in_flight())
        box.refused_too_early(reason, account_.settings, now, account_.book);
    box.trim(account_.settings.backlog, account_.book);
}

line_end channel::on_notice(const notice_rule& rule, const room_notice& event, send_budget& budget,
                            core::time_point now) {
    const auto& line = box.in_flight();
    const bool was_in_flight = line.has_value();
    const auto reason = "refused_" + core::cut_code_points(core::repair_utf8(event.msg_id), longest_reason);
    const auto refuse = [&] {
        if (line)
            box.refused(reason, account_.book);
    };
    const auto told_wait = wait_in_text(event.text);
    if (rule.what == reaction::timed_out || rule.what == reaction::pause)
        silence.on_denied();
    switch (rule.what) {
        case reaction::informational:
            break;
        case reaction::drop:
            if (line && line->resend && rule.id == "msg_duplicate")
                return line_end::accepted;  // the first copy had arrived
            refuse();
            break;
        case reaction::split:
            if (line && line->parts.size() > 1)
                box.refused_for_one(account_.book);
            else
                refuse();
            break;
        case reaction::shorten:
            if (line)
                box.refused_as_too_long(reason, account_.book);
            break;
        case reaction::unanswered:
            // Unlike silence on IRC this is no sign of a mute: a server has trouble, and is left alone a
            // while.
            if (line) {
                box.unanswered(account_.book);
                pause(
                    hold_kind::trouble,
                    core::doubled(first_trouble_pause, box.unanswered_in_a_row() - 1, longest_trouble_pause),
                    rule, now);
            }
            break;
        case reaction::ratelimited: {
            if (!line)
                break;
            const bool halved = budget.status(now).halved;
            pause(hold_kind::pace,
                  budget.on_ratelimit(line->written, now, told_wait.value_or(core::duration{})), rule, now);
            if (!halved && budget.status(now).halved)
                account_.say(
                    notice::severity::warning, {},
                    "Twitch refused several lines for their pace; half the limits are used for 5 min.");
            requeue(reason, now);
            break;
        }
        case reaction::slow_mode: {
            const auto wait =
                std::chrono::duration_cast<seconds>(told_wait.value_or(account_.settings.spacing_normal));
            gate().learn_slow_mode(wait);
            pause(hold_kind::slow_mode, wait + milliseconds(500), rule, now);
            requeue(reason, now);
            break;
        }
        case reaction::timed_out:
            refuse();
            silence.not_banned();
            pause(hold_kind::timeout, told_wait.value_or(rule.wait) + seconds(1), rule, now);
            break;
        case reaction::pause:
            refuse();
            pause(hold_kind::refusal, rule.wait, rule, now);
            break;
        case reaction::stop:
            refuse();
            stop(rule, false, now);
            break;
        case reaction::fatal:  // the account is to blame
            refuse();
            break;
    }
    if (!was_in_flight || line)
        return line_end::none;
    // What AutoMod holds may be shown yet.
    const bool unclear = rule.what == reaction::unanswered || rule.id == "msg_rejected";
    return unclear ? line_end::unclear : line_end::refused;
}

channel_status channel::status(core::time_point now) const {
    channel_status out;
    out.channel = name();
    out.high_tier = silence.is_high();
    out.slow_mode = gate().rank() == role::ordinary ? gate().slow_mode() : seconds(0);
    out.waiting = box.waiting();
    out.in_flight = box.unconfirmed();
    if (const auto oldest = box.oldest_waiting())
        out.oldest_waiting = std::max(now - *oldest, core::duration{});
    pace.describe(out, now);
    out.other_relay = other.seen(now);
    if (silence.called() != name())
        out.called = silence.called();
    const auto* const hold = gate().standing(now);
    if (const auto& block = gate().block_state()) {
        out.state = channel_state::blocked;
        out.reason = block->reason;
    } else if (hold != nullptr) {
        out.state = channel_state::paused;
        out.reason = hold->reason;
    } else {
        out.state = silence.is_open() ? channel_state::ready : channel_state::joining;
    }
    if (const auto next = silence.next_try(now))
        out.next_try = std::max<core::duration>(*next - now, seconds(1));
    return out;
}

void channel::on_said_elsewhere(const std::string& text, core::time_point now) {
    box.said_elsewhere(text, now, account_.book);
    if (other.on_read(text, true, now))
        tell_other_relay({}, now);
}

void channel::tell_other_relay(std::string_view whom, core::time_point now) {
    if (!silence.is_news("other_relay", now))
        return;
    silence.say(
        notice::severity::error,
        "another relay carries the same TikTok room into this channel, as " +
            core::repair_utf8(whom.empty() ? std::string_view(account_.login()) : whom) +
            ": everything is said twice, or refused as a repeat. Stop one of the two; neither stops by "
            "itself.");
}

}  // namespace tiktok2twitch::twitch
