// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/line_deleter.hpp"

#include <gmock/gmock.h>

#include "support/helix_fixture.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using sim::helix_does;
using sim::helix_endpoint;
using sim::helix_fault;
using sim::helix_status;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class line_deleter_test : public test::helix_fixture {
public:
    line_deleter_test() {
        world.call([this] { world.twitch().rules().set_role("bot", "chan", sim::role::moderator); });
    }
    // Lines of the bot in "chan", by their ids.
    std::vector<std::string> said(std::size_t count, const std::string& channel = "chan") {
        return world.call([&] {
            std::vector<std::string> ids;
            auto& rules = world.twitch().rules();
            for (std::size_t i = 0; i < count; ++i)
                ids.push_back(
                    rules.say("bot", channel, "line " + std::to_string(i), std::chrono::steady_clock::now())
                        .id);
            return ids;
        });
    }
    std::unique_ptr<line_deleter> make_deleter() {
        line_deleter_options how;
        how.api_url = api_url();
        how.retry_base = 10ms;
        how.retry_most = retry_most;
        how.give_up_after = give_up_after;
        how.barred_for = barred_for;
        how.request_timeout = request_timeout;
        return std::make_unique<line_deleter>(
            executor(), how, tls, tokens, [this](const notice& item) { told.push_back(item.text); },
            [this](const std::string& channel, const std::string& line_id, deletion outcome) {
                over.emplace_back(channel + " " + line_id, outcome);
                if (on_over)
                    on_over();
            });
    }
    // Deletes these and ends.
    void remove(const std::vector<std::string>& ids, const std::string& channel = "chan") {
        for (const auto& id : ids)
            deleter->push(channel, id);
        deleter->close();
        EXPECT_FALSE(run(deleter->run()));
        EXPECT_EQ(deleter->waiting(), 0U);
    }
    // Until a condition holds, while the deleter runs; then it is closed.
    void run_until(std::function<bool()> condition) {
        const auto work = [](line_deleter* self) -> net::awaitable<void> {
            EXPECT_FALSE(co_await self->run());
        };
        auto running = spawn(work(deleter.get()));
        const auto body = [](line_deleter_test* self, std::function<bool()> done,
                             std::shared_ptr<test::task> task) -> net::awaitable<void> {
            while (!done())
                co_await sleep(5ms);
            self->deleter->close();
            while (!task->done())
                co_await sleep(5ms);
        };
        run(body(this, std::move(condition), running));
    }
    std::size_t deleted() {
        return world.call([this] { return world.helix().rules().deleted().size(); });
    }

    core::duration barred_for = 60s;
    core::duration request_timeout = 10s;
    core::duration retry_most = 40ms;
    core::duration give_up_after = 1h;
    std::function<void()> on_over;
    std::vector<std::string> told;
    std::vector<std::pair<std::string, deletion>> over;
    std::unique_ptr<line_deleter> deleter = make_deleter();
};

TEST_F(line_deleter_test, lines_are_deleted_one_after_the_other_on_one_connection) {
    remove(said(3));
    EXPECT_EQ(deleter->counts().deleted, 3U);
    EXPECT_EQ(deleted(), 3U);
    EXPECT_EQ(requests(helix_endpoint::users), 2U);
    EXPECT_EQ(world.call([this] { return world.helix().accepted(); }), 1U);
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_THAT(told, IsEmpty());
}

