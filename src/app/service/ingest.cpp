// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/ingest.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstdlib>
#include <map>
#include <thread>
#include <utility>

#include "net/quiet_thread.hpp"
#include "tiktok2twitch/app/exit_code.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

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
    asio::cancellation_signal cancel;  // emitted on the ingest loop, where the coroutine runs
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

    void start(room_index index, std::shared_ptr<room> started) {
        auto ended = [this, index, started](std::exception_ptr exception, core::error_code reason) {
            if (exception)
                reason = report_exception(exception);
            room_end end{reason, started->feed.counts(), started->feed.take_waiting()};
            asio::post(egress, [this, index, end = std::move(end)]() mutable {
                rooms.erase(index);
                handlers_.on_ended(index, std::move(end));
            });
        };
        auto work = tiktok::run_room(started->setup.client, started->setup.tiktok, *started->way,
                                     started->setup.memory, started->feed);
        asio::co_spawn(loop, std::move(work),
                       asio::bind_cancellation_slot(started->cancel.slot(), std::move(ended)));
    }

    asio::any_io_executor egress;
    intake_queue& queue;
    handlers handlers_;
    std::map<room_index, std::shared_ptr<room>> rooms;
    asio::io_context loop{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard;
    std::thread thread;
};

ingest::ingest(asio::any_io_executor egress, intake_queue& queue, handlers callbacks)
    : impl_(std::make_shared<impl>(std::move(egress), queue, std::move(callbacks))) {}

ingest::~ingest() {
    impl_->guard.reset();
    impl_->thread.join();
}

void ingest::add(room_index index, room_setup setup) {
    auto* self = impl_.get();
    auto on_state = [self](room_index which, tiktok::room_report report) {
        asio::post(self->egress, [self, which, report = std::move(report)]() mutable {
            self->handlers_.on_state(which, std::move(report));
        });
    };
    auto added = std::make_shared<room>(index, self->queue, std::move(on_state), std::move(setup));
    self->rooms.emplace(index, added);
    asio::post(self->loop, [self, index, added = std::move(added)] { self->start(index, added); });
}

void ingest::remove(room_index index) {
    const auto found = impl_->rooms.find(index);
    if (found == impl_->rooms.end())
        return;
    asio::post(impl_->loop,
               [leaving = found->second] { leaving->cancel.emit(asio::cancellation_type::terminal); });
}

void ingest::stop() {
    for (const auto& [index, room] : impl_->rooms)
        remove(index);
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
