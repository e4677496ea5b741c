# SPDX-License-Identifier: Apache-2.0
# The Debian package gpsh: the program without the libraries. `./dev package` makes it.

find_program(GPSH_DPKG dpkg-shlibdeps)
if(NOT GPSH_DPKG)
  return()
endif()

set(GPSH_MAINTAINER "gpsh developers <gpsh@gpsh.invalid>" CACHE STRING "Maintainer of the Debian package")
set(CPACK_GENERATOR DEB)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_COMPONENTS_ALL program debian)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PACKAGE_NAME gpsh)
set(CPACK_PACKAGE_VENDOR gpsh)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS pcscd)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${GPSH_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "run GPShell scripts against GlobalPlatform smart cards")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "gpsh lists, loads, installs and deletes the applets of a GlobalPlatform smart
card, and changes its keys, as a script in the language of GPShell says. It
checks the whole script before the first command goes to the card, finds the
secure channel protocol by itself, and records sessions that run again as
tests. A virtual card inside the program lets everything be tried without
hardware.")

set(debian_files ${PROJECT_BINARY_DIR}/debian)
execute_process(COMMAND date --utc --rfc-email --date=${GPSH_DATE}
  OUTPUT_VARIABLE changelog_date OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
configure_file(packaging/changelog.template ${debian_files}/changelog @ONLY)

# debian_compressed(SOURCE DESTINATION): the file as gzip, without name and time, so that a package can be made again.
function(debian_compressed source destination)
  install(CODE "
    set(file \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${destination}\")
    cmake_path(GET file PARENT_PATH folder)
    file(MAKE_DIRECTORY \"\${folder}\")
    execute_process(COMMAND gzip -9nc \"${source}\" OUTPUT_FILE \"\${file}\" COMMAND_ERROR_IS_FATAL ANY)"
    COMPONENT debian EXCLUDE_FROM_ALL)
endfunction()

debian_compressed(${PROJECT_SOURCE_DIR}/docs/man/gpsh.1 ${CMAKE_INSTALL_MANDIR}/man1/gpsh.1.gz)
debian_compressed(${PROJECT_SOURCE_DIR}/docs/man/gpsh-script.5 ${CMAKE_INSTALL_MANDIR}/man5/gpsh-script.5.gz)
debian_compressed(${PROJECT_SOURCE_DIR}/CHANGELOG.md ${CMAKE_INSTALL_DOCDIR}/changelog.gz)
debian_compressed(${debian_files}/changelog ${CMAKE_INSTALL_DOCDIR}/changelog.Debian.gz)
install(FILES packaging/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT debian EXCLUDE_FROM_ALL)
install(FILES completions/_gpsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions
  COMPONENT debian EXCLUDE_FROM_ALL)

include(CPack)
