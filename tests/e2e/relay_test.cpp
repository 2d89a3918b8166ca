// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(relay_fixture, comments_arrive_in_order_and_the_report_adds_up) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    // One at a time: what waits together may share a line.
    for (const char* text : {"one", "two", "three"}) {
        const auto before = texts().size();
        comment(text);
        ASSERT_TRUE(delivered(before + 1)) << relay->err();
    }
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: two", "[TikTok] Ann: three"));
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(report().at("received"), 3);
    EXPECT_EQ(report().at("relayed"), 3);
    EXPECT_EQ(report().at("lines_sent"), 3);
    expect_balanced(report());
    EXPECT_THAT(relay->out(), IsEmpty());
}

TEST_F(relay_fixture, neither_chat_text_nor_the_token_is_logged) {
    auto relay = start({"-v"});
    ASSERT_TRUE(listening()) << relay->err();
    comment("peculiarword");
    ASSERT_TRUE(delivered(1));
    stop(*relay);
    EXPECT_THAT(relay->err(), Not(HasSubstr(token)));
    EXPECT_THAT(relay->err(), Not(HasSubstr("peculiarword")));
}

TEST_F(relay_fixture, history_of_a_live_that_was_already_running_is_not_relayed) {
    comment("before one");
    comment("before two");
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("after");
    ASSERT_TRUE(delivered(1));
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: after"));
    EXPECT_EQ(report().at("ignored").at("history"), 2);
    EXPECT_EQ(report().at("received"), 1);
}

TEST_F(relay_fixture, a_cut_connection_to_tiktok_loses_and_repeats_nothing_of_the_replayed_history) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1));
    world_.call([this] {
        world_.tiktok().refuse_connections(true);
        world_.tiktok().reset_sockets("ann");
    });
    comment("in the gap");
    world_.call([this] { world_.tiktok().refuse_connections(false); });
    ASSERT_TRUE(listening()) << relay->err();
    ASSERT_TRUE(delivered(2)) << relay->err();
    comment("after");
    ASSERT_TRUE(delivered(3)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: in the gap", "[TikTok] Ann: after"));
    EXPECT_THAT(violations(), IsEmpty());
    expect_balanced(report());
}

TEST_F(relay_fixture, a_killed_relay_repeats_nothing_and_fills_the_gap_after_its_restart) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1));
    relay->signal(SIGKILL);
    relay->wait();
    ASSERT_TRUE(gone());
    comment("while it was away");
    relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    ASSERT_TRUE(delivered(2)) << relay->err();
    comment("after");
    ASSERT_TRUE(delivered(3)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(),
                ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: while it was away", "[TikTok] Ann: after"));
    EXPECT_THAT(violations(), IsEmpty());
}

// Whether lines keep their distance: longer than Twitch wants it, as the relay counts from when it wrote a
// line, the stand-in from when it came, and a slow machine is in between.
class spacing_e2e : public relay_fixture {
protected:
    spacing_e2e() {
        world_.call([this] { world_.twitch().rules().set_role("bot", "chan", sim::role::ordinary); });
    }
    std::unique_ptr<process> start_spaced() {
        return start({"--set", "relay.pack=false", "--set", "twitch.spacing_normal=3s"});
    }
    void expect_spaced() {
        EXPECT_THAT(violations(), IsEmpty());
        const auto lines = world_.call([this] { return world_.twitch().rules().delivered(); });
        for (std::size_t i = 1; i < lines.size(); ++i)
            EXPECT_GE(lines[i].at - lines[i - 1].at, std::chrono::seconds(2)) << lines[i].text;
    }
};

// An ordinary bot cannot say everything at once: some of it goes out while the relay already stops.
TEST_F(spacing_e2e, what_is_said_while_stopping_is_not_said_again_after_the_restart) {
    auto relay = start_spaced();
    ASSERT_TRUE(listening()) << relay->err();
    comments({"one", "two", "three"});
    ASSERT_TRUE(received(3)) << relay->err();
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    ASSERT_THAT(texts(), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: two", "[TikTok] Ann: three"));
    expect_balanced(report());
    relay = start_spaced();
    ASSERT_TRUE(listening()) << relay->err();
    comment("four");
    ASSERT_TRUE(delivered(4)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: two", "[TikTok] Ann: three",
                                     "[TikTok] Ann: four"));
    expect_spaced();  // over the restart, too
}

