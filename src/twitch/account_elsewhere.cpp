// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What others say as this account: people who are logged in as it, and other relays.

#include <algorithm>
#include <set>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "twitch/account_impl.hpp"
#include "twitch/shown_text.hpp"

namespace tiktok2twitch::twitch {

namespace {

constexpr std::size_t most_undecided = 50;
constexpr std::size_t most_foreign = 1000;
constexpr core::duration tell_again_after = std::chrono::minutes(10);
constexpr std::string_view twin_notice = "other_relay";

std::string lines_in(const rate& configured, tier t) {
    return std::to_string(std::min(configured.count, send_budget::elsewhere_limit(t).count));
}

}  // namespace

void account::impl::own_line_seen(const own_sighting& seen, own_lines::reader who, core::time_point now) {
    switch (own.judge(seen, who, now)) {
        case own_lines::origin::ours:
            return;
        case own_lines::origin::late_echo:
            return line_arrived(seen, now);
        case own_lines::origin::undecided:
            if (sightings.size() >= most_undecided)
                return said_elsewhere(seen, now);
            sightings.push_back({seen, who});
            return;
        case own_lines::origin::known:
            if (auto* const ch = seen.shared ? nullptr : find(seen.channel))
                heard_elsewhere(*ch, seen.text, now);
            return;
        case own_lines::origin::elsewhere:
            return said_elsewhere(seen, now);
    }
}

void account::impl::decide_sightings(std::string_view channel, core::time_point now) {
    for (auto& item : std::exchange(sightings, {})) {
        if (item.seen.channel == channel)
            own_line_seen(item.seen, item.who, now);
        else
            sightings.push_back(std::move(item));
    }
}

// The connection is gone, and with it every answer.
void account::impl::decide_all_sightings(core::time_point now) {
    for (const auto& item : std::exchange(sightings, {})) {
        // A connection does not hear what it said itself.
        if (item.who == own_lines::reader::speaker)
            said_elsewhere(item.seen, now);
        else
            own_line_seen(item.seen, item.who, now);
    }
}

void account::impl::count_accepted(const flight& line) {
    std::set<relay::route_id> carried;
    for (const auto& item : line.parts)
        carried.insert(item.part.route);
    for (const auto route : carried)
        ++counts[route].accepted;
}

// A line that was lost with its connection: it was said, only later than we thought.
void account::impl::line_arrived(const own_sighting& seen, core::time_point now) {
    auto* const ch = find(seen.channel);
    if (ch == nullptr)
        return;
    ch->gate.on_written(now);
    const auto& line = ch->box.to_resend();
    if (!line || shown_text(line->text) != shown_text(seen.text))
        return;
    note_delivery(*ch, *line, seen.id);
    count_accepted(*line);
    ch->box.resend_was_seen(now, book);
}

// A USERSTATE that carries the id of a line, and none of ours waits for it.
void account::impl::answer_to_nobody(const user_state& event, core::time_point now) {
    if (event.id.empty() || own.judge_answer(event.channel, event.id, now) != own_lines::origin::elsewhere)
        return;
    const bool high = event.rank == role::moderator || event.rank == role::broadcaster;
    said_elsewhere({event.channel, event.id, {}, high, false}, now);
}

void account::impl::said_elsewhere(const own_sighting& seen, core::time_point now) {
    // In a shared chat it was said in another channel, and only shown in this one.
    auto* const ch = seen.shared ? nullptr : find(seen.channel);
    const auto rank = ch != nullptr ? ch->gate.tier_of(settings) : seen.high_tier ? tier::high : tier::low;
    budget.on_foreign(ch != nullptr ? ch->id : 0, rank, now);
    if (foreign.size() >= most_foreign)
        foreign.pop_front();
    foreign.push_back(now);
    const bool news = elsewhere.on_line(now);
    budget.expect_foreign(elsewhere.until());
    if (news)
        say(notice::severity::warning, {},
            "this account is also used elsewhere: somebody wrote as " + core::repair_utf8(login()) + " in #" +
                core::repair_utf8(seen.channel) +
                ". Twitch counts that as the bot's, in channels where the relay does not see it as well. "
                "Until "
                "ten minutes after the last such line the relay says at most " +
                lines_in(settings.limit_normal, tier::low) + " lines in 32 s (as a moderator " +
                lines_in(settings.limit_moderator, tier::high) +
                "), those included. A bot account that nobody else uses costs nothing.");
    if (ch == nullptr)
        return;
    ch->gate.on_written(now);
    if (writing.where == ch)
        writing.written_before = now;
    heard_elsewhere(*ch, seen.text, now);
}

void account::impl::heard_elsewhere(channel& ch, const std::string& text, core::time_point now) {
    ch.box.said_elsewhere(text, now, book);
    if (ch.twin.on_read(text, true, now))
        tell_twin(ch, {}, now);
}

void account::impl::tell_twin(channel& ch, std::string_view by, core::time_point now) {
    const auto told = ch.told.find(twin_notice);
    if (told != ch.told.end() && now < told->second + tell_again_after)
        return;
    ch.told.insert_or_assign(std::string(twin_notice), now);
    say(notice::severity::error, ch.name,
        "another relay carries the same TikTok room into this channel, as " +
            core::repair_utf8(by.empty() ? std::string_view(login()) : by) +
            ": everything is said twice, or refused as a repeat. Stop one of the two; neither stops by "
            "itself.");
}

void account::on_own_line(const own_sighting& seen, core::time_point now) {
    impl_->own_line_seen(seen, own_lines::reader::listener, now);
}

std::vector<core::time_point> account::take_foreign_lines() {
    std::vector<core::time_point> out(impl_->foreign.begin(), impl_->foreign.end());
    impl_->foreign.clear();
    return out;
}

}  // namespace tiktok2twitch::twitch
