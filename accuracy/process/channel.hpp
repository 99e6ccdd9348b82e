// Messages between the supervisor and its workers.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "accuracy/process/memory.hpp"

namespace ulpfront {

/// Two connected ends of a channel; a message arrives whole or not at all. They close on exec.
std::pair<descriptor, descriptor> make_channel();

/// Sends one message; false if nobody listens any more. Numbers may be infinite or NaN.
bool send_message(int channel, const nlohmann::json& message);

/// Waits for the next message; nullopt when the other side has gone or sent no message.
std::optional<nlohmann::json> receive_message(int channel);

}  // namespace ulpfront
