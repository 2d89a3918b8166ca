// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/control/command_socket.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>
#include <utility>
#include <vector>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "tiktok2twitch/core/exit_code.hpp"

namespace tiktok2twitch::app {
namespace asio = boost::asio;
using local = asio::local::stream_protocol;

namespace {

core::error_code last_error() {
    return {errno, boost::system::system_category()};
}

// Its own permissions keep others out; this does it where the file's are not looked at.
bool may_ask(local::socket& peer) {
    ucred who{};
    socklen_t size = sizeof who;
    return ::getsockopt(peer.native_handle(), SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
           (who.uid == ::geteuid() || who.uid == 0);
}

struct client {
    explicit client(local::socket connected)
        : socket(std::move(connected)), limit(socket.get_executor()), silence(socket.get_executor()) {}

    void close() {
        core::error_code ignored;
        limit.cancel();
        silence.cancel();
        socket.close(ignored);
    }

    local::socket socket;
    asio::steady_timer limit;
    asio::steady_timer silence;
    std::string asked;
    std::string said;
    bool heard = false;  // asked all; is answered whatever comes
    bool until_the_end = false;
};

}  // namespace

struct command_socket::impl : std::enable_shared_from_this<command_socket::impl> {
    explicit impl(const asio::any_io_executor& executor) : acceptor(executor), retry(executor) {}

    core::error_code listen(const std::string& where) {
        if (where.size() > longest_socket_path)
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
        if (accepting || clients.size() >= most_clients || !acceptor.is_open())
            return;
        accepting = true;
        acceptor.async_accept([self = shared_from_this()](core::error_code failed, local::socket accepted) {
            self->accepting = false;
            if (failed == asio::error::operation_aborted || !self->acceptor.is_open())
                return;
            if (failed)
                return self->wait_and_accept();
            if (may_ask(accepted))
                self->serve(std::make_shared<client>(std::move(accepted)));
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

    void serve(const std::shared_ptr<client>& served) {
        clients.insert(served);
        served->limit.expires_after(client_limit);
        served->limit.async_wait([served](core::error_code failed) {
            if (!failed)
                served->close();
        });
        served->silence.expires_after(silence_limit);
        served->silence.async_wait([served](core::error_code failed) {
            core::error_code ignored;
            if (!failed)
                served->socket.cancel(ignored);  // ends the wait for a first byte
        });
        served->socket.async_wait(local::socket::wait_read,
                                  [self = shared_from_this(), served](core::error_code failed) {
                                      served->silence.cancel();
                                      if (failed)
                                          self->on_asked(served, failed, 0);
                                      else
                                          self->read(served);
                                  });
    }

    void read(const std::shared_ptr<client>& served) {
        asio::async_read_until(
            served->socket, asio::dynamic_buffer(served->asked, control::longest_request), '\n',
            [self = shared_from_this(), served](core::error_code failed, std::size_t size) {
                self->on_asked(served, failed, size);
            });
    }

    void on_asked(const std::shared_ptr<client>& served, core::error_code failed, std::size_t size) {
        if (!served->socket.is_open())
            return done(served);
        served->heard = true;
        if (failed && served->asked.empty()) {
            served->said = obey({control::verb::status, 0}).data;
        } else {
            const auto line = std::string_view(served->asked).substr(0, failed ? std::string::npos : size);
            served->said = control::text_of(answer_to(line, *served));
        }
        asio::async_write(served->socket, asio::buffer(served->said),
                          [self = shared_from_this(), served](core::error_code ended, std::size_t) {
                              if (!ended && served->until_the_end)
                                  self->waiting.push_back(std::move(served->socket));
                              self->done(served);
                          });
    }

    control::answer answer_to(std::string_view line, client& from) {
        const auto parsed = control::parse_request(line, T2T_VERSION);
        if (const auto* bad = std::get_if<control::bad_request>(&parsed))
            return {static_cast<int>(exit_code::unavailable), bad->why};
        if (waiting.size() >= most_waiting)
            return {static_cast<int>(exit_code::try_again), "too many wait for the relay's end already"};
        auto answered = obey(std::get<control::request>(parsed));
        from.until_the_end = answered.until_the_end;
        return answered;
    }

    void done(const std::shared_ptr<client>& served) {
        served->close();
        clients.erase(served);
        accept_next();
    }

    void close() {
        core::error_code ignored;
        acceptor.close(ignored);
        retry.cancel();
        for (const auto& each : clients)
            if (!each->heard)
                each->close();
        if (!path.empty())
            ::unlink(path.c_str());
        path.clear();
    }

    local::acceptor acceptor;
    asio::steady_timer retry;
    handler obey;
    std::string path;
    std::set<std::shared_ptr<client>> clients;
    std::vector<local::socket> waiting;  // for the end of the process
    bool accepting = false;
};

command_socket::command_socket(asio::any_io_executor executor) : impl_(std::make_shared<impl>(executor)) {}

command_socket::~command_socket() {
    impl_->close();
    // The system closes them when the process has ended, and with it all that it held.
    for (auto& socket : impl_->waiting) {
        core::error_code ignored;
        socket.release(ignored);
    }
}

core::error_code command_socket::open(const std::string& path, handler obey) {
    impl_->obey = std::move(obey);
    if (const auto failed = impl_->listen(path)) {
        impl_->close();
        return failed;
    }
    impl_->accept_next();
    return {};
}

void command_socket::close() {
    impl_->close();
}

std::string command_socket_path(const std::string& state_dir, const std::string& login) {
    return state_dir + "/status-" + login + ".sock";
}

std::string dry_socket_path(const std::string& state_dir, long pid) {
    return state_dir + "/status-dry-" + std::to_string(pid) + ".sock";
}

}  // namespace tiktok2twitch::app
