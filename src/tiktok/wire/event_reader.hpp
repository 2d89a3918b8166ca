// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What happened in a room, from the schema's messages to relay::event (docs/protocol/tiktok.md §4.5, §4.6).
// Each function takes the texts out of its message and answers skipped::not_relayed for what is no news to
// anybody.

#include "tiktok2twitch/tiktok/wire/message_codec.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {

decoded_message read_chat(webcast::WebcastChatMessage& message, const webcast::BaseProtoMessage& base);
decoded_message read_emote_chat(webcast::WebcastEmoteChatMessage& message,
                                const webcast::BaseProtoMessage& base);
decoded_message read_question(webcast::WebcastQuestionNewMessage& message,
                              const webcast::BaseProtoMessage& base);
decoded_message read_gift(webcast::WebcastGiftMessage& message, const webcast::BaseProtoMessage& base);
decoded_message read_like(webcast::WebcastLikeMessage& message, const webcast::BaseProtoMessage& base);
decoded_message read_join(webcast::WebcastMemberMessage& message, const webcast::BaseProtoMessage& base);
decoded_message read_social(webcast::WebcastSocialMessage& message, const webcast::BaseProtoMessage& base);
decoded_message read_subscription(webcast::WebcastSubNotifyMessage& message,
                                  const webcast::BaseProtoMessage& base);
decoded_message read_envelope(webcast::WebcastEnvelopeMessage& message,
                              const webcast::BaseProtoMessage& base);
decoded_message read_viewers(webcast::WebcastRoomUserSeqMessage& message,
                             const webcast::BaseProtoMessage& base);

}  // namespace tiktok2twitch::tiktok
