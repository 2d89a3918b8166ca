// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/outbox.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/format/part_signs.hpp"
#include "tiktok2twitch/twitch/sending/packer.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::seconds;

// Twitch refuses a text equal to the account's last delivered one for 30 s (docs/protocol/twitch.md §2.5).
// Within that time, less a margin for the way there, sending a line again cannot show it twice.
constexpr core::duration duplicate_window = seconds(30);
constexpr core::duration resend_window = seconds(25);
// A later repeat is news again, and the first one must not wait for ever.
constexpr core::duration fold_window = seconds(20);
constexpr std::string_view once_more = " (again)";
constexpr core::duration overload_note_interval = seconds(30);

core::time_point expiry(const waiting_part& item, const options& options) {
    return item.first_at +
           (item.part.paid ? std::max(options.gift_max_age, options.max_age) : options.max_age);
}

void drop(const waiting_part& item, std::string_view reason, ledger& out) {
    out.dropped(item.part, reason);
    for (const auto& other : item.others)
        out.dropped(other.ticket, other.route, reason);
}

void drop_all(const std::vector<waiting_part>& parts, std::string_view reason, ledger& out) {
    for (const auto& item : parts)
        drop(item, reason, out);
}

using ticket_test = std::function<bool(relay::event_ticket)>;

bool carries(const flight& line, const ticket_test& which) {
    const auto tickets = line.tickets();
    return std::any_of(tickets.begin(), tickets.end(), which);
}

// The next one speaks for those that are folded into it. They say the same: the text may stay.
void promote(waiting_part& item) {
    auto next = std::move(item.others.front());
    item.others.erase(item.others.begin());
    item.part.ticket = next.ticket;
    item.part.author_id = next.author_id;
    item.part.name = std::move(next.name);
    item.part.body = std::move(next.body);
}

// True when nothing of it is left.
bool withdraw_from(waiting_part& item, const ticket_test& which, std::string_view reason, ledger& out) {
    std::erase_if(item.others, [&](const folded_event& other) {
        if (!which(other.ticket))
            return false;
        out.dropped(other.ticket, other.route, reason);
        return true;
    });
    if (!which(item.part.ticket))
        return false;
    out.dropped(item.part, reason);
    if (item.others.empty())
        return true;
    promote(item);
    return false;
}

}  // namespace

void waiting_answers::push(std::string text, core::time_point now) {
    if (waiting_.size() >= most)
        waiting_.pop_front();  // what holds now is in the newest
    waiting_.push_back({std::move(text), now});
}

void waiting_answers::expire(core::time_point now) {
    while (!waiting_.empty() && waiting_.front().at + longest_wait <= now)
        waiting_.pop_front();
}

std::string waiting_answers::take() {
    taken_ = std::move(waiting_.front());
    waiting_.pop_front();
    return taken_.text;
}

void waiting_answers::put_back() {
    if (waiting_.size() < most)
        waiting_.push_front(taken_);
}

std::vector<relay::event_ticket> flight::tickets() const {
    std::vector<relay::event_ticket> out;
    for (const auto& item : parts) {
        out.push_back(item.part.ticket);
        for (const auto& other : item.others)
            out.push_back(other.ticket);
    }
    return out;
}

void channel_outbox::push(relay::line_part part, const options& options, ledger& out) {
    if (options.pack && fold(part))
        return;
    const auto at = part.received_at;
    waiting_.push_back({std::move(part), {}, at, false, false, false});
    trim(options.backlog, out);
}

bool channel_outbox::fold(const relay::line_part& part) {
    const auto same = std::find_if(waiting_.begin(), waiting_.end(), [&](const waiting_part& item) {
        return part.received_at <= item.first_at + fold_window && !item.starts_line &&
               foldable(item.part, item.others.size(), part);
    });
    if (same == waiting_.end())
        return false;
    same->others.push_back({part.ticket, part.route, part.author_id, part.name, part.body});
    same->part.priority = std::max(same->part.priority, part.priority);
    same->part.paid = same->part.paid || part.paid;
    same->part.received_at = part.received_at;
    // As young as its last member, so that it is not left behind by what came after its first.
    std::rotate(same, same + 1, waiting_.end());
    return true;
}

void channel_outbox::trim(std::size_t backlog, ledger& out) {
    while (waiting_.size() > backlog) {
        const auto least = least_of_all();
        untold_losses_ += 1 + least->others.size();
        drop(*least, "queue_full", out);
        waiting_.erase(least);
    }
}

