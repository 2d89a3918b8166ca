// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/address_memory.hpp"

#include <tuple>

namespace tiktok2twitch::net {

std::optional<boost::asio::ip::address> address_memory::winner(const std::string& host,
                                                               std::uint16_t port) const {
    const std::lock_guard lock(mutex_);
    const auto found = winners_.find({host, port});
    return found == winners_.end() ? std::nullopt : std::optional(found->second);
}

void address_memory::won(const std::string& host, std::uint16_t port,
                         const boost::asio::ip::address& address) {
    const std::lock_guard lock(mutex_);
    if (winners_.size() >= most) {
        winners_.clear();
    }
    winners_[{host, port}] = address;
}

bool address_memory::is_news(const std::string& host, const address_facts& facts, bool answered,
                             core::time_point now) {
    const std::lock_guard lock(mutex_);
    if (said_.size() >= most) {
        said_.clear();
    }
    const auto [found, fresh] = said_.try_emplace(host);
    said& last = found->second;
    const auto picture = [](const address_facts& of) {
        return std::tuple(of.all, of.silent, of.failed);
    };
    const bool same = !fresh && picture(last.facts) == picture(facts) && last.answered == answered;
    if (same && now < last.at + said_again_after) {
        return false;
    }
    last = {facts, answered, now};
    return true;
}

std::string words_of(const address_facts& facts, const std::string& host, const std::string& winner) {
    const auto number = [](std::size_t count) {
        return std::to_string(count);
    };
    const auto verb = [](std::size_t count, const char* one, const char* several) {
        return std::string(count == 1 ? one : several);
    };
    if (facts.all == 1) {
        return "the only address of " + host + (facts.silent == 1 ? " does not answer" : " refuses");
    }
    std::string text;
    if (winner.empty() && facts.silent == facts.all) {
        return "none of the " + number(facts.all) + " addresses of " + host + " answers";
    }
    if (facts.silent > 0) {
        text = number(facts.silent) + " of the " + number(facts.all) + " addresses of " + host +
               verb(facts.silent, " does", " do") + " not answer";
    }
    if (facts.failed > 0) {
        text += facts.silent > 0 ? ", and " + number(facts.failed) + " cannot be reached"
                                 : number(facts.failed) + " of the " + number(facts.all) + " addresses of " +
                                       host + " cannot be reached";
    }
    return winner.empty() ? text : text + "; " + winner + " does answer";
}

}  // namespace tiktok2twitch::net
