// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/control/command_client.hpp"

#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>

#include "tiktok2twitch/app/control/command_socket.hpp"

namespace tiktok2twitch::app {
namespace asio = boost::asio;
using local = asio::local::stream_protocol;

namespace {

// Without waiting: when the queue of a relay that hangs is full, this is an error.
core::error_code connect_now(local::socket& socket, const std::string& path) {
    if (path.size() > longest_socket_path)
        return make_error_code(boost::system::errc::filename_too_long);
    core::error_code failed;
    socket.open(local(), failed);
    if (!failed)
        socket.non_blocking(true, failed);
    if (!failed)
        socket.connect(local::endpoint(path), failed);
    return failed;
}

// Reads to the end of what a relay says.
class listener {
public:
    explicit listener(local::socket& socket) : socket_(socket) { read(); }
    const std::string& heard() const noexcept { return heard_; }
    bool ended() const noexcept { return ended_; }

private:
    void read() {
        socket_.async_read_some(asio::buffer(block_), [this](core::error_code failed, std::size_t size) {
            heard_.append(block_.data(), size);
            ended_ = failed || heard_.size() > control::longest_answer;
            if (!ended_)
                read();
        });
    }

    local::socket& socket_;
    std::array<char, 16 * 1024> block_{};
    std::string heard_;
    bool ended_ = false;
};

}  // namespace

core::result<relay_reply> ask_relay(const std::string& path, const control::request& request,
                                    core::duration limit, core::duration to_the_end) {
    asio::io_context loop(1);
    local::socket socket(loop);
    if (const auto failed = connect_now(socket, path))
        return failed;
    const auto asked = control::text_of(request);
    // A relay of 0.1.0 does not read this, and may be gone already: what it said counts.
    asio::async_write(socket, asio::buffer(asked), [](core::error_code, std::size_t) {});
    listener answer(socket);
    loop.run_for(limit);
    auto said = control::parse_reply(answer.heard());
    if (said.what == control::reply::kind::unreadable && !answer.ended())
        return core::error_code(asio::error::timed_out);
    if (!answer.ended())
        loop.run_for(to_the_end);
    return relay_reply{std::move(said), answer.ended()};
}

std::vector<running_relay> running_relays(const std::string& directory) {
    std::vector<running_relay> found;
    std::error_code failed;
    for (std::filesystem::directory_iterator entry(directory, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        auto relay = relay_of(directory, entry->path().filename().string());
        if (!relay)
            continue;
        const auto pid = pid_behind(relay->path);
        if (!pid)
            continue;
        relay->pid = *pid;
        found.push_back(*std::move(relay));
    }
    std::ranges::sort(found, {}, &running_relay::path);
    return found;
}

void remove_dead_dry_sockets(const std::string& directory) {
    std::error_code failed;
    std::vector<std::string> dead;
    for (std::filesystem::directory_iterator entry(directory, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const auto name = entry->path().filename().string();
        const auto pid = dry_run_of(name);
        if (pid && ::kill(static_cast<pid_t>(*pid), 0) != 0 && errno == ESRCH &&
            !pid_behind(entry->path().string()))
            dead.push_back(entry->path().string());
    }
    for (const auto& path : dead)
        ::unlink(path.c_str());
}

std::optional<long> pid_behind(const std::string& path) {
    asio::io_context loop(1);
    local::socket socket(loop);
    if (connect_now(socket, path))
        return std::nullopt;
    ucred who{};
    socklen_t size = sizeof who;
    return ::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 ? who.pid : 0;
}

}  // namespace tiktok2twitch::app
