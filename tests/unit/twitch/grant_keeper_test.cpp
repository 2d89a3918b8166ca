// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "unit/twitch/keeper_world.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using severity = notice::severity;

std::vector<std::string> accesses(const keeper_world& w) {
    std::vector<std::string> out;
    for (const auto& token : w.found)
        out.push_back(token.access.reveal());
    return out;
}

TEST(grant_keeper, validates_at_the_start_and_tells_the_token) {
    keeper_world w;
    w.run_for(seconds(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0"));
    ASSERT_EQ(w.found.size(), 1U);
    EXPECT_EQ(w.found[0].login, "bot");
    EXPECT_EQ(w.found[0].user_id, "1");
    EXPECT_EQ(w.found[0].client_id, "client");
    EXPECT_THAT(w.found[0].scopes, ElementsAre("chat:read", "chat:edit"));
    EXPECT_TRUE(w.lost.empty());
}

TEST(grant_keeper, validates_every_hour_and_renews_ten_minutes_before_the_end) {
    keeper_world w;
    w.run_for(hours(4) - minutes(11));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "validate a0", "validate a0", "validate a0"));
    w.run_for(minutes(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("mark", "refresh r0", "save a1"));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
    EXPECT_EQ(w.disk->access.reveal(), "a1");
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_FALSE(w.disk->refreshing);
    EXPECT_EQ(w.disk->obtained_at + std::chrono::milliseconds(hours(4)).count(), w.disk->expires_at);
    EXPECT_FALSE(w.we_have_lock);
    EXPECT_EQ(w.locked_writes, 2);
}

TEST(grant_keeper, validates_as_often_as_it_is_told_to) {
    keeper_options often;
    often.validate_every = minutes(5);
    keeper_world w(std::move(often));
    w.run_for(hours(1) + minutes(1));
    EXPECT_THAT(w.take_calls(), Each("validate a0"));
    w.run_for(hours(1));
    EXPECT_EQ(w.take_calls().size(), 12U);

    keeper_options pasted;
    pasted.pasted = core::secret("a0");
    pasted.validate_every = seconds(10);
    keeper_world p(std::move(pasted));
    p.run_for(minutes(2) + seconds(5));
    EXPECT_EQ(p.take_calls().size(), 13U);
}

TEST(grant_keeper, lives_for_ten_days_without_haste_and_without_losing_the_login) {
    keeper_world w;
    w.run_for(hours(24 * 10));
    EXPECT_TRUE(w.lost.empty());
    EXPECT_FALSE(w.service.reused);
    EXPECT_NEAR(w.service.made, 10 * 24 * 60 / 230, 2);
    // A look at the store every 5 s and little else.
    EXPECT_LT(w.steps, 10 * 24 * 3600 / 5 * 3);
}

TEST(grant_keeper, an_expired_token_is_renewed_at_the_start) {
    keeper_world w;
    w.pass(hours(30));
    w.start();
    w.run_for(seconds(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "mark", "refresh r0", "save a1"));
    EXPECT_THAT(accesses(w), ElementsAre("a1"));
}

TEST(grant_keeper, a_pair_that_lives_a_minute_is_renewed_at_its_half_and_never_in_a_tight_loop) {
    keeper_world w;
    w.service.lifetime = minutes(1);
    w.refuse("a0");
    w.run_for(seconds(1));
    w.refuse("a0");
    w.run_for(minutes(10));
    EXPECT_GE(w.service.made, 18);
    EXPECT_LE(w.service.made, 22);

    w.service.lifetime = seconds(1);
    const auto before = w.service.made;
    w.run_for(minutes(10));
    EXPECT_LE(w.service.made - before, 62);
    EXPECT_TRUE(w.lost.empty());
}

TEST(grant_keeper, a_refused_login_is_checked_and_renewed_at_once) {
    keeper_world w;
    w.run_for(minutes(30));
    w.take_calls();
    w.refuse("a0");
    w.refuse("a0");
    w.run_for(seconds(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "mark", "refresh r0", "save a1"));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
}

TEST(grant_keeper, a_refusal_of_a_token_that_was_replaced_since_is_ignored) {
    keeper_world w;
    w.run_for(hours(4));
    w.take_calls();
    w.refuse("a0");
    w.run_for(minutes(1));
    EXPECT_THAT(w.take_calls(), IsEmpty());
}

TEST(grant_keeper, refusals_in_a_row_are_answered_ever_more_slowly) {
    keeper_world w;
    w.run_for(seconds(1));
    std::vector<core::time_point> renewed;
    w.on_refresh = [&] {
        renewed.push_back(w.now);
        return keeper_world::fate::answered;
    };
    for (int i = 0; i < 8; ++i) {
        w.refuse(w.service.access);
        w.run_for(minutes(31));
    }
    ASSERT_EQ(renewed.size(), 8U);
    for (int i = 0; i < 20; ++i) {
        w.refuse(w.service.access);
        w.run_for(minutes(1));
    }
    // 30 minutes apart by then.
    EXPECT_EQ(renewed.size(), 8U);
    EXPECT_GE(w.told(severity::warning, "refuses a token"), 7U);
    w.run_for(hours(4));
    const auto before = renewed.size();
    w.refuse(w.service.access);
    w.run_for(seconds(1));
    EXPECT_EQ(renewed.size(), before + 1);
}

TEST(grant_keeper, a_full_disk_stops_the_renewal_before_it_begins_and_loses_nothing) {
    keeper_world w;
    w.save_error = boost::system::errc::make_error_code(boost::system::errc::no_space_on_device);
    w.run_for(hours(4) - minutes(5));
    EXPECT_EQ(w.service.made, 0);
    EXPECT_EQ(w.told(severity::error, "cannot be written"), 1U);
    EXPECT_FALSE(w.we_have_lock);
    w.save_error = {};
    w.run_for(minutes(2));
    EXPECT_EQ(w.service.made, 1);
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
    EXPECT_TRUE(w.lost.empty());
}

TEST(grant_keeper, a_disk_that_fills_up_in_between_does_not_hold_back_the_new_pair) {
    keeper_world w;
    w.on_refresh = [&w] {
        w.save_error = boost::system::errc::make_error_code(boost::system::errc::no_space_on_device);
        return keeper_world::fate::answered;
    };
    w.refuse("a0");
    w.run_for(seconds(1));
    w.refuse("a0");
    w.run_for(minutes(10));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
    EXPECT_EQ(w.told(severity::error, "is lost then"), 1U);
    EXPECT_TRUE(w.keeper->unsaved());
    EXPECT_TRUE(w.we_have_lock);
    EXPECT_EQ(w.disk->refresh.reveal(), "r0");
    EXPECT_TRUE(w.disk->refreshing);
    EXPECT_LT(w.take_calls().size(), 60U);
    w.save_error = {};
    w.run_for(seconds(20));
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_FALSE(w.we_have_lock);
}

// A disk that fills up while Twitch renews, and a first attempt to save.
struct unsaved_world : keeper_world {
    unsaved_world() {
        run_for(seconds(1));
        on_refresh = [this] {
            fill_disk();
            return fate::answered;
        };
        refuse("a0");
        run_for(minutes(10));
        take_calls();
    }
    void fill_disk() {
        save_error = boost::system::errc::make_error_code(boost::system::errc::no_space_on_device);
    }
};

TEST(unsaved_pair, is_saved_at_once_when_the_process_is_about_to_end) {
    unsaved_world w;
    ASSERT_TRUE(w.keeper->unsaved());
    w.save_error = {};
    w.keeper->on_stop(w.now);
    w.run_for(std::chrono::milliseconds(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("save a1"));
    EXPECT_FALSE(w.keeper->unsaved());
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_FALSE(w.stopped);
}

TEST(unsaved_pair, is_tried_for_some_seconds_before_the_end_and_the_loss_is_said) {
    unsaved_world w;
    w.keeper->on_stop(w.now);
    w.run_for(seconds(3));
    w.keeper->on_stop(w.now);  // asked again: no more time
    EXPECT_TRUE(w.keeper->unsaved());
    w.run_for(seconds(3));
    const auto calls = w.take_calls();
    EXPECT_THAT(calls, Each("save a1"));
    EXPECT_GE(calls.size(), 8U);
    EXPECT_LE(calls.size(), 15U);
    EXPECT_FALSE(w.keeper->unsaved());
    EXPECT_EQ(w.stopped, errc::token_store_unwritable);
    EXPECT_EQ(w.told(severity::error, "tiktok2twitch login"), 1U);
}

TEST(unsaved_pair, is_saved_in_the_seconds_before_the_end) {
    unsaved_world w;
    w.keeper->on_stop(w.now);
    w.run_for(seconds(2));
    w.save_error = {};
    w.run_for(seconds(1));
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_FALSE(w.stopped);
}

TEST(unsaved_pair, gives_way_to_a_login_that_did_not_wait_for_the_lock) {
    unsaved_world w;
    w.service.grant_anew(w.now);
    w.log_in();
    w.save_error = {};
    w.run_for(minutes(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a2"));
    EXPECT_EQ(w.disk->refresh.reveal(), "r2");
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1", "a2"));
    EXPECT_EQ(w.told(severity::warning, "was changed"), 1U);
    EXPECT_FALSE(w.we_have_lock);
}

TEST(unsaved_pair, gives_way_to_such_a_login_at_the_end_too) {
    unsaved_world w;
    w.service.grant_anew(w.now);
    w.log_in();
    w.save_error = {};
    w.keeper->on_stop(w.now);
    w.obey(w.now + seconds(1));
    EXPECT_FALSE(w.keeper->unsaved());
    EXPECT_EQ(w.disk->refresh.reveal(), "r2");
}

TEST(unsaved_pair, does_not_undo_a_logout) {
    unsaved_world w;
    w.put(std::nullopt);
    w.save_error = {};
    w.run_for(minutes(2));
    EXPECT_FALSE(w.disk);
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::login_needed);
}

TEST(unsaved_pair, goes_over_the_spent_one_that_was_put_back_and_over_what_cannot_be_read) {
    unsaved_world w;
    w.put(w.disk);  // chmod, or a copy: the same pair under another stamp
    w.run_for(minutes(2));
    EXPECT_TRUE(w.keeper->unsaved());
    w.load_error = make_error_code(errc::token_store_damaged);
    w.put(w.disk);
    w.save_error = {};
    w.run_for(minutes(2));
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_EQ(w.told(severity::warning, "was changed"), 0U);
}

TEST(unsaved_pair, is_validated_every_hour_and_saved_in_the_end) {
    unsaved_world w;
    w.run_for(hours(3));
    const auto calls = w.take_calls();
    EXPECT_EQ(std::count(calls.begin(), calls.end(), "validate a1"), 3);
    EXPECT_EQ(std::count(calls.begin(), calls.end(), "refresh r1"), 0);
    EXPECT_EQ(w.told(severity::error, "is lost then"), 1U);
    w.save_error = {};
    w.run_for(seconds(20));
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_FALSE(w.disk->refreshing);
    EXPECT_FALSE(w.we_have_lock);
    w.take_calls();
    w.on_refresh = [] {
        return keeper_world::fate::answered;
    };
    w.run_for(minutes(45));
    EXPECT_THAT(w.take_calls(), ElementsAre("mark", "refresh r1", "save a2"))
        << "ten minutes before its end again";
    EXPECT_TRUE(w.lost.empty());
}

TEST(unsaved_pair, is_renewed_at_its_end_and_no_sooner_again_and_again) {
    unsaved_world w;
    w.run_for(hours(4) - minutes(10) - seconds(1));
    EXPECT_EQ(w.service.made, 1);
    w.run_for(seconds(2));
    EXPECT_EQ(w.service.made, 2);
    w.run_for(hours(4) + minutes(1));
    EXPECT_EQ(w.service.made, 3);
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1", "a2", "a3"));
    EXPECT_EQ(w.disk->refresh.reveal(), "r0");
    w.put(w.disk);  // an old one of ours under another stamp is not somebody's login
    w.save_error = {};
    w.run_for(seconds(20));
    EXPECT_EQ(w.disk->refresh.reveal(), "r3");
    EXPECT_FALSE(w.service.reused);
    EXPECT_TRUE(w.lost.empty());
    EXPECT_FALSE(w.we_have_lock);
}

TEST(unsaved_pair, knows_the_one_on_the_disk_after_any_number_of_renewals) {
    unsaved_world w;
    w.service.lifetime = minutes(1);
    w.run_for(hours(8));
    ASSERT_GT(w.service.made, static_cast<int>(grant_keeper::most_spent) + 10);
    w.put(w.disk);
    w.save_error = {};
    w.on_refresh = [] {
        return keeper_world::fate::answered;
    };
    w.run_for(seconds(20));
    EXPECT_EQ(w.disk->refresh.reveal(), "r" + std::to_string(w.service.made));
    EXPECT_EQ(w.told(severity::warning, "was changed"), 0U);
    EXPECT_FALSE(w.service.reused);
}

TEST(unsaved_pair, that_the_chat_refuses_is_renewed_in_memory) {
    unsaved_world w;
    w.refuse("a1");
    w.run_for(minutes(2));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1", "a2"));
    EXPECT_TRUE(w.keeper->unsaved());
    w.save_error = {};
    w.run_for(seconds(20));
    EXPECT_EQ(w.disk->refresh.reveal(), "r2");
}

TEST(unsaved_pair, is_marked_on_the_disk_before_its_renewal_when_that_works_by_then) {
    unsaved_world w;
    w.on_refresh = [&w] {
        EXPECT_EQ(w.disk->refresh.reveal(), "r1");
        EXPECT_TRUE(w.disk->refreshing);
        return keeper_world::fate::answered;
    };
    w.refuse("a1");
    w.run_for(seconds(60) - std::chrono::milliseconds(2));
    w.save_error = {};
    w.run_for(seconds(1));
    EXPECT_EQ(w.disk->refresh.reveal(), "r2");
    EXPECT_EQ(w.service.made, 2);
}

TEST(unsaved_pair, whose_renewal_has_an_unknown_end_is_saved_as_such_and_validated_before_the_next_try) {
    unsaved_world w;
    bool down = true;
    w.on_validate = [&down] {
        return down ? reset_by_peer() : core::error_code();
    };
    w.on_refresh = [&down] {
        return down ? keeper_world::fate::not_done : keeper_world::fate::answered;
    };
    w.refuse("a1");
    w.run_for(minutes(2));
    EXPECT_EQ(w.service.made, 1);
    w.save_error = {};
    w.run_for(seconds(20));
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_TRUE(w.disk->refreshing) << "whoever starts from it must not use it unchecked";
    w.take_calls();
    down = false;
    w.run_for(minutes(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a1", "mark", "refresh r1", "save a2"));
    EXPECT_FALSE(w.service.reused);
}

TEST(unsaved_pair, that_was_revoked_is_a_loss_within_the_hour_and_its_lock_is_let_go) {
    unsaved_world w;
    w.service.revoked = true;
    w.run_for(hours(1));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::refresh_refused);
    EXPECT_THAT(w.lost[0].sentence, testing::HasSubstr("tiktok2twitch login"));
    EXPECT_TRUE(w.keeper->lost());
    EXPECT_FALSE(w.keeper->unsaved());
    EXPECT_FALSE(w.we_have_lock);
    w.service.grant_anew(w.now);
    w.log_in();
    w.run_for(seconds(6));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1", "a2"));
}

TEST(unsaved_pair, that_is_lost_for_another_reason_is_still_saved_and_stays_lost) {
    unsaved_world w;
    w.fault = make_error_code(errc::client_needs_secret);
    w.on_refresh = [] {
        return keeper_world::fate::not_done;
    };
    w.refuse("a1");
    w.run_for(minutes(2));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_TRUE(w.keeper->unsaved());
    w.save_error = {};
    w.run_for(seconds(20));
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_TRUE(w.keeper->lost());
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
}

TEST(unsaved_pair, gives_way_to_a_login_although_its_disk_stays_full) {
    unsaved_world w;
    w.service.grant_anew(w.now);
    w.log_in();
    w.run_for(seconds(20));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1", "a2"));
    EXPECT_FALSE(w.keeper->unsaved());
}

TEST(unsaved_pair, is_only_saved_once_the_process_is_about_to_end) {
    unsaved_world w;
    w.service.access_until = w.now;
    w.refuse("a1");
    w.keeper->on_stop(w.now);
    w.run_for(seconds(10));
    EXPECT_THAT(w.take_calls(), Each("save a1"));
    EXPECT_EQ(w.stopped, errc::token_store_unwritable);
}

// A process that cannot wait saves while the keeper waits for an answer.
struct asking_world : unsaved_world {
    void until_asked() {
        for (;;) {
            todo = keeper->next(now, wall);
            if (std::holds_alternative<grant_keeper::ask_refresh>(todo))
                return;
            if (const auto* rest = std::get_if<grant_keeper::rest_until>(&todo))
                pass(rest->at - now);
            else
                obey_store(todo);
        }
    }
    void save_now() {
        keeper->on_stop(now);
        const auto out = keeper->next(now, wall);
        ASSERT_TRUE(std::holds_alternative<grant_keeper::write_store>(out));
        obey_store(out);
    }
    grant_keeper::step todo = grant_keeper::unlock_store{};
};

TEST(unsaved_pair, that_is_being_renewed_is_saved_with_the_mark) {
    asking_world w;
    w.refuse("a1");
    w.until_asked();
    w.save_error = {};
    w.save_now();
    EXPECT_FALSE(w.keeper->unsaved());
    EXPECT_TRUE(w.keeper->renewing());
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_TRUE(w.disk->refreshing);
}

TEST(unsaved_pair, that_is_being_renewed_does_not_mix_with_a_login) {
    asking_world w;
    w.refuse("a1");
    w.until_asked();
    auto renewed = w.service.renew(core::secret("r1"), w.now);
    w.service.grant_anew(w.now);
    w.log_in();
    w.save_error = {};
    w.save_now();
    EXPECT_EQ(w.disk->refresh.reveal(), "r3");
    w.keeper->on_refreshed(std::move(renewed), w.now, w.wall);
    w.run_for(seconds(20));
    EXPECT_EQ(w.disk->refresh.reveal(), "r3");
    EXPECT_THAT(w.found.back().access.reveal(), "a3");
}

TEST(unsaved_pair, is_saved_although_it_lacks_a_right) {
    keeper_world w;
    w.run_for(seconds(1));
    w.on_refresh = [&w] {
        w.service.scopes = {"chat:read"};
        w.save_error = boost::system::errc::make_error_code(boost::system::errc::no_space_on_device);
        return keeper_world::fate::answered;
    };
    w.refuse("a0");
    w.run_for(minutes(1));
    EXPECT_TRUE(w.keeper->lost());
    EXPECT_TRUE(w.keeper->unsaved());
    w.save_error = {};
    w.run_for(minutes(2));
    EXPECT_EQ(w.disk->refresh.reveal(), "r1");
    EXPECT_EQ(w.lost.size(), 1U);
}

TEST(grant_keeper, another_process_that_renews_is_waited_for_and_read) {
    keeper_world w;
    w.run_for(minutes(1));
    w.other_has_lock = true;
    w.refuse("a0");
    w.run_for(seconds(3));
    EXPECT_EQ(w.service.made, 0);
    w.service.grant_anew(w.now);
    w.log_in();
    w.other_has_lock = false;
    w.take_calls();
    w.run_for(seconds(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a1"));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
    EXPECT_FALSE(w.service.reused);
    EXPECT_FALSE(w.we_have_lock);
}

TEST(grant_keeper, a_lock_that_is_held_for_long_is_said_once) {
    keeper_world w;
    w.run_for(hours(4) - minutes(11));
    w.steps = 0;
    w.other_has_lock = true;
    w.run_for(minutes(9));
    EXPECT_EQ(w.told(severity::warning, "holding the lock"), 1U);
    EXPECT_LE(w.steps, 9 * 60 * 3);
    EXPECT_TRUE(w.lost.empty());
}

struct busy_world : keeper_world {
    busy_world() {
        run_for(seconds(1));
        other_has_lock = true;
        take_calls();
    }
};

TEST(busy_lock, a_new_login_needs_no_lock_to_be_noticed) {
    busy_world w;
    w.refuse("a0");
    w.run_for(seconds(3));
    w.service.grant_anew(w.now);
    w.log_in();
    w.run_for(seconds(6));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
    EXPECT_TRUE(w.lost.empty());
    w.run_for(minutes(30));
    EXPECT_EQ(w.told(severity::warning, "holding the lock"), 0U);
}

TEST(busy_lock, of_a_token_that_does_not_serve_is_a_loss_until_the_lock_is_free) {
    busy_world w;
    w.refuse("a0");
    w.run_for(seconds(14));
    EXPECT_TRUE(w.lost.empty());
    w.steps = 0;
    w.run_for(hours(1));
    EXPECT_LE(w.steps, 3600 * 3);
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::token_lock_busy);
    EXPECT_THAT(w.lost[0].sentence, testing::HasSubstr("another process holds the lock of /state/token-bot"));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0"));
    w.other_has_lock = false;
    w.run_for(seconds(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("mark", "refresh r0", "save a1"));
    EXPECT_FALSE(w.keeper->lost());
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
    EXPECT_FALSE(w.we_have_lock);
}

TEST(busy_lock, of_a_lost_token_does_not_hide_a_new_login) {
    busy_world w;
    w.refuse("a0");
    w.run_for(minutes(1));
    ASSERT_TRUE(w.keeper->lost());
    w.service.grant_anew(w.now);
    w.log_in();
    w.run_for(seconds(6));
    EXPECT_FALSE(w.keeper->lost());
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
}

TEST(busy_lock, after_one_that_could_not_be_taken_is_tried_all_the_same) {
    busy_world w;
    w.other_has_lock = false;
    w.lock_error = boost::system::errc::make_error_code(boost::system::errc::permission_denied);
    w.refuse("a0");
    w.run_for(seconds(5));
    ASSERT_EQ(w.lost.size(), 1U);
    w.lock_error = {};
    w.other_has_lock = true;
    w.run_for(minutes(2));
    w.other_has_lock = false;
    w.run_for(seconds(2));
    EXPECT_FALSE(w.keeper->lost());
    EXPECT_EQ(w.service.made, 1);
}

TEST(unusable_lock, does_not_keep_from_validating_nor_from_a_new_login) {
    keeper_world w;
    w.lock_error = boost::system::errc::make_error_code(boost::system::errc::permission_denied);
    w.run_for(hours(4) - minutes(9));
    w.service.grant_anew(w.now);
    w.log_in();
    w.run_for(seconds(6));
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
    EXPECT_TRUE(w.lost.empty());
}

TEST(busy_lock, is_no_loss_before_the_token_that_should_be_renewed_is_over) {
    busy_world w;
    w.run_for(hours(4) - minutes(1));
    EXPECT_TRUE(w.lost.empty());
    w.run_for(minutes(2));
    ASSERT_EQ(w.lost.size(), 1U);
    EXPECT_EQ(w.lost[0].reason, errc::token_lock_busy);
}

// A renewal is wanted since the half of a quarter of an hour, and the lock is not to be had.
struct waiting_world : keeper_world {
    waiting_world() {
        service.lifetime = minutes(15);
        options.validate_every = minutes(1);
        service.access_until = now + minutes(15);
        log_in();
        start();
        other_has_lock = true;
        run_for(minutes(9));
        take_calls();
    }
};

TEST(busy_lock, does_not_keep_from_validating) {
    waiting_world w;
    w.run_for(minutes(3) - seconds(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "validate a0", "validate a0"));
    w.service.revoked = true;
    w.run_for(minutes(1) + seconds(1));
    EXPECT_EQ(w.lost.size(), 1U);
}

TEST(busy_lock, that_gets_free_while_nothing_can_be_checked_leads_to_the_renewal) {
    waiting_world w;
    w.on_validate = [] {
        return reset_by_peer();
    };
    w.run_for(minutes(2));
    w.other_has_lock = false;
    w.take_calls();
    w.run_for(seconds(3));
    EXPECT_EQ(w.service.made, 1);
    EXPECT_TRUE(w.lost.empty());
}

TEST(busy_lock, of_a_process_that_has_begun_to_renew_is_waited_for) {
    waiting_world w;
    auto marked = *w.disk;
    marked.refreshing = true;
    w.put(marked);
    w.run_for(seconds(10));
    w.service.grant_anew(w.now);
    w.log_in();
    w.run_for(seconds(10));
    EXPECT_EQ(w.found.back().access.reveal(), "a1");
    EXPECT_TRUE(w.lost.empty());
    EXPECT_FALSE(w.service.reused);
}

TEST(grant_keeper, a_refresh_that_another_process_did_not_end_is_checked_before_the_own_one) {
    keeper_world w;
    w.run_for(minutes(1));
    auto marked = *w.disk;
    marked.refreshing = true;
    w.put(marked);
    w.refuse("a0");
    w.take_calls();
    w.run_for(minutes(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "validate a0", "mark", "refresh r0", "save a1"));
}

TEST(grant_keeper, a_new_login_in_the_store_is_noticed_while_all_is_well) {
    keeper_world w;
    w.run_for(minutes(1));
    w.service.grant_anew(w.now);
    w.service.scopes.emplace_back("moderator:manage:chat_messages");
    w.log_in();
    w.run_for(seconds(6));
    ASSERT_EQ(w.found.size(), 2U);
    EXPECT_EQ(w.found[1].access.reveal(), "a1");
    EXPECT_EQ(w.found[1].scopes.size(), 3U);
}

TEST(grant_keeper, a_store_that_becomes_unreadable_leaves_the_token_in_use) {
    keeper_world w;
    w.run_for(minutes(1));
    w.load_error = make_error_code(errc::token_store_exposed);
    w.put(w.disk);
    w.run_for(minutes(10));
    EXPECT_TRUE(w.lost.empty());
    EXPECT_EQ(w.told(severity::error, "/state/token-bot.json"), 1U);
    w.run_for(hours(4) - minutes(13));
    EXPECT_EQ(w.service.made, 0);
    w.load_error = {};
    w.put(w.disk);
    w.run_for(minutes(1) + seconds(30));
    EXPECT_EQ(w.service.made, 1);
}

class clock_jump : public testing::TestWithParam<int> {};

TEST_P(clock_jump, of_a_day_neither_spins_nor_keeps_from_renewing) {
    keeper_world w;
    w.run_for(minutes(90));
    w.steps = 0;
    w.wall += std::chrono::milliseconds(hours(24)).count() * GetParam();
    w.run_for(hours(3));
    EXPECT_EQ(w.service.made, 1);
    EXPECT_LT(w.steps, 3 * 3600 / 5 * 3);
    w.wall -= std::chrono::milliseconds(hours(24)).count() * GetParam();
    w.run_for(hours(24));
    EXPECT_TRUE(w.lost.empty());
    EXPECT_GE(w.service.made, 6);
    EXPECT_LE(w.service.made, 9);
}

INSTANTIATE_TEST_SUITE_P(both_ways, clock_jump, testing::Values(-1, 1));

TEST(grant_keeper, after_a_sleep_of_the_machine_the_token_is_checked_at_once) {
    keeper_world w;
    w.run_for(minutes(5));
    w.take_calls();
    // The steady clock stood still; Twitch's did not.
    w.wall += std::chrono::milliseconds(hours(5)).count();
    w.service.access_until = w.now;
    w.run_for(seconds(6));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "mark", "refresh r0", "save a1"));
}

TEST(grant_keeper, a_login_service_that_is_down_at_the_start_does_not_keep_the_chat_away) {
    keeper_world w;
    w.on_validate = [] {
        return make_error_code(errc::auth_server_error);
    };
    w.run_for(minutes(30));
    EXPECT_THAT(accesses(w), ElementsAre("a0"));
    EXPECT_EQ(w.told(severity::warning, "cannot be checked"), 1U);
    // Backed off to a minute.
    EXPECT_LT(w.take_calls().size(), 50U);
    w.on_validate = [] {
        return core::error_code();
    };
    w.run_for(minutes(2));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0"));
    EXPECT_EQ(w.found.size(), 1U);
}

TEST(grant_keeper, renews_in_time_although_the_token_cannot_be_checked) {
    keeper_world w;
    w.run_for(minutes(90));
    w.on_validate = [] {
        return make_error_code(errc::auth_server_error);
    };
    w.run_for(hours(4) - minutes(91));
    EXPECT_EQ(w.service.made, 1);
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
    w.run_for(hours(24));
    EXPECT_GE(w.service.made, 6) << "and again";
    EXPECT_LE(w.service.made, 8);
    EXPECT_TRUE(w.lost.empty());
}

TEST(grant_keeper, a_token_that_is_refused_before_its_end_is_not_renewed_before_it_was_checked) {
    keeper_world w;
    w.run_for(minutes(1));
    w.on_validate = [] {
        return make_error_code(errc::auth_server_error);
    };
    w.run_for(hours(1));
    w.refuse("a0");
    w.run_for(minutes(2));
    EXPECT_EQ(w.service.made, 0) << "a copy may have renewed it";
    w.on_validate = [] {
        return core::error_code();
    };
    w.run_for(minutes(2));
    EXPECT_EQ(w.service.made, 1);
    EXPECT_THAT(accesses(w), ElementsAre("a0", "a1"));
}

TEST(grant_keeper, an_expired_token_is_renewed_at_the_start_although_it_cannot_be_checked) {
    keeper_world w;
    w.pass(hours(30));
    w.start();
    w.on_validate = [] {
        return make_error_code(errc::auth_server_error);
    };
    w.run_for(seconds(1));
    EXPECT_THAT(w.take_calls(), ElementsAre("validate a0", "mark", "refresh r0", "save a1"));
    EXPECT_THAT(accesses(w), ElementsAre("a1"));
}

TEST(grant_keeper, a_host_that_is_not_twitch_s_ends_it) {
    keeper_world w;
    w.on_validate = [] {
        return make_error_code(errc::token_host_refused);
    };
    w.run_for(seconds(1));
    EXPECT_EQ(w.stopped, errc::token_host_refused);
    EXPECT_TRUE(w.found.empty());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
