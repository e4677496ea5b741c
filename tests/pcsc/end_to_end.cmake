# SPDX-License-Identifier: Apache-2.0
# Tests with a real PC/SC service. Where its packages are missing they are skipped and say so; with CI=true in the
# environment they fail instead.

set(pcsc_tests "${CMAKE_CURRENT_LIST_DIR}")
add_executable(gpsh_pcsc_service_tests ${pcsc_tests}/real_service.cpp ${pcsc_tests}/vpcd_card.cpp)
target_link_libraries(gpsh_pcsc_service_tests PRIVATE gpsh_test_support gpsh_pcsc Threads::Threads)

add_test(NAME pcsc.service COMMAND ${pcsc_tests}/with_pcscd.sh $<TARGET_FILE:gpsh_pcsc_service_tests>)
set_tests_properties(pcsc.service PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 120)

add_test(NAME pcsc.end_to_end COMMAND ${pcsc_tests}/with_pcscd.sh ${pcsc_tests}/pcscd_test.sh)
set_tests_properties(pcsc.end_to_end PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 240
  ENVIRONMENT "GPSH_PROGRAM=$<TARGET_FILE:gpsh>")

add_test(NAME pcsc.many_readers COMMAND ${pcsc_tests}/with_pcscd.sh ${pcsc_tests}/many_readers_test.sh)
set_tests_properties(pcsc.many_readers PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 240
  ENVIRONMENT "GPSH_PROGRAM=$<TARGET_FILE:gpsh>;GPSH_PCSCD_READERS=8")
