// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/apdu.h"
#include "gp/crypto.h"
#include "sessions/verify_channel.h"

namespace gpsh::sessions {

/// The data of a command in the forms a C-MAC may be over; nothing where there is no such form.
struct CommandForms {
  std::optional<Bytes> plain{};
  std::optional<Bytes> padded{};
  std::optional<Bytes> ciphertext{};
};

/// The C-MACs of a logged SCP01 or SCP02 channel (GPCS 2.1.1 section D.3.3; GPCS 2.3.1 section E.4.4), each
/// tried in every way in which programs make it.
class LoggedCommandMac {
 public:
  static constexpr std::size_t kBytes = 8;

  LoggedCommandMac(std::uint8_t protocol, const gp::Secret& session_key);

  /// Whether that of EXTERNAL AUTHENTICATE is right. The next may start from it as it is or as it should be.
  bool first(const CommandApdu& external_authenticate, ByteView host_cryptogram);
  /// An implicit channel starts from the MAC of the application's AID; its C-MACs are over unmodified APDUs
  /// (GPCS 2.3.1 sections E.1.2.2 and E.3.2).
  void start_from(ByteView application_mac);
  /// How that of a command is right. The command has at least kBytes of data.
  [[nodiscard]] MacReading next(const CommandApdu& wire, const CommandForms& forms);

  /// What the C-MAC of EXTERNAL AUTHENTICATE should be; empty before.
  [[nodiscard]] const Bytes& first_mac() const { return first_mac_; }
  /// The last one in steps, in the way in which it is right or else in which it should be.
  [[nodiscard]] CryptoStep step() const;

 private:
  enum class Input { plain, padded, ciphertext };
  enum class Start { encrypted, clear, zeros };
  enum class Header { modified, unmodified };
  /// One way in which a C-MAC may have been made.
  struct Way {
    MacReading reading = MacReading::wrong;
    Input input = Input::plain;
    Start start = Start::encrypted;
    Header header = Header::modified;
  };
  /// What the last one was made of.
  struct Made {
    Way way{};
    std::array<std::uint8_t, 4> header{};  ///< as it was sent
    Bytes data{};
    Bytes before{};
    Bytes mac{};
    Bytes logged{};
  };

  static const std::array<Way, 9> kWays;
  static const std::array<Way, 4> kImplicitWays;
  static const std::array<Way, 1> kImplicitFirst;

  [[nodiscard]] static const std::optional<Bytes>& form(const CommandForms& forms, Input input);
  [[nodiscard]] static std::array<std::uint8_t, 4> header_of(const Made& made);
  [[nodiscard]] static Bytes length_of(const Made& made);
  [[nodiscard]] std::span<const Way> ways() const;
  [[nodiscard]] Bytes start_after(ByteView mac, Start start) const;
  [[nodiscard]] Made made_in(const Way& way, ByteView before, const CommandApdu& wire, ByteView data);
  [[nodiscard]] std::optional<Made> made_after(ByteView before, const CommandApdu& wire,
                                               const CommandForms& forms);
  [[nodiscard]] Way usual_way() const;
  [[nodiscard]] StepValue start_value() const;
  [[nodiscard]] std::string_view data_name() const;

  std::uint8_t protocol_;
  gp::TripleDes mac_;
  gp::RetailMac retail_mac_;
  bool implicit_ = false;
  bool opening_ = false;            ///< the next is the first of an implicit channel
  std::vector<Bytes> starts_{};     ///< C-MACs that may start the next, the likeliest first
  Start usual_ = Start::encrypted;  ///< how the last right one was started
  Bytes first_mac_{};
  Made made_{};
};

}  // namespace gpsh::sessions
