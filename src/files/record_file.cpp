// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "files/record_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "files/posix_file.hpp"

namespace tiktok2twitch::files {
namespace {

core::result<std::string> read_end(int file, std::uint64_t size) {
    std::string out;
    out.reserve(4096);  // on the heap: who has it may move it, and keep views of it
    std::array<char, 64 * 1024> block;
    auto offset = size - std::min(size, record_file::most_read);
    for (;;) {
        const auto count = ::pread(file, block.data(), block.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        if (count == 0 || out.size() > record_file::most_read)
            return out;
        out.append(block.data(), static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
}

core::result<std::uint64_t> size_of(const descriptor& file) {
    struct stat info {};
    if (::fstat(file.get(), &info) != 0)
        return last_error();
    return static_cast<std::uint64_t>(info.st_size);
}

}  // namespace

core::result<record_file::contents> record_file::load() {
    contents out;
    const auto file = open_plain(path_, O_RDONLY);
    if (!file) {
        if (file.error() == boost::system::errc::no_such_file_or_directory)
            return out;
        return file.error();
    }
    const auto size = size_of(*file);
    if (!size)
        return size.error();
    auto bytes = read_end(file->get(), *size);
    if (!bytes)
        return bytes.error();
    out.exists = true;
    out.bytes = std::move(*bytes);
    out.records = read_records(out.bytes, kind_);
    if (out.bytes.empty())
        out.records.headless = true;  // every file was begun with its header
    newer_ = out.records.newer;
    if (newer_)
        return out;
    const bool too_large = *size > most_read;
    if (!out.records.sound() || out.records.other_kind || too_large || *size > compact_after) {
        // Should it fail, the file is as good as before: what is appended to it stands alone.
        if (const auto failed = replace(compact_(out.records.texts)); failed && too_large)
            return failed;
    }
    return out;
}

core::error_code record_file::append(std::string_view records) {
    if (newer_ || records.empty())
        return {};
    const auto file = open_plain(path_, O_WRONLY | O_CREAT | O_APPEND);
    if (!file)
        return file.error();
    const auto size = size_of(*file);
    if (!size)
        return size.error();
    auto failed = *size == 0 ? write_all(file->get(), record_header(kind_)) : core::error_code();
    if (!failed)
        failed = write_all(file->get(), records);
    if (failed) {
        // Half a record is in nobody's way; it only would be called damage.
        if (::ftruncate(file->get(), static_cast<off_t>(*size)) != 0)
            return last_error();
        return failed;
    }
    if (*size + records.size() < compact_at_)
        return {};
    // Should it fail, the next attempt comes after as much again.
    compact_at_ = *size + compact_after;
    return compact();
}

core::error_code record_file::compact() {
    auto found = load();
    if (!found)
        return found.error();
    return found->records.newer ? core::error_code() : replace(compact_(found->records.texts));
}

core::error_code record_file::replace(std::string_view records) {
    const auto text = record_header(kind_) + std::string(records);
    if (const auto failed = replace_file(path_, text))
        return failed;
    compact_at_ = text.size() + compact_after;
    return {};
}

}  // namespace tiktok2twitch::files
