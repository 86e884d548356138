#pragma once
// Ownership of GLib things. A handle is made only by naming the transfer that the C documentation names.
#include <gio/gio.h>

#include <memory>
#include <utility>

namespace cloudretro::base {

// How one handle type is retained and released: GObjects by default, a specialisation for every other type.
template <class T> struct RefOps {
    static void retain(T* p) { g_object_ref(p); }
    static void release(T* p) { g_object_unref(p); }
};

#define CLOUDRETRO_REF_OPS(T, ref, unref)                                                                    \
    template <> struct RefOps<T> {                                                                           \
        static void retain(T* p) { ref(p); }                                                                 \
        static void release(T* p) { unref(p); }                                                              \
    };
CLOUDRETRO_REF_OPS(GBytes, g_bytes_ref, g_bytes_unref)
CLOUDRETRO_REF_OPS(GHashTable, g_hash_table_ref, g_hash_table_unref)
CLOUDRETRO_REF_OPS(GMappedFile, g_mapped_file_ref, g_mapped_file_unref)
CLOUDRETRO_REF_OPS(GUri, g_uri_ref, g_uri_unref)
CLOUDRETRO_REF_OPS(GMainLoop, g_main_loop_ref, g_main_loop_unref)

// One counted reference; may be empty.
template <class T> class Ref {
public:
    static Ref adopt(T* p) { return Ref(p); } // transfer full
    static Ref share(T* p) {                  // transfer none: takes its own reference
        if (p) RefOps<T>::retain(p);
        return Ref(p);
    }
    static Ref sink(T* p) { // transfer floating
        if (p) g_object_ref_sink(p);
        return Ref(p);
    }

    Ref() = default;
    Ref(Ref&& o) noexcept : p_(std::exchange(o.p_, nullptr)) {}
    Ref(const Ref& o) : Ref(share(o.p_)) {}
    Ref& operator=(Ref o) noexcept {
        std::swap(p_, o.p_);
        return *this;
    }
    ~Ref() {
        if (p_) RefOps<T>::release(p_);
    }

    T* get() const { return p_; }
    [[nodiscard]] T* release() { return std::exchange(p_, nullptr); } // give away
    explicit operator bool() const { return p_ != nullptr; }

private:
    explicit Ref(T* p) : p_(p) {}
    T* p_ = nullptr;
};

// unique_ptr for C things that are freed, not counted.
template <auto Free> struct Freer {
    void operator()(auto* p) const { Free(p); }
};
template <class T, auto Free> using Owned = std::unique_ptr<T, Freer<Free>>;
using Chars = Owned<char, g_free>;
using Error = Owned<GError, g_error_free>;

// Collects the GError of one call: `gst_thing(…, ErrorSlot(error))`.
class ErrorSlot {
public:
    explicit ErrorSlot(Error& into) : into_(into) {}
    ErrorSlot(const ErrorSlot&) = delete;
    ErrorSlot& operator=(const ErrorSlot&) = delete;
    ~ErrorSlot() { into_.reset(raw_); }
    operator GError**() { return &raw_; }

private:
    Error& into_;
    GError* raw_ = nullptr;
};

// A connected signal; disconnects when destroyed. The handler runs on whatever thread emits.
class Connection {
public:
    Connection() = default;
    Connection(gpointer object, gulong id) : object_(Ref<GObject>::share(G_OBJECT(object))), id_(id) {}
    Connection(Connection&& o) noexcept : object_(std::move(o.object_)), id_(std::exchange(o.id_, 0)) {}
    Connection& operator=(Connection&& o) noexcept {
        std::swap(object_, o.object_);
        std::swap(id_, o.id_);
        return *this;
    }
    ~Connection() {
        if (id_) g_signal_handler_disconnect(object_.get(), id_);
    }

private:
    Ref<GObject> object_;
    gulong id_ = 0;
};

// Connects `handler(Args…)` to a signal without a result; the emitter itself is not passed on.
template <class... Args, class F>
[[nodiscard]] Connection connect(gpointer object, const char* signal, F handler) {
    auto call = +[](gpointer, Args... args, gpointer f) { (*static_cast<F*>(f))(args...); };
    auto drop = +[](gpointer f, GClosure*) { delete static_cast<F*>(f); };
    return {object, g_signal_connect_data(
                        object, signal, G_CALLBACK(call), new F(std::move(handler)), drop, GConnectFlags(0))};
}

}