TEST_F(spacing_e2e, a_restart_loop_of_an_ordinary_bot_keeps_twitchs_limits) {
    for (int round = 0; round < 5; ++round) {
        auto relay = start_spaced();
        ASSERT_TRUE(listening()) << relay->err();
        const auto before = texts().size();
        comment("round " + std::to_string(round));
        ASSERT_TRUE(delivered(before + 1)) << relay->err();
        relay->signal(SIGKILL);
        relay->wait();
        ASSERT_TRUE(gone());
    }
    EXPECT_EQ(texts().size(), 5u);
    expect_spaced();
}

TEST_F(relay_fixture, a_maintenance_reconnect_of_twitch_loses_and_repeats_nothing) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1));
    world_.call([this] { world_.twitch().reconnect("bot", std::chrono::seconds(1)); });
    comment("two");
    ASSERT_TRUE(world_.wait_for([this] { return world_.twitch().logins() >= 2; }, std::chrono::seconds(20)));
    comment("three");
    ASSERT_TRUE(world_.wait_for(
        [this] {
            const auto& lines = world_.twitch().rules().delivered();
            return !lines.empty() && lines.back().text.find("three") != std::string::npos;
        },
        std::chrono::seconds(20)))
        << relay->err();
    stop(*relay);
    std::string all;
    for (const auto& text : texts())
        all += text + "\n";
    for (const char* word : {"one", "two", "three"})
        EXPECT_EQ(all.find(word), all.rfind(word)) << all;
    EXPECT_THAT(all, HasSubstr("two"));
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(report().at("relayed"), 3);
    expect_balanced(report());
}

TEST_F(relay_fixture, hostile_text_arrives_as_text) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("/ban @everyone\r\nPRIVMSG #chan :injected", "Eve\r\nQUIT");
    ASSERT_TRUE(delivered(1)) << relay->err();
    comment("\xff\xfe\x00 broken \xf0\x9f", std::string("\xe2\x80\xae") + "gro.live");
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(violations(), IsEmpty());
    for (const auto& text : texts())
        EXPECT_EQ(text.rfind("[TikTok] ", 0), 0u) << text;
    EXPECT_THAT(texts(), Contains("[TikTok] Eve QUIT: /ban \uff20everyone PRIVMSG #chan :injected"));
}

TEST_F(relay_fixture, a_refused_line_is_counted_under_its_reason) {
    world_.call([this] { world_.twitch().rules().block_term("chan", "forbidden"); });
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("a forbidden word");
    ASSERT_TRUE(world_.wait_for([this] { return !world_.twitch().rules().refusals().empty(); }));
    comment("fine");
    ASSERT_TRUE(delivered(1)) << relay->err();
    stop(*relay);
    EXPECT_EQ(report().at("dropped").at("refused_msg_rejected_mandatory"), 1);
    EXPECT_EQ(report().at("relayed"), 1);
    expect_balanced(report());
}

TEST_F(relay_fixture, waits_for_the_streamer_and_relays_each_new_live) {
    world_.call([this] { world_.tiktok().find_room("ann")->set_state(sim::account_state::offline); });
    auto relay = start();
    ASSERT_TRUE(relay->wait_for_err("not live"));
    world_.call([this] { world_.tiktok().restart("ann"); });
    ASSERT_TRUE(listening()) << relay->err();
    comment("first live");
    ASSERT_TRUE(delivered(1)) << relay->err();
    world_.call([this] { world_.tiktok().end_live("ann"); });
    ASSERT_TRUE(relay->wait_for_err("has ended"));
    world_.call([this] { world_.tiktok().restart("ann"); });
    ASSERT_TRUE(listening()) << relay->err();
    comment("second live");
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: first live", "[TikTok] Ann: second live"));
}

