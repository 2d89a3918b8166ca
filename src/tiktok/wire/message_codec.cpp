// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/message_codec.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "tiktok/wire/event_reader.hpp"
#include "tiktok2twitch/core/ascii.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {
namespace {

template <class Message>
bool parse(Message& message, std::string_view bytes) {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return false;
    return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// `message` is the scratch object of the method's schema.
template <class Message>
decoded_message decode_as(Message& message, const webcast::BaseProtoMessage& base,
                          decoded_message (*read)(Message&, const webcast::BaseProtoMessage&)) {
    return parse(message, base.payload()) ? read(message, base) : skipped::undecodable;
}

decoded_message read_deletion(webcast::WebcastImDeleteMessage& message, const webcast::BaseProtoMessage&) {
    deletion out;
    out.msg_ids.assign(message.delete_msg_ids().begin(), message.delete_msg_ids().end());
    out.user_ids.assign(message.delete_user_ids().begin(), message.delete_user_ids().end());
    if (out.msg_ids.empty() && out.user_ids.empty())
        return skipped::not_relayed;
    return out;
}

decoded_message read_change(webcast::WebcastControlMessage& control, const webcast::BaseProtoMessage&) {
    switch (control.action()) {
        case 1:
            return room_change::paused;
        case 2:
            return room_change::resumed;
        case 3:
            return room_change::ended;
        case 4:
            return room_change::suspended;
        default:
            return skipped::not_relayed;
    }
}

decoded_message read_notice(webcast::WebcastRoomMessage& message, const webcast::BaseProtoMessage&) {
    if (message.common().display_text().key() == "pm_mt_LIVE_commentFiltered_notif")
        return filtered_notice{};
    return skipped::not_relayed;
}

// A name of the wire, for a log line.
std::string shown_method(std::string_view name) {
    constexpr std::size_t longest = 60;
    std::string out(name.substr(0, longest));
    std::ranges::replace_if(
        out, [](char c) { return !core::ascii::is_alnum(c) && c != '_'; }, '?');
    return out;
}

bool is_final(const std::optional<room_change>& change) noexcept {
    return change == room_change::ended || change == room_change::suspended;
}

}  // namespace

struct message_codec::scratch {
    webcast::BaseProtoMessage base;
    webcast::WebcastChatMessage chat;
    webcast::WebcastEmoteChatMessage emote_chat;
    webcast::WebcastQuestionNewMessage question;
    webcast::WebcastGiftMessage gift;
    webcast::WebcastLikeMessage like;
    webcast::WebcastMemberMessage member;
    webcast::WebcastSocialMessage social;
    webcast::WebcastSubNotifyMessage subscription;
    webcast::WebcastEnvelopeMessage envelope;
    webcast::WebcastRoomUserSeqMessage viewers;
    webcast::WebcastImDeleteMessage deletion;
    webcast::WebcastControlMessage control;
    webcast::WebcastRoomMessage room;
};

message_codec::message_codec() : scratch_(std::make_unique<scratch>()) {}
message_codec::~message_codec() = default;

std::string_view message_codec::method() const noexcept {
    return scratch_->base.method();
}

decoded_message message_codec::decode(std::string_view bytes) {
    scratch& s = *scratch_;
    if (!parse(s.base, bytes))
        return skipped::undecodable;
    constexpr std::string_view prefix = "Webcast";
    std::string_view method = s.base.method();
    if (method.starts_with(prefix))  // a few names come without it (docs/protocol/tiktok.md §7.2)
        method.remove_prefix(prefix.size());

    if (method == "ChatMessage")
        return decode_as(s.chat, s.base, read_chat);
    if (method == "EmoteChatMessage")
        return decode_as(s.emote_chat, s.base, read_emote_chat);
    if (method == "QuestionNewMessage")
        return decode_as(s.question, s.base, read_question);
    if (method == "GiftMessage")
        return decode_as(s.gift, s.base, read_gift);
    if (method == "LikeMessage")
        return decode_as(s.like, s.base, read_like);
    if (method == "MemberMessage")
        return decode_as(s.member, s.base, read_join);
    if (method == "SocialMessage")
        return decode_as(s.social, s.base, read_social);
    if (method == "SubNotifyMessage")
        return decode_as(s.subscription, s.base, read_subscription);
    if (method == "EnvelopeMessage")
        return decode_as(s.envelope, s.base, read_envelope);
    if (method == "RoomUserSeqMessage")
        return decode_as(s.viewers, s.base, read_viewers);
    if (method == "ImDeleteMessage")
        return decode_as(s.deletion, s.base, read_deletion);
    if (method == "ControlMessage")
        return decode_as(s.control, s.base, read_change);
    if (method == "RoomMessage")
        return decode_as(s.room, s.base, read_notice);
    return is_known_method(method) ? skipped::not_relayed : skipped::unknown_method;
}

void put(decoded_message message, std::string_view method, core::time_point now, decoded_batch& batch,
         frame_counts& counts) {
    if (const auto* why = std::get_if<skipped>(&message)) {
        if (*why == skipped::undecodable) {
            ++counts.undecodable_messages;
            ++batch.unread.undecodable_messages;
        } else if (*why == skipped::unknown_method) {
            ++counts.unknown_methods;
            if (batch.unknown_methods.size() < max_unknown_methods)
                batch.unknown_methods.push_back(shown_method(method));
        }
    } else if (auto* event = std::get_if<decoded_event>(&message)) {
        event->what.received_at = now;
        batch.events.push_back(std::move(*event));
    } else if (auto* what = std::get_if<deletion>(&message)) {
        batch.deletions.push_back(std::move(*what));
    } else if (const auto* change = std::get_if<room_change>(&message)) {
        // The latest counts, but nothing takes an end back.
        if (!is_final(batch.change))
            batch.change = *change;
    } else {
        batch.filtered_notice = true;
    }
}

namespace {

// Sorted; from docs/protocol/tiktok.md §4.8 and §7.2. A name outside this list is worth counting: TikTok
// added something.
// clang-format off
constexpr std::string_view names[] = {
    "AILiveSummaryMessage", "AISummaryMessage", "AccessControlMessage", "AccessRecallMessage",
    "ActivityQuizCardMessage", "ActivityQuizUserIdentityMessage", "AlertBoxAuditResultMessage",
    "AnchorGetSubQuotaMessage", "AnchorGrowLevelMessage", "AnchorReminderWordMessage",
    "AnchorTaskReminderMessage", "AnchorToolModificationMessage", "AssetMessage",
    "AudienceReserveUserStateMessage", "AuthorizationNotifyMessage", "AvatarGenerateResultMessage",
    "AvatarReportDeleteMessage", "AvatarStyleResultMessage", "BALeadGenMessage", "BALinkFullMessage",
    "BackpackMessage", "BarrageMessage", "BindingGiftMessage", "BizStickerMessage", "BoostCardMessage",
    "BoostedUsersMessage", "BottomMessage", "CapsuleMessage", "CaptionMessage", "ChatMessage",
    "CohostReserveMessage", "CohostTopicMessage", "ColdStartMessage", "CommentTrayMessage",
    "CommentsMessage", "CommercialCustomMessage", "CommonPopupMessage", "CommonToastMessage",
    "CompetitionMessage", "ControlMessage", "CountdownForAllMessage", "CountdownMessage", "DiggMessage",
    "DonationInfoMessage", "DonationMessage", "DonationStickerModifyMethod", "EcBarrageMessage",
    "EcDrawMessage", "EcShortItemRefreshMessage", "EcTaskRefreshCouponListMessage", "EcTaskRegisterMessage",
    "EffectControlMessage", "EffectPreloadingMessage", "EmoteChatMessage", "EnvelopeMessage",
    "EnvelopePortalMessage", "EpiMessage", "EventMessage", "FansEventMessage", "FeedUserRoomMonitorMessage",
    "FollowCardMessage", "ForceFetchRecommendationsMessage", "GameEmoteUpdateMessage",
    "GameGuessPinCardMessage", "GameGuessToastMessage", "GameGuessWidgetsMessage", "GameMomentMessage",
    "GameOCRPingMessage", "GameRankNotifyMessage", "GameRecommendCreateGuessMessage",
    "GameReqSetGuessMessage", "GameServerFeatureMessage", "GameSettingChangeMessage",
    "GiftBroadcastMessage", "GiftCollectionUpdateMessage", "GiftDynamicRestrictionMessage",
    "GiftGalleryMessage", "GiftGuideMessage", "GiftMessage", "GiftNoticeMessage", "GiftPanelUpdateMessage",
    "GiftProgressMessage", "GiftPromptMessage", "GiftRecordCapsuleMessage", "GiftUnlockMessage",
    "GiftUpdateMessage", "GoalUpdateMessage", "GoodyBagMessage", "GreetingMessage",
    "GroupLiveMemberNotifyMessage", "GuessQuestionAuditMessage", "GuestInviteGuideMessage",
    "GuestInviteMessage", "GuestShowdownMessage", "GuideMessage", "GuideTaskMessage", "HashtagMessage",
    "HighlightFragementReady", "HostBoardMessage", "HotRoomMessage", "HourlyRankMessage",
    "HourlyRankRewardMessage", "ImDeleteMessage", "InRoomBannerEvent", "InRoomBannerMessage",
    "InRoomBannerRefreshMessage", "InteractionHubGoalMessage", "InteractiveEffectMessage",
    "KaraokeQueueListMessage", "KaraokeQueueMessage", "KaraokeRedDotMessage", "KaraokeReqMessage",
    "KaraokeSwitchMessage", "KaraokeYouSingReqMessage", "LikeMessage", "LinkBusinessMessage",
    "LinkLayerMessage", "LinkLayoutMessage", "LinkMessage", "LinkMicAdMessage", "LinkMicAnchorGuideMessage",
    "LinkMicArmies", "LinkMicBattle", "LinkMicBattleItemCard", "LinkMicBattlePunishFinish",
    "LinkMicBattleVictoryLap", "LinkMicFanTicketMethod", "LinkMicLayoutStateMessage", "LinkMicMethod",
    "LinkMicSignalingMethod", "LinkScreenChangeMessage", "LinkStateMessage", "LinkmicAnimationMessage",
    "LinkmicAudienceNoticeMessage", "LinkmicBattleNoticeMessage", "LinkmicBattleTaskMessage",
    "LiveGameIntroMessage", "LiveInfoAuditNoticeMessage", "LiveIntroMessage", "LiveJourneyMessage",
    "LiveShowMessage", "MGPunishCenterActionMessage", "MarqueeAnnouncementMessage", "MemberMessage",
    "MiddleTouchMessage", "MsgDetectMessage", "MultiGuestSuggestMessage", "NewAnchorGuideMessage",
    "NoticeMessage", "NoticeboardMessage", "NoticeboardReviewMessage", "NotifyMessage",
    "OChannelAnchorMessage", "OChannelModifyMessage", "OChannelUserMessage", "OecLiveHotRoomMessage",
    "OecLiveManagerMessage", "OecLiveShoppingMessage", "PaidContentLiveShoppingMessage",
    "PartnershipCardChangeMessage", "PartnershipDownloadCountMessage", "PartnershipDropsAnchorMessage",
    "PartnershipDropsCardChangeMessage", "PartnershipDropsUpdateMessage", "PartnershipGameOfflineMessage",
    "PartnershipPunishMessage", "PartnershipTaskShowMessage", "PerceptionMessage", "PictionaryEndMessage",
    "PictionaryExitMessage", "PictionaryStartMessage", "PictionaryUpdateMessage", "PlayTogetherMessage",
    "PlaybookMessage", "PollMessage", "PopularCardMessage", "PortalMessage", "PreviewGameMomentMessage",
    "PrivilegeAdvanceMessage", "PrivilegeDynamicEffectMessage", "ProjectDModifyH5",
    "PromoteAdStatusMessage", "QuestionDeleteMessage", "QuestionNewMessage", "QuestionSelectedMessage",
    "QuestionSlideDownMessage", "QuestionSwitchMessage", "QuickChatListMessage", "RankTextMessage",
    "RankToastMessage", "RankUpdateMessage", "RealTimePerformancePageMessage", "RealtimeLiveCenterMethod",
    "RoomBottomMessage", "RoomEventMessage", "RoomMessage", "RoomNotifyMessage", "RoomPinMessage",
    "RoomStickerMessage", "RoomStreamAdaptationMessage", "RoomUserSeqMessage", "RoomVerifyMessage",
    "ScreenChatMessage", "ShareGuideMessage", "ShortTouchMessage", "SocialMessage", "SpeakerMessage",
    "SpecialPushMessage", "StarCommentNotificationMessage", "StarCommentPushMessage", "StreamStatusMessage",
    "SubCapsuleMessage", "SubContractStatusMessage", "SubNotifyMessage", "SubPinEventMessage",
    "SubQueueMessage", "SubTimerStickerMessage", "SubWaveMessage", "SubscriptionGuideMessage",
    "SubscriptionNotifyMessage", "SystemMessage", "ToastMessage", "TrayMessage",
    "UnauthorizedMemberMessage", "UpdateShareRevenueNoticeMessage", "UpgradeMessage", "UserStatsMessage",
    "VideoLiveCouponRcmdMessage", "VideoLiveGoodsOrderMessage", "VideoLiveGoodsRcmdMessage",
    "ViewerPicksUpdateMessage", "WalletLiveRewardsRatioMessage", "WallpaperMessage",
    "WallpaperReviewMessage", "WeeklyRankRewardMessage", "WishlistUpdateMessage",
};
// clang-format on
static_assert(std::ranges::is_sorted(names));

}  // namespace

bool is_known_method(std::string_view name) noexcept {
    return std::ranges::binary_search(names, name);
}

}  // namespace tiktok2twitch::tiktok
