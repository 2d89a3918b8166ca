// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The doors to TikTok's visitor cookie, and names as people copy them, with the real binary.
#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using sim::endpoint;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class doors_test : public relay_fixture {
protected:
    std::size_t asked(endpoint where) {
        return world_.call([&] { return world_.tiktok().request_count(where); });
    }
    // Of the lookups, the doors and the socket, in order, without what else is asked.
    std::vector<std::string> way_in() {
        return world_.call([this] {
            std::vector<std::string> out;
            for (const auto& request : world_.tiktok().requests())
                if (request.where != endpoint::check_alive)
                    out.push_back(request.method + " " + request.target.substr(0, request.target.find('?')));
            return out;
        });
    }
    std::string door() { return status().at("rooms").at(0).at("door"); }
};

TEST_F(doors_test, with_every_page_shut_the_relay_enters_by_the_registration_and_asks_no_page) {
    world_.call([this] { world_.tiktok().shut_pages(); });
    const auto relay = start();
    ASSERT_TRUE(listening());
    EXPECT_THAT(way_in(), ElementsAre("GET /api-live/user/room/", "POST /ttwid/register/",
                                      "GET /webcast/im/ws_proxy/ws_reuse_supplement/"));
    EXPECT_EQ(door(), "register");
    comment("hello");
    EXPECT_TRUE(delivered(1));
    process people({T2T_BINARY, "status", "--state-dir", state_()}, {});
    ASSERT_EQ(people.wait(), 0) << people.err();
    EXPECT_THAT(people.out(), HasSubstr("cookie comes from register"));
    stop(*relay);
    EXPECT_THAT(relay->err(), HasSubstr("visitor cookie by register"));
}

TEST_F(doors_test, a_registration_that_is_shut_is_no_obstacle_while_a_page_is_open) {
    world_.call([this] {
        world_.tiktok().always(endpoint::registration, sim::answer_status(403));
        world_.tiktok().always(endpoint::page, sim::answer_check_page());
        world_.tiktok().always(endpoint::live, sim::answer_check_page());
    });
    const auto relay = start();
    ASSERT_TRUE(listening());
    EXPECT_EQ(asked(endpoint::registration), 1U);
    EXPECT_EQ(door(), "home_page");
    stop(*relay);
    EXPECT_THAT(relay->err(),
                HasSubstr("register: refused (HTTP 403); /@user/live: check page for browsers"));
}

TEST_F(doors_test, a_retry_after_of_the_registration_is_kept_and_then_it_gets_in) {
    world_.call([this] {
        world_.tiktok().shut_pages();
        world_.tiktok().script(endpoint::registration, {sim::answer_too_many("4")});
    });
    const auto relay = start();
    ASSERT_TRUE(listening());
    std::vector<core::time_point> at;
    world_.call([&] {
        for (const auto& request : world_.tiktok().requests())
            if (request.where == endpoint::registration)
                at.push_back(request.at);
    });
    ASSERT_EQ(at.size(), 2U);
    EXPECT_GE(at[1] - at[0], std::chrono::seconds(4));
    EXPECT_EQ(asked(endpoint::home), 1U) << "nor are the pages asked again meanwhile";
    stop(*relay);
}

TEST_F(doors_test, when_no_door_opens_the_log_and_the_status_name_what_each_has_said) {
    world_.call([this] {
        world_.tiktok().shut_pages();
        world_.tiktok().always(endpoint::registration, sim::answer_status(403));
    });
    const auto relay = start();
    const auto both = [this] {
        return world_.tiktok().request_count(endpoint::registration) >= 3;
    };
    ASSERT_TRUE(world_.wait_for(both, std::chrono::seconds(30)));
    const std::string said = status().at("rooms").at(0).at("text");
    EXPECT_THAT(said, HasSubstr("visitor cookie"));
    EXPECT_THAT(said, HasSubstr("register: refused (HTTP 403); /@user/live: check page for browsers"));
    stop(*relay);
}

TEST_F(doors_test, a_cookie_that_tiktok_has_forgotten_is_replaced_at_once) {
    world_.call([this] {
        world_.tiktok().shut_pages();
        world_.tiktok().script(endpoint::socket, {sim::answer_cookie_missing()});
    });
    const auto relay = start();
    ASSERT_TRUE(listening());
    EXPECT_EQ(asked(endpoint::registration), 2U);
    EXPECT_EQ(asked(endpoint::socket), 2U);
    stop(*relay);
    EXPECT_THAT(relay->err(), HasSubstr("x-tt-logid: 20260909160450EXAMPLE0123456789AB"));
}

TEST_F(doors_test, names_are_taken_as_they_are_copied_and_a_share_link_gets_a_sentence) {
    process copied({T2T_BINARY, "config", "check", "--tiktok", " https://www.tiktok.com/@Ann/live?lang=en ",
                    "--channel", "\u200bhttps://www.twitch.tv/chan/\u00a0"},
                   {});
    EXPECT_EQ(copied.wait(), 0) << copied.err();
    process shared(
        {T2T_BINARY, "config", "check", "--tiktok", "https://vm.tiktok.com/ZMabc/", "--channel", "chan"}, {});
    EXPECT_EQ(shared.wait(), 64);
    EXPECT_THAT(shared.out() + shared.err(), HasSubstr("a share link, which does not name the TikTok user"));
    EXPECT_THAT(shared.out() + shared.err(), HasSubstr("copy the address that appears"));
}

}  // namespace
}  // namespace tiktok2twitch::test
