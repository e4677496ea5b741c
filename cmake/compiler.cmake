# SPDX-License-Identifier: Apache-2.0
# Warnings, sanitizers and precompiled headers, the same for every target.

find_program(GPSH_CCACHE ccache)
if(GPSH_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${GPSH_CCACHE})
endif()

# g++ 12, when it optimises or looks for races, raises false alarms at "text" + std::string (GCC bugs 105329 and 105651) and at moved
# std::optional (105562 and its like).
set(GPSH_FALSE_ALARMS "")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set(GPSH_FALSE_ALARMS -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-maybe-uninitialized)
endif()

add_library(gpsh_options INTERFACE)
target_include_directories(gpsh_options INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/gpsh>)
target_compile_features(gpsh_options INTERFACE cxx_std_20)
# Warnings are for this project's own build, not for those who use its libraries.
set(GPSH_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor -Werror)
target_compile_options(gpsh_options INTERFACE
  "$<BUILD_INTERFACE:${GPSH_WARNINGS}>"
  $<BUILD_INTERFACE:$<$<CXX_COMPILER_ID:Clang>:-Wno-missing-field-initializers>>
  "$<BUILD_INTERFACE:$<$<OR:$<CONFIG:Release>,$<BOOL:${GPSH_THREAD_SANITIZE}>>:${GPSH_FALSE_ALARMS}>>")

if(GPSH_SANITIZE)
  target_compile_options(gpsh_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(gpsh_options INTERFACE -fsanitize=address,undefined)
  target_compile_definitions(gpsh_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(GPSH_THREAD_SANITIZE)
  target_compile_options(gpsh_options INTERFACE -fsanitize=thread)
  target_link_options(gpsh_options INTERFACE -fsanitize=thread)
endif()
if(GPSH_FUZZ)
  target_compile_options(gpsh_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined)
  target_link_options(gpsh_options INTERFACE -fsanitize=address,undefined)
endif()

# gpsh_library(NAME [LINK targets...]): one library per folder, of all its sources but main*.cpp. LINK is the whole
# list of what it may use.
function(gpsh_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp checks/*.cpp commands/*.cpp handlers/*.cpp importers/*.cpp
    run_codes/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/main[^/]*\\.cpp$")
  add_library(gpsh_${name} STATIC ${sources})
  target_link_libraries(gpsh_${name} PUBLIC gpsh_options ${ARG_LINK})
  target_precompile_headers(gpsh_${name} PRIVATE
    <algorithm> <array> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view> <vector>)
endfunction()
