// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/doctor/machine.hpp"
#include "tiktok2twitch/app/doctor/network.hpp"
#include "tiktok2twitch/app/doctor/tiktok.hpp"
#include "tiktok2twitch/app/doctor/twitch.hpp"

#include <gmock/gmock.h>

#include <boost/asio/error.hpp>
#include <boost/system/errc.hpp>

#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::HasSubstr;
namespace posix = boost::system::errc;
using addresses = core::result<std::vector<std::string>>;

endpoint at(const std::string& url, std::string_view key = "tiktok.web_url") {
    return {key, core::parse_url(url).value()};
}

TEST(doctor_words_test, a_directory_s_fault_decides_the_fix) {
    directory_facts facts;
    facts.exists = true;
    EXPECT_EQ(of_directory("/s", facts).how, health::ok);
    facts.ours = false;
    EXPECT_EQ(of_directory("/s", facts).how, health::warning);
    facts.others_may_write = true;
    EXPECT_EQ(of_directory("/s", facts).fix, "chmod 700 /s");
    EXPECT_EQ(of_directory("/s t", facts).fix, "chmod 700 '/s t'");
    facts.unusable = posix::make_error_code(posix::permission_denied);
    EXPECT_EQ(of_directory("/s", facts).code, exit_code::io_error);
    EXPECT_THAT(of_directory("/s", facts).fix, HasSubstr("chown"));
    facts.exists = false;
    EXPECT_THAT(of_directory("/s", facts).fix, HasSubstr("mkdir -p /s"));
    facts.unusable = posix::make_error_code(posix::read_only_file_system);
    EXPECT_THAT(of_directory("/s", facts).fix, HasSubstr("read-only"));
    facts.unusable = posix::make_error_code(posix::no_space_on_device);
    EXPECT_THAT(of_directory("/s", facts).fix, HasSubstr("free some space"));
    EXPECT_EQ(of_directory("", {}).code, exit_code::config_error);
    facts.closed = "/a b";
    EXPECT_EQ(of_directory("/a b/s", facts).seen, "cannot be reached: this user may not enter /a b");
    EXPECT_THAT(of_directory("/a b/s", facts).fix, testing::EndsWith(": sudo chmod a+x '/a b'"));
}

TEST(doctor_words_test, long_lists_of_routes_are_cut) {
    std::vector<route_config> routes(5, {.tiktok = "ann", .channel = "chan"});
    EXPECT_EQ(of_routes(routes).seen, "@ann -> #chan, @ann -> #chan, @ann -> #chan and 2 more");
}

TEST(doctor_words_test, a_name_server_that_lies_is_noticed_for_the_services_only) {
    const auto site = at("https://www.tiktok.com");
    EXPECT_EQ(of_dns(site, addresses(std::vector<std::string>{"93.184.216.34", "2606:2800::1"})).seen,
              "93.184.216.34 and 1 more");
    for (const auto* local : {"10.0.0.1", "192.168.1.1", "172.16.0.9", "172.31.0.9", "100.64.0.1",
                              "127.0.0.1", "169.254.1.1", "fe80::1", "fd00::1", "::1"})
        EXPECT_EQ(of_dns(site, addresses(std::vector<std::string>{local})).how, health::warning) << local;
    for (const auto* real : {"172.32.0.1", "100.128.0.1", "11.0.0.1", "2a00::1"})
        EXPECT_EQ(of_dns(site, addresses(std::vector<std::string>{real})).how, health::ok) << real;
    for (const auto* nowhere : {"0.0.0.0", "::"})
        EXPECT_EQ(of_dns(site, addresses(std::vector<std::string>{nowhere})).how, health::broken) << nowhere;
    EXPECT_EQ(of_dns(at("https://signer.lan"), addresses(std::vector<std::string>{"10.0.0.1"})).how,
              health::ok);
    EXPECT_THAT(of_dns(site, addresses(make_error_code(net::errc::name_not_found))).fix,
                HasSubstr("spelling of tiktok.web_url"));
    EXPECT_THAT(of_dns(site, addresses(make_error_code(net::errc::connect_timeout))).seen,
                HasSubstr("DNS server did not answer"));
}

