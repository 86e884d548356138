#include "room/reaper.hpp"

namespace cloudretro::room {
namespace {

struct Remains {
    base::Pipeline pipeline;
    base::Ref<GObject> channel; // dropped first: in webrtcbin 1.22 it must not outlive its bin
};

void bury(gpointer remains, gpointer) {
    const std::unique_ptr<Remains> all(static_cast<Remains*>(remains));
    gst_element_set_state(all->pipeline.get(), GST_STATE_NULL);
}

}

void reap(base::Pipeline pipeline, base::Ref<GObject> channel) {
    constexpr int threads = 1;
    static GThreadPool* pool =
        g_thread_pool_new(bury, nullptr, threads, TRUE, nullptr); // for the process's life
    g_thread_pool_push(pool, new Remains{std::move(pipeline), std::move(channel)}, nullptr);
}

}
