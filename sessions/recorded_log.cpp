// SPDX-License-Identifier: Apache-2.0
#include "sessions/recorded_log.h"

#include <utility>

#include "sessions/apdu_words.h"
#include "sessions/recording_reader.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kMoreCommands = 0x80;
constexpr std::uint16_t kOk = 0x9000;

bool answered_well(const LoggedExchange& exchange) {
  return exchange.wire_response.size() >= 2 &&
         ResponseApdu::parse(exchange.wire_response).sw == StatusWord(kOk);
}

/// Holds exchanges back until it is known what belongs to them: the plain form of the answer, and the further
/// parts of a chained command (GPCS 2.3.1 section 11.1.5.1). Only its first part has a plain form.
class ChainFinder {
 public:
  explicit ChainFinder(ImportSink& sink) : sink_(sink) {}

  void add(RecordedExchange exchange) {
    exchange.apdus.duration = exchange.duration;
    if (!continues(exchange.apdus)) hand_on();
    hidden_ = hidden_ || exchange.hidden > 0;
    parts_.push_back(std::move(exchange.apdus));
  }
  void unwrapped(Bytes plain) {
    if (!parts_.empty()) parts_.back().plain_response = std::move(plain);
  }
  void hand_on() {
    if (parts_.size() > 1) parts_.front().whole_command = whole();
    // A plain command without its data is not the one that was sent.
    if (std::exchange(hidden_, false)) parts_.front().plain_command.clear();
    for (std::size_t at = 0; at < parts_.size(); ++at) {
      parts_[at].further_part = at > 0;
      ++count_;
      sink_.exchange(std::move(parts_[at]));
    }
    parts_.clear();
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  [[nodiscard]] bool continues(const LoggedExchange& next) const {
    if (parts_.empty() || parts_.front().plain_command.empty() || !next.plain_command.empty()) return false;
    const auto last = command_in(parts_.back().wire_command);
    const auto part = command_in(next.wire_command);
    return last && part && (last->p1 & kMoreCommands) != 0 && !last->le && answered_well(parts_.back()) &&
           part->cla == last->cla && part->ins == last->ins && part->p2 == last->p2 &&
           (part->p1 | kMoreCommands) == last->p1;
  }

  /// Its header and Le are those of the last part.
  [[nodiscard]] Bytes whole() const {
    auto command = *command_in(parts_.back().wire_command);
    command.data.clear();
    for (const auto& part : parts_) append(command.data, command_in(part.wire_command)->data);
    return command.encode();
  }

  ImportSink& sink_;
  std::vector<LoggedExchange> parts_;
  bool hidden_ = false;
  std::size_t count_ = 0;
};

}  // namespace

bool begins_recording(std::istream& in) {
  if (in.peek() != kRecordingStart.front()) {
    in.clear();
    return false;
  }
  std::string start(kRecordingStart.size(), '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  in.clear();
  in.seekg(0);
  return is_recording(start);
}

ImportSummary import_recording(std::istream& in, std::string_view file, ImportSink& sink) {
  RecordingReader reader{std::string(file)};
  ChainFinder chains(sink);
  std::size_t number = 0;
  while (const auto line = reader.next(in)) {
    auto event = reader.line(line->text, line->end);
    sink.line({.text = line->text, .number = ++number, .width = line->text.size()});
    if (!event) continue;
    if (auto* exchange = std::get_if<RecordedExchange>(&event->what)) {
      chains.add(std::move(*exchange));
    } else if (auto* unwrapped = std::get_if<RecordedUnwrapped>(&event->what)) {
      chains.unwrapped(std::move(unwrapped->response));
    }
  }
  chains.hand_on();
  return {.tool = "gpsh", .exchanges = chains.count()};
}

}  // namespace gpsh::sessions
