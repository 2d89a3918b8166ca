// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/doctor_round.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "app/clock.hpp"

namespace tiktok2twitch::app {

doctor_round::doctor_round(const loaded_config& what, bool dry, std::function<void(const check&)> shown)
    : loaded(what), dry_run(dry), show(std::move(shown)), until(steady_now() + patience) {}

void doctor_round::add(hop what, const std::string& about, finding found) {
    show(report.add(what, about, std::move(found)));
}

bool doctor_round::in_the_way(hop what, const std::string& about,
                              std::initializer_list<doctor_report::need> needs) {
    auto why = report.obstacle(needs);
    if (why.empty() && steady_now() > until)
        why = "the time for all checks is over";
    if (why.empty())
        return false;
    add(what, about, skipped(std::move(why)));
    return true;
}

std::vector<std::string> each_once(const std::vector<route_config>& routes,
                                   std::string route_config::*member) {
    std::vector<std::string> out;
    for (const auto& route : routes)
        if (std::ranges::find(out, route.*member) == out.end())
            out.push_back(route.*member);
    return out;
}

}  // namespace tiktok2twitch::app
