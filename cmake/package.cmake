# SPDX-License-Identifier: Apache-2.0
# What find_package(gpsh) gives to another program: gpsh::core, gpsh::gp, gpsh::pcsc and gpsh::virtualcard.
include(CMakePackageConfigHelpers)

set(GPSH_PUBLIC_LIBRARIES core gp pcsc virtualcard)
set(GPSH_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/gpsh)

foreach(library IN LISTS GPSH_PUBLIC_LIBRARIES)
  set_target_properties(gpsh_${library} PROPERTIES EXPORT_NAME ${library})
  install(TARGETS gpsh_${library} EXPORT gpsh ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${library} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/gpsh FILES_MATCHING PATTERN "*.h")
endforeach()
set_target_properties(gpsh_options PROPERTIES EXPORT_NAME options)
install(TARGETS gpsh_options EXPORT gpsh)
install(EXPORT gpsh NAMESPACE gpsh:: DESTINATION ${GPSH_PACKAGE_DIR})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/gpshConfig.cmake.in ${PROJECT_BINARY_DIR}/gpshConfig.cmake
  INSTALL_DESTINATION ${GPSH_PACKAGE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/gpshConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/gpshConfig.cmake ${PROJECT_BINARY_DIR}/gpshConfigVersion.cmake
  DESTINATION ${GPSH_PACKAGE_DIR})
