// SPDX-License-Identifier: Apache-2.0
#include "pcsc/find_reader.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/error.h"
#include "pcsc/codes.h"
#include "pcsc/pcsc_error.h"

namespace gpsh::pcsc {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains(std::string_view name, std::string_view part) {
  const auto found = std::search(name.begin(), name.end(), part.begin(), part.end(),
                                 [](char a, char b) { return lower(a) == lower(b); });
  return found != name.end();
}

/// Decimal digits and nothing else.
std::optional<unsigned> as_number(std::string_view text) {
  unsigned number = 0;
  const auto* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
  return number;
}

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

/// `1 "First reader", 2 "Second reader"`, of those whose name has `part` in it.
std::string numbered_names(const std::vector<ReaderInfo>& readers, std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (!contains(readers[i].name, part)) continue;
    if (!text.empty()) text += ", ";
    text += std::to_string(i + 1) + ' ' + quoted(readers[i].name);
  }
  return text;
}

void need_readers(const std::vector<ReaderInfo>& readers) {
  if (readers.empty()) throw pcsc_error(codes::kNoReadersAvailable);
}

[[noreturn]] void ambiguous(const std::vector<ReaderInfo>& readers, std::string_view text) {
  throw Error({.kind = ErrorKind::reader,
               .code = "ambiguous-reader",
               .message = quoted(text) + " is part of several reader names: " + numbered_names(readers, text),
               .advice = "give more of the name, or the number",
               .native_code = codes::kUnknownReader});
}

[[noreturn]] void no_such_name(const std::vector<ReaderInfo>& readers, std::string_view text) {
  throw Error({.kind = ErrorKind::reader,
               .code = "no-such-reader",
               .message = "no reader name contains " + quoted(text),
               .advice = "connected: " + numbered_names(readers, ""),
               .native_code = codes::kUnknownReader});
}

}  // namespace

ReaderInfo reader_by_number(const std::vector<ReaderInfo>& readers, unsigned number) {
  need_readers(readers);
  if (number >= 1 && number <= readers.size()) return readers[number - 1];
  const auto count = std::to_string(readers.size());
  throw Error({.kind = ErrorKind::reader,
               .code = "no-such-reader",
               .message = "there is no reader number " + std::to_string(number) + "; " +
                          (readers.size() == 1 ? "1 is connected" : count + " are connected"),
               .advice = "connected: " + numbered_names(readers, ""),
               .native_code = codes::kUnknownReader});
}

ReaderInfo find_reader(const std::vector<ReaderInfo>& readers, std::string_view text) {
  need_readers(readers);
  std::vector<ReaderInfo> partial;
  for (const auto& reader : readers) {
    if (reader.name == text) return reader;
    if (contains(reader.name, text)) partial.push_back(reader);
  }
  if (partial.size() == 1) return partial.front();
  // "0" or "1" stands in many names and can still be the number of one reader.
  const auto number = as_number(text);
  if (number && (partial.empty() || (*number >= 1 && *number <= readers.size()))) {
    return reader_by_number(readers, *number);
  }
  if (!partial.empty()) ambiguous(readers, text);
  no_such_name(readers, text);
}

std::optional<Remark> other_reader_meant(const std::vector<ReaderInfo>& readers, std::string_view text,
                                         const ReaderInfo& found) {
  const auto number = as_number(text);
  if (!number || *number < 1 || *number > readers.size()) return std::nullopt;
  const auto& other = readers[*number - 1].name;
  if (other == found.name || found.name == text) return std::nullopt;
  return Remark{.severity = Severity::note,
                .code = "reader-by-name",
                .text = quoted(text) + " is taken as part of the name " + quoted(found.name) +
                        "; it is also the number of " + quoted(other),
                .advice = "for the other one give more of its name"};
}

}  // namespace gpsh::pcsc
