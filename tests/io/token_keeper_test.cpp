// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/token_keeper.hpp"

#include <gmock/gmock.h>

#include <boost/asio/post.hpp>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <stdexcept>

#include "support/io_fixture.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/files/file_worker.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

// Answers what it was told to, after a while.
class scripted_api final : public auth_api {
public:
    core::duration takes = 1ms;
    std::deque<core::result<validation>> validations;  // the last one stays
    std::deque<core::result<token_pair>> refreshes;
    std::vector<std::string> calls;
    std::function<void()> on_refresh = [] {
    };

    net::awaitable<core::result<validation>> validate(core::secret access) override {
        calls.push_back("validate " + access.reveal());
        const bool whole = co_await wait();
        auto answer = take(validations);
        co_return whole ? answer : core::result<validation>(net::asio::error::operation_aborted);
    }
    net::awaitable<core::result<token_pair>> refresh(std::string client_id, core::secret refresh) override {
        calls.push_back("refresh " + refresh.reveal() + " for " + client_id);
        on_refresh();
        const bool whole = co_await wait();
        auto answer = take(refreshes);
        co_return whole ? answer : core::result<token_pair>(net::asio::error::operation_aborted);
    }
    net::awaitable<core::result<twitch::device_code>> request_device_code(std::string,
                                                                          std::vector<std::string>) override {
        co_return make_error_code(errc::auth_server_error);
    }
    net::awaitable<core::result<token_pair>> poll_device_token(std::string, std::vector<std::string>,
                                                               std::string) override {
        co_return make_error_code(errc::auth_server_error);
    }
    net::awaitable<core::error_code> revoke(std::string, core::secret) override {
        co_return make_error_code(errc::auth_server_error);
    }

private:
    // False when it was cancelled.
    net::awaitable<bool> wait() {
        net::asio::steady_timer timer(co_await net::asio::this_coro::executor, takes);
        const auto [failed] = co_await timer.async_wait(net::use_nothrow_awaitable);
        co_return !failed;
    }
    template <class T>
    static T take(std::deque<T>& answers) {
        auto first = answers.front();
        if (answers.size() > 1)
            answers.pop_front();
        return first;
    }
};

struct recorder final : token_listener {
    std::vector<std::string> tokens;
    std::vector<std::string> lost;
    std::vector<std::string> notices;
    void on_token(const token_found& token) override { tokens.push_back(token.access.reveal()); }
    void on_lost(const core::error_code& reason, const std::string& sentence) override {
        lost.push_back(core::identifier(reason) + ": " + sentence);
    }
    void on_notice(notice::severity, const std::string& text) override { notices.push_back(text); }
};

const validation valid{"client", "bot", "1", {"chat:read", "chat:edit"}, std::chrono::hours(4)};

grant numbered(int number) {
    grant out;
    out.access = core::secret("a" + std::to_string(number));
    out.refresh = core::secret("r" + std::to_string(number));
    out.client_id = "client";
    out.login = "bot";
    out.scopes = valid.scopes;
    return out;
}
token_pair pair(int number) {
    return {core::secret("a" + std::to_string(number)), core::secret("r" + std::to_string(number)),
            std::chrono::hours(4), valid.scopes};
}

class token_keeper_test : public test::io_fixture {
public:
    test::temp_dir directory;
    token_store store{directory.path(), "bot"};
    scripted_api api;
    recorder seen;
    files::file_worker worker{[this](std::function<void()> call) {
        net::asio::post(loop(), std::move(call));
    }};
    std::unique_ptr<token_keeper> keeper;
    core::error_code result;

