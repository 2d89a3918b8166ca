// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/ingest.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <thread>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "tiktok2twitch/app/service/input_router.hpp"
#include "tiktok2twitch/core/exit_code.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/quiet_thread.hpp"
#include "tiktok2twitch/files/line_source.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/tiktok/client/input_room.hpp"
#include "tiktok2twitch/tiktok/room/drift_watch.hpp"

namespace tiktok2twitch::app {
namespace {

// relay::room_story makes one event of many of these; without one of them the event is the same, or smaller.
bool is_part(const relay::event& event) noexcept {
    switch (event.kind) {
        case relay::event_kind::like:
        case relay::event_kind::viewers:
            return true;
        case relay::event_kind::gift:
            return event.gift && (event.gift->streakable || !event.gift->ended);
        default:
            return false;
    }
}

std::size_t ids_in(const tiktok::deletion& what) noexcept {
    return what.msg_ids.size() + what.user_ids.size();
}

}  // namespace

room_feed::room_feed(room_index room, intake_queue& queue, state_handler on_state)
    : room_(room), queue_(queue), on_state_(std::move(on_state)) {}

void room_feed::on_frame(std::string_view way, bool text, std::string_view bytes, core::time_point now) {
    if (recorder_)
        recorder_->on_frame(room_name_, way, text, bytes, now);
}

void room_feed::on_event(relay::event event) {
    retry();
    const auto counter = (is_part(event) ? lost_parts : lost_events) + static_cast<std::size_t>(event.kind);
    intake_item item{room_, std::move(event)};
    if (!queue_.push(std::move(item)))
        count(counter);
}

void room_feed::on_ignored(std::int64_t msg_id, core::unix_ms created_at, tiktok::ignore_reason why) {
    retry();
    intake_item item{room_, ignored_message{msg_id, created_at, why}};
    if (!queue_.push(std::move(item)))
        count(why == tiktok::ignore_reason::history ? lost_history : lost_duplicates);
}

void room_feed::on_deletion(tiktok::deletion what) {
    const std::size_t ids = ids_in(what);
    if (waiting_ids_ + ids > max_waiting_ids)
        retry();
    if (waiting_ids_ + ids > max_waiting_ids) {
        count(lost_deletions, ids);
        return;
    }
    waiting_.push_back(std::move(what));
    waiting_ids_ += ids;
    // Said before the queue is tried: a push that fails tells the other side, which then looks here.
    has_waiting_.store(true, std::memory_order_release);
    retry();
}

void room_feed::on_unread(const tiktok::unread_counts& counts) {
    count(unread_excess, counts.excess_messages);
    count(unread_undecodable, counts.undecodable_messages + counts.undecodable_frames);
    count(unread_oversized, counts.oversized_frames);
}

void room_feed::on_alive(std::int64_t room_id, core::unix_ms now) {
    retry();
    intake_item item{room_, alive_mark{room_id, now}};
    queue_.push(std::move(item));
}

void room_feed::on_cookie(tiktok::cookie_door door) {
    door_.store(static_cast<int>(door), std::memory_order_release);
}

std::optional<tiktok::cookie_door> room_feed::door() const noexcept {
    const int known = door_.load(std::memory_order_acquire);
    if (known < 0)
        return std::nullopt;
    return static_cast<tiktok::cookie_door>(known);
}

void room_feed::on_state(const tiktok::room_report& report) {
    on_state_(room_, report);
}

void room_feed::retry() {
    while (!waiting_.empty()) {
        intake_item item{room_, waiting_.front()};
        if (!queue_.push(std::move(item)))
            return;
        waiting_ids_ -= ids_in(waiting_.front());
        waiting_.pop_front();
    }
    has_waiting_.store(false, std::memory_order_release);
}

std::vector<tiktok::deletion> room_feed::take_waiting() {
    std::vector<tiktok::deletion> out(std::make_move_iterator(waiting_.begin()),
                                      std::make_move_iterator(waiting_.end()));
    waiting_.clear();
    waiting_ids_ = 0;
    has_waiting_.store(false, std::memory_order_release);
    return out;
}

void room_feed::count(std::size_t which, std::uint64_t more) noexcept {
    counts_[which].fetch_add(more, std::memory_order_release);
}

feed_counts room_feed::counts() const noexcept {
    feed_counts out{};
    for (std::size_t i = 0; i < feed_counters; ++i)
        out[i] = counts_[i].load(std::memory_order_acquire);
    return out;
}

namespace asio = boost::asio;

namespace {

struct room {
    room(room_index index, intake_queue& queue, room_feed::state_handler on_state,
         ingest::room_setup the_setup)
        : feed(index, queue, std::move(on_state)),
          setup(std::move(the_setup)),
          way(tiktok::make_direct_way(setup.tiktok, setup.tls, setup.client.seed, setup.client.unique_id)) {}

