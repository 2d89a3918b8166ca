// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The recordings were encoded by an independent implementation of the schema; their manifests say what a
// correct decoder must find.

#include "tiktok2twitch/app/replay/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "support/manifest.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/egress/explain.hpp"
#include "tiktok2twitch/sim/tiktok/push_framer.hpp"
#include "tiktok2twitch/sim/tiktok/room.hpp"

namespace tiktok2twitch::app {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

struct replayed {
    std::vector<std::string> lines;
    json report;
    tiktok::frame_counts counts;
};

replayed replay(const std::string& name, bool paced = false) {
    const auto frames = tiktok::parse_recording(test::read_file(test::recording_path(name + ".jsonl.gz")));
    EXPECT_TRUE(frames.has_value());
    replay_settings settings;
    settings.effective = default_config();
    settings.effective.filter.links = relay::link_action::allow;  // other tests look at links
    settings.paced = paced;
    replayed result;
    const auto done = run_replay(settings, *frames, [&result](core::duration, std::string_view line) {
        result.lines.emplace_back(line);
    });
    result.report = json::parse(done.report).at("routes").at(0);
    result.counts = done.counts;
    return result;
}

// The bracket codes that occur in the recordings.
std::string with_signs(std::string text) {
    for (const auto& [code, sign] :
         {std::pair{"[laugh]", "😆"}, std::pair{"[wow]", "😮"}, std::pair{"[heart]", "❤️"}}) {
        const std::string_view typed = code;
        for (auto at = text.find(typed); at != std::string::npos; at = text.find(typed, at))
            text.replace(at, typed.size(), sign);
    }
    return text;
}

class replay_recording_test : public testing::TestWithParam<const char*> {};

TEST_P(replay_recording_test, every_comment_of_the_manifest_becomes_one_line) {
    const auto manifest = test::load_manifest(GetParam());
    const auto result = replay(GetParam());
    std::vector<std::string> expected;
    std::set<std::string> seen;
    for (const auto& chat : manifest.at("chats")) {
        if (chat.at("history").get<bool>() || !seen.insert(chat.at("msg_id").dump()).second)
            continue;
        const auto text = core::clean_text(with_signs(chat.at("text").get<std::string>()));
        if (text.empty())
            continue;
        auto name = core::clean_text(chat.at("nickname").get<std::string>());
        // Cut names are the formatter's own tests' business.
        if (name.empty() || core::count_clusters(name) > 32 || core::count_code_points(name) > 64)
            continue;
        expected.push_back("[TikTok] " + name + ": " + text);
    }
    ASSERT_FALSE(expected.empty());
    std::multiset<std::string> said(result.lines.begin(), result.lines.end());
    std::size_t missing = 0;
    for (const auto& line : expected)
        if (const auto found = said.find(line); found != said.end())
            said.erase(found);
        else if (core::count_code_points(line) <= 480 && ++missing <= 3)
            ADD_FAILURE() << "not said: " << line;
    // Nothing but what has no text, and follows over their limit, is left unsaid.
    const auto& filtered = result.report.at("filtered");
    EXPECT_EQ(result.report.at("received").get<std::size_t>(),
              result.report.at("relayed").get<std::size_t>() + filtered.value("empty", std::size_t{0}) +
                  filtered.value("kind_limit", std::size_t{0}));
    EXPECT_EQ(result.report.at("pending"), 0);
    EXPECT_EQ(result.counts.undecodable_frames, 0u);
}

INSTANTIATE_TEST_SUITE_P(recordings, replay_recording_test,
                         testing::Values("quiet", "middling", "busy", "gifts", "hostile"),
                         [](const auto& recording) { return std::string(recording.param); });

TEST(replay_test, hostile_text_never_leaves_its_place) {
    for (const auto& line : replay("hostile").lines) {
        EXPECT_EQ(line.rfind("[TikTok] ", 0), 0u) << line;
        EXPECT_LE(core::count_code_points(line), 480U);
        for (const char c : line)
            EXPECT_GE(static_cast<unsigned char>(c), 0x20) << line;
        for (std::size_t at = line.find('@'); at != std::string::npos; at = line.find('@', at + 1))
            EXPECT_TRUE(at + 1 == line.size() || line[at + 1] == ' ') << line;
    }
}

TEST(replay_test, paced_keeps_the_books_and_the_budget) {
    const auto result = replay("busy", true);
    const auto& report = result.report;
    std::size_t settled = report.at("relayed").get<std::size_t>() + report.at("folded").get<std::size_t>() +
                          report.at("pending").get<std::size_t>();
    for (const auto* kind : {"filtered", "dropped"})
        for (const auto& entry : report.at(kind).items())
            settled += entry.value().get<std::size_t>();
    EXPECT_EQ(report.at("received").get<std::size_t>(), settled);
    EXPECT_EQ(report.at("lines_sent").get<std::size_t>(), result.lines.size());
    EXPECT_LE(result.lines.size(), report.at("received").get<std::size_t>());
}

// Whoever adds up the lines of --explain comes to the numbers of the report.
TEST(replay_test, the_explanation_tells_of_every_message_that_was_not_said) {
    const auto frames = tiktok::parse_recording(test::read_file(test::recording_path("busy.jsonl.gz")));
    ASSERT_TRUE(frames.has_value());
    replay_settings settings;
    settings.effective = default_config();
    settings.effective.filter.hold_new_users = std::chrono::seconds(5);
    settings.effective.twitch.backlog = 20;
    settings.paced = true;
    using kind = egress::judgement::kind;
    std::map<kind, std::size_t> told;
    settings.explain = [&told](const relay::event&, const egress::judgement& judgement) {
        ++told[judgement.what];
    };
    const auto done = run_replay(settings, *frames, [](core::duration, std::string_view) {});
    const auto report = json::parse(done.report).at("routes").at(0);
    const auto sum = [&report](const char* key) {
        std::size_t total = 0;
        for (const auto& entry : report.at(key).items())
            total += entry.value().get<std::size_t>();
        return total;
    };
    EXPECT_GT(sum("dropped"), 0U);
    EXPECT_GT(sum("held"), 0U);
    EXPECT_EQ(told[kind::dropped], sum("dropped"));
    EXPECT_EQ(told[kind::filtered], sum("filtered"));
    EXPECT_EQ(told[kind::held], sum("held"));
    EXPECT_EQ(told[kind::folded], report.at("folded").get<std::size_t>());
}

config with_live_events() {
    auto settings = default_config();
    for (const auto kind :
         {relay::event_kind::live_start, relay::event_kind::live_pause, relay::event_kind::live_end})
        settings.events.of(kind).enabled = true;
    return settings;
}

// A room whose frames are recorded as they come, one a second.
class recorded_live : public testing::Test {
protected:
    void open() { add(framer_.enter_response(room_.welcome(now_), now_)); }
    void add(const sim::room_message& message) { add(framer_.batch({message}, now_)); }
    void add(std::string frame) {
        frames_.push_back({now_ - began, std::move(frame)});
        now_ += 1000;
    }
    void comment(std::string_view text) { add(room_.comment(ann_, text, now_)); }
    void roses(int count) {
        add(gift_message(room_.next_facts(now_), ann_,
                         {.gift_id = 5655,
                          .name = "Rose",
                          .diamonds = 1,
                          .streakable = true,
                          .group_id = 100,
                          .repeat_count = count,
                          .repeat_end = false}));
    }
    // Each with the second at which it was said.
    std::vector<std::string> lines(config settings = with_live_events()) {
        replay_settings options;
        options.effective = std::move(settings);
        options.room = "host";
        options.explain = [this](const relay::event& event, const egress::judgement& judgement) {
            explained_.push_back(egress::explain_judgement(event, judgement));
        };
        std::vector<std::string> out;
        const auto done = run_replay(options, frames_, [&out](core::duration at, std::string_view line) {
            const auto second = std::chrono::duration_cast<std::chrono::seconds>(at).count();
            out.push_back(std::to_string(second) + " " + std::string(line));
        });
        report_ = json::parse(done.report).at("routes").at(0);
        return out;
    }

