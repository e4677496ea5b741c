// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/aid.h"
#include "core/run_recorder.h"

namespace gpsh::interpreter {

/// Learns from the exchanges of a session which AIDs are on the card: what SELECT found and GET STATUS
/// listed, without what DELETE removed. Forgets them at card_connect: it may be another card.
class SeenAids final : public RunRecorder {
 public:
  [[nodiscard]] bool contains(const Aid& aid) const;
  /// In hex, in the order they were seen.
  [[nodiscard]] std::vector<std::string> texts() const;

  void command(ByteView plain, ByteView wire, Framing framing) override;
  void chained_command(ByteView) override {}
  void response(ByteView, Framing) override {}
  void unwrapped(ByteView plain) override;
  void remark(const Remark&) override {}
  void command_started(const StartedCommand& command) override;
  void command_ended(const Error*) override {}
  void run_ended(int) override {}

 private:
  void learn(ByteView data);
  void add(ByteView aid);
  void remove_deleted(ByteView command_data);

  Bytes asked_;
  std::vector<Aid> aids_;
};

}  // namespace gpsh::interpreter
