// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/token_keeper.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <utility>
#include <variant>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/files/file_worker.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace asio = net::asio;

keeper_tokens::keeper_tokens(std::function<void(const core::secret&)> report, core::duration patience)
    : report_(std::move(report)), patience_(patience) {}

void keeper_tokens::on_found(const token_found& found) {
    token_ = {found.access, found.client_id};
    lost_ = false;
    wake();
}

void keeper_tokens::on_lost() {
    token_ = {};
    lost_ = true;
    wake();
}

void keeper_tokens::wake() {
    ++told_;
    for (const auto& each : std::exchange(waiting_, {}))
        if (const auto timer = each.lock())
            timer->cancel();
}

api_token keeper_tokens::current() {
    return usable() ? token_ : api_token{};
}

net::awaitable<core::result<api_token>> keeper_tokens::renew(core::secret refused) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (usable() && token_.access != refused)
        co_return token_;
    const auto before = told_;
    if (!lost_ && !refused.empty())
        report_(refused);
    const auto executor = co_await asio::this_coro::executor;
    const auto until = net::now() + patience_;
    const auto timer = std::make_shared<asio::steady_timer>(executor);
    for (;;) {
        const bool stopped = co_await net::is_cancelled();
        if (stopped)
            co_return core::error_code{asio::error::operation_aborted};
        if (lost_)
            co_return make_error_code(errc::login_needed);
        if (usable() && token_.access != refused)
            co_return token_;
        if (usable() && told_ != before)
            co_return make_error_code(errc::token_invalid);
        if (net::now() >= until)
            co_return make_error_code(errc::auth_server_error);
        std::erase_if(waiting_, [](const auto& each) { return each.expired(); });
        waiting_.push_back(timer);
        timer->expires_at(net::deadline_of(until));
        co_await timer->async_wait(net::use_nothrow_awaitable);
    }
}

namespace asio = net::asio;

namespace {

// For a disk that hangs when the relay is about to end.
constexpr std::chrono::milliseconds last_patience(2000);
constexpr std::chrono::milliseconds between_tries(1000);  // where the worker's queue is full

}  // namespace

struct token_keeper::impl {
    impl(asio::any_io_executor executor, auth_api& auth, keeper_options options,
         std::optional<token_store> where, token_listener& told, std::uint64_t seed, files::file_worker* disk)
        : api(auth),
          worker(disk),
          store(std::move(where)),
          listener(told),
          keeper(std::move(options), net::now(), seed),
          timer(executor) {}

    auth_api& api;
    files::file_worker* worker;
    std::optional<token_store> store;
    std::optional<token_store::lock> lock;
    token_listener& listener;
    grant_keeper keeper;
    asio::steady_timer timer;
    std::optional<core::secret> pasted;  // to be taken up between two steps
    bool changed = false;                // set before the timer is cancelled: a wake-up is never lost

    void wake() {
        changed = true;
        timer.cancel();
    }
    void deliver();
    // What a step wants of the store, in two halves: the first may block and touches nothing but the store,
    // the second tells the keeper. Empty: nothing.
    using telling = std::function<void()>;
    using job = std::function<telling()>;
    job reading();
    job locking();
    job writing(const grant_keeper::write_store& todo);
    job store_job(const grant_keeper::step& todo);
    void save_now();
    net::awaitable<void> do_beside(job work);
    net::awaitable<void> obey(grant_keeper::step todo);
    net::awaitable<void> pause_until(core::time_point at);
    net::awaitable<void> refresh(grant_keeper::ask_refresh todo);
    net::awaitable<core::error_code> run();
};

void token_keeper::impl::deliver() {
    for (const auto& event : keeper.take_events()) {
        if (const auto* token = std::get_if<token_found>(&event))
            listener.on_token(*token);
        else if (const auto* lost = std::get_if<token_lost>(&event))
            listener.on_lost(lost->reason, lost->sentence);
        else if (const auto* said = std::get_if<keeper_notice>(&event))
            listener.on_notice(said->level, said->text);
    }
}

