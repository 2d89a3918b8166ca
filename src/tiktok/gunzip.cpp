// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

class inflater {
public:
    // 16: a gzip wrapper is required, nothing else is accepted.
    inflater() noexcept : ready_(inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK) {}
    ~inflater() {
        if (ready_)
            inflateEnd(&stream_);
    }
    inflater(const inflater&) = delete;
    inflater& operator=(const inflater&) = delete;

    core::error_code run(std::string_view bytes, std::size_t max_bytes, std::string& out);

private:
    // Room for the next piece of output. One byte beyond the cap tells "exactly full" from "too large".
    void make_room(std::string& out, std::size_t max_bytes) {
        if (used_ < out.size())
            return;
        const std::size_t grown = std::max<std::size_t>(out.size() * 2, 16 * 1024);
        out.resize(std::min(grown, max_bytes + 1));
    }

    z_stream stream_{};
    bool ready_;
    std::size_t used_ = 0;
};

core::error_code inflater::run(std::string_view bytes, std::size_t max_bytes, std::string& out) {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    if (!ready_)
        return errc::inflate_failed;
    while (true) {
        make_room(out, max_bytes);
        const std::size_t in_piece = std::min(bytes.size(), most);
        const std::size_t out_piece = std::min(out.size() - used_, most);
        // zlib's interface is older than const; inflate() does not write to its input.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(in_piece);
        stream_.next_out = reinterpret_cast<Bytef*>(out.data() + used_);
        stream_.avail_out = static_cast<uInt>(out_piece);
        const int status = inflate(&stream_, Z_NO_FLUSH);
        bytes.remove_prefix(in_piece - stream_.avail_in);
        used_ += out_piece - stream_.avail_out;
        if (used_ > max_bytes)
            return errc::inflated_too_large;
        if (status == Z_STREAM_END) {
            if (!has_gzip_magic(bytes))
                break;
            if (inflateReset(&stream_) != Z_OK)
                return errc::inflate_failed;
        } else if (status != Z_OK) {
            return errc::inflate_failed;  // damaged, or the input ends early (Z_BUF_ERROR)
        }
    }
    out.resize(used_);
    return {};
}

}  // namespace

bool has_gzip_magic(std::string_view bytes) noexcept {
    return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

core::error_code gunzip(std::string_view bytes, std::size_t max_bytes, std::string& out) {
    out.clear();
    return inflater().run(bytes, max_bytes, out);
}

}  // namespace tiktok2twitch::tiktok
