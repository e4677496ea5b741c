# SPDX-License-Identifier: Apache-2.0
# Reads what the benchmarks print, and says which ratios miss their limits ("NAME: 1.10 times LIMIT (at most 1.25)")
# and which programs did not end ("FAILED PROGRAM"). Exit code 1 if there is any.
/ times .*\(at most [0-9.]+\)$/ {
  ++ratios
  split($0, before, / times /)
  count = split(before[1], words, / /)
  limit = $NF
  sub(/\)$/, "", limit)
  if (words[count] + 0 > limit + 0) missed[++misses] = $0
}
/^FAILED / { missed[++misses] = $0 }
END {
  printf "\n%d ratios, %d missed\n", ratios, misses
  for (i = 1; i <= misses; ++i) print "  " missed[i]
  exit ratios == 0 || misses > 0
}
