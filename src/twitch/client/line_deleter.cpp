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

// A deletion is the same whether it is asked for once or twice, so trouble is met with patience. So often in
// a row with the same line, with the default base for 15 s; then the others have their turn between two
// tries.
constexpr unsigned most_attempts = 5;

bool is_passing(deletion how) noexcept {
    return how == deletion::no_token || how == deletion::unauthorized || how == deletion::rate_limited ||
           how == deletion::failed;
}

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
          tell(std::move(tell_of)),
          over(std::move(over_of)),
          timer(executor),
          patience(std::move(executor)) {}

    struct item {
        std::string channel;
        line_id line;
        core::time_point since;
        unsigned attempts = 0;
        bool in_doubt = false;  // Twitch may have obeyed although it did not say so
        deletion last = deletion::failed;
    };

    void wake() {
        changed = true;
        timer.cancel();
    }
    void tell_once(const std::string& channel, std::string text);
    void tell_trouble(deletion how, const std::string& channel);
    void finish(deletion how, const item& what);
    void finish_first(deletion how);
    bool is_hopeless(const item& what) const;
    void give_up_hopeless();
    void on_trouble(deletion how);
    void end_patience();
    void hurry();
    bool right_is_missing() { return !useless.empty() && useless == tokens.current().access; }
    bool is_barred(const std::string& channel) const {
        const auto found = barred.find(channel);
        return found != barred.end() && shell_pump::now() < found->second;
    }

    net::awaitable<core::error_code> run();
    net::awaitable<void> pause();
    net::awaitable<void> wait_for_work();
    net::awaitable<deletion> remove(item* what);
    net::awaitable<deletion> try_once(item* what);
    net::awaitable<core::error_code> resolve(const std::string* channel);

    line_deleter_options options;
    helix_api api;
    api_tokens& tokens;
    std::function<void(const notice&)> tell;
    over_handler over;
    asio::steady_timer timer;
    asio::steady_timer patience;  // of its own: a new line must not cut short the patience with an old one
    std::list<item> queue;        // the one under way is pointed at while forget() takes out others
    deletion_counts counts;
    std::optional<user_id> self;
    std::map<std::string, user_id> ids;
    std::map<std::string, std::string> told;         // the last thing by channel
    std::map<std::string, core::time_point> barred;  // channels where the bot is no moderator, until when
    core::secret useless;                            // a token that lacks the right to delete
    std::optional<deletion> trouble;                 // of the last try
    core::error_code last_error;                     // behind it
    bool trouble_told = false;                       // since a line was deleted
    unsigned failures = 0;                           // in a row
    core::duration told_to_wait{};
    core::time_point next_try = core::time_point::min();
    bool busy = false;  // with the first of the queue
    bool changed = false;
    bool hurried = false;
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
        case deletion::no_channel:
            ++counts.failed;
            tell_once(channel, "Twitch knows no channel of this name: its lines cannot be deleted.");
            break;
        case deletion::no_token:
        case deletion::unauthorized:
        case deletion::rate_limited:
        case deletion::failed:
            ++counts.failed;
            tell_trouble(how, channel);
            break;
    }
    if (over)
        over(channel, what.line.text(), how);
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

void line_deleter::impl::finish_first(deletion how) {
    const auto done = queue.front();
    queue.pop_front();
    finish(how, done);
}

bool line_deleter::impl::is_hopeless(const item& what) const {
    if (hurried && what.attempts >= most_attempts)
        return true;
    return (what.attempts > 0 || trouble) && shell_pump::now() >= what.since + options.give_up_after;
}

void line_deleter::impl::give_up_hopeless() {
    std::list<item> over_now;
    for (auto at = queue.begin(); at != queue.end();) {
        const auto next = std::next(at);
        if (is_hopeless(*at))
            over_now.splice(over_now.end(), queue, at);
        at = next;
    }
    for (const auto& each : over_now)
        finish(each.attempts > 0 ? each.last : trouble.value_or(each.last), each);
}

// With the first of the queue.
void line_deleter::impl::on_trouble(deletion how) {
    trouble = how;
    auto& tried = queue.front();
    tried.last = how;
    ++tried.attempts;
    ++failures;
    auto wait = options.retry_base;
    for (auto i = hurried ? tried.attempts : failures; i > 1 && wait < options.retry_most; --i)
        wait *= 2;
    next_try = shell_pump::now() + std::max(std::min(wait, options.retry_most), told_to_wait);
    if (tried.attempts >= most_attempts && !hurried)
        queue.splice(queue.end(), queue, queue.begin());
}

