// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "core/aid.h"
#include "core/apdu.h"
#include "core/connection.h"
#include "core/observer.h"
#include "gp/command_chaining.h"
#include "gp/random.h"
#include "gp/secure_channel.h"
#include "gp/transport.h"
#include "gp/wire.h"

namespace gpsh::gp {

/// What the last successful SELECT left.
struct Selection {
  std::optional<Aid> typed{};  ///< as it was asked for; nothing for the default application
  std::optional<Aid> aid{};    ///< as the card names it (FCI tag 84), else the typed one
  Bytes fci{};                 ///< the SELECT response's data; often empty, as SELECT carries no Le
};

/// What the answer to the first command says of a channel that starts with it.
enum class FirstAnswer {
  accepted,
  refused,
  undecided,  ///< the command was refused for its own data, which a card looks at behind the C-MAC alone
};

/// Told of the first command through a channel that was opened without authentication: it is the
/// authentication (GPCS 2.3.1 section E.1.2.2). Where it stays undecided, the next command is the first too.
class FirstCommandWatch {
 public:
  virtual ~FirstCommandWatch() = default;
  /// An Error ends the command before it is sent.
  virtual void before_first_command() = 0;
  /// The command went no further than that: the card has not heard of it.
  virtual void first_command_not_sent() = 0;
  [[nodiscard]] virtual FirstAnswer after_first_command(StatusWord sw) = 0;
};

/// Why the channel is gone although the script did not end it.
enum class ChannelLoss {
  plain_command,  ///< without secure messaging, which ends an implicit channel
  refused,        ///< the card has no session behind its answer (implicit: GPCS 2.3.1 section E.1.6)
  not_sent,       ///< a command was stopped behind its C-MAC, so the card's chain is behind
};

/// One card between connect and disconnect: the selected application, its secure channel, the transport.
/// Commands are free functions that take a CardSession. Does not own what it is built from; all of it
/// outlives the session. A new connection gets a new session, so no state survives a reconnect.
///
/// Every command gives the observer command(), response() and unwrapped(), in this order. An Error of the
/// connection gets the exchange it happened in.
class CardSession {
 public:
  CardSession(Connection& connection, Observer& observer, RandomNumberGenerator& random, Wire wire);

  /// Through the secure channel if one is open, else as it is. `name` is the specification's: "GET STATUS".
  /// The status word is data: see expect_ok(). Throws what SecureChannel::wrap and Transport::transmit throw.
  ResponseApdu transmit(const CommandApdu& plain, std::string_view name);
  /// The same for a command whose data may be longer than an APDU: DELETE, INSTALL, PUT KEY (GPCS 2.3.1
  /// section 11.1.5.1). With ChainMac::each one that has to be cut becomes several commands with a MAC each.
  /// A status word other than 9000 ends the sequence and is returned.
  ResponseApdu transmit_chained(const CommandApdu& plain, std::string_view name,
                                ChainMac mac = ChainMac::whole);
  /// Never through the channel: SELECT, INITIALIZE UPDATE, and EXTERNAL AUTHENTICATE with its MAC already in
  /// place.
  ResponseApdu transmit_plain(const CommandApdu& command, std::string_view name);
  /// These bytes, whatever they are. Never through the channel.
  ResponseApdu transmit_raw(ByteView apdu, std::string_view name = "the command");

  [[nodiscard]] bool channel_open() const { return channel_.has_value(); }
  /// Null without a channel; valid until the channel changes.
  [[nodiscard]] const ChannelInfo* channel() const;
  void open_channel(SecureChannel channel, std::unique_ptr<FirstCommandWatch> watch = nullptr);
  /// What SecureChannel::encrypt_sensitive() does. Throws Error (usage, "no-channel") without a channel.
  [[nodiscard]] Bytes encrypt_sensitive(ByteView blocks) const;
  /// Forgets keys and chain; sends nothing.
  void close_channel();
  /// The same where the script may not know: until a channel is opened or something selected, transmit() and
  /// transmit_chained() throw Error (usage, "no-channel") and send nothing.
  void lose_channel(ChannelLoss reason);
  [[nodiscard]] bool channel_lost() const { return lost_.has_value(); }
  /// The open channel is one that started without INITIALIZE UPDATE.
  [[nodiscard]] bool channel_is_implicit() const;
  /// A channel was opened without authentication, and no command of it was accepted yet.
  [[nodiscard]] bool awaits_first_command() const { return watch_ != nullptr; }

  [[nodiscard]] const Selection& selection() const { return selection_; }
  [[nodiscard]] const std::optional<Aid>& selected_aid() const { return selection_.aid; }
  /// The new selection ends the channel.
  void set_selection(Selection selection);

  /// Most plain command data for one APDU: 255 or the card's own limit (FCI tag 9F65), less secure messaging.
  /// Wire::gpshell does not know tag 9F65.
  [[nodiscard]] std::size_t max_command_data() const;

  /// What this session has cost so far; the difference of two is a command's cost.
  [[nodiscard]] const WireCost& wire_cost() const { return transport_.cost(); }

  [[nodiscard]] Observer& observer() { return observer_; }
  [[nodiscard]] RandomNumberGenerator& random() { return random_; }
  [[nodiscard]] Wire wire() const { return wire_; }
  [[nodiscard]] ConnectionInfo connection_info() const { return connection_.describe(); }
  [[nodiscard]] TransmissionProtocol protocol() const { return connection_.describe().protocol; }

 private:
  struct Passage;  // the plain and the wire form of one command

  ResponseApdu pass(const Passage& passage);
  ResponseApdu pass_silently(const Passage& passage);
  ResponseApdu pass_pieces(const CommandApdu& wire, const Passage& passage);
  void need_channel_not_lost(std::string_view name) const;
  ResponseApdu transmit_each(const CommandApdu& plain, std::string_view name);
  ResponseApdu unwrapped(const ResponseApdu& response);
  template <typename Send>
  ResponseApdu send_wrapped(const Send& send);
  [[nodiscard]] bool ends_implicit_channel(StatusWord sw);
  ResponseApdu transmit_wrapped(const CommandApdu& plain, std::string_view name);
  [[nodiscard]] bool wants_other_le(const CommandApdu& plain, const ResponseApdu& response) const;

  Connection& connection_;
  Observer& observer_;
  RandomNumberGenerator& random_;
  Wire wire_;
  Transport transport_;
  Selection selection_;
  std::optional<SecureChannel> channel_;
  std::unique_ptr<FirstCommandWatch> watch_;
  std::optional<ChannelLoss> lost_{};
  std::size_t card_limit_ = CommandApdu::kMaxShortData;
};

}  // namespace gpsh::gp
