// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/doctor/doctor.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/app/cli/settings.hpp"
#include "tiktok2twitch/app/cli/terminal.hpp"
#include "tiktok2twitch/app/doctor/machine.hpp"
#include "tiktok2twitch/app/doctor/network.hpp"
#include "tiktok2twitch/app/doctor/tiktok.hpp"
#include "tiktok2twitch/app/doctor/twitch.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {
namespace asio = net::asio;

doctor_round::doctor_round(const loaded_config& what, bool dry, std::function<void(const check&)> shown)
    : loaded(what), dry_run(dry), show(std::move(shown)), until(net::now() + patience) {}

void doctor_round::add(hop what, const std::string& about, finding found) {
    show(report.add(what, about, std::move(found)));
}

bool doctor_round::in_the_way(hop what, const std::string& about,
                              std::initializer_list<doctor_report::need> needs) {
    auto why = report.obstacle(needs);
    if (why.empty() && net::now() > until)
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

namespace {

// Shows each check as it is made, or all of them in the end as JSON.
class doctor_view {
public:
    doctor_view(const command_line& line, const environment& variables)
        : json_(line.json),
          quiet_(line.level == core::log_level::warning),
          color_(use_color(line.color, variables, isatty(STDOUT_FILENO) == 1)) {}

    void show(const check& check) const {
        const bool wanted =
            !quiet_ || check.found.how == health::warning || check.found.how == health::broken;
        if (!json_ && wanted)
            print_now(check_line(check, color_) + "\n");
    }
    void end(const doctor_report& report) const {
        if (json_)
            print_now(doctor_json(report));
        else if (!quiet_)
            print_now(summary_line(report) + "\n");
    }

private:
    bool json_;
    bool quiet_;
    bool color_;
};

// There is nothing to go by without a configuration.
exit_code explain_configuration(const load_failure& failure, const doctor_view& view) {
    doctor_report report;
    for (const auto& message : failure.messages)
        view.show(
            report.add(hop::configuration, {},
                       broken(failure.code, message,
                              "correct it; 'tiktok2twitch config check' looks at the configuration alone.")));
    for (std::size_t i = static_cast<std::size_t>(hop::routes); i < hops; ++i)
        view.show(report.add(static_cast<hop>(i), {}, skipped("needs configuration")));
    view.end(report);
    return report.result();
}

net::awaitable<exit_code> make_rounds(doctor_round& round) {
    co_await asio::this_coro::throw_if_cancelled(false);
    look_at_machine(round);
    static constexpr std::array parts{look_at_network, look_at_rooms, look_at_twitch};
    for (const auto look_at : parts) {
        co_await look_at(round);
        if (co_await is_cancelled())
            co_return exit_code::interrupted;
    }
    co_return round.report.result();
}

}  // namespace

exit_code run_doctor_command(const command_line& line, const environment& variables) {
    const doctor_view view(line, variables);
    const auto loaded = load_config(request_of(line), variables);
    if (const auto* failure = std::get_if<load_failure>(&loaded))
        return explain_configuration(*failure, view);
    const auto& good = std::get<loaded_config>(loaded);
    doctor_round round(good, line.dry_run, [&view](const check& check) { view.show(check); });
    round.add(hop::configuration, good.file,
              fine(good.file.empty() ? "no file; the defaults apply" : "valid"));
    for (const auto& text : good.warnings)
        round.add(hop::configuration, {}, warning(text, {}));
    const auto result = run_interruptibly([&round] { return make_rounds(round); });
    if (result != exit_code::interrupted)
        view.end(round.report);
    return result;
}

}  // namespace tiktok2twitch::app
