// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/doctor/api_visit.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/twitch/client/helix_client.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

namespace tiktok2twitch::twitch {
namespace asio = net::asio;

namespace {

// No channel's modes are asked for later than this after the first: they are a hint.
constexpr core::duration modes_limit = std::chrono::seconds(30);

class fixed_token final : public api_tokens {
public:
    explicit fixed_token(api_token token) : token_(std::move(token)) {}
    api_token current() override { return token_; }
    net::awaitable<core::result<api_token>> renew(core::secret /*refused*/) override {
        co_return make_error_code(errc::token_invalid);
    }

private:
    api_token token_;
};

class api_visit {
public:
    api_visit(api_visit_options options, net::tls_client tls)
        : options_(std::move(options)),
          tokens_(options_.token),
          api_(options_.api_url, std::move(tls), tokens_, options_.request_timeout) {
        options_.channels.resize(std::min(options_.channels.size(), most_users_per_request));
    }

    net::awaitable<core::result<std::vector<helix_user>>> look_up() {
        co_await asio::this_coro::throw_if_cancelled(false);
        if (options_.channels.empty())
            co_return std::vector<helix_user>();
        auto asking = ask(ask_users(options_.channels));
        const auto reply = co_await std::move(asking);
        co_return users_of(reply);
    }

    net::awaitable<chat_look> look() {
        co_await asio::this_coro::throw_if_cancelled(false);
        chat_look out;
        out.over_api = true;
        auto asking = ask(ask_own_user());
        const auto reply = co_await std::move(asking);
        const auto self = users_of(reply);
        if (!self || self->empty()) {
            out.error = self ? make_error_code(errc::api_error) : self.error();
            co_return out;
        }
        out.login = self->front().login;
        auto looking_up = look_up();
        const auto found = co_await std::move(looking_up);
        for (const auto& name : options_.channels) {
            out.channels.emplace_back();
            out.channels.back().channel = name;
        }
        if (!found) {
            out.error = found.error();
            co_return out;
        }
        core::error_code no_network;
        const auto until = net::now() + modes_limit;
        for (auto& channel : out.channels) {
            const auto user = std::ranges::find(*found, channel.channel, &helix_user::login);
            channel.exists = user != found->end();
            if (!*channel.exists)
                continue;
            channel.what = channel_look::answer::joined;
            if (channel.channel == out.login)
                channel.rank = role::broadcaster;
            if (!no_network && net::now() > until)
                no_network = net::errc::request_timeout;
            if (no_network) {
                channel.no_modes = no_network;  // one that hangs is enough
                continue;
            }
            auto asking_modes = ask(ask_chat_settings(user->id));
            const auto modes = co_await std::move(asking_modes);
            no_network = modes.error;
            note(channel, modes);
        }
        co_return out;
    }

private:
    net::awaitable<helix_api::reply> ask(helix_request request) {
        co_await asio::this_coro::throw_if_cancelled(false);
        helix_api::reply out;
        if (!token_may_go_to(options_.api_url, options_.allow_custom_host)) {
            out.error = errc::token_host_refused;
            co_return std::move(out);
        }
        const bool stopped = co_await net::is_cancelled();
        if (stopped) {
            out.error = asio::error::operation_aborted;
            co_return std::move(out);
        }
        auto work = api_.call(std::move(request));
        out = co_await std::move(work);
        co_return std::move(out);
    }

    static core::result<std::vector<helix_user>> users_of(const helix_api::reply& reply) {
        if (reply.error)
            return reply.error;
        return read_users(reply.answer);
    }
    static void note(channel_look& channel, const helix_api::reply& reply) {
        const auto settings =
            reply.error ? core::result<chat_settings>(reply.error) : read_chat_settings(reply.answer);
        if (!settings) {
            channel.no_modes = settings.error();
            return;
        }
        channel.modes = {settings->slow, settings->followers_only, settings->subs_only, settings->emote_only,
                         settings->unique};
    }

    api_visit_options options_;
    fixed_token tokens_;
    helix_api api_;
};

}  // namespace

net::awaitable<core::result<std::vector<helix_user>>> look_up_channels(api_visit_options options,
                                                                       net::tls_client tls) {
    co_await asio::this_coro::throw_if_cancelled(false);
    api_visit visit(std::move(options), std::move(tls));
    auto work = visit.look_up();
    co_return co_await std::move(work);
}

net::awaitable<chat_look> visit_api(api_visit_options options, net::tls_client tls) {
    co_await asio::this_coro::throw_if_cancelled(false);
    api_visit visit(std::move(options), std::move(tls));
    auto work = visit.look();
    co_return co_await std::move(work);
}

}  // namespace tiktok2twitch::twitch
