// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Refreshes whose end is not known, grants that are gone, and tokens that do not serve.

#include <gmock/gmock.h>

#include <random>

#include "unit/twitch/keeper_world.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using fate = keeper_world::fate;
using severity = notice::severity;

// Fates one after the other; then all is well.
std::function<fate()> one_after_the_other(std::vector<fate> fates) {
    return [fates = std::move(fates), at = std::size_t{0}]() mutable {
        return at < fates.size() ? fates[at++] : fate::answered;
    };
}

struct renewing_world : keeper_world {
    explicit renewing_world(std::vector<fate> fates) {
        run_for(seconds(1));
        on_refresh = one_after_the_other(std::move(fates));
        take_calls();
        refuse("a0");
        while (calls.empty())  // it is checked first
            obey(now + seconds(1));
        take_calls();
    }
};

TEST(unknown_refresh, that_did_not_happen_is_repeated_after_the_token_was_validated) {
    renewing_world w({fate::not_done});
    w.run_for(seconds(10));
    EXPECT_THAT(w.take_calls(),
                ElementsAre("mark", "refresh r0", "validate a0", "mark", "refresh r0", "save a1"));
    EXPECT_FALSE(w.service.reused);
    EXPECT_TRUE(w.lost.empty());
}

TEST(unknown_refresh, of_a_server_error_is_no_different) {
    renewing_world w({fate::not_done});
    w.fault = make_error_code(errc::auth_server_error);
    w.run_for(seconds(10));
    EXPECT_THAT(w.take_calls(),
                ElementsAre("mark", "refresh r0", "validate a0", "mark", "refresh r0", "save a1"));
}

TEST(unknown_refresh, whose_answer_was_lost_costs_one_more_try_and_names_the_command) {
    renewing_world w({fate::answer_lost});
    w.run_for(minutes(10));
    EXPECT_THAT(w.take_calls(), ElementsAre("mark", "refresh r0", "validate a0", "mark", "refresh r0"));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::refresh_refused);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("tiktok2twitch login"));
    EXPECT_TRUE(w.keeper->lost());
    EXPECT_FALSE(w.we_have_lock);
}

struct unclear_world : renewing_world {
    using renewing_world::renewing_world;
    std::size_t refreshes() {
        const auto all = take_calls();
        return static_cast<std::size_t>(std::count(all.begin(), all.end(), "refresh r0"));
    }
};

TEST(unclear_refusal, of_a_token_that_lives_is_repeated_after_a_validation) {
    unclear_world w({fate::not_done, fate::not_done, fate::not_done});
    w.fault = make_error_code(errc::refresh_unclear);
    w.run_for(minutes(1));
    EXPECT_THAT(w.take_calls(),
                ElementsAre("mark", "refresh r0", "validate a0", "mark", "refresh r0", "validate a0", "mark",
                            "refresh r0", "validate a0", "mark", "refresh r0", "save a1"));
    EXPECT_TRUE(w.lost.empty());
}

TEST(unclear_refusal, of_an_ended_token_is_tried_once_more_then_said_and_it_recovers_by_itself) {
    unclear_world w(std::vector<fate>(2, fate::not_done));
    w.fault = make_error_code(errc::refresh_unclear);
    w.service.access_until = w.now;
    w.run_for(seconds(30));
    EXPECT_EQ(w.refreshes(), 2U);
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::refresh_unclear);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("tiktok2twitch login"));
    EXPECT_FALSE(w.we_have_lock);
    w.run_for(minutes(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "mark", "refresh r0", "save a1"));
    EXPECT_EQ(w.found.size(), 2U);
    EXPECT_FALSE(w.keeper->lost());
}

TEST(unclear_refusal, that_stays_is_asked_about_every_hour_at_last) {
    unclear_world w(std::vector<fate>(1000, fate::not_done));
    w.fault = make_error_code(errc::refresh_unclear);
    w.service.access_until = w.now;
    w.run_for(hours(3));
    EXPECT_LE(w.refreshes(), 10U);
    w.run_for(hours(24));
    EXPECT_NEAR(static_cast<double>(w.refreshes()), 24, 1);
    EXPECT_EQ(w.lost.size(), 1U);
}