TEST(doctor_words_test, connections_fail_in_different_words) {
    const auto chat = at("ircs://irc.chat.twitch.tv:6697", "twitch.irc_url");
    const core::error_code refused = boost::asio::error::connection_refused;
    EXPECT_EQ(of_connection(chat, {}).how, health::ok);
    EXPECT_THAT(of_connection(chat, refused).fix,
                HasSubstr("--set twitch.irc_url=ircs://irc.chat.twitch.tv:443"));
    EXPECT_THAT(of_connection(at("https://id.twitch.tv"), refused).fix, testing::Not(HasSubstr("--set")));
    EXPECT_THAT(of_connection(chat, net::errc::connect_timeout).fix, HasSubstr("port 6697"));
    EXPECT_EQ(of_connection(chat, {}, {4, 3, 0}).how, health::warning);
    EXPECT_THAT(of_connection(chat, {}, {4, 3, 0}).seen, HasSubstr("3 of 4 addresses do not answer"));
    EXPECT_THAT(of_connection(chat, {}, {2, 1, 0}).seen, HasSubstr("1 of 2 addresses does not answer"));
    EXPECT_EQ(of_connection(chat, {}, {2, 0, 1}).how, health::ok);
    EXPECT_THAT(of_connection(chat, net::errc::connect_timeout, {4, 4, 0}).seen,
                HasSubstr("4 of 4 addresses"));
    EXPECT_THAT(of_connection(chat, net::errc::closed_by_peer).seen, HasSubstr("cuts"));
    EXPECT_THAT(of_connection(chat, net::errc::certificate_refused).fix, HasSubstr("captive portal"));
    EXPECT_THAT(of_connection(chat, net::errc::tls_failed).fix, HasSubstr("TLS 1.2"));
    EXPECT_EQ(of_connection(chat, net::errc::plain_text_refused).code, exit_code::config_error);
    EXPECT_THAT(of_connection(chat, boost::asio::error::network_unreachable).fix, HasSubstr("online"));
    EXPECT_THAT(of_connection(chat, posix::make_error_code(posix::too_many_files_open)).fix,
                HasSubstr("twitch.irc_url"));
}

