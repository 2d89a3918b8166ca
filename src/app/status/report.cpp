// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/status/report.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/files/posix_file.hpp"

namespace tiktok2twitch::app {
namespace {

using json = nlohmann::ordered_json;

json to_json(const relay::ledger::counts& counts) {
    json object = json::object();
    for (const auto& [reason, count] : counts)
        object[reason] = count;
    return object;
}

core::error_code last_error() {
    return {errno, boost::system::system_category()};
}

void append_counts(std::string& text, std::string_view verb, const relay::ledger::counts& counts) {
    for (const auto& [reason, count] : counts)
        text += "    " + std::string(verb) + " " + std::to_string(count) + ": " +
                relay::explain_reason(reason) + " (" + reason + ")\n";
}

// Messages that were removed after they had been said, and what had to be said again for that.
json deletions_object(const egress::pipeline& pipeline, relay::route_id route, const relay::ledger& again) {
    const auto counts = pipeline.lines().counts(route);
    return {{"removed", counts.removed},
            {"deleted", counts.deleted},
            {"kept", to_json(counts.kept)},
            {"pending", pipeline.lines().pending(route)},
            {"said_again",
             {{"received", again.received()},
              {"relayed", again.relayed()},
              {"folded", again.folded()},
              {"filtered", to_json(again.filtered())},
              {"dropped", to_json(again.dropped())},
              {"pending", again.pending()}}}};
}

std::string deletions_text(const egress::pipeline& pipeline, relay::route_id route,
                           const relay::ledger& again) {
    const auto counts = pipeline.lines().counts(route);
    if (counts.removed == 0)
        return {};
    auto text = "    removed on TikTok when already said " + std::to_string(counts.removed) + ", deleted " +
                std::to_string(counts.deleted) + " of them\n";
    append_counts(text, "not deleted", counts.kept);
    if (again.received() > 0)
        text += "    said again, since they shared a line with those " +
                std::to_string(again.relayed() + again.folded()) + " of " + std::to_string(again.received()) +
                "\n";
    append_counts(text, "not said again", again.filtered());
    append_counts(text, "not said again", again.dropped());
    return text;
}

core::error_code write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    return file ? core::error_code{} : last_error();
}

bool is_no_file(const std::string& path) {
    std::error_code ignored;
    const auto there = std::filesystem::status(path, ignored);
    return std::filesystem::exists(there) && !std::filesystem::is_regular_file(there);
}

core::result<files::descriptor> open_now(const std::string& path, int flags) {
    // A pipe that nobody reads would keep us for good.
    files::descriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666));
    if (!file)
        return last_error();
    return file;
}

core::error_code try_opening(const std::string& path, int flags) {
    const auto file = open_now(path, flags);
    return file ? core::error_code() : file.error();
}

core::error_code write_in_place(const std::string& path, const std::string& text) {
    const auto file = open_now(path, O_WRONLY | O_TRUNC);
    if (!file)
        return file.error();
    // Who reads it may take his time.
    if (const int flags = ::fcntl(file->get(), F_GETFL); flags >= 0)
        ::fcntl(file->get(), F_SETFL, flags & ~O_NONBLOCK);
    return files::write_all(file->get(), text);
}

}  // namespace

json report_object(const egress::pipeline& pipeline, const progress_of& progress) {
    json routes = json::array();
    for (const auto& [route, books] : pipeline.routes()) {
        const auto now = progress(route);
        json entry = {{"tiktok", books.tiktok},
                      {"channel", books.channel},
                      {"received", books.ledger.received()},
                      {"relayed", books.ledger.relayed()},
                      {"folded", books.ledger.folded()},
                      {"lines_sent", now.lines_sent},
                      {"lines_accepted", now.lines_accepted},
                      {"filtered", to_json(books.ledger.filtered())},
                      {"dropped", to_json(books.ledger.dropped())},
                      {"pending", now.pending},
                      {"changed", to_json(books.ledger.changed())},
                      {"held", to_json(books.ledger.held())},
                      {"ignored", to_json(books.ledger.ignored())},
                      {"unread", to_json(books.ledger.unread())},
                      {"deletions", deletions_object(pipeline, route, books.again)}};
        routes.push_back(std::move(entry));
    }
    return {{"version", 1}, {"routes", std::move(routes)}};
}

std::string report_json(const egress::pipeline& pipeline, const progress_of& progress, bool dry_run) {
    auto report = report_object(pipeline, progress);
    if (dry_run)
        report["dry_run"] = true;
    return report.dump(2) + "\n";
}

std::string summary_text(const egress::pipeline& pipeline, const progress_of& progress) {
    std::string text;
    for (const auto& [route, books] : pipeline.routes()) {
        const auto now = progress(route);
        text += "@" + books.tiktok + " -> #" + books.channel + ": received " +
                std::to_string(books.ledger.received()) + ", relayed " +
                std::to_string(books.ledger.relayed()) + " in " +
                core::count_text(now.lines_accepted, "line");
        if (now.pending > 0)
            text += ", pending " + std::to_string(now.pending);
        text += "\n";
        if (books.ledger.folded() > 0)
            text += "    folded " + std::to_string(books.ledger.folded()) + "\n";
        append_counts(text, "filtered", books.ledger.filtered());
        append_counts(text, "dropped", books.ledger.dropped());
        append_counts(text, "changed", books.ledger.changed());
        append_counts(text, "held back", books.ledger.held());
        append_counts(text, "ignored", books.ledger.ignored());
        append_counts(text, "unread", books.ledger.unread());
        text += deletions_text(pipeline, route, books.again);
    }
    return text;
}

core::error_code write_report(const std::string& path, const std::string& text) {
    // A pipe or a terminal (/dev/stdout) cannot be replaced by a rename, only written to.
    if (is_no_file(path))
        return write_in_place(path, text);
    const auto temporary = path + ".tmp";
    if (const auto error = write_file(temporary, text)) {
        std::remove(temporary.c_str());
        return std::filesystem::exists(path) && !try_opening(path, O_WRONLY) ? write_in_place(path, text)
                                                                             : error;
    }
    if (std::rename(temporary.c_str(), path.c_str()) != 0)
        return last_error();
    return {};
}

core::error_code try_report(const std::string& path) {
    if (is_no_file(path))
        return try_opening(path, O_WRONLY);
    const auto temporary = path + ".tmp";
    const auto error = try_opening(temporary, O_WRONLY | O_CREAT);
    if (!error)
        std::remove(temporary.c_str());
    return error && try_opening(path, O_WRONLY) ? error : core::error_code();
}

}  // namespace tiktok2twitch::app
