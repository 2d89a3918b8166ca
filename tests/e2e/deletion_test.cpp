// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// TikTok's moderators remove what was said on Twitch already.

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using namespace std::chrono_literals;
using sim::helix_endpoint;
using sim::helix_fault;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using json = nlohmann::json;

class deletion_e2e : public relay_fixture {
protected:
    // "first" in a line of its own; then "one", "two" and "three", of the users 501 to 503, in one.
    std::vector<std::int64_t> packed_line(const process& relay) {
        hold_answers();
        comment_from(500, "zoe", "first");
        EXPECT_TRUE(delivered(1)) << relay.err();
        std::vector<std::int64_t> ids{comment_from(501, "ann", "one"), comment_from(502, "bob", "two"),
                                      comment_from(503, "cy", "three")};
        EXPECT_TRUE(received(4)) << relay.err();
        release_answers();
        EXPECT_TRUE(delivered(2)) << relay.err();
        EXPECT_EQ(texts().at(1), "[TikTok] ann: one \u2503 bob: two \u2503 cy: three");
        // Confirmed, too: the next line was.
        comment_from(504, "dan", "next");
        EXPECT_TRUE(delivered(3)) << relay.err();
        return ids;
    }
    std::vector<std::string> deleted() {
        return world_.call([this] {
            std::vector<std::string> out;
            for (const auto& each : world_.helix().rules().deleted())
                for (const auto& line : world_.twitch().rules().delivered())
                    if (line.id == each.id)
                        out.push_back(line.text);
            return out;
        });
    }
    bool deletions(std::size_t count) {
        return world_.wait_for([&] { return world_.helix().rules().deleted().size() >= count; }, 20s);
    }
    bool asked(std::size_t count) {
        return world_.wait_for(
            [&] { return world_.helix().request_count(helix_endpoint::deletion) >= count; }, 20s);
    }
    void stall() {
        world_.call([this] {
            helix_fault fault;
            fault.what = helix_fault::kind::stall;
            world_.helix().always(helix_endpoint::deletion, fault);
        });
    }
    static std::size_t times(const std::string& text, const std::string& part) {
        std::size_t count = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
            ++count;
        return count;
    }
    json books() {
        expect_balanced(report());
        auto out = report().at("deletions");
        EXPECT_EQ(out.at("removed"), out.at("deleted").get<std::uint64_t>() + sum(out.at("kept")) +
                                         out.at("pending").get<std::uint64_t>());
        const auto& again = out.at("said_again");
        EXPECT_EQ(again.at("received"), again.at("relayed").get<std::uint64_t>() +
                                            again.at("folded").get<std::uint64_t>() +
                                            sum(again.at("filtered")) + sum(again.at("dropped")) +
                                            again.at("pending").get<std::uint64_t>());
        return out;
    }
};

TEST_F(deletion_e2e, a_packed_line_is_deleted_and_the_others_on_it_are_said_again) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    const auto ids = packed_line(*relay);
    remove({ids[1]});
    remove({ids[1]});
    ASSERT_TRUE(delivered(4)) << relay->err();
    stop(*relay);
    EXPECT_THAT(deleted(), ElementsAre("[TikTok] ann: one \u2503 bob: two \u2503 cy: three"));
    EXPECT_THAT(texts().back(), "[TikTok] ann: one \u2503 cy: three");
    EXPECT_EQ(texts().size(), 4U);
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(report().at("received"), 5);
    EXPECT_EQ(report().at("relayed"), 5);
    EXPECT_EQ(report().at("lines_sent"), 4);
    EXPECT_EQ(books(), json::parse(R"({"removed": 1, "deleted": 1, "kept": {}, "pending": 0,
        "said_again": {"received": 2, "relayed": 2, "folded": 0, "filtered": {}, "dropped": {}, "pending": 0}})"));
    EXPECT_THAT(relay->err(), HasSubstr("removed on TikTok when already said 1, deleted 1 of them"));
}

