// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// run_room against a way in that answers from a script: no sockets.
#include "tiktok2twitch/tiktok/client/room_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "support/io_fixture.hpp"
#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr std::int64_t room = 7001;

decoded_event comment(std::int64_t id, bool history = false) {
    decoded_event out;
    out.history = history;
    out.what.msg_id = id;
    out.what.created_at = 1'789'600'000'000 + id;
    return out;
}

// One connection: what it delivers, and how it ends.
struct visit {
    std::vector<decoded_batch> batches;
    connection_end end;
    bool holds = false;  // it goes on in silence until it is left
};

class scripted_way final : public way_in {
public:
    net::awaitable<core::result<room_status>> lookup_api(std::string unique_id) override {
        asked.push_back("api " + unique_id);
        room_status out;
        out.room_id = current_room;
        out.unique_id = name;
        out.status = lookups-- > 0 || over ? live_status::offline : live_status::live;
        if (missing > 0) {
            --missing;
            co_return errc::no_such_user;
        }
        co_return out;
    }
    net::awaitable<core::result<room_status>> lookup_page(std::string unique_id) override {
        asked.push_back("page " + unique_id);
        co_return errc::no_such_user;
    }
    net::awaitable<core::result<bool>> check_alive(std::int64_t) override {
        asked.push_back("alive");
        if (hangs)
            co_await test::io_fixture::sleep(1h);
        co_return false;
    }
    net::awaitable<std::vector<door_report>> try_doors() override { co_return std::vector<door_report>(); }
    net::awaitable<connection_end> connect(std::int64_t room_id, bool, room_sink& sink) override {
        asked.push_back("connect " + std::to_string(room_id));
        connection_end end;
        if (visits.empty()) {
            co_await test::io_fixture::sleep(1h);
            end.reason = net::asio::error::operation_aborted;
            co_return end;
        }
        visit next = std::move(visits.front());
        visits.pop_front();
        sink.on_connected(std::chrono::steady_clock::now());
        for (decoded_batch& batch : next.batches)
            sink.on_batch(std::move(batch), std::chrono::steady_clock::now());
        over = next.holds && ends_silently;
        if (next.holds)
            co_await test::io_fixture::sleep(1h);
        co_return next.end;
    }

    std::vector<std::string> asked;
    std::deque<visit> visits;
    int lookups = 0;  // offline answers before the first live one
    int missing = 0;  // answers that know no such account
    std::int64_t current_room = room;
    std::string name;  // what TikTok calls the account
    bool over = false;
    bool ends_silently = false;
    bool hangs = false;  // asked whether the live runs
};

class recording_listener final : public room_listener {
public:
    void on_event(relay::event event) override {
        if (event.kind < relay::event_kind::live_start)
            events.push_back(event.msg_id);
        else
            lives.push_back(std::move(event));
    }
    void on_unread(const unread_counts& counts) override { excess += counts.excess_messages; }
    void on_ignored(std::int64_t id, core::unix_ms, ignore_reason why) override {
        (why == ignore_reason::history ? history : duplicates).push_back(id);
    }
    void on_deletion(deletion what) override {
        deleted.insert(deleted.end(), what.msg_ids.begin(), what.msg_ids.end());
    }
    void on_alive(std::int64_t room_id, core::unix_ms) override { alive.push_back(room_id); }
    void on_state(const room_report& report) override {
        if (states.empty() || states.back() != report.state)
            states.push_back(report.state);
        reports.push_back(report);
    }

    std::uint64_t excess = 0;
    std::vector<std::int64_t> events, history, duplicates, deleted, alive;
    std::vector<relay::event> lives;
    std::vector<room_state> states;
    std::vector<room_report> reports;

    std::vector<relay::event_kind> live_kinds() const {
        std::vector<relay::event_kind> out;
        for (const relay::event& event : lives)
            out.push_back(event.kind);
        return out;
    }
};

class tiktok_room_client : public test::io_fixture {
public:
    net::awaitable<core::error_code> start(bool once) {
        room_client_options client;
        client.unique_id = "ana";
        client.once = once;
        options settings;
        settings.poll_interval = 5ms;
        return run_room(client, settings, way, memory, listener);
    }

    static net::awaitable<void> keep_result(net::awaitable<core::error_code> work, core::error_code* out) {
        *out = co_await std::move(work);
    }

    static net::awaitable<void> cancel_soon(std::shared_ptr<test::task> task) {
        co_await sleep(20ms);
        task->cancel();
    }

    scripted_way way;
    recording_listener listener;
    message_memory memory;
};

