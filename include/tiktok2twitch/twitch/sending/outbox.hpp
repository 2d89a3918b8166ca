// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/line.hpp"
#include "tiktok2twitch/twitch/options.hpp"
#include "tiktok2twitch/twitch/sending/packer.hpp"

namespace tiktok2twitch::twitch {

// Where events end. Every part that was pushed passes here exactly once.
class ledger {
public:
    void folded(relay::event_ticket ticket, relay::route_id route) {
        settled_.push_back({ticket, route, relay::outcome::folded, {}});
    }
    void dropped(relay::event_ticket ticket, relay::route_id route, std::string_view reason) {
        settled_.push_back({ticket, route, relay::outcome::dropped, std::string(reason)});
    }
    void relayed(const relay::line_part& part) { add(part, relay::outcome::relayed, {}); }
    void dropped(const relay::line_part& part, std::string_view reason) {
        add(part, relay::outcome::dropped, reason);
    }
    std::vector<relay::settlement> take() { return std::exchange(settled_, {}); }

private:
    void add(const relay::line_part& part, relay::outcome result, std::string_view reason) {
        settled_.push_back({part.ticket, part.route, result, std::string(reason)});
    }
    std::vector<relay::settlement> settled_;
};

// What one channel's moderators are owed as answers. An answer that comes late answers nothing.
class waiting_answers {
public:
    static constexpr std::size_t most = 3;
    static constexpr core::duration longest_wait = std::chrono::seconds(30);

    void push(std::string text, core::time_point now);
    void expire(core::time_point now);
    void clear() { waiting_.clear(); }

    bool empty() const noexcept { return waiting_.empty(); }
    std::string take();  // the oldest; requires !empty()
    void put_back();     // what was taken last; it is no younger for that

private:
    struct answer {
        std::string text;
        core::time_point at;
    };
    std::deque<answer> waiting_;
    answer taken_;
};

struct waiting_part {
    relay::line_part part;
    std::vector<folded_event> others;  // say the same and share this part's fate
    core::time_point first_at{};       // arrival of the first of them; the part's own is the last's
    bool requeued = false;             // was refused once already for coming too early
    bool starts_line = false;          // may not share a line with what is before it
    bool shortened = false;            // was refused once already for being too long
};

// The one unconfirmed line of a channel.
struct flight {
    std::string text;
    std::vector<waiting_part> parts;
    bool exempt = false;             // our rank: the duplicate rule does not protect from a repeat
    bool resend = false;             // written before, on a connection that died
    core::time_point first_written;  // of the text, over all attempts
    core::time_point written;
    std::optional<std::uint64_t> barrier;  // PING whose PONG would prove that no answer comes
    core::time_point barrier_sent;
    struct recall {
        relay::event_ticket ticket = 0;
        std::string reason;
    };
    std::vector<recall> recalled;                 // of its parts: must not go a second time
    std::vector<relay::line_part> revised;        // of its parts: must not go a second time as they are
    std::uint64_t told_losses = 0;                // in its overload note
    std::optional<core::time_point> told_before;  // the note before that one

    bool is_answer() const noexcept { return parts.empty(); }
    std::vector<relay::event_ticket> tickets() const;  // of the parts and what is folded into them
    bool may_go_again() const noexcept { return recalled.empty() && revised.empty(); }
};

// What waits for one channel, and the line that is on its way. Knows no limits: the account asks compose()
// only when a line may go. Every function settles what it ends.
class channel_outbox {
public:
    // With options.pack, a text that already waits is folded into it.
    void push(relay::line_part part, const options& options, ledger& out);
    void trim(std::size_t backlog, ledger& out);
    void expire(const options& options, core::time_point now, ledger& out);
    // Somebody else said `text` here as our account: it is what Twitch compares with now, and a line that
    // would be sent again is not protected any more. Empty: what it was is not known.
    void said_elsewhere(const std::string& text, core::time_point now, ledger& out);
    // The line of an earlier connection that would be sent again, and that it need not: it was seen.
    const std::optional<flight>& to_resend() const noexcept { return resend_; }
    void resend_was_seen(core::time_point now, ledger& out);
    // A line of an earlier connection that may not be sent again any more: too late, or no longer
    // protected by the duplicate rule.
    void check_resend(bool exempt, core::time_point now, ledger& out);
    void drop_waiting(std::string_view reason, ledger& out);
    // Returns how many of what waits were taken out. Those in flight are only marked; a line that would be
    // sent again is given up, because it can only be sent again as it was.
    std::size_t withdraw(const std::function<bool(relay::event_ticket)>& which, std::string_view reason,
                         ledger& out);
    // New words for the ticket of `fresh`, where it waits; what is in flight gets them should it wait again,
    // and a line that would be sent again is given up.
    void revise(const relay::line_part& fresh, ledger& out);
    void drop_route(relay::route_id route, std::string_view reason, ledger& out);

