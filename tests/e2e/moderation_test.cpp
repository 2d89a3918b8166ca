// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Twitch moderators steer the relay from chat; TikTok's moderators take back what waits.

#include <algorithm>
#include <filesystem>
#include <set>
#include <thread>

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class moderation_e2e : public relay_fixture {
protected:
    void type(const std::string& text, const std::string& badges = "moderator/1",
              const std::string& login = "vera") {
        world_.call([&] { world_.twitch().say_with_badges(badges, login, "chan", text); });
    }
    // A moderator types, and the relay answers.
    std::string command(const std::string& text) {
        const auto before = texts().size();
        type(text);
        return delivered(before + 1) ? texts().at(before) : "no answer";
    }
    // Until the relay has taken in what was written before.
    bool status_says(const std::string& words) {
        for (int i = 0; i < 100; ++i) {
            if (command("!tiktok status").find(words) != std::string::npos)
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }
};

TEST_F(moderation_e2e, moderators_and_the_broadcaster_command_and_nobody_else_is_even_answered) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    type("!tiktok pause", "vip/1");
    type("!tiktok pause", "subscriber/12");
    type("!tiktok pause", "", "stranger");
    type("!tiktok pause", "", "bot");
    comment("still said");
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: still said"));

    EXPECT_EQ(command("!tiktok pause"), "paused; '!tiktok resume' goes on");
    type("!tiktok resume", "vip/1", "vip");
    comment("held back");
    ASSERT_TRUE(status_says("1 filtered")) << relay->err();
    const auto before = texts().size();
    type("!tiktok resume", "broadcaster/1,subscriber/0", "chan");
    ASSERT_TRUE(delivered(before + 1)) << relay->err();
    EXPECT_EQ(texts().back(), "going on");
    // Typed by a person who uses the bot's account as well.
    type("!tiktok slow 0", "moderator/1", "bot");
    ASSERT_TRUE(delivered(before + 2)) << relay->err();
    comment("said again");
    ASSERT_TRUE(delivered(before + 3)) << relay->err();
    stop(*relay);
    EXPECT_EQ(texts().back(), "[TikTok] Ann: said again");
    EXPECT_THAT(texts(), Not(Contains(HasSubstr("held back"))));
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(report().at("filtered").at("paused"), 1);
    EXPECT_EQ(report().at("relayed"), 2);
    EXPECT_EQ(report().at("lines_sent"), 2) << "answers are in no route's books";
    expect_balanced(report());
}

TEST_F(moderation_e2e, what_moderators_set_survives_a_killed_relay) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    EXPECT_THAT(command("!tiktok mute @Loud_One"), HasSubstr("muted loud_one"));
    EXPECT_THAT(command("!tiktok block badword"), HasSubstr("1 word"));
    EXPECT_THAT(command("!tiktok pause"), HasSubstr("paused"));
    // A worker writes it, so that a slow disk holds up no line: it may come after the answer.
    ASSERT_TRUE(temp_.gets("state/moderation-bot-chan.rec", "\"paused\": true"));
    relay->signal(SIGKILL);
    relay->wait();
    EXPECT_THAT(temp_.read("state/moderation-bot-chan.rec"), HasSubstr("loud_one"));
    EXPECT_THAT(temp_.read("state/moderation-bot-chan.rec"), HasSubstr("badword"));
    ASSERT_TRUE(gone());
    relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("paused by a moderator, since before this start"));
    comment_from(502, "calm_one", "not said");
    ASSERT_TRUE(received(1)) << relay->err();
    EXPECT_EQ(command("!tiktok resume"), "going on");
    comment_from(501, "loud_one", "can you hear me");
    comment_from(502, "calm_one", "hello");
    ASSERT_TRUE(delivered(5)) << relay->err();
    EXPECT_EQ(command("!tiktok unmute loud_one"), "heard again: loud_one");
    comment_from(501, "loud_one", "and now");
    ASSERT_TRUE(delivered(7)) << relay->err();
    stop(*relay);
    EXPECT_EQ(texts().at(4), "[TikTok] calm_one: hello");
    EXPECT_EQ(texts().back(), "[TikTok] loud_one: and now");
    EXPECT_EQ(report().at("filtered").at("muted_user"), 1);
    EXPECT_EQ(report().at("filtered").at("paused"), 1);
    expect_balanced(report());
}

