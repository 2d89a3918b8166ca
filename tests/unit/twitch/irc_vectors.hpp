// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The cases of ircdocs/parser-tests (tests/msg-split.yaml, msg-join.yaml, userhost-split.yaml), written in
// 2015 by Daniel Oaks and dedicated to the public domain (CC0 1.0).

#include <map>
#include <string>
#include <vector>

namespace tiktok2twitch::twitch::vectors {

using tags = std::map<std::string, std::string>;

struct split_case {
    std::string input;
    tags expected_tags;
    std::string source;
    std::string verb;
    std::vector<std::string> params;
};

inline const std::vector<split_case> split_cases{
    {"foo bar baz asdf", {}, "", "foo", {"bar", "baz", "asdf"}},
    {":coolguy foo bar baz asdf", {}, "coolguy", "foo", {"bar", "baz", "asdf"}},
    {"foo bar baz :asdf quux", {}, "", "foo", {"bar", "baz", "asdf quux"}},
    {"foo bar baz :", {}, "", "foo", {"bar", "baz", ""}},
    {"foo bar baz ::asdf", {}, "", "foo", {"bar", "baz", ":asdf"}},
    {":coolguy foo bar baz :asdf quux", {}, "coolguy", "foo", {"bar", "baz", "asdf quux"}},
    {":coolguy foo bar baz :  asdf quux ", {}, "coolguy", "foo", {"bar", "baz", "  asdf quux "}},
    {":coolguy PRIVMSG bar :lol :) ", {}, "coolguy", "PRIVMSG", {"bar", "lol :) "}},
    {":coolguy foo bar baz :", {}, "coolguy", "foo", {"bar", "baz", ""}},
    {":coolguy foo bar baz :  ", {}, "coolguy", "foo", {"bar", "baz", "  "}},
    {"@a=b;c=32;k;rt=ql7 foo", {{"a", "b"}, {"c", "32"}, {"k", ""}, {"rt", "ql7"}}, "", "foo", {}},
    {"@a=b\\\\and\\nk;c=72\\s45;d=gh\\:764 foo",
     {{"a", "b\\and\nk"}, {"c", "72 45"}, {"d", "gh;764"}},
     "",
     "foo",
     {}},
    {"@c;h=;a=b :quux ab cd", {{"c", ""}, {"h", ""}, {"a", "b"}}, "quux", "ab", {"cd"}},
    {":src JOIN #chan", {}, "src", "JOIN", {"#chan"}},
    {":src JOIN :#chan", {}, "src", "JOIN", {"#chan"}},
    {":src AWAY", {}, "src", "AWAY", {}},
    {":src AWAY ", {}, "src", "AWAY", {}},
    {":cool\tguy foo bar baz", {}, "cool\tguy", "foo", {"bar", "baz"}},
    {":coolguy!ag@net\x03"
     "5w\x03"
     "ork.admin PRIVMSG foo :bar baz",
     {},
     "coolguy!ag@net\x03"
     "5w\x03"
     "ork.admin",
     "PRIVMSG",
     {"foo", "bar baz"}},
    {":coolguy!~ag@n\x02"
     "et\x03"
     "05w\x0f"
     "ork.admin PRIVMSG foo :bar baz",
     {},
     "coolguy!~ag@n\x02"
     "et\x03"
     "05w\x0f"
     "ork.admin",
     "PRIVMSG",
     {"foo", "bar baz"}},
    {"@tag1=value1;tag2;vendor1/tag3=value2;vendor2/tag4= :irc.example.com COMMAND param1 param2 :param3 "
     "param3",
     {{"tag1", "value1"}, {"tag2", ""}, {"vendor1/tag3", "value2"}, {"vendor2/tag4", ""}},
     "irc.example.com",
     "COMMAND",
     {"param1", "param2", "param3 param3"}},
    {":irc.example.com COMMAND param1 param2 :param3 param3",
     {},
     "irc.example.com",
     "COMMAND",
     {"param1", "param2", "param3 param3"}},
    {"@tag1=value1;tag2;vendor1/tag3=value2;vendor2/tag4 COMMAND param1 param2 :param3 param3",
     {{"tag1", "value1"}, {"tag2", ""}, {"vendor1/tag3", "value2"}, {"vendor2/tag4", ""}},
     "",
     "COMMAND",
     {"param1", "param2", "param3 param3"}},
    {"COMMAND", {}, "", "COMMAND", {}},
    {"@foo=\\\\\\\\\\:\\\\s\\s\\r\\n COMMAND", {{"foo", "\\\\;\\s \r\n"}}, "", "COMMAND", {}},
    {":gravel.mozilla.org 432  #momo :Erroneous Nickname: Illegal characters",
     {},
     "gravel.mozilla.org",
     "432",
     {"#momo", "Erroneous Nickname: Illegal characters"}},
    {":gravel.mozilla.org MODE #tckk +n ", {}, "gravel.mozilla.org", "MODE", {"#tckk", "+n"}},
    {":services.esper.net MODE #foo-bar +o foobar  ",
     {},
     "services.esper.net",
     "MODE",
     {"#foo-bar", "+o", "foobar"}},
    {"@tag1=value\\\\ntest COMMAND", {{"tag1", "value\\ntest"}}, "", "COMMAND", {}},
    {"@tag1=value\\1 COMMAND", {{"tag1", "value1"}}, "", "COMMAND", {}},
    {"@tag1=value1\\ COMMAND", {{"tag1", "value1"}}, "", "COMMAND", {}},
    {"@tag1=1;tag2=3;tag3=4;tag1=5 COMMAND",
     {{"tag1", "5"}, {"tag2", "3"}, {"tag3", "4"}},
     "",
     "COMMAND",
     {}},
    {"@tag1=1;tag2=3;tag3=4;tag1=5;vendor/tag2=8 COMMAND",
     {{"tag1", "5"}, {"tag2", "3"}, {"tag3", "4"}, {"vendor/tag2", "8"}},
     "",
     "COMMAND",
     {}},
    {":SomeOp MODE #channel :+i", {}, "SomeOp", "MODE", {"#channel", "+i"}},
    {":SomeOp MODE #channel +oo SomeUser :AnotherUser",
     {},
     "SomeOp",
     "MODE",
     {"#channel", "+oo", "SomeUser", "AnotherUser"}},
};

struct join_case {
    std::vector<std::pair<std::string, std::string>> tags;
    std::string source;
    std::string verb;
    std::vector<std::string> params;
    std::vector<std::string> matches;
};

inline const std::vector<join_case> join_cases{
    {{}, "", "foo", {"bar", "baz", "asdf"}, {"foo bar baz asdf", "foo bar baz :asdf"}},
    {{}, "src", "AWAY", {}, {":src AWAY"}},
    {{}, "src", "AWAY", {""}, {":src AWAY :"}},
    {{},
     "coolguy",
     "foo",
     {"bar", "baz", "asdf"},
     {":coolguy foo bar baz asdf", ":coolguy foo bar baz :asdf"}},
    {{}, "", "foo", {"bar", "baz", "asdf quux"}, {"foo bar baz :asdf quux"}},
    {{}, "", "foo", {"bar", "baz", ""}, {"foo bar baz :"}},
    {{}, "", "foo", {"bar", "baz", ":asdf"}, {"foo bar baz ::asdf"}},
    {{}, "coolguy", "foo", {"bar", "baz", "asdf quux"}, {":coolguy foo bar baz :asdf quux"}},
    {{}, "coolguy", "foo", {"bar", "baz", "  asdf quux "}, {":coolguy foo bar baz :  asdf quux "}},
    {{}, "coolguy", "PRIVMSG", {"bar", "lol :) "}, {":coolguy PRIVMSG bar :lol :) "}},
    {{}, "coolguy", "foo", {"bar", "baz", ""}, {":coolguy foo bar baz :"}},
    {{}, "coolguy", "foo", {"bar", "baz", "  "}, {":coolguy foo bar baz :  "}},
    {{}, "coolguy", "foo", {"b\tar", "baz"}, {":coolguy foo b\tar baz", ":coolguy foo b\tar :baz"}},
    {{{"asd", ""}},
     "coolguy",
     "foo",
     {"bar", "baz", "  "},
     {"@asd :coolguy foo bar baz :  ", "@asd= :coolguy foo bar baz :  "}},
    {{{"asd", ""}}, "coolguy", "foo", {"bar", "baz", "  "}, {"@asd :coolguy foo bar baz :  "}},
    {{{"a", "b\\and\nk"}, {"d", "gh;764"}}, "", "foo", {}, {"@a=b\\\\and\\nk;d=gh\\:764 foo"}},
    {{{"a", "b\\and\nk"}, {"d", "gh;764"}},
     "",
     "foo",
     {"par1", "par2"},
     {"@a=b\\\\and\\nk;d=gh\\:764 foo par1 par2", "@a=b\\\\and\\nk;d=gh\\:764 foo par1 :par2"}},
    {{{"foo", "\\\\;\\s \r\n"}}, "", "COMMAND", {}, {"@foo=\\\\\\\\\\:\\\\s\\s\\r\\n COMMAND"}},
};

struct userhost_case {
    std::string source;
    std::string nick;
    std::string user;
    std::string host;
};

inline const std::vector<userhost_case> userhost_cases{
    {"coolguy!ag@127.0.0.1", "coolguy", "ag", "127.0.0.1"},
    {"coolguy!~ag@localhost", "coolguy", "~ag", "localhost"},
    {"coolguy@127.0.0.1", "coolguy", "", "127.0.0.1"},
    {"coolguy!ag", "coolguy", "ag", ""},
    {"coolguy!ag@net\x03"
     "5w\x03"
     "ork.admin",
     "coolguy", "ag",
     "net\x03"
     "5w\x03"
     "ork.admin"},
    {"coolguy!~ag@n\x02"
     "et\x03"
     "05w\x0f"
     "ork.admin",
     "coolguy", "~ag",
     "n\x02"
     "et\x03"
     "05w\x0f"
     "ork.admin"},
};

}  // namespace tiktok2twitch::twitch::vectors