    token_keeper_test() {
        api.validations.emplace_back(valid);
        api.refreshes.emplace_back(pair(1));
        EXPECT_FALSE(store.save(numbered(0)));
        make({});
    }
    void make(keeper_options options) {
        const bool pasted = !options.pasted.empty();
        options.store_path = store.path();
        keeper =
            std::make_unique<token_keeper>(executor(), api, std::move(options),
                                           pasted ? std::nullopt : std::optional(store), seen, 1, &worker);
    }
    std::shared_ptr<test::task> begin() {
        const auto body = [](token_keeper_test* self) -> net::awaitable<void> {
            co_await net::asio::this_coro::throw_if_cancelled(false);
            self->result = co_await self->keeper->run();
        };
        return spawn(body(this));
    }
    bool loop_until(const std::function<bool()>& holds, core::duration limit = 20s) {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!holds() && std::chrono::steady_clock::now() < end) {
            loop().restart();
            loop().run_for(5ms);
        }
        return holds();
    }
    void end(test::task& running, const core::error_code& as = net::asio::error::operation_aborted) {
        running.cancel();
        EXPECT_TRUE(loop_until([&] { return running.done(); }));
        EXPECT_EQ(result, as);
    }
    // From now on saving fails, whoever tries.
    void block_store() { std::filesystem::create_directory(store.path() + ".tmp"); }
    void free_store() { std::filesystem::remove(store.path() + ".tmp"); }
    // A renewed pair that could not be saved; the next try is some seconds away.
    std::shared_ptr<test::task> begin_unsaved() {
        auto running = begin();
        EXPECT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
        api.on_refresh = [this] {
            block_store();
        };
        keeper->refused(core::secret("a0"));
        EXPECT_TRUE(loop_until([&] { return seen.tokens.size() == 2; }));
        loop_until([] { return false; }, 1500ms);
        EXPECT_TRUE(keeper->unsaved());
        EXPECT_THAT(seen.notices, ElementsAre(HasSubstr("cannot be written")));
        return running;
    }
    bool locked() {
        token_store other(directory.path(), "bot");
        return !*other.try_lock();
    }
};

TEST_F(token_keeper_test, tells_the_stored_token_and_renews_it_after_a_refusal) {
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    bool marked = false;
    bool locked_then = false;
    api.on_refresh = [&] {
        marked = (**store.load()).refreshing;
        locked_then = locked();
    };
    keeper->refused(core::secret("a0"));
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 2; }));
    EXPECT_TRUE(marked);
    EXPECT_TRUE(locked_then);
    EXPECT_THAT(seen.tokens, ElementsAre("a0", "a1"));
    EXPECT_THAT(api.calls, ElementsAre("validate a0", "validate a0", "refresh r0 for client"));
    const auto stored = **store.load();
    EXPECT_EQ(stored.refresh.reveal(), "r1");
    EXPECT_FALSE(stored.refreshing);
    EXPECT_TRUE(loop_until([&] { return !locked(); }));
    end(*running);
}

// What is done with the store waits for the disk; the loop, and with it Twitch's PINGs, does not.
TEST_F(token_keeper_test, a_disk_that_hangs_keeps_the_login_waiting_and_nothing_else) {
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    std::promise<void> disk;
    worker.submit([opened = disk.get_future().share()] {
        opened.wait();
        return core::error_code();
    });
    keeper->refused(core::secret("a0"));
    const auto before = std::chrono::steady_clock::now();
    loop_until([] { return false; }, 300ms);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 10s) << "the loop went on";
    EXPECT_THAT(api.calls, ElementsAre("validate a0", "validate a0"))
        << "no renewal before its mark is on the disk";
    disk.set_value();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 2; }));
    EXPECT_EQ((**store.load()).refresh.reveal(), "r1");
    end(*running);
}

TEST_F(token_keeper_test, a_disk_that_hangs_does_not_keep_the_relay_from_ending) {
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    std::promise<void> disk;
    worker.submit([opened = disk.get_future().share()] {
        opened.wait();
        return core::error_code();
    });
    keeper->refused(core::secret("a0"));
    loop_until([] { return false; }, 50ms);
    end(*running);
    disk.set_value();
}