TEST_F(moderation_e2e, a_damaged_state_is_named_kept_aside_and_not_fatal) {
    std::filesystem::create_directories(state_());
    temp_.write("state/moderation-bot-chan.rec", "{\"version\":1,\"mutes\":");
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("bad_moderation_state"));
    EXPECT_THAT(command("!tiktok mute ann"), HasSubstr("muted ann"));
    stop(*relay);
    EXPECT_EQ(temp_.read("state/moderation-bot-chan.rec.damaged"), "{\"version\":1,\"mutes\":");
    EXPECT_THAT(temp_.read("state/moderation-bot-chan.rec"), HasSubstr("\"ann\""));
}

TEST_F(moderation_e2e, a_pause_stops_what_already_waits) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    hold_answers();
    comment("in flight");
    ASSERT_TRUE(delivered(1)) << relay->err();
    comment("waits");
    ASSERT_TRUE(received(2)) << relay->err();
    type("!tiktok pause");
    ASSERT_TRUE(relay->wait_for_err("paused; ")) << relay->err();
    release_answers();
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: in flight", StartsWith("paused")));
    EXPECT_EQ(report().at("received"), 2);
    EXPECT_EQ(report().at("relayed"), 1);
    expect_balanced(report());
}

TEST_F(moderation_e2e, a_block_and_a_reload_stop_what_already_waits) {
    const std::string routes = "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n";
    const auto config = temp_.write("config.toml", routes);
    process relay(
        {T2T_BINARY, "--config", config, "--state-dir", state_(), "--report", temp_.file("report.json")},
        environment());
    ASSERT_TRUE(listening()) << relay.err();
    hold_answers();
    comment_from(501, "first_one", "a kumquat in flight");
    ASSERT_TRUE(delivered(1)) << relay.err();
    comment_from(502, "second_one", "a kumquat waits");
    comment_from(503, "third_one", "call 55555");
    comment_from(504, "fourth_one", "stays");
    ASSERT_TRUE(received(4)) << relay.err();
    type("!tiktok block Kumquat");
    ASSERT_TRUE(relay.wait_for_err("blocked, 1 word")) << relay.err();
    temp_.write("config.toml", "[filter]\npatterns = ['\\d{5}']\n" + routes);
    relay.signal(SIGHUP);
    ASSERT_TRUE(relay.wait_for_err("configuration reloaded")) << relay.err();
    release_answers();
    ASSERT_TRUE(delivered(3)) << relay.err();
    stop(relay);
    EXPECT_THAT(texts(), ElementsAre(HasSubstr("in flight"), StartsWith("blocked, 1 word"),
                                     "[TikTok] fourth_one: stays"));
    EXPECT_EQ(report().at("filtered").at("blocked_word"), 1);
    EXPECT_EQ(report().at("filtered").at("blocked_pattern"), 1);
    EXPECT_EQ(report().at("relayed"), 2);
    expect_balanced(report());
}

TEST_F(moderation_e2e, status_tells_the_books_without_pinging_anybody) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_EQ(command("!TIKTOK Status"),
              "relaying \uff20"
              "ann: 1 said, 0 wait, 0 dropped");
    EXPECT_THAT(command("!tiktok only gifts"), StartsWith("only gifts"));
    comment("two");
    ASSERT_TRUE(status_says("1 filtered")) << relay->err();
    EXPECT_THAT(command("!tiktok status"), StartsWith("relaying only gifts \uff20"
                                                      "ann: 1 said"));
    EXPECT_THAT(command("!tiktok"), StartsWith("commands: "));
    EXPECT_THAT(command("!tiktok slow fast"), StartsWith("usage: !tiktok slow"));
    EXPECT_EQ(command("!tiktok approve"), "nothing is held");
    stop(*relay);
    EXPECT_EQ(report().at("filtered").at("only_gifts"), 1);
    EXPECT_THAT(violations(), IsEmpty());
}

