#pragma once
// What an asynchronous call of the store came to: a value, or a trouble for people.
#include "cloudretro/protocol.hpp"

#include <functional>
#include <utility>
#include <variant>

namespace cloudretro::coordinator::store {

template <class T> class Result {
public:
    Result(T value) : what_(std::in_place_index<0>, std::move(value)) {}
    Result(protocol::Trouble trouble) : what_(std::in_place_index<1>, std::move(trouble)) {}

    explicit operator bool() const { return what_.index() == 0; }
    T& operator*() { return std::get<0>(what_); }
    T* operator->() { return &std::get<0>(what_); }
    const protocol::Trouble& trouble() const { return std::get<1>(what_); }

private:
    std::variant<T, protocol::Trouble> what_;
};

// Called once, from the loop, never from within the call that it was given to.
template <class T> using Callback = std::function<void(Result<T>)>;

struct Done {};

}