TEST(unclear_refusal, of_a_token_that_is_good_after_all_is_over) {
    unclear_world w(std::vector<fate>(2, fate::not_done));
    w.fault = make_error_code(errc::refresh_unclear);
    w.service.access_until = w.now;
    w.run_for(seconds(30));
    ASSERT_TRUE(w.keeper->lost());
    w.take_calls();
    w.service.access_until = w.now + hours(2);
    w.run_for(minutes(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0"));
    EXPECT_FALSE(w.keeper->lost());
    EXPECT_EQ(w.found.size(), 2U);
}

// The file that the lock is on belongs to somebody else, or the file system is read-only.
struct locked_out_world : keeper_world {
    locked_out_world() {
        lock_error = boost::system::errc::make_error_code(boost::system::errc::permission_denied);
    }
};

TEST(unusable_lock, of_a_token_that_lives_is_said_with_its_name_and_tried_again) {
    locked_out_world w;
    w.run_for(hours(4) - minutes(1));
    EXPECT_TRUE(w.lost.empty());
    EXPECT_EQ(w.told(severity::error, "/state/token-bot.lock cannot be locked: "), 1U);
    EXPECT_EQ(w.told(severity::error, "chown"), 1U);
    EXPECT_EQ(w.found.size(), 1U);
    w.run_for(minutes(2));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::token_lock_failed);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("/state/token-bot.lock"));
    w.take_calls();
    w.steps = 0;
    w.run_for(hours(1));
    EXPECT_THAT(w.take_calls(), IsEmpty());
    EXPECT_LT(w.steps, 3600);
    w.lock_error = {};
    w.run_for(minutes(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("mark", "refresh r0", "save a1"));
    EXPECT_EQ(w.found.size(), 2U);
    EXPECT_FALSE(w.keeper->lost());
}

TEST(unusable_lock, of_an_ended_token_is_a_loss_at_once) {
    locked_out_world w;
    w.service.access_until = w.now;
    w.run_for(std::chrono::milliseconds(1));
    EXPECT_EQ(w.lost.size(), 1U);
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0"));
}

TEST(unusable_lock, of_a_token_that_the_chat_refuses_in_the_meantime_is_a_loss) {
    locked_out_world w;
    w.run_for(hours(4) - minutes(8));
    EXPECT_TRUE(w.lost.empty());
    w.refuse("a0");
    w.run_for(minutes(2));
    EXPECT_EQ(w.lost.size(), 1U);
}

TEST(unusable_lock, is_not_what_a_full_disk_is_called) {
    keeper_world w;
    w.save_error = boost::system::errc::make_error_code(boost::system::errc::no_space_on_device);
    w.run_for(hours(4) + minutes(2));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::token_store_unwritable);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("/state/token-bot.json cannot be written"));
    w.save_error = {};
    w.run_for(minutes(2));
    EXPECT_FALSE(w.keeper->lost());
}

TEST(unknown_refresh, again_and_again_is_tried_ever_more_slowly_and_always_validated_before) {
    renewing_world w(std::vector<fate>(1000, fate::not_done));
    w.run_for(hours(2));
    const auto calls = w.take_calls();
    EXPECT_LT(calls.size(), 3 * 140U);
    EXPECT_GT(calls.size(), 3 * 100U);
    for (std::size_t i = 0; i + 3 < calls.size(); i += 3)
        EXPECT_EQ(calls[i + 2], "validate a0");
    EXPECT_TRUE(w.lost.empty());
    EXPECT_FALSE(w.we_have_lock);
}

TEST(unknown_refresh, while_nothing_can_be_asked_burns_nothing) {
    renewing_world w({fate::not_done});
    w.on_validate = [] {
        return reset_by_peer();
    };
    w.run_for(hours(1));
    const auto calls = w.take_calls();
    EXPECT_EQ(std::count(calls.begin(), calls.end(), "refresh r0"), 1);
    w.on_validate = [] {
        return core::error_code();
    };
    w.run_for(minutes(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "mark", "refresh r0", "save a1"));
}

