// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/files/record_file.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::files {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr record_kind kind{"things", 3};

std::string file_of(std::initializer_list<std::string_view> texts) {
    std::string out = record_header(kind);
    for (const auto text : texts)
        EXPECT_TRUE(append_record(out, text));
    return out;
}

TEST(record_text, what_is_written_is_read) {
    const auto file = file_of({"one", "", "three words here"});
    const auto read = read_records(file, kind);
    EXPECT_THAT(read.texts, ElementsAre("one", "", "three words here"));
    EXPECT_TRUE(read.sound());
    EXPECT_TRUE(read_records("", kind).sound());
}

TEST(record_text, form_on_disk_is_the_one_that_is_described) {
    EXPECT_EQ(file_of({"123456789"}).substr(record_header(kind).size()), "#cbf43926 123456789\n");
}

TEST(record_text, text_that_would_look_like_records_is_none) {
    std::string out;
    EXPECT_FALSE(append_record(out, "a#b"));
    EXPECT_FALSE(append_record(out, "a\nb"));
    EXPECT_EQ(out, "");
}

// The smallest damage of all, in every byte: it costs the record that it touches.
TEST(record_text, any_byte_that_changes_costs_one_record) {
    const auto file = file_of({"first", "second", "third"});
    const auto header = record_header(kind).size();
    for (std::size_t at = 0; at < file.size(); ++at)
        for (const char other : {'\0', '#', '\n', 'x', static_cast<char>(file[at] ^ 1)}) {
            auto spoiled = file;
            spoiled[at] = other;
            if (spoiled == file)
                continue;
            const auto read = read_records(spoiled, kind);
            EXPECT_GE(read.texts.size(), at < header ? 3U : 2U) << at;
            EXPECT_FALSE(read.sound()) << at;
        }
}

TEST(record_text, what_is_cut_off_costs_the_record_that_was_cut) {
    const auto file = file_of({"first", "second"});
    const auto one = file_of({"first"}).size();
    for (std::size_t size = one; size < file.size() - 1; ++size)
        EXPECT_THAT(read_records(file.substr(0, size), kind).texts, ElementsAre("first")) << size;
    EXPECT_THAT(read_records(file.substr(0, file.size() - 1), kind).texts, ElementsAre("first", "second"))
        << "only the line feed is missing";
    const auto zeroed = file + std::string(100, '\0');
    EXPECT_EQ(read_records(zeroed, kind).texts.size(), 2U);
    EXPECT_EQ(read_records(zeroed, kind).spoiled, 100U);
}

TEST(record_text, record_after_a_torn_one_stands_alone) {
    auto file = file_of({"first"}) + "#12ab";
    append_record(file, "second");
    const auto read = read_records(file, kind);
    EXPECT_THAT(read.texts, ElementsAre("first", "second"));
    EXPECT_EQ(read.spoiled, 5U);
}

TEST(record_text, later_version_and_other_kind_are_not_read) {
    auto file = record_header({"things", 4});
    append_record(file, "one");
    EXPECT_TRUE(read_records(file, kind).newer);
    EXPECT_THAT(read_records(file, kind).texts, IsEmpty());
    file = record_header({"other", 3});
    append_record(file, "one");
    EXPECT_TRUE(read_records(file, kind).other_kind);
    file = record_header({"things", 2});
    append_record(file, "one");
    EXPECT_THAT(read_records(file, kind).texts, ElementsAre("one")) << "earlier versions are known";
}

TEST(record_text, foreign_bytes_are_no_records) {
    for (const auto* text :
         {"#", "##########", "#12345678", "#12345678 x\n", "hello\nworld\n", "i 1\ni 2\n"}) {
        const auto read = read_records(text, kind);
        EXPECT_THAT(read.texts, IsEmpty()) << text;
        EXPECT_EQ(read.spoiled, std::string_view(text).size()) << text;
        EXPECT_TRUE(read.headless) << text;
    }
}

}  // namespace
}  // namespace tiktok2twitch::files
