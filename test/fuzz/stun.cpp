// What arrives where browsers measure their way to a worker.
#include "worker/stun.hpp"

#include <cstddef>
#include <cstdlib>

using namespace cloudretro::worker;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const IceCredentials credentials{"the user of the seeds", "the password of the seeds"};
    sockaddr_storage sender{};
    sender.ss_family = size % 2 ? AF_INET : AF_INET6;
    const auto answer = answerStun(credentials, {data, size}, sender);
    if (answer && answer->size() > size) std::abort();
    return 0;
}
