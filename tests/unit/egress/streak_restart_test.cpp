// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Recorded rooms whose relay ends before some frame, by a kill or in order, and starts again as a new process
// with nothing but what was written: the coins that were said are those of the manifest. A second route
// leaves out what is cheap, and says as much of every streak as if it had come in one piece.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "support/manifest.hpp"
#include "support/policy.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/tiktok/room/message_memory.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::egress {
namespace {

using std::chrono::milliseconds;

constexpr core::unix_ms wall = 1'789'625'531'000;
const core::time_point start{std::chrono::hours(1000)};

constexpr std::int64_t threshold = 20;

using coins = std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>;  // by user and gift

struct said_coins {
    coins all;
    coins dear;  // of streaks worth the threshold
    bool operator==(const said_coins&) const = default;
};

// What a state directory holds.
struct disk {
    std::string notes;
    pipeline::done_before done;
};

class process {
public:
    process(disk& state, said_coins& said) : disk_(state), said_(said) {
        auto settings = app::default_config();
        settings.events.gift_min_coins = threshold;
        const auto dear = books_.add_route("host", "dear", test::policy("host", settings));
        books_.add_route("host", "chan", test::policy("host"));
        books_.set_explainer([this, dear](const relay::event& event, const judgement& judgement) {
            if (event.gift && judgement.what == judgement::kind::said)
                (judgement.route == dear ? said_.dear : said_.all)[{event.from.id, event.gift->id}] +=
                    event.gift->value();
        });
        EXPECT_EQ(books_.restore_streaks("host", disk_.notes, start, wall), 0U);
        books_.restore_done("host", disk_.done);
        for (const auto& [id, channels] : disk_.done)
            if (channels.size() == 2)
                memory_.restore_id(id);
    }

    void take(const std::vector<tiktok::decoded_event>& batch, core::time_point now) {
        while (books_.deadline() <= now)
            say(books_.poll(books_.deadline()));
        for (const auto& event : batch)
            if (memory_.judge(event.what.msg_id, event.what.created_at, event.history, event.what.kind) ==
                tiktok::message_memory::verdict::fresh)
                say(books_.on_event("host", event.what, now));
    }
    void stop(core::time_point now) {
        say(books_.finish(now));
        for (const auto& [id, route] : books_.routes())
            EXPECT_EQ(route.ledger.pending(), 0U);
    }

private:
    // As relay_service does it, with a Twitch that takes every line at once.
    void say(const pipeline::parts& parts) {
        write(books_.take_marks());
        for (const auto& part : parts) {
            write(books_.on_line(std::array{part.ticket}));
            write(books_.on_settled({part.ticket, part.route, relay::outcome::relayed, ""}));
        }
    }
    void write(const std::vector<seen_mark>& marks) {
        for (const auto& mark : marks)
            disk_.done[mark.msg_id].insert(mark.channel);
        for (const auto& [room, notes] : books_.take_notes(wall))
            disk_.notes += notes;
    }

    disk& disk_;
    said_coins& said_;
    tiktok::message_memory memory_;
    pipeline books_;
};

class streak_restart : public testing::TestWithParam<const char*> {};

TEST_P(streak_restart, process_that_ends_before_any_frame_changes_no_coin) {
    const std::string name = GetParam();
    const auto frames = tiktok::parse_recording(test::read_file(test::recording_path(name + ".jsonl.gz")));
    ASSERT_TRUE(frames);
    said_coins wanted;
    const auto manifest = test::load_manifest(name);
    for (const auto& gift : manifest.at("gifts")) {
        const std::pair<std::int64_t, std::int64_t> who_and_what{
            std::stoll(gift.at("user_id").get<std::string>()), gift.at("gift_id")};
        const auto worth = gift.at("coins").get<std::int64_t>();
        wanted.all[who_and_what] += worth;
        if (worth >= threshold)
            wanted.dear[who_and_what] += worth;
    }
    ASSERT_FALSE(wanted.dear.empty());

    tiktok::webcast_session session({}, 0);
    session.start(start);
    std::vector<std::vector<tiktok::decoded_event>> batches;
    for (const auto& recorded : *frames) {
        auto events = session.on_frame(recorded.frame, start).batch.events;
        std::erase_if(events, [](const auto& event) { return !event.what.gift; });
        batches.push_back(std::move(events));
    }
    const auto time_of = [&frames](std::size_t frame) {
        return start + milliseconds((*frames)[frame].t);
    };
    // Not at every frame: a sanitizer would take minutes. An odd step takes both ends in turn.
    for (std::size_t cut = 1; cut < batches.size(); cut += 7) {
        const bool killed = cut % 2 == 0;
        disk state;
        said_coins said;
        {
            process first(state, said);
            for (std::size_t i = 0; i < cut; ++i)
                first.take(batches[i], time_of(i));
            if (!killed)
                first.stop(time_of(cut));
        }
        process second(state, said);
        for (std::size_t i = cut; i < batches.size(); ++i)
            second.take(batches[i], time_of(i));
        second.stop(time_of(batches.size() - 1));
        ASSERT_TRUE(said == wanted) << (killed ? "killed" : "stopped") << " before frame " << cut;
    }
}

INSTANTIATE_TEST_SUITE_P(recordings, streak_restart, testing::Values("gifts", "middling"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace tiktok2twitch::egress
