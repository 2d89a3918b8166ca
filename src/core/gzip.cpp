// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/gzip.hpp"

#include <algorithm>
#include <limits>
#include <new>

#include <zlib.h>

namespace tiktok2twitch::core {

std::string gzip(std::string_view bytes) {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    constexpr int gzip_wrapper = 16;
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_wrapper + MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
    std::string out;
    int status = Z_OK;
    while (status == Z_OK) {
        const std::size_t used = out.size();
        out.resize(used + std::max<std::size_t>(bytes.size() / 4, 1024));
        const std::size_t in_piece = std::min(bytes.size(), most);
        const std::size_t out_piece = std::min(out.size() - used, most);
        // zlib's interface is older than const; deflate() does not write to its input.
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream.avail_in = static_cast<uInt>(in_piece);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
        stream.avail_out = static_cast<uInt>(out_piece);
        status = deflate(&stream, in_piece == bytes.size() ? Z_FINISH : Z_NO_FLUSH);
        bytes.remove_prefix(in_piece - stream.avail_in);
        out.resize(used + out_piece - stream.avail_out);
    }
    deflateEnd(&stream);
    return out;
}

}  // namespace tiktok2twitch::core