TEST(unknown_refresh, of_another_process_is_not_repeated_unchecked_either) {
    keeper_world w;
    w.run_for(minutes(1));
    w.on_validate = [] {
        return reset_by_peer();
    };
    auto marked = *w.disk;
    marked.refreshing = true;
    w.put(marked);
    w.run_for(hours(5));
    w.refuse("a0");
    w.run_for(hours(1));
    const auto calls = w.take_calls();
    EXPECT_EQ(std::count(calls.begin(), calls.end(), "refresh r0"), 0);
    w.on_validate = [] {
        return core::error_code();
    };
    w.run_for(minutes(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "mark", "refresh r0", "save a1"));
}

TEST(unknown_refresh, of_an_earlier_process_is_validated_first_and_not_used_before) {
    keeper_world w;
    w.disk->refreshing = true;
    w.start();
    w.on_validate = [] {
        return reset_by_peer();
    };
    w.run_for(minutes(1));
    EXPECT_TRUE(w.found.empty());
    w.on_validate = [] {
        return core::error_code();
    };
    w.run_for(minutes(1));
    EXPECT_EQ(w.found.size(), 1U);
}

TEST(lost_grant, goes_on_by_itself_after_a_new_login) {
    keeper_world w;
    w.run_for(minutes(1));
    w.service.revoked = true;
    w.run_for(hours(1));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::renewed_elsewhere);
    w.take_calls();
    w.run_for(hours(24));
    EXPECT_THAT(w.take_calls(), IsEmpty());
    EXPECT_EQ(w.lost.size(), 1U);

    w.service.grant_anew(w.now);
    w.log_in();
    w.run_for(seconds(6));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a1"));
    ASSERT_EQ(w.found.size(), 2U);
    EXPECT_EQ(w.found[1].access.reveal(), "a1");
    EXPECT_FALSE(w.keeper->lost());

    w.service.revoked = true;
    w.run_for(hours(1));
    EXPECT_EQ(w.lost.size(), 2U);
}

TEST(lost_grant, stays_lost_when_the_new_one_is_no_better) {
    keeper_world w;
    w.service.revoked = true;
    w.run_for(minutes(1));
    ASSERT_EQ(w.lost.size(), 1U);
    auto other = *w.disk;
    other.access = core::secret("else");
    w.put(other);
    w.run_for(minutes(1));
    EXPECT_TRUE(w.keeper->lost());
    EXPECT_EQ(w.lost.size(), 2U) << "whoever has just logged in waits for a word about it";
    EXPECT_TRUE(w.found.empty());
    w.put(other);
    w.run_for(minutes(1));
    EXPECT_EQ(w.lost.size(), 2U) << "the same login is nothing new";
}

TEST(lost_grant, is_what_there_is_before_the_first_login_and_after_a_logout) {
    keeper_world w;
    w.put(std::nullopt);
    w.start();
    w.run_for(minutes(1));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::login_needed);
    w.log_in();
    w.run_for(seconds(6));
    EXPECT_EQ(w.found.size(), 1U);
    w.put(std::nullopt);
    w.run_for(seconds(6));
    EXPECT_EQ(w.lost.size(), 2U);
}

TEST(lost_grant, of_an_unreadable_store_says_which_file_and_heals_without_a_new_stamp) {
    keeper_world w;
    w.load_error = make_error_code(errc::token_store_damaged);
    w.run_for(minutes(1));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::token_store_damaged);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("/state/token-bot.json"));
    w.load_error = {};
    w.run_for(seconds(6));
    EXPECT_EQ(w.found.size(), 1U);
}

TEST(lost_grant, of_an_application_that_is_not_public_says_so) {
    renewing_world w({fate::not_done});
    w.fault = make_error_code(errc::client_needs_secret);
    w.run_for(minutes(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("mark", "refresh r0"));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::client_needs_secret);
}

TEST(unfit_token, of_another_account_is_not_used) {
    keeper_options options;
    options.login = "somebody";
    keeper_world w(options);
    w.run_for(minutes(1));
    EXPECT_TRUE(w.found.empty());
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::wrong_account);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("belongs to bot, but twitch.login is somebody"));
}

