// SPDX-License-Identifier: Apache-2.0
#include "sessions/report_page.h"

#include <array>
#include <utility>

#include "gp/digest.h"
#include "sessions/report/report_files.h"
#include "sessions/report_json.h"

namespace gpsh::sessions {
namespace {

using nlohmann::ordered_json;

/// RFC 4648 section 4.
std::string base64(ByteView bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto part = bytes.subspan(at, std::min<std::size_t>(3, bytes.size() - at));
    std::uint32_t bits = 0;
    for (std::size_t n = 0; n < 3; ++n) bits = bits << 8 | (n < part.size() ? part[n] : 0U);
    for (std::size_t n = 0; n < 4; ++n) {
      text += n <= part.size() ? kDigits[(bits >> (18 - 6 * n)) & 0x3F] : '=';
    }
  }
  return text;
}

/// As a Content-Security-Policy names an inline script or style.
std::string hash_of(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  return "'sha256-" + base64(gp::sha256({bytes, text.size()})) + "'";
}

/// Text between tags.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char each : text) {
    switch (each) {
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '&': safe += "&amp;"; break;
      default: safe += each;
    }
  }
  return safe;
}

/// JSON that can stand in a script element: nothing in it can end that, or begin a comment.
std::string embedded(const ordered_json& data) {
  const auto text = data.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (const char each : text) {
    switch (each) {
      case '<': safe += "\\u003c"; break;
      case '>': safe += "\\u003e"; break;
      case '&': safe += "\\u0026"; break;
      default: safe += each;
    }
  }
  return safe;
}

/// The template with each @name@ replaced. What was put in is not looked at again.
std::string filled(std::string_view text,
                   const std::vector<std::pair<std::string_view, std::string>>& values) {
  std::string page;
  while (!text.empty()) {
    std::size_t next = text.size();
    const std::pair<std::string_view, std::string>* value = nullptr;
    for (const auto& each : values) {
      const auto at = text.find(each.first);
      if (at >= next) continue;
      next = at;
      value = &each;
    }
    page += text.substr(0, next);
    text.remove_prefix(next);
    if (value == nullptr) continue;
    page += value->second;
    text.remove_prefix(value->first.size());
  }
  return page;
}

std::string page_of(const std::string& title, const ordered_json& data) {
  const auto script = "\n" + std::string(report_files::kPageJs);
  const auto style = "\n" + std::string(report_files::kPageCss);
  return std::string(kReportStart) + filled(report_files::kPageHtml, {{"@title@", escaped(title)},
                                                                      {"@style_hash@", hash_of(style)},
                                                                      {"@script_hash@", hash_of(script)},
                                                                      {"@style@", style},
                                                                      {"@script@", script},
                                                                      {"@data@", embedded(data)}});
}

}  // namespace

std::string report_page(const SessionReport& report, std::string_view gpsh) {
  return page_of(report.file, {{"gpsh", gpsh}, {"sessions", ordered_json::array({report_json(report)})}});
}

std::string difference_page(const SessionReport& first, const SessionReport& second, std::string_view gpsh) {
  return page_of(first.file + " and " + second.file,
                 {{"gpsh", gpsh},
                  {"sessions", ordered_json::array({report_json(first), report_json(second)})},
                  {"pairs", report_json(compare_sessions(first, second))}});
}

}  // namespace gpsh::sessions
