// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// The files of this folder as they are: sessions/CMakeLists.txt makes them C++.
namespace gpsh::sessions::report_files {

extern const std::string_view kPageHtml;  ///< with @style@, @script@ and the like to be filled in
extern const std::string_view kPageCss;
extern const std::string_view kPageJs;

}  // namespace gpsh::sessions::report_files
