// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The promise of the report, checked after every single step: events, refusals, silences, lost connections,
// promotions, clock jumps, reloads of routes and filters, moderators' commands and the final drain, through
// the books and the account together.

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

#include "support/policy.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::egress {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array rooms{"ann", "bob"};
constexpr std::array channels{"alpha", "beta", "gamma"};
constexpr std::array refusals{"msg_ratelimit",          "msg_slowmode", "msg_duplicate", "msg_rejected",
                              "msg_rejected_mandatory", "msg_subsonly", "msg_timedout",  "msg_something_new"};

class life {
public:
    explicit life(unsigned seed) : random_(seed), d_(with(seed)) {
        d_.after_step = [this] {
            settle();
        };
        d_.answer = [this](const auto& sent) {
            return answer(sent);
        };
        books_.set_gate([this](const std::string& channel, const relay::event& event) -> std::string_view {
            if (channel == paused_)
                return "paused";
            return event.from.id == muted_ ? "muted_user" : "";
        });
        for (const char* room : rooms)
            for (const char* channel : channels)
                if (below(3) != 0)
                    add(room, channel);
        add("ann", "alpha");
    }

    void run(int steps) {
        for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
            act();
            check();
            d_.run_for(milliseconds(below(below(6) == 0 ? 9000 : 300)));
            check();
        }
        push(books_.finish(d_.now, below(2) == 0));
        d_.acc.drain(d_.now + seconds(5), d_.now);
        d_.run_for(minutes(2));
        d_.acc.drained(d_.now);  // as the shell asks while it is offline
        d_.collect();
        books_.lines().give_up("shutdown");
        check();
        for (const auto& [id, books] : books_.routes())
            EXPECT_EQ(d_.acc.pending(id) + books.ledger.pending() + books.again.pending() +
                          books_.lines().pending(id),
                      0U)
                << "after the end";
        EXPECT_EQ(books_.open_tickets(), 0U);
    }

    std::uint64_t filtered(const std::string& reason) const {
        std::uint64_t sum = 0;
        for (const auto& [id, books] : books_.routes())
            if (const auto found = books.ledger.filtered().find(reason);
                found != books.ledger.filtered().end())
                sum += found->second;
        return sum;
    }
    std::uint64_t taken_back() const { return taken_back_; }
    std::uint64_t revised() const { return revised_; }
    std::uint64_t total(std::uint64_t (relay::ledger::*what)() const noexcept) const {
        std::uint64_t sum = 0;
        for (const auto& [id, books] : books_.routes())
            sum += (books.ledger.*what)();
        return sum;
    }
    std::uint64_t said_again() const {
        std::uint64_t sum = 0;
        for (const auto& [id, books] : books_.routes())
            sum += books.again.relayed() + books.again.folded();
        return sum;
    }
    std::uint64_t deleted() const {
        std::uint64_t sum = 0;
        for (const auto& [id, books] : books_.routes())
            sum += books_.lines().counts(id).deleted;
        return sum;
    }

