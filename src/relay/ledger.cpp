// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/ledger.hpp"

#include <array>
#include <utility>

namespace tiktok2twitch::relay {
namespace {

// Some reasons are the server's own words.
void add(ledger::counts& counts, std::string_view reason, std::uint64_t events) {
    const auto found = counts.find(reason);
    if (found != counts.end())
        found->second += events;
    else if (counts.size() < ledger::most_reasons)
        counts.emplace(reason, events);
    else
        counts[std::string(ledger::other_reasons)] += events;
}

std::uint64_t sum(const ledger::counts& counts) noexcept {
    std::uint64_t total = 0;
    for (const auto& [reason, count] : counts)
        total += count;
    return total;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 52> sentences{{
    {"empty", "nothing was left to say after cleaning the text"},
    {"expired", "waited longer than relay.max_age for its turn"},
    {"queue_full", "more messages arrived than the backlog holds"},
    {"handover_full", "more messages arrived than the relay could take in"},
    {"repeat", "the same text had just been delivered; Twitch refuses repeats within 30 s"},
    {"unknown", "sent, but Twitch's answer never came; not sent again"},
    {"shutdown", "still waiting when the relay was stopped"},
    {"route_removed", "the route was taken out of the configuration"},
    {"channel_banned", "the bot is banned from the channel"},
    {"channel_suspended", "Twitch says that the channel is suspended or not there"},
    {"channel_not_found", "there is no such Twitch channel"},
    {"channel_limit", "the bot is in too many channels"},
    {"account_suspended", "Twitch has suspended the bot account"},
    {"login_refused", "Twitch refused the login"},
    {"history", "written before the relay joined the live"},
    {"duplicate", "already relayed"},
    {"paused", "a Twitch moderator had paused the relay"},
    {"muted_user", "a Twitch moderator had muted its author"},
    {"only_gifts", "a Twitch moderator had asked for gifts only"},
    {"deleted_on_tiktok", "removed by TikTok's moderators before it was said"},
    {"kind_limit", "more events of its kind than the configuration lets through"},
    {"below_threshold", "smaller than the configuration asks for"},
    {"blocked_word", "it has a blocked word in it"},
    {"blocked_name", "its author's name has a blocked word or pattern in it"},
    {"blocked_pattern", "it matches a blocked pattern"},
    {"blocked_user", "its author is blocked by the configuration"},
    {"link", "it has a link in it"},
    {"too_short", "shorter than the configuration allows"},
    {"too_long", "longer than the configuration allows"},
    {"language", "in a language that the configuration does not let through"},
    {"user_rate", "its author wrote more than the configuration allows"},
    {"new_user", "the first message of a new user was held back"},
    {"hold_full", "too many messages were held; the oldest of whoever had most had to go"},
    {"held_too_long", "held for a moderator, and nobody approved it in time"},
    {"approved", "a Twitch moderator approved it"},
    {"denied", "held, and a Twitch moderator denied it"},
    {"batch_excess", "messages beyond the 2,000 that one frame of TikTok may bring"},
    {"undecodable", "frames and messages of TikTok that could not be decoded"},
    {"frame_too_large", "frames of TikTok over 1 MiB"},
    {"part_handover_full",
     "parts of gift streaks and counts that the relay could not take in; the total may be low"},
    {"deletion_handover_full", "removals by TikTok's moderators that the relay could not take in"},
    {"delete_lines_off", "twitch.delete_lines is off"},
    {"dry_run", "nothing is deleted in a dry run"},
    {"line_without_id", "Twitch did not say by which id its line can be deleted"},
    {"line_gone", "its line is too old to be deleted, or somebody deleted it before"},
    {"deletion_refused", "Twitch does not let the bot delete its line; a moderator (/mod) may"},
    {"scope_missing", "the login lacks moderator:manage:chat_messages; run 'tiktok2twitch login' again"},
    {"login_needed", "there was no usable Twitch login"},
    {"deletion_unauthorized", "Twitch's API refused the login, which is good otherwise"},
    {"deletion_failed", "Twitch's API had trouble that lasted"},
    {"too_many_deletions", "too many lines were waiting to be deleted"},
    {ledger::other_reasons, "reasons beyond those that are counted apart"},
}};

}  // namespace

void ledger::settle(outcome result, std::string_view reason, std::uint64_t events) {
    switch (result) {
        case outcome::relayed:
            relayed_ += events;
            break;
        case outcome::folded:
            folded_ += events;
            break;
        case outcome::filtered:
            add(filtered_, reason, events);
            break;
        case outcome::dropped:
            add(dropped_, reason, events);
            break;
    }
}

void ledger::ignore(std::string_view reason, std::uint64_t events) {
    add(ignored_, reason, events);
}

void ledger::change(std::string_view reason) {
    add(changed_, reason, 1);
}

void ledger::hold(std::string_view reason) {
    add(held_, reason, 1);
}

void ledger::miss(std::string_view reason, std::uint64_t count) {
    add(unread_, reason, count);
}

std::uint64_t ledger::settled() const noexcept {
    return relayed_ + folded_ + sum(filtered_) + sum(dropped_);
}

std::string explain_reason(std::string_view reason) {
    for (const auto& [name, sentence] : sentences)
        if (name == reason)
            return std::string(sentence);
    constexpr std::string_view refused = "refused_";
    if (reason.starts_with(refused))
        return "Twitch refused the line: " + std::string(reason.substr(refused.size()));
    return std::string(reason);
}

}  // namespace tiktok2twitch::relay
