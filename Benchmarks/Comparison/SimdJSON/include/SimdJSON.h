#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Parses a list of users and reads ten fields of each with simdjson's on-demand parser; strings are copied, as a caller
/// who keeps them must. The text needs `simdjson_padding()` more bytes behind it. Returns a sum over what was read, or -1
/// when the text could not be read.
int64_t simdjson_ten_fields(const uint8_t *text, size_t length, size_t capacity);

/// The same without copying the strings.
int64_t simdjson_ten_fields_borrowed(const uint8_t *text, size_t length, size_t capacity);

size_t simdjson_padding(void);

#ifdef __cplusplus
}
#endif
