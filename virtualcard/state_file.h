// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "virtualcard/profile.h"
#include "virtualcard/tcp_stream.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::virtualcard {

/// The file that keeps a card between runs: its profile and what changed, as JSON of kind "state", readable
/// by its owner only since the card's keys stand in it. Replaced as a whole, so that it is readable whenever
/// the program ends. One program at a time has it: FILE.lock is locked as long as this object lives.
class StateFile {
 public:
  /// The card that the file keeps; where there is none, a new one of this profile (a name or a path; empty:
  /// the file must be there). Throws Error (file): "state-in-use", "unreadable-state", "unwritable-state",
  /// "state-of-another-profile", and what load_profile throws.
  StateFile(std::string path, std::string_view profile);

  [[nodiscard]] Profile profile() const;
  /// What tells this card from others of its profile: drawn when the file was made. Empty in a file that has
  /// none.
  [[nodiscard]] Bytes card_number() const;
  /// Writes the state unless it is what the file says. Returns when it is on the disk. Throws Error (file,
  /// "unwritable-state").
  void save(const CardState& state);

 private:
  void write(const std::string& text) const;

  std::string path_;
  FileDescriptor lock_;
  nlohmann::json document_;
  std::string saved_;
};

/// Saves the card's state after every command, before its answer goes out. Both outlive it.
class KeptCard final : public Connection {
 public:
  KeptCard(VirtualCard& card, StateFile& file) : card_(card), file_(file) {}

  Bytes transmit(ByteView apdu) override {
    auto response = card_.transmit(apdu);
    file_.save(card_.state());
    return response;
  }
  void reset() override { card_.reset(); }
  [[nodiscard]] ConnectionInfo describe() const override { return card_.describe(); }

 private:
  VirtualCard& card_;
  StateFile& file_;
};

/// The file is there and its kind is "state". What cannot be read is none.
[[nodiscard]] bool is_state_file(const std::string& path);

}  // namespace gpsh::virtualcard