TEST_F(deletion_e2e, two_messages_of_one_line_removed_one_after_the_other) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    const auto ids = packed_line(*relay);
    world_.call([&] { world_.helix().answer_delay(500ms); });
    // At once: both are there before the first line is deleted.
    world_.call([&] {
        auto* room = world_.tiktok().find_room("ann");
        for (const auto id : {ids[1], ids[2]})
            world_.tiktok().push("ann", room->remove({id}, {}, 1'800'000'000'000));
    });
    ASSERT_TRUE(delivered(4)) << relay->err();
    remove({ids[0]});
    ASSERT_TRUE(deletions(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(deleted(),
                ElementsAre("[TikTok] ann: one \u2503 bob: two \u2503 cy: three", "[TikTok] ann: one"));
    EXPECT_EQ(texts().size(), 4U);
    EXPECT_EQ(books().at("deleted"), 3);
}

TEST_F(deletion_e2e, what_a_moderator_deleted_on_twitch_is_neither_asked_for_nor_said_again) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    const auto ids = packed_line(*relay);
    world_.call([this] {
        const auto line = world_.twitch().rules().delivered().at(1).id;
        world_.helix().rules().remove_by_hand("vera", "chan", line, std::chrono::steady_clock::now());
        world_.twitch().clear_line("chan", line);
        world_.twitch().say_with_badges("moderator/1", "vera", "chan", "!tiktok status");
    });
    ASSERT_TRUE(delivered(4)) << relay->err();  // the answer: the deletion was heard
    remove({ids[1]});
    comment("goes on");
    ASSERT_TRUE(delivered(5)) << relay->err();
    stop(*relay);
    EXPECT_EQ(world_.call([this] { return world_.helix().request_count(helix_endpoint::deletion); }), 0U);
    EXPECT_EQ(texts().back(), "[TikTok] Ann: goes on");
    EXPECT_EQ(books().at("removed"), 0);
    EXPECT_EQ(books().at("said_again").at("received"), 0);
}

TEST_F(deletion_e2e, all_lines_of_a_muted_user_go) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    packed_line(*relay);
    comment_from(502, "bob", "another");
    ASSERT_TRUE(delivered(4)) << relay->err();
    comment_from(505, "eve", "innocent");
    ASSERT_TRUE(delivered(5)) << relay->err();
    remove({}, {502});
    ASSERT_TRUE(delivered(6)) << relay->err();
    ASSERT_TRUE(deletions(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(deleted(),
                ElementsAre("[TikTok] ann: one \u2503 bob: two \u2503 cy: three", "[TikTok] bob: another"));
    EXPECT_EQ(texts().back(), "[TikTok] ann: one \u2503 cy: three");
    EXPECT_EQ(books().at("deleted"), 2);
}

TEST_F(deletion_e2e, a_message_removed_before_twitch_confirms_its_line) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    hold_answers();
    const auto id = comment_from(501, "ann", "regretted");
    ASSERT_TRUE(delivered(1)) << relay->err();
    remove({id});
    comment_from(502, "bob", "after it");
    ASSERT_TRUE(received(2)) << relay->err();  // and with it what TikTok sent before
    EXPECT_THAT(deleted(), IsEmpty());
    release_answers();
    ASSERT_TRUE(deletions(1)) << relay->err();
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(deleted(), ElementsAre("[TikTok] ann: regretted"));
    EXPECT_EQ(report().at("relayed"), 2);
    EXPECT_EQ(books().at("deleted"), 1);
}

