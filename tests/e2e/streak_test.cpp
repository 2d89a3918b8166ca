// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Gift streaks over the end of the process.

#include "e2e/relay_fixture.hpp"
#include "tiktok2twitch/sim/tiktok/messages.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class streak_fixture : public relay_fixture {
protected:
    void roses(int count, bool end, std::int64_t group) {
        sim::message_facts facts;
        facts.msg_id = next_id_++;
        facts.created_at = 1'789'625'806'000 + facts.msg_id % 1'000'000;
        sim::chatter from;
        from.id = 77;
        from.unique_id = "ann.fan";
        from.nickname = "Ann";
        const sim::gift_facts rose{5655, "Rose", 1, true, group, count, end, count == 1};
        world_.call([&] { world_.tiktok().push("ann", sim::gift_message(facts, from, rose)); });
    }
    // A gift that is over at once comes after everything that was sent before.
    bool arrived(std::int64_t group, std::size_t lines) {
        roses(1, true, group);
        return delivered(lines);
    }
    void restart(std::unique_ptr<process>& relay) {
        ASSERT_TRUE(world_.wait_for([this] { return world_.tiktok().listening_sockets("ann") == 0; }));
        relay = start();
        ASSERT_TRUE(listening()) << relay->err();
    }

    std::int64_t next_id_ = 7'700'000'000'000'000'001;
    static constexpr std::int64_t first = 1'789'625'806'726;
};

TEST_F(streak_fixture, a_killed_relay_neither_repeats_nor_loses_what_was_given) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    roses(1, false, first + 1);
    roses(3, false, first + 1);
    ASSERT_TRUE(arrived(first, 1)) << relay->err();
    relay->signal(SIGKILL);
    relay->wait();
    restart(relay);
    roses(1, true, first);  // doubled: said before the kill
    roses(5, true, first + 1);
    roses(5, true, first + 1);
    ASSERT_TRUE(delivered(2)) << relay->err();
    ASSERT_TRUE(arrived(first + 2, 3)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(),
                ElementsAre("[TikTok] Ann sent 1x Rose (1 coin)", "[TikTok] Ann sent 5x Rose (5 coins)",
                            "[TikTok] Ann sent 1x Rose (1 coin)"));
    expect_balanced(report());
    EXPECT_EQ(report().at("received"), 2);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(streak_fixture, what_was_said_of_a_streak_at_the_stop_is_not_said_again) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    roses(1, false, first + 1);
    roses(3, false, first + 1);
    ASSERT_TRUE(arrived(first, 1)) << relay->err();
    stop(*relay);
    restart(relay);
    roses(5, true, first + 1);
    ASSERT_TRUE(delivered(3)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(),
                ElementsAre("[TikTok] Ann sent 1x Rose (1 coin)", "[TikTok] Ann sent 3x Rose (3 coins)",
                            "[TikTok] Ann sent 2x Rose (2 coins)"));
    expect_balanced(report());
}

}  // namespace
}  // namespace tiktok2twitch::test
