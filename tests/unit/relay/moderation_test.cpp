// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/moderation/moderation.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr core::time_point start{std::chrono::hours(1000)};
constexpr core::unix_ms wall_start = 1'800'000'000'000;
constexpr auto minute = std::chrono::minutes(1);
constexpr auto day = std::chrono::hours(24);

core::unix_ms milliseconds(core::duration span) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

struct moderation_test : testing::Test {
    moderation subject;
    core::time_point now = start;
    core::duration jumped{};  // of the wall clock
    core::unix_ms wall() const { return wall_start + milliseconds(now - start + jumped); }

    moderation::effect type(const std::string& rest) {
        const auto parsed = parse_command("!tiktok " + rest, "!tiktok");
        EXPECT_TRUE(parsed) << rest;
        return subject.apply(*parsed, now, "!tiktok");
    }
    static event from(std::int64_t id, const std::string& unique_id, event_kind kind = event_kind::chat) {
        event out;
        out.kind = kind;
        out.from.id = id;
        out.from.unique_id = unique_id;
        return out;
    }
    std::string_view verdict(const event& what) const { return subject.verdict(what, now); }
    std::string text() const { return subject.text(now, wall()); }
    moderation restarted() const { return read(text()).value(); }
    core::result<moderation> read(const std::string& saved) const {
        return moderation::parse(saved, now, wall());
    }
};

TEST_F(moderation_test, pause_holds_everything_until_resume) {
    EXPECT_EQ(type("pause").answer, "paused; '!tiktok resume' goes on");
    EXPECT_TRUE(subject.paused());
    EXPECT_EQ(verdict(from(1, "ann", event_kind::gift)), "paused");
    type("resume");
    EXPECT_EQ(verdict(from(1, "ann")), "");
}

TEST_F(moderation_test, only_gifts_lets_nothing_else_through_and_ends_with_off) {
    type("only gifts");
    EXPECT_EQ(verdict(from(1, "ann")), "only_gifts");
    EXPECT_EQ(verdict(from(1, "ann", event_kind::follow)), "only_gifts");
    EXPECT_EQ(verdict(from(1, "ann", event_kind::gift)), "");
    EXPECT_THAT(type("resume").answer, HasSubstr("only gifts")) << "what holds is said";
    type("only off");
    EXPECT_EQ(verdict(from(1, "ann")), "");
}

TEST_F(moderation_test, a_mute_meets_the_handle_in_any_case_and_the_permanent_id) {
    type("mute @Ann.Fan");
    type("mute 6800");
    EXPECT_EQ(verdict(from(5, "ann.FAN")), "muted_user");
    EXPECT_EQ(verdict(from(6800, "renamed")), "muted_user");
    EXPECT_EQ(verdict(from(6801, "ann")), "");
}

TEST_F(moderation_test, an_unknown_author_is_not_the_user_called_zero) {
    type("mute 0");
    EXPECT_EQ(verdict(from(0, "")), "");
}

TEST_F(moderation_test, a_nickname_that_nobody_looked_up_mutes_nobody) {
    const auto done = type("mute Third Person");
    EXPECT_EQ(done.answer, "nobody is called that");
    EXPECT_FALSE(done.changed);
    EXPECT_EQ(text(), moderation().text(now, wall()));
}

TEST_F(moderation_test, the_streamer_can_be_muted_too) {
    type("mute host");
    auto host = from(9, "host");
    host.from.streamer = true;
    EXPECT_EQ(verdict(host), "muted_user");
}

TEST_F(moderation_test, a_mute_with_an_end_ends_and_vanishes) {
    EXPECT_THAT(type("mute ann 2").answer, HasSubstr("2 minutes"));
    EXPECT_THAT(type("mute bob 1").answer, HasSubstr("1 minute;"));
    now = start + 2 * minute - std::chrono::milliseconds(1);
    EXPECT_EQ(verdict(from(1, "ann")), "muted_user");
    EXPECT_EQ(verdict(from(1, "bob")), "");
    now = start + 2 * minute;
    EXPECT_EQ(verdict(from(1, "ann")), "");
    EXPECT_THAT(text(), HasSubstr("ann"));
    EXPECT_TRUE(type("status").changed) << "what expired is to be saved";
    EXPECT_THAT(text(), testing::Not(HasSubstr("ann")));
    EXPECT_FALSE(type("status").changed);
}

TEST_F(moderation_test, muting_again_replaces_the_end) {
    type("mute ann 1");
    type("mute ann");
    now += 100 * minute;
    EXPECT_EQ(verdict(from(1, "ann")), "muted_user");
    EXPECT_TRUE(type("unmute ann").changed);
    EXPECT_EQ(verdict(from(1, "ann")), "");
    const auto again = type("unmute ann");
    EXPECT_FALSE(again.changed);
    EXPECT_THAT(again.answer, HasSubstr("not muted"));
}