TEST_F(tiktok_room_client, waits_for_the_live_relays_each_message_once_and_ends_with_it) {
    way.lookups = 2;
    decoded_batch first;
    first.events = {comment(1, true), comment(2), comment(2), comment(3)};
    first.deletions = {deletion{{2}, {}}};
    first.unread.excess_messages = 7;
    decoded_batch last;
    last.change = room_change::ended;
    way.visits.push_back({{first, last}, {errc::live_ended, 1s, ""}});

    EXPECT_FALSE(run(start(true)));
    EXPECT_THAT(way.asked, ElementsAre("api ana", "api ana", "api ana", "connect 7001"));
    EXPECT_THAT(listener.events, ElementsAre(2, 3));
    EXPECT_THAT(listener.history, ElementsAre(1));
    EXPECT_THAT(listener.duplicates, ElementsAre(2));
    EXPECT_THAT(listener.deleted, ElementsAre(2));
    EXPECT_EQ(listener.excess, 7U);
    EXPECT_FALSE(listener.alive.empty());
    EXPECT_THAT(listener.states,
                ElementsAre(room_state::looking_up, room_state::offline, room_state::connecting,
                            room_state::connected, room_state::ended));
}

TEST_F(tiktok_room_client, reconnect_fills_the_gap_from_history_without_repeats) {
    decoded_batch first;
    first.events = {comment(1, true), comment(2)};
    decoded_batch second;
    second.events = {comment(1, true), comment(2, true), comment(3, true), comment(4)};
    decoded_batch last;
    last.change = room_change::ended;
    way.visits.push_back({{first}, {errc::closed, 40s, ""}});
    way.visits.push_back({{second, last}, {errc::live_ended, 1s, ""}});

    EXPECT_FALSE(run(start(true)));
    EXPECT_THAT(listener.events, ElementsAre(2, 3, 4));
    EXPECT_THAT(listener.history, ElementsAre(1));
    EXPECT_THAT(listener.duplicates, ElementsAre(1, 2));
}

TEST_F(tiktok_room_client, a_live_is_said_to_start_pause_and_end_once_and_connections_are_not_told) {
    decoded_batch talk;
    talk.events = {comment(1)};
    decoded_batch pause;
    pause.change = room_change::paused;
    decoded_batch resume;
    resume.change = room_change::resumed;
    decoded_batch last;
    last.change = room_change::ended;
    way.visits.push_back({{}, {errc::closed, 1s, ""}});
    way.visits.push_back({{talk, pause}, {errc::closed, 40s, ""}});
    way.visits.push_back({{talk, pause, resume}, {errc::closed, 40s, ""}});
    way.visits.push_back({{talk, last}, {errc::live_ended, 1s, ""}});

    EXPECT_FALSE(run(start(true)));
    EXPECT_THAT(listener.live_kinds(),
                ElementsAre(relay::event_kind::live_start, relay::event_kind::live_pause,
                            relay::event_kind::live_end));
    for (const relay::event& event : listener.lives) {
        EXPECT_EQ(event.msg_id, 0);
        EXPECT_EQ(event.from.unique_id, "ana");
        EXPECT_NE(event.received_at, core::time_point{});
    }
    EXPECT_THAT(listener.events, ElementsAre(1));
}

TEST_F(tiktok_room_client, a_live_that_an_earlier_process_heard_has_not_started_again) {
    memory.restore_alive(room, 1'789'600'000'000);
    decoded_batch last;
    last.change = room_change::suspended;
    way.visits.push_back({{last}, {errc::live_suspended, 1s, ""}});
    EXPECT_FALSE(run(start(true)));
    EXPECT_THAT(listener.live_kinds(), ElementsAre(relay::event_kind::live_end));
}

TEST_F(tiktok_room_client, a_socket_that_never_spoke_makes_no_gap_to_fill) {
    decoded_batch history;
    history.events = {comment(1, true), comment(2)};
    decoded_batch last;
    last.change = room_change::ended;
    way.visits.push_back({{}, {errc::closed, 1s, ""}});
    way.visits.push_back({{history, last}, {errc::live_ended, 1s, ""}});

    EXPECT_FALSE(run(start(true)));
    EXPECT_THAT(listener.events, ElementsAre(2));
    EXPECT_THAT(listener.history, ElementsAre(1));
}

