// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// Load files and applications.
constexpr std::array kCodes = {
    Code{.code = "aid-missing",
         .meaning = "an AID is needed that neither the line nor the file names",
         .example = "install -file hello.cap -pkgAID D0D1D2D3D4D501 -AID D0D1D2D3D4D50101\n",
         .remedy = "Give -pkgAID, -AID or -instAID, or leave -instAID out",
         .causes = "a load file that is not of Java Card names no package; -instAID asks for an applet of a "
                   "library; delete without -AID"},
    Code{.code = "descriptor-loaded",
         .severity = Severity::note,
         .meaning = "the load file holds a Descriptor component that the card does not need",
         .example = "install -file hello.cap -omitDescriptor\n",
         .remedy = "Nothing is to be done; -omitDescriptor saves the APDUs that the message counts where "
                   "there is no hash",
         .causes = "GPShell loads it, and so does gpsh, as a hash or DAP over the load file counts it"},
    Code{.code = "library-loaded",
         .severity = Severity::note,
         .meaning = "a package without applets was loaded, and nothing installed",
         .remedy = "Nothing is to be done: load those that need it now",
         .causes = "it is a library that other packages import"},
    Code{.code = "no-file-name",
         .meaning = "a command that loads, without -file",
         .example = "load -file hello.cap\n",
         .remedy = "Add -file with a CAP or IJC file",
         .causes = "the option is missing, and no line before has given one"},
};

}  // namespace

std::span<const Code> content() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
