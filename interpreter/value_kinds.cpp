// SPDX-License-Identifier: Apache-2.0
#include "interpreter/value_kinds.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "core/error.h"
#include "gp/privileges.h"
#include "interpreter/lookalikes.h"

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kMaxReaderName = 256;
constexpr std::size_t kMaxPath = 4096;

ValueProblem bad(std::string_view code, std::string text, std::string advice) {
  return {.code = code, .text = std::move(text), .advice = std::move(advice)};
}

std::optional<ValueProblem> find_bad_hex(std::string_view text) {
  if (const auto at = text.find("${"); at != std::string_view::npos) {
    // Only the variable is shown: what stands beside it may be a part of a key.
    const auto name = text.substr(at, text.find('}', at) - at + 1);
    return bad("unset-variable", fmt::format("\"{}\" names a variable that is not set", name),
               "set it before running gpsh; a key can also stand in the file of --keys");
  }
  if (text.starts_with('$')) {
    return bad("bad-hex", "\"$\" is not a hex digit",
               "write ${NAME}, with braces, for the value of a variable");
  }
  const auto foreign = std::ranges::find_if(text, [](unsigned char c) { return std::isxdigit(c) == 0; });
  if (foreign != text.end()) {
    const auto at = static_cast<std::size_t>(foreign - text.begin());
    const auto code = static_cast<unsigned char>(*foreign);
    const auto named = code >= 0x80                  ? "a sign outside ASCII"
                       : code > 0x20 && code != 0x7F ? fmt::format("\"{}\"", *foreign)
                                                     : "an unprintable character";
    return bad("bad-hex", fmt::format("{} at character {} is not a hex digit", named, at + 1),
               advice_on_lookalike(text).value_or("write hex digits only, without 0x and without blanks"));
  }
  if (text.size() % 2 != 0) {
    return bad("odd-hex", fmt::format("{} hex digits do not make whole bytes", text.size()),
               "a digit is missing or too many; a leading 0 has to be written");
  }
  return std::nullopt;
}

/// Words for values of an enumeration, in one place for reading, describing and printing.
template <class Enum, std::size_t Count>
struct Words {
  std::string_view code;
  std::array<std::pair<std::string_view, Enum>, Count> entries;

  [[nodiscard]] std::string describe() const {
    std::string all;
    for (const auto& [text, value] : entries) all += (all.empty() ? "" : " | ") + std::string(text);
    return all;
  }
  [[nodiscard]] Reading<Enum> read(std::string_view text) const {
    const auto found = std::ranges::find(entries, text, [](const auto& entry) { return entry.first; });
    if (found != entries.end()) return {.value = found->second};
    return {.problem = bad("bad-value", fmt::format("\"{}\" is not a {}", text, code),
                           "write one of " + describe())};
  }
  [[nodiscard]] std::string print(Enum value) const {
    return std::string(
        std::ranges::find(entries, value, [](const auto& entry) { return entry.second; })->first);
  }
};

constexpr Words<Wrapping, 2> kWrappings{"choice for -sc", {{{"0", Wrapping::off}, {"1", Wrapping::on}}}};
constexpr Words<ProtocolChoice, 2> kProtocols{"transmission protocol",
                                              {{{"0", ProtocolChoice::t0}, {"1", ProtocolChoice::t1}}}};
constexpr Words<StatusFormat, 2> kFormats{"GET STATUS format",
                                          {{{"0", StatusFormat::old}, {"2", StatusFormat::tagged}}}};
constexpr Words<gp::KeyFormat, 2> kKeyFormats{
    "key format",
    {{{"gpshell", gp::KeyFormat::gpshell}, {"lengthPrefixed", gp::KeyFormat::length_prefixed}}}};

constexpr Words<gp::ChainMac, 2> kChainMacs{"choice for -chainMac",
                                            {{{"whole", gp::ChainMac::whole}, {"each", gp::ChainMac::each}}}};

std::string privilege_words(std::uint32_t value) {
  std::string names;
  for (const auto name : gp::privilege_names(value)) names += (names.empty() ? "" : ", ") + std::string(name);
  return names.empty() ? "no named privilege" : names;
}

}  // namespace

Reading<Bytes> read_hex_bytes(std::string_view text, std::size_t minimum, std::size_t maximum) {
  if (auto problem = find_bad_hex(text)) return {.problem = std::move(problem)};
  const auto count = text.size() / 2;
  if (count < minimum || count > maximum) {
    return {.problem = bad("bad-length",
                           fmt::format("{} bytes given, {} to {} are possible", count, minimum, maximum),
                           "GPShell would have cut or used it as it is")};
  }
  return {.value = from_hex(text)};
}

