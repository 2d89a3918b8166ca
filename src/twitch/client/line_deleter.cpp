// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/line_deleter.hpp"

#include <map>
#include <optional>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/client/helix_client.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/helix/deletion_queue.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

namespace tiktok2twitch::twitch {
namespace asio = net::asio;

namespace {

deletion trouble_of(const core::error_code& error) {
    if (error == errc::login_needed || error == errc::auth_server_error)
        return deletion::no_token;
    if (error == errc::token_invalid)
        return deletion::unauthorized;
    return error == errc::api_rate_limited ? deletion::rate_limited : deletion::failed;
}

}  // namespace

struct line_deleter::impl {
    impl(asio::any_io_executor executor, line_deleter_options deleter_options, net::tls_client tls,
         api_tokens& deleter_tokens, std::function<void(const notice&)> tell_of, over_handler over_of)
        : options(std::move(deleter_options)),
          api(options.api_url, std::move(tls), deleter_tokens, options.request_timeout),
          tokens(deleter_tokens),
          queue({options.retry_base, options.retry_most, options.give_up_after, options.barred_for}),
          tell(std::move(tell_of)),
          over(std::move(over_of)),
          timer(executor),
          patience(std::move(executor)) {}

    using item = deletion_queue::item;
    using attempt = deletion_queue::attempt;

    void wake() {
        changed = true;
        timer.cancel();
    }
    void tell_once(const std::string& channel, std::string text);
    void tell_trouble(deletion how, const std::string& channel);
    void finish(const deletion_queue::outcome& ended);
    bool right_is_missing() { return !useless.empty() && useless == tokens.current().access; }

    net::awaitable<core::error_code> run();
    net::awaitable<void> pause();
    net::awaitable<void> wait_for_work();
    net::awaitable<attempt> remove(const item* what);
    net::awaitable<attempt> ask(const item* what);
    net::awaitable<core::error_code> resolve(const std::string* channel, core::duration* told_to_wait);

    line_deleter_options options;
    helix_api api;
    api_tokens& tokens;
    deletion_queue queue;
    std::function<void(const notice&)> tell;
    over_handler over;
    asio::steady_timer timer;
    asio::steady_timer patience;  // of its own: a new line must not cut short the patience with an old one
    deletion_counts counts;
    std::optional<user_id> self;
    std::map<std::string, user_id> ids;
    std::map<std::string, std::string> called;  // of channels that were renamed: their names at Twitch
    std::map<std::string, std::string> told;    // the last thing by channel
    core::secret useless;                       // a token that lacks the right to delete
    core::error_code last_error;                // of the last try
    bool trouble_told = false;                  // since a line was deleted
    bool changed = false;
    bool closed = false;
};

void line_deleter::impl::tell_once(const std::string& channel, std::string text) {
    auto& last = told[channel];
    if (last == text)
        return;
    last = text;
    if (tell)
        tell({notice::severity::warning, channel, std::move(text)});
}

void line_deleter::impl::finish(const deletion_queue::outcome& ended) {
    const auto& channel = ended.what.channel;
    switch (ended.how) {
        case deletion::deleted:
            ++counts.deleted;
            trouble_told = false;
            break;
        case deletion::gone:
            ++counts.gone;
            break;
        case deletion::not_allowed:
            ++counts.not_allowed;
            tell_once(channel,
                      "Twitch does not let the bot delete its lines. Make it a moderator with /mod.");
            break;
        case deletion::immune:
            ++counts.not_allowed;
            tell_once(channel,
                      "Twitch lets nobody delete the broadcaster's own lines this way; a bot account that is "
                      "a moderator can delete its own.");
            break;
        case deletion::no_scope:
            ++counts.not_allowed;
            tell_once({}, core::explain(make_error_code(errc::scope_missing)) +
                              " (moderator:manage:chat_messages, to delete lines)");
            break;
        case deletion::no_channel:
            ++counts.failed;
            tell_once(channel, "Twitch knows no channel of this name: its lines cannot be deleted.");
            break;
        case deletion::no_token:
        case deletion::unauthorized:
        case deletion::rate_limited:
        case deletion::failed:
            ++counts.failed;
            tell_trouble(ended.how, channel);
            break;
    }
    if (over)
        over(channel, ended.what.line.text(), ended.how);
}

// Once until a line is deleted again: thousands may wait.
void line_deleter::impl::tell_trouble(deletion how, const std::string& channel) {
    if (std::exchange(trouble_told, true) || !tell)
        return;
    auto why = last_error ? last_error.message() : make_error_code(errc::api_error).message();
    if (how == deletion::no_token)
        why = make_error_code(errc::login_needed).message();
    else if (how == deletion::unauthorized)
        why = "Twitch's API refuses the login, which is good otherwise";
    tell({notice::severity::warning, channel,
          "Lines with messages that TikTok's moderators removed stay on Twitch: " + why +
              ". The report counts them."});
}

net::awaitable<void> line_deleter::impl::pause() {
    co_await asio::this_coro::throw_if_cancelled(false);
    patience.expires_at(net::deadline_of(queue.next_try()));
    co_await patience.async_wait(net::use_nothrow_awaitable);
}

net::awaitable<void> line_deleter::impl::wait_for_work() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!std::exchange(changed, false)) {
        timer.expires_at(core::time_point::max());
        co_await timer.async_wait(net::use_nothrow_awaitable);
        changed = false;
    }
}

