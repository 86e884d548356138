#pragma once
// Work that would hold the loop up, on a thread of GLib's pool.
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace cloudretro::base {

// Loop thread. Runs `work` elsewhere, then `done` on the loop, which does not wait. Nothing is cancelled:
// what they capture must outlive them or be weak. It is destroyed on the loop.
void runInBackground(std::function<void()> work, std::function<void()> done);

// The same; `done` gets what `work` returned.
template <class Work, class Done> void inBackground(Work work, Done done) {
    const auto result = std::make_shared<std::optional<decltype(work())>>();
    runInBackground([result, work = std::move(work)] { result->emplace(work()); },
        [result, done = std::move(done)] { done(std::move(**result)); });
}

}
