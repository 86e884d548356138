#include "base/describe_protocol.hpp"

#include "base/json.hpp"

namespace cloudretro::base {
namespace {

// The kind of a field: "string", "integer", "number", "boolean", [kind] for a list, {…} for a part.
template <class T> Json kindOf(const T& value) {
    if constexpr (std::same_as<T, std::string>)
        return "string";
    else if constexpr (std::same_as<T, bool>)
        return "boolean";
    else if constexpr (std::integral<T>)
        return "integer";
    else if constexpr (std::floating_point<T>)
        return "number";
    else if constexpr (requires { typename T::value_type; })
        return Json::array({kindOf(typename T::value_type{})});
    else {
        Json fields = Json::object();
        T::fields(value, [&](const char* name, const auto& field) { fields[name] = kindOf(field); });
        return fields;
    }
}

template <class... Messages> Json describe(const std::variant<Messages...>*) {
    Json all = Json::object();
    ((all[Messages::type] = kindOf(Messages{})), ...);
    return all;
}

template <class Variant> Json describe() { return describe(static_cast<const Variant*>(nullptr)); }

}

std::string describeProtocol() {
    using namespace protocol;
    const Json description{{"version", protocol::version},
        {"messages",
            {{"FromBrowser", describe<FromBrowser>()}, {"ToBrowser", describe<ToBrowser>()},
                {"ToRoom", describe<ToRoom>()}, {"FromRoom", describe<FromRoom>()},
                {"ToWorker", describe<ToWorker>()}, {"FromWorker", describe<FromWorker>()},
                {"ToEmulator", describe<ToEmulator>()}, {"FromEmulator", describe<FromEmulator>()}}}};
    return description.dump(2);
}

}
