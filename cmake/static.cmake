# SPDX-License-Identifier: Apache-2.0
# GPSH_STATIC: the program takes along the libraries that the system has for it, and runs where they are not installed.
# The C library, libpcsclite (it belongs to the PC/SC service of the machine) and libzip stay outside.

set(GPSH_FMT fmt::fmt)
set(GPSH_PUGIXML pugixml::pugixml)
set(GPSH_UNDER_LIBEDIT)
if(GPSH_STATIC)
  set(GPSH_FMT fmt::fmt-header-only)
  set(GPSH_PUGIXML pugixml::static)
  list(PREPEND CMAKE_FIND_LIBRARY_SUFFIXES .a)
  foreach(name IN ITEMS bsd md tinfo)
    find_library(GPSH_${name} ${name})
    if(GPSH_${name})
      list(APPEND GPSH_UNDER_LIBEDIT ${GPSH_${name}})
    endif()
  endforeach()
  add_link_options(-static-libgcc -static-libstdc++ -s)
endif()
