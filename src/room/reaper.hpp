#pragma once
// Stops peers' pipelines where nobody waits.
#include "base/gst.hpp"

namespace cloudretro::room {

// Stops `pipeline` and drops it and `channel`, on a thread of its own, one after another: webrtcbin takes its
// time to stop, and must never be stopped from one of its own callbacks. Loop thread.
void reap(base::Pipeline pipeline, base::Ref<GObject> channel);

}
