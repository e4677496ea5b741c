// SPDX-License-Identifier: Apache-2.0
#include "gp/implicit_channel.h"

#include <utility>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/card_data.h"
#include "gp/counted_attempt.h"
#include "gp/scp02.h"
#include "gp/secure_messaging.h"

namespace gpsh::gp {
namespace {

constexpr std::uint16_t kSequenceCounter = 0x00C1;
constexpr std::size_t kCounterBytes = 2;

/// What is wrong with the data of a command, its Le or the moment, the card tells once its C-MAC is verified
/// (GPCS 2.3.1 section E.1.2: the counter moves on before the command is processed).
bool speaks_of_the_command(StatusWord sw) {
  constexpr std::uint8_t kWrongParameters = 0x6A;
  constexpr std::uint8_t kWrongLe = 0x6C;
  constexpr StatusWord kConditionsOfUse{0x6985};
  return sw.sw1() == kWrongParameters || sw.sw1() == kWrongLe || sw == kConditionsOfUse;
}

/// Counts the first command as the authentication it is. While it is undecided, what follows is the same
/// attempt.
class CountedFirstCommand final : public FirstCommandWatch {
 public:
  CountedFirstCommand(AttemptSetting setting, std::optional<Remark> when_accepted)
      : observer_(setting.session.observer()),
        attempt_(std::move(setting)),
        when_accepted_(std::move(when_accepted)) {}

  void before_first_command() override {
    begun_ = !std::exchange(undecided_, false);
    if (begun_) attempt_.begin();
  }
  void first_command_not_sent() override {
    if (begun_) attempt_.not_sent();
    undecided_ = !begun_;
  }
  [[nodiscard]] FirstAnswer after_first_command(StatusWord sw) override {
    if (sw.ok() || sw.warning()) {
      attempt_.succeeded();
      if (when_accepted_) observer_.remark(*when_accepted_);
      return FirstAnswer::accepted;
    }
    undecided_ = speaks_of_the_command(sw);
    if (undecided_) return FirstAnswer::undecided;
    attempt_.failed();
    return FirstAnswer::refused;
  }

 private:
  Observer& observer_;
  CountedAttempt attempt_;
  std::optional<Remark> when_accepted_;
  bool begun_ = false;      ///< by the last command, and not by one before it
  bool undecided_ = false;  ///< an attempt is under way
};

/// With its tag or, as some cards answer, without.
Bytes sequence_counter(CardSession& session) {
  auto data = get_data(session, kSequenceCounter);
  if (data.size() == kCounterBytes) return data;
  const auto object = find_tlv(read_tlvs(data, "sequence counter"), 0xC1);
  if (object && object->value.size() == kCounterBytes) return to_bytes(object->value);
  throw Error({.kind = ErrorKind::card,
               .code = "bad-response",
               .message = "GET DATA 00C1 gives no sequence counter of two bytes: " + to_hex(data),
               .advice = "an implicit channel cannot be opened without it"});
}

const Aid& application(const CardSession& session) {
  if (session.selected_aid()) return *session.selected_aid();
  throw Error({.kind = ErrorKind::usage,
               .code = "aid-unknown",
               .message = "an implicit channel depends on the AID of the application, which is not known",
               .advice = "select it with its whole AID first"});
}

}  // namespace

void open_implicit_channel(CardSession& session, const OpenRequest& request, Ledger& ledger) {
  constexpr SecurityLevel kOnlyLevel(0x01);
  if (request.level != kOnlyLevel) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "channel-option",
                 .message = "an implicit channel has security level 01 only",
                 .advice = "use -security 1"});
  }
  if (!request.keys.derivation.none()) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "channel-option",
                 .message =
                     "keys are derived from the answer to INITIALIZE UPDATE, which an implicit channel "
                     "does not have",
                 .advice = "give the card's own keys, and leave out -keyDerivation"});
  }
  const auto& aid = application(session);
  const auto counter = sequence_counter(session);
  const KeyPurpose purpose{.protocol = Scp02::kNumber, .i = *request.scp_impl, .diversification_data = {}};
  const auto keys = static_keys(request.keys, purpose);
  auto channel = Scp02::implicit({.keys = keys,
                                  .sequence_counter = counter,
                                  .application = aid,
                                  .i = *request.scp_impl,
                                  .wire = session.wire()});
  session.observer().remark({.severity = Severity::note,
                             .code = "implicit-channel",
                             .text = "SCP02 with i=" + to_hex(*request.scp_impl) +
                                     " starts with the first command; no key is proven before it"});
  session.open_channel(
      SecureChannel({.protocol = Scp02::kNumber, .i = *request.scp_impl, .level = kOnlyLevel},
                    std::move(channel)),
      std::make_unique<CountedFirstCommand>(
          AttemptSetting{.session = session,
                         .ledger = ledger,
                         .connection = session.connection_info(),
                         .key_version = request.key_version,
                         .over_limit = request.force == Force::yes ? OverLimit::attempt : OverLimit::refuse},
          public_keys_remark(request.keys, purpose)));
}

void end_implicit_channel(CardSession& session, ByteView apdu) {
  const bool begun = session.channel_is_implicit() && !session.awaits_first_command();
  if (!begun || !without_secure_messaging(apdu)) return;
  session.lose_channel(ChannelLoss::plain_command);
  session.observer().remark({.severity = Severity::note,
                             .code = "implicit-ended",
                             .text = "a command without secure messaging ends an implicit channel: the card "
                                     "begins another with the next C-MAC",
                             .advice = "send it with -sc 1, or open_sc again"});
}

}  // namespace gpsh::gp