TEST(doctor_words_test, a_minute_is_the_clock_s_tolerance) {
    EXPECT_EQ(of_clock(60'000, 0, "h").how, health::ok);
    EXPECT_EQ(of_clock(0, 60'000, "h").how, health::ok);
    EXPECT_THAT(of_clock(60'001, 0, "h").seen, HasSubstr("1 min ahead of that of h"));
    EXPECT_THAT(of_clock(0, 7'200'000, "h").seen, HasSubstr("2 h behind that of h"));
}

TEST(doctor_words_test, two_ways_of_the_lookup_give_one_finding) {
    using answer = core::result<tiktok::room_status>;
    const answer missing = make_error_code(tiktok::errc::no_such_user);
    const answer blocked = make_error_code(tiktok::errc::lookup_blocked);
    tiktok::room_status paused;
    paused.status = tiktok::live_status::paused;
    EXPECT_EQ(of_lookup(paused, std::nullopt).seen, "live, and paused");
    EXPECT_EQ(of_lookup(missing, missing).code, exit_code::config_error);
    EXPECT_THAT(of_lookup(missing, missing).seen, testing::Not(HasSubstr("live page")));
    EXPECT_EQ(of_lookup(blocked, missing).code, exit_code::unavailable);
    EXPECT_THAT(of_lookup(blocked, missing).seen, HasSubstr("the live page: TikTok knows no such account"));
    EXPECT_EQ(of_lookup(blocked, answer(paused)).how, health::warning);
}

TEST(doctor_words_test, the_doors_to_the_cookie_give_one_finding_that_names_what_each_shut_one_says) {
    using tiktok::cookie_door;
    using tiktok::door_answer;
    const auto say = [](cookie_door door, door_answer answer, int status = 200) {
        tiktok::door_report report;
        report.door = door;
        report.answer = answer;
        report.status = status;
        report.error = net::errc::request_timeout;
        return report;
    };
    const auto good = say(cookie_door::registration, door_answer::cookie);
    const auto shut = say(cookie_door::registration, door_answer::refused, 403);
    const auto page = say(cookie_door::user_page, door_answer::check_page);
    const auto home = say(cookie_door::home_page, door_answer::cookie);
    EXPECT_EQ(of_doors({good, home}).seen, "TikTok hands the visitor cookie (ttwid) out by register");
    EXPECT_EQ(of_doors({good, page}).how, health::ok);
    EXPECT_THAT(of_doors({good, page}).seen, HasSubstr("; /@user/live: check page for browsers"));
    EXPECT_EQ(of_doors({shut, page, home}).how, health::warning);
    EXPECT_EQ(of_doors({shut, page, home}).seen,
              "TikTok hands the visitor cookie (ttwid) out by / only; register: refused (HTTP 403), "
              "/@user/live: check page for browsers");
    EXPECT_EQ(of_doors({shut, page}).how, health::broken);
    EXPECT_EQ(of_doors({shut, page}).reason, "ttwid_missing");
    const auto silent = say(cookie_door::registration, door_answer::no_answer);
    EXPECT_EQ(of_doors({silent, silent}).reason, "request_timeout");
    EXPECT_EQ(of_doors({}).how, health::broken);
}

TEST(doctor_words_test, a_socket_that_opens_and_stays_silent_is_a_warning) {
    socket_facts facts;
    facts.opened = true;
    EXPECT_EQ(of_socket(facts).reason, "never_spoke");
    facts.ended = tiktok::errc::live_ended;
    EXPECT_EQ(of_socket(facts).how, health::ok);
    facts = {};
    facts.ended = tiktok::errc::device_blocked;
    facts.detail = "HTTP 200";
    EXPECT_EQ(of_socket(facts).how, health::broken);
    EXPECT_THAT(of_socket(facts).seen, HasSubstr("[HTTP 200]"));
}

twitch::validation good_until(core::duration left) {
    twitch::validation out;
    out.login = "bot";
    out.expires_in = left;
    return out;
}

TEST(doctor_words_test, how_long_a_token_lives_matters_when_nobody_renews_it) {
    token_facts token;
    token.wanted_login = "bot";
    EXPECT_EQ(of_token(token, good_until({}), 0).seen, "bot's, does not end");
    EXPECT_EQ(of_token(token, good_until(std::chrono::hours(24)), 0).how, health::ok);
    EXPECT_EQ(of_token(token, good_until(std::chrono::hours(23)), 0).how, health::warning);
    token.renewable = true;
    EXPECT_EQ(of_token(token, good_until(std::chrono::minutes(1)), 0).how, health::ok);
    const core::result<twitch::validation> invalid = make_error_code(twitch::errc::token_invalid);
    EXPECT_EQ(of_token(token, invalid, 0).how, health::warning);
    token.expires_at = 3 * 60 * 60 * 1000;
    EXPECT_EQ(of_token(token, invalid, token.expires_at - 60'000).how, health::warning) << "clocks differ";
    const auto early = of_token(token, invalid, token.expires_at - 61'000);
    EXPECT_EQ(early.code, exit_code::login_refused);
    EXPECT_THAT(early.seen, HasSubstr("1 min before its end: it was revoked"));
    EXPECT_THAT(early.fix, HasSubstr("'tiktok2twitch login'"));
    token.expires_at = 0;
    token.refreshing = true;
    EXPECT_EQ(of_token(token, invalid, 0).code, exit_code::login_refused);
    EXPECT_THAT(of_token(token, invalid, 0).seen, HasSubstr("a renewal of it was begun"));
    EXPECT_EQ(of_token(token, good_until(std::chrono::hours(1)), 0).how, health::ok);
    token.refreshing = false;
    token.renewable = false;
    EXPECT_EQ(of_token(token, invalid, 0).code, exit_code::login_refused);
    const core::result<twitch::validation> elsewhere = make_error_code(twitch::errc::token_host_refused);
    EXPECT_EQ(of_token(token, elsewhere, 0).code, exit_code::config_error);
}

TEST(doctor_words_test, a_token_names_the_account_when_nobody_else_does) {
    token_facts token;
    EXPECT_EQ(of_token(token, good_until({}), 0).seen, "bot's, does not end");
    EXPECT_EQ(of_token(token, good_until({}), 0).how, health::ok);
    token.wanted_login = "other";
    EXPECT_EQ(of_token(token, good_until({}), 0).code, exit_code::login_refused);
    EXPECT_THAT(of_missing_token({}).fix, testing::Not(HasSubstr("LOGIN")));
}

TEST(doctor_words_test, the_transport_decides_which_scopes_are_needed) {
    const token_facts token;
    const auto irc = chat_transport::irc;
    EXPECT_EQ(of_scopes(token, {"chat:read", "chat:edit"}, irc).seen,
              "may read and write the chat; without the optional moderator:manage:chat_messages");
    EXPECT_EQ(of_scopes(token, {"chat:read", "chat:edit", "moderator:manage:chat_messages"}, irc).seen,
              "may read and write the chat");
    EXPECT_EQ(of_scopes(token, {"user:write:chat"}, irc).seen, "missing: chat:read, chat:edit");
    EXPECT_THAT(of_scopes(token, {"chat:read"}, irc).fix, HasSubstr("instead"));
    const auto helix = chat_transport::helix;
    EXPECT_EQ(of_scopes(token, {"user:write:chat"}, helix).how, health::ok);
    const auto less = of_scopes(token, {"chat:read", "chat:edit"}, helix);
    EXPECT_EQ(less.seen, "missing: user:write:chat");
    EXPECT_EQ(less.code, exit_code::login_refused);
    EXPECT_THAT(less.fix, HasSubstr("make a token with user:write:chat."));
}

TEST(doctor_words_test, the_rank_decides_pace_and_modes) {
    twitch::channel_look channel;
    channel.modes.followers_only = 0;
    twitch::options limits;
    twitch::chat_look look;
    look.login = "bot";
    EXPECT_THAT(of_modes(channel, look).seen, HasSubstr("only followers may write"));
    channel.rank = twitch::role::vip;
    EXPECT_EQ(of_role(channel, limits, look, true).how, health::warning);
    EXPECT_EQ(of_modes(channel, look).how, health::ok);
    limits.vip_is_moderator = true;
    EXPECT_EQ(of_role(channel, limits, look, true).seen, "VIP, about 168 lines a minute");
    channel.rank = twitch::role::broadcaster;
    EXPECT_EQ(of_role(channel, limits, look, true).how, health::ok);
}

TEST(doctor_words_test, over_the_api_the_rank_is_not_told) {
    twitch::chat_look look;
    look.login = "bot";
    look.over_api = true;
    twitch::channel_look channel;
    channel.what = twitch::channel_look::answer::joined;
    const twitch::options limits;
    EXPECT_EQ(of_irc_login(look).seen, "as bot, with Twitch's API");
    EXPECT_EQ(of_join(channel, look).seen, "there is such a channel");
    EXPECT_EQ(of_role(channel, limits, look, true).how, health::ok);
    EXPECT_THAT(of_role(channel, limits, look, true).seen, HasSubstr("about 33 lines a minute until"));
    EXPECT_THAT(of_role(channel, limits, look, false).seen,
                HasSubstr("about 33 lines a minute, moderator or not: without commands.enabled"));
    EXPECT_EQ(of_modes(channel, look).how, health::ok);
    channel.modes.subs_only = true;
    EXPECT_THAT(of_modes(channel, look).seen, HasSubstr("does not matter if bot is a moderator"));
    channel.rank = twitch::role::broadcaster;
    EXPECT_EQ(of_role(channel, limits, look, true).seen, "broadcaster, about 168 lines a minute");
    EXPECT_EQ(of_modes(channel, look).how, health::ok);
    channel.no_modes = twitch::errc::api_error;
    EXPECT_EQ(of_modes(channel, look).reason, "api_error");
    look.login.clear();
    look.error = boost::asio::error::connection_reset;
    EXPECT_THAT(of_irc_login(look).fix, HasSubstr("twitch.helix_url"));
    look.error = twitch::errc::scope_missing;
    EXPECT_EQ(of_irc_login(look).code, exit_code::login_refused);
}

TEST(doctor_words_test, a_channel_that_does_not_answer_is_missing_only_if_the_api_says_so_or_nothing) {
    twitch::chat_look look;
    look.login = "bot";
    twitch::channel_look channel;
    EXPECT_THAT(of_join(channel, look).seen, HasSubstr("hardly"));
    channel.exists = false;
    EXPECT_EQ(of_join(channel, look).seen, "there is no such channel");
    EXPECT_EQ(of_join(channel, look).code, exit_code::config_error);
    look.error = twitch::errc::server_reconnect;
    EXPECT_EQ(of_join(channel, look).reason, "channel_not_found");
    look.error = {};
    channel.exists = true;
    EXPECT_EQ(of_join(channel, look).code, exit_code::unavailable);
    // The API keeps banned accounts to itself; the chat knows better.
    channel.exists = false;
    channel.what = twitch::channel_look::answer::refused;
    channel.msg_id = "msg_channel_suspended";
    channel.sentence = "Twitch has suspended this channel.";
    EXPECT_EQ(of_join(channel, look).reason, "msg_channel_suspended");
}

TEST(doctor_words_test, what_a_relay_can_do_without_is_a_warning) {
    auto where = at("https://api.twitch.tv/helix", "twitch.helix_url");
    const auto fault = of_connection(where, net::errc::connect_timeout);
    EXPECT_EQ(weighed(where, fault).how, health::broken);
    where.without = "misses it";
    EXPECT_EQ(weighed(where, fault).how, health::warning);
    EXPECT_THAT(weighed(where, fault).seen, HasSubstr("; a relay starts, but misses it"));
    EXPECT_EQ(weighed(where, fault).fix, fault.fix);
    EXPECT_EQ(weighed(where, fault).code, exit_code::ok);
    EXPECT_EQ(weighed(where, of_connection(where, {})).how, health::ok);
}

TEST(doctor_words_test, a_connection_that_breaks_is_not_taken_for_a_wrong_name) {
    twitch::chat_look look;
    look.login = "bot";
    twitch::channel_look channel;
    EXPECT_EQ(of_join(channel, look).reason, "channel_not_found");
    look.error = twitch::errc::server_reconnect;
    EXPECT_EQ(of_join(channel, look).reason, "server_reconnect");
    channel.what = twitch::channel_look::answer::refused;
    channel.sentence = "One sentence only.";
    EXPECT_EQ(of_join(channel, look).seen, "One sentence only.");
    EXPECT_EQ(of_join(channel, look).fix, "");
}

TEST(doctor_words_test, a_login_can_fail_without_an_advice_in_the_table) {
    twitch::chat_look look;
    look.error = boost::asio::error::connection_reset;
    EXPECT_THAT(of_irc_login(look).fix, HasSubstr("twitch.irc_url"));
    EXPECT_EQ(of_irc_login(look).code, exit_code::unavailable);
    look.error = twitch::errc::login_malformed;
    EXPECT_EQ(of_irc_login(look).code, exit_code::login_refused);
}

}  // namespace
}  // namespace tiktok2twitch::app
