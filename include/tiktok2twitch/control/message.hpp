// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What another process asks a running relay over its socket, and what it hears. Pure: bytes in, a request or
// a sentence out.
//
// A request is one line of JSON:    {"protocol":1,"command":"approve","id":12}
// The answer is one line of JSON, and as many bytes of data behind it as "bytes" says, then the end:
//     {"protocol":1,"code":0,"text":"...","bytes":0}
// Fields that are not known are passed over, so that both sides can learn new ones. Who says nothing is a
// client of 0.1.0: it gets the status without a first line, as it always did.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace tiktok2twitch::control {

inline constexpr int protocol = 1;
// With its line end. The longest of ours takes 60 bytes; later ones may carry a name or a word.
inline constexpr std::size_t longest_request = 4096;
// What a client reads at most; a hundred routes with all their reasons stay far below.
inline constexpr std::size_t longest_answer = std::size_t{4} * 1024 * 1024;

enum class verb : std::uint8_t { status, stop, reload, held, approve, deny };
std::string_view name_of(verb what) noexcept;

struct request {
    verb what = verb::status;
    std::uint64_t id = 0;  // approve, deny: of the held message; never 0 there
};

// `code` is the exit code of the command that asked.
struct answer {
    int code = 0;
    std::string text{};  // a sentence for people; may be empty
    std::string data{};  // what was asked for: JSON; may be empty
    // The connection ends only with the relay's process: who asked waits for that.
    bool until_the_end = false;
};

// Why it cannot be obeyed, for people.
struct bad_request {
    std::string why;
};

// `line` with or without its line end. `version` is that of this program, for the sentence that tells a newer
// client what it talks to.
std::variant<request, bad_request> parse_request(std::string_view line, std::string_view version);
std::string text_of(const request& asked);    // with its line end
std::string text_of(const answer& answered);  // the first line and the data

// What came back. `older`: from a relay of 0.1.0, which answers everything with its status.
struct reply {
    enum class kind : std::uint8_t { answered, older, unreadable };
    kind what = kind::unreadable;
    answer said{};  // answered: all but until_the_end; older: the status as data
};
// All bytes up to the end, or so far: `unreadable` while something is missing.
reply parse_reply(std::string_view bytes);

}  // namespace tiktok2twitch::control
