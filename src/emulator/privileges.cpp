#include "emulator/privileges.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

namespace cloudretro::emulator {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool shadowMemory = true; // terabytes of it
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool shadowMemory = true;
#else
constexpr bool shadowMemory = false;
#endif
#else
constexpr bool shadowMemory = false;
#endif

constexpr rlim_t memoryForCores = rlim_t{1} << 30;
constexpr rlim_t largestFile = rlim_t{256} << 20; // also of a log that is a file
constexpr rlim_t mostFiles = 64;

// Debian's policy keeps this range back: no package and no person has an account there. Containers know it,
// too.
constexpr uid_t nobody = 65289;

bool limit(__rlimit_resource resource, rlim_t most) {
    rlimit now{};
    if (::getrlimit(resource, &now) != 0) return false;
    const rlimit wanted{most, most};
    return now.rlim_max <= most || ::setrlimit(resource, &wanted) == 0;
}

rlim_t memoryInUse() {
    rlim_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * rlim_t(::sysconf(_SC_PAGESIZE));
}

// glibc has no function for these two system calls.
bool getCapabilities(__user_cap_data_struct (&into)[2]) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    return ::syscall(SYS_capget, &header, into) == 0;
}
bool setCapabilities(const __user_cap_data_struct (&wanted)[2]) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    return ::syscall(SYS_capset, &header, wanted) == 0;
}

}

bool limitResources(std::uintmax_t gameBytes) {
    std::ofstream("/proc/self/oom_score_adj") << 1000;
    std::signal(SIGXFSZ, SIG_IGN); // a file that is full is an error, not the end
    bool all = limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, mostFiles) && limit(RLIMIT_FSIZE, largestFile);
    if (!shadowMemory) all = limit(RLIMIT_AS, memoryInUse() + memoryForCores + 2 * rlim_t(gameBytes)) && all;
    return all;
}

bool leaveNamespaces() {
    const int isolated = CLONE_NEWNET | CLONE_NEWIPC;
    return ::unshare(isolated) == 0 || ::unshare(CLONE_NEWUSER | isolated) == 0;
}

void dropChances() {
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    ::prctl(PR_SET_DUMPABLE, 0);
}

bool becomeNobody() {
    if (::geteuid() != 0) return false;
    const int parent = ::getppid();
    ::prctl(PR_SET_KEEPCAPS, 1);
    const bool became = ::setgroups(0, nullptr) == 0 && ::setresgid(nobody, nobody, nobody) == 0 &&
                        ::setresuid(nobody, nobody, nobody) == 0;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // a change of user takes it away
    if (::getppid() != parent) std::_Exit(EXIT_FAILURE);
    return became;
}

bool dropCapabilities(bool keepFileAccess) {
    __user_cap_data_struct had[2]{};
    if (!getCapabilities(had) || !(had[0].permitted | had[1].permitted)) return false;
    __user_cap_data_struct kept[2]{};
    if (keepFileAccess) kept[0].effective = kept[0].permitted = had[0].permitted & (1u << CAP_DAC_OVERRIDE);
    return setCapabilities(kept);
}

}
