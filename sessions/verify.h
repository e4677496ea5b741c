// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "sessions/import_log.h"
#include "sessions/logged_selection.h"
#include "sessions/verify_keys.h"

namespace gpsh::sessions {

/// How many of how many were right.
struct Tally {
  std::size_t total = 0;
  std::size_t verified = 0;

  friend bool operator==(const Tally&, const Tally&) = default;
};

/// What is true of one secure channel of a log.
struct ChannelVerdict {
  std::size_t line = 0;   ///< of its INITIALIZE UPDATE; of an implicit channel's first command
  bool implicit = false;  ///< SCP02 without INITIALIZE UPDATE: there are no cryptograms
  std::uint8_t protocol = 0;
  std::optional<std::uint8_t> i{};  ///< SCP01, SCP02: what the C-MACs show, 05 or 15, of an implicit channel
                                    ///< 0A or 1A; SCP03: of the answer
  std::uint8_t key_version = 0;     ///< of the answer
  std::string keys{};               ///< empty: none fits
  bool card_cryptogram_right = false;
  std::optional<std::uint8_t> level{};  ///< nothing without EXTERNAL AUTHENTICATE
  bool authentication_damaged = false;  ///< EXTERNAL AUTHENTICATE is there, but cut or changed
  AuthenticationCheck authentication{};
  Tally commands{};  ///< with secure messaging; none is verified without EXTERNAL AUTHENTICATE
  std::optional<Tally> responses{};     ///< that must carry an R-MAC; nothing where none has to
  std::size_t unchecked_responses = 0;  ///< with an R-MAC whose key is not in the log; none of `responses`
  std::size_t decrypted_responses = 0;

  /// Whether everything that could be checked was right.
  [[nodiscard]] bool right() const;
};

/// Something that a person wants to know of one exchange.
struct VerifyFinding {
  enum class Kind {
    wrong,      ///< a MAC or cryptogram that is not right
    decrypted,  ///< what was under the encryption
  };
  Kind kind = Kind::wrong;
  std::size_t line = 0;  ///< of the command
  std::string text{};    ///< one line; no key, PIN or encrypted STORE DATA in it
};

/// What secure messaging carried in one exchange. The response is there where it must have an R-MAC.
struct UnwrappedExchange {
  CommandCheck command{};
  std::optional<ResponseCheck> response{};
};

/// Receives what verify_log() finds, channel by channel: findings, then the verdict.
class VerifySink {
 public:
  virtual ~VerifySink() = default;
  virtual void verdict(const ChannelVerdict& verdict) = 0;
  virtual void finding(const VerifyFinding&) {}
  /// After the findings of an exchange with secure messaging, where the keys are known.
  virtual void unwrapped(const UnwrappedExchange&) {}
  /// With Teaching::on, before: what was computed for the exchange.
  virtual void computed(CryptoSteps&&) {}
};

/// Checks the channels of exchanges as they come: one for each INITIALIZE UPDATE whose host challenge and
/// good answer are there, and one for each first command whose C-MAC shows an implicit SCP02 channel (GPCS
/// 2.3.1 section E.1.2.2). Keeps no more than the channel that is open.
class ChannelVerifier {
 public:
  /// Both must live longer.
  ChannelVerifier(const VerifyKeys& keys, VerifySink& sink, Teaching teaching = Teaching::off)
      : keys_(keys), sink_(sink), teaching_(teaching) {}

  /// `exchange` is whole, see ExchangeJoiner.
  void exchange(const LoggedExchange& exchange);
  void finish();
  /// What is known so far of the channel of the last INITIALIZE UPDATE; null without one. Valid until the
  /// next exchange.
  [[nodiscard]] const ChannelVerdict* open_channel() const { return open_ ? &open_->verdict : nullptr; }

 private:
  struct Open {
    ChannelVerdict verdict{};
    std::vector<FittingChannel> readings{};  ///< one after EXTERNAL AUTHENTICATE
    std::array<std::size_t, 2> macs_of_i{};  ///< right C-MACs under i 05 and 15
  };

  void begin(const LoggedExchange& exchange);
  void begin_implicitly(const CommandApdu& wire, const LoggedExchange& exchange);
  void damaged(const LoggedExchange& exchange);
  void note_selection(const CommandApdu& wire, const LoggedExchange& exchange);
  void authenticate(const CommandApdu& wire, const LoggedExchange& exchange);
  void secured(const CommandApdu& wire, const LoggedExchange& exchange);
  void unsecured(const CommandApdu& wire, const LoggedExchange& exchange);
  std::optional<ResponseCheck> response(const CommandCheck& command, const LoggedExchange& exchange);
  void count(MacReading reading);
  void count(const ResponseCheck& check);
  [[nodiscard]] bool is_right(MacReading reading) const;
  void tell(VerifyFinding::Kind kind, const LoggedExchange& exchange, std::string text);

  const VerifyKeys& keys_;
  VerifySink& sink_;
  Teaching teaching_;
  std::optional<Open> open_;
  LoggedSelection selection_;
  bool selected_since_ = false;   // another application after the channel was opened
  bool may_be_implicit_ = false;  // the next command with secure messaging may open a channel
};

/// What the person who asks gives besides the log.
struct VerifyRequest {
  std::vector<gp::CandidateKeys> given{};
  std::vector<gp::Diversification> derivations{};
  Teaching teaching = Teaching::off;  ///< for explain_log()
};

/// Every key that a log may have been made with: those given, the public test keys, those of its lines.
/// Leaves the stream, which can go back to its start, there.
[[nodiscard]] VerifyKeys keys_for_log(std::istream& in, const VerifyRequest& request);

/// Reads the log twice, for its keys and for its channels, in memory that does not grow with it. The public
/// test keys and those of the log are always tried. Throws Error (file, "unreadable-log").
ImportSummary verify_log(const std::filesystem::path& path, const VerifyRequest& request, VerifySink& sink);
/// The same for a stream that can go back to its start.
ImportSummary verify_log(std::istream& in, const VerifyRequest& request, VerifySink& sink,
                         std::string_view file = "the recording");

}  // namespace gpsh::sessions
