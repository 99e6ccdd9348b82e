#include "accuracy/process/channel.hpp"

#include <sys/socket.h>

#include <algorithm>
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

// A packet must fit into the socket's buffer (208 KiB by default), so a long message goes in several. Each
// begins with a byte that says whether another follows.
constexpr std::size_t packet_size = std::size_t{1} << 16;
constexpr std::uint8_t last_packet = 0;
constexpr std::uint8_t more_follow = 1;

bool send_packet(int channel, const std::vector<std::uint8_t>& bytes) {
    ssize_t sent = 0;
    do sent = send(channel, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(bytes.size());
}

/// Adds the next packet's content to a message. Whether it was the last; nullopt when none came.
std::optional<bool> receive_packet(int channel, std::vector<std::uint8_t>& to) {
    const ssize_t size = receive(channel, nullptr, 0, MSG_PEEK | MSG_TRUNC);
    if (size <= 0) return std::nullopt;
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
    if (receive(channel, bytes.data(), bytes.size(), 0) != size) return std::nullopt;
    to.insert(to.end(), bytes.begin() + 1, bytes.end());
    return bytes.front() == last_packet;
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
    for (std::size_t at = 0; at < bytes.size(); at += packet_size) {
        const std::size_t end = std::min(bytes.size(), at + packet_size);
        std::vector<std::uint8_t> packet{end == bytes.size() ? last_packet : more_follow};
        packet.insert(packet.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                      bytes.begin() + static_cast<std::ptrdiff_t>(end));
        if (!send_packet(channel, packet)) return false;
    }
    return true;
}

std::optional<nlohmann::json> receive_message(int channel) {
    std::vector<std::uint8_t> bytes;
    std::optional<bool> complete;
    do complete = receive_packet(channel, bytes);
    while (complete && !*complete);
    if (!complete) return std::nullopt;
    nlohmann::json message = nlohmann::json::from_cbor(bytes, true, false);
    if (message.is_discarded()) return std::nullopt;
    return message;
}

}  // namespace ulpfront
