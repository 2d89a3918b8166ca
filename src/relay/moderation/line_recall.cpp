// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/moderation/line_recall.hpp"

#include <algorithm>
#include <unordered_set>

namespace tiktok2twitch::relay {
namespace {

using id_set = std::unordered_set<std::int64_t>;
using fate = said_message::fate;

// 0 is no id: unknown messages and authors have nothing in common.
bool names(const id_set& ids, std::int64_t id) {
    return id != 0 && ids.contains(id);
}

bool has_removed(const std::vector<said_message>& messages) {
    return std::any_of(messages.begin(), messages.end(),
                       [](const said_message& message) { return message.state == fate::removed; });
}

}  // namespace

std::optional<line_recall::order> line_recall::on_said(std::string channel, std::string line_id,
                                                       std::vector<said_message> messages,
                                                       core::time_point now) {
    for (const auto& message : messages)
        if (message.state == fate::removed)
            ++counts_[message.route].removed;
    sent_line line{now, {std::move(channel), std::move(line_id)}, std::move(messages)};
    auto where = line.where;
    if (has_removed(line.messages) && !where.line_id.empty()) {
        deleting_.insert_or_assign(key_of(where), std::move(line));
        return where;
    }
    keep(line, "line_without_id");
    remember(std::move(line), now);
    return std::nullopt;
}

std::vector<line_recall::order> line_recall::remove(const std::set<route_id>& routes,
                                                    std::span<const std::int64_t> msg_ids,
                                                    std::span<const std::int64_t> user_ids,
                                                    core::time_point now) {
    forget_old(now);
    const id_set gone(msg_ids.begin(), msg_ids.end());
    const id_set users(user_ids.begin(), user_ids.end());
    // True when the line has a message that was not removed before.
    const auto mark = [&](sent_line& line) {
        bool found = false;
        for (auto& message : line.messages) {
            if (message.state != fate::said || !routes.contains(message.route) ||
                (!names(gone, message.what->msg_id) && !names(users, message.what->from.id)))
                continue;
            message.state = fate::removed;
            ++counts_[message.route].removed;
            found = true;
        }
        return found;
    };
    for (auto& [key, line] : deleting_)
        mark(line);
    std::vector<order> found;
    std::deque<sent_line> rest;
    for (auto& line : lines_) {
        if (!mark(line)) {
            rest.push_back(std::move(line));
        } else if (line.where.line_id.empty()) {
            keep(line, "line_without_id");
            rest.push_back(std::move(line));
        } else {
            messages_ -= line.messages.size();
            found.push_back(line.where);
            deleting_.insert_or_assign(key_of(found.back()), std::move(line));
        }
    }
    lines_ = std::move(rest);
    return found;
}

std::vector<said_message> line_recall::on_deleted(const order& line) {
    std::vector<said_message> others;
    auto deleted = take_deleting(line);
    if (!deleted)
        return others;
    for (auto& message : deleted->messages)
        if (message.state == fate::removed)
            ++counts_[message.route].deleted;
        else if (message.state == fate::said)
            others.push_back(std::move(message));
    return others;
}

void line_recall::on_kept(const order& line, std::string_view reason, core::time_point now) {
    auto kept = take_deleting(line);
    if (!kept)
        return;
    keep(*kept, reason);
    remember(std::move(*kept), now);
}

void line_recall::give_up(std::string_view reason) {
    for (auto& [key, line] : deleting_)
        keep(line, reason);
    deleting_.clear();
}

void line_recall::on_cleared(const order& line) {
    const auto found =
        std::find_if(lines_.begin(), lines_.end(), [&](const sent_line& sent) { return sent.where == line; });
    if (line.line_id.empty() || found == lines_.end())
        return;
    messages_ -= found->messages.size();
    lines_.erase(found);
}

recall_counts line_recall::counts(route_id route) const {
    const auto found = counts_.find(route);
    return found == counts_.end() ? recall_counts{} : found->second;
}

std::size_t line_recall::pending(route_id route) const {
    std::size_t total = 0;
    for (const auto& [key, line] : deleting_)
        for (const auto& message : line.messages)
            total += message.route == route && message.state == fate::removed ? 1 : 0;
    return total;
}

std::optional<line_recall::sent_line> line_recall::take_deleting(const order& line) {
    auto node = deleting_.extract(key_of(line));
    return node.empty() ? std::nullopt : std::optional(std::move(node.mapped()));
}

void line_recall::keep(sent_line& line, std::string_view reason) {
    for (auto& message : line.messages) {
        if (message.state != fate::removed)
            continue;
        message.state = fate::kept;
        ++counts_[message.route].kept[std::string(reason)];
    }
}

// In its place by age: a line that could not be deleted comes back among the younger ones.
void line_recall::remember(sent_line line, core::time_point now) {
    messages_ += line.messages.size();
    const auto place =
        std::upper_bound(lines_.begin(), lines_.end(), line.at,
                         [](core::time_point at, const sent_line& other) { return at < other.at; });
    lines_.insert(place, std::move(line));
    forget_old(now);
    while (lines_.size() > most_lines || (messages_ > most_messages && lines_.size() > 1))
        forget_oldest();
}

void line_recall::forget_old(core::time_point now) {
    while (!lines_.empty() && lines_.front().at + forgotten_after <= now)
        forget_oldest();
}

void line_recall::forget_oldest() {
    messages_ -= lines_.front().messages.size();
    lines_.pop_front();
}

}  // namespace tiktok2twitch::relay
