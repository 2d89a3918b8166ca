// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/status_socket.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <utility>

namespace tiktok2twitch::app {

namespace asio = boost::asio;
using local = asio::local::stream_protocol;

namespace {

// What a client reads at most; a hundred routes with all their reasons stay far below.
constexpr std::size_t longest_status = 4 * 1024 * 1024;
// sun_path on Linux, with its final zero.
constexpr std::size_t longest_path = 107;

core::error_code last_error() {
    return {errno, boost::system::system_category()};
}

}  // namespace

struct status_socket::impl : std::enable_shared_from_this<status_socket::impl> {
    explicit impl(const asio::any_io_executor& executor) : acceptor(executor), retry(executor) {}

    core::error_code listen(const std::string& where) {
        if (where.size() > longest_path)
            return make_error_code(boost::system::errc::filename_too_long);
        ::unlink(where.c_str());
        core::error_code failed;
        acceptor.open(local(), failed);
        if (!failed)
            acceptor.bind(local::endpoint(where), failed);
        if (failed)
            return failed;
        path = where;
        // Before listen(): until then nobody can connect.
        if (::chmod(where.c_str(), S_IRUSR | S_IWUSR) != 0)
            return last_error();
        acceptor.listen(asio::socket_base::max_listen_connections, failed);
        return failed;
    }

    void accept_next() {
        if (accepting || clients >= most_clients || !acceptor.is_open())
            return;
        accepting = true;
        acceptor.async_accept([self = shared_from_this()](core::error_code failed, local::socket accepted) {
            self->accepting = false;
            if (failed == asio::error::operation_aborted || !self->acceptor.is_open())
                return;
            if (failed)
                return self->wait_and_accept();
            self->serve(std::move(accepted));
            self->accept_next();
        });
    }

    // Out of file descriptors, most likely: looking again at once would spin.
    void wait_and_accept() {
        retry.expires_after(std::chrono::seconds(1));
        retry.async_wait([self = shared_from_this()](core::error_code failed) {
            if (!failed)
                self->accept_next();
        });
    }

    struct client {
        client(local::socket connected, std::string said)
            : socket(std::move(connected)), limit(socket.get_executor()), text(std::move(said)) {}
        local::socket socket;
        asio::steady_timer limit;
        std::string text;
    };

    void serve(local::socket socket) {
        ++clients;
        auto served = std::make_shared<client>(std::move(socket), answer());
        served->limit.expires_after(client_limit);
        served->limit.async_wait([served](core::error_code failed) {
            core::error_code ignored;
            if (!failed)
                served->socket.close(ignored);
        });
        asio::async_write(served->socket, asio::buffer(served->text),
                          [self = shared_from_this(), served](core::error_code, std::size_t) {
                              core::error_code ignored;
                              served->limit.cancel();
                              served->socket.close(ignored);
                              --self->clients;
                              self->accept_next();
                          });
    }

    void close() {
        core::error_code ignored;
        acceptor.close(ignored);
        retry.cancel();
        if (!path.empty())
            ::unlink(path.c_str());
        path.clear();
    }

    local::acceptor acceptor;
    asio::steady_timer retry;
    std::function<std::string()> answer;
    std::string path;
    std::size_t clients = 0;
    bool accepting = false;
};

status_socket::status_socket(asio::any_io_executor executor) : impl_(std::make_shared<impl>(executor)) {}

status_socket::~status_socket() {
    impl_->close();
}

core::error_code status_socket::open(const std::string& path, std::function<std::string()> answer) {
    impl_->answer = std::move(answer);
    if (const auto failed = impl_->listen(path)) {
        impl_->close();
        return failed;
    }
    impl_->accept_next();
    return {};
}

void status_socket::close() {
    impl_->close();
}

std::string status_socket_path(const std::string& state_dir, const std::string& login) {
    return state_dir + "/status-" + login + ".sock";
}

core::result<std::string> ask_status(const std::string& path, core::duration limit) {
    if (path.size() > longest_path)
        return make_error_code(boost::system::errc::filename_too_long);
    asio::io_context loop(1);
    local::socket socket(loop);
    core::error_code result = asio::error::timed_out;
    std::string text;
    socket.async_connect(local::endpoint(path), [&](core::error_code failed) {
        if (failed) {
            result = failed;
            return;
        }
        asio::async_read(socket, asio::dynamic_buffer(text, longest_status),
                         [&](core::error_code ended, std::size_t) {
                             result = ended == asio::error::eof ? core::error_code{} : ended;
                         });
    });
    loop.run_for(limit);
    if (result)
        return result;
    return text;
}

}  // namespace tiktok2twitch::app
