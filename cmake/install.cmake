# SPDX-License-Identifier: Apache-2.0
# Where the program, its documentation and its completions go. Components: program is for every system, elsewhere what
# Debian has in another place (debian.cmake).

set(GPSH_BASH_COMPLETIONS ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
set(GPSH_FISH_COMPLETIONS ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
set(GPSH_ZSH_COMPLETIONS ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)

install(TARGETS gpsh RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(FILES completions/gpsh.bash DESTINATION ${GPSH_BASH_COMPLETIONS} RENAME gpsh COMPONENT program)
install(FILES completions/gpsh.fish DESTINATION ${GPSH_FISH_COMPLETIONS} COMPONENT program)
install(FILES completions/_gpsh DESTINATION ${GPSH_ZSH_COMPLETIONS} COMPONENT elsewhere)
install(FILES docs/man/gpsh.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT elsewhere)
install(FILES docs/man/gpsh-script.5 DESTINATION ${CMAKE_INSTALL_MANDIR}/man5 COMPONENT elsewhere)

# README.md, docs and examples as they stand to each other here, so that links lead somewhere.
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT elsewhere)
install(DIRECTORY docs examples DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program PATTERN man EXCLUDE)