TEST_F(deletion_e2e, a_login_without_the_right_changes_nothing_and_is_told_once) {
    world_.call([this] {
        world_.helix().rules().accept_token(
            token, {"bot", std::string(sim::world::any_client), {"user:write:chat"}});
    });
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    const auto ids = packed_line(*relay);
    remove({ids[1]});
    ASSERT_TRUE(relay->wait_for_err("moderator:manage:chat_messages")) << relay->err();
    remove({}, {500});
    ASSERT_TRUE(relay->wait_for_err("in 1 line.")) << relay->err();
    comment("goes on");
    ASSERT_TRUE(delivered(4)) << relay->err();
    stop(*relay);
    EXPECT_THAT(deleted(), IsEmpty());
    EXPECT_EQ(texts().back(), "[TikTok] Ann: goes on");
    EXPECT_EQ(times(relay->err(), "scope_missing"), 2U) << "once when it was met, and in the summary";
    EXPECT_EQ(books().at("kept").at("scope_missing"), 2);
    EXPECT_EQ(books().at("said_again").at("received"), 0);
}

TEST_F(deletion_e2e, a_bot_that_is_no_moderator_changes_nothing_and_is_told_once) {
    world_.call([this] { world_.twitch().rules().set_role("bot", "chan", sim::role::ordinary); });
    auto relay = start({"--set", "twitch.spacing_normal=2s"});  // a line that comes late is no violation
    ASSERT_TRUE(listening()) << relay->err();
    const auto ids = packed_line(*relay);
    remove({ids[1]});
    ASSERT_TRUE(asked(1)) << relay->err();
    remove({}, {500});
    comment("goes on");
    ASSERT_TRUE(delivered(4)) << relay->err();
    stop(*relay);
    EXPECT_THAT(deleted(), IsEmpty());
    EXPECT_EQ(world_.call([this] { return world_.helix().request_count(helix_endpoint::deletion); }), 1U)
        << "once is enough for a while";
    EXPECT_EQ(texts().back(), "[TikTok] Ann: goes on");
    EXPECT_EQ(times(relay->err(), "does not let the bot delete its lines. Make it a moderator"), 1U);
    EXPECT_EQ(books().at("kept").at("deletion_refused"), 2);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(deletion_e2e, switched_off_nothing_is_asked_and_it_is_counted) {
    auto relay = start({"--set", "twitch.delete_lines=false"});
    ASSERT_TRUE(listening()) << relay->err();
    const auto ids = packed_line(*relay);
    remove({ids[1]});
    ASSERT_TRUE(relay->wait_for_err("twitch.delete_lines is off")) << relay->err();
    stop(*relay);
    EXPECT_EQ(world_.call([this] { return world_.helix().request_count(helix_endpoint::deletion); }), 0U);
    EXPECT_EQ(books().at("kept").at("delete_lines_off"), 1);
}

TEST_F(deletion_e2e, a_stop_waits_for_the_deletion_and_for_what_is_said_again) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    const auto ids = packed_line(*relay);
    world_.call([&] { world_.helix().answer_delay(400ms); });
    remove({ids[1]});
    ASSERT_TRUE(relay->wait_for_err("in 1 line.")) << relay->err();
    stop(*relay);
    EXPECT_THAT(deleted(), testing::SizeIs(1));
    EXPECT_EQ(texts().back(), "[TikTok] ann: one \u2503 cy: three");
    EXPECT_EQ(books().at("said_again").at("relayed"), 2);
}

TEST_F(deletion_e2e, an_api_that_hangs_holds_up_no_stop_for_long_and_status_adds_up_meanwhile) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    const auto ids = packed_line(*relay);
    stall();
    remove({ids[1]});
    ASSERT_TRUE(asked(1)) << relay->err();
    process asking({T2T_BINARY, "status", "--json", "--state-dir", state_()}, environment());
    ASSERT_EQ(asking.wait(), 0) << asking.err();
    const auto status = json::parse(asking.out()).at("routes").at(0);
    expect_balanced(status);
    EXPECT_EQ(status.at("deletions").at("pending"), 1);
    const auto before = std::chrono::steady_clock::now();
    stop(*relay);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 11s)
        << "less than the 12 s after which a stop is given up";
    EXPECT_EQ(books().at("kept").at("shutdown"), 1);
    EXPECT_EQ(texts().size(), 3U);
}

}  // namespace
}  // namespace tiktok2twitch::test
