// SPDX-License-Identifier: Apache-2.0
#include "gp/implicit_channel.h"

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

/// Counts the first command as the authentication it is.
class CountedFirstCommand final : public FirstCommandWatch {
 public:
  CountedFirstCommand(AttemptSetting setting, std::optional<Remark> when_accepted)
      : observer_(setting.session.observer()),
        attempt_(std::move(setting)),
        when_accepted_(std::move(when_accepted)) {}

  void before_first_command() override { attempt_.begin(); }
  void after_first_command(StatusWord sw) override {
    const bool accepted = sw.ok() || sw.warning() || sw.sw1() == 0x61;
    if (accepted) {
      attempt_.succeeded();
      if (when_accepted_) observer_.remark(*when_accepted_);
    } else {
      attempt_.failed();
    }
  }

 private:
  Observer& observer_;
  CountedAttempt attempt_;
  std::optional<Remark> when_accepted_;
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
  const auto* channel = session.channel();
  const bool implicit =
      channel != nullptr && channel->protocol == Scp02::kNumber && Scp02::starts_implicitly(channel->i);
  if (!implicit || session.awaits_first_command() || !without_secure_messaging(apdu)) return;
  session.lose_channel();
  session.observer().remark({.severity = Severity::note,
                             .code = "implicit-ended",
                             .text = "a command without secure messaging ends an implicit channel: the card "
                                     "begins another with the next C-MAC",
                             .advice = "send it with -sc 1, or open_sc again"});
}

}  // namespace gpsh::gp
