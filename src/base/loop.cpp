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

using ReadyTask = std::function<void(GIOCondition)>;

gboolean runReady(gint, GIOCondition condition, gpointer task) {
    (*static_cast<ReadyTask*>(task))(condition);
    return G_SOURCE_CONTINUE;
}

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
    return ready(
        fd, GIOCondition(G_IO_IN | G_IO_HUP | G_IO_ERR), [task = std::move(task)](GIOCondition) { task(); });
}

Watch Loop::ready(int fd, GIOCondition condition, ReadyTask task) {
    GSource* source = g_unix_fd_source_new(fd, condition);
    g_source_set_callback(source, G_SOURCE_FUNC(+runReady), new ReadyTask(std::move(task)),
        [](gpointer p) { delete static_cast<ReadyTask*>(p); });
    g_source_attach(source, nullptr);
    return Watch(source);
}

Watch Loop::signal(int number, Task task) {
    return attach(g_unix_signal_source_new(number), runAgain, std::move(task));
}

}