// Makes `self` and the channel's id known, if they exist.
net::awaitable<core::error_code> line_deleter::impl::resolve(const std::string* channel,
                                                             core::duration* told_to_wait) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (const bool own : {true, false}) {
        if (own ? self.has_value() : ids.contains(*channel))
            continue;
        const auto renamed = called.find(*channel);
        const std::vector<std::string> logins{renamed == called.end() ? *channel : renamed->second};
        auto asking = api.call(own ? ask_own_user() : ask_users(logins));
        auto reply = co_await std::move(asking);
        if (reply.error)
            co_return reply.error;
        const auto users = read_users(reply.answer);
        if (!users) {
            *told_to_wait = told_wait(reply.answer, net::wall_now());
            co_return users.error();
        }
        for (const auto& user : *users) {
            if (own)
                self = user.id;
            else if (user.login == logins.front())
                ids.insert_or_assign(*channel, user.id);
        }
    }
    co_return core::error_code{};
}

net::awaitable<deletion_queue::attempt> line_deleter::impl::ask(const item* what) {
    co_await asio::this_coro::throw_if_cancelled(false);
    attempt out;
    last_error = co_await resolve(&what->channel, &out.told_wait);
    if (last_error) {
        out.how = trouble_of(last_error);
        co_return out;
    }
    const auto broadcaster = ids.find(what->channel);
    if (!self || broadcaster == ids.end()) {
        // Nothing that another try would change, unless it is ourselves that Twitch did not tell.
        out.how = self ? deletion::no_channel : deletion::failed;
        co_return out;
    }
    auto request = delete_line(broadcaster->second, *self, what->line);
    auto work = api.call(std::move(request));
    auto reply = co_await std::move(work);
    last_error = reply.error ? reply.error : failure_of(reply.answer);
    out.how = reply.error ? trouble_of(reply.error) : read_deletion(reply.answer);
    out.in_doubt = reply.error ? reply.in_doubt : out.how == deletion::failed;
    if (!reply.error)
        out.told_wait = told_wait(reply.answer, net::wall_now());
    co_return out;
}

net::awaitable<deletion_queue::attempt> line_deleter::impl::remove(const item* what) {
    co_await asio::this_coro::throw_if_cancelled(false);
    attempt out;
    if (right_is_missing()) {
        out.how = deletion::no_scope;
    } else if (queue.is_barred(what->channel, net::now())) {
        out.how = deletion::not_allowed;
    } else {
        out = co_await ask(what);
        if (out.how == deletion::no_scope)
            useless = tokens.current().access;
    }
    co_return out;
}

net::awaitable<core::error_code> line_deleter::impl::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!token_may_go_to(options.api_url, options.allow_custom_host))
        co_return make_error_code(errc::token_host_refused);
    for (;;) {
        // First: who is told that a line is over may be the one who cancels this, and no wait that begins
        // later would hear of it.
        for (const auto& each : queue.give_up(net::now()))
            finish(each);
        const bool before = co_await net::is_cancelled();
        if (before)
            co_return core::error_code{asio::error::operation_aborted};
        if (queue.size() == 0) {
            if (closed)
                co_return core::error_code{};
            co_await wait_for_work();
            continue;
        }
        if (net::now() < queue.next_try()) {
            co_await pause();
            continue;
        }
        const auto what = queue.begin();
        const auto tried = co_await remove(&what);
        const bool stopped = co_await net::is_cancelled();
        if (stopped && tried.how != deletion::deleted) {
            queue.abandon();
            co_return core::error_code{asio::error::operation_aborted};
        }
        if (const auto ended = queue.on_tried(tried, net::now()))
            finish(*ended);
    }
}

line_deleter::line_deleter(asio::any_io_executor executor, line_deleter_options options, net::tls_client tls,
                           api_tokens& tokens, std::function<void(const notice&)> tell, over_handler over)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(options), std::move(tls), tokens,
                                   std::move(tell), std::move(over))) {}
line_deleter::~line_deleter() = default;

line_deleter::answer line_deleter::push(std::string channel, std::string_view id) {
    const auto line = line_id::parse(id);
    if (!line) {
        ++impl_->counts.failed;
        return answer::no_id;
    }
    if (impl_->queue.size() >= most_waiting) {
        ++impl_->counts.queue_full;
        return answer::queue_full;
    }
    impl_->queue.push({std::move(channel), *line}, net::now());
    impl_->wake();
    return answer::taken;
}

bool line_deleter::forget(std::string_view channel, std::string_view id) {
    if (!impl_->queue.forget(channel, id))
        return false;
    ++impl_->counts.gone;
    return true;
}

net::awaitable<core::error_code> line_deleter::run() {
    return impl_->run();
}
void line_deleter::channel_called(const std::string& channel, const std::string& called) {
    impl_->called.insert_or_assign(channel, called);
}
void line_deleter::token_found() {
    impl_->queue.on_token();
    impl_->patience.cancel();
}
void line_deleter::hurry() {
    impl_->queue.hurry();
    impl_->patience.cancel();  // some may be hopeless now
}
void line_deleter::close() {
    hurry();
    impl_->closed = true;
    impl_->wake();
}
const deletion_counts& line_deleter::counts() const noexcept {
    return impl_->counts;
}
std::size_t line_deleter::waiting() const noexcept {
    return impl_->queue.size();
}

}  // namespace tiktok2twitch::twitch