// Decided from another process, by numbers that no message gets twice.
TEST_F(moderation_e2e, what_is_held_waits_over_restarts_and_is_decided_by_command) {
    const std::vector<std::string> holds{"--set", "filter.words=kumquat", "--set",
                                         "filter.words_action=hold"};
    const auto tell = [this](std::vector<std::string> arguments, int code) {
        arguments.insert(arguments.begin(), T2T_BINARY);
        arguments.insert(arguments.end(), {"--state-dir", state_()});
        process asked(arguments, {});
        EXPECT_EQ(asked.wait(), code) << asked.err();
        return asked.out() + asked.err();
    };
    auto relay = start(holds);
    ASSERT_TRUE(listening()) << relay->err();
    comment("one kumquat");
    comment("two kumquat");
    comment("three kumquat");
    ASSERT_TRUE(relay->wait_for_err("three kumquat\" as number 3")) << relay->err();
    EXPECT_THAT(tell({"held"}, 0), HasSubstr("Ann: two kumquat"));
    EXPECT_THAT(tell({"deny", "2"}, 0), HasSubstr("dropped; still held: 1, 3"));
    EXPECT_THAT(tell({"deny", "2"}, 64), HasSubstr("number 2 is not held; held: 1, 3"));
    stop(*relay);
    EXPECT_EQ(report().at("pending"), 2) << "the next start has them";
    EXPECT_EQ(report().at("filtered").at("denied"), 1);
    expect_balanced(report());
    ASSERT_TRUE(gone());

    relay = start(holds);
    ASSERT_TRUE(listening()) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("2 held messages of an earlier run still waiting"));
    EXPECT_THAT(tell({"approve", "1", "--json"}, 0), HasSubstr("\"code\": 0"));
    ASSERT_TRUE(world_.wait_for(
        [this] {
            const auto& said = world_.twitch().rules().delivered();
            return std::ranges::any_of(
                said, [](const auto& line) { return line.text == "[TikTok] Ann: one kumquat"; });
        },
        std::chrono::seconds(20)))
        << relay->err();
    comment("four kumquat");
    ASSERT_TRUE(relay->wait_for_err("four kumquat\" as number 4")) << relay->err();
    const auto held = nlohmann::json::parse(tell({"held", "--json"}, 0)).at("held");
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(held.at(0).at("id"), 3);
    EXPECT_EQ(held.at(0).at("reason"), "blocked_word");
    ASSERT_TRUE(status_shows([](const nlohmann::json& route) { return route.at("relayed") == 1; }));
    relay->signal(SIGKILL);
    relay->wait();
    ASSERT_TRUE(gone());

    relay = start(holds);
    ASSERT_TRUE(listening()) << relay->err();
    comment("five kumquat");
    ASSERT_TRUE(relay->wait_for_err("five kumquat\" as number ")) << relay->err();
    const auto after = nlohmann::json::parse(tell({"held", "--json"}, 0)).at("held");
    std::set<int> numbers;
    for (const auto& each : after)
        numbers.insert(each.at("id").get<int>());
    EXPECT_EQ(numbers.size(), after.size());
    EXPECT_TRUE(numbers.contains(3));
    EXPECT_GT(*numbers.rbegin(), 4) << "no number twice, whatever was killed";
    tell({"approve", "9999"}, 64);
    stop(*relay);
    expect_balanced(report());
    EXPECT_THAT(texts(), Contains("[TikTok] Ann: one kumquat").Times(1));
}

TEST_F(moderation_e2e, chat_is_told_what_is_held_when_it_is_quiet) {
    auto relay = start({"--set", "filter.words=kumquat", "--set", "filter.words_action=hold"});
    ASSERT_TRUE(listening()) << relay->err();
    comment("a kumquat");
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_EQ(texts().at(0), "1 held for a moderator: 1 (Ann); '!tiktok approve NUMBER' or 'deny NUMBER'");
    stop(*relay);
    EXPECT_EQ(report().at("lines_sent"), 0) << "it is in no route's books";
    EXPECT_THAT(violations(), IsEmpty());
}

