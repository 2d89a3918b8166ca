// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// State files: any bytes are read without harm, what is whole in them survives being written again, and what
// was written is read as sound. The first byte says which file it is.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tiktok2twitch/files/record_file.hpp"
#include "tiktok2twitch/relay/story/room_story.hpp"
#include "tiktok2twitch/tiktok/room/seen_notes.hpp"
#include "tiktok2twitch/twitch/sending/sent_lines.hpp"

namespace {

namespace files = tiktok2twitch::files;
namespace tiktok = tiktok2twitch::tiktok;
namespace twitch = tiktok2twitch::twitch;

constexpr files::record_kind kind{"messages", 1};
constexpr std::int64_t now = 1'789'600'000'000;

void require(bool holds) {
    if (!holds)
        std::abort();
}

void read_messages(std::string_view bytes) {
    const auto found = files::read_records(bytes, kind);
    auto notes = tiktok::parse_seen_notes(found.texts);
    const auto texts = tiktok::compact_seen_notes(notes, now);
    std::string file = files::record_header(kind);
    for (const auto& text : texts)
        require(files::append_record(file, text));
    const auto again = files::read_records(file, kind);
    require(again.sound() && again.texts.size() == texts.size());
    const auto same = tiktok::parse_seen_notes(again.texts);
    require(same.room_id == notes.room_id && same.floor == notes.floor);
    require(notes.ids.size() > tiktok::seen_notes::kept_always || same.ids == notes.ids);
    notes.use({"one", "two"});
}

void read_sends(std::string_view bytes) {
    const auto found = twitch::read_sent_lines(bytes);
    const auto again = twitch::read_sent_lines(twitch::write_sent_lines(found.lines));
    require(!again.mended && !again.unknown && again.lines == found.lines);
    require(again.lines.size() <= twitch::sent_lines::capacity);
    twitch::read_old_send_log(bytes, 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 3) {
        case 0:
            read_messages(bytes);
            break;
        case 1:
            read_sends(bytes);
            break;
        default:
            tiktok::parse_old_journal(bytes, now);
            tiktok2twitch::relay::room_story::compact(bytes);
    }
    return 0;
}
