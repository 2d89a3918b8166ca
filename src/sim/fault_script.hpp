// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What goes wrong with the next requests of a kind, and with all that come after them.

#include <deque>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace tiktok2twitch::sim {

template <class Place, class Fault>
class fault_script {
public:
    void add(Place where, std::vector<Fault> faults) {
        auto& waiting = scripts_[where];
        waiting.insert(waiting.end(), std::make_move_iterator(faults.begin()),
                       std::make_move_iterator(faults.end()));
    }
    void always(Place where, Fault fault) { fixed_.insert_or_assign(where, std::move(fault)); }
    void clear() {
        scripts_.clear();
        fixed_.clear();
    }
    Fault next(Place where, Fault otherwise) {
        auto& waiting = scripts_[where];
        if (!waiting.empty()) {
            Fault fault = std::move(waiting.front());
            waiting.pop_front();
            return fault;
        }
        const auto found = fixed_.find(where);
        return found == fixed_.end() ? std::move(otherwise) : found->second;
    }

private:
    std::map<Place, std::deque<Fault>> scripts_;
    std::map<Place, Fault> fixed_;
};

}  // namespace tiktok2twitch::sim
