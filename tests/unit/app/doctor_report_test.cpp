// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/doctor/report.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::HasSubstr;

TEST(doctor_report_test, every_hop_has_a_name_and_a_title_of_its_own) {
    std::set<std::string_view> names;
    std::set<std::string_view> titles;
    for (std::size_t i = 0; i < hops; ++i) {
        names.insert(name_of(static_cast<hop>(i)));
        titles.insert(title_of(static_cast<hop>(i)));
        EXPECT_LE(title_of(static_cast<hop>(i)).size(), 15U);
    }
    EXPECT_EQ(names.size(), hops);
    EXPECT_EQ(titles.size(), hops);
    EXPECT_EQ(name_of(hop::configuration), "configuration");
    EXPECT_EQ(name_of(hop::room_modes), "room_modes");
}

TEST(doctor_report_test, the_first_broken_check_decides) {
    doctor_report report;
    EXPECT_EQ(report.result(), exit_code::ok);
    report.add(hop::clock, {}, warning("off", "set it"));
    report.add(hop::dns, "a", skipped("no time"));
    EXPECT_EQ(report.result(), exit_code::ok);
    report.add(hop::twitch_token, {}, broken(exit_code::login_refused, "old", "log in"));
    report.add(hop::join, "#chan", broken(exit_code::config_error, "none", "correct it"));
    EXPECT_EQ(report.result(), exit_code::login_refused);
    EXPECT_EQ(report.count(health::broken), 2U);
    EXPECT_EQ(report.count(health::ok), 0U);
    EXPECT_EQ(summary_line(report),
              "0 ok, 1 warning, 2 broken, 1 skipped: mend what is broken, from the top, and run this again");
}

TEST(doctor_report_test, what_is_broken_or_skipped_is_in_the_way_of_what_needs_it) {
    doctor_report report;
    report.add(hop::dns, "a", fine("1.2.3.4"));
    report.add(hop::dns, "b", broken(exit_code::unavailable, "none", ""));
    report.add(hop::connection, "b:443", skipped("needs DNS b"));
    report.add(hop::clock, {}, warning("off", ""));
    EXPECT_EQ(report.obstacle({{hop::dns, "a"}, {hop::clock}}), "");
    EXPECT_EQ(report.obstacle({{hop::dns, "a"}, {hop::dns, "b"}, {hop::connection, "b:443"}}), "needs DNS b");
    EXPECT_EQ(report.obstacle({{hop::connection, "b:443"}}), "needs connection b:443");
    EXPECT_EQ(report.obstacle({{hop::irc_login}}), "") << "never made";
}

TEST(doctor_report_test, a_check_is_one_line_whatever_strangers_put_into_it) {
    const check found{hop::tiktok_socket, "@ann",
                      broken(exit_code::unavailable, "refused [x\r\nok \x1b[2J\xff].", "wait.", "detected")};
    const auto line = check_line(found, false);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(line.find('\r'), std::string::npos);
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
    EXPECT_THAT(line, testing::StartsWith("broken   TikTok socket   @ann: refused [x"));
    EXPECT_THAT(line, HasSubstr("]. Fix: wait. (detected)"));
}

TEST(doctor_report_test, colour_is_for_the_state_alone) {
    const check found{hop::clock, {}, fine("right")};
    EXPECT_EQ(check_line(found, false), "ok       clock           right");
    EXPECT_EQ(check_line(found, true), "\x1b[32mok       \x1b[0mclock           right");
}

TEST(doctor_report_test, an_error_brings_its_message_advice_and_name) {
    const auto found = failed(exit_code::login_refused, "here", twitch::errc::client_id_missing);
    EXPECT_EQ(found.how, health::broken);
    EXPECT_EQ(found.code, exit_code::login_refused);
    EXPECT_THAT(found.seen, testing::StartsWith("here: no client id"));
    EXPECT_THAT(found.fix, HasSubstr("--client-id"));
    EXPECT_EQ(found.reason, "client_id_missing");
}

TEST(doctor_report_test, json_has_all_of_it_and_is_always_valid) {
    doctor_report report;
    report.add(hop::dns, "a", fine("1.2.3.4"));
    report.add(hop::join, "#chan",
               broken(exit_code::config_error, "\xff\n", "correct it", "channel_not_found"));
    const auto json = nlohmann::json::parse(doctor_json(report));
    EXPECT_EQ(json.at("version"), 1);
    EXPECT_EQ(json.at("result"), "broken");
    EXPECT_EQ(json.at("exit_code"), 78);
    EXPECT_EQ(json.at("counts"), nlohmann::json({{"ok", 1}, {"warning", 0}, {"broken", 1}, {"skipped", 0}}));
    const auto& last = json.at("checks").at(1);
    EXPECT_EQ(last.at("name"), "join");
    EXPECT_EQ(last.at("about"), "#chan");
    EXPECT_EQ(last.at("status"), "broken");
    EXPECT_EQ(last.at("fix"), "correct it");
    EXPECT_EQ(last.at("reason"), "channel_not_found");
}

}  // namespace
}  // namespace tiktok2twitch::app
