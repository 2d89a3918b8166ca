// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/twitch/server.hpp"

#include <algorithm>

#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/sim/twitch/session.hpp"

namespace tiktok2twitch::sim {

void twitch_server::impl::log_line(std::string line) {
    constexpr std::size_t most = 10'000;
    if (lines.size() >= most) {
        lines.erase(lines.begin(), lines.begin() + most / 2);
    }
    lines.push_back(std::move(line));
}

std::vector<std::shared_ptr<twitch_session>> twitch_server::impl::of(std::string_view login) const {
    std::vector<std::shared_ptr<twitch_session>> found;
    std::copy_if(host.sessions().begin(), host.sessions().end(), std::back_inserter(found),
                 [&](const auto& session) { return login.empty() || session->login() == login; });
    return found;
}

std::vector<std::shared_ptr<twitch_session>> twitch_server::impl::in(std::string_view channel) const {
    std::vector<std::shared_ptr<twitch_session>> found;
    std::copy_if(host.sessions().begin(), host.sessions().end(), std::back_inserter(found),
                 [&](const auto& session) { return session->in(channel); });
    return found;
}

twitch_server::twitch_server(net::asio::any_io_executor executor, net::tls_server tls,
                             twitch_settings settings, twitch_limits limits)
    : impl_(std::make_unique<impl>(std::move(executor), std::move(tls), settings, limits)) {}

twitch_server::~twitch_server() = default;

std::uint16_t twitch_server::port() const noexcept {
    return impl_->host.port();
}

void twitch_server::start() {
    impl_->host.start();
}

void twitch_server::stop() {
    impl_->host.stop();
}

twitch_rules& twitch_server::rules() noexcept {
    return impl_->rules;
}
twitch_settings& twitch_server::settings() noexcept {
    return impl_->settings;
}
twitch_faults& twitch_server::faults() noexcept {
    return impl_->faults;
}

void twitch_server::on_change(std::function<void()> callback) {
    impl_->change = std::move(callback);
}
void twitch_server::on_delivered(std::function<void(const delivery&)> callback) {
    impl_->delivered = std::move(callback);
}
void twitch_server::on_refused(std::function<void(const refusal&)> callback) {
    impl_->refused = std::move(callback);
}

void twitch_server::ping(std::string_view argument) {
    for (const auto& session : impl_->of({})) {
        session->send("PING :" + std::string(argument));
    }
}

void twitch_server::reconnect(std::string_view login, core::duration close_after) {
    for (const auto& session : impl_->of(login)) {
        session->tell(":tmi.twitch.tv RECONNECT");
        session->close_after(close_after);
    }
}

void twitch_server::reset(std::string_view login) {
    for (const auto& session : impl_->of(login)) {
        session->reset();
    }
}

void twitch_server::close(std::string_view login) {
    for (const auto& session : impl_->of(login)) {
        session->close_after(core::duration::zero());
    }
}

void twitch_server::go_deaf(std::string_view login) {
    for (const auto& session : impl_->of(login)) {
        session->go_deaf();
    }
}

void twitch_server::hold_answers() {
    impl_->holding = true;
}

void twitch_server::release_answers() {
    impl_->holding = false;
    for (const auto& session : impl_->of({})) {
        session->release_answers();
    }
}

void twitch_server::send_raw(std::string_view login, const std::string& line) {
    for (const auto& session : impl_->of(login)) {
        session->send(line);
    }
}

void twitch_server::notice(const std::string& channel, const std::string& msg_id, const std::string& text) {
    for (const auto& session : impl_->in(channel)) {
        session->tell("@msg-id=" + msg_id + " :tmi.twitch.tv NOTICE #" + channel + " :" + text);
    }
}

void twitch_server::set_role(const std::string& login, const std::string& channel, role role, bool announce) {
    impl_->rules.set_role(login, channel, role);
    if (announce) {
        for (const auto& session : impl_->in(channel)) {
            if (session->login() == login) {
                session->tell(impl_->rules.userstate(login, channel, {}));
            }
        }
    }
}

void twitch_server::set_modes(const std::string& channel, const channel_modes& modes) {
    const channel_modes before = impl_->rules.modes(channel);
    impl_->rules.set_modes(channel, modes);
    for (const auto& session : impl_->in(channel)) {
        session->tell(impl_->rules.changed_roomstate(channel, before));
    }
}

void twitch_server::time_out(const std::string& login, const std::string& channel, core::duration length) {
    impl_->rules.time_out(login, channel, net::timer_now() + length);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
    for (const auto& session : impl_->in(channel)) {
        session->tell("@ban-duration=" + std::to_string(seconds) + " :tmi.twitch.tv CLEARCHAT #" + channel +
                      " :" + login);
    }
}

void twitch_server::ban(const std::string& login, const std::string& channel) {
    impl_->rules.ban(login, channel);
    for (const auto& session : impl_->in(channel)) {
        session->tell("@tmi-sent-ts=" + std::to_string(net::wall_now()) + " :tmi.twitch.tv CLEARCHAT #" +
                      channel + " :" + login);
    }
}

void twitch_server::clear_line(const std::string& channel, const std::string& id) {
    const auto& lines = impl_->rules.delivered();
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const delivery& item) {
        return item.id == id && item.channel == channel;
    });
    if (line == lines.end()) {
        return;
    }
    for (const auto& session : impl_->in(channel)) {
        session->tell("@login=" + line->account + ";target-msg-id=" + id +
                      ";tmi-sent-ts=" + std::to_string(net::wall_now()) + " :tmi.twitch.tv CLEARMSG #" +
                      channel + " :" + line->text);
    }
}

