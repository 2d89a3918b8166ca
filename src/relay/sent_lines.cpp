// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/sent_lines.hpp"

#include <unordered_set>
#include <utility>

namespace tiktok2twitch::relay {
namespace {

using id_set = std::unordered_set<std::int64_t>;

// 0 is no id: unknown messages and authors have nothing in common.
bool names(const id_set& ids, std::int64_t id) {
    return id != 0 && ids.contains(id);
}

}  // namespace

void sent_lines::add(std::string channel, std::string line_id, std::vector<said_message> messages,
                     core::time_point now) {
    forget_old(now);
    messages_ += messages.size();
    lines_.push_back({now, std::move(channel), std::move(line_id), std::move(messages)});
    while (lines_.size() > most_lines || (messages_ > most_messages && lines_.size() > 1))
        forget_oldest();
}

std::vector<sent_lines::line> sent_lines::find(std::string_view room, std::span<const std::int64_t> msg_ids,
                                               std::span<const std::int64_t> user_ids, core::time_point now) {
    forget_old(now);
    const id_set messages(msg_ids.begin(), msg_ids.end());
    const id_set users(user_ids.begin(), user_ids.end());
    std::vector<line> found;
    for (const auto& sent : lines_) {
        line out{sent.channel, sent.line_id, {}};
        for (const auto& message : sent.messages)
            if (message.room != room ||
                (!names(messages, message.msg_id) && !names(users, message.author_id)))
                out.msg_ids.push_back(message.msg_id);
        if (out.msg_ids.size() < sent.messages.size())
            found.push_back(std::move(out));
    }
    return found;
}

void sent_lines::forget_old(core::time_point now) {
    while (!lines_.empty() && lines_.front().at + forgotten_after <= now)
        forget_oldest();
}

void sent_lines::forget_oldest() {
    messages_ -= lines_.front().messages.size();
    lines_.pop_front();
}

}  // namespace tiktok2twitch::relay
