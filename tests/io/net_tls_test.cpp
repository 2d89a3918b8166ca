// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/tls.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <boost/asio/ip/tcp.hpp>

#include "support/net_fixture.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/sim/base/test_identity.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;

class net_tls : public test::io_fixture {
protected:
    // Connects to `host` at a server with `identity`; the client trusts `trusted_pem`.
    core::error_code connect(const test_identity& identity, const std::string& trusted_pem,
                             const std::string& host, int server_max_version = 0) {
        auto tls = make_tls_server(identity.certificate_pem, identity.key_pem).value();
        if (server_max_version != 0) {
            auto* context = tls.get()->context.native_handle();
            SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
            SSL_CTX_set_max_proto_version(context, server_max_version);
        }
        auto server = listener(executor(), tls);
        spawn(serve(&server));
        const auto client = make_tls_client(files_.write("ca.pem", trusted_pem)).value();
        const auto to = core::parse_url("ircs://" + host + ":" + std::to_string(server.port())).value();
        return run(try_connect(to, client));
    }

    static awaitable<void> serve(listener* from) {
        auto stream = co_await from->accept();
        if (!co_await handshake(stream.value())) {
            co_await close(*stream);
        }
    }
    static awaitable<core::error_code> try_connect(core::url to, tls_client tls) {
        auto lines = co_await connect_lines(std::move(to), std::move(tls), 5s);
        if (!lines) {
            co_return lines.error();
        }
        co_await lines->close();
        co_return core::error_code();
    }

    test::temp_dir files_;
};

TEST_F(net_tls, a_known_authority_and_the_right_name_are_accepted) {
    const auto identity = make_test_identity({"localhost"}).value();
    EXPECT_FALSE(connect(identity, identity.ca_pem, "localhost"));
}

TEST_F(net_tls, an_address_needs_an_ip_entry) {
    const auto with_address = make_test_identity({"127.0.0.1"}).value();
    EXPECT_FALSE(connect(with_address, with_address.ca_pem, "127.0.0.1"));
    const auto name_only = make_test_identity({"localhost"}).value();
    EXPECT_EQ(connect(name_only, name_only.ca_pem, "127.0.0.1"), errc::certificate_refused);
}

TEST_F(net_tls, another_name_is_refused) {
    const auto identity = make_test_identity({"irc.example.org"}).value();
    EXPECT_EQ(connect(identity, identity.ca_pem, "localhost"), errc::certificate_refused);
}

TEST_F(net_tls, an_unknown_authority_is_refused) {
    const auto identity = make_test_identity({"localhost"}).value();
    const auto other = make_test_identity({"localhost"}).value();
    EXPECT_EQ(connect(identity, other.ca_pem, "localhost"), errc::certificate_refused);
}

TEST_F(net_tls, an_expired_certificate_is_refused) {
    const auto identity = make_identity({"localhost"}, -2h, -1h).value();
    EXPECT_EQ(connect(identity, identity.ca_pem, "localhost"), errc::certificate_refused);
}

TEST_F(net_tls, a_certificate_from_the_future_is_refused) {
    const auto identity = make_identity({"localhost"}, 1h, 2h).value();
    EXPECT_EQ(connect(identity, identity.ca_pem, "localhost"), errc::certificate_refused);
}

TEST_F(net_tls, tls_1_2_is_spoken_and_older_is_not) {
    const auto identity = make_test_identity({"localhost"}).value();
    EXPECT_FALSE(connect(identity, identity.ca_pem, "localhost", TLS1_2_VERSION));
    EXPECT_EQ(connect(identity, identity.ca_pem, "localhost", TLS1_1_VERSION), errc::tls_failed);
}

TEST_F(net_tls, a_server_that_speaks_something_else_is_tls_failed) {
    auto server = listener(executor(), tls_server());
    const auto greet = [](listener* from) -> awaitable<void> {
        auto stream = co_await from->accept();
        co_await write_raw(*stream, "NOTICE * :*** Looking up your hostname\r\n");
        co_await close(*stream);
    };
    spawn(greet(&server));
    const auto identity = make_test_identity({"localhost"}).value();
    const auto client = make_tls_client(files_.write("ca.pem", identity.ca_pem)).value();
    const auto to = core::parse_url("ircs://localhost:" + std::to_string(server.port())).value();
    EXPECT_EQ(run(try_connect(to, client)), errc::tls_failed);
}

TEST_F(net_tls, encryption_without_a_trust_store_is_refused) {
    const auto identity = make_test_identity({"localhost"}).value();
    auto server = listener(executor(), make_tls_server(identity.certificate_pem, identity.key_pem).value());
    spawn(serve(&server));
    const auto to = core::parse_url("ircs://localhost:" + std::to_string(server.port())).value();
    EXPECT_EQ(run(try_connect(to, tls_client())), errc::trust_store_empty);
}

TEST_F(net_tls, a_server_identity_must_be_complete) {
    const auto identity = make_test_identity({"localhost"}).value();
    const auto other = make_test_identity({"localhost"}).value();
    EXPECT_FALSE(make_tls_server("", identity.key_pem));
    EXPECT_FALSE(make_tls_server(identity.certificate_pem, ""));
    EXPECT_FALSE(make_tls_server(identity.certificate_pem, other.key_pem));
}

TEST_F(net_tls, a_silent_client_does_not_block_the_next_one) {
    const auto identity = make_test_identity({"localhost"}).value();
    auto server = listener(executor(), make_tls_server(identity.certificate_pem, identity.key_pem).value());
    const auto client = make_tls_client(files_.write("ca.pem", identity.ca_pem)).value();
    const auto to = core::parse_url("ircs://localhost:" + std::to_string(server.port())).value();
    const auto serve_one = [](server_stream stream) -> awaitable<void> {
        if (!co_await handshake(stream)) {
            co_await close(stream);
        }
    };
    const auto accept_two = [serve_one](net_tls* self, listener* from) -> awaitable<void> {
        for (int i = 0; i < 2; ++i) {
            auto stream = co_await from->accept();
            self->spawn(serve_one(std::move(*stream)));
        }
    };
    asio::ip::tcp::socket silent(loop());
    silent.connect({asio::ip::address_v4::loopback(), server.port()});
    spawn(accept_two(this, &server));
    const auto work = [](core::url address, tls_client tls, asio::ip::tcp::socket* other) -> awaitable<void> {
        EXPECT_FALSE(co_await try_connect(address, tls));
        other->close();
    };
    run(work(to, client, &silent));
}

}  // namespace
}  // namespace tiktok2twitch::net
