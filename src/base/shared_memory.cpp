#include "base/shared_memory.hpp"

#include "base/failure.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace cloudretro::base {
namespace {

[[noreturn]] void fail(const char* what) {
    throw Failure("no-shared-memory",
        std::string("Shared memory could not be ") + what + ": " + std::strerror(errno) + ".",
        "Free some memory, or raise the container's limits.");
}

}

SharedMemory SharedMemory::create(std::size_t bytes) {
    Fd fd(::memfd_create("cloudretro", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd || ::ftruncate(fd.get(), off_t(bytes)) != 0) fail("made");
    if (::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) fail("sealed");
    return {std::move(fd), bytes};
}

SharedMemory SharedMemory::attach(Fd fd, std::size_t bytes) {
    struct stat facts {};
    if (::fstat(fd.get(), &facts) != 0) fail("found");
    if (facts.st_size < off_t(bytes)) {
        errno = ENOSPC;
        fail("attached");
    }
    return {std::move(fd), bytes};
}

SharedMemory::SharedMemory(Fd fd, std::size_t bytes)
    : fd_(std::move(fd)),
      bytes_(bytes),
      data_(::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0)) {
    if (data_ == MAP_FAILED) fail("mapped");
}

SharedMemory::SharedMemory(SharedMemory&& o) noexcept
    : fd_(std::move(o.fd_)),
      bytes_(o.bytes_),
      data_(std::exchange(o.data_, nullptr)) {}

SharedMemory::~SharedMemory() {
    if (data_) ::munmap(data_, bytes_);
}

}
