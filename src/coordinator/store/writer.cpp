#include "coordinator/store/writer.hpp"

#include "base/background.hpp"

#include <utility>

namespace cloudretro::coordinator::store {

Writer::Writer(const std::filesystem::path& file) : database_(std::make_shared<base::Database>(file)) {}

void Writer::add(Job job) {
    waiting_.push_back(std::move(job));
    if (!working_) next();
}

void Writer::next() {
    working_ = !waiting_.empty();
    if (!working_) return;
    auto job = std::move(waiting_.front());
    waiting_.pop_front();
    base::runInBackground(
        std::move(job.work), [this, alive = std::weak_ptr(alive_), done = std::move(job.done)] {
            if (alive.expired()) return;
            next();
            done(); // last: it may destroy us
        });
}

}