// Of those that matter least, the oldest of whoever has the most of them waiting: who writes a lot does not
// crowd out who wrote once.
std::deque<waiting_part>::iterator channel_outbox::least_of_all() {
    const auto worth = [](const waiting_part& item) {
        return std::pair(item.part.paid, item.part.priority);
    };
    auto lowest = worth(waiting_.front());
    for (const auto& item : waiting_)
        lowest = std::min(lowest, worth(item));
    std::map<std::int64_t, std::size_t> written;
    for (const auto& item : waiting_)
        if (worth(item) == lowest)
            ++written[item.part.author_id];
    auto least = waiting_.end();
    for (auto item = waiting_.begin(); item != waiting_.end(); ++item)
        if (worth(*item) == lowest &&
            (least == waiting_.end() || written[item->part.author_id] > written[least->part.author_id]))
            least = item;
    return least;
}

void channel_outbox::expire(const options& options, core::time_point now, ledger& out) {
    std::erase_if(waiting_, [&](const waiting_part& item) {
        if (expiry(item, options) > now)
            return false;
        untold_losses_ += 1 + item.others.size();
        drop(item, "expired", out);
        return true;
    });
}

void channel_outbox::check_resend(bool exempt, core::time_point now, ledger& out) {
    if (!resend_ || (now < resend_->first_written + resend_window && !exempt))
        return;
    give_up_resend(out);
}

void channel_outbox::said_elsewhere(const std::string& text, core::time_point now, ledger& out) {
    last_delivered_.reset();
    if (!text.empty())
        last_delivered_ = delivered{text, now};
    if (resend_)
        give_up_resend(out);
}

void channel_outbox::resend_was_seen(core::time_point now, ledger& out) {
    settle_relayed(*resend_, out);
    last_delivered_ = delivered{std::move(resend_->text), now};
    resend_.reset();
}

void channel_outbox::give_up_resend(ledger& out) {
    drop_all(resend_->parts, "unknown", out);
    resend_.reset();
}

void channel_outbox::drop_waiting(std::string_view reason, ledger& out) {
    for (const auto& item : waiting_)
        drop(item, reason, out);
    waiting_.clear();
    if (resend_)
        give_up_resend(out);
}

void channel_outbox::drop_route(relay::route_id route, std::string_view reason, ledger& out) {
    std::erase_if(waiting_, [&](const waiting_part& item) {
        if (item.part.route != route)
            return false;
        drop(item, reason, out);
        return true;
    });
}

std::size_t channel_outbox::withdraw(const ticket_test& which, std::string_view reason, ledger& out) {
    const auto before = waiting();
    std::deque<waiting_part> kept;
    for (auto& item : waiting_)
        if (!withdraw_from(item, which, reason, out))
            kept.push_back(std::move(item));
    waiting_ = std::move(kept);
    if (flight_)
        for (const auto ticket : flight_->tickets())
            if (which(ticket))
                flight_->recalled.push_back({ticket, std::string(reason)});
    if (resend_ && carries(*resend_, which))
        give_up_resend(out);
    return before - waiting();
}

void channel_outbox::revise(const relay::line_part& fresh, ledger& out) {
    const auto same = [&](relay::event_ticket ticket) {
        return ticket == fresh.ticket;
    };
    for (auto& item : waiting_) {
        if (same(item.part.ticket)) {
            item.part.body = fresh.body;
            item.part.name = fresh.name;
            item.part.text = fresh.text;
            item.part.fold_key = fresh.fold_key;
            item.shortened = false;
        }
        for (auto& other : item.others) {
            if (!same(other.ticket))
                continue;
            other.name = fresh.name;
            other.body = fresh.body;
        }
    }
    if (flight_ && carries(*flight_, same))
        flight_->revised.push_back(fresh);
    if (resend_ && carries(*resend_, same))
        give_up_resend(out);
}

// What the line in flight carried goes ahead of what waits: without what was taken back meanwhile, and in the
// words that hold since.
void channel_outbox::wait_again(ledger& out) {
    auto line = std::move(*std::exchange(flight_, std::nullopt));
    std::move(line.parts.rbegin(), line.parts.rend(), std::front_inserter(waiting_));
    for (const auto& part : line.revised)
        revise(part, out);
    for (const auto& recalled : line.recalled)
        withdraw([&](relay::event_ticket ticket) { return ticket == recalled.ticket; }, recalled.reason, out);
}