    bool wants_to_send() const noexcept { return !flight_ && (resend_ || !waiting_.empty()); }
    // Puts the next line in flight. Nothing if all that waited turned out not to be worth a line. `hurry`:
    // the relay ends, and few lines are left to say all of it.
    const flight* compose(const options& options, bool exempt, bool hurry, core::time_point now, ledger& out);
    // Nothing that must be the next line of this channel is under way.
    bool may_answer() const noexcept { return !flight_ && !resend_; }
    // Puts `text` in flight, as it is. Nothing if Twitch would refuse it as a repeat. Requires may_answer().
    const flight* compose_answer(std::string text, bool exempt, core::time_point now);
    const std::optional<flight>& in_flight() const noexcept { return flight_; }

    void on_written(core::time_point now);
    void set_barrier(std::uint64_t ping, core::time_point now);

    // How the line in flight ended. Each requires in_flight().
    void accepted(core::time_point now, ledger& out);
    void refused(std::string_view reason, ledger& out);
    void refused_too_early(std::string_view reason, const options& options, core::time_point now,
                           ledger& out);
    // One of several parts is to blame: both halves go again, each in a line of its own, until the culprit is
    // alone. Requires more than one part.
    void refused_for_one(ledger& out);
    // The line is longer than the server takes: like refused_for_one(), and a part that is alone is cut once.
    void refused_as_too_long(std::string_view reason, ledger& out);
    void unanswered(ledger& out);
    void connection_lost(ledger& out);
    // Surely not: what it carried waits again as if it had never been composed, ahead of everything else.
    void not_said(ledger& out);

    unsigned unanswered_in_a_row() const noexcept { return unanswered_; }
    std::size_t waiting() const noexcept;                    // events, folded ones included
    std::size_t unconfirmed() const noexcept;                // parts in flight or to be sent again
    std::optional<core::time_point> oldest_waiting() const;  // when it arrived
    std::size_t count(relay::route_id route) const;
    // When expire() or check_resend() have something to do.
    core::time_point deadline(const options& options) const;

private:
    bool fold(const relay::line_part& part);
    std::deque<waiting_part>::iterator least_of_all();
    bool would_repeat(const std::string& text, bool exempt, core::time_point now) const;
    void give_up_resend(ledger& out);  // requires resend_
    static void settle_relayed(const flight& line, ledger& out);
    void keep_for_resend(ledger& out);
    void wait_again(ledger& out);  // requires flight_
    const flight* launch(flight next, bool exempt, core::time_point now);
    std::size_t shareable() const noexcept;
    std::vector<waiting_part> take_line(const options& options, std::size_t reserved, bool hurry,
                                        core::time_point now, std::string& text);
    std::string overload_note(core::time_point now) const;

    struct delivered {
        std::string text;
        core::time_point at;
    };

    std::deque<waiting_part> waiting_;
    std::optional<flight> flight_;
    std::optional<flight> resend_;
    std::optional<delivered> last_delivered_;
    unsigned unanswered_ = 0;
    std::uint64_t untold_losses_ = 0;  // dropped for want of room or time since the last note
    std::optional<core::time_point> note_at_;
};

}  // namespace tiktok2twitch::twitch
