// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/recording.hpp"

#include <gtest/gtest.h>

#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;

std::string with_length(const std::string& frame) {
    std::string out;
    for (unsigned i = 0; i < 4; ++i)
        out += static_cast<char>((frame.size() >> (8 * i)) & 0xffU);
    return out + frame;
}

std::string problem_of(std::string_view bytes, std::size_t max_bytes = max_recording_bytes) {
    const auto parsed = parse_recording(bytes, max_bytes);
    return parsed ? "no problem" : parsed.error().text();
}

TEST(parse_recording, lines_are_frames_with_times) {
    const auto parsed = parse_recording(
        "{\"t\":20,\"b64\":\"AAEC\"}\n\n{\"b64\":\"/w==\", \"t\": 400000000}\r\n{\"b64\":\"\"}");
    ASSERT_TRUE(parsed);
    ASSERT_EQ(parsed->size(), 3U);
    EXPECT_EQ((*parsed)[0].t, 20);
    EXPECT_EQ((*parsed)[0].frame, std::string("\0\1\2", 3));
    EXPECT_EQ((*parsed)[1].t, 400'000'000);
    EXPECT_EQ((*parsed)[1].frame, "\xff");
    EXPECT_EQ((*parsed)[2].frame, "");
}

TEST(parse_recording, base64_without_padding_is_read) {
    EXPECT_EQ((*parse_recording("{\"t\":0,\"b64\":\"aGk\"}"))[0].frame, "hi");
}

TEST(parse_recording, length_prefixed_frames_are_read_even_when_they_look_like_json) {
    const std::string brace_length(123, 'x');  // its length begins with the byte '{'
    const auto parsed = parse_recording(with_length(brace_length) + with_length("") + with_length("ab"));
    ASSERT_TRUE(parsed) << parsed.error().text();
    ASSERT_EQ(parsed->size(), 3U);
    EXPECT_EQ((*parsed)[0].frame, brace_length);
    EXPECT_EQ((*parsed)[1].frame, "");
    EXPECT_EQ((*parsed)[2].frame, "ab");
}

TEST(parse_recording, gzip_of_either_form_is_read) {
    EXPECT_EQ((*parse_recording(gzip("{\"t\":1,\"b64\":\"aGk=\"}\n")))[0].frame, "hi");
    EXPECT_EQ((*parse_recording(gzip(with_length("hi"))))[0].frame, "hi");
}

TEST(parse_recording, both_forms_of_a_real_recording_hold_the_same_frames) {
    const auto lines = load_recording("quiet");
    ASSERT_EQ(lines.size(), 374U);
    std::string binary;
    for (const recorded_frame& frame : lines)
        binary += with_length(frame.frame);
    const auto parsed = parse_recording(binary);
    ASSERT_TRUE(parsed);
    ASSERT_EQ(parsed->size(), lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i)
        ASSERT_EQ((*parsed)[i].frame, lines[i].frame);
}

TEST(parse_recording, problems_name_the_line) {
    const std::string good = "{\"t\":1,\"b64\":\"aGk=\"}\n";
    EXPECT_EQ(problem_of(good + "\n" + "oops\n" + good), "line 3: not a JSON object");
    EXPECT_EQ(problem_of("[1]"), "line 1: not a JSON object");
    EXPECT_EQ(problem_of("{\"t\":1}"), "line 1: no text \"b64\"");
    EXPECT_EQ(problem_of("{\"b64\":5}"), "line 1: no text \"b64\"");
    EXPECT_EQ(problem_of("{\"b64\":\"a$==\"}"), "line 1: \"b64\" is not base64");
    EXPECT_EQ(problem_of("{\"b64\":\"aaaaa\"}"), "line 1: \"b64\" is not base64");
    EXPECT_EQ(problem_of("{\"b64\":\"\",\"t\":-1}"), "line 1: \"t\" is not a number of milliseconds");
    EXPECT_EQ(problem_of("{\"b64\":\"\",\"t\":\"soon\"}"), "line 1: \"t\" is not a number of milliseconds");
    EXPECT_EQ(problem_of("{\"b64\":\"\",\"t\":604800000}"), "no problem");
    EXPECT_NE(problem_of("{\"b64\":\"\",\"t\":604800001}").find("more than 7 days"), std::string::npos);
    EXPECT_NE(problem_of("{\"b64\":\"\",\"t\":9223372036854775807}").find("more than 7 days"),
              std::string::npos);
    EXPECT_EQ(problem_of(std::string(100, '[')), "line 1: nested too deeply");
}

TEST(parse_recording, problems_name_the_offset) {
    EXPECT_EQ(problem_of(with_length("abc") + std::string("\1\0", 2)),
              "offset 7: the file ends within a length");
    EXPECT_EQ(problem_of(with_length("abc") + std::string("\5\0\0\0ab", 6)),
              "offset 7: the file ends within a frame");
}

TEST(parse_recording, empty_recordings_are_a_problem) {
    for (const std::string& bytes : {std::string(), std::string("\n \n"), gzip("")})
        EXPECT_EQ(problem_of(bytes), "offset 0: the recording is empty");
}

TEST(parse_recording, frame_over_the_bound_is_refused) {
    const std::string at_bound = with_length(std::string(max_recorded_frame_bytes, 'x'));
    EXPECT_EQ(problem_of(at_bound), "no problem");
    EXPECT_EQ(problem_of(std::string("\1\0\0\1", 4)), "offset 0: the frame is larger than any real one");
    const std::string base64(max_recorded_frame_bytes / 3 * 4 + 8, 'A');
    EXPECT_EQ(problem_of("{\"b64\":\"" + base64 + "\"}"), "line 1: the frame is larger than any real one");
}

