// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The recordings were encoded by an independent implementation of the schema; their manifests say what a
// correct decoder must find.

#include "tiktok2twitch/app/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "support/manifest.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {
namespace {

using nlohmann::json;

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
        else if (core::count_code_points(line) <= 450 && ++missing <= 3)
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
        EXPECT_LE(core::count_code_points(line), 450u);
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
    using kind = judgement::kind;
    std::map<kind, std::size_t> told;
    settings.explain = [&told](const relay::event&, const judgement& judgement) {
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

}  // namespace
}  // namespace tiktok2twitch::app
