// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/commands.h"
#include "interpreter/session_state.h"

namespace gpsh::interpreter {

// One function a command. Each throws Error when the command fails; what it prints goes to the run's output.

void run(const Mode201& command, SessionState& state);
void run(const Mode211& command, SessionState& state);
void run(const EnableTrace& command, SessionState& state);
void run(const EnableTimer& command, SessionState& state);
void run(const GemXpressoPro& command, SessionState& state);
void run(const VisaKeyDerivation& command, SessionState& state);
void run(const EmvCps11KeyDerivation& command, SessionState& state);
void run(const EstablishContext& command, SessionState& state);
void run(const ReleaseContext& command, SessionState& state);
void run(const ListReaders& command, SessionState& state);
void run(const CardConnect& command, SessionState& state);
void run(const CardDisconnect& command, SessionState& state);
void run(const Select& command, SessionState& state);
void run(const GetSecureChannelProtocolDetails& command, SessionState& state);
void run(const OpenSc& command, SessionState& state);
void run(const GetData& command, SessionState& state);
void run(const GetCardRecognitionData& command, SessionState& state);
void run(const GetStatus& command, SessionState& state);
void run(const GetKeyInformationTemplates& command, SessionState& state);
void run(const GetExtendedCardResourcesInformation& command, SessionState& state);
void run(const StoreData& command, SessionState& state);
void run(const DeleteKey& command, SessionState& state);
void run(const PutScKey& command, SessionState& state);
void run(const PutDmTokenKeys& command, SessionState& state);
void run(const PutDmReceiptKeys& command, SessionState& state);
void run(const PutDmKeys& command, SessionState& state);
void run(const Load& command, SessionState& state);
void run(const Install& command, SessionState& state);
void run(const InstallForLoad& command, SessionState& state);
void run(const InstallForInstall& command, SessionState& state);
void run(const InstallForMakeSelectable& command, SessionState& state);
void run(const InstallForPersonalization& command, SessionState& state);
void run(const Delete& command, SessionState& state);
void run(const SendApdu& command, SessionState& state);
void run(const SendApduNostop& command, SessionState& state);
void run(const Print& command, SessionState& state);
void run(const Exit& command, SessionState& state);

}  // namespace gpsh::interpreter
