// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "gp/doctor.h"

namespace gpsh::gp {

/// "the card has proven that it knows the ENC key; MAC and DEK are unproven".
[[nodiscard]] std::string proof_of(const DoctorCase& asked, const Diagnosis& diagnosis);
/// "SCP02 with EMV CPS 1.1 diversification of your key: add -keyDerivation emvcps11"; without a fit how many
/// combinations were tried.
[[nodiscard]] std::string advice_for(const DoctorCase& asked, const Diagnosis& diagnosis);

}  // namespace gpsh::gp
