// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/token_keeper.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <exception>
#include <utility>
#include <variant>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

namespace asio = net::asio;

namespace {

core::time_point now() {
    return std::chrono::steady_clock::now();
}

core::unix_ms wall_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

net::awaitable<bool> cancelled() {
    const auto state = co_await asio::this_coro::cancellation_state;
    co_return state.cancelled() != asio::cancellation_type::none;
}

}  // namespace

struct token_keeper::impl {
    impl(asio::any_io_executor executor, auth_api& auth, keeper_options options,
         std::optional<token_store> where, token_listener& told, std::uint64_t seed)
        : api(auth),
          store(std::move(where)),
          listener(told),
          keeper(std::move(options), now(), seed),
          timer(executor) {}

    auth_api& api;
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
    void read();
    void lock_and_read();
    void write(const grant_keeper::write_store& todo);
    void save_now();
    bool obey_here(const grant_keeper::step& todo);
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

void token_keeper::impl::read() {
    // The stamp first: what is written between the two is then read again.
    auto stamp = store->stamp();
    keeper.on_read(store->load(), std::move(stamp), now());
}

void token_keeper::impl::lock_and_read() {
    auto taken = store->try_lock();
    if (!taken)
        return keeper.on_lock_failed(taken.error(), store->lock_path(), now());
    if (!*taken)
        return keeper.on_busy(now());
    lock.emplace(std::move(**taken));
    read();
}

void token_keeper::impl::write(const grant_keeper::write_store& todo) {
    if (store->stamp() != todo.over)
        return read();
    const auto failed = store->save(todo.value);
    keeper.on_written(failed, store->stamp(), now());
}

void token_keeper::impl::save_now() {
    if (!keeper.unsaved())
        return;
    keeper.on_stop(now());
    // Whoever touched the file, to make room for this one maybe, makes the first step a look at it.
    for (int tries = 0; tries < 3 && keeper.unsaved(); ++tries) {
        const auto todo = keeper.next(now(), wall_now());
        const auto* const out = std::get_if<grant_keeper::write_store>(&todo);
        if (out == nullptr)
            break;
        write(*out);
    }
    deliver();
}

// What takes no waiting; false for the rest.
bool token_keeper::impl::obey_here(const grant_keeper::step& todo) {
    if (std::holds_alternative<grant_keeper::look_at_store>(todo))
        keeper.on_looked(store->stamp(), now());
    else if (std::holds_alternative<grant_keeper::read_store>(todo))
        read();
    else if (std::holds_alternative<grant_keeper::lock_store>(todo))
        lock_and_read();
    else if (const auto* out = std::get_if<grant_keeper::write_store>(&todo))
        write(*out);
    else if (std::holds_alternative<grant_keeper::unlock_store>(todo))
        lock.reset();
    else
        return false;
    return true;
}

net::awaitable<void> token_keeper::impl::pause_until(core::time_point at) {
    if (!std::exchange(changed, false)) {
        timer.expires_at(at);
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
    keeper.on_refreshed(std::move(answer), now(), wall_now());
}

net::awaitable<void> token_keeper::impl::obey(grant_keeper::step todo) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (obey_here(todo))
        co_return;
    if (auto* rest = std::get_if<grant_keeper::rest_until>(&todo)) {
        co_await pause_until(rest->at);
    } else if (auto* validation = std::get_if<grant_keeper::ask_validation>(&todo)) {
        auto access = std::move(validation->access);
        auto answer = co_await api.validate(std::move(access));
        if (co_await cancelled())
            co_return;
        keeper.on_validated(std::move(answer), now(), wall_now());
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
        const bool stopped = co_await cancelled();
        if (auto token = std::exchange(pasted, std::nullopt))
            keeper.on_pasted(std::move(*token), now());
        if (stopped && !std::exchange(about_to_end, true))
            keeper.on_stop(now());
        auto todo = keeper.next(now(), wall_now());
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
                           std::optional<token_store> store, token_listener& listener, std::uint64_t seed)
    : impl_(std::make_unique<impl>(std::move(executor), api, std::move(options), std::move(store), listener,
                                   seed)) {}
token_keeper::~token_keeper() = default;

net::awaitable<core::error_code> token_keeper::run() {
    return impl_->run();
}
void token_keeper::refused(const core::secret& used) {
    impl_->keeper.on_refused(used, now());
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