TEST_F(relay_fixture, a_live_that_ends_without_a_word_is_noticed_and_the_next_one_found) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("old live");
    ASSERT_TRUE(delivered(1)) << relay->err();
    // The socket stays open and answers heartbeats; only the lookups know.
    world_.call([this] { world_.tiktok().find_room("ann")->set_state(sim::account_state::offline); });
    ASSERT_TRUE(relay->wait_for_err("has ended")) << relay->err();
    world_.call([this] { world_.tiktok().restart("ann"); });
    ASSERT_TRUE(listening()) << relay->err();
    comment("new live");
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: old live", "[TikTok] Ann: new live"));
}

TEST_F(relay_fixture, once_ends_with_the_live_after_sending_what_waits) {
    auto relay = start({"--once"});
    ASSERT_TRUE(listening()) << relay->err();
    comment("last words");
    world_.call([this] { world_.tiktok().end_live("ann"); });
    ASSERT_EQ(relay->wait(), 0) << relay->err();
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: last words"));
    expect_balanced(report());
}

TEST_F(relay_fixture, a_dry_run_prints_what_would_be_said_and_sends_nothing) {
    auto relay = start({"--dry-run"});
    ASSERT_TRUE(world_.wait_for([this] { return world_.tiktok().listening_sockets("ann") == 1; }))
        << relay->err();
    comment("hello");
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (relay->out().empty() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    stop(*relay);
    EXPECT_THAT(relay->out(), HasSubstr("[TikTok] Ann: hello"));
    EXPECT_THAT(texts(), IsEmpty());
    EXPECT_EQ(report().at("received"), 1);
}

TEST_F(relay_fixture, a_room_that_fails_does_not_disturb_the_others) {
    const auto config = temp_.write("config.toml",
                                    "[[route]]\ntiktok = \"nobody\"\nchannel = \"chan\"\n"
                                    "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n");
    process relay({T2T_BINARY, "--config", config, "--state-dir", state_()}, environment());
    ASSERT_TRUE(listening()) << relay.err();
    ASSERT_TRUE(relay.wait_for_err("tiktok/@nobody")) << relay.err();
    comment("hello");
    ASSERT_TRUE(delivered(1)) << relay.err();
    relay.signal(SIGINT);
    EXPECT_EQ(relay.wait(), 0) << relay.err();
}

TEST_F(relay_fixture, a_reload_adds_and_removes_routes_and_a_bad_file_changes_nothing) {
    world_.call([this] {
        world_.twitch().rules().add_channel("other");
        world_.twitch().rules().set_role("bot", "other", sim::role::moderator);
    });
    const auto config = temp_.write("config.toml", "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n");
    process relay({T2T_BINARY, "--config", config, "--state-dir", state_()}, environment());
    ASSERT_TRUE(listening()) << relay.err();
    const auto sockets = world_.call([this] { return world_.tiktok().sockets().size(); });

    temp_.write("config.toml", "[[route]]\ntiktok = \"ann\"\nchanel = \"chan\"\n");
    relay.signal(SIGHUP);
    ASSERT_TRUE(relay.wait_for_err("stays")) << relay.err();
    comment("still here");
    ASSERT_TRUE(delivered(1)) << relay.err();

    temp_.write("config.toml",
                "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n[[route]]\ntiktok = \"ann\"\nchannel = "
                "\"other\"\n");
    relay.signal(SIGHUP);
    ASSERT_TRUE(world_.wait_for([this] { return world_.twitch().joined("bot", "other"); })) << relay.err();
    comment("to both");
    ASSERT_TRUE(delivered(3)) << relay.err();
    EXPECT_EQ(world_.call([this] { return world_.tiktok().sockets().size(); }), sockets)
        << "a route that did not change keeps its connection";

    temp_.write("config.toml", "[[route]]\ntiktok = \"ann\"\nchannel = \"other\"\n");
    relay.signal(SIGHUP);
    ASSERT_TRUE(relay.wait_for_err("1 removed")) << relay.err();
    comment("to one");
    ASSERT_TRUE(delivered(4)) << relay.err();
    relay.signal(SIGTERM);
    EXPECT_EQ(relay.wait(), 0) << relay.err();
    EXPECT_EQ(texts().size(), 4u);
}

}  // namespace
}  // namespace tiktok2twitch::test