TEST(unfit_token, without_the_needed_scopes_names_them) {
    keeper_world w;
    w.service.scopes = {"chat:edit_not"};
    w.run_for(minutes(1));
    EXPECT_TRUE(w.found.empty());
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("chat:read, chat:edit."));
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("tiktok2twitch login"));
}

TEST(unfit_token, a_login_in_capitals_is_the_same_account) {
    keeper_options options;
    options.login = "bot";
    keeper_world w(options);
    w.service.login = "Bot";
    w.run_for(minutes(1));
    ASSERT_EQ(w.found.size(), 1U);
    EXPECT_EQ(w.found[0].login, "bot");
}

TEST(login_without_refresh_token, is_told_before_it_ends_and_again_for_the_next_one) {
    keeper_world w;
    const auto log_in_without = [&w] {
        w.log_in();
        auto stored = *w.disk;
        stored.refresh = {};
        w.put(stored);
    };
    log_in_without();
    w.start();
    w.run_for(hours(4) - minutes(1));
    EXPECT_EQ(w.told(severity::warning, "the stored login is good for another 4 h and cannot be renewed"),
              1U);
    EXPECT_EQ(w.told(severity::warning, "cannot be renewed"), 2U);
    EXPECT_EQ(w.told(severity::warning, "tiktok2twitch login"), 2U);
    EXPECT_TRUE(w.lost.empty());
    w.run_for(minutes(2));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::login_needed);
    w.service.grant_anew(w.now);
    log_in_without();
    w.run_for(minutes(1));
    EXPECT_EQ(w.told(severity::warning, "cannot be renewed"), 3U);
}

struct pasted_world : keeper_world {
    explicit pasted_world(std::string login = "") : keeper_world(pasted(std::move(login))) {}
    static keeper_options pasted(std::string login) {
        keeper_options out;
        out.login = std::move(login);
        out.pasted = core::secret("a0");
        return out;
    }
};

TEST(pasted_token, is_validated_at_the_start_and_hourly_and_never_renewed) {
    pasted_world w;
    w.service.access_until = w.now + hours(60 * 24);
    w.run_for(hours(24) + minutes(1));
    const auto calls = w.take_calls();
    EXPECT_EQ(calls.size(), 25U);
    EXPECT_EQ(std::count(calls.begin(), calls.end(), "validate a0"), 25);
    EXPECT_EQ(w.found.size(), 1U);
    EXPECT_EQ(w.told(severity::info, "cannot be renewed"), 1U);
}

TEST(pasted_token, that_ends_within_a_day_is_warned_about_and_lost_in_the_end) {
    pasted_world w;
    w.run_for(hours(5));
    EXPECT_EQ(w.told(severity::warning, "another 4 h"), 1U);
    EXPECT_EQ(w.told(severity::warning, "another 60 min") + w.told(severity::warning, "another 59 min"), 1U);
    EXPECT_EQ(w.notices.size(), 2U);
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::token_invalid);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("twitch.token"));
    w.take_calls();
    w.run_for(hours(24));
    EXPECT_THAT(w.take_calls(), IsEmpty());
}

TEST(pasted_token, that_the_chat_refuses_but_twitch_calls_good_is_told_again_ever_more_slowly) {
    pasted_world w;
    w.service.access_until = w.now + hours(60 * 24);
    w.run_for(seconds(1));
    for (int i = 0; i < 10; ++i) {
        w.refuse("a0");
        w.run_for(seconds(30));
    }
    EXPECT_GE(w.found.size(), 3U);
    EXPECT_LE(w.found.size(), 5U);
}

TEST(pasted_token, is_used_unchecked_while_the_login_service_is_down_but_not_after_a_refusal) {
    pasted_world w("bot");
    w.on_validate = [] {
        return reset_by_peer();
    };
    w.run_for(minutes(1));
    ASSERT_EQ(w.found.size(), 1U);
    EXPECT_EQ(w.found[0].login, "bot");
    EXPECT_EQ(w.found[0].user_id, "");
    w.refuse("a0");
    w.run_for(hours(1));
    EXPECT_EQ(w.found.size(), 1U);
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::login_refused);
    w.on_validate = [] {
        return core::error_code();
    };
    w.run_for(minutes(2));
    EXPECT_EQ(w.found.size(), 2U) << "it was good after all";
}

