#pragma once
// Waiting for the answer of an asynchronous call.
#include "../wait.hpp"
#include "coordinator/store/result.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <optional>

namespace cloudretro::test {

// await<Version>([&](auto done) { saves.put(write, done); })
template <class T, class F> coordinator::store::Result<T> await(F start) {
    using coordinator::store::Result;
    const auto answer = std::make_shared<std::optional<Result<T>>>();
    start([answer](Result<T> result) { answer->emplace(std::move(result)); });
    REQUIRE(until([&] { return answer->has_value(); }));
    return **answer;
}

}