TEST(parse_recording, recording_over_the_bound_is_refused_inflated_or_not) {
    const std::string line = "{\"t\":1,\"b64\":\"aGk=\"}";
    EXPECT_EQ(problem_of(line, line.size()), "no problem");
    EXPECT_EQ(problem_of(line, line.size() - 1), "offset 0: the recording is too large");
    EXPECT_EQ(problem_of(gzip(line), line.size()), "no problem");
    EXPECT_EQ(problem_of(gzip(line), line.size() - 1), "offset 0: the inflated recording is too large");
}

TEST(parse_recording, damaged_gzip_is_a_problem) {
    const std::string packed = gzip("{\"t\":1,\"b64\":\"aGk=\"}");
    EXPECT_EQ(problem_of(packed.substr(0, packed.size() - 1)),
              "offset 0: the gzip data is damaged or incomplete");
}

TEST(parse_recording, text_frames_ways_and_rooms_hold_until_they_change) {
    const auto parsed = parse_recording(
        "{\"t\":0,\"way\":\"direct\",\"room\":\"one\",\"b64\":\"aGk=\"}\n"
        "{\"t\":1,\"b64\":\"aGk=\"}\n"
        "{\"t\":2,\"way\":\"tikfinity\",\"text\":\"{\\\"event\\\":1}\"}\n"
        "{\"t\":3,\"room\":\"two\",\"text\":\"x\"}\n");
    ASSERT_TRUE(parsed) << parsed.error().text();
    ASSERT_EQ(parsed->size(), 4U);
    EXPECT_EQ((*parsed)[1].way, "direct");
    EXPECT_EQ((*parsed)[1].room, "one");
    EXPECT_FALSE((*parsed)[1].text);
    EXPECT_EQ((*parsed)[2].way, "tikfinity");
    EXPECT_EQ((*parsed)[2].room, "one");
    EXPECT_EQ((*parsed)[2].frame, "{\"event\":1}");
    EXPECT_TRUE((*parsed)[2].text);
    EXPECT_EQ((*parsed)[3].room, "two");
    EXPECT_EQ((*parsed)[3].way, "tikfinity");
}

TEST(parse_recording, problems_of_text_frames_and_names) {
    EXPECT_EQ(problem_of("{\"text\":5}"), "line 1: \"text\" is not a text");
    EXPECT_EQ(problem_of("{\"text\":\"\",\"b64\":\"\"}"), "line 1: both \"b64\" and \"text\"");
    EXPECT_EQ(problem_of("{\"text\":\"\",\"way\":5}"), "line 1: \"way\" is not a name");
    EXPECT_EQ(problem_of("{\"text\":\"\",\"room\":\"" + std::string(101, 'x') + "\"}"),
              "line 1: \"room\" is not a name");
}

TEST(recording_reader, goes_on_after_a_line_it_cannot_read) {
    recording_reader reader;
    ASSERT_TRUE(reader.read("{\"room\":\"one\",\"text\":\"a\"}"));
    const auto bad = reader.read("{\"room\":\"two\"}");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().text(), "line 2: no text \"b64\"");
    const auto blank = reader.read(" \r");
    ASSERT_TRUE(blank);
    EXPECT_FALSE(*blank);
    const auto good = reader.read("{\"text\":\"b\"}");
    ASSERT_TRUE(good && *good);
    EXPECT_EQ((*good)->room, "one");
}

TEST(recording_writer, what_it_writes_is_read_as_it_was) {
    std::vector<recorded_frame> frames;
    for (std::size_t size = 0; size < 5; ++size)
        frames.push_back({static_cast<std::int64_t>(size), std::string("\0\xff\x80\x7f\n", size), false,
                          size < 3 ? "direct" : "sign", size < 2 ? "one" : "two"});
    frames.push_back({9, "{\"event\":\"ch\u00e9at\"}\n", true, "tikfinity", "two"});
    recording_writer writer;
    std::string text;
    for (const recorded_frame& frame : frames)
        text += writer.line(frame);
    EXPECT_EQ(text.substr(0, text.find('\n')), "{\"t\":0,\"way\":\"direct\",\"room\":\"one\",\"b64\":\"\"}");
    const auto parsed = parse_recording(text);
    ASSERT_TRUE(parsed) << parsed.error().text();
    ASSERT_EQ(parsed->size(), frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        EXPECT_EQ((*parsed)[i].t, frames[i].t);
        EXPECT_EQ((*parsed)[i].frame, frames[i].frame);
        EXPECT_EQ((*parsed)[i].text, frames[i].text);
        EXPECT_EQ((*parsed)[i].way, frames[i].way);
        EXPECT_EQ((*parsed)[i].room, frames[i].room);
    }
}

TEST(recording_writer, way_and_room_stand_where_they_change_and_at_the_front_of_a_file) {
    recording_writer writer;
    recorded_frame frame{1, "hi", false, "direct", "one"};
    EXPECT_EQ(writer.line(frame), "{\"t\":1,\"way\":\"direct\",\"room\":\"one\",\"b64\":\"aGk=\"}\n");
    EXPECT_EQ(writer.line(frame), "{\"t\":1,\"b64\":\"aGk=\"}\n");
    frame.way = "managed";
    EXPECT_EQ(writer.line(frame), "{\"t\":1,\"way\":\"managed\",\"b64\":\"aGk=\"}\n");
    writer.begin_file();
    EXPECT_EQ(writer.line(frame), "{\"t\":1,\"way\":\"managed\",\"room\":\"one\",\"b64\":\"aGk=\"}\n");
    EXPECT_EQ(recording_writer().line({5, "x", true}), "{\"t\":5,\"text\":\"x\"}\n");
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