private:
    static twitch::options with(unsigned seed) {
        twitch::options out;
        out.pack = seed % 4 != 0;
        out.backlog = 5 + seed % 40;
        out.max_age = seconds(5 + seed % 60);
        return out;
    }
    unsigned below(unsigned limit) { return std::uniform_int_distribution<unsigned>(0, limit - 1)(random_); }

    void add(const std::string& room, const std::string& channel) {
        if (active_.contains({room, channel}))
            return;
        const auto id = books_.add_route(room, channel, policy(room));
        active_[{room, channel}] = id;
        d_.acc.add_route(id, channel, d_.now);
    }
    void remove(const std::string& room, const std::string& channel) {
        const auto found = active_.find({room, channel});
        if (found == active_.end())
            return;
        d_.acc.remove_route(found->second, d_.now);
        books_.remove_route(found->second);
        active_.erase(found);
    }

    route_policy policy(const std::string& room) {
        using action = relay::filter_action;
        auto settings = app::default_config();
        settings.filter.words = words_;
        settings.filter.words_action = std::array{action::drop, action::mask, action::hold}.at(below(3));
        settings.filter.hold_for = seconds(1 + below(60));
        settings.filter.hold_new_users = seconds(below(2) * below(20));
        return test::policy(room, settings);
    }
    void push(pipeline::parts parts) {
        for (auto& part : parts) {
            part.paid = below(15) == 0;
            d_.acc.push(std::move(part), d_.now);
        }
    }
    // As relay_service does.
    void judge_again(const std::string& channel) {
        const auto found = books_.judge_again(channel, d_.now);
        for (const auto& [reason, tickets] : found.withdrawn) {
            const auto waits = [&listed = tickets](relay::event_ticket ticket) {
                return listed.contains(ticket);
            };
            taken_back_ += d_.acc.withdraw(waits, reason, d_.now);
        }
        revised_ += found.revised.size();
        d_.acc.revise(found.revised, d_.now);
    }
    void command(const std::string& channel) {
        static const std::array words{"gg", "hello", "lol", "what", "v7", "ban"};
        const auto dice = below(8);
        if (dice < 3)
            books_.set_blocked_words(channel, {words.at(below(words.size()))});
        else if (dice < 4)
            books_.set_blocked_words(channel, {});
        else if (dice < 5)
            muted_ = below(12);
        else if (dice < 6)
            paused_ = paused_.empty() ? channel : std::string();
        else if (dice < 7)
            if (auto part = books_.approve(channel, some_held(channel), d_.now))
                d_.acc.push(std::move(*part), d_.now);
            else
                books_.deny(channel, some_held(channel));
        else
            books_.deny(channel, some_held(channel));
        if (dice < 6)
            judge_again(channel);
    }

    std::uint64_t some_held(const std::string& channel) {
        const auto numbers = books_.undecided(channel);
        return numbers.empty() ? 0 : numbers[below(static_cast<unsigned>(numbers.size()))];
    }

    void say() {
        static const std::array texts{"GG",  "gg", "GG!!!", "hello there", "@ann look", "\x01\x02",
                                      "LOL", "",   "a | b", "/ban me",     "what"};
        relay::event event;
        event.msg_id = below(20) == 0 ? 0 : ++msg_id_;
        event.from.id = below(12);
        event.from.nickname = "v" + std::to_string(event.from.id);
        event.from.streamer = below(40) == 0;
        event.from.moderator = below(20) == 0;
        event.text = texts.at(below(texts.size()));
        if (below(4) == 0)
            event.text += std::string(below(600), 'x');
        event.received_at = d_.now;
        push(books_.on_event(rooms.at(below(rooms.size())), event, d_.now));
        d_.collect();
    }

    void act() {
        const std::string channel = channels.at(below(channels.size()));
        const std::string room = rooms.at(below(rooms.size()));
        if (below(25) == 0)
            remove_on_tiktok(room);
        while (!deleting_.empty() && below(3) == 0)
            delete_one();
        const auto dice = below(100);
        if (dice < 62) {
            for (unsigned i = below(below(8) == 0 ? 80 : 5); i-- > 0;)
                say();
        } else if (dice < 66) {
            d_.disconnect();
        } else if (dice < 68) {
            d_.reconnects = !d_.reconnects;  // Twitch is away for a while
        } else if (dice < 72) {
            d_.set_rank(channel, below(2) == 0 ? "badges=;mod=0" : "badges=moderator/1;mod=1");
        } else if (dice < 75 && d_.connected) {
            d_.say("@slow=" + std::to_string(below(2) * 7) + " :tmi.twitch.tv ROOMSTATE #" + channel);
        } else if (dice < 78) {
            remove(room, channel);
        } else if (dice < 82) {
            add(room, channel);
        } else if (dice < 84) {
            d_.now += below(5) == 0 ? core::duration(hours(below(100))) : seconds(below(200));
        } else if (dice < 87) {
            d_.settings.backlog = 3 + below(50);
            d_.settings.max_age = seconds(1 + below(90));
            d_.settings.pack = below(3) != 0;
            d_.acc.update_options(d_.settings, d_.now);
            words_ = below(2) == 0 ? std::vector<std::string>{} : std::vector<std::string>{"look", "there"};
            for (const auto& [names, id] : active_)
                books_.replace_policy(id, policy(names.first));
            for (const char* each : channels)
                judge_again(each);
        } else if (dice < 90) {
            books_.on_lost(room, static_cast<relay::event_kind>(below(relay::event_kinds)), below(4));
        } else if (dice < 92) {
            books_.on_ignored(room, "history");
        } else if (dice < 94 && d_.connected) {
            d_.say(":tmi.twitch.tv RECONNECT");
        } else if (dice < 96) {
            d_.rtt = milliseconds(below(1500));
        } else {
            command(channel);
        }
        push(books_.poll(d_.now));
        d_.collect();
        settle();
    }

    // What TikTok's moderators take back: some messages of the last hundred, or a viewer.
    void remove_on_tiktok(const std::string& room) {
        std::vector<std::int64_t> messages;
        std::vector<std::int64_t> users;
        if (below(4) == 0)
            users.push_back(below(12));
        for (unsigned i = below(6); i-- > 0;)
            messages.push_back(std::max<std::int64_t>(msg_id_ - below(100), 1));
        const auto gone = books_.remove(room, messages, users);
        d_.acc.withdraw([&](auto ticket) { return gone.contains(ticket); }, "deleted_on_tiktok", d_.now);
        books_.withdraw_held(gone, "deleted_on_tiktok");
        for (auto& line : books_.recall(room, messages, users, d_.now))
            deleting_.push_back(std::move(line));
    }
    // Twitch answers about one of the lines, long after or at once.
    void delete_one() {
        const auto index = below(static_cast<unsigned>(deleting_.size()));
        const auto line = deleting_.at(index);
        deleting_.erase(deleting_.begin() + index);
        if (below(3) == 0)
            return books_.lines().on_kept(line, "deletion_refused", d_.now);
        for (auto& part : books_.on_line_deleted(line, d_.now))
            d_.acc.push(std::move(part), d_.now);
    }

    std::string answer(const twitch::account_driver::sent_line& sent) {
        books_.on_line(sent.line.tickets);
        const auto dice = below(100);
        if (dice < 72)
            return d_.accept(sent.line.channel);
        if (dice < 76)
            return "";
        return d_.refuse(sent.line.channel, refusals.at(below(refusals.size())), "for 3 more seconds");
    }

    void settle() {
        for (; delivered_ < d_.deliveries.size(); ++delivered_) {
            const auto& line = d_.deliveries[delivered_];
            if (auto gone = books_.on_said(line.channel, line.line_id, line.tickets, d_.now))
                deleting_.push_back(*std::move(gone));
        }
        for (; settled_ < d_.settled.size(); ++settled_)
            books_.on_settled(d_.settled[settled_]);
        check();
    }

    // received = relayed + folded + filtered + dropped + pending, where pending is what the account
    // holds, and what waits for its time or for a moderator. Of what is said again the same.
    void check() {
        for (const auto& [id, books] : books_.routes()) {
            const auto& ledger = books.ledger;
            ASSERT_EQ(ledger.received() + books.again.received(),
                      ledger.settled() + books.again.settled() + d_.acc.pending(id) + books_.held(id))
                << "@" << books.tiktok << " -> #" << books.channel;
            const auto removed = books_.lines().counts(id);
            std::uint64_t kept = 0;
            for (const auto& [reason, count] : removed.kept)
                kept += count;
            ASSERT_EQ(removed.removed, removed.deleted + kept + books_.lines().pending(id));
        }
    }

    std::mt19937 random_;
    twitch::account_driver d_;
    pipeline books_;
    std::map<std::pair<std::string, std::string>, relay::route_id> active_;
    std::vector<std::string> words_;
    std::string paused_;  // a channel
    std::int64_t muted_ = -1;
    std::uint64_t taken_back_ = 0;
    std::uint64_t revised_ = 0;
    std::int64_t msg_id_ = 0;
    std::size_t settled_ = 0;
    std::size_t delivered_ = 0;
    std::vector<relay::line_recall::order> deleting_;
};

