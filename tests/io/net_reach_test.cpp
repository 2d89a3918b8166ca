// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <boost/asio/error.hpp>

#include "support/net_fixture.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/net/reach.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;

class net_reach : public test::net_fixture {
protected:
    // Takes one connection; what becomes of its TLS is the client's matter.
    static awaitable<void> serve(listener& at) {
        auto stream = co_await at.accept();
        if (stream && !co_await handshake(*stream))
            co_await close(*stream);
    }
    core::error_code reach(listener& at, const std::string& scheme, const tls_client& tls) {
        const auto serving = spawn(serve(at));
        return run(try_to_connect(url(scheme, at), tls, 5s)).error;
    }
};

TEST_F(net_reach, an_address_is_found_without_a_connection) {
    auto at = listen_tls();
    const auto found = run(look_up(url("https", at), 5s));
    ASSERT_TRUE(found);
    EXPECT_THAT(*found, Contains("127.0.0.1"));
}

TEST_F(net_reach, a_connection_is_made_and_given_up) {
    auto at = listen_tls();
    EXPECT_FALSE(reach(at, "https", client_tls_));
    auto lines = listen_tls();
    EXPECT_FALSE(reach(lines, "ircs", client_tls_));
    auto plain = listen_plain();
    EXPECT_FALSE(reach(plain, "irc", tls_client()));
}

TEST_F(net_reach, failures_keep_their_names) {
    auto strange = make_tls_client(files_.write("other.pem", make_test_identity({"x"}).value().ca_pem));
    auto at = listen_tls();
    EXPECT_EQ(reach(at, "https", strange.value()), errc::certificate_refused);
    auto plain = core::parse_url("http://192.0.2.1/").value();
    EXPECT_EQ(run(try_to_connect(plain, client_tls_, 5s)).error, errc::plain_text_refused);
    const auto nobody = url("https", at);
    at.close();
    EXPECT_EQ(run(try_to_connect(nobody, client_tls_, 5s)).error, asio::error::connection_refused);
}

TEST_F(net_reach, a_server_that_says_nothing_is_given_up) {
    auto at = listen_tls();
    const auto there = run(try_to_connect(url("https", at, "/", "127.0.0.1"), client_tls_, 100ms));
    EXPECT_EQ(there.error, errc::connect_timeout);
    EXPECT_EQ(there.addresses.all, 1U);
    EXPECT_EQ(there.addresses.silent, 1U);
}

}  // namespace
}  // namespace tiktok2twitch::net
