// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// A program that renews its login all the time is killed at random moments, against a login service whose
// refresh tokens serve once. T2T_KILL_ROUNDS sets how often (40).

#include <gmock/gmock.h>

#include <cstdlib>
#include <random>
#include <thread>

#include "support/process.hpp"
#include "support/sim_fixture.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"

namespace tiktok2twitch::test {
namespace {

using namespace std::chrono_literals;
using sim::auth_endpoint;

int rounds_wanted() {
    const char* text = std::getenv("T2T_KILL_ROUNDS");
    return text != nullptr ? std::atoi(text) : 40;
}

class token_kill_test : public sim_fixture {
public:
    token_kill_test() {
        world.call([this] {
            world.auth().rules().add_client("app");
            world.auth().rules().add_user("bot", "1");
            // Time for the signal to come between what the service did and what the program knows.
            world.auth().delay_answers(2ms);
        });
        log_in();
    }
    void log_in() {
        twitch::grant fresh;
        const auto tokens = world.call([this] {
            return world.auth().rules().grant("app", "bot", {"chat:read", "chat:edit"},
                                              std::chrono::steady_clock::now());
        });
        fresh.access = core::secret(tokens.access);
        fresh.refresh = core::secret(tokens.refresh);
        fresh.client_id = "app";
        fresh.login = "bot";
        fresh.scopes = {"chat:read", "chat:edit"};
        ASSERT_FALSE(store.save(fresh));
    }
    std::unique_ptr<process> victim() {
        return std::make_unique<process>(std::vector<std::string>{T2T_REFRESH_VICTIM, world.auth_url(),
                                                                  world.ca_file(), directory.path(), "bot"});
    }
    std::size_t count(auth_endpoint where) {
        return world.call([&] { return world.auth().request_count(where); });
    }
    // Until the victim's next request of that kind.
    void wait_for_next(auth_endpoint where) {
        const auto before = count(where);
        EXPECT_TRUE(world.wait_for([&] { return world.auth().request_count(where) > before; }));
    }
    // The stored pair is the one that the service knows.
    bool is_current(const twitch::grant& stored) {
        return world.call([&] {
            return world.auth()
                .rules()
                .owner_of(stored.access.reveal(), std::chrono::steady_clock::now())
                .has_value();
        });
    }

    temp_dir directory;
    twitch::token_store store{directory.path(), "bot"};
};

TEST_F(token_kill_test, killed_at_random_moments_it_loses_the_login_only_with_an_answer_in_flight) {
    std::mt19937 random(20261124);
    const auto within = [&](int microseconds) {
        return std::chrono::microseconds(std::uniform_int_distribution<int>(0, microseconds)(random));
    };
    int lost = 0;
    int interrupted = 0;
    const int rounds = rounds_wanted();
    for (int i = 0; i < rounds; ++i) {
        auto running = victim();
        switch (i % 4) {
            case 0:  // anywhere in a renewal
                wait_for_next(auth_endpoint::validate);
                std::this_thread::sleep_for(within(40'000));
                break;
            case 1:  // around the answer and what follows it
                wait_for_next(auth_endpoint::refresh);
                std::this_thread::sleep_for(within(15'000));
                break;
            case 2:  // around the mark on disk
                wait_for_next(auth_endpoint::validate);
                std::this_thread::sleep_for(within(8'000));
                break;
            default:  // a few renewals later
                for (int n = 0; n < 3; ++n)
                    wait_for_next(auth_endpoint::refresh);
                std::this_thread::sleep_for(within(25'000));
        }
        running->signal(SIGKILL);
        ASSERT_EQ(running->wait(), 128 + SIGKILL) << running->out() << running->err();
        ASSERT_EQ(running->out().find("login"), std::string::npos) << running->out();
        // What it sent may lie there unread; what came of that is known once its connection has ended.
        ASSERT_TRUE(world.wait_for([this] { return world.auth().connections() == 0; }));

        const auto stored = store.load();
        ASSERT_TRUE(stored) << stored.error().message();
        ASSERT_TRUE(*stored);
        interrupted += (*stored)->refreshing ? 1 : 0;
        if (is_current(**stored))
            continue;
        // The service renewed, and the answer did not reach the disk: the one case nobody can save.
        ASSERT_TRUE((*stored)->refreshing);
        ++lost;
        auto next = victim();
        ASSERT_EQ(next->wait(), 3) << next->out() << next->err();
        EXPECT_THAT(next->out(), testing::HasSubstr("Run 'tiktok2twitch login'"));
        log_in();
    }

    // However it was killed last, it goes on.
    auto running = victim();
    for (int n = 0; n < 3; ++n)
        wait_for_next(auth_endpoint::refresh);
    running->signal(SIGKILL);
    running->wait();

    const auto complaints = world.call([this] { return world.auth().rules().complaints(); });
    EXPECT_THAT(complaints, testing::Each("refresh token used again"));
    EXPECT_EQ(complaints.size(), static_cast<std::size_t>(lost));
    // The moments were worth something: some in the middle, most survived.
    EXPECT_GT(interrupted, 0);
    EXPECT_LT(lost, rounds * 3 / 4);
    RecordProperty("lost", lost);
    RecordProperty("interrupted", interrupted);
    RecordProperty("renewals", static_cast<int>(count(auth_endpoint::refresh)));
}

}  // namespace
}  // namespace tiktok2twitch::test
