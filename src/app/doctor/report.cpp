// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/doctor/report.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/width.hpp"

namespace tiktok2twitch::app {
namespace {

struct hop_names {
    std::string_view name;
    std::string_view title;
};
constexpr std::array<hop_names, hops> names{{
    {"configuration", "configuration"},
    {"routes", "routes"},
    {"state_directory", "state directory"},
    {"running_relay", "running relay"},
    {"trust_store", "trust store"},
    {"dns", "DNS"},
    {"connection", "connection"},
    {"clock", "clock"},
    {"tiktok_cookie", "TikTok cookie"},
    {"tiktok_lookup", "TikTok lookup"},
    {"tiktok_socket", "TikTok socket"},
    {"twitch_token", "Twitch token"},
    {"twitch_scopes", "Twitch scopes"},
    {"irc_login", "chat login"},
    {"join", "join"},
    {"role", "role"},
    {"room_modes", "room modes"},
}};

struct health_look {
    std::string_view name;
    std::string_view color;  // SGR parameter
};
constexpr std::array<health_look, 4> looks{
    {{"ok", "32"}, {"warning", "33"}, {"broken", "31"}, {"skipped", "2"}}};

const health_look& look_of(health how) noexcept {
    return looks[static_cast<std::size_t>(how)];
}

constexpr std::size_t health_cells = 9;
constexpr std::size_t title_cells = 16;

std::string join_words(std::string_view a, std::string_view b, std::string_view between) {
    std::string out(a);
    if (!a.empty() && !b.empty())
        out += between;
    out += b;
    return out;
}

std::string counted(std::size_t count, std::string_view word, bool many) {
    return std::to_string(count) + " " + std::string(word) + (many && count != 1 ? "s" : "");
}

}  // namespace

std::string_view name_of(hop what) noexcept {
    return names[static_cast<std::size_t>(what)].name;
}
std::string_view title_of(hop what) noexcept {
    return names[static_cast<std::size_t>(what)].title;
}
std::string_view name_of(health how) noexcept {
    return look_of(how).name;
}

finding fine(std::string seen) {
    return {health::ok, std::move(seen), {}, {}, exit_code::ok};
}
finding warning(std::string seen, std::string fix, std::string reason) {
    return {health::warning, std::move(seen), std::move(fix), std::move(reason), exit_code::ok};
}
finding broken(exit_code code, std::string seen, std::string fix, std::string reason) {
    return {health::broken, std::move(seen), std::move(fix), std::move(reason), code};
}
finding skipped(std::string why) {
    return {health::skipped, std::move(why), {}, {}, exit_code::ok};
}

finding failed(exit_code code, const std::string& what, const core::error_code& error) {
    return broken(code, join_words(what, error.message(), ": "), std::string(core::advice(error)),
                  core::identifier(error));
}

const check& doctor_report::add(hop what, std::string about, finding found) {
    return checks_.emplace_back(check{what, std::move(about), std::move(found)});
}

std::string doctor_report::obstacle(std::initializer_list<need> needs) const {
    for (const auto& wanted : needs) {
        const auto in_the_way = [&wanted](const check& each) {
            return each.what == wanted.what && each.about == wanted.about &&
                   (each.found.how == health::broken || each.found.how == health::skipped);
        };
        if (std::ranges::any_of(checks_, in_the_way))
            return "needs " + join_words(title_of(wanted.what), wanted.about, " ");
    }
    return {};
}

std::size_t doctor_report::count(health how) const noexcept {
    return static_cast<std::size_t>(
        std::ranges::count(checks_, how, [](const check& each) { return each.found.how; }));
}

exit_code doctor_report::result() const noexcept {
    const auto first =
        std::ranges::find(checks_, health::broken, [](const check& each) { return each.found.how; });
    return first == checks_.end() ? exit_code::ok : first->found.code;
}

std::string check_line(const check& check, bool color) {
    const auto& look = look_of(check.found.how);
    const auto how = core::fit_width(look.name, health_cells);
    std::string text = join_words(check.about, check.found.seen, ": ");
    if (!check.found.fix.empty()) {
        text.erase(text.find_last_not_of(" .") + 1);
        text += ". Fix: " + check.found.fix;
    }
    if (!check.found.reason.empty())
        text += " (" + check.found.reason + ")";
    return (color ? "\x1b[" + std::string(look.color) + "m" + how + "\x1b[0m" : how) +
           core::fit_width(title_of(check.what), title_cells) + core::repair_utf8(text);
}

std::string summary_line(const doctor_report& report) {
    const auto faults = report.count(health::broken);
    std::string text = counted(report.count(health::ok), "ok", false) + ", " +
                       counted(report.count(health::warning), "warning", true) + ", " +
                       counted(faults, "broken", false) + ", " +
                       counted(report.count(health::skipped), "skipped", false) + ": ";
    if (faults == 0)
        return text + "a relay can start";
    return text + "mend what is broken, from the top, and run this again";
}

std::string doctor_json(const doctor_report& report) {
    using json = nlohmann::ordered_json;
    json out = {{"version", 1},
                {"result", report.result() == exit_code::ok ? "ok" : "broken"},
                {"exit_code", static_cast<int>(report.result())}};
    for (const auto how : {health::ok, health::warning, health::broken, health::skipped})
        out["counts"][std::string(name_of(how))] = report.count(how);
    out["checks"] = json::array();
    for (const auto& each : report.checks())
        out["checks"].push_back({{"name", name_of(each.what)},
                                 {"about", each.about},
                                 {"status", name_of(each.found.how)},
                                 {"seen", core::repair_utf8(each.found.seen)},
                                 {"fix", core::repair_utf8(each.found.fix)},
                                 {"reason", each.found.reason}});
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tiktok2twitch::app
