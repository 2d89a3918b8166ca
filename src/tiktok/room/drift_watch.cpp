// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/drift_watch.hpp"

#include <utility>

#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::tiktok {
namespace {

constexpr std::string_view what_to_do =
    ". TikTok may have changed something. To have it mended, look for a newer version; if there is none, run "
    "with --record-anonymous report.jsonl.gz for some minutes and attach that file, which holds no names and "
    "no comments, to a report of this sentence.";

// The sum of what is counted, or the new number of one name. Names come from outside: those beyond the bound
// are one.
std::uint64_t add(std::map<std::string, std::uint64_t, std::less<>>& counts, std::string_view name,
                  std::size_t most) {
    const bool known = counts.contains(name);
    return ++counts[known || counts.size() < most ? std::string(name) : std::string("others")];
}

}  // namespace

void drift_watch::begin_hour(core::time_point now) {
    if (hour_ && now - hour_->begin < window)
        return;
    hour_.emplace(now);
}

void drift_watch::on_batch(const decoded_batch& batch, core::time_point now) {
    begin_hour(now);
    for (const std::string& method : batch.unknown_methods) {
        count(kind::unknown_method, 1);
        if (add(hour_->methods, method, most_names) == many_unknown)
            warn(kind::unknown_method, method,
                 core::number_text(many_unknown) +
                     " messages of a kind that this version does not know came "
                     "within an hour (" +
                     method + ")",
                 now);
    }
    const std::uint64_t undecodable = batch.unread.undecodable_messages + batch.unread.undecodable_frames;
    count(kind::undecodable, undecodable);
    const std::uint64_t before = hour_->undecodable;
    hour_->undecodable += undecodable;
    if (before < many_undecodable && hour_->undecodable >= many_undecodable)
        warn(kind::undecodable, {},
             core::count_text(hour_->undecodable, "message") + " could not be read within an hour", now);
    for (const decoded_event& event : batch.events)
        look_at(event.what, now);
}

void drift_watch::on_refusal(std::string_view how, core::time_point now) {
    begin_hour(now);
    count(kind::unknown_refusal, 1);
    const std::uint64_t many = add(hour_->refusals, how, most_names);
    if (many == many_refusals)
        warn(kind::unknown_refusal, std::string(how),
             "TikTok has refused " + core::number_text(many) +
                 " times within an hour in a way that this version does not know (" + std::string(how) + ")",
             now);
}

void drift_watch::on_quiet_chat(core::time_point now) {
    count(kind::quiet_chat, 1);
    warn(kind::quiet_chat, {}, "people join and like in a room, and no comment has come for minutes", now);
}

void drift_watch::look_at(const relay::event& event, core::time_point now) {
    using relay::event_kind;
    switch (event.kind) {
        case event_kind::chat:
            look_at("the number of a comment", event.msg_id != 0, now);
            look_at("the time of a comment", event.created_at != 0, now);
            look_at("the text of a comment", !event.text.empty(), now);
            look_at("the account number of who comments", event.from.id != 0, now);
            look_at("the user name of who comments", !event.from.unique_id.empty(), now);
            look_at("the nickname of who comments", !event.from.nickname.empty(), now);
            break;
        case event_kind::gift:
            look_at("the name of who sends a gift",
                    !event.from.unique_id.empty() || !event.from.nickname.empty(), now);
            look_at("the name of a gift", event.gift && !event.gift->name.empty(), now);
            look_at("the price of a gift", event.gift && event.gift->coins != 0, now);
            break;
        case event_kind::follow:
        case event_kind::join:
            look_at("the name of who joins or follows",
                    !event.from.unique_id.empty() || !event.from.nickname.empty(), now);
            break;
        case event_kind::like:
            look_at("the number of likes", event.count != 0 || event.total_likes != 0, now);
            break;
        default:
            break;
    }
}

void drift_watch::look_at(std::string_view field, bool filled, core::time_point now) {
    filled_field& seen = hour_->fields[field];
    ++seen.events;
    seen.filled = seen.filled || filled;
    if (seen.filled || seen.events != many_empty)
        return;
    const std::string name(field);
    warn(kind::empty_field, name,
         name + " was missing in all " + core::number_text(seen.events) + " that came within an hour", now);
}

void drift_watch::warn(kind what, const std::string& about, const std::string& sentence,
                       core::time_point now) {
    const std::string key = std::to_string(static_cast<int>(what)) + about;
    const auto said = said_.find(key);
    if (said != said_.end() && now - said->second < again_after)
        return;
    if (said == said_.end() && said_.size() >= kinds * most_names)
        return;
    said_[key] = now;
    if (what == kind::empty_field)
        count(what, 1);
    warnings_.push_back(sentence + std::string(what_to_do));
}

std::vector<std::string> drift_watch::take_warnings() {
    return std::exchange(warnings_, {});
}

}  // namespace tiktok2twitch::tiktok