const flight* channel_outbox::compose(const options& options, bool exempt, bool hurry, core::time_point now,
                                      ledger& out) {
    if (resend_) {
        flight_ = std::move(resend_);
        resend_.reset();
        flight_->resend = true;
        flight_->written = now;
        flight_->barrier.reset();
        return &*flight_;
    }
    while (!waiting_.empty()) {
        expire(options, now, out);
        if (waiting_.empty())
            break;
        flight next;
        const auto note = options.pack ? overload_note(now) : std::string();
        next.parts = take_line(options, core::count_code_points(note), hurry, now, next.text);
        const bool paid = std::any_of(next.parts.begin(), next.parts.end(),
                                      [](const waiting_part& item) { return item.part.paid; });
        if (paid && would_repeat(next.text, exempt, now) &&
            core::count_code_points(next.text) + core::count_code_points(once_more) <= options.line_length)
            next.text += once_more;  // the same gift again is another gift
        if (would_repeat(next.text, exempt, now)) {
            drop_all(next.parts, "repeat", out);  // Twitch would refuse it, at the price of a line
            continue;
        }
        if (!note.empty() &&
            core::count_code_points(next.text) + core::count_code_points(note) <= options.line_length) {
            next.text += note;
            next.told_losses = std::exchange(untold_losses_, 0);
            next.told_before = std::exchange(note_at_, now);
        }
        return launch(std::move(next), exempt, now);
    }
    return nullptr;
}

const flight* channel_outbox::compose_answer(std::string text, bool exempt, core::time_point now) {
    if (would_repeat(text, exempt, now))
        return nullptr;
    flight next;
    next.text = std::move(text);
    return launch(std::move(next), exempt, now);
}

const flight* channel_outbox::launch(flight next, bool exempt, core::time_point now) {
    next.exempt = exempt;
    next.first_written = next.written = now;
    flight_ = std::move(next);
    return &*flight_;
}

bool channel_outbox::would_repeat(const std::string& text, bool exempt, core::time_point now) const {
    return !exempt && last_delivered_ && last_delivered_->text == text &&
           now < last_delivered_->at + duplicate_window;
}

// Moves the parts of the next line out of what waits; `reserved` code points stay free, unless one message
// alone needs them.
std::vector<waiting_part> channel_outbox::take_line(const options& options, std::size_t reserved, bool hurry,
                                                    core::time_point now, std::string& text) {
    std::vector<relay::line_part> candidates;
    for (std::size_t i = 0; i < shareable(); ++i)
        candidates.push_back(folded_part(waiting_[i].part, waiting_[i].others));
    const auto chosen = choose(candidates, {options.line_length - reserved, options.pack, hurry}, now);
    line_draft line(options.line_length - reserved);
    std::vector<waiting_part> taken;
    for (const auto index : chosen) {
        line.add(candidates[index]);
        taken.push_back(std::move(waiting_[index]));
    }
    for (std::size_t i = chosen.size(); i-- > 0;)
        waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(chosen[i]));
    text = line.text();
    return taken;
}

// "+37 more" at the end of a line: what was not said is said to be missing, if it is time to say so.
std::string channel_outbox::overload_note(core::time_point now) const {
    if (untold_losses_ == 0 || (note_at_ && now < *note_at_ + overload_note_interval))
        return {};
    return std::string(relay::part_separator) + "\u2026 +" + std::to_string(untold_losses_) + " more";
}

void channel_outbox::on_written(core::time_point now) {
    if (flight_)
        flight_->written = now;
}

void channel_outbox::set_barrier(std::uint64_t ping, core::time_point now) {
    flight_->barrier = ping;
    flight_->barrier_sent = now;
}

void channel_outbox::settle_relayed(const flight& line, ledger& out) {
    for (const auto& item : line.parts) {
        out.relayed(item.part);
        for (const auto& other : item.others)
            out.folded(other.ticket, other.route);
    }
}

void channel_outbox::accepted(core::time_point now, ledger& out) {
    settle_relayed(*flight_, out);
    last_delivered_ = delivered{std::move(flight_->text), now};
    flight_.reset();
    unanswered_ = 0;
}

void channel_outbox::refused(std::string_view reason, ledger& out) {
    drop_all(flight_->parts, reason, out);
    flight_.reset();
    unanswered_ = 0;
}

