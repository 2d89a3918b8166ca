// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/url.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::core {
namespace {

TEST(parse_url, reads_all_parts) {
    const url parsed = parse_url("WSS://Webcast.Example.com:8443/im/push?a=b&c=%20").value();
    EXPECT_EQ(parsed.scheme, "wss");
    EXPECT_EQ(parsed.host, "webcast.example.com");
    EXPECT_EQ(parsed.port, 8443);
    EXPECT_EQ(parsed.target, "/im/push?a=b&c=%20");
    EXPECT_TRUE(parsed.encrypted());
    EXPECT_EQ(parsed.text(), "wss://webcast.example.com:8443/im/push?a=b&c=%20");
}

TEST(parse_url, missing_port_becomes_that_of_the_scheme) {
    EXPECT_EQ(parse_url("https://a").value().port, 443);
    EXPECT_EQ(parse_url("http://a").value().port, 80);
    EXPECT_EQ(parse_url("wss://a").value().port, 443);
    EXPECT_EQ(parse_url("ws://a").value().port, 80);
    EXPECT_EQ(parse_url("ircs://a").value().port, 6697);
    EXPECT_EQ(parse_url("irc://a").value().port, 6667);
    EXPECT_FALSE(parse_url("irc://a").value().encrypted());
}

TEST(parse_url, target_is_empty_or_starts_with_a_slash) {
    EXPECT_EQ(parse_url("https://a").value().target, "");
    EXPECT_EQ(parse_url("https://a/").value().target, "/");
    EXPECT_EQ(parse_url("https://a?x=1").value().target, "/?x=1");
}

TEST(parse_url, ipv6_address_loses_its_brackets_and_gets_them_back) {
    const url parsed = parse_url("https://[2001:DB8::1]:444/x").value();
    EXPECT_EQ(parsed.host, "2001:db8::1");
    EXPECT_EQ(parsed.host_and_port(), "[2001:db8::1]:444");
    EXPECT_EQ(parse_url("https://[::1]").value().host_and_port(), "[::1]");
}

TEST(parse_url, own_port_of_the_scheme_is_left_out_of_the_host_header) {
    EXPECT_EQ(parse_url("https://a:443").value().host_and_port(), "a");
    EXPECT_EQ(parse_url("https://a:80").value().host_and_port(), "a:80");
}

TEST(parse_url, refuses_what_is_no_url_of_ours) {
    for (const char* text : {"",
                             "a",
                             "//a",
                             "ftp://a",
                             "https:/a",
                             "https://",
                             "https://:443",
                             "https://a:",
                             "https://a:0",
                             "https://a:65536",
                             "https://a:-1",
                             "https://a:4x",
                             "https://user@a",
                             "https://user:pw@a/",
                             "https://a/#x",
                             "https://a b",
                             "https://a/\r\nX: y",
                             "https://a\\b",
                             "https://..",
                             "https://a..b",
                             "https://.a",
                             "https://a.",
                             "https://[::1",
                             "https://[::g]",
                             "https://[127.0.0.1]",
                             "https://[::1]x",
                             "https://::1",
                             "https://ä.example",
                             "https://a/<b>",
                             "https://a%41"}) {
        const auto parsed = parse_url(text);
        EXPECT_TRUE(parsed.has_error() && parsed.error() == errc::bad_url) << text;
    }
}

TEST(parse_url, length_bounds_of_text_host_and_label) {
    EXPECT_TRUE(parse_url("https://a/" + std::string(8182, 'x')).has_value());
    EXPECT_TRUE(parse_url("https://a/" + std::string(8183, 'x')).has_error());
    EXPECT_TRUE(parse_url("https://" + std::string(63, 'x')).has_value());
    EXPECT_TRUE(parse_url("https://" + std::string(64, 'x')).has_error());
    std::string host = std::string(62, 'x') + '.';
    host = host + host + host + host;  // 252
    EXPECT_TRUE(parse_url("https://" + host + "x").has_value());
    EXPECT_TRUE(parse_url("https://" + host + "xx").has_error());
}

TEST(is_loopback_host, knows_this_machine_only) {
    for (const char* host :
         {"localhost", "LocalHost", "127.0.0.1", "127.255.0.9", "::1", "0:0:0:0:0:0:0:1"}) {
        EXPECT_TRUE(is_loopback_host(host)) << host;
    }
    for (const char* host : {"", "localhost.example.com", "128.0.0.1", "127.0.0.1.example.com", "10.0.0.1",
                             "::2", "::", "127.1", "example.com", "0.0.0.0"}) {
        EXPECT_FALSE(is_loopback_host(host)) << host;
    }
}

TEST(is_loopback_host, what_stands_behind_a_nul_or_goes_on_for_long_is_not_ignored) {
    using namespace std::string_view_literals;
    EXPECT_FALSE(is_loopback_host("localhost\0.example.com"sv));
    EXPECT_FALSE(is_loopback_host("127.0.0.1\0.example.com"sv));
    EXPECT_FALSE(is_loopback_host("127.0.0.1" + std::string(100, '0')));
}

TEST(percent_encode, leaves_only_unreserved_characters) {
    EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(percent_encode("a b/?&=+%é"), "a%20b%2F%3F%26%3D%2B%25%C3%A9");
    EXPECT_EQ(percent_encode(""), "");
}

}  // namespace
}  // namespace tiktok2twitch::core
