#include "include/SimdJSON.h"

#include <simdjson.h>

#include <string>

using namespace simdjson;

namespace {

template <bool copies>
inline int64_t text(ondemand::object &object, const char *key) {
    std::string_view view;
    if (object.find_field_unordered(key).get_string().get(view)) return 0;
    if (copies) {
        std::string owned(view);
        return int64_t(owned.size());
    }
    return int64_t(view.size());
}

template <bool copies>
int64_t ten_fields(const uint8_t *bytes, size_t length, size_t capacity) {
    static thread_local ondemand::parser parser;
    ondemand::document document;
    if (parser.iterate(bytes, length, capacity).get(document)) return -1;
    ondemand::array users;
    if (document.get_array().get(users)) return -1;
    int64_t sum = 0;
    for (auto element : users) {
        ondemand::object user;
        if (element.get_object().get(user)) return -1;
        sum += text<copies>(user, "id");
        sum += text<copies>(user, "status");
        ondemand::object profile;
        if (user.find_field_unordered("profile").get_object().get(profile)) return -1;
        sum += text<copies>(profile, "firstName");
        sum += text<copies>(profile, "lastName");
        sum += text<copies>(profile, "email");
        sum += text<copies>(profile, "login");
        sum += text<copies>(profile, "mobilePhone");
        sum += text<copies>(profile, "department");
        sum += text<copies>(profile, "city");
        sum += text<copies>(profile, "title");
    }
    return sum;
}

}  // namespace

int64_t simdjson_ten_fields(const uint8_t *bytes, size_t length, size_t capacity) {
    return ten_fields<true>(bytes, length, capacity);
}

int64_t simdjson_ten_fields_borrowed(const uint8_t *bytes, size_t length, size_t capacity) {
    return ten_fields<false>(bytes, length, capacity);
}

size_t simdjson_padding(void) { return SIMDJSON_PADDING; }
