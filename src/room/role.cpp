#include "room/role.hpp"

#include "base/child.hpp"
#include "base/json.hpp"
#include "base/log.hpp"
#include "base/message_socket.hpp"
#include "room/room.hpp"

#include <array>
#include <cstdlib>

namespace cloudretro::room {
namespace {

// Everything that the pipelines name, so that a missing plugin is told at the start and by its name.
constexpr std::array elements{"appsrc", "appsink", "videoconvertscale", "jpegenc", "x264enc", "vp8enc",
    "opusenc", "rtph264pay", "rtpvp8pay", "rtpopuspay", "webrtcbin", "nicesrc", "dtlssrtpenc", "srtpenc",
    "sctpenc"};

void checkElements() {
    for (const char* name : elements)
        if (const auto factory = base::Ref<GstElementFactory>::adopt(gst_element_factory_find(name));
            !factory)
            throw base::Failure("no-pipeline", std::string("The GStreamer element ") + name + " is missing.",
                "Run scripts/install-deps, which installs the plugins that it needs.");
}

}

int run() {
    base::dieWithParent();
    base::startLog("room");
    gst_init(nullptr, nullptr);
    checkElements();

    base::Loop loop;
    Room room;
    base::MessageSocket worker{base::Fd(ipc::roomControlFd)};
    room.send = [&](const std::string& message) {
        if (!worker.send(message)) base::logWarning("the worker does not read");
    };
    room.onClosed = [&] { loop.quit(); };
    worker.onMessage = [&](std::string_view text) {
        if (auto message = base::decode<protocol::ToRoom>(text))
            room.handle(std::move(*message));
        else
            base::logWarning("the worker sent a message that makes no sense");
    };
    worker.onClosed = [&] { loop.quit(1); };
    const int code = loop.run();
    // Without exit handlers: OpenSSL's would free what webrtcbin's threads still use.
    std::_Exit(code);
}

}