Reading<std::string> read_text(std::string_view text, std::size_t maximum) {
  if (text.empty())
    return {.problem = bad("empty-value", "an empty value", "write a value or leave the option out")};
  if (text.size() > maximum) {
    return {.problem = bad("bad-length",
                           fmt::format("{} characters given, at most {} are possible", text.size(), maximum),
                           "shorten it")};
  }
  return {.value = std::string(text)};
}

template <>
Reading<CStyleByte> PlainKind<CStyleByte>::read(std::string_view text) {
  return converted<CStyleByte>(read_number(text, NumberStyle::c_style, 0xFF), [](std::uint32_t value) {
    return CStyleByte{static_cast<std::uint8_t>(value)};
  });
}
template <>
std::string PlainKind<CStyleByte>::describe() {
  return "number 0..255, also 0x..";
}
template <>
std::string PlainKind<CStyleByte>::print(const CStyleByte& value) {
  return std::to_string(value.value);
}

template <>
Reading<HexByte> PlainKind<HexByte>::read(std::string_view text) {
  return converted<HexByte>(read_hex_byte(text), [](std::uint8_t value) { return HexByte{value}; });
}
template <>
std::string PlainKind<HexByte>::describe() {
  return "one byte in hex";
}
template <>
std::string PlainKind<HexByte>::print(const HexByte& value) {
  return to_hex(value.value);
}

template <>
Reading<DataIdentifier> PlainKind<DataIdentifier>::read(std::string_view text) {
  return converted<DataIdentifier>(read_hex_bytes(text, 1, 2), [](const Bytes& bytes) {
    std::uint16_t tag = 0;
    for (const auto byte : bytes) tag = static_cast<std::uint16_t>(tag << 8 | byte);
    return DataIdentifier{tag};
  });
}
template <>
std::string PlainKind<DataIdentifier>::describe() {
  return "tag, one or two bytes in hex";
}
template <>
std::string PlainKind<DataIdentifier>::print(const DataIdentifier& value) {
  return fmt::format("{:04X}", value.value);
}

template <>
Reading<ReaderName> PlainKind<ReaderName>::read(std::string_view text) {
  return converted<ReaderName>(read_text(text, kMaxReaderName),
                               [](std::string name) { return ReaderName{std::move(name)}; });
}
template <>
std::string PlainKind<ReaderName>::describe() {
  return "reader name, a unique part of it, or a number";
}
template <>
std::string PlainKind<ReaderName>::print(const ReaderName& value) {
  return value.text;
}

template <>
Reading<FilePath> PlainKind<FilePath>::read(std::string_view text) {
  return converted<FilePath>(read_text(text, kMaxPath),
                             [](std::string path) { return FilePath{std::move(path)}; });
}
template <>
std::string PlainKind<FilePath>::describe() {
  return "file name";
}
template <>
std::string PlainKind<FilePath>::print(const FilePath& value) {
  return value.text;
}

template <>
Reading<PrivilegeNumber> PlainKind<PrivilegeNumber>::read(std::string_view text) {
  auto reading = converted<PrivilegeNumber>(read_number(text, NumberStyle::decimal, 0xFFFFFF),
                                            [](std::uint32_t value) { return PrivilegeNumber{value}; });
  if (reading.value && reading.problem) {
    const auto value = reading.value->value;
    reading.problem =
        ValueProblem{.severity = Severity::warning,
                     .code = "hex-privileges",
                     .text = fmt::format("{} grants {}; GPShell reads it as 0 and would grant nothing", text,
                                         privilege_words(reading.value->bytes())),
                     .advice = fmt::format("write {} if that is meant", value)};
  }
  return reading;
}
template <>
std::string PlainKind<PrivilegeNumber>::describe() {
  return "number 0..255 (first privilege byte) or all three bytes as one number";
}
template <>
std::string PlainKind<PrivilegeNumber>::print(const PrivilegeNumber& value) {
  return std::to_string(value.value);
}

template <>
Reading<ReaderNumber> PlainKind<ReaderNumber>::read(std::string_view text) {
  auto reading = converted<ReaderNumber>(read_number(text, NumberStyle::decimal, 255),
                                         [](std::uint32_t value) { return ReaderNumber{value}; });
  if (reading.value && reading.value->value == 0) {
    return {.problem = bad("bad-number", "readers are counted from 1", "write 1 for the first reader")};
  }
  return reading;
}
template <>
std::string PlainKind<ReaderNumber>::describe() {
  return "number from 1";
}
template <>
std::string PlainKind<ReaderNumber>::print(const ReaderNumber& value) {
  return std::to_string(value.value);
}

