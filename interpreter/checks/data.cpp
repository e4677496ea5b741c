// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "core/apdu.h"
#include "core/error.h"
#include "interpreter/checks/channel_room.h"
#include "interpreter/checks/finding.h"
#include "interpreter/checks/rules.h"

namespace gpsh::interpreter::checks {
namespace {

constexpr std::size_t kHeaderBytes = 4;
constexpr unsigned kFormatBits = 0x18;  // GPCS 2.3.1 Table 11-89: DGI and BER-TLV
constexpr unsigned kEncryptionBits = 0x60;
constexpr unsigned kElementBits = 0xF0;  // GPCS 2.3.1 section 11.4.2.1

void check(const Known&, const auto&, BoundLine&) {}

void check(const Known&, const GetData& command, BoundLine& line) {
  if (line.given("-identifier") != nullptr || command.identifier.value != 0) return;
  report(line, {.code = "missing-option",
                .text = "get_data without -identifier reads tag 0000",
                .advice = "name the data object, e.g. -identifier 9F7F"});
}

void check(const Known&, const GetStatus& command, BoundLine& line) {
  const unsigned element = command.element.value;
  if (line.given("-element") == nullptr) {
    report(line, {.code = "missing-option",
                  .text = "get_status without -element asks for nothing",
                  .advice = "write -element 80, 40, 20 or 10"});
  } else if (element == 0 || (element & ~kElementBits) != 0) {
    report(line, {.code = "bad-element",
                  .text = fmt::format("-element {:02X} names nothing that can be listed", element),
                  .advice = "80 is the issuer security domain, 40 applications, 20 load files, 10 load files "
                            "with their modules",
                  .option = "-element"});
  }
}

void check_bits(unsigned value, unsigned known_bits, std::string_view option, BoundLine& line) {
  if ((value & ~known_bits) == 0) return;
  report(line,
         {.code = "data-format",
          .text = fmt::format("{} 0x{:02X} sets bits of P1 that STORE DATA does not have", option, value),
          .advice = option == "-dataFormat" ? "write 0x08 for DGI or 0x10 for BER-TLV"
                                            : "write 0x20 for application dependent encryption or 0x60 for "
                                              "encrypted data",
          .option = option});
}

void check(const Known& known, const StoreData& command, BoundLine& line) {
  check_bits(command.format.value_or(CStyleByte{}).value, kFormatBits, "-dataFormat", line);
  check_bits(command.encryption.value, kEncryptionBits, "-dataEncryption", line);
  need_mode_211(known.mode, line);
  if (!command.data.bytes.empty()) return;
  report(line, {.severity = Severity::note,
                .code = "empty-data",
                .text = "store_data sends one block without data",
                .advice = "give -data"});
}

void check_fits_channel(const Known& known, const CommandApdu& apdu, BoundLine& line) {
  if (!known.channel || !known.channel->level) return;
  const auto level = *known.channel->level;
  if (apdu.data.size() <= most_data(level)) return;
  report(line, {.severity = where_it_fails(line),
                .code = "too-long-for-channel",
                .text = fmt::format("{} data bytes do not fit into one command of this channel, {} do",
                                    apdu.data.size(), most_data(level)),
                .advice = "split the data, if the command can be chained",
                .option = "-APDU"});
}

void check_raw(const Known& known, const RawApdu& raw, BoundLine& line) {
  if (raw.apdu.bytes.size() < kHeaderBytes) {
    report(line, {.severity = where_it_fails(line),
                  .code = "bad-apdu",
                  .text = fmt::format("{} needs -APDU with at least 4 bytes, the header", line.name),
                  .advice = fmt::format("see gpsh help {}", line.name),
                  .option = "-APDU"});
    return;
  }
  try {
    const auto apdu = CommandApdu::parse(raw.apdu.bytes);
    if (raw.wrapping == Wrapping::on) check_fits_channel(known, apdu, line);
  } catch (const Error& error) {
    report(line, {.code = "apdu-length",
                  .text = error.facts().message,
                  .advice = "the form is CLA INS P1 P2, then Lc and data if there are any, then Le if an "
                            "answer is wanted",
                  .option = "-APDU"});
  }
}

void check(const Known& known, const SendApdu& command, BoundLine& line) {
  check_raw(known, command.raw, line);
}
void check(const Known& known, const SendApduNostop& command, BoundLine& line) {
  check_raw(known, command.raw, line);
}

}  // namespace

void check_data(const Known& known, BoundLine& line) {
  if (line.command) std::visit([&](const auto& command) { check(known, command, line); }, *line.command);
}

}  // namespace gpsh::interpreter::checks
