// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/proxy.hpp"

#include <gtest/gtest.h>

#include <map>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::string_literals;
using kind = proxy_server::kind;

proxy_server parsed(std::string_view text) {
    auto out = parse_proxy(text);
    EXPECT_TRUE(out) << text;
    return out ? *out : proxy_server{};
}

TEST(proxy_address, has_a_scheme_a_host_and_perhaps_a_port) {
    EXPECT_EQ(parsed("http://proxy.example:3128").port, 3128);
    EXPECT_EQ(parsed("http://proxy.example").port, 8080);
    EXPECT_EQ(parsed("http://proxy.example:80/").port, 80);
    EXPECT_EQ(parsed("socks5://Proxy.Example").port, 1080);
    EXPECT_EQ(parsed("socks5h://proxy.example").protocol, kind::socks5);
    EXPECT_EQ(parsed("socks5://[::1]:9050").host, "::1");
    EXPECT_EQ(parsed("socks5://[::1]").port, 1080);
    EXPECT_EQ(parsed("socks5://[::1]:9050").text(), "socks5://[::1]:9050");
    for (const char* text :
         {"", "proxy.example", "https://proxy.example", "socks4://p", "http://", "http://a b",
          "http://p:99999", "http://u:%zz@p", "http://u:%0a@p", "http://u%@p"})
        EXPECT_FALSE(parse_proxy(text)) << text;
}

TEST(proxy_address, the_login_is_percent_encoded_and_never_in_its_text) {
    const proxy_server out = parsed("http://an%40a:p%3Aw%2F@proxy.example:1");
    EXPECT_EQ(out.user, "an@a");
    EXPECT_EQ(out.password.reveal(), "p:w/");
    EXPECT_EQ(out.text(), "http://proxy.example:1");
    EXPECT_EQ(parsed("http://ana@p").user, "ana");
    EXPECT_FALSE(parse_proxy("http://" + std::string(300, 'a') + "@p"));
}

TEST(no_proxy, covers_a_host_and_what_is_below_it) {
    const no_proxy_list list("example.com, .internal.test ,*.x.org 10.0.0.1:8080");
    for (const char* host :
         {"example.com", "www.Example.com", "a.internal.test", "internal.test", "y.x.org", "10.0.0.1"})
        EXPECT_TRUE(list.covers(host)) << host;
    for (const char* host : {"notexample.com", "example.com.evil.test", "org", "10.0.0.10"})
        EXPECT_FALSE(list.covers(host)) << host;
    EXPECT_TRUE(no_proxy_list("a,*").covers("anything"));
    EXPECT_FALSE(no_proxy_list("").covers("anything"));
}

TEST(proxy_environment, https_before_all_and_loopback_never) {
    std::map<std::string, std::string> values;
    const auto read = [&](const std::string& name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    };
    EXPECT_EQ(proxy_from_environment(read)->for_host("www.tiktok.com"), nullptr);
    values["all_proxy"] = "socks5://s";
    EXPECT_EQ(proxy_from_environment(read)->for_host("www.tiktok.com")->text(), "socks5://s:1080");
    values["HTTPS_PROXY"] = "p:3128";
    values["no_proxy"] = "twitch.tv";
    const auto rules = proxy_from_environment(read);
    EXPECT_EQ(rules->for_host("www.tiktok.com")->text(), "http://p:3128");
    EXPECT_EQ(rules->for_host("irc.chat.twitch.tv"), nullptr);
    for (const char* host : {"localhost", "127.0.0.1", "127.3.2.1", "::1"})
        EXPECT_EQ(rules->for_host(host), nullptr) << host;
    values["HTTPS_PROXY"] = "ftp://p";
    EXPECT_FALSE(proxy_from_environment(read));
}

// What the dialogue says when the proxy answers so, in pieces of one byte.
struct talk {
    explicit talk(const proxy_server& server) : dialogue(server, "host.example", 443) {
        said = dialogue.start();
    }
    void answer(std::string_view bytes) {
        for (const char c : bytes) {
            ASSERT_FALSE(last.done);
            last = dialogue.on_bytes(std::string_view(&c, 1));
            said += last.send;
        }
    }
    proxy_dialogue dialogue;
    proxy_dialogue::step last;
    std::string said;
};

TEST(proxy_dialogue, http) {
    const proxy_server plain = parsed("http://p");
    talk good(plain);
    good.answer("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n");
    EXPECT_TRUE(good.last.done);
    EXPECT_EQ(good.said, "CONNECT host.example:443 HTTP/1.1\r\nHost: host.example:443\r\n\r\n");

    const proxy_server login = parsed("http://ana:secret@p");
    talk with_login(login);
    EXPECT_NE(with_login.said.find("Proxy-Authorization: Basic YW5hOnNlY3JldA==\r\n"), std::string::npos);
    with_login.answer("HTTP/1.1 407 Who\r\n\r\n");
    EXPECT_EQ(with_login.last.error, errc::proxy_login_refused);

    talk refused(plain);
    refused.answer("HTTP/1.1 403 No\r\n\r\n");
    EXPECT_EQ(refused.last.error, errc::proxy_refused);
    talk nonsense(plain);
    nonsense.answer("SSH-2.0\r\n\r\n");
    EXPECT_EQ(nonsense.last.error, errc::proxy_failed);
    talk endless(plain);
    EXPECT_EQ(endless.dialogue.on_bytes(std::string(20'000, 'x')).error, errc::proxy_failed);
}

TEST(proxy_dialogue, socks5) {
    const proxy_server plain = parsed("socks5://p");
    const std::string request = "\x05\x01\x00\x03\x0chost.example\x01\xbb"s;
    for (const std::string& bound :
         {"\x01"s + std::string(4, 'x'), "\x03\x02xy"s, "\x04"s + std::string(16, 'x')}) {
        talk good(plain);
        good.answer("\x05\x00"s);
        good.answer("\x05\x00\x00"s + bound + "\x00\x50"s);
        EXPECT_TRUE(good.last.done);
        EXPECT_EQ(good.said, "\x05\x01\x00"s + request);
    }
    const proxy_server login = parsed("socks5://ana:pw@p");
    talk with_login(login);
    with_login.answer("\x05\x02"s);
    with_login.answer("\x01\x00"s);
    EXPECT_EQ(with_login.said, "\x05\x02\x00\x02\x01\x03"s + "ana" + "\x02pw" + request);
    talk wrong(login);
    wrong.answer("\x05\x02\x01\x01"s);
    EXPECT_EQ(wrong.last.error, errc::proxy_login_refused);
    talk wants_login(plain);
    wants_login.answer("\x05\xff"s);
    EXPECT_EQ(wants_login.last.error, errc::proxy_login_refused);
    talk not_allowed(plain);
    not_allowed.answer("\x05\x00\x05\x02\x00\x01\x00"s);
    EXPECT_EQ(not_allowed.last.error, errc::proxy_refused);
    talk unreachable(plain);
    unreachable.answer("\x05\x00\x05\x04\x00\x01\x00"s);
    EXPECT_EQ(unreachable.last.error, errc::proxy_failed);
    talk nonsense(plain);
    nonsense.answer("HT");
    EXPECT_EQ(nonsense.last.error, errc::proxy_failed);
}

}  // namespace
}  // namespace tiktok2twitch::net