token_keeper::impl::job token_keeper::impl::reading() {
    return [this, from = *store]() -> telling {
        // The stamp first: what is written between the two is then read again.
        auto stamp = from.stamp();
        return [this, stamp = std::move(stamp), found = from.load()] {
            keeper.on_read(found, stamp, net::now());
        };
    };
}

token_keeper::impl::job token_keeper::impl::locking() {
    return [this, from = *store, read = reading()]() mutable -> telling {
        auto taken = from.try_lock();
        if (!taken)
            return [this, failed = taken.error(), path = from.lock_path()] {
                keeper.on_lock_failed(failed, path, net::now());
            };
        if (!*taken)
            return [this] {
                keeper.on_busy(net::now());
            };
        auto held = std::make_shared<token_store::lock>(std::move(**taken));
        return [this, held, tell = read()] {
            lock.emplace(std::move(*held));
            tell();
        };
    };
}

token_keeper::impl::job token_keeper::impl::writing(const grant_keeper::write_store& todo) {
    return [this, to = *store, over = todo.over, value = todo.value, read = reading()]() mutable -> telling {
        if (to.stamp() != over)
            return read();
        const auto failed = to.save(value);
        return [this, failed, stamp = to.stamp()] {
            keeper.on_written(failed, stamp, net::now());
        };
    };
}

token_keeper::impl::job token_keeper::impl::store_job(const grant_keeper::step& todo) {
    if (std::holds_alternative<grant_keeper::look_at_store>(todo))
        return [this, from = *store]() -> telling {
            return [this, stamp = from.stamp()] {
                keeper.on_looked(stamp, net::now());
            };
        };
    if (std::holds_alternative<grant_keeper::read_store>(todo))
        return reading();
    if (std::holds_alternative<grant_keeper::lock_store>(todo))
        return locking();
    if (const auto* out = std::get_if<grant_keeper::write_store>(&todo))
        return writing(*out);
    return {};
}

void token_keeper::impl::save_now() {
    if (!keeper.unsaved())
        return;
    keeper.on_stop(net::now());
    // Whoever touched the file, to make room for this one maybe, makes the first step a look at it.
    for (int tries = 0; tries < 3 && keeper.unsaved(); ++tries) {
        const auto todo = keeper.next(net::now(), net::wall_now());
        const auto* const out = std::get_if<grant_keeper::write_store>(&todo);
        if (out == nullptr)
            break;
        auto work = writing(*out);
        if (worker == nullptr) {
            work()();
        } else if (const auto tell = worker->ask(std::move(work), last_patience)) {
            (*tell)();
        } else {
            break;  // the disk hangs, and whoever asked is in a hurry
        }
    }
    deliver();
}

// A disk that hangs keeps only the login waiting, and a stop for `last_patience`.
net::awaitable<void> token_keeper::impl::do_beside(job work) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (worker == nullptr) {
        work()();
        co_return;
    }
    const auto executor = co_await asio::this_coro::executor;
    struct waiting {
        explicit waiting(const asio::any_io_executor& where)
            : over(where, asio::steady_timer::time_point::max()) {}
        asio::steady_timer over;
        bool done = false;
    };
    // The job has no part in the first: it may outlive this, and the loop.
    auto state = std::make_shared<waiting>(executor);
    auto tell = std::make_shared<telling>();
    const bool taken = worker->submit(
        [tell, work = std::move(work)] {
            *tell = work();
            return core::error_code();
        },
        [waits = std::weak_ptr<waiting>(state)](core::error_code) {
            if (const auto whoever = waits.lock()) {
                whoever->done = true;
                whoever->over.cancel();
            }
        });
    if (!taken)
        state->over.expires_after(between_tries);
    bool stopping = co_await net::is_cancelled();
    if (stopping)
        state->over.expires_after(last_patience);
    while (!state->done) {
        const auto [ended] = co_await state->over.async_wait(net::use_nothrow_awaitable);
        if (!ended || stopping)
            break;
        stopping = co_await net::is_cancelled();
        if (stopping && !state->done)
            state->over.expires_after(last_patience);
    }
    if (state->done && *tell)
        (*tell)();
    else if (stopping && keeper.unsaved())
        keeper.on_written(make_error_code(boost::system::errc::timed_out), {}, net::now());
}

