#include "base/multipart.hpp"

#include "base/glib.hpp"

#include <libsoup/soup.h>

namespace cloudretro::base {
namespace {

using Headers = Owned<SoupMessageHeaders, soup_message_headers_unref>;
using Multipart = Owned<SoupMultipart, soup_multipart_free>;

// Its name in the form; empty: none.
std::string nameOf(SoupMessageHeaders* part) {
    char* disposition = nullptr;
    GHashTable* fields = nullptr;
    if (!soup_message_headers_get_content_disposition(part, &disposition, &fields)) return {};
    const Chars owned(disposition);
    const auto ownedFields = Ref<GHashTable>::adopt(fields);
    const auto* name = static_cast<const char*>(g_hash_table_lookup(fields, "name"));
    return name ? name : "";
}

}

Form writeForm(const std::vector<FormPart>& parts) {
    const Multipart multipart(soup_multipart_new("multipart/form-data"));
    for (const auto& [name, type, bytes] : parts) {
        const auto content = Ref<GBytes>::adopt(g_bytes_new_static(bytes.data(), bytes.size()));
        soup_multipart_append_form_file(
            multipart.get(), name.c_str(), name.c_str(), type.c_str(), content.get());
    }
    const Headers headers(soup_message_headers_new(SOUP_MESSAGE_HEADERS_REQUEST));
    GBytes* body = nullptr;
    soup_multipart_to_message(multipart.get(), headers.get(), &body);
    const auto owned = Ref<GBytes>::adopt(body);
    gsize size = 0;
    const auto* data = static_cast<const char*>(g_bytes_get_data(body, &size));
    return {soup_message_headers_get_one(headers.get(), "Content-Type"), {data, size}};
}

std::optional<std::map<std::string, std::string>> readForm(
    const std::string& contentType, const std::string& body) {
    if (!contentType.starts_with("multipart/form-data")) return std::nullopt;
    const Headers headers(soup_message_headers_new(SOUP_MESSAGE_HEADERS_MULTIPART));
    soup_message_headers_replace(headers.get(), "Content-Type", contentType.c_str());
    const auto bytes = Ref<GBytes>::adopt(g_bytes_new_static(body.data(), body.size()));
    const Multipart multipart(soup_multipart_new_from_message(headers.get(), bytes.get()));
    if (!multipart) return std::nullopt;
    std::map<std::string, std::string> parts;
    for (int i = 0; i < soup_multipart_get_length(multipart.get()); ++i) {
        SoupMessageHeaders* head = nullptr; // both are the multipart's
        GBytes* content = nullptr;
        if (!soup_multipart_get_part(multipart.get(), i, &head, &content)) return std::nullopt;
        gsize size = 0;
        const auto* data = static_cast<const char*>(g_bytes_get_data(content, &size));
        parts[nameOf(head)].assign(data ? data : "", size);
    }
    return parts;
}

}
