// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "core/clusters.hpp"
#include "core/code_points.hpp"
#include "core/utf8.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::core {
namespace {

constexpr std::string_view ellipsis = "…";

// Cuts at the last cluster end at which `measure` leaves room for the ellipsis.
template <class Measure>
std::string cut(std::string_view text, std::size_t limit, const Measure& measure) {
    cluster_walker walker(text);
    std::size_t clusters = 0;
    std::size_t fitting = 0;
    while (!walker.done()) {
        walker.next();
        const std::size_t used = measure(walker, ++clusters);
        if (used > limit) {
            return limit == 0 ? std::string() : std::string(text.substr(0, fitting)).append(ellipsis);
        }
        if (used < limit) {
            fitting = walker.end();
        }
    }
    return std::string(text);
}

// Normalisation sorts the marks behind a base by insertion. More than 30 do not occur in any language
// (UAX #15, Stream-Safe Text Format); without this bound a flood of marks would cost quadratic time.
std::string bounded_marks(std::string_view text) {
    constexpr std::size_t most = 30;
    std::string out;
    out.reserve(text.size());
    std::size_t run = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code_point = utf8::next(text, at);
        run = property_of(code_point).combining_class != 0 ? run + 1 : 0;
        if (run <= most) {
            utf8::append(out, code_point);
        }
    }
    return out;
}

struct free_deleter {
    void operator()(utf8proc_uint8_t* memory) const noexcept { std::free(memory); }
};

}  // namespace

std::size_t count_code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char byte : text) {
        count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
}

std::size_t count_clusters(std::string_view text) {
    std::size_t count = 0;
    for (cluster_walker walker(text); !walker.done(); ++count) {
        walker.next();
    }
    return count;
}

std::string cut_code_points(std::string_view text, std::size_t limit) {
    return cut(text, limit,
               [](const cluster_walker& walker, std::size_t) noexcept { return walker.code_points(); });
}

std::string cut_clusters(std::string_view text, std::size_t limit) {
    return cut(text, limit, [](const cluster_walker&, std::size_t clusters) noexcept { return clusters; });
}

std::string fold_case(std::string_view text) {
    const std::string bounded = bounded_marks(text);
    constexpr auto nfkc_casefold = static_cast<utf8proc_option_t>(
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    utf8proc_uint8_t* memory = nullptr;
    const utf8proc_ssize_t size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(bounded.data()),
                     static_cast<utf8proc_ssize_t>(bounded.size()), &memory, nfkc_casefold);
    const std::unique_ptr<utf8proc_uint8_t, free_deleter> owner(memory);
    if (size < 0) {
        throw std::bad_alloc();  // the text is valid UTF-8: nothing else can fail
    }
    return std::string(reinterpret_cast<const char*>(memory), static_cast<std::size_t>(size));
}

}  // namespace tiktok2twitch::core
