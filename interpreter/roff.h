// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// The few pieces of man(7) that manual pages are made of. All texts are plain; they are escaped here.
namespace gpsh::interpreter::roff {

/// Where and when a manual page belongs to: shown at its foot.
struct Edition {
  std::string_view version;
  std::string_view date;  ///< YYYY-MM-DD
};

/// A text as it is, whatever roff would make of its characters. Lines are kept.
[[nodiscard]] std::string escaped(std::string_view text);
[[nodiscard]] std::string bold(std::string_view text);
[[nodiscard]] std::string italic(std::string_view text);
/// .TH, with the licence line before it. `title` in capitals.
[[nodiscard]] std::string page_title(std::string_view title, int section, const Edition& edition);
[[nodiscard]] std::string section(std::string_view title);
[[nodiscard]] std::string subsection(std::string_view title);
/// Running text, the first after a title; a terminal breaks it as it is wide.
[[nodiscard]] std::string running(std::string_view text);
/// The same as a paragraph after another one.
[[nodiscard]] std::string paragraph(std::string_view text);
/// An indented paragraph under a tag, which may hold bold() and italic().
[[nodiscard]] std::string tagged(std::string_view tag, std::string_view text);
/// Lines that stay as they are.
[[nodiscard]] std::string example(std::string_view lines);

}  // namespace gpsh::interpreter::roff
