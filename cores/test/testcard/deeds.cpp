#include "deeds.hpp"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <thread>
#include <vector>

#include "misbehaviour.hpp"

namespace testcard {
namespace {

// What the frontend's ipc.hpp says of the descriptors that an emulator has.
constexpr int controlFd = 3, memoryFd = 4, frameFd = 5;

bool opens(const char* path, int flags) {
    const int fd = ::open(path, flags, 0600);
    if (fd >= 0) ::close(fd);
    return fd >= 0;
}

bool lists(const char* path) {
    DIR* folder = ::opendir(path);
    if (folder) ::closedir(folder);
    return folder;
}

bool connects(int type) {
    const int fd = ::socket(AF_INET, type, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(9);
    ::inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    return fd >= 0 &&
           (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 || errno == ECONNREFUSED);
}

bool forks() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    if (child > 0) ::waitpid(child, nullptr, 0);
    return child > 0;
}

bool executes() {
    char name[] = "true", *arguments[] = {name, nullptr}, *none[] = {nullptr};
    ::execve("/bin/true", arguments, none); // ends the process either way: with exit code 0 if it worked
    return false;
}

// The kernel itself sends a signal when something can be read from a descriptor.
bool killsByDescriptor() {
    return ::fcntl(frameFd, F_SETOWN, ::getppid()) == 0 || ::fcntl(frameFd, F_SETSIG, SIGKILL) == 0;
}

bool makesCode() {
    return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

bool threads() {
    bool ran = false;
    std::thread([&] { ran = true; }).join();
    return ran;
}

// Whatever the layout: nothing that the other side reads from the first pages makes sense any more.
bool lies() {
    constexpr size_t bytes = 1 << 14;
    void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, memoryFd, 0);
    if (memory == MAP_FAILED) return false;
    const uint64_t one = 1;
    do std::memset(memory, 0xff, bytes);
    while (::write(frameFd, &one, sizeof one) == sizeof one || errno == EAGAIN);
    return false;
}

bool shrinks() { return ::ftruncate(memoryFd, 0) == 0; }

// More than any machine has: all of it touched, so that it counts.
bool fillsMemory() {
    std::vector<char*> kept;
    for (int i = 0; i < 1 << 14; ++i) {
        constexpr size_t block = 1 << 24;
        auto* more = static_cast<char*>(std::malloc(block));
        if (!more) std::abort(); // as new does
        std::memset(more, 1, block);
        kept.push_back(more);
        if (kept.size() * block > (size_t{3} << 30)) return true;
    }
    return true;
}

bool babbles() {
    const std::string nonsense[] = {
        "{\"type\":\"loaded\",\"fps\":1e300,\"aspect\":-5,\"seats\":-3,\"sampleRate\":0}",
        "{\"type\":\"timingChanged\",\"fps\":-1,\"aspect\":1e300,\"sampleRate\":1e300}", "{", "\xff\xff",
        "{\"type\":\"loaded\",\"width\":-1,\"height\":2147483647}"};
    for (const auto& text : nonsense) ::send(controlFd, text.data(), text.size(), 0);
    return false;
}

const std::map<std::string, std::function<bool()>> deeds = {
    {"read-passwd", [] { return opens("/etc/passwd", O_RDONLY); }},
    {"read-proc", [] { return opens("/proc/self/environ", O_RDONLY) || opens("/proc/1/maps", O_RDONLY); }},
    {"list-root", [] { return lists("/"); }},
    {"write-tmp", [] { return opens("/tmp/testcard-was-here", O_WRONLY | O_CREAT); }},
    {"connect", [] { return connects(SOCK_STREAM) || connects(SOCK_DGRAM); }}, {"fork", forks},
    {"exec", executes}, {"ptrace", [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0; }},
    {"kill-parent", [] { return ::kill(::getppid(), 0) == 0 || ::kill(-1, 0) == 0; }},
    {"kill-by-descriptor", killsByDescriptor}, {"new-code", makesCode}, {"shrink", shrinks}, {"lie", lies},
    {"babble", babbles}, {"fill-memory", fillsMemory}, {"exit", []() -> bool { std::exit(0); }},
    {"segfault", [] { return crash(), true; }}, {"hang", []() -> bool { hang(); }},
    {"abort", []() -> bool { std::abort(); }}, {"thread", [] { return !threads(); }}, // this one it may
};

} // namespace

bool attempt(const std::string& deed) {
    const auto known = deeds.find(deed);
    return known == deeds.end() || known->second();
}

} // namespace testcard
