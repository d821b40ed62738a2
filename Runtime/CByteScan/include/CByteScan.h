#ifndef OKTA_BYTE_SCAN_H
#define OKTA_BYTE_SCAN_H

// SIMD scanning and prefetching, which Swift cannot express.

#include <stdint.h>

/// The number of bytes that one call of `okta_find_string_stops` examines at most.
#define OKTA_STOP_WINDOW 2048
/// The number of positions that its caller has room for: one for each byte, and those that are written ahead.
#define OKTA_STOP_ROOM (OKTA_STOP_WINDOW + 16)

/// The number of tokens of eight bytes that a thread has memory for.
#define OKTA_TOKEN_ROOM 272

/// Uninitialized memory for `OKTA_STOP_ROOM` positions. Each thread has one such memory, so that a document needs no
/// allocation for it.
uint32_t *okta_stop_room(void);

/// Uninitialized memory of the thread for `OKTA_TOKEN_ROOM` tokens.
void *okta_token_room(void);

/// Writes the position of each byte from `start` that a JSON string cannot contain as is, in order, and returns their
/// number.
///
/// - `start` is a multiple of 64, less than `count`.
/// - The window ends `OKTA_STOP_WINDOW` bytes after `start`, or at `count`. No byte at or after `count` is read.
int64_t okta_find_string_stops(const uint8_t *bytes, int64_t start, int64_t count, uint32_t *positions);

/// The same with what every processor can do; to compare the two.
int64_t okta_find_string_stops_portably(
    const uint8_t *bytes, int64_t start, int64_t count, uint32_t *positions);

/// The index of the last entry between `start` and `end` whose upper half is `head`; 0 if there is none. An entry has
/// eight bytes, of which the upper half comes last.
int64_t okta_last_entry(const void *entries, int64_t start, int64_t end, uint32_t head);

/// The same with what every processor can do; to compare the two.
int64_t okta_last_entry_portably(const void *entries, int64_t start, int64_t end, uint32_t head);

/// Prefetches the memory at an address; safe for any address.
static inline void okta_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
