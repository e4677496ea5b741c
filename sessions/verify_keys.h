// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gp/diversification.h"
#include "gp/doctor.h"
#include "sessions/logged_keys.h"
#include "sessions/logged_selection.h"
#include "sessions/verify_channel.h"

namespace gpsh::sessions {

/// Every key that a logged channel may have been opened with.
struct VerifyKeys {
  std::vector<gp::CandidateKeys> candidates{};     ///< in the order in which to try them
  std::vector<gp::Diversification> derivations{};  ///< the same
  std::vector<LoggedSessionKeys> session_keys{};
};

/// The public test keys of 16 bytes, the log's, those given, the public one of 32 bytes.
[[nodiscard]] std::vector<gp::CandidateKeys> verify_candidates(const std::vector<LoggedKeys>& logged,
                                                               std::vector<gp::CandidateKeys> given);

/// A channel whose card cryptogram is the card's under these keys.
struct FittingChannel {
  std::uint8_t protocol = 0;
  std::string keys{};  ///< "default+visa2", "session keys in the log"
  std::unique_ptr<ChannelCheck> check{};
  CryptoSteps key_steps{};  ///< with Teaching::on: its session keys, and a challenge that is not random
};

/// An INITIALIZE UPDATE and its answer.
struct ChannelStart {
  const gp::InitializeUpdateResponse& answer;
  ByteView host_challenge;
  const LoggedSelection& selection;  ///< what came before
};

/// The readings of an answer to INITIALIZE UPDATE whose card cryptogram fits, at most kMostReadings. The
/// cryptogram proves one key only, so there may be several.
inline constexpr std::size_t kMostReadings = 4;
[[nodiscard]] std::vector<FittingChannel> fitting_channels(const ChannelStart& start, const VerifyKeys& keys,
                                                           Teaching teaching);

/// What an implicit SCP02 channel may be opened with.
struct ImplicitCase {
  const std::vector<Aid>& applications;  ///< what the selected application may be called
  ByteView sequence_counter;             ///< 2 bytes, of GET DATA 00C1
};
/// The channel whose first C-MAC this command carries (GPCS 2.3.1 section E.1.2.2); nothing where no key
/// makes it. The command is not checked yet.
[[nodiscard]] std::optional<FittingChannel> implicit_channel(const ImplicitCase& implicit,
                                                             const CommandApdu& first, const VerifyKeys& keys,
                                                             Teaching teaching);

}  // namespace gpsh::sessions
