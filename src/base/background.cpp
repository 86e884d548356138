#include "base/background.hpp"

#include "base/glib.hpp"

namespace cloudretro::base {
namespace {

struct Job {
    std::function<void()> work, done;
};

void work(GTask* task, gpointer, gpointer job, GCancellable*) noexcept {
    static_cast<Job*>(job)->work();
    g_task_return_boolean(task, TRUE);
}

// The other thread may let go of the task last, but what the job captured belongs to the loop.
void finished(GObject*, GAsyncResult* result, gpointer) {
    const auto job = std::move(*static_cast<Job*>(g_task_get_task_data(G_TASK(result))));
    job.done();
}

}

void runInBackground(std::function<void()> work, std::function<void()> done) {
    const auto task = Ref<GTask>::adopt(g_task_new(nullptr, nullptr, &finished, nullptr));
    g_task_set_task_data(task.get(), new Job{std::move(work), std::move(done)},
        [](gpointer job) { delete static_cast<Job*>(job); });
    g_task_run_in_thread(task.get(), &cloudretro::base::work);
}

}
