// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/line_deleter.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <iterator>
#include <list>
#include <map>
#include <optional>
#include <utility>

#include "tiktok2twitch/twitch/error.hpp"
#include "twitch/client/helix_api.hpp"
#include "twitch/client/shell_pump.hpp"
#include "twitch/client/token_host.hpp"

namespace tiktok2twitch::twitch {

namespace asio = net::asio;

namespace {

// A deletion is the same whether it is asked for once or twice, so trouble is met with patience: with the
// default base 1, 2, 4 and 8 s.
constexpr unsigned most_attempts = 5;

}  // namespace

struct line_deleter::impl {
    impl(asio::any_io_executor executor, line_deleter_options deleter_options, net::tls_client tls,
         api_tokens& deleter_tokens, std::function<void(const notice&)> tell_of, over_handler over_of)
        : options(std::move(deleter_options)),
          api(options.api_url, std::move(tls), deleter_tokens, options.request_timeout),
          tokens(deleter_tokens),
          tell(std::move(tell_of)),
          over(std::move(over_of)),
          timer(std::move(executor)) {}

    struct item {
        std::string channel;
        line_id line;
    };

    void wake() {
        changed = true;
        timer.cancel();
    }
    void tell_once(const std::string& channel, std::string text);
    void finish(deletion how, const item& what);
    bool right_is_missing() { return !useless.empty() && useless == tokens.current().access; }
    bool is_barred(const std::string& channel) const {
        const auto found = barred.find(channel);
        return found != barred.end() && shell_pump::now() < found->second;
    }

    net::awaitable<core::error_code> run();
    net::awaitable<void> pause(core::duration time);
    net::awaitable<void> wait_for_work();
    net::awaitable<deletion> remove(const item* what);
    net::awaitable<deletion> try_once(const item* what, core::duration* told, bool* in_doubt);
    net::awaitable<core::error_code> resolve(const std::string* channel);

    line_deleter_options options;
    helix_api api;
    api_tokens& tokens;
    std::function<void(const notice&)> tell;
    over_handler over;
    asio::steady_timer timer;
    std::list<item> queue;  // the one under way is pointed at while forget() takes out others
    deletion_counts counts;
    std::optional<user_id> self;
    std::map<std::string, user_id> ids;
    std::map<std::string, std::string> told;         // the last thing by channel
    std::map<std::string, core::time_point> barred;  // channels where the bot is no moderator, until when
    core::secret useless;                            // a token that lacks the right to delete
    bool busy = false;                               // with the first of the queue
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

void line_deleter::impl::finish(deletion how, const item& what) {
    const auto& channel = what.channel;
    switch (how) {
        case deletion::deleted:
            ++counts.deleted;
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
        case deletion::no_token:
        case deletion::rate_limited:
        case deletion::failed:
            ++counts.failed;
            break;
    }
    if (over)
        over(channel, what.line.text(), how);
}

// On a timer of its own: a new line must not cut short the patience with an old one.
net::awaitable<void> line_deleter::impl::pause(core::duration time) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer patience(executor, time);
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
net::awaitable<core::error_code> line_deleter::impl::resolve(const std::string* channel) {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (const bool own : {true, false}) {
        if (own ? self.has_value() : ids.contains(*channel))
            continue;
        const std::vector<std::string> logins{*channel};
        auto asking = api.call(own ? ask_own_user() : ask_users(logins));
        auto reply = co_await std::move(asking);
        if (reply.error)
            co_return reply.error;
        const auto users = read_users(reply.answer);
        if (!users)
            co_return users.error();
        for (const auto& user : *users) {
            if (own)
                self = user.id;
            else if (user.login == *channel)
                ids.insert_or_assign(*channel, user.id);
        }
    }
    co_return core::error_code{};
}

// `in_doubt` is set when Twitch may have obeyed although it did not say so.
net::awaitable<deletion> line_deleter::impl::try_once(const item* what, core::duration* told_to_wait,
                                                      bool* in_doubt) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto unresolved = co_await resolve(&what->channel);
    if (unresolved == errc::login_needed || unresolved == errc::scope_missing)
        co_return deletion::no_token;
    if (unresolved)
        co_return deletion::failed;
    const auto broadcaster = ids.find(what->channel);
    if (!self || broadcaster == ids.end())
        co_return deletion::no_token;  // nothing that another try would change
    auto request = delete_line(broadcaster->second, *self, what->line);
    auto work = api.call(std::move(request));
    auto reply = co_await std::move(work);
    *in_doubt = *in_doubt || reply.in_doubt;
    if (reply.error)
        co_return reply.error == errc::login_needed ? deletion::no_token : deletion::failed;
    *told_to_wait = told_wait(reply.answer, shell_pump::wall_now());
    const auto how = read_deletion(reply.answer);
    *in_doubt = *in_doubt || how == deletion::failed;
    co_return how;
}

net::awaitable<deletion> line_deleter::impl::remove(const item* what) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto wait = options.retry_base;
    bool in_doubt = false;
    for (unsigned attempt = 1;; ++attempt) {
        if (right_is_missing())
            co_return deletion::no_scope;
        if (is_barred(what->channel))
            co_return deletion::not_allowed;
        core::duration told_to_wait{};
        const bool doubted = in_doubt;
        const auto how = co_await try_once(what, &told_to_wait, &in_doubt);
        if (how == deletion::no_scope)
            useless = tokens.current().access;
        if (how == deletion::not_allowed)
            barred[what->channel] = shell_pump::now() + options.barred_for;
        if (how == deletion::gone && doubted)
            co_return deletion::deleted;  // by the try whose answer was lost
        const bool passing = how == deletion::failed || how == deletion::rate_limited;
        const bool stopped = co_await shell_pump::cancelled();
        if (!passing || stopped || attempt == most_attempts)
            co_return how;
        co_await pause(std::max(wait, told_to_wait));
        wait *= 2;
    }
}

net::awaitable<core::error_code> line_deleter::impl::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!token_may_go_to(options.api_url, options.allow_custom_host))
        co_return make_error_code(errc::token_host_refused);
    for (;;) {
        const bool before = co_await shell_pump::cancelled();
        if (before)
            co_return core::error_code{asio::error::operation_aborted};
        if (queue.empty()) {
            if (closed)
                co_return core::error_code{};
            co_await wait_for_work();
            continue;
        }
        busy = true;
        const auto how = co_await remove(&queue.front());
        busy = false;
        const bool stopped = co_await shell_pump::cancelled();
        if (stopped && how != deletion::deleted)
            co_return core::error_code{asio::error::operation_aborted};
        const auto done = queue.front();
        queue.pop_front();
        finish(how, done);
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
    impl_->queue.push_back({std::move(channel), *line});
    impl_->wake();
    return answer::taken;
}

bool line_deleter::forget(std::string_view channel, std::string_view id) {
    auto& queue = impl_->queue;
    const auto found =
        std::find_if(std::next(queue.begin(), impl_->busy ? 1 : 0), queue.end(),
                     [&](const auto& each) { return each.channel == channel && each.line.text() == id; });
    if (found == queue.end())
        return false;
    queue.erase(found);
    ++impl_->counts.gone;
    return true;
}

net::awaitable<core::error_code> line_deleter::run() {
    return impl_->run();
}
void line_deleter::close() {
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