    room_feed feed;
    ingest::room_setup setup;
    std::unique_ptr<tiktok::way_in> way;
    std::unique_ptr<tiktok::input_room> input;  // in place of the way; on the ingest loop
    asio::cancellation_signal cancel;           // emitted on the ingest loop, where the coroutine runs
};

// What an exception that left a coroutine says; such a room has ended for good.
core::error_code report_exception(std::exception_ptr exception) {
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& caught) {
        core::log(core::log_level::error, "tiktok", std::string("internal error: ") + caught.what());
    }
    return make_error_code(boost::system::errc::state_not_recoverable);
}

// All rooms of a relay that reads its input instead of TikTok. Everything on the ingest loop.
class input_rooms {
public:
    using room_ended = std::function<void(room_index, room&)>;

    input_rooms(asio::io_context& loop, room_ended on_ended) : loop_(loop), on_ended_(std::move(on_ended)) {}

    void add(room_index index, std::shared_ptr<room> added) {
        const auto& name = added->setup.client.unique_id;
        if (over_)
            return on_ended_(index, *added);
        added->input = std::make_unique<tiktok::input_room>(name, added->setup.memory, added->feed);
        router_.add(name);
        rooms_.emplace(name, std::pair(index, std::move(added)));
    }

    void remove(room_index index) {
        const auto found =
            std::ranges::find_if(rooms_, [index](const auto& each) { return each.second.first == index; });
        if (found == rooms_.end())
            return;
        const auto leaving = std::move(found->second);
        router_.remove(found->first);
        rooms_.erase(found);
        on_ended_(index, *leaving.second);
    }

    // The relay stops: what else would come belongs to nobody.
    void close() {
        over_ = true;
        source_.reset();
    }

    void begin(int descriptor) {
        if (over_)
            return;
        files::line_source::handlers handlers;
        handlers.on_line = [this](std::string line, bool whole) {
            asio::post(loop_, [this, line = std::move(line), whole] { take(line, whole); });
        };
        handlers.on_end = [this](core::error_code why) {
            asio::post(loop_, [this, why] { end(why); });
        };
        source_ = std::make_unique<files::line_source>(descriptor, std::move(handlers));
    }

private:
    void take(const std::string& line, bool whole) {
        const auto routed = router_.take(line, whole);
        if (!routed.warning.empty())
            core::log(core::log_level::warning, "input", routed.warning);
        if (routed.frame)
            rooms_.at(routed.frame->room).second->input->on_frame(*routed.frame, net::now(), net::wall_now());
        if (source_)
            source_->taken();
    }

    void end(core::error_code why) {
        over_ = true;
        if (why)
            core::log(core::log_level::error, "input", "cannot be read any more: " + why.message());
        core::log(core::log_level::info, "input", router_.summary());
        while (!rooms_.empty())
            remove(rooms_.begin()->second.first);
    }

    asio::io_context& loop_;
    room_ended on_ended_;
    input_router router_;
    std::map<std::string, std::pair<room_index, std::shared_ptr<room>>> rooms_;
    bool over_ = false;
    std::unique_ptr<files::line_source> source_;
};

}  // namespace

struct ingest::impl {
    impl(asio::any_io_executor egress_executor, intake_queue& the_queue, handlers the_handlers)
        : egress(std::move(egress_executor)),
          queue(the_queue),
          handlers_(std::move(the_handlers)),
          guard(asio::make_work_guard(loop)),
          thread([this] { read_rooms(); }) {}

    // An exception here is a fault of this program. The relay cannot go on without its ears: it ends as a
    // crash would, after having said why.
    void read_rooms() noexcept {
        net::hear_no_signals();
        try {
            loop.run();
        } catch (const std::exception& error) {
            core::log(core::log_level::error, "tiktok", std::string("internal error: ") + error.what());
            std::_Exit(static_cast<int>(exit_code::internal));
        }
    }