// Without an id Twitch clears the whole chat.
TEST_F(line_deleter_test, what_is_no_id_never_becomes_a_request) {
    for (const char* id : {"", " ", "?", "a&message_id=", "x y"})
        deleter->push("chan", id);
    EXPECT_EQ(deleter->counts().failed, 5U);
    remove({});
    EXPECT_EQ(requests(helix_endpoint::deletion), 0U);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(line_deleter_test, endings_have_names) {
    auto ids = said(1);
    ids.push_back(ids.front());
    ids.push_back("never-said");
    remove(ids);
    EXPECT_EQ(deleter->counts().deleted, 1U);
    EXPECT_EQ(deleter->counts().gone, 2U);
    EXPECT_EQ(requests(helix_endpoint::deletion), 3U);
}

TEST_F(line_deleter_test, a_line_older_than_six_hours_is_gone) {
    world.call([this] { world.helix().rules().settings().deletable_for = 0s; });
    const auto ids = said(1);
    std::this_thread::sleep_for(2ms);
    remove(ids);
    EXPECT_EQ(deleter->counts().gone, 1U);
}

TEST_F(line_deleter_test, without_a_moderators_rank_it_is_not_allowed_and_told_once) {
    world.call([this] { world.twitch().rules().set_role("bot", "chan", sim::role::ordinary); });
    const auto ids = said(1);
    remove({ids[0], ids[0], ids[0]});
    EXPECT_EQ(deleter->counts().not_allowed, 3U);
    EXPECT_EQ(requests(helix_endpoint::deletion), 1U);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_THAT(told[0], HasSubstr("/mod"));
}

TEST_F(line_deleter_test, whoever_becomes_a_moderator_is_let_try_again) {
    barred_for = 0ms;
    deleter = make_deleter();
    const auto ids = said(2);
    world.call([this] { world.twitch().rules().set_role("bot", "chan", sim::role::ordinary); });
    remove({ids[0]});
    world.call([this] { world.twitch().rules().set_role("bot", "chan", sim::role::moderator); });
    deleter = make_deleter();
    remove({ids[0], ids[1]});
    EXPECT_EQ(deleter->counts().deleted, 2U);
}

// 400 is about that line alone.
TEST_F(line_deleter_test, an_immune_line_does_not_keep_others) {
    const auto ids = said(2);
    script(helix_endpoint::deletion, {helix_status(400)});
    remove(ids);
    EXPECT_EQ(deleter->counts().not_allowed, 1U);
    EXPECT_EQ(deleter->counts().deleted, 1U);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_THAT(told[0], HasSubstr("broadcaster"));
}

// The list may change while the first of it is on its way.
TEST_F(line_deleter_test, a_line_is_forgotten_or_added_while_another_is_under_way) {
    const auto ids = said(5);
    request_timeout = 3s;
    deleter = make_deleter();
    script(helix_endpoint::deletion, {helix_does(helix_fault::kind::stall)});
    for (std::size_t i = 0; i < 4; ++i)
        deleter->push("chan", ids[i]);
    const auto body = [](line_deleter_test* self,
                         const std::vector<std::string>* lines) -> net::awaitable<void> {
        while (self->requests(helix_endpoint::deletion) == 0)
            co_await sleep(5ms);
        EXPECT_FALSE(self->deleter->forget("chan", (*lines)[0]));  // is under way
        EXPECT_TRUE(self->deleter->forget("chan", (*lines)[1]));
        EXPECT_TRUE(self->deleter->forget("chan", (*lines)[3]));
        self->deleter->push("chan", (*lines)[4]);
        self->deleter->close();
    };
    auto meddling = spawn(body(this, &ids));
    EXPECT_FALSE(run(deleter->run()));
    EXPECT_EQ(deleter->counts().deleted, 3U);
    EXPECT_EQ(deleter->counts().gone, 2U);
    EXPECT_EQ(requests(helix_endpoint::deletion), 4U);
}

TEST_F(line_deleter_test, a_missing_right_is_asked_for_once_only) {
    world.call([this] { accept("sesame", {"user:write:chat"}); });
    const auto ids = said(2);
    remove({ids[0], ids[1], ids[0]});
    EXPECT_EQ(deleter->counts().not_allowed, 3U);
    EXPECT_EQ(requests(helix_endpoint::deletion), 1U);
    EXPECT_EQ(tokens.renewals, 0U);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_THAT(told[0], HasSubstr("moderator:manage:chat_messages"));
}

TEST_F(line_deleter_test, an_expired_token_is_renewed) {
    world.call([this] {
        world.helix().rules().revoke_token("sesame");
        accept("fresh");
    });
    tokens.next = "fresh";
    remove(said(2));
    EXPECT_EQ(deleter->counts().deleted, 2U);
    EXPECT_EQ(tokens.renewals, 1U);
}

TEST_F(line_deleter_test, passing_trouble_is_tried_again_and_lasting_trouble_given_up) {
    const auto ids = said(1);
    script(helix_endpoint::deletion,
           {helix_status(500), helix_does(helix_fault::kind::cut), helix_status(503)});
    remove({ids[0]});
    EXPECT_EQ(deleter->counts().deleted, 1U);
    EXPECT_EQ(requests(helix_endpoint::deletion), 4U);

    world.call([this] { world.helix().always(helix_endpoint::deletion, helix_status(500)); });
    deleter = make_deleter();
    remove({ids[0]});
    EXPECT_EQ(deleter->counts().failed, 1U);
    EXPECT_EQ(requests(helix_endpoint::deletion), 9U);
}

TEST_F(line_deleter_test, lines_wait_while_the_api_is_away_and_the_others_have_their_turn) {
    const auto ids = said(2);
    std::vector<helix_fault> faults(20, helix_status(500));
    script(helix_endpoint::deletion, faults);
    deleter->push("chan", ids[0]);
    deleter->push("chan", ids[1]);
    run_until([this] { return deleter->waiting() == 0; });
    EXPECT_EQ(deleter->counts().deleted, 2U);
    EXPECT_EQ(requests(helix_endpoint::deletion), 22U);
    EXPECT_THAT(told, IsEmpty());
}

TEST_F(line_deleter_test, one_line_in_trouble_does_not_keep_another_for_long) {
    const auto ids = said(2);
    script(helix_endpoint::deletion, std::vector<helix_fault>(5, helix_status(500)));
    deleter->push("chan", ids[0]);
    deleter->push("chan", ids[1]);
    run_until([this] { return deleter->waiting() == 0; });
    EXPECT_THAT(over, ElementsAre(std::pair("chan " + ids[1], deletion::deleted),
                                  std::pair("chan " + ids[0], deletion::deleted)));
}

TEST_F(line_deleter_test, what_waited_too_long_is_given_up_with_one_word_on_it) {
    give_up_after = 100ms;
    deleter = make_deleter();
    world.call([this] { world.helix().always(helix_endpoint::deletion, helix_status(500)); });
    for (const auto& id : said(3))
        deleter->push("chan", id);
    run_until([this] { return deleter->waiting() == 0; });
    EXPECT_EQ(deleter->counts().failed, 3U);
    ASSERT_EQ(over.size(), 3U);
    for (const auto& each : over)
        EXPECT_EQ(each.second, deletion::failed);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_THAT(told[0], HasSubstr("Twitch's API does not work"));
}

TEST_F(line_deleter_test, a_line_waits_for_the_next_login_and_is_deleted_as_soon_as_it_is_there) {
    retry_most = 1h;
    deleter = make_deleter();
    const auto ids = said(1);
    world.call([this] { world.helix().rules().revoke_token("sesame"); });
    tokens.token.clear();
    deleter->push("chan", ids[0]);
    const auto login = [](line_deleter_test* self) -> net::awaitable<void> {
        // The patience is longer than any test by then: 20 s.
        while (self->tokens.renewals < 10)
            co_await sleep(5ms);
        self->world.call([self] { self->accept("fresh"); });
        self->tokens.token = "fresh";
        self->deleter->token_found();
    };
    auto later = spawn(login(this));
    run_until([this] { return deleter->waiting() == 0; });
    EXPECT_EQ(deleter->counts().deleted, 1U);
    EXPECT_THAT(told, IsEmpty());
}

TEST_F(line_deleter_test, without_any_login_that_is_the_reason) {
    world.call([this] { world.helix().rules().revoke_token("sesame"); });
    tokens.token.clear();
    remove(said(2));
    EXPECT_THAT(over, testing::Each(testing::Field(&decltype(over)::value_type::second, deletion::no_token)));
    EXPECT_EQ(over.size(), 2U);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_THAT(told[0], HasSubstr("no usable Twitch login"));
}

// The login service calls the token good, or gives another: nobody has to log in.
TEST_F(line_deleter_test, a_good_login_that_is_refused_is_no_missing_login) {
    world.call([this] {
        accept("fresh");
        world.helix().always(helix_endpoint::deletion, helix_status(401, "Invalid OAuth token"));
    });
    tokens.next = "fresh";
    tokens.trouble = make_error_code(errc::token_invalid);
    remove(said(1));
    EXPECT_THAT(over, testing::ElementsAre(
                          testing::Field(&decltype(over)::value_type::second, deletion::unauthorized)));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_THAT(told[0], HasSubstr("refuses the login"));
}

TEST_F(line_deleter_test, a_good_login_that_was_refused_twice_is_tried_again) {
    script(helix_endpoint::deletion,
           {helix_status(401, "Invalid OAuth token"), helix_status(401, "Invalid OAuth token")});
    world.call([this] { accept("fresh"); });
    tokens.next = "fresh";
    remove(said(1));
    EXPECT_EQ(deleter->counts().deleted, 1U);
    EXPECT_EQ(requests(helix_endpoint::deletion), 3U);
}

// A stop does not wait for what was tried long enough before.
TEST_F(line_deleter_test, trouble_of_long_standing_ends_with_the_hurry) {
    retry_most = 1h;
    deleter = make_deleter();
    world.call([this] { world.helix().always(helix_endpoint::deletion, helix_status(500)); });
    for (const auto& id : said(3))
        deleter->push("chan", id);
    const auto stop = [](line_deleter_test* self) -> net::awaitable<void> {
        while (self->requests(helix_endpoint::deletion) < 10)
            co_await sleep(5ms);
        self->deleter->hurry();
    };
    auto later = spawn(stop(this));
    run_until([this] { return deleter->waiting() == 0; });
    EXPECT_EQ(deleter->counts().failed, 3U);
    EXPECT_LE(requests(helix_endpoint::deletion), 11U);
    EXPECT_EQ(told.size(), 1U);
}

TEST_F(line_deleter_test,
       a_deletion_whose_answer_was_lost_has_happened_when_the_line_is_gone_at_the_second_try) {
    for (const auto& lost : {helix_does(helix_fault::kind::lose), helix_does(helix_fault::kind::pretend)}) {
        deleter = make_deleter();
        script(helix_endpoint::deletion, {lost});
        const auto before = deleted();
        remove(said(1));
        EXPECT_EQ(deleter->counts().deleted, 1U);
        EXPECT_EQ(deleter->counts().gone, 0U);
        EXPECT_EQ(deleted(), before + 1);
    }
}

TEST_F(line_deleter_test, every_line_that_was_taken_is_answered_once) {
    const auto ids = said(1);
    EXPECT_EQ(deleter->push("chan", ids[0]), line_deleter::answer::taken);
    EXPECT_EQ(deleter->push("chan", ids[0]), line_deleter::answer::taken);
    EXPECT_EQ(deleter->push("chan", ""), line_deleter::answer::no_id);
    deleter->close();
    EXPECT_FALSE(run(deleter->run()));
    EXPECT_THAT(over, ElementsAre(std::pair("chan " + ids[0], deletion::deleted),
                                  std::pair("chan " + ids[0], deletion::gone)));
}

TEST_F(line_deleter_test, a_waiting_line_that_somebody_else_deleted_is_not_asked_for) {
    const auto ids = said(2);
    deleter->push("chan", ids[0]);
    deleter->push("chan", ids[1]);
    EXPECT_FALSE(deleter->forget("other", ids[0]));
    EXPECT_TRUE(deleter->forget("chan", ids[0]));
    EXPECT_FALSE(deleter->forget("chan", ids[0]));
    deleter->close();
    EXPECT_FALSE(run(deleter->run()));
    EXPECT_EQ(requests(helix_endpoint::deletion), 1U);
    EXPECT_EQ(deleter->counts().gone, 1U);
    EXPECT_EQ(deleter->counts().deleted, 1U);
}

TEST_F(line_deleter_test, a_429_says_when_to_go_on) {
    const auto before = std::chrono::steady_clock::now();
    const auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
    script(helix_endpoint::deletion, {sim::helix_busy(1s, wall)});
    const auto ids = said(1);
    remove(ids);
    EXPECT_EQ(deleter->counts().deleted, 1U);
    EXPECT_GE(std::chrono::steady_clock::now() - before, 900ms);
}

TEST_F(line_deleter_test, a_429_for_the_look_up_says_so_too) {
    const auto before = std::chrono::steady_clock::now();
    const auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
    script(helix_endpoint::users, {sim::helix_busy(1s, wall)});
    const auto ids = said(1);
    remove(ids);
    EXPECT_EQ(deleter->counts().deleted, 1U);
    EXPECT_GE(std::chrono::steady_clock::now() - before, 900ms);
    EXPECT_EQ(requests(helix_endpoint::users), 3U);
}

TEST_F(line_deleter_test, the_queue_is_bounded) {
    for (std::size_t i = 0; i < line_deleter::most_waiting + 3; ++i)
        deleter->push("chan", "id-" + std::to_string(i));
    EXPECT_EQ(deleter->waiting(), line_deleter::most_waiting);
    EXPECT_EQ(deleter->counts().queue_full, 3U);
}

TEST_F(line_deleter_test, a_channel_that_does_not_exist_is_a_failure_without_a_deletion) {
    remove({"some-id"}, "nobody");
    EXPECT_EQ(deleter->counts().failed, 1U);
    EXPECT_EQ(over.front().second, deletion::no_channel);
    EXPECT_EQ(requests(helix_endpoint::deletion), 0U);
}

TEST_F(line_deleter_test, a_renamed_channel_is_looked_up_by_its_new_name) {
    deleter->channel_called("old_name", "chan");
    remove(said(2), "old_name");
    EXPECT_EQ(deleter->counts().deleted, 2U);
    ASSERT_FALSE(over.empty());
    EXPECT_THAT(over.front().first, testing::StartsWith("old_name "));
}

TEST_F(line_deleter_test, no_token_goes_to_a_foreign_host) {
    line_deleter_options how;
    how.api_url = core::parse_url("https://example.org/helix").value();
    line_deleter elsewhere(executor(), how, tls, tokens, {});
    EXPECT_EQ(run(elsewhere.run()), errc::token_host_refused);
}

// A relay that has only waited for its deletions ends when it hears that they are over.
TEST_F(line_deleter_test, it_may_be_cancelled_by_who_is_told_that_a_line_is_over) {
    give_up_after = 100ms;
    world.call([this] { world.helix().always(helix_endpoint::deletion, helix_status(500)); });
    deleter = make_deleter();
    core::error_code result;
    const auto work = [](line_deleter* self, core::error_code* out) -> net::awaitable<void> {
        *out = co_await self->run();
    };
    auto running = spawn(work(deleter.get(), &result));
    on_over = [&running] {
        running->cancel();
    };
    loop().poll();  // until it waits for work: no push of before wakes it later
    for (const auto& id : said(2))
        deleter->push("chan", id);
    EXPECT_TRUE(ends(*running));
    EXPECT_EQ(result, boost::asio::error::operation_aborted);
    EXPECT_EQ(over.size(), 2U);
}

TEST_F(line_deleter_test, it_ends_when_it_is_cancelled_idle_or_busy) {
    for (const bool busy : {false, true}) {
        deleter = make_deleter();
        script(helix_endpoint::deletion, {helix_does(helix_fault::kind::stall)});
        core::error_code result;
        const auto work = [](line_deleter* self, core::error_code* out) -> net::awaitable<void> {
            *out = co_await self->run();
        };
        auto running = spawn(work(deleter.get(), &result));
        if (busy)
            deleter->push("chan", said(1).front());
        const auto body = [](std::shared_ptr<test::task> victim) -> net::awaitable<void> {
            co_await sleep(200ms);
            victim->cancel();
            const bool victim_ended = co_await ended(victim);
            EXPECT_TRUE(victim_ended);
        };
        run(body(running));
        EXPECT_EQ(result, boost::asio::error::operation_aborted);
        EXPECT_EQ(deleter->waiting(), busy ? 1U : 0U);
        world.call([this] { world.helix().clear_faults(); });
    }
}

}  // namespace
}  // namespace tiktok2twitch::twitch