TEST_F(token_keeper_test, works_without_a_worker) {
    keeper_options options;
    options.store_path = store.path();
    keeper = std::make_unique<token_keeper>(executor(), api, std::move(options), store, seen, 1);
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    keeper->refused(core::secret("a0"));
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 2; }));
    EXPECT_EQ((**store.load()).refresh.reveal(), "r1");
    end(*running);
}

TEST_F(token_keeper_test, a_refresh_under_way_is_finished_and_saved_when_the_relay_stops) {
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    api.takes = 300ms;
    keeper->refused(core::secret("a0"));
    ASSERT_TRUE(loop_until([&] { return api.calls.size() == 3; }));
    end(*running);
    EXPECT_EQ((**store.load()).refresh.reveal(), "r1");
    EXPECT_FALSE(locked());
}

TEST_F(token_keeper_test, a_pair_that_is_not_saved_yet_is_saved_when_the_relay_stops) {
    auto running = begin_unsaved();
    free_store();
    end(*running);
    EXPECT_EQ((**store.load()).refresh.reveal(), "r1");
    EXPECT_FALSE(locked());
}

TEST_F(token_keeper_test, a_pair_that_cannot_be_saved_is_tried_for_some_seconds_and_its_loss_is_said) {
    auto running = begin_unsaved();
    const auto before = std::chrono::steady_clock::now();
    end(*running, make_error_code(errc::token_store_unwritable));
    EXPECT_GE(std::chrono::steady_clock::now() - before, 4s);
    EXPECT_THAT(seen.notices.back(), HasSubstr("'tiktok2twitch login'"));
    EXPECT_FALSE(locked());
}

TEST_F(token_keeper_test, a_process_that_cannot_wait_tries_once_more) {
    auto running = begin_unsaved();
    keeper->save_now();
    EXPECT_TRUE(keeper->unsaved());
    free_store();
    keeper->save_now();
    EXPECT_FALSE(keeper->unsaved());
    EXPECT_EQ((**store.load()).refresh.reveal(), "r1");
    end(*running);
}

TEST_F(token_keeper_test, a_process_that_cannot_wait_saves_over_its_old_file_whoever_touched_that) {
    auto running = begin_unsaved();
    free_store();
    EXPECT_FALSE(store.save(numbered(0)));  // as it was before the renewal, but another file
    keeper->save_now();
    EXPECT_FALSE(keeper->unsaved());
    EXPECT_EQ((**store.load()).refresh.reveal(), "r1");
    end(*running);
}

TEST_F(token_keeper_test, a_late_save_does_not_go_over_a_new_login) {
    auto running = begin_unsaved();
    free_store();
    EXPECT_FALSE(store.save(numbered(7)));
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 3; }));
    EXPECT_THAT(seen.tokens, ElementsAre("a0", "a1", "a7"));
    EXPECT_EQ((**store.load()).refresh.reveal(), "r7");
    end(*running);
}

TEST_F(token_keeper_test, an_exception_in_a_refresh_is_an_unknown_end) {
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    int thrown = 0;
    api.on_refresh = [&thrown] {
        if (++thrown == 1)
            throw std::runtime_error("no more memory");
    };
    keeper->refused(core::secret("a0"));
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 2; }));
    EXPECT_THAT(api.calls, ElementsAre("validate a0", "validate a0", "refresh r0 for client", "validate a0",
                                       "refresh r0 for client"));
    EXPECT_THAT(seen.notices, ElementsAre(HasSubstr("no more memory"), HasSubstr("not known")));
    end(*running);
}

TEST_F(token_keeper_test, a_lock_that_cannot_be_taken_is_named) {
    std::filesystem::create_directory(store.lock_path());
    api.validations = {make_error_code(errc::token_invalid)};
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.lost.size() == 1; }));
    EXPECT_THAT(seen.lost[0], HasSubstr("token_lock_failed: " + store.lock_path()));
    EXPECT_THAT(api.calls, ElementsAre("validate a0"));
    std::filesystem::remove(store.lock_path());
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    EXPECT_THAT(seen.tokens, ElementsAre("a1"));
    end(*running);
}