TEST(pasted_token, that_was_used_unchecked_is_told_again_once_its_client_id_is_known) {
    pasted_world w("bot");
    bool down = true;
    w.on_validate = [&down] {
        return down ? reset_by_peer() : core::error_code();
    };
    w.run_for(minutes(1));
    down = false;
    w.run_for(minutes(2));
    ASSERT_EQ(w.found.size(), 2U);
    EXPECT_EQ(w.found[0].client_id, "");
    EXPECT_EQ(w.found[1].client_id, "client");
    w.run_for(hours(3));
    EXPECT_EQ(w.found.size(), 2U);
}

TEST(pasted_token, a_lost_one_is_replaced_by_the_next_that_is_pasted) {
    pasted_world w("bot");
    w.service.revoked = true;
    w.run_for(seconds(1));
    ASSERT_EQ(w.lost.size(), 1U);
    w.service.grant_anew(w.now);
    w.keeper->on_pasted(core::secret("a1"), w.now);
    w.run_for(seconds(1));
    ASSERT_EQ(w.found.size(), 1U);
    EXPECT_EQ(w.found[0].access.reveal(), "a1");
    w.keeper->on_pasted(core::secret("mistyped"), w.now);
    w.run_for(seconds(1));
    EXPECT_EQ(w.lost.size(), 2U) << "the same words about another token are said again";
}

TEST(pasted_token, of_another_account_or_without_scopes_is_not_used) {
    pasted_world w("somebody");
    w.run_for(seconds(1));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::wrong_account);
    EXPECT_THAT(w.lost[0].sentence, HasSubstr("belongs to bot"));

    pasted_world less;
    less.service.scopes.clear();
    less.run_for(seconds(1));
    ASSERT_EQ(less.lost.size(), 1U);
    EXPECT_EQ(less.lost[0].reason, errc::scope_missing);
    EXPECT_THAT(less.lost[0].sentence, HasSubstr("chat:read, chat:edit"));
}

// Processes that die anywhere, answers that are lost anywhere: the grant is lost only when the answer to a
// refresh that happened did not reach the disk, and then it is said.
TEST(grant_keeper_property, dying_anywhere_loses_the_grant_only_with_the_answer) {
    int kept = 0;
    int gone = 0;
    int renewed = 0;
    for (unsigned seed = 1; seed <= 300; ++seed) {
        std::mt19937 random(seed);
        keeper_world w;
        w.service.lifetime = minutes(30);
        w.service.access_until = w.now + minutes(static_cast<int>(random() % 40));
        w.log_in();
        w.start();
        bool answer_lost = false;
        w.on_refresh = [&] {
            const auto roll = random() % 10;
            answer_lost = answer_lost || roll == 0;
            return roll == 0 ? fate::answer_lost : roll < 4 ? fate::not_done : fate::answered;
        };
        w.on_validate = [&] {
            return random() % 4 == 0 ? reset_by_peer() : core::error_code();
        };
        for (int i = 0; i < 60 && !w.keeper->lost(); ++i) {
            const auto end = w.now + minutes(10);
            for (auto steps = random() % 40; steps > 0 && w.now < end; --steps)
                w.obey(end);
            // Between the answer and the disk dying is the same as losing the answer.
            answer_lost = answer_lost || w.keeper->unsaved();
            ASSERT_TRUE(answer_lost || w.disk->refresh.reveal() == w.service.refresh) << seed;
            w.start();
        }
        w.run_for(hours(1));
        if (!answer_lost) {
            EXPECT_FALSE(w.service.reused) << seed;
            EXPECT_TRUE(w.lost.empty()) << seed;
        }
        EXPECT_EQ(w.keeper->lost(), w.service.revoked) << seed;
        ++(answer_lost ? gone : kept);
        renewed += w.service.made;
    }
    EXPECT_GT(kept, 20);
    EXPECT_GT(gone, 20);
    EXPECT_GT(renewed, 600);
}

