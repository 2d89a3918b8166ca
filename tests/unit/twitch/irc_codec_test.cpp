// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/codec.hpp"

#include <gmock/gmock.h>

#include "tiktok2twitch/core/text.hpp"
#include "unit/twitch/irc_vectors.hpp"

namespace tiktok2twitch::twitch {
namespace {

using testing::HasSubstr;

std::vector<std::string> strings(const std::vector<std::string_view>& views) {
    return {views.begin(), views.end()};
}

TEST(irc_codec, splits_every_case_of_the_public_vectors) {
    for (const auto& c : vectors::split_cases) {
        SCOPED_TRACE(c.input);
        const auto m = parse(c.input);
        ASSERT_TRUE(m);
        EXPECT_EQ(m->source, c.source);
        EXPECT_EQ(m->command, c.verb);
        EXPECT_EQ(strings(m->params), c.params);
        vectors::tags found;
        for (const auto& tag : m->tags)
            found[std::string(tag.key)] = m->tag(tag.key).value();
        EXPECT_EQ(found, c.expected_tags);
    }
}

TEST(irc_codec, joins_every_case_of_the_public_vectors) {
    for (const auto& c : vectors::join_cases) {
        const auto line = encode({c.tags, c.source, c.verb, c.params});
        ASSERT_TRUE(line.ends_with("\r\n"));
        EXPECT_THAT(c.matches, testing::Contains(line.substr(0, line.size() - 2)));
    }
}

TEST(irc_codec, splits_sources_of_the_public_vectors) {
    for (const auto& c : vectors::userhost_cases) {
        const auto parts = split_source(c.source);
        EXPECT_EQ(parts.nick, c.nick);
        EXPECT_EQ(parts.user, c.user);
        EXPECT_EQ(parts.host, c.host);
    }
    EXPECT_EQ(split_source("tmi.twitch.tv").nick, "tmi.twitch.tv");
}

TEST(irc_codec, lines_without_a_command_are_no_message) {
    for (const char* line : {"", " ", "\r\n", "@", "@a=b", "@a=b ", ":src", ":src ", "@a :src  "})
        EXPECT_FALSE(parse(line)) << line;
}

TEST(irc_codec, reads_real_shapes) {
    const auto refused = parse("@msg-id=msg_slowmode :tmi.twitch.tv NOTICE #chan :wait 12 seconds\r");
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->tag("msg-id"), "msg_slowmode");
    EXPECT_EQ(refused->param(1), "wait 12 seconds");
    const auto login = parse(":tmi.twitch.tv NOTICE * :Login authentication failed");
    EXPECT_FALSE(login->tag("msg-id"));
    const auto pong = parse("PONG :tmi.twitch.tv");
    EXPECT_TRUE(pong->is("pong"));
    EXPECT_EQ(pong->source, "");
    EXPECT_EQ(parse("@ PING")->tags.size(), 0U);
    EXPECT_EQ(parse("@badge-info=predictions/<<<<<<\\sHEAD[15A⸝asdf/test :x NOTICE #c")->tag("badge-info"),
              "predictions/<<<<<< HEAD[15A⸝asdf/test");
    EXPECT_EQ(parse("@reply-parent-msg-body=a=b=c x")->tag("reply-parent-msg-body"), "a=b=c");
}

TEST(irc_codec, large_and_broken_lines_are_read_whole) {
    const std::string value(9 * 1024, 'v');
    EXPECT_EQ(parse("@t=" + value + " x y")->tag("t"), value);
    std::string emoji;
    for (int i = 0; i < 525; ++i)
        emoji += "\U0001F600";
    EXPECT_EQ(parse("PRIVMSG #c :" + emoji)->param(1), emoji);
    EXPECT_EQ(parse("PRIVMSG #c :\xff\xfe\x80")->param(1), "\xff\xfe\x80");
    EXPECT_EQ(parse("PRIVMSG #c :a\rb")->param(1), "a\rb");
    EXPECT_EQ(parse(std::string(70 * 1024, 'x'))->command.size(), 70U * 1024);
}

TEST(irc_codec, tag_values_survive_escaping) {
    const std::string value = "a;b c\\d\re\nf:g=h";
    EXPECT_EQ(unescape_tag(escape_tag(value)), value);
    EXPECT_EQ(escape_tag(std::string("a\0b", 3)), "ab");
}

TEST(irc_codec, privmsg_is_one_line_whatever_the_text_holds) {
    const auto line = encode_privmsg("chan", std::string("hi\r\nQUIT :x\0y\nz", 15));
    EXPECT_EQ(line.find_first_of("\r\n"), line.size() - 2);
    EXPECT_EQ(line.find('\0'), std::string::npos);
    EXPECT_THAT(line, testing::StartsWith("PRIVMSG #chan :hi QUIT"));
}

TEST(irc_codec, privmsg_channel_cannot_name_two_channels_or_carry_commands) {
    EXPECT_EQ(encode_privmsg("a,#b\r\nQUIT x", "t"), "PRIVMSG #abx :t\r\n");
}

TEST(irc_codec, privmsg_tags_are_escaped) {
    EXPECT_EQ(encode_privmsg("c", "t", {{"reply-parent-msg-id", "a b;\r\nc"}}),
              "@reply-parent-msg-id=a\\sb\\:\\r\\nc PRIVMSG #c :t\r\n");
}

TEST(irc_codec, privmsg_over_the_limit_is_cut) {
    const auto fits = encode_privmsg("c", std::string(longest_line, 'x'));
    EXPECT_EQ(parse(fits)->param(1), std::string(longest_line, 'x'));
    const auto cut = encode_privmsg("c", std::string(longest_line + 1, 'x'));
    EXPECT_EQ(core::count_code_points(parse(cut)->param(1)), longest_line);
}

TEST(irc_codec, privmsg_with_invalid_utf8_is_repaired) {
    EXPECT_THAT(encode_privmsg("c", "a\xff\x62"), HasSubstr("a\uFFFDb"));
}

TEST(irc_codec, fields_without_room_in_the_grammar_are_bent_not_leaked) {
    EXPECT_EQ(encode({{{"k e;y=", "v"}}, "s r\nc", "CM\r\nD", {"a b", "", ":x", "last\r\nQUIT"}}),
              "@key=v :src CMD ab * x lastQUIT\r\n");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