TEST_F(tiktok_room_client, an_account_that_tiktok_does_not_know_is_asked_for_until_it_does) {
    way.missing = 4;
    decoded_batch last;
    last.change = room_change::ended;
    way.visits.push_back({{last}, {errc::live_ended, 1s, ""}});
    EXPECT_FALSE(run(start(true)));
    EXPECT_THAT(listener.states,
                ElementsAre(room_state::looking_up, room_state::missing, room_state::connecting,
                            room_state::connected, room_state::ended));
    EXPECT_EQ(listener.reports.at(4).missing_answers, 4);
    EXPECT_EQ(listener.reports.at(4).reason, errc::no_such_user);
}

TEST_F(tiktok_room_client, a_room_heard_by_an_earlier_process_is_known) {
    memory.restore_alive(room, 1'789'600'000'000);
    way.missing = 4;
    decoded_batch last;
    last.change = room_change::ended;
    way.visits.push_back({{last}, {errc::live_ended, 1s, ""}});
    EXPECT_FALSE(run(start(true)));
    EXPECT_EQ(listener.states.at(1), room_state::unreachable);
}

TEST_F(tiktok_room_client, what_was_written_since_the_last_offline_lookup_is_relayed_by_tiktoks_clock) {
    constexpr core::unix_ms now = 1'789'600'100'000;  // nothing that ours shows
    way.lookups = 1;
    decoded_batch first;
    first.server_now = now;
    first.messages = true;
    first.events = {comment(1, true), comment(2, true), comment(3, true), comment(4)};
    first.events[0].what.created_at = now - 60'000;
    first.events[1].what.created_at = now - 1'000;
    first.events[2].what.created_at = 0;
    decoded_batch last;
    last.change = room_change::ended;
    way.visits.push_back({{first, last}, {errc::live_ended, 1s, ""}});
    EXPECT_FALSE(run(start(true)));
    EXPECT_THAT(listener.events, ElementsAre(2, 4));
    EXPECT_THAT(listener.history, ElementsAre(1, 3));
}

TEST_F(tiktok_room_client, a_silent_room_is_asked_about_and_left_when_the_live_is_over) {
    way.ends_silently = true;
    decoded_batch talk;
    talk.messages = true;
    talk.events = {comment(1)};
    way.visits.push_back({{talk}, {}, true});
    EXPECT_FALSE(run(start(true)));
    EXPECT_THAT(way.asked, ElementsAre("api ana", "connect 7001", "api ana", "alive"));
    EXPECT_EQ(listener.states.back(), room_state::ended);
}

TEST_F(tiktok_room_client, a_handle_that_changed_is_reported) {
    way.name = "ana.new";
    decoded_batch last;
    last.change = room_change::ended;
    way.visits.push_back({{last}, {errc::live_ended, 1s, ""}});
    EXPECT_FALSE(run(start(true)));
    EXPECT_EQ(listener.reports.back().renamed_to, "ana.new");
}

TEST_F(tiktok_room_client, cancelled_while_connected_says_so_and_nothing_else) {
    core::error_code result;
    auto running = spawn(keep_result(start(false), &result));
    run(cancel_soon(running));
    EXPECT_TRUE(running->done());
    EXPECT_THAT(way.asked, ElementsAre("api ana", "connect 7001"));
    EXPECT_EQ(result, net::asio::error::operation_aborted);
    EXPECT_THAT(listener.states, ElementsAre(room_state::looking_up, room_state::connecting));
    EXPECT_TRUE(listener.lives.empty()) << "nobody has heard it";
}

TEST_F(tiktok_room_client, cancelled_while_it_asks_whether_the_live_runs_ends_without_another_wait) {
    way.hangs = way.ends_silently = true;
    way.visits.push_back({{}, {}, true});
    core::error_code result;
    auto running = spawn(keep_result(start(false), &result));
    const auto until_asked = [](const std::vector<std::string>* asked) -> net::awaitable<void> {
        while (asked->back() != "alive")
            co_await sleep(5ms);
    };
    auto waiting = spawn(until_asked(&way.asked));
    ASSERT_TRUE(ends(*waiting));
    running->cancel();
    loop().poll();  // what is ready, and no timer
    EXPECT_TRUE(running->done());
    EXPECT_EQ(result, net::asio::error::operation_aborted);
}

TEST_F(tiktok_room_client, cancelled_while_waiting_for_a_live_ends_at_once) {
    way.lookups = 1'000'000;
    core::error_code result;
    auto running = spawn(keep_result(start(false), &result));
    run(cancel_soon(running));
    EXPECT_TRUE(running->done());
    EXPECT_EQ(result, net::asio::error::operation_aborted);
    EXPECT_EQ(listener.states.back(), room_state::offline);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
