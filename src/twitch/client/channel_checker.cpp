// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/client/channel_checker.hpp"

#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/client/helix_client.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/helix/channel_directory.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

namespace tiktok2twitch::twitch {
namespace asio = net::asio;

namespace {

// Waits for the first token, and has none renewed: a courtesy is not worth a refresh.
class borrowed_tokens final : public api_tokens {
public:
    explicit borrowed_tokens(api_tokens& lender) : lender_(lender) {}

    api_token current() override { return lender_.current(); }
    net::awaitable<core::result<api_token>> renew(core::secret refused) override {
        co_await asio::this_coro::throw_if_cancelled(false);
        if (!refused.empty())
            co_return make_error_code(errc::token_invalid);
        auto waiting = lender_.renew(std::move(refused));
        auto token = co_await std::move(waiting);
        co_return token;
    }

private:
    api_tokens& lender_;
};

}  // namespace

struct channel_checker::impl {
    impl(asio::any_io_executor executor, channel_checker_options checker_options, net::tls_client tls,
         api_tokens& tokens, finding_handler handler)
        : options(std::move(checker_options)),
          borrowed(tokens),
          api(options.api_url, std::move(tls), borrowed, options.request_timeout),
          tell(std::move(handler)),
          directory(options.seed),
          timer(std::move(executor)) {}

    channel_checker_options options;
    borrowed_tokens borrowed;
    helix_api api;
    finding_handler tell;
    channel_directory directory;
    asio::steady_timer timer;
    bool changed = false;  // set before the timer is cancelled: a wake-up is never lost

    net::awaitable<void> wait();
    net::awaitable<void> ask(std::vector<channel_directory::question> questions);
};

net::awaitable<void> channel_checker::impl::wait() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!std::exchange(changed, false)) {
        timer.expires_at(net::deadline_of(directory.deadline()));
        co_await timer.async_wait(net::use_nothrow_awaitable);
        changed = false;
    }
}

net::awaitable<void> channel_checker::impl::ask(std::vector<channel_directory::question> questions) {
    co_await asio::this_coro::throw_if_cancelled(false);
    std::vector<std::string> names;
    std::vector<user_id> ids;
    for (const auto& each : questions) {
        if (each.id)
            ids.push_back(*each.id);
        else
            names.push_back(each.channel);
    }
    auto request = ask_users(names, ids);
    auto asking = api.call(std::move(request));
    auto reply = co_await std::move(asking);
    const bool stopped = co_await net::is_cancelled();
    if (stopped)
        co_return;
    const auto found =
        reply.error ? core::result<std::vector<helix_user>>(reply.error) : read_users(reply.answer);
    const auto told = found ? core::duration{} : told_wait(reply.answer, net::wall_now());
    for (const auto& each : directory.on_answer(questions, found, net::now(), told))
        tell(each.channel, each.what);
}

channel_checker::channel_checker(asio::any_io_executor executor, channel_checker_options options,
                                 net::tls_client tls, api_tokens& tokens, finding_handler tell)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(options), std::move(tls), tokens,
                                   std::move(tell))) {}
channel_checker::~channel_checker() = default;

void channel_checker::add_channel(const std::string& channel) {
    impl_->directory.add(channel);
    impl_->changed = true;
    impl_->timer.cancel();
}
void channel_checker::remove_channel(const std::string& channel) {
    impl_->directory.remove(channel);
}

void channel_checker::doubt(const doubted_channel& doubted) {
    impl_->directory.doubt(doubted.channel, doubted.room_id);
    impl_->changed = true;
    impl_->timer.cancel();
}

net::awaitable<core::error_code> channel_checker::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto& self = *impl_;
    if (!token_may_go_to(self.options.api_url, self.options.allow_custom_host))
        co_return make_error_code(errc::token_host_refused);
    for (;;) {
        const bool stopped = co_await net::is_cancelled();
        if (stopped)
            co_return core::error_code{asio::error::operation_aborted};
        auto questions = self.directory.due(net::now());
        if (questions.empty())
            co_await self.wait();
        else
            co_await self.ask(std::move(questions));
    }
}

}  // namespace tiktok2twitch::twitch