template <>
Reading<gp::Diversification> PlainKind<gp::Diversification>::read(std::string_view text) {
  try {
    return {.value = gp::Diversification::parse(text)};
  } catch (const Error& error) {
    return {.problem = bad("bad-value", error.facts().message, error.facts().advice)};
  }
}
template <>
std::string PlainKind<gp::Diversification>::describe() {
  return gp::diversification_names() + ", or a template";
}
template <>
std::string PlainKind<gp::Diversification>::print(const gp::Diversification& value) {
  return value.name();
}

template <>
Reading<Wrapping> PlainKind<Wrapping>::read(std::string_view text) {
  return kWrappings.read(text);
}
template <>
std::string PlainKind<Wrapping>::describe() {
  return kWrappings.describe();
}
template <>
std::string PlainKind<Wrapping>::print(const Wrapping& value) {
  return kWrappings.print(value);
}

template <>
Reading<ProtocolChoice> PlainKind<ProtocolChoice>::read(std::string_view text) {
  return kProtocols.read(text);
}
template <>
std::string PlainKind<ProtocolChoice>::describe() {
  return kProtocols.describe();
}
template <>
std::string PlainKind<ProtocolChoice>::print(const ProtocolChoice& value) {
  return kProtocols.print(value);
}

template <>
Reading<StatusFormat> PlainKind<StatusFormat>::read(std::string_view text) {
  return kFormats.read(text);
}
template <>
std::string PlainKind<StatusFormat>::describe() {
  return kFormats.describe();
}
template <>
std::string PlainKind<StatusFormat>::print(const StatusFormat& value) {
  return kFormats.print(value);
}

template <>
Reading<gp::ChainMac> PlainKind<gp::ChainMac>::read(std::string_view text) {
  return kChainMacs.read(text);
}
template <>
std::string PlainKind<gp::ChainMac>::describe() {
  return kChainMacs.describe();
}
template <>
std::string PlainKind<gp::ChainMac>::print(const gp::ChainMac& value) {
  return kChainMacs.print(value);
}

/// Only for a value that somebody writes behind a flag; a flag itself is bound without one.
template <>
Reading<Flag> PlainKind<Flag>::read(std::string_view) {
  return {.value = Flag::given};
}
template <>
std::string PlainKind<Flag>::describe() {
  return "no value";
}
template <>
std::string PlainKind<Flag>::print(const Flag& value) {
  return value == Flag::given ? "on" : "off";
}

template <>
Reading<gp::KeyFormat> PlainKind<gp::KeyFormat>::read(std::string_view text) {
  return kKeyFormats.read(text);
}
template <>
std::string PlainKind<gp::KeyFormat>::describe() {
  return kKeyFormats.describe();
}
template <>
std::string PlainKind<gp::KeyFormat>::print(const gp::KeyFormat& value) {
  return kKeyFormats.print(value);
}

template <>
Reading<Aid> PlainKind<Aid>::read(std::string_view text) {
  auto bytes = read_hex_bytes(text, Aid::kMinBytes, Aid::kMaxBytes);
  if (bytes.problem && bytes.problem->code == "bad-length") {
    bytes.problem->text = fmt::format("an AID has 5 to 16 bytes, this one has {}", text.size() / 2);
    bytes.problem->advice = "check it for digits too many; a partial AID may be shorter, not empty";
  }
  Reading<Aid> reading{.problem = std::move(bytes.problem)};
  if (bytes.value) reading.value = Aid::from_bytes(*bytes.value);
  return reading;
}
template <>
std::string PlainKind<Aid>::describe() {
  return "AID, 5 to 16 bytes in hex";
}
template <>
std::string PlainKind<Aid>::print(const Aid& value) {
  return value.text();
}

template <>
Reading<gp::Secret> PlainKind<gp::Secret>::read(std::string_view text) {
  if (auto problem = find_bad_hex(text)) return {.problem = std::move(problem)};
  const auto count = text.size() / 2;
  if (count != 16 && count != 24 && count != 32) {
    return {.problem = bad("bad-length", fmt::format("a key has 16, 24 or 32 bytes, this one has {}", count),
                           "check it for missing or additional digits")};
  }
  return {.value = gp::Secret::from_hex(text)};
}
template <>
std::string PlainKind<gp::Secret>::describe() {
  return "key, 16, 24 or 32 bytes in hex";
}
template <>
std::string PlainKind<gp::Secret>::print(const gp::Secret&) {
  return "hidden";
}

}  // namespace gpsh::interpreter
