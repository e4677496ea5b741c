// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "interpreter/card_data_listing.h"
#include "interpreter/gpshell_messages.h"
#include "interpreter/run_printer.h"
#include "interpreter/status_listing.h"

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kShownDetailBytes = 64;

/// A result as GPShell prints it. What has no overload here it prints nothing of.
class ResultText {
 public:
  explicit ResultText(Output& output) : output_(output) {}

  template <class Silent>
  void operator()(const Silent&) const {}

  void operator()(const ReadersFound& found) const {
    for (const auto& reader : found.readers) output_.line("* reader name " + reader.name);
  }
  void operator()(const ApplicationSelected& selected) const {
    if (selected.sw.ok()) return;
    const auto known = gpshell_status(selected.sw, 0xA4);
    output_.line(fmt::format("select_application() returns 0x{:08X} ({})", known.code, known.message));
  }
  void operator()(const ProtocolFound& found) const {
    output_.line(fmt::format("SCP: 0x{:02x}", found.scp));
    output_.line(fmt::format("SCP Impl: 0x{:02x}", found.i));
  }
  void operator()(const DataRead& read) const { output_.line(to_hex(read.data)); }
  void operator()(const gp::CardRecognitionData& data) const {
    if (data.version) output_.line("Version: " + *data.version);
    for (const auto& protocol : data.protocols) {
      output_.line(fmt::format("SCP: {} SCP Impl: {}", protocol.scp, to_lower_hex(protocol.i)));
    }
    detail("Card Configuration Details", data.card_configuration);
    detail("Card/Chip Details", data.card_chip);
    detail("Issuer Security Domains Trust Point Certificate Information", data.trust_point);
    detail("Issuer Security Domain Certificate Information", data.certificate);
  }
  void operator()(const KeysListed& listed) const { lines(key_listing(listed.keys)); }
  void operator()(const gp::CardResources& resources) const { lines(resources_listing(resources)); }
  void operator()(const RegistryListed& listed) const {
    lines(status_listing(listed.entries, listed.element, listed.mode));
  }
  /// Any status word is fine here; it is named as it would be for any other command (quirk Q18).
  void operator()(const ApduAnswered& answered) const {
    const auto known = gpshell_status(answered.response.sw, 0);
    const auto message = answered.response.sw.ok() ? "Success" : known.message;
    output_.line(fmt::format("send_APDU() returns 0x{:08X} ({})", known.code, message));
  }
  void operator()(const TextPrinted& printed) const {
    const bool empty = printed.text.find_first_not_of("\r\n") == std::string::npos;
    output_.raw(empty ? "\n" : "# " + printed.text + "\n");
  }

 private:
  void lines(const std::vector<std::string>& all) const {
    for (const auto& line : all) output_.line(line);
  }
  void detail(std::string_view name, const std::optional<gp::RecognitionDetail>& detail) const {
    if (!detail) return;
    if (detail->oid) output_.line(fmt::format("{} OID: {}", name, *detail->oid));
    const ByteView data(detail->data);
    if (data.empty()) return;
    output_.line(
        fmt::format("{} Data: {}", name, to_lower_hex(data.first(std::min(data.size(), kShownDetailBytes)))));
  }

  Output& output_;
};

class GpshellPrinter final : public RunPrinter {
 public:
  explicit GpshellPrinter(Output& output) : output_(output) {}

  void started(const CommandStart& start) override {
    if (start.echo) output_.raw(*start.echo);
    // Only after --no-check, with --lenient or on a line with -noStop: otherwise the check ended the run.
    for (const auto& diagnostic : start.line.diagnostics) {
      if (!diagnostic.gpshell_line.empty()) output_.line(diagnostic.gpshell_line);
    }
  }

  void ended(const CommandEnd& end) override {
    std::visit(ResultText(output_), end.result);
    if (end.error != nullptr) output_.line(gpshell_error_line(end.line.info->failure_label, *end.error));
    if (end.spent) output_.line(fmt::format("command time: {} ms", end.spent->count()));
    output_.flush();
  }

  Output& trace() override { return output_; }

 private:
  Output& output_;
};

}  // namespace

std::unique_ptr<RunPrinter> make_gpshell_printer(Output& output) {
  return std::make_unique<GpshellPrinter>(output);
}

}  // namespace gpsh::interpreter