TEST_F(moderation_test, at_most_a_thousand_users_are_muted_and_expired_ones_make_room) {
    type("mute brief 1");
    for (std::size_t i = 1; i < moderation::most_mutes; ++i)
        EXPECT_TRUE(type("mute user" + std::to_string(i)).changed);
    const auto refused = type("mute one_more");
    EXPECT_FALSE(refused.changed);
    EXPECT_THAT(refused.answer, HasSubstr("1000"));
    EXPECT_EQ(verdict(from(1, "one_more")), "");
    EXPECT_TRUE(type("mute user5 3").changed) << "known ones can be changed all the same";
    now += minute;
    EXPECT_TRUE(type("mute one_more").changed);
    EXPECT_EQ(verdict(from(1, "one_more")), "muted_user");
}

TEST_F(moderation_test, words_are_blocked_once_however_they_are_written) {
    const auto done = type("block Bad Word");
    EXPECT_TRUE(done.changed);
    EXPECT_THAT(done.answer, testing::Not(HasSubstr("Bad"))) << "blocked words are not said";
    EXPECT_FALSE(type("block bad WORD").changed);
    EXPECT_THAT(subject.blocked_words(), ElementsAre("Bad Word"));
    EXPECT_FALSE(type("unblock other").changed);
    EXPECT_TRUE(type("unblock BAD word").changed);
    EXPECT_THAT(subject.blocked_words(), IsEmpty());
}

TEST_F(moderation_test, at_most_five_hundred_words_are_blocked) {
    for (std::size_t i = 0; i < moderation::most_blocks; ++i)
        EXPECT_TRUE(type("block w" + std::to_string(i)).changed);
    const auto refused = type("block one");
    EXPECT_FALSE(refused.changed);
    EXPECT_THAT(refused.answer, HasSubstr("500"));
    EXPECT_EQ(subject.blocked_words().size(), moderation::most_blocks);
}

TEST_F(moderation_test, slow_is_kept_and_zero_ends_it) {
    EXPECT_THAT(type("slow 7").answer, HasSubstr("7 s; '!tiktok slow 0'"));
    EXPECT_EQ(subject.slow(), std::chrono::seconds(7));
    EXPECT_TRUE(type("slow 0").changed);
    EXPECT_EQ(subject.slow(), std::chrono::seconds(0));
}

TEST_F(moderation_test, the_caller_answers_status_approve_and_deny) {
    for (const auto* command : {"status", "approve", "deny"})
        EXPECT_EQ(type(command).answer, "");
}

TEST_F(moderation_test, answers_are_one_line_that_pings_nobody_and_is_no_command) {
    const std::string word = "@bot/\r\n" + std::string(300, 'w');
    for (const chat_command& typed :
         {chat_command(command::help{}), chat_command(command::pause{}),
          chat_command(command::mute{{".ban"}}), chat_command(command::unmute{{".ban"}}),
          chat_command(command::unmute{{".ban"}}), chat_command(command::unblock{"/me"}),
          chat_command(command::block{"@ann"}), chat_command(command::bad{"usage: @ann\r\nQUIT"})}) {
        const auto answer = subject.apply(typed, now, word).answer;
        EXPECT_LE(core::count_code_points(answer), 200U);
        EXPECT_THAT(answer, testing::MatchesRegex("^[a-z][^@\r\n]*$")) << answer;
    }
}

TEST_F(moderation_test, everything_survives_a_restart) {
    for (const auto* command : {"mute ann", "mute bob 5", "block caf\u00e9", "pause", "only gifts", "slow 9"})
        type(command);
    subject = restarted();
    EXPECT_EQ(verdict(from(1, "cat")), "paused");
    EXPECT_TRUE(subject.only_gifts());
    EXPECT_EQ(subject.slow(), std::chrono::seconds(9));
    EXPECT_EQ(text(), subject.text(now, wall()));
    for (const auto* command : {"resume", "only off", "slow 0"})
        EXPECT_TRUE(type(command).changed) << command;
    subject = restarted();
    EXPECT_FALSE(subject.paused());
    EXPECT_FALSE(subject.only_gifts());
    EXPECT_EQ(subject.slow(), std::chrono::seconds(0));
    EXPECT_EQ(verdict(from(1, "ann")), "muted_user");
    EXPECT_EQ(verdict(from(1, "bob")), "muted_user");
    EXPECT_THAT(subject.blocked_words(), ElementsAre("caf\u00e9"));
    now += 5 * minute;
    EXPECT_EQ(verdict(from(1, "bob")), "") << "the end is a time, not a countdown";
}

