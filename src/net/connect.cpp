// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "net/connect.hpp"

#include <array>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/net/address_memory.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/failure.hpp"
#include "tiktok2twitch/net/reach.hpp"
#include "tiktok2twitch/net/resolve.hpp"

namespace tiktok2twitch::net {

using tcp = asio::ip::tcp;

namespace {

// Who is stopped earlier has not waited long enough to speak of silence.
constexpr core::duration worth_a_word = std::chrono::seconds(3);

// Of the process, as the network is. Never destroyed: a lookup thread may outlive main().
address_memory& known_addresses() {
    static auto* const memory = new address_memory;
    return *memory;
}

// What the attempts and who waits for them have in common; it lives until all are over.
struct race {
    struct attempt {
        attempt(const asio::any_io_executor& executor, tcp::endpoint endpoint)
            : socket(executor), to(std::move(endpoint)) {}

        void drop() {
            core::error_code ignored;
            stream ? stream->close() : void(socket.close(ignored));
        }

        tcp::socket socket;
        tcp::endpoint to;
        std::optional<any_stream> stream;
    };

    race(const asio::any_io_executor& executor, core::url where, tls_client client, const endpoints& order)
        : to(std::move(where)), tls(std::move(client)), plan(order.size()), wake(executor) {
        for (const auto& each : order) {
            attempts.emplace_back(executor, each);
        }
    }

    void failed(std::size_t index, core::error_code why) {
        // Who answered and was not believed says more than who is not there.
        const bool answered = attempts[index].stream.has_value();
        if ((answered && !from_answer) || error == errc::name_not_found) {
            error = translate(why);
            from_answer = answered;
        }
        plan.on_failed(index, timer_now());
        wake.cancel();
    }

    core::url to;
    tls_client tls;
    race_plan plan;
    asio::steady_timer wake;  // until the next step; cancelled when an attempt has something to tell
    std::deque<attempt> attempts;
    std::optional<std::size_t> winner;
    core::error_code error = errc::name_not_found;  // the one that tells most
    bool from_answer = false;
    bool over = false;
};

// Asks the proxy at the other end for a connection to where we want to go.
awaitable<core::error_code> go_through(tcp::socket* socket, const proxy_server* proxy, const core::url* to) {
    co_await asio::this_coro::throw_if_cancelled(false);
    proxy_dialogue dialogue(*proxy, to->host, to->port);
    proxy_dialogue::step step;
    step.send = dialogue.start();
    std::array<char, 512> bytes{};
    while (!step.done) {
        if (!step.send.empty()) {
            const auto out = asio::buffer(step.send);
            const auto [unsent, count] = co_await asio::async_write(*socket, out, use_nothrow_awaitable);
            if (unsent) {
                co_return unsent;
            }
        }
        const auto in = asio::buffer(bytes);
        const auto [unread, count] = co_await socket->async_read_some(in, use_nothrow_awaitable);
        if (unread) {
            co_return unread == asio::error::eof ? core::error_code(errc::proxy_failed) : unread;
        }
        step = dialogue.on_bytes(std::string_view(bytes.data(), count));
        if (step.error) {
            co_return step.error;
        }
    }
    co_return core::error_code();
}

// One address. Its operations end when the race closes its socket.
awaitable<void> try_address(std::shared_ptr<race> all, std::size_t index) {
    co_await asio::this_coro::throw_if_cancelled(false);
    race::attempt& mine = all->attempts[index];
    const auto [refused] = co_await mine.socket.async_connect(mine.to, use_nothrow_awaitable);
    if (all->over) {
        co_return;
    }
    if (refused) {
        co_return all->failed(index, refused);
    }
    all->plan.on_progress(index, timer_now());
    all->wake.cancel();
    if (const proxy_server* proxy = all->tls.proxy_for(all->to.host)) {
        const core::error_code shut = co_await go_through(&mine.socket, proxy, &all->to);
        if (all->over) {
            co_return;
        }
        if (shut) {
            co_return all->failed(index, shut);
        }
    }
    auto stream = make_client_stream(std::move(mine.socket), all->to.encrypted(), all->tls, all->to.host);
    if (!stream) {
        co_return all->failed(index, stream.error());
    }
    mine.stream.emplace(std::move(*stream));
    const auto [unsafe] = co_await mine.stream->async_handshake(use_nothrow_awaitable);
    if (all->over) {
        co_return;
    }
    if (unsafe) {
        mine.drop();
        co_return all->failed(index, unsafe);
    }
    if (!all->winner) {
        all->winner = index;
        all->wake.cancel();
    }
}

void rethrow(std::exception_ptr error) {
    if (error) {
        std::rethrow_exception(error);
    }
}

// The losers hang up at once.
void end(race& all) {
    all.over = true;
    for (std::size_t i = 0; i < all.attempts.size(); ++i) {
        if (all.winner != i) {
            all.attempts[i].drop();
        }
    }
}

void say(const race& all, const address_facts& facts) {
    if (facts.silent == 0 && all.winner) {
        return;  // a refusal costs no time
    }
    const bool answered = all.winner.has_value();
    if (!known_addresses().is_news(all.to.host, facts, answered, timer_now())) {
        return;
    }
    const std::string winner = answered ? all.attempts[*all.winner].to.address().to_string() : std::string();
    core::log(answered ? core::log_level::info : core::log_level::warning, "net",
              words_of(facts, all.to.host, winner));
}

awaitable<core::result<any_stream>> run_race(std::shared_ptr<race> all, address_facts* facts) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const core::time_point begin = timer_now();
    bool cancelled = false;
    bool exhausted = false;
    while (!all->winner && !cancelled && !exhausted) {
        const race_plan::step step = all->plan.next(timer_now());
        if (step.act == race_plan::step::what::start) {
            auto attempt = try_address(all, step.index);
            asio::co_spawn(executor, std::move(attempt), rethrow);
        } else if (step.act == race_plan::step::what::wait) {
            all->wake.expires_at(step.until);
            co_await all->wake.async_wait(use_nothrow_awaitable);
        } else {
            exhausted = true;
        }
        cancelled = stopped(co_await asio::this_coro::cancellation_state);
    }
    end(*all);
    const address_facts outcome = all->plan.facts(all->winner);
    if (facts != nullptr) {
        *facts = outcome;
    }
    if (!cancelled || timer_now() - begin >= worth_a_word) {
        say(*all, outcome);
    }
    if (cancelled) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    if (!all->winner) {
        co_return outcome.silent > 0 ? core::error_code(errc::connect_timeout) : all->error;
    }
    race::attempt& won = all->attempts[*all->winner];
    known_addresses().won(all->to.host, all->to.port, won.to.address());
    co_return std::move(*won.stream);
}

endpoints in_order(const endpoints& found, const core::url& to) {
    const auto last = known_addresses().winner(to.host, to.port);
    std::vector<bool> is_v6;
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < found.size(); ++i) {
        is_v6.push_back(found[i].address().is_v6());
        if (last && found[i].address() == *last) {
            first = i;
        }
    }
    endpoints order;
    for (const std::size_t index : order_of_addresses(is_v6, first)) {
        order.push_back(found[index]);
    }
    return order;
}

}  // namespace

