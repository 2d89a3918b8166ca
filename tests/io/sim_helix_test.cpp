// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/helix_fixture.hpp"

namespace tiktok2twitch {
namespace {

using namespace std::chrono_literals;
using sim::helix_does;
using sim::helix_endpoint;
using sim::helix_fault;

class sim_helix_test : public test::helix_fixture {
protected:
    net::http_request post(const std::string& text) {
        const auto ids = world.call([this] {
            auto& rules = world.twitch().rules();
            return std::pair(*rules.id_of("chan"), *rules.id_of("bot"));
        });
        net::http_request request;
        request.method = "POST";
        request.to = core::parse_url(world.helix_url() + "/chat/messages").value();
        request.headers.push_back({"Authorization", "Bearer sesame"});
        request.headers.push_back({"Client-Id", "client"});
        request.body = R"({"broadcaster_id":")" + std::to_string(ids.first) + R"(","sender_id":")" +
                       std::to_string(ids.second) + R"(","message":")" + text + "\"}";
        return request;
    }
    int status_of(const std::string& text) {
        const auto answer = run(net::http_fetch(post(text), tls));
        return answer ? answer->status : 0;
    }
};

net::awaitable<void> fetch(net::http_request request, net::tls_client tls) {
    auto answer = co_await net::http_fetch(std::move(request), std::move(tls));
    EXPECT_EQ(answer->status, 200);
}

TEST_F(sim_helix_test, a_line_before_the_answer_to_the_one_before_it_is_noted) {
    world.call([this] { world.helix().answer_delay(3s); });
    spawn(fetch(post("one"), tls));
    run(fetch(post("two"), tls));
    EXPECT_THAT(violations(), testing::Contains(testing::StartsWith("second_unconfirmed")));
}

TEST_F(sim_helix_test, faults_do_what_they_say_and_then_all_is_proper) {
    script(helix_endpoint::messages, {helix_does(helix_fault::kind::cut), helix_does(helix_fault::kind::lose),
                                      helix_does(helix_fault::kind::pretend, 503), sim::helix_status(418)});
    world.call([this] { world.twitch().rules().limits().enforced = false; });
    EXPECT_EQ(status_of("cut"), 0);
    EXPECT_EQ(status_of("lost"), 0);
    EXPECT_EQ(status_of("pretended"), 503);
    EXPECT_EQ(status_of("instead"), 418);
    EXPECT_EQ(status_of("proper"), 200);
    EXPECT_THAT(delivered(), testing::ElementsAre("lost", "pretended", "proper"));
}

}  // namespace
}  // namespace tiktok2twitch
