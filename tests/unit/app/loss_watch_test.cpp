// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/loss_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;
using relay::outcome;
using testing::ElementsAre;
using testing::IsEmpty;

class loss_watch_test : public testing::Test {
protected:
    void lose(std::string_view reason, std::uint64_t count = 1) {
        books.receive(count);
        books.settle(outcome::dropped, reason, count);
    }
    std::vector<std::string> look(core::duration later = 1s) {
        now += later;
        std::vector<std::string> texts;
        for (const auto& line : losses.look("@ann -> #chan", books, now)) {
            texts.push_back(line.text);
            levels.push_back(line.level);
        }
        return texts;
    }
    // Every second.
    std::vector<std::string> watch(int seconds, const std::function<void()>& each = {}) {
        std::vector<std::string> all;
        for (int i = 0; i < seconds; ++i) {
            if (each)
                each();
            for (auto& text : look())
                all.push_back(std::move(text));
        }
        return all;
    }

    core::time_point now{1h};
    relay::ledger books;
    loss_watch losses;
    std::vector<core::log_level> levels;
};

TEST_F(loss_watch_test, nothing_is_said_while_nothing_is_lost) {
    books.receive(100);
    books.settle(outcome::relayed, {}, 90);
    books.settle(outcome::filtered, "blocked_word", 10);
    EXPECT_THAT(watch(600), IsEmpty());
}

TEST_F(loss_watch_test, a_flood_says_when_it_begins_and_when_it_is_over_with_the_number) {
    books.receive(716);
    const auto during = watch(75, [this] { lose("expired", 4); });
    EXPECT_THAT(during,
                ElementsAre("4 messages lost: waited longer than relay.max_age for its turn (expired)"));
    EXPECT_THAT(watch(59), IsEmpty());
    EXPECT_THAT(watch(1),
                ElementsAre("no more losses: 300 messages lost of 1,016 in 1 min 14 s: waited longer than "
                            "relay.max_age for its turn (expired)"));
    EXPECT_THAT(levels, ElementsAre(core::log_level::warning, core::log_level::info));
    EXPECT_THAT(watch(600), IsEmpty());
}

TEST_F(loss_watch_test, while_it_lasts_it_is_said_every_five_minutes) {
    const auto said = watch(3600, [this] { lose("queue_full"); });
    EXPECT_EQ(said.size(), 12U);  // the first, and after 5, 10 ... 55 minutes
    EXPECT_EQ(
        said.at(1),
        "still being lost: 300 messages lost in 5 min, 301 in all since 5 min: more messages arrived than "
        "the backlog holds (queue_full)");
}

TEST_F(loss_watch_test, a_ban_is_told_in_the_same_way) {
    lose("channel_banned");
    EXPECT_THAT(look(), ElementsAre("1 message lost: the bot is banned from the channel (channel_banned)"));
    EXPECT_THAT(watch(60),
                ElementsAre("no more losses: 1 message lost of 1: the bot is banned from the channel "
                            "(channel_banned)"));
}

TEST_F(loss_watch_test, what_could_not_be_read_is_no_message_but_a_loss) {
    books.miss("undecodable", 3);
    EXPECT_THAT(look(), ElementsAre("3 not read: frames and messages of TikTok that could not be decoded "
                                    "(undecodable)"));
}

TEST_F(loss_watch_test, what_the_operator_did_and_what_nobody_misses_is_no_warning) {
    lose("shutdown", 5);
    lose("route_removed", 5);
    EXPECT_THAT(look(), IsEmpty());
    lose("repeat");
    look();
    EXPECT_THAT(levels, ElementsAre(core::log_level::info));
}

TEST_F(loss_watch_test, reasons_that_are_always_new_are_told_as_one) {
    const auto said = watch(1000, [this, i = 0]() mutable { lose("refused_msg_" + std::to_string(++i)); });
    // Eight by name, which are over after a minute each and make room for the next.
    EXPECT_LE(said.size(), 2 * loss_watch::most_episodes * 1000 / 60 + 10);
    EXPECT_THAT(said, testing::Contains(testing::HasSubstr("for several reasons")));
}

TEST_F(loss_watch_test, a_route_that_comes_again_begins_anew) {
    lose("expired");
    look();
    losses.forget("@ann -> #chan");
    books = {};
    EXPECT_THAT(watch(100), IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::app
