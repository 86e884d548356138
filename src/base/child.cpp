#include "base/child.hpp"

#include "base/failure.hpp"

#include <sys/prctl.h>

#include <csignal>
#include <cstdlib>
#include <cstring>

namespace cloudretro::base {

std::string Exit::text() const {
    if (!bySignal) return "exit code " + std::to_string(code);
    return "signal " + std::to_string(code) + " (" + ::strsignal(code) + ")";
}

Child::Child(const std::vector<std::string>& arguments, std::vector<Inherited>&& inherited) {
    auto launcher = Ref<GSubprocessLauncher>::adopt(g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE));
    g_subprocess_launcher_setenv(
        launcher.get(), "CLOUDRETRO_PARENT", std::to_string(::getpid()).c_str(), TRUE);
    for (auto& [fd, number] : inherited) g_subprocess_launcher_take_fd(launcher.get(), fd.release(), number);

    std::vector<const char*> argv{"/proc/self/exe"};
    for (const auto& argument : arguments) argv.push_back(argument.c_str());
    argv.push_back(nullptr);
    Error error;
    process_ =
        Ref<GSubprocess>::adopt(g_subprocess_launcher_spawnv(launcher.get(), argv.data(), ErrorSlot(error)));
    if (!process_)
        throw Failure("no-process", std::string("A process could not be started: ") + error->message + ".",
            "Check the limits of processes and memory (ulimit -a).");
    pid_ = std::atoi(g_subprocess_get_identifier(process_.get()));
    // Never cancelled: while GLib's own thread ends the wait, that would use what it has just freed.
    g_subprocess_wait_async(process_.get(), nullptr, &Child::exited, new std::weak_ptr<Child*>(self_));
}

Child::~Child() { kill(SIGKILL); }

// GSubprocess checks under its own lock that the child was not reaped yet, so the signal never hits a
// stranger.
void Child::kill(int signal) {
    if (running_) g_subprocess_send_signal(process_.get(), signal);
}

void Child::exited(GObject* process, GAsyncResult* result, gpointer self) {
    const std::unique_ptr<std::weak_ptr<Child*>> wait(static_cast<std::weak_ptr<Child*>*>(self));
    g_subprocess_wait_finish(G_SUBPROCESS(process), result, nullptr);
    const auto alive = wait->lock();
    if (!alive) return;
    auto& child = **alive;
    child.running_ = false;
    auto* ended = G_SUBPROCESS(process);
    const Exit exit = g_subprocess_get_if_signaled(ended) ? Exit{true, g_subprocess_get_term_sig(ended)}
                                                          : Exit{false, g_subprocess_get_exit_status(ended)};
    if (auto handler = child.onExit) handler(exit);
}

void dieWithParent() {
    const char* parent = std::getenv("CLOUDRETRO_PARENT");
    if (!parent) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != std::atoi(parent)) std::_Exit(EXIT_FAILURE); // it died before the line above
    ::unsetenv("CLOUDRETRO_PARENT");
}

}
