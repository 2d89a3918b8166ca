// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/world.hpp"

#include <stdlib.h>

#include <cerrno>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <fstream>
#include <list>
#include <mutex>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/system/system_error.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/sim/base/session_host.hpp"

namespace tiktok2twitch::sim {
namespace {

// Removes itself and everything in it.
class temporary_directory {
public:
    temporary_directory() : path_((std::filesystem::temp_directory_path() / "t2t-sim-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) {
            throw boost::system::system_error(errno, boost::system::system_category(), path_);
        }
    }
    temporary_directory(const temporary_directory&) = delete;
    temporary_directory& operator=(const temporary_directory&) = delete;
    ~temporary_directory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::string& path() const noexcept { return path_; }

private:
    std::string path_;
};

template <class T>
T value_of(core::result<T> result) {
    if (!result) {
        throw boost::system::system_error(result.error());
    }
    return std::move(*result);
}

std::string write_file(std::string path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush()) {
        throw boost::system::system_error(errno, boost::system::system_category(), path);
    }
    return path;
}

std::vector<std::string> all_scopes() {
    return {"chat:read", "chat:edit", "user:write:chat", "moderator:manage:chat_messages"};
}

std::string url(std::string_view scheme, std::uint16_t port) {
    return std::string(scheme) + "://localhost:" + std::to_string(port);
}

}  // namespace

struct world::impl {
    explicit impl(const world_settings& settings)
        : identity(value_of(net::make_test_identity({"localhost", "127.0.0.1"}))),
          tls(value_of(net::make_tls_server(identity.certificate_pem, identity.key_pem))),
          ca_file(write_file(directory.path() + "/ca.pem", identity.ca_pem)),
          tiktok(io.get_executor(), tls, settings.tiktok),
          auth(io.get_executor(), tls, settings.auth),
          twitch(io.get_executor(), tls, settings.twitch, settings.limits),
          helix(io.get_executor(), tls, twitch.rules()) {
        const auto notify = [this] {
            {
                const std::lock_guard lock(mutex);
                ++version;
            }
            condition.notify_all();
        };
        tiktok.on_change(notify);
        twitch.on_change(notify);
        auth.on_change(notify);
        tiktok.start();
        twitch.start();
        auth.start();
        helix.on_change(notify);
        helix.on_delivered([this](const delivery& line) { twitch.show(line); });
        helix.on_refused([this](const refusal& line) { twitch.show(line); });
        helix.on_deleted([this](const deletion_record& line) { twitch.clear_line(line.channel, line.id); });
        helix.start();
        join_accounts();
    }

    // One Twitch: a token is the same to its chat, its login service and its API.
    void join_accounts() {
        auth.rules().look_tokens_up([this](std::string_view token) -> std::optional<token_owner> {
            const auto login = twitch.rules().owner_of(token);
            if (!login) {
                return std::nullopt;
            }
            return token_owner{std::string(world::any_client), *login,
                               std::to_string(twitch.rules().id_of(*login).value_or(0)), all_scopes()};
        });
        helix.rules().look_tokens_up([this](std::string_view token) -> std::optional<helix_token> {
            const auto owner = auth.rules().owner_of(token, net::timer_now());
            if (!owner) {
                return std::nullopt;
            }
            return helix_token{owner->login, owner->client_id, {owner->scopes.begin(), owner->scopes.end()}};
        });
    }

    net::awaitable<void> play(script steps, std::function<void(const script_step&)> on_step);

    boost::asio::io_context io{1};
    temporary_directory directory;
    net::test_identity identity;
    net::tls_server tls;
    std::string ca_file;
    tiktok_server tiktok;
    auth_server auth;
    twitch_server twitch;
    helix_server helix;
    bool script_stop = false;
    std::size_t scripts = 0;
    std::list<gate> script_gates;  // one for each script that runs
    std::mutex mutex;
    std::condition_variable condition;
    std::uint64_t version = 0;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work = make_work_guard(io);
    std::thread thread;
};

net::awaitable<void> world::impl::play(script steps, std::function<void(const script_step&)> on_step) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const core::time_point start = net::timer_now();
    const auto sleeper = script_gates.emplace(script_gates.end(), io.get_executor());
    for (const script_step& step : steps) {
        while (!script_stop && net::timer_now() < start + step.at) {
            co_await sleeper->wait(start + step.at);
        }
        if (script_stop) {
            break;
        }
        if (on_step) {
            on_step(step);
        }
        step.act(tiktok, twitch);
    }
    script_gates.erase(sleeper);
    --scripts;
}

world::world(const world_settings& settings) : impl_(std::make_unique<impl>(settings)) {
    impl_->thread = std::thread([this] { impl_->io.run(); });
}

world::~world() {
    call([this] {
        impl_->script_stop = true;
        for (gate& sleeper : impl_->script_gates) {
            sleeper.open();
        }
        impl_->tiktok.stop();
        impl_->twitch.stop();
        impl_->auth.stop();
        impl_->helix.stop();
    });
    impl_->work.reset();
    impl_->thread.join();
}

tiktok_server& world::tiktok() noexcept {
    return impl_->tiktok;
}
twitch_server& world::twitch() noexcept {
    return impl_->twitch;
}
auth_server& world::auth() noexcept {
    return impl_->auth;
}
helix_server& world::helix() noexcept {
    return impl_->helix;
}
const std::string& world::ca_file() const noexcept {
    return impl_->ca_file;
}
const std::string& world::directory() const noexcept {
    return impl_->directory.path();
}
std::string world::https_url() const {
    return url("https", impl_->tiktok.port());
}
std::string world::wss_url() const {
    return url("wss", impl_->tiktok.port());
}
std::string world::ircs_url() const {
    return url("ircs", impl_->twitch.port());
}
std::string world::auth_url() const {
    return url("https", impl_->auth.port());
}

std::string world::helix_url() const {
    return url("https", impl_->helix.port()) + "/helix";
}

net::asio::any_io_executor world::executor() const noexcept {
    return impl_->io.get_executor();
}

bool world::wait_for(const std::function<bool()>& predicate, core::duration timeout) {
    // What the predicate looks at may also live outside the world, so it is asked now and then, too.
    constexpr auto at_least_every = std::chrono::milliseconds(20);
    const core::time_point deadline = net::timer_now() + timeout;
    for (;;) {
        std::uint64_t seen = 0;
        {
            const std::lock_guard lock(impl_->mutex);
            seen = impl_->version;
        }
        if (call([&] { return predicate(); })) {
            return true;
        }
        const core::time_point now = net::timer_now();
        if (now >= deadline) {
            return false;
        }
        std::unique_lock lock(impl_->mutex);
        impl_->condition.wait_until(lock, std::min<core::time_point>(deadline, now + at_least_every),
                                    [&] { return impl_->version != seen; });
    }
}

void world::play(script steps, std::function<void(const script_step&)> on_step) {
    call([&] {
        ++impl_->scripts;
        auto played = impl_->play(std::move(steps), std::move(on_step));
        boost::asio::co_spawn(impl_->io, std::move(played), [](std::exception_ptr error) {
            if (error) {
                std::rethrow_exception(error);
            }
        });
    });
}

bool world::script_finished() {
    return call([this] { return impl_->scripts == 0; });
}

}  // namespace tiktok2twitch::sim
