#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Parses a list of users and reads ten fields of each with simdjson's on-demand parser. Strings are copied, as a
/// caller that keeps them must do. The buffer needs `simdjson_padding()` more bytes after the text. Returns a sum over
/// the read values, or -1 if the text is invalid.
int64_t simdjson_ten_fields(const uint8_t *text, size_t length, size_t capacity);

/// Like the function above, without copying the strings.
int64_t simdjson_ten_fields_borrowed(const uint8_t *text, size_t length, size_t capacity);

size_t simdjson_padding(void);

#ifdef __cplusplus
}
#endif
