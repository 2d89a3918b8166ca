// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string_view>

#include "tiktok/message_codec.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// Sorted; from tiktok.md 4.8 and 7.2. A name outside this list is worth counting: TikTok added something.
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