void twitch_server::say_as(const std::string& login, const std::string& channel, const std::string& text) {
    impl_->show_viewer(login, channel, text, std::nullopt);
}

void twitch_server::say_with_badges(const std::string& badges, const std::string& login,
                                    const std::string& channel, const std::string& text) {
    impl_->show_viewer(login, channel, text, badges);
}

void twitch_server::impl::show_viewer(const std::string& login, const std::string& channel,
                                      const std::string& text, const std::optional<std::string>& badges) {
    delivery line;
    line.account = login;
    line.channel = channel;
    line.text = text;
    line.id = "viewer-" + std::to_string(++viewer_messages);
    const std::string shown = rules.echo(line, {}, net::wall_now(), badges);
    // Typed in a browser: also what the account of one of our clients says is shown to that client.
    for (const auto& session : in(channel)) {
        session->send(shown);
    }
}

say_answer twitch_server::type(const std::string& login, const std::string& channel,
                               const std::string& text) {
    auto answer = impl_->rules.say(login, channel, text, net::timer_now());
    if (answer.what == say_answer::kind::delivered) {
        show(impl_->rules.delivered().back());
    } else {
        show(impl_->rules.refusals().back());
    }
    impl_->changed();
    return answer;
}

void twitch_server::show(const delivery& line) {
    const std::string echo = impl_->rules.echo(line, {}, net::wall_now());
    for (const auto& session : impl_->in(line.channel)) {
        session->send(echo);
    }
    if (impl_->delivered) {
        impl_->delivered(line);
    }
}

void twitch_server::show(const refusal& line) {
    if (impl_->refused) {
        impl_->refused(line);
    }
}

std::size_t twitch_server::connections() const noexcept {
    return impl_->host.sessions().size();
}
std::size_t twitch_server::accepted() const noexcept {
    return impl_->accepted;
}
std::size_t twitch_server::logins() const noexcept {
    return impl_->logins;
}

bool twitch_server::joined(std::string_view login, std::string_view channel) const noexcept {
    return std::any_of(
        impl_->host.sessions().begin(), impl_->host.sessions().end(),
        [&](const auto& session) { return session->login() == login && session->in(channel); });
}

std::size_t twitch_server::pongs(std::string_view argument) const noexcept {
    return impl_->pongs.count(argument);
}

const std::vector<std::string>& twitch_server::lines() const noexcept {
    return impl_->lines;
}

}  // namespace tiktok2twitch::sim
