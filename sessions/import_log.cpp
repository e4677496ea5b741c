// SPDX-License-Identifier: Apache-2.0
#include "sessions/import_log.h"

#include <algorithm>
#include <cerrno>
#include <sstream>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "sessions/importers/any_text.h"
#include "sessions/importers/exchange_builder.h"
#include "sessions/recorded_log.h"

namespace gpsh::sessions {
namespace {

/// `number` is what the operating system said.
[[noreturn]] void unreadable(const std::filesystem::path& path, int number) {
  const auto why = number == EISDIR ? "it is a folder" : std::generic_category().message(number);
  throw Error({.kind = ErrorKind::file,
               .code = "unreadable-log",
               .message = "cannot read the log " + path.string() + ": " + why,
               .advice = number == EISDIR ? "name a file in it" : "check the path and its permissions"});
}

std::string_view likeliest_tool(const EntryReader::Counts& entries) {
  const auto* most = std::ranges::max_element(entries);
  if (*most == 0) return {};
  return kLogFormats.at(static_cast<std::size_t>(most - entries.begin())).name;
}

/// Counts exchanges on their way to a sink.
class CountingBuilder {
 public:
  explicit CountingBuilder(ImportSink& sink)
      : builder_([this, &sink](LoggedExchange exchange) {
          ++exchanges_;
          sink.exchange(std::move(exchange));
        }) {}

  ExchangeBuilder& builder() { return builder_; }
  [[nodiscard]] std::size_t exchanges() const { return exchanges_; }

 private:
  std::size_t exchanges_ = 0;
  ExchangeBuilder builder_;
};

ImportSummary import_formats(std::istream& in, ImportSink& sink) {
  CountingBuilder counting(sink);
  EntryReader reader([&](WholeEntry entry) { counting.builder().add(std::move(entry)); });
  LogLines lines(in);
  while (const auto line = lines.next()) {
    sink.line(*line);
    reader.line(*line);
  }
  reader.finish();
  counting.builder().finish();
  if (const auto& last = counting.builder().unsent()) sink.unsent(last->bytes, last->line);
  return {.tool = likeliest_tool(reader.entries()),
          .exchanges = counting.exchanges(),
          .not_understood = reader.not_understood() + counting.builder().not_understood(),
          .cut = reader.first_cut()};
}

std::size_t import_any_text(std::istream& in, ImportSink& sink) {
  CountingBuilder counting(sink);
  AnyTextReader reader([&](WholeEntry entry) { counting.builder().add(std::move(entry)); });
  LogLines lines(in);
  while (const auto line = lines.next()) reader.line(*line);
  counting.builder().finish();
  return counting.exchanges();
}

class Collector final : public ImportSink {
 public:
  void exchange(LoggedExchange exchange) override { exchanges.push_back(std::move(exchange)); }

  std::vector<LoggedExchange> exchanges;
};

std::string why_cut(const CutEntry& cut) {
  const auto digits = std::to_string(cut.digits) + " hex digits ";
  if (!cut.stated) return digits + "make no whole bytes";
  return digits + "are fewer than the " + std::to_string(*cut.stated) + " bytes that the log says";
}

[[noreturn]] void cut_hex(std::string_view file, const CutEntry& cut) {
  throw Error({.kind = ErrorKind::file,
               .code = "cut-hex",
               .message = std::string(file) + ", line " + std::to_string(cut.line) + ": " + why_cut(cut),
               .advice = "the line was cut when the log was copied: take it from the original"});
}

ImportedLog whole_log(std::istream& in, std::string_view file) {
  Collector collector;
  const auto summary = import_log(in, collector, file);
  if (summary.cut) cut_hex(file, *summary.cut);
  if (summary.exchanges == 0) empty_log(file);
  return {.exchanges = std::move(collector.exchanges),
          .tool = summary.tool,
          .not_understood = summary.not_understood};
}

}  // namespace

void empty_log(std::string_view file) {
  throw Error({.kind = ErrorKind::file,
               .code = "empty-log",
               .message = std::string(file) + " shows no command as it went to the card",
               .advice = std::string(kLogsThatAreRead)});
}

ImportSummary import_log(std::istream& in, ImportSink& sink, std::string_view file) {
  if (begins_recording(in)) return import_recording(in, file, sink);
  auto summary = import_formats(in, sink);
  if (summary.exchanges > 0 || !summary.tool.empty()) return summary;
  in.clear();
  in.seekg(0);
  summary.exchanges = import_any_text(in, sink);
  return summary;
}

ImportSummary import_log(const std::filesystem::path& path, ImportSink& sink) {
  auto in = open_log(path);
  const auto summary = import_log(in, sink, path.filename().string());
  if (in.bad()) unreadable(path, EIO);
  return summary;
}

ImportedLog parse_log(std::string_view text, std::string_view file) {
  std::istringstream in{std::string(text)};
  return whole_log(in, file);
}

ImportedLog load_log(const std::filesystem::path& path) {
  auto in = open_log(path);
  return whole_log(in, path.filename().string());
}

std::ifstream open_log(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) unreadable(path, EISDIR);
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in.is_open()) unreadable(path, errno == 0 ? EIO : errno);
  // What opens may still not be read.
  static_cast<void>(in.peek());
  if (in.bad()) unreadable(path, EIO);
  in.clear();
  return in;
}

}  // namespace gpsh::sessions
