// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/exit_code.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

// Of the terminal behind stdout; 120 when it is none or does not say.
std::size_t terminal_columns();

// How log lines begin on stderr. `journal_stream`: systemd's variable of that name, "device:inode".
core::log_style style_of_stderr(const std::optional<std::string>& journal_stream);

// Standard output, which carries what was asked for, and what happens when nobody reads it any more: that is
// noticed and said once, and no signal ends the program. One thread at a time.

// First of all. Standard streams that were closed by the caller are no free numbers for files and sockets
// afterwards: what is written there fails.
void prepare_standard_streams();

// False once something could not be written; nothing is written any more then.
bool print_out(std::string_view text);
bool print_now(std::string_view text);  // and no buffer keeps it

// Whether nobody will read what is written, be it that nothing was written yet.
bool output_is_gone();

// How a command ends that ends with `code` otherwise: io_error when its output was lost.
exit_code end_of_output(exit_code code);

}  // namespace tiktok2twitch::app
