#include "accuracy/process/channel.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <vector>

#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// recv, begun again when a signal interrupts it, and when the other side has ended without reading all it
/// was sent: that is told once, before what it had sent itself.
ssize_t receive(int channel, void* to, std::size_t size, int flags) {
    ssize_t count = 0;
    do count = recv(channel, to, size, flags);
    while (count < 0 && (errno == EINTR || errno == ECONNRESET));
    return count;
}

}  // namespace

std::pair<descriptor, descriptor> make_channel() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        throw failure(exit_internal, std::string("cannot talk to workers: ") + std::strerror(errno));
    return {descriptor(ends[0]), descriptor(ends[1])};
}

bool send_message(int channel, const nlohmann::json& message) {
    // CBOR, since JSON's text has no infinities.
    const std::vector<std::uint8_t> bytes = nlohmann::json::to_cbor(message);
    ssize_t sent = 0;
    do sent = send(channel, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(bytes.size());
}

std::optional<nlohmann::json> receive_message(int channel) {
    const ssize_t size = receive(channel, nullptr, 0, MSG_PEEK | MSG_TRUNC);
    if (size <= 0) return std::nullopt;
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
    if (receive(channel, bytes.data(), bytes.size(), 0) != size) return std::nullopt;
    nlohmann::json message = nlohmann::json::from_cbor(bytes, true, false);
    if (message.is_discarded()) return std::nullopt;
    return message;
}

}  // namespace ulpfront
