#include "base/loop.hpp"

#include <glib-unix.h>

namespace cloudretro::base {
namespace {

using Task = std::function<void()>;

void dropTask(gpointer task) { delete static_cast<Task*>(task); }

gboolean runOnce(gpointer task) {
    (*static_cast<Task*>(task))();
    return G_SOURCE_REMOVE;
}

gboolean runAgain(gpointer task) {
    (*static_cast<Task*>(task))();
    return G_SOURCE_CONTINUE;
}

gboolean runReadable(gint, GIOCondition, gpointer task) { return runAgain(task); }

Watch attach(GSource* source, GSourceFunc call, Task task) {
    g_source_set_callback(source, call, new Task(std::move(task)), dropTask);
    g_source_attach(source, nullptr);
    return Watch(source);
}

}

Watch::~Watch() {
    if (!source_) return;
    g_source_destroy(source_);
    g_source_unref(source_);
}

int Loop::run() {
    g_main_loop_run(loop_.get());
    return exitCode_;
}

void Loop::quit(int exitCode) {
    exitCode_ = exitCode;
    g_main_loop_quit(loop_.get());
}

void Loop::post(Task task) {
    GSource* source = g_idle_source_new();
    g_source_set_priority(source, G_PRIORITY_DEFAULT);
    g_source_set_callback(source, runOnce, new Task(std::move(task)), dropTask);
    g_source_attach(source, nullptr);
    g_source_unref(source);
}

Watch Loop::every(std::chrono::milliseconds interval, Task task) {
    return attach(g_timeout_source_new(guint(interval.count())), runAgain, std::move(task));
}

Watch Loop::after(std::chrono::milliseconds delay, Task task) {
    return attach(g_timeout_source_new(guint(delay.count())), runOnce, std::move(task));
}

Watch Loop::readable(int fd, Task task) {
    return attach(g_unix_fd_source_new(fd, GIOCondition(G_IO_IN | G_IO_HUP | G_IO_ERR)),
        G_SOURCE_FUNC(+runReadable), std::move(task));
}

Watch Loop::signal(int number, Task task) {
    return attach(g_unix_signal_source_new(number), runAgain, std::move(task));
}

}