void channel_outbox::refused_too_early(std::string_view reason, const options& options, core::time_point now,
                                       ledger& out) {
    unanswered_ = 0;
    if (flight_->resend)  // the first copy may be the very reason why the second came too early
        return keep_for_resend(out);
    auto& parts = flight_->parts;
    for (auto item = parts.end(); item != parts.begin();) {
        --item;
        const bool twice = std::exchange(item->requeued, true) && !item->part.paid;
        if (!twice && expiry(*item, options) > now)
            continue;
        drop(*item, reason, out);
        item = parts.erase(item);
    }
    wait_again(out);
}

// What became of the first copy is as unknown as before.
void channel_outbox::keep_for_resend(ledger& out) {
    resend_ = std::exchange(flight_, std::nullopt);
    if (!resend_->may_go_again())
        give_up_resend(out);
}

void channel_outbox::refused_for_one(ledger& out) {
    auto& parts = flight_->parts;
    parts.front().starts_line = true;
    parts[parts.size() / 2].starts_line = true;
    if (!waiting_.empty())
        waiting_.front().starts_line = true;
    wait_again(out);
    unanswered_ = 0;
}

void channel_outbox::refused_as_too_long(std::string_view reason, ledger& out) {
    if (flight_->parts.size() > 1)
        return refused_for_one(out);
    if (flight_->is_answer() || flight_->parts.front().shortened)
        return refused(reason, out);
    auto& only = flight_->parts.front();
    only.shortened = true;
    only.starts_line = true;
    // Half the code points fit even where somebody counts UTF-16 units.
    for (auto* text : {&only.part.body, &only.part.text})
        *text =
            core::shorten_code_points(*text, std::max<std::size_t>(core::count_code_points(*text) / 2, 1));
    if (!waiting_.empty())
        waiting_.front().starts_line = true;
    wait_again(out);
    unanswered_ = 0;
}

// How many of the waiting parts may go out together, by the marks alone.
std::size_t channel_outbox::shareable() const noexcept {
    std::size_t count = waiting_.empty() ? 0 : 1;
    while (count < waiting_.size() && !waiting_[count].starts_line)
        ++count;
    return count;
}

void channel_outbox::unanswered(ledger& out) {
    drop_all(flight_->parts, "unknown", out);
    flight_.reset();
    ++unanswered_;
}

void channel_outbox::connection_lost(ledger& out) {
    if (!flight_)
        return;
    if (flight_->exempt || flight_->is_answer() || !flight_->may_go_again())
        drop_all(flight_->parts, "unknown", out);
    else
        resend_ = std::move(flight_);
    flight_.reset();
}

void channel_outbox::not_said(ledger& out) {
    if (flight_->resend)
        return keep_for_resend(out);
    if (flight_->told_losses > 0) {
        untold_losses_ += flight_->told_losses;
        note_at_ = flight_->told_before;
    }
    wait_again(out);
}

std::size_t channel_outbox::waiting() const noexcept {
    std::size_t events = 0;
    for (const auto& item : waiting_)
        events += 1 + item.others.size();
    return events;
}

std::size_t channel_outbox::unconfirmed() const noexcept {
    std::size_t events = 0;
    for (const auto* line : {&flight_, &resend_})
        if (*line)
            for (const auto& item : (*line)->parts)
                events += 1 + item.others.size();
    return events;
}

std::optional<core::time_point> channel_outbox::oldest_waiting() const {
    std::optional<core::time_point> oldest;
    for (const auto& item : waiting_)
        oldest = oldest ? std::min(*oldest, item.first_at) : item.first_at;
    return oldest;
}

std::size_t channel_outbox::count(relay::route_id route) const {
    std::size_t total = 0;
    const auto add = [&](const auto& items) {
        for (const auto& item : items)
            if (item.part.route == route)  // only messages of one route are folded together
                total += 1 + item.others.size();
    };
    add(waiting_);
    for (const auto* line : {&flight_, &resend_})
        if (*line)
            add((*line)->parts);
    return total;
}

core::time_point channel_outbox::deadline(const options& options) const {
    auto at = core::time_point::max();
    for (const auto& item : waiting_)
        at = std::min(at, expiry(item, options));
    if (resend_)
        at = std::min(at, resend_->first_written + resend_window);
    return at;
}

}  // namespace tiktok2twitch::twitch
