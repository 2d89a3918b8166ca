// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <array>

#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include "net/any_stream.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {

using tcp = asio::ip::tcp;

class any_stream::transport {
public:
    explicit transport(const asio::any_io_executor& executor) : deadline(executor) {}
    transport(const transport&) = delete;
    transport& operator=(const transport&) = delete;
    virtual ~transport() = default;

    virtual tcp::socket& socket() noexcept = 0;
    virtual void read(asio::mutable_buffer buffer, io_handler handler) = 0;
    virtual void write(asio::const_buffer buffer, io_handler handler) = 0;
    virtual void handshake(plain_handler handler) = 0;
    virtual void shutdown(plain_handler handler) = 0;

    asio::steady_timer deadline;  // of shutdown
    std::string gathered;         // owned by the write under way
};

namespace {

class plain_transport final : public any_stream::transport {
public:
    explicit plain_transport(tcp::socket socket)
        : transport(socket.get_executor()), socket_(std::move(socket)) {}

    tcp::socket& socket() noexcept override { return socket_; }
    void read(asio::mutable_buffer buffer, any_stream::io_handler handler) override {
        socket_.async_read_some(buffer, std::move(handler));
    }
    void write(asio::const_buffer buffer, any_stream::io_handler handler) override {
        socket_.async_write_some(buffer, std::move(handler));
    }
    void handshake(any_stream::plain_handler handler) override { finish(std::move(handler)); }
    // FIN, then what still arrives is thrown away until the peer's FIN: closing with unread bytes would
    // send RST, which takes away what the peer has not read yet.
    void shutdown(any_stream::plain_handler handler) override {
        core::error_code ignored;
        socket_.shutdown(tcp::socket::shutdown_send, ignored);
        drain(std::move(handler));
    }

private:
    void finish(any_stream::plain_handler handler) {
        asio::post(socket_.get_executor(), asio::append(std::move(handler), core::error_code{}));
    }
    void drain(any_stream::plain_handler handler) {
        const auto slot = asio::get_associated_cancellation_slot(handler);
        socket_.async_read_some(
            asio::buffer(rubbish_),
            asio::bind_cancellation_slot(
                slot, [this, handler = std::move(handler)](core::error_code error, std::size_t) mutable {
                    if (error) {
                        std::move(handler)(error);
                    } else {
                        drain(std::move(handler));
                    }
                }));
    }

    tcp::socket socket_;
    std::array<char, 1024> rubbish_{};
};

class tls_transport final : public any_stream::transport {
public:
    using stream_type = asio::ssl::stream<tcp::socket>;

    tls_transport(tcp::socket socket, asio::ssl::context& context, stream_type::handshake_type role)
        : transport(socket.get_executor()), stream_(std::move(socket), context), role_(role) {}

    // Chain and name; IP literals are compared with the certificate's IP entries and get no SNI.
    core::error_code expect(const std::string& host) {
        core::error_code error;
        asio::ip::make_address(host, error);
        if (error && SSL_set_tlsext_host_name(stream_.native_handle(), host.c_str()) != 1) {
            return errc::tls_failed;
        }
        error = {};
        stream_.set_verify_mode(asio::ssl::verify_peer, error);
        if (!error) {
            stream_.set_verify_callback(asio::ssl::host_name_verification(host), error);
        }
        return error;
    }

    tcp::socket& socket() noexcept override { return stream_.next_layer(); }
    void read(asio::mutable_buffer buffer, any_stream::io_handler handler) override {
        stream_.async_read_some(buffer, std::move(handler));
    }
    void write(asio::const_buffer buffer, any_stream::io_handler handler) override {
        stream_.async_write_some(buffer, std::move(handler));
    }
    void handshake(any_stream::plain_handler handler) override {
        stream_.async_handshake(role_, std::move(handler));
    }
    void shutdown(any_stream::plain_handler handler) override { stream_.async_shutdown(std::move(handler)); }

private:
    stream_type stream_;
    stream_type::handshake_type role_;
};

void prepare(tcp::socket& socket) noexcept {
    core::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
}

}  // namespace

any_stream::any_stream(std::shared_ptr<transport> carrier) : transport_(std::move(carrier)) {}
any_stream::any_stream(any_stream&&) noexcept = default;
any_stream& any_stream::operator=(any_stream&&) noexcept = default;
any_stream::~any_stream() = default;

asio::any_io_executor any_stream::get_executor() const noexcept {
    return transport_->socket().get_executor();
}
tcp::socket& any_stream::socket() noexcept {
    return transport_->socket();
}
std::string& any_stream::gather_memory() noexcept {
    return transport_->gathered;
}

void any_stream::start_read(asio::mutable_buffer buffer, io_handler handler) {
    transport_->read(buffer, std::move(handler));
}
void any_stream::start_write(asio::const_buffer buffer, io_handler handler) {
    transport_->write(buffer, std::move(handler));
}
void any_stream::start_handshake(plain_handler handler) {
    transport_->handshake(std::move(handler));
}

void any_stream::start_shutdown(plain_handler handler, core::duration limit) {
    // The limit closes the socket: a read that begins after a cancellation would not hear of that.
    transport_->deadline.expires_after(limit);
    transport_->deadline.async_wait([carrier = transport_](core::error_code error) {
        if (!error) {
            core::error_code ignored;
            carrier->socket().close(ignored);
        }
    });
    const auto slot = asio::get_associated_cancellation_slot(handler);
    auto ended = [carrier = transport_, handler = std::move(handler)](core::error_code error) mutable {
        carrier->deadline.cancel();
        core::error_code ignored;
        carrier->socket().close(ignored);
        std::move(handler)(error);
    };
    transport_->shutdown(plain_handler(asio::bind_cancellation_slot(slot, std::move(ended))));
}

void any_stream::close() noexcept {
    core::error_code ignored;
    transport_->socket().close(ignored);
}

void any_stream::reset() noexcept {
    core::error_code ignored;
    transport_->socket().set_option(asio::socket_base::linger(true, 0), ignored);
    close();
}

core::result<any_stream> make_client_stream(tcp::socket socket, bool encrypted, const tls_client& tls,
                                            const std::string& host) {
    prepare(socket);
    if (!encrypted) {
        return any_stream(std::make_shared<plain_transport>(std::move(socket)));
    }
    if (tls.get() == nullptr) {
        return core::error_code(errc::trust_store_empty);
    }
    auto carrier = std::make_shared<tls_transport>(std::move(socket), tls.get()->context,
                                                   asio::ssl::stream_base::client);
    if (const auto error = carrier->expect(host)) {
        return error;
    }
    return any_stream(std::move(carrier));
}

any_stream make_server_stream(tcp::socket socket, const tls_server& tls) {
    prepare(socket);
    if (tls.get() == nullptr) {
        return any_stream(std::make_shared<plain_transport>(std::move(socket)));
    }
    return any_stream(std::make_shared<tls_transport>(std::move(socket), tls.get()->context,
                                                      asio::ssl::stream_base::server));
}

}  // namespace tiktok2twitch::net
