// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "e2e/relay_fixture.hpp"
#include "support/flood_reader.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::IsEmpty;

// More than fits, and what becomes of it.
class flood_fixture : public relay_fixture {
protected:
    flood_fixture() {
        world_.call([this] {
            world_.tiktok().on_comment([this](const sim::comment_record& comment) {
                reader_.on_comment(comment.from.nickname, comment.text, std::chrono::steady_clock::now());
            });
            world_.twitch().on_delivered([this](const sim::delivery& line) {
                reader_.on_line(line.text, line.at);
                longest_ = std::max(longest_, core::count_code_points(line.text));
            });
        });
    }
    ~flood_fixture() override {
        world_.call([this] {
            world_.tiktok().on_comment({});
            world_.twitch().on_delivered({});
        });
    }

    // `count` comments within a second: by many, one of four says what everybody says.
    void burst(std::size_t count) {
        for (std::size_t done = 0; done < count; done += 30) {
            world_.call([&] {
                for (std::size_t i = done; i < std::min(count, done + 30); ++i) {
                    sim::chatter from;
                    from.id = 1000 + static_cast<std::int64_t>(i % 97);
                    from.unique_id = "fan" + std::to_string(i % 97);
                    from.nickname = name_of_comment(comments_++);
                    const auto number = std::to_string(comments_);
                    world_.tiktok().comment("ann", from, i % 4 == 0 ? "GG" : "words " + number);
                }
            });
            std::this_thread::sleep_for(std::chrono::milliseconds(80));
        }
    }

    void become(sim::role role) {
        world_.call([&] { world_.twitch().rules().set_role("bot", "chan", role); });
    }

    std::size_t said() {
        return world_.call([this] { return reader_.said() + reader_.folded(); });
    }

    void stop_when_all_is_received(process& relay) {
        EXPECT_TRUE(received(comments_)) << relay.err();
        stop(relay);
    }

    // The stand-ins' own records against the report. A line whose answer was lost counts as `unknown`
    // although it may have been shown.
    void expect_nothing_lost_in_silence() {
        const auto route = report();
        expect_balanced(route);
        EXPECT_EQ(route.at("received"), comments_);
        EXPECT_EQ(route.at("pending"), 0);
        for (const auto& entry : route.at("dropped").items())
            EXPECT_NE(entry.key(), "");
        const auto carried = route.at("relayed").get<std::size_t>() + route.at("folded").get<std::size_t>();
        EXPECT_GE(said(), carried);
        EXPECT_LE(said(), carried + route.at("dropped").value("unknown", std::size_t{0}));
        EXPECT_THAT(violations(), IsEmpty());
        EXPECT_THAT(reader_.complaints(), IsEmpty());
        EXPECT_LE(longest_, 480U);
    }

    flood_reader reader_;
    std::size_t longest_ = 0;
    std::size_t comments_ = 0;
};

TEST_F(flood_fixture, a_burst_into_an_ordinary_channel_keeps_the_limits_and_counts_what_was_too_much) {
    become(sim::role::ordinary);
    // A second more than Twitch asks for: a line that comes late is no violation.
    auto relay = start({"--set", "relay.max_age=3s", "--set", "twitch.spacing_normal=2s"});
    ASSERT_TRUE(listening()) << relay->err();
    burst(300);
    std::this_thread::sleep_for(std::chrono::seconds(4));
    stop_when_all_is_received(*relay);
    expect_nothing_lost_in_silence();
    EXPECT_GT(report().at("dropped").at("expired"), 0);
}

TEST_F(flood_fixture, a_burst_into_a_moderators_channel_keeps_the_limits_and_is_carried_whole) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    burst(300);
    EXPECT_TRUE(world_.wait_for([this] { return reader_.said() + reader_.folded() == comments_; },
                                std::chrono::seconds(20)))
        << relay->err();
    stop_when_all_is_received(*relay);
    expect_nothing_lost_in_silence();
    EXPECT_GT(report().at("folded"), 0);
}

TEST_F(flood_fixture, when_twitch_is_away_during_a_flood_nothing_is_lost_in_silence_or_said_twice) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    burst(90);
    world_.call([this] {
        world_.twitch().faults().refuse_connections = true;
        world_.twitch().reset("bot");
    });
    burst(60);
    std::this_thread::sleep_for(std::chrono::seconds(2));
    burst(60);
    const auto before = said();
    world_.call([this] { world_.twitch().faults().refuse_connections = false; });
    ASSERT_TRUE(world_.wait_for([&] { return reader_.said() > before; }, std::chrono::seconds(20)))
        << relay->err();
    burst(60);
    stop_when_all_is_received(*relay);
    expect_nothing_lost_in_silence();
    EXPECT_GT(said(), before);
}

}  // namespace
}  // namespace tiktok2twitch::test
