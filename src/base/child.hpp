#pragma once
// A child process of ours: another role of the same binary.
#include "base/fd.hpp"
#include "base/loop.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cloudretro::base {

// A descriptor that the child gets under a number of its own; the caller's end is closed once it started.
struct Inherited {
    Fd fd;
    int number;
};

// How a child ended, for people: "exit code 3", "signal 11 (Segmentation fault)".
struct Exit {
    bool bySignal = false;
    int code = 0; // exit code or signal number
    std::string text() const;
};

// Lives on the loop. Destroying it kills a child that still runs; the child is always reaped.
class Child {
public:
    // Runs this binary (/proc/self/exe) with `arguments`; stdin is /dev/null, stdout and stderr are ours.
    // Throws Failure when the system cannot start it.
    Child(const std::vector<std::string>& arguments, std::vector<Inherited>&& inherited);
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    int pid() const { return pid_; }
    bool running() const { return running_; }
    void kill(int signal);

    std::function<void(Exit)> onExit; // once; may destroy this object

private:
    static void exited(GObject* process, GAsyncResult* result, gpointer self);

    Ref<GSubprocess> process_;
    std::shared_ptr<Child*> self_ = std::make_shared<Child*>(this); // the wait holds it weakly
    int pid_ = 0;
    bool running_ = true;
};

// In a Child, first of all: die (SIGKILL) when the parent does, however it dies. The parent must have started
// us from a thread that lives as long as it does (PR_SET_PDEATHSIG follows the thread). Nothing happens in a
// process that a person started.
void dieWithParent();

}
