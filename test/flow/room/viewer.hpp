#pragma once
// A browser for tests: webrtcbin that answers a room's offers, decodes what comes and presses buttons.
#include "base/gst.hpp"
#include "cloudretro/input.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>

// Lives on the default main context; its media threads write atomics that the test reads.
class Viewer {
public:
    explicit Viewer(std::string codec); // "H264" or "VP8"
    ~Viewer();

    // Signaling, wired by the test.
    void offer(const std::string& sdp);
    void candidate(int line, const std::string& candidate);
    std::function<void(const std::string& sdp)> onAnswer;
    std::function<void(int line, const std::string& candidate)> onCandidate;

    bool channelOpen() const { return channelOpen_; }
    void press(cloudretro::Buttons buttons); // the whole state of pad 0, until the next press()

    // The newest picture and sound.
    int frames() const { return frames_; }
    int keyframes() const { return keyframes_; }
    int width() const { return width_; }
    int height() const { return height_; }
    double brightness() const { return brightness_; } // mean luma, 16..235
    double loudness() const { return loudness_; }     // RMS of the last 10 ms, 0..1
    int blocks() const { return blocks_; }            // of sound

    // Asks for a keyframe as a browser's decoder does.
    void requestKeyframe();

private:
    void addPad(GstPad* pad);
    void takePicture(GstSample* sample);
    void takeSound(GstSample* sample);
    void sendState();

    cloudretro::base::Pipeline pipeline_;
    GstElement* webrtc_ = nullptr;
    cloudretro::base::Ref<GObject> channel_;
    std::vector<cloudretro::base::Connection> connections_;
    cloudretro::base::Ref<GstPad> videoPad_;
    std::string codec_;
    cloudretro::InputPacket packet_{};
    cloudretro::base::Watch beating_; // as a page does
    std::atomic<bool> channelOpen_ = false;
    std::atomic<int> frames_ = 0, keyframes_ = 0, blocks_ = 0, width_ = 0, height_ = 0;
    std::atomic<double> brightness_ = 0, loudness_ = 0;
};