// A copy of the state directory on another machine renewed the pair.
struct copied_world : keeper_world {
    copied_world() {
        run_for(seconds(1));
        service.grant_anew(now);
        take_calls();
    }
};

TEST(renewed_elsewhere, is_seen_by_the_refusal_before_the_end_and_its_refresh_token_is_not_presented) {
    copied_world w;
    w.run_for(hours(1));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::renewed_elsewhere);
    EXPECT_THAT(w.lost[0].sentence, testing::HasSubstr("tiktok2twitch login"));
    w.run_for(hours(24));
    EXPECT_FALSE(w.service.reused);
    EXPECT_FALSE(w.service.revoked) << "the other machine's login lives";
    EXPECT_EQ(w.lost.size(), 1U) << "said once";
}

TEST(renewed_elsewhere, is_checked_first_when_the_chat_refuses) {
    copied_world w;
    w.refuse("a0");
    w.run_for(seconds(1));
    EXPECT_THAT(w.take_calls(), testing::ElementsAre("validate a0"));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::renewed_elsewhere);
}

TEST(renewed_elsewhere, a_new_login_is_taken_up) {
    copied_world w;
    w.refuse("a0");
    w.run_for(seconds(1));
    w.service.grant_anew(w.now);
    w.log_in();
    w.run_for(seconds(6));
    ASSERT_FALSE(w.found.empty());
    EXPECT_EQ(w.found.back().access.reveal(), "a2");
}

TEST(renewed_elsewhere, a_start_after_the_end_cannot_tell_and_tries_once) {
    copied_world w;
    w.pass(hours(5));
    w.start();
    w.run_for(seconds(1));
    EXPECT_TRUE(w.service.reused);
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::refresh_refused);
}

TEST(renewed_elsewhere, a_clock_that_was_behind_and_is_set_brings_the_login_back) {
    keeper_world w;
    w.now += hours(6);  // the token has ended, and the clock of the machine stood still
    w.start();
    w.run_for(seconds(1));
    ASSERT_EQ(w.lost.size(), 1U);
    w.wall += std::chrono::milliseconds(hours(6)).count();
    w.run_for(minutes(6));
    EXPECT_EQ(w.found.back().access.reveal(), "a1");
}

TEST(renewed_elsewhere, an_own_renewal_with_a_lost_answer_is_none) {
    keeper_world w;
    w.on_refresh = [&w] {
        w.on_refresh = [] {
            return keeper_world::fate::answered;
        };
        return keeper_world::fate::answer_lost;
    };
    w.run_for(hours(4));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::refresh_refused)
        << "presented once: without its answer nothing is left";
}

TEST(renamed_account, is_followed_by_its_number) {
    keeper_options options;
    options.login = "bot";
    keeper_world w(std::move(options));
    w.run_for(seconds(1));
    w.service.login = "newbot";
    w.run_for(hours(2));
    EXPECT_TRUE(w.lost.empty());
    EXPECT_EQ(w.told(notice::severity::warning, "bot is now newbot"), 1U);
    w.run_for(hours(4));
    EXPECT_EQ(w.disk->login, "bot") << "it names the file";
    EXPECT_EQ(w.found.back().login, "newbot");
    w.start();
    w.run_for(seconds(1));
    EXPECT_TRUE(w.lost.empty());
}

TEST(renamed_account, another_account_is_none) {
    keeper_options options;
    options.login = "bot";
    keeper_world w(std::move(options));
    w.disk->user_id = "2";
    w.service.login = "newbot";
    w.run_for(seconds(1));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::wrong_account);
}

TEST(application_with_a_secret, is_known_to_renew_nothing) {
    keeper_world w;
    w.disk->needs_secret = true;
    w.run_for(hours(4) + minutes(1));
    const auto calls = w.take_calls();
    EXPECT_EQ(std::count(calls.begin(), calls.end(), "refresh r0"), 0);
    EXPECT_GE(w.told(notice::severity::warning, "not a public client"), 1U);
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::login_needed);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
