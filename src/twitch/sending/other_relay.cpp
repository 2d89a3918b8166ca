// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/other_relay.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "tiktok2twitch/relay/format/part_signs.hpp"
#include "tiktok2twitch/twitch/sending/own_lines.hpp"

namespace tiktok2twitch::twitch {
namespace {

constexpr unsigned copies_for_proof = 2;

std::size_t hash_of(std::string_view text) {
    return std::hash<std::string>{}(shown_text(text));
}

}  // namespace

void other_relay::remember(memory& where, message what) {
    while (!where.empty() && (where.size() >= most || where.front().at + remembered <= what.at))
        where.pop_front();
    where.push_back(what);
}

other_relay::memory::iterator other_relay::find(memory& where, std::size_t hash, core::time_point now) {
    return std::find_if(where.begin(), where.end(),
                        [&](const message& item) { return item.hash == hash && now < item.at + remembered; });
}

bool other_relay::found(core::time_point now) {
    until_ = now + stays;
    return true;
}

bool other_relay::on_given(const relay::line_part& part, core::time_point now) {
    label_ = part.label;
    const auto hash = hash_of(part.body);
    remember(given_, {hash, now, true});
    const auto same = find(read_, hash, now);
    if (same == read_.end())
        return false;
    if (same->own_account)
        return found(now);
    read_.erase(same);
    copies_ = now < copied_at_ + remembered ? copies_ + 1 : 1;
    copied_at_ = now;
    return copies_ >= copies_for_proof && found(now);
}

// Of one message that was read; true if we were given it, and that proves something.
bool other_relay::compare(std::string_view text, bool own_account, core::time_point now) {
    const auto hash = hash_of(text);
    const bool given = find(given_, hash, now) != given_.end();
    if (own_account || !given)
        remember(read_, {hash, now, own_account});
    return own_account && given;
}

bool other_relay::on_read(std::string_view line, bool own_account, core::time_point now) {
    if (!line.starts_with(label_) || (label_.empty() && !own_account))
        return false;
    bool proof = false;
    while (!line.empty()) {
        const auto end = std::min(line.find(relay::part_separator), line.size());
        auto part = line.substr(0, end);
        line.remove_prefix(std::min(end + relay::part_separator.size(), line.size()));
        if (part.starts_with(label_))
            part.remove_prefix(label_.size());
        proof = compare(part, own_account, now) || proof;
        // Several of one author: "Ann: one / two".
        if (const auto more = part.find(relay::same_author_separator); more != std::string_view::npos)
            proof = compare(part.substr(0, more), own_account, now) || proof;
    }
    return proof && found(now);
}

}  // namespace tiktok2twitch::twitch