awaitable<core::result<any_stream>> open_stream(core::url to, tls_client tls, address_facts* facts,
                                                lookup_function lookup, bool plain_allowed) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    if (!to.encrypted() && !plain_allowed && !core::is_loopback_host(to.host)) {
        co_return core::error_code(errc::plain_text_refused);
    }
    // Through a proxy, the proxy is what is connected to; it looks the name up.
    const proxy_server* proxy = tls.proxy_for(to.host);
    const std::string& first_host = proxy != nullptr ? proxy->host : to.host;
    const std::uint16_t first_port = proxy != nullptr ? proxy->port : to.port;
    const auto known = co_await resolve(first_host, first_port, lookup);
    if (!known) {
        co_return known.error();
    }
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const endpoints order = in_order(*known, to);
    auto all = std::make_shared<race>(executor, std::move(to), std::move(tls), order);
    auto running = run_race(std::move(all), facts);
    auto stream = co_await std::move(running);
    co_return std::move(stream);
}

namespace {

// Nobody waits for the other side's goodbye.
constexpr auto goodbye_limit = std::chrono::milliseconds(100);

}  // namespace

awaitable<core::result<std::vector<std::string>>> look_up(core::url to, core::duration timeout) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto work = timed(resolve(to.host, to.port), timeout, errc::connect_timeout);
    const auto found = co_await std::move(work);
    if (!found)
        co_return found.error();
    std::vector<std::string> numbers;
    for (const auto& each : *found)
        numbers.push_back(each.address().to_string());
    co_return std::move(numbers);
}

awaitable<reached> try_to_connect(core::url to, tls_client tls, core::duration timeout) {
    co_await asio::this_coro::throw_if_cancelled(false);
    reached out;
    auto opening = open_stream(std::move(to), std::move(tls), &out.addresses);
    auto work = timed(std::move(opening), timeout, errc::connect_timeout);
    auto stream = co_await std::move(work);
    if (stream)
        co_await stream->async_shutdown(use_nothrow_awaitable, goodbye_limit);
    else
        out.error = stream.error();
    co_return out;
}

}  // namespace tiktok2twitch::net
