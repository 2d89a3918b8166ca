// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Renews a stored login again and again until it is killed: refresh_victim AUTH_URL CA_FILE DIRECTORY LOGIN.
// Each round starts like a new process would. Prints "renewed" for each round; ends with 3 and the sentence
// when the login is lost.

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <iostream>

#include "tiktok2twitch/twitch/client/token_keeper.hpp"

namespace {

namespace asio = tiktok2twitch::net::asio;
namespace core = tiktok2twitch::core;
namespace net = tiktok2twitch::net;
namespace twitch = tiktok2twitch::twitch;

class renewal final : public twitch::token_listener {
public:
    renewal(twitch::auth_api& api, const twitch::token_store& store, const std::string& login, unsigned seed)
        : keeper_(loop_.get_executor(), api, options(store, login), store, *this, seed) {}

    // False when the login is lost.
    bool run() {
        asio::co_spawn(
            loop_, keeper_.run(),
            asio::bind_cancellation_slot(stop_.slot(), [](std::exception_ptr error, const core::error_code&) {
                if (error)
                    std::rethrow_exception(error);
            }));
        loop_.run();
        return !lost_;
    }

private:
    static twitch::keeper_options options(const twitch::token_store& store, const std::string& login) {
        twitch::keeper_options out;
        out.login = login;
        out.store_path = store.path();
        return out;
    }
    void stop() {
        asio::post(loop_, [this] { stop_.emit(asio::cancellation_type::terminal); });
    }
    void on_token(const twitch::token_found& token) override {
        if (first_.empty()) {
            first_ = token.access;
            keeper_.refused(token.access);  // the reason to renew that a test can have at any time
        } else {
            std::cout << "renewed" << std::endl;
            stop();
        }
    }
    void on_lost(const core::error_code& reason, const std::string& sentence) override {
        std::cout << core::identifier(reason) << ": " << sentence << std::endl;
        lost_ = true;
        stop();
    }
    void on_notice(twitch::notice::severity, const std::string& text) override {
        std::cerr << text << std::endl;
    }

    asio::io_context loop_{1};
    asio::cancellation_signal stop_;
    core::secret first_;
    bool lost_ = false;
    twitch::token_keeper keeper_;
};

}  // namespace

int main(int count, char** arguments) {
    if (count != 5)
        return 2;
    const auto url = core::parse_url(arguments[1]);
    const auto tls = net::make_tls_client(arguments[2]);
    if (!url || !tls)
        return 2;
    const auto api = twitch::make_auth_api(*url, *tls, false);
    const twitch::token_store store(arguments[3], arguments[4]);
    for (unsigned seed = 1;; ++seed) {
        renewal next(*api, store, arguments[4], seed);
        if (!next.run())
            return 3;
    }
}
