// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/race_plan.hpp"

#include <algorithm>

namespace tiktok2twitch::net {

std::vector<std::size_t> order_of_addresses(const std::vector<bool>& is_v6,
                                            std::optional<std::size_t> first) {
    std::vector<std::size_t> order;
    if (is_v6.empty()) {
        return order;
    }
    const bool known = first && *first < is_v6.size();
    if (known) {
        order.push_back(*first);
    }
    std::vector<std::size_t> lists[2];  // of the preferred family, and of the other one
    for (std::size_t i = 0; i < is_v6.size(); ++i) {
        if (!known || i != *first) {
            lists[is_v6[i] == is_v6.front() ? 0 : 1].push_back(i);
        }
    }
    // After the winner the other family is next: if the winner's fails now, its whole family may.
    std::size_t turn = known && is_v6[*first] == is_v6.front() ? 1 : 0;
    std::size_t taken[2] = {0, 0};
    while (order.size() < is_v6.size()) {
        if (taken[turn] < lists[turn].size()) {
            order.push_back(lists[turn][taken[turn]++]);
        }
        turn = 1 - turn;
    }
    return order;
}

race_plan::step race_plan::next(core::time_point now) {
    using what = step::what;
    const bool running = std::ranges::find(states_, state::running) != states_.end();
    if (started_ < states_.size()) {
        if (running && now < next_start_) {
            return {what::wait, 0, next_start_};
        }
        next_start_ = now + attempt_delay;
        last_sign_ = now;
        states_[started_] = state::running;
        return {what::start, started_++, {}};
    }
    if (!running || now >= last_sign_ + patience) {
        return {};
    }
    return {what::wait, 0, last_sign_ + patience};
}

void race_plan::on_progress(std::size_t index, core::time_point now) {
    last_sign_ = now;
    if (index + 1 == started_) {
        next_start_ = now + attempt_delay;
    }
}

void race_plan::on_failed(std::size_t index, core::time_point now) {
    states_[index] = state::failed;
    if (index + 1 == started_) {
        next_start_ = now;
    }
}

address_facts race_plan::facts(std::optional<std::size_t> winner) const {
    address_facts out;
    out.all = states_.size();
    const std::size_t before = winner.value_or(started_);
    for (std::size_t i = 0; i < before; ++i) {
        out.silent += states_[i] == state::running ? 1 : 0;
        out.failed += states_[i] == state::failed ? 1 : 0;
    }
    return out;
}

}  // namespace tiktok2twitch::net