    void tell_end(room_index index, room& ended, core::error_code reason) {
        room_end end{reason, ended.feed.counts(), ended.feed.take_waiting()};
        asio::post(egress, [this, index, end = std::move(end)]() mutable {
            rooms.erase(index);
            handlers_.on_ended(index, std::move(end));
        });
    }

    void start(room_index index, std::shared_ptr<room> started) {
        if (input)
            return input->add(index, std::move(started));
        auto ended = [this, index, started](std::exception_ptr exception, core::error_code reason) {
            if (exception)
                reason = report_exception(exception);
            tell_end(index, *started, reason);
        };
        started->setup.client.drift = &drift;
        auto work = tiktok::run_room(started->setup.client, started->setup.tiktok, *started->way,
                                     started->setup.memory, started->feed);
        asio::co_spawn(loop, std::move(work),
                       asio::bind_cancellation_slot(started->cancel.slot(), std::move(ended)));
    }

    asio::any_io_executor egress;
    intake_queue& queue;
    handlers handlers_;
    std::map<room_index, std::shared_ptr<room>> rooms;
    std::shared_ptr<tiktok::recorder> recorder;
    tiktok::drift_watch drift;  // the ingest loop's
    asio::io_context loop{1};
    int input_descriptor = -1;
    std::unique_ptr<input_rooms> input;  // in place of all ways
    asio::executor_work_guard<asio::io_context::executor_type> guard;
    std::thread thread;
};

ingest::ingest(asio::any_io_executor egress, intake_queue& queue, handlers callbacks)
    : impl_(std::make_shared<impl>(std::move(egress), queue, std::move(callbacks))) {}

ingest::~ingest() {
    impl_->guard.reset();
    impl_->thread.join();
}

void ingest::record_with(std::shared_ptr<tiktok::recorder> recorder) {
    impl_->recorder = std::move(recorder);
}

void ingest::read_from(int descriptor) {
    impl_->input_descriptor = descriptor;
    impl_->input = std::make_unique<input_rooms>(
        impl_->loop,
        [self = impl_.get()](room_index index, room& ended) { self->tell_end(index, ended, {}); });
}

void ingest::begin_input() {
    asio::post(impl_->loop, [self = impl_.get()] { self->input->begin(self->input_descriptor); });
}

void ingest::add(room_index index, room_setup setup) {
    auto* self = impl_.get();
    auto on_state = [self](room_index which, tiktok::room_report report) {
        asio::post(self->egress, [self, which, report = std::move(report)]() mutable {
            self->handlers_.on_state(which, std::move(report));
        });
    };
    auto added = std::make_shared<room>(index, self->queue, std::move(on_state), std::move(setup));
    if (self->recorder)
        added->feed.record_with(self->recorder, added->setup.client.unique_id);
    self->rooms.emplace(index, added);
    asio::post(self->loop, [self, index, added = std::move(added)] { self->start(index, added); });
}

void ingest::remove(room_index index) {
    const auto found = impl_->rooms.find(index);
    if (found == impl_->rooms.end())
        return;
    asio::post(impl_->loop, [self = impl_.get(), index, leaving = found->second] {
        if (self->input)
            self->input->remove(index);
        else
            leaving->cancel.emit(asio::cancellation_type::terminal);
    });
}

void ingest::stop() {
    for (const auto& [index, room] : impl_->rooms)
        remove(index);
    if (impl_->input)
        asio::post(impl_->loop, [self = impl_.get()] { self->input->close(); });
}

feed_counts ingest::counts(room_index index) const {
    const auto found = impl_->rooms.find(index);
    return found == impl_->rooms.end() ? feed_counts{} : found->second->feed.counts();
}

std::optional<tiktok::cookie_door> ingest::door(room_index index) const {
    const auto found = impl_->rooms.find(index);
    return found == impl_->rooms.end() ? std::nullopt : found->second->feed.door();
}

void ingest::retry(room_index index) {
    const auto found = impl_->rooms.find(index);
    if (found != impl_->rooms.end() && found->second->feed.waiting())
        asio::post(impl_->loop, [room = found->second] { room->feed.retry(); });
}

bool ingest::empty() const noexcept {
    return impl_->rooms.empty();
}

}  // namespace tiktok2twitch::app
