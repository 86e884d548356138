#pragma once
// A file descriptor with one owner.
#include <fcntl.h>
#include <unistd.h>

#include <utility>

namespace cloudretro::base {

class Fd {
public:
    Fd() = default;
    explicit Fd(int fd) : fd_(fd) {} // takes ownership; negative: none
    Fd(Fd&& o) noexcept : fd_(std::exchange(o.fd_, -1)) {}
    Fd& operator=(Fd&& o) noexcept {
        std::swap(fd_, o.fd_);
        return *this;
    }
    ~Fd() {
        if (fd_ >= 0) ::close(fd_);
    }

    int get() const { return fd_; }
    Fd duplicate() const { return Fd(::fcntl(fd_, F_DUPFD_CLOEXEC, 0)); } // none when there are too many
    [[nodiscard]] int release() { return std::exchange(fd_, -1); }
    explicit operator bool() const { return fd_ >= 0; }

private:
    int fd_ = -1;
};

}
