#pragma once
// The one event loop of a process: the default GMainContext, run by the main thread, where all of a role's
// objects live.
#include "base/glib.hpp"

#include <chrono>
#include <functional>

namespace cloudretro::base {

// A source of events; removed when destroyed. Lives on the loop.
class Watch {
public:
    Watch() = default;
    explicit Watch(GSource* adopted) : source_(adopted) {}
    Watch(Watch&& o) noexcept : source_(std::exchange(o.source_, nullptr)) {}
    Watch& operator=(Watch&& o) noexcept {
        std::swap(source_, o.source_);
        return *this;
    }
    ~Watch();
    explicit operator bool() const { return source_ && !g_source_is_destroyed(source_); }

private:
    GSource* source_ = nullptr;
};

class Loop {
public:
    // Runs until quit(); returns its argument.
    int run();
    void quit(int exitCode = 0); // any thread

    // Any thread. Always queued, never run inline, so that a poster never re-enters itself. What `task`
    // captures must outlive it or be weak: a task is not cancelled.
    static void post(std::function<void()> task);

    // All below: loop thread; the callback stops when the Watch is destroyed, which it may do itself.
    [[nodiscard]] static Watch every(std::chrono::milliseconds interval, std::function<void()> task);
    [[nodiscard]] static Watch after(std::chrono::milliseconds delay, std::function<void()> task); // once
    [[nodiscard]] static Watch readable(int fd, std::function<void()> task); // also on hang-up and error
    [[nodiscard]] static Watch ready(int fd, GIOCondition condition, std::function<void(GIOCondition)> task);
    [[nodiscard]] static Watch signal(int number, std::function<void()> task);

private:
    Ref<GMainLoop> loop_ = Ref<GMainLoop>::adopt(g_main_loop_new(nullptr, FALSE));
    int exitCode_ = 0;
};

}