// Two moderators who look at the same message must not decide about the next one as well.
TEST_F(moderation_e2e, moderators_decide_about_the_message_they_mean) {
    auto relay = start({"--set", "filter.words=kumquat", "--set", "filter.words_action=hold"});
    ASSERT_TRUE(listening()) << relay->err();
    comment("a kumquat");
    ASSERT_TRUE(relay->wait_for_err("a kumquat\" as number 1")) << relay->err();
    comment("two kumquat");
    comment("three kumquat");
    ASSERT_TRUE(relay->wait_for_err("three kumquat\" as number 3")) << relay->err();
    EXPECT_EQ(command("!tiktok approve"), "which one? 1, 2, 3 are held; their words are in the relay's log");
    const auto before = texts().size();
    type("!tiktok approve 2");
    type("!tiktok approve 2");
    type("!tiktok deny 1");
    ASSERT_TRUE(delivered(before + 4)) << relay->err();
    const auto said = texts();
    EXPECT_THAT(said, Contains("[TikTok] Ann: two kumquat"));
    EXPECT_THAT(said, Contains("said what Ann wrote; still held: 1, 3"));
    EXPECT_THAT(said, Contains("number 2 is not held; still held: 1, 3"));
    EXPECT_THAT(said, Contains("dropped; still held: 3"));
    EXPECT_EQ(command("!tiktok deny"), "dropped; nothing more is held");
    stop(*relay);
    EXPECT_EQ(report().at("relayed"), 1);
    EXPECT_EQ(report().at("filtered").at("denied"), 2);
    expect_balanced(report());
}

TEST_F(moderation_e2e, slow_spaces_relayed_lines) {
    auto relay = start();
    ASSERT_TRUE(listening()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_THAT(command("!tiktok slow 60"), HasSubstr("60 s"));
    comment("two");
    ASSERT_TRUE(status_says("1 wait")) << "answers are not slowed";
    EXPECT_THAT(texts(), Not(Contains("[TikTok] Ann: two")));
    const auto before = texts().size();
    type("!tiktok slow 5");
    ASSERT_TRUE(delivered(before + 2)) << relay->err();
    stop(*relay);
    const auto times = world_.call([this] {
        const auto& lines = world_.twitch().rules().delivered();
        return std::pair(lines.front().at, lines.back().at);
    });
    // Counted from when the line was written; the stand-in looks at when it came.
    EXPECT_GE(times.second - times.first, std::chrono::seconds(4));
    EXPECT_THAT(texts(), Contains(HasSubstr("5 s")));
    EXPECT_THAT(texts(), Contains("[TikTok] Ann: two").Times(1));
}

TEST_F(moderation_e2e, a_relayed_line_is_never_a_command) {
    auto relay = start({"--set", "relay.template={text}"});
    ASSERT_TRUE(listening()) << relay->err();
    comment("!tiktok pause");
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_THAT(texts().at(0), Not(StartsWith("!")));
    comment("go on");
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    EXPECT_EQ(report().at("relayed"), 2);
}

TEST_F(moderation_e2e, what_tiktok_removes_while_it_waits_is_never_sent) {
    auto relay = start({"-v"});
    ASSERT_TRUE(listening()) << relay->err();
    hold_answers();
    comment_from(501, "first_one", "in flight");
    ASSERT_TRUE(delivered(1)) << relay->err();
    const auto gone = comment_from(502, "second_one", "removed alone");
    comment_from(503, "third_one", "removed with its author");
    comment_from(504, "fourth_one", "stays");
    remove({gone}, {503});
    ASSERT_TRUE(status_shows([](const nlohmann::json& route) {
        return route.at("received") == 4 && route.at("dropped").value("deleted_on_tiktok", 0) == 2;
    })) << relay->err();
    release_answers();
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] first_one: in flight", "[TikTok] fourth_one: stays"));
    EXPECT_EQ(report().at("dropped").at("deleted_on_tiktok"), 2);
    EXPECT_EQ(report().at("relayed"), 2);
    expect_balanced(report());
}

}  // namespace
}  // namespace tiktok2twitch::test
