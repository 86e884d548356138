#pragma once
// A connection to the database beside that of the loop, for what takes its time: used off the loop, for one
// thing after another. Lives on the loop itself.
#include "base/failure.hpp"
#include "base/sqlite.hpp"
#include "coordinator/store/result.hpp"

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace cloudretro::coordinator::store {

class Writer {
public:
    explicit Writer(const std::filesystem::path& file); // throws Failure
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // Gives what `work(database)` came to, which runs after all that was given here before; a Failure becomes
    // its trouble. `work` must capture copies: it is finished also when this was destroyed meanwhile, and
    // nobody is called back then.
    template <class T, class Work> void run(Work work, Callback<T> done) {
        const auto result = std::make_shared<std::optional<Result<T>>>();
        add({[database = database_, work = std::move(work), result] {
                 try {
                     result->emplace(work(*database));
                 } catch (const base::Failure& failure) { result->emplace(failure.trouble()); }
             },
            [result, done = std::move(done)] { done(std::move(**result)); }});
    }

private:
    struct Job {
        std::function<void()> work, done;
    };
    void add(Job job);
    void next();

    const std::shared_ptr<base::Database> database_; // whoever works holds it too
    std::deque<Job> waiting_;
    bool working_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // answers hold it weakly
};

}
