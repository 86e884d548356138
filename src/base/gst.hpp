#pragma once
// Ownership of GStreamer things, for the role that has pipelines.
#include "base/failure.hpp"
#include "base/glib.hpp"
#include "base/loop.hpp"

#include <gst/gst.h>
#include <gst/webrtc/webrtc.h>

#include <functional>
#include <string>

namespace cloudretro::base {

CLOUDRETRO_REF_OPS(GstBuffer, gst_buffer_ref, gst_buffer_unref)
CLOUDRETRO_REF_OPS(GstCaps, gst_caps_ref, gst_caps_unref)
CLOUDRETRO_REF_OPS(GstSample, gst_sample_ref, gst_sample_unref)

using Description = Owned<GstWebRTCSessionDescription, gst_webrtc_session_description_free>;
using Structure = Owned<GstStructure, gst_structure_free>;

// A pipeline; stops when destroyed, which waits for its streaming threads.
class Pipeline {
public:
    Pipeline() = default;
    explicit Pipeline(GstElement* floating) : pipeline_(Ref<GstElement>::sink(floating)) {}
    Pipeline(Pipeline&&) noexcept = default;
    Pipeline& operator=(Pipeline&& o) noexcept {
        std::swap(pipeline_, o.pipeline_);
        return *this;
    }
    ~Pipeline() {
        if (pipeline_) gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    }

    // From gst-launch text. Throws Failure when an element is missing or a property is wrong.
    static Pipeline parse(const std::string& text) {
        Error error;
        auto* made = gst_parse_launch(text.c_str(), ErrorSlot(error));
        Pipeline pipeline(made);
        if (error)
            throw Failure("no-pipeline",
                std::string("A media pipeline could not be built: ") + error->message + ".",
                "Install the GStreamer plugins that scripts/install-deps names.");
        return pipeline;
    }

    Ref<GstElement> element(const char* name) const {
        return Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(pipeline_.get()), name));
    }
    GstElement* get() const { return pipeline_.get(); }
    explicit operator bool() const { return bool(pipeline_); }

private:
    Ref<GstElement> pipeline_;
};

// Calls `done` with the reply, or with nullptr when there is none. Runs on the thread that replies: it must
// only copy and post.
inline GstPromise* makePromise(std::function<void(const GstStructure*)> done) {
    using Done = std::function<void(const GstStructure*)>;
    return gst_promise_new_with_change_func(
        [](GstPromise* promise, gpointer done) {
            const bool replied = gst_promise_wait(promise) == GST_PROMISE_RESULT_REPLIED;
            (*static_cast<Done*>(done))(replied ? gst_promise_get_reply(promise) : nullptr);
            gst_promise_unref(promise);
        },
        new Done(std::move(done)), [](gpointer done) { delete static_cast<Done*>(done); });
}

// Hands each message of the pipeline's bus to `handler`, on the loop, until the Watch goes.
inline Watch watchBus(GstElement* pipeline, std::function<void(GstMessage*)> handler) {
    using Handler = std::function<void(GstMessage*)>;
    const auto bus = Ref<GstBus>::adopt(gst_element_get_bus(pipeline));
    GSource* source = gst_bus_create_watch(bus.get());
    const GstBusFunc call = [](GstBus*, GstMessage* message, gpointer handler) -> gboolean {
        (*static_cast<Handler*>(handler))(message);
        return G_SOURCE_CONTINUE;
    };
    g_source_set_callback(source, G_SOURCE_FUNC(call), new Handler(std::move(handler)),
        [](gpointer handler) { delete static_cast<Handler*>(handler); });
    g_source_attach(source, nullptr);
    return Watch(source);
}

inline Ref<GstPad> staticPad(GstElement* element, const char* name) {
    return Ref<GstPad>::adopt(gst_element_get_static_pad(element, name));
}

}
