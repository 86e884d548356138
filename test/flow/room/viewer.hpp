#pragma once
// A browser for tests: webrtcbin that answers a room's offers, decodes what comes and presses buttons.
#include "base/gst.hpp"
#include "cloudretro/input.hpp"

#include <atomic>
#include <cstdint>
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

    // Of the counter ROM (cores/test/nes/counter.s): the number in the newest picture, the longest time (ns)
    // from one number to another and the farthest step back, since forget().
    std::uint32_t count() const { return count_; }
    std::int64_t longestStill() const { return longestStill_; }
    std::uint32_t farthestBack() const { return farthestBack_; }
    void forget() { longestStill_ = 0, farthestBack_ = 0; }

    // Asks for a keyframe as a browser's decoder does.
    void requestKeyframe();

private:
    void addPad(GstPad* pad);
    void takePicture(GstSample* sample);
    void takeCount(const unsigned char* luma, int stride);
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
    std::atomic<std::uint32_t> count_ = 0, farthestBack_ = 0;
    std::atomic<std::int64_t> longestStill_ = 0;
    std::int64_t counted_ = 0; // when the newest number came; decoder's thread
    std::atomic<double> brightness_ = 0, loudness_ = 0;
};
