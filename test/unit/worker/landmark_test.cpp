#include "worker/landmark.hpp"

#include "asker.hpp"

#include <sys/socket.h>

#include <iterator>
#include <sstream>

using namespace cloudretro;
using namespace cloudretro::worker;
using namespace cloudretro::test;

namespace {

// Foundation, component, "udp", priority, address, port, "typ", "host".
std::vector<std::string> partsOf(const std::string& candidate) {
    std::istringstream words(candidate);
    return {std::istream_iterator<std::string>(words), {}};
}

int portOf(const protocol::Landmark& landmark) { return std::stoi(partsOf(landmark.candidates.at(0))[5]); }

sockaddr_in loopback(const char* address, int port) {
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_port = htons(std::uint16_t(port));
    REQUIRE(::inet_pton(AF_INET, address, &made.sin_addr) == 1);
    return made;
}

// Sends it to 127.0.0.2 and reads one packet that came back from there; empty: none did.
Bytes exchange(int socket, const Bytes& question, int port) {
    const auto to = loopback("127.0.0.2", port);
    REQUIRE(::sendto(socket, question.data(), question.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                sizeof to) == ssize_t(question.size()));
    while (g_main_context_iteration(nullptr, FALSE)) {}
    sockaddr_in from{};
    socklen_t size = sizeof from;
    Bytes answer(1500);
    const auto got = ::recvfrom(
        socket, answer.data(), answer.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&from), &size);
    answer.resize(std::size_t(std::max<ssize_t>(got, 0)));
    if (!answer.empty()) CHECK(from.sin_addr.s_addr == to.sin_addr.s_addr);
    return answer;
}

}

TEST_CASE("a worker tells where browsers can measure, each address a little less preferred") {
    const Landmark landmark({});
    const auto told = landmark.describe();
    REQUIRE_FALSE(told.candidates.empty());
    CHECK(told.user.size() >= 4);
    CHECK(told.password.size() >= 22);
    CHECK(told.fingerprint.size() == std::string("sha-256 ").size() + 32 * 3 - 1);
    unsigned long before = 1ul << 31;
    for (const auto& candidate : told.candidates) {
        const auto parts = partsOf(candidate);
        REQUIRE(parts.size() == 8);
        CHECK(std::stoul(parts[3]) < before);
        before = std::stoul(parts[3]);
        CHECK(std::stoi(parts[5]) > 0);
        CHECK(parts[4].find('%') == std::string::npos);
    }
}

TEST_CASE("it keeps to the ports that its owner opened, and does without when they are taken") {
    const int port = portOf(Landmark({}).describe()); // free again
    const Landmark first({port, port});
    CHECK(portOf(first.describe()) == port);
    const Landmark second({port, port});
    CHECK(second.describe().candidates.empty());
}

TEST_CASE("it answers from the address that was asked, so many times a second, and never to noise") {
    const Landmark landmark({});
    const auto told = landmark.describe();
    const base::Fd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    Asker asker;
    const auto question = asker.ask(told.user + ":theirs", told.password);
    for (int i = 0; i < 3000; ++i) CHECK(exchange(socket.get(), {1, 2, 3}, portOf(told)).empty());
    const auto answer = exchange(socket.get(), question, portOf(told));
    CHECK_THAT(asker.understand(answer), Catch::StartsWith("127.0.0.1 "));
    int answers = 0;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 3000; ++i) answers += !exchange(socket.get(), question, portOf(told)).empty();
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    CHECK(answers >= 900);
    CHECK(answers <= 1001 + 500 * passed.count());
}
