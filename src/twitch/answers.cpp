// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/answers.hpp"

#include <utility>

namespace tiktok2twitch::twitch {

void waiting_answers::push(std::string text, core::time_point now) {
    if (waiting_.size() >= most)
        waiting_.pop_front();  // what holds now is in the newest
    waiting_.push_back({std::move(text), now});
}

void waiting_answers::expire(core::time_point now) {
    while (!waiting_.empty() && waiting_.front().at + longest_wait <= now)
        waiting_.pop_front();
}

std::string waiting_answers::take() {
    taken_ = std::move(waiting_.front());
    waiting_.pop_front();
    return taken_.text;
}

void waiting_answers::put_back() {
    if (waiting_.size() < most)
        waiting_.push_front(taken_);
}

}  // namespace tiktok2twitch::twitch
