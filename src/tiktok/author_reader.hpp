// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Who wrote a message: names, roles and levels (tiktok.md 4.4, 5.3).

#include "tiktok2twitch/relay/event.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {

// Takes the names out of `user`. UserIdentity tells the relation to this room's streamer and wins; older
// messages lack it (null), and then the account's attributes and badges decide (4.4).
relay::author read_author(webcast::User& user, const webcast::UserIdentity* identity);

}  // namespace tiktok2twitch::tiktok