TEST_F(moderation_test, a_wall_clock_that_jumps_ends_no_mute_and_lengthens_none) {
    for (const core::duration jump : {core::duration(day), core::duration(-day)}) {
        subject = moderation();
        type("mute bob 5");
        jumped += jump;
        EXPECT_EQ(verdict(from(1, "bob")), "muted_user");
        subject = restarted();  // saved and read after the jump
        EXPECT_EQ(verdict(from(1, "bob")), "muted_user");
        now += 5 * minute;
        EXPECT_EQ(verdict(from(1, "bob")), "");
    }
}

TEST_F(moderation_test, a_wall_clock_that_went_back_while_no_relay_ran_lengthens_no_mute) {
    type("mute bob 5");
    const auto saved = text();
    jumped = -day;
    subject = read(saved).value();
    now += 5 * minute;
    EXPECT_EQ(verdict(from(1, "bob")), "");
}

TEST_F(moderation_test, a_mute_that_ended_while_no_relay_ran_is_over) {
    type("mute bob 5");
    const auto saved = text();
    now += 6 * minute;
    subject = read(saved).value();
    EXPECT_EQ(verdict(from(1, "bob")), "");
    EXPECT_FALSE(subject.has_timed_mutes());
}

TEST_F(moderation_test, only_what_is_saved_counts_as_a_change) {
    for (const auto* command : {"resume", "only off", "slow 0", "status", "help", "mute", "frobnicate"})
        EXPECT_FALSE(type(command).changed) << command;
    for (const auto* command : {"pause", "only gifts", "slow 5"}) {
        EXPECT_TRUE(type(command).changed) << command;
        EXPECT_FALSE(type(command).changed) << command;
    }
    EXPECT_TRUE(type("mute ann").changed);
    EXPECT_TRUE(type("block word").changed);
}

TEST_F(moderation_test, unknown_fields_of_a_saved_state_are_ignored) {
    const auto state =
        read(R"({"version":1,"new":[1],"mutes":[{"user":"ann","until":0,"by":"x"}],"blocks":["w"]})");
    ASSERT_TRUE(state);
    EXPECT_EQ(state->verdict(from(1, "ann"), now), "muted_user");
    EXPECT_TRUE(read(R"({"version":1})"));
}

TEST_F(moderation_test, damaged_states_are_refused_with_a_name) {
    const auto varied = [](std::size_t length) {  // runs of one letter are cut
        std::string out;
        while (out.size() < length)
            out += out.size() % 2 == 0 ? 'x' : 'y';
        return out;
    };
    const auto many = [](const char* list, const std::string& entry, std::size_t count) {
        std::string out = std::string("{\"version\":1,\"") + list + "\":[";
        for (std::size_t i = 0; i < count; ++i)
            out += (i > 0 ? "," : "") + entry;
        return out + "]}";
    };
    for (const std::string& text :
         {std::string(),
          std::string("{"),
          std::string("null"),
          std::string("[]"),
          std::string("{}"),
          std::string(R"({"version":2})"),
          std::string(R"({"version":"1"})"),
          std::string(R"({"version":1,"mutes":{}})"),
          std::string(R"({"version":1,"mutes":[5]})"),
          std::string(R"({"version":1,"mutes":[{"user":"a b","until":0}]})"),
          std::string(R"({"version":1,"mutes":[{"user":"a","until":-1}]})"),
          std::string(R"({"version":1,"mutes":[{"user":"a","until":18446744073709551615}]})"),
          std::string(R"({"version":1,"mutes":[{"user":"a","until":1.5}]})"),
          std::string(R"({"version":1,"mutes":[{"user":7,"until":0}]})"),
          std::string(R"({"version":1,"mutes":[{"user":"a"}]})"),
          std::string(R"({"version":1,"blocks":[""]})"),
          std::string(R"({"version":1,"blocks":[7]})"),
          std::string("{\"version\":1,\"blocks\":[\"\xff\"]}"),
          many("blocks", '"' + varied(51) + '"', 1),
          many("mutes", R"({"user":"a","until":0})", moderation::most_mutes + 1),
          many("blocks", R"("a")", moderation::most_blocks + 1),
          std::string(100'000, '['),
          subject.text(now, wall()).substr(0, 20)}) {
        const auto state = read(text);
        ASSERT_FALSE(state) << text.substr(0, 100);
        EXPECT_EQ(state.error(), core::make_error_code(core::errc::bad_moderation_state));
    }
    EXPECT_TRUE(read(many("blocks", '"' + varied(50) + '"', moderation::most_blocks)));
}

}  // namespace
}  // namespace tiktok2twitch::relay