TEST_F(token_keeper_test, a_validation_under_way_is_broken_off_when_the_relay_stops) {
    api.takes = 1h;
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return api.calls.size() == 1; }));
    end(*running);
    EXPECT_TRUE(seen.tokens.empty());
}

TEST_F(token_keeper_test, a_lost_grant_names_the_command_and_a_new_one_is_found_by_itself) {
    api.validations = {make_error_code(errc::token_invalid), valid};
    api.refreshes = {make_error_code(errc::refresh_refused)};
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.lost.size() == 1; }));
    EXPECT_THAT(seen.lost[0], HasSubstr("refresh_refused: "));
    EXPECT_THAT(seen.lost[0], HasSubstr("'tiktok2twitch login'"));
    EXPECT_FALSE(locked());
    EXPECT_FALSE(store.save(numbered(7)));
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    EXPECT_THAT(seen.tokens, ElementsAre("a7"));
    end(*running);
}

TEST_F(token_keeper_test, waits_for_another_process_and_reads_what_it_wrote) {
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    {
        token_store other(directory.path(), "bot");
        auto held = other.try_lock();
        ASSERT_TRUE(held && *held);
        keeper->refused(core::secret("a0"));
        loop_until([] { return false; }, 300ms);
        EXPECT_EQ(api.calls.size(), 2U);
        EXPECT_FALSE(other.save(numbered(5)));
    }
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 2; }));
    EXPECT_THAT(api.calls, ElementsAre("validate a0", "validate a0", "validate a5"));
    end(*running);
}

TEST_F(token_keeper_test, an_exposed_store_is_not_used) {
    std::filesystem::permissions(store.path(), std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.lost.size() == 1; }));
    EXPECT_THAT(seen.lost[0], HasSubstr("chmod 600"));
    EXPECT_THAT(seen.lost[0], HasSubstr(store.path()));
    EXPECT_TRUE(api.calls.empty());
    end(*running);
}

TEST_F(token_keeper_test, a_pasted_token_needs_no_store) {
    keeper_options options;
    options.pasted = core::secret("p");
    make(options);
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 1; }));
    EXPECT_THAT(seen.tokens, ElementsAre("p"));
    end(*running);
}

TEST_F(token_keeper_test, another_pasted_token_takes_the_place_of_one_that_is_being_validated) {
    keeper_options options;
    options.pasted = core::secret("p");
    make(options);
    api.takes = 20ms;
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return api.calls.size() == 1; }));
    keeper->paste(core::secret("q"));
    ASSERT_TRUE(loop_until([&] { return seen.tokens.size() == 2; }));
    EXPECT_THAT(seen.tokens, ElementsAre("p", "q"));
    EXPECT_THAT(api.calls, ElementsAre("validate p", "validate q"));
    end(*running);
}

TEST_F(token_keeper_test, a_host_that_must_not_see_the_token_ends_it) {
    api.validations = {make_error_code(errc::token_host_refused)};
    auto running = begin();
    ASSERT_TRUE(loop_until([&] { return running->done(); }));
    EXPECT_EQ(result, errc::token_host_refused);
}

class token_keeper_cancelled : public token_keeper_test, public testing::WithParamInterface<int> {};

TEST_P(token_keeper_cancelled, ends_at_once_and_loses_nothing) {
    api.takes = 5ms;
    auto running = begin();
    keeper->refused(core::secret("a0"));
    loop().run_for(std::chrono::milliseconds(GetParam()));
    end(*running);
    const auto stored = **store.load();
    const bool asked =
        std::find(api.calls.begin(), api.calls.end(), "refresh r0 for client") != api.calls.end();
    EXPECT_EQ(stored.refresh.reveal(), asked ? "r1" : "r0");
    EXPECT_FALSE(locked());
}

INSTANTIATE_TEST_SUITE_P(at, token_keeper_cancelled, testing::Values(0, 1, 4, 6, 9, 12, 50));

}  // namespace
}  // namespace tiktok2twitch::twitch