net::awaitable<void> token_keeper::impl::pause_until(core::time_point at) {
    if (!std::exchange(changed, false)) {
        timer.expires_at(net::deadline_of(at));
        co_await timer.async_wait(net::use_nothrow_awaitable);
        changed = false;
    }
}

net::awaitable<void> token_keeper::impl::refresh(grant_keeper::ask_refresh todo) {
    core::result<token_pair> answer = make_error_code(errc::auth_server_error);
    // Whatever went wrong here, the request may have left: its end is not known.
    try {
        answer = co_await api.refresh(std::move(todo.client_id), std::move(todo.refresh));
    } catch (const std::exception& error) {
        listener.on_notice(notice::severity::error, std::string("internal error: ") + error.what());
    }
    keeper.on_refreshed(std::move(answer), net::now(), net::wall_now());
}

net::awaitable<void> token_keeper::impl::obey(grant_keeper::step todo) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (std::holds_alternative<grant_keeper::unlock_store>(todo)) {
        lock.reset();
        co_return;
    }
    if (auto work = store_job(todo)) {
        co_await do_beside(std::move(work));
        co_return;
    }
    if (auto* rest = std::get_if<grant_keeper::rest_until>(&todo)) {
        co_await pause_until(rest->at);
    } else if (auto* validation = std::get_if<grant_keeper::ask_validation>(&todo)) {
        auto access = std::move(validation->access);
        auto answer = co_await api.validate(std::move(access));
        if (co_await net::is_cancelled())
            co_return;
        keeper.on_validated(std::move(answer), net::now(), net::wall_now());
    } else if (auto* renewal = std::get_if<grant_keeper::ask_refresh>(&todo)) {
        // On its own, so that a cancellation of run() does not reach it.
        const auto executor = co_await asio::this_coro::executor;
        auto work = refresh(std::move(*renewal));
        auto token = asio::bind_cancellation_slot(asio::cancellation_slot(), net::use_nothrow_awaitable);
        const auto [failed] = co_await asio::co_spawn(executor, std::move(work), std::move(token));
        if (failed)
            std::rethrow_exception(failed);
    }
}

net::awaitable<core::error_code> token_keeper::impl::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    core::error_code result;
    for (bool about_to_end = false;;) {
        const bool stopped = co_await net::is_cancelled();
        if (auto token = std::exchange(pasted, std::nullopt))
            keeper.on_pasted(std::move(*token), net::now());
        if (stopped && !std::exchange(about_to_end, true))
            keeper.on_stop(net::now());
        auto todo = keeper.next(net::now(), net::wall_now());
        deliver();
        if (const auto* end = std::get_if<grant_keeper::stop>(&todo)) {
            result = end->reason;
            break;
        }
        if (stopped && !keeper.unsaved()) {
            result = asio::error::operation_aborted;
            break;
        }
        co_await obey(std::move(todo));
        deliver();
    }
    lock.reset();
    co_return result;
}

token_keeper::token_keeper(asio::any_io_executor executor, auth_api& api, keeper_options options,
                           std::optional<token_store> store, token_listener& listener, std::uint64_t seed,
                           files::file_worker* worker)
    : impl_(std::make_unique<impl>(std::move(executor), api, std::move(options), std::move(store), listener,
                                   seed, worker)) {}
token_keeper::~token_keeper() = default;

net::awaitable<core::error_code> token_keeper::run() {
    return impl_->run();
}
void token_keeper::refused(const core::secret& used) {
    impl_->keeper.on_refused(used, net::now());
    impl_->wake();
}
bool token_keeper::renewing() const noexcept {
    return impl_->keeper.renewing();
}
bool token_keeper::unsaved() const noexcept {
    return impl_->keeper.unsaved();
}
void token_keeper::save_now() {
    impl_->save_now();
}
void token_keeper::paste(core::secret token) {
    impl_->pasted = std::move(token);
    impl_->wake();
}

}  // namespace tiktok2twitch::twitch
