// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/channel_watch.hpp"

#include <utility>

#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {

bool is_banned_in(const twitch::channel_status& channel) noexcept {
    return channel.state == twitch::channel_state::blocked && channel.reason.starts_with("msg_banned");
}

channel_watch::channel_watch(run_context& run, outbound& out, twitch::account_listener& listener)
    : run_(run), out_(out), listener_(listener) {}

void channel_watch::start(std::string word, twitch::api_tokens& tokens) {
    word_ = std::move(word);
    if (run_.settings.dry_run)
        return;
    if (reads_everywhere())
        make_reader();
    if (out_.over_helix())
        return;  // Helix answers for itself whether a channel exists
    twitch::channel_checker_options options;
    options.api_url = run_.effective().helix_url;
    options.allow_custom_host = run_.effective().allow_custom_host;
    options.seed = run_.settings.seed;
    checker_ = std::make_unique<twitch::channel_checker>(
        run_.loop.get_executor(), std::move(options), run_.tls, tokens,
        [this](const std::string& channel, const twitch::channel_finding& found) {
            out_.account().on_channel_known(channel, found, net::now());
            out_.deliver();
        });
    run_.start_beside(checker_->run());
}

// Over Helix nothing is heard: moderators' commands come by the anonymous connection, too.
bool channel_watch::reads_everywhere() const {
    return run_.effective().twitch.read_back || (out_.over_helix() && !word_.empty());
}

void channel_watch::make_reader() {
    twitch::read_back_handlers callbacks;
    callbacks.on_suspect = [this](const std::string& channel) {
        out_.account().on_invisible(channel, net::now());
        out_.deliver();
    };
    callbacks.on_chat = [this](const twitch::chat_message& message) {
        if (!out_.over_helix() && out_.account().hears(message.channel))
            return;
        listener_.on_chat(message);
        out_.deliver();
    };
    if (auto* const helix = out_.helix()) {
        // Over IRC the account's own connection sees what others say as it.
        callbacks.on_own_line = [this](const twitch::own_sighting& line) {
            out_.account().on_own_line(line, net::now());
            out_.deliver();
        };
        callbacks.on_rank = [helix](const std::string& channel, bool moderator) {
            helix->on_rank(channel, moderator);
        };
        callbacks.on_notice = [this](const twitch::notice& notice) {
            listener_.on_notice(notice);
        };
    }
    reader_ = std::make_unique<twitch::read_back_client>(run_.loop.get_executor(), run_.effective().irc_url,
                                                         run_.tls, run_.effective().twitch.login,
                                                         run_.settings.seed, std::move(callbacks));
    reader_->listen_for(word_);
    run_.start_beside(reader_->run());
}

void channel_watch::listen_for(std::string word) {
    word_ = std::move(word);
    if (reader_)
        reader_->listen_for(word_);
}

void channel_watch::add(const std::string& channel) {
    if (reader_ && reads_everywhere())
        reader_->add_channel(channel);
    if (checker_)
        checker_->add_channel(channel);
}

void channel_watch::remove(const std::string& channel) {
    banned_in_.erase(channel);
    if (reader_)
        reader_->remove_channel(channel);
    if (checker_)
        checker_->remove_channel(channel);
}

void channel_watch::listen_where_banned() {
    if (out_.over_helix() || run_.settings.dry_run || !run_.running() || word_.empty())
        return;
    for (const auto& channel : out_.account().channels(net::now())) {
        const bool banned = is_banned_in(channel);
        if (banned == banned_in_.contains(channel.channel))
            continue;
        if (!banned) {
            banned_in_.erase(channel.channel);
            if (!reads_everywhere())
                reader_->remove_channel(channel.channel);
            continue;
        }
        banned_in_.insert(channel.channel);
        if (!reader_)
            make_reader();
        reader_->add_channel(channel.channel);
    }
}

void channel_watch::on_delivery(const twitch::delivery& delivery) {
    if (reader_ && run_.effective().twitch.read_back)
        reader_->on_confirmed(delivery.channel, delivery.line_id);
}

}  // namespace tiktok2twitch::app
