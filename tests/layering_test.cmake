# SPDX-License-Identifier: Apache-2.0
# cmake -DROOT=folder -P layering_test.cmake: who may include whom. Third-party headers stand in the compiler's
# default path, so only a test can hold them back.
cmake_minimum_required(VERSION 3.25)

set(standard "[a-z_0-9]+")
set(botan "botan/.+")
set(json "nlohmann/.+")
set(posix "(unistd|fcntl|malloc(/malloc)?|poll|signal|netdb|termios|pwd|sys/[a-z]+|netinet/[a-z]+|arpa/inet)\\.h")
set(pc_sc "(PCSC/)?(winscard|wintypes|pcsclite|reader)\\.h")
set(pegtl "tao/pegtl.*")
set(line_editing "(histedit|editline/readline|readline/.+)\\.h")

# Folders of ours, and other people's headers, that the sources of a folder may include.
set(core_may_include core ${standard})
set(gp_may_include core gp ${standard} ${botan} "zip\\.h")
set(pcsc_may_include core pcsc ${standard} ${pc_sc})
set(virtualcard_may_include core virtualcard ${standard} ${botan} ${json} ${posix})
set(sessions_may_include core gp sessions ${standard} ${json} "sqlite3\\.h" "pugixml\\.hpp")
set(interpreter_may_include core gp interpreter ${standard} "fmt/.+")

# Single files that may include more than their folder.
set(more_for
  "interpreter/(parse\\.cpp|grammar\\.h|syntax_errors\\.h)" "${pegtl}"
  "interpreter/(render|json)_[a-z_0-9]+\\.cpp|interpreter/json_values\\.h" "${json}"
  "interpreter/repl\\.cpp" "${line_editing}"
  "sessions/recording_file\\.cpp" "${posix}"
  "interpreter/main(_[a-z_0-9]+)?\\.(cpp|h)" "CLI/CLI\\.hpp|${json}|${posix}|(pcsc|virtualcard|sessions)/.+")

# Inside gp: what a file must not include, so that a protocol knows no session, and a session no topic.
set(never_for
  "gp/scp[0-9].*" "gp/(card_session|transport|content|registry|key_management|card_data|store_data)\\.h"
  "gp/card_session\\..*" "gp/(content|registry|key_management|card_data|store_data)\\.h")

# patterns_for(FILE TABLE OUT): the patterns that TABLE, a list of pairs, holds for FILE.
function(patterns_for file table out)
  set(patterns "")
  list(LENGTH ${table} length)
  foreach(at RANGE 0 ${length} 2)
    if(at LESS length)
      math(EXPR next "${at} + 1")
      list(GET ${table} ${at} files)
      list(GET ${table} ${next} pattern)
      if(file MATCHES "^${files}$")
        list(APPEND patterns "${pattern}")
      endif()
    endif()
  endforeach()
  set(${out} "${patterns}" PARENT_SCOPE)
endfunction()

# allowed(INCLUDED OUT patterns...): whether one of the patterns, or of the folders, fits the included path.
function(allowed included out)
  set(${out} FALSE PARENT_SCOPE)
  foreach(pattern IN LISTS ARGN)
    if(included MATCHES "^(${pattern})$")
      set(${out} TRUE PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

set(findings 0)
function(finding text)
  message(NOTICE "${text}")
  math(EXPR count "${findings} + 1")
  set(findings ${count} PARENT_SCOPE)
endfunction()

set(folders core gp pcsc virtualcard sessions interpreter)
foreach(folder IN LISTS folders)
  set(own_folders "")
  set(headers "")
  foreach(entry IN LISTS ${folder}_may_include)
    if(entry IN_LIST folders)
      list(APPEND own_folders "${entry}/.+")
    else()
      list(APPEND headers "${entry}")
    endif()
  endforeach()
  file(GLOB_RECURSE sources RELATIVE "${ROOT}" "${ROOT}/${folder}/*.h" "${ROOT}/${folder}/*.cpp")
  foreach(source IN LISTS sources)
    patterns_for("${source}" more_for more)
    patterns_for("${source}" never_for never)
    file(STRINGS "${ROOT}/${source}" lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
    foreach(line IN LISTS lines)
      string(REGEX MATCH "([<\"])([^>\"]+)[>\"]" ignored "${line}")
      set(included "${CMAKE_MATCH_2}")
      if(CMAKE_MATCH_1 STREQUAL "<")
        allowed("${included}" good ${headers} ${more})
      else()
        allowed("${included}" good ${own_folders} ${more})
      endif()
      allowed("${included}" forbidden ${never})
      if(NOT good OR forbidden)
        finding("${source}: may not include ${included}")
      endif()
    endforeach()
  endforeach()
endforeach()

if(findings GREATER 0)
  message(FATAL_ERROR "${findings} include lines against the layers (docs/architecture.md)")
endif()
