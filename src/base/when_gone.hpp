#pragma once
// Hears of the end of a GObject that somebody else owns.
#include "base/glib.hpp"

#include <functional>
#include <utility>

namespace cloudretro::base {

// `gone` is called once, on the thread that drops the last reference, unless this ends first; it may end
// this.
class WhenGone {
public:
    WhenGone() = default;
    WhenGone(gpointer object, std::function<void()> gone)
        : state_(new State{G_OBJECT(object), std::move(gone)}) {
        g_object_weak_ref(state_->object, &WhenGone::heard, state_);
    }
    WhenGone(WhenGone&& o) noexcept : state_(std::exchange(o.state_, nullptr)) {}
    WhenGone& operator=(WhenGone&& o) noexcept {
        std::swap(state_, o.state_);
        return *this;
    }
    ~WhenGone() {
        if (!state_) return;
        if (state_->object) g_object_weak_unref(state_->object, &WhenGone::heard, state_);
        delete state_;
    }

    explicit operator bool() const { return state_ != nullptr; }

private:
    struct State {
        GObject* object; // null: it is gone
        std::function<void()> gone;
    };
    static void heard(gpointer state, GObject*) {
        auto& self = *static_cast<State*>(state);
        self.object = nullptr;
        const auto gone = std::move(self.gone); // it may end `self`
        gone();
    }

    State* state_ = nullptr;
};

}
