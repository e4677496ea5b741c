// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/command_result.h"
#include "interpreter/commands.h"
#include "interpreter/session_state.h"

namespace gpsh::interpreter {

// One function a command. Each throws Error when the command fails; what there is to show of it is its
// result.

CommandResult run(const Mode201& command, SessionState& state);
CommandResult run(const Mode211& command, SessionState& state);
CommandResult run(const EnableTrace& command, SessionState& state);
CommandResult run(const EnableTimer& command, SessionState& state);
CommandResult run(const GemXpressoPro& command, SessionState& state);
CommandResult run(const VisaKeyDerivation& command, SessionState& state);
CommandResult run(const EmvCps11KeyDerivation& command, SessionState& state);
CommandResult run(const EstablishContext& command, SessionState& state);
CommandResult run(const ReleaseContext& command, SessionState& state);
CommandResult run(const ListReaders& command, SessionState& state);
CommandResult run(const CardConnect& command, SessionState& state);
CommandResult run(const CardDisconnect& command, SessionState& state);
CommandResult run(const Select& command, SessionState& state);
CommandResult run(const GetSecureChannelProtocolDetails& command, SessionState& state);
CommandResult run(const OpenSc& command, SessionState& state);
CommandResult run(const GetData& command, SessionState& state);
CommandResult run(const GetCardRecognitionData& command, SessionState& state);
CommandResult run(const GetStatus& command, SessionState& state);
CommandResult run(const Load& command, SessionState& state);
CommandResult run(const Install& command, SessionState& state);
CommandResult run(const InstallForLoad& command, SessionState& state);
CommandResult run(const InstallForInstall& command, SessionState& state);
CommandResult run(const InstallForMakeSelectable& command, SessionState& state);
CommandResult run(const InstallForPersonalization& command, SessionState& state);
CommandResult run(const Delete& command, SessionState& state);
CommandResult run(const GetKeyInformationTemplates& command, SessionState& state);
CommandResult run(const GetExtendedCardResourcesInformation& command, SessionState& state);
CommandResult run(const StoreData& command, SessionState& state);
CommandResult run(const DeleteKey& command, SessionState& state);
CommandResult run(const PutScKey& command, SessionState& state);
CommandResult run(const PutDmTokenKeys& command, SessionState& state);
CommandResult run(const PutDmReceiptKeys& command, SessionState& state);
CommandResult run(const PutDmKeys& command, SessionState& state);
CommandResult run(const SendApdu& command, SessionState& state);
CommandResult run(const SendApduNostop& command, SessionState& state);
CommandResult run(const Print& command, SessionState& state);
CommandResult run(const Exit& command, SessionState& state);

}  // namespace gpsh::interpreter