    static constexpr core::unix_ms began = 1'789'625'531'000;
    core::unix_ms now_ = began;
    sim::tiktok_room room_{"host", 7300000000000000001, sim::account_state::live};
    sim::push_framer framer_{true, 1};
    sim::chatter ann_{5, "Ann", "ann.b"};
    std::vector<tiktok::recorded_frame> frames_;
    std::vector<std::string> explained_;
    json report_;
};

TEST_F(recorded_live, its_start_pauses_and_end_are_said_once_each) {
    open();
    comment("one");
    add(room_.pause(now_));
    add(room_.pause(now_));
    comment("two");
    open();
    add(room_.resume(now_));
    add(room_.pause(now_));
    add(room_.end(now_));
    add(room_.end(now_));
    EXPECT_THAT(lines(), ElementsAre("0 [TikTok] host is live", "1 [TikTok] Ann: one",
                                     "2 [TikTok] host has paused", "4 [TikTok] Ann: two",
                                     "7 [TikTok] host has paused", "8 [TikTok] host has ended"));
    EXPECT_EQ(report_.at("received"), 6);
    EXPECT_EQ(report_.at("relayed"), 6);
    EXPECT_EQ(report_.at("pending"), 0);
}

TEST_F(recorded_live, its_end_ends_the_open_streaks) {
    open();
    roses(3);
    add(room_.end(now_));
    comment("late");
    EXPECT_THAT(lines(), ElementsAre("0 [TikTok] host is live", "2 [TikTok] Ann sent 3x Rose (3 coins)",
                                     "2 [TikTok] host has ended", "3 [TikTok] Ann: late"));
}

TEST_F(recorded_live, suspension_is_an_end) {
    open();
    add(room_.suspend(now_));
    EXPECT_THAT(lines(), ElementsAre("0 [TikTok] host is live", "1 [TikTok] host has ended"));
}

TEST_F(recorded_live, only_a_new_connection_shows_a_live_after_the_end) {
    open();
    add(room_.end(now_));
    add(framer_.heartbeat_reply(now_));
    add(room_.pause(now_));
    comment("late");
    open();
    add(room_.pause(now_));
    add(room_.end(now_));
    EXPECT_THAT(lines(), ElementsAre("0 [TikTok] host is live", "1 [TikTok] host has ended",
                                     "4 [TikTok] Ann: late", "5 [TikTok] host is live",
                                     "6 [TikTok] host has paused", "7 [TikTok] host has ended"));
}

TEST_F(recorded_live, what_is_off_is_explained_and_in_no_book) {
    open();
    add(room_.pause(now_));
    add(room_.end(now_));
    EXPECT_THAT(lines(default_config()), IsEmpty());
    EXPECT_THAT(explained_, ElementsAre("not asked live_start of @host", "not asked live_pause of @host",
                                        "not asked live_end of @host"));
    EXPECT_EQ(report_.at("received"), 0);
}

TEST_P(replay_recording_test, the_live_starts_once_and_ends_as_the_manifest_says) {
    const auto frames =
        tiktok::parse_recording(test::read_file(test::recording_path(std::string(GetParam()) + ".jsonl.gz")));
    ASSERT_TRUE(frames.has_value());
    replay_settings settings;
    settings.effective = with_live_events();
    std::vector<std::string> said;
    run_replay(settings, *frames,
               [&said](core::duration, std::string_view line) { said.emplace_back(line); });
    EXPECT_EQ(said.front(), "[TikTok] replay is live");
    EXPECT_EQ(std::count(said.begin(), said.end(), "[TikTok] replay is live"), 1);
    EXPECT_EQ(std::count(said.begin(), said.end(), "[TikTok] replay has ended"),
              test::load_manifest(GetParam()).at("ended").get<bool>() ? 1 : 0);
}

}  // namespace
}  // namespace tiktok2twitch::app