TEST(ledger_property, the_equation_holds_after_every_step_of_every_life) {
    std::uint64_t received = 0;
    std::uint64_t relayed = 0;
    std::uint64_t folded = 0;
    std::uint64_t taken_back = 0;
    std::uint64_t revised = 0;
    std::map<std::string, std::uint64_t> filtered;
    std::uint64_t deleted = 0;
    std::uint64_t again = 0;
    for (unsigned seed = 0; seed < 12; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        life l(seed);
        l.run(300);
        received += l.total(&relay::ledger::received);
        relayed += l.total(&relay::ledger::relayed);
        folded += l.total(&relay::ledger::folded);
        taken_back += l.taken_back();
        revised += l.revised();
        for (const auto* reason : {"blocked_word", "muted_user", "paused", "denied", "held_too_long"})
            filtered[reason] += l.filtered(reason);
        deleted += l.deleted();
        again += l.said_again();
        if (testing::Test::HasFailure())
            return;
    }
    // Something happened in them.
    EXPECT_GT(received, 5000U);
    EXPECT_GT(relayed, 500U);
    EXPECT_GT(folded, 100U);
    EXPECT_GT(taken_back, 50U);
    EXPECT_GT(revised, 10U);
    for (const auto& [reason, count] : filtered)
        EXPECT_GT(count, 0U) << reason;
    EXPECT_GT(deleted, 30U);
    EXPECT_GT(again, 30U);
}

}  // namespace
}  // namespace tiktok2twitch::egress