void line_deleter::impl::end_patience() {
    failures = 0;
    next_try = core::time_point::min();
    patience.cancel();
}

void line_deleter::impl::hurry() {
    patience.cancel();  // some may be hopeless now
    if (std::exchange(hurried, true) || failures < most_attempts)
        return;
    for (auto& each : queue) {
        each.last = each.attempts > 0 ? each.last : trouble.value_or(each.last);
        each.attempts = std::max(each.attempts, most_attempts);
    }
    end_patience();
}

net::awaitable<void> line_deleter::impl::pause() {
    co_await asio::this_coro::throw_if_cancelled(false);
    patience.expires_at(next_try);
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
        if (!users) {
            told_to_wait = told_wait(reply.answer, shell_pump::wall_now());
            co_return users.error();
        }
        for (const auto& user : *users) {
            if (own)
                self = user.id;
            else if (user.login == *channel)
                ids.insert_or_assign(*channel, user.id);
        }
    }
    co_return core::error_code{};
}

net::awaitable<deletion> line_deleter::impl::try_once(item* what) {
    co_await asio::this_coro::throw_if_cancelled(false);
    told_to_wait = {};
    last_error = co_await resolve(&what->channel);
    if (last_error)
        co_return trouble_of(last_error);
    const auto broadcaster = ids.find(what->channel);
    if (!self)
        co_return deletion::failed;
    if (broadcaster == ids.end())
        co_return deletion::no_channel;  // nothing that another try would change
    auto request = delete_line(broadcaster->second, *self, what->line);
    auto work = api.call(std::move(request));
    auto reply = co_await std::move(work);
    what->in_doubt = what->in_doubt || reply.in_doubt;
    last_error = reply.error;
    if (reply.error)
        co_return trouble_of(reply.error);
    last_error = failure_of(reply.answer);
    told_to_wait = told_wait(reply.answer, shell_pump::wall_now());
    const auto how = read_deletion(reply.answer);
    what->in_doubt = what->in_doubt || how == deletion::failed;
    co_return how;
}

net::awaitable<deletion> line_deleter::impl::remove(item* what) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (right_is_missing())
        co_return deletion::no_scope;
    if (is_barred(what->channel))
        co_return deletion::not_allowed;
    const bool doubted = what->in_doubt;
    const auto how = co_await try_once(what);
    if (how == deletion::no_scope)
        useless = tokens.current().access;
    if (how == deletion::not_allowed)
        barred[what->channel] = shell_pump::now() + options.barred_for;
    if (doubted && how == deletion::gone)
        co_return deletion::deleted;  // by the try whose answer was lost
    co_return how;
}

net::awaitable<core::error_code> line_deleter::impl::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!token_may_go_to(options.api_url, options.allow_custom_host))
        co_return make_error_code(errc::token_host_refused);
    for (;;) {
        const bool before = co_await shell_pump::cancelled();
        if (before)
            co_return core::error_code{asio::error::operation_aborted};
        give_up_hopeless();
        if (queue.empty()) {
            if (closed)
                co_return core::error_code{};
            co_await wait_for_work();
            continue;
        }
        if (shell_pump::now() < next_try) {
            co_await pause();
            continue;
        }
        busy = true;
        const auto how = co_await remove(&queue.front());
        busy = false;
        const bool stopped = co_await shell_pump::cancelled();
        if (stopped && how != deletion::deleted)
            co_return core::error_code{asio::error::operation_aborted};
        if (is_passing(how)) {
            on_trouble(how);
            continue;
        }
        trouble.reset();
        failures = 0;
        trouble_told = trouble_told && how != deletion::deleted;
        finish_first(how);
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
    impl_->queue.push_back({std::move(channel), *line, shell_pump::now()});
    impl_->wake();
    return answer::taken;
}

bool line_deleter::forget(std::string_view channel, std::string_view id) {
    auto& queue = impl_->queue;
    // In doubt, this may be the echo of our own deletion: the next try tells.
    const auto found =
        std::find_if(std::next(queue.begin(), impl_->busy ? 1 : 0), queue.end(), [&](const auto& each) {
            return each.channel == channel && each.line.text() == id && !each.in_doubt;
        });
    if (found == queue.end())
        return false;
    queue.erase(found);
    ++impl_->counts.gone;
    return true;
}

net::awaitable<core::error_code> line_deleter::run() {
    return impl_->run();
}
void line_deleter::token_found() {
    if (impl_->trouble == deletion::no_token)
        impl_->end_patience();
}
void line_deleter::hurry() {
    impl_->hurry();
}
void line_deleter::close() {
    impl_->hurry();
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
